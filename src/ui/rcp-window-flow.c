/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit through the day: one key for each step, who waits, and back again when it was the wrong key. */

#define G_LOG_DOMAIN "rcp-window-flow"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-error-dialog.h"
#include "rcp-dialog.h"
#include "rcp-window-private.h"
#include "scheduling/rcp-book-visit.h"
#include "visit/rcp-flow-text.h"
#include "visit/rcp-room-dialog.h"
#include "waiting/rcp-waiting-page.h"

static void
show_changed (RcpWindow *self, RcpVisit *visit)
{
  RcpVisit *shown = self->visit_panel ? rcp_visit_panel_get_visit (self->visit_panel) : NULL;

  rcp_desk_invalidate (self->desk, rcp_visit_get_range (visit));
  if (shown && g_strcmp0 (rcp_visit_get_id (shown), rcp_visit_get_id (visit)) == 0)
    rcp_visit_panel_set_visit (self->visit_panel, visit);
  if (self->patient_panel)
    rcp_patient_panel_reload (self->patient_panel);
}

/* One patient's step may be on its way while the next is made; two of one visit would be the second before the first. */
static gboolean
is_stepping (RcpWindow *self, RcpVisit *visit)
{
  return self->stepping && g_hash_table_contains (self->stepping, rcp_visit_get_id (visit));
}

static void
on_step_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_set_status_run_finish (RCP_SET_STATUS (source), result, &error);

  if (self->stepping)
    g_hash_table_remove (self->stepping, g_object_get_data (source, "visit-id"));
  if (!self->desk)
    return;
  if (!visit)
    {
      rcp_error_dialog_present (GTK_WINDOW (self), _("Status Not Changed"), error);
      return;
    }
  show_changed (self, visit);
  rcp_desk_tell_done (self->desk, source);
}

static void
make_step (RcpWindow *self, RcpVisit *visit, RcpVisitStatus status, RcpRoom *room)
{
  g_autoptr (RcpSetStatus) step = rcp_set_status_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), visit, status);

  if (room)
    rcp_set_status_set_room (step, rcp_room_get_reference (room) + strlen ("Location/"), rcp_room_get_name (room));
  rcp_desk_equip (self->desk, RCP_VISIT_OPERATION (step));
  if (!self->stepping)
    self->stepping = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (self->stepping, g_strdup (rcp_visit_get_id (visit)));
  g_object_set_data_full (G_OBJECT (step), "visit-id", g_strdup (rcp_visit_get_id (visit)), g_free);
  rcp_set_status_run_async (step, NULL, on_step_made_cb, g_object_ref (self));
}

static void
on_room_chosen_cb (RcpWindow *self, RcpRoom *room, GtkWindow *dialog)
{
  RcpVisit *visit = g_object_get_data (G_OBJECT (dialog), "visit");

  if (!is_stepping (self, visit))
    make_step (self, visit, RCP_VISIT_ROOMED, room);
}

/* Asks only where there is a choice. */
static void
lead_to_room (RcpWindow *self, RcpVisit *visit)
{
  g_autoptr (GListModel) rooms = rcp_room_dialog_list_rooms (rcp_desk_get_roster (self->desk), visit);
  g_autoptr (RcpRoom) only = g_list_model_get_item (rooms, 0);
  GtkWindow *dialog;

  if (g_list_model_get_n_items (rooms) < 2)
    {
      make_step (self, visit, RCP_VISIT_ROOMED, only);
      return;
    }
  dialog = rcp_room_dialog_new (rooms, rcp_waiting_model_get_visits (self->waiting));
  g_object_set_data_full (G_OBJECT (dialog), "visit", g_object_ref (visit), g_object_unref);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_room_chosen_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, GTK_WINDOW (self));
}

/**
 * rcp_window_step:
 * @self: a window
 * @visit: what takes the step
 * @name: of the step, see rcp_flow_get_keys()
 *
 * Brings a visit to another status; says so where the rules do not allow it. What is looked at stays.
 */
void
rcp_window_step (RcpWindow *self, RcpVisit *visit, const char *name)
{
  const RcpFlowKey *key = rcp_flow_find_name (name);

  g_return_if_fail (key != NULL);

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  /* The answer to the step before is not there yet. */
  if (is_stepping (self, visit))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (!rcp_visit_may_become (visit, key->status))
    {
      rcp_window_tell_impossible (self, visit);
      return;
    }
  if (key->status == RCP_VISIT_ROOMED)
    lead_to_room (self, visit);
  else
    make_step (self, visit, key->status, NULL);
}

static GtkWidget *
make_waiting_page (gpointer data)
{
  RcpWindow *self = data;
  GtkWidget *page = rcp_waiting_page_new (self->desk, self->waiting);

  g_signal_connect_object (page, "visit-activated", G_CALLBACK (rcp_window_show_visit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "visit-action", G_CALLBACK (rcp_window_step), self, G_CONNECT_SWAPPED);
  return page;
}

/* Today, whichever day is on the board; another one after midnight. */
static void
update_waiting (RcpWindow *self)
{
  RcpDayBook *book = rcp_desk_get_day_book (self->desk);
  g_autoptr (RcpDay) day = NULL;
  GDate today;

  if (!book)
    return;
  rcp_desk_get_today (self->desk, &today);
  day = rcp_day_book_get (book, &today);
  rcp_waiting_model_set_visits (self->waiting, G_LIST_MODEL (day));
}

static gboolean
on_tick_cb (gpointer data)
{
  RcpWindow *self = data;

  rcp_waiting_model_tick (self->waiting);
  return G_SOURCE_CONTINUE;
}

void
rcp_window_set_up_flow (RcpWindow *self)
{
  g_autoptr (RcpPage) page = NULL;

  self->waiting = rcp_waiting_model_new (rcp_desk_get_clock (self->desk));
  page = rcp_page_new ("waiting", _("Waiting Now"), "rcp-waiting-symbolic", G_OBJECT (self->waiting), make_waiting_page, self);
  rcp_window_add_page (self, page);
  self->ticker = g_timeout_add_seconds (5, on_tick_cb, self);
  g_signal_connect_object (self->desk, "roster-changed", G_CALLBACK (update_waiting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waiting, "now-changed", G_CALLBACK (update_waiting), self, G_CONNECT_SWAPPED);
}
