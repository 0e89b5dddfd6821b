/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-history"

#include "rcp-history-private.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

/* What differs between two versions; pure. */

static void
change_free (gpointer data)
{
  RcpHistoryChange *change = data;

  g_free (change->who);
  g_free (change->old_value);
  g_free (change->new_value);
  g_free (change);
}

GPtrArray *
rcp_history_changes_new (void)
{
  return g_ptr_array_new_with_free_func (change_free);
}

static const char *
none_if_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

void
rcp_history_changes_add (GPtrArray *changes, RcpHistoryField field, const char *old_value, const char *new_value)
{
  RcpHistoryChange *change;

  old_value = none_if_empty (old_value);
  new_value = none_if_empty (new_value);
  if (g_strcmp0 (old_value, new_value) == 0)
    return;
  change = g_new0 (RcpHistoryChange, 1);
  change->field = field;
  change->old_value = g_strdup (old_value);
  change->new_value = g_strdup (new_value);
  g_ptr_array_add (changes, change);
}

/**
 * rcp_history_dup_name:
 * @roster: (nullable): who works where
 * @reference: "Practitioner/1", also with the address of a server
 *
 * Returns: (transfer full) (nullable): the name of it; %NULL when the roster does not hold it
 */
char *
rcp_history_dup_name (RcpRoster *roster, const char *reference)
{
  g_autofree char *relative = fhir_reference_dup_relative (reference);
  FhirResource *resource = roster != NULL && relative != NULL ? rcp_roster_lookup_resource (roster, relative) : NULL;
  JsonObject *json = resource != NULL ? fhir_resource_get_json (resource) : NULL;
  const char *type = fhir_json_get_string (json, "resourceType");

  if (g_strcmp0 (type, "Practitioner") == 0)
    return rcp_elements_format_name (rcp_elements_choose_name (json), TRUE);
  if (g_strcmp0 (type, "PractitionerRole") == 0 && fhir_json_get_string (json, "practitioner.reference") != NULL)
    return rcp_history_dup_name (roster, fhir_json_get_string (json, "practitioner.reference"));
  if (g_strcmp0 (type, "Device") == 0)
    return g_strdup (fhir_json_get_string (json, "deviceName.0.name"));
  return g_strdup (fhir_json_get_string (json, "name"));
}

/* One kind of those who take part in a visit. */
typedef struct
{
  RcpHistoryField field;
  GString *names;
  GString *references; /* whether it is the same is told by them: a name may be put right */
} Actors;

/* A room is a Location like a site: the roster tells them apart, and before it is known the device does. */
static gboolean
is_of_field (const char *reference, RcpHistoryField field, RcpRoster *roster)
{
  gboolean is_location = g_str_has_prefix (reference, "Location/");
  gboolean is_room = g_str_has_prefix (reference, "Device/")
                     || (is_location && roster != NULL && rcp_roster_find_room (roster, reference) != NULL);

  switch (field)
    {
    case RCP_HISTORY_PATIENT:
      return g_str_has_prefix (reference, "Patient/");
    case RCP_HISTORY_PROVIDER:
      return g_str_has_prefix (reference, "Practitioner/");
    case RCP_HISTORY_ROOM:
      return is_room;
    default:
      return is_location && !is_room;
    }
}

static void
add_actor (Actors *actors, JsonObject *actor, RcpRoster *roster)
{
  const char *display = none_if_empty (fhir_json_get_string (actor, "display"));
  const char *reference = fhir_json_get_string (actor, "reference");
  g_autofree char *relative = reference != NULL ? fhir_reference_dup_relative (reference) : NULL;
  g_autofree char *name = NULL;

  if (relative == NULL || !is_of_field (relative, actors->field, roster))
    return;
  if (display == NULL)
    name = rcp_history_dup_name (roster, relative);
  g_string_append_printf (actors->references, "%s ", relative);
  if (display != NULL || name != NULL)
    g_string_append_printf (actors->names, "%s%s", actors->names->len > 0 ? ", " : "", display != NULL ? display : name);
}

static void
list_actors (Actors *actors, RcpHistoryField field, JsonObject *visit, RcpRoster *roster)
{
  JsonArray *participants = fhir_json_get_array (visit, "participant");

  actors->field = field;
  actors->names = g_string_new (NULL);
  actors->references = g_string_new (NULL);
  for (guint i = 0; i < rcp_elements_get_length (participants); i++)
    add_actor (actors, fhir_json_get_object (rcp_elements_get_object (participants, i), "actor"), roster);
}

