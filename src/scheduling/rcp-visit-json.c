/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-json"

#include "rcp-visit-json.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "clinic/rcp-specialty.h"

#include <string.h>

#define SYSTEM_APPOINTMENT_TYPE "http://terminology.hl7.org/CodeSystem/v2-0276"

JsonObject *
rcp_json_reference (const char *reference, const char *display)
{
  JsonObject *object = json_object_new ();

  if (reference != NULL)
    json_object_set_string_member (object, "reference", reference);
  if (display != NULL && *display != '\0')
    json_object_set_string_member (object, "display", display);
  return object;
}

JsonObject *
rcp_json_coding (const char *system, const char *code, const char *display)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "system", system);
  json_object_set_string_member (object, "code", code);
  if (display != NULL)
    json_object_set_string_member (object, "display", display);
  return object;
}

JsonArray *
rcp_json_array_of (JsonObject *only)
{
  JsonArray *array = json_array_new ();

  json_array_add_object_element (array, only);
  return array;
}

JsonObject *
rcp_json_concept (const char *system, const char *code, const char *display)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "coding", rcp_json_array_of (rcp_json_coding (system, code, display)));
  if (display != NULL)
    json_object_set_string_member (object, "text", display);
  return object;
}

JsonObject *
rcp_json_identifier (const char *system, const char *value)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "system", system);
  json_object_set_string_member (object, "value", value);
  return object;
}

void
rcp_json_set_instant (JsonObject *object, const char *member, gint64 instant)
{
  g_autofree char *text = rcp_iso8601_format_utc (instant);

  json_object_set_string_member (object, member, text);
}

JsonObject *
rcp_json_participant (const char *type, const char *id, const char *display, const char *status)
{
  JsonObject *participant = json_object_new ();
  g_autofree char *reference = g_strconcat (type, "/", id, NULL);

  json_object_set_object_member (participant, "actor", rcp_json_reference (reference, display));
  json_object_set_string_member (participant, "required", "required");
  json_object_set_string_member (participant, "status", status);
  return participant;
}

/* The ones that belong to the column: who and where. */
static void
add_column (JsonArray *participants, RcpProvider *provider)
{
  RcpPlace *place = rcp_provider_get_place (provider);

  if (rcp_provider_get_practitioner_id (provider) != NULL)
    json_array_add_object_element (participants,
                                   rcp_json_participant ("Practitioner", rcp_provider_get_practitioner_id (provider),
                                                    rcp_provider_get_name (provider), "accepted"));
  if (place != NULL)
    json_array_add_object_element (participants,
                                   rcp_json_participant ("Location", rcp_place_get_id (place), rcp_place_get_name (place),
                                                    "accepted"));
}

static const char *
get_specialty_name (const char *code)
{
  guint n_specialties;
  const RcpSpecialty *specialties = rcp_specialty_list (&n_specialties);

  for (guint i = 0; i < n_specialties; i++)
    if (g_strcmp0 (specialties[i].code, code) == 0)
      return specialties[i].name;
  return NULL;
}

void
rcp_visit_json_set_slots (JsonObject *appointment, GPtrArray *ids)
{
  JsonArray *references = json_array_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *reference = g_strconcat ("Slot/", ids->pdata[i], NULL);

      json_array_add_object_element (references, rcp_json_reference (reference, NULL));
    }
  json_object_remove_member (appointment, "slot");
  if (ids->len > 0)
    json_object_set_array_member (appointment, "slot", references);
  else
    json_array_unref (references);
}

static void
set_time (JsonObject *appointment, RcpOffer *offer)
{
  RcpTimeRange range = rcp_offer_get_range (offer);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  guint n_slots;
  const RcpSlot *slots = rcp_offer_get_slots (offer, &n_slots);

  rcp_json_set_instant (appointment, "start", range.start);
  rcp_json_set_instant (appointment, "end", range.end);
  json_object_set_int_member (appointment, "minutesDuration", (range.end - range.start) / G_TIME_SPAN_MINUTE);
  for (guint i = 0; i < n_slots; i++)
    g_ptr_array_add (ids, slots[i].id);
  rcp_visit_json_set_slots (appointment, ids);
}

