/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-day-counts.h"

#include "clinic/rcp-change.h"
#include "clinic/rcp-kept-hours.h"

/* Changes come in flocks: a booking alone is three of them. */
#define PAUSE 250 /* milliseconds */
/* Those of a visit that is not cancelled, missed or only wished for. */
#define COUNTED "pending,booked,arrived,checked-in,fulfilled"

/* Times kept by calendars whose free slots are asked for, in a question about all of the days: more would make a month slow. The slots of
 * what is left out count as free, its hours are known. */
#define MOST_KEPT 200

/* Who is counted by one question: visits at a place are told apart where somebody works at several. */
typedef struct
{
  GString *actors;
  char *place; /* or NULL */
} Group;

/* What is known before the server is asked: of each day what calendars keep, and in how many answers its slots are. */
typedef struct
{
  gint64 time;
  guint n_answers;
} Kept;

typedef struct
{
  RcpDayCounts *counts;
  guint n_groups;
  GArray *kept; /* of Kept */
} Question;

struct _RcpDayCounts
{
  GObject parent_instance;

  FhirClient *client;
  RcpRoster *roster;
  RcpDayBook *book;
  GDate first;
  guint n_days;
  GStrv schedule_ids;
  GArray *counts; /* of RcpDayCount; empty until they are known */
  GCancellable *asking;
  guint again_id;
  gboolean is_watching;
  gboolean is_old; /* something changed while nobody looked */
  GError *error;
};

G_DEFINE_FINAL_TYPE (RcpDayCounts, rcp_day_counts, G_TYPE_OBJECT)

static guint changed_signal;

static void
rcp_day_counts_dispose (GObject *object)
{
  RcpDayCounts *self = RCP_DAY_COUNTS (object);

  g_clear_handle_id (&self->again_id, g_source_remove);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->client);
  g_clear_object (&self->roster);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (rcp_day_counts_parent_class)->dispose (object);
}

static void
rcp_day_counts_finalize (GObject *object)
{
  RcpDayCounts *self = RCP_DAY_COUNTS (object);

  g_array_unref (self->counts);
  g_strfreev (self->schedule_ids);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (rcp_day_counts_parent_class)->finalize (object);
}

static void
rcp_day_counts_class_init (RcpDayCountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_day_counts_dispose;
  object_class->finalize = rcp_day_counts_finalize;
  changed_signal = g_signal_new ("changed", RCP_TYPE_DAY_COUNTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_day_counts_init (RcpDayCounts *self)
{
  self->counts = g_array_new (FALSE, TRUE, sizeof (RcpDayCount));
  self->is_watching = TRUE;
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_string_free (group->actors, TRUE);
  g_free (group->place);
  g_free (group);
}

static void
add_actor (GPtrArray *groups, const char *place, const char *type, const char *id)
{
  Group *group = NULL;

  for (guint i = 0; !group && i < groups->len; i++)
    if (g_strcmp0 (((Group *) groups->pdata[i])->place, place) == 0)
      group = groups->pdata[i];
  if (!group)
    {
      group = g_new0 (Group, 1);
      group->actors = g_string_new (NULL);
      group->place = g_strdup (place);
      g_ptr_array_add (groups, group);
    }
  g_string_append_printf (group->actors, "%s%s%s", group->actors->len > 0 ? "," : "", type, id);
}

static gboolean
works_elsewhere (RcpDayCounts *self, RcpProvider *provider)
{
  GListModel *providers = rcp_roster_get_providers (self->roster);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) other = g_list_model_get_item (providers, i);

      n += g_strcmp0 (rcp_provider_get_practitioner_id (other), rcp_provider_get_practitioner_id (provider)) == 0;
    }
  return n > 1;
}

static RcpRoom *
find_room (RcpDayCounts *self, const char *schedule_id)
{
  GListModel *rooms = rcp_roster_get_rooms (self->roster);

  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (g_strcmp0 (rcp_room_get_schedule_id (room), schedule_id) == 0)
        return room; /* the roster keeps it */
    }
  return NULL;
}

