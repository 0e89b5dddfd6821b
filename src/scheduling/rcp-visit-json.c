/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-json"

#include "rcp-visit-json.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-specialty.h"

#include <string.h>

#define SYSTEM_APPOINTMENT_TYPE "http://terminology.hl7.org/CodeSystem/v2-0276"
#define SYSTEM_CATEGORY "http://terminology.hl7.org/CodeSystem/communication-category"
#define SYSTEM_OPERATION "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
#define REMINDER_LEAD (24 * G_TIME_SPAN_HOUR)

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

static JsonObject *
participant_new (const char *type, const char *id, const char *display)
{
  JsonObject *participant = json_object_new ();
  g_autofree char *reference = g_strconcat (type, "/", id, NULL);

  json_object_set_object_member (participant, "actor", rcp_json_reference (reference, display));
  json_object_set_string_member (participant, "required", "required");
  json_object_set_string_member (participant, "status", "accepted");
  return participant;
}

/* The ones that belong to the column: who and where. */
static void
add_column (JsonArray *participants, RcpProvider *provider)
{
  RcpPlace *place = rcp_provider_get_place (provider);

  if (rcp_provider_get_practitioner_id (provider) != NULL)
    json_array_add_object_element (participants,
                                   participant_new ("Practitioner", rcp_provider_get_practitioner_id (provider),
                                                    rcp_provider_get_name (provider)));
  if (place != NULL)
    json_array_add_object_element (participants,
                                   participant_new ("Location", rcp_place_get_id (place), rcp_place_get_name (place)));
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

static void
set_time (JsonObject *appointment, RcpOffer *offer)
{
  RcpTimeRange range = rcp_offer_get_range (offer);
  JsonArray *references = json_array_new ();
  guint n_slots;
  const RcpSlot *slots = rcp_offer_get_slots (offer, &n_slots);

  rcp_json_set_instant (appointment, "start", range.start);
  rcp_json_set_instant (appointment, "end", range.end);
  json_object_set_int_member (appointment, "minutesDuration", (range.end - range.start) / G_TIME_SPAN_MINUTE);
  for (guint i = 0; i < n_slots; i++)
    {
      g_autofree char *reference = g_strconcat ("Slot/", slots[i].id, NULL);

      json_array_add_object_element (references, rcp_json_reference (reference, NULL));
    }
  json_object_set_array_member (appointment, "slot", references);
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

JsonObject *
rcp_visit_json_new (const RcpVisitDraft *draft)
{
  JsonObject *appointment = json_object_new ();
  RcpProvider *provider = rcp_offer_get_provider (draft->offer);
  JsonArray *participants = json_array_new ();
  JsonArray *identifiers = rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_BOOKING, draft->booking_id));
  const char *type = draft->urgency == RCP_URGENCY_EMERGENCY ? "EMERGENCY" : "ROUTINE";

  json_array_add_object_element (identifiers, rcp_json_identifier (RCP_SYSTEM_CONFIRMATION, draft->code));
  json_object_set_string_member (appointment, "resourceType", "Appointment");
  json_object_set_array_member (appointment, "identifier", identifiers);
  json_object_set_string_member (appointment, "status", "booked");
  if (draft->visit_type != NULL)
    set_type (appointment, draft->visit_type);
  set_specialty (appointment, provider);
  json_object_set_object_member (appointment, "appointmentType",
                                 rcp_json_concept (SYSTEM_APPOINTMENT_TYPE, type, NULL));
  json_object_set_int_member (appointment, "priority", rcp_urgency_to_priority (draft->urgency));
  if (draft->complaint != NULL && *draft->complaint != '\0')
    json_object_set_string_member (appointment, "description", draft->complaint);
  set_time (appointment, draft->offer);
  rcp_json_set_instant (appointment, "created", draft->now);
  json_array_add_object_element (participants, participant_new ("Patient", rcp_patient_get_id (draft->patient),
                                                                rcp_patient_get_name (draft->patient)));
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

  return practitioner != NULL || role != NULL || location != NULL;
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

/* Drops the booking's identifier and keeps all others. */
static void
unmark_slot (JsonObject *slot)
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
  unmark_slot (slot);
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
  json_object_set_string_member (slot, "status", "free");
  unmark_slot (slot);
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

JsonObject *
rcp_notice_json_new (
    RcpNotice notice, const char *patient_id, const char *about, const char *booking_id, gint64 now, gint64 occurs)
{
  JsonObject *request = json_object_new ();
  g_autofree char *patient = g_strconcat ("Patient/", patient_id, NULL);
  const char *category = notice == RCP_NOTICE_REMINDER ? "reminder" : "notification";

  json_object_set_string_member (request, "resourceType", "CommunicationRequest");
  if (booking_id != NULL)
    json_object_set_array_member (request, "identifier",
                                  rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_BOOKING, booking_id)));
  json_object_set_string_member (request, "status", "active");
  json_object_set_array_member (request, "category",
                                rcp_json_array_of (rcp_json_concept (SYSTEM_CATEGORY, category, NULL)));
  json_object_set_object_member (request, "subject", rcp_json_reference (patient, NULL));
  json_object_set_array_member (request, "about", rcp_json_array_of (rcp_json_reference (about, NULL)));
  json_object_set_array_member (request, "recipient", rcp_json_array_of (rcp_json_reference (patient, NULL)));
  rcp_json_set_instant (request, "occurrenceDateTime", occurs);
  rcp_json_set_instant (request, "authoredOn", now);
  return request;
}

