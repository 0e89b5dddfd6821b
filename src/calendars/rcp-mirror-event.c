/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-mirror-event.h"

#include <string.h>

#include "rcp-event.h"
#include "rcp-mirror-uid.h"

#define MARK_VISIT "X-RECEPTION-APPOINTMENT"
#define MARK_VERSION "X-RECEPTION-ETAG"
#define MARK_TIME "X-RECEPTION-TIME"
#define MARK_STATUS "X-RECEPTION-STATUS"
#define MARK_PRIVACY "X-RECEPTION-PRIVACY"
#define MARK_WORDS "X-RECEPTION-WORDS"
#define MARK_GUEST "X-RECEPTION-GUEST"
#define NOBODY "0"
#define MAILTO "mailto:"
/* What Evolution Data Server writes beside an event that the server has. */
#define SERVER_MARK "X-EVOLUTION-CALDAV-ETAG"
#define WORDS_LETTERS 16

static const char *const statuses[] = { "TENTATIVE", "CONFIRMED", "CANCELLED" };

static void
remove_all (icalcomponent *event, icalproperty_kind kind)
{
  icalproperty *prop;

  while ((prop = icalcomponent_get_first_property (event, kind)) != NULL)
    {
      icalcomponent_remove_property (event, prop);
      icalproperty_free (prop);
    }
}

static icalproperty *
find_mark (icalcomponent *event, const char *name)
{
  icalproperty *prop;

  for (prop = icalcomponent_get_first_property (event, ICAL_X_PROPERTY); prop != NULL;
       prop = icalcomponent_get_next_property (event, ICAL_X_PROPERTY))
    if (g_strcmp0 (icalproperty_get_x_name (prop), name) == 0)
      return prop;
  return NULL;
}

static const char *
get_mark (icalcomponent *event, const char *name)
{
  icalproperty *prop = find_mark (event, name);

  return prop != NULL ? icalproperty_get_x (prop) : NULL;
}

/* @value: nullable */
static void
set_mark (icalcomponent *event, const char *name, const char *value)
{
  icalproperty *prop;

  while ((prop = find_mark (event, name)) != NULL)
    {
      icalcomponent_remove_property (event, prop);
      icalproperty_free (prop);
    }
  if (value == NULL)
    return;
  prop = icalproperty_new_x (value);
  icalproperty_set_x_name (prop, name);
  icalcomponent_add_property (event, prop);
}

/* No word of a title in a mark: it may be read by who may not read the title. */
static char *
make_hash (const char *realm, const char *words)
{
  g_autofree char *salted = g_strconcat (realm, "\n", words != NULL ? words : "", NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, salted, -1);

  return g_strndup (hash, WORDS_LETTERS);
}

static struct icaltimetype
make_utc (gint64 instant)
{
  return icaltime_from_timet_with_zone (instant / G_USEC_PER_SEC, 0, icaltimezone_get_utc_timezone ());
}

static char *
print_range (RcpTimeRange range)
{
  return g_strdup_printf ("%s/%s", icaltime_as_ical_string (make_utc (range.start)),
                          icaltime_as_ical_string (make_utc (range.end)));
}

static gboolean
parse_instant (const char *text, gint64 *instant)
{
  struct icaltimetype time = icaltime_from_string (text);

  if (icaltime_is_null_time (time) || time.is_date || !icaltime_is_utc (time))
    return FALSE;
  *instant = (gint64)icaltime_as_timet (time) * G_USEC_PER_SEC;
  return TRUE;
}

static gboolean
parse_range (const char *text, RcpTimeRange *range)
{
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, "/", 3) : NULL;

  return parts != NULL && g_strv_length (parts) == 2 && parse_instant (parts[0], &range->start)
         && parse_instant (parts[1], &range->end);
}

/* The wall clock of the place, so that the provider's programs show it; UTC where the wall clock says it twice and would mean the
 * other one (RFC 5545, 3.3.5). */
static void
add_time (icalcomponent *event, const char *name, gint64 instant, const char *zone)
{
  g_autoptr (RcpZones) zones = NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 seconds = instant / G_USEC_PER_SEC;
  g_autofree char *line = NULL;

  zones = rcp_zones_new (utc);
  if (zone != NULL && rcp_zones_knows (zones, zone))
    {
      const RcpZone *known = rcp_zones_get (zones, zone);
      gint64 wall = rcp_zone_to_wall (known, seconds);

      if (rcp_zone_to_instant (known, wall) == seconds)
        line = g_strdup_printf ("%s;TZID=%s:%s", name, zone,
                                icaltime_as_ical_string (icaltime_from_timet_with_zone (wall, 0, NULL)));
    }
  if (line == NULL)
    line = g_strdup_printf ("%s:%s", name, icaltime_as_ical_string (make_utc (instant)));
  icalcomponent_add_property (event, icalproperty_new_from_string (line));
}

