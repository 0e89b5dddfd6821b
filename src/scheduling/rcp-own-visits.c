/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-own-visits"

#include "rcp-own-visits.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"

/* A visit that is longer than this and began before is not looked for. */
#define LONGEST_VISIT (12 * G_TIME_SPAN_HOUR)

struct _RcpOwnVisits
{
  GObject parent_instance;

  FhirClient *client;
  char *actors;
  char *except_id;
  RcpTimeRange known; /* empty: nothing was read yet */
  GPtrArray *visits;  /* of RcpVisit, by start */
  GArray *ranges;     /* of RcpTimeRange, normalized */
};

G_DEFINE_FINAL_TYPE (RcpOwnVisits, rcp_own_visits, G_TYPE_OBJECT)

static void
rcp_own_visits_finalize (GObject *object)
{
  RcpOwnVisits *self = RCP_OWN_VISITS (object);

  g_clear_object (&self->client);
  g_ptr_array_unref (self->visits);
  g_array_unref (self->ranges);
  g_free (self->actors);
  g_free (self->except_id);
  G_OBJECT_CLASS (rcp_own_visits_parent_class)->finalize (object);
}

static void
rcp_own_visits_class_init (RcpOwnVisitsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_own_visits_finalize;
}

static void
rcp_own_visits_init (RcpOwnVisits *self)
{
  self->visits = g_ptr_array_new_with_free_func (g_object_unref);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
}

/**
 * rcp_own_visits_new:
 * @client: the record
 * @patient_ids: (array zero-terminated=1): who is to get a visit; at least one
 * @except_id: (nullable): id of the visit that is moved
 *
 * Returns: (transfer full): nothing is read yet
 */
RcpOwnVisits *
rcp_own_visits_new (FhirClient *client, const char *const *patient_ids, const char *except_id)
{
  RcpOwnVisits *self;
  g_autoptr (GString) actors = g_string_new (NULL);

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (patient_ids != NULL && patient_ids[0] != NULL, NULL);

  for (guint i = 0; patient_ids[i] != NULL; i++)
    g_string_append_printf (actors, "%sPatient/%s", i > 0 ? "," : "", patient_ids[i]);
  self = g_object_new (RCP_TYPE_OWN_VISITS, NULL);
  self->client = g_object_ref (client);
  self->actors = g_string_free (g_steal_pointer (&actors), FALSE);
  self->except_id = g_strdup (except_id);
  return self;
}

/**
 * rcp_own_visits_add_room:
 * @self: nothing was read yet
 * @reference: "Location/3" or "Device/4": it comes along, so that its visits are in the way as those of a patient are
 */
void
rcp_own_visits_add_room (RcpOwnVisits *self, const char *reference)
{
  char *actors;

  g_return_if_fail (RCP_IS_OWN_VISITS (self));
  g_return_if_fail (reference != NULL);

  actors = g_strdup_printf ("%s,%s", self->actors, reference);
  g_free (self->actors);
  self->actors = actors;
}

FhirSearch *
rcp_own_visits_make_search (const char *actors, RcpTimeRange range)
{
  FhirSearch *search = fhir_search_new ("Appointment");

  fhir_search_add (search, "actor", actors);
  fhir_search_add_instant (search, "date", "gt", range.start - LONGEST_VISIT);
  fhir_search_add_instant (search, "date", "lt", range.end);
  return search;
}

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  gint64 left = rcp_visit_get_range (*(RcpVisit *const *)a).start;
  gint64 right = rcp_visit_get_range (*(RcpVisit *const *)b).start;

  return (left > right) - (left < right);
}

