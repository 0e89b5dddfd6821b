/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days and weeks in the real window: rcp-window-views.c, rcp-day-head.c, rcp-board-grid-scroll.c, rcp-board-grid-heads.c. */

#define G_LOG_DOMAIN "test-weeks"

#include "config.h"

#include "ui-picture.h"
#include "ui/board/rcp-board-grid.h"
#include "ui/board/rcp-board-head.h"
#include "ui/board/rcp-day-head.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/move/rcp-held-place.h"
#include "window-fixture.h"

static gboolean
is_day_head (GtkWidget *widget, gconstpointer data)
{
  return RCP_IS_DAY_HEAD (widget);
}

static gboolean
is_head (GtkWidget *widget, gconstpointer data)
{
  return RCP_IS_BOARD_HEAD (widget);
}

static gboolean
is_subtitle (GtkWidget *widget, gconstpointer text)
{
  return ADW_IS_WINDOW_TITLE (widget) && g_strcmp0 (adw_window_title_get_subtitle (ADW_WINDOW_TITLE (widget)), text) == 0;
}

static gboolean
is_day_detail (GtkWidget *widget, gconstpointer text)
{
  return gtk_widget_has_css_class (widget, "day-detail") && window_is_label (widget, text);
}

static gboolean
is_booked (GtkWidget *widget, gconstpointer data)
{
  return window_is_visit (widget, NULL) && rcp_visit_get_status (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget))) == RCP_VISIT_CONFIRMED;
}

/* On the Monday that is today: which visit comes first among the widgets depends on which day was read first, and late in the week
 * there are no days left to go to. */
static gboolean
is_booked_today (GtkWidget *widget, gconstpointer data)
{
  const gint64 tuesday = G_GINT64_CONSTANT (1795478400) * G_USEC_PER_SEC; /* 24 November 2026, UTC */

  return is_booked (widget, data) && rcp_visit_get_range (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget))).start < tuesday;
}

static gboolean
is_conflict (GtkWidget *widget, gconstpointer data)
{
  return RCP_IS_HELD_PLACE (widget) && gtk_widget_has_css_class (widget, "conflict");
}

static void
assert_date (const GDate *date, GDateDay day, int month)
{
  g_assert_cmpuint (g_date_get_day (date), ==, day);
  g_assert_cmpint (g_date_get_month (date), ==, month);
}

static GtkWidget *
find_board (WindowFixture *fixture)
{
  return window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpBoardView");
}

static RcpBoardGrid *
find_grid (WindowFixture *fixture)
{
  return RCP_BOARD_GRID (window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpBoardGrid"));
}

static const char *
get_title (WindowFixture *fixture)
{
  return adw_window_title_get_title (ADW_WINDOW_TITLE (window_find (GTK_WIDGET (fixture->window), window_is_type, "AdwWindowTitle")));
}

static char *
get_view (WindowFixture *fixture)
{
  char *view = NULL;

  g_object_get (fixture->window, "view", &view, NULL);
  return view;
}

static void
show_week (WindowFixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (find_board (fixture), "win.view", "s", "week"));
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_day_head, NULL) && window_find (GTK_WIDGET (fixture->window), window_is_visit, NULL));
  /* The day of before is there at once, the others when they were read. */
  WAIT_FOR (!window_find (GTK_WIDGET (fixture->window), window_is_type, "GtkSpinner"));
}

/* What is read aloud at the keyboard: a visit, or free time. */
static void
assert_cursor_says (WindowFixture *fixture, const char *part)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_autofree char *label = NULL;

  g_assert_nonnull (focus);
  label = gtk_test_accessible_check_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  g_test_message ("%s", label);
  g_assert_nonnull (strstr (label, part));
}

/* (transfer container): the heads of the columns and days, in the order of a screen reader. */
static GPtrArray *
list_heads (WindowFixture *fixture)
{
  GPtrArray *heads = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (find_grid (fixture))); child; child = gtk_widget_get_next_sibling (child))
    if (RCP_IS_BOARD_HEAD (child) || RCP_IS_DAY_HEAD (child))
      g_ptr_array_add (heads, child);
  return heads;
}

