/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The opening that was chosen in the booking window is taken: booked, moved to, or waited for; and what is seen then. */

#define G_LOG_DOMAIN "rcp-booking-dialog-book"

#include "config.h"

#include "rcp-booking-dialog-private.h"

#include <glib/gi18n.h>

#include "ui/booking/rcp-booking-done.h"
#include "ui/booking/rcp-booking-learn.h"
#include "ui/move/rcp-move-more.h"
#include "ui/rcp-error-dialog.h"

static void
show_done (RcpBookingDialog *self, RcpVisit *visit)
{
  RcpBookingDonePart part = { self->done_page, self->code_row, self->code_label, self->preparation_row, self->next_row };

  g_free (self->code);
  self->code = g_strdup (rcp_visit_get_code (visit));
  rcp_booking_done_show (&part, self->desk, visit, rcp_booking_model_get_moving (self->model) != NULL, self->next);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), FALSE);
  rcp_booking_dialog_show_page (self, "done");
  gtk_window_set_default_widget (GTK_WINDOW (self), self->done_button);
  gtk_widget_grab_focus (self->done_button);
}

void
rcp_booking_dialog_finish (RcpBookingDialog *self, RcpVisit *visit)
{
  show_done (self, visit);
  g_signal_emit_by_name (self, "booked", visit);
}

static void
on_booking_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpBookingDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_booking_model_book_finish (RCP_BOOKING_MODEL (source), result, &error);

  if (visit == NULL)
    {
      /* The model's notice says why, above fresh offers. They lost the keyboard while the booking was on its way. */
      if (self->model != NULL)
        rcp_booking_dialog_focus_offers (self);
      return;
    }
  rcp_booking_learn_keep (self->choice);
  rcp_booking_dialog_finish (self, visit);
}

/* It was asked whether what belongs to the visit goes as well. */
static void
on_more_moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpBookingDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  RcpMoveAnswer answer = rcp_move_more_finish (result, &moved, &error);
  RcpOffer *offer = self->model != NULL ? rcp_booking_dialog_get_offer (self) : NULL;

  if (error != NULL)
    rcp_error_dialog_present (GTK_WINDOW (self), _("Not All Visits Moved"), error);
  if (answer == RCP_MOVE_ALONE && offer != NULL)
    rcp_booking_model_book_async (self->model, offer, NULL, on_booking_finished_cb, g_object_ref (self));
  if (moved != NULL && self->model != NULL)
    rcp_booking_dialog_finish (self, moved);
}

void
rcp_booking_dialog_book (RcpBookingDialog *self, char *next)
{
  RcpOffer *offer = rcp_booking_dialog_get_offer (self);
  RcpVisit *moving = rcp_booking_model_get_moving (self->model);

  g_free (self->next);
  self->next = next;
  if (offer == NULL || rcp_booking_model_get_state (self->model) != RCP_BOOKING_OFFERS)
    return;
  g_clear_pointer (&self->choice, g_bytes_unref);
  /* With one key the program has chosen; and who moves a visit is bound by it. */
  if (moving == NULL && next == NULL)
    self->choice = rcp_booking_learn_dup_choice (self->model, offer);
  if (moving != NULL)
    rcp_move_more_async (self->desk, GTK_WINDOW (self), moving, offer, on_more_moved_cb, g_object_ref (self));
  else
    rcp_booking_model_book_async (self->model, offer, NULL, on_booking_finished_cb, g_object_ref (self));
}

/* The wish is kept; there is no time to tell. */
static void
on_wait_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpBookingDialog) self = user_data;
  g_autoptr (RcpVisit) visit = rcp_booking_wait_finish (result, NULL);
  g_autofree char *description = NULL;

  gtk_widget_set_sensitive (self->wait_button, TRUE);
  if (visit == NULL)
    return; /* The model's notice says why. */
  description = g_markup_escape_text (rcp_visit_get_patient_name (visit), -1);
  show_done (self, visit);
  adw_status_page_set_title (self->done_page, _("On the Wait List"));
  adw_status_page_set_description (self->done_page, description);
  gtk_widget_set_visible (GTK_WIDGET (self->code_row), FALSE);
}

void
rcp_booking_dialog_wait (RcpBookingDialog *self)
{
  gtk_widget_set_sensitive (self->wait_button, FALSE);
  rcp_booking_wait_async (self->model, self->desk, on_wait_finished_cb, g_object_ref (self));
}
