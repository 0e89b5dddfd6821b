/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-day.h"

G_BEGIN_DECLS

/**
 * RcpDayCount:
 * @date: a local day of the clinic
 * @n_visits: visits that are booked, under way or done
 * @n_free: free slots
 * @n_busy: slots that visits take
 * @n_kept: free slots, among @n_free, that the providers' own calendars keep: not to be booked
 * @kept: how much working time their calendars keep, of all of them together, in microseconds; 0 where nothing is known of that day
 *
 * What a month shows of a day.
 */
typedef struct
{
  GDate date;
  guint n_visits;
  guint n_free;
  guint n_busy;
  guint n_kept;
  gint64 kept;
} RcpDayCount;

/**
 * RcpDayCounts:
 *
 * How full many days are. The server counts: one request, however many visits the days hold, and another one when the book of days
 * hears of a change of visits or slots, or the calendars of the roster's busy times keep another time, while somebody looks. "changed" tells that the numbers are others, or that they could not be had.
 */
#define RCP_TYPE_DAY_COUNTS (rcp_day_counts_get_type ())
G_DECLARE_FINAL_TYPE (RcpDayCounts, rcp_day_counts, RCP, DAY_COUNTS, GObject)

RcpDayCounts *rcp_day_counts_new (FhirClient *client, RcpRoster *roster, RcpDayBook *book);
/* The days, and of whom: @schedule_ids of providers, or of rooms and devices; NULL for every provider. */
void rcp_day_counts_set_range (RcpDayCounts *self, const GDate *first, guint n_days, const char *const *schedule_ids);
void rcp_day_counts_reload (RcpDayCounts *self);
/* Whether somebody looks: what changes meanwhile is asked for when that is so again. TRUE to begin with. */
void rcp_day_counts_set_watching (RcpDayCounts *self, gboolean watching);
/* Borrowed, or NULL while nothing is known of that day. */
const RcpDayCount *rcp_day_counts_find (RcpDayCounts *self, const GDate *date);
gboolean rcp_day_counts_is_loaded (RcpDayCounts *self);
const GError *rcp_day_counts_get_error (RcpDayCounts *self); /* of the last question, or NULL */

G_END_DECLS