static void
set_specialty (JsonObject *appointment, RcpProvider *provider)
{
  const char *code = rcp_provider_get_specialty (provider);

  json_object_remove_member (appointment, "specialty");
  if (code != NULL)
    json_object_set_array_member (
        appointment, "specialty",
        rcp_json_array_of (rcp_json_concept (RCP_SYSTEM_SPECIALTY, code, get_specialty_name (code))));
}

static void
set_type (JsonObject *appointment, RcpVisitType *visit_type)
{
  const char *preparation = rcp_visit_type_get_preparation (visit_type);

  json_object_set_array_member (
      appointment, "serviceType",
      rcp_json_array_of (rcp_json_concept (RCP_SYSTEM_VISIT_TYPE, rcp_visit_type_get_code (visit_type),
                                           rcp_visit_type_get_name (visit_type))));
  if (preparation != NULL)
    json_object_set_string_member (appointment, "patientInstruction", preparation);
}

void
rcp_visit_json_set_purpose (JsonObject *appointment,
                            RcpVisitType *visit_type,
                            RcpUrgency urgency,
                            const char *complaint)
{
  const char *type = urgency == RCP_URGENCY_EMERGENCY ? "EMERGENCY" : "ROUTINE";

  if (visit_type != NULL)
    set_type (appointment, visit_type);
  json_object_set_object_member (appointment, "appointmentType",
                                 rcp_json_concept (SYSTEM_APPOINTMENT_TYPE, type, NULL));
  json_object_set_int_member (appointment, "priority", rcp_urgency_to_priority (urgency));
  if (complaint != NULL && *complaint != '\0')
    json_object_set_string_member (appointment, "description", complaint);
}

static void
add_patient (JsonArray *participants, RcpPatient *patient)
{
  json_array_add_object_element (participants, rcp_json_participant ("Patient", rcp_patient_get_id (patient),
                                                                     rcp_patient_get_name (patient), "needs-action"));
}

JsonObject *
rcp_visit_json_new (const RcpVisitDraft *draft)
{
  JsonObject *appointment = json_object_new ();
  RcpProvider *provider = rcp_offer_get_provider (draft->offer);
  JsonArray *participants = json_array_new ();
  JsonArray *identifiers = rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_BOOKING, draft->booking_id));

  json_array_add_object_element (identifiers, rcp_json_identifier (RCP_SYSTEM_CONFIRMATION, draft->code));
  if (draft->series_id != NULL)
    json_array_add_object_element (identifiers, rcp_json_identifier (RCP_SYSTEM_SERIES, draft->series_id));
  if (draft->together_id != NULL)
    json_array_add_object_element (identifiers, rcp_json_identifier (RCP_SYSTEM_TOGETHER, draft->together_id));
  json_object_set_string_member (appointment, "resourceType", "Appointment");
  json_object_set_array_member (appointment, "identifier", identifiers);
  json_object_set_string_member (appointment, "status", "booked");
  set_specialty (appointment, provider);
  rcp_visit_json_set_purpose (appointment, draft->visit_type, draft->urgency, draft->complaint);
  set_time (appointment, draft->offer);
  rcp_json_set_instant (appointment, "created", draft->now);
  add_patient (participants, draft->patient);
  for (guint i = 0; draft->others != NULL && i < draft->others->len; i++)
    add_patient (participants, draft->others->pdata[i]);
  add_column (participants, provider);
  json_object_set_array_member (appointment, "participant", participants);
  return appointment;
}

