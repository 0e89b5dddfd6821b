/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How full many days are: what the server counts is what the days themselves hold. */

#include "clinic-fixture.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-change.h"
#include "clinic/rcp-day-counts.h"
#include "clinic/rcp-day-span.h"

#define N_DAYS 14

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  FhirClient *other; /* another desk */
  RcpRoster *roster;
  RcpDayBook *book;
  RcpDayCounts *counts;
  GDate monday;
  guint n_rows; /* that were told to be others */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->practice = (PracticeFixture *) data;
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->other = practice_fixture_create_client (fixture->practice);
  fixture->roster = clinic_load_roster (fixture->client);
  fixture->book = rcp_day_book_new (fixture->client, fixture->roster);
  fixture->monday = clinic_fixture_today ();
}

static gboolean
is_last_reference (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->counts);
  g_assert_finalize_object (fixture->book);
  clinic_wait_until (is_last_reference, fixture->client);
  g_assert_finalize_object (fixture->roster);
  g_assert_finalize_object (fixture->client);
  g_assert_finalize_object (fixture->other);
}

static gboolean
is_loaded (gpointer range)
{
  return rcp_day_range_is_loaded (range);
}

static gboolean
is_answered (gpointer range)
{
  return !rcp_day_range_is_loading (range);
}

static void
on_items_changed_cb (Fixture *fixture, guint position, guint removed, guint added)
{
  g_assert_cmpuint (removed, ==, added);
  fixture->n_rows += added;
}

static gboolean
on_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  guint tick = g_timeout_add (50, on_tick_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

/* Days that somebody looks at from now on. */
static void
subscribe (Fixture *fixture, guint n_days, const char *const *schedule_ids)
{
  g_clear_object (&fixture->counts);
  fixture->counts = rcp_day_counts_of (fixture->book, &fixture->monday, n_days, schedule_ids);
  fixture->n_rows = 0;
  g_signal_connect_swapped (fixture->counts, "items-changed", G_CALLBACK (on_items_changed_cb), fixture);
  rcp_day_counts_look (fixture->counts);
}

static const RcpDayNumbers *
find (Fixture *fixture, guint day)
{
  GDate date = fixture->monday;

  g_date_add_days (&date, day);
  return rcp_day_counts_find (fixture->counts, &date);
}

static gboolean
is_counted_visit (RcpVisit *visit)
{
  return rcp_visit_status_takes_time (rcp_visit_get_status (visit));
}

static gboolean
is_one_of (const char *const *ids, const char *id)
{
  return id && (!ids || g_strv_contains (ids, id));
}

/* The same from the day itself, one visit and one slot at a time. */
static RcpDayNumbers
count_slowly (Fixture *fixture, RcpDay *day, const char *const *ids)
{
  RcpDayNumbers count = { 0 };
  GListModel *providers = rcp_roster_get_providers (fixture->roster);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (day)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);
      RcpProvider *provider = rcp_roster_find_provider_of_visit (fixture->roster, visit);

      count.n_visits += is_counted_visit (visit) && is_one_of (ids, provider ? rcp_provider_get_schedule_id (provider) : NULL);
    }
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      const char *id = rcp_provider_get_schedule_id (provider);
      GArray *slots = is_one_of (ids, id) ? rcp_day_get_slots (day, id) : NULL;

      for (guint j = 0; slots && j < slots->len; j++)
        {
          count.n_free += g_array_index (slots, RcpSlot, j).status == RCP_SLOT_FREE;
          count.n_busy += g_array_index (slots, RcpSlot, j).status == RCP_SLOT_BUSY;
        }
    }
  return count;
}

static void
assert_counts_agree (Fixture *fixture, const char *const *ids, guint least)
{
  RcpDaySpan *span = rcp_day_span_new (fixture->book, &fixture->monday, N_DAYS);
  guint n_visits = 0, n_free = 0;

  subscribe (fixture, N_DAYS, ids);
  g_assert_null (rcp_day_counts_find (fixture->counts, &fixture->monday));
  clinic_wait_until (is_loaded, span);
  clinic_wait_until (is_loaded, fixture->counts);
  g_assert_no_error (rcp_day_range_get_error (RCP_DAY_RANGE (fixture->counts)));
  for (guint i = 0; i < N_DAYS; i++)
    {
      RcpDay *day = rcp_day_span_get_day (span, i);
      RcpDayNumbers expected = count_slowly (fixture, day, ids);
      const RcpDayNumbers *count = rcp_day_counts_find (fixture->counts, rcp_day_get_date (day));

      g_assert_nonnull (count);
      g_assert_cmpuint (count->n_visits, ==, expected.n_visits);
      g_assert_cmpuint (count->n_free, ==, expected.n_free);
      g_assert_cmpuint (count->n_busy, ==, expected.n_busy);
      n_visits += count->n_visits;
      n_free += count->n_free;
    }
  g_assert_cmpuint (n_visits, >=, least);
  g_assert_cmpuint (n_free, >=, least);
  g_assert_finalize_object (span);
}

