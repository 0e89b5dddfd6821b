/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-book-visit"

#include "rcp-book-visit.h"

#include "base/rcp-query.h"
#include "rcp-visit-change.h"

struct _RcpBookVisit
{
  GObject parent_instance;

  FhirClient *client;
  RcpClock *clock;
  RcpPatient *patient;
  RcpOffer *offer;
  RcpVisitType *visit_type;
  RcpUrgency urgency;
  char *complaint;
  char *booking_id;
  char *code;
  gboolean started;
};

G_DEFINE_FINAL_TYPE (RcpBookVisit, rcp_book_visit, G_TYPE_OBJECT)

static void
rcp_book_visit_finalize (GObject *object)
{
  RcpBookVisit *self = RCP_BOOK_VISIT (object);

  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->patient);
  g_clear_object (&self->offer);
  g_clear_object (&self->visit_type);
  g_free (self->complaint);
  g_free (self->booking_id);
  g_free (self->code);
  G_OBJECT_CLASS (rcp_book_visit_parent_class)->finalize (object);
}

static void
rcp_book_visit_class_init (RcpBookVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_book_visit_finalize;
}

static void
rcp_book_visit_init (RcpBookVisit *self)
{
  self->booking_id = g_uuid_string_random ();
  self->code = rcp_query_make_code (g_random_int () & 0x3fffffff);
}

/**
 * rcp_book_visit_new:
 * @client: the record
 * @clock: the time
 * @patient: who
 * @offer: when and with whom
 * @visit_type: (nullable): what for
 * @urgency: how soon it had to be
 * @complaint: (nullable): in the patient's words
 *
 * Returns: (transfer full): one booking, to be run once
 */
RcpBookVisit *
rcp_book_visit_new (FhirClient *client,
                    RcpClock *clock,
                    RcpPatient *patient,
                    RcpOffer *offer,
                    RcpVisitType *visit_type,
                    RcpUrgency urgency,
                    const char *complaint)
{
  RcpBookVisit *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (RCP_IS_PATIENT (patient), NULL);
  g_return_val_if_fail (RCP_IS_OFFER (offer), NULL);

  self = g_object_new (RCP_TYPE_BOOK_VISIT, NULL);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->patient = g_object_ref (patient);
  self->offer = g_object_ref (offer);
  g_set_object (&self->visit_type, visit_type);
  self->urgency = urgency;
  self->complaint = complaint != NULL ? g_strstrip (g_strdup (complaint)) : NULL;
  return self;
}

static void
on_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RcpVisit *visit = rcp_visit_change_run_finish (result, &error);

  if (visit != NULL)
    g_task_return_pointer (task, visit, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * rcp_book_visit_run_async:
 * @self: a booking that was not run yet
 * @cancellable: (nullable): heeded until the booking is sent; from then on the answer is always told
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Books: either the record holds the visit and all its times, read back and compared, or an error says where it stands.
 */
void
rcp_book_visit_run_async (RcpBookVisit *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  RcpVisitDraft draft;

  g_return_if_fail (RCP_IS_BOOK_VISIT (self));
  g_return_if_fail (!self->started);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_book_visit_run_async);
  g_task_set_check_cancellable (task, FALSE);
  self->started = TRUE;
  draft = (RcpVisitDraft){
    .patient = self->patient,
    .offer = self->offer,
    .visit_type = self->visit_type,
    .urgency = self->urgency,
    .complaint = self->complaint,
    .booking_id = self->booking_id,
    .code = self->code,
    .now = rcp_clock_get_now (self->clock),
  };
  rcp_visit_change_run_async (rcp_visit_change_new (self->client, self->clock, RCP_DEED_BOOK, NULL, self->offer,
                                                    self->patient, rcp_visit_json_new (&draft), self->booking_id),
                              cancellable, on_run_cb, g_object_ref (task));
}

/**
 * rcp_book_visit_run_finish:
 * @self: a booking
 * @result: what the callback got
 * @error: a RcpSchedulingError, or G_IO_ERROR_CANCELLED when nothing was sent
 *
 * Returns: (transfer full): the visit as read back from the record
 */
RcpVisit *
rcp_book_visit_run_finish (RcpBookVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
