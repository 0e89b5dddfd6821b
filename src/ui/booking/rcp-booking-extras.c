/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-booking-extras"

#include "config.h"

#include "rcp-booking-extras.h"

#include "scheduling/rcp-patient-fit.h"
#include "ui/booking/rcp-overbook-window.h"
#include "ui/insurance/rcp-coverage-line.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-ui-compat.h"

struct _RcpBookingExtras
{
  GObject parent_instance;

  RcpBookingDialog *dialog; /* it owns this */
  RcpDesk *desk;
  RcpBookingModel *model;
  GtkSingleSelection *offers;
  GtkLabel *misfit_label;
  GtkWidget *overbook_button;
  RcpCoverageLine *coverage_line;
  GCancellable *asking;
  RcpKnown known; /* the patient */
  gboolean is_done; /* it was overbooked */
  RcpProvider *provider; /* whose full time is wanted from the start, or NULL */
  gint64 start;
};

G_DEFINE_FINAL_TYPE (RcpBookingExtras, rcp_booking_extras, G_TYPE_OBJECT)

static char *
describe_misfits (RcpBookingExtras *self, RcpOffer *offer)
{
  RcpPatient *patient = rcp_booking_model_get_patient (self->model);
  RcpVisitType *visit_type = rcp_booking_model_get_visit_type (self->model);
  RcpProvider *provider = rcp_offer_get_provider (offer);
  GDate day;

  rcp_time_get_day (rcp_offer_get_range (offer).start, rcp_provider_get_zone (provider), &day);
  return rcp_patient_fit_describe (rcp_patient_fit_check (patient, provider, visit_type, self->known, &day), patient,
                                   provider, visit_type, &day);
}

static void
unmark (RcpBookingExtras *self)
{
  RcpBookingMarks *marks = self->desk ? rcp_desk_get_marks (self->desk) : NULL;

  if (marks)
    rcp_booking_marks_set (marks, NULL, (RcpTimeRange){ 0, 0 }, NULL);
}

/* The other desks see which time is about to be booked here. */
static void
mark (RcpBookingExtras *self, RcpOffer *offer)
{
  RcpBookingMarks *marks = rcp_desk_get_marks (self->desk);

  if (self->is_done || rcp_booking_model_get_state (self->model) == RCP_BOOKING_DONE)
    unmark (self);
  else if (marks && offer)
    rcp_booking_marks_set (marks, rcp_provider_get_schedule_id (rcp_offer_get_provider (offer)), rcp_offer_get_range (offer),
                           rcp_desk_get_name (self->desk));
}

static void
update (RcpBookingExtras *self)
{
  RcpOffer *offer = gtk_single_selection_get_selected_item (self->offers);
  g_autofree char *misfits = NULL;

  mark (self, offer);
  if (offer)
    rcp_coverage_line_show (self->coverage_line, rcp_booking_model_get_patient (self->model), rcp_offer_get_provider (offer),
                            rcp_booking_model_get_visit_type (self->model), rcp_offer_get_range (offer).start);
  if (offer && rcp_booking_model_get_patient (self->model))
    misfits = describe_misfits (self, offer);
  gtk_label_set_label (self->misfit_label, misfits ? misfits : "");
  gtk_widget_set_visible (GTK_WIDGET (self->misfit_label), misfits != NULL);
  gtk_widget_set_visible (self->overbook_button, rcp_booking_model_get_moving (self->model) == NULL);
}

static void
on_known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpBookingExtras) self = user_data;
  g_autoptr (GError) error = NULL;
  RcpKnown known = rcp_patient_known_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->model)
    return;
  self->known = known;
  update (self);
}

static void
on_overbooked_cb (RcpBookingExtras *self, RcpVisit *visit)
{
  self->is_done = TRUE;
  unmark (self);
  rcp_booking_dialog_finish (self->dialog, visit);
}

