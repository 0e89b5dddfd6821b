/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-busy-reader.h"

#include "calendars/rcp-event.h"
#include "calendars/rcp-recurrence.h"

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)

struct _RcpBusyReader
{
  RcpZones *zones;
  RcpTimeRange window;
  char *owner;
};

/* Instances that an event does not have, as it says itself or as they are detached. */
typedef struct
{
  GHashTable *instants; /* set of gint64, seconds UTC */
  GHashTable *days;     /* set of gint64, walls of midnights: whole days */
} Exceptions;

/* An event while its instances are found. */
typedef struct
{
  RcpBusyReader *reader;
  icalcomponent *event;
  RcpEventTime start;
  RcpEventLength length;
  RcpBusyKind kind;
  Exceptions *exceptions;
  GArray *busy;
} Expansion;

/**
 * rcp_busy_reader_new:
 * @place: the zone of the place that the provider works at
 * @window: what is of interest
 *
 * Returns: (transfer full): a reader
 */
RcpBusyReader *
rcp_busy_reader_new (GTimeZone *place, RcpTimeRange window)
{
  RcpBusyReader *self;

  g_return_val_if_fail (place != NULL, NULL);

  /* What is wrong with a file of others is no reason to end the program, which is libical's way else. */
  icalerror_set_errors_are_fatal (0);
  self = g_new0 (RcpBusyReader, 1);
  self->zones = rcp_zones_new (place);
  self->window = window;
  return self;
}

/**
 * rcp_busy_reader_free:
 * @self: (transfer full): a reader
 */
void
rcp_busy_reader_free (RcpBusyReader *self)
{
  g_return_if_fail (self != NULL);

  rcp_zones_free (self->zones);
  g_free (self->owner);
  g_free (self);
}

/**
 * rcp_busy_reader_set_owner:
 * @self: a reader
 * @address: (nullable): the mail address of whose calendar it is, without "mailto:"
 */
void
rcp_busy_reader_set_owner (RcpBusyReader *self, const char *address)
{
  g_autofree char *old = NULL;

  g_return_if_fail (self != NULL);

  old = self->owner;
  self->owner = g_strdup (address);
}

/**
 * rcp_busy_reader_set_window:
 * @self: a reader
 * @window: what is of interest from now on
 */
void
rcp_busy_reader_set_window (RcpBusyReader *self, RcpTimeRange window)
{
  g_return_if_fail (self != NULL);

  self->window = window;
}

/**
 * rcp_busy_reader_get_window:
 * @self: a reader
 *
 * Returns: what is of interest
 */
RcpTimeRange
rcp_busy_reader_get_window (RcpBusyReader *self)
{
  g_return_val_if_fail (self != NULL, ((RcpTimeRange){ 0 }));

  return self->window;
}

/**
 * rcp_busy_reader_get_zones:
 * @self: a reader
 *
 * Returns: (transfer none): the zones that it knows
 */
RcpZones *
rcp_busy_reader_get_zones (RcpBusyReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->zones;
}

