/* SPDX-License-Identifier: GPL-3.0-or-later */

/* rcp-desk.c, rcp-desk-publish.c, rcp-open-record.c and rcp-board-feed.c against a real record. */

#define G_LOG_DOMAIN "test-desk"

#include "keep-result.h"
#include "practice-fixture.h"
#include "fault-proxy.h"
#include "ui/board/rcp-board-feed.h"
#include "ui/rcp-desk-private.h"
#include "ui/rcp-open-record.h"

#define NOW G_GINT64_CONSTANT (1795425960000000) /* Monday 23 November 2026, 9:26 UTC */

#define WAIT_FOR(condition) KEEP_RESULT_UNTIL (condition)

static void
take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static PracticeFixture *
start_sample (void)
{
  const char *const arguments[] = { "--sample", "--date", "2026-11-23T09:26:00Z", "--time-zone", "UTC", NULL };

  return practice_fixture_new (arguments);
}

static RcpDesk *
make_desk (void)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (NOW);

  return rcp_desk_new (clock);
}

static gboolean
open_source (RcpDesk *desk, const RcpSource *source, GError **error)
{
  g_autoptr (RcpOpenRecord) opening = rcp_open_record_new (desk, source);
  g_autoptr (GAsyncResult) result = NULL;

  rcp_open_record_run_async (opening, NULL, take_result, &result);
  WAIT_FOR (result != NULL);
  return rcp_open_record_run_finish (opening, result, error);
}

static RcpSource *
make_socket_source (const char *path)
{
  RcpSource *source = rcp_source_new (RCP_SOURCE_SERVER);

  source->url = g_strconcat ("unix:", path, NULL);
  return source;
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_opens_a_server (void)
{
  g_autoptr (PracticeFixture) practice = start_sample ();
  g_autoptr (RcpSource) source = make_socket_source (practice_fixture_get_socket (practice));
  g_autoptr (GError) error = NULL;
  RcpDesk *desk = make_desk ();
  guint rosters = 0;
  GDate today;

  g_assert_cmpint (rcp_desk_get_state (desk), ==, RCP_DESK_CLOSED);
  g_assert_null (rcp_desk_get_roster (desk));
  g_signal_connect_swapped (desk, "roster-changed", G_CALLBACK (count_cb), &rosters);
  g_assert_true (open_source (desk, source, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rcp_desk_get_state (desk), ==, RCP_DESK_READY);
  g_assert_cmpuint (rosters, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_providers (rcp_desk_get_roster (desk))), ==, 12);
  rcp_desk_get_today (desk, &today);
  g_assert_cmpint (g_date_get_day (&today), ==, 23);
  rcp_desk_reload_roster (desk);
  WAIT_FOR (rosters == 2);
  g_object_unref (desk);
}

static void
test_says_why_it_failed (void)
{
  g_autoptr (RcpSource) source = make_socket_source ("/nowhere/at/all");
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpDesk) desk = make_desk ();

  g_assert_false (open_source (desk, source, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (rcp_desk_get_state (desk), ==, RCP_DESK_FAILED);
  g_assert_nonnull (rcp_desk_get_error (desk));
  g_assert_null (rcp_desk_get_roster (desk));
}

/* A board that follows a desk, on the sample clinic. */
typedef struct
{
  PracticeFixture *practice; /* NULL: the desk starts its own */
  RcpDesk *desk;
  RcpBoardModel *model;
  RcpBoardFeed *feed;
} Board;

static void
make_board (Board *self)
{
  self->desk = make_desk ();
  self->model = rcp_board_model_new (rcp_desk_get_clock (self->desk), rcp_desk_get_zone (self->desk));
  self->feed = rcp_board_feed_new (self->desk, self->model);
}

static void
set_up_board (Board *self, gconstpointer data)
{
  self->practice = start_sample ();
  make_board (self);
}

static void
tear_down_board (Board *self, gconstpointer data)
{
  g_assert_finalize_object (self->feed);
  g_assert_finalize_object (self->model);
  g_object_unref (self->desk);
  g_clear_pointer (&self->practice, practice_fixture_free);
}

static void
open_board (Board *self)
{
  g_autoptr (RcpSource) source = make_socket_source (practice_fixture_get_socket (self->practice));
  g_autoptr (GError) error = NULL;

  g_assert_true (open_source (self->desk, source, &error));
  g_assert_no_error (error);
  WAIT_FOR (rcp_board_model_get_state (self->model) == RCP_BOARD_READY);
}

static void
test_board_shows_the_record (Board *board, gconstpointer data)
{
  RcpDesk *desk = board->desk;
  RcpBoardModel *model = board->model;
  guint n_spans, n_today, n_requests;

  g_assert_cmpint (rcp_board_model_get_state (model), ==, RCP_BOARD_LOADING);
  open_board (board);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 12);
  n_today = rcp_board_model_get_n_visits (model);
  g_assert_cmpuint (n_today, >, 50);
  g_assert_cmpuint (rcp_board_model_get_n_homeless (model), ==, 0);
  rcp_board_model_get_open_spans (model, 0, &n_spans);
  g_assert_cmpuint (n_spans, >, 0);

  /* Turning the page, and back again from the cache without a wait. */
  rcp_board_model_step (model, 1);
  WAIT_FOR (rcp_board_model_get_state (model) == RCP_BOARD_READY);
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), >, 20);
  n_requests = (guint) fhir_client_get_n_requests (rcp_desk_get_client (desk));
  rcp_board_model_step (model, -1);
  g_assert_cmpint (rcp_board_model_get_state (model), ==, RCP_BOARD_READY);
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), ==, n_today);
  g_assert_cmpuint ((guint) fhir_client_get_n_requests (rcp_desk_get_client (desk)), ==, n_requests);
}

