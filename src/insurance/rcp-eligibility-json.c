/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-eligibility-json.h"

#include <string.h>

#include "base/rcp-iso8601.h"
#include "base/rcp-time-range.h"
#include "clinic/rcp-codes.h"
#include "fhir/fhir-json.h"
#include "insurance/rcp-benefit-json.h"

/* What DTP01 the plan's own dates have: the first of these that is told is the period of the benefits. */
static const char *const plan_dates[] = { "291", "307", "346", "356", NULL };

static void
add_to_list (JsonObject *object, const char *member, JsonObject *item)
{
  if (!json_object_has_member (object, member))
    json_object_set_array_member (object, member, json_array_new ());
  json_array_add_object_element (json_object_get_array_member (object, member), item);
}

static JsonObject *
make_one (const char *member, const char *value)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, member, value);
  return object;
}

static JsonObject *
make_coding (const char *system, const char *code)
{
  JsonObject *coding = make_one ("system", system);

  json_object_set_string_member (coding, "code", code);
  return coding;
}

static void
add_extension (JsonObject *object, const char *url, const char *member, const char *value)
{
  JsonObject *extension = make_one ("url", url);

  json_object_set_string_member (extension, member, value);
  add_to_list (object, "extension", extension);
}

static char *
format_date (const GDate *date)
{
  char text[11];

  g_date_strftime (text, sizeof text, "%Y-%m-%d", date);
  return g_strdup (text);
}

/* Of a dateTime the day that is written. */
static gboolean
parse_date (const char *text, GDate *date)
{
  g_autofree char *day = g_strndup (text ? text : "", 10);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  RcpIso8601 parsed;

  g_date_clear (date, 1);
  if (!rcp_iso8601_parse (day, &parsed) || parsed.precision != RCP_ISO8601_DAY)
    return FALSE;
  rcp_time_get_day (parsed.start, utc, date);
  return TRUE;
}

/* FHIR wants an insurer; the Coverage has one always, though perhaps only by name. */
static JsonObject *
make_insurer (RcpCoverage *coverage)
{
  JsonObject *payor = fhir_json_get_object (fhir_resource_get_json (rcp_coverage_get_resource (coverage)), "payor.0");
  g_autofree char *name = rcp_coverage_dup_payer_name (coverage);

  return payor ? fhir_json_dup_object (payor) : make_one ("display", name);
}

static JsonObject *
make_frame (const char *type, const RcpEligibilityAnswer *answer, RcpCoverage *coverage)
{
  JsonObject *json = make_one ("resourceType", type), *identifier = make_one ("system", RCP_SYSTEM_TRACE);
  JsonObject *beneficiary = fhir_json_get_object (fhir_resource_get_json (rcp_coverage_get_resource (coverage)), "beneficiary");
  g_autofree char *created = rcp_iso8601_format_utc (answer->at);
  g_autofree char *day = g_date_valid (&answer->service_date) ? format_date (&answer->service_date) : NULL;
  JsonArray *purposes = json_array_new ();

  json_object_set_string_member (identifier, "value", answer->trace);
  add_to_list (json, "identifier", identifier);
  json_object_set_string_member (json, "status", "active");
  json_array_add_string_element (purposes, "benefits");
  json_object_set_array_member (json, "purpose", purposes);
  if (beneficiary)
    json_object_set_object_member (json, "patient", fhir_json_dup_object (beneficiary));
  if (day)
    json_object_set_string_member (json, "servicedDate", day);
  json_object_set_string_member (json, "created", created);
  json_object_set_object_member (json, "insurer", make_insurer (coverage));
  return json;
}

/**
 * rcp_eligibility_request_to_json:
 * @answer: its trace, its time, its service and its day are those of the question
 *
 * Returns: (transfer full): a CoverageEligibilityRequest
 */
JsonObject *
rcp_eligibility_request_to_json (const RcpEligibilityAnswer *answer, RcpCoverage *coverage)
{
  JsonObject *json = make_frame ("CoverageEligibilityRequest", answer, coverage), *insurance = json_object_new ();

  json_object_set_object_member (insurance, "coverage", make_one ("reference", fhir_resource_get_reference (rcp_coverage_get_resource (coverage))));
  add_to_list (json, "insurance", insurance);
  if (answer->service_type)
    {
      JsonObject *item = json_object_new (), *category = json_object_new ();

      add_to_list (category, "coding", make_coding (RCP_SYSTEM_SERVICE_TYPE, answer->service_type));
      json_object_set_object_member (item, "category", category);
      add_to_list (json, "item", item);
    }
  return json;
}

