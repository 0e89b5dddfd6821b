/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-undo.c and rcp-told.c against a real record: each kind of operation, and each reason to refuse. */
#include "desk-fixture.h"

#include "clinic/rcp-codes.h"
#include "scheduling/rcp-undo.h"

#include <string.h>

#define NINE (9 * 60)

/* Runs @operation, which is taken; (transfer full): what takes it back. */
static RcpUndo *
run (DeskFixture *desk, gpointer operation)
{
  g_autoptr (RcpVisitOperation) owned = operation;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  GAsyncResult *kept = NULL;
  RcpUndo *undo;

  g_assert_null (rcp_undo_new (owned, desk->roster, RCP_UNDO_GRACE));
  rcp_visit_operation_run_async (owned, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visit = rcp_visit_operation_run_finish (owned, result, &error);
  g_assert_no_error (error);
  undo = rcp_undo_new (owned, desk->roster, RCP_UNDO_GRACE);
  g_assert_nonnull (undo);
  g_assert_true (rcp_undo_is_open (undo));
  return undo;
}

static RcpVisit *
run_undo (RcpUndo *undo, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (undo), NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_assert_false (rcp_undo_is_open (undo));
  return rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (undo), result, error);
}

static gpointer
make_book (DeskFixture *desk, guint patient, RcpOffer *offer)
{
  return rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, patient), offer, NULL,
                             RCP_URGENCY_ROUTINE, NULL);
}

static void
assert_refused (RcpUndo *undo, RcpSchedulingError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = run_undo (undo, &error);

  g_assert_null (visit);
  g_assert_error (error, RCP_SCHEDULING_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, "Nothing was undone."));
  if (words != NULL)
    g_assert_nonnull (strstr (error->message, words));
}

static void
test_book (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 2, NINE, 2);
  g_autoptr (RcpUndo) undo = run (desk, make_book (desk, 0, offer));
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) gone = run_undo (undo, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rcp_undo_get_undone (undo), ==, RCP_DEED_BOOK);
  g_assert_cmpint (rcp_visit_get_status (gone), ==, RCP_VISIT_ERROR);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 0);
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "active"), ==, 0);
}

static void
test_move (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 2);
  g_autoptr (RcpOffer) here = desk_fixture_make_offer (desk, 0, 2, NINE, 2);
  g_autoptr (RcpOffer) there = desk_fixture_make_offer (desk, 1, 3, NINE, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, here, &error);
  g_autoptr (RcpUndo) undo = run (desk, rcp_move_visit_new (desk->client, desk->clock, visit, there));
  g_autoptr (RcpVisit) back = run_undo (undo, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_range (back).start, ==, rcp_visit_get_range (visit).start);
  g_assert_cmpstr (rcp_visit_get_practitioner_id (back), ==, rcp_visit_get_practitioner_id (visit));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
  /* What the patient was to be told of the first time is to be told again, and nothing else. */
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "active"), ==, 2);
}

static void
test_cancel (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 2, NINE, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, offer, &error);
  g_autoptr (RcpUndo) undo = run (desk, rcp_cancel_visit_new (desk->client, desk->clock, visit, "pat", NULL));
  g_autoptr (RcpVisit) back = run_undo (undo, &error);
  g_autoptr (FhirBundle) traces = NULL;
  guint n_undone = 0;

  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (back), ==, RCP_VISIT_BOOKED);
  g_assert_null (fhir_json_get_object (fhir_resource_get_json (rcp_visit_get_resource (back)), "cancelationReason"));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "active"), ==, 2);
  traces = desk_fixture_search (desk, "Provenance", NULL);
  for (guint i = 0; i < fhir_bundle_get_matches (traces)->len; i++)
    n_undone += g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (fhir_bundle_get_matches (traces)->pdata[i]),
                                                 "activity.coding.1.code"),
                           "undo")
                == 0;
  g_assert_cmpuint (n_undone, ==, 1);
}

static void
test_cancel_taken (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 2, NINE, 2);
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, offer, NULL);
  g_autoptr (RcpUndo) undo = run (desk, rcp_cancel_visit_new (desk->client, desk->clock, visit, "pat", NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) other = desk_fixture_book (desk, NULL, 1, offer, &error);

  g_assert_no_error (error);
  assert_refused (undo, RCP_SCHEDULING_ERROR_TAKEN, "Patient001");
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

static void
test_status (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, NINE, 1);
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, offer, NULL);
  static const RcpVisitStatus steps[]
      = { RCP_VISIT_CONFIRMED, RCP_VISIT_ARRIVED, RCP_VISIT_ROOMED, RCP_VISIT_NOSHOW, RCP_VISIT_ERROR };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      RcpVisitStatus from = rcp_visit_get_status (visit);
      RcpVisitStatus to = rcp_visit_status_may_become (from, steps[i]) ? steps[i] : RCP_VISIT_LEFT;
      g_autoptr (RcpUndo) undo = run (desk, rcp_set_status_new (desk->client, desk->clock, visit, to));
      g_autoptr (GError) error = NULL;
      g_autoptr (RcpVisit) back = run_undo (undo, &error);
      g_autoptr (RcpVisit) again = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (rcp_visit_get_status (back), ==, from);
      g_assert_cmpint (rcp_visit_get_since (back), ==, rcp_visit_get_since (visit));
      g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
      again = desk_fixture_set_status (desk, NULL, back, i < 3 ? to : from == RCP_VISIT_ROOMED ? RCP_VISIT_WITH_PROVIDER : to,
                                       &error);
      g_assert_no_error (error);
      g_set_object (&visit, again);
      if (to == RCP_VISIT_ERROR)
        break;
    }
}

