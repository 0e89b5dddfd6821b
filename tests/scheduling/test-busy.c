/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a provider's own calendar keeps: in searches for openings, in the way of a visit, and when one is about to be booked
 * (rcp-kept-time.c). */

#include "desk-fixture.h"
#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-conflicts.h"
#include "scheduling/rcp-overbook.h"

#define HOUR G_TIME_SPAN_HOUR

/* Tells that the provider's calendar keeps @from to @to, hours after the desk's 8 o'clock. */
static void
keep (DeskFixture *desk, RcpBusyTimes *times, double from, double to, RcpBusyKind kind)
{
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  RcpBusy item = { { DESK_NOW + (gint64) (from * HOUR), DESK_NOW + (gint64) (to * HOUR) }, kind };

  g_array_append_val (busy, item);
  rcp_busy_times_set (times, rcp_provider_get_practitioner_id (desk_fixture_get_provider (desk, 0)), busy, 0);
}

/* Half an hour with the first provider on Tuesday, the earliest first. */
static RcpOffers *
find (DeskFixture *desk)
{
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpOffers *offers;

  wish->duration = 30;
  g_date_set_dmy (&wish->from, 24, G_DATE_NOVEMBER, 2026);
  wish->urgency = RCP_URGENCY_EMERGENCY;
  wish->schedule_id = g_strdup (rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 0)));
  rcp_find_openings_async (desk->client, desk->roster, wish, 40, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  offers = rcp_find_openings_finish (result, &error);
  g_assert_no_error (error);
  return offers;
}

static RcpTimeRange
get_first (RcpOffers *offers)
{
  g_autoptr (RcpOffer) first = g_list_model_get_item (G_LIST_MODEL (offers), 0);

  g_assert_nonnull (first);
  return rcp_offer_get_range (first);
}

static void
test_openings (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 1);
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (RcpOffers) free_day = find (desk);
  g_autoptr (RcpOffers) later = NULL, perhaps = NULL, none = NULL;
  RcpTimeRange first = get_first (free_day);
  double hours = (first.start - DESK_NOW) / (double) HOUR;

  rcp_roster_set_busy_times (desk->roster, times);
  /* To within the slot of ten past an hour later: that slot is not whole any more. */
  keep (desk, times, hours - 1, hours + 1 + 10 / 60.0, RCP_BUSY_BUSY);
  later = find (desk);
  g_assert_cmpint (get_first (later).start, ==, first.start + HOUR + 15 * G_TIME_SPAN_MINUTE);
  g_assert_null (rcp_offers_get_explanation (later));
  keep (desk, times, hours - 1, hours + 1, RCP_BUSY_TENTATIVE);
  perhaps = find (desk);
  g_assert_cmpint (get_first (perhaps).start, ==, first.start);
  keep (desk, times, -24, 24 * 100, RCP_BUSY_AWAY);
  none = find (desk);
  g_assert_cmpuint (rcp_offers_get_n_meeting (none), ==, 0);
  g_assert_nonnull (strstr (rcp_offers_get_explanation (none), "Time that the calendars of providers keep is not offered."));
}

static RcpDay *
load_day (DeskFixture *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpDay *day;
  GDate date;

  rcp_time_get_day (DESK_NOW, rcp_roster_get_zone (desk->roster), &date);
  day = rcp_day_new (desk->client, desk->roster, &date);
  rcp_day_load_async (day, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  rcp_day_load_finish (day, result, &error);
  g_assert_no_error (error);
  return day;
}

static guint
get_kinds (RcpDay *day, RcpProvider *provider, double hours)
{
  g_autoptr (RcpConflicts) conflicts = rcp_conflicts_new_for_column (day, provider, NULL, NULL, NULL, HOUR / 2, DESK_NOW);

  return rcp_conflicts_kinds_at (conflicts, DESK_NOW + (gint64) (hours * HOUR));
}

static char *
describe (RcpDay *day, RcpProvider *provider, double hours)
{
  g_autoptr (RcpConflicts) conflicts = rcp_conflicts_new_for_column (day, provider, NULL, NULL, NULL, HOUR / 2, DESK_NOW);
  g_autoptr (GPtrArray) all = rcp_conflicts_at (conflicts, DESK_NOW + (gint64) (hours * HOUR));

  g_assert_cmpuint (all->len, ==, 1);
  return rcp_conflict_describe (all->pdata[0], provider, NULL);
}

/* It is told, and may be overruled with a reason, as another visit may. */
static void
test_conflicts (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 1);
  RcpProvider *own = desk_fixture_get_provider (desk, 0), *other = desk_fixture_get_provider (desk, 1);
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (RcpDay) day = load_day (desk);
  g_autofree char *busy = NULL, *away = NULL, *all_day = NULL;

  rcp_roster_set_busy_times (desk->roster, times);
  keep (desk, times, 2, 3, RCP_BUSY_BUSY);
  g_assert_cmphex (get_kinds (day, own, 2.75), ==, RCP_CONFLICT_BIT (RCP_CONFLICT_BUSY));
  g_assert_cmphex (get_kinds (day, own, 3), ==, 0);
  g_assert_cmphex (get_kinds (day, other, 2.75), ==, 0);
  g_assert_true (rcp_overbook_is_possible (RCP_CONFLICT_BIT (RCP_CONFLICT_BUSY)));
  busy = describe (day, own, 2);
  g_assert_nonnull (strstr (busy, "is busy, by the own calendar (10:00 to 11:00)."));
  keep (desk, times, 2, 3, RCP_BUSY_AWAY);
  away = describe (day, own, 2);
  g_assert_nonnull (strstr (away, "is away, by the own calendar (10:00 to 11:00)."));
  keep (desk, times, -24, 48, RCP_BUSY_AWAY);
  all_day = describe (day, own, 2);
  g_assert_nonnull (strstr (all_day, "is away all day, by the own calendar."));
  keep (desk, times, 2, 3, RCP_BUSY_TENTATIVE);
  g_assert_cmphex (get_kinds (day, own, 2), ==, 0);
}

