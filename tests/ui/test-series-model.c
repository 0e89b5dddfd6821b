/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-series-model"

/* rcp-series-model.c on the sample clinic: the dates of a repeated visit, what stands against one, booked and taken back. */
#include "config.h"

#include "sample-desk.h"
#include "scheduling/rcp-find-openings.h"
#include "ui/booking/rcp-series-model.h"
#include "ui/move/rcp-undo-model.h"
#include "ui/visit/rcp-cancel-series.h"

#define WAIT_FOR(condition) KEEP_RESULT_UNTIL (condition)

typedef struct
{
  SampleDesk sample;
  RcpPatient *patient;
  RcpOffer *offer;
} Fixture;

/* An opening a week from now. */
static void
find_offer (Fixture *fixture)
{
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpOffers) offers = NULL;

  rcp_desk_get_today (fixture->sample.desk, &wish->from);
  g_date_add_days (&wish->from, 7);
  wish->duration = 15;
  rcp_find_openings_async (fixture->sample.client, rcp_desk_get_roster (fixture->sample.desk), wish, 5, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  offers = rcp_find_openings_finish (result, NULL);
  fixture->offer = g_list_model_get_item (G_LIST_MODEL (offers), 0);
  g_assert_nonnull (fixture->offer);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  sample_desk_set_up (&fixture->sample);
  fixture->patient = sample_desk_read_patient (&fixture->sample);
  find_offer (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->offer);
  g_object_unref (fixture->patient);
  sample_desk_tear_down (&fixture->sample);
}

static RcpSeriesModel *
make_model (Fixture *fixture)
{
  return rcp_series_model_new (fixture->sample.desk, fixture->patient, fixture->offer, NULL, RCP_URGENCY_ROUTINE, "again");
}

static RcpVisit *
book (RcpSeriesModel *model)
{
  g_autoptr (GAsyncResult) result = NULL;

  rcp_series_model_book_async (model, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  return rcp_series_model_book_finish (model, result);
}

static RcpSeriesRow *
get_row (RcpSeriesModel *model, guint index)
{
  g_autoptr (RcpSeriesRow) row = g_list_model_get_item (rcp_series_model_get_dates (model), index);

  return row;
}

static void
test_books_and_takes_back (Fixture *fixture, gconstpointer data)
{
  RcpSeriesModel *model = make_model (fixture);
  g_autoptr (RcpVisit) first = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *booked = NULL;
  g_autofree char *left_out = NULL;
  gboolean is_booked;

  g_assert_cmpuint (rcp_series_model_get_rule (model)->count, ==, 6);
  rcp_series_model_set_rule (model, RCP_SERIES_DAYS, 1, 3);
  WAIT_FOR (rcp_series_model_get_state (model) == RCP_SERIES_READY);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_series_model_get_dates (model)), ==, 3);
  g_assert_cmpint (rcp_series_row_get_fit (get_row (model, 0)), ==, RCP_SERIES_FITS);
  g_assert_true (rcp_series_row_is_chosen (get_row (model, 0)));
  g_assert_null (rcp_series_model_describe_outcome (model, get_row (model, 0), &is_booked));
  for (guint i = 1; i < 3; i++)
    rcp_series_model_choose (model, get_row (model, i), i == 1);
  g_assert_cmpuint (rcp_series_model_get_n_chosen (model), ==, 2);
  g_assert_true (rcp_series_model_get_patient (model) == fixture->patient);

  first = book (model);
  g_assert_cmpint (rcp_visit_get_range (first).start, ==, rcp_offer_get_range (fixture->offer).start);
  g_assert_nonnull (rcp_visit_get_series_id (first));
  g_assert_null (rcp_series_model_get_notice (model));
  booked = rcp_series_model_describe_outcome (model, get_row (model, 0), &is_booked);
  g_assert_true (is_booked);
  g_assert_nonnull (strstr (booked, rcp_visit_get_code (first)));
  left_out = rcp_series_model_describe_outcome (model, get_row (model, 2), &is_booked);
  g_assert_cmpstr (left_out, ==, "Left out");
  g_assert_false (is_booked);
  /* A second call books nothing. */
  g_assert_null (book (model));

  g_assert_true (rcp_series_model_can_undo (model));
  rcp_series_model_undo_async (model, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_true (rcp_series_model_undo_finish (model, result));
  WAIT_FOR (rcp_series_model_get_state (model) == RCP_SERIES_READY);
  g_assert_cmpint (rcp_series_row_get_fit (get_row (model, 0)), ==, RCP_SERIES_FITS);
  g_assert_false (rcp_series_model_can_undo (model));
  g_clear_object (&result);
  g_assert_finalize_object (model);
}

