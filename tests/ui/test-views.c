/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The month and the agenda in the real window, by real keys: rcp-month-view.c, rcp-agenda-view.c, rcp-agenda-row.c,
 * rcp-window-views.c; and the desk of one provider: rcp-window-own.c, rcp-own-dialog.c. */

#define G_LOG_DOMAIN "test-views"

#include "config.h"

#include "ui-picture.h"
#include "ui/board/rcp-board-grid.h"
#include "ui/rcp-window-private.h"
#include "ui/views/rcp-agenda-row.h"
#include "ui/views/rcp-agenda-view.h"
#include "ui/views/rcp-month-view.h"
#include "window-fixture.h"
#include "window-keys.h"

#define MONDAY G_GINT64_CONSTANT (1795392000) /* 23 November 2026, 0:00 UTC */

static GtkWidget *
find_type (WindowFixture *fixture, const char *name)
{
  return window_find (GTK_WIDGET (fixture->window), window_is_type, name);
}

static gboolean
is_shown_cell (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "month-cell") && gtk_widget_has_css_class (widget, "shown") && gtk_widget_get_mapped (widget);
}

static gboolean
is_cell (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "month-cell");
}

static gboolean
is_counted_cell (GtkWidget *widget, gconstpointer data)
{
  return is_shown_cell (widget, NULL) && window_find (widget, window_is_type, "GtkLevelBar");
}

/* What is read aloud: (transfer full). */
static char *
dup_spoken (GtkWidget *widget)
{
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
}

static const char *
get_title (WindowFixture *fixture)
{
  return adw_window_title_get_title (ADW_WINDOW_TITLE (find_type (fixture, "AdwWindowTitle")));
}

static void
open_window (WindowFixture *fixture, PracticeFixture *practice)
{
  window_fixture_open (fixture, practice);
  gtk_widget_grab_focus (find_type (fixture, "RcpBoardView"));
  WAIT_FOR (window_get_active () == GTK_WINDOW (fixture->window));
}

/* The keys for it are of the program: test_focus.py. */
static void
show (WindowFixture *fixture, const char *view)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.view", "s", view));
}

static guint
count_visits_today (WindowFixture *fixture)
{
  GDate monday;
  g_autoptr (RcpDay) day = NULL;
  guint n = 0;

  g_date_clear (&monday, 1);
  g_date_set_dmy (&monday, 23, 11, 2026);
  day = rcp_day_book_get (rcp_desk_get_day_book (fixture->desk), &monday);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (day)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);

      n += rcp_visit_status_takes_time (rcp_visit_get_status (visit));
    }
  return n;
}

static gboolean
says (WindowFixture *fixture, const char *text)
{
  GtkWidget *cell = window_find (GTK_WIDGET (fixture->window), is_shown_cell, NULL);
  g_autofree char *spoken = cell ? dup_spoken (cell) : NULL;

  return spoken && strstr (spoken, text);
}

/* The numbers of the day that everybody knows are those of its board; the keyboard goes from day to day and into one. */
static void
test_month (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *expected = NULL, *spoken = NULL;

  open_window (fixture, practice);
  show (fixture, "month");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  g_assert_cmpuint (window_count (GTK_WIDGET (fixture->window), is_cell, NULL), ==, 42);
  g_assert_cmpstr (get_title (fixture), ==, "November 2026");
  expected = g_strdup_printf ("Monday, 23 November 2026, today, %u visits, ", count_visits_today (fixture));
  spoken = dup_spoken (window_find (GTK_WIDGET (fixture->window), is_shown_cell, NULL));
  g_assert_true (g_str_has_prefix (spoken, expected));
  ui_picture_save (GTK_WIDGET (fixture->window), "month");

  g_assert_true (is_shown_cell (window_get_focus (), NULL));
  window_press ("Down Right");
  g_assert_true (says (fixture, "Tuesday, 1 December 2026"));
  g_assert_cmpstr (get_title (fixture), ==, "December 2026");
  g_assert_true (is_shown_cell (window_get_focus (), NULL));
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  window_press ("Prior");
  g_assert_cmpstr (get_title (fixture), ==, "November 2026");
  g_assert_true (says (fixture, "Sunday, 1 November 2026"));
  window_press ("Return");
  g_assert_cmpstr (get_title (fixture), ==, "Sunday, 1 November 2026");
  g_assert_null (window_find (GTK_WIDGET (fixture->window), is_shown_cell, NULL));
  g_assert_nonnull (find_type (fixture, "RcpBoardGrid"));
}

