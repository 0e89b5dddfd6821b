/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-patient-fit"

#include "rcp-patient-fit.h"

#include <glib/gi18n.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

#define KNOWN_ONLY "existptonly"
#define KNOWN_YEARS 3

typedef struct
{
  gint64 youngest; /* -1: no limit */
  gint64 oldest;
  gboolean known_only;
} Limits;

static Limits
read_limits (RcpProvider *provider)
{
  FhirResource *role = rcp_provider_get_role (provider);
  JsonObject *json = role != NULL ? fhir_resource_get_json (role) : NULL;
  JsonObject *ages = fhir_json_get_object (fhir_json_get_extension (json, RCP_EXTENSION_AGES), "valueRange");
  JsonObject *accepts
      = fhir_json_get_extension (fhir_json_get_extension (json, RCP_EXTENSION_NEW_PATIENTS), "acceptingPatients");
  const char *code
      = rcp_elements_get_code (fhir_json_get_object (accepts, "valueCodeableConcept"), RCP_SYSTEM_NEW_PATIENTS);

  return (Limits){ .youngest = fhir_json_get_int (ages, "low.value", -1),
                   .oldest = fhir_json_get_int (ages, "high.value", -1),
                   .known_only = g_strcmp0 (code, KNOWN_ONLY) == 0 };
}

guint
rcp_patient_fit_check (
    RcpPatient *patient, RcpProvider *provider, RcpVisitType *visit_type, RcpKnown known, const GDate *day)
{
  Limits limits;
  int age;
  guint misfits = 0;

  g_return_val_if_fail (RCP_IS_PATIENT (patient), 0);
  g_return_val_if_fail (RCP_IS_PROVIDER (provider), 0);

  limits = read_limits (provider);
  age = rcp_patient_get_age (patient, day);
  if (age >= 0 && limits.youngest >= 0 && age < limits.youngest)
    misfits |= RCP_MISFIT_TOO_YOUNG;
  if (age >= 0 && limits.oldest >= 0 && age > limits.oldest)
    misfits |= RCP_MISFIT_TOO_OLD;
  if (known == RCP_KNOWN_NO && limits.known_only)
    misfits |= RCP_MISFIT_NEW;
  if (known == RCP_KNOWN_YES && visit_type != NULL && rcp_visit_type_is_for_new_patients (visit_type))
    misfits |= RCP_MISFIT_KNOWN;
  return misfits;
}

static void
append_line (GString *text, char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  g_free (line);
}

char *
rcp_patient_fit_describe (
    guint misfits, RcpPatient *patient, RcpProvider *provider, RcpVisitType *visit_type, const GDate *day)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Limits limits = read_limits (provider);
  const char *name = rcp_patient_get_name (patient);
  const char *provider_name = rcp_provider_get_name (provider);
  int age = rcp_patient_get_age (patient, day);

  if (misfits == 0)
    return NULL;
  if (misfits & RCP_MISFIT_TOO_YOUNG)
    /* Translators: a provider; an age in years; a patient; an age in years */
    append_line (text, g_strdup_printf (_ ("%s sees patients from %d years on; %s is %d."), provider_name,
                                        (int)limits.youngest, name, age));
  if (misfits & RCP_MISFIT_TOO_OLD)
    /* Translators: a provider; an age in years; a patient; an age in years */
    append_line (text, g_strdup_printf (_ ("%s sees patients up to %d years; %s is %d."), provider_name,
                                        (int)limits.oldest, name, age));
  if (misfits & RCP_MISFIT_NEW)
    /* Translators: a provider; a patient */
    append_line (text, g_strdup_printf (_ ("%s takes no new patients, and %s was not seen here in the last three years."),
                                        provider_name, name));
  if (misfits & RCP_MISFIT_KNOWN)
    /* Translators: a kind of visit; a patient */
    append_line (text, g_strdup_printf (_ ("“%s” is for new patients, and %s was seen here in the last three years."),
                                        rcp_visit_type_get_name (visit_type), name));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);

  if (bundle == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, fhir_bundle_get_matches (bundle)->len > 0 ? RCP_KNOWN_YES : RCP_KNOWN_NO);
}

void
rcp_patient_known_async (FhirClient *client,
                         const char *patient_id,
                         gint64 now,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (FhirSearch) search = NULL;
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) since = g_date_time_add_years (today, -KNOWN_YEARS);

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (patient_id != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_patient_known_async);
  search = fhir_search_new ("Appointment");
  fhir_search_add (search, "patient", patient_id);
  fhir_search_add (search, "status", "fulfilled,arrived,checked-in");
  fhir_search_add_instant (search, "date", "ge", g_date_time_to_unix (since) * G_USEC_PER_SEC);
  fhir_search_add_instant (search, "date", "le", now);
  fhir_search_add (search, "_count", "1");
  fhir_search_add (search, "_elements", "id,status");
  fhir_client_search_async (client, search, cancellable, on_visits_read_cb, g_object_ref (task));
}

RcpKnown
rcp_patient_known_finish (GAsyncResult *result, GError **error)
{
  gssize known;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_patient_known_async), RCP_KNOWN_UNSURE);

  known = g_task_propagate_int (G_TASK (result), error);
  return known < 0 ? RCP_KNOWN_UNSURE : (RcpKnown)known;
}
