/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-available-time.h"

#include <string.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "fhir/fhir-resource.h"

#define MINUTES_PER_DAY (24 * 60)

/* Minutes after midnight of a FHIR time, "hh:mm:ss"; -1 when it is none. */
static int
read_time (const char *text)
{
  if (text == NULL || strlen (text) < 5 || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) || text[2] != ':' ||
      !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return -1;

  return ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
}

static void
add_hours (RcpWeeklyHours *hours, GDateWeekday weekday, int start, int end)
{
  if (start < end)
    {
      rcp_weekly_hours_add (hours, weekday, (guint) start, (guint) end);
      return;
    }

  /* A night shift goes on the day after. */
  rcp_weekly_hours_add (hours, weekday, (guint) start, MINUTES_PER_DAY);
  rcp_weekly_hours_add (hours, weekday == G_DATE_SUNDAY ? G_DATE_MONDAY : weekday + 1, 0, (guint) end);
}

/* Days that are not listed mean every day: FHIR leaves it open, and hours without a day would say nothing else. */
static gboolean
has_weekday (JsonArray *days, GDateWeekday weekday)
{
  static const char *const codes[] = { NULL, "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

  for (guint i = 0; i < rcp_elements_get_length (days); i++)
    {
      JsonNode *node = json_array_get_element (days, i);

      if (JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (json_node_get_string (node), codes[weekday]) == 0)
        return TRUE;
    }

  return rcp_elements_get_length (days) == 0;
}

static void
read_available (RcpWeeklyHours *hours, JsonObject *available)
{
  JsonArray *days = fhir_json_get_array (available, "daysOfWeek");
  gboolean all_day = fhir_json_get_boolean (available, "allDay", FALSE);
  int start = all_day ? 0 : read_time (fhir_json_get_string (available, "availableStartTime"));
  int end = all_day ? MINUTES_PER_DAY : read_time (fhir_json_get_string (available, "availableEndTime"));

  if (start < 0 || end < 0 || start >= MINUTES_PER_DAY)
    return;
  for (GDateWeekday weekday = G_DATE_MONDAY; weekday <= G_DATE_SUNDAY; weekday++)
    if (has_weekday (days, weekday))
      add_hours (hours, weekday, start, end);
}

/* The instant of a FHIR dateTime: without a zone it is meant by the clock of the place. */
static gint64
read_date_time (const char *text, gboolean is_end, gint64 fallback, GTimeZone *zone)
{
  g_autoptr (GTimeZone) utc = NULL;
  RcpIso8601 parsed;
  gint64 instant;
  GDate day;

  if (text == NULL || !rcp_iso8601_parse (text, &parsed))
    return fallback;
  /* A day as the end of a Period is within it (datatypes.html#Period). */
  instant = is_end && parsed.precision <= RCP_ISO8601_DAY ? parsed.end : parsed.start;
  if (parsed.has_zone)
    return instant;

  utc = g_time_zone_new_utc ();
  rcp_time_get_day (instant, utc, &day);
  return rcp_time_at_minute (&day, rcp_time_get_minute (instant, utc), zone);
}

/* A time of which neither start nor end is known says more about the record than about the provider. */
gboolean
rcp_available_time_read_period (JsonObject *period, GTimeZone *zone, RcpTimeRange *range)
{
  range->start = read_date_time (fhir_json_get_string (period, "start"), FALSE, G_MININT64, zone);
  range->end = read_date_time (fhir_json_get_string (period, "end"), TRUE, G_MAXINT64, zone);
  return period != NULL && (range->start != G_MININT64 || range->end != G_MAXINT64);
}

/**
 * rcp_available_time_read_closed:
 * @location: a Location
 * @zone: its zone
 *
 * Returns: (transfer full) (element-type RcpTimeRange): its holidays and other days on which nobody works there
 */
GArray *
rcp_available_time_read_closed (JsonObject *location, GTimeZone *zone)
{
  GArray *closed = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  JsonArray *extensions = fhir_json_get_array (location, "extension");

  for (guint i = 0; i < rcp_elements_get_length (extensions); i++)
    {
      JsonObject *extension = rcp_elements_get_object (extensions, i);
      RcpTimeRange range;

      if (g_strcmp0 (fhir_json_get_string (extension, "url"), RCP_EXTENSION_CLOSED) != 0)
        continue;
      extension = fhir_json_get_extension (extension, "period");
      if (rcp_available_time_read_period (fhir_json_get_object (extension, "valuePeriod"), zone, &range))
        g_array_append_val (closed, range);
    }
  return closed;
}

/**
 * rcp_available_time_read:
 * @resource: (nullable): a PractitionerRole, HealthcareService or the like
 * @zone: the zone of the place
 *
 * Returns: (transfer full): the hours that it tells; never open when it tells none
 */
RcpWeeklyHours *
rcp_available_time_read (JsonObject *resource, GTimeZone *zone)
{
  RcpWeeklyHours *hours = rcp_weekly_hours_new ();
  JsonArray *available = fhir_json_get_array (resource, "availableTime");
  JsonArray *leave = fhir_json_get_array (resource, "notAvailable");

  for (guint i = 0; i < rcp_elements_get_length (available); i++)
    read_available (hours, rcp_elements_get_object (available, i));
  for (guint i = 0; i < rcp_elements_get_length (leave); i++)
    {
      RcpTimeRange range;

      if (rcp_available_time_read_period (fhir_json_get_object (rcp_elements_get_object (leave, i), "during"), zone, &range))
        rcp_weekly_hours_add_leave (hours, range);
    }

  return hours;
}
