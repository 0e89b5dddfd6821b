/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-block-time.c, rcp-block-plan.c, rcp-day-slots.c and rcp-conflicts-day.c against a real record. */
#include "desk-fixture.h"

#include "clinic/rcp-day.h"
#include "scheduling/rcp-block-time.h"
#include "scheduling/rcp-conflicts.h"
#include "scheduling/rcp-undo.h"

#include <string.h>

#define NINE (9 * 60)

static RcpTimeRange
make_range (DeskFixture *desk, guint minute, guint minutes)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, minute, 1);
  gint64 start = rcp_offer_get_range (offer).start;

  return (RcpTimeRange){ start, start + minutes * G_TIME_SPAN_MINUTE };
}

static gpointer
make_block (DeskFixture *desk, RcpTimeRange range, RcpBlockKind kind, const char *words)
{
  RcpProvider *provider = desk_fixture_get_provider (desk, 0);
  g_autofree char *actor = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (provider), NULL);

  return rcp_block_time_new (desk->client, desk->clock, rcp_provider_get_schedule_id (provider), actor,
                             rcp_provider_get_zone (provider), range, kind, words);
}

static gpointer
make_unblock (DeskFixture *desk, RcpTimeRange range)
{
  RcpProvider *provider = desk_fixture_get_provider (desk, 0);

  return rcp_block_time_new_unblock (desk->client, desk->clock, rcp_provider_get_schedule_id (provider), NULL,
                                     rcp_provider_get_zone (provider), range);
}

