/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-day-range.h"

G_DEFINE_INTERFACE (RcpDayRange, rcp_day_range, G_TYPE_LIST_MODEL)

static guint changed_signal;

static void
rcp_day_range_default_init (RcpDayRangeInterface *iface)
{
  changed_signal = g_signal_new ("changed", RCP_TYPE_DAY_RANGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

guint
rcp_day_range_get_n_days (RcpDayRange *self)
{
  g_return_val_if_fail (RCP_IS_DAY_RANGE (self), 0);

  return RCP_DAY_RANGE_GET_IFACE (self)->get_n_days (self);
}

gboolean
rcp_day_range_is_loaded (RcpDayRange *self)
{
  g_return_val_if_fail (RCP_IS_DAY_RANGE (self), FALSE);

  return RCP_DAY_RANGE_GET_IFACE (self)->is_loaded (self);
}

gboolean
rcp_day_range_is_loading (RcpDayRange *self)
{
  g_return_val_if_fail (RCP_IS_DAY_RANGE (self), FALSE);

  return RCP_DAY_RANGE_GET_IFACE (self)->is_loading (self);
}

const GError *
rcp_day_range_get_error (RcpDayRange *self)
{
  g_return_val_if_fail (RCP_IS_DAY_RANGE (self), NULL);

  return RCP_DAY_RANGE_GET_IFACE (self)->get_error (self);
}

/**
 * rcp_day_range_get_read_time:
 * @self: some days
 *
 * As of when they are: what was read longest ago of what they show.
 *
 * Returns: microseconds of g_get_monotonic_time(); 0 while one of the days was never read
 */
gint64
rcp_day_range_get_read_time (RcpDayRange *self)
{
  g_return_val_if_fail (RCP_IS_DAY_RANGE (self), 0);

  return RCP_DAY_RANGE_GET_IFACE (self)->get_read_time (self);
}

/**
 * rcp_day_range_reload:
 * @self: some days
 *
 * Reads all of them again, also those that failed.
 */
void
rcp_day_range_reload (RcpDayRange *self)
{
  g_return_if_fail (RCP_IS_DAY_RANGE (self));

  RCP_DAY_RANGE_GET_IFACE (self)->reload (self);
}

void
rcp_day_range_emit_changed (RcpDayRange *self)
{
  g_return_if_fail (RCP_IS_DAY_RANGE (self));

  g_signal_emit (self, changed_signal, 0);
}
