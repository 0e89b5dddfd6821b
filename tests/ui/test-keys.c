/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys of the real window, pressed: rcp-window-keys.c, rcp-window-pages.c, rcp-waiting-page.c. */

#define G_LOG_DOMAIN "test-keys"

#include "config.h"

#include "ui-picture.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/rcp-ui-compat.h"
#include "ui/rcp-window-private.h"
#include "ui/visit/rcp-visit-panel.h"
#include "ui/waiting/rcp-waiting-page.h"
#include "window-fixture.h"
#include "window-keys.h"

static PracticeFixture *practice;

static void
set_up (WindowFixture *fixture, gconstpointer data)
{
  practice = window_fixture_start_sample ();
  window_fixture_set_up (fixture, data);
  window_fixture_open (fixture, practice);
  window_wait_focus ();
}

static void
tear_down (WindowFixture *fixture, gconstpointer data)
{
  window_fixture_tear_down (fixture, data);
  g_clear_pointer (&practice, practice_fixture_free);
}

static GtkWidget *
find_type (WindowFixture *fixture, const char *type)
{
  return window_find (GTK_WIDGET (fixture->window), window_is_type, type);
}

static gboolean
has_focus_within (WindowFixture *fixture, const char *type)
{
  GtkWidget *widget = find_type (fixture, type);

  return widget && rcp_compat_has_focus_within (widget) && gtk_widget_get_mapped (window_get_focus ());
}

#define ASSERT_FOCUS_IN(type) G_STMT_START { \
    g_autofree char *focus_ = window_describe_focus (); \
    if (!has_focus_within (fixture, type)) \
      g_error ("the keyboard is at %s and not in %s", focus_, type); \
  } G_STMT_END

/* A page scrolls, a list moves: the window turns its pages all the same, and the keyboard goes with them. */
static void
test_pages_turn_from_everywhere (WindowFixture *fixture, gconstpointer data)
{
  ASSERT_FOCUS_IN ("RcpBoardView");
  window_press ("ctrl+Page_Down");
  WAIT_FOR (find_type (fixture, "RcpWaitingPage"));
  WAIT_FOR (has_focus_within (fixture, "RcpWaitingPage"));
  window_press ("Down Down");
  ASSERT_FOCUS_IN ("RcpWaitingPage");
  window_press ("ctrl+Page_Up");
  WAIT_FOR (!find_type (fixture, "RcpWaitingPage"));
  ASSERT_FOCUS_IN ("RcpBoardView");
  window_press ("ctrl+Page_Up");
  WAIT_FOR (has_focus_within (fixture, "RcpWaitListPage") || has_focus_within (fixture, "GtkToggleButton"));
  window_press ("ctrl+Page_Down");
  WAIT_FOR (has_focus_within (fixture, "RcpBoardView"));
}


static gboolean
is_expected (GtkWidget *widget, gconstpointer data)
{
  RcpVisit *visit = window_is_visit (widget, NULL) ? rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget)) : NULL;

  return visit && (rcp_visit_get_status (visit) == RCP_VISIT_BOOKED || rcp_visit_get_status (visit) == RCP_VISIT_CONFIRMED);
}

/* One who is expected has the keyboard: its id. */
static char *
go_to_expected (WindowFixture *fixture)
{
  GtkWidget *chip;

  WAIT_FOR ((chip = window_find (GTK_WIDGET (fixture->window), is_expected, NULL)));
  gtk_widget_grab_focus (chip);
  return g_strdup (rcp_visit_get_id (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))));
}

static RcpVisitStatus
get_status (WindowFixture *fixture, const char *id)
{
  g_autoptr (RcpDay) day = NULL;
  RcpVisit *visit;
  GDate today;

  rcp_desk_get_today (fixture->desk, &today);
  day = rcp_day_book_get (rcp_desk_get_day_book (fixture->desk), &today);
  visit = rcp_day_find_visit (day, id);
  return visit ? rcp_visit_get_status (visit) : RCP_VISIT_ERROR;
}

/* The answer to one step comes before the next. */
static void
press_step (WindowFixture *fixture, const char *key, const char *id, RcpVisitStatus status)
{
  window_press (key);
  WAIT_FOR (get_status (fixture, id) == status);
}

