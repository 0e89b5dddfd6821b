/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-booking-more"

#include "config.h"

#include "rcp-booking-more.h"

#include <glib/gi18n.h>

#include "ui/booking/rcp-series-dialog.h"
#include "ui/booking/rcp-together-window.h"
#include "ui/rcp-dialog.h"

/* All is told already in the window above. */
static void
on_booked_cb (RcpBookingDialog *dialog, RcpVisit *visit)
{
  g_signal_emit_by_name (dialog, "booked", visit);
  g_object_set_data (G_OBJECT (dialog), "booked-together", GINT_TO_POINTER (TRUE));
}

/* Nothing was booked: the offers may be others now. */
static void
on_closed_cb (RcpBookingDialog *dialog)
{
  if (g_object_get_data (G_OBJECT (dialog), "booked-together"))
    gtk_window_close (GTK_WINDOW (dialog));
}

void
rcp_booking_together_open (RcpBookingDialog *dialog, RcpDesk *desk, RcpBookingModel *model, gboolean asks_person)
{
  g_autoptr (RcpTogetherModel) together = NULL;
  GtkWindow *window;

  g_return_if_fail (RCP_IS_BOOKING_DIALOG (dialog));

  if (rcp_booking_model_get_patient (model) == NULL || rcp_booking_model_get_moving (model) != NULL)
    return;
  together = rcp_together_model_new (desk, rcp_booking_model_get_patient (model), rcp_booking_model_get_visit_type (model),
                                     rcp_booking_model_get_wish (model), rcp_booking_model_get_complaint (model));
  window = rcp_together_window_new (together);
  g_signal_connect_object (window, "booked", G_CALLBACK (on_booked_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "destroy", G_CALLBACK (on_closed_cb), dialog, G_CONNECT_SWAPPED);
  rcp_dialog_present (window, GTK_WINDOW (dialog));
  if (asks_person)
    rcp_together_window_ask_person (RCP_TOGETHER_WINDOW (window));
  else
    rcp_together_model_add_visit (together);
}

/* What a window for a series leaves behind. */
typedef struct
{
  RcpBookingDialog *dialog; /* weak */
  RcpBookingModel *model;
  RcpSeriesModel *series;
  RcpVisit *first;
} Repeat;

static void
repeat_free (gpointer data, GClosure *closure)
{
  Repeat *self = data;

  g_clear_weak_pointer (&self->dialog);
  g_object_unref (self->model);
  g_object_unref (self->series);
  g_clear_object (&self->first);
  g_free (self);
}

static void
on_series_booked_cb (GtkWindow *window, RcpVisit *visit, Repeat *self)
{
  g_set_object (&self->first, visit);
}

/* What was booked and not taken back again is told; else the offers may be others now. */
static void
on_series_closed_cb (GtkWindow *window, Repeat *self)
{
  gboolean is_booked = self->first != NULL && rcp_series_model_can_undo (self->series);

  if (is_booked)
    rcp_series_model_tell_done (self->series);
  if (self->dialog == NULL)
    return;
  if (!is_booked)
    {
      rcp_booking_model_search (self->model);
      return;
    }
  g_signal_emit_by_name (self->dialog, "booked", self->first);
  gtk_window_close (GTK_WINDOW (self->dialog));
}

void
rcp_booking_repeat (RcpBookingDialog *dialog, RcpDesk *desk, RcpBookingModel *model, RcpOffer *offer)
{
  GtkWindow *window;
  Repeat *self;

  g_return_if_fail (RCP_IS_BOOKING_DIALOG (dialog));
  g_return_if_fail (RCP_IS_OFFER (offer));

  self = g_new0 (Repeat, 1);
  g_set_weak_pointer (&self->dialog, dialog);
  self->model = g_object_ref (model);
  self->series = rcp_series_model_new (desk, rcp_booking_model_get_patient (model), offer,
                                       rcp_booking_model_get_visit_type (model), rcp_booking_model_get_wish (model)->urgency,
                                       rcp_booking_model_get_complaint (model));
  window = rcp_series_dialog_new (self->series);
  g_signal_connect (window, "booked", G_CALLBACK (on_series_booked_cb), self);
  g_signal_connect_data (window, "destroy", G_CALLBACK (on_series_closed_cb), self, repeat_free, 0);
  rcp_dialog_present (window, GTK_WINDOW (dialog));
}

/**
 * rcp_booking_show_title:
 * @window: of the booking
 * @title: in its header
 * @model: with a patient, or a visit that moves
 */
void
rcp_booking_show_title (GtkWindow *window, GObject *title, RcpBookingModel *model)
{
  RcpPatient *patient = rcp_booking_model_get_patient (model);
  RcpVisit *moving = rcp_booking_model_get_moving (model);
  const char *name = patient != NULL ? rcp_patient_get_name (patient) : rcp_visit_get_patient_name (moving);
  /* Translators: title of a window; %s is a patient's name. */
  g_autofree char *text = g_strdup_printf (moving != NULL ? _("Move the Visit of %s") : _("New Visit for %s"), name);

  gtk_window_set_title (window, text);
  g_object_set (title, "title", moving != NULL ? _("Move") : _("New Visit"), "subtitle", name, NULL);
}