/* To style a new head costs, so those of before serve the next week, each day with its columns as it was. */
static void
test_heads_serve_the_next_week (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (GPtrArray) before = NULL, after = NULL, other = NULL, back = NULL;
  g_autofree char *name = NULL;

  window_fixture_open (fixture, practice);
  show_week (fixture);
  before = list_heads (fixture);
  g_assert_cmpuint (before->len, ==, 7 + 7 * 12);
  assert_date (rcp_day_head_get_date (before->pdata[1]), 22, 11);
  name = g_strdup (gtk_widget_get_tooltip_text (before->pdata[0]));
  g_assert_true (gtk_widget_activate_action (find_board (fixture), "win.next-day", NULL));
  after = list_heads (fixture);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < before->len; i++)
    g_assert_true (before->pdata[i] == after->pdata[i]);
  assert_date (rcp_day_head_get_date (after->pdata[1]), 29, 11);
  assert_date (rcp_day_head_get_date (after->pdata[1 + 13]), 30, 11);
  gtk_test_accessible_assert_property (after->pdata[0], GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  /* A day of the same people: their heads say more now, and no day's head is left. */
  g_assert_true (gtk_widget_activate_action (find_board (fixture), "win.view", "s", "day"));
  other = list_heads (fixture);
  g_assert_cmpuint (other->len, ==, 12);
  g_assert_true (g_str_has_prefix (gtk_widget_get_tooltip_text (other->pdata[0]), name));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (other->pdata[0]), !=, name);
  g_assert_true (gtk_widget_activate_action (find_board (fixture), "win.view", "s", "week"));
  back = list_heads (fixture);
  g_assert_cmpuint (back->len, ==, before->len);
  for (guint i = 0; i < back->len; i++)
    g_assert_true (RCP_IS_DAY_HEAD (back->pdata[i]) == (i % 13 == 1));
  gtk_test_accessible_assert_property (back->pdata[0], GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_a_week_of_everyone (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *window = GTK_WIDGET (fixture->window), *head;
  g_autofree char *before = g_strdup (get_title (fixture)), *view = NULL;

  window_fixture_open (fixture, practice);
  show_week (fixture);
  g_assert_cmpuint (window_count (window, is_day_head, NULL), ==, 7);
  g_assert_cmpuint (window_count (window, is_head, NULL), ==, 7 * 12);
  g_assert_cmpstr (get_title (fixture), ==, "22 – 28 November 2026");
  ui_picture_save (window, "week-everyone");
  /* The words of each visit name its day, and so do those of free time. */
  gtk_widget_child_focus (find_board (fixture), GTK_DIR_TAB_FORWARD);
  assert_cursor_says (fixture, "Monday, 23 November 2026, ");
  for (guint i = 0; i < 12; i++)
    rcp_board_grid_press_arrow (find_grid (fixture), RCP_BOARD_MOVE_FORWARD);
  assert_cursor_says (fixture, "Tuesday, 24 November 2026, ");
  /* The next week, and its Tuesday as a day. */
  g_assert_true (gtk_widget_activate_action (find_board (fixture), "win.next-day", NULL));
  g_assert_cmpstr (get_title (fixture), ==, "29 Nov – 5 Dec 2026");
  head = window_find (window, is_day_head, NULL);
  g_assert_nonnull (head);
  gtk_test_accessible_assert_role (head, GTK_ACCESSIBLE_ROLE_BUTTON);
  assert_date (rcp_day_head_get_date (RCP_DAY_HEAD (head)), 29, 11);
  g_signal_emit_by_name (head, "clicked");
  view = get_view (fixture);
  g_assert_cmpstr (view, ==, "day");
  g_assert_cmpstr (get_title (fixture), ==, "Sunday, 29 November 2026");
  g_assert_null (window_find (window, is_day_head, NULL));
}

static void
test_a_week_of_one (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *window = GTK_WIDGET (fixture->window), *head;

  window_fixture_open (fixture, practice);
  gtk_widget_child_focus (find_board (fixture), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_activate_action (find_board (fixture), "win.own-week", NULL));
  WAIT_FOR (window_count (window, is_day_head, NULL) == 7 && window_find (window, window_is_visit, NULL));
  g_assert_cmpuint (window_count (window, is_head, NULL), ==, 0);
  g_assert_nonnull (window_find (window, is_subtitle, "Harbour Lane Clinic · Dr. Samir Haddad"));
  WAIT_FOR (window_find (window, is_day_detail, "Closed"));
  head = window_find (window, is_day_detail, "17 visits");
  g_assert_nonnull (head);
  gtk_test_accessible_assert_property (gtk_widget_get_ancestor (head, RCP_TYPE_DAY_HEAD), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Monday, 23 November 2026, Today · 17 visits");
  ui_picture_save (window, "week-own");
  /* And back, to everybody. */
  g_assert_true (gtk_widget_activate_action (find_board (fixture), "win.own-week", NULL));
  g_assert_cmpuint (window_count (window, is_head, NULL), ==, 12);
  /* A click on a head is the same. */
  g_signal_emit_by_name (find_grid (fixture), "head-activated", 0);
  g_assert_nonnull (window_find (window, is_subtitle, "Harbour Lane Clinic · Dr. Samir Haddad"));
  g_assert_true (gtk_widget_activate_action (find_board (fixture), "win.view", "s", "day"));
  g_assert_cmpuint (window_count (window, is_head, NULL), ==, 12);
}

/* On a phone a week is wider than the screen: it begins with the day that is looked at, whole, also where the keyboard is in it. */
static void
test_a_narrow_week_begins_at_its_day (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (GtkAdjustment) along = NULL;
  GtkWidget *window = GTK_WIDGET (fixture->window);

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  window_fixture_open (fixture, practice);
  gtk_widget_child_focus (find_board (fixture), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_activate_action (find_board (fixture), "win.own-week", NULL));
  WAIT_FOR (window_count (window, is_day_head, NULL) == 7 && window_find (window, is_day_detail, "17 visits"));
  gtk_test_widget_wait_for_draw (window);
  assert_cursor_says (fixture, "Monday, 23 November");
  g_object_get (find_grid (fixture), "hadjustment", &along, NULL);
  g_assert_cmpfloat (gtk_adjustment_get_upper (along), >, gtk_adjustment_get_page_size (along));
  /* Sunday has gone by, all of it and no more. */
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (along), gtk_adjustment_get_upper (along) / 7, 1);
}

/* A change in the record is seen in the week as it is in the day. */
static void
test_a_week_is_live (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *id = NULL;
  GtkWidget *chip;

  window_fixture_open (fixture, practice);
  show_week (fixture);
  WAIT_FOR ((chip = window_find (window, is_booked, NULL)));
  visit = g_object_ref (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)));
  id = g_strdup (rcp_visit_get_id (visit));
  gtk_widget_activate_action (chip, "visit.arrive", NULL);
  WAIT_FOR ((chip = window_find (window, window_is_visit, id))
            && rcp_visit_get_status (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))) == RCP_VISIT_ARRIVED);
}

