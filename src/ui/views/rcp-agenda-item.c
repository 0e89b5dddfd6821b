/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-agenda-item"

#include "config.h"

#include "rcp-agenda-item.h"

#include <glib/gi18n.h>

#include "rcp-agenda-rows.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-time-text.h"
#include "ui/visit/rcp-flow-text.h"

static GtkLabel *
add_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

/* On a phone a name takes a second line rather than losing its end. */
static void
add_words (GtkWidget *box, const char *style)
{
  g_object_set (add_label (box, style), "wrap", TRUE, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, "lines", 2, NULL);
}

/**
 * rcp_agenda_item_set_up:
 * @factory: who asks for it
 * @item: a row without widgets
 *
 * Time, then who and what, one above the other; then the state by icon and word. Or a day.
 */
void
rcp_agenda_item_set_up (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *stack = gtk_stack_new (), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *icon = gtk_image_new ();
  GtkLabel *time;

  gtk_stack_set_vhomogeneous (GTK_STACK (stack), FALSE);
  gtk_widget_add_css_class (head, "agenda-head");
  add_words (head, "heading");
  add_words (head, "dim-label");
  time = add_label (row, "agenda-time");
  gtk_label_set_ellipsize (time, PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_valign (GTK_WIDGET (time), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), words);
  gtk_widget_set_hexpand (words, TRUE);
  add_words (words, "agenda-name");
  add_words (words, "agenda-detail");
  gtk_box_append (GTK_BOX (row), icon);
  add_label (row, "agenda-status");
  gtk_widget_add_css_class (row, "agenda-row");
  gtk_stack_add_named (GTK_STACK (stack), head, "head");
  gtk_stack_add_named (GTK_STACK (stack), row, "row");
  gtk_list_item_set_child (item, stack);
}

static void
bind_head (GtkListItem *item, RcpAgendaRow *row, GtkWidget *head)
{
  GtkWidget *title = gtk_widget_get_first_child (head), *count = gtk_widget_get_next_sibling (title);
  g_autofree char *date = rcp_time_text_date (&row->date);
  g_autofree char *visits = g_strdup_printf (ngettext ("%u visit", "%u visits", row->n_visits), row->n_visits);
  g_autofree char *time = row->free > 0 ? rcp_time_text_duration (row->free) : NULL;
  /* Translators: "3 visits", and how long of the day can be booked still: "2 h 15 min". */
  g_autofree char *shown = time ? g_strdup_printf (_("%s · %s free"), visits, time) : g_strdup (visits);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", date, shown);

  gtk_label_set_label (GTK_LABEL (title), date);
  gtk_label_set_label (GTK_LABEL (count), shown);
  rcp_spoken_row_name_item (gtk_list_item_get_child (item), spoken);
}

/* Whose visits these are is in the title where they are one person's. */
static char *
describe (RcpAgendaRow *row, RcpBoardModel *model)
{
  g_autoptr (GString) text = g_string_new (rcp_visit_get_type_name (row->visit));

  if (row->provider && !rcp_agenda_rows_has_times (model))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", rcp_provider_get_name (row->provider));
  if (rcp_visit_get_room_name (row->visit))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", rcp_visit_get_room_name (row->visit));
  if (rcp_visit_get_urgency (row->visit) != RCP_URGENCY_ROUTINE)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                            rcp_visit_get_urgency (row->visit) == RCP_URGENCY_EMERGENCY ? _("Emergency") : _("Urgent"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
bind_visit (GtkListItem *item, RcpAgendaRow *row, RcpBoardModel *model, gint64 now, GtkWidget *box)
{
  GtkWidget *time = gtk_widget_get_first_child (box), *words = gtk_widget_get_next_sibling (time);
  GtkWidget *name = gtk_widget_get_first_child (words), *icon = gtk_widget_get_next_sibling (words);
  RcpTimeRange range = rcp_visit_get_range (row->visit);
  GTimeZone *zone = rcp_board_model_get_zone (model);
  g_autofree char *when = rcp_time_text_range (range, zone), *detail = describe (row, model);
  g_autofree char *status = rcp_flow_text_status (row->visit, now);
  g_autofree char *spoken_time = rcp_time_text_spoken (range, zone);
  g_autofree char *spoken = rcp_visit_chip_describe (row->visit, row->provider, spoken_time);

  gtk_label_set_label (GTK_LABEL (time), when);
  gtk_label_set_label (GTK_LABEL (name), rcp_visit_get_patient_name (row->visit));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (name)), detail);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), rcp_visit_chip_get_icon_name (rcp_visit_get_status (row->visit)));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (icon)), status);
  rcp_spoken_row_name_item (gtk_list_item_get_child (item), spoken);
}

/* Between the visits: "Free", or what the time is kept for; and how long. */
static void
bind_time (GtkListItem *item, RcpAgendaRow *row, RcpBoardModel *model, GtkWidget *box)
{
  GtkWidget *time = gtk_widget_get_first_child (box), *words = gtk_widget_get_next_sibling (time);
  GtkWidget *name = gtk_widget_get_first_child (words), *icon = gtk_widget_get_next_sibling (words);
  GTimeZone *zone = rcp_board_model_get_zone (model);
  g_autofree char *when = rcp_time_text_range (row->range, zone), *spoken_time = rcp_time_text_spoken (row->range, zone);
  g_autofree char *duration = rcp_time_text_duration (row->range.end - row->range.start);
  const char *what = row->kind == RCP_AGENDA_FREE ? _("Free") : row->words;
  const char *more = row->kind == RCP_AGENDA_FREE && row->words ? row->words : "";
  g_autofree char *detail = g_strconcat (duration, *more ? " · " : "", more, NULL);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", spoken_time, what, detail);

  gtk_label_set_label (GTK_LABEL (time), when);
  gtk_label_set_label (GTK_LABEL (name), what);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (name)), detail);
  gtk_image_clear (GTK_IMAGE (icon));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (icon)), "");
  rcp_spoken_row_name_item (gtk_list_item_get_child (item), spoken);
}

/**
 * rcp_agenda_item_show:
 * @item: a row with widgets
 * @row: what it shows
 * @model: the board whose visits are listed
 * @now: the time, in µs: how long somebody waits
 */
void
rcp_agenda_item_show (GtkListItem *item, RcpAgendaRow *row, RcpBoardModel *model, gint64 now)
{
  GtkStack *stack = GTK_STACK (gtk_list_item_get_child (item));
  GtkWidget *child;

  gtk_stack_set_visible_child_name (stack, row->kind == RCP_AGENDA_HEAD ? "head" : "row");
  child = gtk_stack_get_visible_child (stack);
  if (row->kind == RCP_AGENDA_HEAD)
    bind_head (item, row, child);
  else if (row->visit)
    bind_visit (item, row, model, now, child);
  else
    bind_time (item, row, model, child);
  if (row->visit)
    gtk_widget_remove_css_class (child, "agenda-between");
  else if (row->kind != RCP_AGENDA_HEAD)
    gtk_widget_add_css_class (child, "agenda-between");
}
