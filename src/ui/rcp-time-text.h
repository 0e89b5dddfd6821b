/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-time-range.h"

G_BEGIN_DECLS

/* Times and dates as people write them, by the locale. All (transfer full). */
char *rcp_time_text_clock (gint64 instant, GTimeZone *zone);        /* "9:26", "9:26 AM" */
char *rcp_time_text_hour (gint64 instant, GTimeZone *zone);         /* "9:00", "9 AM": for scales */
char *rcp_time_text_range (RcpTimeRange range, GTimeZone *zone);    /* "10:15 – 10:45" */
char *rcp_time_text_spoken (RcpTimeRange range, GTimeZone *zone);   /* "10:15 to 10:45": for screen readers */
char *rcp_time_text_duration (gint64 microseconds);                 /* "2 h 15 min" */
char *rcp_time_text_date (const GDate *date);                       /* "Monday, 23 November 2026" */
char *rcp_time_text_day (gint64 instant, GTimeZone *zone);          /* the full date of an instant */
char *rcp_time_text_short_day (gint64 instant, GTimeZone *zone);    /* "Mon, 23 Nov" */
char *rcp_time_text_birth_date (const GDate *date);                 /* "3 Dec 1978" */
char *rcp_time_text_short_date (const GDate *date);                 /* "Mon, 23 Nov" */
char *rcp_time_text_weekday (const GDate *date);                    /* "Mon 23" */
char *rcp_time_text_days (const GDate *first, const GDate *last);   /* "23 – 27 November 2026" */
char *rcp_time_text_short_days (const GDate *first, const GDate *last); /* "23 – 27 Nov" */
char *rcp_time_text_month (const GDate *date);                      /* "November 2026" */
char *rcp_time_text_short_month (const GDate *date);                /* "Nov 2026" */
char *rcp_time_text_long_weekday (const GDate *date);               /* "Monday" */
char *rcp_time_text_narrow_weekday (const GDate *date);             /* "M" */

G_END_DECLS