static char *
dup_shown (WindowFixture *fixture)
{
  return dup_spoken (window_find (GTK_WIDGET (fixture->window), is_shown_cell, NULL));
}

/* Of ", 17 free". */
static int
get_free (const char *spoken)
{
  const char *end = strstr (spoken, " free"), *start = end;

  g_assert_nonnull (end);
  while (start > spoken && g_ascii_isdigit (start[-1]))
    start--;
  return atoi (start);
}

/* A provider's own calendar keeps some of today and all of Thursday. Nobody chose calendars for this desk, so that it forgets them a second
 * after the record was opened; told again they are as before. */
static gboolean
keep_time (WindowFixture *fixture)
{
  const RcpBusy kept[] = {
    { { (MONDAY + 14 * 3600) * G_USEC_PER_SEC, (MONDAY + 16 * 3600 + 1800) * G_USEC_PER_SEC }, RCP_BUSY_BUSY },
    { { (MONDAY + 3 * 86400) * G_USEC_PER_SEC, (MONDAY + 4 * 86400) * G_USEC_PER_SEC }, RCP_BUSY_AWAY },
  };
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk)), 0);
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));

  g_array_append_vals (busy, kept, G_N_ELEMENTS (kept));
  rcp_busy_times_set (rcp_desk_get_busy_times (fixture->desk), rcp_provider_get_practitioner_id (provider), busy, 0);
  return TRUE;
}

/* What the calendars of providers keep of their working time is told with the day, and is free no more. */
static void
test_month_has_busy_time (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *before = NULL, *after = NULL;

  open_window (fixture, practice);
  show (fixture, "month");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  before = dup_shown (fixture);
  g_assert_null (strstr (before, "Busy"));
  WAIT_FOR (keep_time (fixture) && says (fixture, ", Busy 2 h 30 min"));
  after = dup_shown (fixture);
  g_test_message ("%s; %s", before, after);
  g_assert_cmpint (get_free (after), <, get_free (before));
  ui_picture_save (GTK_WIDGET (fixture->window), "month-busy");
  /* Away all day: that is the working time of the day. */
  window_press ("Right Right Right");
  WAIT_FOR (keep_time (fixture) && says (fixture, ", Busy 7 h 30 min"));
  rcp_busy_times_clear (rcp_desk_get_busy_times (fixture->desk));
  WAIT_FOR (!says (fixture, "Busy"));
}

static guint64
count_requests (WindowFixture *fixture)
{
  return fhir_client_get_n_requests (rcp_desk_get_client (fixture->desk));
}

