/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-json"

#include "rcp-visit-json.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"

#include <string.h>

/* Whether the record holds what was asked. */

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The references under @path of each item of @array, relative and sorted. */
static GPtrArray *
dup_references (JsonObject *object, const char *array, const char *path)
{
  GPtrArray *references = g_ptr_array_new_with_free_func (g_free);
  JsonArray *items = fhir_json_get_array (object, array);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      const char *reference = fhir_json_get_string (json_array_get_object_element (items, i), path);
      char *relative = reference != NULL ? fhir_reference_dup_relative (reference) : NULL;

      if (relative != NULL)
        g_ptr_array_add (references, relative);
    }
  g_ptr_array_sort (references, compare_strings);
  return references;
}

static gboolean
same_references (JsonObject *a, JsonObject *b, const char *array, const char *path)
{
  g_autoptr (GPtrArray) of_a = dup_references (a, array, path);
  g_autoptr (GPtrArray) of_b = dup_references (b, array, path);

  if (of_a->len != of_b->len)
    return FALSE;
  for (guint i = 0; i < of_a->len; i++)
    if (g_strcmp0 (of_a->pdata[i], of_b->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Servers may write an instant in another zone or precision. */
static gboolean
same_instant (JsonObject *a, JsonObject *b, const char *member)
{
  gint64 of_a;
  gint64 of_b;
  const char *text_a = fhir_json_get_string (a, member);
  const char *text_b = fhir_json_get_string (b, member);

  if (text_a == NULL || text_b == NULL)
    return text_a == text_b;
  return rcp_iso8601_parse_instant (text_a, &of_a) && rcp_iso8601_parse_instant (text_b, &of_b) && of_a == of_b;
}

/* What the patient answered. */
static const char *
find_answer (JsonObject *appointment)
{
  JsonArray *participants = fhir_json_get_array (appointment, "participant");

  for (guint i = 0; participants != NULL && i < json_array_get_length (participants); i++)
    {
      JsonObject *participant = json_array_get_object_element (participants, i);
      const char *reference = fhir_json_get_string (participant, "actor.reference");
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Patient") : NULL;

      if (id != NULL)
        return fhir_json_get_string (participant, "status");
    }
  return NULL;
}

static const char *
find_overbooked (JsonObject *appointment)
{
  return fhir_json_get_string (fhir_json_get_extension (appointment, RCP_EXTENSION_OVERBOOKED), "valueString");
}

char *
rcp_visit_json_compare (JsonObject *asked, JsonObject *kept)
{
  static const char *const texts[] = {
    "status",
    "description",
    "patientInstruction",
    "comment",
    "serviceType.0.coding.0.code",
    "specialty.0.coding.0.code",
    "cancelationReason.coding.0.code",
  };
  static const char *const systems[] = { RCP_SYSTEM_BOOKING, RCP_SYSTEM_CONFIRMATION };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (fhir_json_get_string (asked, texts[i]), fhir_json_get_string (kept, texts[i])) != 0)
      return g_strdup_printf ("Appointment.%s", texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    if (g_strcmp0 (fhir_json_get_identifier (asked, systems[i]), fhir_json_get_identifier (kept, systems[i])) != 0)
      return g_strdup ("Appointment.identifier");
  if (!same_instant (asked, kept, "start") || !same_instant (asked, kept, "end"))
    return g_strdup ("Appointment.start");
  if (fhir_json_get_int (asked, "priority", 0) != fhir_json_get_int (kept, "priority", 0))
    return g_strdup ("Appointment.priority");
  if (!same_references (asked, kept, "slot", "reference"))
    return g_strdup ("Appointment.slot");
  if (!same_references (asked, kept, "participant", "actor.reference"))
    return g_strdup ("Appointment.participant");
  if (g_strcmp0 (find_answer (asked), find_answer (kept)) != 0)
    return g_strdup ("Appointment.participant.status");
  if (g_strcmp0 (find_overbooked (asked), find_overbooked (kept)) != 0)
    return g_strdup ("Appointment.extension");
  return NULL;
}

static JsonNode *
dup_node_but_meta (JsonObject *object)
{
  JsonNode *node = json_node_alloc ();
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next)
    if (g_strcmp0 (member->data, "meta") != 0)
      json_object_set_member (copy, member->data, json_object_dup_member (object, member->data));
  json_node_init_object (node, copy);
  json_object_unref (copy);
  return node;
}

gboolean
rcp_json_equal_but_meta (JsonObject *a, JsonObject *b)
{
  g_autoptr (JsonNode) node_a = dup_node_but_meta (a);
  g_autoptr (JsonNode) node_b = dup_node_but_meta (b);

  return json_node_equal (node_a, node_b);
}
