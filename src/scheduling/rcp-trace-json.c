/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-json"

#include "rcp-visit-json.h"

#include "clinic/rcp-codes.h"

/* What goes along with a change of a visit: word to the patient, and the trace of who did it. */

#define SYSTEM_CATEGORY "http://terminology.hl7.org/CodeSystem/communication-category"
#define SYSTEM_OPERATION "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
#define REMINDER_LEAD (24 * G_TIME_SPAN_HOUR)

JsonObject *
rcp_notice_json_new (
    RcpNotice notice, const char *patient_id, const char *about, const char *booking_id, gint64 now, gint64 occurs)
{
  JsonObject *request = json_object_new ();
  g_autofree char *patient = g_strconcat ("Patient/", patient_id, NULL);
  const char *category = notice == RCP_NOTICE_REMINDER ? "reminder" : "notification";

  json_object_set_string_member (request, "resourceType", "CommunicationRequest");
  if (booking_id != NULL)
    json_object_set_array_member (request, "identifier",
                                  rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_BOOKING, booking_id)));
  json_object_set_string_member (request, "status", "active");
  json_object_set_array_member (request, "category",
                                rcp_json_array_of (rcp_json_concept (SYSTEM_CATEGORY, category, NULL)));
  json_object_set_object_member (request, "subject", rcp_json_reference (patient, NULL));
  json_object_set_array_member (request, "about", rcp_json_array_of (rcp_json_reference (about, NULL)));
  json_object_set_array_member (request, "recipient", rcp_json_array_of (rcp_json_reference (patient, NULL)));
  rcp_json_set_instant (request, "occurrenceDateTime", occurs);
  rcp_json_set_instant (request, "authoredOn", now);
  return request;
}

gint64
rcp_notice_get_reminder_time (gint64 start, gint64 now)
{
  return start - REMINDER_LEAD > now ? start - REMINDER_LEAD : 0;
}

static JsonObject *
make_activity (const RcpTrace *trace)
{
  JsonObject *activity = rcp_json_concept (SYSTEM_OPERATION, trace->operation, NULL);

  if (trace->code != NULL)
    json_array_add_object_element (json_object_get_array_member (activity, "coding"),
                                   rcp_json_coding (RCP_SYSTEM_DEED, trace->code, NULL));
  return activity;
}

static void
add_code_extension (JsonObject *provenance, const char *url, const char *code)
{
  JsonObject *extension = json_object_new ();

  if (!json_object_has_member (provenance, "extension"))
    json_object_set_array_member (provenance, "extension", json_array_new ());
  json_object_set_string_member (extension, "url", url);
  json_object_set_string_member (extension, "valueCode", code);
  json_array_add_object_element (json_object_get_array_member (provenance, "extension"), extension);
}

static JsonObject *
new_part (const char *url, const char *member, const char *value)
{
  JsonObject *part = json_object_new ();

  json_object_set_string_member (part, "url", url);
  json_object_set_string_member (part, member, value);
  return part;
}

void
rcp_provenance_json_add_person (JsonObject *provenance, const char *patient_id, const char *old_status, const char *new_status)
{
  g_autofree char *reference = g_strconcat ("Patient/", patient_id, NULL);
  JsonObject *extension = json_object_new (), *who = json_object_new ();
  JsonArray *parts;

  json_object_set_string_member (who, "url", "who");
  json_object_set_object_member (who, "valueReference", rcp_json_reference (reference, NULL));
  parts = rcp_json_array_of (who);
  json_array_add_object_element (parts, new_part ("old", "valueCode", old_status));
  json_array_add_object_element (parts, new_part ("new", "valueCode", new_status));
  json_object_set_string_member (extension, "url", RCP_EXTENSION_PERSON);
  json_object_set_array_member (extension, "extension", parts);
  if (!json_object_has_member (provenance, "extension"))
    json_object_set_array_member (provenance, "extension", json_array_new ());
  json_array_add_object_element (json_object_get_array_member (provenance, "extension"), extension);
}

JsonObject *
rcp_provenance_json_new (const RcpTrace *trace)
{
  JsonObject *provenance = json_object_new ();
  JsonObject *agent = json_object_new ();
  const char *desk = trace->desk != NULL && *trace->desk != '\0' ? trace->desk : "Front desk";

  json_object_set_object_member (agent, "who", rcp_json_reference (NULL, desk));
  json_object_set_string_member (provenance, "resourceType", "Provenance");
  json_object_set_array_member (provenance, "target", rcp_json_array_of (rcp_json_reference (trace->target, NULL)));
  rcp_json_set_instant (provenance, "recorded", trace->now);
  json_object_set_object_member (provenance, "activity", make_activity (trace));
  json_object_set_array_member (provenance, "agent", rcp_json_array_of (agent));
  if (trace->reason != NULL && *trace->reason != '\0')
    {
      JsonObject *reason = json_object_new ();

      json_object_set_string_member (reason, "text", trace->reason);
      json_object_set_array_member (provenance, "reason", rcp_json_array_of (reason));
    }
  if (trace->old_status != NULL)
    add_code_extension (provenance, RCP_EXTENSION_OLD_STATUS, trace->old_status);
  if (trace->new_status != NULL)
    add_code_extension (provenance, RCP_EXTENSION_NEW_STATUS, trace->new_status);
  return provenance;
}
