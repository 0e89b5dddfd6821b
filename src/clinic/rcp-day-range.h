/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RcpDayRange:
 *
 * What a view of days subscribes to: some days in a row, as a GListModel that follows the record. A day, a week and an agenda show the
 * visits of the days (RcpDaySpan), a month how full each is (RcpDayCounts). "items-changed" is of the rows that are others, no more;
 * "changed" tells that days were read, could not be, or are being read.
 */
#define RCP_TYPE_DAY_RANGE (rcp_day_range_get_type ())
G_DECLARE_INTERFACE (RcpDayRange, rcp_day_range, RCP, DAY_RANGE, GListModel)

struct _RcpDayRangeInterface
{
  GTypeInterface parent;

  guint (*get_n_days) (RcpDayRange *self);
  gboolean (*is_loaded) (RcpDayRange *self);
  gboolean (*is_loading) (RcpDayRange *self);
  const GError *(*get_error) (RcpDayRange *self);
  gint64 (*get_read_time) (RcpDayRange *self);
  void (*reload) (RcpDayRange *self);
};

guint rcp_day_range_get_n_days (RcpDayRange *self);
gboolean rcp_day_range_is_loaded (RcpDayRange *self);       /* each of the days was read; stays so when reading again fails */
gboolean rcp_day_range_is_loading (RcpDayRange *self);      /* some of them are being read */
const GError *rcp_day_range_get_error (RcpDayRange *self);  /* of days that could not be read last time; or NULL */
gint64 rcp_day_range_get_read_time (RcpDayRange *self);
void rcp_day_range_reload (RcpDayRange *self);

/* For those that implement it. */
void rcp_day_range_emit_changed (RcpDayRange *self);

G_END_DECLS
