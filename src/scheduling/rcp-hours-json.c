/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-hours-json"

#include "rcp-clinic-json.h"

#include "base/rcp-iso8601.h"

GArray *
rcp_hours_list_slots (RcpProvider *provider, const GDate *first, guint n_days, gint64 from, guint grain_minutes)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  GDate day = *first;

  for (guint i = 0; i < n_days; i++, g_date_add_days (&day, 1))
    {
      g_autoptr (GArray) open
          = rcp_weekly_hours_expand (rcp_provider_get_hours (provider), &day, rcp_provider_get_zone (provider));
      g_autoptr (GArray) cut = rcp_weekly_hours_cut (open, grain_minutes);

      for (guint j = 0; j < cut->len; j++)
        if (g_array_index (cut, RcpTimeRange, j).start >= from)
          g_array_append_val (slots, g_array_index (cut, RcpTimeRange, j));
    }
  return slots;
}

JsonObject *
rcp_hours_slot_json_new (const char *schedule_id, RcpTimeRange range)
{
  JsonObject *slot = json_object_new ();
  g_autofree char *schedule = g_strconcat ("Schedule/", schedule_id, NULL);
  g_autofree char *start = rcp_iso8601_format_utc (range.start);
  g_autofree char *name = g_strconcat (schedule_id, "/", start, NULL);

  json_object_set_string_member (slot, "resourceType", "Slot");
  json_object_set_array_member (slot, "identifier", rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_SLOT, name)));
  json_object_set_object_member (slot, "schedule", rcp_json_reference (schedule, NULL));
  json_object_set_string_member (slot, "status", "free");
  json_object_set_string_member (slot, "start", start);
  rcp_json_set_instant (slot, "end", range.end);
  return slot;
}

char *
rcp_hours_slot_condition (JsonObject *slot)
{
  return g_strdup_printf ("identifier=%s|%s", RCP_SYSTEM_SLOT, fhir_json_get_identifier (slot, RCP_SYSTEM_SLOT));
}
