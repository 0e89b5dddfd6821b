/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which columns the board shows, in the real window: rcp-window-columns.c, rcp-column-sets.c, rcp-set-list.c, rcp-columns-dialog.c,
 * rcp-sets-dialog.c, and the value rcp-column-set.c. */

#define G_LOG_DOMAIN "test-columns"

#include "config.h"

#include "ui-picture.h"
#include "ui/board/rcp-board-head.h"
#include "ui/sidebar/rcp-column-sets.h"
#include "ui/sidebar/rcp-columns-dialog.h"
#include "ui/sidebar/rcp-sets-dialog.h"
#include "window-fixture.h"

static guint
count_labels (WindowFixture *fixture, const char *name)
{
  return window_count (GTK_WIDGET (fixture->window), window_is_label, name);
}

/* The head of a column; @name: of whom, whole, or NULL for any. */
static gboolean
is_head (GtkWidget *widget, gconstpointer name)
{
  const char *tooltip = RCP_IS_BOARD_HEAD (widget) ? gtk_widget_get_tooltip_text (widget) : NULL;

  return RCP_IS_BOARD_HEAD (widget) && (!name || (tooltip && g_str_has_prefix (tooltip, name)));
}

static guint
count_columns (WindowFixture *fixture)
{
  return window_count (GTK_WIDGET (fixture->window), is_head, NULL);
}

static void
press_key (WindowFixture *fixture, guint key)
{
  GtkWidget *board = window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpBoardView");

  g_assert_true (gtk_widget_activate_action (board, "win.column-set", "u", key));
}

static GtkWidget *
find_dialog (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_check (GtkWidget *widget, gconstpointer label)
{
  GtkWidget *row = GTK_IS_CHECK_BUTTON (widget) ? gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW) : NULL;

  return row && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), label) == 0;
}

static gboolean
is_entry (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_ENTRY_ROW (widget) && gtk_widget_get_mapped (widget);
}

static void
test_keys_show_sets (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();

  window_fixture_open (fixture, practice);
  g_assert_cmpuint (count_columns (fixture), ==, 12);
  /* Nothing kept yet: each site is a set. */
  WAIT_FOR (count_labels (fixture, "Column Sets") == 1 && count_labels (fixture, "Riverside") >= 1);
  g_assert_nonnull (window_find (GTK_WIDGET (fixture->window), is_head, "Dr. Samir Haddad"));
  press_key (fixture, 2);
  g_assert_cmpuint (count_columns (fixture), <, 12);
  g_assert_null (window_find (GTK_WIDGET (fixture->window), is_head, "Dr. Samir Haddad"));
  ui_picture_save (GTK_WIDGET (fixture->window), "window-column-set");
  press_key (fixture, 3);
  g_assert_cmpuint (count_columns (fixture), ==, 10);
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_head, "Procedure room 1") && window_find (GTK_WIDGET (fixture->window), window_is_visit, NULL));
  ui_picture_save (GTK_WIDGET (fixture->window), "window-rooms");
  press_key (fixture, 4);
  g_assert_cmpuint (count_columns (fixture), ==, 3);
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_head, "ECG 2") && window_find (GTK_WIDGET (fixture->window), window_is_visit, NULL));
  press_key (fixture, 9);
  g_assert_cmpuint (count_columns (fixture), ==, 3);
  press_key (fixture, 0);
  g_assert_cmpuint (count_columns (fixture), ==, 12);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.filter", "(ss)", "", "207Q00000X");
  g_assert_cmpuint (count_columns (fixture), <, 12);
}

static void
test_columns_are_chosen_and_kept (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (GVariant) kept = NULL;
  g_autofree char *text = NULL;
  GtkWidget *dialog, *check, *row;

  window_fixture_open (fixture, practice);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.choose-columns", NULL);
  WAIT_FOR ((dialog = find_dialog (RCP_TYPE_COLUMNS_DIALOG)));
  ui_picture_save (dialog, "columns-dialog");
  g_assert_true (gtk_widget_activate_action (dialog, "columns.check-all", NULL));
  /* Nobody: there is nothing to show. */
  gtk_widget_activate_action (dialog, "columns.show", NULL);
  g_assert_nonnull (find_dialog (RCP_TYPE_COLUMNS_DIALOG));
  check = window_find (dialog, is_check, "Dr. Ana Ruiz");
  g_assert_nonnull (check);
  row = gtk_widget_get_ancestor (check, ADW_TYPE_ACTION_ROW);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Dr. Ana Ruiz, Primary care");
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_CHECKED, GTK_ACCESSIBLE_TRISTATE_FALSE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_CHECKED, GTK_ACCESSIBLE_TRISTATE_TRUE);
  gtk_editable_set_text (GTK_EDITABLE (window_find (dialog, is_entry, NULL)), " Just Ana ");
  g_assert_true (gtk_widget_activate_action (dialog, "columns.show", NULL));
  WAIT_FOR (!find_dialog (RCP_TYPE_COLUMNS_DIALOG));
  g_assert_cmpuint (count_columns (fixture), ==, 1);
  WAIT_FOR (count_labels (fixture, "Just Ana") == 1);
  kept = g_settings_get_value (fixture->settings, "column-sets");
  text = g_variant_print (kept, FALSE);
  /* With the two sites, the rooms and the devices that were there; by ids alone. */
  g_assert_cmpuint (g_variant_n_children (kept), ==, 5);
  g_assert_nonnull (strstr (text, "schedule:"));
  g_assert_null (strstr (text, "Ruiz"));
  press_key (fixture, 0);
  press_key (fixture, 5);
  g_assert_cmpuint (count_columns (fixture), ==, 1);
}

