/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/booking/rcp-booking-model.h"

#include "base/rcp-iso8601.h"
#include "base/rcp-query.h"
#include "clinic/rcp-patient-finder.h"
#include "sample-desk.h"

#include <string.h>

/* The view-model of the booking dialog on the sample clinic (rcp-booking-model.c, rcp-booking-start.c, rcp-booking-busy.c): the wish finds offers, an offer becomes a visit in the record,
 * and what somebody else took meanwhile does not. */

typedef struct
{
  SampleDesk sample;
  RcpPatient *patient;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  sample_desk_set_up (&fixture->sample);
  fixture->patient = sample_desk_read_patient (&fixture->sample);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->patient);
  sample_desk_tear_down (&fixture->sample);
}

static void
wait_for_state (RcpBookingModel *model, RcpBookingState state)
{
  KEEP_RESULT_UNTIL (rcp_booking_model_get_state (model) == state);
}

typedef struct
{
  gboolean done;
  RcpVisit *visit;
  GError *error;
} Outcome;

static void
on_booked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->visit = rcp_booking_model_book_finish (RCP_BOOKING_MODEL (source), result, &outcome->error);
  outcome->done = TRUE;
}

static RcpVisit *
book (RcpBookingModel *model, RcpOffer *offer, GError **error)
{
  Outcome outcome = { 0 };

  rcp_booking_model_book_async (model, offer, NULL, on_booked_cb, &outcome);
  KEEP_RESULT_UNTIL (outcome.done);
  if (outcome.error != NULL)
    g_propagate_error (error, outcome.error);
  return outcome.visit;
}

static RcpOffer *
first_offer (RcpBookingModel *model)
{
  return g_list_model_get_item (rcp_booking_model_get_offers (model), 0);
}

static void
on_traces_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(FhirBundle **) user_data = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);
  g_assert_no_error (error);
}

/* The record tells at which desk a visit was booked. */
static void
assert_desk_is_told (Fixture *fixture, RcpVisit *visit, const char *desk)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Provenance");
  g_autoptr (FhirBundle) bundle = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  fhir_search_add_printf (search, "target", "Appointment/%s", rcp_visit_get_id (visit));
  fhir_client_search_async (fixture->sample.client, search, NULL, on_traces_read_cb, &bundle);
  while (bundle == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 1);
  json_node_set_object (node, fhir_resource_get_json (g_ptr_array_index (fhir_bundle_get_matches (bundle), 0)));
  text = json_to_string (node, FALSE);
  g_assert_nonnull (strstr (text, desk));
}

static void
test_books_the_first_offer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBookingModel) model = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (fixture->sample.desk, "name", "North Desk", NULL);
  rcp_booking_model_set_patient (model, fixture->patient);
  rcp_booking_model_set_complaint (model, "  Cough, 2 weeks ");
  wait_for_state (model, RCP_BOOKING_OFFERS);
  offer = first_offer (model);
  visit = book (model, offer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_booking_model_get_state (model), ==, RCP_BOOKING_DONE);
  g_assert_cmpint (rcp_visit_get_status (visit), ==, RCP_VISIT_BOOKED);
  g_assert_cmpint (rcp_visit_get_range (visit).start, ==, rcp_offer_get_range (offer).start);
  g_assert_cmpstr (rcp_visit_get_complaint (visit), ==, "Cough, 2 weeks");
  g_assert_cmpstr (rcp_visit_get_patient_id (visit), ==, rcp_patient_get_id (fixture->patient));
  assert_desk_is_told (fixture, visit, "North Desk");
  g_assert_cmpuint (strlen (rcp_visit_get_code (visit)), ==, RCP_CONFIRMATION_CODE_LENGTH);

  /* One booking comes of one dialog, however often Enter is pressed. */
  g_assert_null (book (model, offer, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
}

static guint
count_others_in (RcpBookingModel *model, RcpProvider *provider, RcpTimeRange range)
{
  GListModel *offers = rcp_booking_model_get_offers (model);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      n += rcp_offer_get_provider (offer) != provider && rcp_time_range_overlaps (rcp_offer_get_range (offer), range);
    }
  return n;
}