static void
test_everybody (Fixture *fixture, gconstpointer data)
{
  GDate before = fixture->monday, after = fixture->monday;

  assert_counts_agree (fixture, NULL, 500);
  g_date_subtract_days (&before, 1);
  g_date_add_days (&after, N_DAYS);
  g_assert_null (rcp_day_counts_find (fixture->counts, &before));
  g_assert_null (rcp_day_counts_find (fixture->counts, &after));
}

/* One alone, and two; and one question more for each day where somebody works at two places. */
static void
test_some (Fixture *fixture, gconstpointer data)
{
  GListModel *providers = rcp_roster_get_providers (fixture->roster);
  g_autoptr (RcpProvider) first = g_list_model_get_item (providers, 0), last = g_list_model_get_item (providers, 11);
  const char *const one[] = { rcp_provider_get_schedule_id (first), NULL };
  const char *const two[] = { rcp_provider_get_schedule_id (first), rcp_provider_get_schedule_id (last), NULL };

  assert_counts_agree (fixture, one, 10);
  assert_counts_agree (fixture, two, 20);
}

static void
test_one_request (Fixture *fixture, gconstpointer data)
{
  guint64 before = fhir_client_get_n_requests (fixture->client);

  subscribe (fixture, 42, NULL);
  clinic_wait_until (is_loaded, fixture->counts);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client) - before, ==, 1);
  g_assert_cmpuint (fixture->n_rows, ==, 42);
}

#define KEPT_DAY 3 /* a Thursday */

static void
add_busy (GArray *busy, Fixture *fixture, guint day, guint from, guint until, RcpBusyKind kind)
{
  GDate date = fixture->monday;
  GTimeZone *zone = rcp_roster_get_zone (fixture->roster);
  RcpBusy item = { .kind = kind };

  g_date_add_days (&date, day);
  item.range = (RcpTimeRange){ rcp_time_at_minute (&date, from, zone), rcp_time_at_minute (&date, until, zone) };
  g_array_append_val (busy, item);
}

/* What the first provider's calendar keeps: perhaps; in the night; to within a slot, twice within one; all of a day. */
static GArray *
make_busy (Fixture *fixture)
{
  GArray *busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));

  add_busy (busy, fixture, 0, 9 * 60, 12 * 60, RCP_BUSY_TENTATIVE);
  add_busy (busy, fixture, 1, 0, 3 * 60, RCP_BUSY_BUSY);
  add_busy (busy, fixture, 4, 9 * 60 + 10, 9 * 60 + 17, RCP_BUSY_BUSY);
  add_busy (busy, fixture, 4, 9 * 60 + 20, 10 * 60 + 1, RCP_BUSY_BUSY);
  add_busy (busy, fixture, 4, 14 * 60, 16 * 60 + 30, RCP_BUSY_AWAY);
  add_busy (busy, fixture, KEPT_DAY, 0, 24 * 60, RCP_BUSY_AWAY);
  for (guint i = 7; i < N_DAYS; i++)
    for (guint hour = 9; hour < 16; hour++)
      add_busy (busy, fixture, i, hour * 60 + 5, hour * 60 + 20, RCP_BUSY_BUSY);
  rcp_busy_normalize (busy);
  return busy;
}

/* Slot by slot. */
static guint
count_kept_slowly (Fixture *fixture, RcpDay *day, RcpProvider *provider)
{
  GArray *slots = rcp_day_get_slots (day, rcp_provider_get_schedule_id (provider));
  guint n = 0;

  for (guint i = 0; slots && i < slots->len; i++)
    {
      const RcpSlot *slot = &g_array_index (slots, RcpSlot, i);

      n += slot->status == RCP_SLOT_FREE
           && rcp_busy_times_find_taken (rcp_roster_get_busy_times (fixture->roster), rcp_provider_get_practitioner_id (provider), slot->range, NULL);
    }
  return n;
}

