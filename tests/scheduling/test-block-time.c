/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-block-time.c, rcp-block-plan.c, rcp-block-visits.c, rcp-day-slots.c and rcp-conflicts-day.c against a real record. */
#include "desk-fixture.h"

#include "clinic-parts.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-day.h"
#include "scheduling/rcp-block-time.h"
#include "scheduling/rcp-conflicts.h"
#include "scheduling/rcp-refit-private.h"
#include "scheduling/rcp-undo.h"

#include <string.h>

#define NINE (9 * 60)
#define LONGEST_PATH 4096 /* half of what common servers take as a whole request line */

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
make_unblock_for (DeskFixture *desk, const char *actor, RcpTimeRange range)
{
  RcpProvider *provider = desk_fixture_get_provider (desk, 0);

  return rcp_block_time_new_unblock (desk->client, desk->clock, rcp_provider_get_schedule_id (provider), actor,
                                     rcp_provider_get_zone (provider), range);
}

static gpointer
make_unblock (DeskFixture *desk, RcpTimeRange range)
{
  return make_unblock_for (desk, NULL, range);
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

static GPtrArray *
list_work (DeskFixture *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *refits;

  rcp_refit_list_async (desk->client, desk->clock, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  refits = rcp_refit_list_finish (result, &error);
  g_assert_no_error (error);
  return refits;
}

static guint
count_work (DeskFixture *desk)
{
  g_autoptr (GPtrArray) refits = list_work (desk);

  return refits->len;
}

/* The statuses of the slots from 9:00 on: "f" free, "b" busy, "u" unavailable. */
static void
assert_slots (DeskFixture *desk, const char *expected)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, NINE, strlen (expected));
  g_autofree char *found = g_new0 (char, strlen (expected) + 1);
  const RcpSlot *slots;
  guint n_slots;

  slots = rcp_offer_get_slots (offer, &n_slots);
  for (guint i = 0; i < n_slots; i++)
    found[i] = "fbtu"[slots[i].status];
  g_assert_cmpstr (found, ==, expected);
}

typedef struct
{
  DeskFixture *desk;
  RcpTimeRange range;   /* 9:00 to 10:30 */
  RcpVisit *first;      /* 9:15 to 9:45 */
  RcpVisit *second;     /* 10:15 to 10:45 */
  RcpBlockTime *block;
} Ill;

/* The provider falls ill with two visits ahead, of which one reaches out of the time. */
static void
fall_ill (Ill *ill)
{
  g_autoptr (RcpOffer) quarter = NULL;
  g_autoptr (RcpOffer) later = NULL;
  g_autoptr (GError) error = NULL;

  ill->desk = desk_fixture_new (1, 4);
  ill->range = make_range (ill->desk, NINE, 90);
  quarter = desk_fixture_make_offer (ill->desk, 0, 0, NINE + 15, 2);
  later = desk_fixture_make_offer (ill->desk, 0, 0, NINE + 75, 2);
  ill->first = desk_fixture_book (ill->desk, NULL, 0, quarter, &error);
  g_assert_no_error (error);
  ill->second = desk_fixture_book (ill->desk, NULL, 1, later, &error);
  g_assert_no_error (error);
  ill->block = make_block (ill->desk, ill->range, RCP_BLOCK_OTHER, "ill");
  rcp_block_time_set_over_visits (ill->block, 2);
  g_assert_true (run (ill->block, &error));
  g_assert_no_error (error);
}

static void
recover (Ill *ill)
{
  g_object_unref (ill->first);
  g_object_unref (ill->second);
  g_object_unref (ill->block);
  desk_fixture_free (ill->desk);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ill, recover)