/* (transfer full) (element-type Group): none when everybody is counted. */
static GPtrArray *
list_groups (RcpDayCounts *self)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);

  for (guint i = 0; self->schedule_ids && self->schedule_ids[i]; i++)
    {
      RcpProvider *provider = rcp_roster_find_provider (self->roster, self->schedule_ids[i]);
      RcpRoom *room = provider ? NULL : find_room (self, self->schedule_ids[i]);
      RcpPlace *place = provider && works_elsewhere (self, provider) ? rcp_provider_get_place (provider) : NULL;

      if (provider && rcp_provider_get_practitioner_id (provider))
        add_actor (groups, place ? rcp_place_get_id (place) : NULL, "Practitioner/", rcp_provider_get_practitioner_id (provider));
      else if (room)
        add_actor (groups, NULL, "", rcp_room_get_reference (room));
    }
  return groups;
}

/* (transfer full): of those that are counted; rooms are not, when everybody is. */
static char *
list_schedules (RcpDayCounts *self)
{
  GString *schedules = g_string_new (NULL);
  GListModel *providers = rcp_roster_get_providers (self->roster);

  for (guint i = 0; self->schedule_ids && self->schedule_ids[i]; i++)
    g_string_append_printf (schedules, "%sSchedule/%s", schedules->len > 0 ? "," : "", self->schedule_ids[i]);
  for (guint i = 0; !self->schedule_ids && i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      g_string_append_printf (schedules, "%sSchedule/%s", schedules->len > 0 ? "," : "", rcp_provider_get_schedule_id (provider));
    }
  return g_string_free (schedules, FALSE);
}

static void
add_visits_path (GPtrArray *paths, RcpTimeRange range, Group *group)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");

  fhir_search_add_instant (search, "date", "ge", range.start);
  fhir_search_add_instant (search, "date", "lt", range.end);
  fhir_search_add (search, "status", COUNTED);
  if (group)
    fhir_search_add (search, "actor", group->actors->str);
  if (group && group->place)
    fhir_search_add_printf (search, "actor", "Location/%s", group->place);
  fhir_search_add (search, "_summary", "count");
  g_ptr_array_add (paths, fhir_search_to_string (search));
}

static void
add_slots_path (GPtrArray *paths, RcpTimeRange range, const char *schedules, const char *status)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");

  fhir_search_add (search, "schedule", schedules);
  fhir_search_add_instant (search, "start", "ge", range.start);
  fhir_search_add_instant (search, "start", "lt", range.end);
  fhir_search_add (search, "status", status);
  fhir_search_add (search, "_summary", "count");
  g_ptr_array_add (paths, fhir_search_to_string (search));
}

static guint
get_total (FhirBundle *reply, guint index, GError **error)
{
  g_autoptr (GError) why = fhir_bundle_dup_response_error (reply, index);
  FhirResource *resource = why ? NULL : fhir_bundle_get_response_resource (reply, index);
  JsonObject *json = resource ? fhir_resource_get_json (resource) : NULL;

  if (json && json_object_has_member (json, "total"))
    return (guint) json_object_get_int_member (json, "total");
  if (!*error)
    *error = why ? g_steal_pointer (&why) : g_error_new_literal (FHIR_ERROR, FHIR_ERROR_BAD_REPLY, "The server did not count");
  return 0;
}

/* Each day has one answer for each group, two for its slots, and one for each time that calendars keep. */
static GArray *
read_counts (Question *question, FhirBundle *reply, GError **error)
{
  GArray *counts = g_array_new (FALSE, TRUE, sizeof (RcpDayCount));
  guint index = 0;

  for (guint i = 0; i < question->kept->len; i++)
    {
      const Kept *kept = &g_array_index (question->kept, Kept, i);
      RcpDayCount count = { .date = question->counts->first, .kept = kept->time };

      g_date_add_days (&count.date, i);
      for (guint j = 0; j < question->n_groups; j++)
        count.n_visits += get_total (reply, index++, error);
      count.n_free = get_total (reply, index++, error);
      count.n_busy = get_total (reply, index++, error);
      for (guint j = 0; j < kept->n_answers; j++)
        count.n_kept += get_total (reply, index++, error);
      /* Somebody may book between two answers. */
      count.n_kept = MIN (count.n_kept, count.n_free);
      g_array_append_val (counts, count);
    }
  return counts;
}