/* To another day of the same week by keys: cut, two days on, put. */
static void
test_a_visit_goes_to_another_day (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *window = GTK_WIDGET (fixture->window), *chip;
  g_autofree char *id = NULL;
  RcpTimeRange before;
  RcpVisit *visit;

  window_fixture_open (fixture, practice);
  gtk_widget_child_focus (find_board (fixture), GTK_DIR_TAB_FORWARD);
  gtk_widget_activate_action (find_board (fixture), "win.own-week", NULL);
  WAIT_FOR (window_find (window, is_day_detail, "Closed") && !window_find (window, window_is_type, "GtkSpinner"));
  WAIT_FOR ((chip = window_find (window, is_booked_today, NULL)));
  visit = rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip));
  before = rcp_visit_get_range (visit);
  id = g_strdup (rcp_visit_get_id (visit));
  gtk_widget_activate_action (chip, "visit.cut", NULL);
  /* The first day on which it has a place. */
  for (guint day = 0; day < 5 && (day == 0 || window_find (window, is_conflict, NULL)); day++)
    {
      rcp_board_grid_press_arrow (find_grid (fixture), RCP_BOARD_MOVE_FORWARD);
      rcp_board_grid_press_arrow (find_grid (fixture), RCP_BOARD_MOVE_FIRST);
      for (guint i = 0; i < 40 && window_find (window, is_conflict, NULL); i++)
        rcp_board_grid_press_arrow (find_grid (fixture), RCP_BOARD_MOVE_DOWN);
    }
  g_assert_null (window_find (window, is_conflict, NULL));
  assert_cursor_says (fixture, "November 2026, ");
  ui_picture_save (window, "week-held");
  gtk_widget_activate_action (find_board (fixture), "win.put", NULL);
  WAIT_FOR ((chip = window_find (window, window_is_visit, id))
            && rcp_visit_get_range (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))).start >= before.start + 12 * G_TIME_SPAN_HOUR);
}