static void
open_full_times (RcpBookingExtras *self)
{
  const RcpWish *wish = rcp_booking_model_get_wish (self->model);
  RcpOverbookWish overbook = {
    .patient = rcp_booking_model_get_patient (self->model),
    .visit_type = rcp_booking_model_get_visit_type (self->model),
    .urgency = wish->urgency,
    .complaint = rcp_booking_model_get_complaint (self->model),
    .schedule_id = wish->schedule_id,
    .duration = wish->duration,
  };
  g_autoptr (RcpOverbookModel) model = NULL;
  GtkWindow *window;

  if (!overbook.patient)
    return;
  model = rcp_overbook_model_new (self->desk, &overbook, &wish->from);
  window = rcp_overbook_window_new (model);
  if (self->provider)
    rcp_overbook_window_set_start (RCP_OVERBOOK_WINDOW (window), self->provider, self->start);
  g_clear_object (&self->provider);
  g_signal_connect_object (window, "booked", G_CALLBACK (on_overbooked_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (window, GTK_WINDOW (self->dialog));
}

static void
on_patient_changed_cb (RcpBookingExtras *self)
{
  RcpPatient *patient = rcp_booking_model_get_patient (self->model);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->known = RCP_KNOWN_UNSURE;
  update (self);
  if (!patient)
    return;
  self->asking = g_cancellable_new ();
  rcp_patient_known_async (rcp_desk_get_client (self->desk), rcp_patient_get_id (patient),
                           rcp_clock_get_now (rcp_desk_get_clock (self->desk)), self->asking, on_known_cb,
                           g_object_ref (self));
  if (self->provider)
    open_full_times (self);
}

static void
rcp_booking_extras_dispose (GObject *object)
{
  RcpBookingExtras *self = RCP_BOOKING_EXTRAS (object);

  unmark (self);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->provider);
  g_clear_object (&self->offers);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_booking_extras_parent_class)->dispose (object);
}

static void
rcp_booking_extras_class_init (RcpBookingExtrasClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_booking_extras_dispose;
}

static void
rcp_booking_extras_init (RcpBookingExtras *self)
{
}

/* Where one alone is wider than its line, its words end in an ellipsis. */
static void
let_buttons_shrink (GtkWidget *box)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      rcp_compat_let_button_shrink (GTK_BUTTON (child));
}

/**
 * rcp_booking_extras_new:
 * @dialog: keeps what is made, and drops it when it is disposed of
 * @desk: an open desk
 * @model: of @dialog
 * @offers: the list, of which one is selected
 * @misfit_label: says what speaks against the selected offer
 * @overbook_button: opens the full times
 *
 * Returns: (transfer full): what stands below the offers
 */
RcpBookingExtras *
rcp_booking_extras_new (RcpBookingDialog *dialog,
                        RcpDesk *desk,
                        RcpBookingModel *model,
                        GtkSingleSelection *offers,
                        GtkLabel *misfit_label,
                        GtkButton *overbook_button)
{
  RcpBookingExtras *self = g_object_new (RCP_TYPE_BOOKING_EXTRAS, NULL);

  self->dialog = dialog;
  self->desk = g_object_ref (desk);
  self->model = g_object_ref (model);
  self->offers = g_object_ref (offers);
  self->misfit_label = misfit_label;
  self->overbook_button = GTK_WIDGET (overbook_button);
  g_signal_connect_object (model, "notify::patient", G_CALLBACK (on_patient_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (offers, "notify::selected-item", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (overbook_button, "clicked", G_CALLBACK (open_full_times), self, G_CONNECT_SWAPPED);
  self->coverage_line = RCP_COVERAGE_LINE (rcp_coverage_line_new (desk));
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (misfit_label))), GTK_WIDGET (self->coverage_line),
                              GTK_WIDGET (misfit_label));
  let_buttons_shrink (gtk_widget_get_parent (self->overbook_button));
  update (self);
  return self;
}

void
rcp_booking_extras_overbook_at (RcpBookingExtras *self, RcpProvider *provider, gint64 start)
{
  g_return_if_fail (RCP_IS_BOOKING_EXTRAS (self));
  g_return_if_fail (RCP_IS_PROVIDER (provider));

  g_set_object (&self->provider, provider);
  self->start = start;
  if (rcp_booking_model_get_patient (self->model))
    open_full_times (self);
}
