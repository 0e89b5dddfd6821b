/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Visits are cut, held and put, by keys as by the pointer. */

#define G_LOG_DOMAIN "rcp-window-move"

#include "config.h"

#include <glib/gi18n.h>

#include "move/rcp-held-place.h"
#include "move/rcp-move-more.h"
#include "move/rcp-pinboard.h"
#include "rcp-dialog.h"
#include "rcp-error-dialog.h"
#include "rcp-ui-compat.h"
#include "rcp-window-private.h"

static gboolean
is_shown_day (RcpWindow *self, RcpVisit *visit)
{
  GDate date;

  rcp_time_get_day (rcp_visit_get_range (visit).start, rcp_desk_get_zone (self->desk), &date);
  return g_date_compare (&date, rcp_board_model_get_date (self->model)) == 0;
}

/* Who has turned the day meanwhile stays there, and who has gone on to something else keeps the keyboard: the next key is meant
 * for that. */
static void
on_put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_hold_model_put_finish (RCP_HOLD_MODEL (source), result, &error);

  if (!self->desk)
    return;
  if (visit && is_shown_day (self, visit) && rcp_compat_has_focus_within (GTK_WIDGET (self->board))
      && !rcp_dialog_is_over (GTK_WINDOW (self)))
    rcp_window_show_on_board (self, visit);
  else if (!visit)
    rcp_error_dialog_present (GTK_WINDOW (self), _("Visit Not Moved"), error);
}

static void
put (RcpWindow *self, const char *reason)
{
  rcp_hold_model_put_async (self->hold, reason, NULL, on_put_cb, g_object_ref (self));
}

/* It was asked whether what belongs to the visit goes as well. */
static void
on_more_moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  RcpMoveAnswer answer = rcp_move_more_finish (result, &moved, &error);

  if (!self->desk)
    return;
  if (error)
    rcp_error_dialog_present (GTK_WINDOW (self), _("Not All Visits Moved"), error);
  if (answer == RCP_MOVE_ALONE)
    put (self, NULL);
  if (!moved)
    return;
  rcp_hold_model_let_go (self->hold);
  rcp_window_show_on_board (self, moved);
}

static void
put_with_more (RcpWindow *self)
{
  RcpVisit *held = rcp_hold_model_get_held (self->hold);
  g_autoptr (RcpOffer) offer = rcp_hold_model_dup_offer (self->hold);

  if (offer && (rcp_visit_get_series_id (held) || rcp_visit_get_together_id (held)))
    rcp_move_more_async (self->desk, GTK_WINDOW (self), held, offer, on_more_moved_cb, g_object_ref (self));
  else
    put (self, NULL);
}

static void
on_overbook_confirmed_cb (RcpWindow *self, const char *reason)
{
  put (self, reason);
}

static void
ask_to_overbook (RcpWindow *self)
{
  g_autofree char *summary = rcp_hold_model_describe (self->hold);
  g_autofree char *conflicts = rcp_hold_model_describe_conflicts (self->hold);
  GtkWindow *dialog;

  summary[strcspn (summary, "\n")] = '\0';
  dialog = rcp_overbook_dialog_new (GTK_WINDOW (self), summary, conflicts);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_overbook_confirmed_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, GTK_WINDOW (self));
}

/* Where it may not be put, the bar below the board says why. */
static void
on_put_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);

  if (rcp_hold_model_may_put (self->hold))
    put_with_more (self);
  else if (rcp_hold_model_may_overbook (self->hold))
    ask_to_overbook (self);
  else
    gtk_widget_error_bell (widget);
}

void
rcp_window_cut (RcpWindow *self, RcpVisit *visit)
{
  rcp_window_show_board (self);
  if (rcp_hold_model_take (self->hold, visit))
    rcp_board_view_grab_cursor (self->board);
  else
    rcp_window_tell_impossible (self, visit);
}

static void
on_let_go_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_hold_model_let_go (RCP_WINDOW (widget)->hold);
}

static void
on_park_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_hold_model_park (RCP_WINDOW (widget)->hold);
}

/* From the pinboard to the board. */
static void
on_show_held_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);

  rcp_window_show_board (self);
  rcp_window_leave_sidebar (self);
  rcp_board_view_grab_cursor (self->board);
}

void
rcp_window_class_add_move_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.put", NULL, on_put_activated);
  gtk_widget_class_install_action (widget_class, "win.let-go", NULL, on_let_go_activated);
  gtk_widget_class_install_action (widget_class, "win.park", NULL, on_park_activated);
  gtk_widget_class_install_action (widget_class, "win.show-held", NULL, on_show_held_activated);
}

/* The arrows move the frame, which keeps the keyboard: nothing else tells where it has come to, and what is in the way. */
static void
on_hold_changed_cb (RcpWindow *self)
{
  g_autofree char *text = rcp_hold_model_get_held (self->hold) ? rcp_hold_model_describe (self->hold) : NULL;
  gboolean is_news = text && self->held_text && !g_str_equal (text, self->held_text);

  g_free (self->held_text);
  self->held_text = g_strdup (text);
  if (is_news)
    rcp_window_say (self, text);
}

void
rcp_window_set_up_move (RcpWindow *self)
{
  self->hold = rcp_hold_model_new (self->desk, self->model);
  rcp_board_view_set_hold (self->board, self->hold);
  rcp_window_set_foot (self, rcp_hold_bar_new (self->hold));
  g_signal_connect_object (self->hold, "changed", G_CALLBACK (on_hold_changed_cb), self, G_CONNECT_SWAPPED);
  rcp_window_add_section (self, _("Pinboard"), rcp_pinboard_new (self->hold));
}