static void
set_times (icalcomponent *event, const RcpMirrorVisit *visit)
{
  remove_all (event, ICAL_DTSTART_PROPERTY);
  remove_all (event, ICAL_DTEND_PROPERTY);
  remove_all (event, ICAL_DURATION_PROPERTY);
  add_time (event, "DTSTART", visit->range.start, visit->zone);
  add_time (event, "DTEND", visit->range.end, visit->zone);
}

static void
set_state (icalcomponent *event, const RcpMirrorVisit *visit)
{
  gboolean is_free = visit->state == RCP_MIRROR_CANCELLED;

  remove_all (event, ICAL_STATUS_PROPERTY);
  remove_all (event, ICAL_TRANSP_PROPERTY);
  icalcomponent_add_property (event, icalproperty_new_status (icalproperty_string_to_status (statuses[visit->state])));
  icalcomponent_add_property (event, icalproperty_new_transp (is_free ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
}

static void
set_words (icalcomponent *event, const RcpMirrorVisit *visit, const char *realm)
{
  g_autofree char *hash = make_hash (realm, visit->words);
  char privacy[] = { '0' + (char)visit->privacy, '\0' };

  remove_all (event, ICAL_SUMMARY_PROPERTY);
  remove_all (event, ICAL_LOCATION_PROPERTY);
  icalcomponent_add_property (event, icalproperty_new_summary (visit->words != NULL ? visit->words : ""));
  if (visit->place != NULL)
    icalcomponent_add_property (event, icalproperty_new_location (visit->place));
  set_mark (event, MARK_WORDS, hash);
  set_mark (event, MARK_PRIVACY, privacy);
}

/* In small letters, without "mailto:": (transfer full), or NULL for what is no address. */
static char *
dup_address (icalproperty *attendee)
{
  const char *text = icalproperty_get_attendee (attendee);

  return text != NULL && g_ascii_strncasecmp (text, MAILTO, strlen (MAILTO)) == 0 ? g_ascii_strdown (text + strlen (MAILTO), -1) : NULL;
}

/* Who is invited at @address; or NULL. */
static icalproperty *
find_attendee (icalcomponent *event, const char *address)
{
  for (icalproperty *prop = icalcomponent_get_first_property (event, ICAL_ATTENDEE_PROPERTY); prop != NULL && address != NULL;
       prop = icalcomponent_get_next_property (event, ICAL_ATTENDEE_PROPERTY))
    {
      g_autofree char *own = dup_address (prop);

      if (g_strcmp0 (own, address) == 0)
        return prop;
    }
  return NULL;
}

static void
remove_attendee (icalcomponent *event, const char *address)
{
  icalproperty *prop;

  while ((prop = find_attendee (event, address)) != NULL)
    {
      icalcomponent_remove_property (event, prop);
      icalproperty_free (prop);
    }
}

/* RFC 5545, 3.8.4.1. No name: the address is more than the calendar says of most patients already. */
static void
add_guest (icalcomponent *event, const char *address, const char *host)
{
  g_autofree char *guest = g_strconcat (MAILTO, address, NULL), *organizer = g_strconcat (MAILTO, host, NULL);
  icalproperty *attendee = icalproperty_new_attendee (guest);

  icalproperty_add_parameter (attendee, icalparameter_new_cutype (ICAL_CUTYPE_INDIVIDUAL));
  icalproperty_add_parameter (attendee, icalparameter_new_role (ICAL_ROLE_REQPARTICIPANT));
  icalproperty_add_parameter (attendee, icalparameter_new_partstat (ICAL_PARTSTAT_NEEDSACTION));
  icalproperty_add_parameter (attendee, icalparameter_new_rsvp (ICAL_RSVP_TRUE));
  icalcomponent_add_property (event, attendee);
  if (icalcomponent_get_first_property (event, ICAL_ORGANIZER_PROPERTY) == NULL)
    icalcomponent_add_property (event, icalproperty_new_organizer (organizer));
}

/* An answer is to a time (RFC 5546, 3.2.2.1). */
static void
ask_again (icalcomponent *event, const char *address)
{
  icalproperty *attendee = find_attendee (event, address);

  if (attendee == NULL)
    return;
  icalproperty_remove_parameter_by_kind (attendee, ICAL_PARTSTAT_PARAMETER);
  icalproperty_add_parameter (attendee, icalparameter_new_partstat (ICAL_PARTSTAT_NEEDSACTION));
}

static void
set_guest (icalcomponent *event, const RcpMirrorStep *step, const char *realm)
{
  g_autofree char *hash = step->visit->guest != NULL ? make_hash (realm, step->visit->guest) : NULL;
  const RcpMirrorHeld *held = step->held;

  if (step->guest == RCP_MIRROR_GUEST_STAYS)
    {
      if (held != NULL && (held->range.start != step->visit->range.start || held->range.end != step->visit->range.end))
        ask_again (event, held->guest);
      return;
    }
  remove_attendee (event, held != NULL ? held->guest : NULL);
  remove_attendee (event, step->visit->guest);
  if (step->guest == RCP_MIRROR_GUEST_IS_INVITED)
    add_guest (event, step->visit->guest, step->host);
  else if (icalcomponent_get_first_property (event, ICAL_ATTENDEE_PROPERTY) == NULL)
    remove_all (event, ICAL_ORGANIZER_PROPERTY);
  set_mark (event, MARK_GUEST, step->guest == RCP_MIRROR_GUEST_IS_INVITED ? hash : NOBODY);
}

static icalcomponent *
make_event (const RcpMirrorStep *step, const char *realm)
{
  icalcomponent *event = icalcomponent_new (ICAL_VEVENT_COMPONENT);
  g_autofree char *uid = rcp_mirror_uid_new (realm, step->visit->id);

  icalcomponent_add_property (event, icalproperty_new_uid (uid));
  icalcomponent_add_property (event, icalproperty_new_class (ICAL_CLASS_PRIVATE));
  return event;
}

/**
 * rcp_mirror_event_write:
 * @step: to create or to change an event
 * @realm: what all desks of this record call it
 * @now: the instant of the writing
 *
 * What the provider has added to the event (an alarm, a colour, a note) stays as it is. Only where the step says so the patient is invited:
 * with an ORGANIZER and ATTENDEEs some servers send mail.
 *
 * Returns: (transfer full): a VEVENT
 */
char *
rcp_mirror_event_write (const RcpMirrorStep *step, const char *realm, gint64 now)
{
  const RcpMirrorHeld *held;
  const RcpMirrorVisit *visit;
  icalcomponent *event;
  g_autofree char *range = NULL;
  char *text;

  g_return_val_if_fail (step != NULL && step->kind != RCP_MIRROR_REMOVE, NULL);
  g_return_val_if_fail (realm != NULL, NULL);

  held = step->held;
  visit = step->visit;
  event = held != NULL ? icalcomponent_new_from_string (held->text) : make_event (step, realm);
  g_return_val_if_fail (event != NULL, NULL);
  if (held == NULL || held->range.start != visit->range.start || held->range.end != visit->range.end)
    set_times (event, visit);
  if (held == NULL || held->state != visit->state)
    set_state (event, visit);
  if (step->puts_words)
    set_words (event, visit, realm);
  set_guest (event, step, realm);
  remove_all (event, ICAL_DTSTAMP_PROPERTY);
  remove_all (event, ICAL_SEQUENCE_PROPERTY);
  icalcomponent_add_property (event, icalproperty_new_dtstamp (make_utc (now)));
  icalcomponent_add_property (event, icalproperty_new_sequence ((int)step->sequence));

  range = print_range (visit->range);
  set_mark (event, MARK_VISIT, visit->id);
  set_mark (event, MARK_VERSION, visit->version);
  set_mark (event, MARK_TIME, range);
  set_mark (event, MARK_STATUS, statuses[visit->state]);
  text = g_strdup (icalcomponent_as_ical_string (event));
  icalcomponent_free (event);
  return text;
}

static RcpMirrorState
read_status (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (text, statuses[i]) == 0)
      return i;
  /* An event without a status is on. */
  return RCP_MIRROR_CONFIRMED;
}

static gboolean
read_range (icalcomponent *event, RcpZones *zones, RcpTimeRange *range)
{
  RcpEventTime start;
  RcpEventLength length = { 0, 0 };

  if (!rcp_event_read_start (event, zones, &start))
    return FALSE;
  if (!rcp_event_read_length (event, zones, &start, &length))
    length = (RcpEventLength){ 0, 0 };
  range->start = rcp_event_time_get_instant (&start) * G_USEC_PER_SEC;
  range->end = rcp_event_time_add (&start, length) * G_USEC_PER_SEC;
  return TRUE;
}

static void
read_guests (RcpMirrorHeld *held, icalcomponent *event, const char *realm)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  const char *mark = get_mark (event, MARK_GUEST);

  if (mark != NULL)
    held->invited = g_strcmp0 (mark, NOBODY) == 0 ? RCP_MIRROR_INVITED_NO : RCP_MIRROR_INVITED_YES;
  for (icalproperty *prop = icalcomponent_get_first_property (event, ICAL_ATTENDEE_PROPERTY); prop != NULL;
       prop = icalcomponent_get_next_property (event, ICAL_ATTENDEE_PROPERTY))
    {
      g_autofree char *address = dup_address (prop);
      g_autofree char *hash = address != NULL ? make_hash (realm, address) : NULL;

      if (address == NULL)
        continue;
      if (held->guest == NULL && g_strcmp0 (hash, mark) == 0)
        held->guest = g_strdup (address);
      g_strv_builder_add (all, address);
    }
  held->attendees = g_strv_builder_end (all);
}

