/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-fhir-payer.h"

#include <string.h>

#include "clinic/rcp-codes.h"
#include "fhir/fhir-json.h"
#include "insurance/rcp-eligibility-json.h"

#define PATIENT "#patient"
#define COVERAGE "#coverage"

static JsonObject *
make_reference (const char *reference)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "reference", reference);
  return object;
}

/* A payer needs to know who it is, and not more. */
static JsonObject *
make_patient (RcpPatient *patient)
{
  static const char *const members[] = { "name", "birthDate", "gender" };
  g_autoptr (JsonObject) whole = fhir_resource_dup_json (rcp_patient_get_resource (patient));
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "resourceType", "Patient");
  json_object_set_string_member (json, "id", PATIENT + 1);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (whole, members[i]))
      json_object_set_member (json, members[i], json_object_dup_member (whole, members[i]));
  return json;
}

/* Contained resources contain none: the subscriber moves out, beside the Coverage. */
static void
move_subscriber (JsonObject *coverage, JsonArray *contained)
{
  JsonArray *people = fhir_json_get_array (coverage, "contained");

  for (guint i = 0; people && i < json_array_get_length (people); i++)
    {
      JsonNode *node = json_array_get_element (people, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          JsonObject *person = fhir_json_dup_object (json_node_get_object (node));

          json_object_set_object_member (person, "patient", make_reference (PATIENT));
          json_array_add_object_element (contained, person);
        }
    }
  json_object_remove_member (coverage, "contained");
}

static JsonObject *
make_insurer (RcpCoverage *coverage)
{
  const char *number = rcp_coverage_get (coverage, RCP_COVERAGE_PAYER_ID);
  g_autofree char *name = rcp_coverage_dup_payer_name (coverage);
  JsonObject *insurer = json_object_new ();

  if (*number != '\0')
    {
      JsonObject *identifier = json_object_new ();

      json_object_set_string_member (identifier, "system", RCP_SYSTEM_PAYER);
      json_object_set_string_member (identifier, "value", number);
      json_object_set_object_member (insurer, "identifier", identifier);
    }
  json_object_set_string_member (insurer, "display", name);
  return insurer;
}

/* References into the clinic's own record mean nothing to a payer. */
static JsonObject *
make_coverage (RcpCoverage *coverage, JsonArray *contained)
{
  JsonObject *json = fhir_resource_dup_json (rcp_coverage_get_resource (coverage));
  JsonArray *payors = json_array_new ();
  const char *subscriber = fhir_json_get_string (json, "subscriber.reference");

  move_subscriber (json, contained);
  json_object_remove_member (json, "meta");
  json_object_remove_member (json, "policyHolder");
  json_object_remove_member (json, "contract");
  if (subscriber && *subscriber != '#')
    json_object_remove_member (json, "subscriber");
  json_object_set_string_member (json, "id", COVERAGE + 1);
  json_object_set_object_member (json, "beneficiary", make_reference (PATIENT));
  json_array_add_object_element (payors, make_insurer (coverage));
  json_object_set_array_member (json, "payor", payors);
  return json;
}

/**
 * rcp_fhir_payer_compose:
 * @now: the time, in microseconds UTC
 *
 * Returns: (transfer full): the CoverageEligibilityRequest as it goes to a payer: it holds all that it refers to
 */
JsonObject *
rcp_fhir_payer_compose (const RcpEligibilityQuestion *question, gint64 now)
{
  g_autoptr (RcpEligibilityAnswer) frame = rcp_eligibility_question_make_answer ((RcpEligibilityQuestion *) question, now);
  JsonObject *json = rcp_eligibility_request_to_json (frame, question->coverage);
  JsonArray *contained = json_array_new ();
  JsonObject *insurance = fhir_json_get_object (json, "insurance.0");

  json_array_add_object_element (contained, make_patient (question->patient));
  json_array_add_object_element (contained, make_coverage (question->coverage, contained));
  json_object_set_array_member (json, "contained", contained);
  json_object_set_object_member (json, "patient", make_reference (PATIENT));
  json_object_set_object_member (json, "insurer", make_insurer (question->coverage));
  json_object_set_boolean_member (insurance, "focal", TRUE);
  json_object_set_object_member (insurance, "coverage", make_reference (COVERAGE));
  return json;
}
