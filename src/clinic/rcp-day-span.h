/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-day-range.h"
#include "clinic/rcp-day.h"

G_BEGIN_DECLS

/**
 * RcpDaySpan:
 *
 * Some days in a row, as a view shows them: a RcpDayRange of the RcpVisits of those that were read, sorted by start.
 */
#define RCP_TYPE_DAY_SPAN (rcp_day_span_get_type ())
G_DECLARE_FINAL_TYPE (RcpDaySpan, rcp_day_span, RCP, DAY_SPAN, GObject)

/* The book keeps and reads ahead what is around the span that was made last. */
RcpDaySpan *rcp_day_span_new (RcpDayBook *book, const GDate *first, guint n_days);
RcpDay *rcp_day_span_get_day (RcpDaySpan *self, guint index); /* borrowed */
RcpDay *rcp_day_span_find_day (RcpDaySpan *self, const GDate *date); /* borrowed, or NULL */
/* Of all days that were read, by start: (transfer full). Element RcpTimeRange; RcpBlock, whose words the array keeps. */
GArray *rcp_day_span_dup_open_ranges (RcpDaySpan *self, const char *schedule_id);
GArray *rcp_day_span_dup_blocks (RcpDaySpan *self, const char *schedule_id);

G_END_DECLS
