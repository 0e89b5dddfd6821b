/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-book-visit.c, rcp-move-visit.c, rcp-cancel-visit.c, rcp-set-status.c, rcp-visit-change.c,
 * rcp-visit-compose.c, rcp-commit.c, rcp-record-state.c, rcp-taken.c, rcp-elsewhere.c, rcp-find-openings.c,
 * rcp-offers.c, rcp-explain.c and rcp-found-clinic.c against a real record. */
#include "desk-fixture.h"

#include "clinic/rcp-codes.h"

#include <string.h>

#define NINE (9 * 60)

static void
test_book (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 3);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 1, NINE, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, offer, &error);
  g_autoptr (FhirResource) slot = NULL;
  g_autofree char *reference = NULL;
  guint64 n_requests;

  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (visit), ==, RCP_VISIT_BOOKED);
  g_assert_cmpint (rcp_visit_get_range (visit).start, ==, rcp_offer_get_range (offer).start);
  g_assert_cmpstr (rcp_visit_get_patient_id (visit), ==, rcp_patient_get_id (desk_fixture_get_patient (desk, 0)));
  g_assert_nonnull (rcp_visit_get_patient (visit));
  g_assert_cmpstr (rcp_visit_get_complaint (visit), ==, "a cough");
  g_assert_cmpstr (rcp_visit_get_type_code (visit), ==, "annual-check");
  g_assert_nonnull (strstr (rcp_visit_get_instruction (visit), "fasting"));
  g_assert_cmpuint (strlen (rcp_visit_get_code (visit)), ==, 7);
  reference = g_strconcat ("Slot/", rcp_visit_get_slot_ids (visit)[2], NULL);
  slot = desk_fixture_read (desk, reference);
  g_assert_cmpstr (fhir_json_get_string (fhir_resource_get_json (slot), "status"), ==, "busy");
  g_assert_cmpstr (fhir_json_get_identifier (fhir_resource_get_json (slot), RCP_SYSTEM_BOOKING), ==,
                   rcp_visit_get_booking_id (visit));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
  /* A confirmation now and a reminder a day before; and who did it. */
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "active"), ==, 2);
  {
    g_autoptr (FhirBundle) provenance = desk_fixture_search (desk, "Provenance", NULL);

    g_assert_cmpuint (fhir_bundle_get_matches (provenance)->len, ==, 1);
  }
  /* Slots, other visits, write, read back: no more. */
  n_requests = fhir_client_get_n_requests (desk->client);
  {
    g_autoptr (RcpOffer) other = desk_fixture_make_offer (desk, 1, 1, NINE, 2);
    guint64 n_before = fhir_client_get_n_requests (desk->client);
    g_autoptr (RcpVisit) another = desk_fixture_book (desk, NULL, 1, other, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (fhir_client_get_n_requests (desk->client) - n_before, ==, 4);
  }
  g_assert_cmpuint (fhir_client_get_n_requests (desk->client), >, n_requests);
}

static void
test_taken (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  g_autoptr (RcpOffer) wide = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  g_autoptr (RcpOffer) narrow = desk_fixture_make_offer (desk, 0, 1, NINE + 15, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, wide, &error);
  g_autoptr (RcpVisit) refused = NULL;

  g_assert_no_error (error);
  refused = desk_fixture_book (desk, NULL, 1, narrow, &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  /* It says who has it. */
  g_assert_nonnull (strstr (error->message, "Patient000"));
  g_assert_nonnull (strstr (error->message, " 9:00"));
  g_assert_nonnull (strstr (error->message, "not booked"));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

/* Two desks with the same opening on the screen press the button at once. */
static void
test_at_once (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 8);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  RcpBookVisit *books[8];
  GAsyncResult *results[8] = { NULL };
  guint n_booked = 0;

  for (guint i = 0; i < 8; i++)
    {
      books[i] = rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, i), offer, NULL,
                                     RCP_URGENCY_ROUTINE, NULL);
      rcp_book_visit_run_async (books[i], NULL, desk_keep_result_cb, &results[i]);
    }
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (GAsyncResult) result = desk_wait (&results[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (RcpVisit) visit = rcp_book_visit_run_finish (books[i], result, &error);

      if (visit == NULL)
        g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
      n_booked += visit != NULL;
      g_object_unref (books[i]);
    }
  g_assert_cmpuint (n_booked, ==, 1);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

static void
test_move (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 3);
  g_autoptr (RcpOffer) first = desk_fixture_make_offer (desk, 0, 2, NINE, 2);
  g_autoptr (RcpOffer) quarter_later = NULL;
  g_autoptr (RcpOffer) elsewhere = desk_fixture_make_offer (desk, 1, 3, 13 * 60, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, first, &error);
  g_autoptr (RcpVisit) shifted = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (RcpVisit) stale = NULL;

  g_assert_no_error (error);
  quarter_later = desk_fixture_make_offer (desk, 0, 2, NINE + 15, 2);
  shifted = desk_fixture_move (desk, NULL, visit, quarter_later, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_id (shifted), ==, rcp_visit_get_id (visit));
  g_assert_cmpint (rcp_visit_get_range (shifted).start, ==, rcp_offer_get_range (quarter_later).start);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);

  moved = desk_fixture_move (desk, NULL, shifted, elsewhere, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_practitioner_id (moved), ==,
                   rcp_provider_get_practitioner_id (desk_fixture_get_provider (desk, 1)));
  g_assert_cmpstr (rcp_visit_get_code (moved), ==, rcp_visit_get_code (visit));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
  /* The reminders of the times before are void; those of the last time stand. */
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "active"), ==, 2);
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "revoked"), ==, 4);

  /* From a screen that still shows the visit where it was. */
  stale = desk_fixture_move (desk, NULL, visit, quarter_later, &error);
  g_assert_null (stale);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

