/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-zones.h"

#include <string.h>

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)
#define LONGEST_NAME 128
#define MAX_OBSERVANCES 1000 /* STANDARD and DAYLIGHT of one VTIMEZONE; real ones have up to some 250 */

struct _RcpZone
{
  GTimeZone *system;   /* or NULL, and then */
  icaltimezone *own;   /* what a VTIMEZONE says */
};

struct _RcpZones
{
  RcpZone *place;
  RcpZone *utc;
  GHashTable *by_id; /* of RcpZone; a zone nobody knows is the place's */
  GHashTable *owned; /* set of RcpZone */
};

static void
rcp_zone_free (RcpZone *zone)
{
  g_clear_pointer (&zone->system, g_time_zone_unref);
  if (zone->own != NULL)
    icaltimezone_free (zone->own, 1);
  g_free (zone);
}

static RcpZone *
take (RcpZones *self, GTimeZone *system, icaltimezone *own)
{
  RcpZone *zone = g_new0 (RcpZone, 1);

  zone->system = system;
  zone->own = own;
  g_hash_table_add (self->owned, zone);
  return zone;
}

/**
 * rcp_zones_new:
 * @place: of the place that the provider works at: what floating times, whole days and unknown zones are in
 *
 * Returns: (transfer full): zones that know no VTIMEZONE yet
 */
RcpZones *
rcp_zones_new (GTimeZone *place)
{
  RcpZones *self;

  g_return_val_if_fail (place != NULL, NULL);

  self = g_new0 (RcpZones, 1);
  self->owned = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) rcp_zone_free, NULL);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->place = take (self, g_time_zone_ref (place), NULL);
  self->utc = take (self, g_time_zone_new_utc (), NULL);
  return self;
}

/**
 * rcp_zones_free:
 * @self: (transfer full): zones
 */
void
rcp_zones_free (RcpZones *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->owned);
  g_free (self);
}

/* GLib reads a file of this name from the system's folder of zones, and complains about files there that are none: what
 * comes from outside has to look like a name. All names of IANA begin with a capital. */
static gboolean
looks_like_name (const char *name)
{
  return g_ascii_isupper (name[0]) && strlen (name) < LONGEST_NAME &&
         strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+/") == strlen (name);
}

static GTimeZone *
find_in_system (const char *tzid)
{
  const char *windows = rcp_windows_zone_to_iana (tzid);
  const char *name = windows != NULL ? windows : tzid;

  /* The longest end of it that is a name. */
  while (name != NULL)
    {
      GTimeZone *zone = looks_like_name (name) ? g_time_zone_new_identifier (name) : NULL;

      if (zone != NULL)
        return zone;
      name = strchr (name, '/');
      name = name != NULL ? name + 1 : NULL;
    }
  return NULL;
}

/* Rules that are not yearly would make libical list each change of the clock: a hostile one, billions of them. */
static gboolean
is_followable (icalcomponent *observance)
{
  icalproperty *prop;

  if (icalcomponent_get_first_property (observance, ICAL_TZOFFSETTO_PROPERTY) == NULL ||
      icalcomponent_get_first_property (observance, ICAL_DTSTART_PROPERTY) == NULL)
    return FALSE;

  for (prop = icalcomponent_get_first_property (observance, ICAL_RRULE_PROPERTY); prop != NULL;
       prop = icalcomponent_get_next_property (observance, ICAL_RRULE_PROPERTY))
    {
      struct icalrecurrencetype rule = icalproperty_get_rrule (prop);

      if (rule.freq != ICAL_YEARLY_RECURRENCE || rule.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX ||
          rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX || rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX)
        return FALSE;
    }
  return TRUE;
}

static gboolean
can_follow (icalcomponent *vtimezone)
{
  guint n = 0;

  for (icalcomponent *part = icalcomponent_get_first_component (vtimezone, ICAL_ANY_COMPONENT); part != NULL;
       part = icalcomponent_get_next_component (vtimezone, ICAL_ANY_COMPONENT))
    {
      icalcomponent_kind kind = icalcomponent_isa (part);

      if (kind != ICAL_XSTANDARD_COMPONENT && kind != ICAL_XDAYLIGHT_COMPONENT)
        continue;
      if (!is_followable (part) || ++n > MAX_OBSERVANCES)
        return FALSE;
    }
  return n > 0;
}

