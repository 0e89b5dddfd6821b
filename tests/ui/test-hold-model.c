/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moving by hand and undoing on a real record, without a display: rcp-hold-model.c, rcp-hold-place.c, rcp-hold-put.c, rcp-undo-model.c,
 * rcp-undo-text.c. Two desks of the sample clinic, Monday 23 November 2026, 9:26 UTC. */

#define G_LOG_DOMAIN "test-hold-model"

#include "config.h"

#include <string.h>

#include "keep-result.h"
#include "practice-fixture.h"
#include "ui/board/rcp-board-feed.h"
#include "ui/move/rcp-hold-model.h"
#include "ui/move/rcp-undo-model.h"

#define NOW G_GINT64_CONSTANT (1795425960000000)

typedef struct
{
  RcpClock *clock;
  RcpDesk *desk;
  RcpBoardModel *board;
  RcpBoardFeed *feed;
  RcpHoldModel *hold;
  RcpUndoModel *undo;
} Desk;

typedef struct
{
  PracticeFixture *practice;
  GSettings *settings;
  Desk desk;
} Fixture;

#define WAIT_FOR(condition) KEEP_RESULT_UNTIL (condition)

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rcp_desk_open_finish (RCP_DESK (source), result, &error));
  g_assert_no_error (error);
}

static void
open_desk (Fixture *fixture, Desk *desk)
{
  g_autoptr (FhirClient) client = practice_fixture_create_client (fixture->practice);

  desk->clock = rcp_clock_new_fixed (NOW);
  desk->desk = rcp_desk_new (desk->clock);
  desk->board = rcp_board_model_new (desk->clock, rcp_desk_get_zone (desk->desk));
  desk->feed = rcp_board_feed_new (desk->desk, desk->board);
  desk->hold = rcp_hold_model_new (desk->desk, desk->board);
  desk->undo = rcp_undo_model_new (desk->desk, fixture->settings);
  rcp_desk_open_async (desk->desk, client, NULL, on_opened_cb, NULL);
  WAIT_FOR (rcp_board_model_get_state (desk->board) == RCP_BOARD_READY);
}

static void
close_desk (Desk *desk)
{
  g_object_unref (desk->feed);
  g_assert_finalize_object (desk->undo);
  g_assert_finalize_object (desk->hold);
  g_object_unref (desk->board);
  g_object_unref (desk->desk);
  g_object_unref (desk->clock);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const arguments[] = { "--sample", "--date", "2026-11-23T09:26:00Z", "--time-zone", "UTC", NULL };

  fixture->settings = g_settings_new (APP_ID);
  fixture->practice = practice_fixture_new (arguments);
  open_desk (fixture, &fixture->desk);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_desk (&fixture->desk);
  practice_fixture_free (fixture->practice);
  g_settings_reset (fixture->settings, "undo-grace");
  g_clear_object (&fixture->settings);
}

/* A visit of today that has not begun, with its column. */
static RcpVisit *
find_movable (Desk *desk, guint *column)
{
  for (*column = 0; *column < rcp_board_model_get_n_columns (desk->board); (*column)++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (desk->board, *column, &n_items);

      for (guint i = 0; i < n_items; i++)
        if (rcp_visit_status_may_move (rcp_visit_get_status (items[i].visit)) && rcp_visit_get_range (items[i].visit).start > NOW
            && rcp_visit_get_status (items[i].visit) != RCP_VISIT_ARRIVED)
          return items[i].visit;
    }
  g_assert_not_reached ();
}

static gboolean
is_shaded (Desk *desk, guint column, int minute)
{
  GArray *shades = rcp_hold_model_get_shades (desk->hold, column);

  for (guint i = 0; i < shades->len; i++)
    if (g_array_index (shades, RcpBoardSpan, i).start <= minute && minute < g_array_index (shades, RcpBoardSpan, i).end)
      return TRUE;
  return FALSE;
}

/* The first place of @column from @minute on that is legal, and not the one where the visit is. */
static int
find_free (Desk *desk, guint column, int minute)
{
  int own = rcp_board_model_get_minute (desk->board, 0, rcp_visit_get_range (rcp_hold_model_get_held (desk->hold)).start);

  for (; minute < rcp_board_model_get_hours (desk->board).end; minute += 15)
    if (!is_shaded (desk, column, minute) && minute != own)
      return minute;
  return -1;
}

