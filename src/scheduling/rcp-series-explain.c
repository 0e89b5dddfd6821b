/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-series-explain"

#include "rcp-series.h"

#include <glib/gi18n.h>

static gboolean
is_closed (RcpProvider *provider, RcpTimeRange range)
{
  RcpPlace *place = rcp_provider_get_place (provider);
  GArray *closed = place != NULL ? rcp_place_get_closed (place) : NULL;

  for (guint i = 0; closed != NULL && i < closed->len; i++)
    if (rcp_time_range_overlaps (g_array_index (closed, RcpTimeRange, i), range))
      return TRUE;
  return FALSE;
}

/* Whether the provider works on that day at all, and in all of @range. */
static void
look_at_hours (RcpProvider *provider, RcpTimeRange range, gboolean *works_that_day, gboolean *works_then)
{
  g_autoptr (GArray) open = NULL;
  GDate day;

  rcp_time_get_day (range.start, rcp_provider_get_zone (provider), &day);
  open = rcp_weekly_hours_expand (rcp_provider_get_hours (provider), &day, rcp_provider_get_zone (provider));
  *works_that_day = open->len > 0;
  *works_then = FALSE;
  for (guint i = 0; i < open->len; i++)
    *works_then = *works_then || rcp_time_range_contains (g_array_index (open, RcpTimeRange, i), range);
}

/**
 * rcp_series_explain:
 * @provider: whose schedule
 * @wanted: a time that cannot be had
 * @own: (nullable): when the patient is elsewhere
 * @roster: (nullable): for names
 * @now: what time it is
 *
 * Returns: (transfer full): why, without a full stop; translated
 */
char *
rcp_series_explain (RcpProvider *provider, RcpTimeRange wanted, RcpOwnVisits *own, RcpRoster *roster, gint64 now)
{
  RcpVisit *other = own != NULL ? rcp_own_visits_find (own, wanted) : NULL;
  const char *name;
  gboolean works_that_day, works_then;

  g_return_val_if_fail (RCP_IS_PROVIDER (provider), NULL);

  name = rcp_provider_get_name (provider);
  if (wanted.start < now)
    return g_strdup (_ ("This time is over"));
  if (is_closed (provider, wanted))
    return g_strdup (_ ("The clinic is closed"));
  look_at_hours (provider, wanted, &works_that_day, &works_then);
  if (!works_that_day)
    /* Translators: a provider */
    return g_strdup_printf (_ ("%s does not work on this day"), name);
  if (!works_then)
    /* Translators: a provider */
    return g_strdup_printf (_ ("%s does not work at this time"), name);
  if (other != NULL)
    return rcp_own_visits_describe (other, roster != NULL ? rcp_roster_find_provider_of_visit (roster, other) : NULL,
                                    rcp_provider_get_zone (provider));
  return g_strdup (_ ("This time is taken or not open for booking yet"));
}
