/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-visits"

#include "config.h"

#include <glib/gi18n.h>

#include "booking/rcp-booking-dialog.h"
#include "find/rcp-find-dialog.h"
#include "rcp-dialog.h"
#include "rcp-time-text.h"
#include "rcp-ui-compat.h"
#include "rcp-window-private.h"
#include "visit/rcp-flow-text.h"

/* Shows the day and the place of a visit on the board, with the cursor at it once it is there: also from another page, as the keyboard
 * would go into a board that nobody sees. */
void
rcp_window_show_on_board (RcpWindow *self, RcpVisit *visit)
{
  GDate date;

  rcp_time_get_day (rcp_visit_get_range (visit).start, rcp_desk_get_zone (self->desk), &date);
  if (rcp_window_is_month (self))
    rcp_window_show_board (self);
  else
    rcp_pages_show (self->pages, "board");
  rcp_board_model_set_date (self->model, &date);
  rcp_board_model_set_selected (self->model, rcp_visit_get_id (visit));
  rcp_board_model_set_cursor_visit (self->model, visit);
  if (rcp_window_is_board_seen (self))
    rcp_board_view_grab_cursor (self->board);
  else
    rcp_window_focus_face (self);
}

static void
update_panel_title (RcpWindow *self)
{
  gboolean is_patient = self->patient_panel && gtk_stack_get_visible_child (self->panels) == GTK_WIDGET (self->patient_panel);

  gtk_label_set_label (self->panel_title, is_patient ? _("Patient") : _("Visit"));
}

/* The keyboard does not go away with the panel that it was in. */
static void
open_panel (RcpWindow *self, GtkWidget *panel)
{
  gboolean had_focus = rcp_compat_has_focus_within (GTK_WIDGET (self->panels));

  if (had_focus && gtk_stack_get_visible_child (self->panels) != panel)
    rcp_window_focus_face (self);
  gtk_stack_set_visible_child (self->panels, panel);
  update_panel_title (self);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
on_booked_cb (RcpWindow *self, RcpVisit *visit)
{
  rcp_window_show_visit (self, visit);
  rcp_window_show_on_board (self, visit);
}

static void
present_booking (RcpWindow *self, GtkWindow *dialog)
{
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (rcp_window_tell_news), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->booking, dialog);
  rcp_dialog_present (dialog, GTK_WINDOW (self));
}

static void
book (RcpWindow *self, RcpPatient *patient, gpointer owner, gint64 start)
{
  g_autoptr (RcpProvider) own = rcp_window_dup_own_provider (self);
  GtkWindow *dialog;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  dialog = rcp_booking_dialog_new (self->desk);
  if (patient)
    rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (dialog), patient);
  if (owner || own)
    rcp_booking_dialog_set_start (RCP_BOOKING_DIALOG (dialog), owner ? owner : own, start);
  g_signal_connect_object (dialog, "booked", G_CALLBACK (on_booked_cb), self, G_CONNECT_SWAPPED);
  present_booking (self, dialog);
}

static void
move_visit (RcpWindow *self, RcpVisit *visit)
{
  GtkWindow *dialog = rcp_booking_dialog_new_for_move (self->desk, visit);

  g_signal_connect_object (dialog, "booked", G_CALLBACK (on_booked_cb), self, G_CONNECT_SWAPPED);
  present_booking (self, dialog);
}

/* Somebody else shall come at the time of @visit. */
static void
overbook (RcpWindow *self, RcpVisit *visit)
{
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (self->desk), visit);
  GtkWindow *dialog;

  if (!provider || rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  dialog = rcp_booking_dialog_new (self->desk);
  rcp_booking_dialog_overbook_at (RCP_BOOKING_DIALOG (dialog), provider, rcp_visit_get_range (visit).start);
  g_signal_connect_object (dialog, "booked", G_CALLBACK (on_booked_cb), self, G_CONNECT_SWAPPED);
  present_booking (self, dialog);
}

/* @format: with one %s for the name of the patient */
static void
tell_of (RcpWindow *self, RcpVisit *visit, const char *format)
{
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", rcp_visit_get_patient_name (visit), 1);
  rcp_window_tell (self, text->str);
}

RcpVisit *
rcp_window_get_seen_visit (RcpWindow *self)
{
  if (!self->visit_panel || !adw_flap_get_reveal_flap (self->flap) || gtk_stack_get_visible_child (self->panels) != GTK_WIDGET (self->visit_panel))
    return NULL;
  return rcp_visit_panel_get_visit (self->visit_panel);
}

