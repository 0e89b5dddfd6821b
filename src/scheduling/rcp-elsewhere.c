/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-elsewhere"

#include "rcp-visit-change.h"

#include <glib/gi18n.h>

/* A visit that is longer than this and began before is not looked for. */
#define LONGEST_VISIT (12 * G_TIME_SPAN_HOUR)

/* Slots keep two visits out of one column. They do not keep a patient out of two columns, nor a provider out of two
 * schedules, nor do they know of visits that another program wrote without a slot. */
typedef struct
{
  RcpOffer *offer;
  RcpDeed deed;
  char *patient_id;
  char *visit_id;
} Elsewhere;

static void
elsewhere_free (Elsewhere *self)
{
  g_clear_object (&self->offer);
  g_free (self->patient_id);
  g_free (self->visit_id);
  g_free (self);
}

static gboolean
is_in_the_way (Elsewhere *self, RcpVisit *visit)
{
  return g_strcmp0 (rcp_visit_get_id (visit), self->visit_id) != 0
         && rcp_visit_status_takes_time (rcp_visit_get_status (visit))
         && rcp_time_range_overlaps (rcp_visit_get_range (visit), rcp_offer_get_range (self->offer));
}

static RcpVisit *
pick_visit (Elsewhere *self, FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], bundle);

      if (is_in_the_way (self, visit))
        return g_steal_pointer (&visit);
    }
  return NULL;
}

static GError *
make_error (Elsewhere *self, RcpVisit *visit)
{
  GTimeZone *zone = rcp_provider_get_zone (rcp_offer_get_provider (self->offer));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (rcp_visit_get_range (visit).start / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  /* Translators: day and time of a visit, see strftime */
  g_autofree char *start = g_date_time_format (local, _ ("%a %-e %b, %H:%M"));
  g_autofree char *what = NULL;

  if (self->patient_id != NULL && g_strcmp0 (rcp_visit_get_patient_id (visit), self->patient_id) == 0)
    /* Translators: a day and time */
    what = g_strdup_printf (_ ("The patient has another visit at that time (%s)."), start);
  else
    /* Translators: the name of a provider; a day and time */
    what = g_strdup_printf (_ ("%s has another visit at that time (%s)."),
                            rcp_provider_get_name (rcp_offer_get_provider (self->offer)), start);
  return rcp_scheduling_error_new_because (RCP_SCHEDULING_ERROR_TAKEN, self->deed, what, "overlapping Appointment");
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Elsewhere *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (RcpVisit) visit = bundle != NULL ? pick_visit (self, bundle) : NULL;

  if (bundle == NULL)
    g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->deed));
  else if (visit != NULL)
    g_task_return_error (task, make_error (self, visit));
  else
    g_task_return_boolean (task, TRUE);
}

void
rcp_elsewhere_check_async (FhirClient *client,
                           RcpOffer *offer,
                           RcpDeed deed,
                           const char *patient_id,
                           const char *visit_id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  const char *practitioner_id = rcp_provider_get_practitioner_id (rcp_offer_get_provider (offer));
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autoptr (GString) actors = g_string_new (NULL);
  RcpTimeRange range = rcp_offer_get_range (offer);
  Elsewhere *self = g_new0 (Elsewhere, 1);

  g_task_set_source_tag (task, rcp_elsewhere_check_async);
  g_task_set_task_data (task, self, (GDestroyNotify)elsewhere_free);
  self->offer = g_object_ref (offer);
  self->deed = deed;
  self->patient_id = g_strdup (patient_id);
  self->visit_id = g_strdup (visit_id);
  if (patient_id != NULL)
    g_string_append_printf (actors, "Patient/%s", patient_id);
  if (practitioner_id != NULL)
    g_string_append_printf (actors, "%sPractitioner/%s", actors->len > 0 ? "," : "", practitioner_id);
  if (actors->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  fhir_search_add (search, "actor", actors->str);
  fhir_search_add_instant (search, "date", "gt", range.start - LONGEST_VISIT);
  fhir_search_add_instant (search, "date", "lt", range.end);
  fhir_client_search_all_async (client, search, 0, cancellable, on_visits_read_cb, g_object_ref (task));
}

gboolean
rcp_elsewhere_check_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_elsewhere_check_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
