/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-day-range.h"
#include "clinic/rcp-day.h"

G_BEGIN_DECLS

/**
 * RcpDayNumbers:
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
  guint n_visits;
  guint n_free;
  guint n_busy;
  guint n_kept;
  gint64 kept;
} RcpDayNumbers;

/**
 * RcpDayCount:
 *
 * A local day of the clinic and how full it is. Does not change: with other numbers it is another one.
 */
#define RCP_TYPE_DAY_COUNT (rcp_day_count_get_type ())
G_DECLARE_FINAL_TYPE (RcpDayCount, rcp_day_count, RCP, DAY_COUNT, GObject)

const GDate *rcp_day_count_get_date (RcpDayCount *self);
const RcpDayNumbers *rcp_day_count_get_numbers (RcpDayCount *self); /* NULL while they are not known */

/**
 * RcpDayCounts:
 *
 * How full each of some days in a row is: a RcpDayRange of one RcpDayCount for each. The server counts: one request, however many visits the
 * days hold. While somebody looks, another one follows when the book of days hears of a change of visits or slots, about the days
 * that it touches; when the calendars of the roster's busy times keep another time; and when a question has failed.
 */
#define RCP_TYPE_DAY_COUNTS (rcp_day_counts_get_type ())
G_DECLARE_FINAL_TYPE (RcpDayCounts, rcp_day_counts, RCP, DAY_COUNTS, GObject)

/* Counted, or being counted. Views of the same days and people share it. (transfer full)
 * @schedule_ids: (nullable): of providers, or of rooms and devices; NULL for every provider */
RcpDayCounts *rcp_day_counts_of (RcpDayBook *book, const GDate *first, guint n_days, const char *const *schedule_ids);
/* Somebody looks, or no more: what changes while nobody does is asked for when somebody does again. */
void rcp_day_counts_look (RcpDayCounts *self);
void rcp_day_counts_look_away (RcpDayCounts *self);
/* Borrowed, or NULL while nothing is known of that day. */
const RcpDayNumbers *rcp_day_counts_find (RcpDayCounts *self, const GDate *date);

G_END_DECLS
