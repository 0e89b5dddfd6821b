/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-periods.h"

G_BEGIN_DECLS

/**
 * RcpPeriodsFault: why what was typed is no new leave or closed day.
 */
typedef enum
{
  RCP_PERIODS_FINE,
  RCP_PERIODS_NO_FIRST,  /* no date */
  RCP_PERIODS_NO_LAST,   /* something, but no date */
  RCP_PERIODS_BACKWARDS, /* the last day is before the first */
} RcpPeriodsFault;

/* Adds what was typed to the text of a draft: (transfer full), NULL with a fault. @last: empty for one day. @today: for
 * years that are not written. */
char *rcp_periods_model_add (const char *text, const char *first, const char *last, const char *words, const GDate *today,
                             RcpPeriodsFault *fault);
char *rcp_periods_model_remove (const char *text, guint index); /* (transfer full) */
const char *rcp_periods_model_describe_fault (RcpPeriodsFault fault); /* translated; NULL for none */
char *rcp_periods_model_describe (const RcpPeriod *period);           /* (transfer full) "24 Dec 2026 – 26 Dec 2026" */

G_END_DECLS
