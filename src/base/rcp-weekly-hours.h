/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-time-range.h"

G_BEGIN_DECLS

/**
 * RcpWeeklyHours:
 *
 * Working hours that repeat each week, on the wall clock of a place, and days off; FHIR's availableTime and
 * notAvailable.
 */
typedef struct _RcpWeeklyHours RcpWeeklyHours;

/**
 * RcpDayHours:
 * @start: minutes after local midnight
 * @end: minutes after local midnight, at most 1440
 */
typedef struct
{
  guint start;
  guint end;
} RcpDayHours;

RcpWeeklyHours *rcp_weekly_hours_new (void);
void rcp_weekly_hours_free (RcpWeeklyHours *self);
/* @start, @end: minutes after midnight, @end up to 1440. */
void rcp_weekly_hours_add (RcpWeeklyHours *self, GDateWeekday weekday, guint start, guint end);
void rcp_weekly_hours_add_leave (RcpWeeklyHours *self, RcpTimeRange leave);
/* What was added for one day of the week, in order and joined: (transfer full) (element-type RcpDayHours). */
GArray *rcp_weekly_hours_list (const RcpWeeklyHours *self, GDateWeekday weekday);
gboolean rcp_weekly_hours_is_empty (const RcpWeeklyHours *self);
/* Normalized open ranges of one local day: (transfer full) (element-type RcpTimeRange). */
GArray *rcp_weekly_hours_expand (const RcpWeeklyHours *self, const GDate *day, GTimeZone *zone);
/* The slots of @grain minutes that fit in these ranges, counted from each range's start: (transfer full). */
GArray *rcp_weekly_hours_cut (GArray *ranges, guint grain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpWeeklyHours, rcp_weekly_hours_free)

G_END_DECLS
