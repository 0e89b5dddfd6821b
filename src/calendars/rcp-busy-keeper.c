/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-busy-keeper.h"

/* What a desk looks at: a little back, and further than it may book. */
#define DAYS_BACK 31
#define DAYS_AHEAD 186
#define SECONDS_TO_NEXT_LOOK (60 * 60)

/* What was known of somebody before the program started. */
typedef struct
{
  GArray *busy; /* of RcpBusy */
  gint64 as_of;
} Memory;

struct _RcpBusyKeeper
{
  GObject parent_instance;

  RcpCalendars *calendars;
  RcpBusyTimes *times;
  GTimeZone *place;
  RcpClock *clock;
  GHashTable *chosen; /* Practitioner -> GStrv of uids */
  GHashTable *readers; /* uid -> RcpBusyCalendar */
  GHashTable *before;  /* Practitioner -> Memory, of those who are not wholly read yet */
  RcpTimeRange window;
  guint look_id;
};

G_DEFINE_FINAL_TYPE (RcpBusyKeeper, rcp_busy_keeper, G_TYPE_OBJECT)

enum
{
  READING_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
memory_free (gpointer data)
{
  g_array_unref (((Memory *) data)->busy);
  g_free (data);
}

static void
stop_reader (gpointer data)
{
  rcp_busy_calendar_stop (data);
  g_object_unref (data);
}

static void
rcp_busy_keeper_dispose (GObject *object)
{
  RcpBusyKeeper *self = RCP_BUSY_KEEPER (object);

  rcp_busy_keeper_stop (self);
  g_clear_object (&self->calendars);
  g_clear_object (&self->times);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rcp_busy_keeper_parent_class)->dispose (object);
}

static void
rcp_busy_keeper_finalize (GObject *object)
{
  RcpBusyKeeper *self = RCP_BUSY_KEEPER (object);

  g_hash_table_unref (self->chosen);
  g_hash_table_unref (self->readers);
  g_hash_table_unref (self->before);
  g_time_zone_unref (self->place);
  G_OBJECT_CLASS (rcp_busy_keeper_parent_class)->finalize (object);
}

static void
rcp_busy_keeper_class_init (RcpBusyKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_busy_keeper_dispose;
  object_class->finalize = rcp_busy_keeper_finalize;
  signals[READING_CHANGED] = g_signal_new ("reading-changed", RCP_TYPE_BUSY_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rcp_busy_keeper_init (RcpBusyKeeper *self)
{
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->readers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stop_reader);
  self->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, memory_free);
}

static gint64
at_midnight (RcpBusyKeeper *self, int days)
{
  gint64 now = rcp_clock_get_now (self->clock);
  GDate date;

  rcp_time_get_day (now + days * G_TIME_SPAN_DAY, self->place, &date);
  return rcp_time_range_of_day (&date, self->place).start;
}

/* The same all day long: another window means to read anew. */
static gboolean
move_window (RcpBusyKeeper *self)
{
  RcpTimeRange window = { at_midnight (self, -DAYS_BACK), at_midnight (self, DAYS_AHEAD) };
  gboolean has_moved = window.start != self->window.start || window.end != self->window.end;

  self->window = window;
  return has_moved;
}

static gboolean
on_look_time_cb (gpointer data)
{
  RcpBusyKeeper *self = data;
  GHashTableIter iter;
  gpointer reader;

  if (!move_window (self))
    return G_SOURCE_CONTINUE;
  g_hash_table_iter_init (&iter, self->readers);
  while (g_hash_table_iter_next (&iter, NULL, &reader))
    rcp_busy_calendar_set_window (reader, self->window);
  return G_SOURCE_CONTINUE;
}

/* What the calendars of @uids keep together. @as_of: 0 when all of it is live; FALSE when one of them was never read. */
static gboolean
join (RcpBusyKeeper *self, char **uids, GArray *busy, gint64 *as_of)
{
  gboolean is_whole = TRUE;

  *as_of = 0;
  for (guint i = 0; uids[i] != NULL; i++)
    {
      RcpBusyCalendar *reader = rcp_busy_keeper_find (self, uids[i]);
      gint64 known = reader != NULL ? rcp_busy_calendar_get_as_of (reader) : 0;
      GArray *own = reader != NULL ? rcp_busy_calendar_get_busy (reader) : NULL;

      if (own != NULL && own->len > 0)
        g_array_append_vals (busy, own->data, own->len);
      if (known == 0)
        is_whole = FALSE;
      else if (rcp_busy_calendar_get_state (reader) != RCP_BUSY_STATE_LIVE)
        *as_of = *as_of == 0 ? known : MIN (*as_of, known);
    }
  return is_whole;
}

