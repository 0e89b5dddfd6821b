/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-own-visits"

/* Openings leave out the times at which the patient is elsewhere (rcp-own-visits.c, rcp-slot-pool.c), in every search: for one
 * visit, for several in a row, for a series and for who waits; and the answer says so where that is why there are none. */
#include "desk-fixture.h"

#include "scheduling/rcp-chains.h"
#include "scheduling/rcp-series.h"
#include "scheduling/rcp-wait-list.h"

#define NINE (9 * 60)

static RcpOwnVisits *
new_own (DeskFixture *desk, guint patient, const char *except_id)
{
  const char *ids[] = { rcp_patient_get_id (desk_fixture_get_patient (desk, patient)), NULL };

  return rcp_own_visits_new (desk->client, ids, except_id);
}

/* Half an hour with the second provider on Tuesday. */
static RcpWish *
new_wish (DeskFixture *desk, RcpOwnVisits *own)
{
  RcpWish *wish = rcp_wish_new ();

  wish->duration = 30;
  g_date_set_dmy (&wish->from, 24, G_DATE_NOVEMBER, 2026);
  wish->urgency = RCP_URGENCY_EMERGENCY;
  wish->schedule_id = g_strdup (rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 1)));
  g_set_object (&wish->own, own);
  return wish;
}

static RcpOffers *
find (DeskFixture *desk, const RcpWish *wish)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpOffers *offers;

  rcp_find_openings_async (desk->client, desk->roster, wish, 40, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  offers = rcp_find_openings_finish (result, &error);
  g_assert_no_error (error);
  return offers;
}

static RcpVisit *
book (DeskFixture *desk, guint patient, guint provider, guint minute, guint n_slots)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, provider, 1, minute, n_slots);
  g_autoptr (GError) error = NULL;
  RcpVisit *visit = desk_fixture_book (desk, NULL, patient, offer, &error);

  g_assert_no_error (error);
  return visit;
}

static guint
count_overlaps (RcpOffers *offers, RcpTimeRange range)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (offers)); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (G_LIST_MODEL (offers), i);

      for (RcpOffer *part = offer; part != NULL; part = rcp_offer_get_next (part))
        n += rcp_time_range_overlaps (rcp_offer_get_range (part), range);
    }
  return n;
}

static void
test_openings (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 2);
  g_autoptr (RcpVisit) visit = book (desk, 0, 0, NINE, 2);
  RcpTimeRange range = rcp_visit_get_range (visit);
  g_autoptr (RcpOwnVisits) of_patient = new_own (desk, 0, NULL);
  g_autoptr (RcpOwnVisits) of_other = new_own (desk, 1, NULL);
  g_autoptr (RcpOwnVisits) when_moved = new_own (desk, 0, rcp_visit_get_id (visit));
  RcpOwnVisits *cases[] = { NULL, of_other, when_moved };
  g_autoptr (RcpWish) wish = new_wish (desk, of_patient);
  g_autoptr (RcpOffers) offers = find (desk, wish);
  g_autoptr (RcpOffer) first = g_list_model_get_item (G_LIST_MODEL (offers), 0);

  g_assert_cmpuint (rcp_offers_get_n_meeting (offers), ==, 4);
  g_assert_null (rcp_offers_get_explanation (offers));
  g_assert_cmpuint (count_overlaps (offers, range), ==, 0);
  g_assert_cmpint (rcp_offer_get_range (first).start, ==, range.end);
  /* Nobody known, somebody else, and the visit that is moved itself: the time is offered. */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpWish) other = new_wish (desk, cases[i]);
      g_autoptr (RcpOffers) all = find (desk, other);

      g_assert_cmpuint (count_overlaps (all, range), ==, 1);
    }
}

