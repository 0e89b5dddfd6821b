/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-compare-view.h"

#include <glib/gi18n.h>

#include "identity/rcp-likeness.h"
#include "ui/rcp-ui-compat.h"

/**
 * RcpCompareView:
 *
 * See the header.
 */
struct _RcpCompareView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *left_title;
  GtkLabel *right_title;
  GtkWidget *list;
};

G_DEFINE_TYPE (RcpCompareView, rcp_compare_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What is compared, for one row. */
typedef struct
{
  RcpCompareView *self;
  RcpPatientField field;
  char *left;
  char *right;
  RcpAgreement agreement;
} Row;

static void
rcp_compare_view_dispose (GObject *object)
{
  g_clear_pointer (&RCP_COMPARE_VIEW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rcp_compare_view_parent_class)->dispose (object);
}

static void
rcp_compare_view_class_init (RcpCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_compare_view_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                         G_TYPE_INT, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
append_title (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
rcp_compare_view_init (RcpCompareView *self)
{
  GtkWidget *titles = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (titles), TRUE);
  gtk_widget_set_margin_start (titles, 12);
  gtk_widget_set_margin_end (titles, 12);
  self->left_title = append_title (titles);
  self->right_title = append_title (titles);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_box_append (GTK_BOX (self->box), titles);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rcp_compare_view_new (void)
{
  return g_object_new (RCP_TYPE_COMPARE_VIEW, NULL);
}

/* The word and the icon of a mark: never colour alone. */
static const char *
describe_agreement (const Row *row, const char **icon)
{
  if (row->agreement == RCP_AGREE_UNKNOWN)
    {
      *icon = "list-remove-symbolic";
      /* Translators: a field that is known of one of two patients only. */
      return _("Only one");
    }
  if (row->agreement == RCP_AGREE_DIFFERENT)
    {
      *icon = "dialog-warning-symbolic";
      /* Translators: a field in which two patients differ. */
      return _("Different");
    }
  if (row->agreement == RCP_AGREE_SIMILAR)
    {
      *icon = "dialog-question-symbolic";
      /* Translators: a field in which two patients are nearly the same. */
      return _("Similar");
    }
  *icon = "object-select-symbolic";
  /* Translators: a field in which two patients are the same. */
  return _("Same");
}

static GtkWidget *
make_value (const char *text)
{
  GtkWidget *label = gtk_label_new (*text != '\0' ? text : "–");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static GtkWidget *
make_head (const Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (rcp_patient_field_get_label (row->field));
  const char *icon;
  const char *word = describe_agreement (row, &icon);
  GtkWidget *mark = gtk_label_new (word);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (box, "caption");
  gtk_widget_add_css_class (name, "dim-label");
  if (row->agreement == RCP_AGREE_DIFFERENT)
    gtk_widget_add_css_class (mark, "compare-different");
  else
    gtk_widget_add_css_class (mark, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), mark);
  return box;
}

static void
on_side_toggled_cb (GtkCheckButton *button, RcpCompareView *self)
{
  if (gtk_check_button_get_active (button))
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "field")),
                   g_object_get_data (G_OBJECT (button), "right") != NULL);
}

static GtkWidget *
make_choice (const Row *row, const char *side, const char *text, GtkWidget *group)
{
  GtkWidget *button = gtk_check_button_new ();
  g_autofree char *spoken = g_strdup_printf ("%s, %s: %s", rcp_patient_field_get_label (row->field), side, *text != '\0' ? text : "–");

  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (group));
  gtk_check_button_set_label (GTK_CHECK_BUTTON (button), *text != '\0' ? text : "–");
  rcp_compat_name (GTK_WIDGET (button), spoken);
  g_object_set_data (G_OBJECT (button), "field", GINT_TO_POINTER (row->field));
  g_object_set_data (G_OBJECT (button), "right", group);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_side_toggled_cb), row->self, 0);
  return button;
}

static void
append_row (const Row *row, gboolean asks)
{
  RcpCompareView *self = row->self;
  GtkWidget *list_row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *left = asks ? make_choice (row, gtk_label_get_label (self->left_title), row->left, NULL) : make_value (row->left);
  GtkWidget *right = asks ? make_choice (row, gtk_label_get_label (self->right_title), row->right, left) : make_value (row->right);
  const char *icon;
  /* Translators: read aloud: the name of a field, its value on the left, its value on the right, and how both compare. */
  g_autofree char *spoken = g_strdup_printf (_("%s: %s; %s: %s"), rcp_patient_field_get_label (row->field), *row->left != '\0' ? row->left : "–",
                                             *row->right != '\0' ? row->right : "–", describe_agreement (row, &icon));

  gtk_box_set_homogeneous (GTK_BOX (sides), TRUE);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (sides), left);
  gtk_box_append (GTK_BOX (sides), right);
  gtk_box_append (GTK_BOX (box), make_head (row));
  gtk_box_append (GTK_BOX (box), sides);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (list_row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (list_row), FALSE);
  gtk_widget_set_focusable (list_row, !asks);
  rcp_compat_name (list_row, spoken);
  gtk_list_box_append (GTK_LIST_BOX (self->list), list_row);
}

static void
fill (RcpCompareView *self, const char *left_title, const char *right_title, const RcpPatientFields *left, const RcpPatientFields *right,
      RcpPatientFieldSet which, const RcpDeskPlace *place, gboolean asks)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  gtk_label_set_label (self->left_title, left_title);
  gtk_label_set_label (self->right_title, right_title);
  for (guint i = 0; i < RCP_N_FIELDS; i++)
    {
      g_autofree char *of_left = rcp_patient_text_describe (i, rcp_patient_fields_get (left, i), place);
      g_autofree char *of_right = rcp_patient_text_describe (i, rcp_patient_fields_get (right, i), place);
      Row row = { self, i, of_left, of_right, rcp_likeness_compare_field (left, right, i, place->region) };

      if ((which & RCP_FIELD_BIT (i)) != 0 && (*of_left != '\0' || *of_right != '\0'))
        append_row (&row, asks);
    }
}

void
rcp_compare_view_show (RcpCompareView *self, const char *left_title, const char *right_title, const RcpPatientFields *left,
                       const RcpPatientFields *right, RcpPatientFieldSet which, const RcpDeskPlace *place)
{
  g_return_if_fail (RCP_IS_COMPARE_VIEW (self));

  fill (self, left_title, right_title, left, right, which, place, FALSE);
}

void
rcp_compare_view_ask (RcpCompareView *self, const char *left_title, const char *right_title, const RcpPatientFields *left,
                      const RcpPatientFields *right, RcpPatientFieldSet which, const RcpDeskPlace *place)
{
  g_return_if_fail (RCP_IS_COMPARE_VIEW (self));

  fill (self, left_title, right_title, left, right, which, place, TRUE);
}