static void
question_free (Question *question)
{
  g_object_unref (question->counts);
  g_array_unref (question->kept);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
on_counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  RcpDayCounts *self = question->counts;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_batch_get_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (GArray) counts = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  if (reply)
    counts = read_counts (question, reply, &error);
  g_clear_error (&self->error);
  if (error)
    self->error = g_steal_pointer (&error);
  else
    {
      g_array_unref (self->counts);
      self->counts = g_steal_pointer (&counts);
    }
  g_signal_emit (self, changed_signal, 0);
}

/* The slots of a provider that any of @range is in. */
static void
add_kept_path (GPtrArray *paths, RcpProvider *provider, RcpTimeRange range, guint grain)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");

  fhir_search_add_printf (search, "schedule", "Schedule/%s", rcp_provider_get_schedule_id (provider));
  fhir_search_add_instant (search, "start", "gt", range.start - grain * G_TIME_SPAN_MINUTE);
  fhir_search_add_instant (search, "start", "lt", range.end);
  fhir_search_add (search, "status", "free");
  fhir_search_add (search, "_summary", "count");
  g_ptr_array_add (paths, fhir_search_to_string (search));
}

/* (transfer full) (element-type RcpProvider): those who are counted. */
static GPtrArray *
list_providers (RcpDayCounts *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *providers = rcp_roster_get_providers (self->roster);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (!self->schedule_ids || g_strv_contains ((const char *const *) self->schedule_ids, rcp_provider_get_schedule_id (provider)))
        g_ptr_array_add (found, g_steal_pointer (&provider));
    }
  return found;
}

/* What their calendars keep of a day. */
static void
add_kept_paths (RcpDayCounts *self, GPtrArray *paths, GPtrArray *providers, GPtrArray *taken, const GDate *day, guint *n_left, Kept *kept)
{
  guint grain = rcp_roster_get_grain (self->roster);

  for (guint i = 0; i < providers->len; i++)
    {
      g_autoptr (GArray) ranges = NULL;

      if (((GArray *) taken->pdata[i])->len == 0)
        continue;
      ranges = rcp_kept_hours_list (providers->pdata[i], day, taken->pdata[i]);
      kept->time += rcp_kept_hours_sum (ranges);
      rcp_kept_hours_join (ranges, grain);
      for (guint j = 0; j < ranges->len && *n_left > 0; j++, (*n_left)--)
        {
          add_kept_path (paths, providers->pdata[i], g_array_index (ranges, RcpTimeRange, j), grain);
          kept->n_answers++;
        }
    }
}

/* (transfer full) (element-type GArray): what the calendars of each provider keep. */
static GPtrArray *
list_taken (RcpDayCounts *self, GPtrArray *providers)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  RcpBusyTimes *times = rcp_roster_get_busy_times (self->roster);

  for (guint i = 0; i < providers->len; i++)
    g_ptr_array_add (taken, rcp_busy_times_dup_taken (times, rcp_provider_get_practitioner_id (providers->pdata[i])));
  return taken;
}

static void
ask (RcpDayCounts *self)
{
  GTimeZone *zone = rcp_roster_get_zone (self->roster);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free), groups = list_groups (self);
  g_autoptr (GPtrArray) providers = list_providers (self), taken = list_taken (self, providers);
  g_autofree char *schedules = list_schedules (self);
  Question *question;
  guint n_left = MOST_KEPT;

  g_clear_handle_id (&self->again_id, g_source_remove);
  self->is_old = FALSE;
  if (self->n_days == 0 || !*schedules)
    return;
  question = g_new0 (Question, 1);
  question->counts = g_object_ref (self);
  question->n_groups = MAX (groups->len, 1);
  question->kept = g_array_new (FALSE, TRUE, sizeof (Kept));
  for (guint i = 0; i < self->n_days; i++)
    {
      GDate date = self->first;
      RcpTimeRange range;
      Kept kept = { 0 };

      g_date_add_days (&date, i);
      range = rcp_time_range_of_day (&date, zone);
      for (guint j = 0; j < question->n_groups; j++)
        add_visits_path (paths, range, groups->len > 0 ? groups->pdata[j] : NULL);
      add_slots_path (paths, range, schedules, "free");
      add_slots_path (paths, range, schedules, "busy");
      add_kept_paths (self, paths, providers, taken, &date, &n_left, &kept);
      g_array_append_val (question->kept, kept);
    }
  g_ptr_array_add (paths, NULL);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  fhir_client_batch_get_async (self->client, (const char *const *) paths->pdata, self->asking, on_counted_cb, question);
}

