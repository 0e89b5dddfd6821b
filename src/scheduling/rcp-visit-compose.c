/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-compose"

#include "rcp-visit-change.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "rcp-setup-private.h"

#define MOST_WITH_CONDITION 8
#define N_BESIDE_SLOTS 4 /* the visit, two notices, the trace of who did it */

/* The pure half of a change: from what was read to one transaction. */

const char *
rcp_visit_change_get_patient_id (RcpVisitChange *self)
{
  if (self->patient != NULL)
    return rcp_patient_get_id (self->patient);
  return self->visit != NULL ? rcp_visit_get_patient_id (self->visit) : NULL;
}

GStrv
rcp_visit_change_list_patients (RcpVisitChange *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  JsonArray *participants = fhir_json_get_array (self->asked, "participant");

  for (guint i = 0; participants != NULL && i < json_array_get_length (participants); i++)
    {
      const char *reference
          = fhir_json_get_string (json_array_get_object_element (participants, i), "actor.reference");
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Patient") : NULL;

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }
  return g_strv_builder_end (ids);
}

char *
rcp_visit_change_join_patients (RcpVisitChange *self, const char *prefix)
{
  g_auto (GStrv) patients = rcp_visit_change_list_patients (self);
  GString *list = g_string_new (NULL);

  for (guint i = 0; patients[i] != NULL; i++)
    g_string_append_printf (list, "%s%s%s", i > 0 ? "," : "", prefix, patients[i]);
  return g_string_free (list, FALSE);
}

const char *
rcp_visit_change_get_visit_id (RcpVisitChange *self)
{
  return self->visit != NULL ? rcp_visit_get_id (self->visit) : NULL;
}

static gboolean
takes_slot (RcpVisitChange *self, const char *id)
{
  return self->take != NULL && g_strv_contains ((const char *const *)self->take, id);
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
  const char *const *old
      = self->visit != NULL && !self->keeps_slots ? rcp_visit_get_slot_ids (self->visit) : NULL;

  for (guint i = 0; self->take != NULL && self->take[i] != NULL; i++)
    append_id (list, self->take[i]);
  for (; old != NULL && *old != NULL; old++)
    if (!takes_slot (self, *old))
      append_id (list, *old);
  return g_string_free (list, FALSE);
}

void
rcp_visit_change_put (RcpVisitChange *self, FhirTransaction *transaction, FhirResource *before, JsonObject *after)
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

/* Of changes that are made together one may take what another gives back; and no two the same. */
static gboolean
is_taken_by_another (RcpVisitChange *self, const char *id)
{
  for (guint i = 0; self->group != NULL && i < self->group->len; i++)
    if (self->group->pdata[i] != self && takes_slot (self->group->pdata[i], id))
      return TRUE;
  return FALSE;
}

static gboolean
is_given_back (RcpVisitChange *self, FhirResource *slot)
{
  const char *id = fhir_resource_get_id (slot);

  return self->visit != NULL && !self->keeps_slots && rcp_visit_get_status (self->visit) != RCP_VISIT_CANCELLED
         && !takes_slot (self, id) && visit_has_slot (self, id)
         && rcp_slot_json_is_held_by (fhir_resource_get_json (slot), self->booking_id);
}

static gboolean
is_given_by_another (RcpVisitChange *self, FhirResource *slot)
{
  for (guint i = 0; self->group != NULL && i < self->group->len; i++)
    if (self->group->pdata[i] != self && is_given_back (self->group->pdata[i], slot)
        && !rcp_slot_json_is_blocked (fhir_resource_get_json (slot)))
      return TRUE;
  return FALSE;
}

gboolean
rcp_visit_change_may_take (RcpVisitChange *self, FhirResource *current)
{
  JsonObject *json = fhir_resource_get_json (current);

  if (is_taken_by_another (self, fhir_resource_get_id (current)))
    return FALSE;
  /* What is undone has its time back, also where that was blocked and nobody was to come there any more. */
  if (self->deed == RCP_DEED_UNDO && rcp_slot_json_was_held_by (json, self->booking_id))
    return TRUE;
  return rcp_slot_json_is_free (json) || is_given_by_another (self, current)
         || (visit_has_slot (self, fhir_resource_get_id (current))
             && rcp_slot_json_is_held_by (json, self->booking_id));
}

gboolean
rcp_visit_change_may_take_all (RcpVisitChange *self)
{
  for (guint i = 0; self->overbook == NULL && self->take != NULL && self->take[i] != NULL; i++)
    {
      FhirResource *current = find_slot (self, self->take[i]);

      if (current == NULL || !rcp_visit_change_may_take (self, current))
        return FALSE;
    }
  return TRUE;
}

