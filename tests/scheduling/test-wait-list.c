/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-wait-list"

/* rcp-wait-list.c and rcp-wait-load.c against a real record: joined, listed, booked by one desk of two, undone. */
#include "scheduling/rcp-undo.h"
#include "scheduling/rcp-wait-list.h"

#include "desk-fixture.h"

#define NINE (9 * 60)

static RcpVisit *
run (RcpVisitOperation *operation, GError **error)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  rcp_visit_operation_run_async (operation, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_visit_operation_run_finish (operation, result, error);
}

static RcpVisit *
join (DeskFixture *desk, guint patient, RcpVisit *booked)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new ();
  RcpWaitWish wish = {
    .patient = desk_fixture_get_patient (desk, patient),
    .visit_type = rcp_roster_find_visit_type (desk->roster, "annual-check"),
    .providers = providers,
    .languages = (const char *const[]){ "es", "fr", NULL },
    .network = "Harbour Gold",
    .gender = RCP_GENDER_FEMALE,
    .urgency = RCP_URGENCY_URGENT,
    .times = RCP_WISHED (RCP_TIME_OF_DAY_MORNING),
    .duration = 30,
    .period = { DESK_NOW, DESK_NOW + 30 * G_TIME_SPAN_DAY },
    .complaint = "a cough",
    .booked = booked,
  };
  g_autoptr (RcpJoinWaitList) operation = NULL;
  g_autoptr (GError) error = NULL;
  RcpVisit *visit;

  g_ptr_array_add (providers, desk_fixture_get_provider (desk, 0));
  operation = rcp_join_wait_list_new (desk->client, desk->clock, &wish);
  visit = run (RCP_VISIT_OPERATION (operation), &error);
  g_assert_no_error (error);
  return visit;
}

static GListModel *
load (DeskFixture *desk)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *list;

  rcp_wait_list_load_async (desk->client, rcp_clock_get_now (desk->clock), NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  list = rcp_wait_list_load_finish (result, &error);
  g_assert_no_error (error);
  return list;
}

static RcpWaiting *
load_only (DeskFixture *desk)
{
  g_autoptr (GListModel) list = load (desk);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  return g_list_model_get_item (list, 0);
}

static RcpOffer *
read_offer (DeskFixture *desk, RcpTimeRange range, GError **error)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  rcp_free_offer_read_async (desk->client, rcp_roster_get_busy_times (desk->roster), desk_fixture_get_provider (desk, 0), range, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_free_offer_read_finish (result, error);
}

static void
test_join (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpVisit) joined = join (desk, 1, NULL);
  g_autoptr (RcpWaiting) waiting = load_only (desk);
  RcpVisit *visit = rcp_waiting_get_visit (waiting);

  g_assert_cmpint (rcp_visit_get_status (joined), ==, RCP_VISIT_WAITLIST);
  g_assert_cmpstr (rcp_visit_get_id (visit), ==, rcp_visit_get_id (joined));
  g_assert_cmpstr (rcp_visit_get_patient_id (visit), ==, rcp_patient_get_id (desk_fixture_get_patient (desk, 1)));
  g_assert_nonnull (rcp_visit_get_patient (visit));
  g_assert_cmpuint (rcp_waiting_get_times (waiting), ==, RCP_WISHED (RCP_TIME_OF_DAY_MORNING));
  g_assert_cmpint (rcp_waiting_get_since (waiting), ==, DESK_NOW);
  g_assert_cmpuint (g_strv_length ((char **)rcp_waiting_get_languages (waiting)), ==, 2);
  g_assert_cmpstr (rcp_waiting_get_languages (waiting)[1], ==, "fr");
  g_assert_cmpstr (rcp_waiting_get_network (waiting), ==, "Harbour Gold");
  g_assert_cmpint (rcp_waiting_get_gender (waiting), ==, RCP_GENDER_FEMALE);
  g_assert_null (rcp_waiting_get_booked (waiting));
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "active"), ==, 0);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 0);
}

static void
test_leave (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpVisit) joined = join (desk, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) left = desk_fixture_cancel (desk, NULL, joined, "pat", &error);
  g_autoptr (GListModel) list = load (desk);

  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (left), ==, RCP_VISIT_CANCELLED);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
}

/* A time that was booked becomes free; who waits gets it; the desk takes that back. */
static void
test_book_and_undo (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) first = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) other = desk_fixture_book (desk, NULL, 0, first, &error);
  g_autoptr (RcpVisit) joined = join (desk, 1, NULL);
  g_autoptr (RcpWaiting) waiting = load_only (desk);
  g_autoptr (RcpOffer) taken = read_offer (desk, rcp_offer_get_range (first), &error);
  g_autoptr (RcpVisit) gone = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpBookWaiting) book = NULL;
  g_autoptr (RcpVisit) booked = NULL;
  g_autoptr (RcpUndo) undo = NULL;
  g_autoptr (RcpVisit) undone = NULL;

  g_assert_null (taken);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_clear_error (&error);
  gone = desk_fixture_cancel (desk, NULL, other, "pat", &error);
  g_assert_no_error (error);
  offer = read_offer (desk, rcp_offer_get_range (first), &error);
  g_assert_no_error (error);

  book = rcp_book_waiting_new (desk->client, desk->clock, waiting, offer);
  booked = run (RCP_VISIT_OPERATION (book), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_id (booked), ==, rcp_visit_get_id (joined));
  g_assert_cmpint (rcp_visit_get_status (booked), ==, RCP_VISIT_BOOKED);
  g_assert_cmpint (rcp_visit_get_range (booked).start, ==, rcp_offer_get_range (first).start);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);

  undo = rcp_undo_new (RCP_VISIT_OPERATION (book), desk->roster, RCP_UNDO_GRACE);
  undone = run (RCP_VISIT_OPERATION (undo), &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (undone), ==, RCP_VISIT_WAITLIST);
  g_assert_cmpuint (desk_fixture_count_status (desk, "Slot", "busy"), ==, 0);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 0);
}