static void
test_board_says_that_a_day_failed (Board *board, gconstpointer data)
{
  RcpBoardModel *model = board->model;

  open_board (board);
  fhir_client_set_max_retries (rcp_desk_get_client (board->desk), 0);
  practice_fixture_kill (board->practice);
  rcp_board_model_step (model, 20);
  WAIT_FOR (rcp_board_model_get_state (model) == RCP_BOARD_FAILED);
  g_assert_nonnull (rcp_board_model_get_error (model));
  practice_fixture_start (board->practice);
  rcp_board_feed_reload (board->feed);
  WAIT_FOR (rcp_board_model_get_state (model) == RCP_BOARD_READY);
}

/* For what must not happen. */
static void
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

/* While nobody sees the board it turns to other days without reading them, also when all is read again; then they come. */
static void
test_board_rests (Board *board, gconstpointer data)
{
  RcpDesk *desk = board->desk;
  RcpBoardModel *model = board->model;
  g_autoptr (RcpDay) day = NULL;
  guint n_today;

  rcp_board_feed_set_resting (board->feed, TRUE);
  open_board (board);
  n_today = rcp_board_model_get_n_visits (model);
  g_assert_cmpuint (n_today, >, 50);
  rcp_board_feed_set_resting (board->feed, FALSE);
  g_assert_cmpint (rcp_board_model_get_state (model), ==, RCP_BOARD_READY);
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), ==, n_today);

  rcp_board_feed_set_resting (board->feed, TRUE);
  rcp_board_model_step (model, 8);
  g_assert_cmpint (rcp_board_model_get_state (model), ==, RCP_BOARD_LOADING);
  rcp_board_feed_reload (board->feed);
  run_for (1000);
  g_assert_cmpint (rcp_board_model_get_state (model), ==, RCP_BOARD_LOADING);
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), ==, 0);
  day = rcp_day_book_get (rcp_desk_get_day_book (desk), rcp_board_model_get_date (model));
  g_assert_false (rcp_day_is_loaded (day)); /* nobody asked for it before */
  rcp_board_feed_set_resting (board->feed, FALSE);
  WAIT_FOR (rcp_board_model_get_state (model) == RCP_BOARD_READY);
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), >, 20);
}

static void
on_progress_cb (RcpOpenRecord *opening, double fraction, const char *text, guint *count)
{
  g_assert_nonnull (text);
  ++*count;
}