/* All of the morning is taken by a visit with the first provider; what is near is not then either. */
static void
test_explanation (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 2);
  g_autoptr (RcpVisit) visit = book (desk, 0, 0, NINE, 12);
  g_autoptr (RcpOwnVisits) own = new_own (desk, 0, NULL);
  g_autoptr (RcpWish) wish = new_wish (desk, own);
  g_autoptr (RcpOffers) offers = NULL;
  g_autoptr (RcpOffers) without = NULL;
  g_autofree char *expected
      = g_strdup_printf ("%s already has a visit with %s at that time (Tue 24 Nov, 9:00).",
                         rcp_visit_get_patient_name (visit), rcp_provider_get_name (desk_fixture_get_provider (desk, 0)));

  wish->time_of_day = RCP_TIME_OF_DAY_MORNING;
  offers = find (desk, wish);
  g_assert_cmpuint (rcp_offers_get_n_meeting (offers), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (offers)), >, 0);
  g_assert_cmpuint (count_overlaps (offers, rcp_visit_get_range (visit)), ==, 0);
  g_assert_nonnull (strstr (rcp_offers_get_explanation (offers), expected));
  /* Where the provider is not there in the evening anyway, the visit is no reason. */
  wish->time_of_day = RCP_TIME_OF_DAY_EVENING;
  without = find (desk, wish);
  g_assert_null (strstr (rcp_offers_get_explanation (without), "already has a visit"));
}

/* Read once for a dialog, and as far as it is asked for. */
static void
test_is_kept (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 2);
  g_autoptr (RcpOwnVisits) own = new_own (desk, 0, NULL);
  g_autoptr (RcpWish) wish = new_wish (desk, own);
  g_autoptr (RcpOffers) before = find (desk, wish);
  g_autoptr (RcpVisit) visit = book (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOffers) kept = find (desk, wish);
  g_autoptr (RcpOffers) wider = NULL;

  g_assert_cmpuint (count_overlaps (kept, rcp_visit_get_range (visit)), ==, 1);
  g_date_set_dmy (&wish->from, 23, G_DATE_NOVEMBER, 2026);
  wish->urgency = RCP_URGENCY_URGENT;
  wider = find (desk, wish);
  g_assert_cmpuint (count_overlaps (wider, rcp_visit_get_range (visit)), ==, 0);
  g_assert_cmpuint (rcp_own_visits_get_ranges (own)->len, ==, 1);
}

static RcpOffers *
find_chains (DeskFixture *desk, GPtrArray *wishes)
{
  RcpChainRule rule = { .most_gap = G_TIME_SPAN_HOUR };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpOffers *offers;

  rcp_find_chains_async (desk->client, desk->roster, wishes, &rule, 10, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  offers = rcp_find_chains_finish (result, &error);
  g_assert_no_error (error);
  return offers;
}

static void
test_chains (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 2);
  g_autoptr (RcpVisit) visit = book (desk, 1, 0, NINE + 30, 2);
  g_autoptr (RcpOwnVisits) of_first = new_own (desk, 0, NULL);
  g_autoptr (RcpOwnVisits) of_second = new_own (desk, 1, NULL);
  g_autoptr (GPtrArray) wishes = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_wish_free);
  g_autoptr (RcpOffers) offers = NULL;
  g_autoptr (RcpOffers) none = NULL;
  g_autoptr (RcpVisit) afternoon = NULL;
  g_autoptr (RcpVisit) morning = NULL;

  g_ptr_array_add (wishes, new_wish (desk, of_first));
  g_ptr_array_add (wishes, new_wish (desk, of_second));
  offers = find_chains (desk, wishes);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (offers)), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (offers)); i++)
    {
      g_autoptr (RcpOffer) first = g_list_model_get_item (G_LIST_MODEL (offers), i);

      g_assert_false (rcp_time_range_overlaps (rcp_offer_get_range (rcp_offer_get_next (first)),
                                               rcp_visit_get_range (visit)));
    }
  /* The second has no time at all that day. */
  morning = book (desk, 1, 0, NINE + 60, 8);
  afternoon = book (desk, 1, 0, 13 * 60, 16);
  g_clear_object (&((RcpWish *)wishes->pdata[1])->own);
  ((RcpWish *)wishes->pdata[1])->own = new_own (desk, 1, NULL);
  none = find_chains (desk, wishes);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (none)), ==, 0);
  g_assert_nonnull (strstr (rcp_offers_get_explanation (none), "already has a visit with"));
}