static gboolean
is_kept (gpointer user_data)
{
  Fixture *fixture = user_data;

  return find (fixture, KEPT_DAY) && find (fixture, KEPT_DAY)->kept > 0;
}

static gboolean
is_kept_no_more (gpointer user_data)
{
  return !is_kept (user_data);
}

/* Free slots that a provider's calendar keeps are counted apart, when it comes to keep them too; and its hours. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (RcpProvider) first = g_list_model_get_item (rcp_roster_get_providers (fixture->roster), 0);
  const char *const one[] = { rcp_provider_get_schedule_id (first), NULL };
  g_autoptr (GArray) busy = make_busy (fixture);
  RcpDaySpan *span = rcp_day_span_new (fixture->book, &fixture->monday, N_DAYS);
  guint n_kept = 0;

  rcp_roster_set_busy_times (fixture->roster, times);
  clinic_wait_until (is_loaded, span);
  subscribe (fixture, N_DAYS, one);
  clinic_wait_until (is_loaded, fixture->counts);
  g_assert_false (is_kept (fixture));
  rcp_busy_times_set (times, rcp_provider_get_practitioner_id (first), busy, 0);
  clinic_wait_until (is_kept, fixture);
  for (guint i = 0; i < N_DAYS; i++)
    {
      RcpDay *day = rcp_day_span_get_day (span, i);
      const RcpDayNumbers *count = rcp_day_counts_find (fixture->counts, rcp_day_get_date (day));

      g_test_message ("day %u: %u free, %u of them kept, %d minutes", i, count->n_free, count->n_kept, (int) (count->kept / G_TIME_SPAN_MINUTE));
      g_assert_cmpuint (count->n_kept, ==, count_kept_slowly (fixture, day, first));
      n_kept += count->n_kept;
      if (i == KEPT_DAY)
        g_assert_cmpuint (count->n_kept, ==, count->n_free);
      if (i < 2)
        g_assert_cmpint (count->kept, ==, 0);
    }
  g_assert_cmpuint (n_kept, >, 10);
  rcp_busy_times_remove (times, rcp_provider_get_practitioner_id (first));
  clinic_wait_until (is_kept_no_more, fixture);
  g_assert_finalize_object (span);
}

/* Returns: milliseconds until six weeks of everybody are counted. */
static int
count_six_weeks (Fixture *fixture)
{
  gint64 began = g_get_monotonic_time ();
  guint64 before = fhir_client_get_n_requests (fixture->client);

  subscribe (fixture, 42, NULL);
  clinic_wait_until (is_loaded, fixture->counts);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client) - before, ==, 1);
  return (int) ((g_get_monotonic_time () - began) / 1000);
}

/* Everybody's calendar keeps some of each day: more than is asked for. The hours are known all the same, and it is one request. */
static void
test_much_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  GListModel *providers = rcp_roster_get_providers (fixture->roster);
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  GDate last = fixture->monday;
  int free_of_it = count_six_weeks (fixture), with_it;

  for (guint i = 0; i < 42; i++)
    add_busy (busy, fixture, i, 10 * 60, 11 * 60, RCP_BUSY_BUSY);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      rcp_busy_times_set (times, rcp_provider_get_practitioner_id (provider), busy, 0);
    }
  rcp_roster_set_busy_times (fixture->roster, times);
  with_it = count_six_weeks (fixture);
  g_test_message ("six weeks: %d ms, with busy time %d ms", free_of_it, with_it);
  g_date_add_days (&last, 39);
  g_assert_cmpint (rcp_day_counts_find (fixture->counts, &last)->kept, >, 0);
}

typedef struct
{
  Fixture *fixture;
  guint day;
  guint n_visits;
} Expected;

static gboolean
is_expected (gpointer user_data)
{
  Expected *expected = user_data;
  const RcpDayNumbers *count = find (expected->fixture, expected->day);

  return count && count->n_visits == expected->n_visits;
}

static void
expect (Fixture *fixture, guint day, guint n_visits)
{
  Expected expected = { fixture, day, n_visits };

  clinic_wait_until (is_expected, &expected);
}

