/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-export"

#include "rcp-visit-export.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"
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
  gboolean says_when;
  char *realm;
  GStrv ids; /* of the visits in it */
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
  g_strfreev (export->ids);
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

static GStrv
list_ids (GPtrArray *visits)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < visits->len; i++)
    g_strv_builder_add (builder, ((const RcpMirrorVisit *) visits->pdata[i])->id);
  return g_strv_builder_end (builder);
}

/* A file goes on being read when nobody keeps it fresh any more: it says itself how old it is. */
static char *
write_calendar (const Export *export, GPtrArray *visits)
{
  gint64 now = rcp_clock_get_now (export->clock);
  g_autoptr (GTimeZone) zone = export->zone != NULL ? g_time_zone_new_identifier (export->zone) : NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *when = NULL, *text = NULL;

  if (export->says_when)
    {
      when = rcp_when_text_day_and_clock (now, zone != NULL ? zone : utc);
      /* Translators: the description of a calendar that Reception keeps fresh, as other programs show it: a day and a time. */
      text = g_strdup_printf (_("Visits as of %s. Reception keeps them up to date while it runs."), when);
    }
  return rcp_visit_calendar_write (visits, export->realm, export->title, text, now);
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
  export->ids = list_ids (visits);
  g_task_return_pointer (task, write_calendar (export, visits), g_free);
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
  export->says_when = what->says_when;
  g_task_set_task_data (task, export, export_free);
  rcp_mirror_realm_find_async (client, cancellable, on_realm_found_cb, g_object_ref (task));
}

/**
 * rcp_visit_export_finish:
 * @result: what the callback got
 * @ids: (out) (optional) (transfer full): of the visits that it holds; %NULL with an error
 * @error: a FhirError
 *
 * Returns: (transfer full): the text of an .ics file
 */
char *
rcp_visit_export_finish (GAsyncResult *result, GStrv *ids, GError **error)
{
  char *text;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  text = g_task_propagate_pointer (G_TASK (result), error);
  if (ids != NULL)
    *ids = text != NULL ? g_strdupv (((Export *) g_task_get_task_data (G_TASK (result)))->ids) : NULL;
  return text;
}
