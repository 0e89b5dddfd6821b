/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-kept-hours.h"

/**
 * rcp_kept_hours_list:
 * @provider: somebody
 * @day: a local day of the place
 * @taken: (element-type RcpTimeRange): what the own calendars keep, normalized
 *
 * The rest of a provider's day is nobody's business.
 *
 * Returns: (transfer full) (element-type RcpTimeRange): what they keep of the working time, normalized; none where the hours are not known
 */
GArray *
rcp_kept_hours_list (RcpProvider *provider, const GDate *day, GArray *taken)
{
  g_autoptr (GArray) open = NULL, left = NULL;

  g_return_val_if_fail (RCP_IS_PROVIDER (provider), NULL);
  g_return_val_if_fail (day != NULL && g_date_valid (day), NULL);
  g_return_val_if_fail (taken != NULL, NULL);

  open = rcp_weekly_hours_expand (rcp_provider_get_hours (provider), day, rcp_provider_get_zone (provider));
  left = rcp_time_ranges_subtract (open, taken);
  return rcp_time_ranges_subtract (open, left);
}

/**
 * rcp_kept_hours_join:
 * @ranges: (element-type RcpTimeRange): normalized; changed in place
 * @grain: minutes of a slot
 *
 * Who counts the slots that each of them touches counts no slot twice then, and none that touches none.
 */
void
rcp_kept_hours_join (GArray *ranges, guint grain)
{
  g_return_if_fail (ranges != NULL);

  for (guint i = 1; i < ranges->len;)
    {
      RcpTimeRange *before = &g_array_index (ranges, RcpTimeRange, i - 1), *range = &g_array_index (ranges, RcpTimeRange, i);

      if (range->start - before->end >= grain * G_TIME_SPAN_MINUTE)
        i++;
      else
        {
          before->end = range->end;
          g_array_remove_index (ranges, i);
        }
    }
}

/**
 * rcp_kept_hours_sum:
 * @ranges: (element-type RcpTimeRange): normalized
 *
 * Returns: how long they are together, in microseconds
 */
gint64
rcp_kept_hours_sum (GArray *ranges)
{
  gint64 sum = 0;

  g_return_val_if_fail (ranges != NULL, 0);

  for (guint i = 0; i < ranges->len; i++)
    sum += g_array_index (ranges, RcpTimeRange, i).end - g_array_index (ranges, RcpTimeRange, i).start;
  return sum;
}