/* (transfer full): one that is booked for a day. */
static RcpVisit *
find_booked (Fixture *fixture, guint day)
{
  GDate date = fixture->monday;
  g_autoptr (RcpDaySpan) span = NULL;

  g_date_add_days (&date, day);
  span = rcp_day_span_new (fixture->book, &date, 1);
  clinic_wait_until (is_loaded, span);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (span)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (span), i);

      if (rcp_visit_get_status (visit) == RCP_VISIT_BOOKED)
        return g_steal_pointer (&visit);
    }
  g_assert_not_reached ();
}

static void
change (Fixture *fixture, RcpVisit *visit, const char *member, const char *value)
{
  g_object_unref (clinic_change_string (fixture->other, fhir_resource_get_reference (rcp_visit_get_resource (visit)), member, value));
}

static void
move (Fixture *fixture, RcpVisit *visit, guint n_days)
{
  g_autoptr (JsonObject) json = fhir_resource_dup_json (rcp_visit_get_resource (visit));
  RcpTimeRange range = rcp_visit_get_range (visit);
  g_autofree char *start = rcp_iso8601_format_utc (range.start + n_days * G_TIME_SPAN_DAY);
  g_autofree char *end = rcp_iso8601_format_utc (range.end + n_days * G_TIME_SPAN_DAY);
  g_autoptr (FhirResource) after = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  json_object_set_string_member (json, "start", start);
  json_object_set_string_member (json, "end", end);
  fhir_client_update_async (fixture->other, json, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  after = fhir_client_update_finish (fixture->other, result, &error);
  g_assert_no_error (error);
}

/* What was done lately is told once more to who begins to watch: it shall not come with what the test does. */
static void
watch (Fixture *fixture)
{
  subscribe (fixture, N_DAYS, NULL);
  clinic_wait_until (is_loaded, fixture->counts);
  rcp_day_book_set_watching (fixture->book, TRUE);
  run_for (2500);
  clinic_wait_until (is_answered, fixture->counts);
  fixture->n_rows = 0;
}

static void
stop_watching (Fixture *fixture)
{
  rcp_day_book_set_watching (fixture->book, FALSE);
  clinic_wait_until (is_answered, fixture->counts);
}

/* Another desk marks somebody as missed: one row is another. */
static void
test_changes_are_counted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = find_booked (fixture, 0);
  guint n_visits;

  watch (fixture);
  n_visits = find (fixture, 0)->n_visits;
  change (fixture, visit, "status", "noshow");
  expect (fixture, 0, n_visits - 1);
  stop_watching (fixture);
  g_assert_cmpuint (fixture->n_rows, ==, 1);
}

/* A visit comes from another day, which no change names: both days are counted again, and so is the one where it goes to a day that is not shown. */
static void
test_moves_are_counted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = find_booked (fixture, 1);
  guint n_first, n_second;

  watch (fixture);
  n_first = find (fixture, 1)->n_visits;
  n_second = find (fixture, 2)->n_visits;
  move (fixture, visit, 1);
  expect (fixture, 2, n_second + 1);
  expect (fixture, 1, n_first - 1);
  g_assert_cmpuint (fixture->n_rows, ==, 2);
  move (fixture, visit, 28);
  expect (fixture, 2, n_second);
  stop_watching (fixture);
  g_assert_cmpuint (fixture->n_rows, ==, 3);
}

/* What happens on days that are not shown, and what is no visit and no slot, is no question. */
static void
test_other_days_are_not_asked_for (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_change_free);
  g_autoptr (JsonObject) json = json_object_new ();
  RcpChange *slot = g_new0 (RcpChange, 1), *task = g_new0 (RcpChange, 1);
  guint64 before;

  json_object_set_string_member (json, "resourceType", "Slot");
  json_object_set_string_member (json, "id", "far");
  json_object_set_string_member (json, "start", "2027-03-01T15:00:00Z");
  slot->type = g_strdup ("Slot");
  slot->id = g_strdup ("far");
  slot->resource = fhir_resource_new (json);
  task->type = g_strdup ("Task");
  task->id = g_strdup ("mark");
  g_ptr_array_add (changes, slot);
  g_ptr_array_add (changes, task);
  subscribe (fixture, N_DAYS, NULL);
  clinic_wait_until (is_loaded, fixture->counts);
  before = fhir_client_get_n_requests (fixture->client);
  g_signal_emit_by_name (fixture->book, "changed", changes);
  run_for (800);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, before);
  json_object_set_string_member (json, "start", "2026-11-24T15:00:00Z");
  g_set_object (&slot->resource, NULL);
  slot->resource = fhir_resource_new (json);
  g_signal_emit_by_name (fixture->book, "changed", changes);
  run_for (800);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, before + 1);
}