static gboolean
on_again_cb (gpointer user_data)
{
  RcpDayCounts *self = user_data;

  self->again_id = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

/* Marks and other Tasks change all the time, and no number with them. */
static gboolean
is_counted (GPtrArray *changes)
{
  for (guint i = 0; changes && i < changes->len; i++)
    {
      const RcpChange *change = changes->pdata[i];

      if (g_strcmp0 (change->type, "Appointment") == 0 || g_strcmp0 (change->type, "Slot") == 0)
        return TRUE;
    }
  return changes == NULL;
}

static void
ask_soon (RcpDayCounts *self)
{
  if (self->n_days == 0)
    return;
  self->is_old = !self->is_watching;
  if (self->is_watching && self->again_id == 0)
    self->again_id = g_timeout_add (PAUSE, on_again_cb, self);
}

static void
on_book_changed_cb (RcpDayCounts *self, GPtrArray *changes)
{
  if (is_counted (changes))
    ask_soon (self);
}

static void
on_busy_changed_cb (RcpDayCounts *self)
{
  ask_soon (self);
}

/**
 * rcp_day_counts_new:
 * @client: the record
 * @roster: who works where, and what their calendars keep
 * @book: tells of changes, while it watches for them
 *
 * Returns: (transfer full): counts of no days yet
 */
RcpDayCounts *
rcp_day_counts_new (FhirClient *client, RcpRoster *roster, RcpDayBook *book)
{
  RcpDayCounts *self;
  RcpBusyTimes *times;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_ROSTER (roster), NULL);
  g_return_val_if_fail (RCP_IS_DAY_BOOK (book), NULL);

  self = g_object_new (RCP_TYPE_DAY_COUNTS, NULL);
  self->client = g_object_ref (client);
  self->roster = g_object_ref (roster);
  self->book = g_object_ref (book);
  g_signal_connect_object (book, "changed", G_CALLBACK (on_book_changed_cb), self, G_CONNECT_SWAPPED);
  times = rcp_roster_get_busy_times (roster);
  if (times)
    g_signal_connect_object (times, "changed", G_CALLBACK (on_busy_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rcp_day_counts_set_range:
 * @self: some counts
 * @first: the first local day
 * @n_days: how many from there on
 * @schedule_ids: (nullable): whose; %NULL for every provider
 *
 * Asks for other days, or of others. What was known before is forgotten.
 */
void
rcp_day_counts_set_range (RcpDayCounts *self, const GDate *first, guint n_days, const char *const *schedule_ids)
{
  g_return_if_fail (RCP_IS_DAY_COUNTS (self));
  g_return_if_fail (first && g_date_valid (first));
  g_return_if_fail (n_days > 0);

  self->first = *first;
  self->n_days = n_days;
  g_strfreev (self->schedule_ids);
  self->schedule_ids = g_strdupv ((char **) schedule_ids);
  g_array_set_size (self->counts, 0);
  ask (self);
}

void
rcp_day_counts_reload (RcpDayCounts *self)
{
  g_return_if_fail (RCP_IS_DAY_COUNTS (self));

  ask (self);
}

void
rcp_day_counts_set_watching (RcpDayCounts *self, gboolean watching)
{
  g_return_if_fail (RCP_IS_DAY_COUNTS (self));

  self->is_watching = watching;
  if (watching && self->is_old)
    ask (self);
}

const RcpDayCount *
rcp_day_counts_find (RcpDayCounts *self, const GDate *date)
{
  int after;

  g_return_val_if_fail (RCP_IS_DAY_COUNTS (self), NULL);
  g_return_val_if_fail (date && g_date_valid (date), NULL);

  if (self->counts->len == 0)
    return NULL;
  after = g_date_days_between (&self->first, date);
  return after >= 0 && (guint) after < self->counts->len ? &g_array_index (self->counts, RcpDayCount, after) : NULL;
}

gboolean
rcp_day_counts_is_loaded (RcpDayCounts *self)
{
  g_return_val_if_fail (RCP_IS_DAY_COUNTS (self), FALSE);

  return self->counts->len > 0;
}

const GError *
rcp_day_counts_get_error (RcpDayCounts *self)
{
  g_return_val_if_fail (RCP_IS_DAY_COUNTS (self), NULL);

  return self->error;
}