/* The same person a second time at the same times: everything is named, nothing is booked. */
static void
test_names_what_was_taken (Fixture *fixture, gconstpointer data)
{
  RcpSeriesModel *model = make_model (fixture);
  RcpSeriesModel *late = make_model (fixture);
  g_autoptr (RcpVisit) first = NULL;
  g_autoptr (RcpVisit) second = NULL;
  g_autofree char *outcome = NULL;
  g_autofree char *exception = NULL;
  gboolean is_booked;

  rcp_series_model_set_rule (model, RCP_SERIES_DAYS, 1, 1);
  rcp_series_model_set_rule (late, RCP_SERIES_DAYS, 1, 1);
  WAIT_FOR (rcp_series_model_get_state (model) == RCP_SERIES_READY
            && rcp_series_model_get_state (late) == RCP_SERIES_READY);
  first = book (model);
  g_assert_nonnull (first);
  second = book (late);
  g_assert_null (second);
  g_assert_cmpstr (rcp_series_model_get_notice (late), ==, "0 of 1 visits are booked. The others are named below.");
  outcome = rcp_series_model_describe_outcome (late, get_row (late, 0), &is_booked);
  g_assert_false (is_booked);
  g_assert_nonnull (strstr (outcome, "The visit is not booked."));
  g_assert_false (rcp_series_model_can_undo (late));
  g_assert_finalize_object (late);

  late = make_model (fixture);
  WAIT_FOR (rcp_series_model_get_state (late) == RCP_SERIES_READY);
  g_assert_cmpint (rcp_series_row_get_fit (get_row (late, 0)), ==, RCP_SERIES_SHIFTED);
  g_assert_false (rcp_series_row_is_chosen (get_row (late, 0)));
  g_assert_cmpint (rcp_series_row_get_wanted (get_row (late, 0)), ==, rcp_offer_get_range (fixture->offer).start);
  g_assert_nonnull (rcp_series_row_get_offer (get_row (late, 0)));
  exception = rcp_series_model_describe_exception (late, get_row (late, 0));
  g_assert_nonnull (strstr (exception, "already has a visit with"));
  g_assert_nonnull (strstr (exception, "The nearest is"));
  g_assert_finalize_object (late);
  g_assert_finalize_object (model);
}

static guint
count_booked (Fixture *fixture, const char *series_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) visits = NULL;

  rcp_series_read_async (fixture->sample.client, series_id, 0, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  visits = rcp_series_read_finish (result, NULL);
  return visits->len;
}