static void
keep_visits (RcpOwnVisits *self, FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  g_ptr_array_set_size (self->visits, 0);
  g_array_set_size (self->ranges, 0);
  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], bundle);
      RcpTimeRange range = rcp_visit_get_range (visit);

      if (!rcp_visit_status_takes_time (rcp_visit_get_status (visit)) || range.start >= range.end
          || (self->except_id != NULL && g_strcmp0 (rcp_visit_get_id (visit), self->except_id) == 0))
        continue;
      g_array_append_val (self->ranges, range);
      g_ptr_array_add (self->visits, g_steal_pointer (&visit));
    }
  g_ptr_array_sort (self->visits, compare_visits);
  rcp_time_ranges_normalize (self->ranges);
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpOwnVisits *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  keep_visits (self, bundle);
  self->known = *(RcpTimeRange *)g_task_get_task_data (task);
  g_task_return_boolean (task, TRUE);
}

/**
 * rcp_own_visits_read_async:
 * @self: own visits
 * @range: the time that is searched for openings
 * @cancellable: (nullable): to stop
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Reads the visits that touch @range from the record; what was read before is not asked for again.
 */
void
rcp_own_visits_read_async (RcpOwnVisits *self,
                           RcpTimeRange range,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (FhirSearch) search = NULL;

  g_return_if_fail (RCP_IS_OWN_VISITS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_own_visits_read_async);
  if (range.start >= range.end
      || (self->known.start < self->known.end && rcp_time_range_contains (self->known, range)))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->known.start < self->known.end)
    range = (RcpTimeRange){ MIN (range.start, self->known.start), MAX (range.end, self->known.end) };
  g_task_set_task_data (task, g_memdup2 (&range, sizeof range), g_free);
  search = rcp_own_visits_make_search (self->actors, range);
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (self->client, search, 0, cancellable, on_visits_read_cb, g_object_ref (task));
}

/**
 * rcp_own_visits_read_finish:
 * @self: own visits
 * @result: what the callback got
 * @error: a FhirError
 *
 * Returns: whether they are known now
 */
gboolean
rcp_own_visits_read_finish (RcpOwnVisits *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GArray *
rcp_own_visits_get_ranges (RcpOwnVisits *self)
{
  g_return_val_if_fail (RCP_IS_OWN_VISITS (self), NULL);

  return self->ranges;
}

RcpVisit *
rcp_own_visits_find (RcpOwnVisits *self, RcpTimeRange range)
{
  g_return_val_if_fail (RCP_IS_OWN_VISITS (self), NULL);

  for (guint i = 0; i < self->visits->len; i++)
    if (rcp_time_range_overlaps (rcp_visit_get_range (self->visits->pdata[i]), range))
      return self->visits->pdata[i];
  return NULL;
}

gboolean
rcp_own_visits_has (RcpOwnVisits *self, const char *patient_id, const char *except_id, RcpTimeRange range)
{
  g_return_val_if_fail (RCP_IS_OWN_VISITS (self), FALSE);

  for (guint i = 0; i < self->visits->len; i++)
    {
      RcpVisit *visit = self->visits->pdata[i];
      g_auto (GStrv) patients = NULL;

      if (!rcp_time_range_overlaps (rcp_visit_get_range (visit), range)
          || g_strcmp0 (rcp_visit_get_id (visit), except_id) == 0)
        continue;
      patients = rcp_visit_dup_patient_ids (visit);
      if (g_strv_contains ((const char *const *)patients, patient_id))
        return TRUE;
    }
  return FALSE;
}

char *
rcp_own_visits_describe (RcpVisit *visit, RcpProvider *provider, GTimeZone *zone)
{
  g_autofree char *start = rcp_when_text_day_and_clock (rcp_visit_get_range (visit).start, zone);
  const char *patient = rcp_visit_get_patient_name (visit);

  if (provider == NULL)
    /* Translators: the name of a patient; a day and time */
    return g_strdup_printf (_ ("%s already has a visit at that time (%s)"), patient, start);
  /* Translators: the name of a patient; the name of a provider; a day and time */
  return g_strdup_printf (_ ("%s already has a visit with %s at that time (%s)"), patient,
                          rcp_provider_get_name (provider), start);
}
