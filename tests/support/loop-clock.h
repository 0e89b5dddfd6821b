/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LoopClock: how long something took, in the time that the main loop had. A machine that is busy with other things, or one long
 * frame, stops this clock and not the wall's; a timer that is set too far ahead stops neither. So a promise of "within two
 * seconds" fails when the program waits too long, and not when it may not run.
 */
typedef struct
{
  guint source;
  guint n_ticks;
} LoopClock;

void loop_clock_start (LoopClock *self);
/* In microseconds; it never is more than the wall's. Stops it. */
gint64 loop_clock_stop (LoopClock *self);

G_END_DECLS
