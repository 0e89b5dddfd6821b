/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-wait-load"

#include "rcp-wait-list.h"

#include "rcp-free-slots.h"
#include "rcp-kept-time.h"
#include "rcp-openings.h"
#include "rcp-scheduling-error-private.h"
#include "rcp-slot-pool.h"

/* Patients whose visits are asked for in one search: an address must not become too long. */
#define PATIENTS_AT_ONCE 40

/* The list, and then the visits that those on it have already: those that they would give up, and all others, which only
 * keep them from being in two places. */
typedef struct
{
  gint64 now;
  FhirBundle *entries;
  FhirBundle *booked; /* or NULL */
  GListModel *list;
  guint n_under_way;
  GError *error; /* the first */
} Load;

static void
load_free (Load *self)
{
  g_clear_object (&self->entries);
  g_clear_object (&self->booked);
  g_clear_object (&self->list);
  g_clear_error (&self->error);
  g_free (self);
}

static char *
list_booked (FhirBundle *entries)
{
  GPtrArray *matches = fhir_bundle_get_matches (entries);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < matches->len; i++)
    {
      const char *reference = fhir_json_get_string (fhir_resource_get_json (matches->pdata[i]),
                                                    "supportingInformation.0.reference");
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Appointment") : NULL;

      if (id != NULL)
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? "," : "", id);
    }
  return g_string_free (ids, FALSE);
}

/* A visit that is over, or was called off, is no reason to keep an entry back: the patient waits without one then. */
static RcpVisit *
find_booked (FhirBundle *booked, FhirResource *entry)
{
  const char *reference = fhir_json_get_string (fhir_resource_get_json (entry), "supportingInformation.0.reference");
  g_autofree char *relative = reference != NULL ? fhir_reference_dup_relative (reference) : NULL;
  FhirResource *resource = booked != NULL && relative != NULL ? fhir_bundle_lookup (booked, relative) : NULL;
  g_autoptr (RcpVisit) visit = resource != NULL ? rcp_visit_new_in_bundle (resource, booked) : NULL;

  if (visit == NULL
      || (rcp_visit_get_status (visit) != RCP_VISIT_BOOKED && rcp_visit_get_status (visit) != RCP_VISIT_CONFIRMED))
    return NULL;
  return g_steal_pointer (&visit);
}

static GListModel *
make_list (FhirBundle *entries, FhirBundle *booked)
{
  GPtrArray *matches = fhir_bundle_get_matches (entries);
  GListStore *list = g_list_store_new (RCP_TYPE_WAITING);

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], entries);
      g_autoptr (RcpVisit) kept = find_booked (booked, matches->pdata[i]);
      g_autoptr (RcpWaiting) waiting = rcp_waiting_new (visit, kept);

      if (rcp_visit_get_status (visit) == RCP_VISIT_WAITLIST)
        g_list_store_insert_sorted (list, waiting, rcp_waiting_compare, NULL);
    }
  return G_LIST_MODEL (list);
}

static void
end_part (GTask *task)
{
  Load *self = g_task_get_task_data (task);

  self->n_under_way--;
  if (self->n_under_way > 0)
    return;
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&self->list), g_object_unref);
}

static void
on_own_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!rcp_own_visits_read_finish (RCP_OWN_VISITS (source), result, &error) && self->error == NULL)
    self->error = g_steal_pointer (&error);
  end_part (task);
}

/* Of those from @first on; each of them is told where to look. */
static void
read_own_visits_of_some (GTask *task, guint first)
{
  Load *self = g_task_get_task_data (task);
  guint n = MIN (PATIENTS_AT_ONCE, g_list_model_get_n_items (self->list) - first);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (RcpOwnVisits) own = NULL;
  g_auto (GStrv) patients = NULL;

  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (RcpWaiting) waiting = g_list_model_get_item (self->list, i);
      const char *id = rcp_visit_get_patient_id (rcp_waiting_get_visit (waiting));

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }
  patients = g_strv_builder_end (ids);
  if (patients[0] == NULL)
    return;
  own = rcp_own_visits_new (g_task_get_source_object (task), (const char *const *)patients, NULL);
  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (RcpWaiting) waiting = g_list_model_get_item (self->list, i);

      rcp_waiting_set_own (waiting, own);
    }
  self->n_under_way++;
  rcp_own_visits_read_async (own, (RcpTimeRange){ self->now, self->now + RCP_SEARCH_DAYS * G_TIME_SPAN_DAY },
                             g_task_get_cancellable (task), on_own_visits_read_cb, g_object_ref (task));
}