gint64
rcp_notice_get_reminder_time (gint64 start, gint64 now)
{
  return start - REMINDER_LEAD > now ? start - REMINDER_LEAD : 0;
}

JsonObject *
rcp_provenance_json_new (const char *target, const char *activity, gint64 now)
{
  JsonObject *provenance = json_object_new ();
  JsonObject *agent = json_object_new ();

  json_object_set_object_member (agent, "who", rcp_json_reference (NULL, "Front desk"));
  json_object_set_string_member (provenance, "resourceType", "Provenance");
  json_object_set_array_member (provenance, "target", rcp_json_array_of (rcp_json_reference (target, NULL)));
  rcp_json_set_instant (provenance, "recorded", now);
  json_object_set_object_member (provenance, "activity", rcp_json_concept (SYSTEM_OPERATION, activity, NULL));
  json_object_set_array_member (provenance, "agent", rcp_json_array_of (agent));
  return provenance;
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The references under @path of each item of @array, relative and sorted. */
static GPtrArray *
dup_references (JsonObject *object, const char *array, const char *path)
{
  GPtrArray *references = g_ptr_array_new_with_free_func (g_free);
  JsonArray *items = fhir_json_get_array (object, array);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      const char *reference = fhir_json_get_string (json_array_get_object_element (items, i), path);
      char *relative = reference != NULL ? fhir_reference_dup_relative (reference) : NULL;

      if (relative != NULL)
        g_ptr_array_add (references, relative);
    }
  g_ptr_array_sort (references, compare_strings);
  return references;
}

static gboolean
same_references (JsonObject *a, JsonObject *b, const char *array, const char *path)
{
  g_autoptr (GPtrArray) of_a = dup_references (a, array, path);
  g_autoptr (GPtrArray) of_b = dup_references (b, array, path);

  if (of_a->len != of_b->len)
    return FALSE;
  for (guint i = 0; i < of_a->len; i++)
    if (g_strcmp0 (of_a->pdata[i], of_b->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Servers may write an instant in another zone or precision. */
static gboolean
same_instant (JsonObject *a, JsonObject *b, const char *member)
{
  gint64 of_a;
  gint64 of_b;
  const char *text_a = fhir_json_get_string (a, member);
  const char *text_b = fhir_json_get_string (b, member);

  if (text_a == NULL || text_b == NULL)
    return text_a == text_b;
  return rcp_iso8601_parse_instant (text_a, &of_a) && rcp_iso8601_parse_instant (text_b, &of_b) && of_a == of_b;
}

char *
rcp_visit_json_compare (JsonObject *asked, JsonObject *kept)
{
  static const char *const texts[] = {
    "status",
    "description",
    "patientInstruction",
    "comment",
    "serviceType.0.coding.0.code",
    "specialty.0.coding.0.code",
    "cancelationReason.coding.0.code",
  };
  static const char *const systems[] = { RCP_SYSTEM_BOOKING, RCP_SYSTEM_CONFIRMATION };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (fhir_json_get_string (asked, texts[i]), fhir_json_get_string (kept, texts[i])) != 0)
      return g_strdup_printf ("Appointment.%s", texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    if (g_strcmp0 (fhir_json_get_identifier (asked, systems[i]), fhir_json_get_identifier (kept, systems[i])) != 0)
      return g_strdup ("Appointment.identifier");
  if (!same_instant (asked, kept, "start") || !same_instant (asked, kept, "end"))
    return g_strdup ("Appointment.start");
  if (fhir_json_get_int (asked, "priority", 0) != fhir_json_get_int (kept, "priority", 0))
    return g_strdup ("Appointment.priority");
  if (!same_references (asked, kept, "slot", "reference"))
    return g_strdup ("Appointment.slot");
  if (!same_references (asked, kept, "participant", "actor.reference"))
    return g_strdup ("Appointment.participant");
  return NULL;
}

static JsonNode *
dup_node_but_meta (JsonObject *object)
{
  JsonNode *node = json_node_alloc ();
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next)
    if (g_strcmp0 (member->data, "meta") != 0)
      json_object_set_member (copy, member->data, json_object_dup_member (object, member->data));
  json_node_init_object (node, copy);
  json_object_unref (copy);
  return node;
}

gboolean
rcp_json_equal_but_meta (JsonObject *a, JsonObject *b)
{
  g_autoptr (JsonNode) node_a = dup_node_but_meta (a);
  g_autoptr (JsonNode) node_b = dup_node_but_meta (b);

  return json_node_equal (node_a, node_b);
}