static gboolean
is_titled (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_WINDOW_TITLE (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (adw_window_title_get_title (ADW_WINDOW_TITLE (widget)), title) == 0;
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static void
focus_today_button (WindowFixture *fixture)
{
  gtk_widget_grab_focus (window_find (GTK_WIDGET (fixture->window), is_button, "Today"));
}

/* Pressed on the board: a visit through the day, and wrong ones put right. */
static void
test_letters_on_the_board (WindowFixture *fixture, gconstpointer data)
{
  g_autofree char *id = go_to_expected (fixture);

  press_step (fixture, "a", id, RCP_VISIT_ARRIVED);
  ASSERT_FOCUS_IN ("RcpBoardView");
  press_step (fixture, "p", id, RCP_VISIT_WITH_PROVIDER);
  press_step (fixture, "a", id, RCP_VISIT_ARRIVED);
  press_step (fixture, "l", id, RCP_VISIT_LEFT);
  ASSERT_FOCUS_IN ("RcpBoardView");
  window_press ("ctrl+z");
  WAIT_FOR (get_status (fixture, id) == RCP_VISIT_ARRIVED);
}

/* Pressed in the side panel: it is the visit there that is meant, and the keyboard stays. */
static void
test_letters_in_the_panel (WindowFixture *fixture, gconstpointer data)
{
  g_autofree char *id = go_to_expected (fixture);

  window_press ("Return F6");
  WAIT_FOR (has_focus_within (fixture, "RcpVisitPanel"));
  press_step (fixture, "a", id, RCP_VISIT_ARRIVED);
  ASSERT_FOCUS_IN ("RcpVisitPanel");
  /* On the button of the step, which goes with the step. */
  window_press ("Tab");
  ASSERT_FOCUS_IN ("RcpVisitPanel");
  press_step (fixture, "p", id, RCP_VISIT_WITH_PROVIDER);
  ASSERT_FOCUS_IN ("RcpVisitPanel");
  press_step (fixture, "d", id, RCP_VISIT_FULFILLED);
  ASSERT_FOCUS_IN ("RcpVisitPanel");
  window_press ("Escape");
  ASSERT_FOCUS_IN ("RcpBoardView");
  g_assert_cmpstr (rcp_visit_get_id (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (window_get_focus ()))), ==, id);
}

/* A step by its button: the button goes, the keyboard goes to what comes instead. */
static void
test_button_of_a_step (WindowFixture *fixture, gconstpointer data)
{
  g_autofree char *id = go_to_expected (fixture);

  window_press ("Return F6 Tab");
  WAIT_FOR (has_focus_within (fixture, "RcpVisitPanel"));
  window_press ("space");
  WAIT_FOR (get_status (fixture, id) != RCP_VISIT_BOOKED);
  ASSERT_FOCUS_IN ("RcpVisitPanel");
}

/* The next key comes before what the last one has opened is on the screen, as on a machine that has much to do. */
static void
test_keys_before_the_screen (WindowFixture *fixture, gconstpointer data)
{
  g_autofree char *id = go_to_expected (fixture), *focus = NULL;
  GtkWidget *window = GTK_WIDGET (fixture->window);

  gtk_widget_activate_action (gtk_window_get_focus (GTK_WINDOW (window)), "visit.open", NULL);
  gtk_widget_activate_action (window, "win.step-pane", "i", 1);
  ASSERT_FOCUS_IN ("RcpVisitPanel");
  gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  focus = window_describe_focus ();
  g_assert_cmpstr (focus, ==, "GtkButton Arrived");
  ASSERT_FOCUS_IN ("RcpVisitPanel");
}

/* Pressed in the header: the panel's visit, or the one the board is at. */
static void
test_letters_in_the_header (WindowFixture *fixture, gconstpointer data)
{
  g_autofree char *id = go_to_expected (fixture);

  focus_today_button (fixture);
  press_step (fixture, "a", id, RCP_VISIT_ARRIVED);
  g_assert_true (is_button (window_get_focus (), "Today"));
  window_press ("Delete");
  WAIT_FOR (GTK_WINDOW (fixture->window) != window_get_active () && window_get_focus ());
  window_press ("Escape");
  WAIT_FOR (GTK_WINDOW (fixture->window) == window_get_active ());
  g_assert_true (is_button (window_get_focus (), "Today"));
  g_assert_cmpint (get_status (fixture, id), ==, RCP_VISIT_ARRIVED);
  window_press ("Escape");
  WAIT_FOR (!find_type (fixture, "RcpVisitPanel"));
  window_press ("Escape");
  ASSERT_FOCUS_IN ("RcpBoardView");
}

/* Pressed in the list of who waits: the row that the keyboard is at. */
static void
test_letters_in_the_list (WindowFixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;

  window_press ("ctrl+Page_Down");
  WAIT_FOR (has_focus_within (fixture, "RcpWaitingPage"));
  window_press ("Down");
  id = g_strdup (rcp_visit_get_id (rcp_waiting_page_get_visit (RCP_WAITING_PAGE (find_type (fixture, "RcpWaitingPage")))));
  press_step (fixture, "p", id, RCP_VISIT_WITH_PROVIDER);
  ASSERT_FOCUS_IN ("RcpWaitingPage");
  g_assert_cmpstr (rcp_visit_get_id (rcp_waiting_page_get_visit (RCP_WAITING_PAGE (find_type (fixture, "RcpWaitingPage")))), !=, id);
  window_press ("t");
  WAIT_FOR (has_focus_within (fixture, "RcpBoardView") || find_type (fixture, "RcpBoardView"));
}

static void
close_other_window (WindowFixture *fixture, const char *keys)
{
  window_press (keys);
  WAIT_FOR (window_get_active () && GTK_WINDOW (fixture->window) != window_get_active ());
  window_press ("Escape");
  WAIT_FOR (GTK_WINDOW (fixture->window) == window_get_active ());
}

/* The keys of the window, from its header: and what a dialog took comes back to where it was. */
static void
test_window_keys_in_the_header (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  focus_today_button (fixture);
  window_press ("Page_Down");
  WAIT_FOR (window_find (window, is_titled, "Tuesday, 24 November 2026"));
  window_press ("t");
  WAIT_FOR (window_find (window, is_titled, "Monday, 23 November 2026"));
  for (guint i = 0; i < 3; i++)
    {
      static const char *const keys[] = { "n", "slash", "shift+slash" };

      close_other_window (fixture, keys[i]);
      g_assert_true (is_button (window_get_focus (), "Today"));
    }
}

/* Where one types, a letter is a letter. */
static void
test_typing_is_typing (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget *free_time;

  window_press ("Home");
  for (guint i = 0; i < 30 && !has_focus_within (fixture, "RcpFreeTime"); i++)
    window_press ("Down");
  WAIT_FOR ((free_time = find_type (fixture, "RcpFreeTime")) && has_focus_within (fixture, "RcpFreeTime"));
  window_press ("b");
  WAIT_FOR (has_focus_within (fixture, "RcpBlockPopover"));
  /* Newer releases of GTK let only digits into the field of minutes. */
  for (guint i = 0; i < 8 && (!GTK_IS_TEXT (window_get_focus ()) || gtk_widget_get_ancestor (window_get_focus (), GTK_TYPE_SPIN_BUTTON)); i++)
    window_press ("Tab");
  gtk_editable_set_text (GTK_EDITABLE (window_get_focus ()), "");
  window_type ("n t?/1am");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (window_get_focus ())), ==, "n t?/1am");
  g_assert_true (window_get_active () == GTK_WINDOW (fixture->window));
  /* Nor do buttons of a popover hand them on. */
  for (guint i = 0; i < 8 && (GTK_IS_TEXT (window_get_focus ()) || !has_focus_within (fixture, "RcpBlockPopover")); i++)
    window_press ("Tab");
  window_press ("n t");
  g_assert_true (window_get_active () == GTK_WINDOW (fixture->window));
  window_press ("Escape");
  WAIT_FOR (has_focus_within (fixture, "RcpFreeTime"));
}