static void
on_visit_changed_cb (RcpWindow *self, RcpVisit *visit)
{
  if (rcp_visit_get_status (visit) == RCP_VISIT_CANCELLED && rcp_window_get_seen_visit (self))
    rcp_window_close_panel (self);
}

static void
on_booking_requested_cb (RcpWindow *self, RcpPatient *patient)
{
  book (self, patient, NULL, 0);
}

static void
on_patient_visit_activated_cb (RcpWindow *self, RcpVisit *visit)
{
  rcp_window_show_visit (self, visit);
  rcp_window_show_on_board (self, visit);
}

static void
show_patient (RcpWindow *self, RcpPatient *patient)
{
  if (!self->patient_panel)
    {
      self->patient_panel = RCP_PATIENT_PANEL (rcp_patient_panel_new (self->desk));
      g_signal_connect_object (self->patient_panel, "booking-requested", G_CALLBACK (on_booking_requested_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->patient_panel, "edit-requested", G_CALLBACK (rcp_window_edit_patient), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->patient_panel, "history-requested", G_CALLBACK (rcp_window_show_patient_history), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->patient_panel, "visit-activated", G_CALLBACK (on_patient_visit_activated_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->patient_panel, "visits-read", G_CALLBACK (rcp_window_act_on_patient), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->panels, GTK_WIDGET (self->patient_panel), "patient");
    }
  g_clear_pointer (&self->waiting_key, g_free);
  /* What becomes of the visit that was looked at before is no reason to take the patient away. */
  rcp_board_model_set_selected (self->model, NULL);
  rcp_patient_panel_set_patient (self->patient_panel, patient);
  open_panel (self, GTK_WIDGET (self->patient_panel));
  /* The hand is on the keyboard, and the next thing is a visit of this patient: a visit that was put on a day which is still being
   * read must not take the next key. */
  rcp_patient_panel_focus_booking (self->patient_panel);
  rcp_board_view_let_cursor_go (self->board);
}

static void
ensure_visit_panel (RcpWindow *self)
{
  if (self->visit_panel)
    return;
  self->visit_panel = RCP_VISIT_PANEL (rcp_visit_panel_new (self->desk));
  rcp_visit_panel_set_auths (self->visit_panel, rcp_window_get_auths (self));
  g_signal_connect_object (self->visit_panel, "move-requested", G_CALLBACK (move_visit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->visit_panel, "patient-requested", G_CALLBACK (show_patient), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->visit_panel, "step-requested", G_CALLBACK (rcp_window_step), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->visit_panel, "history-requested", G_CALLBACK (rcp_window_show_visit_history), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->visit_panel, "changed", G_CALLBACK (on_visit_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->panels, GTK_WIDGET (self->visit_panel), "visit");
}

/**
 * rcp_window_show_visit:
 * @self: a window
 * @visit: what to look at
 *
 * Opens the side panel on a visit and marks it on the board.
 */
void
rcp_window_show_visit (RcpWindow *self, RcpVisit *visit)
{
  ensure_visit_panel (self);
  rcp_visit_panel_set_visit (self->visit_panel, visit);
  self->was_on_board = rcp_board_model_find_visit (self->model, rcp_visit_get_id (visit)) == visit;
  rcp_board_model_set_selected (self->model, rcp_visit_get_id (visit));
  open_panel (self, GTK_WIDGET (self->visit_panel));
}

void
rcp_window_close_panel (RcpWindow *self)
{
  gboolean had_focus = rcp_compat_has_focus_within (adw_flap_get_flap (self->flap));

  adw_flap_set_reveal_flap (self->flap, FALSE);
  rcp_board_model_set_selected (self->model, NULL);
  if (had_focus)
    rcp_window_focus_page (self);
}

void
rcp_window_tell_impossible (RcpWindow *self, RcpVisit *visit)
{
  g_autofree char *text = g_strdup_printf (_("Not possible: the status is “%s”"), rcp_visit_status_to_label (rcp_visit_get_status (visit)));

  gtk_widget_error_bell (GTK_WIDGET (self));
  rcp_window_tell (self, text);
}

static void
cancel_visit (RcpWindow *self, RcpVisit *visit)
{
  rcp_window_show_visit (self, visit);
  if (rcp_visit_may_become (visit, RCP_VISIT_CANCELLED))
    rcp_visit_panel_cancel (self->visit_panel);
  else
    rcp_window_tell_impossible (self, visit);
}

void
rcp_window_do_with_visit (RcpWindow *self, RcpVisit *visit, const char *name)
{
  RcpVisit *whole = rcp_visit_get_whole (visit);

  /* One of several takes a step of the day alone; all else is for those who come together. */
  if (rcp_flow_find_name (name))
    rcp_window_step (self, visit, name);
  else if (g_str_equal (name, "cut"))
    rcp_window_cut (self, whole);
  else if (g_str_equal (name, "cancel"))
    cancel_visit (self, whole);
  else if (g_str_equal (name, "overbook"))
    overbook (self, whole);
  else if (g_str_equal (name, "history"))
    rcp_window_show_visit_history (self, whole);
  else if (rcp_visit_may_move (whole))
    move_visit (self, whole);
  else
    rcp_window_tell_impossible (self, whole);
}

void
rcp_window_book_at (RcpWindow *self, RcpProvider *provider, RcpRoom *room, gint64 start)
{
  book (self, NULL, provider ? (gpointer) provider : room, start);
}

/* Whether a visit is of a day that is shown, which was read and holds it no more. */
static gboolean
has_gone (RcpWindow *self, RcpVisit *visit)
{
  gint64 start = rcp_visit_get_range (visit).start;
  g_autoptr (RcpDay) day = NULL;
  GDate date;

  if (!rcp_board_model_has_instant (self->model, start) || rcp_board_model_get_state (self->model) != RCP_BOARD_READY)
    return FALSE;
  rcp_time_get_day (start, rcp_desk_get_zone (self->desk), &date);
  day = rcp_day_book_get (rcp_desk_get_day_book (self->desk), &date);
  return rcp_day_is_loaded (day) && !rcp_day_get_error (day) && !rcp_day_find_visit (day, rcp_visit_get_id (visit));
}

/* The board may be ready before its contents, or after them. */
static void
focus_board (RcpWindow *self)
{
  if (self->focus_board && rcp_board_model_get_state (self->model) == RCP_BOARD_READY)
    self->focus_board = !gtk_widget_grab_focus (gtk_stack_get_visible_child (self->faces));
}

/* Another desk may have changed the visit that is looked at, or taken it away. */
static void
on_contents_changed_cb (RcpWindow *self)
{
  const char *selected = rcp_board_model_get_selected (self->model);
  RcpVisit *visit = selected ? rcp_board_model_find_visit (self->model, selected) : NULL;
  g_autoptr (RcpVisit) seen = NULL;

  focus_board (self);
  if (!selected || !rcp_window_get_seen_visit (self))
    return;
  seen = g_object_ref (rcp_window_get_seen_visit (self));
  if (visit && visit != seen)
    rcp_visit_panel_set_visit (self->visit_panel, visit);
  if (visit)
    self->was_on_board = TRUE;
  /* A booking of our own takes visits away as well, and says so itself. */
  else if (self->was_on_board && !self->booking && has_gone (self, seen))
    {
      rcp_window_close_panel (self);
      /* Translators: %s is the name of a patient. */
      tell_of (self, seen, _("The visit of %s was moved or cancelled at another desk"));
    }
}

/**
 * rcp_window_connect_board:
 * @self: a window
 *
 * Lets the board open visits and start bookings.
 */
void
rcp_window_connect_board (RcpWindow *self)
{
  g_signal_connect_object (self->board, "visit-activated", G_CALLBACK (rcp_window_show_visit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "visit-action", G_CALLBACK (rcp_window_do_with_visit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "time-activated", G_CALLBACK (rcp_window_book_at), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "contents-changed", G_CALLBACK (on_contents_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "state-changed", G_CALLBACK (focus_board), self, G_CONNECT_SWAPPED);
}

static void
on_new_visit_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  book (RCP_WINDOW (widget), NULL, NULL, 0);
}

/**
 * rcp_window_show_found:
 * @self: a window
 * @patient: (nullable): who was found
 * @visit: (nullable): the visit that was found, of @patient
 *
 * Shows the visit on the board and beside it, or else the patient.
 */
void
rcp_window_show_found (RcpWindow *self, RcpPatient *patient, RcpVisit *visit)
{
  if (visit)
    on_patient_visit_activated_cb (self, visit);
  else if (patient)
    show_patient (self, patient);
}

static void
on_find_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  GtkWindow *dialog;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  dialog = rcp_find_dialog_new (self->desk);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (rcp_window_show_found), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "register-requested", G_CALLBACK (rcp_window_register_patient), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, GTK_WINDOW (self));
}

static void
on_close_panel_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_window_close_panel (RCP_WINDOW (widget));
}

void
rcp_window_class_add_visit_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-visit", NULL, on_new_visit_activated);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, on_find_activated);
  gtk_widget_class_install_action (widget_class, "win.close-panel", NULL, on_close_panel_activated);
}