/* Blocked around them; each is work to do, once; where it leaves, the time is blocked in the same step. */
static void
test_over_visits (void)
{
  g_auto (Ill) ill = { 0 };
  g_autoptr (GPtrArray) refits = NULL;
  g_autoptr (RcpOffer) noon = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;
  g_autoptr (RcpBlockTime) again = NULL;
  g_autoptr (RcpBlockTime) freed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;

  fall_ill (&ill);
  g_assert_cmpuint (rcp_block_time_get_n_visits (ill.block), ==, 2);
  names = rcp_block_time_describe_visits (ill.block);
  g_assert_nonnull (strstr (names, "9:15 Patient000"));
  assert_slots (ill.desk, "ubbuubbf");
  refits = list_work (ill.desk);
  g_assert_cmpuint (refits->len, ==, 2);
  g_assert_cmpstr (((RcpRefit *)refits->pdata[0])->why, ==, "The time is blocked");
  g_assert_cmpstr (rcp_visit_get_id (((RcpRefit *)refits->pdata[0])->visit), ==, rcp_visit_get_id (ill.first));
  /* The same again, for another reason: no work twice. */
  again = make_block (ill.desk, ill.range, RCP_BLOCK_MEETING, NULL);
  rcp_block_time_set_over_visits (again, 2);
  g_assert_true (run (again, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_work (ill.desk), ==, 2);

  noon = desk_fixture_make_offer (ill.desk, 0, 0, 13 * 60, 2);
  moved = desk_fixture_move (ill.desk, NULL, ill.first, noon, &error);
  g_assert_no_error (error);
  assert_slots (ill.desk, "uuuuubbf");
  g_assert_cmpuint (count_work (ill.desk), ==, 1);
  cancelled = desk_fixture_cancel (ill.desk, NULL, ill.second, "prov", &error);
  g_assert_no_error (error);
  /* What lies outside of the block is free. */
  assert_slots (ill.desk, "uuuuuuff");
  g_assert_cmpuint (count_work (ill.desk), ==, 0);
  g_assert_cmpuint (desk_fixture_check_record (ill.desk), ==, 1);
  freed = make_unblock (ill.desk, ill.range);
  g_assert_true (run (freed, &error));
  g_assert_no_error (error);
  assert_slots (ill.desk, "ffffffff");
}

/* More visits than the desk was told of: it is asked again. */
static void
test_over_more_visits (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 4);
  RcpTimeRange range = make_range (desk, NINE, 60);
  g_autoptr (RcpBlockTime) block = make_block (desk, range, RCP_BLOCK_OTHER, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, NINE + i * 30, 2);
      g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, i, offer, &error);

      g_assert_no_error (error);
    }
  rcp_block_time_set_over_visits (block, 1);
  g_assert_false (run (block, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_BOOKED);
  g_assert_cmpuint (rcp_block_time_get_n_visits (block), ==, 2);
  g_assert_cmpuint (count_work (desk), ==, 0);
  assert_slots (desk, "bbbb");
}

/* @n_visits side by side in the quarter from 9:00 on, as a server holds them that somebody filled by other means: without slots. */
static void
put_visits (DeskFixture *desk, guint day, guint n_visits)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, day, NINE, 1);
  g_autofree char *start = rcp_iso8601_format_utc (rcp_offer_get_range (offer).start);
  g_autofree char *end = rcp_iso8601_format_utc (rcp_offer_get_range (offer).end);
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) reply = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  for (guint i = 0; i < n_visits; i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"start\":\"%s\",\"end\":\"%s\",\"participant\":["
          "{\"actor\":{\"reference\":\"Practitioner/%s\"},\"status\":\"accepted\"},"
          "{\"actor\":{\"reference\":\"Patient/%s\"},\"status\":\"accepted\"}]}",
          start, end, rcp_provider_get_practitioner_id (desk_fixture_get_provider (desk, 0)),
          rcp_patient_get_id (desk_fixture_get_patient (desk, i)));
      g_autoptr (FhirResource) visit = parts_resource (json);

      fhir_transaction_create (transaction, fhir_resource_get_json (visit), NULL);
    }
  fhir_client_transact_async (desk->client, transaction, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  reply = fhir_client_transact_finish (desk->client, result, &error);
  g_assert_no_error (error);
}