/* Who did not come keeps the time; where that was entered in error, and is not after all, it is his again. */
static void
test_mistaken_no_show (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, offer, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) missed = desk_fixture_set_status (desk, NULL, visit, RCP_VISIT_NOSHOW, &error);
  g_autoptr (RcpUndo) undo = run (desk, rcp_set_status_new (desk->client, desk->clock, missed, RCP_VISIT_ERROR));
  g_autoptr (RcpVisit) back = NULL;

  g_assert_cmpuint (desk_fixture_count_status (desk, "Slot", "busy"), ==, 0);
  back = run_undo (undo, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (back), ==, RCP_VISIT_NOSHOW);
  g_assert_cmpuint (desk_fixture_count_status (desk, "Slot", "busy"), ==, 2);
}

static void
test_too_late (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 2, NINE, 2);
  g_autoptr (RcpUndo) undo = run (desk, make_book (desk, 0, offer));

  rcp_clock_set_now (desk->clock, rcp_undo_get_until (undo) - 1);
  g_assert_true (rcp_undo_is_open (undo));
  rcp_clock_set_now (desk->clock, rcp_undo_get_until (undo));
  g_assert_false (rcp_undo_is_open (undo));
  assert_refused (undo, RCP_SCHEDULING_ERROR_TOO_LATE, NULL);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

static void
test_changed (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 2, NINE, 2);
  g_autoptr (RcpUndo) undo = run (desk, make_book (desk, 0, offer));
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) confirmed
      = desk_fixture_set_status (desk, NULL, rcp_undo_get_visit (undo), RCP_VISIT_CONFIRMED, &error);

  g_assert_no_error (error);
  assert_refused (undo, RCP_SCHEDULING_ERROR_CHANGED, "Somebody else changed this visit");
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

/* A message went out: on the notice of this visit, or on another one. */
static void
send_message (DeskFixture *desk, FhirResource *notice)
{
  g_autoptr (JsonObject) message = json_object_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) sent = NULL;
  GAsyncResult *kept = NULL;
  JsonObject *json = fhir_resource_get_json (notice);
  JsonArray *based_on = json_array_new ();
  JsonObject *reference = json_object_new ();

  json_object_set_string_member (reference, "reference", fhir_resource_get_reference (notice));
  json_array_add_object_element (based_on, reference);
  json_object_set_string_member (message, "resourceType", "Communication");
  json_object_set_string_member (message, "status", "completed");
  json_object_set_array_member (message, "basedOn", based_on);
  json_object_set_object_member (message, "subject", json_object_ref (json_object_get_object_member (json, "subject")));
  json_object_set_string_member (message, "sent", "2026-11-23T13:01:00Z");
  fhir_client_create_async (desk->client, message, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  sent = fhir_client_create_finish (desk->client, result, &error);
  g_assert_no_error (error);
}

static void
test_told (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 2, NINE, 2);
  g_autoptr (RcpOffer) later = desk_fixture_make_offer (desk, 0, 2, NINE + 60, 2);
  g_autoptr (RcpUndo) first = run (desk, make_book (desk, 0, offer));
  g_autoptr (FhirBundle) notices = desk_fixture_search (desk, "CommunicationRequest", NULL);
  g_autoptr (RcpUndo) second = run (desk, make_book (desk, 0, later));
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) gone = NULL;

  send_message (desk, fhir_bundle_get_matches (notices)->pdata[0]);
  assert_refused (first, RCP_SCHEDULING_ERROR_TOLD, "told already");
  gone = run_undo (second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/undo/book", test_book);
  g_test_add_func ("/scheduling/undo/move", test_move);
  g_test_add_func ("/scheduling/undo/cancel", test_cancel);
  g_test_add_func ("/scheduling/undo/cancel-taken", test_cancel_taken);
  g_test_add_func ("/scheduling/undo/status", test_status);
  g_test_add_func ("/scheduling/undo/mistaken-no-show", test_mistaken_no_show);
  g_test_add_func ("/scheduling/undo/too-late", test_too_late);
  g_test_add_func ("/scheduling/undo/changed", test_changed);
  g_test_add_func ("/scheduling/undo/told", test_told);
  return g_test_run ();
}