static void
tell (RcpBusyKeeper *self, const char *person, char **uids)
{
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  const Memory *before = g_hash_table_lookup (self->before, person);
  gint64 as_of;

  if (join (self, uids, busy, &as_of))
    g_hash_table_remove (self->before, person);
  else if (before != NULL)
    {
      if (before->busy->len > 0)
        g_array_append_vals (busy, before->busy->data, before->busy->len);
      as_of = before->as_of;
    }
  else if (busy->len == 0)
    return;
  else
    as_of = RCP_BUSY_TIMES_PART;
  rcp_busy_normalize (busy);
  rcp_busy_times_set (self->times, person, busy, as_of);
}

static void
tell_of (RcpBusyKeeper *self, RcpBusyCalendar *reader)
{
  const char *uid = rcp_calendar_get_uid (rcp_busy_calendar_get_calendar (reader));
  GHashTableIter iter;
  gpointer person, uids;

  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &person, &uids))
    if (g_strv_contains ((const char *const *) uids, uid))
      tell (self, person, uids);
  g_signal_emit (self, signals[READING_CHANGED], 0, uid);
}

static void
on_changed_cb (RcpBusyCalendar *reader, RcpBusyKeeper *self)
{
  tell_of (self, reader);
}

static void
on_state_changed_cb (RcpBusyCalendar *reader, GParamSpec *pspec, RcpBusyKeeper *self)
{
  tell_of (self, reader);
}

static gboolean
is_wanted (RcpBusyKeeper *self, const char *uid)
{
  GHashTableIter iter;
  gpointer uids;

  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, NULL, &uids))
    if (g_strv_contains ((const char *const *) uids, uid))
      return TRUE;
  return FALSE;
}

static gboolean
is_given_up (gpointer uid, gpointer reader, gpointer data)
{
  return !is_wanted (data, uid);
}

static void
start_reader (RcpBusyKeeper *self, const char *uid)
{
  RcpCalendar *calendar = rcp_calendars_find (self->calendars, uid);
  RcpBusyCalendar *reader;

  if (calendar == NULL || g_hash_table_contains (self->readers, uid))
    return;
  reader = rcp_busy_calendar_new (calendar, self->place, self->clock);
  g_hash_table_insert (self->readers, g_strdup (uid), reader);
  g_signal_connect_object (reader, "changed", G_CALLBACK (on_changed_cb), self, 0);
  g_signal_connect_object (reader, "notify::state", G_CALLBACK (on_state_changed_cb), self, 0);
  rcp_busy_calendar_set_window (reader, self->window);
  rcp_busy_calendar_start (reader);
}

static gboolean
is_gone (gpointer uid, gpointer reader, gpointer data)
{
  return rcp_calendars_find (RCP_BUSY_KEEPER (data)->calendars, uid) != rcp_busy_calendar_get_calendar (reader);
}

/* A calendar may come later than it was chosen, or be taken away from this computer and come back. */
static void
read_chosen (RcpBusyKeeper *self)
{
  GHashTableIter iter;
  gpointer person, uids;

  g_hash_table_foreach_remove (self->readers, is_given_up, self);
  g_hash_table_foreach_remove (self->readers, is_gone, self);
  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &person, &uids))
    for (char **uid = uids; *uid != NULL; uid++)
      start_reader (self, *uid);
  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &person, &uids))
    tell (self, person, uids);
}

static void
remember (RcpBusyKeeper *self)
{
  g_auto (GStrv) people = rcp_busy_times_list_people (self->times);

  for (guint i = 0; people[i] != NULL; i++)
    {
      gint64 as_of = rcp_busy_times_get_as_of (self->times, people[i]);
      Memory *memory;

      if (as_of == 0 || as_of == RCP_BUSY_TIMES_PART)
        continue;
      memory = g_new0 (Memory, 1);
      memory->busy = g_array_copy (rcp_busy_times_get (self->times, people[i]));
      memory->as_of = as_of;
      g_hash_table_insert (self->before, g_strdup (people[i]), memory);
    }
}