static void
actors_clear (Actors *actors)
{
  g_string_free (actors->names, TRUE);
  g_string_free (actors->references, TRUE);
}

static void
compare_actors (RcpHistoryField field, JsonObject *before, JsonObject *after, RcpRoster *roster, GPtrArray *changes)
{
  Actors old, new;

  list_actors (&old, field, before, roster);
  list_actors (&new, field, after, roster);
  if (!g_string_equal (old.references, new.references))
    rcp_history_changes_add (changes, field, old.names->str, new.names->str);
  actors_clear (&old);
  actors_clear (&new);
}

static RcpVisit *
make_visit (JsonObject *json)
{
  g_autoptr (FhirResource) resource = json != NULL ? fhir_resource_new (json) : NULL;

  return resource != NULL ? rcp_visit_new (resource, NULL) : NULL;
}

static char *
read_start (RcpVisit *visit)
{
  gint64 start = visit != NULL ? rcp_visit_get_range (visit).start : 0;

  return start != 0 ? rcp_iso8601_format_utc (start) : NULL;
}

static char *
read_duration (RcpVisit *visit)
{
  RcpTimeRange range = visit != NULL ? rcp_visit_get_range (visit) : (RcpTimeRange){ 0, 0 };
  gint64 minutes = (range.end - range.start) / G_TIME_SPAN_MINUTE;

  return minutes > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, minutes) : NULL;
}

static char *
read_urgency (RcpVisit *visit)
{
  RcpUrgency urgency = visit != NULL ? rcp_visit_get_urgency (visit) : RCP_URGENCY_ROUTINE;

  return g_strdup (urgency == RCP_URGENCY_EMERGENCY ? "emergency" : urgency == RCP_URGENCY_URGENT ? "urgent" : NULL);
}

static char *
read_status (RcpVisit *visit)
{
  return g_strdup (visit != NULL ? rcp_visit_status_to_name (rcp_visit_get_status (visit)) : NULL);
}

/* Not the class of the appointment, which is a mere code. */
static char *
read_type (JsonObject *json)
{
  return g_strdup (rcp_elements_find_text (json, "serviceType"));
}

static char *
read_overbooked (RcpVisit *visit)
{
  return g_strdup (visit != NULL ? rcp_visit_get_overbook_reason (visit) : NULL);
}

static char *
read_reason (JsonObject *json)
{
  JsonObject *reason = fhir_json_get_object (json, "cancelationReason");
  const char *code = rcp_elements_get_code (reason, RCP_SYSTEM_CANCELLATION);

  return g_strdup (code != NULL ? code : rcp_elements_get_concept_text (reason));
}

static char *
read_wished (JsonObject *json)
{
  const char *start = fhir_json_get_string (json, "requestedPeriod.0.start");
  const char *end = fhir_json_get_string (json, "requestedPeriod.0.end");

  return start != NULL || end != NULL ? g_strdup_printf ("%s/%s", start != NULL ? start : "", end != NULL ? end : "") : NULL;
}

static char *
read_wished_times (JsonObject *json)
{
  JsonArray *extensions = fhir_json_get_array (json, "extension");
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < rcp_elements_get_length (extensions); i++)
    {
      JsonObject *extension = rcp_elements_get_object (extensions, i);
      const char *code = fhir_json_get_string (extension, "valueCode");

      if (code != NULL && g_strcmp0 (fhir_json_get_string (extension, "url"), RCP_EXTENSION_WISHED) == 0)
        g_string_append_printf (codes, "%s%s", codes->len > 0 ? "," : "", code);
    }
  return g_string_free (codes, FALSE);
}

typedef char *(*ReadVisit) (RcpVisit *visit);
typedef char *(*ReadJson) (JsonObject *json);