static void
start_again (WindowFixture *fixture, PracticeFixture *practice)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (rcp_clock_get_now (rcp_desk_get_clock (fixture->desk)));

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->desk);
  fixture->desk = rcp_desk_new (clock);
  fixture->window = rcp_window_new (NULL, fixture->desk, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->window));
  window_fixture_open (fixture, practice);
}

/* Day, view and columns are those with which the window was closed; columns of another record are left. */
static void
test_a_restart_shows_the_same (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *week = NULL, *day = NULL, *kept = NULL;
  g_autoptr (GVariant) columns = NULL;

  window_fixture_open (fixture, practice);
  gtk_widget_child_focus (find_board (fixture), GTK_DIR_TAB_FORWARD);
  gtk_widget_activate_action (find_board (fixture), "win.own-week", NULL);
  gtk_widget_activate_action (find_board (fixture), "win.next-day", NULL);
  start_again (fixture, practice);
  week = get_view (fixture);
  g_assert_cmpstr (week, ==, "week");
  g_assert_cmpstr (get_title (fixture), ==, "29 Nov – 5 Dec 2026");
  WAIT_FOR (window_count (GTK_WIDGET (fixture->window), is_day_head, NULL) == 7);
  g_assert_nonnull (window_find (GTK_WIDGET (fixture->window), is_subtitle, "Harbour Lane Clinic · Dr. Samir Haddad"));
  columns = g_settings_get_value (fixture->settings, "session-columns");
  kept = g_variant_print (columns, FALSE);
  g_assert_null (strstr (kept, "Haddad"));
  gtk_widget_activate_action (find_board (fixture), "win.view", "s", "day");
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_settings_set_value (fixture->settings, "session-columns", g_variant_new_parsed ("[('', 'provider', ['schedule:of-another-record'])]"));
  fixture->window = rcp_window_new (NULL, fixture->desk, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->window));
  window_fixture_open (fixture, practice);
  day = get_view (fixture);
  g_assert_cmpstr (day, ==, "day");
  WAIT_FOR (window_count (GTK_WIDGET (fixture->window), is_head, NULL) == 12);
}

static void
add (const char *name, void (*test) (WindowFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/ui/weeks/", name, NULL);

  g_test_add (path, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  add ("a-week-of-everyone", test_a_week_of_everyone);
  add ("heads-serve-the-next-week", test_heads_serve_the_next_week);
  add ("a-week-of-one", test_a_week_of_one);
  add ("a-narrow-week-begins-at-its-day", test_a_narrow_week_begins_at_its_day);
  add ("a-week-is-live", test_a_week_is_live);
  add ("a-visit-goes-to-another-day", test_a_visit_goes_to_another_day);
  add ("a-restart-shows-the-same", test_a_restart_shows_the_same);
  return g_test_run ();
}
