/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How full many days are: what the server counts is what the days themselves hold. */

#include "clinic-fixture.h"

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
  guint n_changes;
} Fixture;

static void
on_changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->practice = (PracticeFixture *) data;
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->other = practice_fixture_create_client (fixture->practice);
  fixture->roster = clinic_load_roster (fixture->client);
  fixture->book = rcp_day_book_new (fixture->client, fixture->roster);
  fixture->counts = rcp_day_counts_new (fixture->client, fixture->roster, fixture->book);
  g_signal_connect_swapped (fixture->counts, "changed", G_CALLBACK (on_changed_cb), fixture);
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
  clinic_wait_until (is_last_reference, fixture->counts);
  g_assert_finalize_object (fixture->counts);
  g_assert_finalize_object (fixture->book);
  clinic_wait_until (is_last_reference, fixture->client);
  g_assert_finalize_object (fixture->roster);
  g_assert_finalize_object (fixture->client);
  g_assert_finalize_object (fixture->other);
}

static gboolean
is_span_loaded (gpointer span)
{
  return rcp_day_span_is_loaded (span);
}

static gboolean
is_counted (gpointer counts)
{
  return rcp_day_counts_is_loaded (counts);
}

static gboolean
has_error (gpointer counts)
{
  return rcp_day_counts_get_error (counts) != NULL;
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
static RcpDayCount
count_slowly (Fixture *fixture, RcpDay *day, const char *const *ids)
{
  RcpDayCount count = { .date = *rcp_day_get_date (day) };
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

  rcp_day_counts_set_range (fixture->counts, &fixture->monday, N_DAYS, ids);
  g_assert_null (rcp_day_counts_find (fixture->counts, &fixture->monday));
  clinic_wait_until (is_span_loaded, span);
  clinic_wait_until (is_counted, fixture->counts);
  g_assert_no_error (rcp_day_counts_get_error (fixture->counts));
  for (guint i = 0; i < N_DAYS; i++)
    {
      RcpDay *day = rcp_day_span_get_day (span, i);
      RcpDayCount expected = count_slowly (fixture, day, ids);
      const RcpDayCount *count = rcp_day_counts_find (fixture->counts, rcp_day_get_date (day));

      g_assert_nonnull (count);
      g_assert_cmpint (g_date_compare (&count->date, rcp_day_get_date (day)), ==, 0);
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

  rcp_day_counts_set_range (fixture->counts, &fixture->monday, 42, NULL);
  clinic_wait_until (is_counted, fixture->counts);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client) - before, ==, 1);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
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
  GDate date = fixture->monday;

  g_date_add_days (&date, KEPT_DAY);
  return rcp_day_counts_find (fixture->counts, &date) && rcp_day_counts_find (fixture->counts, &date)->kept > 0;
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
  g_assert_finalize_object (fixture->counts);
  fixture->counts = rcp_day_counts_new (fixture->client, fixture->roster, fixture->book);
  clinic_wait_until (is_span_loaded, span);
  rcp_day_counts_set_range (fixture->counts, &fixture->monday, N_DAYS, one);
  clinic_wait_until (is_counted, fixture->counts);
  g_assert_false (is_kept (fixture));
  rcp_busy_times_set (times, rcp_provider_get_practitioner_id (first), busy, 0);
  clinic_wait_until (is_kept, fixture);
  for (guint i = 0; i < N_DAYS; i++)
    {
      RcpDay *day = rcp_day_span_get_day (span, i);
      const RcpDayCount *count = rcp_day_counts_find (fixture->counts, rcp_day_get_date (day));

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

  rcp_day_counts_set_range (fixture->counts, &fixture->monday, 42, NULL);
  clinic_wait_until (is_counted, fixture->counts);
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
  guint n_visits;
} Expected;

static gboolean
is_one_less (gpointer user_data)
{
  Expected *expected = user_data;
  const RcpDayCount *count = rcp_day_counts_find (expected->fixture->counts, &expected->fixture->monday);

  return count && count->n_visits == expected->n_visits - 1;
}

/* Another desk marks somebody as missed. */
static void
test_changes_are_counted (Fixture *fixture, gconstpointer data)
{
  RcpDaySpan *span = rcp_day_span_new (fixture->book, &fixture->monday, 1);
  Expected expected = { fixture, 0 };
  g_autoptr (RcpVisit) visit = NULL;

  clinic_wait_until (is_span_loaded, span);
  rcp_day_counts_set_range (fixture->counts, &fixture->monday, N_DAYS, NULL);
  clinic_wait_until (is_counted, fixture->counts);
  expected.n_visits = rcp_day_counts_find (fixture->counts, &fixture->monday)->n_visits;
  for (guint i = 0; !visit && i < g_list_model_get_n_items (G_LIST_MODEL (span)); i++)
    {
      g_autoptr (RcpVisit) other = g_list_model_get_item (G_LIST_MODEL (span), i);

      if (rcp_visit_get_status (other) == RCP_VISIT_BOOKED)
        visit = g_steal_pointer (&other);
    }
  g_assert_nonnull (visit);
  rcp_day_book_set_watching (fixture->book, TRUE);
  g_object_unref (clinic_change_string (fixture->other, fhir_resource_get_reference (rcp_visit_get_resource (visit)), "status", "noshow"));
  clinic_wait_until (is_one_less, &expected);
  rcp_day_book_set_watching (fixture->book, FALSE);
  g_assert_finalize_object (span);
}

/* While nobody looks nothing is asked, and what was missed is asked for once somebody does. */
static void
test_nothing_is_asked_for_nobody (Fixture *fixture, gconstpointer data)
{
  guint64 before;

  rcp_day_counts_set_range (fixture->counts, &fixture->monday, N_DAYS, NULL);
  clinic_wait_until (is_counted, fixture->counts);
  before = fhir_client_get_n_requests (fixture->client);
  rcp_day_counts_set_watching (fixture->counts, FALSE);
  rcp_day_counts_set_watching (fixture->counts, TRUE);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, before);
  rcp_day_counts_set_watching (fixture->counts, FALSE);
  g_signal_emit_by_name (fixture->book, "changed", NULL);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, before);
  fixture->n_changes = 0;
  rcp_day_counts_set_watching (fixture->counts, TRUE);
  KEEP_RESULT_UNTIL (fixture->n_changes == 1);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, before + 1);
}