/* Later on the same day the patient still waits in the hall; on another day nobody has come yet. */
static void
test_move_arrived (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpOffer) first = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOffer) afternoon = desk_fixture_make_offer (desk, 0, 0, 14 * 60, 2);
  g_autoptr (RcpOffer) tomorrow = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, first, &error);
  g_autoptr (RcpVisit) arrived = desk_fixture_set_status (desk, NULL, visit, RCP_VISIT_ARRIVED, &error);
  g_autoptr (RcpVisit) later = NULL;
  g_autoptr (RcpVisit) moved = NULL;

  g_assert_no_error (error);
  later = desk_fixture_move (desk, NULL, arrived, afternoon, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (later), ==, RCP_VISIT_ARRIVED);
  moved = desk_fixture_move (desk, NULL, later, tomorrow, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (moved), ==, RCP_VISIT_BOOKED);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

static void
test_move_to_taken (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 1, NINE, 1);
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (desk, 0, 1, NINE + 60, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) a = desk_fixture_book (desk, NULL, 0, nine, &error);
  g_autoptr (RcpVisit) b = desk_fixture_book (desk, NULL, 1, ten, &error);
  g_autoptr (RcpVisit) moved = desk_fixture_move (desk, NULL, a, ten, &error);

  g_assert_null (moved);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "Patient001"));
  g_assert_nonnull (strstr (error->message, "not moved"));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
}

/* The visit that is moved is in nobody's way, least of all its own. */
static void
test_move_half_taken (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  g_autoptr (RcpOffer) half_past = desk_fixture_make_offer (desk, 0, 1, NINE + 30, 1);
  g_autoptr (RcpOffer) quarter_past = desk_fixture_make_offer (desk, 0, 1, NINE + 15, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) a = desk_fixture_book (desk, NULL, 0, nine, &error);
  g_autoptr (RcpVisit) b = desk_fixture_book (desk, NULL, 1, half_past, &error);
  g_autoptr (RcpVisit) moved = desk_fixture_move (desk, NULL, a, quarter_past, &error);

  g_assert_null (moved);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "Patient001"));
  g_assert_null (strstr (error->message, "Patient000"));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
}

/* A patient cannot be with two providers at once; what merely touches is no conflict. */
static void
test_two_places (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 3);
  g_autoptr (RcpOffer) here = desk_fixture_make_offer (desk, 0, 1, NINE, 3);
  g_autoptr (RcpOffer) there = desk_fixture_make_offer (desk, 1, 1, NINE + 30, 2);
  g_autoptr (RcpOffer) after = desk_fixture_make_offer (desk, 1, 1, NINE + 45, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, here, &error);
  g_autoptr (RcpVisit) refused = desk_fixture_book (desk, NULL, 0, there, &error);
  g_autoptr (RcpVisit) second = NULL;
  g_autoptr (RcpVisit) moved = NULL;

  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "The patient has another visit"));
  g_assert_nonnull (strstr (error->message, " 9:00"));
  g_assert_nonnull (strstr (error->message, "not booked"));
  g_clear_error (&error);
  second = desk_fixture_book (desk, NULL, 0, after, &error);
  g_assert_no_error (error);
  moved = desk_fixture_move (desk, NULL, second, there, &error);
  g_assert_null (moved);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "not moved"));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
}