static void
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  guint tick = g_timeout_add (50, window_fixture_on_tick_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

/* Until all that a record brings with it is read, its hours included, which come a second later. */
static void
wait_until_quiet (WindowFixture *fixture)
{
  gint64 end = g_get_monotonic_time () + keep_result_get_patience ();
  guint64 before;

  rcp_day_book_set_watching (rcp_desk_get_day_book (fixture->desk), FALSE);
  do
    {
      before = count_requests (fixture);
      run_for (2500);
      if (g_get_monotonic_time () > end)
        keep_result_too_late ("the record is quiet");
    }
  while (count_requests (fixture) != before);
}

/* From day to day nothing is read: the numbers of the month are there, and the visits nobody sees. Who opens a day sees those of it. */
static void
test_month_reads_no_days (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  RcpBoardModel *model;
  guint64 before;

  open_window (fixture, practice);
  model = fixture->window->model;
  show (fixture, "month");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  wait_until_quiet (fixture);
  before = count_requests (fixture);
  window_press ("Right Right Right Right");
  g_assert_true (says (fixture, "Friday, 27 November 2026"));
  window_press ("Left Left");
  g_assert_true (says (fixture, "Wednesday, 25 November 2026"));
  run_for (1000);
  g_assert_cmpuint (count_requests (fixture), ==, before);
  g_assert_cmpint (rcp_board_model_get_state (model), ==, RCP_BOARD_LOADING);

  window_press ("Return");
  g_assert_cmpstr (get_title (fixture), ==, "Wednesday, 25 November 2026");
  WAIT_FOR (rcp_board_model_get_state (model) == RCP_BOARD_READY);
  g_assert_cmpuint (count_requests (fixture), >, before);
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), >, 20);

  /* A week that is opened from a month is read as well. */
  show (fixture, "month");
  window_press ("Down");
  show (fixture, "week");
  WAIT_FOR (rcp_board_model_get_state (model) == RCP_BOARD_READY);
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), >, 100);
}

/* A visit that nobody sees is not marked by a key. */
static void
test_no_visit_is_at_hand_in_the_month (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  g_autoptr (FhirSearch) search = fhir_search_new ("Provenance");
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  open_window (fixture, practice);
  window_press ("Down");
  show (fixture, "month");
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_counted_cell, NULL));
  window_press ("c a d x Delete");
  g_assert_true (window_get_active () == GTK_WINDOW (fixture->window));
  fhir_client_search_async (client, search, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_finish (client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 0);
}

static RcpAgendaView *
find_agenda (WindowFixture *fixture)
{
  return RCP_AGENDA_VIEW (find_type (fixture, "RcpAgendaView"));
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

  open_window (fixture, practice);
  show (fixture, "agenda");
  g_assert_cmpstr (get_title (fixture), ==, "22 – 28 November 2026");
  WAIT_FOR (!find_type (fixture, "GtkSpinner") && find_agenda (fixture));
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
  WAIT_FOR (find_type (fixture, "RcpVisitPanel"));
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

  open_window (fixture, practice);
  show (fixture, "agenda");
  WAIT_FOR (!find_type (fixture, "GtkSpinner") && find_agenda (fixture));
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
  wait_until_quiet (fixture);
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
  WAIT_FOR (find_type (fixture, "RcpHeldPlace"));
  window_press ("Escape");
  g_assert_null (find_type (fixture, "RcpHeldPlace"));
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

  open_window (fixture, practice);
  model = fixture->window->model;
  rcp_window_set_view (fixture->window, "day");
  rcp_board_model_set_cursor (model, 0, 10 * 60);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.own-week", NULL));
  show (fixture, "agenda");
  WAIT_FOR (find_agenda (fixture) && rcp_board_model_get_state (model) == RCP_BOARD_READY
            && find_free_row (fixture) < g_list_model_get_n_items (get_rows (fixture)));
  wait_until_quiet (fixture);
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

  open_window (fixture, practice);
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

  show (fixture, "agenda");
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

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();

#define ADD(name, test) g_test_add ("/views/" name, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)
  ADD ("month", test_month);
  ADD ("month-has-busy-time", test_month_has_busy_time);
  ADD ("month-reads-no-days", test_month_reads_no_days);
  ADD ("no-visit-is-at-hand-in-the-month", test_no_visit_is_at_hand_in_the_month);
  ADD ("agenda", test_agenda);
  ADD ("agenda-tells-the-time", test_agenda_tells_the_time);
  ADD ("free-time-passes", test_free_time_passes);
  ADD ("keys-act-on-the-row", test_keys_act_on_the_row);
  ADD ("own-days", test_own_days);
#undef ADD

  return g_test_run ();
}
