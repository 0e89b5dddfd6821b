/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-book-visit"

#include "rcp-book-visit.h"

#include "base/rcp-query.h"
#include "rcp-visit-operation-private.h"

struct _RcpBookVisit
{
  RcpVisitOperation parent_instance;

  RcpPatient *patient;
  RcpOffer *offer;
  RcpVisitType *visit_type;
  RcpUrgency urgency;
  char *complaint;
  char *booking_id;
  char *code;
  char *overbook;
  gboolean beyond_limit;
  char *series_id;
  char *together_id;
  GPtrArray *others; /* of RcpPatient */
};

G_DEFINE_FINAL_TYPE (RcpBookVisit, rcp_book_visit, RCP_TYPE_VISIT_OPERATION)

static void
rcp_book_visit_finalize (GObject *object)
{
  RcpBookVisit *self = RCP_BOOK_VISIT (object);

  g_clear_object (&self->patient);
  g_clear_object (&self->offer);
  g_clear_object (&self->visit_type);
  g_free (self->complaint);
  g_free (self->booking_id);
  g_free (self->code);
  g_free (self->overbook);
  g_free (self->series_id);
  g_free (self->together_id);
  g_ptr_array_unref (self->others);
  G_OBJECT_CLASS (rcp_book_visit_parent_class)->finalize (object);
}

static gpointer
rcp_book_visit_prepare (RcpVisitOperation *operation, GError **error)
{
  RcpBookVisit *self = RCP_BOOK_VISIT (operation);
  RcpClock *clock = rcp_visit_operation_get_clock (operation);
  RcpVisitDraft draft = {
    .patient = self->patient,
    .offer = self->offer,
    .visit_type = self->visit_type,
    .urgency = self->urgency,
    .complaint = self->complaint,
    .booking_id = self->booking_id,
    .code = self->code,
    .series_id = self->series_id,
    .together_id = self->together_id,
    .others = self->others,
    .now = rcp_clock_get_now (clock),
  };
  RcpVisitChange *change = rcp_visit_change_new (rcp_visit_operation_get_client (operation), clock, RCP_DEED_BOOK, NULL,
                                                 rcp_visit_json_new (&draft));

  change->patient = g_object_ref (self->patient);
  change->code = "book";
  rcp_visit_change_take_offer (change, self->offer);
  rcp_visit_change_put_beside (change, self->overbook);
  change->beyond_limit = self->beyond_limit && self->urgency == RCP_URGENCY_EMERGENCY;
  return change;
}

static void
rcp_book_visit_class_init (RcpBookVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_book_visit_finalize;
  RCP_VISIT_OPERATION_CLASS (klass)->prepare = rcp_book_visit_prepare;
}

static void
rcp_book_visit_init (RcpBookVisit *self)
{
  self->others = g_ptr_array_new_with_free_func (g_object_unref);
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

  self = rcp_visit_operation_construct (RCP_TYPE_BOOK_VISIT, client, clock, RCP_DEED_BOOK);
  self->patient = g_object_ref (patient);
  self->offer = g_object_ref (offer);
  g_set_object (&self->visit_type, visit_type);
  self->urgency = urgency;
  self->complaint = complaint != NULL ? g_strstrip (g_strdup (complaint)) : NULL;
  return self;
}

/**
 * rcp_book_visit_set_overbook:
 * @self: a booking that was not run yet
 * @reason: (nullable): why the visit is put where others are already; %NULL not to do so
 */
void
rcp_book_visit_set_overbook (RcpBookVisit *self, const char *reason)
{
  g_return_if_fail (RCP_IS_BOOK_VISIT (self));

  g_free (self->overbook);
  self->overbook = g_strdup (reason);
}

/**
 * rcp_book_visit_set_beyond_limit:
 * @self: a booking that was not run yet
 * @beyond_limit: whether the overbooking limit of the half day was looked at, and is to be passed; a visit that is no
 *   emergency is refused nevertheless
 */
void
rcp_book_visit_set_beyond_limit (RcpBookVisit *self, gboolean beyond_limit)
{
  g_return_if_fail (RCP_IS_BOOK_VISIT (self));

  self->beyond_limit = beyond_limit;
}

/**
 * rcp_book_visit_set_series:
 * @self: a booking that was not run yet
 * @series_id: (nullable): a UUID that all visits of the series share
 */
void
rcp_book_visit_set_series (RcpBookVisit *self, const char *series_id)
{
  g_return_if_fail (RCP_IS_BOOK_VISIT (self));

  g_free (self->series_id);
  self->series_id = g_strdup (series_id);
}

/**
 * rcp_book_visit_set_together:
 * @self: a booking that was not run yet
 * @together_id: (nullable): a UUID that all visits which are booked as one share
 */
void
rcp_book_visit_set_together (RcpBookVisit *self, const char *together_id)
{
  g_return_if_fail (RCP_IS_BOOK_VISIT (self));

  g_free (self->together_id);
  self->together_id = g_strdup (together_id);
}

/**
 * rcp_book_visit_add_patient:
 * @self: a booking that was not run yet
 * @patient: who comes to the same visit; nobody is added twice
 */
void
rcp_book_visit_add_patient (RcpBookVisit *self, RcpPatient *patient)
{
  g_return_if_fail (RCP_IS_BOOK_VISIT (self));
  g_return_if_fail (RCP_IS_PATIENT (patient));

  if (g_strcmp0 (rcp_patient_get_id (patient), rcp_patient_get_id (self->patient)) == 0)
    return;
  for (guint i = 0; i < self->others->len; i++)
    if (g_strcmp0 (rcp_patient_get_id (patient), rcp_patient_get_id (self->others->pdata[i])) == 0)
      return;
  g_ptr_array_add (self->others, g_object_ref (patient));
}

void
rcp_book_visit_run_async (RcpBookVisit *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (RCP_IS_BOOK_VISIT (self));

  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (self), cancellable, callback, user_data);
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
  g_return_val_if_fail (RCP_IS_BOOK_VISIT (self), NULL);

  return rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (self), result, error);
}
