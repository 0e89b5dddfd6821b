/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-operation-json.h"

#include <string.h>

PracticeJson *
practice_operation_make_reference (const char *type, const char *id)
{
  g_autofree char *text = g_strdup_printf ("%s/%s", type, id);
  PracticeJson *reference = json_object_new_object ();

  json_object_object_add (reference, "reference", json_object_new_string (text));
  return reference;
}

PracticeJson *
practice_operation_load (PracticeCall *call, const char *type, const char *id)
{
  g_autoptr (PracticeVersion) version = practice_store_read (call->store, type, id);

  return version != NULL && version->content != NULL
         ? practice_json_parse (version->content, version->length, call->outcome) : NULL;
}

const char *
practice_operation_get_reference_id (const char *reference, const char *type)
{
  gsize length = strlen (type);

  return reference != NULL && strncmp (reference, type, length) == 0 && reference[length] == '/'
         ? reference + length + 1 : NULL;
}

void
practice_json_copy_member (PracticeJson *from, PracticeJson *to, const char *name)
{
  PracticeJson *value;

  if (json_object_object_get_ex (from, name, &value))
    json_object_object_add (to, name, json_object_get (value));
}

static PracticeJson *
make_participants (PracticeJson *schedule)
{
  PracticeJson *participants = json_object_new_array ();
  PracticeJson *actors = schedule != NULL ? practice_json_get_array (schedule, "actor") : NULL;

  for (gsize i = 0; actors != NULL && i < json_object_array_length (actors); i++)
    {
      PracticeJson *participant = json_object_new_object ();

      json_object_object_add (participant, "actor", json_object_get (json_object_array_get_idx (actors, i)));
      json_object_object_add (participant, "required", json_object_new_string ("required"));
      json_object_object_add (participant, "status", json_object_new_string ("needs-action"));
      json_object_array_add (participants, participant);
    }

  return participants;
}

PracticeJson *
practice_operation_make_proposal (PracticeCall *call, PracticeJson *slot)
{
  static const char *const from_slot[] = { "serviceCategory", "serviceType", "specialty", "appointmentType", "start", "end" };
  const char *id = practice_json_get_string (slot, "id");
  PracticeJson *schedule_reference = practice_json_get_object (slot, "schedule");
  const char *schedule_id = practice_operation_get_reference_id (schedule_reference != NULL
                                              ? practice_json_get_string (schedule_reference, "reference") : NULL, "Schedule");
  g_autoptr (PracticeJson) schedule = schedule_id != NULL ? practice_operation_load (call, "Schedule", schedule_id) : NULL;
  g_autofree char *proposal_id = g_strconcat (PRACTICE_PROPOSAL_PREFIX, id, NULL);
  PracticeJson *appointment = json_object_new_object ();
  PracticeJson *slots = json_object_new_array ();
  PracticeJson *periods = json_object_new_array ();
  PracticeJson *period = json_object_new_object ();

  json_object_object_add (appointment, "resourceType", json_object_new_string ("Appointment"));
  if (practice_id_is_valid (proposal_id))
    json_object_object_add (appointment, "id", json_object_new_string (proposal_id));
  json_object_object_add (appointment, "status", json_object_new_string ("proposed"));
  for (guint i = 0; i < G_N_ELEMENTS (from_slot); i++)
    practice_json_copy_member (slot, appointment, from_slot[i]);
  json_object_array_add (slots, practice_operation_make_reference ("Slot", id));
  json_object_object_add (appointment, "slot", slots);
  json_object_object_add (appointment, "participant", make_participants (schedule));
  /* The IHE profile asks for the period that the offer is for. */
  practice_json_copy_member (slot, period, "start");
  practice_json_copy_member (slot, period, "end");
  json_object_array_add (periods, period);
  json_object_object_add (appointment, "requestedPeriod", periods);
  return appointment;
}

PracticeJson *
practice_operation_make_searchset (void)
{
  PracticeJson *bundle = json_object_new_object ();

  json_object_object_add (bundle, "resourceType", json_object_new_string ("Bundle"));
  json_object_object_add (bundle, "type", json_object_new_string ("searchset"));
  return bundle;
}

void
practice_operation_add_match (PracticeJson *entries, PracticeJson *resource)
{
  PracticeJson *entry = json_object_new_object ();
  PracticeJson *search = json_object_new_object ();

  json_object_object_add (search, "mode", json_object_new_string ("match"));
  json_object_object_add (entry, "resource", resource);
  json_object_object_add (entry, "search", search);
  json_object_array_add (entries, entry);
}
