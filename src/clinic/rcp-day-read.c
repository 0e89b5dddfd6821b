/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-day-private.h"

/* What the replies about a day hold. A day of a large clinic has a thousand visits and more slots: to read them, and to let go of
 * the JSON that they came in, takes longer than the frames of several screens, so a thread does both. All objects are made there and
 * handed over whole. */

/* Below this a thread would cost more than it spares. */
#define READ_IN_PLACE 100

typedef struct
{
  RcpTimeRange range;
  FhirBundle *visit_bundle;
  FhirBundle *slot_bundle;
  FhirBundle *encounter_bundle; /* or NULL */
  GPtrArray *visits;
  GArray *slots;
} Reading;

static void
drop_bundles (Reading *reading)
{
  g_clear_object (&reading->visit_bundle);
  g_clear_object (&reading->slot_bundle);
  g_clear_object (&reading->encounter_bundle);
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  drop_bundles (reading);
  g_clear_pointer (&reading->visits, rcp_day_drop_visits);
  g_clear_pointer (&reading->slots, g_array_unref);
  g_free (reading);
}

static gboolean
is_shown (RcpVisitStatus status)
{
  return rcp_visit_status_takes_time (status) || status == RCP_VISIT_NOSHOW || status == RCP_VISIT_LEFT;
}

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  return rcp_day_compare_visits (*(RcpVisit **) a, *(RcpVisit **) b);
}

/* (transfer full): the visits of a reply, with their patients, as the board wants them. */
static GPtrArray *
read_visits (Reading *reading)
{
  FhirBundle *bundle = reading->visit_bundle;
  GPtrArray *matches = fhir_bundle_get_matches (bundle);
  GPtrArray *visits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RcpEncounters) encounters
      = rcp_encounters_new_from_bundle (reading->encounter_bundle != NULL ? reading->encounter_bundle : bundle);

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_found (g_ptr_array_index (matches, i), encounters,
                                                        (RcpResourceFind) fhir_bundle_lookup, bundle);
      RcpTimeRange range = rcp_visit_get_range (visit);

      /* A server may give a visit that begins the day before, or one without a time. */
      if (is_shown (rcp_visit_get_status (visit)) && rcp_visit_get_id (visit) != NULL &&
          range.start >= reading->range.start && range.start < reading->range.end)
        g_ptr_array_add (visits, g_steal_pointer (&visit));
    }
  g_ptr_array_sort (visits, compare_visits);

  return visits;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;

  reading->visits = read_visits (reading);
  reading->slots = rcp_slots_from_bundle (reading->slot_bundle);
  /* Here and not with the task, which may end elsewhere. */
  drop_bundles (reading);
  g_task_return_boolean (task, TRUE);
}

/**
 * rcp_day_read_async:
 * @range: of the day
 * @visits: (transfer full): the Appointments, with their Patients, and their Encounters unless those came by themselves
 * @slots: (transfer full): the Slots
 * @encounters: (transfer full) (nullable): the Encounters that came by themselves
 * @cancellable: (nullable): to stop waiting
 * @callback: called with the result
 * @user_data: data for @callback
 *
 * Reads the replies about a day.
 */
void
rcp_day_read_async (RcpTimeRange range, FhirBundle *visits, FhirBundle *slots, FhirBundle *encounters, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (FHIR_IS_BUNDLE (visits));
  g_return_if_fail (FHIR_IS_BUNDLE (slots));

  reading = g_new0 (Reading, 1);
  reading->range = range;
  reading->visit_bundle = visits;
  reading->slot_bundle = slots;
  reading->encounter_bundle = encounters;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_day_read_async);
  g_task_set_task_data (task, reading, reading_free);
  if (fhir_bundle_get_matches (visits)->len + fhir_bundle_get_matches (slots)->len > READ_IN_PLACE)
    g_task_run_in_thread (task, read_in_thread);
  else
    read_in_thread (task, NULL, reading, cancellable);
}

/**
 * rcp_day_read_finish:
 * @result: the result
 * @visits: (out) (transfer full) (element-type RcpVisit): the visits that a board shows, sorted
 * @slots: (out) (transfer full) (element-type RcpSlot): the usable slots, sorted
 * @error: return location: it was cancelled
 *
 * Returns: whether they were read
 */
gboolean
rcp_day_read_finish (GAsyncResult *result, GPtrArray **visits, GArray **slots, GError **error)
{
  Reading *reading = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *visits = g_steal_pointer (&reading->visits);
  *slots = g_steal_pointer (&reading->slots);
  return TRUE;
}

static void
drop_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_ptr_array_unref (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * rcp_day_drop_visits:
 * @visits: (transfer full) (element-type RcpVisit): visits that are wanted no more
 *
 * Lets go of them.
 */
void
rcp_day_drop_visits (GPtrArray *visits)
{
  g_autoptr (GTask) task = NULL;

  if (visits->len <= READ_IN_PLACE)
    {
      g_ptr_array_unref (visits);
      return;
    }
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, rcp_day_drop_visits);
  g_task_set_task_data (task, visits, NULL);
  g_task_run_in_thread (task, drop_in_thread);
}