/**
 * rcp_busy_keeper_new:
 * @calendars: that there are
 * @times: what is told
 * @place: the zone of whole days
 * @clock: the time
 *
 * Returns: (transfer full): reads nothing until something is chosen
 */
RcpBusyKeeper *
rcp_busy_keeper_new (RcpCalendars *calendars, RcpBusyTimes *times, GTimeZone *place, RcpClock *clock)
{
  RcpBusyKeeper *self;

  g_return_val_if_fail (RCP_IS_CALENDARS (calendars), NULL);
  g_return_val_if_fail (RCP_IS_BUSY_TIMES (times), NULL);

  self = g_object_new (RCP_TYPE_BUSY_KEEPER, NULL);
  self->calendars = g_object_ref (calendars);
  self->times = g_object_ref (times);
  self->place = g_time_zone_ref (place);
  self->clock = g_object_ref (clock);
  remember (self);
  move_window (self);
  self->look_id = g_timeout_add_seconds (SECONDS_TO_NEXT_LOOK, on_look_time_cb, self);
  g_signal_connect_object (calendars, "items-changed", G_CALLBACK (read_chosen), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rcp_busy_keeper_is_for:
 * @self: a keeper
 * @times: that are to be told
 * @place: the zone of whole days
 *
 * Returns: whether it does just that
 */
gboolean
rcp_busy_keeper_is_for (RcpBusyKeeper *self, RcpBusyTimes *times, GTimeZone *place)
{
  g_return_val_if_fail (RCP_IS_BUSY_KEEPER (self), FALSE);

  return self->times == times && g_strcmp0 (g_time_zone_get_identifier (self->place), g_time_zone_get_identifier (place)) == 0;
}

/* (transfer full): those who have a calendar. */
static GHashTable *
read_choice (GVariant *chosen)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  GVariantIter iter;
  char *person, **uids;

  g_variant_iter_init (&iter, chosen);
  while (g_variant_iter_next (&iter, "{s^as}", &person, &uids))
    if (uids[0] != NULL)
      g_hash_table_insert (table, person, uids);
    else
      {
        g_free (person);
        g_strfreev (uids);
      }
  return table;
}

/**
 * rcp_busy_keeper_set_chosen:
 * @self: a keeper
 * @chosen: a{sas}: the id of a Practitioner and the uids of calendars
 *
 * Of whom the choice is another, what was known is forgotten.
 */
void
rcp_busy_keeper_set_chosen (RcpBusyKeeper *self, GVariant *chosen)
{
  g_auto (GStrv) known = NULL;
  g_autoptr (GHashTable) old = NULL;

  g_return_if_fail (RCP_IS_BUSY_KEEPER (self));

  old = g_steal_pointer (&self->chosen);
  self->chosen = read_choice (chosen);
  known = rcp_busy_times_list_people (self->times);
  for (guint i = 0; known[i] != NULL; i++)
    {
      char **uids = g_hash_table_lookup (self->chosen, known[i]), **before = g_hash_table_lookup (old, known[i]);

      if (uids != NULL && (before == NULL || g_strv_equal ((const char *const *) uids, (const char *const *) before)))
        continue;
      g_hash_table_remove (self->before, known[i]);
      rcp_busy_times_remove (self->times, known[i]);
    }
  read_chosen (self);
}

/**
 * rcp_busy_keeper_find:
 * @self: a keeper
 * @uid: of a calendar
 *
 * Returns: (transfer none) (nullable): what reads it
 */
RcpBusyCalendar *
rcp_busy_keeper_find (RcpBusyKeeper *self, const char *uid)
{
  g_return_val_if_fail (RCP_IS_BUSY_KEEPER (self), NULL);

  return g_hash_table_lookup (self->readers, uid);
}

/**
 * rcp_busy_keeper_stop:
 * @self: a keeper
 *
 * Reads no more. What is known stays known.
 */
void
rcp_busy_keeper_stop (RcpBusyKeeper *self)
{
  g_return_if_fail (RCP_IS_BUSY_KEEPER (self));

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_hash_table_remove_all (self->chosen);
  g_hash_table_remove_all (self->readers);
}