/* Any free place, wherever. */
static void
go_to_free_place (Desk *desk)
{
  for (guint column = 0; column < rcp_board_model_get_n_columns (desk->board); column++)
    {
      int minute = find_free (desk, column, 600);

      if (minute < 0)
        continue;
      rcp_hold_model_set_place (desk->hold, column, minute);
      return;
    }
  g_assert_not_reached ();
}

typedef struct
{
  gboolean done;
  RcpVisit *visit;
  GError *error;
} Outcome;

static void
on_put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->visit = rcp_hold_model_put_finish (RCP_HOLD_MODEL (source), result, &outcome->error);
  outcome->done = TRUE;
}

static RcpVisit *
put (Desk *desk, const char *reason, GError **error)
{
  Outcome outcome = { 0 };

  rcp_hold_model_put_async (desk->hold, reason, NULL, on_put_cb, &outcome);
  WAIT_FOR (outcome.done);
  if (outcome.error)
    g_propagate_error (error, outcome.error);
  return outcome.visit;
}

static void
on_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  rcp_undo_model_undo_finish (RCP_UNDO_MODEL (source), result, &outcome->error);
  outcome->done = TRUE;
}

static gboolean
undo (Desk *desk, guint id, GError **error)
{
  Outcome outcome = { 0 };

  rcp_undo_model_undo_async (desk->undo, id, on_undone_cb, &outcome);
  WAIT_FOR (outcome.done);
  if (outcome.error)
    g_propagate_error (error, outcome.error);
  return outcome.error == NULL;
}

typedef struct
{
  gboolean done;
  gint64 start;
} Kept;

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Kept *kept = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) resource = fhir_client_read_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (RcpVisit) visit = NULL;

  g_assert_no_error (error);
  visit = rcp_visit_new (resource, NULL);
  kept->start = rcp_visit_get_range (visit).start;
  kept->done = TRUE;
}

/* What the record says, read by another client. */
static gint64
read_start (Fixture *fixture, const char *id)
{
  g_autoptr (FhirClient) client = practice_fixture_create_client (fixture->practice);
  g_autofree char *reference = g_strconcat ("Appointment/", id, NULL);
  Kept kept = { 0 };

  fhir_client_read_async (client, reference, NULL, on_read_cb, &kept);
  WAIT_FOR (kept.done);
  return kept.start;
}

static void
test_shades_what_is_in_the_way (Fixture *fixture, gconstpointer data)
{
  Desk *desk = &fixture->desk;
  guint column, place;
  RcpVisit *visit = find_movable (desk, &column);
  int own = rcp_board_model_get_minute (desk->board, 0, rcp_visit_get_range (visit).start);
  RcpBoardSpan span;
  guint n_items;
  const RcpBoardItem *items = rcp_board_model_get_items (desk->board, column, &n_items);
  g_autofree char *text = NULL, *over = NULL;

  g_assert_null (rcp_hold_model_get_shades (desk->hold, column));
  g_assert_true (rcp_hold_model_take (desk->hold, visit));
  g_assert_true (rcp_hold_model_get_place (desk->hold, &place, &span));
  g_assert_cmpuint (place, ==, column);
  g_assert_cmpint (span.start, ==, own);
  /* Its own time is no hindrance; the past is, and so is every other visit of the provider. */
  g_assert_false (is_shaded (desk, column, own));
  g_assert_true (is_shaded (desk, column, 9 * 60));
  for (guint i = 0; i < n_items; i++)
    {
      g_autofree char *conflicts = NULL;

      if (items[i].visit == visit || !rcp_visit_status_takes_time (rcp_visit_get_status (items[i].visit)))
        continue;
      g_assert_true (is_shaded (desk, column, items[i].start));
      rcp_hold_model_set_place (desk->hold, column, items[i].start);
      conflicts = rcp_hold_model_describe_conflicts (desk->hold);
      g_assert_nonnull (strstr (conflicts, rcp_visit_get_patient_name (items[i].visit)));
      g_assert_false (rcp_hold_model_may_put (desk->hold));
    }
  rcp_hold_model_set_place (desk->hold, column, 9 * 60);
  over = rcp_hold_model_describe_conflicts (desk->hold);
  g_assert_nonnull (strstr (over, "over"));
  g_assert_false (rcp_hold_model_may_overbook (desk->hold));
  go_to_free_place (desk);
  g_assert_true (rcp_hold_model_may_put (desk->hold));
  g_assert_null (rcp_hold_model_describe_conflicts (desk->hold));
  text = rcp_hold_model_describe (desk->hold);
  g_assert_nonnull (strstr (text, rcp_visit_get_patient_name (visit)));
  rcp_hold_model_let_go (desk->hold);
  g_assert_null (rcp_hold_model_get_held (desk->hold));
  g_assert_cmpint (read_start (fixture, rcp_visit_get_id (visit)), ==, rcp_visit_get_range (visit).start);
}