static gboolean
undo (RcpUndoModel *model, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rcp_undo_model_undo_async (model, 0, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  return rcp_undo_model_undo_finish (model, result, error);
}

static void
on_done_cb (RcpUndoModel *undo, guint id, const char *text, char **told)
{
  g_assert_null (*told);
  *told = g_strdup (text);
}

static RcpVisit *
book_three_days (RcpSeriesModel *model)
{
  rcp_series_model_set_rule (model, RCP_SERIES_DAYS, 1, 3);
  WAIT_FOR (rcp_series_model_get_state (model) == RCP_SERIES_READY);
  for (guint i = 0; i < 3; i++)
    rcp_series_model_choose (model, get_row (model, i), rcp_series_row_get_offer (get_row (model, i)) != NULL);
  return book (model);
}

/* Once the window of the series is closed, the desk takes all of it back at once, and says so once. */
static void
test_undone_from_the_desk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (RcpUndoModel) undo_model = rcp_undo_model_new (fixture->sample.desk, settings);
  RcpSeriesModel *model = make_model (fixture);
  g_autoptr (RcpVisit) first = book_three_days (model);
  g_autofree char *expected = NULL;
  g_autofree char *told = NULL;
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GAsyncResult) result = NULL, cancelled = NULL;
  g_autoptr (RcpVisit) first_cancelled = NULL;
  g_autoptr (GError) error = NULL;
  guint n = count_booked (fixture, rcp_visit_get_series_id (first));

  g_assert_cmpuint (n, >=, 2);
  g_assert_null (rcp_undo_model_get_text (undo_model, 0));
  g_signal_connect (undo_model, "done", G_CALLBACK (on_done_cb), &told);
  rcp_series_model_tell_done (model);
  expected = g_strdup_printf ("%u visits of %s booked", n, rcp_patient_get_name (fixture->patient));
  g_assert_cmpstr (told, ==, expected);
  g_clear_pointer (&told, g_free);

  /* Cancelled all at once, and booked again all at once. */
  rcp_series_read_async (fixture->sample.client, rcp_visit_get_series_id (first), 0, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  visits = rcp_series_read_finish (result, NULL);
  rcp_cancel_series_async (fixture->sample.desk, visits, "pat", NULL, keep_result_cb, &cancelled);
  WAIT_FOR (cancelled != NULL);
  first_cancelled = rcp_cancel_series_finish (cancelled, NULL);
  g_assert_nonnull (first_cancelled);
  g_assert_cmpuint (count_booked (fixture, rcp_visit_get_series_id (first)), ==, 0);
  g_free (expected);
  expected = g_strdup_printf ("%u visits of %s cancelled", n, rcp_patient_get_name (fixture->patient));
  g_assert_cmpstr (told, ==, expected);
  undo (undo_model, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_booked (fixture, rcp_visit_get_series_id (first)), ==, n);

  /* The booking is not what was done last with these visits: it is refused for each, and named once. */
  g_assert_false (undo (undo_model, &error));
  g_assert_nonnull (strstr (error->message, "are not undone. "));
  g_assert_cmpuint (count_booked (fixture, rcp_visit_get_series_id (first)), ==, n);
  g_assert_finalize_object (model);
}

/* The grace time of the settings is that of a series too. */
static void
test_undo_grace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (RcpUndoModel) undo_model = rcp_undo_model_new (fixture->sample.desk, settings);
  RcpSeriesModel *model = make_model (fixture);
  g_autoptr (RcpVisit) first = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_settings_set_int (settings, "undo-grace", 0);
  g_assert_cmpint (rcp_desk_get_undo_grace (fixture->sample.desk), ==, 0);
  first = book_three_days (model);
  rcp_series_model_undo_async (model, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_false (rcp_series_model_undo_finish (model, result));
  g_assert_nonnull (rcp_series_model_get_notice (model));
  g_assert_cmpuint (count_booked (fixture, rcp_visit_get_series_id (first)), >=, 2);
  g_settings_reset (settings, "undo-grace");
  g_assert_cmpint (rcp_desk_get_undo_grace (fixture->sample.desk), ==, 3 * G_TIME_SPAN_MINUTE);
  g_clear_object (&result);
  g_assert_finalize_object (model);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/series-model/books-and-takes-back", Fixture, NULL, set_up, test_books_and_takes_back, tear_down);
  g_test_add ("/ui/series-model/names-what-was-taken", Fixture, NULL, set_up, test_names_what_was_taken, tear_down);
  g_test_add ("/ui/series-model/undone-from-the-desk", Fixture, NULL, set_up, test_undone_from_the_desk, tear_down);
  g_test_add ("/ui/series-model/undo-grace", Fixture, NULL, set_up, test_undo_grace, tear_down);
  return g_test_run ();
}
