/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-clinic-rules.h"

#include "clinic/rcp-codes.h"

/* The Organization that says so, or NULL: of several only the clinic has rules. */
static JsonObject *
find_extension (RcpRoster *roster, const char *url)
{
  g_autoptr (GPtrArray) organizations = rcp_roster_list_resources (roster, "Organization");
  JsonObject *extension = NULL;

  for (guint i = 0; extension == NULL && i < organizations->len; i++)
    extension = fhir_json_get_extension (fhir_resource_get_json (organizations->pdata[i]), url);
  return extension;
}

/**
 * rcp_clinic_rules_get_urgent_days:
 * @roster: of the clinic
 *
 * Returns: within how many days an urgent visit has to be, today being the first: 1 to %RCP_MOST_URGENT_DAYS
 */
guint
rcp_clinic_rules_get_urgent_days (RcpRoster *roster)
{
  gint64 days;

  g_return_val_if_fail (RCP_IS_ROSTER (roster), RCP_URGENT_DAYS);

  days = fhir_json_get_int (find_extension (roster, RCP_EXTENSION_URGENT_DAYS), "valueInteger", RCP_URGENT_DAYS);
  return days >= 1 && days <= RCP_MOST_URGENT_DAYS ? (guint) days : RCP_URGENT_DAYS;
}
