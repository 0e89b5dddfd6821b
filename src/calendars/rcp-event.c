/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-event.h"

#include "calendars/rcp-mirror-uid.h"
#include "calendars/rcp-recurrence.h"

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)

/**
 * rcp_event_time_get_instant:
 * @time: a time
 *
 * Returns: seconds since 1970 UTC
 */
gint64
rcp_event_time_get_instant (const RcpEventTime *time)
{
  g_return_val_if_fail (time != NULL, 0);

  return rcp_zone_to_instant (time->zone, time->wall);
}

/**
 * rcp_event_time_add:
 * @start: when an instance starts
 * @length: how long it takes
 *
 * Returns: when it ends, seconds since 1970 UTC
 */
gint64
rcp_event_time_add (const RcpEventTime *start, RcpEventLength length)
{
  g_return_val_if_fail (start != NULL, 0);

  return rcp_zone_to_instant (start->zone, start->wall + length.days * SECONDS_PER_DAY) + length.seconds;
}

/**
 * rcp_event_time_read:
 * @prop: the property that the time is of, for its zone
 * @time: a time of it
 * @zones: of the calendar
 * @read: (out caller-allocates): the time
 *
 * Returns: whether there is such a time
 */
gboolean
rcp_event_time_read (icalproperty *prop, struct icaltimetype time, RcpZones *zones, RcpEventTime *read)
{
  icalparameter *param = icalproperty_get_first_parameter (prop, ICAL_TZID_PARAMETER);

  if (icaltime_is_null_time (time) || !rcp_wall_from_ical (time, &read->wall))
    return FALSE;

  read->is_date = time.is_date != 0;
  if (read->is_date)
    read->zone = rcp_zones_get_place (zones);
  else if (icaltime_is_utc (time))
    read->zone = rcp_zones_get_utc (zones);
  else
    read->zone = rcp_zones_get (zones, param != NULL ? icalparameter_get_tzid (param) : NULL);
  return TRUE;
}

/**
 * rcp_event_read_start:
 * @event: a VEVENT
 * @zones: of the calendar
 * @start: (out caller-allocates): its DTSTART
 *
 * Returns: whether it has one
 */
gboolean
rcp_event_read_start (icalcomponent *event, RcpZones *zones, RcpEventTime *start)
{
  icalproperty *prop = icalcomponent_get_first_property (event, ICAL_DTSTART_PROPERTY);

  return prop != NULL && rcp_event_time_read (prop, icalproperty_get_dtstart (prop), zones, start);
}

/**
 * rcp_event_length_from_duration:
 * @duration: of a DURATION or a PERIOD
 *
 * Returns: how long that is; nothing when it goes back in time
 */
RcpEventLength
rcp_event_length_from_duration (struct icaldurationtype duration)
{
  RcpEventLength length = {
    .days = (gint64) duration.weeks * 7 + duration.days,
    .seconds = (gint64) duration.hours * 3600 + (gint64) duration.minutes * 60 + duration.seconds,
  };

  return duration.is_neg ? (RcpEventLength){ 0 } : length;
}

static RcpEventLength
get_length_until (const RcpEventTime *start, const RcpEventTime *end)
{
  RcpEventLength length = { 0 };

  /* Some programs write a whole day as one that ends as it begins. */
  if (start->is_date && end->is_date)
    length.days = MAX ((end->wall - start->wall) / SECONDS_PER_DAY, 1);
  else
    length.seconds = MAX (rcp_event_time_get_instant (end) - rcp_event_time_get_instant (start), 0);
  return length;
}

/**
 * rcp_event_read_length:
 * @event: a VEVENT
 * @zones: of the calendar
 * @start: its DTSTART
 * @length: (out caller-allocates): how long each of its instances takes; nothing for a mere moment
 *
 * Returns: whether it can be told
 */
gboolean
rcp_event_read_length (icalcomponent *event, RcpZones *zones, const RcpEventTime *start, RcpEventLength *length)
{
  icalproperty *prop = icalcomponent_get_first_property (event, ICAL_DTEND_PROPERTY);
  RcpEventTime end;

  *length = (RcpEventLength){ .days = start->is_date ? 1 : 0 };
  if (prop != NULL)
    {
      if (!rcp_event_time_read (prop, icalproperty_get_dtend (prop), zones, &end))
        return FALSE;
      *length = get_length_until (start, &end);
      return TRUE;
    }

  prop = icalcomponent_get_first_property (event, ICAL_DURATION_PROPERTY);
  if (prop != NULL)
    *length = rcp_event_length_from_duration (icalproperty_get_duration (prop));
  return TRUE;
}