/* One of several that overlap: another provider has that time as well. */
static RcpOffer *
find_offer_beside_others (RcpBookingModel *model)
{
  GListModel *offers = rcp_booking_model_get_offers (model);

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      if (count_others_in (model, rcp_offer_get_provider (offer), rcp_offer_get_range (offer)) > 0)
        return g_steal_pointer (&offer);
    }
  g_assert_not_reached ();
}

/* Once it is known who comes, times at which the patient is with somebody else are not offered; a visit that is moved is in
 * nobody's way. */
static void
test_leaves_out_own_visits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBookingModel) first = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpBookingModel) second = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpBookingModel) moving = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  RcpTimeRange range;

  rcp_booking_model_search (second);
  wait_for_state (second, RCP_BOOKING_OFFERS);
  offer = find_offer_beside_others (second);
  rcp_booking_model_set_patient (first, fixture->patient);
  wait_for_state (first, RCP_BOOKING_OFFERS);
  visit = book (first, offer, &error);
  g_assert_no_error (error);
  range = rcp_visit_get_range (visit);

  g_assert_cmpuint (count_others_in (second, rcp_offer_get_provider (offer), range), >, 0);
  rcp_booking_model_set_patient (second, fixture->patient);
  wait_for_state (second, RCP_BOOKING_SEARCHING);
  wait_for_state (second, RCP_BOOKING_OFFERS);
  g_assert_cmpuint (count_others_in (second, NULL, range), ==, 0);

  rcp_booking_model_set_moving (moving, visit);
  rcp_booking_model_set_provider (moving, NULL);
  wait_for_state (moving, RCP_BOOKING_OFFERS);
  g_assert_cmpuint (count_others_in (moving, rcp_offer_get_provider (offer), range), >, 0);
}

static void
test_needs_a_patient (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBookingModel) model = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (GError) error = NULL;

  wait_for_state (model, RCP_BOOKING_OFFERS);
  offer = first_offer (model);
  g_assert_null (book (model, offer, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_taken_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBookingModel) fast = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpBookingModel) slow = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpOffer) fast_offer = NULL;
  g_autoptr (RcpOffer) slow_offer = NULL;
  g_autoptr (RcpOffer) fresh_offer = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (GError) error = NULL;

  rcp_booking_model_set_patient (fast, fixture->patient);
  rcp_booking_model_set_patient (slow, fixture->patient);
  wait_for_state (fast, RCP_BOOKING_OFFERS);
  wait_for_state (slow, RCP_BOOKING_OFFERS);
  fast_offer = first_offer (fast);
  slow_offer = first_offer (slow);
  visit = book (fast, fast_offer, &error);
  g_assert_no_error (error);

  g_assert_null (book (slow, slow_offer, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (rcp_booking_model_get_notice (slow));
  wait_for_state (slow, RCP_BOOKING_OFFERS);
  g_assert_nonnull (rcp_booking_model_get_notice (slow)); /* the fresh offers do not wipe why */
  fresh_offer = first_offer (slow);
  g_assert_false (rcp_offer_get_provider (fresh_offer) == rcp_offer_get_provider (slow_offer)
                  && rcp_time_range_overlaps (rcp_offer_get_range (fresh_offer), rcp_offer_get_range (slow_offer)));
}

/* With the record gone nothing is said beside that the openings are not there; unless a booking failed: where that stands is
 * told still, also when they are there again. */
static void
test_record_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBookingModel) model = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (GError) error = NULL;

  fhir_client_set_max_retries (rcp_desk_get_client (fixture->sample.desk), 0);
  rcp_booking_model_set_patient (model, fixture->patient);
  wait_for_state (model, RCP_BOOKING_OFFERS);
  offer = first_offer (model);
  practice_fixture_kill (fixture->sample.practice);
  rcp_booking_model_search (model);
  wait_for_state (model, RCP_BOOKING_FAILED);
  g_assert_null (rcp_booking_model_get_notice (model));
  g_assert_nonnull (rcp_booking_model_get_detail (model));

  g_assert_null (book (model, offer, &error));
  g_assert_nonnull (error);
  wait_for_state (model, RCP_BOOKING_FAILED);
  g_assert_cmpstr (rcp_booking_model_get_notice (model), ==, error->message);
  practice_fixture_start (fixture->sample.practice);
  rcp_booking_model_search (model);
  wait_for_state (model, RCP_BOOKING_OFFERS);
  g_assert_cmpstr (rcp_booking_model_get_notice (model), ==, error->message);
}

