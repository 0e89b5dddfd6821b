/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Some days in a row as one list, from a real record that others change, and the book that reads around them. */

#include "clinic-fixture.h"

#include "clinic/rcp-day-span.h"

#define N_DAYS 7

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  FhirClient *other; /* another desk */
  RcpRoster *roster;
  RcpDayBook *book;
  GDate monday;
  guint64 n_requests; /* before there was a day */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->practice = (PracticeFixture *) data;
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->other = practice_fixture_create_client (fixture->practice);
  fixture->roster = clinic_load_roster (fixture->client);
  fixture->n_requests = fhir_client_get_n_requests (fixture->client);
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
  g_assert_finalize_object (fixture->book);
  clinic_wait_until (is_last_reference, fixture->client);
  g_assert_finalize_object (fixture->roster);
  g_assert_finalize_object (fixture->client);
  g_assert_finalize_object (fixture->other);
}

static gboolean
is_loaded (gpointer span)
{
  return rcp_day_range_is_loaded (span);
}

static gboolean
has_error (gpointer span)
{
  return rcp_day_range_get_error (span) != NULL;
}

/* A list that is kept by what "items-changed" says is the list. */
typedef struct
{
  GPtrArray *rows;
  guint n_changes;
} Mirror;

static void
on_items_changed_cb (GListModel *list, guint position, guint removed, guint added, Mirror *mirror)
{
  mirror->n_changes++;
  if (removed > 0)
    g_ptr_array_remove_range (mirror->rows, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror->rows, (int) (position + i), g_list_model_get_item (list, position + i));
}

static void
assert_mirrored (RcpDaySpan *span, Mirror *mirror)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (span)), ==, mirror->rows->len);
  for (guint i = 0; i < mirror->rows->len; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (span), i);

      g_assert_true (visit == g_ptr_array_index (mirror->rows, i));
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (span), mirror->rows->len));
}

static void
test_days_are_one_list (Fixture *fixture, gconstpointer data)
{
  RcpDaySpan *span = rcp_day_span_new (fixture->book, &fixture->monday, N_DAYS);
  Mirror mirror = { g_ptr_array_new_with_free_func (g_object_unref), 0 };
  guint n_visits = 0;
  gint64 last = 0;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (span)) == RCP_TYPE_VISIT);
  g_assert_cmpuint (rcp_day_range_get_n_days (RCP_DAY_RANGE (span)), ==, N_DAYS);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (span)), ==, 0);
  g_assert_false (rcp_day_range_is_loaded (RCP_DAY_RANGE (span)));
  g_signal_connect (span, "items-changed", G_CALLBACK (on_items_changed_cb), &mirror);
  clinic_wait_until (is_loaded, span);
  /* One change for each day with visits, whatever their number. */
  g_assert_cmpuint (mirror.n_changes, <=, N_DAYS);
  assert_mirrored (span, &mirror);
  for (guint i = 0; i < N_DAYS; i++)
    {
      RcpDay *day = rcp_day_span_get_day (span, i);
      GDate date = fixture->monday;

      g_date_add_days (&date, i);
      g_assert_true (rcp_day_span_find_day (span, &date) == day);
      n_visits += g_list_model_get_n_items (G_LIST_MODEL (day));
    }
  g_assert_null (rcp_day_span_get_day (span, N_DAYS));
  g_assert_cmpuint (mirror.rows->len, ==, n_visits);
  g_assert_cmpuint (n_visits, >, 150);
  for (guint i = 0; i < n_visits; i++)
    {
      gint64 start = rcp_visit_get_range (g_ptr_array_index (mirror.rows, i)).start;

      g_assert_cmpint (start, >=, last);
      last = start;
    }
  g_ptr_array_unref (mirror.rows);
  g_assert_finalize_object (span);
}

static void
test_hours_of_all_days (Fixture *fixture, gconstpointer data)
{
  RcpDaySpan *span = rcp_day_span_new (fixture->book, &fixture->monday, N_DAYS);
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (fixture->roster), 0);
  const char *schedule = rcp_provider_get_schedule_id (provider);
  g_autoptr (GArray) before = rcp_day_span_dup_open_ranges (span, schedule);
  g_autoptr (GArray) open = NULL, blocks = NULL, nobody = NULL;
  guint n_ranges = 0, n_blocks = 0;

  g_assert_cmpuint (before->len, ==, 0);
  clinic_wait_until (is_loaded, span);
  open = rcp_day_span_dup_open_ranges (span, schedule);
  blocks = rcp_day_span_dup_blocks (span, schedule);
  nobody = rcp_day_span_dup_open_ranges (span, "nobody");
  for (guint i = 0; i < N_DAYS; i++)
    {
      n_ranges += rcp_day_get_open_ranges (rcp_day_span_get_day (span, i), schedule)->len;
      n_blocks += rcp_day_get_blocks (rcp_day_span_get_day (span, i), schedule)->len;
    }
  g_assert_cmpuint (open->len, ==, n_ranges);
  g_assert_cmpuint (n_ranges, >, 3);
  g_assert_cmpuint (blocks->len, ==, n_blocks);
  g_assert_cmpuint (nobody->len, ==, 0);
  for (guint i = 1; i < open->len; i++)
    g_assert_cmpint (g_array_index (open, RcpTimeRange, i - 1).end, <=, g_array_index (open, RcpTimeRange, i).start);
  g_assert_finalize_object (span);
}

