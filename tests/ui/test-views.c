/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The agenda in the real window, by real keys: rcp-agenda-view.c, rcp-agenda-row.c, rcp-window-views.c; and the desk of one provider:
 * rcp-window-own.c, rcp-own-dialog.c. */

#define G_LOG_DOMAIN "test-views"

#include "config.h"

#include "ui-picture.h"
#include "ui/board/rcp-board-grid.h"
#include "ui/rcp-window-private.h"
#include "ui/views/rcp-agenda-row.h"
#include "ui/views/rcp-agenda-view.h"
#include "views-window.h"
#include "window-keys.h"

#define MONDAY G_GINT64_CONSTANT (1795392000) /* 23 November 2026, 0:00 UTC */

static RcpAgendaView *
find_agenda (WindowFixture *fixture)
{
  return RCP_AGENDA_VIEW (views_find_type (fixture, "RcpAgendaView"));
}

static gboolean
is_agenda_list (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_has_css_class (widget, "agenda");
}

static GListModel *
get_rows (WindowFixture *fixture)
{
  GtkWidget *list = window_find (GTK_WIDGET (fixture->window), is_agenda_list, NULL);

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

/* Every visit of the week once, and a head for each day that has some. */
static void
test_agenda (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  guint n_visits = 0;
  GDate date;

  views_open (fixture, practice);
  views_show (fixture, "agenda");
  g_assert_cmpstr (views_get_title (fixture), ==, "22 – 28 November 2026");
  WAIT_FOR (!views_find_type (fixture, "GtkSpinner") && find_agenda (fixture));
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 22, 11, 2026);
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (RcpDay) day = rcp_day_book_get (rcp_desk_get_day_book (fixture->desk), &date);

      WAIT_FOR (rcp_day_is_loaded (day));
      n_visits += g_list_model_get_n_items (G_LIST_MODEL (day)) + (g_list_model_get_n_items (G_LIST_MODEL (day)) > 0);
      g_date_add_days (&date, 1);
    }
  WAIT_FOR (g_list_model_get_n_items (get_rows (fixture)) == n_visits);
  g_assert_cmpuint (n_visits, >, 300);
  window_press ("t");
  WAIT_FOR (rcp_agenda_view_get_visit (find_agenda (fixture)));
  g_assert_cmpint (rcp_visit_get_range (rcp_agenda_view_get_visit (find_agenda (fixture))).end, >, MONDAY * G_USEC_PER_SEC);
  ui_picture_save (GTK_WIDGET (fixture->window), "agenda");

  window_press ("Return");
  WAIT_FOR (views_find_type (fixture, "RcpVisitPanel"));
}

/* (transfer full): moves down to the first visit that is booked and not confirmed yet. */
static RcpVisit *
go_to_booked (WindowFixture *fixture)
{
  RcpVisit *visit = NULL;

  for (guint i = 0; i < 200; i++)
    {
      visit = rcp_agenda_view_get_visit (find_agenda (fixture));
      if (visit && rcp_visit_get_status (visit) == RCP_VISIT_BOOKED)
        return g_object_ref (visit);
      window_press ("Down");
    }
  return NULL;
}

/* (transfer full): the same, in the agenda of today. */
static RcpVisit *
begin_at_booked (WindowFixture *fixture, PracticeFixture *practice)
{
  RcpVisit *booked;

  views_open (fixture, practice);
  views_show (fixture, "agenda");
  WAIT_FOR (!views_find_type (fixture, "GtkSpinner") && find_agenda (fixture));
  window_press ("t");
  WAIT_FOR (rcp_agenda_view_get_visit (find_agenda (fixture)));
  booked = go_to_booked (fixture);
  g_assert_nonnull (booked);
  return booked;
}

/* Of "Checked in, waits 12 min" and its likes; -1 of a status without a time. */
static int
get_minutes (GtkWidget *label)
{
  const char *text = gtk_label_get_label (GTK_LABEL (label)), *end = strstr (text, " min");

  while (end && end > text && g_ascii_isdigit (end[-1]))
    end--;
  return end ? atoi (end) : -1;
}

static gboolean
is_status_with_minutes (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "agenda-status") && gtk_widget_get_mapped (widget) && get_minutes (widget) >= 0;
}

static void
pass_minutes (WindowFixture *fixture, guint minutes)
{
  RcpClock *clock = rcp_desk_get_clock (fixture->desk);

  rcp_clock_set_now (clock, rcp_clock_get_now (clock) + minutes * G_TIME_SPAN_MINUTE);
  rcp_board_model_tick (fixture->window->model);
}

/* How long somebody waits is told anew each minute. */
static void
test_agenda_tells_the_time (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) booked = NULL;
  GtkWidget *label;
  int minutes;

  booked = begin_at_booked (fixture, practice);
  window_press ("a");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_status_with_minutes, NULL));
  views_wait_until_quiet (fixture);
  label = window_find (GTK_WIDGET (fixture->window), is_status_with_minutes, NULL);
  minutes = get_minutes (label);
  pass_minutes (fixture, 3);
  g_assert_cmpint (get_minutes (label), ==, minutes + 3);
}