static void
write_period (JsonObject *insurance, GArray *dates)
{
  for (const char *const *qualifier = plan_dates; *qualifier; qualifier++)
    for (guint i = 0; i < dates->len; i++)
      {
        const RcpDatedFact *fact = &g_array_index (dates, RcpDatedFact, i);
        g_autofree char *start = NULL, *end = NULL;
        JsonObject *period;

        if (strcmp (fact->qualifier, *qualifier) != 0)
          continue;
        start = format_date (&fact->start);
        end = format_date (&fact->end);
        period = make_one ("start", start);
        /* One date is when it began; that it ends the same day is not said. */
        if (g_date_compare (&fact->start, &fact->end) < 0)
          json_object_set_string_member (period, "end", end);
        json_object_set_object_member (insurance, "benefitPeriod", period);
        return;
      }
}

static void
write_errors (JsonObject *json, const RcpEligibilityAnswer *answer)
{
  for (guint i = 0; i < answer->rejections->len; i++)
    {
      const RcpRejection *rejection = &g_array_index (answer->rejections, RcpRejection, i);
      JsonObject *error = json_object_new (), *code = json_object_new ();

      if (*rejection->code != '\0')
        add_to_list (code, "coding", make_coding (RCP_SYSTEM_REJECTION, rejection->code));
      if (*rejection->follow_up != '\0')
        add_to_list (code, "coding", make_coding (RCP_SYSTEM_FOLLOW_UP, rejection->follow_up));
      json_object_set_string_member (code, "text", answer->words ? answer->words : rejection->code);
      json_object_set_object_member (error, "code", code);
      add_to_list (json, "error", error);
    }
}

/**
 * rcp_eligibility_answer_to_json:
 * @request: reference to the CoverageEligibilityRequest
 *
 * Without the raw answer: see RCP_EXTENSION_RAW_ANSWER.
 *
 * Returns: (transfer full): a CoverageEligibilityResponse
 */
JsonObject *
rcp_eligibility_answer_to_json (const RcpEligibilityAnswer *answer, RcpCoverage *coverage, const char *request)
{
  JsonObject *json = make_frame ("CoverageEligibilityResponse", answer, coverage), *insurance = json_object_new ();
  JsonArray *items = json_array_new ();
  gboolean is_error = answer->status == RCP_ELIGIBILITY_CANNOT_TELL;

  json_object_set_object_member (json, "request", make_one ("reference", request));
  json_object_set_string_member (json, "outcome", is_error ? "error" : "complete");
  if (answer->words && *answer->words != '\0')
    json_object_set_string_member (json, "disposition", answer->words);
  if (answer->source && *answer->source != '\0')
    add_extension (json, RCP_EXTENSION_SOURCE, "valueString", answer->source);
  if (answer->service_type)
    add_extension (json, RCP_EXTENSION_SERVICE_TYPE, "valueCode", answer->service_type);
  json_object_set_object_member (insurance, "coverage", make_one ("reference", fhir_resource_get_reference (rcp_coverage_get_resource (coverage))));
  if (!is_error)
    json_object_set_boolean_member (insurance, "inforce", answer->status == RCP_ELIGIBILITY_ELIGIBLE);
  write_period (insurance, answer->dates);
  rcp_benefits_write_json (answer->benefits, items);
  if (json_array_get_length (items) > 0)
    json_object_set_array_member (insurance, "item", items);
  else
    json_array_unref (items);
  add_to_list (json, "insurance", insurance);
  write_errors (json, answer);
  return json;
}

static void
read_period (RcpEligibilityAnswer *self, JsonObject *insurance)
{
  RcpDatedFact fact = { "291", { 0 }, { 0 } };

  if (!parse_date (fhir_json_get_string (insurance, "benefitPeriod.start"), &fact.start))
    return;
  if (!parse_date (fhir_json_get_string (insurance, "benefitPeriod.end"), &fact.end))
    fact.end = fact.start;
  g_array_append_val (self->dates, fact);
}