/* How many requests it takes to read the @n_visits of a day, without a size that is asked for. */
static guint
count_pages (DeskFixture *desk, guint day, guint n_visits)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) visits = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  guint64 before = fhir_client_get_n_requests (desk->client);

  fhir_search_add_printf (search, "date", "2026-11-%u", 23 + day);
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (desk->client, search, 0, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visits = fhir_client_search_all_finish (desk->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (visits)->len, ==, n_visits);
  return (guint) (fhir_client_get_n_requests (desk->client) - before);
}

/* How many requests it takes to block over @n_visits of a day, beside those for the pages of the visits. */
static guint64
block_over (DeskFixture *desk, guint day, guint n_visits)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, day, NINE, 4);
  g_autoptr (RcpBlockTime) block = make_block (desk, rcp_offer_get_range (offer), RCP_BLOCK_OTHER, "ill");
  g_autoptr (GError) error = NULL;
  guint n_pages = count_pages (desk, day, n_visits);
  guint64 before;

  rcp_block_time_set_over_visits (block, n_visits);
  before = fhir_client_get_n_requests (desk->client);
  g_assert_true (run (block, &error));
  g_assert_no_error (error);
  return fhir_client_get_n_requests (desk->client) - before - n_pages;
}

/* The work of very many visits is asked for in portions, each of them in an address that servers take; and no work is made twice. */
static void
test_over_very_many_visits (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 150);
  RcpTimeRange range = make_range (desk, NINE, 60);
  g_autoptr (RcpBlockTime) freed = NULL;
  g_autoptr (GPtrArray) refits = NULL;
  g_autoptr (GPtrArray) visits = g_ptr_array_new ();
  g_autoptr (FhirSearch) search = NULL;
  g_autofree char *actor
      = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (desk_fixture_get_provider (desk, 0)), NULL);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_requests;

  put_visits (desk, 1, RCP_REFIT_TASKS_AT_ONCE);
  block_over (desk, 1, RCP_REFIT_TASKS_AT_ONCE); /* the first change of all asks what the server can do, too */
  n_requests = block_over (desk, 1, RCP_REFIT_TASKS_AT_ONCE);
  g_assert_cmpuint (count_work (desk), ==, RCP_REFIT_TASKS_AT_ONCE);
  put_visits (desk, 0, 150);
  g_assert_cmpuint (block_over (desk, 0, 150), ==, n_requests + 150 / RCP_REFIT_TASKS_AT_ONCE);
  refits = list_work (desk);
  g_assert_cmpuint (refits->len, ==, RCP_REFIT_TASKS_AT_ONCE + 150);
  g_assert_cmpuint (block_over (desk, 0, 150), ==, n_requests + 150 / RCP_REFIT_TASKS_AT_ONCE);
  g_assert_cmpuint (desk_fixture_count_status (desk, "Task", "requested"), ==, RCP_REFIT_TASKS_AT_ONCE + 150);

  for (guint i = 0; i < RCP_REFIT_TASKS_AT_ONCE; i++)
    g_ptr_array_add (visits, ((RcpRefit *)refits->pdata[i])->visit);
  search = rcp_refit_task_make_search (visits, 0, visits->len);
  path = fhir_search_to_string (search);
  g_assert_cmpuint (strlen (path), <, LONGEST_PATH);

  freed = make_unblock_for (desk, actor, range);
  g_assert_true (run (freed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_work (desk), ==, RCP_REFIT_TASKS_AT_ONCE);
}