static void
test_series (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 2);
  g_autoptr (RcpVisit) visit = book (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOwnVisits) own = new_own (desk, 0, NULL);
  RcpSeriesRule rule
      = { .first = rcp_visit_get_range (visit).start, .every = 1, .unit = RCP_SERIES_DAYS, .count = 2 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) dates = NULL;
  g_autofree char *reason = NULL;
  GAsyncResult *kept = NULL;

  rcp_series_find_async (desk->client, desk->roster, desk_fixture_get_provider (desk, 1), NULL, &rule, own, 30,
                         4 * G_TIME_SPAN_HOUR, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  dates = rcp_series_find_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[0])->fit, ==, RCP_SERIES_SHIFTED);
  g_assert_cmpint (rcp_offer_get_range (((RcpSeriesDate *)dates->pdata[0])->offer).start, ==,
                   rcp_visit_get_range (visit).end);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[1])->fit, ==, RCP_SERIES_FITS);
  reason = rcp_series_explain (desk_fixture_get_provider (desk, 1), rcp_visit_get_range (visit), own, desk->roster, DESK_NOW);
  g_assert_nonnull (strstr (reason, "already has a visit with"));
  g_assert_nonnull (strstr (reason, rcp_provider_get_name (desk_fixture_get_provider (desk, 0))));
}

static GListModel *
load_wait_list (DeskFixture *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GListModel *list;

  rcp_wait_list_load_async (desk->client, DESK_NOW, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  list = rcp_wait_list_load_finish (result, &error);
  g_assert_no_error (error);
  return list;
}

static guint
count_candidates (DeskFixture *desk, GListModel *list, RcpTimeRange range)
{
  g_autoptr (GPtrArray) candidates
      = rcp_waiting_rank (list, desk->roster, desk_fixture_get_provider (desk, 1), range, NULL, DESK_NOW);

  return candidates->len;
}

/* Who waits and is elsewhere then is nobody's candidate; a visit that is given up for the time is no hindrance. */
static void
test_wait_list (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 3);
  g_autoptr (RcpVisit) visit = book (desk, 0, 0, NINE, 2);
  g_autoptr (RcpVisit) given_up = book (desk, 1, 0, NINE + 45, 1);
  RcpVisit *booked[] = { NULL, given_up, NULL };
  RcpTimeRange then = rcp_visit_get_range (visit);
  RcpTimeRange later = { then.end + G_TIME_SPAN_HOUR, then.end + 2 * G_TIME_SPAN_HOUR };
  RcpTimeRange before = { rcp_visit_get_range (given_up).start - 15 * G_TIME_SPAN_MINUTE,
                          rcp_visit_get_range (given_up).end };
  g_autoptr (GListModel) list = NULL;

  for (guint i = 0; i < 3; i++)
    {
      RcpWaitWish wish = { .patient = desk_fixture_get_patient (desk, i), .duration = 30, .booked = booked[i],
                           .period = { DESK_NOW, DESK_NOW + 7 * G_TIME_SPAN_DAY } };
      g_autoptr (RcpJoinWaitList) join = rcp_join_wait_list_new (desk->client, desk->clock, &wish);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (RcpVisit) joined = NULL;
      GAsyncResult *kept = NULL;

      rcp_visit_operation_run_async (RCP_VISIT_OPERATION (join), NULL, desk_keep_result_cb, &kept);
      result = desk_wait (&kept);
      joined = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (join), result, &error);
      g_assert_no_error (error);
    }
  list = load_wait_list (desk);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 3);
  g_assert_cmpuint (count_candidates (desk, list, then), ==, 2);
  g_assert_cmpuint (count_candidates (desk, list, before), ==, 3);
  g_assert_cmpuint (count_candidates (desk, list, later), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/own-visits/openings", test_openings);
  g_test_add_func ("/scheduling/own-visits/explanation", test_explanation);
  g_test_add_func ("/scheduling/own-visits/is-kept", test_is_kept);
  g_test_add_func ("/scheduling/own-visits/chains", test_chains);
  g_test_add_func ("/scheduling/own-visits/series", test_series);
  g_test_add_func ("/scheduling/own-visits/wait-list", test_wait_list);
  return g_test_run ();
}
