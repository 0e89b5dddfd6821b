/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

/* What is written of an authorization: FHIR R4, Task. */

#include "rcp-prior-auth.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"

static JsonObject *
make_one (const char *member, const char *value)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, member, value);
  return object;
}

static JsonObject *
make_pair (const char *member, const char *value, const char *other, const char *other_value)
{
  JsonObject *pair = make_one (member, value);

  json_object_set_string_member (pair, other, other_value);
  return pair;
}

static JsonArray *
make_list (JsonObject *only)
{
  JsonArray *list = json_array_new ();

  json_array_add_object_element (list, only);
  return list;
}

static JsonObject *
make_concept (const char *code)
{
  JsonObject *concept = json_object_new ();

  json_object_set_array_member (concept, "coding", make_list (make_pair ("system", RCP_SYSTEM_PRIOR_AUTH, "code", code)));
  return concept;
}

static JsonObject *
make_reference (const char *type, const char *id)
{
  g_autofree char *reference = g_strconcat (type, "/", id, NULL);

  return make_one ("reference", reference);
}

static void
set_due (JsonObject *task, const GDate *due)
{
  JsonObject *restriction = json_object_new ();
  char text[11];

  g_date_strftime (text, sizeof text, "%Y-%m-%d", due);
  json_object_set_object_member (restriction, "period", make_one ("end", text));
  json_object_set_object_member (task, "restriction", restriction);
}

/* FHIR R4, Task, inv-1: no Task is changed before it was authored, which another desk with another clock may have done. */
static void
set_modified (JsonObject *task, gint64 now)
{
  const char *text = fhir_json_get_string (task, "authoredOn");
  g_autofree char *modified = NULL;
  gint64 authored;

  if (text && rcp_iso8601_parse_instant (text, &authored))
    now = MAX (now, authored);
  modified = rcp_iso8601_format_utc (now);
  json_object_set_string_member (task, "lastModified", modified);
}

/* One visit and one insurance are one piece of work. */
static char *
make_name (RcpVisit *visit, RcpCoverage *coverage)
{
  return g_strconcat (rcp_visit_get_id (visit), "/", rcp_coverage_get_id (coverage), NULL);
}

static JsonObject *
make_insurance (RcpCoverage *coverage)
{
  JsonObject *insurance = make_reference ("Coverage", rcp_coverage_get_id (coverage));
  g_autofree char *payer = rcp_coverage_dup_payer_name (coverage);

  if (payer)
    json_object_set_string_member (insurance, "display", payer);
  return insurance;
}

/**
 * rcp_prior_auth_compose:
 * @coverage: whose payer wants to authorize @visit
 * @due: the day on which it must be there
 * @desk: (nullable): the name of the desk
 *
 * Returns: (transfer full): the Task, of the patient nothing but by reference
 */
JsonObject *
rcp_prior_auth_compose (RcpVisit *visit, RcpCoverage *coverage, const GDate *due, const char *desk, gint64 now)
{
  JsonObject *task = make_one ("resourceType", "Task"), *reason = make_concept ("required-by-payer");
  g_autofree char *name = make_name (visit, coverage), *authored = rcp_iso8601_format_utc (now);

  json_object_set_string_member (reason, "text", "The payer requires an authorization before the visit");
  json_object_set_array_member (task, "identifier", make_list (make_pair ("system", RCP_SYSTEM_PRIOR_AUTH, "value", name)));
  json_object_set_string_member (task, "status", "requested");
  json_object_set_string_member (task, "intent", "order");
  json_object_set_object_member (task, "code", make_concept ("authorize"));
  json_object_set_object_member (task, "focus", make_reference ("Appointment", rcp_visit_get_id (visit)));
  json_object_set_object_member (task, "for", make_reference ("Patient", rcp_visit_get_patient_id (visit)));
  json_object_set_object_member (task, "reasonCode", reason);
  json_object_set_array_member (task, "insurance", make_list (make_insurance (coverage)));
  json_object_set_string_member (task, "authoredOn", authored);
  if (desk && *desk != '\0')
    json_object_set_object_member (task, "owner", make_one ("display", desk));
  set_due (task, due);
  set_modified (task, now);
  return task;
}

char *
rcp_prior_auth_dup_condition (JsonObject *task)
{
  return g_strconcat ("identifier=" RCP_SYSTEM_PRIOR_AUTH "|", fhir_json_get_identifier (task, RCP_SYSTEM_PRIOR_AUTH), NULL);
}

static JsonObject *
make_changed (FhirResource *task, const char *status, const char *business, gint64 now)
{
  JsonObject *json = fhir_resource_dup_json (task);

  json_object_set_string_member (json, "status", status);
  if (business)
    json_object_set_object_member (json, "businessStatus", make_concept (business));
  else
    json_object_remove_member (json, "businessStatus");
  set_modified (json, now);
  return json;
}

/* Wanted by @due, once more or still. */
JsonObject *
rcp_prior_auth_compose_open (FhirResource *task, const GDate *due, gint64 now)
{
  JsonObject *json = make_changed (task, "requested", NULL, now);

  json_object_remove_member (json, "output");
  set_due (json, due);
  return json;
}

JsonObject *
rcp_prior_auth_compose_over (FhirResource *task, const char *why, gint64 now)
{
  return make_changed (task, "cancelled", why, now);
}

JsonObject *
rcp_prior_auth_compose_received (FhirResource *task, const char *number, gint64 now)
{
  JsonObject *json = make_changed (task, "completed", "received", now), *output = json_object_new ();

  json_object_set_object_member (output, "type", make_concept ("number"));
  json_object_set_string_member (output, "valueString", number);
  json_object_set_array_member (json, "output", make_list (output));
  return json;
}
