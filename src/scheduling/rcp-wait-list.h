/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-visit-operation.h"
#include "scheduling/rcp-waiting.h"

G_BEGIN_DECLS

/**
 * RcpWaitWish: what somebody waits for; nothing of it is kept by reference.
 * @visit_type, @complaint, @booked: nullable; @booked is the visit that the patient keeps until an earlier time is found
 * @providers: (element-type RcpProvider) (nullable): the wished ones; NULL or empty: anybody
 * @languages: (nullable): BCP 47, of which the provider has to speak one
 * @network: (nullable): Coverage.network, in which the provider has to be
 * @gender: which the provider has to have
 * @times: RCP_WISHED() of each wished time of day; 0: any
 * @duration: minutes
 * @period: in which a visit makes sense
 */
typedef struct
{
  RcpPatient *patient;
  RcpVisitType *visit_type;
  GPtrArray *providers;
  const char *const *languages;
  const char *network;
  RcpGender gender;
  RcpUrgency urgency;
  guint times;
  guint duration;
  RcpTimeRange period;
  const char *complaint;
  RcpVisit *booked;
} RcpWaitWish;

/* What was wished for when no opening suited. (transfer full) (element-type RcpProvider): the providers named in @wish. */
GPtrArray *rcp_wait_wish_list_providers (const RcpWish *wish, RcpRoster *roster);

/**
 * RcpJoinWaitList: puts a patient on the wait list. Run it with rcp_visit_operation_run_async(); what it makes is read back.
 */
#define RCP_TYPE_JOIN_WAIT_LIST (rcp_join_wait_list_get_type ())
G_DECLARE_FINAL_TYPE (RcpJoinWaitList, rcp_join_wait_list, RCP, JOIN_WAIT_LIST, RcpVisitOperation)

RcpJoinWaitList *rcp_join_wait_list_new (FhirClient *client, RcpClock *clock, const RcpWaitWish *wish);

/**
 * RcpBookWaiting: gives somebody who waits a time: the Appointment turns from waitlist to booked, with its slots; or,
 * where the patient has a visit already, that one moves, and the entry goes from the list in the same transaction. Of two
 * desks that do so at once one is told RCP_SCHEDULING_ERROR_CHANGED or RCP_SCHEDULING_ERROR_TAKEN.
 */
#define RCP_TYPE_BOOK_WAITING (rcp_book_waiting_get_type ())
G_DECLARE_FINAL_TYPE (RcpBookWaiting, rcp_book_waiting, RCP, BOOK_WAITING, RcpVisitOperation)

RcpBookWaiting *rcp_book_waiting_new (FhirClient *client, RcpClock *clock, RcpWaiting *waiting, RcpOffer *offer);

/* Everybody on the wait list, in order: (transfer full) of RcpWaiting, who know of their visits from @now on. To take somebody
 * off it: RcpCancelVisit. */
void rcp_wait_list_load_async (FhirClient *client,
                               gint64 now,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GListModel *rcp_wait_list_load_finish (GAsyncResult *result, GError **error);

/* The free slots of @provider in @range as they are now: NULL with RCP_SCHEDULING_ERROR_TAKEN when it is free no more, and with
 * RCP_SCHEDULING_ERROR_KEPT when a calendar keeps it by now. @times: nullable. */
void rcp_free_offer_read_async (FhirClient *client,
                                RcpBusyTimes *times,
                                RcpProvider *provider,
                                RcpTimeRange range,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
RcpOffer *rcp_free_offer_read_finish (GAsyncResult *result, GError **error);

/* Private to scheduling: the Appointment of an entry: (transfer full). */
JsonObject *rcp_wait_json_new (const RcpWaitWish *wish, const char *booking_id, const char *code, gint64 now);

G_END_DECLS