static void
test_steps_from_place_to_place (Fixture *fixture, gconstpointer data)
{
  Desk *desk = &fixture->desk;
  guint column, place;
  RcpBoardSpan span, hours = rcp_board_model_get_hours (desk->board);

  g_assert_false (rcp_hold_model_step (desk->hold, RCP_BOARD_MOVE_DOWN));
  g_assert_true (rcp_hold_model_take (desk->hold, find_movable (desk, &column)));
  rcp_hold_model_set_place (desk->hold, 0, 10 * 60 + 7);
  g_assert_true (rcp_hold_model_get_place (desk->hold, &place, &span));
  g_assert_cmpint (span.start, ==, 10 * 60); /* the grain */
  g_assert_true (rcp_hold_model_step (desk->hold, RCP_BOARD_MOVE_DOWN));
  g_assert_true (rcp_hold_model_step (desk->hold, RCP_BOARD_MOVE_FORWARD));
  rcp_hold_model_get_place (desk->hold, &place, &span);
  g_assert_cmpint (span.start, ==, 10 * 60 + 15);
  g_assert_cmpuint (place, ==, 1);
  g_assert_true (rcp_hold_model_step (desk->hold, RCP_BOARD_MOVE_BACK));
  g_assert_false (rcp_hold_model_step (desk->hold, RCP_BOARD_MOVE_BACK));
  g_assert_true (rcp_hold_model_step (desk->hold, RCP_BOARD_MOVE_FIRST));
  g_assert_false (rcp_hold_model_step (desk->hold, RCP_BOARD_MOVE_UP));
  g_assert_true (rcp_hold_model_step (desk->hold, RCP_BOARD_MOVE_LAST));
  rcp_hold_model_get_place (desk->hold, &place, &span);
  g_assert_cmpint (span.start, ==, hours.end - 15);
  g_assert_false (rcp_hold_model_step (desk->hold, RCP_BOARD_MOVE_DOWN));
}

