/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-visit-json.c, rcp-visit-json-compare.c and rcp-trace-json.c. */
#include "clinic-parts.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "scheduling/rcp-visit-json.h"

#define START (G_GINT64_CONSTANT (1795446000) * G_USEC_PER_SEC) /* 2026-11-23 10:00 in New York */
#define BOOKING "11111111-2222-4333-8444-555555555555"

static JsonObject *
make_visit (void)
{
  g_autoptr (RcpPatient) patient = parts_patient ("pat", "Garcia");
  g_autoptr (RcpProvider) provider = parts_provider ("sched", "207RC0000X");
  g_autoptr (RcpOffer) offer = parts_offer (provider, START, 2);
  g_autoptr (FhirResource) service = parts_resource (
      "{\"resourceType\":\"HealthcareService\",\"id\":\"ecg\",\"name\":\"ECG\",\"type\":[{\"coding\":[{\"system\":"
      "\"urn:reception:visit-type\",\"code\":\"ecg\"}]}],\"extension\":[{\"url\":\"urn:reception:preparation\","
      "\"valueString\":\"No coffee.\"}]}");
  g_autoptr (RcpVisitType) type = rcp_visit_type_new (service);
  RcpVisitDraft draft
      = { patient, offer, type, RCP_URGENCY_URGENT, "chest pain", BOOKING, "7KD-M2Q", START - G_TIME_SPAN_DAY };

  return rcp_visit_json_new (&draft);
}

static void
test_new (void)
{
  g_autoptr (JsonObject) visit = make_visit ();
  g_autofree char *start = rcp_iso8601_format_utc (START);

  g_assert_cmpstr (fhir_json_get_string (visit, "status"), ==, "booked");
  g_assert_cmpstr (fhir_json_get_string (visit, "start"), ==, start);
  g_assert_cmpint (fhir_json_get_int (visit, "minutesDuration", 0), ==, 30);
  g_assert_cmpint (fhir_json_get_int (visit, "priority", 0), ==, rcp_urgency_to_priority (RCP_URGENCY_URGENT));
  g_assert_cmpstr (fhir_json_get_string (visit, "slot.1.reference"), ==, "Slot/s1");
  g_assert_cmpstr (fhir_json_get_string (visit, "description"), ==, "chest pain");
  g_assert_cmpstr (fhir_json_get_string (visit, "patientInstruction"), ==, "No coffee.");
  g_assert_cmpstr (fhir_json_get_string (visit, "serviceType.0.coding.0.code"), ==, "ecg");
  g_assert_cmpstr (fhir_json_get_string (visit, "specialty.0.coding.0.code"), ==, "207RC0000X");
  g_assert_cmpstr (fhir_json_get_identifier (visit, RCP_SYSTEM_BOOKING), ==, BOOKING);
  g_assert_cmpstr (fhir_json_get_identifier (visit, RCP_SYSTEM_CONFIRMATION), ==, "7KD-M2Q");
  g_assert_cmpstr (fhir_json_get_string (visit, "participant.0.actor.reference"), ==, "Patient/pat");
  g_assert_cmpstr (fhir_json_get_string (visit, "participant.1.actor.reference"), ==, "Practitioner/doc");
  g_assert_cmpstr (fhir_json_get_string (visit, "participant.2.actor.reference"), ==, "Location/place1");
  g_assert_cmpstr (fhir_json_get_string (visit, "participant.2.status"), ==, "accepted");
}

static JsonObject *
dup_visit (JsonObject *visit)
{
  g_autoptr (FhirResource) resource = NULL;

  json_object_set_string_member (visit, "id", "1");
  resource = fhir_resource_new (visit);
  return fhir_resource_dup_json (resource);
}

