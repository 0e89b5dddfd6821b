/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RcpClock:
 *
 * The time, as a thing that is handed in: the system's, or one that stands still until a test moves it.
 */
#define RCP_TYPE_CLOCK (rcp_clock_get_type ())
G_DECLARE_FINAL_TYPE (RcpClock, rcp_clock, RCP, CLOCK, GObject)

RcpClock *rcp_clock_new_system (void);
RcpClock *rcp_clock_new_fixed (gint64 now);
gboolean rcp_clock_is_fixed (RcpClock *self);
gint64 rcp_clock_get_now (RcpClock *self); /* microseconds since 1970 UTC */
void rcp_clock_set_now (RcpClock *self, gint64 now); /* of a fixed clock */

G_END_DECLS
