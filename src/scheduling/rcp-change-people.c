/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-change-people"

#include "rcp-visit-change.h"

#include "clinic/rcp-codes.h"

/* The part of a change that is about the people: who takes a step, their Encounters, and what is told of each. Pure. */

static gboolean
is_of_several (RcpVisitChange *self)
{
  return rcp_visit_get_n_people (self->visit) > 1;
}

/* From one room to another is no change of status. */
static gboolean
changes_room (RcpVisitChange *self, guint index)
{
  FhirResource *encounter = rcp_visit_get_person_encounter (self->visit, index);
  JsonObject *json = encounter != NULL ? fhir_resource_get_json (encounter) : NULL;
  g_autofree char *old = json != NULL ? fhir_reference_dup_id (rcp_encounter_json_get_last_room (json), "Location") : NULL;

  return self->status == RCP_VISIT_ROOMED && rcp_visit_get_person_status (self->visit, index) == RCP_VISIT_ROOMED
         && self->room_id != NULL && g_strcmp0 (self->room_id, old) != 0;
}

/* Of one alone: of several, or of the only one. */
static RcpVisitStep
plan_one (RcpVisitChange *self, guint index)
{
  if (changes_room (self, index))
    return RCP_STEP_FORWARD;
  return rcp_visit_status_get_step (rcp_visit_get_person_status (self->visit, index), self->status);
}

static RcpVisitStep
plan_all (RcpVisitChange *self)
{
  guint n_people = rcp_visit_get_n_people (self->visit);
  g_autofree RcpVisitStatus *from = g_new (RcpVisitStatus, n_people);
  RcpVisitStep kind;

  for (guint i = 0; i < n_people; i++)
    from[i] = rcp_visit_get_person_status (self->visit, i);
  kind = rcp_people_plan_steps (from, n_people, self->status, self->steps);
  for (guint i = 0; kind != RCP_STEP_FORWARD && i < n_people; i++)
    if (changes_room (self, i))
      self->steps[i] = RCP_STEP_FORWARD;
  for (guint i = 0; kind == RCP_STEP_NONE && i < n_people; i++)
    kind = self->steps[i];
  return kind;
}

static RcpVisitStep
plan_of_person (RcpVisitChange *self)
{
  RcpVisitStep kind = RCP_STEP_NONE;

  for (guint i = 0; i < rcp_visit_get_n_people (self->visit); i++)
    if (g_strcmp0 (rcp_visit_get_person_id (self->visit, i), self->person_id) == 0)
      kind = self->steps[i] = plan_one (self, i);
  return kind;
}

RcpVisitStep
rcp_visit_change_plan_steps (RcpVisitChange *self)
{
  g_free (self->steps);
  self->steps = g_new0 (RcpVisitStep, rcp_visit_get_n_people (self->visit));
  if (self->person_id != NULL && is_of_several (self))
    return plan_of_person (self);
  if (is_of_several (self))
    return plan_all (self);
  return self->steps[0] = plan_one (self, 0);
}

static guint
find_person (RcpVisit *visit, const char *id)
{
  guint n_people = rcp_visit_get_n_people (visit), i;

  for (i = 0; i < n_people && n_people > 1; i++)
    if (g_strcmp0 (rcp_visit_get_person_id (visit, i), id) == 0)
      return i;
  return n_people > 1 ? n_people : 0;
}

/* How far one is after the change. */
static RcpVisitStatus
get_person_after (RcpVisitChange *self, guint index)
{
  RcpVisitStatus before = rcp_visit_get_person_status (self->visit, index);
  guint restored = self->restored != NULL ? find_person (self->restored, rcp_visit_get_person_id (self->visit, index)) : 0;

  if (self->restored != NULL)
    return restored < rcp_visit_get_n_people (self->restored) ? rcp_visit_get_person_status (self->restored, restored) : before;
  return self->steps != NULL && self->steps[index] != RCP_STEP_NONE ? self->status : before;
}

RcpVisitStatus
rcp_visit_change_get_status_after (RcpVisitChange *self)
{
  guint n_people = rcp_visit_get_n_people (self->visit);
  g_autofree RcpVisitStatus *after = g_new (RcpVisitStatus, n_people);

  if (self->restored != NULL)
    return rcp_visit_get_status (self->restored);
  for (guint i = 0; i < n_people; i++)
    after[i] = get_person_after (self, i);
  return n_people > 1 ? rcp_visit_status_of_people (after, n_people) : self->status;
}

void
rcp_visit_change_ask_for_status (RcpVisitChange *self)
{
  if (!is_of_several (self))
    {
      rcp_visit_json_set_status (self->asked, self->status);
      return;
    }
  rcp_visit_json_set_code (self->asked, rcp_visit_change_get_status_after (self));
  for (guint i = 0; i < rcp_visit_get_n_people (self->visit); i++)
    if (self->steps[i] != RCP_STEP_NONE)
      rcp_visit_json_set_answer (self->asked, rcp_visit_get_person_id (self->visit, i), self->status);
}

/* What is to come back is looked for by its id: it may be struck out now. */
static FhirResource *
find_before (RcpVisitChange *self, guint index, FhirResource *restored)
{
  FhirResource *found = restored != NULL && self->encounters != NULL
                            ? fhir_bundle_lookup (self->encounters, fhir_resource_get_reference (restored))
                            : NULL;

  return found != NULL ? found : rcp_visit_get_person_encounter (self->visit, index);
}

