/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-count-question.h"

#include "clinic/rcp-kept-hours.h"

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

struct _RcpCountQuestion
{
  GArray *days; /* of GDate */
  guint n_groups;
  GArray *kept; /* of Kept, one for each day */
  GPtrArray *paths;
};

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
works_elsewhere (RcpRoster *roster, RcpProvider *provider)
{
  GListModel *providers = rcp_roster_get_providers (roster);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) other = g_list_model_get_item (providers, i);

      n += g_strcmp0 (rcp_provider_get_practitioner_id (other), rcp_provider_get_practitioner_id (provider)) == 0;
    }
  return n > 1;
}

static RcpRoom *
find_room (RcpRoster *roster, const char *schedule_id)
{
  GListModel *rooms = rcp_roster_get_rooms (roster);

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
list_groups (RcpRoster *roster, GStrv schedule_ids)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);

  for (guint i = 0; schedule_ids && schedule_ids[i]; i++)
    {
      RcpProvider *provider = rcp_roster_find_provider (roster, schedule_ids[i]);
      RcpRoom *room = provider ? NULL : find_room (roster, schedule_ids[i]);
      RcpPlace *place = provider && works_elsewhere (roster, provider) ? rcp_provider_get_place (provider) : NULL;

      if (provider && rcp_provider_get_practitioner_id (provider))
        add_actor (groups, place ? rcp_place_get_id (place) : NULL, "Practitioner/", rcp_provider_get_practitioner_id (provider));
      else if (room)
        add_actor (groups, NULL, "", rcp_room_get_reference (room));
    }
  return groups;
}

/* (transfer full): of those that are counted; rooms are not, when everybody is. */
static char *
list_schedules (RcpRoster *roster, GStrv schedule_ids)
{
  GString *schedules = g_string_new (NULL);
  GListModel *providers = rcp_roster_get_providers (roster);

  for (guint i = 0; schedule_ids && schedule_ids[i]; i++)
    g_string_append_printf (schedules, "%sSchedule/%s", schedules->len > 0 ? "," : "", schedule_ids[i]);
  for (guint i = 0; !schedule_ids && i < g_list_model_get_n_items (providers); i++)
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

/**
 * rcp_count_question_read:
 * @self: a question
 * @reply: what the server says to it
 * @error: return location
 *
 * Each day has one answer for each group, two for its slots, and one for each time that calendars keep.
 *
 * Returns: (transfer full) (element-type RcpDayNumbers) (nullable): one for each day that was asked for
 */
GArray *
rcp_count_question_read (RcpCountQuestion *self, FhirBundle *reply, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, TRUE, sizeof (RcpDayNumbers));
  GError *why = NULL;
  guint index = 0;

  for (guint i = 0; i < self->days->len; i++)
    {
      const Kept *kept = &g_array_index (self->kept, Kept, i);
      RcpDayNumbers of_day = { .kept = kept->time };

      for (guint j = 0; j < self->n_groups; j++)
        of_day.n_visits += get_total (reply, index++, &why);
      of_day.n_free = get_total (reply, index++, &why);
      of_day.n_busy = get_total (reply, index++, &why);
      for (guint j = 0; j < kept->n_answers; j++)
        of_day.n_kept += get_total (reply, index++, &why);
      /* Somebody may book between two answers. */
      of_day.n_kept = MIN (of_day.n_kept, of_day.n_free);
      g_array_append_val (numbers, of_day);
    }
  if (!why)
    return g_steal_pointer (&numbers);
  g_propagate_error (error, why);
  return NULL;
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
list_providers (RcpRoster *roster, GStrv schedule_ids)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *providers = rcp_roster_get_providers (roster);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (!schedule_ids || g_strv_contains ((const char *const *) schedule_ids, rcp_provider_get_schedule_id (provider)))
        g_ptr_array_add (found, g_steal_pointer (&provider));
    }
  return found;
}

/* What their calendars keep of a day. */
static void
add_kept_paths (RcpRoster *roster, GPtrArray *paths, GPtrArray *providers, GPtrArray *taken, const GDate *day, guint *n_left, Kept *kept)
{
  guint grain = rcp_roster_get_grain (roster);

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
list_taken (RcpRoster *roster, GPtrArray *providers)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  RcpBusyTimes *times = rcp_roster_get_busy_times (roster);

  for (guint i = 0; i < providers->len; i++)
    g_ptr_array_add (taken, rcp_busy_times_dup_taken (times, rcp_provider_get_practitioner_id (providers->pdata[i])));
  return taken;
}

static void
add_day (RcpCountQuestion *self, RcpRoster *roster, GPtrArray *groups, const char *schedules, const GDate *day)
{
  RcpTimeRange range = rcp_time_range_of_day (day, rcp_roster_get_zone (roster));

  for (guint i = 0; i < self->n_groups; i++)
    add_visits_path (self->paths, range, groups->len > 0 ? groups->pdata[i] : NULL);
  add_slots_path (self->paths, range, schedules, "free");
  add_slots_path (self->paths, range, schedules, "busy");
}

/**
 * rcp_count_question_new:
 * @roster: who works where, and what their calendars keep
 * @days: (element-type GDate): the local days to be counted
 * @schedule_ids: (nullable): whose; %NULL for every provider
 *
 * Returns: (transfer full) (nullable): one question about all of @days; %NULL where there is nobody to be counted
 */
RcpCountQuestion *
rcp_count_question_new (RcpRoster *roster, GArray *days, GStrv schedule_ids)
{
  g_autoptr (GPtrArray) groups = list_groups (roster, schedule_ids), providers = list_providers (roster, schedule_ids);
  g_autoptr (GPtrArray) taken = list_taken (roster, providers);
  g_autofree char *schedules = list_schedules (roster, schedule_ids);
  RcpCountQuestion *self;
  guint n_left = MOST_KEPT;

  if (days->len == 0 || !*schedules)
    return NULL;
  self = g_new0 (RcpCountQuestion, 1);
  self->days = g_array_ref (days);
  self->n_groups = MAX (groups->len, 1);
  self->kept = g_array_new (FALSE, TRUE, sizeof (Kept));
  self->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < days->len; i++)
    {
      const GDate *day = &g_array_index (days, GDate, i);
      Kept kept = { 0 };

      add_day (self, roster, groups, schedules, day);
      add_kept_paths (roster, self->paths, providers, taken, day, &n_left, &kept);
      g_array_append_val (self->kept, kept);
    }
  g_ptr_array_add (self->paths, NULL);
  return self;
}

void
rcp_count_question_free (RcpCountQuestion *self)
{
  g_array_unref (self->days);
  g_array_unref (self->kept);
  g_ptr_array_unref (self->paths);
  g_free (self);
}

/* Borrowed. */
const char *const *
rcp_count_question_get_paths (RcpCountQuestion *self)
{
  return (const char *const *) self->paths->pdata;
}
