/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-json"

#include "rcp-visit-json.h"

#include "base/rcp-iso8601.h"
#include "fhir/fhir-json.h"

/* The Encounter of a visit: one step of its flow after the other. What is over goes to statusHistory, so that the
 * timers of those who wait can be told from the record alone. */

#define SYSTEM_CLASS "http://terminology.hl7.org/CodeSystem/v3-ActCode"

/* NULL: such a visit has no Encounter. Who of several does not come has one that was called off before it began. */
static const char *
get_code (const RcpEncounterStep *step)
{
  switch (step->status)
    {
    case RCP_VISIT_ARRIVED:
    case RCP_VISIT_CHECKED_IN:
      return "arrived";
    case RCP_VISIT_ROOMED:
      return "triaged";
    case RCP_VISIT_WITH_PROVIDER:
      return "in-progress";
    case RCP_VISIT_FULFILLED:
      return "finished";
    case RCP_VISIT_LEFT:
    case RCP_VISIT_CANCELLED:
      return "cancelled";
    case RCP_VISIT_NOSHOW:
      return step->is_of_several ? "cancelled" : NULL;
    default:
      return NULL;
    }
}

static gboolean
is_over (RcpVisitStatus status)
{
  return status == RCP_VISIT_FULFILLED || status == RCP_VISIT_LEFT || status == RCP_VISIT_CANCELLED;
}

static JsonObject *
get_period (JsonObject *encounter)
{
  if (fhir_json_get_object (encounter, "period") == NULL)
    json_object_set_object_member (encounter, "period", json_object_new ());
  return json_object_get_object_member (encounter, "period");
}

static JsonArray *
get_list (JsonObject *encounter, const char *member)
{
  if (fhir_json_get_array (encounter, member) == NULL)
    json_object_set_array_member (encounter, member, json_array_new ());
  return json_object_get_array_member (encounter, member);
}

static void
truncate_list (JsonObject *encounter, const char *member, guint length)
{
  JsonArray *list = fhir_json_get_array (encounter, member);

  while (list != NULL && json_array_get_length (list) > length)
    json_array_remove_element (list, json_array_get_length (list) - 1);
  if (list != NULL && length == 0)
    json_object_remove_member (encounter, member);
}

/* When the present status began: where the last that is over ended. */
static gint64
get_status_start (JsonObject *encounter)
{
  guint n = fhir_json_get_length (encounter, "statusHistory");
  g_autofree char *path = g_strdup_printf ("statusHistory.%u.period.end", n > 0 ? n - 1 : 0);
  gint64 start = 0;

  if (n == 0 || !rcp_iso8601_parse_instant (fhir_json_get_string (encounter, path), &start))
    rcp_iso8601_parse_instant (fhir_json_get_string (encounter, "period.start"), &start);
  return start;
}

static void
note_past_status (JsonObject *encounter, const char *status, gint64 now)
{
  JsonObject *past = json_object_new ();
  JsonObject *period = json_object_new ();
  gint64 start = get_status_start (encounter);

  json_object_set_string_member (past, "status", status);
  if (start != 0)
    rcp_json_set_instant (period, "start", MIN (start, now));
  rcp_json_set_instant (period, "end", now);
  json_object_set_object_member (past, "period", period);
  json_array_add_object_element (get_list (encounter, "statusHistory"), past);
}

/* Back to what it was: the time in that status goes on as if it had never ended. FALSE when it never was that. */
static gboolean
go_back (JsonObject *encounter, const char *code)
{
  for (guint i = fhir_json_get_length (encounter, "statusHistory"); i > 0; i--)
    {
      g_autofree char *path = g_strdup_printf ("statusHistory.%u.status", i - 1);

      if (g_strcmp0 (fhir_json_get_string (encounter, path), code) != 0)
        continue;
      truncate_list (encounter, "statusHistory", i - 1);
      return TRUE;
    }
  return FALSE;
}

static void
set_status (JsonObject *encounter, const RcpEncounterStep *step, const char *code)
{
  g_autofree char *old = g_strdup (fhir_json_get_string (encounter, "status"));

  json_object_set_string_member (encounter, "status", code);
  if (g_strcmp0 (old, code) == 0 || old == NULL)
    return;
  if (!step->is_correction || !go_back (encounter, code))
    note_past_status (encounter, old, step->now);
}

static void
end_location (JsonObject *encounter, gint64 now)
{
  guint n = fhir_json_get_length (encounter, "location");
  JsonObject *last = n > 0 ? json_array_get_object_element (get_list (encounter, "location"), n - 1) : NULL;

  if (last == NULL || g_strcmp0 (fhir_json_get_string (last, "status"), "active") != 0)
    return;
  json_object_set_string_member (last, "status", "completed");
  rcp_json_set_instant (get_period (last), "end", now);
}

const char *
rcp_encounter_json_get_last_room (JsonObject *encounter)
{
  guint n = fhir_json_get_length (encounter, "location");
  g_autofree char *path = g_strdup_printf ("location.%u.location.reference", n > 0 ? n - 1 : 0);

  return fhir_json_get_string (encounter, path);
}

