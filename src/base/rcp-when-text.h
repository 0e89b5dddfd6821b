/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An instant in words, on the clock of a place and as the locale writes it: the same in a message as on the board. */

/* Whether the locale writes the time with "AM" and "PM". */
gboolean rcp_when_text_is_twelve_hour (void);
/* @instant: microseconds since 1970 UTC; @format: of g_date_time_format(); without padding. (transfer full). */
char *rcp_when_text_format (gint64 instant, GTimeZone *zone, const char *format);
/* "9:30" or "9:30 AM". (transfer full). */
char *rcp_when_text_clock (gint64 instant, GTimeZone *zone);
/* "Tue 3 Dec, 9:30". (transfer full). */
char *rcp_when_text_day_and_clock (gint64 instant, GTimeZone *zone);

G_END_DECLS
