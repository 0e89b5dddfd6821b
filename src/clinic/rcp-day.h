/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-roster.h"

G_BEGIN_DECLS

/**
 * RcpDay:
 *
 * One local day of the clinic as the server holds it: a GListModel of RcpVisit (those that take time, and no-shows and fulfilled ones; cancelled and
 * entered-in-error ones not), sorted by start, and the slots of each provider. Two requests, however many visits: Appointment with
 * the patients and Encounters that belong to them, and Slot; a third for the Encounters where a server does not send them along. A refresh changes only what differs (items-changed for these rows), so that
 * what is on the screen does not jump. "slots-changed" tells that slots, and with them the open ranges, are others.
 */
#define RCP_TYPE_DAY (rcp_day_get_type ())
G_DECLARE_FINAL_TYPE (RcpDay, rcp_day, RCP, DAY, GObject)

RcpDay *rcp_day_new (FhirClient *client, RcpRoster *roster, const GDate *date);
const GDate *rcp_day_get_date (RcpDay *self);
RcpTimeRange rcp_day_get_range (RcpDay *self);
RcpRoster *rcp_day_get_roster (RcpDay *self); /* with which it is read */
void rcp_day_load_async (RcpDay *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_day_load_finish (RcpDay *self, GAsyncResult *result, GError **error);
gboolean rcp_day_is_loaded (RcpDay *self);
gboolean rcp_day_is_loading (RcpDay *self);          /* "notify::loading" */
gint64 rcp_day_get_read_time (RcpDay *self);         /* of g_get_monotonic_time(), when it was read last; 0: never */
const GError *rcp_day_get_error (RcpDay *self);      /* of the last load, when it failed */
/* Borrowed; sorted by start; NULL when the provider publishes no slots that day. Element RcpSlot. */
GArray *rcp_day_get_slots (RcpDay *self, const char *schedule_id);
/* Normalized ranges in which the provider works (slots of any status but unavailable joined): borrowed, never NULL. Element RcpTimeRange. */
GArray *rcp_day_get_open_ranges (RcpDay *self, const char *schedule_id);
/* Lunch, meetings and the like, by start: borrowed, never NULL. Element RcpBlock. */
GArray *rcp_day_get_blocks (RcpDay *self, const char *schedule_id);
RcpVisit *rcp_day_find_visit (RcpDay *self, const char *id);

/**
 * RcpDayBook:
 *
 * Keeps the days that were looked at lately and fetches the ones before and after the shown ones ahead of time, so
 * that turning the page waits for nothing. Watches for changes by other desks (polling _lastUpdated each second and a half) while
 * rcp_day_book_set_watching() is on, and refreshes the days which they touch. "changed" tells of each, own ones included.
 */
#define RCP_TYPE_DAY_BOOK (rcp_day_book_get_type ())
G_DECLARE_FINAL_TYPE (RcpDayBook, rcp_day_book, RCP, DAY_BOOK, GObject)

RcpDayBook *rcp_day_book_new (FhirClient *client, RcpRoster *roster);
/* The day, loaded or being loaded ("notify::loaded" of it tells): (transfer full). */
RcpDay *rcp_day_book_get (RcpDayBook *self, const GDate *date);
/* What is on the screen: @n_days from @first on. They stay, and their neighbours are fetched. See RcpDaySpan.
 * (transfer full) (element-type RcpDay) */
GPtrArray *rcp_day_book_show (RcpDayBook *self, const GDate *first, guint n_days);
/* Takes in a day that was read with the roster of this book; rcp_day_book_get() gives it. */
void rcp_day_book_adopt (RcpDayBook *self, RcpDay *day);
/* After a change of our own: refreshes the days that overlap @range now. */
void rcp_day_book_invalidate (RcpDayBook *self, RcpTimeRange range);
void rcp_day_book_set_watching (RcpDayBook *self, gboolean watching);
/* FALSE while the server cannot be reached: "notify::online". What is shown may then be old. */
gboolean rcp_day_book_is_online (RcpDayBook *self);

G_END_DECLS
