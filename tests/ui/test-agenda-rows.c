/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the agenda says of the time between the visits, without a display: rcp-agenda-rows.c, rcp-agenda-row.c. */

#define G_LOG_DOMAIN "test-agenda-rows"

#include "board-fixture.h"
#include "ui/views/rcp-agenda-rows.h"

#define GRAIN 15
#define N_GRAINS (24 * 60 / GRAIN)
#define N_ROUNDS 300
/* The clock says 9:26: what began before that is not offered any more. */
#define FIRST_GRAIN (9 * 60 / GRAIN + 2)

static gint64
grain (guint index)
{
  return board_fixture_instant ("00:00") + (gint64) index * GRAIN * G_TIME_SPAN_MINUTE;
}

static RcpTimeRange
grains (guint start, guint n)
{
  return (RcpTimeRange) { grain (start), grain (start + n) };
}

/* By steps of the board, what one provider does: the slow reference. */
typedef struct
{
  gboolean is_open[N_GRAINS];
  guint n_visits[N_GRAINS];
  gboolean is_blocked[N_GRAINS];
  RcpBusyKind busy[N_GRAINS];
} Day;

/* What is blocked is told as such, and not as open. */
static void
set_open (RcpBoardModel *model, const Day *day)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  for (guint i = 0; i < N_GRAINS; i++)
    {
      RcpTimeRange range = grains (i, 1);
      RcpTimeRange *last = open->len > 0 ? &g_array_index (open, RcpTimeRange, open->len - 1) : NULL;

      if (!day->is_open[i] || day->is_blocked[i])
        continue;
      if (last && last->end == range.start)
        last->end = range.end;
      else
        g_array_append_val (open, range);
    }
  rcp_board_model_set_open_ranges (model, "s-00", open);
}

static void
add_random (RcpBoardModel *model, Day *day)
{
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (RcpBlock));
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();

  for (guint i = 8 * 4; i < 17 * 4; i++)
    {
      int what = g_test_rand_int_range (0, 10);
      g_autofree char *id = g_strdup_printf ("v%02u", i);
      RcpBlock block = { grains (i, 1), RCP_BLOCK_MEETING, NULL };
      RcpBusy kept = { grains (i, 1), what == 4 ? RCP_BUSY_BUSY : RCP_BUSY_TENTATIVE };
      g_autoptr (RcpVisit) visit = board_fixture_visit_at (id, "00", grains (i, 2));

      if (what < 2 && i % 2 == 0)
        {
          g_list_store_append (visits, visit);
          day->n_visits[i]++;
          day->n_visits[i + 1]++;
        }
      else if (what == 3 && day->n_visits[i] == 0 && day->is_open[i])
        {
          g_array_append_val (blocks, block);
          day->is_blocked[i] = TRUE;
        }
      else if (what == 4 || what == 5)
        {
          g_array_append_val (busy, kept);
          day->busy[i] = kept.kind;
        }
    }
  set_open (model, day);
  rcp_busy_normalize (busy);
  rcp_busy_times_set (times, "p-00", busy, 0);
  rcp_board_model_set_busy_times (model, times);
  rcp_board_model_set_blocks (model, "s-00", blocks);
  rcp_board_model_set_visits (model, G_LIST_MODEL (visits));
}

static gboolean
is_free (const Day *day, guint i)
{
  return i >= FIRST_GRAIN && day->is_open[i] && day->n_visits[i] == 0 && !day->is_blocked[i] && day->busy[i] != RCP_BUSY_BUSY;
}

static void
check_rows (GPtrArray *rows, const Day *day)
{
  gboolean told[N_GRAINS] = { FALSE };
  gint64 free = 0;
  guint n_visits = 0;
  RcpAgendaRow *head = rows->pdata[0], *last = NULL;

  g_assert_cmpint (head->kind, ==, RCP_AGENDA_HEAD);
  for (guint i = 1; i < rows->len; i++)
    {
      RcpAgendaRow *row = rows->pdata[i];

      g_assert_cmpint (row->kind, !=, RCP_AGENDA_HEAD);
      n_visits += row->kind == RCP_AGENDA_VISIT;
      if (last)
        g_assert_cmpint (last->range.start, <=, row->range.start);
      last = row;
      if (row->kind != RCP_AGENDA_FREE)
        continue;
      free += row->range.end - row->range.start;
      for (gint64 at = row->range.start; at < row->range.end; at += GRAIN * G_TIME_SPAN_MINUTE)
        {
          guint index = (guint) ((at - grain (0)) / (GRAIN * G_TIME_SPAN_MINUTE));

          g_assert_false (told[index]);
          told[index] = TRUE;
          g_assert_cmpint (row->words != NULL, ==, day->busy[index] == RCP_BUSY_TENTATIVE);
        }
    }
  for (guint i = 0; i < N_GRAINS; i++)
    g_assert_cmpint (told[i], ==, is_free (day, i));
  g_assert_cmpint (head->free, ==, free);
  g_assert_cmpuint (head->n_visits, ==, n_visits);
}