/* What differs is named, whatever it is, and a difference of form is none. */
static void
test_compare (void)
{
  g_autoptr (JsonObject) asked = make_visit ();
  g_autoptr (JsonObject) same = dup_visit (asked);
  static const char *const texts[] = { "status", "description", "patientInstruction", "start" };
  g_autofree char *difference = NULL;
  g_autofree char *lost = NULL;

  json_object_set_string_member (same, "start", "2026-11-23T10:00:00-05:00");
  json_object_set_string_member (same, "language", "en");
  g_assert_null (rcp_visit_json_compare (asked, same));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) other = dup_visit (asked);
      g_autofree char *named = g_strconcat ("Appointment.", texts[i], NULL);
      g_autofree char *found = NULL;

      json_object_set_string_member (other, texts[i], "else");
      found = rcp_visit_json_compare (asked, other);
      g_assert_cmpstr (found, ==, named);
    }

  json_array_remove_element (json_object_get_array_member (same, "slot"), 1);
  difference = rcp_visit_json_compare (asked, same);
  g_assert_cmpstr (difference, ==, "Appointment.slot");

  g_clear_pointer (&same, json_object_unref);
  same = dup_visit (asked);
  json_array_remove_element (json_object_get_array_member (same, "participant"), 0);
  lost = rcp_visit_json_compare (asked, same);
  g_assert_cmpstr (lost, ==, "Appointment.participant");
}

static void
test_move (void)
{
  g_autoptr (JsonObject) original = make_visit ();
  g_autoptr (JsonObject) visit = dup_visit (original);
  g_autoptr (RcpProvider) provider = parts_provider ("other", "207N00000X");
  g_autoptr (RcpOffer) offer = parts_offer (provider, START + G_TIME_SPAN_DAY, 3);

  rcp_visit_json_move (visit, offer);
  g_assert_cmpint (fhir_json_get_int (visit, "minutesDuration", 0), ==, 45);
  g_assert_cmpuint (fhir_json_get_length (visit, "slot"), ==, 3);
  g_assert_cmpuint (fhir_json_get_length (visit, "participant"), ==, 3);
  g_assert_cmpstr (fhir_json_get_string (visit, "participant.0.actor.reference"), ==, "Patient/pat");
  g_assert_cmpstr (fhir_json_get_string (visit, "specialty.0.coding.0.code"), ==, "207N00000X");
  /* What the patient was told stays. */
  g_assert_cmpstr (fhir_json_get_identifier (visit, RCP_SYSTEM_CONFIRMATION), ==, "7KD-M2Q");
  g_assert_cmpstr (fhir_json_get_string (visit, "description"), ==, "chest pain");
}

static void
test_cancel (void)
{
  g_autoptr (JsonObject) visit = make_visit ();

  rcp_visit_json_cancel (visit, "pat-fb", "called at noon");
  g_assert_cmpstr (fhir_json_get_string (visit, "status"), ==, "cancelled");
  g_assert_cmpstr (fhir_json_get_string (visit, "cancelationReason.coding.0.code"), ==, "pat-fb");
  g_assert_cmpstr (fhir_json_get_string (visit, "comment"), ==, "called at noon");
}

static void
test_slot (void)
{
  g_autoptr (FhirResource) resource
      = parts_resource ("{\"resourceType\":\"Slot\",\"id\":\"s\",\"status\":\"free\",\"identifier\":[{\"system\":\"urn:"
                        "reception:slot\",\"value\":\"x\"}]}");
  g_autoptr (JsonObject) slot = fhir_resource_dup_json (resource);
  g_autoptr (JsonObject) untouched = fhir_resource_dup_json (resource);

  g_assert_true (rcp_slot_json_is_free (slot));
  rcp_slot_json_take (slot, BOOKING);
  rcp_slot_json_take (slot, BOOKING);
  g_assert_false (rcp_slot_json_is_free (slot));
  g_assert_cmpuint (fhir_json_get_length (slot, "identifier"), ==, 2);
  g_assert_true (rcp_slot_json_is_held_by (slot, BOOKING));
  g_assert_false (rcp_slot_json_is_held_by (slot, "another"));
  g_assert_false (rcp_slot_json_is_held_by (slot, NULL));
  g_assert_false (rcp_json_equal_but_meta (slot, untouched));
  rcp_slot_json_release (slot);
  json_object_set_object_member (slot, "meta", json_object_new ());
  g_assert_true (rcp_json_equal_but_meta (slot, untouched));

  /* Busy without a name: another program booked it; whoever has the visit may give it back. */
  json_object_set_string_member (slot, "status", "busy");
  g_assert_true (rcp_slot_json_is_held_by (slot, NULL));
  json_object_set_string_member (slot, "status", "busy-unavailable");
  g_assert_false (rcp_slot_json_is_held_by (slot, NULL));
}