static gboolean
is_of_column (JsonObject *participant)
{
  const char *reference = fhir_json_get_string (participant, "actor.reference");
  g_autofree char *practitioner = reference != NULL ? fhir_reference_dup_id (reference, "Practitioner") : NULL;
  g_autofree char *role = reference != NULL ? fhir_reference_dup_id (reference, "PractitionerRole") : NULL;
  g_autofree char *location = reference != NULL ? fhir_reference_dup_id (reference, "Location") : NULL;
  g_autofree char *device = reference != NULL ? fhir_reference_dup_id (reference, "Device") : NULL;

  return practitioner != NULL || role != NULL || location != NULL || device != NULL;
}

void
rcp_visit_json_add_room (JsonObject *appointment, RcpRoom *room)
{
  g_auto (GStrv) parts = g_strsplit (rcp_room_get_reference (room), "/", 2);

  json_array_add_object_element (fhir_json_get_array (appointment, "participant"),
                                 rcp_json_participant (parts[0], parts[1], rcp_room_get_name (room), "accepted"));
}

void
rcp_visit_json_drop_room (JsonObject *appointment, RcpRoom *room)
{
  JsonArray *participants = fhir_json_get_array (appointment, "participant");

  for (guint i = json_array_get_length (participants); i > 0; i--)
    if (g_strcmp0 (fhir_json_get_string (json_array_get_object_element (participants, i - 1), "actor.reference"),
                   rcp_room_get_reference (room))
        == 0)
      json_array_remove_element (participants, i - 1);
}

void
rcp_visit_json_move (JsonObject *appointment, RcpOffer *offer)
{
  JsonArray *old = fhir_json_get_array (appointment, "participant");
  JsonArray *participants = json_array_new ();

  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    {
      JsonObject *participant = json_array_get_object_element (old, i);

      if (!is_of_column (participant))
        json_array_add_object_element (participants, json_object_ref (participant));
    }
  add_column (participants, rcp_offer_get_provider (offer));
  json_object_set_array_member (appointment, "participant", participants);
  set_specialty (appointment, rcp_offer_get_provider (offer));
  set_time (appointment, offer);
}

void
rcp_visit_json_cancel (JsonObject *appointment, const char *reason, const char *comment)
{
  json_object_set_string_member (appointment, "status", "cancelled");
  json_object_set_object_member (appointment, "cancelationReason",
                                 rcp_json_concept (RCP_SYSTEM_CANCELLATION, reason, NULL));
  if (comment != NULL && *comment != '\0')
    json_object_set_string_member (appointment, "comment", comment);
}

/* @patient_id: NULL for all of them */
static void
set_patient_answer (JsonObject *appointment, const char *patient_id, const char *answer)
{
  JsonArray *participants = fhir_json_get_array (appointment, "participant");

  for (guint i = 0; participants != NULL && i < json_array_get_length (participants); i++)
    {
      JsonObject *participant = json_array_get_object_element (participants, i);
      const char *reference = fhir_json_get_string (participant, "actor.reference");
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Patient") : NULL;

      if (id != NULL && (patient_id == NULL || g_str_equal (id, patient_id)))
        json_object_set_string_member (participant, "status", answer);
    }
}

void
rcp_visit_json_set_answer (JsonObject *appointment, const char *patient_id, RcpVisitStatus status)
{
  if (status == RCP_VISIT_BOOKED)
    set_patient_answer (appointment, patient_id, "needs-action");
  else if (status == RCP_VISIT_CONFIRMED)
    set_patient_answer (appointment, patient_id, "accepted");
}

/* A reason stays with what was called off only (invariant app-4). */
void
rcp_visit_json_set_code (JsonObject *appointment, RcpVisitStatus status)
{
  json_object_set_string_member (appointment, "status", rcp_visit_status_to_code (status));
  if (status != RCP_VISIT_NOSHOW && status != RCP_VISIT_LEFT)
    json_object_remove_member (appointment, "cancelationReason");
}

