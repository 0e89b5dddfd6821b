/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is made for those who listen, by itself: rcp-announcer.c, rcp-spoken-row.c, rcp-tab-stop.c, rcp-check-row.c. */

#define G_LOG_DOMAIN "test-announcer"

#include "config.h"

#include <adwaita.h>

#include "ui/rcp-announcer.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-tab-stop.h"
#include "window-fixture.h"
#include "window-keys.h"

static void
assert_label (GtkWidget *widget, const char *label)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  if (other)
    g_error ("called %s and not “%s”", other, label);
}

static GtkWidget *
show (GtkWidget *content)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (gtk_widget_get_mapped (window));
  return window;
}

/* It is there for who listens, and takes no room. */
static void
test_says_and_takes_no_room (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *announcer = rcp_announcer_new (), *window, *alert;
  int minimum, natural;

  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Below"));
  gtk_box_append (GTK_BOX (box), announcer);
  window = show (box);
  g_assert_cmpstr (rcp_announcer_get_said (RCP_ANNOUNCER (announcer)), ==, "");
  rcp_announcer_say (RCP_ANNOUNCER (announcer), "Somebody arrived & waits");
  g_assert_cmpstr (rcp_announcer_get_said (RCP_ANNOUNCER (announcer)), ==, "Somebody arrived & waits");
  alert = gtk_widget_get_first_child (announcer);
  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (alert), GTK_ACCESSIBLE_ROLE_ALERT));
  g_assert_true (gtk_widget_get_visible (alert));
  for (GtkOrientation orientation = GTK_ORIENTATION_HORIZONTAL; orientation <= GTK_ORIENTATION_VERTICAL; orientation++)
    {
      gtk_widget_measure (announcer, orientation, -1, &minimum, &natural, NULL, NULL);
      g_assert_cmpint (natural, ==, 0);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_rows_say_all_of_themselves (void)
{
  GtkWidget *row = g_object_ref_sink (adw_action_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Status");
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  assert_label (row, "Status");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "Arrived\n4 min");
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  assert_label (row, "Status, Arrived 4 min");
  g_object_unref (row);
}

static void
test_inner_parts_have_the_name (void)
{
  static const char *const words[] = { "Days", "Weeks", NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *child = gtk_label_new ("child"), *drop = gtk_drop_down_new_from_strings (words);

  g_object_ref_sink (box);
  gtk_box_append (GTK_BOX (box), child);
  gtk_box_append (GTK_BOX (box), drop);
  rcp_spoken_row_name_item (child, "An offer");
  assert_label (box, "An offer");
  rcp_spoken_row_name_drop_down (GTK_DROP_DOWN (drop), "What");
  assert_label (drop, "What");
  assert_label (gtk_widget_get_first_child (drop), "What");
  g_object_unref (box);
}

/* Three buttons inside, and Tab stops once. */
static void
test_a_tab_stop_is_one_stop (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *stop = g_object_new (RCP_TYPE_TAB_STOP, NULL), *before = gtk_button_new_with_label ("Before"), *after = gtk_button_new_with_label ("After");
  GtkWidget *window;

  for (guint i = 0; i < 3; i++)
    gtk_box_append (GTK_BOX (inner), gtk_button_new_with_label ("Inside"));
  gtk_widget_set_parent (inner, stop);
  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), stop);
  gtk_box_append (GTK_BOX (box), after);
  window = show (box);
  WAIT_FOR (window_get_active () == GTK_WINDOW (window));
  gtk_widget_grab_focus (before);
  window_press ("Tab");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == gtk_widget_get_first_child (inner));
  window_press ("Down");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == gtk_widget_get_next_sibling (gtk_widget_get_first_child (inner)));
  window_press ("Tab");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == after);
  window_press ("shift+Tab shift+Tab");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == before);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
append_check (GtkWidget *list, GtkWidget *toggle, const char *title)
{
  GtkWidget *row = rcp_check_row_new (toggle, GTK_IS_SWITCH (toggle) ? GTK_PACK_END : GTK_PACK_START);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static void
assert_checked (GtkWidget *row, gboolean checked)
{
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_CHECKED, checked ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE);
}

/* A row with a switch says whether it is on, and Space works it; Tab goes by it in one step. */
static void
test_a_check_row_says_its_state (void)
{
  GtkWidget *list = gtk_list_box_new (), *check = gtk_check_button_new (), *toggle = gtk_switch_new ();
  GtkWidget *first = append_check (list, check, "Ana"), *second = append_check (list, toggle, "All"), *window;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_ROLE_CHECKBOX));
  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (second), GTK_ACCESSIBLE_ROLE_SWITCH));
  assert_label (first, "Ana");
  assert_checked (first, FALSE);
  assert_checked (second, TRUE);
  window = show (list);
  WAIT_FOR (window_get_active () == GTK_WINDOW (window));
  gtk_widget_grab_focus (first);
  window_press ("space");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  assert_checked (first, TRUE);
  window_press ("Tab");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == second);
  window_press ("Return");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  assert_checked (second, FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/announcer/says-and-takes-no-room", test_says_and_takes_no_room);
  g_test_add_func ("/ui/announcer/rows-say-all-of-themselves", test_rows_say_all_of_themselves);
  g_test_add_func ("/ui/announcer/inner-parts-have-the-name", test_inner_parts_have_the_name);
  g_test_add_func ("/ui/announcer/a-tab-stop-is-one-stop", test_a_tab_stop_is_one_stop);
  g_test_add_func ("/ui/announcer/a-check-row-says-its-state", test_a_check_row_says_its_state);
  return g_test_run ();
}
