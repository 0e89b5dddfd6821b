/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-judge"

#include "rcp-visit-change.h"

#include "clinic/rcp-codes.h"

/* The other pure half of a change: from what is read afterwards to a verdict, and what takes a part of it back. */

static FhirResource *
find_visit (RcpVisitChange *self, RcpRecordState *state)
{
  if (self->visit != NULL)
    return rcp_record_state_lookup (state, fhir_resource_get_reference (rcp_visit_get_resource (self->visit)));
  return rcp_record_state_find (state, "Appointment", RCP_SYSTEM_BOOKING, self->booking_id);
}

static gboolean
was_overwritten (RcpVisitChange *self, FhirResource *current)
{
  FhirResource *before = g_hash_table_lookup (self->before, fhir_resource_get_reference (current));

  return before != NULL
         && g_strcmp0 (fhir_resource_get_version_id (before), fhir_resource_get_version_id (current)) != 0;
}

/* Free again, or blocked from now on. */
static gboolean
is_given_back (JsonObject *after)
{
  return g_strcmp0 (fhir_json_get_string (after, "status"), "busy") != 0;
}

/* How far one slot of the change got. */
static RcpVerdict
judge_slot (RcpVisitChange *self, FhirResource *current, JsonObject *after)
{
  JsonObject *json = fhir_resource_get_json (current);

  if (is_given_back (after))
    return g_strcmp0 (fhir_json_get_string (json, "status"), fhir_json_get_string (after, "status")) == 0
                   || was_overwritten (self, current)
               ? RCP_VERDICT_WHOLE
               : RCP_VERDICT_ABSENT;
  if (self->booking_id != NULL)
    return g_strcmp0 (fhir_json_get_string (json, "status"), "busy") == 0
                   && g_strcmp0 (fhir_json_get_identifier (json, RCP_SYSTEM_BOOKING), self->booking_id) == 0
               ? RCP_VERDICT_WHOLE
               : RCP_VERDICT_ABSENT;
  return rcp_json_equal_but_meta (json, after) && was_overwritten (self, current) ? RCP_VERDICT_WHOLE
                                                                                  : RCP_VERDICT_ABSENT;
}

typedef struct
{
  guint n_done;
  guint n_open;
} Tally;

static Tally
judge_slots (RcpVisitChange *self, RcpRecordState *state, char **difference)
{
  Tally tally = { 0, 0 };
  GHashTableIter iter;
  gpointer reference;
  gpointer after;

  g_hash_table_iter_init (&iter, self->after);
  while (g_hash_table_iter_next (&iter, &reference, &after))
    {
      FhirResource *current = rcp_record_state_lookup (state, reference);

      if (!g_str_has_prefix (reference, "Slot/"))
        continue;
      if (current != NULL && judge_slot (self, current, after) == RCP_VERDICT_WHOLE)
        {
          /* A slot that the visit held all along is no sign that anything was done. */
          tally.n_done += was_overwritten (self, current) ? 1 : 0;
          continue;
        }
      tally.n_open++;
      if (*difference == NULL)
        *difference = g_strdup_printf ("%s.status", (const char *)reference);
    }
  return tally;
}

/* The visit and its slots are right, the Encounter is not: perhaps they were right before, as from one room to another
 * the visit itself says nothing new. */
static RcpVerdict
judge_without_encounter (RcpVisitChange *self, FhirResource *visit, Tally slots, char **difference)
{
  g_free (*difference);
  *difference = g_strdup ("Encounter.status");
  return was_overwritten (self, visit) || slots.n_done > 0 ? RCP_VERDICT_PART : RCP_VERDICT_ABSENT;
}

RcpVerdict
rcp_visit_change_judge (RcpRecordState *state, gpointer user_data, char **difference)
{
  RcpVisitChange *self = user_data;
  FhirResource *visit = find_visit (self, state);
  g_autofree char *of_visit = visit != NULL ? rcp_visit_json_compare (self->asked, fhir_resource_get_json (visit))
                                            : g_strdup ("no Appointment");
  Tally slots = judge_slots (self, state, difference);

  if (of_visit == NULL && slots.n_open == 0 && !rcp_visit_change_has_encounters (self, state))
    return judge_without_encounter (self, visit, slots, difference);
  if (of_visit == NULL && slots.n_open == 0)
    {
      g_clear_pointer (difference, g_free);
      return RCP_VERDICT_WHOLE;
    }
  if (of_visit != NULL)
    {
      g_free (*difference);
      *difference = g_steal_pointer (&of_visit);
      /* Somebody else changed the visit: then the slots are theirs to explain. */
      if (self->visit != NULL && visit != NULL && was_overwritten (self, visit))
        return RCP_VERDICT_ABSENT;
      if (slots.n_done == 0 && (self->visit != NULL || visit == NULL))
        return RCP_VERDICT_ABSENT;
    }
  return RCP_VERDICT_PART;
}

/* Whether @current is just what we wrote over something. */
static gboolean
is_ours (RcpVisitChange *self, FhirResource *current)
{
  JsonObject *after = g_hash_table_lookup (self->after, fhir_resource_get_reference (current));

  return after != NULL && was_overwritten (self, current)
         && rcp_json_equal_but_meta (fhir_resource_get_json (current), after);
}

/* Whether the visit stands on @slot once our own change of it is taken back. A new visit stands on nothing then. */
static gboolean
will_stand_on (RcpVisitChange *self, RcpRecordState *state, const char *slot)
{
  FhirResource *current = self->visit != NULL ? find_visit (self, state) : NULL;
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *id = fhir_reference_dup_id (slot, "Slot");

  if (current == NULL)
    return FALSE;
  visit = is_ours (self, current) ? g_object_ref (self->visit) : rcp_visit_new (current, NULL);
  return rcp_visit_status_takes_time (rcp_visit_get_status (visit))
         && g_strv_contains (rcp_visit_get_slot_ids (visit), id);
}

JsonObject *
rcp_visit_change_undo (RcpRecordState *state, FhirResource *current, gpointer user_data)
{
  RcpVisitChange *self = user_data;
  const char *reference = fhir_resource_get_reference (current);
  const char *type = fhir_resource_get_resource_type (current);
  JsonObject *after = g_hash_table_lookup (self->after, reference);
  JsonObject *back;

  if (after != NULL)
    {
      if (!is_ours (self, current))
        return NULL;
      /* Another desk may have changed the visit meanwhile: it keeps the times on which it stands, and no others. */
      if (g_strcmp0 (type, "Slot") == 0 && is_given_back (after) != will_stand_on (self, state, reference))
        return NULL;
      return fhir_resource_dup_json (g_hash_table_lookup (self->before, reference));
    }
  if (g_strcmp0 (type, "Encounter") == 0 && rcp_visit_change_find_made (self, current) != NULL
      && g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (current), "status"), "entered-in-error") != 0)
    {
      back = fhir_resource_dup_json (current);
      json_object_set_string_member (back, "status", "entered-in-error");
      return back;
    }
  /* What was made new in this run, and nothing else, carries the booking and was not there before. */
  if (self->booking_id == NULL
      || g_strcmp0 (fhir_json_get_identifier (fhir_resource_get_json (current), RCP_SYSTEM_BOOKING), self->booking_id)
             != 0)
    return NULL;
  if (g_strcmp0 (type, "CommunicationRequest") != 0 && !(self->visit == NULL && g_strcmp0 (type, "Appointment") == 0))
    return NULL;
  if (g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (current), "status"), "entered-in-error") == 0)
    return NULL;
  back = fhir_resource_dup_json (current);
  json_object_set_string_member (back, "status", "entered-in-error");
  return back;
}