/* A key acts on the row of the keyboard, and that row keeps it; a cut visit is put on the grid, where its places are seen. */
static void
test_keys_act_on_the_row (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) booked = NULL;
  RcpVisit *visit;

  booked = begin_at_booked (fixture, practice);
  window_press ("c");
  WAIT_FOR ((visit = rcp_agenda_view_get_visit (find_agenda (fixture))) && rcp_visit_get_status (visit) == RCP_VISIT_CONFIRMED);
  g_assert_cmpstr (rcp_visit_get_id (visit), ==, rcp_visit_get_id (booked));
  window_press ("ctrl+x");
  g_assert_null (find_agenda (fixture));
  WAIT_FOR (views_find_type (fixture, "RcpHeldPlace"));
  window_press ("Escape");
  g_assert_null (views_find_type (fixture, "RcpHeldPlace"));
}

static RcpAgendaRow *
get_row (WindowFixture *fixture, guint index) /* borrowed */
{
  g_autoptr (RcpAgendaRow) row = g_list_model_get_item (get_rows (fixture), index);

  return row;
}

static guint
find_free_row (WindowFixture *fixture)
{
  guint n_rows = g_list_model_get_n_items (get_rows (fixture));

  for (guint i = 0; i < n_rows; i++)
    if (get_row (fixture, i)->kind == RCP_AGENDA_FREE)
      return i;
  return n_rows;
}

/* Time that has begun is free no more: its row goes, and the day has less to give. */
static void
test_free_time_passes (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  RcpBoardModel *model;
  RcpTimeRange first;
  gint64 now;
  guint index;

  views_open (fixture, practice);
  model = fixture->window->model;
  rcp_window_set_view (fixture->window, "day");
  rcp_board_model_set_cursor (model, 0, 10 * 60);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.own-week", NULL));
  views_show (fixture, "agenda");
  WAIT_FOR (find_agenda (fixture) && rcp_board_model_get_state (model) == RCP_BOARD_READY
            && find_free_row (fixture) < g_list_model_get_n_items (get_rows (fixture)));
  views_wait_until_quiet (fixture);
  index = find_free_row (fixture);
  first = get_row (fixture, index)->range;
  now = rcp_clock_get_now (rcp_desk_get_clock (fixture->desk));
  g_assert_cmpint (first.start, >=, now);
  pass_minutes (fixture, (guint) ((first.end - now) / G_TIME_SPAN_MINUTE));
  for (guint i = 0; i < g_list_model_get_n_items (get_rows (fixture)); i++)
    if (get_row (fixture, i)->kind == RCP_AGENDA_FREE)
      g_assert_cmpint (get_row (fixture, i)->range.start, >=, first.end);
  g_assert_cmpuint (find_free_row (fixture), <, g_list_model_get_n_items (get_rows (fixture)));
}

static gboolean
is_row_of (GtkWidget *widget, gconstpointer name)
{
  GtkStringObject *chosen = ADW_IS_COMBO_ROW (widget) ? adw_combo_row_get_selected_item (ADW_COMBO_ROW (widget)) : NULL;

  return GTK_IS_STRING_OBJECT (chosen) && g_str_equal (gtk_string_object_get_string (chosen), name);
}

/* Whose desk it is, is asked for once; then one key shows that week, and the list says what is free, which can be booked from there. */
static void
test_own_days (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  RcpBoardModel *model;
  guint n_everybody, index;

  views_open (fixture, practice);
  model = fixture->window->model;
  n_everybody = rcp_board_model_get_n_owners (model);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.own-days", NULL));
  WAIT_FOR (window_get_active () != GTK_WINDOW (fixture->window) && window_get_active ());
  ui_picture_save (GTK_WIDGET (window_get_active ()), "own-dialog");
  window_type ("ruiz");
  window_press ("Return");
  WAIT_FOR (window_get_active () == GTK_WINDOW (fixture->window));
  g_assert_cmpuint (rcp_board_model_get_n_owners (model), ==, 1);
  g_assert_nonnull (strstr (rcp_board_model_get_column_name (model, 0), "Ruiz"));
  g_assert_cmpint (rcp_board_model_get_period (model), ==, RCP_BOARD_WEEK);

  views_show (fixture, "agenda");
  WAIT_FOR (find_agenda (fixture) && find_free_row (fixture) < g_list_model_get_n_items (get_rows (fixture)));
  ui_picture_save (GTK_WIDGET (fixture->window), "own-agenda");
  index = find_free_row (fixture);
  g_assert_cmpint (get_row (fixture, index)->range.start, >=, MONDAY * G_USEC_PER_SEC + (9 * 60 + 26) * G_TIME_SPAN_MINUTE);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (get_rows (fixture)), index);
  gtk_widget_grab_focus (GTK_WIDGET (find_agenda (fixture)));
  window_press ("Return");
  WAIT_FOR (window_get_active () != GTK_WINDOW (fixture->window) && window_get_active ());
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (window_get_active ()), ==, "RcpBookingDialog");
  window_press ("Escape");
  WAIT_FOR (window_get_active () == GTK_WINDOW (fixture->window));
  window_press ("n");
  WAIT_FOR (window_get_active () != GTK_WINDOW (fixture->window) && window_get_active ());
  g_assert_nonnull (window_find (GTK_WIDGET (window_get_active ()), is_row_of, "Dr. Ana Ruiz"));
  window_press ("Escape");
  WAIT_FOR (window_get_active () == GTK_WINDOW (fixture->window));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.own-days", NULL));
  g_assert_cmpuint (rcp_board_model_get_n_owners (model), ==, n_everybody);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.own-days", NULL));
  g_assert_cmpuint (rcp_board_model_get_n_owners (model), ==, 1);
}