static void
read_own_visits (GTask *task)
{
  Load *self = g_task_get_task_data (task);

  self->list = make_list (self->entries, self->booked);
  self->n_under_way = 1;
  for (guint i = 0; i < g_list_model_get_n_items (self->list); i += PATIENTS_AT_ONCE)
    read_own_visits_of_some (task, i);
  end_part (task);
}

static void
on_booked_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->booked = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  if (self->booked == NULL)
    g_task_return_error (task, error);
  else
    read_own_visits (task);
}

static void
on_entries_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Load *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = NULL;
  g_autofree char *ids = NULL;

  self->entries = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  if (self->entries == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  ids = list_booked (self->entries);
  if (*ids == '\0')
    {
      read_own_visits (task);
      return;
    }
  search = fhir_search_new ("Appointment");
  fhir_search_add (search, "_id", ids);
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (FHIR_CLIENT (source), search, 0, g_task_get_cancellable (task), on_booked_read_cb,
                                g_object_ref (task));
}

void
rcp_wait_list_load_async (
    FhirClient *client, gint64 now, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  Load *self = g_new0 (Load, 1);

  g_task_set_source_tag (task, rcp_wait_list_load_async);
  self->now = now;
  g_task_set_task_data (task, self, (GDestroyNotify)load_free);
  fhir_search_add (search, "status", "waitlist");
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (client, search, 0, cancellable, on_entries_read_cb, g_object_ref (task));
}

GListModel *
rcp_wait_list_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_wait_list_load_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  RcpBusyTimes *times; /* or NULL */
  RcpProvider *provider;
  RcpTimeRange range;
} FreeOffer;

static void
free_offer_free (FreeOffer *self)
{
  g_clear_object (&self->times);
  g_object_unref (self->provider);
  g_free (self);
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  gint64 start_a = ((const RcpSlot *)a)->range.start;
  gint64 start_b = ((const RcpSlot *)b)->range.start;

  return start_a < start_b ? -1 : start_a > start_b;
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FreeOffer *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GArray) slots = rcp_free_slots_read_finish (result, &error);
  RcpOpening opening;
  guint duration = (self->range.end - self->range.start) / G_TIME_SPAN_MINUTE;

  if (slots == NULL)
    {
      g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, RCP_DEED_BOOK));
      g_error_free (error);
      return;
    }
  if (!rcp_kept_time_check (self->times, self->provider, self->range, RCP_DEED_BOOK, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_array_sort (slots, compare_slots);
  if (rcp_openings_find_at ((const RcpSlot *)(void *)slots->data, slots->len, self->range.start, duration, NULL,
                            &opening))
    g_task_return_pointer (task, rcp_offer_new (self->provider, opening.first, opening.n_slots), g_object_unref);
  else
    g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_TAKEN, RCP_DEED_BOOK,
                                                         "no free Slots from this start"));
}

void
rcp_free_offer_read_async (FhirClient *client,
                           RcpBusyTimes *times,
                           RcpProvider *provider,
                           RcpTimeRange range,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  g_autofree char *schedule = g_strconcat ("Schedule/", rcp_provider_get_schedule_id (provider), NULL);
  FreeOffer *self = g_new0 (FreeOffer, 1);

  g_task_set_source_tag (task, rcp_free_offer_read_async);
  g_task_set_task_data (task, self, (GDestroyNotify)free_offer_free);
  g_set_object (&self->times, times);
  self->provider = g_object_ref (provider);
  self->range = range;
  g_array_append_val (ranges, range);
  rcp_free_slots_read_async (client, schedule, ranges, cancellable, on_slots_read_cb, g_object_ref (task));
}

RcpOffer *
rcp_free_offer_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_free_offer_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