/* A practice of one's own: made, named, closed, and opened again. */
static void
test_starts_a_practice (void)
{
  g_autofree char *folder = g_dir_make_tmp ("rcp-desk-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "elm.db", NULL);
  g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_PRACTICE);

  source->file = g_strdup (file);
  source->name = g_strdup ("Elm Street");
  for (guint turn = 0; turn < 2; turn++)
    {
      g_autoptr (RcpDesk) desk = make_desk ();
      g_autoptr (RcpOpenRecord) opening = rcp_open_record_new (desk, source);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      guint n_progress = 0;

      g_signal_connect (opening, "progress", G_CALLBACK (on_progress_cb), &n_progress);
      rcp_open_record_run_async (opening, NULL, take_result, &result);
      WAIT_FOR (result != NULL);
      rcp_open_record_run_finish (opening, result, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (rcp_roster_get_clinic_name (rcp_desk_get_roster (desk)), ==, "Elm Street");
      g_assert_cmpuint (n_progress, ==, turn == 0 ? 1 : 0);
      g_clear_pointer (&source->name, g_free);
    }
  practice_fixture_remove_folder (folder);
}

static gboolean
is_all_there (RcpDesk *desk, guint64 n_before)
{
  return fhir_client_get_n_requests (rcp_desk_get_client (desk)) > n_before;
}

/* Roster and day were read while the desk was busy: the board is there with the record, without a wait. */
static void
test_takes_a_head_start (void)
{
  g_autofree char *folder = g_dir_make_tmp ("rcp-desk-XXXXXX", NULL);
  g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_SAMPLE);
  g_autoptr (RcpPracticeHost) host = NULL;
  g_autoptr (RcpHeadStart) head_start = NULL;
  g_autoptr (GError) error = NULL;
  Board board = { NULL };
  guint64 n_requests;

  make_board (&board);
  source->file = g_build_filename (folder, "sample.db", NULL);
  host = rcp_practice_host_new (source->file, RCP_PRACTICE_HOST_FLAGS_SAMPLE, NULL);
  rcp_practice_host_set_now (host, NOW);
  rcp_practice_host_prepare (host);
  head_start = rcp_head_start_new (rcp_practice_host_get_socket_path (host), NOW);
  rcp_desk_set_host (board.desk, host);
  rcp_desk_set_head_start (board.desk, head_start);

  g_assert_true (open_source (board.desk, source, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rcp_desk_get_state (board.desk), ==, RCP_DESK_READY);
  g_assert_cmpint (rcp_board_model_get_state (board.model), ==, RCP_BOARD_READY);
  g_assert_cmpuint (rcp_board_model_get_n_visits (board.model), >, 50);

  /* The rest follows by itself. */
  n_requests = fhir_client_get_n_requests (rcp_desk_get_client (board.desk));
  WAIT_FOR (is_all_there (board.desk, n_requests + 3));
  tear_down_board (&board, NULL);
  g_clear_object (&host);
  practice_fixture_remove_folder (folder);
}

static void
count_message_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer count)
{
  ++*(guint *) count;
}

/* Hours are published in the background: who closes the desk, and its record, meanwhile is told of no failure. */
static void
test_closes_while_publishing (void)
{
  g_autoptr (PracticeFixture) practice = start_sample ();
  g_autoptr (RcpSource) source = make_socket_source (practice_fixture_get_socket (practice));
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirClient) client = NULL;
  RcpDesk *desk = make_desk ();
  guint n_messages = 0;
  guint handler = g_log_set_handler ("rcp-desk", G_LOG_LEVEL_MESSAGE, count_message_cb, &n_messages);
  guint64 n_requests;

  g_assert_true (open_source (desk, source, &error));
  client = g_object_ref (rcp_desk_get_client (desk));
  fhir_client_set_max_retries (client, 0);
  n_requests = fhir_client_get_n_requests (client);
  WAIT_FOR (is_all_there (desk, n_requests));
  practice_fixture_kill (practice);
  g_assert_finalize_object (desk);
  for (guint i = 0; i < 200; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (n_messages, ==, 0);
  g_log_remove_handler ("rcp-desk", handler);
  g_assert_finalize_object (g_steal_pointer (&client));
}

static void
keep_message_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer kept)
{
  g_free (*(char **) kept);
  *(char **) kept = g_strdup (message);
}

/* A month later there are hours to publish. The record goes before they are, and comes back: they are published then. */
static void
test_publishes_when_it_is_back (void)
{
  g_autoptr (PracticeFixture) practice = start_sample ();
  g_autoptr (RcpSource) source = make_socket_source (practice_fixture_get_socket (practice));
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (NOW + 30 * G_TIME_SPAN_DAY);
  g_autoptr (RcpDesk) desk = rcp_desk_new (clock);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  guint handler = g_log_set_handler ("rcp-desk", G_LOG_LEVEL_MESSAGE, keep_message_cb, &message);
  guint rosters = 0;

  g_assert_true (open_source (desk, source, &error));
  g_signal_connect_swapped (desk, "roster-changed", G_CALLBACK (count_cb), &rosters);
  fhir_client_set_max_retries (rcp_desk_get_client (desk), 0);
  practice_fixture_kill (practice);
  WAIT_FOR (message && !rcp_day_book_is_online (rcp_desk_get_day_book (desk)));
  g_assert_true (g_str_has_prefix (message, "Could not publish hours: FhirError, code "));
  run_for (1500);
  g_assert_cmpuint (rosters, ==, 0);

  /* The hours are read before, and once more with what was published. */
  practice_fixture_start (practice);
  WAIT_FOR (rosters == 2);
  g_assert_true (rcp_day_book_is_online (rcp_desk_get_day_book (desk)));
  g_log_remove_handler ("rcp-desk", handler);
}

