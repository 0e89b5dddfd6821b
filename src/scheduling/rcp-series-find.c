/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-series"

#include "rcp-series.h"

#include "clinic/rcp-codes.h"
#include "rcp-slot-pool.h"

typedef struct
{
  RcpProvider *provider;
  GArray *starts;
  guint duration;
  gint64 reach;
  char *needs;      /* beside the provider, or NULL */
  GPtrArray *rooms; /* of RcpRoom: what fits */
  RcpSlotPool *pool;
  GPtrArray *own;   /* of RcpOwnVisits: one, or none */
} Find;

static void
find_free (Find *self)
{
  g_object_unref (self->provider);
  g_array_unref (self->starts);
  g_ptr_array_unref (self->rooms);
  g_ptr_array_unref (self->own);
  rcp_slot_pool_free (self->pool);
  g_free (self->needs);
  g_free (self);
}

static RcpFreeRooms *
list_free_rooms (Find *self)
{
  RcpFreeRooms *rooms = self->needs != NULL ? rcp_free_rooms_new (self->needs) : NULL;

  for (guint i = 0; i < self->rooms->len; i++)
    rcp_free_rooms_add (rooms, self->rooms->pdata[i],
                        rcp_slot_pool_get (self->pool, rcp_room_get_schedule_id (self->rooms->pdata[i])), NULL);
  return rooms;
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpFreeRooms) rooms = NULL;
  GArray *slots;

  if (!rcp_slot_pool_read_finish (result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  rooms = list_free_rooms (self);
  slots = rcp_slot_pool_get (self->pool, rcp_provider_get_schedule_id (self->provider));
  g_task_return_pointer (task,
                         rcp_series_offer (self->provider, slots != NULL ? (const RcpSlot *)(void *)slots->data : NULL,
                                           slots != NULL ? slots->len : 0, self->starts, self->duration, self->reach, rooms,
                                           self->own->len > 0 ? rcp_own_visits_get_ranges (self->own->pdata[0]) : NULL),
                         (GDestroyNotify)g_ptr_array_unref);
}

/**
 * rcp_series_find_async:
 * @client: the record
 * @roster: what the clinic has
 * @provider: with whom
 * @visit_type: (nullable): code of what the visits are for: what it needs is taken along
 * @rule: when the visits recur
 * @own: (nullable): when the patient is elsewhere
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
                       RcpOwnVisits *own,
                       guint duration,
                       gint64 reach,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GString) schedules = NULL;
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  RcpTimeRange window = { 0, 0 };
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
  self->pool = rcp_slot_pool_new (client, roster);
  self->own = g_ptr_array_new_with_free_func (g_object_unref);
  if (own != NULL)
    g_ptr_array_add (self->own, g_object_ref (own));
  g_task_set_task_data (task, self, (GDestroyNotify)find_free);
  for (guint i = 0; i < self->starts->len; i++)
    {
      gint64 start = g_array_index (self->starts, gint64, i);
      RcpTimeRange range = { start - reach - (self->needs != NULL ? RCP_LONGEST_ROOM_SLOT : 0), start + reach + duration * G_TIME_SPAN_MINUTE };

      g_array_append_val (ranges, range);
    }
  rcp_time_ranges_normalize (ranges);
  schedules = g_string_new ("Schedule/");
  g_string_append (schedules, rcp_provider_get_schedule_id (provider));
  for (guint i = 0; i < self->rooms->len; i++)
    g_string_append_printf (schedules, ",Schedule/%s", rcp_room_get_schedule_id (self->rooms->pdata[i]));
  if (ranges->len > 0)
    window = (RcpTimeRange){ g_array_index (ranges, RcpTimeRange, 0).start,
                             g_array_index (ranges, RcpTimeRange, ranges->len - 1).end };
  rcp_slot_pool_read_async (self->pool, schedules->str, ranges, self->own, window, cancellable, on_slots_read_cb,
                            g_object_ref (task));
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