/**
 * rcp_zones_add:
 * @self: zones
 * @vtimezone: a VTIMEZONE; copied
 *
 * Learns what a calendar says about one of its zones. What the system knows by that name is left as it is.
 *
 * Returns: whether its TZID is known now
 */
gboolean
rcp_zones_add (RcpZones *self, icalcomponent *vtimezone)
{
  icalproperty *prop;
  icaltimezone *own;
  const char *tzid;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (vtimezone != NULL, FALSE);

  prop = icalcomponent_get_first_property (vtimezone, ICAL_TZID_PROPERTY);
  tzid = prop != NULL ? icalproperty_get_tzid (prop) : NULL;
  if (icalcomponent_isa (vtimezone) != ICAL_VTIMEZONE_COMPONENT || tzid == NULL)
    return FALSE;
  if (rcp_zones_knows (self, tzid))
    return TRUE;
  if (!can_follow (vtimezone))
    return FALSE;

  own = icaltimezone_new ();
  if (!icaltimezone_set_component (own, icalcomponent_new_clone (vtimezone)))
    {
      icaltimezone_free (own, 1);
      return FALSE;
    }
  g_hash_table_replace (self->by_id, g_strdup (tzid), take (self, NULL, own));
  return TRUE;
}

/**
 * rcp_zones_get:
 * @self: zones
 * @tzid: (nullable): as a TZID parameter gives it
 *
 * Returns: (transfer none): the zone; the place's where nobody knows that name
 */
const RcpZone *
rcp_zones_get (RcpZones *self, const char *tzid)
{
  RcpZone *zone;
  GTimeZone *system;

  g_return_val_if_fail (self != NULL, NULL);

  if (tzid == NULL || *tzid == '\0')
    return self->place;
  zone = g_hash_table_lookup (self->by_id, tzid);
  if (zone != NULL)
    return zone;

  system = find_in_system (tzid);
  zone = system != NULL ? take (self, system, NULL) : self->place;
  g_hash_table_insert (self->by_id, g_strdup (tzid), zone);
  return zone;
}

/**
 * rcp_zones_knows:
 * @self: zones
 * @tzid: as a TZID parameter gives it
 *
 * Returns: whether the name is of the system, or of a VTIMEZONE that was added
 */
gboolean
rcp_zones_knows (RcpZones *self, const char *tzid)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (tzid != NULL, FALSE);

  return rcp_zones_get (self, tzid) != self->place;
}

/**
 * rcp_zones_get_utc:
 * @self: zones
 *
 * Returns: (transfer none): UTC
 */
const RcpZone *
rcp_zones_get_utc (RcpZones *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->utc;
}

/**
 * rcp_zones_get_place:
 * @self: zones
 *
 * Returns: (transfer none): the zone of the place
 */
const RcpZone *
rcp_zones_get_place (RcpZones *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->place;
}

static gint64
get_offset (const RcpZone *zone, gint64 instant)
{
  icaltimetype utc;

  if (zone->system != NULL)
    return g_time_zone_get_offset (zone->system,
                                   g_time_zone_find_interval (zone->system, G_TIME_TYPE_UNIVERSAL, instant));

  utc = icaltime_from_timet_with_zone (instant, 0, icaltimezone_get_utc_timezone ());
  return icaltimezone_get_utc_offset_of_utc_time (zone->own, &utc, NULL);
}

/**
 * rcp_zone_to_instant:
 * @zone: a zone
 * @wall: seconds since 1970 by the wall clock
 *
 * Returns: seconds since 1970 UTC
 */
gint64
rcp_zone_to_instant (const RcpZone *zone, gint64 wall)
{
  gint64 before;
  gint64 after;

  g_return_val_if_fail (zone != NULL, 0);

  /* No zone changes its clock twice within two days. */
  before = get_offset (zone, wall - SECONDS_PER_DAY);
  after = get_offset (zone, wall + SECONDS_PER_DAY);
  if (before == after || get_offset (zone, wall - before) == before)
    return wall - before;
  return get_offset (zone, wall - after) == after ? wall - after : wall - before;
}

/**
 * rcp_zone_to_wall:
 * @zone: a zone
 * @instant: seconds since 1970 UTC
 *
 * Returns: seconds since 1970 by the wall clock
 */
gint64
rcp_zone_to_wall (const RcpZone *zone, gint64 instant)
{
  g_return_val_if_fail (zone != NULL, 0);

  return instant + get_offset (zone, instant);
}