/* A question that fails is told; what was known stays. */
static void
test_failures_are_told (Fixture *fixture, gconstpointer data)
{
  rcp_day_counts_set_range (fixture->counts, &fixture->monday, N_DAYS, NULL);
  clinic_wait_until (is_counted, fixture->counts);
  fhir_client_set_max_retries (fixture->client, 0);
  practice_fixture_kill (fixture->practice);
  rcp_day_counts_reload (fixture->counts);
  clinic_wait_until (has_error, fixture->counts);
  g_assert_true (rcp_day_counts_is_loaded (fixture->counts));
  practice_fixture_start (fixture->practice);
  fixture->n_changes = 0;
  rcp_day_counts_reload (fixture->counts);
  KEEP_RESULT_UNTIL (fixture->n_changes == 1);
  g_assert_no_error (rcp_day_counts_get_error (fixture->counts));
}

int
main (int argc, char *argv[])
{
  PracticeFixture *practice;
  int result;

  g_test_init (&argc, &argv, NULL);
  practice = clinic_fixture_new ();
  g_test_add ("/clinic/day-counts/everybody", Fixture, practice, set_up, test_everybody, tear_down);
  g_test_add ("/clinic/day-counts/some", Fixture, practice, set_up, test_some, tear_down);
  g_test_add ("/clinic/day-counts/kept", Fixture, practice, set_up, test_kept, tear_down);
  g_test_add ("/clinic/day-counts/much-is-kept", Fixture, practice, set_up, test_much_is_kept, tear_down);
  g_test_add ("/clinic/day-counts/one-request", Fixture, practice, set_up, test_one_request, tear_down);
  g_test_add ("/clinic/day-counts/changes", Fixture, practice, set_up, test_changes_are_counted, tear_down);
  g_test_add ("/clinic/day-counts/nobody", Fixture, practice, set_up, test_nothing_is_asked_for_nobody, tear_down);
  g_test_add ("/clinic/day-counts/failures", Fixture, practice, set_up, test_failures_are_told, tear_down);
  result = g_test_run ();
  practice_fixture_free (practice);
  return result;
}