typedef struct
{
  RcpDaySpan *span;
  guint position;
  const char *complaint;
} Expected;

static gboolean
has_complaint (gpointer user_data)
{
  Expected *expected = user_data;
  g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (expected->span), expected->position);

  return g_strcmp0 (rcp_visit_get_complaint (visit), expected->complaint) == 0;
}

/* What another desk does on the fourth day is a change of one row, far down. */
static void
test_changes_keep_their_place (Fixture *fixture, gconstpointer data)
{
  RcpDaySpan *span = rcp_day_span_new (fixture->book, &fixture->monday, N_DAYS);
  Mirror mirror = { g_ptr_array_new_with_free_func (g_object_unref), 0 };
  Expected expected = { span, 0, "Comes by boat" };
  g_autoptr (RcpVisit) visit = NULL;

  g_signal_connect (span, "items-changed", G_CALLBACK (on_items_changed_cb), &mirror);
  clinic_wait_until (is_loaded, span);
  for (guint i = 0; i < 3; i++)
    expected.position += g_list_model_get_n_items (G_LIST_MODEL (rcp_day_span_get_day (span, i)));
  expected.position += 2;
  visit = g_list_model_get_item (G_LIST_MODEL (span), expected.position);
  mirror.n_changes = 0;
  rcp_day_book_set_watching (fixture->book, TRUE);
  g_object_unref (clinic_change_string (fixture->other, fhir_resource_get_reference (rcp_visit_get_resource (visit)),
                                        "description", expected.complaint));
  clinic_wait_until (has_complaint, &expected);
  rcp_day_book_set_watching (fixture->book, FALSE);
  g_assert_cmpuint (mirror.n_changes, ==, 1);
  assert_mirrored (span, &mirror);
  g_ptr_array_unref (mirror.rows);
  g_assert_finalize_object (span);
}

static gboolean
are_neighbours_asked_for (gpointer user_data)
{
  Fixture *fixture = user_data;

  /* Twice for each day of three weeks. */
  return fhir_client_get_n_requests (fixture->client) >= fixture->n_requests + 2 * 3 * N_DAYS;
}

/* The week after and the week before are read ahead: turning the page waits for nothing. */
static void
test_weeks_around_are_read_ahead (Fixture *fixture, gconstpointer data)
{
  RcpDaySpan *span = rcp_day_span_new (fixture->book, &fixture->monday, N_DAYS), *next, *before;
  GDate date = fixture->monday;

  clinic_wait_until (is_loaded, span);
  clinic_wait_until (are_neighbours_asked_for, fixture);
  g_date_add_days (&date, 7);
  next = rcp_day_span_new (fixture->book, &date, N_DAYS);
  clinic_wait_until (is_loaded, next);
  g_assert_true (rcp_day_span_get_day (next, 0) != rcp_day_span_get_day (span, 0));
  g_date_subtract_days (&date, 14);
  before = rcp_day_span_new (fixture->book, &date, N_DAYS);
  clinic_wait_until (is_loaded, before);
  g_assert_finalize_object (before);
  g_assert_finalize_object (next);
  g_assert_finalize_object (span);
}

/* A record that does not answer is told, and read again when it is asked for. */
static void
test_failures_are_told (Fixture *fixture, gconstpointer data)
{
  RcpDaySpan *span;

  fhir_client_set_max_retries (fixture->client, 0);
  practice_fixture_kill (fixture->practice);
  span = rcp_day_span_new (fixture->book, &fixture->monday, 2);
  clinic_wait_until (has_error, span);
  g_assert_false (rcp_day_range_is_loaded (RCP_DAY_RANGE (span)));
  practice_fixture_start (fixture->practice);
  rcp_day_range_reload (RCP_DAY_RANGE (span));
  clinic_wait_until (is_loaded, span);
  g_assert_null (rcp_day_range_get_error (RCP_DAY_RANGE (span)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (span)), >, 0);
  g_assert_finalize_object (span);
}

int
main (int argc, char *argv[])
{
  PracticeFixture *practice;
  int result;

  g_test_init (&argc, &argv, NULL);
  practice = clinic_fixture_new ();
  g_test_add ("/clinic/day-span/days-are-one-list", Fixture, practice, set_up, test_days_are_one_list, tear_down);
  g_test_add ("/clinic/day-span/hours-of-all-days", Fixture, practice, set_up, test_hours_of_all_days, tear_down);
  g_test_add ("/clinic/day-span/changes-keep-their-place", Fixture, practice, set_up, test_changes_keep_their_place, tear_down);
  g_test_add ("/clinic/day-span/weeks-around-are-read-ahead", Fixture, practice, set_up, test_weeks_around_are_read_ahead, tear_down);
  g_test_add ("/clinic/day-span/failures-are-told", Fixture, practice, set_up, test_failures_are_told, tear_down);
  result = g_test_run ();
  practice_fixture_free (practice);
  return result;
}