/* The Encounter of one as it shall be: (transfer full), or NULL when there is none to write. */
static JsonObject *
make_encounter (RcpVisitChange *self, guint index, FhirResource *restored, FhirResource *before)
{
  JsonObject *json = before != NULL ? fhir_resource_get_json (before) : NULL;
  RcpEncounterStep step = {
    .visit = self->visit,
    .patient_id = rcp_visit_get_person_id (self->visit, index),
    .is_of_several = is_of_several (self),
    .status = self->status,
    .is_correction = self->steps != NULL && self->steps[index] == RCP_STEP_CORRECTION,
    .room_id = self->room_id,
    .room_name = self->room_name,
    .now = rcp_clock_get_now (self->clock),
  };

  if (self->encounter_plan == RCP_ENCOUNTER_STEP)
    return self->steps == NULL || self->steps[index] != RCP_STEP_NONE ? rcp_encounter_json_step (json, &step) : NULL;
  if (restored != NULL && before != NULL)
    return fhir_resource_dup_json (restored);
  if (before == NULL)
    return NULL;
  step.is_of_several = FALSE;
  step.status = RCP_VISIT_ERROR;
  return rcp_encounter_json_step (json, &step);
}

void
rcp_visit_change_put_encounters (RcpVisitChange *self, FhirTransaction *transaction)
{
  if (self->encounter_plan == RCP_ENCOUNTER_KEEP)
    return;
  for (guint i = 0; i < rcp_visit_get_n_people (self->visit); i++)
    {
      guint n = self->restored != NULL ? find_person (self->restored, rcp_visit_get_person_id (self->visit, i)) : 0;
      FhirResource *restored = self->restored != NULL && n < rcp_visit_get_n_people (self->restored)
                                   ? rcp_visit_get_person_encounter (self->restored, n)
                                   : NULL;
      FhirResource *before = find_before (self, i, restored);
      JsonObject *after = make_encounter (self, i, restored, before);

      if (after != NULL && before != NULL)
        {
          rcp_visit_change_put (self, transaction, before, after);
        }
      else if (after != NULL)
        {
          g_ptr_array_add (self->made_encounters, after);
          fhir_transaction_create (transaction, after, NULL);
        }
    }
}

static const char *
get_subject (JsonObject *encounter)
{
  return fhir_json_get_string (encounter, "subject.reference");
}

JsonObject *
rcp_visit_change_find_made (RcpVisitChange *self, FhirResource *encounter)
{
  for (guint i = 0; i < self->made_encounters->len; i++)
    if (!is_of_several (self)
        || g_strcmp0 (get_subject (self->made_encounters->pdata[i]), get_subject (fhir_resource_get_json (encounter))) == 0)
      return self->made_encounters->pdata[i];
  return NULL;
}

static gboolean
is_as_asked (JsonObject *asked, FhirResource *current)
{
  JsonObject *json = current != NULL ? fhir_resource_get_json (current) : NULL;

  return json != NULL && g_strcmp0 (fhir_json_get_string (asked, "status"), fhir_json_get_string (json, "status")) == 0
         && g_strcmp0 (rcp_encounter_json_get_last_room (asked), rcp_encounter_json_get_last_room (json)) == 0;
}

static gboolean
has_made (RcpVisitChange *self, RcpRecordState *state)
{
  g_autoptr (GPtrArray) all = rcp_record_state_dup_all (state);
  g_autoptr (RcpEncounters) encounters = rcp_encounters_new (all);
  const char *id = rcp_visit_get_id (self->visit);

  for (guint i = 0; i < self->made_encounters->len; i++)
    {
      JsonObject *made = self->made_encounters->pdata[i];
      g_autofree char *patient_id = fhir_reference_dup_id (get_subject (made), "Patient");

      if (!is_as_asked (made, is_of_several (self) ? rcp_encounters_get_of (encounters, id, patient_id, FALSE)
                                                   : rcp_encounters_get (encounters, id)))
        return FALSE;
    }
  return TRUE;
}

gboolean
rcp_visit_change_has_encounters (RcpVisitChange *self, RcpRecordState *state)
{
  GHashTableIter iter;
  gpointer reference, asked;

  g_hash_table_iter_init (&iter, self->after);
  while (g_hash_table_iter_next (&iter, &reference, &asked))
    if (g_str_has_prefix (reference, "Encounter/") && !is_as_asked (asked, rcp_record_state_lookup (state, reference)))
      return FALSE;
  return self->made_encounters->len == 0 || has_made (self, state);
}

/* In a change of status, and where one is taken back. */
void
rcp_visit_change_trace_people (RcpVisitChange *self, JsonObject *provenance)
{
  for (guint i = 0; self->visit != NULL && is_of_several (self) && i < rcp_visit_get_n_people (self->visit); i++)
    {
      RcpVisitStatus before = rcp_visit_get_person_status (self->visit, i), after = get_person_after (self, i);

      if (before != after && (self->deed == RCP_DEED_SET_STATUS || self->restored != NULL))
        rcp_provenance_json_add_person (provenance, rcp_visit_get_person_id (self->visit, i), rcp_visit_status_to_name (before),
                                        rcp_visit_status_to_name (after));
    }
}
