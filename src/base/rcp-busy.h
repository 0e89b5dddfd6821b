/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-time-range.h"

G_BEGIN_DECLS

/**
 * RcpBusyKind:
 *
 * How much a calendar keeps a time, weakest first; the free-busy types of RFC 5545 (3.2.9), which are the states of a FHIR
 * Slot as well.
 * @RCP_BUSY_NONE: it does not; never in a result
 * @RCP_BUSY_TENTATIVE: perhaps; an invitation that is not answered, a plan
 * @RCP_BUSY_BUSY: something is on
 * @RCP_BUSY_AWAY: out of the office, or at work elsewhere (BUSY-UNAVAILABLE)
 */
typedef enum
{
  RCP_BUSY_NONE,
  RCP_BUSY_TENTATIVE,
  RCP_BUSY_BUSY,
  RCP_BUSY_AWAY,
} RcpBusyKind;

/**
 * RcpBusy:
 *
 * Time that a provider's calendar keeps. What it is kept for is the provider's own affair: no word of the event is in it.
 */
typedef struct
{
  RcpTimeRange range;
  RcpBusyKind kind;
} RcpBusy;

/* Sorts @busy (element-type RcpBusy) in place; afterwards no two overlap, each instant has the strongest kind that covered
 * it, and neighbours of one kind are one. */
void rcp_busy_normalize (GArray *busy);

G_END_DECLS
