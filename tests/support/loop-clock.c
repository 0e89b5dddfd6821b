/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loop-clock.h"

#define TICK_MS 10

/* GLib sets the next tick from when this one came: what was missed is not made up for. */
static gboolean
on_tick_cb (gpointer user_data)
{
  LoopClock *self = user_data;

  self->n_ticks++;
  return G_SOURCE_CONTINUE;
}

void
loop_clock_start (LoopClock *self)
{
  g_assert_cmpuint (self->source, ==, 0);

  self->n_ticks = 0;
  self->source = g_timeout_add (TICK_MS, on_tick_cb, self);
}

gint64
loop_clock_stop (LoopClock *self)
{
  g_assert_cmpuint (self->source, !=, 0);

  g_clear_handle_id (&self->source, g_source_remove);
  return (gint64) self->n_ticks * TICK_MS * 1000;
}
