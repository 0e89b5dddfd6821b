/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-geo.h"

#include <math.h>

#define EARTH_RADIUS 6371.0088 /* km; the mean radius of IUGG */

gboolean
rcp_position_is_valid (RcpPosition self)
{
  return isfinite (self.latitude) && isfinite (self.longitude) && fabs (self.latitude) <= 90 && fabs (self.longitude) <= 180;
}

static double
haversine (double degrees)
{
  double half = sin (degrees * G_PI / 360);

  return half * half;
}

/**
 * rcp_position_distance:
 *
 * The straight line over the ground by the haversine formula: within 0.6 % of the ellipsoid. A road is longer.
 *
 * Returns: kilometres; both must be valid
 */
double
rcp_position_distance (RcpPosition a, RcpPosition b)
{
  double h = haversine (b.latitude - a.latitude) +
             cos (a.latitude * G_PI / 180) * cos (b.latitude * G_PI / 180) * haversine (b.longitude - a.longitude);

  return 2 * EARTH_RADIUS * asin (MIN (1, sqrt (h)));
}
