/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-series-find.c and rcp-run-all.c against a real record: a series is found, booked, cancelled from one visit on, and
 * undone as a whole. */
#include "desk-fixture.h"

#include "scheduling/rcp-series.h"
#include "scheduling/rcp-undo.h"

#define NINE (9 * 60)

static GPtrArray *
run_all (GPtrArray *operations)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_run_all_async (operations, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_run_all_finish (result);
}

static GPtrArray *
find (DeskFixture *desk, guint count)
{
  g_autoptr (RcpOffer) first = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  RcpSeriesRule rule
      = { .first = rcp_offer_get_range (first).start, .every = 1, .unit = RCP_SERIES_WEEKS, .count = count };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *dates;

  rcp_series_find_async (desk->client, desk->roster, desk_fixture_get_provider (desk, 0), NULL, &rule, NULL, 30, 4 * G_TIME_SPAN_HOUR, NULL,
                         desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  dates = rcp_series_find_finish (result, &error);
  g_assert_no_error (error);
  return dates;
}

static GPtrArray *
read_from (DeskFixture *desk, const char *series_id, gint64 from)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *visits;

  rcp_series_read_async (desk->client, series_id, from, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visits = rcp_series_read_finish (result, &error);
  g_assert_no_error (error);
  return visits;
}

static GPtrArray *
make_books (DeskFixture *desk, GPtrArray *dates, const char *series_id)
{
  GPtrArray *books = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < dates->len; i++)
    {
      RcpSeriesDate *date = dates->pdata[i];
      RcpBookVisit *book;

      if (date->offer == NULL)
        continue;
      book = rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, 0), date->offer, NULL,
                                 RCP_URGENCY_ROUTINE, NULL);
      rcp_book_visit_set_series (book, series_id);
      g_ptr_array_add (books, book);
    }
  return books;
}

static guint
count_errors (GPtrArray *results)
{
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    {
      RcpRunAllResult *result = results->pdata[i];

      g_assert_true ((result->visit == NULL) == (result->error != NULL));
      n += result->error != NULL;
    }
  return n;
}

static void
test_series (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new_for_days (1, 3, 22);
  g_autoptr (RcpOffer) taken = desk_fixture_make_offer (desk, 0, 8, NINE, 2);
  g_autoptr (RcpVisit) other = desk_fixture_book (desk, NULL, 1, taken, NULL);
  g_autofree char *series_id = g_uuid_string_random ();
  g_autoptr (GPtrArray) dates = find (desk, 4);
  g_autoptr (GPtrArray) books = make_books (desk, dates, series_id);
  g_autoptr (RcpVisit) squeezed = NULL;
  g_autoptr (GPtrArray) booked = NULL;
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) cancels = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) cancelled = NULL;
  g_autoptr (GPtrArray) undos = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) undone = NULL;

  /* Somebody has the second week's time: half an hour earlier or later is the nearest. The fourth is not published. */
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[0])->fit, ==, RCP_SERIES_FITS);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[1])->fit, ==, RCP_SERIES_SHIFTED);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[2])->fit, ==, RCP_SERIES_FITS);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[3])->fit, ==, RCP_SERIES_NOTHING);
  g_assert_cmpint (rcp_offer_get_range (((RcpSeriesDate *)dates->pdata[1])->offer).start, ==,
                   rcp_offer_get_range (taken).start + 30 * G_TIME_SPAN_MINUTE);

  /* Another desk is faster for the third; the others are booked all the same. */
  squeezed = desk_fixture_book (desk, NULL, 2, ((RcpSeriesDate *)dates->pdata[2])->offer, NULL);
  booked = run_all (books);
  g_assert_cmpuint (booked->len, ==, 3);
  g_assert_cmpuint (count_errors (booked), ==, 1);
  g_assert_error (((RcpRunAllResult *)booked->pdata[2])->error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 4);

  visits = read_from (desk, series_id, 0);
  g_assert_cmpuint (visits->len, ==, 2);
  g_assert_cmpstr (rcp_visit_get_series_id (visits->pdata[0]), ==, series_id);
  g_assert_null (rcp_visit_get_series_id (other));
  rest = read_from (desk, series_id, rcp_visit_get_range (visits->pdata[1]).start);
  g_assert_cmpuint (rest->len, ==, 1);
  for (guint i = 0; i < rest->len; i++)
    g_ptr_array_add (cancels, rcp_cancel_visit_new (desk->client, desk->clock, rest->pdata[i], "pat", NULL));
  cancelled = run_all (cancels);
  g_assert_cmpuint (count_errors (cancelled), ==, 0);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 3);

  for (guint i = cancelled->len; i > 0; i--)
    g_ptr_array_add (undos, rcp_undo_new (((RcpRunAllResult *)cancelled->pdata[i - 1])->operation, desk->roster,
                                          RCP_UNDO_GRACE));
  undone = run_all (undos);
  g_assert_cmpuint (count_errors (undone), ==, 0);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 4);
}

static void
test_none (void)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (GPtrArray) results = run_all (nothing);

  g_assert_cmpuint (results->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/series-visits/book-and-cancel", test_series);
  g_test_add_func ("/scheduling/series-visits/none", test_none);
  return g_test_run ();
}
