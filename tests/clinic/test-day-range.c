/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a view of days may count on, whether it shows visits or numbers: rcp-day-range.c, and each that implements it. */

#include "clinic-fixture.h"

#include "clinic/rcp-day-counts.h"
#include "clinic/rcp-day-span.h"

#define N_DAYS 3

typedef struct
{
  const char *name;
  RcpDayRange *(*create) (RcpDayBook *book, const GDate *first, guint n_days);
} Make;

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  FhirClient *other; /* another desk */
  RcpRoster *roster;
  RcpDayBook *book;
  GDate monday;
  guint n_told; /* rows that were told to be others */
  guint n_changes;
} Fixture;

static PracticeFixture *practice;

static RcpDayRange *
create_span (RcpDayBook *book, const GDate *first, guint n_days)
{
  return RCP_DAY_RANGE (rcp_day_span_new (book, first, n_days));
}

static RcpDayRange *
create_counts (RcpDayBook *book, const GDate *first, guint n_days)
{
  RcpDayCounts *counts = rcp_day_counts_of (book, first, n_days, NULL);

  rcp_day_counts_look (counts);
  return RCP_DAY_RANGE (counts);
}

static void
set_up (Fixture *fixture, gconstpointer make)
{
  fixture->practice = practice;
  fixture->client = practice_fixture_create_client (practice);
  fixture->other = practice_fixture_create_client (practice);
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
tear_down (Fixture *fixture, gconstpointer make)
{
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
is_quiet (gpointer range)
{
  return !rcp_day_range_is_loading (range);
}

static gboolean
has_error (gpointer range)
{
  return rcp_day_range_get_error (range) != NULL;
}

static gboolean
is_well (gpointer range)
{
  return rcp_day_range_is_loaded (range) && !rcp_day_range_is_loading (range) && !rcp_day_range_get_error (range);
}

static void
on_items_changed_cb (Fixture *fixture, guint position, guint removed, guint added)
{
  fixture->n_told += MAX (removed, added);
}

static void
on_changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

/* Days that are read. */
static RcpDayRange *
subscribe (Fixture *fixture, const Make *make)
{
  RcpDayRange *range = make->create (fixture->book, &fixture->monday, N_DAYS);

  g_signal_connect_swapped (range, "items-changed", G_CALLBACK (on_items_changed_cb), fixture);
  g_signal_connect_swapped (range, "changed", G_CALLBACK (on_changed_cb), fixture);
  clinic_wait_until (is_well, range);
  return range;
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  const Make *make = data;
  gint64 began = g_get_monotonic_time (), first;
  RcpDayRange *range = make->create (fixture->book, &fixture->monday, N_DAYS);

  g_signal_connect_swapped (range, "changed", G_CALLBACK (on_changed_cb), fixture);
  g_assert_cmpuint (rcp_day_range_get_n_days (range), ==, N_DAYS);
  g_assert_false (rcp_day_range_is_loaded (range));
  g_assert_true (rcp_day_range_is_loading (range));
  g_assert_cmpint (rcp_day_range_get_read_time (range), ==, 0);
  clinic_wait_until (is_well, range);
  g_assert_cmpuint (fixture->n_changes, >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (range)), >=, N_DAYS);
  first = rcp_day_range_get_read_time (range);
  g_assert_cmpint (first, >, began);
  rcp_day_range_reload (range);
  g_assert_true (rcp_day_range_is_loading (range));
  g_assert_true (rcp_day_range_is_loaded (range));
  clinic_wait_until (is_quiet, range);
  g_assert_cmpint (rcp_day_range_get_read_time (range), >, first);
  g_assert_finalize_object (range);
}

/* Read again, nothing is another row. */
static void
test_same_is_not_told (Fixture *fixture, gconstpointer data)
{
  RcpDayRange *range = subscribe (fixture, data);

  g_assert_cmpuint (fixture->n_told, >=, N_DAYS);
  fixture->n_told = 0;
  rcp_day_range_reload (range);
  clinic_wait_until (is_quiet, range);
  g_assert_cmpuint (fixture->n_told, ==, 0);
  g_assert_finalize_object (range);
}

/* (transfer full): a visit that is booked for @day. */
static RcpVisit *
find_booked (Fixture *fixture, guint day)
{
  GDate date = fixture->monday;
  g_autoptr (RcpDaySpan) span = NULL;

  g_date_add_days (&date, day);
  span = rcp_day_span_new (fixture->book, &date, 1);
  clinic_wait_until (is_well, span);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (span)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (span), i);

      if (rcp_visit_get_status (visit) == RCP_VISIT_BOOKED)
        return g_steal_pointer (&visit);
    }
  g_assert_not_reached ();
}

