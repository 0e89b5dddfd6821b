/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-provider-network.h"

#include "base/rcp-fold.h"

#define NETWORK "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/network-reference"

static gboolean
is_same (const char *one, const char *other)
{
  g_autofree char *a = rcp_fold_text (one), *b = rcp_fold_text (other);

  return g_strcmp0 (a, b) == 0;
}

/**
 * rcp_provider_network_find_name:
 * @provider: with networks in its PractitionerRole, as in the Plan-Net directory
 * @wanted: (nullable): Coverage.network
 *
 * Returns: %RCP_NETWORK_IN or %RCP_NETWORK_OUT where both sides name networks; else %RCP_NETWORK_UNKNOWN: silence is no answer
 */
RcpNetwork
rcp_provider_network_find_name (RcpProvider *provider, const char *wanted)
{
  FhirResource *role = rcp_provider_get_role (provider);
  JsonArray *extensions = role ? fhir_json_get_array (fhir_resource_get_json (role), "extension") : NULL;
  RcpNetwork found = RCP_NETWORK_UNKNOWN;

  if (!wanted || *wanted == '\0' || !extensions)
    return RCP_NETWORK_UNKNOWN;
  for (guint i = 0; i < json_array_get_length (extensions); i++)
    {
      JsonNode *node = json_array_get_element (extensions, i);
      JsonObject *extension = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *name;

      if (!extension || g_strcmp0 (fhir_json_get_string (extension, "url"), NETWORK) != 0)
        continue;
      name = fhir_json_get_string (extension, "valueReference.display");
      if (!name)
        name = fhir_json_get_string (extension, "valueReference.reference");
      if (name && is_same (name, wanted))
        return RCP_NETWORK_IN;
      /* A network whose name nobody wrote down may be the one. */
      if (name && fhir_json_get_string (extension, "valueReference.display"))
        found = RCP_NETWORK_OUT;
    }
  return found;
}

/* The same of the network of @coverage. */
RcpNetwork
rcp_provider_network_find (RcpProvider *provider, RcpCoverage *coverage)
{
  return rcp_provider_network_find_name (provider, fhir_json_get_string (fhir_resource_get_json (rcp_coverage_get_resource (coverage)), "network"));
}
