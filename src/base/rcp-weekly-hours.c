/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-weekly-hours.h"

#define MINUTES_PER_DAY (24 * 60)

struct _RcpWeeklyHours
{
  GArray *days[G_DATE_SUNDAY + 1]; /* of RcpDayHours; NULL where nothing was added */
  GArray *leave;                   /* of RcpTimeRange, normalized */
};

/**
 * rcp_weekly_hours_new:
 *
 * Returns: (transfer full): hours that are never open
 */
RcpWeeklyHours *
rcp_weekly_hours_new (void)
{
  RcpWeeklyHours *self = g_new0 (RcpWeeklyHours, 1);

  self->leave = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  return self;
}

/**
 * rcp_weekly_hours_free:
 * @self: (transfer full): weekly hours
 */
void
rcp_weekly_hours_free (RcpWeeklyHours *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (self->days); i++)
    g_clear_pointer (&self->days[i], g_array_unref);
  g_array_unref (self->leave);
  g_free (self);
}

/**
 * rcp_weekly_hours_add:
 * @self: weekly hours
 * @weekday: a day of the week
 * @start: minutes after midnight
 * @end: minutes after midnight, at most 1440
 *
 * Opens a part of a day of each week. Parts may overlap. One that ends before it starts is ignored, as a record may
 * hold anything; hours over midnight are two parts.
 */
void
rcp_weekly_hours_add (RcpWeeklyHours *self, GDateWeekday weekday, guint start, guint end)
{
  RcpDayHours hours = { start, MIN (end, MINUTES_PER_DAY) };

  g_return_if_fail (self != NULL);
  g_return_if_fail (g_date_valid_weekday (weekday));

  if (hours.start >= hours.end)
    return;
  if (self->days[weekday] == NULL)
    self->days[weekday] = g_array_new (FALSE, FALSE, sizeof (RcpDayHours));
  g_array_append_val (self->days[weekday], hours);
}

/**
 * rcp_weekly_hours_add_leave:
 * @self: weekly hours
 * @leave: when they do not hold
 */
void
rcp_weekly_hours_add_leave (RcpWeeklyHours *self, RcpTimeRange leave)
{
  g_return_if_fail (self != NULL);

  g_array_append_val (self->leave, leave);
  rcp_time_ranges_normalize (self->leave);
}

static int
compare_hours (gconstpointer a, gconstpointer b)
{
  const RcpDayHours *left = a;
  const RcpDayHours *right = b;

  return left->start != right->start ? (left->start > right->start) - (left->start < right->start)
                                     : (left->end > right->end) - (left->end < right->end);
}

/**
 * rcp_weekly_hours_list:
 * @self: weekly hours
 * @weekday: a day of the week
 *
 * Returns: (transfer full) (element-type RcpDayHours): the open parts of that day, in order; what overlaps or touches
 *   is joined
 */
GArray *
rcp_weekly_hours_list (const RcpWeeklyHours *self, GDateWeekday weekday)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (RcpDayHours));
  g_autoptr (GArray) sorted = NULL;

  g_return_val_if_fail (self != NULL, list);
  g_return_val_if_fail (g_date_valid_weekday (weekday), list);

  if (self->days[weekday] == NULL)
    return list;
  sorted = g_array_copy (self->days[weekday]);
  g_array_sort (sorted, compare_hours);
  for (guint i = 0; i < sorted->len; i++)
    {
      RcpDayHours hours = g_array_index (sorted, RcpDayHours, i);
      RcpDayHours *last = list->len > 0 ? &g_array_index (list, RcpDayHours, list->len - 1) : NULL;

      if (last != NULL && hours.start <= last->end)
        last->end = MAX (last->end, hours.end);
      else
        g_array_append_val (list, hours);
    }
  return list;
}

/**
 * rcp_weekly_hours_is_empty:
 * @self: weekly hours
 *
 * Returns: whether no day of the week has open time, whatever the leave
 */
gboolean
rcp_weekly_hours_is_empty (const RcpWeeklyHours *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (self->days); i++)
    if (self->days[i] != NULL)
      return FALSE;

  return TRUE;
}

/**
 * rcp_weekly_hours_expand:
 * @self: weekly hours
 * @day: a local day
 * @zone: the zone of the place
 *
 * Returns: (transfer full) (element-type RcpTimeRange): the normalized ranges that are open on @day. Across a change
 *   of the clock they are as much longer or shorter as the wall clock says
 */
GArray *
rcp_weekly_hours_expand (const RcpWeeklyHours *self, const GDate *day, GTimeZone *zone)
{
  g_autoptr (GArray) ranges = NULL;
  GArray *hours;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (day != NULL && g_date_valid (day), NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  hours = self->days[g_date_get_weekday (day)];
  for (guint i = 0; hours != NULL && i < hours->len; i++)
    {
      const RcpDayHours *part = &g_array_index (hours, RcpDayHours, i);
      RcpTimeRange range = {
        .start = rcp_time_at_minute (day, part->start, zone),
        .end = rcp_time_at_minute (day, part->end, zone),
      };

      g_array_append_val (ranges, range);
    }
  rcp_time_ranges_normalize (ranges);

  return rcp_time_ranges_subtract (ranges, self->leave);
}

/**
 * rcp_weekly_hours_cut:
 * @ranges: (element-type RcpTimeRange): normalized
 * @grain: minutes of one slot
 *
 * Returns: (transfer full) (element-type RcpTimeRange): the slots that fit whole into @ranges, counted from each
 *   range's start
 */
GArray *
rcp_weekly_hours_cut (GArray *ranges, guint grain)
{
  GArray *slots;
  gint64 length = grain * G_TIME_SPAN_MINUTE;

  g_return_val_if_fail (ranges != NULL, NULL);
  g_return_val_if_fail (grain > 0, NULL);

  slots = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  for (guint i = 0; i < ranges->len; i++)
    {
      RcpTimeRange range = g_array_index (ranges, RcpTimeRange, i);

      for (gint64 start = range.start; length <= range.end - start; start += length)
        {
          RcpTimeRange slot = { start, start + length };

          g_array_append_val (slots, slot);
        }
    }

  return slots;
}
