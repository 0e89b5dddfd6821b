/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-cover-row"

#include "config.h"

#include "rcp-cover-row.h"

#include <glib/gi18n.h>

#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"

struct _RcpCoverRow
{
  GtkListBoxRow parent_instance;

  RcpDesk *desk;
  RcpCoverEntry *entry;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *words;
  GtkLabel *further; /* the insurances that pay after the first */
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (RcpCoverRow, rcp_cover_row, GTK_TYPE_LIST_BOX_ROW)

static guint check_signal;

static void
rcp_cover_row_dispose (GObject *object)
{
  RcpCoverRow *self = RCP_COVER_ROW (object);

  g_clear_object (&self->entry);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_cover_row_parent_class)->dispose (object);
}

static void
rcp_cover_row_class_init (RcpCoverRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_cover_row_dispose;
  check_signal = g_signal_new ("check", RCP_TYPE_COVER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
on_button_clicked_cb (RcpCoverRow *self)
{
  g_signal_emit (self, check_signal, 0);
}

static GtkLabel *
append_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
rcp_cover_row_init (RcpCoverRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->title = append_label (words, NULL);
  self->words = append_label (words, "refit-words");
  self->further = append_label (words, "refit-words");
  self->button = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->icon), GTK_ALIGN_START);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");
  /* The keyboard is in the row, and has a key for it. */
  gtk_widget_set_can_focus (self->button, FALSE);
  gtk_widget_set_tooltip_text (self->button, _ ("Ask the Payer Again (I)"));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_button_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), self->button);
  gtk_widget_add_css_class (line, "refit");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), line);
}

/* Each has a shape of its own. */
static const char *
get_icon (RcpCoverEntry *entry)
{
  if (rcp_cover_entry_is_busy (entry))
    return "content-loading-symbolic";
  switch (rcp_cover_entry_get_state (entry))
    {
    case RCP_COVER_NOT_ELIGIBLE:
    case RCP_COVER_EXCLUDED:
    case RCP_COVER_NO_INSURANCE:
      return "action-unavailable-symbolic";
    case RCP_COVER_AUTHORIZATION:
      return "dialog-warning-symbolic";
    case RCP_COVER_FINE:
      return "emblem-ok-symbolic";
    case RCP_COVER_CANNOT_TELL:
    case RCP_COVER_NOT_READ:
    case RCP_COVER_NOT_CHECKED:
    case RCP_COVER_STALE:
    default:
      return "dialog-question-symbolic";
    }
}

static char *
describe_visit (RcpCoverRow *self)
{
  RcpVisit *visit = rcp_cover_entry_get_visit (self->entry);
  g_autofree char *time = rcp_time_text_clock (rcp_visit_get_range (visit).start, rcp_desk_get_zone (self->desk));

  return g_strdup_printf ("%s · %s", time, rcp_visit_get_patient_name (visit));
}

static void
update (RcpCoverRow *self)
{
  g_autofree char *title = describe_visit (self), *words = rcp_cover_entry_describe (self->entry), *spoken = NULL;
  g_autofree char *further = rcp_cover_entry_describe_further (self->entry);
  gboolean is_insured = rcp_cover_entry_get_coverage (self->entry) != NULL;

  gtk_image_set_from_icon_name (self->icon, get_icon (self->entry));
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->words, words);
  /* Above those without an insurance stands what they are; who hears a row alone is told by the row. */
  gtk_widget_set_visible (GTK_WIDGET (self->words), rcp_cover_entry_get_state (self->entry) != RCP_COVER_NO_INSURANCE);
  gtk_label_set_label (self->further, further ? further : "");
  gtk_widget_set_visible (GTK_WIDGET (self->further), further != NULL);
  spoken = rcp_cover_row_dup_spoken (self);
  rcp_compat_name (GTK_WIDGET (self), spoken);
  gtk_widget_set_visible (self->button, is_insured);
  gtk_widget_set_sensitive (self->button, is_insured && !rcp_cover_entry_is_busy (self->entry));
}

/**
 * rcp_cover_row_new:
 * @desk: an open desk
 * @entry: what it shows, and goes on showing
 *
 * Returns: (transfer floating)
 */
GtkWidget *
rcp_cover_row_new (RcpDesk *desk, RcpCoverEntry *entry)
{
  RcpCoverRow *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_COVER_ENTRY (entry), NULL);

  self = g_object_new (RCP_TYPE_COVER_ROW, NULL);
  self->desk = g_object_ref (desk);
  self->entry = g_object_ref (entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  rcp_compat_name (self->button, _ ("Ask the payer again"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  rcp_visit_get_patient_name (rcp_cover_entry_get_visit (entry)), -1);
  update (self);
  return GTK_WIDGET (self);
}

RcpCoverEntry *
rcp_cover_row_get_entry (RcpCoverRow *self)
{
  g_return_val_if_fail (RCP_IS_COVER_ROW (self), NULL);

  return self->entry;
}

/* Returns: (transfer full): all that the row says */
char *
rcp_cover_row_dup_spoken (RcpCoverRow *self)
{
  const char *further;

  g_return_val_if_fail (RCP_IS_COVER_ROW (self), NULL);

  further = gtk_label_get_label (self->further);
  return g_strjoin (", ", gtk_label_get_label (self->title), gtk_label_get_label (self->words), *further != '\0' ? further : NULL, NULL);
}