static void
test_click_on_empty_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBookingModel) model = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (fixture->sample.desk)), 0);
  gint64 start;

  g_assert_true (rcp_iso8601_parse_instant ("2026-12-01T15:00:00Z", &start));
  rcp_booking_model_set_patient (model, fixture->patient);
  rcp_booking_model_set_start (model, provider, start);
  wait_for_state (model, RCP_BOOKING_OFFERS);
  for (guint i = 0; i < g_list_model_get_n_items (rcp_booking_model_get_offers (model)); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (rcp_booking_model_get_offers (model), i);

      if (!rcp_offer_meets_wish (offer))
        continue;
      g_assert_true (rcp_offer_get_provider (offer) == provider);
      g_assert_cmpint (rcp_offer_get_range (offer).start, >=, start);
    }
}

/* In a room that nothing needs: with anybody, from that time on. */
static void
test_click_in_a_room (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) schedule_json = json_from_string (
      "{\"resourceType\":\"Schedule\",\"id\":\"s-r\",\"actor\":[{\"reference\":\"Location/r\"}]}", NULL);
  g_autoptr (JsonNode) actor_json = json_from_string ("{\"resourceType\":\"Location\",\"id\":\"r\",\"name\":\"Room 1\"}", NULL);
  g_autoptr (FhirResource) schedule = fhir_resource_new (json_node_get_object (schedule_json));
  g_autoptr (FhirResource) actor = fhir_resource_new (json_node_get_object (actor_json));
  g_autoptr (RcpRoom) room = rcp_room_new (schedule, actor, NULL);
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (fixture->sample.desk)), 0);
  g_autoptr (RcpBookingModel) model = rcp_booking_model_new (fixture->sample.desk);
  const RcpWish *wish = rcp_booking_model_get_wish (model);
  gint64 start;

  g_assert_true (rcp_iso8601_parse_instant ("2026-12-01T15:00:00Z", &start));
  rcp_booking_model_set_patient (model, fixture->patient);
  rcp_booking_model_set_start (model, provider, start - G_TIME_SPAN_DAY);
  g_assert_cmpstr (wish->schedule_id, ==, rcp_provider_get_schedule_id (provider));
  rcp_booking_model_set_start (model, room, start);
  g_assert_null (wish->schedule_id);
  g_assert_null (wish->room_id);
  wait_for_state (model, RCP_BOOKING_OFFERS);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_booking_model_get_offers (model)), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (rcp_booking_model_get_offers (model)); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (rcp_booking_model_get_offers (model), i);

      g_assert_cmpint (rcp_offer_get_range (offer).start, >=, start);
    }
  rcp_booking_model_set_room (model, room);
  g_assert_cmpstr (wish->room_id, ==, "s-r");
}

