/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-working-day.h"

#define LONGEST_REST 31 /* days that a clinic may be closed in a row */

/**
 * rcp_working_day_is_one:
 * @roster: who works when; closed days and leave are known to the hours
 *
 * Returns: whether somebody works on @day
 */
gboolean
rcp_working_day_is_one (RcpRoster *roster, const GDate *day)
{
  GListModel *providers;

  g_return_val_if_fail (RCP_IS_ROSTER (roster), FALSE);
  g_return_val_if_fail (day != NULL && g_date_valid (day), FALSE);

  providers = rcp_roster_get_providers (roster);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      g_autoptr (GArray) open = rcp_weekly_hours_expand (rcp_provider_get_hours (provider), day, rcp_provider_get_zone (provider));

      if (open->len > 0)
        return TRUE;
    }
  return FALSE;
}

static void
step (const GDate *from, int n_days, GDate *day)
{
  *day = *from;
  if (n_days > 0)
    g_date_add_days (day, (guint) n_days);
  else
    g_date_subtract_days (day, (guint) -n_days);
}

/* @way: 1 or -1 */
static void
find (RcpRoster *roster, const GDate *from, int way, GDate *day)
{
  for (int i = 1; i <= LONGEST_REST; i++)
    {
      step (from, way * i, day);
      if (rcp_working_day_is_one (roster, day))
        return;
    }
  step (from, way, day);
}

/**
 * rcp_working_day_find_next:
 * @after: a day
 * @day: (out): the first day after it on which somebody works; the next day where nobody's hours are known
 */
void
rcp_working_day_find_next (RcpRoster *roster, const GDate *after, GDate *day)
{
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (after != NULL && g_date_valid (after));

  find (roster, after, 1, day);
}

/**
 * rcp_working_day_find_previous:
 * @before: a day
 * @day: (out): the last day before it on which somebody works; the day before where nobody's hours are known
 */
void
rcp_working_day_find_previous (RcpRoster *roster, const GDate *before, GDate *day)
{
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (before != NULL && g_date_valid (before));

  find (roster, before, -1, day);
}
