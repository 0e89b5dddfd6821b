/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-series"

#include "rcp-series.h"

#include "clinic/rcp-codes.h"
#include "rcp-free-slots.h"

/* A slot of a room that begins before a visit may reach into it. */
#define LONGEST_SLOT G_TIME_SPAN_HOUR

typedef struct
{
  RcpProvider *provider;
  GArray *starts;
  guint duration;
  gint64 reach;
  char *needs;      /* beside the provider, or NULL */
  GPtrArray *rooms; /* of RcpRoom: what fits */
} Find;

static void
find_free (Find *self)
{
  g_object_unref (self->provider);
  g_array_unref (self->starts);
  g_ptr_array_unref (self->rooms);
  g_free (self->needs);
  g_free (self);
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const RcpSlot *left = a;
  const RcpSlot *right = b;

  if (left->range.start != right->range.start)
    return left->range.start < right->range.start ? -1 : 1;
  return g_strcmp0 (left->id, right->id);
}

/* What was on two pages is there twice. */
static void
drop_doubles (GArray *slots)
{
  for (guint i = slots->len; i > 1; i--)
    if (g_str_equal (g_array_index (slots, RcpSlot, i - 1).id, g_array_index (slots, RcpSlot, i - 2).id))
      g_array_remove_index (slots, i - 1);
}

/* Those of the schedule: (transfer container) (element-type RcpSlot). */
static GArray *
pick_slots (GArray *slots, const char *schedule_id)
{
  GArray *picked = g_array_new (FALSE, FALSE, sizeof (RcpSlot));

  /* They stay the owner's: this is read only while @slots lives. */
  for (guint i = 0; i < slots->len; i++)
    if (g_strcmp0 (g_array_index (slots, RcpSlot, i).schedule_id, schedule_id) == 0)
      g_array_append_vals (picked, &g_array_index (slots, RcpSlot, i), 1);
  return picked;
}

static RcpFreeRooms *
list_free_rooms (Find *self, GArray *slots)
{
  RcpFreeRooms *rooms = self->needs != NULL ? rcp_free_rooms_new (self->needs) : NULL;

  for (guint i = 0; i < self->rooms->len; i++)
    {
      g_autoptr (GArray) of_room = pick_slots (slots, rcp_room_get_schedule_id (self->rooms->pdata[i]));

      rcp_free_rooms_add (rooms, self->rooms->pdata[i], of_room, NULL);
    }
  return rooms;
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) slots = rcp_free_slots_read_finish (result, &error);
  g_autoptr (RcpFreeRooms) rooms = NULL;
  g_autoptr (GArray) own = NULL;

  if (slots == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_array_sort (slots, compare_slots);
  drop_doubles (slots);
  rooms = list_free_rooms (self, slots);
  own = pick_slots (slots, rcp_provider_get_schedule_id (self->provider));
  g_task_return_pointer (task,
                         rcp_series_offer (self->provider, (const RcpSlot *)(void *)own->data, own->len, self->starts,
                                           self->duration, self->reach, rooms),
                         (GDestroyNotify)g_ptr_array_unref);
}

/**
 * rcp_series_find_async:
 * @client: the record
 * @roster: what the clinic has
 * @provider: with whom
 * @visit_type: (nullable): code of what the visits are for: what it needs is taken along
 * @rule: when the visits recur
 * @duration: minutes
 * @reach: how far an exception may be from what is wanted, microseconds
 * @cancellable: (nullable): to stop
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Finds what can be had of a series, date by date.
 */
void
rcp_series_find_async (FhirClient *client,
                       RcpRoster *roster,
                       RcpProvider *provider,
                       const char *visit_type,
                       const RcpSeriesRule *rule,
                       guint duration,
                       gint64 reach,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GString) schedules = NULL;
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  Find *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (RCP_IS_PROVIDER (provider));
  g_return_if_fail (rule != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_series_find_async);
  self = g_new0 (Find, 1);
  self->provider = g_object_ref (provider);
  self->starts = rcp_series_list (rule, rcp_provider_get_zone (provider));
  self->duration = duration;
  self->reach = reach;
  self->needs = g_strdup (rcp_rooms_get_needs (roster, visit_type));
  self->rooms = rcp_rooms_list_fitting (roster, self->needs, provider);
  g_task_set_task_data (task, self, (GDestroyNotify)find_free);
  for (guint i = 0; i < self->starts->len; i++)
    {
      gint64 start = g_array_index (self->starts, gint64, i);
      RcpTimeRange range = { start - reach - (self->needs != NULL ? LONGEST_SLOT : 0), start + reach + duration * G_TIME_SPAN_MINUTE };

      g_array_append_val (ranges, range);
    }
  rcp_time_ranges_normalize (ranges);
  schedules = g_string_new ("Schedule/");
  g_string_append (schedules, rcp_provider_get_schedule_id (provider));
  for (guint i = 0; i < self->rooms->len; i++)
    g_string_append_printf (schedules, ",Schedule/%s", rcp_room_get_schedule_id (self->rooms->pdata[i]));
  rcp_free_slots_read_async (client, schedules->str, ranges, cancellable, on_slots_read_cb, g_object_ref (task));
}

GPtrArray *
rcp_series_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_series_find_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  gint64 left = rcp_visit_get_range (*(RcpVisit *const *)a).start;
  gint64 right = rcp_visit_get_range (*(RcpVisit *const *)b).start;

  return (left > right) - (left < right);
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  GPtrArray *visits;

  if (bundle == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  visits = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (fhir_bundle_get_matches (bundle)->pdata[i], bundle);

      if (rcp_visit_status_takes_time (rcp_visit_get_status (visit))
          && rcp_visit_get_status (visit) != RCP_VISIT_FULFILLED)
        g_ptr_array_add (visits, g_steal_pointer (&visit));
    }
  g_ptr_array_sort (visits, compare_visits);
  g_task_return_pointer (task, visits, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * rcp_series_read_async:
 * @client: the record
 * @series_id: see rcp_visit_get_series_id()
 * @from: the earliest start
 * @cancellable: (nullable): to stop
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Reads the visits of a series from one of them on.
 */
void
rcp_series_read_async (FhirClient *client,
                       const char *series_id,
                       gint64 from,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (FhirSearch) search = NULL;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (series_id != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_series_read_async);
  search = fhir_search_new ("Appointment");
  fhir_search_add_printf (search, "identifier", "%s|%s", RCP_SYSTEM_SERIES, series_id);
  fhir_search_add_instant (search, "date", "ge", from);
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (client, search, 0, cancellable, on_visits_read_cb, g_object_ref (task));
}

GPtrArray *
rcp_series_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_series_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rcp_together_read_async:
 * @client: the record
 * @together_id: see rcp_visit_get_together_id()
 * @cancellable: (nullable): to stop
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Reads the visits that were booked as one and are still to come about, by start.
 */
void
rcp_together_read_async (FhirClient *client,
                         const char *together_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (FhirSearch) search = NULL;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (together_id != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_together_read_async);
  search = fhir_search_new ("Appointment");
  fhir_search_add_printf (search, "identifier", "%s|%s", RCP_SYSTEM_TOGETHER, together_id);
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (client, search, 0, cancellable, on_visits_read_cb, g_object_ref (task));
}

GPtrArray *
rcp_together_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_together_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