/* What Outlook and Exchange say besides TRANSP, or NULL. */
static const char *
get_outlook_status (icalcomponent *event)
{
  for (icalproperty *prop = icalcomponent_get_first_property (event, ICAL_X_PROPERTY); prop != NULL;
       prop = icalcomponent_get_next_property (event, ICAL_X_PROPERTY))
    if (g_ascii_strcasecmp (icalproperty_get_x_name (prop), "X-MICROSOFT-CDO-BUSYSTATUS") == 0)
      return icalproperty_get_x (prop);
  return NULL;
}

static RcpBusyKind
read_outlook_status (const char *status, gboolean is_opaque)
{
  if (status == NULL)
    return RCP_BUSY_BUSY;
  if (g_ascii_strcasecmp (status, "OOF") == 0 || g_ascii_strcasecmp (status, "WORKINGELSEWHERE") == 0)
    return RCP_BUSY_AWAY;
  if (g_ascii_strcasecmp (status, "TENTATIVE") == 0)
    return RCP_BUSY_TENTATIVE;
  /* Where somebody has made it opaque since with another program, that counts. */
  return g_ascii_strcasecmp (status, "FREE") == 0 && !is_opaque ? RCP_BUSY_NONE : RCP_BUSY_BUSY;
}

/* The most that the answer of the owner to an invitation leaves of it: who has declined goes on with the day. */
static RcpBusyKind
limit_by_answer (icalcomponent *event, const char *owner)
{
  for (icalproperty *prop = icalcomponent_get_first_property (event, ICAL_ATTENDEE_PROPERTY); prop != NULL;
       prop = icalcomponent_get_next_property (event, ICAL_ATTENDEE_PROPERTY))
    {
      const char *address = icalproperty_get_attendee (prop);
      icalparameter *answer = icalproperty_get_first_parameter (prop, ICAL_PARTSTAT_PARAMETER);

      if (address == NULL || g_ascii_strncasecmp (address, "mailto:", 7) != 0 ||
          g_ascii_strcasecmp (address + 7, owner) != 0)
        continue;
      switch (answer != NULL ? icalparameter_get_partstat (answer) : ICAL_PARTSTAT_NEEDSACTION)
        {
        case ICAL_PARTSTAT_DECLINED:
        case ICAL_PARTSTAT_DELEGATED:
          return RCP_BUSY_NONE;
        case ICAL_PARTSTAT_NEEDSACTION:
        case ICAL_PARTSTAT_TENTATIVE:
          return RCP_BUSY_TENTATIVE;
        default:
          return RCP_BUSY_AWAY;
        }
    }
  return RCP_BUSY_AWAY;
}

static gboolean
is_transparent (icalproperty_transp transp)
{
  return transp == ICAL_TRANSP_TRANSPARENT || transp == ICAL_TRANSP_TRANSPARENTNOCONFLICT;
}

/**
 * rcp_event_get_kind:
 * @event: a VEVENT
 * @owner: (nullable): the mail address of whose calendar it is in
 *
 * TRANSP decides where it is given: every program writes it, while X-MICROSOFT-CDO-BUSYSTATUS (MS-OXCICAL,
 * 2.1.3.1.1.20.31) stays behind when another one than Outlook changes an event.
 *
 * Returns: how much it keeps its time; %RCP_BUSY_NONE for what is free, called off, declined, or a visit that Reception
 *   itself has put there
 */
RcpBusyKind
rcp_event_get_kind (icalcomponent *event, const char *owner)
{
  icalproperty *transp = icalcomponent_get_first_property (event, ICAL_TRANSP_PROPERTY);
  icalproperty *status = icalcomponent_get_first_property (event, ICAL_STATUS_PROPERTY);
  RcpBusyKind kind;

  g_return_val_if_fail (event != NULL, RCP_BUSY_NONE);

  if (rcp_mirror_uid_is_ours (icalcomponent_get_uid (event)) ||
      (transp != NULL && is_transparent (icalproperty_get_transp (transp))) ||
      (status != NULL && icalproperty_get_status (status) == ICAL_STATUS_CANCELLED))
    return RCP_BUSY_NONE;

  kind = read_outlook_status (get_outlook_status (event), transp != NULL);
  if (kind == RCP_BUSY_BUSY && status != NULL && icalproperty_get_status (status) == ICAL_STATUS_TENTATIVE)
    kind = RCP_BUSY_TENTATIVE;
  return owner != NULL ? MIN (kind, limit_by_answer (event, owner)) : kind;
}