/* Takes @operation. */
static RcpVisit *
run (gpointer operation, RcpBusyTimes *times, GError **error)
{
  g_autoptr (RcpVisitOperation) owned = operation;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_visit_operation_set_busy_times (owned, times);
  rcp_visit_operation_run_async (owned, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_visit_operation_run_finish (owned, result, error);
}

static gpointer
make_book (DeskFixture *desk, guint patient, RcpOffer *offer, const char *reason)
{
  RcpBookVisit *book = rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, patient), offer, NULL,
                                           RCP_URGENCY_ROUTINE, NULL);

  rcp_book_visit_set_overbook (book, reason);
  return book;
}

/* Nothing of it is in the record, and the words name who is busy, where the visit stands and what to do. */
static void
assert_kept (DeskFixture *desk, GError **error, const char *stands, guint n_visits)
{
  g_assert_error (*error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_KEPT);
  g_assert_nonnull (strstr ((*error)->message, rcp_provider_get_name (desk_fixture_get_provider (desk, 0))));
  g_assert_nonnull (strstr ((*error)->message, "by the own calendar (10:00 to 11:00). "));
  g_assert_nonnull (strstr ((*error)->message, stands));
  g_assert_nonnull (strstr ((*error)->message, "overbook this one with a reason"));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, n_visits);
  g_clear_error (error);
}

/* The calendar came to keep the time after it was offered: it is taken only with a reason. */
static void
test_book (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 3);
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (desk, 0, 0, 10 * 60, 2);
  g_autoptr (RcpOffer) of_other = desk_fixture_make_offer (desk, 1, 0, 10 * 60, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) refused = NULL, other = NULL, booked = NULL, perhaps = NULL;

  keep (desk, times, 2, 3, RCP_BUSY_BUSY);
  refused = run (make_book (desk, 0, ten, NULL), times, &error);
  g_assert_null (refused);
  assert_kept (desk, &error, "The visit is not booked.", 0);
  g_assert_cmpuint (desk_fixture_count_status (desk, "Slot", "busy"), ==, 0);
  other = run (make_book (desk, 1, of_other, NULL), times, &error);
  g_assert_no_error (error);
  booked = run (make_book (desk, 0, ten, "agreed on the phone"), times, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_overbook_reason (booked), ==, "agreed on the phone");
  g_clear_object (&ten);
  ten = desk_fixture_make_offer (desk, 0, 1, 10 * 60, 2);
  keep (desk, times, 26, 27, RCP_BUSY_TENTATIVE);
  perhaps = run (make_book (desk, 2, ten, NULL), times, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 3);
}

/* A visit stays where it was; from there it can go to where nothing is kept. */
static void
test_move (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, 9 * 60, 2);
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (desk, 0, 0, 10 * 60 + 45, 2);
  g_autoptr (RcpOffer) eleven = desk_fixture_make_offer (desk, 0, 0, 11 * 60, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, nine, &error);
  g_autoptr (RcpVisit) refused = NULL, moved = NULL, again = NULL;
  g_autoptr (FhirResource) resource = NULL;

  g_assert_no_error (error);
  keep (desk, times, 2, 3, RCP_BUSY_AWAY);
  refused = run (rcp_move_visit_new (desk->client, desk->clock, visit, ten), times, &error);
  g_assert_null (refused);
  assert_kept (desk, &error, "The visit was not moved.", 1);
  resource = desk_fixture_read (desk, fhir_resource_get_reference (rcp_visit_get_resource (visit)));
  again = rcp_visit_new (resource, NULL);
  g_assert_cmpint (rcp_visit_get_range (again).start, ==, rcp_offer_get_range (nine).start);
  moved = run (rcp_move_visit_new (desk->client, desk->clock, visit, eleven), times, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_range (moved).start, ==, rcp_offer_get_range (eleven).start);
}

/* Two who come together: one has no time, so nobody has. */
static void
test_together (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (RcpOffer) half_past_nine = desk_fixture_make_offer (desk, 0, 0, 9 * 60 + 30, 2);
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (desk, 0, 0, 10 * 60, 2);
  g_autoptr (GPtrArray) pair = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  keep (desk, times, 2, 3, RCP_BUSY_BUSY);
  g_ptr_array_add (pair, make_book (desk, 0, half_past_nine, NULL));
  g_ptr_array_add (pair, make_book (desk, 1, ten, NULL));
  for (guint i = 0; i < pair->len; i++)
    rcp_visit_operation_set_busy_times (pair->pdata[i], times);
  rcp_run_together_async (pair, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_assert_false (rcp_run_together_finish (result, &error));
  assert_kept (desk, &error, "The visit is not booked.", 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/busy/openings", test_openings);
  g_test_add_func ("/scheduling/busy/conflicts", test_conflicts);
  g_test_add_func ("/scheduling/busy/book", test_book);
  g_test_add_func ("/scheduling/busy/move", test_move);
  g_test_add_func ("/scheduling/busy/together", test_together);
  return g_test_run ();
}
