/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sidebar on a screen: rcp-sidebar.c, rcp-month.c. */

#define G_LOG_DOMAIN "test-sidebar"

#include "config.h"

#include <adwaita.h>

#include "board-fixture.h"
#include "ui-picture.h"
#include "ui/sidebar/rcp-month.h"
#include "ui/sidebar/rcp-sidebar.h"

static GtkWidget *
find (GtkWidget *widget, const char *css_class, const char *label)
{
  if (gtk_widget_has_css_class (widget, css_class) && (!label || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, css_class, label);

      if (found)
        return found;
    }
  return NULL;
}

static GtkWidget *
make_label (gpointer data)
{
  return gtk_label_new (data);
}

typedef struct
{
  RcpBoardModel *model;
  RcpPages *pages;
  GtkWidget *sidebar;
  GtkWidget *window;
  guint n_went;
} Fixture;

static void
add_page (Fixture *fixture, const char *name, const char *title)
{
  g_autoptr (RcpPage) page = rcp_page_new (name, title, "x-office-calendar-symbolic", NULL, make_label, (gpointer) title);

  rcp_pages_add (fixture->pages, page);
  g_object_set (page, "count", g_str_equal (name, "board") ? 0 : 12, NULL);
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (board_fixture_instant ("09:26"));

  fixture->model = board_fixture_model (6, 5);
  fixture->pages = rcp_pages_new ();
  add_page (fixture, "board", "Board");
  add_page (fixture, "waiting", "Waiting Now");
  fixture->sidebar = rcp_sidebar_new (fixture->pages, fixture->model, clock);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 230, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->sidebar);
  g_signal_connect_swapped (fixture->sidebar, "went", G_CALLBACK (count_cb), &fixture->n_went);
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (!find (fixture->sidebar, "navigation-sidebar", NULL))
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->pages);
  g_assert_finalize_object (fixture->model);
}

static void
test_a_day_turns_the_board (Fixture *fixture, gconstpointer data)
{
  GtkWidget *shown = find (fixture->sidebar, "shown", NULL), *today = find (fixture->sidebar, "today", NULL);
  const GDate *date;

  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (shown)), ==, "23");
  g_assert_true (shown == today);
  rcp_pages_show (fixture->pages, "waiting");
  g_signal_emit_by_name (find (fixture->sidebar, "month-day", "26"), "clicked");
  date = rcp_board_model_get_date (fixture->model);
  g_assert_cmpuint (g_date_get_day (date), ==, 26);
  g_assert_true (rcp_pages_is_current (fixture->pages, "board"));
  g_assert_cmpuint (fixture->n_went, ==, 1);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (find (fixture->sidebar, "shown", NULL))), ==, "26");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (find (fixture->sidebar, "today", NULL))), ==, "23");
  ui_picture_save (fixture->window, "sidebar");
}

static void
test_the_month_follows_and_turns (Fixture *fixture, gconstpointer data)
{
  RcpMonth *month = RCP_MONTH (gtk_widget_get_ancestor (find (fixture->sidebar, "shown", NULL), RCP_TYPE_MONTH));

  rcp_board_model_step (fixture->model, 30);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (find (fixture->sidebar, "shown", NULL))), ==, "23");
  g_assert_cmpuint (g_date_get_month (rcp_month_get_day (month, 20)), ==, 12);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (month), "month.turn", "i", 1));
  g_assert_cmpuint (g_date_get_month (rcp_month_get_day (month, 20)), ==, 1);
  /* Turned to be looked at: the board stays. */
  g_assert_cmpuint (g_date_get_month (rcp_board_model_get_date (fixture->model)), ==, 12);
  g_assert_null (find (fixture->sidebar, "shown", NULL));
}

static void
test_rows_lead_to_pages (Fixture *fixture, gconstpointer data)
{
  GtkListBox *list = GTK_LIST_BOX (find (fixture->sidebar, "navigation-sidebar", NULL));
  GtkListBoxRow *waiting = gtk_list_box_get_row_at_index (list, 1);

  g_assert_true (gtk_list_box_get_selected_row (list) == gtk_list_box_get_row_at_index (list, 0));
  gtk_test_accessible_assert_property (waiting, GTK_ACCESSIBLE_PROPERTY_LABEL, "Waiting Now, 12");
  g_signal_emit_by_name (list, "row-activated", waiting);
  g_assert_true (rcp_pages_is_current (fixture->pages, "waiting"));
  g_assert_true (gtk_list_box_get_selected_row (list) == waiting);
  g_assert_cmpuint (fixture->n_went, ==, 1);
}

static void
test_a_section_is_seen_with_its_content (Fixture *fixture, gconstpointer data)
{
  GtkWidget *content = gtk_label_new ("Kim, Minjun · ECG 30′");

  gtk_widget_set_visible (content, FALSE);
  rcp_sidebar_add_section (RCP_SIDEBAR (fixture->sidebar), "Pinboard", content);
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_parent (content)));
  gtk_widget_set_visible (content, TRUE);
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_parent (content)));
  ui_picture_save (fixture->window, "sidebar-section");
}

static void
test_roles_and_names (Fixture *fixture, gconstpointer data)
{
  GtkWidget *shown = find (fixture->sidebar, "shown", NULL);
  guint n_stops = 0;

  gtk_test_accessible_assert_role (fixture->sidebar, GTK_ACCESSIBLE_ROLE_NAVIGATION);
  gtk_test_accessible_assert_property (shown, GTK_ACCESSIBLE_PROPERTY_LABEL, "Monday, 23 November 2026, today");
  gtk_test_accessible_assert_state (shown, GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_parent (shown)); child; child = gtk_widget_get_next_sibling (child))
    n_stops += gtk_widget_get_focusable (child);
  g_assert_cmpuint (n_stops, ==, 1);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/sidebar/a-day-turns-the-board", Fixture, NULL, set_up, test_a_day_turns_the_board, tear_down);
  g_test_add ("/ui/sidebar/the-month-follows-and-turns", Fixture, NULL, set_up, test_the_month_follows_and_turns, tear_down);
  g_test_add ("/ui/sidebar/rows-lead-to-pages", Fixture, NULL, set_up, test_rows_lead_to_pages, tear_down);
  g_test_add ("/ui/sidebar/a-section-is-seen-with-its-content", Fixture, NULL, set_up, test_a_section_is_seen_with_its_content, tear_down);
  g_test_add ("/ui/sidebar/roles-and-names", Fixture, NULL, set_up, test_roles_and_names, tear_down);
  return g_test_run ();
}
