/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-wait-list"

#include "rcp-wait-list.h"

#include "base/rcp-query.h"
#include "rcp-book-visit.h"
#include "rcp-scheduling-error-private.h"
#include "rcp-visit-operation-private.h"

/* Putting somebody on the list. */

struct _RcpJoinWaitList
{
  RcpVisitOperation parent_instance;

  RcpPatient *patient;
  JsonObject *asked;
};

G_DEFINE_FINAL_TYPE (RcpJoinWaitList, rcp_join_wait_list, RCP_TYPE_VISIT_OPERATION)

static void
rcp_join_wait_list_finalize (GObject *object)
{
  RcpJoinWaitList *self = RCP_JOIN_WAIT_LIST (object);

  g_clear_object (&self->patient);
  g_clear_pointer (&self->asked, json_object_unref);
  G_OBJECT_CLASS (rcp_join_wait_list_parent_class)->finalize (object);
}

static gpointer
rcp_join_wait_list_prepare (RcpVisitOperation *operation, GError **error)
{
  RcpJoinWaitList *self = RCP_JOIN_WAIT_LIST (operation);
  RcpVisitChange *change
      = rcp_visit_change_new (rcp_visit_operation_get_client (operation), rcp_visit_operation_get_clock (operation),
                              RCP_DEED_WAIT, NULL, json_object_ref (self->asked));

  change->patient = g_object_ref (self->patient);
  change->code = "wait";
  return change;
}

static void
rcp_join_wait_list_class_init (RcpJoinWaitListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_join_wait_list_finalize;
  RCP_VISIT_OPERATION_CLASS (klass)->prepare = rcp_join_wait_list_prepare;
}

static void
rcp_join_wait_list_init (RcpJoinWaitList *self)
{
}

/**
 * rcp_join_wait_list_new:
 * @client: the record
 * @clock: the time
 * @wish: who waits for what
 *
 * Returns: (transfer full): one entry to be made, to be run once
 */
RcpJoinWaitList *
rcp_join_wait_list_new (FhirClient *client, RcpClock *clock, const RcpWaitWish *wish)
{
  RcpJoinWaitList *self;
  g_autofree char *booking_id = g_uuid_string_random ();
  g_autofree char *code = rcp_query_make_code (g_random_int () & 0x3fffffff);

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (wish != NULL && RCP_IS_PATIENT (wish->patient), NULL);

  self = rcp_visit_operation_construct (RCP_TYPE_JOIN_WAIT_LIST, client, clock, RCP_DEED_WAIT);
  self->patient = g_object_ref (wish->patient);
  self->asked = rcp_wait_json_new (wish, booking_id, code, rcp_clock_get_now (clock));
  return self;
}

GPtrArray *
rcp_wait_wish_list_providers (const RcpWish *wish, RcpRoster *roster)
{
  GPtrArray *providers = g_ptr_array_new_with_free_func (g_object_unref);
  RcpProvider *provider = wish->schedule_id != NULL ? rcp_roster_find_provider (roster, wish->schedule_id) : NULL;

  if (provider != NULL)
    g_ptr_array_add (providers, g_object_ref (provider));
  return providers;
}

/* Giving somebody on it a time. */

struct _RcpBookWaiting
{
  RcpVisitOperation parent_instance;

  RcpWaiting *waiting;
  RcpOffer *offer;
};

G_DEFINE_FINAL_TYPE (RcpBookWaiting, rcp_book_waiting, RCP_TYPE_VISIT_OPERATION)

static void
rcp_book_waiting_finalize (GObject *object)
{
  RcpBookWaiting *self = RCP_BOOK_WAITING (object);

  g_clear_object (&self->waiting);
  g_clear_object (&self->offer);
  G_OBJECT_CLASS (rcp_book_waiting_parent_class)->finalize (object);
}

static gpointer
rcp_book_waiting_prepare (RcpVisitOperation *operation, GError **error)
{
  RcpBookWaiting *self = RCP_BOOK_WAITING (operation);
  RcpVisit *entry = rcp_waiting_get_visit (self->waiting);
  RcpVisit *booked = rcp_waiting_get_booked (self->waiting);
  RcpVisit *visit = booked != NULL ? booked : entry;
  RcpDeed deed = rcp_visit_operation_get_deed (operation);
  RcpVisitChange *change;
  JsonObject *asked;

  if (rcp_visit_get_status (entry) != RCP_VISIT_WAITLIST
      || (booked != NULL && !rcp_visit_may_move (booked)))
    {
      g_propagate_error (error,
                         rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_REFUSED, deed, "status does not allow it"));
      return NULL;
    }
  asked = fhir_resource_dup_json (rcp_visit_get_resource (visit));
  rcp_visit_json_move (asked, self->offer);
  if (booked == NULL)
    rcp_visit_json_set_status (asked, RCP_VISIT_BOOKED);
  change = rcp_visit_change_new (rcp_visit_operation_get_client (operation), rcp_visit_operation_get_clock (operation),
                                 deed, visit, asked);
  change->code = booked != NULL ? "move" : "book";
  if (booked != NULL)
    g_set_object (&change->closes, entry);
  rcp_visit_change_take_offer (change, self->offer);
  return change;
}

static void
rcp_book_waiting_class_init (RcpBookWaitingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_book_waiting_finalize;
  RCP_VISIT_OPERATION_CLASS (klass)->prepare = rcp_book_waiting_prepare;
}

static void
rcp_book_waiting_init (RcpBookWaiting *self)
{
}

/**
 * rcp_book_waiting_new:
 * @client: the record
 * @clock: the time
 * @waiting: who
 * @offer: when and with whom
 *
 * Returns: (transfer full): one booking, to be run once
 */
RcpBookWaiting *
rcp_book_waiting_new (FhirClient *client, RcpClock *clock, RcpWaiting *waiting, RcpOffer *offer)
{
  RcpBookWaiting *self;
  RcpDeed deed;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (RCP_IS_WAITING (waiting), NULL);
  g_return_val_if_fail (RCP_IS_OFFER (offer), NULL);

  deed = rcp_waiting_get_booked (waiting) != NULL ? RCP_DEED_MOVE : RCP_DEED_BOOK;
  self = rcp_visit_operation_construct (RCP_TYPE_BOOK_WAITING, client, clock, deed);
  self->waiting = g_object_ref (waiting);
  self->offer = g_object_ref (offer);
  return self;
}