void
rcp_visit_json_set_status (JsonObject *appointment, RcpVisitStatus status)
{
  rcp_visit_json_set_code (appointment, status);
  rcp_visit_json_set_answer (appointment, NULL, status);
}

void
rcp_visit_json_set_overbooked (JsonObject *appointment, const char *reason)
{
  JsonArray *old = fhir_json_get_array (appointment, "extension");
  JsonArray *kept = json_array_new ();

  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    {
      JsonObject *extension = json_array_get_object_element (old, i);

      if (g_strcmp0 (fhir_json_get_string (extension, "url"), RCP_EXTENSION_OVERBOOKED) != 0)
        json_array_add_object_element (kept, json_object_ref (extension));
    }
  if (reason != NULL)
    {
      JsonObject *extension = json_object_new ();

      json_object_set_string_member (extension, "url", RCP_EXTENSION_OVERBOOKED);
      json_object_set_string_member (extension, "valueString", reason);
      json_array_add_object_element (kept, extension);
    }
  if (json_array_get_length (kept) > 0)
    json_object_set_array_member (appointment, "extension", json_array_ref (kept));
  else
    json_object_remove_member (appointment, "extension");
  json_array_unref (kept);
}

/* Drops the booking's identifier and keeps all others. */
void
rcp_slot_json_unmark (JsonObject *slot)
{
  JsonArray *old = fhir_json_get_array (slot, "identifier");
  JsonArray *kept = json_array_new ();

  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    {
      JsonObject *identifier = json_array_get_object_element (old, i);

      if (g_strcmp0 (fhir_json_get_string (identifier, "system"), RCP_SYSTEM_BOOKING) != 0)
        json_array_add_object_element (kept, json_object_ref (identifier));
    }
  if (json_array_get_length (kept) > 0)
    json_object_set_array_member (slot, "identifier", json_array_ref (kept));
  else
    json_object_remove_member (slot, "identifier");
  json_array_unref (kept);
}

void
rcp_slot_json_take (JsonObject *slot, const char *booking_id)
{
  json_object_set_string_member (slot, "status", "busy");
  rcp_slot_json_unmark (slot);
  if (booking_id == NULL)
    return;
  if (!json_object_has_member (slot, "identifier"))
    json_object_set_array_member (slot, "identifier", json_array_new ());
  json_array_add_object_element (json_object_get_array_member (slot, "identifier"),
                                 rcp_json_identifier (RCP_SYSTEM_BOOKING, booking_id));
}

void
rcp_slot_json_release (JsonObject *slot)
{
  if (rcp_slot_json_is_blocked (slot))
    {
      json_object_set_string_member (slot, "status", "busy-unavailable");
      return;
    }
  json_object_set_string_member (slot, "status", "free");
  rcp_slot_json_unmark (slot);
}

gboolean
rcp_slot_json_is_blocked (JsonObject *slot)
{
  return rcp_elements_find_code (slot, "serviceCategory", RCP_SYSTEM_BLOCK) != NULL;
}

gboolean
rcp_slot_json_was_held_by (JsonObject *slot, const char *booking_id)
{
  return booking_id != NULL && g_strcmp0 (fhir_json_get_string (slot, "status"), "busy-unavailable") == 0
         && rcp_slot_json_is_blocked (slot)
         && g_strcmp0 (fhir_json_get_identifier (slot, RCP_SYSTEM_BOOKING), booking_id) == 0;
}

gboolean
rcp_slot_json_is_free (JsonObject *slot)
{
  return g_strcmp0 (fhir_json_get_string (slot, "status"), "free") == 0;
}

gboolean
rcp_slot_json_is_held_by (JsonObject *slot, const char *booking_id)
{
  const char *holder = fhir_json_get_identifier (slot, RCP_SYSTEM_BOOKING);

  if (g_strcmp0 (fhir_json_get_string (slot, "status"), "busy") != 0)
    return FALSE;
  return holder == NULL || g_strcmp0 (holder, booking_id) == 0;
}
