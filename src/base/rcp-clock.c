/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-clock.h"

struct _RcpClock
{
  GObject parent_instance;

  gboolean is_fixed;
  gint64 now;
};

G_DEFINE_FINAL_TYPE (RcpClock, rcp_clock, G_TYPE_OBJECT)

static void
rcp_clock_class_init (RcpClockClass *klass)
{
}

static void
rcp_clock_init (RcpClock *self)
{
}

/**
 * rcp_clock_new_system:
 *
 * Returns: (transfer full): the clock of the system
 */
RcpClock *
rcp_clock_new_system (void)
{
  return g_object_new (RCP_TYPE_CLOCK, NULL);
}

/**
 * rcp_clock_new_fixed:
 * @now: microseconds since 1970 UTC
 *
 * Returns: (transfer full): a clock that stands still at @now
 */
RcpClock *
rcp_clock_new_fixed (gint64 now)
{
  RcpClock *self = g_object_new (RCP_TYPE_CLOCK, NULL);

  self->is_fixed = TRUE;
  self->now = now;
  return self;
}

/**
 * rcp_clock_is_fixed:
 * @self: a clock
 *
 * Returns: whether it stands still until it is moved
 */
gboolean
rcp_clock_is_fixed (RcpClock *self)
{
  g_return_val_if_fail (RCP_IS_CLOCK (self), FALSE);

  return self->is_fixed;
}

/**
 * rcp_clock_get_now:
 * @self: a clock
 *
 * Returns: microseconds since 1970 UTC
 */
gint64
rcp_clock_get_now (RcpClock *self)
{
  g_return_val_if_fail (RCP_IS_CLOCK (self), 0);

  return self->is_fixed ? self->now : g_get_real_time ();
}

/**
 * rcp_clock_set_now:
 * @self: a clock of rcp_clock_new_fixed()
 * @now: microseconds since 1970 UTC
 *
 * Moves a fixed clock, forward or back.
 */
void
rcp_clock_set_now (RcpClock *self, gint64 now)
{
  g_return_if_fail (RCP_IS_CLOCK (self));
  g_return_if_fail (self->is_fixed);

  self->now = now;
}