static void
test_sets_are_edited (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *dialog, *row;

  window_fixture_open (fixture, practice);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.edit-column-sets", NULL);
  WAIT_FOR ((dialog = find_dialog (RCP_TYPE_SETS_DIALOG)) && window_find (dialog, is_entry, NULL));
  ui_picture_save (dialog, "column-sets-dialog");
  gtk_widget_activate_action (window_find (dialog, is_entry, NULL), "sets.down", "u", 0);
  row = window_find (dialog, is_entry, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Riverside");
  /* The name of the other is taken. */
  gtk_editable_set_text (GTK_EDITABLE (row), "Downtown");
  g_signal_emit_by_name (row, "apply");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), "By the River");
  g_signal_emit_by_name (row, "apply");
  WAIT_FOR (count_labels (fixture, "By the River") == 1);
  gtk_widget_activate_action (window_find (dialog, is_entry, NULL), "sets.delete", "u", 1);
  for (guint i = 0; i < 3; i++) /* the other site, the rooms, the devices */
    gtk_widget_activate_action (window_find (dialog, is_entry, NULL), "sets.delete", "u", 0);
  WAIT_FOR (window_find (dialog, window_is_type, "AdwStatusPage"));
  g_assert_cmpuint (count_labels (fixture, "Column Sets"), ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_sets_are_kept_by_record (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  RcpColumnSets *sets = rcp_column_sets_new (fixture->settings);
  const char *const elsewhere[] = { "schedule:of-another-record", NULL };
  g_autoptr (RcpColumnSet) foreign = rcp_column_set_new ("Foreign", RCP_COLUMNS_BY_PROVIDER, elsewhere);
  g_autoptr (RcpColumnSet) all = rcp_column_set_new ("All of Us", RCP_COLUMNS_BY_PROVIDER, NULL);
  g_autoptr (RcpColumnSet) nameless = rcp_column_set_new ("", RCP_COLUMNS_BY_PROVIDER, NULL);
  g_autoptr (RcpColumnSet) first = NULL;
  g_autoptr (GVariant) kept = NULL;

  g_assert_false (rcp_column_sets_save (sets, nameless));
  g_assert_true (rcp_column_sets_save (sets, foreign));
  g_assert_true (rcp_column_sets_save (sets, all));
  /* No record: nothing is known. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (sets)), ==, 0);
  window_fixture_open (fixture, practice);
  rcp_column_sets_set_roster (sets, rcp_desk_get_roster (fixture->desk));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (sets)), ==, 1);
  first = g_list_model_get_item (G_LIST_MODEL (sets), 0);
  g_assert_cmpstr (rcp_column_set_get_name (first), ==, "All of Us");
  rcp_column_sets_remove (sets, 0);
  rcp_column_sets_remove (sets, 0);
  /* What belongs to another record stays for it. */
  kept = g_settings_get_value (fixture->settings, "column-sets");
  g_assert_cmpuint (g_variant_n_children (kept), ==, 1);
  g_assert_finalize_object (sets);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/columns/keys-show-sets", WindowFixture, NULL, window_fixture_set_up, test_keys_show_sets, window_fixture_tear_down);
  g_test_add ("/ui/columns/columns-are-chosen-and-kept", WindowFixture, NULL, window_fixture_set_up, test_columns_are_chosen_and_kept,
              window_fixture_tear_down);
  g_test_add ("/ui/columns/sets-are-edited", WindowFixture, NULL, window_fixture_set_up, test_sets_are_edited, window_fixture_tear_down);
  g_test_add ("/ui/columns/sets-are-kept-by-record", WindowFixture, NULL, window_fixture_set_up, test_sets_are_kept_by_record,
              window_fixture_tear_down);
  return g_test_run ();
}
