/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-refit-list.c, rcp-refit-tasks.c and rcp-block-visits.c: what becomes of the list when its visits are moved and moved back, against
 * a real record. */
#include "desk-fixture.h"

#include "scheduling/rcp-block-time.h"
#include "scheduling/rcp-refit.h"
#include "scheduling/rcp-undo.h"

#define NINE (9 * 60)

typedef struct
{
  DeskFixture *desk;
  RcpTimeRange range; /* 9:00 to 10:30 */
  RcpVisit *first;    /* 9:15 to 9:45 */
  RcpVisit *second;   /* 10:15 to 10:45 */
} Ill;

static RcpBlockTime *
make_block (Ill *ill, guint provider, gboolean is_free)
{
  RcpProvider *whose = desk_fixture_get_provider (ill->desk, provider);
  g_autofree char *actor = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (whose), NULL);

  if (is_free)
    return rcp_block_time_new_unblock (ill->desk->client, ill->desk->clock, rcp_provider_get_schedule_id (whose), actor,
                                       rcp_provider_get_zone (whose), ill->range);
  return rcp_block_time_new (ill->desk->client, ill->desk->clock, rcp_provider_get_schedule_id (whose), actor,
                             rcp_provider_get_zone (whose), ill->range, RCP_BLOCK_OTHER, "ill");
}

/* Takes @block. */
static void
run_block (RcpBlockTime *block, guint n_visits)
{
  g_autoptr (RcpBlockTime) owned = block;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  if (n_visits > 0)
    rcp_block_time_set_over_visits (block, n_visits);
  rcp_block_time_run_async (block, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_assert_true (rcp_block_time_run_finish (block, result, &error));
  g_assert_no_error (error);
}

static void
set_up (Ill *ill, gconstpointer data)
{
  g_autoptr (RcpOffer) quarter = NULL;
  g_autoptr (RcpOffer) later = NULL;

  ill->desk = desk_fixture_new (2, 4);
  quarter = desk_fixture_make_offer (ill->desk, 0, 0, NINE + 15, 2);
  later = desk_fixture_make_offer (ill->desk, 0, 0, NINE + 75, 2);
  ill->range.start = rcp_offer_get_range (quarter).start - 15 * G_TIME_SPAN_MINUTE;
  ill->range.end = ill->range.start + 90 * G_TIME_SPAN_MINUTE;
  ill->first = desk_fixture_book (ill->desk, NULL, 0, quarter, NULL);
  ill->second = desk_fixture_book (ill->desk, NULL, 1, later, NULL);
  g_assert_true (ill->first != NULL && ill->second != NULL);
  run_block (make_block (ill, 0, FALSE), 2);
}

static void
tear_down (Ill *ill, gconstpointer data)
{
  g_object_unref (ill->first);
  g_object_unref (ill->second);
  desk_fixture_free (ill->desk);
}

static guint
count_work (Ill *ill)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) refits = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_refit_list_async (ill->desk->client, ill->desk->clock, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  refits = rcp_refit_list_finish (result, &error);
  g_assert_no_error (error);
  return refits->len;
}

static void
run_visit (gpointer operation)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_visit_operation_run_async (operation, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visit = rcp_visit_operation_run_finish (operation, result, &error);
  g_assert_no_error (error);
}

/* The first visit is there; @minute: where it is to be. */
static void
move_again (Ill *ill, RcpUndo *undo, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (ill->desk, 0, 0, minute, 2);
  g_autoptr (RcpMoveVisit) operation = rcp_move_visit_new (ill->desk->client, ill->desk->clock, rcp_undo_get_visit (undo), offer);

  run_visit (operation);
}

/* The first visit, to @provider at @minute; what takes it back: (transfer full). */
static RcpUndo *
move (Ill *ill, guint provider, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (ill->desk, provider, 0, minute, 2);
  g_autoptr (RcpMoveVisit) operation = rcp_move_visit_new (ill->desk->client, ill->desk->clock, ill->first, offer);

  run_visit (operation);
  return rcp_undo_new (RCP_VISIT_OPERATION (operation), ill->desk->roster, RCP_UNDO_GRACE);
}

/* At the same time with another provider it is work no more; it is again when that one falls ill as well. */
static void
test_same_time_elsewhere (Ill *ill, gconstpointer data)
{
  g_autoptr (RcpUndo) undo = NULL;

  g_assert_cmpuint (count_work (ill), ==, 2);
  undo = move (ill, 1, NINE + 15);
  g_assert_cmpuint (count_work (ill), ==, 1);
  run_block (make_block (ill, 1, FALSE), 1);
  g_assert_cmpuint (count_work (ill), ==, 2);
  run_block (make_block (ill, 1, TRUE), 0);
  g_assert_cmpuint (count_work (ill), ==, 1);
}

/* The other falls ill before anybody has looked at the list. */
static void
test_ill_as_well (Ill *ill, gconstpointer data)
{
  g_autoptr (RcpUndo) undo = move (ill, 1, NINE + 15);

  run_block (make_block (ill, 1, FALSE), 1);
  g_assert_cmpuint (count_work (ill), ==, 2);
  g_assert_cmpuint (count_work (ill), ==, 2);
}

/* What was ticked off, as it was moved, is on the list again when that is undone; and stays there. */
static void
test_undone (Ill *ill, gconstpointer data)
{
  g_autoptr (RcpUndo) undo = move (ill, 0, 13 * 60);

  g_assert_cmpuint (count_work (ill), ==, 1);
  run_visit (undo);
  g_assert_cmpuint (count_work (ill), ==, 2);
  g_assert_cmpuint (count_work (ill), ==, 2);
}

/* Moved back to the time that is free again, it fits. */
static void
test_back_in_free_time (Ill *ill, gconstpointer data)
{
  g_autoptr (RcpUndo) undo = move (ill, 0, 13 * 60);

  g_assert_cmpuint (count_work (ill), ==, 1);
  run_block (make_block (ill, 0, TRUE), 0);
  g_assert_cmpuint (count_work (ill), ==, 0);
  move_again (ill, undo, NINE + 15);
  g_assert_cmpuint (count_work (ill), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/scheduling/refit-moved/same-time-elsewhere", Ill, NULL, set_up, test_same_time_elsewhere, tear_down);
  g_test_add ("/scheduling/refit-moved/ill-as-well", Ill, NULL, set_up, test_ill_as_well, tear_down);
  g_test_add ("/scheduling/refit-moved/undone", Ill, NULL, set_up, test_undone, tear_down);
  g_test_add ("/scheduling/refit-moved/back-in-free-time", Ill, NULL, set_up, test_back_in_free_time, tear_down);
  return g_test_run ();
}
