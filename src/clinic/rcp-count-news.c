/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-count-news.h"

#include "base/rcp-iso8601.h"

/* A change tells what something is now, not what it was. A slot stays at its time; a visit may come from another day, and nobody who counts
 * knows from which. */

static gboolean
is_of (const RcpChange *change, const char *type)
{
  return g_strcmp0 (change->type, type) == 0;
}

static gboolean
touch_start (const RcpChange *change, GTimeZone *zone, RcpDayTouchedFunc touched, gpointer user_data)
{
  const char *text = change->resource ? fhir_json_get_string (fhir_resource_get_json (change->resource), "start") : NULL;
  gint64 start;
  GDate day;

  if (change->is_deleted || !rcp_iso8601_parse_instant (text, &start))
    return FALSE;
  rcp_time_get_day (start, zone, &day);
  touched (&day, is_of (change, "Appointment") && g_strcmp0 (change->version, "1") != 0, user_data);
  return TRUE;
}

static void
touch_range (RcpTimeRange range, GTimeZone *zone, RcpDayTouchedFunc touched, gpointer user_data)
{
  GDate day;

  for (rcp_time_get_day (range.start, zone, &day); rcp_time_range_of_day (&day, zone).start < range.end; g_date_add_days (&day, 1))
    touched (&day, FALSE, user_data);
}

/* Marks and other Tasks change all the time, and no number with them. */
gboolean
rcp_count_news_find (GPtrArray *changes, GTimeZone *zone, RcpDayTouchedFunc touched, gpointer user_data)
{
  for (guint i = 0; changes && i < changes->len; i++)
    {
      const RcpChange *change = changes->pdata[i];

      if (!is_of (change, "Appointment") && !is_of (change, "Slot"))
        continue;
      if (!change->id)
        touch_range (change->range, zone, touched, user_data);
      else if (!touch_start (change, zone, touched, user_data))
        return FALSE;
    }
  return changes != NULL;
}