/* A visit that is put beside others takes what is free of its time, and names no more. */
static gboolean
take_slots (RcpVisitChange *self, FhirTransaction *transaction)
{
  guint n_offered = 0;
  const RcpSlot *offered = self->offer != NULL ? rcp_offer_get_slots (self->offer, &n_offered) : NULL;
  g_autoptr (GPtrArray) taken_ids = g_ptr_array_new ();

  for (guint i = 0; self->take != NULL && self->take[i] != NULL; i++)
    {
      FhirResource *current = find_slot (self, self->take[i]);
      JsonObject *taken;

      if (current == NULL || (i < n_offered && !is_same_time (current, &offered[i])))
        return FALSE;
      if (!rcp_visit_change_may_take (self, current))
        {
          if (self->overbook != NULL)
            continue;
          return FALSE;
        }
      taken = fhir_resource_dup_json (current);
      rcp_slot_json_take (taken, self->booking_id);
      rcp_visit_change_put (self, transaction, current, taken);
      g_ptr_array_add (taken_ids, self->take[i]);
    }
  if (self->overbook != NULL || self->room != NULL || self->kept != NULL)
    rcp_visit_json_set_slots (self->asked, taken_ids);
  return TRUE;
}

static gboolean
is_turn_of_another (RcpVisitChange *self)
{
  for (guint i = 0; self->group != NULL && i < self->group->len && self->group->pdata[i] != self; i++)
    {
      RcpVisitChange *other = self->group->pdata[i];

      if (other->turn != NULL
          && g_str_equal (fhir_resource_get_reference (other->turn), fhir_resource_get_reference (self->turn)))
        return TRUE;
    }
  return FALSE;
}

/* Two desks that count the overbooked visits of a half day at once count the same: so they change what they have read the limit
 * from, and the second is refused. It must be another content each time, as some servers keep the version of what is equal. */
static void
take_turn (RcpVisitChange *self, FhirTransaction *transaction)
{
  g_autofree char *uuid = g_uuid_string_random ();
  JsonObject *schedule;
  JsonObject *extension;

  if (self->turn == NULL || is_turn_of_another (self))
    return;
  schedule = fhir_resource_dup_json (self->turn);
  rcp_setup_drop_extensions (schedule, RCP_EXTENSION_TURN);
  extension = json_object_new ();
  json_object_set_string_member (extension, "url", RCP_EXTENSION_TURN);
  json_object_set_string_member (extension, "valueString", uuid);
  if (!json_object_has_member (schedule, "extension"))
    json_object_set_array_member (schedule, "extension", json_array_new ());
  json_array_add_object_element (json_object_get_array_member (schedule, "extension"), extension);
  rcp_visit_change_put (self, transaction, self->turn, schedule);
}

/* Only what this visit holds goes back: a slot that was blocked since, or given to another visit, stays as it is. A
 * cancelled visit still names its slots and holds none; who has them now need not have marked them. */
static void
release_slots (RcpVisitChange *self, FhirTransaction *transaction)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      FhirResource *current = self->slots->pdata[i];
      JsonObject *released;

      if (!is_given_back (self, current) || is_taken_by_another (self, fhir_resource_get_id (current)))
        continue;
      released = fhir_resource_dup_json (current);
      /* Blocked time that a visit leaves tells whose it was, also where nobody had marked it: only so can it come back. */
      if (rcp_slot_json_is_blocked (released))
        rcp_slot_json_take (released, self->booking_id);
      rcp_slot_json_release (released);
      rcp_visit_change_put (self, transaction, current, released);
    }
}

