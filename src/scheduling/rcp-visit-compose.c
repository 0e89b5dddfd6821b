/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-compose"

#include "rcp-visit-change.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"

#define MOST_WITH_CONDITION 8
#define N_BESIDE_SLOTS 4 /* the visit, two notices, the trace of who did it */

/* The pure half of a change: from what was read to one transaction, and from what is read afterwards to a verdict. */

static gboolean
offers_slot (RcpVisitChange *self, const char *id)
{
  guint n_slots = 0;
  const RcpSlot *slots = self->offer != NULL ? rcp_offer_get_slots (self->offer, &n_slots) : NULL;

  for (guint i = 0; i < n_slots; i++)
    if (g_strcmp0 (slots[i].id, id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
visit_has_slot (RcpVisitChange *self, const char *id)
{
  return self->visit != NULL && g_strv_contains (rcp_visit_get_slot_ids (self->visit), id);
}

static void
append_id (GString *list, const char *id)
{
  if (list->len > 0)
    g_string_append_c (list, ',');
  g_string_append (list, id);
}

char *
rcp_visit_change_list_slots (RcpVisitChange *self)
{
  GString *list = g_string_new (NULL);
  const char *const *old = self->visit != NULL ? rcp_visit_get_slot_ids (self->visit) : NULL;
  guint n_slots = 0;
  const RcpSlot *slots = self->offer != NULL ? rcp_offer_get_slots (self->offer, &n_slots) : NULL;

  for (guint i = 0; i < n_slots; i++)
    append_id (list, slots[i].id);
  for (; old != NULL && *old != NULL; old++)
    if (!offers_slot (self, *old))
      append_id (list, *old);
  return g_string_free (list, FALSE);
}

/* Overwrites @before by @after, which is taken, if nobody else did meanwhile. */
static void
put (RcpVisitChange *self, FhirTransaction *transaction, FhirResource *before, JsonObject *after)
{
  g_autofree char *if_match = fhir_resource_dup_if_match (before);
  const char *reference = fhir_resource_get_reference (before);

  fhir_transaction_update (transaction, after, if_match);
  g_hash_table_replace (self->before, g_strdup (reference), g_object_ref (before));
  g_hash_table_replace (self->after, g_strdup (reference), after);
}

static FhirResource *
find_slot (RcpVisitChange *self, const char *id)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (g_strcmp0 (fhir_resource_get_id (self->slots->pdata[i]), id) == 0)
      return self->slots->pdata[i];
  return NULL;
}

/* Whether the slot still is the time that was offered. */
static gboolean
is_same_time (FhirResource *resource, const RcpSlot *offered)
{
  gint64 start;
  gint64 end;

  return rcp_iso8601_parse_instant (fhir_json_get_string (fhir_resource_get_json (resource), "start"), &start)
         && rcp_iso8601_parse_instant (fhir_json_get_string (fhir_resource_get_json (resource), "end"), &end)
         && start == offered->range.start && end == offered->range.end;
}

static gboolean
take_slots (RcpVisitChange *self, FhirTransaction *transaction)
{
  guint n_slots = 0;
  const RcpSlot *slots = self->offer != NULL ? rcp_offer_get_slots (self->offer, &n_slots) : NULL;

  for (guint i = 0; i < n_slots; i++)
    {
      FhirResource *current = find_slot (self, slots[i].id);
      JsonObject *taken;

      if (current == NULL || !is_same_time (current, &slots[i]))
        return FALSE;
      if (!rcp_slot_json_is_free (fhir_resource_get_json (current))
          && !(visit_has_slot (self, slots[i].id)
               && rcp_slot_json_is_held_by (fhir_resource_get_json (current), self->booking_id)))
        return FALSE;
      taken = fhir_resource_dup_json (current);
      rcp_slot_json_take (taken, self->booking_id);
      put (self, transaction, current, taken);
    }
  return TRUE;
}

/* Only what this visit holds goes back: a slot that was blocked since, or given to another visit, stays as it is. A
 * cancelled visit still names its slots and holds none; who has them now need not have marked them. */
static void
release_slots (RcpVisitChange *self, FhirTransaction *transaction)
{
  if (rcp_visit_get_status (self->visit) == RCP_VISIT_CANCELLED)
    return;
  for (guint i = 0; i < self->slots->len; i++)
    {
      FhirResource *current = self->slots->pdata[i];
      JsonObject *released;

      if (offers_slot (self, fhir_resource_get_id (current)) || !visit_has_slot (self, fhir_resource_get_id (current))
          || !rcp_slot_json_is_held_by (fhir_resource_get_json (current), self->booking_id))
        continue;
      released = fhir_resource_dup_json (current);
      rcp_slot_json_release (released);
      put (self, transaction, current, released);
    }
}

static gboolean
is_about_visit (FhirResource *notice, const char *reference)
{
  JsonArray *about = fhir_json_get_array (fhir_resource_get_json (notice), "about");

  for (guint i = 0; about != NULL && i < json_array_get_length (about); i++)
    {
      const char *target = fhir_json_get_string (json_array_get_object_element (about, i), "reference");
      g_autofree char *relative = target != NULL ? fhir_reference_dup_relative (target) : NULL;

      if (g_strcmp0 (relative, reference) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Nobody shall be reminded of a time that is no more. */
static void
revoke_notices (RcpVisitChange *self, FhirTransaction *transaction)
{
  for (guint i = 0; i < self->notices->len; i++)
    {
      FhirResource *notice = self->notices->pdata[i];
      JsonObject *revoked;

      if (!is_about_visit (notice, fhir_resource_get_reference (rcp_visit_get_resource (self->visit))))
        continue;
      revoked = fhir_resource_dup_json (notice);
      json_object_set_string_member (revoked, "status", "revoked");
      put (self, transaction, notice, revoked);
    }
}

static const char *
get_patient_id (RcpVisitChange *self)
{
  if (self->patient != NULL)
    return rcp_patient_get_id (self->patient);
  return self->visit != NULL ? rcp_visit_get_patient_id (self->visit) : NULL;
}

static void
add_notice (RcpVisitChange *self, FhirTransaction *transaction, RcpNotice notice, const char *about, gint64 occurs)
{
  g_autoptr (JsonObject) json = rcp_notice_json_new (notice, get_patient_id (self), about, self->booking_id,
                                                     rcp_clock_get_now (self->clock), occurs);

  fhir_transaction_create (transaction, json, NULL);
}

static void
add_notices (RcpVisitChange *self, FhirTransaction *transaction, const char *about)
{
  gint64 now = rcp_clock_get_now (self->clock);
  gint64 reminder;

  if (self->offer == NULL || get_patient_id (self) == NULL
      || !fhir_capabilities_has_interaction (self->capabilities, "CommunicationRequest", "create"))
    return;
  reminder = rcp_notice_get_reminder_time (rcp_offer_get_range (self->offer).start, now);
  add_notice (self, transaction, RCP_NOTICE_CONFIRMATION, about, now);
  if (reminder != 0)
    add_notice (self, transaction, RCP_NOTICE_REMINDER, about, reminder);
}

static void
add_provenance (RcpVisitChange *self, FhirTransaction *transaction, const char *target)
{
  g_autoptr (JsonObject) provenance = NULL;

  if (!fhir_capabilities_has_interaction (self->capabilities, "Provenance", "create"))
    return;
  provenance
      = rcp_provenance_json_new (target, self->visit == NULL ? "CREATE" : "UPDATE", rcp_clock_get_now (self->clock));
  fhir_transaction_create (transaction, provenance, NULL);
}

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

/* How far one slot of the change got. */
static RcpVerdict
judge_slot (RcpVisitChange *self, FhirResource *current, JsonObject *after)
{
  JsonObject *json = fhir_resource_get_json (current);

  if (rcp_slot_json_is_free (after))
    return rcp_slot_json_is_free (json) || was_overwritten (self, current) ? RCP_VERDICT_WHOLE : RCP_VERDICT_ABSENT;
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

static RcpVerdict
judge (RcpRecordState *state, gpointer user_data, char **difference)
{
  RcpVisitChange *self = user_data;
  FhirResource *visit = find_visit (self, state);
  g_autofree char *of_visit = visit != NULL ? rcp_visit_json_compare (self->asked, fhir_resource_get_json (visit))
                                            : g_strdup ("no Appointment");
  Tally slots = judge_slots (self, state, difference);

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

static JsonObject *
undo (RcpRecordState *state, FhirResource *current, gpointer user_data)
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
      if (g_strcmp0 (type, "Slot") == 0 && rcp_slot_json_is_free (after) != will_stand_on (self, state, reference))
        return NULL;
      return fhir_resource_dup_json (g_hash_table_lookup (self->before, reference));
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

static void
add_probes (RcpVisitChange *self, RcpCommitPlan *plan)
{
  FhirSearch *visits = fhir_search_new ("Appointment");
  g_autofree char *slots = rcp_visit_change_list_slots (self);

  g_ptr_array_add (plan->probes, visits);
  if (self->visit != NULL)
    fhir_search_add (visits, "_id", rcp_visit_get_id (self->visit));
  else
    fhir_search_add_printf (visits, "identifier", "%s|%s", RCP_SYSTEM_BOOKING, self->booking_id);
  fhir_search_add (visits, "_include", "Appointment:patient");
  if (self->visit == NULL)
    fhir_search_add (visits, "_include", "Appointment:slot");
  plan->n_probes_after_yes = 1;

  if (*slots != '\0')
    {
      FhirSearch *search = fhir_search_new ("Slot");

      fhir_search_add (search, "_id", slots);
      fhir_search_add (search, "_count", "200");
      g_ptr_array_add (plan->probes, search);
      plan->n_probes_after_yes = self->visit != NULL ? 2 : 1;
    }
  if (self->booking_id != NULL
      && fhir_capabilities_has_interaction (self->capabilities, "CommunicationRequest", "create"))
    {
      FhirSearch *notices = fhir_search_new ("CommunicationRequest");

      fhir_search_add_printf (notices, "identifier", "%s|%s", RCP_SYSTEM_BOOKING, self->booking_id);
      g_ptr_array_add (plan->probes, notices);
    }
}

/* Medplum takes at most eight entries in a transaction with a conditional create: a long visit, of five slots or more,
 * would be refused there. The slots' own versions keep it from being booked twice as well. */
static gboolean
may_carry_condition (FhirTransaction *slots)
{
  return fhir_transaction_get_n_entries (slots) + N_BESIDE_SLOTS <= MOST_WITH_CONDITION;
}

RcpCommitPlan *
rcp_visit_change_compose (RcpVisitChange *self, GError **error)
{
  g_autoptr (RcpCommitPlan) plan = rcp_commit_plan_new (self->deed, judge, undo, self);
  g_autofree char *about = NULL;

  plan->transaction = fhir_transaction_new ();
  if (!take_slots (self, plan->transaction))
    {
      g_propagate_error (error,
                         rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_TAKEN, self->deed, "a slot is not free"));
      return NULL;
    }
  if (self->visit != NULL)
    {
      FhirResource *before = rcp_visit_get_resource (self->visit);

      release_slots (self, plan->transaction);
      about = g_strdup (fhir_resource_get_reference (before));
      put (self, plan->transaction, before, json_object_ref (self->asked));
      revoke_notices (self, plan->transaction);
      plan->visit_reference = g_strdup (about);
      plan->visit_version = g_strdup (fhir_resource_get_version_id (before));
    }
  else
    {
      g_autofree char *if_none_exist = NULL;

      if (may_carry_condition (plan->transaction))
        if_none_exist = g_strdup_printf ("identifier=%s|%s", RCP_SYSTEM_BOOKING, self->booking_id);

      about = g_strdup (fhir_transaction_create (plan->transaction, self->asked, if_none_exist));
    }
  add_notices (self, plan->transaction, about);
  add_provenance (self, plan->transaction, about);
  add_probes (self, plan);
  return g_steal_pointer (&plan);
}
