/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* On which days something has changed that is counted. Private to the clinic. */

#include "clinic/rcp-change.h"

G_BEGIN_DECLS

/* @changes: (element-type RcpChange) (nullable): NULL when anything may have changed. Calls @touched for each day of @zone, in no order and
 * perhaps more than once; @may_have_moved: for a visit that was there before, and may have been on another day. Returns FALSE when it
 * cannot be told: then it may be any day. */
typedef void (*RcpDayTouchedFunc) (const GDate *day, gboolean may_have_moved, gpointer user_data);
gboolean rcp_count_news_find (GPtrArray *changes, GTimeZone *zone, RcpDayTouchedFunc touched, gpointer user_data);

G_END_DECLS