static gboolean
run (RcpBlockTime *block, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_block_time_run_async (block, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_block_time_run_finish (block, result, error);
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

static void
test_block_and_free (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 1);
  RcpProvider *provider = desk_fixture_get_provider (desk, 0);
  const char *schedule_id = rcp_provider_get_schedule_id (provider);
  g_autoptr (GArray) before = NULL;
  RcpTimeRange range = make_range (desk, NINE, 60);
  g_autoptr (RcpBlockTime) block = make_block (desk, range, RCP_BLOCK_MEETING, " tumour board ");
  RcpTimeRange half = { range.start + 30 * G_TIME_SPAN_MINUTE, range.end };
  g_autoptr (RcpBlockTime) free_half = make_unblock (desk, half);
  g_autoptr (RcpBlockTime) nothing = make_unblock (desk, half);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpDay) day = NULL;
  GArray *blocks;

  g_assert_true (run (block, &error));
  g_assert_no_error (error);
  day = load_day (desk);
  blocks = rcp_day_get_blocks (day, schedule_id);
  g_assert_cmpuint (blocks->len, ==, 1);
  g_assert_cmpint (g_array_index (blocks, RcpBlock, 0).range.start, ==, range.start);
  g_assert_cmpint (g_array_index (blocks, RcpBlock, 0).range.end, ==, range.end);
  g_assert_cmpint (g_array_index (blocks, RcpBlock, 0).kind, ==, RCP_BLOCK_MEETING);
  g_assert_cmpstr (g_array_index (blocks, RcpBlock, 0).words, ==, "tumour board");
  g_assert_cmpuint (rcp_day_get_blocks (day, rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 1)))->len,
                    ==, 0);
  g_clear_object (&day);

  g_assert_true (run (free_half, &error));
  g_assert_no_error (error);
  day = load_day (desk);
  blocks = rcp_day_get_blocks (day, schedule_id);
  g_assert_cmpuint (blocks->len, ==, 1);
  g_assert_cmpint (g_array_index (blocks, RcpBlock, 0).range.end, ==, half.start);
  g_assert_false (run (nothing, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Nothing is blocked"));
}

static void
test_booked (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  RcpTimeRange range = make_range (desk, NINE, 120);
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (desk, 0, 0, NINE + 60, 2);
  g_autoptr (RcpBlockTime) block = make_block (desk, range, RCP_BLOCK_OTHER, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 1, ten, &error);

  g_assert_no_error (error);
  g_assert_false (run (block, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_BOOKED);
  g_assert_nonnull (strstr (error->message, "10:00 Patient001"));
  g_assert_nonnull (strstr (error->message, "The time was not blocked. Move them first."));
  g_assert_cmpuint (desk_fixture_count_status (desk, "Slot", "busy-unavailable"), ==, 0);
  g_assert_null (rcp_block_time_new_undo (block, RCP_UNDO_GRACE));
}

/* A visit that stands beside others and holds no slot is a visit all the same. */
static void
test_overbooked (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  RcpTimeRange range = make_range (desk, NINE, 30);
  g_autoptr (RcpOffer) beside = rcp_offer_new_for_range (desk_fixture_get_provider (desk, 0), range, NULL, 0);
  g_autoptr (RcpBlockTime) block = make_block (desk, range, RCP_BLOCK_LUNCH, NULL);
  g_autoptr (RcpBookVisit) book = rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, 2),
                                                      beside, NULL, RCP_URGENCY_ROUTINE, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_book_visit_set_overbook (book, "before work");
  rcp_book_visit_run_async (book, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visit = rcp_book_visit_run_finish (book, result, &error);
  g_assert_no_error (error);
  g_assert_false (run (block, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_BOOKED);
  g_assert_nonnull (strstr (error->message, "Patient002"));
}

static void
test_undo (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  RcpTimeRange range = make_range (desk, NINE, 60);
  g_autoptr (RcpBlockTime) lunch = make_block (desk, range, RCP_BLOCK_LUNCH, NULL);
  g_autoptr (RcpBlockTime) meeting = make_block (desk, range, RCP_BLOCK_MEETING, NULL);
  g_autoptr (RcpBlockTime) freed = make_unblock (desk, range);
  g_autoptr (RcpBlockTime) undo_meeting = NULL;
  g_autoptr (RcpBlockTime) undo_lunch = NULL;
  g_autoptr (RcpBlockTime) late = NULL;
  g_autoptr (RcpDay) day = NULL;
  g_autoptr (GError) error = NULL;
  GArray *blocks;

  g_assert_true (run (lunch, &error));
  g_assert_true (run (meeting, &error));
  undo_meeting = rcp_block_time_new_undo (meeting, RCP_UNDO_GRACE);
  g_assert_true (run (undo_meeting, &error));
  g_assert_no_error (error);
  g_assert_null (rcp_block_time_new_undo (undo_meeting, RCP_UNDO_GRACE));
  day = load_day (desk);
  blocks = rcp_day_get_blocks (day, rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 0)));
  g_assert_cmpuint (blocks->len, ==, 1);
  g_assert_cmpint (g_array_index (blocks, RcpBlock, 0).kind, ==, RCP_BLOCK_LUNCH);

  /* Meanwhile the slots were changed, if to the same again. */
  undo_lunch = rcp_block_time_new_undo (lunch, RCP_UNDO_GRACE);
  g_assert_false (run (undo_lunch, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED);
  g_clear_error (&error);
  g_assert_true (run (freed, &error));
  late = rcp_block_time_new_undo (freed, RCP_UNDO_GRACE);
  rcp_clock_set_now (desk->clock, rcp_block_time_get_until (late));
  g_assert_false (run (late, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TOO_LATE);
  g_assert_cmpuint (desk_fixture_count_status (desk, "Slot", "busy-unavailable"), ==, 0);
}

/* What the board is told of a column is what is really in the way there. */
static void
test_conflicts_of_day (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 3);
  RcpProvider *other = desk_fixture_get_provider (desk, 1);
  RcpTimeRange range = make_range (desk, NINE, 60);
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (desk, 0, 0, NINE + 60, 2);
  g_autoptr (RcpBlockTime) block = make_block (desk, range, RCP_BLOCK_MEETING, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 1, ten, &error);
  gint64 half_hour = 30 * G_TIME_SPAN_MINUTE;
  gint64 at_ten = range.end;
  g_autoptr (RcpDay) day = NULL;
  g_autoptr (RcpConflicts) own = NULL;
  g_autoptr (RcpConflicts) for_other = NULL;
  g_autoptr (RcpConflicts) beside = NULL;

  g_assert_no_error (error);
  g_assert_true (run (block, &error));
  day = load_day (desk);
  own = rcp_conflicts_new_for_column (day, desk_fixture_get_provider (desk, 0), visit, NULL, NULL, half_hour, DESK_NOW);
  g_assert_cmphex (rcp_conflicts_kinds_at (own, at_ten), ==, 0);
  g_assert_cmphex (rcp_conflicts_kinds_at (own, range.start), ==, RCP_CONFLICT_BIT (RCP_CONFLICT_BLOCKED));
  g_assert_cmphex (rcp_conflicts_kinds_at (own, DESK_NOW), ==, RCP_CONFLICT_BIT (RCP_CONFLICT_HOURS));
  for_other = rcp_conflicts_new_for_column (day, desk_fixture_get_provider (desk, 0), NULL,
                                            rcp_patient_get_id (desk_fixture_get_patient (desk, 0)), NULL, half_hour,
                                            at_ten + 1);
  g_assert_cmphex (rcp_conflicts_kinds_at (for_other, at_ten), ==,
                   RCP_CONFLICT_BIT (RCP_CONFLICT_PROVIDER) | RCP_CONFLICT_BIT (RCP_CONFLICT_PAST));
  beside = rcp_conflicts_new_for_column (day, other, NULL, rcp_patient_get_id (desk_fixture_get_patient (desk, 1)), NULL,
                                         half_hour, DESK_NOW);
  g_assert_cmphex (rcp_conflicts_kinds_at (beside, at_ten), ==, RCP_CONFLICT_BIT (RCP_CONFLICT_PATIENT));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/block-time/block-and-free", test_block_and_free);
  g_test_add_func ("/scheduling/block-time/booked", test_booked);
  g_test_add_func ("/scheduling/block-time/overbooked", test_overbooked);
  g_test_add_func ("/scheduling/block-time/undo", test_undo);
  g_test_add_func ("/scheduling/block-time/conflicts-of-day", test_conflicts_of_day);
  return g_test_run ();
}
