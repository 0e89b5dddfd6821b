/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-day.h"

G_BEGIN_DECLS

/* Stops what is under way; who waits gets G_IO_ERROR_CANCELLED. */
void rcp_day_cancel (RcpDay *self);

/* Brings the sorted @visits to the state of the sorted @fresh with the fewest changes; a visit that is the same keeps its
 * object. (element-type RcpVisit). Calls @changed after each step, with the list as it then is. */
typedef void (*RcpRowsChangedFunc) (guint position, guint removed, guint added, gpointer user_data);
void rcp_day_merge_visits (GPtrArray *visits, GPtrArray *fresh, RcpRowsChangedFunc changed, gpointer user_data);
int rcp_day_compare_visits (RcpVisit *a, RcpVisit *b);

G_END_DECLS