static void
test_moves_and_undoes (Fixture *fixture, gconstpointer data)
{
  Desk *desk = &fixture->desk;
  guint column;
  g_autoptr (RcpVisit) visit = g_object_ref (find_movable (desk, &column));
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (rcp_undo_model_get_text (desk->undo, 0));
  g_assert_true (rcp_hold_model_take (desk->hold, visit));
  go_to_free_place (desk);
  moved = put (desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (rcp_hold_model_get_held (desk->hold));
  g_assert_cmpuint (g_list_model_get_n_items (rcp_hold_model_get_pinboard (desk->hold)), ==, 0);
  g_assert_cmpint (read_start (fixture, rcp_visit_get_id (visit)), ==, rcp_visit_get_range (moved).start);
  g_assert_nonnull (strstr (rcp_undo_model_get_text (desk->undo, 0), "moved to"));
  g_assert_true (undo (desk, 0, &error));
  g_assert_cmpint (read_start (fixture, rcp_visit_get_id (visit)), ==, rcp_visit_get_range (visit).start);
  /* An undo is not undone, and not done twice. */
  g_assert_false (undo (desk, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Two places may begin at one time: the start alone would not tell. */
static gboolean
is_same_version (RcpVisit *visit, RcpVisit *other)
{
  return g_strcmp0 (fhir_resource_get_version_id (rcp_visit_get_resource (visit)), fhir_resource_get_version_id (rcp_visit_get_resource (other))) == 0;
}

static void
test_undo_is_refused (Fixture *fixture, gconstpointer data)
{
  Desk *desk = &fixture->desk, other = { 0 };
  guint column;
  const char *id;
  g_autoptr (RcpVisit) visit = g_object_ref (find_movable (desk, &column));
  g_autoptr (RcpVisit) moved = NULL, again = NULL, third = NULL;
  g_autoptr (GError) error = NULL;

  id = rcp_visit_get_id (visit);
  rcp_hold_model_take (desk->hold, visit);
  go_to_free_place (desk);
  moved = put (desk, NULL, &error);
  g_assert_no_error (error);
  /* Another desk moves it on. */
  open_desk (fixture, &other);
  g_assert_true (rcp_hold_model_take (other.hold, rcp_board_model_find_visit (other.board, id)));
  go_to_free_place (&other);
  again = put (&other, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (undo (desk, 0, &error));
  g_assert_true (g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED)
                 || g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN));
  g_clear_error (&error);
  g_assert_cmpint (read_start (fixture, id), ==, rcp_visit_get_range (again).start);
  close_desk (&other);
  /* And when the time for it is over. */
  g_settings_set_int (fixture->settings, "undo-grace", 0);
  WAIT_FOR (rcp_board_model_find_visit (desk->board, id) && is_same_version (rcp_board_model_find_visit (desk->board, id), again));
  rcp_hold_model_take (desk->hold, rcp_board_model_find_visit (desk->board, id));
  go_to_free_place (desk);
  third = put (desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (rcp_undo_model_get_text (desk->undo, 0));
  g_assert_false (undo (desk, 0, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TOO_LATE);
}

/* Where another visit is only with a reason. */
static void
test_overbooks_on_purpose (Fixture *fixture, gconstpointer data)
{
  Desk *desk = &fixture->desk;
  guint column, n_items, i;
  g_autoptr (RcpVisit) visit = g_object_ref (find_movable (desk, &column));
  const RcpBoardItem *items = rcp_board_model_get_items (desk->board, column, &n_items);
  g_autoptr (RcpVisit) none = NULL, moved = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  g_assert_true (rcp_hold_model_take (desk->hold, visit));
  for (i = 0; i < n_items; i++)
    if (items[i].visit != visit && rcp_visit_get_range (items[i].visit).start > NOW)
      break;
  g_assert_cmpuint (i, <, n_items);
  rcp_hold_model_set_place (desk->hold, column, items[i].start);
  conflicts = rcp_hold_model_list_conflicts (desk->hold);
  g_assert_cmpuint (conflicts->len, >=, 1);
  none = put (desk, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_true (rcp_hold_model_get_held (desk->hold) == visit);
  g_assert_true (rcp_hold_model_may_overbook (desk->hold));
  moved = put (desk, "Asked for by the provider", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_overbook_reason (moved), ==, "Asked for by the provider");
  g_assert_true (undo (desk, 0, &error));
  g_assert_cmpint (read_start (fixture, rcp_visit_get_id (visit)), ==, rcp_visit_get_range (visit).start);
}

static void
test_pinboard_outlives_the_day (Fixture *fixture, gconstpointer data)
{
  Desk *desk = &fixture->desk;
  GListModel *pinboard = rcp_hold_model_get_pinboard (desk->hold);
  guint column;
  g_autoptr (RcpVisit) visit = g_object_ref (find_movable (desk, &column));
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rcp_hold_model_take (desk->hold, visit));
  rcp_hold_model_park (desk->hold);
  g_assert_null (rcp_hold_model_get_held (desk->hold));
  g_assert_cmpuint (g_list_model_get_n_items (pinboard), ==, 1);
  rcp_board_model_step (desk->board, 1);
  WAIT_FOR (rcp_board_model_get_state (desk->board) == RCP_BOARD_READY);
  g_assert_cmpuint (g_list_model_get_n_items (pinboard), ==, 1);
  g_assert_true (rcp_hold_model_take (desk->hold, visit));
  WAIT_FOR (find_free (desk, 0, 480) >= 0 || find_free (desk, 1, 480) >= 0 || find_free (desk, 2, 480) >= 0);
  go_to_free_place (desk);
  moved = put (desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_range (moved).start, >, rcp_visit_get_range (visit).start + 12 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (read_start (fixture, rcp_visit_get_id (visit)), ==, rcp_visit_get_range (moved).start);
  g_assert_cmpuint (g_list_model_get_n_items (pinboard), ==, 0);
}

/* The record is away half-way: the visit stays in the hand, where it was in the record, and the next try moves it. */
static void
test_nothing_is_lost (Fixture *fixture, gconstpointer data)
{
  Desk *desk = &fixture->desk;
  guint column;
  g_autoptr (RcpVisit) visit = g_object_ref (find_movable (desk, &column));
  g_autoptr (RcpVisit) none = NULL, moved = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rcp_hold_model_take (desk->hold, visit));
  go_to_free_place (desk);
  practice_fixture_kill (fixture->practice);
  none = put (desk, NULL, &error);
  g_assert_null (none);
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_nonnull (rcp_hold_model_get_held (desk->hold));
  g_assert_false (rcp_hold_model_is_busy (desk->hold));
  g_assert_null (rcp_undo_model_get_text (desk->undo, 0));
  practice_fixture_start (fixture->practice);
  g_assert_cmpint (read_start (fixture, rcp_visit_get_id (visit)), ==, rcp_visit_get_range (visit).start);
  moved = put (desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read_start (fixture, rcp_visit_get_id (visit)), ==, rcp_visit_get_range (moved).start);
}

/* Changed at another desk while it was held: refused, told, and the next try is with the visit as it is now. */
static void
test_changed_meanwhile (Fixture *fixture, gconstpointer data)
{
  Desk *desk = &fixture->desk, other = { 0 };
  guint column;
  const char *id;
  g_autoptr (RcpVisit) visit = g_object_ref (find_movable (desk, &column));
  g_autoptr (RcpVisit) by_other = NULL, none = NULL, moved = NULL;
  g_autoptr (GError) error = NULL;

  id = rcp_visit_get_id (visit);
  open_desk (fixture, &other);
  rcp_hold_model_take (desk->hold, visit);
  rcp_board_model_step (desk->board, 1);
  WAIT_FOR (rcp_board_model_get_state (desk->board) == RCP_BOARD_READY);
  WAIT_FOR (find_free (desk, 0, 480) >= 0 || find_free (desk, 1, 480) >= 0 || find_free (desk, 2, 480) >= 0);
  rcp_hold_model_take (other.hold, rcp_board_model_find_visit (other.board, id));
  go_to_free_place (&other);
  by_other = put (&other, NULL, &error);
  g_assert_no_error (error);
  go_to_free_place (desk);
  none = put (desk, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED);
  g_clear_error (&error);
  g_assert_cmpint (read_start (fixture, id), ==, rcp_visit_get_range (by_other).start);
  rcp_board_model_step (desk->board, -1);
  WAIT_FOR (rcp_visit_get_range (rcp_hold_model_get_held (desk->hold)).start == rcp_visit_get_range (by_other).start);
  go_to_free_place (desk);
  moved = put (desk, NULL, &error);
  g_assert_no_error (error);
  close_desk (&other);
}

static void
test_over_is_not_moved (Fixture *fixture, gconstpointer data)
{
  Desk *desk = &fixture->desk;

  for (guint column = 0; column < rcp_board_model_get_n_columns (desk->board); column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (desk->board, column, &n_items);

      for (guint i = 0; i < n_items; i++)
        if (rcp_visit_get_status (items[i].visit) == RCP_VISIT_FULFILLED)
          {
            g_assert_false (rcp_hold_model_take (desk->hold, items[i].visit));
            g_assert_cmpuint (g_list_model_get_n_items (rcp_hold_model_get_pinboard (desk->hold)), ==, 0);
            return;
          }
    }
  g_assert_not_reached ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/ui/hold-model/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("shades-what-is-in-the-way", test_shades_what_is_in_the_way);
  ADD ("steps-from-place-to-place", test_steps_from_place_to_place);
  ADD ("moves-and-undoes", test_moves_and_undoes);
  ADD ("undo-is-refused", test_undo_is_refused);
  ADD ("overbooks-on-purpose", test_overbooks_on_purpose);
  ADD ("pinboard-outlives-the-day", test_pinboard_outlives_the_day);
  ADD ("nothing-is-lost", test_nothing_is_lost);
  ADD ("changed-meanwhile", test_changed_meanwhile);
  ADD ("over-is-not-moved", test_over_is_not_moved);
#undef ADD
  return g_test_run ();
}
