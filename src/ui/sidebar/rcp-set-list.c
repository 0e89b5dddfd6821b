/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-set-list"

#include "config.h"

#include "rcp-set-list.h"

#include <glib/gi18n.h>

#include "ui/rcp-ui-compat.h"

struct _RcpSetList
{
  GtkWidget parent_instance;

  RcpColumnSets *sets;
  RcpBoardModel *model;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RcpSetList, rcp_set_list, GTK_TYPE_WIDGET)

enum
{
  WENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_row (RcpColumnSet *set, guint position)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = make_label (rcp_column_set_get_name (set), NULL);
  g_autofree char *key = g_strdup_printf ("%u", position + 1);

  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  if (position < 9)
    gtk_box_append (GTK_BOX (box), make_label (key, "key-cap"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  rcp_compat_name (GTK_WIDGET (row), rcp_column_set_get_name (set));
  if (position < 9)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
  return row;
}

static void
update_current (RcpSetList *self)
{
  RcpColumnSet *shown = rcp_board_model_get_columns (self->model);
  guint n_sets = g_list_model_get_n_items (G_LIST_MODEL (self->sets));

  gtk_list_box_unselect_all (self->list);
  for (guint i = 0; shown && i < n_sets; i++)
    {
      g_autoptr (RcpColumnSet) set = g_list_model_get_item (G_LIST_MODEL (self->sets), i);

      if (rcp_column_set_equal (set, shown))
        {
          gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) i));
          return;
        }
    }
}

static void
rebuild (RcpSetList *self)
{
  guint n_sets = g_list_model_get_n_items (G_LIST_MODEL (self->sets));
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n_sets; i++)
    {
      g_autoptr (RcpColumnSet) set = g_list_model_get_item (G_LIST_MODEL (self->sets), i);

      gtk_list_box_append (self->list, make_row (set, i));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n_sets > 0);
  update_current (self);
}

static void
on_row_activated_cb (RcpSetList *self, GtkListBoxRow *row)
{
  g_autoptr (RcpColumnSet) set = g_list_model_get_item (G_LIST_MODEL (self->sets), (guint) gtk_list_box_row_get_index (row));

  /* Once more: every column again. */
  rcp_board_model_set_columns (self->model, rcp_column_set_equal (set, rcp_board_model_get_columns (self->model)) ? NULL : set);
  g_signal_emit (self, signals[WENT], 0);
}

static void
rcp_set_list_dispose (GObject *object)
{
  RcpSetList *self = RCP_SET_LIST (object);

  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->sets);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_set_list_parent_class)->dispose (object);
}

static void
rcp_set_list_class_init (RcpSetListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_set_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  /**
   * RcpSetList::went:
   * @self: a list
   */
  signals[WENT] = g_signal_new ("went", RCP_TYPE_SET_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_set_list_init (RcpSetList *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Column Sets"), -1);
  /* The list selects what Tab or an arrow comes to: once the keyboard is elsewhere, it is the set that is shown again. */
  g_signal_connect_object (focus, "leave", G_CALLBACK (update_current), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), focus);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
rcp_set_list_new (RcpColumnSets *sets, RcpBoardModel *model)
{
  RcpSetList *self;

  g_return_val_if_fail (RCP_IS_COLUMN_SETS (sets), NULL);
  g_return_val_if_fail (RCP_IS_BOARD_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_SET_LIST, NULL);
  self->sets = g_object_ref (sets);
  self->model = g_object_ref (model);
  g_signal_connect_object (sets, "items-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "columns-changed", G_CALLBACK (update_current), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
