/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-change.h"
#include "clinic/rcp-day.h"

G_BEGIN_DECLS

/* Stops what is under way; who waits gets G_IO_ERROR_CANCELLED. */
void rcp_day_cancel (RcpDay *self);
/* Whom a day asks from now on; @client: (nullable). Not while it is loading. */
void rcp_day_set_client (RcpDay *self, FhirClient *client);

/* Of a book: the record, and who works where. */
FhirClient *rcp_day_book_get_client (RcpDayBook *self);
RcpRoster *rcp_day_book_get_roster (RcpDayBook *self);

/* Brings the sorted @visits to the state of the sorted @fresh with the fewest changes; a visit that is the same keeps its
 * object. (element-type RcpVisit). Calls @changed after each step, with the list as it then is. */
typedef void (*RcpRowsChangedFunc) (guint position, guint removed, guint added, gpointer user_data);
void rcp_day_merge_visits (GPtrArray *visits, GPtrArray *fresh, RcpRowsChangedFunc changed, gpointer user_data);
int rcp_day_compare_visits (RcpVisit *a, RcpVisit *b);

/* Reads the replies about the day of @range, which it takes, large ones on a thread. @encounters: (nullable) */
void rcp_day_read_async (RcpTimeRange range, FhirBundle *visits, FhirBundle *slots, FhirBundle *encounters, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_day_read_finish (GAsyncResult *result, GPtrArray **visits, GArray **slots, GError **error);
/* Lets go of the visits of a day, of many on a thread. */
void rcp_day_drop_visits (GPtrArray *visits);

/* The slots of a day. */
typedef struct _RcpDaySlots RcpDaySlots;

RcpDaySlots *rcp_day_slots_new (void);
void rcp_day_slots_free (RcpDaySlots *self);
/* Takes the contents of the sorted @slots (element-type RcpSlot) when they differ from what is known; FALSE when not. */
gboolean rcp_day_slots_take (RcpDaySlots *self, GArray *slots);
GArray *rcp_day_slots_get (RcpDaySlots *self, const char *schedule_id);        /* RcpSlot; or NULL */
GArray *rcp_day_slots_get_open (RcpDaySlots *self, const char *schedule_id);   /* RcpTimeRange */
GArray *rcp_day_slots_get_blocks (RcpDaySlots *self, const char *schedule_id); /* RcpBlock */

/* Whether the day shows, or should show, what changed, and does not show it as it is now. */
gboolean rcp_day_is_news (RcpDay *self, const RcpChange *change);

G_END_DECLS
