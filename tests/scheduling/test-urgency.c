/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-urgency"

/* How soon a visit has to be (rcp-find-openings.c with rcp-clinic-rules.c), and openings of all providers to be compared. */
#include "desk-fixture.h"

#include <string.h>

#include "clinic/rcp-clinic-rules.h"

#define IN_THE_EVENING (DESK_NOW + 13 * G_TIME_SPAN_HOUR)

static RcpOffers *
find (DeskFixture *desk, const RcpWish *wish, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpOffers *offers;

  rcp_find_openings_async (desk->client, desk->roster, wish, limit, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  offers = rcp_find_openings_finish (result, &error);
  g_assert_no_error (error);
  return offers;
}

static RcpWish *
new_wish (RcpUrgency urgency, gint64 not_before)
{
  RcpWish *wish = rcp_wish_new ();

  wish->duration = 30;
  g_date_set_dmy (&wish->from, 23, G_DATE_NOVEMBER, 2026);
  wish->not_before = not_before;
  wish->urgency = urgency;
  return wish;
}

/* In the evening nothing is left: an emergency is offered nothing of tomorrow as if that would do, and it is said. */
static void
test_emergency (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 1);
  g_autoptr (RcpWish) today = new_wish (RCP_URGENCY_EMERGENCY, DESK_NOW), late = new_wish (RCP_URGENCY_EMERGENCY, IN_THE_EVENING);
  g_autoptr (RcpOffers) offers = find (desk, today, 1000), nothing = find (desk, late, 1000);
  GDate day;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (offers)), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (offers)); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (G_LIST_MODEL (offers), i);

      rcp_time_get_day (rcp_offer_get_range (offer).start, rcp_roster_get_zone (desk->roster), &day);
      g_assert_cmpint (g_date_compare (&day, &today->from), ==, 0);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (nothing)), ==, 0);
  g_assert_nonnull (strstr (rcp_offers_get_explanation (nothing), "Nothing else is free today either"));
}

/* Two days, as the clinic has not said otherwise; of these the second is Tuesday. */
static void
test_urgent (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 1);
  g_autoptr (RcpWish) wish = new_wish (RCP_URGENCY_URGENT, DESK_NOW);
  g_autoptr (RcpOffers) offers = find (desk, wish, 1000);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (offers));
  g_autoptr (RcpOffer) last = g_list_model_get_item (G_LIST_MODEL (offers), n - 1);
  GDate day;

  g_assert_cmpuint (rcp_clinic_rules_get_urgent_days (desk->roster), ==, RCP_URGENT_DAYS);
  g_assert_cmpuint (rcp_offers_get_n_meeting (offers), ==, n);
  rcp_time_get_day (rcp_offer_get_range (last).start, rcp_roster_get_zone (desk->roster), &day);
  g_assert_cmpint (g_date_days_between (&wish->from, &day), ==, RCP_URGENT_DAYS - 1);
}

/* So many of each, although the earliest are all of the same ones. */
static void
test_compared (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (3, 1);
  g_autoptr (RcpWish) wish = new_wish (RCP_URGENCY_ROUTINE, DESK_NOW);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  g_autoptr (RcpOffers) offers = NULL;
  GHashTableIter iter;
  gpointer n;

  wish->per_provider = 2;
  offers = find (desk, wish, 3);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (offers)); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (G_LIST_MODEL (offers), i);
      gpointer provider = rcp_offer_get_provider (offer);

      g_hash_table_insert (counts, provider, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, provider)) + 1));
    }
  g_assert_cmpuint (g_hash_table_size (counts), ==, 3);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    g_assert_cmpuint (GPOINTER_TO_UINT (n), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/urgency/emergency", test_emergency);
  g_test_add_func ("/scheduling/urgency/urgent", test_urgent);
  g_test_add_func ("/scheduling/urgency/compared", test_compared);
  return g_test_run ();
}