/* Free time as a slow reference counts it, in rows as long as they can be, whatever lies between. */
static void
test_random_days (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (1, 0);

  g_assert_true (rcp_agenda_rows_has_times (model));
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) rows = NULL;
      Day day = { .is_open = { FALSE } };

      for (guint i = 8 * 4; i < 17 * 4; i++)
        day.is_open[i] = i < 12 * 4 || i >= 13 * 4;
      add_random (model, &day);
      rows = rcp_agenda_rows_collect (model, board_fixture_instant ("09:26"));
      check_rows (rows, &day);
    }
}

/* One row from one visit to the next; what is blocked says so. */
static void
test_words (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (1, 0);
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  g_autoptr (RcpVisit) visit = board_fixture_visit_at ("a", "00", grains (10 * 4, 2));
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (RcpBlock));
  g_autoptr (GPtrArray) rows = NULL;
  RcpBlock block = { grains (14 * 4, 4), RCP_BLOCK_LUNCH, NULL };
  Day day = { .is_open = { FALSE } };
  static const RcpAgendaRowKind kinds[] = { RCP_AGENDA_HEAD, RCP_AGENDA_FREE, RCP_AGENDA_VISIT, RCP_AGENDA_FREE,
                                            RCP_AGENDA_FREE, RCP_AGENDA_KEPT, RCP_AGENDA_FREE };

  for (guint i = 8 * 4; i < 17 * 4; i++)
    {
      day.is_open[i] = i < 12 * 4 || i >= 13 * 4;
      day.is_blocked[i] = i >= 14 * 4 && i < 15 * 4;
    }
  set_open (model, &day);
  g_list_store_append (visits, visit);
  g_array_append_val (blocks, block);
  rcp_board_model_set_visits (model, G_LIST_MODEL (visits));
  rcp_board_model_set_blocks (model, "s-00", blocks);
  rows = rcp_agenda_rows_collect (model, board_fixture_instant ("09:26"));
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((RcpAgendaRow *) rows->pdata[i])->kind, ==, kinds[i]);
  g_assert_cmpint (((RcpAgendaRow *) rows->pdata[1])->range.start, ==, board_fixture_instant ("09:30"));
  g_assert_cmpint (((RcpAgendaRow *) rows->pdata[1])->range.end, ==, board_fixture_instant ("10:00"));
  g_assert_cmpint (((RcpAgendaRow *) rows->pdata[3])->range.end, ==, board_fixture_instant ("12:00"));
  g_assert_cmpstr (((RcpAgendaRow *) rows->pdata[5])->words, ==, "Lunch");
}

/* With others beside, the agenda is of visits alone. */
static void
test_several_providers (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (2, 4);
  g_autoptr (GPtrArray) rows = rcp_agenda_rows_collect (model, board_fixture_instant ("09:26"));

  g_assert_false (rcp_agenda_rows_has_times (model));
  g_assert_cmpuint (rows->len, ==, 1 + 2 * 4);
  g_assert_cmpint (((RcpAgendaRow *) rows->pdata[0])->free, ==, 0);
}

/* A row stays while it is of the same: the keyboard may be there. */
static void
test_rows_match (void)
{
  GDate day, other;
  RcpTimeRange range = grains (40, 2), longer = grains (40, 4), later = grains (41, 2);
  g_autoptr (RcpAgendaRow) a = NULL, b = NULL, c = NULL, d = NULL, e = NULL;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 23, 11, 2026);
  other = day;
  g_date_add_days (&other, 1);
  a = rcp_agenda_row_new_time (&day, RCP_AGENDA_FREE, range, NULL);
  b = rcp_agenda_row_new_time (&day, RCP_AGENDA_FREE, longer, "Perhaps busy");
  c = rcp_agenda_row_new_time (&day, RCP_AGENDA_FREE, later, NULL);
  d = rcp_agenda_row_new_time (&day, RCP_AGENDA_KEPT, range, "Lunch");
  e = rcp_agenda_row_new_time (&other, RCP_AGENDA_FREE, range, NULL);
  g_assert_true (rcp_agenda_row_matches (a, b));
  g_assert_false (rcp_agenda_row_matches (a, c));
  g_assert_false (rcp_agenda_row_matches (a, d));
  g_assert_false (rcp_agenda_row_matches (a, e));
  rcp_agenda_row_take_over (a, b);
  g_assert_cmpint (a->range.end, ==, longer.end);
  g_assert_cmpstr (a->words, ==, "Perhaps busy");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/agenda-rows/random-days", test_random_days);
  g_test_add_func ("/agenda-rows/words", test_words);
  g_test_add_func ("/agenda-rows/several-providers", test_several_providers);
  g_test_add_func ("/agenda-rows/match", test_rows_match);

  return g_test_run ();
}