static gboolean
is_in_sight (GtkWidget *row)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return scrolled && gtk_widget_compute_bounds (row, scrolled, &bounds) && graphene_rect_get_height (&bounds) > 0
         && graphene_rect_get_y (&bounds) >= 0
         && graphene_rect_get_y (&bounds) + graphene_rect_get_height (&bounds) <= gtk_widget_get_height (scrolled);
}

/* (transfer full): the last visit of the week that the agenda shows. */
static RcpVisit *
get_last_visit (WindowFixture *fixture)
{
  guint n_rows = g_list_model_get_n_items (get_rows (fixture));

  while (n_rows > 0 && !get_row (fixture, n_rows - 1)->visit)
    n_rows--;
  g_assert_cmpuint (n_rows, >, 0);
  return g_object_ref (get_row (fixture, n_rows - 1)->visit);
}

static gboolean
is_at_row_of (WindowFixture *fixture, RcpVisit *visit)
{
  GtkWidget *focus = window_get_focus ();
  RcpVisit *own = find_agenda (fixture) ? rcp_agenda_view_get_visit (find_agenda (fixture)) : NULL;

  return own && focus && g_strcmp0 (rcp_visit_get_id (own), rcp_visit_get_id (visit)) == 0 && !GTK_IS_LIST_VIEW (focus)
         && gtk_widget_is_ancestor (focus, GTK_WIDGET (find_agenda (fixture))) && is_in_sight (focus);
}

static void
go_to_page (WindowFixture *fixture, const char *name)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", name);
  WAIT_FOR (!rcp_window_is_board_seen (fixture->window) && !find_agenda (fixture));
}

/* From another page a view is gone to, also the one that was shown last, and the keyboard is in it: in the list at a row that is seen. */
static void
test_views_from_another_page (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) last = NULL, first = NULL;

  first = begin_at_booked (fixture, practice);
  last = get_last_visit (fixture);
  go_to_page (fixture, "waiting");
  rcp_board_model_set_cursor_visit (fixture->window->model, last);
  views_show (fixture, "agenda");
  WAIT_FOR (is_at_row_of (fixture, last));
  go_to_page (fixture, "wait-list");
  rcp_board_model_set_cursor_visit (fixture->window->model, first);
  views_show (fixture, "agenda");
  WAIT_FOR (is_at_row_of (fixture, first));
  /* By the page alone, which brings the keyboard back to where it was. */
  go_to_page (fixture, "wait-list");
  rcp_board_model_set_cursor_visit (fixture->window->model, last);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "board");
  WAIT_FOR (is_at_row_of (fixture, last));
  go_to_page (fixture, "waiting");
  views_show (fixture, "day");
  WAIT_FOR (rcp_window_is_board_seen (fixture->window));
  g_assert_true (gtk_widget_is_ancestor (window_get_focus (), views_find_type (fixture, "RcpBoardView")));
  go_to_page (fixture, "waiting");
  views_show (fixture, "month");
  WAIT_FOR (views_find_type (fixture, "RcpMonthView"));
  g_assert_true (gtk_widget_is_ancestor (window_get_focus (), views_find_type (fixture, "RcpMonthView")));
}

/* The list is there for the first time. */
static void
test_agenda_from_another_page (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;

  views_open (fixture, practice);
  visit = window_fixture_pick_late_visit (fixture, 0);
  rcp_board_model_set_cursor_visit (fixture->window->model, visit);
  go_to_page (fixture, "waiting");
  views_show (fixture, "agenda");
  WAIT_FOR (is_at_row_of (fixture, visit));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();

#define ADD(name, test) g_test_add ("/views/" name, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)
  ADD ("agenda", test_agenda);
  ADD ("agenda-tells-the-time", test_agenda_tells_the_time);
  ADD ("free-time-passes", test_free_time_passes);
  ADD ("keys-act-on-the-row", test_keys_act_on_the_row);
  ADD ("own-days", test_own_days);
  ADD ("from-another-page", test_views_from_another_page);
  ADD ("agenda-from-another-page", test_agenda_from_another_page);
#undef ADD

  return g_test_run ();
}
