/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-booking-who.h"

#include "ui/find/rcp-find-view.h"
#include "ui/patient/rcp-flags-box.h"
#include "ui/patient/rcp-patient-dialog.h"
#include "ui/rcp-dialog.h"

struct _RcpBookingWho
{
  GObject parent_instance;

  RcpBookingDialog *dialog; /* owns this */
  RcpDesk *desk;
  RcpBookingModel *model;
  RcpFlagsBox *flags_box; /* of the dialog */
};

G_DEFINE_FINAL_TYPE (RcpBookingWho, rcp_booking_who, G_TYPE_OBJECT)

static void
rcp_booking_who_finalize (GObject *object)
{
  RcpBookingWho *self = RCP_BOOKING_WHO (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_booking_who_parent_class)->finalize (object);
}

static void
rcp_booking_who_class_init (RcpBookingWhoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_booking_who_finalize;
}

static void
rcp_booking_who_init (RcpBookingWho *self)
{
}

/* The new patient, or the one like it who was in the record already. */
static void
on_registered_cb (RcpBookingWho *self, RcpPatient *patient)
{
  rcp_booking_dialog_set_patient (self->dialog, patient);
}

static void
on_found_chosen_cb (RcpBookingWho *self, RcpFound *found)
{
  rcp_booking_dialog_set_patient (self->dialog, rcp_found_get_patient (found));
}

static void
on_register_requested_cb (RcpBookingWho *self, const char *typed)
{
  GtkWindow *dialog = rcp_patient_dialog_new (self->desk, NULL, typed);

  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_registered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_registered_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, GTK_WINDOW (self->dialog));
}

/**
 * rcp_booking_who_new:
 * @dialog: whose it is
 * @desk: an open desk
 * @model: of @dialog
 * @find_slot: where the patient is searched
 * @flags_slot: where the flags stand
 *
 * Returns: (transfer full): to be kept as long as @dialog
 */
RcpBookingWho *
rcp_booking_who_new (RcpBookingDialog *dialog, RcpDesk *desk, RcpBookingModel *model, AdwClamp *find_slot, GtkBox *flags_slot)
{
  RcpFindView *find_view = rcp_find_view_new (rcp_desk_get_client (desk), rcp_desk_get_clock (desk));
  RcpBookingWho *self = g_object_new (RCP_TYPE_BOOKING_WHO, NULL);

  self->dialog = dialog;
  self->desk = g_object_ref (desk);
  self->model = g_object_ref (model);
  self->flags_box = RCP_FLAGS_BOX (rcp_flags_box_new (desk, FALSE));
  gtk_box_append (flags_slot, GTK_WIDGET (self->flags_box));
  adw_clamp_set_child (find_slot, GTK_WIDGET (find_view));
  g_signal_connect_object (find_view, "chosen", G_CALLBACK (on_found_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (find_view, "register-requested", G_CALLBACK (on_register_requested_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rcp_booking_who_show_flags:
 * @self: of a dialog
 *
 * Reads the flags of the patient for whom is booked, or whose visit is moved.
 */
void
rcp_booking_who_show_flags (RcpBookingWho *self)
{
  RcpPatient *patient = rcp_booking_model_get_patient (self->model);
  RcpVisit *moving = rcp_booking_model_get_moving (self->model);

  rcp_flags_box_set_patient (self->flags_box, patient != NULL ? rcp_patient_get_id (patient)
                                              : moving != NULL ? rcp_visit_get_patient_id (moving) : NULL);
}
