/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-export"

#include "rcp-visit-export.h"

#include "calendars/rcp-visit-calendar.h"
#include "rcp-mirror-words.h"
#include "scheduling/rcp-mirror-realm.h"

typedef struct
{
  FhirClient *client;
  RcpClock *clock;
  char *person;
  RcpTimeRange range;
  RcpMirrorPrivacy privacy;
  char *zone;
  char *place;
  char *title;
  char *realm;
  guint n_visits;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->client);
  g_object_unref (export->clock);
  g_free (export->person);
  g_free (export->zone);
  g_free (export->place);
  g_free (export->title);
  g_free (export->realm);
  g_free (export);
}

/* (transfer full) (element-type RcpMirrorVisit): what is on. */
static GPtrArray *
take_visits (Export *export, FhirBundle *bundle)
{
  GPtrArray *visits = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_mirror_visit_free);
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], bundle);
      RcpMirrorVisit *mirrored
          = rcp_visit_get_id (visit) != NULL ? rcp_mirror_words_for (visit, export->person, export->privacy, export->zone, export->place) : NULL;

      if (mirrored != NULL && mirrored->state < RCP_MIRROR_CANCELLED)
        g_ptr_array_add (visits, mirrored);
      else
        g_clear_pointer (&mirrored, rcp_mirror_visit_free);
    }
  return visits;
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (GPtrArray) visits = NULL;

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  visits = take_visits (export, bundle);
  export->n_visits = visits->len;
  g_task_return_pointer (task, rcp_visit_calendar_write (visits, export->realm, export->title, rcp_clock_get_now (export->clock)), g_free);
}

static void
on_realm_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = NULL;
  GError *error = NULL;

  export->realm = rcp_mirror_realm_find_finish (result, &error);
  if (export->realm == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  search = fhir_search_new ("Appointment");
  fhir_search_add_printf (search, "actor", "Practitioner/%s", export->person);
  fhir_search_add_instant (search, "date", "ge", export->range.start);
  fhir_search_add_instant (search, "date", "lt", export->range.end);
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (export->client, search, 0, g_task_get_cancellable (task), on_visits_read_cb, g_object_ref (task));
}

/**
 * rcp_visit_export_async:
 * @client: the record
 * @clock: what time it is
 * @what: which visits; copied
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Reads the visits of one provider and writes them as a calendar, in memory: the text is of patients, unless it says only that there are
 * visits.
 */
void
rcp_visit_export_async (FhirClient *client, RcpClock *clock, const RcpVisitExport *what, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Export *export;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (what != NULL && what->person != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_visit_export_async);
  export = g_new0 (Export, 1);
  export->client = g_object_ref (client);
  export->clock = g_object_ref (clock);
  export->person = g_strdup (what->person);
  export->range = what->range;
  export->privacy = what->privacy;
  export->zone = g_strdup (what->zone);
  export->place = g_strdup (what->place);
  export->title = g_strdup (what->title);
  g_task_set_task_data (task, export, export_free);
  rcp_mirror_realm_find_async (client, cancellable, on_realm_found_cb, g_object_ref (task));
}

/**
 * rcp_visit_export_finish:
 * @result: what the callback got
 * @n_visits: (out) (optional): how many visits it holds
 * @error: a FhirError
 *
 * Returns: (transfer full): the text of an .ics file
 */
char *
rcp_visit_export_finish (GAsyncResult *result, guint *n_visits, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (n_visits != NULL)
    *n_visits = ((Export *) g_task_get_task_data (G_TASK (result)))->n_visits;
  return g_task_propagate_pointer (G_TASK (result), error);
}
