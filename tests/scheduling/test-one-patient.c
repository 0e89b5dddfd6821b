/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-one-patient"

/* Desks that book one patient at one time with different providers in the same moment: practice-rule-overlap.c lets one
 * through, as the look of rcp-elsewhere.c before it is no lock. */
#include "desk-fixture.h"

#define DESKS 4
#define ROUNDS 16
#define NINE (9 * 60)

static guint
book_at_once (DeskFixture *desk, guint round)
{
  FhirClient *clients[DESKS];
  RcpBookVisit *books[DESKS];
  GAsyncResult *results[DESKS] = { NULL };
  guint n_booked = 0;

  for (guint i = 0; i < DESKS; i++)
    {
      g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, i, 1 + round / 12, NINE + (round % 12) * 15, 1);

      clients[i] = practice_fixture_create_client (desk->practice);
      books[i] = rcp_book_visit_new (clients[i], desk->clock, desk_fixture_get_patient (desk, 0), offer, NULL,
                                     RCP_URGENCY_ROUTINE, NULL);
    }
  for (guint i = 0; i < DESKS; i++)
    rcp_book_visit_run_async (books[i], NULL, desk_keep_result_cb, &results[i]);
  for (guint i = 0; i < DESKS; i++)
    {
      g_autoptr (GAsyncResult) result = desk_wait (&results[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (RcpVisit) visit = rcp_book_visit_run_finish (books[i], result, &error);

      if (visit == NULL)
        g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
      n_booked += visit != NULL;
      g_object_unref (books[i]);
      g_object_unref (clients[i]);
    }
  return n_booked;
}

static void
test_at_once (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (DESKS, 1);

  for (guint round = 0; round < ROUNDS; round++)
    g_assert_cmpuint (book_at_once (desk, round), ==, 1);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, ROUNDS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/one-patient/at-once", test_at_once);
  return g_test_run ();
}