static void
test_notices (void)
{
  g_autoptr (JsonObject) notice
      = rcp_notice_json_new (RCP_NOTICE_REMINDER, "pat", "urn:uuid:x", BOOKING, START, START + 1000000);
  RcpTrace trace = { .target = "urn:uuid:x", .operation = "CREATE", .code = "correct", .reason = "wrong key",
                     .old_status = "arrived", .new_status = "no-show", .now = START };
  g_autoptr (JsonObject) provenance = rcp_provenance_json_new (&trace);

  g_assert_cmpstr (fhir_json_get_string (notice, "status"), ==, "active");
  g_assert_cmpstr (fhir_json_get_string (notice, "subject.reference"), ==, "Patient/pat");
  g_assert_cmpstr (fhir_json_get_string (notice, "about.0.reference"), ==, "urn:uuid:x");
  g_assert_cmpstr (fhir_json_get_string (notice, "category.0.coding.0.code"), ==, "reminder");
  g_assert_false (json_object_has_member (notice, "medium"));
  g_assert_cmpstr (fhir_json_get_string (provenance, "target.0.reference"), ==, "urn:uuid:x");
  g_assert_cmpstr (fhir_json_get_string (provenance, "agent.0.who.display"), ==, "Front desk");
  g_assert_cmpstr (fhir_json_get_string (provenance, "activity.coding.1.code"), ==, "correct");
  g_assert_cmpstr (fhir_json_get_string (provenance, "reason.0.text"), ==, "wrong key");
  g_assert_cmpstr (
      fhir_json_get_string (fhir_json_get_extension (provenance, RCP_EXTENSION_OLD_STATUS), "valueCode"), ==, "arrived");
  /* Nobody is reminded of what begins within a day. */
  g_assert_cmpint (rcp_notice_get_reminder_time (START, START - 23 * G_TIME_SPAN_HOUR), ==, 0);
  g_assert_cmpint (rcp_notice_get_reminder_time (START, START - 25 * G_TIME_SPAN_HOUR), ==,
                   START - 24 * G_TIME_SPAN_HOUR);
}

static void
test_offer (void)
{
  g_autoptr (RcpProvider) provider = parts_provider ("sched", "207RC0000X");
  RcpOffer *offer = parts_offer (provider, START, 2);
  guint n_slots;
  const RcpSlot *slots = rcp_offer_get_slots (offer, &n_slots);

  g_assert_cmpuint (n_slots, ==, 2);
  g_assert_cmpstr (slots[1].id, ==, "s1");
  g_assert_cmpint (rcp_offer_get_range (offer).end - rcp_offer_get_range (offer).start, ==, 30 * G_TIME_SPAN_MINUTE);
  g_assert_true (rcp_offer_meets_wish (offer));
  rcp_offer_set_meets_wish (offer, FALSE);
  g_assert_false (rcp_offer_meets_wish (offer));
  g_assert_finalize_object (offer);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/visit-json/new", test_new);
  g_test_add_func ("/scheduling/visit-json/compare", test_compare);
  g_test_add_func ("/scheduling/visit-json/move", test_move);
  g_test_add_func ("/scheduling/visit-json/cancel", test_cancel);
  g_test_add_func ("/scheduling/visit-json/slot", test_slot);
  g_test_add_func ("/scheduling/visit-json/notices", test_notices);
  g_test_add_func ("/scheduling/offer/values", test_offer);
  return g_test_run ();
}
