/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-history"

#include "rcp-history-private.h"

#include <glib/gi18n.h>

#include "base/rcp-iso8601.h"
#include "rcp-book-visit.h"

/* What differs between two versions, in words for people; pure. */

static void
change_free (gpointer data)
{
  RcpHistoryChange *change = data;

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
rcp_history_changes_add (GPtrArray *changes, const char *field, const char *old_value, const char *new_value)
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

/* Takes both. */
static void
add_taken (GPtrArray *changes, const char *field, char *old_value, char *new_value)
{
  rcp_history_changes_add (changes, field, old_value, new_value);
  g_free (old_value);
  g_free (new_value);
}

static char *
format_instant (JsonObject *json, const char *member, GTimeZone *zone)
{
  const char *text = json != NULL ? fhir_json_get_string (json, member) : NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  gint64 instant;

  if (text == NULL || !rcp_iso8601_parse_instant (text, &instant))
    return g_strdup (text);
  utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  /* Translators: day and time of a visit, see strftime */
  return local != NULL ? g_date_time_format (local, _ ("%a %-e %b, %H:%M")) : g_strdup (text);
}

static char *
format_minutes (JsonObject *json)
{
  gint64 minutes = json != NULL ? fhir_json_get_int (json, "minutesDuration", 0) : 0;

  /* Translators: how long a visit takes */
  return minutes > 0 ? g_strdup_printf (_ ("%d min"), (int)MIN (minutes, G_MAXINT)) : NULL;
}

/* The names of the actors of one type, as the record wrote them. */
static char *
format_actors (JsonObject *json, const char *type)
{
  JsonArray *participants = json != NULL ? fhir_json_get_array (json, "participant") : NULL;
  GString *names = g_string_new (NULL);

  for (guint i = 0; participants != NULL && i < json_array_get_length (participants); i++)
    {
      JsonNode *node = json_array_get_element (participants, i);
      JsonObject *actor
          = JSON_NODE_HOLDS_OBJECT (node) ? fhir_json_get_object (json_node_get_object (node), "actor") : NULL;
      const char *reference = actor != NULL ? fhir_json_get_string (actor, "reference") : NULL;
      const char *display = actor != NULL ? fhir_json_get_string (actor, "display") : NULL;
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, type) : NULL;

      if (id != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", display != NULL ? display : id);
    }
  return g_string_free (names, FALSE);
}

static const char *
find_reason (JsonObject *json)
{
  const char *code = json != NULL ? fhir_json_get_string (json, "cancelationReason.coding.0.code") : NULL;
  guint n;
  const RcpCancelReason *reasons = rcp_cancel_reasons (&n);

  for (guint i = 0; code != NULL && i < n; i++)
    if (g_str_equal (reasons[i].code, code))
      return _ (reasons[i].label);
  return code != NULL ? code : json != NULL ? fhir_json_get_string (json, "cancelationReason.text") : NULL;
}

static RcpVisit *
make_visit (JsonObject *json)
{
  g_autoptr (FhirResource) resource = json != NULL ? fhir_resource_new (json) : NULL;

  return resource != NULL ? rcp_visit_new (resource, NULL) : NULL;
}

static void
compare_visits (JsonObject *before, JsonObject *after, GTimeZone *zone, GPtrArray *changes)
{
  g_autoptr (RcpVisit) old = make_visit (before);
  g_autoptr (RcpVisit) new = make_visit (after);

  rcp_history_changes_add (changes, _ ("Status"),
                           old != NULL ? rcp_visit_status_to_label (rcp_visit_get_status (old)) : NULL,
                           rcp_visit_status_to_label (rcp_visit_get_status (new)));
  /* Translators: when a visit begins */
  add_taken (changes, _ ("Time"), format_instant (before, "start", zone), format_instant (after, "start", zone));
  add_taken (changes, _ ("Duration"), format_minutes (before), format_minutes (after));
  add_taken (changes, _ ("Patient"), format_actors (before, "Patient"), format_actors (after, "Patient"));
  add_taken (changes, _ ("Provider"), format_actors (before, "Practitioner"), format_actors (after, "Practitioner"));
  add_taken (changes, _ ("Place"), format_actors (before, "Location"), format_actors (after, "Location"));
  rcp_history_changes_add (changes, _ ("Visit type"), old != NULL ? rcp_visit_get_type_name (old) : NULL,
                           rcp_visit_get_type_name (new));
  rcp_history_changes_add (changes, _ ("Complaint"), old != NULL ? rcp_visit_get_complaint (old) : NULL,
                           rcp_visit_get_complaint (new));
  rcp_history_changes_add (changes, _ ("Instruction"), old != NULL ? rcp_visit_get_instruction (old) : NULL,
                           rcp_visit_get_instruction (new));
  rcp_history_changes_add (changes, _ ("Reason"), find_reason (before), find_reason (after));
  rcp_history_changes_add (changes, _ ("Comment"), before != NULL ? fhir_json_get_string (before, "comment") : NULL,
                           fhir_json_get_string (after, "comment"));
  rcp_history_changes_add (changes, _ ("Overbooked"), old != NULL ? rcp_visit_get_overbook_reason (old) : NULL,
                           rcp_visit_get_overbook_reason (new));
}

static RcpPatient *
make_patient (JsonObject *json)
{
  g_autoptr (FhirResource) resource = json != NULL ? fhir_resource_new (json) : NULL;

  return resource != NULL ? rcp_patient_new (resource) : NULL;
}

static void
compare_patients (JsonObject *before, JsonObject *after, GPtrArray *changes)
{
  g_autoptr (RcpPatient) old = make_patient (before);
  g_autoptr (RcpPatient) new = make_patient (after);
  const struct
  {
    const char *field;
    const char *(*get) (RcpPatient *);
  } fields[] = {
    { _ ("Name"), rcp_patient_get_name },         { _ ("Telephone"), rcp_patient_get_phone },
    { _ ("E-mail"), rcp_patient_get_email },      { _ ("Address"), rcp_patient_get_address },
    { _ ("Language"), rcp_patient_get_language }, { _ ("Record number"), rcp_patient_get_mrn },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    rcp_history_changes_add (changes, fields[i].field, old != NULL ? fields[i].get (old) : NULL, fields[i].get (new));
  rcp_history_changes_add (changes, _ ("Birth date"), before != NULL ? fhir_json_get_string (before, "birthDate") : NULL,
                           fhir_json_get_string (after, "birthDate"));
}

void
rcp_history_compare (JsonObject *before, JsonObject *after, GTimeZone *zone, GPtrArray *changes)
{
  const char *type = fhir_json_get_string (after, "resourceType");

  if (g_strcmp0 (type, "Appointment") == 0)
    compare_visits (before, after, zone, changes);
  else if (g_strcmp0 (type, "Patient") == 0)
    compare_patients (before, after, changes);
}
