/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-busy-times"

#include "rcp-busy-times.h"

typedef struct
{
  GArray *busy; /* of RcpBusy */
  gint64 as_of;
} Person;

struct _RcpBusyTimes
{
  GObject parent_instance;

  GHashTable *people; /* utf8 -> Person */
};

G_DEFINE_FINAL_TYPE (RcpBusyTimes, rcp_busy_times, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
person_free (gpointer data)
{
  Person *person = data;

  g_array_unref (person->busy);
  g_free (person);
}

static void
rcp_busy_times_finalize (GObject *object)
{
  g_hash_table_unref (RCP_BUSY_TIMES (object)->people);
  G_OBJECT_CLASS (rcp_busy_times_parent_class)->finalize (object);
}

static void
rcp_busy_times_class_init (RcpBusyTimesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_busy_times_finalize;
  signals[CHANGED] = g_signal_new ("changed", RCP_TYPE_BUSY_TIMES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
}

static void
rcp_busy_times_init (RcpBusyTimes *self)
{
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, person_free);
}

/**
 * rcp_busy_times_new:
 *
 * Returns: (transfer full): nobody's time is known
 */
RcpBusyTimes *
rcp_busy_times_new (void)
{
  return g_object_new (RCP_TYPE_BUSY_TIMES, NULL);
}

static gboolean
is_same (GArray *a, GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const RcpBusy *left = &g_array_index (a, RcpBusy, i);
      const RcpBusy *right = &g_array_index (b, RcpBusy, i);

      if (left->range.start != right->range.start || left->range.end != right->range.end || left->kind != right->kind)
        return FALSE;
    }
  return TRUE;
}

/**
 * rcp_busy_times_set:
 * @self: busy times
 * @person: id of a Practitioner
 * @busy: (element-type RcpBusy): when, normalized; copied
 * @as_of: microseconds since 1970 UTC at which it was known; 0 when it is live, RCP_BUSY_TIMES_PART when it is not all
 */
void
rcp_busy_times_set (RcpBusyTimes *self, const char *person, GArray *busy, gint64 as_of)
{
  Person *known;

  g_return_if_fail (RCP_IS_BUSY_TIMES (self));
  g_return_if_fail (person != NULL && busy != NULL);

  known = g_hash_table_lookup (self->people, person);
  if (known != NULL && known->as_of == as_of && is_same (known->busy, busy))
    return;
  known = g_new0 (Person, 1);
  known->busy = g_array_copy (busy);
  known->as_of = as_of;
  g_hash_table_insert (self->people, g_strdup (person), known);
  g_signal_emit (self, signals[CHANGED], 0, person);
}

/**
 * rcp_busy_times_remove:
 * @self: busy times
 * @person: id of a Practitioner who has no calendar any more
 */
void
rcp_busy_times_remove (RcpBusyTimes *self, const char *person)
{
  g_autofree char *name = NULL;

  g_return_if_fail (RCP_IS_BUSY_TIMES (self));
  g_return_if_fail (person != NULL);

  /* The caller's may be the key itself. */
  name = g_strdup (person);
  if (g_hash_table_remove (self->people, name))
    g_signal_emit (self, signals[CHANGED], 0, name);
}

/**
 * rcp_busy_times_clear:
 * @self: busy times
 *
 * Forgets everybody: another record has other people.
 */
void
rcp_busy_times_clear (RcpBusyTimes *self)
{
  g_auto (GStrv) people = rcp_busy_times_list_people (self);

  for (guint i = 0; people != NULL && people[i] != NULL; i++)
    rcp_busy_times_remove (self, people[i]);
}

static Person *
find (RcpBusyTimes *self, const char *person)
{
  return self != NULL && person != NULL ? g_hash_table_lookup (self->people, person) : NULL;
}

/**
 * rcp_busy_times_get:
 * @self: (nullable): busy times
 * @person: (nullable): id of a Practitioner
 *
 * Returns: (transfer none) (nullable) (element-type RcpBusy): what is known; valid until "changed"
 */
GArray *
rcp_busy_times_get (RcpBusyTimes *self, const char *person)
{
  Person *known = find (self, person);

  return known != NULL ? known->busy : NULL;
}

/**
 * rcp_busy_times_get_as_of:
 * @self: (nullable): busy times
 * @person: (nullable): id of a Practitioner
 *
 * Returns: when it was known, microseconds since 1970 UTC, where that is some time ago; 0 when it is live, or nothing is known
 */
gint64
rcp_busy_times_get_as_of (RcpBusyTimes *self, const char *person)
{
  Person *known = find (self, person);

  return known != NULL ? known->as_of : 0;
}

/**
 * rcp_busy_times_dup_taken:
 * @self: (nullable): busy times
 * @person: (nullable): id of a Practitioner
 *
 * Returns: (transfer full) (element-type RcpTimeRange): the time that is not offered, normalized; perhaps empty
 */
GArray *
rcp_busy_times_dup_taken (RcpBusyTimes *self, const char *person)
{
  GArray *busy = rcp_busy_times_get (self, person);
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  for (guint i = 0; busy != NULL && i < busy->len; i++)
    if (rcp_busy_kind_takes_time (g_array_index (busy, RcpBusy, i).kind))
      g_array_append_val (taken, g_array_index (busy, RcpBusy, i).range);
  rcp_time_ranges_normalize (taken);
  return taken;
}

/**
 * rcp_busy_times_find_taken:
 * @self: (nullable): busy times
 * @person: (nullable): id of a Practitioner
 * @range: a time
 * @found: (out) (optional): the earliest that keeps any of it, not set when nothing does
 *
 * Returns: whether any of @range is time that is not offered
 */
gboolean
rcp_busy_times_find_taken (RcpBusyTimes *self, const char *person, RcpTimeRange range, RcpBusy *found)
{
  GArray *busy = rcp_busy_times_get (self, person);

  for (guint i = 0; busy != NULL && i < busy->len; i++)
    {
      const RcpBusy *one = &g_array_index (busy, RcpBusy, i);

      if (!rcp_busy_kind_takes_time (one->kind) || !rcp_time_range_overlaps (one->range, range))
        continue;
      if (found != NULL)
        *found = *one;
      return TRUE;
    }
  return FALSE;
}

/**
 * rcp_busy_times_list_people:
 * @self: busy times
 *
 * Returns: (transfer full): the ids of those of whom something is known
 */
GStrv
rcp_busy_times_list_people (RcpBusyTimes *self)
{
  g_autofree gpointer *keys = NULL;

  g_return_val_if_fail (RCP_IS_BUSY_TIMES (self), NULL);

  keys = g_hash_table_get_keys_as_array (self->people, NULL);
  return g_strdupv ((char **) keys);
}

/**
 * rcp_busy_kind_takes_time:
 * @kind: how much a calendar keeps a time
 *
 * An invitation that nobody has answered does not keep a patient out: it is shown, and the desk decides.
 *
 * Returns: whether visits are not offered then
 */
gboolean
rcp_busy_kind_takes_time (RcpBusyKind kind)
{
  return kind == RCP_BUSY_BUSY || kind == RCP_BUSY_AWAY;
}