/* F6 goes through the parts of the window and back. */
static void
test_parts_of_the_window (WindowFixture *fixture, gconstpointer data)
{
  g_autofree char *id = go_to_expected (fixture);

  WAIT_FOR (find_type (fixture, "RcpMonth"));
  window_press ("Return F6");
  ASSERT_FOCUS_IN ("RcpVisitPanel");
  window_press ("F6");
  ASSERT_FOCUS_IN ("RcpSidebar");
  window_press ("F6");
  ASSERT_FOCUS_IN ("RcpBoardView");
  window_press ("shift+F6");
  ASSERT_FOCUS_IN ("RcpSidebar");
  window_press ("Escape");
  ASSERT_FOCUS_IN ("RcpBoardView");
  window_press ("shift+F6 F9");
  ASSERT_FOCUS_IN ("RcpBoardView");
}

static gboolean
is_menu_button (GtkWidget *widget, gconstpointer icon)
{
  return GTK_IS_MENU_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget)), icon) == 0;
}

/* A dialog that a menu opened gives the keyboard back to the button of the menu. */
static void
test_a_menu_gives_the_keyboard_back (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget *button = window_find (GTK_WIDGET (fixture->window), is_menu_button, "rcp-filter-symbolic");

  gtk_widget_child_focus (button, GTK_DIR_TAB_FORWARD);
  window_press ("Return");
  window_press ("Up");
  window_press ("Return");
  WAIT_FOR (window_get_active () && GTK_WINDOW (fixture->window) != window_get_active ());
  window_press ("Escape");
  WAIT_FOR (GTK_WINDOW (fixture->window) == window_get_active ());
  g_assert_nonnull (window_get_focus ());
  g_assert_true (gtk_widget_is_ancestor (window_get_focus (), button));
}