/* Those of which both forms tell: what a visit makes of it, or what is written. */
static const struct
{
  RcpHistoryField field;
  ReadVisit of_visit;
  ReadJson of_json;
  const char *member;
} visit_fields[] = {
  { RCP_HISTORY_STATUS, read_status, NULL, NULL },
  { RCP_HISTORY_START, read_start, NULL, NULL },
  { RCP_HISTORY_DURATION, read_duration, NULL, NULL },
  { RCP_HISTORY_TYPE, NULL, read_type, NULL },
  { RCP_HISTORY_URGENCY, read_urgency, NULL, NULL },
  { RCP_HISTORY_COMPLAINT, NULL, NULL, "description" },
  { RCP_HISTORY_INSTRUCTION, NULL, NULL, "patientInstruction" },
  { RCP_HISTORY_REASON, NULL, read_reason, NULL },
  { RCP_HISTORY_COMMENT, NULL, NULL, "comment" },
  { RCP_HISTORY_OVERBOOKED, read_overbooked, NULL, NULL },
  { RCP_HISTORY_WISHED, NULL, read_wished, NULL },
  { RCP_HISTORY_WISHED_TIMES, NULL, read_wished_times, NULL },
};

static char *
read_field (guint index, RcpVisit *visit, JsonObject *json)
{
  if (visit_fields[index].of_visit != NULL)
    return visit_fields[index].of_visit (visit);
  if (visit_fields[index].of_json != NULL)
    return visit_fields[index].of_json (json);
  return g_strdup (fhir_json_get_string (json, visit_fields[index].member));
}

static void
compare_visits (JsonObject *before, JsonObject *after, RcpRoster *roster, GPtrArray *changes)
{
  static const RcpHistoryField actors[] = { RCP_HISTORY_PATIENT, RCP_HISTORY_PROVIDER, RCP_HISTORY_PLACE, RCP_HISTORY_ROOM };
  g_autoptr (RcpVisit) old = make_visit (before);
  g_autoptr (RcpVisit) new = make_visit (after);

  for (guint i = 0; i < G_N_ELEMENTS (visit_fields); i++)
    {
      g_autofree char *old_value = read_field (i, old, before);
      g_autofree char *new_value = read_field (i, new, after);

      rcp_history_changes_add (changes, visit_fields[i].field, old_value, new_value);
    }
  for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
    compare_actors (actors[i], before, after, roster, changes);
}

static void
compare_patients (JsonObject *before, JsonObject *after, RcpRoster *roster, GPtrArray *changes)
{
  g_autoptr (RcpPatientFields) old = before != NULL ? rcp_patient_fields_new_from_json (before) : rcp_patient_fields_new ();
  g_autoptr (RcpPatientFields) new = rcp_patient_fields_new_from_json (after);

  for (guint i = 0; i < RCP_N_FIELDS; i++)
    {
      const char *old_value = rcp_patient_fields_get (old, i), *new_value = rcp_patient_fields_get (new, i);
      g_autofree char *old_name = i == RCP_FIELD_PRACTITIONER ? rcp_history_dup_name (roster, old_value) : NULL;
      g_autofree char *new_name = i == RCP_FIELD_PRACTITIONER ? rcp_history_dup_name (roster, new_value) : NULL;

      rcp_history_changes_add (changes, i, old_name != NULL ? old_name : old_value, new_name != NULL ? new_name : new_value);
    }
}

static void
compare_flags (JsonObject *before, JsonObject *after, GPtrArray *changes)
{
  rcp_history_changes_add (changes, RCP_HISTORY_FLAG, rcp_elements_get_concept_text (fhir_json_get_object (before, "code")),
                           rcp_elements_get_concept_text (fhir_json_get_object (after, "code")));
  rcp_history_changes_add (changes, RCP_HISTORY_FLAG_CATEGORY, rcp_elements_find_code (before, "category", RCP_SYSTEM_FLAG_CATEGORY),
                           rcp_elements_find_code (after, "category", RCP_SYSTEM_FLAG_CATEGORY));
  rcp_history_changes_add (changes, RCP_HISTORY_FLAG_STATUS, fhir_json_get_string (before, "status"), fhir_json_get_string (after, "status"));
}

void
rcp_history_compare (JsonObject *before, JsonObject *after, RcpRoster *roster, GPtrArray *changes)
{
  const char *type = fhir_json_get_string (after, "resourceType");

  if (g_strcmp0 (type, "Appointment") == 0)
    compare_visits (before, after, roster, changes);
  else if (g_strcmp0 (type, "Patient") == 0)
    compare_patients (before, after, roster, changes);
  else if (g_strcmp0 (type, "Flag") == 0)
    compare_flags (before, after, changes);
}