/* While nobody looks nothing is asked, and what was missed is asked for once somebody does. */
static void
test_nothing_is_asked_for_nobody (Fixture *fixture, gconstpointer data)
{
  guint64 before;

  subscribe (fixture, N_DAYS, NULL);
  clinic_wait_until (is_loaded, fixture->counts);
  before = fhir_client_get_n_requests (fixture->client);
  rcp_day_counts_look_away (fixture->counts);
  rcp_day_counts_look (fixture->counts);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, before);
  rcp_day_counts_look_away (fixture->counts);
  g_signal_emit_by_name (fixture->book, "changed", NULL);
  run_for (800);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, before);
  rcp_day_counts_look (fixture->counts);
  g_assert_true (rcp_day_range_is_loading (RCP_DAY_RANGE (fixture->counts)));
  clinic_wait_until (is_answered, fixture->counts);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, before + 1);
}

/* Who asks for the same gets the same, and no other question is asked; it is followed as long as one of them looks. */
static void
test_views_share_it (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (fixture->roster), 0);
  const char *const one[] = { rcp_provider_get_schedule_id (provider), NULL };
  g_autoptr (RcpDayCounts) second = NULL, of_one = NULL, longer = NULL;
  guint64 before = fhir_client_get_n_requests (fixture->client);

  subscribe (fixture, N_DAYS, NULL);
  second = rcp_day_counts_of (fixture->book, &fixture->monday, N_DAYS, NULL);
  g_assert_true (second == fixture->counts);
  rcp_day_counts_look (second);
  clinic_wait_until (is_loaded, second);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, before + 1);
  rcp_day_counts_look_away (fixture->counts);
  g_signal_emit_by_name (fixture->book, "changed", NULL);
  KEEP_RESULT_UNTIL (fhir_client_get_n_requests (fixture->client) == before + 2);
  of_one = rcp_day_counts_of (fixture->book, &fixture->monday, N_DAYS, one);
  longer = rcp_day_counts_of (fixture->book, &fixture->monday, N_DAYS + 1, NULL);
  g_assert_true (of_one != second && longer != second);
  clinic_wait_until (is_answered, second);
  g_clear_object (&second);
  g_assert_finalize_object (g_steal_pointer (&fixture->counts));
  subscribe (fixture, N_DAYS, NULL);
  g_assert_false (rcp_day_range_is_loaded (RCP_DAY_RANGE (fixture->counts)));
}

/* A question that fails is asked again by itself: nobody tells of the same change twice. */
static void
test_failures_are_tried_again (Fixture *fixture, gconstpointer data)
{
  subscribe (fixture, N_DAYS, NULL);
  clinic_wait_until (is_loaded, fixture->counts);
  fhir_client_set_max_retries (fixture->client, 0);
  practice_fixture_kill (fixture->practice);
  g_signal_emit_by_name (fixture->book, "changed", NULL);
  KEEP_RESULT_UNTIL (rcp_day_range_get_error (RCP_DAY_RANGE (fixture->counts)));
  practice_fixture_start (fixture->practice);
  KEEP_RESULT_UNTIL (!rcp_day_range_get_error (RCP_DAY_RANGE (fixture->counts)));
}

int
main (int argc, char *argv[])
{
  PracticeFixture *practice;
  int result;

  g_test_init (&argc, &argv, NULL);
  practice = clinic_fixture_new ();
#define ADD(name, test) g_test_add ("/clinic/day-counts/" name, Fixture, practice, set_up, test, tear_down)
  ADD ("everybody", test_everybody);
  ADD ("some", test_some);
  ADD ("kept", test_kept);
  ADD ("much-is-kept", test_much_is_kept);
  ADD ("one-request", test_one_request);
  ADD ("changes", test_changes_are_counted);
  ADD ("moves", test_moves_are_counted);
  ADD ("other-days", test_other_days_are_not_asked_for);
  ADD ("nobody", test_nothing_is_asked_for_nobody);
  ADD ("shared", test_views_share_it);
  ADD ("tried-again", test_failures_are_tried_again);
#undef ADD
  result = g_test_run ();
  practice_fixture_free (practice);
  return result;
}
