/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-refit-tasks"

#include "rcp-refit-private.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

#define CODE "refit"

char *
rcp_refit_task_name (RcpVisit *visit)
{
  g_autofree char *start = rcp_iso8601_format_utc (rcp_visit_get_range (visit).start);

  return g_strconcat (rcp_visit_get_id (visit), "/", start, NULL);
}

/* Of one visit at one time with one provider: with another one at the same time it is out of it. */
void
rcp_refit_task_set_visit (JsonObject *task, RcpVisit *visit)
{
  const char *person = rcp_visit_get_practitioner_id (visit);
  g_autofree char *reference = person != NULL ? g_strconcat ("Practitioner/", person, NULL) : NULL;

  if (reference != NULL)
    json_object_set_object_member (task, "reasonReference", rcp_json_reference (reference, NULL));
  else
    json_object_remove_member (task, "reasonReference");
}

gboolean
rcp_refit_task_is_about (FhirResource *task, RcpVisit *visit)
{
  const char *reference = fhir_json_get_string (fhir_resource_get_json (task), "reasonReference.reference");
  g_autofree char *person = fhir_reference_dup_id (reference, "Practitioner");

  return person == NULL || g_strcmp0 (person, rcp_visit_get_practitioner_id (visit)) == 0;
}

JsonObject *
rcp_refit_task_new (RcpVisit *visit, const char *fault, gint64 now)
{
  JsonObject *task = json_object_new ();
  g_autofree char *name = rcp_refit_task_name (visit);
  g_autofree char *focus = g_strconcat ("Appointment/", rcp_visit_get_id (visit), NULL);

  json_object_set_string_member (task, "resourceType", "Task");
  json_object_set_array_member (task, "identifier", rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_REFIT, name)));
  json_object_set_string_member (task, "status", "requested");
  json_object_set_string_member (task, "intent", "order");
  json_object_set_object_member (task, "code", rcp_json_concept (RCP_SYSTEM_REFIT, CODE, NULL));
  rcp_refit_task_set_fault (task, fault);
  json_object_set_object_member (task, "focus", rcp_json_reference (focus, NULL));
  rcp_refit_task_set_visit (task, visit);
  if (rcp_visit_get_patient_id (visit) != NULL)
    {
      g_autofree char *patient = g_strconcat ("Patient/", rcp_visit_get_patient_id (visit), NULL);

      json_object_set_object_member (task, "for", rcp_json_reference (patient, NULL));
    }
  rcp_json_set_instant (task, "authoredOn", now);
  rcp_json_set_instant (task, "lastModified", now);
  return task;
}

char *
rcp_refit_task_condition (JsonObject *task)
{
  return g_strdup_printf ("identifier=%s|%s", RCP_SYSTEM_REFIT, fhir_json_get_identifier (task, RCP_SYSTEM_REFIT));
}

/* FHIR R4, Task, inv-1: no Task is changed before it was authored, which another desk with another clock may have done. */
JsonObject *
rcp_refit_task_set_done (FhirResource *task, const char *done, gint64 now)
{
  JsonObject *json = fhir_resource_dup_json (task);
  const char *text = fhir_json_get_string (json, "authoredOn");
  gint64 authored;

  json_object_set_string_member (json, "status", done != NULL ? "completed" : "requested");
  if (done != NULL)
    json_object_set_object_member (json, "businessStatus", rcp_json_concept (RCP_SYSTEM_REFIT, done, NULL));
  else
    json_object_remove_member (json, "businessStatus");
  if (text != NULL && rcp_iso8601_parse_instant (text, &authored))
    now = MAX (now, authored);
  rcp_json_set_instant (json, "lastModified", now);
  return json;
}

void
rcp_refit_task_set_fault (JsonObject *task, const char *fault)
{
  json_object_set_object_member (task, "reasonCode", rcp_json_concept (RCP_SYSTEM_REFIT, fault, NULL));
}

gboolean
rcp_refit_task_is_blocked (FhirResource *task)
{
  JsonObject *reason = fhir_json_get_object (fhir_resource_get_json (task), "reasonCode");

  return g_strcmp0 (rcp_elements_get_code (reason, RCP_SYSTEM_REFIT), RCP_REFIT_BLOCKED) == 0;
}

FhirSearch *
rcp_refit_task_make_search (GPtrArray *visits, guint first, guint n_visits)
{
  g_autoptr (GString) names = g_string_new (NULL);
  FhirSearch *search = fhir_search_new ("Task");

  for (guint i = first; i < first + n_visits; i++)
    {
      g_autofree char *name = rcp_refit_task_name (visits->pdata[i]);

      g_string_append_printf (names, "%s%s|%s", names->len > 0 ? "," : "", RCP_SYSTEM_REFIT, name);
    }
  fhir_search_add (search, "identifier", names->str);
  fhir_search_add (search, "_count", "200");
  return search;
}

FhirResource *
rcp_refit_task_find (FhirBundle *tasks, RcpVisit *visit)
{
  g_autofree char *name = rcp_refit_task_name (visit);
  GPtrArray *matches = fhir_bundle_get_matches (tasks);

  for (guint i = 0; i < matches->len; i++)
    if (g_strcmp0 (fhir_json_get_identifier (fhir_resource_get_json (matches->pdata[i]), RCP_SYSTEM_REFIT), name) == 0)
      return matches->pdata[i];
  return NULL;
}

gboolean
rcp_refit_task_is_open (FhirResource *task)
{
  return g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (task), "status"), "requested") == 0;
}

static gboolean
is_done_as (FhirResource *task, const char *done)
{
  JsonObject *status = fhir_json_get_object (fhir_resource_get_json (task), "businessStatus");

  return g_strcmp0 (rcp_elements_get_code (status, RCP_SYSTEM_REFIT), done) == 0;
}

gboolean
rcp_refit_task_is_kept (FhirResource *task)
{
  return is_done_as (task, "kept");
}

gboolean
rcp_refit_task_is_settled (FhirResource *task)
{
  return is_done_as (task, "settled");
}
