/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-operations.h"

#include <string.h>

#include "practice-operation-arguments.h"
#include "practice-operation-json.h"

/* IHE ITI Scheduling: $hold (ITI-116) keeps what $find proposed, $book (ITI-117) books, changes or cancels. */

/* Brings every Slot of the Appointment from one of the states in @from to @to. */
static gboolean
move_slots (PracticeCall *call, PracticeJson *appointment, const char *const *from, const char *to)
{
  PracticeJson *slots = practice_json_get_array (appointment, "slot");

  for (gsize i = 0; slots != NULL && i < json_object_array_length (slots); i++)
    {
      PracticeJson *reference = json_object_array_get_idx (slots, i);
      const char *id = practice_operation_get_reference_id (practice_json_get_string (reference, "reference"), "Slot");
      g_autoptr (PracticeJson) slot = id != NULL ? practice_operation_load (call, "Slot", id) : NULL;
      g_autoptr (PracticeVersion) version = NULL;
      const char *status = slot != NULL ? practice_json_get_string (slot, "status") : NULL;

      if (status == NULL)
        {
          practice_outcome_error (call->outcome, 404, "not-found", NULL, "The appointment is for a slot that is not there");
          return FALSE;
        }
      if (!g_strv_contains (from, status))
        {
          practice_outcome_error (call->outcome, 409, "conflict", NULL, "A slot of the appointment is taken");
          return FALSE;
        }
      json_object_object_add (slot, "status", json_object_new_string (to));
      version = practice_call_store (call, slot, "Slot", id);
      if (version == NULL)
        return FALSE;
    }

  return TRUE;
}

/* appointment-reference: what is stored, or the proposal of a free Slot. */
static PracticeJson *
resolve_appointment (PracticeCall *call, const char *reference, gboolean *stored)
{
  const char *id = practice_operation_get_reference_id (reference, "Appointment");
  PracticeJson *appointment;

  *stored = FALSE;
  if (id == NULL)
    {
      practice_outcome_error (call->outcome, 400, reference == NULL ? "required" : "value", NULL,
                              "appointment-reference has to name an Appointment");
      return NULL;
    }
  appointment = practice_operation_load (call, "Appointment", id);

  *stored = appointment != NULL;
  if (appointment == NULL && g_str_has_prefix (id, PRACTICE_PROPOSAL_PREFIX))
    {
      g_autoptr (PracticeJson) slot = practice_operation_load (call, "Slot", id + strlen (PRACTICE_PROPOSAL_PREFIX));

      if (slot != NULL)
        appointment = practice_operation_make_proposal (call, slot);
    }
  if (appointment == NULL)
    practice_outcome_error (call->outcome, 404, "not-found", NULL, "There is no such appointment");
  return appointment;
}

static void
set_status (PracticeJson *appointment, const char *status)
{
  json_object_object_add (appointment, "status", json_object_new_string (status));
}

/* Stores the Appointment, under its id when it has been stored before, and answers with it. */
static void
store_and_respond (PracticeCall *call, PracticeJson *appointment, gboolean stored)
{
  g_autofree char *id = stored ? g_strdup (practice_json_get_string (appointment, "id")) : g_uuid_string_random ();
  g_autoptr (PracticeVersion) version = practice_call_store (call, appointment, "Appointment", id);
  g_autoptr (PracticeJson) bundle = NULL;
  PracticeJson *entries;

  if (version == NULL)
    return;

  bundle = practice_operation_make_searchset ();
  entries = json_object_new_array ();
  json_object_object_add (bundle, "total", json_object_new_int (1));
  practice_operation_add_match (entries, json_object_get (appointment));
  json_object_object_add (bundle, "entry", entries);
  practice_call_respond_json (call, 200, bundle);
}

void
practice_operation_hold (PracticeCall *call)
{
  static const char *const free_only[] = { "free", NULL };
  g_auto (PracticeArguments) arguments = { NULL, };
  g_autofree char *reference = NULL;
  g_autoptr (PracticeJson) appointment = NULL;
  gboolean stored;

  if (!practice_arguments_parse (call, &arguments))
    return;
  reference = practice_argument_to_text (practice_arguments_get (&arguments, "appointment-reference"));
  appointment = resolve_appointment (call, reference, &stored);
  if (appointment == NULL)
    return;
  if (strcmp (practice_json_get_string (appointment, "status"), "proposed") != 0)
    {
      practice_outcome_error (call->outcome, 409, "conflict", NULL, "The appointment is not a proposal");
      return;
    }

  set_status (appointment, "pending");
  if (move_slots (call, appointment, free_only, "busy-tentative"))
    store_and_respond (call, appointment, stored);
}