static void
put (DeskFixture *desk, JsonObject *json)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) resource = NULL;

  fhir_client_update_async (desk->client, json, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  resource = fhir_client_update_finish (desk->client, result, &error);
  g_assert_no_error (error);
}

/* Another program may write a visit and leave the slots alone. */
static void
test_visit_without_slot (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, offer, &error);
  g_autoptr (RcpVisit) refused = NULL;
  g_autoptr (JsonObject) bare = NULL;

  g_assert_no_error (error);
  bare = fhir_resource_dup_json (rcp_visit_get_resource (visit));
  json_object_remove_member (bare, "slot");
  put (desk, bare);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *reference = g_strconcat ("Slot/", rcp_visit_get_slot_ids (visit)[i], NULL);
      g_autoptr (FhirResource) slot = desk_fixture_read (desk, reference);
      g_autoptr (JsonObject) json = fhir_resource_dup_json (slot);

      json_object_set_string_member (json, "status", "free");
      put (desk, json);
    }
  refused = desk_fixture_book (desk, NULL, 1, offer, &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, rcp_provider_get_name (desk_fixture_get_provider (desk, 0))));
}

/* A cancelled visit that is struck out takes nothing from whoever has its time now. */
static void
test_void_after_cancel (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 1, NINE, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, offer, &error);
  g_autoptr (RcpVisit) cancelled = desk_fixture_cancel (desk, NULL, visit, "pat", &error);
  g_autoptr (RcpVisit) voided = NULL;
  g_autofree char *reference = g_strconcat ("Slot/", rcp_visit_get_slot_ids (visit)[0], NULL);
  g_autoptr (FhirResource) slot = desk_fixture_read (desk, reference);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (slot);
  g_autoptr (FhirResource) after = NULL;

  g_assert_no_error (error);
  /* Another program takes it, and leaves no mark. */
  json_object_set_string_member (json, "status", "busy");
  put (desk, json);
  voided = desk_fixture_set_status (desk, NULL, cancelled, RCP_VISIT_ERROR, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (voided), ==, RCP_VISIT_ERROR);
  after = desk_fixture_read (desk, reference);
  g_assert_cmpstr (fhir_json_get_string (fhir_resource_get_json (after), "status"), ==, "busy");
}

static void
test_cancel (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 2, NINE, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, offer, &error);
  g_autoptr (RcpVisit) cancelled = NULL;
  g_autoptr (RcpVisit) again = NULL;
  g_autoptr (RcpVisit) other = NULL;

  g_assert_no_error (error);
  cancelled = desk_fixture_cancel (desk, NULL, visit, "pat-fb", &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (cancelled), ==, RCP_VISIT_CANCELLED);
  g_assert_cmpstr (fhir_json_get_string (fhir_resource_get_json (rcp_visit_get_resource (cancelled)),
                                         "cancelationReason.coding.0.code"),
                   ==, "pat-fb");
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 0);
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "active"), ==, 0);

  again = desk_fixture_cancel (desk, NULL, cancelled, "pat", &error);
  g_assert_null (again);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_REFUSED);
  g_clear_error (&error);
  /* The time is to be had again, from the offer that was seen first. */
  other = desk_fixture_book (desk, NULL, 1, offer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

static void
test_set_status (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, NINE, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, offer, &error);
  g_autoptr (RcpVisit) arrived = desk_fixture_set_status (desk, NULL, visit, RCP_VISIT_ARRIVED, &error);
  g_autoptr (RcpVisit) stale = NULL;
  g_autoptr (RcpVisit) illegal = NULL;
  g_autoptr (RcpVisit) voided = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (arrived), ==, RCP_VISIT_ARRIVED);
  stale = desk_fixture_set_status (desk, NULL, visit, RCP_VISIT_NOSHOW, &error);
  g_assert_null (stale);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED);
  g_clear_error (&error);
  illegal = desk_fixture_set_status (desk, NULL, arrived, RCP_VISIT_PENDING, &error);
  g_assert_null (illegal);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_REFUSED);
  g_clear_error (&error);
  /* A visit that never was frees its time. */
  voided = desk_fixture_set_status (desk, NULL, arrived, RCP_VISIT_ERROR, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 0);
}

