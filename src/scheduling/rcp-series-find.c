/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-series"

#include "rcp-series.h"

#include "clinic/rcp-codes.h"
#include "rcp-free-slots.h"

typedef struct
{
  RcpProvider *provider;
  GArray *starts;
  guint duration;
  gint64 reach;
} Find;

static void
find_free (Find *self)
{
  g_object_unref (self->provider);
  g_array_unref (self->starts);
  g_free (self);
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const RcpSlot *left = a;
  const RcpSlot *right = b;

  return (left->range.start > right->range.start) - (left->range.start < right->range.start);
}

/* What was on two pages is there twice. */
static void
drop_doubles (GArray *slots)
{
  for (guint i = slots->len; i > 1; i--)
    if (g_str_equal (g_array_index (slots, RcpSlot, i - 1).id, g_array_index (slots, RcpSlot, i - 2).id))
      g_array_remove_index (slots, i - 1);
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) slots = rcp_free_slots_read_finish (result, &error);

  if (slots == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_array_sort (slots, compare_slots);
  drop_doubles (slots);
  g_task_return_pointer (task,
                         rcp_series_offer (self->provider, (const RcpSlot *)(void *)slots->data, slots->len,
                                           self->starts, self->duration, self->reach),
                         (GDestroyNotify)g_ptr_array_unref);
}

/**
 * rcp_series_find_async:
 * @client: the record
 * @provider: with whom
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
                       RcpProvider *provider,
                       const RcpSeriesRule *rule,
                       guint duration,
                       gint64 reach,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *schedule = NULL;
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  Find *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_PROVIDER (provider));
  g_return_if_fail (rule != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_series_find_async);
  self = g_new0 (Find, 1);
  self->provider = g_object_ref (provider);
  self->starts = rcp_series_list (rule, rcp_provider_get_zone (provider));
  self->duration = duration;
  self->reach = reach;
  g_task_set_task_data (task, self, (GDestroyNotify)find_free);
  for (guint i = 0; i < self->starts->len; i++)
    {
      gint64 start = g_array_index (self->starts, gint64, i);
      RcpTimeRange range = { start - reach, start + reach + duration * G_TIME_SPAN_MINUTE };

      g_array_append_val (ranges, range);
    }
  rcp_time_ranges_normalize (ranges);
  schedule = g_strconcat ("Schedule/", rcp_provider_get_schedule_id (provider), NULL);
  rcp_free_slots_read_async (client, schedule, ranges, cancellable, on_slots_read_cb, g_object_ref (task));
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