/* A time that became free is not given to who waits when the provider's own calendar keeps it by now. */
static void
test_kept (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  RcpBusy kept = { { rcp_offer_get_range (nine).end - G_TIME_SPAN_MINUTE, rcp_offer_get_range (nine).end }, RCP_BUSY_AWAY };
  RcpTimeRange after = { kept.range.end, kept.range.end + 30 * G_TIME_SPAN_MINUTE };
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpOffer) later = NULL;
  g_autoptr (GError) error = NULL;

  g_array_append_val (busy, kept);
  rcp_busy_times_set (times, rcp_provider_get_practitioner_id (desk_fixture_get_provider (desk, 0)), busy, 0);
  rcp_roster_set_busy_times (desk->roster, times);
  offer = read_offer (desk, rcp_offer_get_range (nine), &error);
  g_assert_null (offer);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_KEPT);
  g_clear_error (&error);
  later = read_offer (desk, after, &error);
  g_assert_no_error (error);
  g_assert_nonnull (later);
}

/* Who has a visit keeps it until it moves; then both change at once. */
static void
test_earlier_time (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpOffer) late = desk_fixture_make_offer (desk, 0, 2, NINE, 2);
  g_autoptr (RcpOffer) early = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, late, &error);
  g_autoptr (RcpVisit) joined = join (desk, 0, booked);
  g_autoptr (RcpWaiting) waiting = load_only (desk);
  g_autoptr (RcpBookWaiting) book = rcp_book_waiting_new (desk->client, desk->clock, waiting, early);
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (GListModel) list = NULL;

  g_assert_cmpstr (rcp_visit_get_id (rcp_waiting_get_booked (waiting)), ==, rcp_visit_get_id (booked));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
  moved = run (RCP_VISIT_OPERATION (book), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_id (moved), ==, rcp_visit_get_id (booked));
  g_assert_cmpint (rcp_visit_get_range (moved).start, ==, rcp_offer_get_range (early).start);
  list = load (desk);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  g_assert_cmpuint (desk_fixture_count_status (desk, "Slot", "busy"), ==, 2);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

/* Two desks give the same patient two times, or two patients the same time, in the same moment. */
static guint
book_at_once (DeskFixture *desk, RcpWaiting *const *waiting, RcpOffer *const *offers)
{
  FhirClient *clients[2];
  RcpBookWaiting *books[2];
  GAsyncResult *results[2] = { NULL };
  guint n_booked = 0;

  for (guint i = 0; i < 2; i++)
    {
      clients[i] = practice_fixture_create_client (desk->practice);
      books[i] = rcp_book_waiting_new (clients[i], desk->clock, waiting[i], offers[i]);
      rcp_visit_operation_run_async (RCP_VISIT_OPERATION (books[i]), NULL, desk_keep_result_cb, &results[i]);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = desk_wait (&results[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (RcpVisit) visit = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (books[i]), result, &error);

      n_booked += visit != NULL;
      if (visit == NULL)
        g_assert_true (g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN)
                       || g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED));
      g_object_unref (books[i]);
      g_object_unref (clients[i]);
    }
  return n_booked;
}

static void
test_two_desks (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 3);
  g_autoptr (RcpVisit) one = join (desk, 0, NULL);
  g_autoptr (RcpWaiting) waiting = load_only (desk);
  g_autoptr (RcpOffer) here = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  g_autoptr (RcpOffer) there = desk_fixture_make_offer (desk, 1, 1, NINE + 120, 2);
  g_autoptr (RcpOffer) third = desk_fixture_make_offer (desk, 0, 2, NINE, 2);

  g_assert_cmpuint (book_at_once (desk, (RcpWaiting *[]){ waiting, waiting }, (RcpOffer *[]){ here, there }), ==, 1);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
  {
    g_autoptr (RcpVisit) a = join (desk, 1, NULL);
    g_autoptr (RcpVisit) b = join (desk, 2, NULL);
    g_autoptr (RcpWaiting) of_a = rcp_waiting_new (a, NULL);
    g_autoptr (RcpWaiting) of_b = rcp_waiting_new (b, NULL);

    g_assert_cmpuint (book_at_once (desk, (RcpWaiting *[]){ of_a, of_b }, (RcpOffer *[]){ third, third }), ==, 1);
  }
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
  g_assert_cmpuint (desk_fixture_count_status (desk, "Appointment", "waitlist"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/wait-list/join", test_join);
  g_test_add_func ("/scheduling/wait-list/leave", test_leave);
  g_test_add_func ("/scheduling/wait-list/book-and-undo", test_book_and_undo);
  g_test_add_func ("/scheduling/wait-list/kept", test_kept);
  g_test_add_func ("/scheduling/wait-list/earlier-time", test_earlier_time);
  g_test_add_func ("/scheduling/wait-list/two-desks", test_two_desks);
  return g_test_run ();
}