typedef struct
{
  int code; /* of the error that was told last; -1: none */
  guint n_errors;
  guint n_amended;
} Late;

static void
on_hours_late_cb (RcpDesk *desk, const GError *error, Late *late)
{
  if (!error)
    {
      late->n_amended++;
      return;
    }
  g_assert_true (error->domain == FHIR_ERROR);
  late->code = error->code;
  late->n_errors++;
}

/* A server that refuses, then fails, and is mended then: that is told once, and hours are published without anybody's doing. */
static void
test_publishes_after_a_refusal (void)
{
  g_autoptr (PracticeFixture) practice = start_sample ();
  g_autofree char *folder = g_dir_make_tmp ("rcp-desk-XXXXXX", NULL);
  g_autoptr (FaultProxy) proxy = fault_proxy_new (folder, practice_fixture_get_socket (practice));
  g_autoptr (RcpSource) source = make_socket_source (fault_proxy_get_socket (proxy));
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (NOW + 30 * G_TIME_SPAN_DAY);
  RcpDesk *desk = rcp_desk_new (clock);
  g_autoptr (GError) error = NULL;
  Late late = { -1, 0, 0 };
  guint n_messages = 0;
  guint handler = g_log_set_handler ("rcp-desk", G_LOG_LEVEL_MESSAGE, count_message_cb, &n_messages);

  desk->first_retry = 200;
  g_signal_connect (desk, "hours-late", G_CALLBACK (on_hours_late_cb), &late);
  g_assert_true (open_source (desk, source, &error));
  fhir_client_set_max_retries (rcp_desk_get_client (desk), 0);
  fault_proxy_push (proxy, FAULT_REFUSED, 403);
  fault_proxy_push (proxy, FAULT_REFUSED, 500);
  fault_proxy_push (proxy, FAULT_REFUSED, 500);
  WAIT_FOR (late.n_errors > 0);
  g_assert_cmpint (late.code, ==, FHIR_ERROR_FORBIDDEN);
  WAIT_FOR (late.n_amended > 0);
  g_assert_cmpuint (n_messages, ==, 3);
  /* Twice as long each time. */
  g_assert_cmpuint (desk->retry, ==, 800);
  g_assert_false (desk->is_put_off);
  g_assert_cmpuint (fault_proxy_get_n_transactions (proxy), >, 3);
  g_assert_cmpuint (late.n_errors, ==, 1);
  g_assert_cmpuint (late.n_amended, ==, 1);
  g_log_remove_handler ("rcp-desk", handler);
  g_object_unref (desk);
  g_clear_pointer (&proxy, fault_proxy_free);
  practice_fixture_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/desk/opens-a-server", test_opens_a_server);
  g_test_add_func ("/ui/desk/says-why-it-failed", test_says_why_it_failed);
  g_test_add ("/ui/desk/board-shows-the-record", Board, NULL, set_up_board, test_board_shows_the_record, tear_down_board);
  g_test_add ("/ui/desk/board-says-that-a-day-failed", Board, NULL, set_up_board, test_board_says_that_a_day_failed, tear_down_board);
  g_test_add ("/ui/desk/board-rests", Board, NULL, set_up_board, test_board_rests, tear_down_board);
  g_test_add_func ("/ui/desk/publishes-when-it-is-back", test_publishes_when_it_is_back);
  g_test_add_func ("/ui/desk/publishes-after-a-refusal", test_publishes_after_a_refusal);
  g_test_add_func ("/ui/desk/starts-a-practice", test_starts_a_practice);
  g_test_add_func ("/ui/desk/takes-a-head-start", test_takes_a_head_start);
  g_test_add_func ("/ui/desk/closes-while-publishing", test_closes_while_publishing);
  return g_test_run ();
}
