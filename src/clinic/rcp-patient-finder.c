/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-patient-finder.h"

#include "base/rcp-query.h"
#include "clinic/rcp-find-plan.h"
#include "clinic/rcp-found-private.h"

/* More are asked for than are shown: a server sends what begins with the words in an order of its own, and what is
 * equal is to come first. */
#define OVERSAMPLE 3
#define MAX_COUNT 100

typedef struct
{
  FhirClient *client;
  RcpFindPlan *plan;
  guint limit;
  GPtrArray *found;  /* of RcpFound */
  GHashTable *by_id; /* ids of patients that are in @found */
  guint n_pending;
  guint n_answered;
  gboolean is_wide;
  GError *error; /* the first */
} Find;

static void
find_free (gpointer data)
{
  Find *self = data;

  g_object_unref (self->client);
  rcp_find_plan_free (self->plan);
  g_ptr_array_unref (self->found);
  g_hash_table_unref (self->by_id);
  g_clear_error (&self->error);
  g_free (self);
}

static void
take_patient (Find *self, FhirResource *resource)
{
  g_autoptr (RcpPatient) patient = NULL;
  guint rank;

  if (g_strcmp0 (fhir_resource_get_resource_type (resource), "Patient") != 0 || fhir_resource_get_id (resource) == NULL ||
      g_hash_table_contains (self->by_id, fhir_resource_get_id (resource)))
    return;

  patient = rcp_patient_new (resource);
  rank = rcp_find_plan_rank (self->plan, patient);
  /* The server found it, by something that we do not see, such as a name of other letters: it comes last. */
  g_ptr_array_add (self->found, rcp_found_new (patient, NULL, rank));
  g_hash_table_add (self->by_id, g_strdup (rcp_patient_get_id (patient)));
}

/* A confirmation code leads to a visit, and so to its patient, before all others. */
static void
take_visit (Find *self, FhirResource *appointment, FhirBundle *bundle)
{
  g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (appointment, bundle);
  RcpPatient *patient = rcp_visit_get_patient (visit);

  if (patient != NULL && rcp_visit_get_status (visit) != RCP_VISIT_ERROR)
    g_ptr_array_add (self->found, rcp_found_new (patient, visit, 0));
}

static void
take_bundle (Find *self, FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < matches->len; i++)
    {
      FhirResource *resource = g_ptr_array_index (matches, i);

      if (g_strcmp0 (fhir_resource_get_resource_type (resource), "Appointment") == 0)
        take_visit (self, resource, bundle);
      else
        take_patient (self, resource);
    }
}

static GListModel *
make_list (Find *self)
{
  GListStore *list = g_list_store_new (RCP_TYPE_FOUND);

  g_ptr_array_sort (self->found, rcp_found_compare);
  g_list_store_splice (list, 0, 0, self->found->pdata, MIN (self->found->len, self->limit));
  return G_LIST_MODEL (list);
}

static void send_search (GTask *task, FhirSearch *search);

/* All answers are here: what begins with the words may be too little. */
static void
finish_or_widen (GTask *task)
{
  Find *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) wider = NULL;

  /* A server that cannot search by telephone can still have found a name. */
  if (self->error != NULL &&
      (self->n_answered == 0 || !(g_error_matches (self->error, FHIR_ERROR, FHIR_ERROR_REFUSED) ||
                                  g_error_matches (self->error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED))))
    {
      g_task_return_error (task, g_steal_pointer (&self->error));
      return;
    }

  if (!self->is_wide && self->found->len < self->limit)
    wider = rcp_find_plan_make_wider_search (self->plan, MIN (self->limit * OVERSAMPLE, MAX_COUNT));
  if (wider != NULL)
    {
      self->is_wide = TRUE;
      send_search (task, wider);
      return;
    }

  g_task_return_pointer (task, make_list (self), g_object_unref);
}

static void
on_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);

  if (bundle != NULL)
    {
      self->n_answered++;
      take_bundle (self, bundle);
    }
  else if (self->error == NULL)
    {
      self->error = g_steal_pointer (&error);
    }

  if (--self->n_pending == 0)
    finish_or_widen (task);
}

static void
send_search (GTask *task, FhirSearch *search)
{
  Find *self = g_task_get_task_data (task);

  self->n_pending++;
  fhir_client_search_async (self->client, search, g_task_get_cancellable (task), on_searched_cb, g_object_ref (task));
}

/**
 * rcp_patient_finder_find_async:
 * @client: the record
 * @clock: tells what day it is here
 * @text: what was typed
 * @limit: how many are wanted at most
 * @cancellable: (nullable): a cancellable; the next key stroke cancels the search for the last
 * @callback: called when they are found
 * @user_data: data for @callback
 *
 * Finds patients by part of the name, telephone, birth date, record number, or by the confirmation code of a visit.
 */
void
rcp_patient_finder_find_async (FhirClient *client, RcpClock *clock, const char *text, guint limit,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GPtrArray) searches = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  GDate today;
  Find *find;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_CLOCK (clock));
  g_return_if_fail (text != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_patient_finder_find_async);
  zone = g_time_zone_new_local ();
  rcp_time_get_day (rcp_clock_get_now (clock), zone, &today);

  find = g_new0 (Find, 1);
  find->client = g_object_ref (client);
  find->plan = rcp_find_plan_new (text, rcp_query_locale_is_day_first (), &today);
  find->limit = limit;
  find->found = g_ptr_array_new_with_free_func (g_object_unref);
  find->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, find, find_free);

  searches = rcp_find_plan_make_searches (find->plan, MIN (limit * OVERSAMPLE, MAX_COUNT));
  if (searches->len == 0 || limit == 0)
    {
      g_task_return_pointer (task, make_list (find), g_object_unref);
      return;
    }
  for (guint i = 0; i < searches->len; i++)
    send_search (task, g_ptr_array_index (searches, i));
}

/**
 * rcp_patient_finder_find_finish:
 * @result: the result
 * @error: return location for a #FhirError
 *
 * Returns: (transfer full) (element-type RcpFound): what was found, best first; %NULL on error
 */
GListModel *
rcp_patient_finder_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