static void
test_moves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBookingModel) booking = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpBookingModel) moving = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpOffer) later = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (GError) error = NULL;

  rcp_booking_model_set_patient (booking, fixture->patient);
  wait_for_state (booking, RCP_BOOKING_OFFERS);
  offer = first_offer (booking);
  visit = book (booking, offer, &error);
  g_assert_no_error (error);

  rcp_booking_model_set_moving (moving, visit);
  wait_for_state (moving, RCP_BOOKING_OFFERS);
  later = g_list_model_get_item (rcp_booking_model_get_offers (moving), 1);
  g_assert_nonnull (later);
  moved = book (moving, later, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_id (moved), ==, rcp_visit_get_id (visit));
  g_assert_cmpstr (rcp_visit_get_code (moved), ==, rcp_visit_get_code (visit));
  g_assert_cmpint (rcp_visit_get_range (moved).start, ==, rcp_offer_get_range (later).start);
}

/* Tells that the calendar of the provider of @offer keeps @range and nothing else. */
static void
keep (Fixture *fixture, RcpOffer *offer, RcpTimeRange range, RcpBusyKind kind)
{
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  RcpBusy item = { range, kind };

  g_array_append_val (busy, item);
  rcp_busy_times_set (rcp_desk_get_busy_times (fixture->sample.desk),
                      rcp_provider_get_practitioner_id (rcp_offer_get_provider (offer)), busy, 0);
}

/* What is offered of @provider in @range. */
static guint
count_offers (RcpBookingModel *model, RcpProvider *provider, RcpTimeRange range)
{
  return count_others_in (model, NULL, range) - count_others_in (model, provider, range);
}

/* While the list is shown the calendar of one provider keeps time: what is in it leaves, the others stay as they are; what is
 * tentative leaves nothing out. */
static void
test_calendar_keeps_an_offer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBookingModel) model = rcp_booking_model_new (fixture->sample.desk);
  GListModel *offers = rcp_booking_model_get_offers (model);
  g_autoptr (RcpOffer) offer = NULL, still_there = NULL;
  RcpProvider *provider;
  RcpTimeRange range;
  guint n_others, n, n_kept;

  wait_for_state (model, RCP_BOOKING_OFFERS);
  offer = find_offer_beside_others (model);
  provider = rcp_offer_get_provider (offer);
  range = rcp_offer_get_range (offer);
  n = g_list_model_get_n_items (offers);
  n_others = count_others_in (model, provider, range);
  n_kept = count_offers (model, provider, range);
  still_there = g_list_model_get_item (offers, n - 1);
  g_assert_true (rcp_offer_get_provider (still_there) != provider || rcp_offer_get_range (still_there).start >= range.end);

  keep (fixture, offer, range, RCP_BUSY_TENTATIVE);
  g_assert_cmpuint (g_list_model_get_n_items (offers), ==, n);
  keep (fixture, offer, range, RCP_BUSY_BUSY);
  g_assert_cmpint (rcp_booking_model_get_state (model), ==, RCP_BOOKING_OFFERS);
  g_assert_cmpuint (count_offers (model, provider, range), ==, 0);
  g_assert_cmpuint (count_others_in (model, provider, range), ==, n_others);
  g_assert_cmpuint (g_list_model_get_n_items (offers), ==, n - n_kept);
  g_assert_true (g_list_store_find (G_LIST_STORE (offers), still_there, NULL));
  g_assert_nonnull (strstr (rcp_booking_model_get_notice (model), rcp_provider_get_name (provider)));
}