/* Undone: the slots and the work are as if it had not been. Freed: the same, also from a piece of it; and that undone. */
static void
test_over_visits_undone (void)
{
  g_auto (Ill) ill = { 0 };
  g_autoptr (RcpBlockTime) undo = NULL;
  g_autoptr (RcpBlockTime) block = NULL;
  g_autoptr (RcpBlockTime) freed = NULL;
  g_autoptr (RcpBlockTime) blocked = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;
  g_autoptr (GError) error = NULL;
  RcpTimeRange piece;

  fall_ill (&ill);
  undo = rcp_block_time_new_undo (ill.block, RCP_UNDO_GRACE);
  g_assert_true (run (undo, &error));
  g_assert_no_error (error);
  assert_slots (ill.desk, "fbbffbbf");
  g_assert_cmpuint (count_work (ill.desk), ==, 0);

  block = make_block (ill.desk, ill.range, RCP_BLOCK_OTHER, "ill");
  rcp_block_time_set_over_visits (block, 2);
  g_assert_true (run (block, &error));
  g_assert_cmpuint (count_work (ill.desk), ==, 2);
  /* 9:45 to 10:15 lies between the two: what is under them goes with it. */
  piece = (RcpTimeRange){ ill.range.start + 45 * G_TIME_SPAN_MINUTE, ill.range.start + 75 * G_TIME_SPAN_MINUTE };
  freed = make_unblock (ill.desk, piece);
  g_assert_true (run (freed, &error));
  g_assert_no_error (error);
  assert_slots (ill.desk, "ubbffbbf");
  g_assert_cmpuint (count_work (ill.desk), ==, 0);
  blocked = rcp_block_time_new_undo (freed, RCP_UNDO_GRACE);
  g_assert_true (run (blocked, &error));
  g_assert_no_error (error);
  assert_slots (ill.desk, "ubbuubbf");
  g_assert_cmpuint (count_work (ill.desk), ==, 2);
  cancelled = desk_fixture_cancel (ill.desk, NULL, ill.first, "prov", &error);
  g_assert_no_error (error);
  assert_slots (ill.desk, "uuuuubbf");
}

static RcpVisit *
run_visit (gpointer operation, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_visit_operation_run_async (operation, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_visit_operation_run_finish (operation, result, error);
}

/* Who was moved out of blocked time by mistake comes back there, and nobody else comes in. */
static void
test_move_out_undone (void)
{
  g_auto (Ill) ill = { 0 };
  g_autoptr (RcpOffer) noon = NULL;
  g_autoptr (RcpOffer) nine = NULL;
  g_autoptr (RcpMoveVisit) move = NULL;
  g_autoptr (RcpUndo) undo = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (RcpVisit) other = NULL;
  g_autoptr (RcpVisit) back = NULL;
  g_autoptr (GError) error = NULL;

  fall_ill (&ill);
  noon = desk_fixture_make_offer (ill.desk, 0, 0, 13 * 60, 2);
  move = rcp_move_visit_new (ill.desk->client, ill.desk->clock, ill.first, noon);
  moved = run_visit (move, &error);
  g_assert_no_error (error);
  nine = desk_fixture_make_offer (ill.desk, 0, 0, NINE + 15, 2);
  other = desk_fixture_book (ill.desk, NULL, 3, nine, &error);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_clear_error (&error);
  undo = rcp_undo_new (RCP_VISIT_OPERATION (move), ill.desk->roster, RCP_UNDO_GRACE);
  back = run_visit (undo, &error);
  g_assert_no_error (error);
  assert_slots (ill.desk, "ubbuubbf");
  g_assert_cmpint (rcp_visit_get_range (back).start, ==, rcp_visit_get_range (ill.first).start);
  g_assert_cmpuint (desk_fixture_check_record (ill.desk), ==, 2);
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
  g_test_add_func ("/scheduling/block-time/over-visits", test_over_visits);
  g_test_add_func ("/scheduling/block-time/over-more-visits", test_over_more_visits);
  g_test_add_func ("/scheduling/block-time/over-very-many-visits", test_over_very_many_visits);
  g_test_add_func ("/scheduling/block-time/over-visits-undone", test_over_visits_undone);
  g_test_add_func ("/scheduling/block-time/move-out-undone", test_move_out_undone);
  g_test_add_func ("/scheduling/block-time/overbooked", test_overbooked);
  g_test_add_func ("/scheduling/block-time/undo", test_undo);
  g_test_add_func ("/scheduling/block-time/conflicts-of-day", test_conflicts_of_day);
  return g_test_run ();
}