/* What another desk does on the third day is one row. */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = find_booked (fixture, 2);
  RcpDayRange *range = subscribe (fixture, data);

  fixture->n_told = 0;
  rcp_day_book_set_watching (fixture->book, TRUE);
  g_object_unref (clinic_change_string (fixture->other, fhir_resource_get_reference (rcp_visit_get_resource (visit)), "status", "cancelled"));
  KEEP_RESULT_UNTIL (fixture->n_told > 0);
  rcp_day_book_set_watching (fixture->book, FALSE);
  clinic_wait_until (is_quiet, range);
  g_assert_cmpuint (fixture->n_told, ==, 1);
  g_assert_finalize_object (range);
}

/* What could not be read is told, and what was known stays. */
static void
test_fails (Fixture *fixture, gconstpointer data)
{
  const Make *make = data;
  RcpDayRange *range = subscribe (fixture, make), *never;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (range));
  gint64 read_time = rcp_day_range_get_read_time (range);
  GDate later = fixture->monday;

  g_date_add_days (&later, 70);
  fhir_client_set_max_retries (fixture->client, 0);
  practice_fixture_kill (fixture->practice);
  rcp_day_range_reload (range);
  clinic_wait_until (has_error, range);
  g_assert_true (rcp_day_range_is_loaded (range));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (range)), ==, n_items);
  g_assert_cmpint (rcp_day_range_get_read_time (range), ==, read_time);
  never = make->create (fixture->book, &later, N_DAYS);
  clinic_wait_until (has_error, never);
  g_assert_false (rcp_day_range_is_loaded (never));
  practice_fixture_start (fixture->practice);
  rcp_day_range_reload (range);
  rcp_day_range_reload (never);
  clinic_wait_until (is_well, range);
  clinic_wait_until (is_well, never);
  g_assert_finalize_object (never);
  g_assert_finalize_object (range);
}

/* Two views on the same days: nothing is read twice, and one more request each would show here. */
static void
test_shares (Fixture *fixture, gconstpointer data)
{
  const Make *make = data;
  RcpDayRange *range = subscribe (fixture, make), *second;
  guint64 before = fhir_client_get_n_requests (fixture->client);

  second = make->create (fixture->book, &fixture->monday, N_DAYS);
  g_assert_true (is_well (second));
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, before);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (second)), ==, g_list_model_get_n_items (G_LIST_MODEL (range)));
  g_object_unref (second);
  g_assert_finalize_object (range);
}

/* Other days: who let go of the first ones, while they were read, hears no more of them. */
static void
test_moves_on (Fixture *fixture, gconstpointer data)
{
  const Make *make = data;
  RcpDayRange *range = make->create (fixture->book, &fixture->monday, N_DAYS);
  GDate later = fixture->monday;

  g_assert_finalize_object (range);
  g_date_add_days (&later, N_DAYS);
  range = make->create (fixture->book, &later, N_DAYS);
  clinic_wait_until (is_well, range);
  g_assert_finalize_object (range);
}

/* How long six weeks of twelve providers take, as what decision 032 tells. */
static void
test_six_weeks (Fixture *fixture, gconstpointer data)
{
  const Make *make = data;
  gint64 began = g_get_monotonic_time ();
  RcpDayRange *range = make->create (fixture->book, &fixture->monday, 42);

  clinic_wait_until (is_loaded, range);
  g_test_message ("six weeks of %s, %u rows: %d ms", make->name, g_list_model_get_n_items (G_LIST_MODEL (range)),
                  (int) ((g_get_monotonic_time () - began) / 1000));
  clinic_wait_until (is_quiet, range);
  g_assert_finalize_object (range);
}

static void
add (const Make *make, const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/clinic/day-range/%s/%s", make->name, name);

  g_test_add (path, Fixture, make, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  static const Make makes[] = { { "visits", create_span }, { "numbers", create_counts } };
  int result;

  g_test_init (&argc, &argv, NULL);
  practice = clinic_fixture_new ();
  for (guint i = 0; i < G_N_ELEMENTS (makes); i++)
    {
      add (&makes[i], "states", test_states);
      add (&makes[i], "same", test_same_is_not_told);
      add (&makes[i], "follows", test_follows);
      add (&makes[i], "fails", test_fails);
      add (&makes[i], "shares", test_shares);
      add (&makes[i], "moves-on", test_moves_on);
      add (&makes[i], "six-weeks", test_six_weeks);
    }
  result = g_test_run ();
  practice_fixture_free (practice);
  return result;
}