/* Another payer says in one word whether it is in force; a line for the plan is what the same is in X12. */
static void
read_inforce (RcpEligibilityAnswer *self, JsonObject *insurance)
{
  RcpBenefit *line;

  for (guint i = 0; i < self->benefits->len; i++)
    {
      const RcpBenefit *benefit = g_ptr_array_index (self->benefits, i);

      if (benefit->kind == RCP_BENEFIT_ACTIVE || benefit->kind == RCP_BENEFIT_INACTIVE)
        return;
    }
  if (!json_object_has_member (insurance, "inforce"))
    return;
  line = rcp_benefit_new ();
  line->kind = fhir_json_get_boolean (insurance, "inforce", FALSE) ? RCP_BENEFIT_ACTIVE : RCP_BENEFIT_INACTIVE;
  g_strlcpy (line->code, line->kind == RCP_BENEFIT_ACTIVE ? "1" : "6", sizeof line->code);
  g_ptr_array_add (self->benefits, line);
}

static void
read_errors (RcpEligibilityAnswer *self, JsonObject *response)
{
  for (guint i = 0; i < fhir_json_get_length (response, "error"); i++)
    {
      RcpRejection rejection = { "", "", "" };
      g_autofree char *path = g_strdup_printf ("error.%u.code", i);
      JsonObject *code = fhir_json_get_object (response, path);

      for (guint j = 0; j < fhir_json_get_length (code, "coding"); j++)
        {
          g_autofree char *at = g_strdup_printf ("coding.%u", j);
          JsonObject *coding = fhir_json_get_object (code, at);
          const char *system = fhir_json_get_string (coding, "system"), *value = fhir_json_get_string (coding, "code");

          if (value && g_strcmp0 (system, RCP_SYSTEM_REJECTION) == 0)
            g_strlcpy (rejection.code, value, sizeof rejection.code);
          else if (value && g_strcmp0 (system, RCP_SYSTEM_FOLLOW_UP) == 0)
            g_strlcpy (rejection.follow_up, value, sizeof rejection.follow_up);
        }
      if (*rejection.code != '\0')
        g_array_append_val (self->rejections, rejection);
      if (self->words == NULL)
        self->words = g_strdup (fhir_json_get_string (code, "text"));
    }
}

static char *
dup_extension (JsonObject *object, const char *url, const char *path)
{
  JsonObject *extension = fhir_json_get_extension (object, url);

  return extension ? g_strdup (fhir_json_get_string (extension, path)) : NULL;
}

/**
 * rcp_eligibility_answer_from_json:
 * @response: a CoverageEligibilityResponse, of Reception or of a payer
 *
 * Returns: (transfer full)
 */
RcpEligibilityAnswer *
rcp_eligibility_answer_from_json (JsonObject *response)
{
  const char *created = fhir_json_get_string (response, "created"), *outcome = fhir_json_get_string (response, "outcome");
  JsonObject *insurance = fhir_json_get_object (response, "insurance.0");
  RcpEligibilityAnswer *self = rcp_eligibility_answer_new (fhir_json_get_identifier (response, RCP_SYSTEM_TRACE), 0);
  RcpIso8601 at;

  if (created && rcp_iso8601_parse (created, &at))
    self->at = at.start;
  self->words = g_strdup (fhir_json_get_string (response, "disposition"));
  self->source = dup_extension (response, RCP_EXTENSION_SOURCE, "valueString");
  if (self->source == NULL)
    self->source = g_strdup (fhir_json_get_string (response, "insurer.display"));
  self->service_type = dup_extension (response, RCP_EXTENSION_SERVICE_TYPE, "valueCode");
  self->raw_reference = dup_extension (response, RCP_EXTENSION_RAW_ANSWER, "valueReference.reference");
  parse_date (fhir_json_get_string (response, "servicedDate"), &self->service_date);
  if (insurance)
    {
      self->coverage = g_strdup (fhir_json_get_string (insurance, "coverage.reference"));
      read_period (self, insurance);
      rcp_benefits_read_json (fhir_json_get_array (insurance, "item"), self->benefits);
      read_inforce (self, insurance);
    }
  read_errors (self, response);
  if (g_strcmp0 (outcome, "complete") == 0 || g_strcmp0 (outcome, "partial") == 0)
    self->status = rcp_eligibility_judge (self->benefits, self->service_type);
  return self;
}
