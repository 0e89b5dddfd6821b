/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clinic-parts.h"

FhirResource *
parts_resource (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);

  g_assert_no_error (error);
  return fhir_resource_new (json_node_get_object (node));
}

RcpPatient *
parts_patient (const char *id, const char *family)
{
  g_autofree char *json = g_strdup_printf (
      "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"%s\",\"given\":[\"Maria\"]}]}", id, family);
  g_autoptr (FhirResource) resource = parts_resource (json);

  return rcp_patient_new (resource);
}

static RcpPlace *
parts_place (void)
{
  g_autoptr (FhirResource) resource = parts_resource (
      "{\"resourceType\":\"Location\",\"id\":\"place1\",\"name\":\"Main Street\",\"extension\":[{"
      "\"url\":\"http://hl7.org/fhir/StructureDefinition/timezone\",\"valueCode\":\"America/New_York\"}]}");

  return rcp_place_new (resource);
}

RcpProvider *
parts_provider (const char *schedule_id, const char *specialty)
{
  g_autofree char *schedule_json
      = g_strdup_printf ("{\"resourceType\":\"Schedule\",\"id\":\"%s\",\"actor\":[{\"reference\":\"Practitioner/doc\"},"
                         "{\"reference\":\"PractitionerRole/role\"},{\"reference\":\"Location/place1\"}]}",
                         schedule_id);
  g_autofree char *role_json = g_strdup_printf (
      "{\"resourceType\":\"PractitionerRole\",\"id\":\"role\",\"practitioner\":{\"reference\":\"Practitioner/doc\"},"
      "\"specialty\":[{\"coding\":[{\"system\":\"http://nucc.org/provider-taxonomy\",\"code\":\"%s\"}]}],"
      "\"availableTime\":[{\"daysOfWeek\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"],\"availableStartTime\":\"09:00:"
      "00\","
      "\"availableEndTime\":\"12:00:00\"},{\"daysOfWeek\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"],"
      "\"availableStartTime\":\"13:00:00\",\"availableEndTime\":\"17:00:00\"}]}",
      specialty);
  g_autoptr (FhirResource) schedule = parts_resource (schedule_json);
  g_autoptr (FhirResource) role = parts_resource (role_json);
  g_autoptr (FhirResource) practitioner
      = parts_resource ("{\"resourceType\":\"Practitioner\",\"id\":\"doc\",\"name\":[{\"family\":\"Ruiz\",\"given\":["
                        "\"Ana\"],\"prefix\":[\"Dr.\"]}]}");
  g_autoptr (RcpPlace) place = parts_place ();

  return rcp_provider_new (schedule, role, practitioner, place);
}

RcpOffer *
parts_offer (RcpProvider *provider, gint64 start, guint n_slots)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, TRUE, sizeof (RcpSlot));

  g_array_set_clear_func (slots, (GDestroyNotify)rcp_slot_clear);
  for (guint i = 0; i < n_slots; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      RcpSlot slot = {
        .range = { start + i * 15 * G_TIME_SPAN_MINUTE, start + (i + 1) * 15 * G_TIME_SPAN_MINUTE },
        .status = RCP_SLOT_FREE,
        .id = g_ref_string_new (id),
        .schedule_id = g_ref_string_new (rcp_provider_get_schedule_id (provider)),
        .version_id = g_ref_string_new ("1"),
      };

      g_array_append_val (slots, slot);
    }
  return rcp_offer_new (provider, (const RcpSlot *)(void *)slots->data, n_slots);
}