#define ADD(name, test) g_test_add ("/ui/keys/" name, WindowFixture, NULL, set_up, test, tear_down)

/* (transfer full): a visit of today whose patient is awaited. */
static RcpVisit *
dup_awaited (WindowFixture *fixture)
{
  g_autofree char *id = go_to_expected (fixture);
  GtkWidget *chip = window_find (GTK_WIDGET (fixture->window), window_is_visit, id);

  g_assert_nonnull (chip);
  return g_object_ref (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)));
}

/* The patient is found, and the hand is at the next key before the record has said which visits there are. */
static void
test_a_key_waits_for_the_visits (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = dup_awaited (fixture);

  practice_fixture_pause (practice);
  rcp_window_show_found (fixture->window, rcp_visit_get_patient (visit), NULL);
  window_press ("a");
  practice_fixture_resume (practice);
  WAIT_FOR (get_status (fixture, rcp_visit_get_id (visit)) == RCP_VISIT_ARRIVED);
}

/* Who went back to the board meanwhile has meant something else. */
static void
test_a_key_does_not_wait_for_who_went_on (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = dup_awaited (fixture);
  RcpVisitStatus before = rcp_visit_get_status (visit);

  practice_fixture_pause (practice);
  rcp_window_show_found (fixture->window, rcp_visit_get_patient (visit), NULL);
  window_press ("a Escape");
  practice_fixture_resume (practice);
  rcp_window_show_found (fixture->window, rcp_visit_get_patient (visit), NULL);
  WAIT_FOR (!rcp_patient_panel_is_reading (RCP_PATIENT_PANEL (find_type (fixture, "RcpPatientPanel"))));
  window_press ("Escape");
  g_assert_cmpint (get_status (fixture, rcp_visit_get_id (visit)), ==, before);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  ADD ("pages-turn-from-everywhere", test_pages_turn_from_everywhere);
  ADD ("letters-on-the-board", test_letters_on_the_board);
  ADD ("letters-in-the-panel", test_letters_in_the_panel);
  ADD ("button-of-a-step", test_button_of_a_step);
  ADD ("keys-before-the-screen", test_keys_before_the_screen);
  ADD ("letters-in-the-header", test_letters_in_the_header);
  ADD ("letters-in-the-list", test_letters_in_the_list);
  ADD ("a-key-waits-for-the-visits", test_a_key_waits_for_the_visits);
  ADD ("a-key-does-not-wait-for-who-went-on", test_a_key_does_not_wait_for_who_went_on);
  ADD ("window-keys-in-the-header", test_window_keys_in_the_header);
  ADD ("a-menu-gives-the-keyboard-back", test_a_menu_gives_the_keyboard_back);
  ADD ("typing-is-typing", test_typing_is_typing);
  ADD ("parts-of-the-window", test_parts_of_the_window);
  return g_test_run ();
}
