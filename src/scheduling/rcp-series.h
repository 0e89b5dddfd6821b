/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-client.h"
#include "scheduling/rcp-rooms.h"
#include "scheduling/rcp-visit-operation.h"
#include "scheduling/rcp-wish.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_SERIES_DAYS,
  RCP_SERIES_WEEKS,
  RCP_SERIES_MONTHS,
} RcpSeriesUnit;

/**
 * RcpSeriesRule: when visits recur: "every 2 weeks, 6 times".
 * @first: the first start
 * @every: so many units, at least 1
 * @count: how many visits; 0: until @until
 * @until: the last local day, when @count is 0
 */
typedef struct
{
  gint64 first;
  guint every;
  RcpSeriesUnit unit;
  guint count;
  GDate until;
} RcpSeriesRule;

#define RCP_SERIES_MOST 104 /* a visit a week for two years */

/* The starts, at the same time of the wall clock whatever the clocks do: (transfer full) (element-type gint64). A month
 * that is too short has its visit on its last day. */
GArray *rcp_series_list (const RcpSeriesRule *rule, GTimeZone *zone);

typedef enum
{
  RCP_SERIES_FITS,    /* the wanted time can be had */
  RCP_SERIES_SHIFTED, /* an exception: the nearest time that can */
  RCP_SERIES_NOTHING, /* none near: a holiday, leave, all taken */
} RcpSeriesFit;

/**
 * RcpSeriesDate: one date of a series.
 * @offer: NULL for RCP_SERIES_NOTHING
 */
typedef struct
{
  gint64 wanted;
  RcpSeriesFit fit;
  RcpOffer *offer;
} RcpSeriesDate;

void rcp_series_date_free (RcpSeriesDate *date);

/* Pure: what can be had of @starts out of the free @slots of the schedule, sorted by start; a shifted date is at most
 * @reach (microseconds) away, and no two dates overlap. (transfer full) (element-type RcpSeriesDate), in the order of
 * @starts. @duration: minutes. @rooms: of which one has to be free as well, or NULL. @taken (element-type RcpTimeRange): when
 * the patient is elsewhere, normalized, or NULL. */
GPtrArray *rcp_series_offer (RcpProvider *provider,
                             const RcpSlot *slots,
                             guint n_slots,
                             GArray *starts,
                             guint duration,
                             gint64 reach,
                             RcpFreeRooms *rooms,
                             GArray *taken);

/* The same, with the free slots read from the record. @visit_type: code, or NULL: with what its visits need. @own: when the
 * patient is elsewhere, or NULL. */
void rcp_series_find_async (FhirClient *client,
                            RcpRoster *roster,
                            RcpProvider *provider,
                            const char *visit_type,
                            const RcpSeriesRule *rule,
                            RcpOwnVisits *own,
                            guint duration,
                            gint64 reach,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GPtrArray *rcp_series_find_finish (GAsyncResult *result, GError **error);

/* Pure: why a date cannot be had, in words without a full stop, from the hours of the place and the provider and the
 * patient's other visits (@own, nullable): (transfer full). @roster: for names, or NULL. */
char *rcp_series_explain (
    RcpProvider *provider, RcpTimeRange wanted, RcpOwnVisits *own, RcpRoster *roster, gint64 now);

/* The visits of a series that begin at @from or later and are still to come about, by start: for what is done "from here
 * on". */
void rcp_series_read_async (FhirClient *client,
                            const char *series_id,
                            gint64 from,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GPtrArray *rcp_series_read_finish (GAsyncResult *result, GError **error); /* (transfer full) (element-type RcpVisit) */

/* The same of the visits that were booked as one with others, see rcp_visit_get_together_id(): for "all of it". */
void rcp_together_read_async (FhirClient *client,
                              const char *together_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *rcp_together_read_finish (GAsyncResult *result, GError **error); /* (transfer full) (element-type RcpVisit) */

/**
 * RcpRunAllResult: what became of one of several operations.
 * @visit: as read back, or NULL
 * @error: why not, or NULL
 */
typedef struct
{
  RcpVisitOperation *operation;
  RcpVisit *visit;
  GError *error;
} RcpRunAllResult;

/* Runs one operation after the other, each whole or not at all; one that is refused keeps none of the others back.
 * @operations (element-type RcpVisitOperation). For a series, and for its undo. */
void rcp_run_all_async (GPtrArray *operations, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (element-type RcpRunAllResult), in the order of the operations; never NULL. */
GPtrArray *rcp_run_all_finish (GAsyncResult *result);

G_END_DECLS
