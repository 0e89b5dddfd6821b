/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-time-range.h"

G_BEGIN_DECLS

/* The visits of a provider who falls ill get new places, all at once. Pure. */

#define RCP_DAY_PLAN_NONE G_MAXUINT
#define RCP_DAY_PLAN_MOST_COST G_GINT64_CONSTANT (1000000000) /* of one place */

/**
 * RcpDayPlace:
 * @visit: which visit could be there
 * @owner: whose time it is: the id of a Schedule
 * @range: when
 * @cost: from 0 to %RCP_DAY_PLAN_MOST_COST
 * @things: (nullable): what else is taken along, all of it: names of rooms and devices
 */
typedef struct
{
  guint visit;
  const char *owner;
  RcpTimeRange range;
  gint64 cost;
  const char *const *things;
} RcpDayPlace;

gboolean rcp_day_plan (const RcpDayPlace *places, guint n_places, const char *const *people, guint n_visits, guint *chosen);

G_END_DECLS