static void
exceptions_init (Exceptions *self)
{
  self->instants = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
exceptions_clear (Exceptions *self)
{
  g_hash_table_unref (self->instants);
  g_hash_table_unref (self->days);
}

static gint64
get_midnight (gint64 wall)
{
  gint64 rest = wall % SECONDS_PER_DAY;

  return wall - rest - (rest < 0 ? SECONDS_PER_DAY : 0);
}

static void
exceptions_add (Exceptions *self, const RcpEventTime *start, const RcpEventTime *exception)
{
  gint64 instant = rcp_event_time_get_instant (exception);
  gint64 wall = exception->is_date ? exception->wall : rcp_zone_to_wall (start->zone, instant);

  /* A day that is named leaves out what is on it, and a time the whole day that it is on. */
  if (start->is_date || exception->is_date)
    {
      wall = get_midnight (wall);
      g_hash_table_add (self->days, g_memdup2 (&wall, sizeof (wall)));
    }
  else
    g_hash_table_add (self->instants, g_memdup2 (&instant, sizeof (instant)));
}

static gboolean
exceptions_has (const Exceptions *self, const RcpEventTime *instance)
{
  gint64 instant = rcp_event_time_get_instant (instance);
  gint64 day = get_midnight (instance->wall);

  return g_hash_table_contains (self->instants, &instant) || g_hash_table_contains (self->days, &day);
}

/* Adds an instance as far as it is in the window. */
static void
add_instance (Expansion *self, const RcpEventTime *instance, RcpEventLength length)
{
  RcpTimeRange window = self->reader->window;
  RcpBusy busy = { .kind = self->kind };

  if (exceptions_has (self->exceptions, instance))
    return;

  busy.range.start = MAX (rcp_event_time_get_instant (instance) * G_USEC_PER_SEC, window.start);
  busy.range.end = MIN (rcp_event_time_add (instance, length) * G_USEC_PER_SEC, window.end);
  if (busy.range.start < busy.range.end)
    g_array_append_val (self->busy, busy);
}

/* The instances of a rule that may touch the window, by the wall clock of DTSTART. */
static gboolean
expand_rule (Expansion *self, struct icalrecurrencetype rule, GArray *walls)
{
  RcpRecurrence recurrence = { rule, self->start.zone, self->start.wall, self->start.is_date };
  RcpTimeRange window = self->reader->window;
  gint64 from = rcp_zone_to_wall (self->start.zone, window.start / G_USEC_PER_SEC);
  gint64 until = rcp_zone_to_wall (self->start.zone, window.end / G_USEC_PER_SEC);

  /* A day more on both sides: what the clocks were put forward or back is not to matter. */
  from -= self->length.days * SECONDS_PER_DAY + self->length.seconds + SECONDS_PER_DAY;
  return rcp_recurrence_expand (&recurrence, from, until + SECONDS_PER_DAY, walls);
}

static gboolean
add_rules (Expansion *self)
{
  gboolean is_good = TRUE;

  for (icalproperty *prop = icalcomponent_get_first_property (self->event, ICAL_RRULE_PROPERTY); prop != NULL;
       prop = icalcomponent_get_next_property (self->event, ICAL_RRULE_PROPERTY))
    {
      g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (gint64));

      is_good = expand_rule (self, icalproperty_get_rrule (prop), walls) && is_good;
      for (guint i = 0; i < walls->len; i++)
        {
          RcpEventTime instance = self->start;

          instance.wall = g_array_index (walls, gint64, i);
          add_instance (self, &instance, self->length);
        }
    }
  return is_good;
}

/* A period has a length of its own. */
static gboolean
add_period (Expansion *self, icalproperty *prop, struct icalperiodtype period)
{
  RcpEventTime start;
  RcpEventTime end;
  RcpEventLength length = rcp_event_length_from_duration (period.duration);

  if (!rcp_event_time_read (prop, period.start, self->reader->zones, &start))
    return FALSE;
  if (!icaltime_is_null_time (period.end))
    {
      if (!rcp_event_time_read (prop, period.end, self->reader->zones, &end))
        return FALSE;
      length = (RcpEventLength){ 0, MAX (rcp_event_time_get_instant (&end) - rcp_event_time_get_instant (&start), 0) };
    }
  add_instance (self, &start, length);
  return TRUE;
}

static gboolean
add_dates (Expansion *self)
{
  gboolean is_good = TRUE;

  for (icalproperty *prop = icalcomponent_get_first_property (self->event, ICAL_RDATE_PROPERTY); prop != NULL;
       prop = icalcomponent_get_next_property (self->event, ICAL_RDATE_PROPERTY))
    {
      struct icaldatetimeperiodtype date = icalproperty_get_rdate (prop);
      RcpEventTime instance;

      if (icaltime_is_null_time (date.time))
        is_good = add_period (self, prop, date.period) && is_good;
      else if (rcp_event_time_read (prop, date.time, self->reader->zones, &instance))
        {
          /* A day that is added to an event with a time has it at the same time. */
          if (instance.is_date && !self->start.is_date)
            instance = (RcpEventTime){ instance.wall + self->start.wall - get_midnight (self->start.wall),
                                       self->start.zone, FALSE };
          add_instance (self, &instance, self->length);
        }
      else
        is_good = FALSE;
    }
  return is_good;
}

static gboolean
read_exceptions (Expansion *self)
{
  gboolean is_good = TRUE;

  for (icalproperty *prop = icalcomponent_get_first_property (self->event, ICAL_EXDATE_PROPERTY); prop != NULL;
       prop = icalcomponent_get_next_property (self->event, ICAL_EXDATE_PROPERTY))
    {
      RcpEventTime exception;

      if (rcp_event_time_read (prop, icalproperty_get_exdate (prop), self->reader->zones, &exception))
        exceptions_add (self->exceptions, &self->start, &exception);
      else
        is_good = FALSE;
    }

  /* Not in RFC 5545 any more, but in old calendars. */
  for (icalproperty *prop = icalcomponent_get_first_property (self->event, ICAL_EXRULE_PROPERTY); prop != NULL;
       prop = icalcomponent_get_next_property (self->event, ICAL_EXRULE_PROPERTY))
    {
      g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (gint64));

      is_good = expand_rule (self, icalproperty_get_exrule (prop), walls) && is_good;
      for (guint i = 0; i < walls->len; i++)
        {
          RcpEventTime exception = self->start;

          exception.wall = g_array_index (walls, gint64, i);
          exceptions_add (self->exceptions, &self->start, &exception);
        }
    }
  return is_good;
}