static void
set_room (JsonObject *encounter, const RcpEncounterStep *step)
{
  g_autofree char *reference = g_strconcat ("Location/", step->room_id, NULL);
  JsonObject *location;

  if (g_strcmp0 (rcp_encounter_json_get_last_room (encounter), reference) == 0)
    return;
  end_location (encounter, step->now);
  location = json_object_new ();
  json_object_set_object_member (location, "location", rcp_json_reference (reference, step->room_name));
  json_object_set_string_member (location, "status", "active");
  rcp_json_set_instant (get_period (location), "start", step->now);
  json_array_add_object_element (get_list (encounter, "location"), location);
}

static void
set_place (JsonObject *encounter, const RcpEncounterStep *step)
{
  if (step->room_id != NULL)
    set_room (encounter, step);
  else if (is_over (step->status))
    end_location (encounter, step->now);
  else if (step->status == RCP_VISIT_ARRIVED || step->status == RCP_VISIT_CHECKED_IN)
    truncate_list (encounter, "location", 0);
}

static JsonObject *
make_new (const RcpEncounterStep *step)
{
  JsonObject *encounter = json_object_new ();
  g_autofree char *appointment = g_strconcat ("Appointment/", rcp_visit_get_id (step->visit), NULL);

  json_object_set_string_member (encounter, "resourceType", "Encounter");
  json_object_set_object_member (encounter, "class", rcp_json_coding (SYSTEM_CLASS, "AMB", NULL));
  json_object_set_array_member (encounter, "appointment", rcp_json_array_of (rcp_json_reference (appointment, NULL)));
  if (step->patient_id != NULL)
    {
      g_autofree char *patient = g_strconcat ("Patient/", step->patient_id, NULL);

      json_object_set_object_member (encounter, "subject", rcp_json_reference (patient, NULL));
    }
  if (rcp_visit_get_practitioner_id (step->visit) != NULL)
    {
      g_autofree char *practitioner = g_strconcat ("Practitioner/", rcp_visit_get_practitioner_id (step->visit), NULL);
      JsonObject *participant = json_object_new ();

      json_object_set_object_member (participant, "individual", rcp_json_reference (practitioner, NULL));
      json_object_set_array_member (encounter, "participant", rcp_json_array_of (participant));
    }
  /* Of one who was seen before anybody noted the arrival, when that was is not known. */
  if (!is_over (step->status) && step->status != RCP_VISIT_NOSHOW)
    rcp_json_set_instant (get_period (encounter), "start", step->now);
  return encounter;
}

/* Called off before it began, in which nothing is kept but what it is. */
static JsonObject *
make_never_begun (JsonObject *before, const RcpEncounterStep *step)
{
  static const char *const gone[] = { "period", "statusHistory", "location" };
  JsonObject *encounter = before != NULL ? fhir_json_dup_object (before) : make_new (step);

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    json_object_remove_member (encounter, gone[i]);
  json_object_set_string_member (encounter, "status", "cancelled");
  return encounter;
}

/* Who came after all begins with that. */
static JsonObject *
begin_after_all (JsonObject *before, const RcpEncounterStep *step)
{
  JsonObject *encounter = fhir_json_dup_object (before);

  json_object_remove_member (encounter, "status");
  if (!is_over (step->status))
    rcp_json_set_instant (get_period (encounter), "start", step->now);
  return encounter;
}

static gboolean
never_began (JsonObject *encounter)
{
  return g_strcmp0 (fhir_json_get_string (encounter, "status"), "cancelled") == 0
         && fhir_json_get_object (encounter, "period") == NULL;
}

/* When it began may not be known either; and nothing in FHIR is empty. */
static void
reopen_period (JsonObject *encounter)
{
  if (fhir_json_get_object (encounter, "period") == NULL)
    return;
  json_object_remove_member (get_period (encounter), "end");
  if (json_object_get_size (get_period (encounter)) == 0)
    json_object_remove_member (encounter, "period");
}

JsonObject *
rcp_encounter_json_step (JsonObject *before, const RcpEncounterStep *step)
{
  const char *code = get_code (step);
  JsonObject *encounter;

  if (before == NULL && (code == NULL || step->status == RCP_VISIT_CANCELLED))
    return NULL;
  if (code != NULL && step->status == RCP_VISIT_NOSHOW)
    return make_never_begun (before, step);
  if (code != NULL && before != NULL && never_began (before))
    encounter = begin_after_all (before, step);
  else
    encounter = before != NULL ? fhir_json_dup_object (before) : make_new (step);
  if (code == NULL)
    {
      json_object_set_string_member (encounter, "status", "entered-in-error");
      return encounter;
    }
  set_status (encounter, step, code);
  set_place (encounter, step);
  if (is_over (step->status))
    rcp_json_set_instant (get_period (encounter), "end", step->now);
  else
    reopen_period (encounter);
  return encounter;
}
