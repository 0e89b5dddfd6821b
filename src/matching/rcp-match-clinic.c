/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-match-clinic.h"

#include <math.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

#define METHOD "method"
#define TOPSIS "topsis"

static const char *const names[RCP_N_CRITERIA] = {
  [RCP_CRITERION_NETWORK] = "network",       [RCP_CRITERION_DISTANCE] = "distance",     [RCP_CRITERION_WAIT] = "wait",
  [RCP_CRITERION_CONTINUITY] = "continuity", [RCP_CRITERION_LANGUAGE] = "language",     [RCP_CRITERION_EXPERIENCE] = "experience",
  [RCP_CRITERION_RATING] = "rating",         [RCP_CRITERION_TIME_OF_DAY] = "time-of-day", [RCP_CRITERION_GENDER] = "gender",
};

static gboolean
is_clinic (JsonObject *organization)
{
  JsonArray *tags = fhir_json_get_array (fhir_json_get_object (organization, "meta"), "tag");

  for (guint i = 0; i < rcp_elements_get_length (tags); i++)
    {
      JsonObject *tag = rcp_elements_get_object (tags, i);

      if (g_strcmp0 (fhir_json_get_string (tag, "system"), RCP_TAG_SYSTEM) == 0
          && g_strcmp0 (fhir_json_get_string (tag, "code"), "clinic") == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * rcp_match_clinic_find:
 * @roster: of the clinic
 *
 * Returns: (transfer none) (nullable): the Organization that is the clinic: the one that says so, else the first
 */
FhirResource *
rcp_match_clinic_find (RcpRoster *roster)
{
  g_autoptr (GPtrArray) organizations = NULL;

  g_return_val_if_fail (RCP_IS_ROSTER (roster), NULL);

  organizations = rcp_roster_list_resources (roster, "Organization");
  for (guint i = 0; i < organizations->len; i++)
    if (is_clinic (fhir_resource_get_json (organizations->pdata[i])))
      return organizations->pdata[i];
  return organizations->len > 0 ? organizations->pdata[0] : NULL;
}

/**
 * rcp_match_clinic_read:
 * @roster: of the clinic
 * @method: (out): how it is summed
 *
 * Returns: the rules with the weights of the clinic; those of rcp_match_rules_default() for what it does not say, or not in whole numbers
 *   from 0 to %RCP_MATCH_MOST_WEIGHT
 */
RcpMatchRules
rcp_match_clinic_read (RcpRoster *roster, RcpMatchMethod *method)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  FhirResource *clinic = rcp_match_clinic_find (roster);
  JsonObject *ranking = clinic != NULL ? fhir_json_get_extension (fhir_resource_get_json (clinic), RCP_EXTENSION_RANKING) : NULL;
  const char *code = fhir_json_get_string (fhir_json_get_extension (ranking, METHOD), "valueCode");

  *method = g_strcmp0 (code, TOPSIS) == 0 ? RCP_MATCH_METHOD_TOPSIS : RCP_MATCH_METHOD_SUM;
  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    {
      gint64 weight = fhir_json_get_int (fhir_json_get_extension (ranking, names[i]), "valueInteger", -1);

      if (weight >= 0 && weight <= RCP_MATCH_MOST_WEIGHT)
        rules.weights[i] = (double) weight;
    }
  return rules;
}

static void
drop (JsonObject *organization)
{
  JsonArray *extensions = fhir_json_get_array (organization, "extension");

  for (guint i = rcp_elements_get_length (extensions); i > 0; i--)
    if (g_strcmp0 (fhir_json_get_string (rcp_elements_get_object (extensions, i - 1), "url"), RCP_EXTENSION_RANKING) == 0)
      json_array_remove_element (extensions, i - 1);
  /* An empty array is no FHIR. */
  if (extensions != NULL && json_array_get_length (extensions) == 0)
    json_object_remove_member (organization, "extension");
}

static JsonObject *
make_extension (const char *url)
{
  JsonObject *extension = json_object_new ();

  json_object_set_string_member (extension, "url", url);
  return extension;
}

static gboolean
is_default (const RcpMatchRules *rules, RcpMatchMethod method)
{
  RcpMatchRules usual = rcp_match_rules_default ();

  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    if (rules->weights[i] != usual.weights[i])
      return FALSE;
  return method == RCP_MATCH_METHOD_SUM;
}

/**
 * rcp_match_clinic_write:
 * @organization: the clinic, to be changed
 * @rules: whose weights are kept; what is usual is not kept at all, so that it follows the program
 * @method: how it is summed
 */
void
rcp_match_clinic_write (JsonObject *organization, const RcpMatchRules *rules, RcpMatchMethod method)
{
  JsonObject *ranking, *how;
  JsonArray *parts;

  g_return_if_fail (organization != NULL && rules != NULL);

  drop (organization);
  if (is_default (rules, method))
    return;
  ranking = make_extension (RCP_EXTENSION_RANKING);
  parts = json_array_new ();
  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    {
      JsonObject *part = make_extension (names[i]);

      json_object_set_int_member (part, "valueInteger", lround (CLAMP (rules->weights[i], 0, RCP_MATCH_MOST_WEIGHT)));
      json_array_add_object_element (parts, part);
    }
  how = make_extension (METHOD);
  json_object_set_string_member (how, "valueCode", method == RCP_MATCH_METHOD_TOPSIS ? TOPSIS : "sum");
  json_array_add_object_element (parts, how);
  json_object_set_array_member (ranking, "extension", parts);
  if (fhir_json_get_array (organization, "extension") == NULL)
    json_object_set_array_member (organization, "extension", json_array_new ());
  json_array_add_object_element (fhir_json_get_array (organization, "extension"), ranking);
}