static icalproperty *
get_recurrence_id (icalcomponent *event)
{
  return icalcomponent_get_first_property (event, ICAL_RECURRENCEID_PROPERTY);
}

/* An instance that was detached from @start's series takes the place of the one that it names. */
static void
except_detached (Expansion *self, icalcomponent *const *events, guint n_events)
{
  for (guint i = 0; i < n_events; i++)
    {
      icalproperty *prop = get_recurrence_id (events[i]);
      RcpEventTime replaced;

      if (prop != NULL &&
          rcp_event_time_read (prop, icalproperty_get_recurrenceid (prop), self->reader->zones, &replaced))
        exceptions_add (self->exceptions, &self->start, &replaced);
    }
}

static gboolean
read_event (Expansion *self, icalcomponent *const *events, guint n_events)
{
  gboolean is_good;

  self->kind = rcp_event_get_kind (self->event, self->reader->owner);
  if (self->kind == RCP_BUSY_NONE)
    return TRUE;
  if (!rcp_event_read_start (self->event, self->reader->zones, &self->start) ||
      !rcp_event_read_length (self->event, self->reader->zones, &self->start, &self->length))
    return FALSE;

  if (get_recurrence_id (self->event) != NULL)
    {
      add_instance (self, &self->start, self->length);
      return TRUE;
    }

  except_detached (self, events, n_events);
  is_good = read_exceptions (self);
  /* DTSTART is an instance even where its own rule would not have it. */
  add_instance (self, &self->start, self->length);
  is_good = add_rules (self) && is_good;
  return add_dates (self) && is_good;
}

/**
 * rcp_busy_reader_read:
 * @self: a reader
 * @events: (array length=n_events): the VEVENTs of one UID
 * @n_events: how many
 * @busy: (element-type RcpBusy): gets what they keep busy within the window; not normalized
 *
 * Returns: whether all of it could be read
 */
gboolean
rcp_busy_reader_read (RcpBusyReader *self, icalcomponent *const *events, guint n_events, GArray *busy)
{
  gboolean is_good = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (busy != NULL, FALSE);

  for (guint i = 0; i < n_events; i++)
    {
      Exceptions exceptions;
      Expansion expansion = { self, events[i], .exceptions = &exceptions, .busy = busy };

      exceptions_init (&exceptions);
      is_good = read_event (&expansion, events, n_events) && is_good;
      exceptions_clear (&exceptions);
    }
  return is_good;
}

static void
collect (RcpBusyReader *self, icalcomponent *component, GHashTable *by_uid, GPtrArray *families)
{
  for (icalcomponent *part = icalcomponent_get_first_component (component, ICAL_ANY_COMPONENT); part != NULL;
       part = icalcomponent_get_next_component (component, ICAL_ANY_COMPONENT))
    {
      const char *uid = icalcomponent_get_uid (part);
      GPtrArray *family = uid != NULL ? g_hash_table_lookup (by_uid, uid) : NULL;

      if (icalcomponent_isa (part) == ICAL_VCALENDAR_COMPONENT)
        collect (self, part, by_uid, families);
      if (icalcomponent_isa (part) == ICAL_VTIMEZONE_COMPONENT)
        rcp_zones_add (self->zones, part);
      if (icalcomponent_isa (part) != ICAL_VEVENT_COMPONENT)
        continue;

      /* Without a UID each is for itself. */
      if (family == NULL)
        {
          family = g_ptr_array_new ();
          g_ptr_array_add (families, family);
          if (uid != NULL)
            g_hash_table_insert (by_uid, g_strdup (uid), family);
        }
      g_ptr_array_add (family, part);
    }
}

/**
 * rcp_busy_reader_read_calendar:
 * @self: a reader
 * @calendar: a VCALENDAR, or what holds some
 * @busy: (element-type RcpBusy): gets what its events keep busy within the window; not normalized
 *
 * Returns: how many events, each with its detached instances, could not be read
 */
guint
rcp_busy_reader_read_calendar (RcpBusyReader *self, icalcomponent *calendar, GArray *busy)
{
  g_autoptr (GHashTable) by_uid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) families = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint n_unread = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (calendar != NULL, 0);
  g_return_val_if_fail (busy != NULL, 0);

  collect (self, calendar, by_uid, families);
  for (guint i = 0; i < families->len; i++)
    {
      GPtrArray *family = g_ptr_array_index (families, i);

      if (!rcp_busy_reader_read (self, (icalcomponent *const *) family->pdata, family->len, busy))
        n_unread++;
    }
  return n_unread;
}