/* patient-resource: a patient that is known by its id, or a new one; becomes a participant. */
static gboolean
add_patient (PracticeCall *call, PracticeJson *appointment, PracticeJson *patient)
{
  const char *given = practice_json_get_string (patient, "id");
  g_autofree char *id = given != NULL && practice_id_is_valid (given) ? g_strdup (given) : g_uuid_string_random ();
  g_autoptr (PracticeVersion) known = practice_store_read (call->store, "Patient", id);
  g_autoptr (PracticeVersion) version = NULL;
  PracticeJson *participants = practice_json_get_array (appointment, "participant");
  PracticeJson *participant;

  if (known == NULL || known->content == NULL)
    {
      version = practice_call_store (call, patient, "Patient", id);
      if (version == NULL)
        return FALSE;
    }

  if (participants == NULL)
    {
      participants = json_object_new_array ();
      json_object_object_add (appointment, "participant", participants);
    }
  participant = json_object_new_object ();
  json_object_object_add (participant, "actor", practice_operation_make_reference ("Patient", id));
  json_object_object_add (participant, "status", json_object_new_string ("accepted"));
  json_object_array_add (participants, participant);
  return TRUE;
}

/* What the slots were for before: a held or booked appointment has its own, another has none. */
static gboolean
release_former_slots (PracticeCall *call, PracticeJson *former)
{
  static const char *const taken[] = { "busy", "busy-tentative", NULL };
  static const char *const holding[] = { "pending", "booked", "arrived", "checked-in", NULL };
  const char *status = former != NULL ? practice_json_get_string (former, "status") : NULL;

  return status == NULL || !g_strv_contains (holding, status) || move_slots (call, former, taken, "free");
}

/* Without a slot nothing would keep a second visit out of the same time. */
static gboolean
check_has_slot (PracticeCall *call, PracticeJson *appointment)
{
  PracticeJson *slots = practice_json_get_array (appointment, "slot");

  if (slots != NULL && json_object_array_length (slots) > 0)
    return TRUE;

  practice_outcome_error (call->outcome, 422, "required", "Appointment.slot", "An appointment is booked into a slot");
  return FALSE;
}

/* Stores what @appointment says: cancelled frees its slots, anything else takes them. */
static void
book (PracticeCall *call, PracticeJson *appointment, gboolean stored)
{
  static const char *const free_only[] = { "free", NULL };
  const char *status = practice_json_get_string (appointment, "status");
  g_autoptr (PracticeJson) former = stored ? practice_operation_load (call, "Appointment", practice_json_get_string (appointment, "id"))
                                           : NULL;
  gboolean cancels = g_strcmp0 (status, "cancelled") == 0;

  if ((!cancels && !check_has_slot (call, appointment)) || !release_former_slots (call, former))
    return;
  if (!cancels)
    set_status (appointment, "booked");
  if (cancels || move_slots (call, appointment, free_only, "busy"))
    store_and_respond (call, appointment, stored);
}

/* Whoever changes a visit has seen it as it is: If-Match, or the version in the copy that is given, tell. */
static gboolean
check_version (PracticeCall *call, PracticeJson *given, const PracticeVersion *known)
{
  PracticeJson *meta = practice_json_get_object (given, "meta");
  const char *seen = meta != NULL ? practice_json_get_string (meta, "versionId") : NULL;

  if (call->request->if_match != NULL && !practice_etag_matches (call->request->if_match, known->version))
    {
      practice_outcome_error (call->outcome, 412, "conflict", NULL, "The appointment is no longer the version that If-Match names");
      return FALSE;
    }
  if (seen != NULL && !practice_etag_matches (seen, known->version))
    {
      practice_outcome_error (call->outcome, 409, "conflict", "Appointment.meta.versionId",
                              "The appointment was changed since that version");
      return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable): the Appointment that appointment-resource gives. */
static PracticeJson *
take_given (PracticeCall *call, PracticeJson *given, gboolean *stored)
{
  const char *id = practice_json_get_string (given, "id");
  g_autoptr (PracticeVersion) known = id != NULL ? practice_store_read (call->store, "Appointment", id) : NULL;

  *stored = known != NULL && known->content != NULL;
  return !*stored || check_version (call, given, known) ? json_object_get (given) : NULL;
}

void
practice_operation_book (PracticeCall *call)
{
  g_auto (PracticeArguments) arguments = { NULL, };
  g_autofree char *reference = NULL;
  g_autofree char *comment = NULL;
  g_autoptr (PracticeJson) appointment = NULL;
  PracticeJson *given, *patient;
  gboolean stored = FALSE;

  if (!practice_arguments_parse (call, &arguments))
    return;
  given = practice_arguments_get (&arguments, "appointment-resource");
  patient = practice_arguments_get (&arguments, "patient-resource");
  comment = practice_argument_to_text (practice_arguments_get (&arguments, "comment"));
  if (given != NULL && json_object_is_type (given, json_type_object))
    {
      appointment = take_given (call, given, &stored);
    }
  else
    {
      reference = practice_argument_to_text (practice_arguments_get (&arguments, "appointment-reference"));
      appointment = resolve_appointment (call, reference, &stored);
      if (appointment != NULL
          && (!stored || strcmp (practice_json_get_string (appointment, "status"), "cancelled") != 0))
        set_status (appointment, "booked");
    }
  if (appointment == NULL)
    return;

  if (patient != NULL && json_object_is_type (patient, json_type_object) && !add_patient (call, appointment, patient))
    return;
  if (comment != NULL)
    json_object_object_add (appointment, "comment", json_object_new_string (comment));
  book (call, appointment, stored);
}
