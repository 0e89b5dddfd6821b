/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-overbook"

#include "rcp-overbook.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-provider-limits.h"

#define NOON (12 * 60)

#define NEVER                                                                                                          \
  (RCP_CONFLICT_BIT (RCP_CONFLICT_PAST) | RCP_CONFLICT_BIT (RCP_CONFLICT_CLOSED) | RCP_CONFLICT_BIT (RCP_CONFLICT_HOURS))

gboolean
rcp_overbook_is_possible (guint kinds)
{
  return kinds != 0 && (kinds & NEVER) == 0;
}

/**
 * rcp_overbook_make_offer:
 * @day: a loaded day
 * @provider: whose time
 * @range: when
 *
 * The slots of a column are sorted, and lie one beside the other.
 *
 * Returns: (transfer full): a time that only an operation may use that is told why
 */
RcpOffer *
rcp_overbook_make_offer (RcpDay *day, RcpProvider *provider, RcpTimeRange range)
{
  GArray *slots;
  guint first = 0, n_slots = 0;

  g_return_val_if_fail (RCP_IS_DAY (day), NULL);
  g_return_val_if_fail (RCP_IS_PROVIDER (provider), NULL);

  slots = rcp_day_get_slots (day, rcp_provider_get_schedule_id (provider));
  for (guint i = 0; slots != NULL && i < slots->len; i++)
    {
      if (!rcp_time_range_overlaps (g_array_index (slots, RcpSlot, i).range, range))
        continue;
      if (n_slots == 0)
        first = i;
      n_slots = i - first + 1;
    }
  return rcp_offer_new_for_range (provider, range, n_slots > 0 ? &g_array_index (slots, RcpSlot, first) : NULL, n_slots);
}

RcpTimeRange
rcp_overbook_get_session (gint64 start, GTimeZone *zone)
{
  GDate day;
  gint64 noon;
  RcpTimeRange range;

  rcp_time_get_day (start, zone, &day);
  range = rcp_time_range_of_day (&day, zone);
  noon = rcp_time_at_minute (&day, NOON, zone);
  if (start < noon)
    range.end = noon;
  else
    range.start = noon;
  return range;
}

static gboolean
is_overbooked_in (RcpVisit *visit, RcpProvider *provider, RcpTimeRange session)
{
  gint64 start = rcp_visit_get_range (visit).start;

  return rcp_visit_get_overbook_reason (visit) != NULL && rcp_visit_status_takes_time (rcp_visit_get_status (visit))
         && start >= session.start && start < session.end
         && g_strcmp0 (rcp_visit_get_practitioner_id (visit), rcp_provider_get_practitioner_id (provider)) == 0;
}

guint
rcp_overbook_count (GListModel *visits, RcpProvider *provider, RcpTimeRange session, const char *except_id)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (visits, i);

      if (is_overbooked_in (visit, provider, session) && g_strcmp0 (rcp_visit_get_id (visit), except_id) != 0)
        n++;
    }
  return n;
}

int
rcp_overbook_get_limit (RcpProvider *provider)
{
  return rcp_provider_get_overbook_limit (provider);
}
