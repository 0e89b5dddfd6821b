/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-month-days"

#include "config.h"

#include "rcp-month-days.h"

#include <langinfo.h>

/**
 * rcp_month_days_get_first_weekday:
 *
 * By glibc's locales: _NL_TIME_WEEK_1STDAY names a date that is the first in the list of weekdays (19971130 is a Sunday, 19971201 a
 * Monday), _NL_TIME_FIRST_WEEKDAY counts from it, from 1.
 *
 * Returns: the day with which the locale begins a week
 */
GDateWeekday
rcp_month_days_get_first_weekday (void)
{
#ifdef __GLIBC__
  const char *counted = nl_langinfo (_NL_TIME_FIRST_WEEKDAY);
  guint origin = GPOINTER_TO_UINT (nl_langinfo (_NL_TIME_WEEK_1STDAY));
  guint sunday_based = (counted[0] + (origin == 19971201 ? 1 : 0) - 1) % 7; /* 0 is Sunday */

  return sunday_based == 0 ? G_DATE_SUNDAY : (GDateWeekday) sunday_based;
#else
  return G_DATE_MONDAY;
#endif
}

void
rcp_month_days_fill (GDate *days, const GDate *month, GDateWeekday first)
{
  GDate day = *month;
  guint before;

  g_return_if_fail (g_date_valid (month));
  g_return_if_fail (first >= G_DATE_MONDAY && first <= G_DATE_SUNDAY);

  g_date_set_day (&day, 1);
  before = ((guint) g_date_get_weekday (&day) + 7 - (guint) first) % 7;
  for (guint i = 0; i < RCP_MONTH_DAYS; i++)
    {
      days[i] = day;
      if (i < before)
        g_date_subtract_days (&days[i], before - i);
      else
        g_date_add_days (&days[i], i - before);
    }
}

void
rcp_month_days_add_months (GDate *date, int months)
{
  g_return_if_fail (g_date_valid (date));

  if (months < 0)
    g_date_subtract_months (date, (guint) -months);
  else
    g_date_add_months (date, (guint) months);
}