static RcpOffers *
find (DeskFixture *desk, RcpWish *wish, guint limit)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RcpOffers *offers;

  rcp_find_openings_async (desk->client, desk->roster, wish, limit, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  offers = rcp_find_openings_finish (result, &error);
  g_assert_no_error (error);
  return offers;
}

static void
test_find (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (3, 3);
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  RcpOffers *offers;
  gint64 last = 0;

  wish->not_before = DESK_NOW;
  wish->duration = 30;
  wish->time_of_day = RCP_TIME_OF_DAY_AFTERNOON;
  offers = find (desk, wish, 20);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (offers)), ==, 20);
  g_assert_cmpuint (rcp_offers_get_n_meeting (offers), ==, 20);
  g_assert_null (rcp_offers_get_explanation (offers));
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (G_LIST_MODEL (offers), i);

      g_assert_cmpint (rcp_offer_get_range (offer).start, >=, last);
      g_assert_cmpuint (rcp_time_get_minute (rcp_offer_get_range (offer).start, rcp_roster_get_zone (desk->roster)), >=,
                        12 * 60);
      last = rcp_offer_get_range (offer).start;
    }
  g_assert_finalize_object (offers);
}

static void
test_find_alternatives (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (3, 3);
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (RcpOffers) offers = NULL;
  g_autoptr (RcpOffers) nothing = NULL;
  g_autoptr (RcpOffer) first = NULL;

  /* Nobody works in the evening. */
  wish->not_before = DESK_NOW;
  wish->time_of_day = RCP_TIME_OF_DAY_EVENING;
  wish->urgency = RCP_URGENCY_EMERGENCY;
  wish->schedule_id = g_strdup (rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 1)));
  offers = find (desk, wish, 20);
  g_assert_cmpuint (rcp_offers_get_n_meeting (offers), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (offers)), >, 0);
  first = g_list_model_get_item (G_LIST_MODEL (offers), 0);
  g_assert_false (rcp_offer_meets_wish (first));
  g_assert_true (g_str_has_prefix (rcp_offers_get_explanation (offers), "No evening opening with "));
  g_assert_nonnull (strstr (rcp_offers_get_explanation (offers),
                            "before Tuesday 24 November. The nearest are Mon 23 Nov, 9:00 with "));

  g_clear_pointer (&wish->schedule_id, g_free);
  wish->specialty = g_strdup ("207X00000X-none");
  nothing = find (desk, wish, 20);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (nothing)), ==, 0);
  g_assert_nonnull (strstr (rcp_offers_get_explanation (nothing), "either"));
}

static void
test_found_again (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (3, 1);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) schedules = NULL;
  guint n_providers = 0;

  g_assert_cmpstr (rcp_roster_get_clinic_name (desk->roster), ==, "Corner Clinic");
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_visit_types (desk->roster)), ==, 8);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_places (desk->roster)), ==, 1);
  rcp_found_clinic_async (desk->client, desk->clock, "Corner Clinic", "America/New_York", 3, NULL, desk_keep_result_cb,
                          &kept);
  result = desk_wait (&kept);
  g_assert_true (rcp_found_clinic_finish (result, &n_providers, &error));
  g_assert_no_error (error);
  schedules = desk_fixture_search (desk, "Schedule", NULL);
  g_assert_cmpuint (fhir_bundle_get_matches (schedules)->len, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/book/whole", test_book);
  g_test_add_func ("/scheduling/book/taken", test_taken);
  g_test_add_func ("/scheduling/book/at-once", test_at_once);
  g_test_add_func ("/scheduling/move/quarter-and-elsewhere", test_move);
  g_test_add_func ("/scheduling/move/arrived", test_move_arrived);
  g_test_add_func ("/scheduling/move/to-taken", test_move_to_taken);
  g_test_add_func ("/scheduling/move/half-taken", test_move_half_taken);
  g_test_add_func ("/scheduling/book/two-places", test_two_places);
  g_test_add_func ("/scheduling/book/visit-without-slot", test_visit_without_slot);
  g_test_add_func ("/scheduling/cancel/and-void", test_void_after_cancel);
  g_test_add_func ("/scheduling/cancel/and-again", test_cancel);
  g_test_add_func ("/scheduling/set-status/steps", test_set_status);
  g_test_add_func ("/scheduling/find/afternoon", test_find);
  g_test_add_func ("/scheduling/find/alternatives", test_find_alternatives);
  g_test_add_func ("/scheduling/found/again", test_found_again);
  return g_test_run ();
}