gboolean
rcp_visit_change_has_notice (RcpVisitChange *self, FhirResource *notice)
{
  const char *reference = fhir_resource_get_reference (rcp_visit_get_resource (self->visit));
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

static void
put_notice (RcpVisitChange *self, FhirTransaction *transaction, FhirResource *notice, const char *status)
{
  JsonObject *changed = fhir_resource_dup_json (notice);

  json_object_set_string_member (changed, "status", status);
  rcp_visit_change_put (self, transaction, notice, changed);
}

/* Nobody shall be reminded of a time that is no more; and what was taken back by mistake is to be told after all. */
static void
change_notices (RcpVisitChange *self, FhirTransaction *transaction)
{
  g_autoptr (GStrvBuilder) revoked = g_strv_builder_new ();

  for (guint i = 0; i < self->notices->len; i++)
    {
      FhirResource *notice = self->notices->pdata[i];
      const char *reference = fhir_resource_get_reference (notice);
      const char *status = fhir_json_get_string (fhir_resource_get_json (notice), "status");
      gboolean is_active = g_strcmp0 (status, "active") == 0;

      if (!rcp_visit_change_has_notice (self, notice))
        continue;
      if (is_active)
        {
          put_notice (self, transaction, notice, "revoked");
          g_strv_builder_add (revoked, reference);
        }
      else if (self->revive != NULL && g_strv_contains ((const char *const *)self->revive, reference))
        {
          put_notice (self, transaction, notice, "active");
        }
    }
  self->revoked = g_strv_builder_end (revoked);
}

static void
add_notice (RcpVisitChange *self, FhirTransaction *transaction, RcpNotice notice, const char *about, gint64 occurs)
{
  g_auto (GStrv) patients = rcp_visit_change_list_patients (self);

  for (guint i = 0; patients[i] != NULL; i++)
    {
      g_autoptr (JsonObject) json = rcp_notice_json_new (notice, patients[i], about, self->booking_id,
                                                         rcp_clock_get_now (self->clock), occurs);

      fhir_transaction_create (transaction, json, NULL);
    }
}

static void
add_notices (RcpVisitChange *self, FhirTransaction *transaction, const char *about)
{
  gint64 now = rcp_clock_get_now (self->clock);
  gint64 reminder;

  if (!self->notifies || rcp_visit_change_get_patient_id (self) == NULL
      || !fhir_capabilities_has_interaction (self->capabilities, "CommunicationRequest", "create"))
    return;
  reminder = rcp_notice_get_reminder_time (self->range.start, now);
  add_notice (self, transaction, RCP_NOTICE_CONFIRMATION, about, now);
  if (reminder != 0)
    add_notice (self, transaction, RCP_NOTICE_REMINDER, about, reminder);
}

/* The status before and after it, where the Appointment alone does not tell. */
static gboolean
get_statuses (RcpVisitChange *self, RcpVisitStatus *before, RcpVisitStatus *after)
{
  if (self->visit == NULL || (self->deed != RCP_DEED_SET_STATUS && self->restored == NULL))
    return FALSE;
  *before = rcp_visit_get_status (self->visit);
  *after = rcp_visit_change_get_status_after (self);
  return self->deed == RCP_DEED_SET_STATUS || *before != *after;
}

static void
add_provenance (RcpVisitChange *self, FhirTransaction *transaction, const char *target)
{
  g_autoptr (JsonObject) provenance = NULL;
  RcpVisitStatus before = RCP_VISIT_ERROR, after = RCP_VISIT_ERROR;
  gboolean has_status = get_statuses (self, &before, &after);
  RcpTrace trace = {
    .target = target,
    .operation = self->visit == NULL ? "CREATE" : "UPDATE",
    .code = self->code,
    .desk = self->desk,
    .reason = self->overbook != NULL ? self->overbook : self->reason,
    .old_status = has_status ? rcp_visit_status_to_name (before) : NULL,
    .new_status = has_status ? rcp_visit_status_to_name (after) : NULL,
    .now = rcp_clock_get_now (self->clock),
  };

  if (!fhir_capabilities_has_interaction (self->capabilities, "Provenance", "create"))
    return;
  provenance = rcp_provenance_json_new (&trace);
  rcp_visit_change_trace_people (self, provenance);
  /* The wish that is met by it was closed by the same desk. */
  if (self->closes != NULL)
    json_array_add_object_element (json_object_get_array_member (provenance, "target"),
                                   rcp_json_reference (fhir_resource_get_reference (rcp_visit_get_resource (self->closes)), NULL));
  fhir_transaction_create (transaction, provenance, NULL);
}

static FhirSearch *
make_visit_probe (RcpVisitChange *self)
{
  FhirSearch *visits = fhir_search_new ("Appointment");

  if (self->visit != NULL)
    fhir_search_add (visits, "_id", rcp_visit_get_id (self->visit));
  else
    fhir_search_add_printf (visits, "identifier", "%s|%s", RCP_SYSTEM_BOOKING, self->booking_id);
  fhir_search_add (visits, "_include", "Appointment:patient");
  if (self->visit == NULL)
    fhir_search_add (visits, "_include", "Appointment:slot");
  return visits;
}

/* After the visit itself come what else a plain yes has to show, then what a look after an unclear answer needs. */
static void
add_probes (RcpVisitChange *self, RcpCommitPlan *plan)
{
  FhirSearch *visits = make_visit_probe (self);
  g_autofree char *slots = rcp_visit_change_list_slots (self);

  g_ptr_array_add (plan->probes, visits);
  plan->n_probes_after_yes = 1;
  if (self->encounter_plan != RCP_ENCOUNTER_KEEP)
    {
      if (fhir_capabilities_has_revinclude (self->capabilities, "Appointment", "Encounter", "appointment"))
        {
          fhir_search_add (visits, "_revinclude", "Encounter:appointment");
        }
      else
        {
          FhirSearch *encounters = fhir_search_new ("Encounter");

          fhir_search_add_printf (encounters, "appointment", "Appointment/%s", rcp_visit_get_id (self->visit));
          g_ptr_array_add (plan->probes, encounters);
          plan->n_probes_after_yes++;
        }
    }
  if (*slots != '\0')
    {
      FhirSearch *search = fhir_search_new ("Slot");

      fhir_search_add (search, "_id", slots);
      fhir_search_add (search, "_count", "200");
      g_ptr_array_add (plan->probes, search);
      plan->n_probes_after_yes += self->visit != NULL ? 1 : 0;
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
may_carry_condition (RcpVisitChange *self, FhirTransaction *slots)
{
  /* Of those that are made together, one without slots has nothing else that keeps it single. */
  if (self->group != NULL)
    return g_hash_table_size (self->after) == 0;
  return fhir_transaction_get_n_entries (slots) + N_BESIDE_SLOTS <= MOST_WITH_CONDITION;
}

/* The wish for this very change is met: it goes from the wait list in the same moment. */
static void
close_entry (RcpVisitChange *self, FhirTransaction *transaction)
{
  FhirResource *entry;
  JsonObject *closed;

  if (self->closes == NULL)
    return;
  entry = rcp_visit_get_resource (self->closes);
  closed = fhir_resource_dup_json (entry);
  rcp_visit_json_cancel (closed, "pat", NULL);
  rcp_visit_change_put (self, transaction, entry, closed);
}

/* Who waits again does so since then. An entry that somebody booked or changed meanwhile is theirs. */
static void
reopen_entry (RcpVisitChange *self, FhirTransaction *transaction)
{
  g_autoptr (RcpVisit) now = NULL;

  if (self->entry == NULL)
    return;
  now = rcp_visit_new (self->entry, NULL);
  if (rcp_visit_get_status (now) == RCP_VISIT_CANCELLED)
    rcp_visit_change_put (self, transaction, self->entry, fhir_resource_dup_json (rcp_visit_get_resource (self->reopens)));
}

/* The visit that was there already, and all that hangs on it; (transfer full): its reference. */
static char *
change_visit (RcpVisitChange *self, RcpCommitPlan *plan)
{
  FhirResource *before = rcp_visit_get_resource (self->visit);

  release_slots (self, plan->transaction);
  rcp_visit_change_put (self, plan->transaction, before, json_object_ref (self->asked));
  close_entry (self, plan->transaction);
  reopen_entry (self, plan->transaction);
  rcp_visit_change_put_encounters (self, plan->transaction);
  change_notices (self, plan->transaction);
  g_ptr_array_add (plan->visits, g_object_ref (before));
  return g_strdup (fhir_resource_get_reference (before));
}

static char *
create_visit (RcpVisitChange *self, RcpCommitPlan *plan)
{
  g_autofree char *if_none_exist = NULL;

  if (may_carry_condition (self, plan->transaction))
    if_none_exist = g_strdup_printf ("identifier=%s|%s", RCP_SYSTEM_BOOKING, self->booking_id);
  return g_strdup (fhir_transaction_create (plan->transaction, self->asked, if_none_exist));
}

/* A server without transactions can still note a status: the visit alone, by its version. */
static void
write_visit_alone (RcpVisitChange *self, RcpCommitPlan *plan)
{
  g_clear_object (&plan->transaction);
  plan->update = json_object_ref (self->asked);
  plan->if_match = fhir_resource_dup_if_match (rcp_visit_get_resource (self->visit));
}

RcpCommitPlan *
rcp_visit_change_compose (RcpVisitChange *self, FhirTransaction *transaction, GError **error)
{
  g_autoptr (RcpCommitPlan) plan
      = rcp_commit_plan_new (self->deed, rcp_visit_change_judge, rcp_visit_change_undo, self);
  g_autofree char *about = NULL;

  plan->transaction = transaction != NULL ? g_object_ref (transaction) : fhir_transaction_new ();
  if (!take_slots (self, plan->transaction))
    {
      g_propagate_error (error,
                         rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_TAKEN, self->deed, "a slot is not free"));
      return NULL;
    }
  take_turn (self, plan->transaction);
  about = self->visit != NULL ? change_visit (self, plan) : create_visit (self, plan);
  add_notices (self, plan->transaction, about);
  add_provenance (self, plan->transaction, about);
  add_probes (self, plan);
  if (!fhir_capabilities_has_transactions (self->capabilities))
    write_visit_alone (self, plan);
  return g_steal_pointer (&plan);
}