/* All that was offered is kept: others are looked for at once; when the calendar keeps all there is, that is said. */
static void
test_calendar_keeps_all_offers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBookingModel) model = rcp_booking_model_new (fixture->sample.desk);
  GListModel *offers = rcp_booking_model_get_offers (model);
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpOffer) later = NULL;
  RcpTimeRange range;

  wait_for_state (model, RCP_BOOKING_OFFERS);
  offer = first_offer (model);
  rcp_booking_model_set_provider (model, rcp_offer_get_provider (offer));
  wait_for_state (model, RCP_BOOKING_OFFERS);
  g_clear_object (&offer);
  offer = first_offer (model);
  range = (RcpTimeRange){ rcp_offer_get_range (offer).start - G_TIME_SPAN_DAY, rcp_offer_get_range (offer).end + 21 * G_TIME_SPAN_DAY };
  keep (fixture, offer, range, RCP_BUSY_AWAY);
  g_assert_cmpint (rcp_booking_model_get_state (model), ==, RCP_BOOKING_SEARCHING);
  wait_for_state (model, RCP_BOOKING_OFFERS);
  g_assert_cmpuint (count_offers (model, rcp_offer_get_provider (offer), range), ==, 0);
  later = first_offer (model);
  g_assert_nonnull (later);

  range.end += 400 * G_TIME_SPAN_DAY;
  keep (fixture, offer, range, RCP_BUSY_AWAY);
  KEEP_RESULT_UNTIL (rcp_booking_model_get_state (model) != RCP_BOOKING_SEARCHING);
  g_assert_cmpuint (count_offers (model, rcp_offer_get_provider (offer), range), ==, 0);
  g_assert_cmpint (rcp_booking_model_get_state (model), ==,
                   g_list_model_get_n_items (offers) > 0 ? RCP_BOOKING_OFFERS : RCP_BOOKING_NOTHING);
  g_assert_nonnull (rcp_booking_model_get_notice (model));
}

/* Enter was faster than the eye: the time is looked at once more before it is taken, and why it was not is said in words. */
static void
test_calendar_keeps_the_chosen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBookingModel) model = rcp_booking_model_new (fixture->sample.desk);
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (GError) error = NULL;
  Outcome outcome = { 0 };

  rcp_booking_model_set_patient (model, fixture->patient);
  wait_for_state (model, RCP_BOOKING_OFFERS);
  offer = first_offer (model);
  rcp_booking_model_book_async (model, offer, NULL, on_booked_cb, &outcome);
  keep (fixture, offer, rcp_offer_get_range (offer), RCP_BUSY_BUSY);
  KEEP_RESULT_UNTIL (outcome.done);
  error = outcome.error;
  g_assert_null (outcome.visit);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_KEPT);
  wait_for_state (model, RCP_BOOKING_OFFERS);
  g_assert_cmpstr (rcp_booking_model_get_notice (model), ==, error->message);
  g_assert_cmpuint (count_offers (model, rcp_offer_get_provider (offer), rcp_offer_get_range (offer)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/booking-model/books-the-first-offer", Fixture, NULL, set_up, test_books_the_first_offer, tear_down);
  g_test_add ("/ui/booking-model/needs-a-patient", Fixture, NULL, set_up, test_needs_a_patient, tear_down);
  g_test_add ("/ui/booking-model/leaves-out-own-visits", Fixture, NULL, set_up, test_leaves_out_own_visits, tear_down);
  g_test_add ("/ui/booking-model/taken-meanwhile", Fixture, NULL, set_up, test_taken_meanwhile, tear_down);
  g_test_add ("/ui/booking-model/record-gone", Fixture, NULL, set_up, test_record_gone, tear_down);
  g_test_add ("/ui/booking-model/click-on-empty-time", Fixture, NULL, set_up, test_click_on_empty_time, tear_down);
  g_test_add ("/ui/booking-model/click-in-a-room", Fixture, NULL, set_up, test_click_in_a_room, tear_down);
  g_test_add ("/ui/booking-model/moves", Fixture, NULL, set_up, test_moves, tear_down);
  g_test_add ("/ui/booking-model/calendar-keeps-an-offer", Fixture, NULL, set_up, test_calendar_keeps_an_offer, tear_down);
  g_test_add ("/ui/booking-model/calendar-keeps-all-offers", Fixture, NULL, set_up, test_calendar_keeps_all_offers, tear_down);
  g_test_add ("/ui/booking-model/calendar-keeps-the-chosen", Fixture, NULL, set_up, test_calendar_keeps_the_chosen, tear_down);
  return g_test_run ();
}
