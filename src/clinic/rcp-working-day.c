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

  for (guint i = 1; i <= LONGEST_REST; i++)
    {
      *day = *after;
      g_date_add_days (day, i);
      if (rcp_working_day_is_one (roster, day))
        return;
    }
  *day = *after;
  g_date_add_days (day, 1);
}