static void
read_marks (RcpMirrorHeld *held, icalcomponent *event, const char *realm)
{
  const char *status = get_mark (event, MARK_STATUS);
  const char *privacy = get_mark (event, MARK_PRIVACY);
  g_autofree char *hash = make_hash (realm, held->words);

  held->has_marks = status != NULL && parse_range (get_mark (event, MARK_TIME), &held->own_range);
  held->own_state = read_status (status);
  held->version = g_strdup (get_mark (event, MARK_VERSION));
  held->privacy = privacy != NULL ? CLAMP (privacy[0] - '0', RCP_MIRROR_BUSY_ONLY, RCP_MIRROR_FULL) : RCP_MIRROR_FULL;
  held->has_own_words = g_strcmp0 (get_mark (event, MARK_WORDS), hash) == 0;
}

/**
 * rcp_mirror_event_read:
 * @event: a VEVENT
 * @realm: what all desks of this record call it
 * @zones: what its times are in
 * @has_server: whether the calendar is of a server, so that an event may not have arrived there yet
 *
 * Returns: (transfer full) (nullable): what is mirrored there; %NULL for what is none of this record's
 */
RcpMirrorHeld *
rcp_mirror_event_read (icalcomponent *event, const char *realm, RcpZones *zones, gboolean has_server)
{
  const char *uid, *summary;
  g_autofree char *id = NULL;
  icalproperty *prop;
  RcpMirrorHeld *held;
  RcpTimeRange range;

  g_return_val_if_fail (event != NULL, NULL);
  g_return_val_if_fail (realm != NULL, NULL);
  g_return_val_if_fail (zones != NULL, NULL);

  uid = icalcomponent_get_uid (event);
  id = uid != NULL ? rcp_mirror_uid_dup_appointment_id (uid, realm) : NULL;
  if (id == NULL || icalcomponent_get_first_property (event, ICAL_RECURRENCEID_PROPERTY) != NULL
      || !read_range (event, zones, &range))
    return NULL;

  held = g_new0 (RcpMirrorHeld, 1);
  held->id = g_steal_pointer (&id);
  held->uid = g_strdup (uid);
  held->range = range;
  prop = icalcomponent_get_first_property (event, ICAL_STATUS_PROPERTY);
  held->state = read_status (prop != NULL ? icalproperty_status_to_string (icalproperty_get_status (prop)) : NULL);
  prop = icalcomponent_get_first_property (event, ICAL_SEQUENCE_PROPERTY);
  held->sequence = prop != NULL ? (guint)MAX (0, icalproperty_get_sequence (prop)) : 0;
  summary = icalcomponent_get_summary (event);
  held->words = g_strdup (summary != NULL ? summary : "");
  held->is_on_server = !has_server || get_mark (event, SERVER_MARK) != NULL;
  read_marks (held, event, realm);
  read_guests (held, event, realm);
  held->text = g_strdup (icalcomponent_as_ical_string (event));
  held->revision = g_compute_checksum_for_string (G_CHECKSUM_SHA256, held->text, -1);
  return held;
}
