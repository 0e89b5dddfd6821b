/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of keys is the truth: rcp-keys.c, rcp-keys-table.c, rcp-shortcuts-window.c. What the shortcuts window says works, and nothing works that it does
 * not say. */

#define G_LOG_DOMAIN "test-keys-table"

#include "config.h"

#include "ui-picture.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/history/rcp-history-dialog.h"
#include "ui/rcp-shortcuts-window.h"
#include "ui/rcp-keys.h"
#include "ui/visit/rcp-flow-text.h"
#include "ui/visit/rcp-room-dialog.h"
#include "window-fixture.h"

typedef void (*OnKey) (const RcpKey *key, gpointer data);

static void
foreach_key (OnKey func, gpointer data)
{
  guint n_groups;
  const RcpKeyGroup *groups = rcp_keys_get_groups (&n_groups);

  for (guint i = 0; i < n_groups; i++)
    for (guint j = 0; j < groups[i].n_keys; j++)
      func (&groups[i].keys[j], data);
}

static char *
normalize (const char *accelerator)
{
  GdkModifierType modifiers;
  guint keyval;

  g_assert_true (gtk_accelerator_parse (accelerator, &keyval, &modifiers));
  return gtk_accelerator_name (keyval, modifiers);
}

static void
check_sound (const RcpKey *key, gpointer data)
{
  g_auto (GStrv) accelerators = g_strsplit (key->accelerators, " ", -1);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  for (guint i = 0; accelerators[i]; i++)
    g_free (normalize (accelerators[i]));
  if (key->action)
    g_assert_true (g_action_parse_detailed_name (key->action, &name, &target, NULL));
}

static void
test_entries_are_sound (void)
{
  guint n_groups;
  const RcpKeyGroup *groups = rcp_keys_get_groups (&n_groups);

  foreach_key (check_sound, NULL);
  for (guint i = 0; i < n_groups; i++)
    g_assert_nonnull (groups[i].keys[0].title);
}

/* Keys that are heard everywhere in the window. */
static gboolean
is_everywhere (RcpKeyPlace place)
{
  return place <= RCP_KEYS_BOARD;
}

static void
check_clash (const RcpKey *key, gpointer data)
{
  GHashTable *taken = data;
  g_auto (GStrv) accelerators = NULL;

  if (!is_everywhere (key->place))
    return;
  accelerators = rcp_keys_dup_accelerators (key);
  for (guint i = 0; accelerators[i]; i++)
    {
      char *accelerator = normalize (accelerators[i]);

      if (!g_hash_table_add (taken, accelerator))
        g_error ("%s means two things", accelerators[i]);
    }
}

static void
test_no_key_means_two_things (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  foreach_key (check_clash, taken);
  g_assert_cmpint (g_hash_table_size (taken), >, 40);
}

typedef struct
{
  const RcpFlowKey *step;
  gboolean found;
} Search;

static void
look_for_step (const RcpKey *key, gpointer data)
{
  Search *search = data;
  g_autofree char *action = g_strdup_printf ("win.visit('%s')", search->step->name);
  const char letter[] = { search->step->key, '\0' };

  search->found = search->found || (g_strcmp0 (key->action, action) == 0 && g_str_equal (key->accelerators, letter));
}

/* The letters on the buttons are the keys. */
static void
test_steps_have_their_letters (void)
{
  guint n_steps;
  const RcpFlowKey *steps = rcp_flow_get_keys (&n_steps);

  for (guint i = 0; i < n_steps; i++)
    {
      Search search = { &steps[i], FALSE };

      foreach_key (look_for_step, &search);
      g_assert_true (search.found);
    }
}

/* A shortcut may have several triggers. */
static void
note (GHashTable *bound, GtkShortcut *shortcut)
{
  g_autofree char *triggers = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));
  g_auto (GStrv) ones = g_strsplit (triggers, "|", -1);

  for (guint i = 0; ones[i]; i++)
    g_hash_table_add (bound, g_strdup (ones[i]));
}

static gboolean
is_ours (GtkWidget *widget)
{
  return g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Rcp");
}

/* Of a widget and all below it, those of our own: GTK's know their keys themselves. */
static void
collect (GtkWidget *widget, GHashTable *bound)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller) || !is_ours (widget))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (GTK_IS_NAMED_ACTION (gtk_shortcut_get_action (shortcut)) || GTK_IS_CALLBACK_ACTION (gtk_shortcut_get_action (shortcut)))
            note (bound, shortcut);
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect (child, bound);
}

static void
collect_windows (GHashTable *bound)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    collect (l->data, bound);
}

static void
list_known (const RcpKey *key, gpointer data)
{
  g_auto (GStrv) accelerators = rcp_keys_dup_accelerators (key);

  for (guint i = 0; accelerators[i]; i++)
    g_hash_table_add (data, normalize (accelerators[i]));
}

/* What the widget hears itself, or the program, is not bound to a class. */
static void
list_bound (const RcpKey *key, gpointer data)
{
  if (key->action && key->place != RCP_KEYS_PROGRAM)
    list_known (key, data);
}

static void
assert_all_in (GHashTable *these, GHashTable *those, const char *fault)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, these);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (those, key))
      g_error ("%s: %s", (const char *) key, fault);
}

/* Shift goes without saying where a character needs it. */
static void
forgive_shift (GHashTable *bound)
{
  /* The last is of libadwaita 1.7, which shows any window as on a phone by it. */
  static const char *const shifted[] = { "<Shift>question", "<Shift>slash", "<Shift><Control>plus", "<Shift>plus", "<Shift><Control>m" };

  for (guint i = 0; i < G_N_ELEMENTS (shifted); i++)
    g_hash_table_remove (bound, shifted[i]);
}

static GHashTable *
set_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Opens every window that has keys of its own, on a real record. */
static void
open_everything (WindowFixture *fixture)
{
  static const char *const actions[] = {
    "win.find", "win.new-visit", "win.register-patient", "win.print", "win.choose-columns", "win.edit-column-sets", "win.preferences", "win.insurance-list",
  };
  GtkWidget *window = GTK_WIDGET (fixture->window);

  WAIT_FOR (window_find (window, window_is_type, "RcpMonth"));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_assert_true (gtk_widget_activate_action (window, actions[i], NULL));
  gtk_window_present (rcp_history_dialog_new_for_visit (
    fixture->desk, rcp_visit_chip_get_visit (RCP_VISIT_CHIP (window_find (window, window_is_visit, NULL)))));
  gtk_window_present (rcp_room_dialog_new (rcp_roster_get_rooms (rcp_desk_get_roster (fixture->desk)), NULL));
  gtk_widget_activate_action (window, "win.show-page", "s", "wait-list");
}

static void
close_everything (WindowFixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (l->data != fixture->window)
      gtk_window_destroy (l->data);
}

static void
test_what_works_is_listed (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (GHashTable) bound = set_new ();
  g_autoptr (GHashTable) known = set_new ();
  g_autoptr (GHashTable) wanted = set_new ();
  g_autoptr (RcpSource) none = rcp_source_new (RCP_SOURCE_NONE);

  window_fixture_open (fixture, practice);
  open_everything (fixture);
  collect_windows (bound);
  close_everything (fixture);
  rcp_window_open (fixture->window, none);
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpWelcomePage"));
  collect_windows (bound);
  forgive_shift (bound);
  foreach_key (list_known, known);
  foreach_key (list_bound, wanted);
  g_assert_cmpint (g_hash_table_size (bound), >, 40);
  assert_all_in (bound, known, "works and is not listed");
  assert_all_in (wanted, bound, "is listed and does not work");
}

static void
check_accel (const RcpKey *key, gpointer application)
{
  g_auto (GStrv) given = key->action ? gtk_application_get_accels_for_action (application, key->action) : NULL;
  g_auto (GStrv) wanted = g_strsplit (key->accelerators, " ", -1);

  if (key->place != RCP_KEYS_PROGRAM || !key->action)
    return;
  for (guint i = 0; wanted[i]; i++)
    {
      g_autofree char *accelerator = normalize (wanted[i]);

      g_assert_true (g_strv_contains ((const char *const *) given, accelerator));
    }
}

static void
test_the_program_has_its_keys (void)
{
  g_autoptr (GtkApplication) application = gtk_application_new ("org.frontdesk.Keys", G_APPLICATION_NON_UNIQUE);

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  rcp_keys_set_accels (application);
  foreach_key (check_accel, application);
}

/* As people read it: without the space that keeps a key in one line. */
static char *
describe (const char *accelerator)
{
  GdkModifierType modifiers;
  guint keyval;

  g_assert_true (gtk_accelerator_parse (accelerator, &keyval, &modifiers));
  return gtk_accelerator_get_label (keyval, modifiers);
}

/* "Page Up, Alt+1…6" in single keys. */
static void
split_shown (const char *shown, GHashTable *keys)
{
  g_auto (GStrv) parts = g_strsplit (shown, "\302\240", -1);
  g_autofree char *plain = g_strjoinv (" ", parts);
  g_auto (GStrv) ones = g_strsplit (plain, ", ", -1);

  for (guint i = 0; ones[i]; i++)
    {
      char *range = strstr (ones[i], "…");

      if (!range)
        {
          g_hash_table_add (keys, g_strdup (ones[i]));
          continue;
        }
      for (char digit = range[-1]; digit <= range[strlen ("…")]; digit++)
        g_hash_table_add (keys, g_strdup_printf ("%.*s%c", (int) (range - 1 - ones[i]), ones[i], digit));
    }
}

static void
collect_shown (GtkWidget *widget, GHashTable *keys)
{
  if (gtk_widget_has_css_class (widget, "key-names"))
    split_shown (gtk_label_get_text (GTK_LABEL (widget)), keys);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect_shown (child, keys);
}

/* As they stand in the list: those of the number pad are not named again, nor is what a row says in another way. */
static void
list_named (const RcpKey *key, gpointer data)
{
  g_auto (GStrv) accelerators = g_strsplit (key->accelerators, " ", -1);

  for (guint i = 0; accelerators[i]; i++)
    if (!g_str_equal (accelerators[i], "<Control>equal"))
      g_hash_table_add (data, describe (accelerators[i]));
}

static GtkWindow *
show_keys (void)
{
  GtkWindow *window = rcp_shortcuts_window_new ();

  gtk_window_present (window);
  WAIT_FOR (gtk_widget_get_width (GTK_WIDGET (window)) > 0);
  return window;
}

static void
test_the_window_shows_them_all (void)
{
  GtkWindow *window = show_keys ();
  g_autoptr (GHashTable) shown = set_new ();
  g_autoptr (GHashTable) named = set_new ();

  ui_picture_save (GTK_WIDGET (window), "shortcuts");
  collect_shown (GTK_WIDGET (window), shown);
  foreach_key (list_named, named);
  assert_all_in (named, shown, "is not in the shortcuts window");
  assert_all_in (shown, named, "is in the shortcuts window and does nothing");
  gtk_window_destroy (window);
}

static gboolean
is_row (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget)
         && (!title || g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title));
}

/* By its words, in whatever case, or by the key; and a title without a key below it goes as well. */
static void
test_the_window_is_searched (void)
{
  GtkWindow *window = show_keys ();
  GtkWidget *entry = window_find (GTK_WIDGET (window), window_is_type, "GtkSearchEntry");
  guint n_rows = window_count (GTK_WIDGET (window), is_row, NULL);

  g_assert_cmpint (n_rows, >, 40);
  gtk_editable_set_text (GTK_EDITABLE (entry), "PINBOARD");
  WAIT_FOR (window_count (GTK_WIDGET (window), is_row, NULL) == 2);
  g_assert_nonnull (window_find (GTK_WIDGET (window), is_row, "Leave it on the pinboard"));
  g_assert_nonnull (window_find (GTK_WIDGET (window), window_is_label, "Visits"));
  g_assert_null (window_find (GTK_WIDGET (window), window_is_label, "Days"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "ctrl+k");
  WAIT_FOR (window_count (GTK_WIDGET (window), is_row, NULL) == 1);
  g_assert_nonnull (window_find (GTK_WIDGET (window), is_row, "Find a patient"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "teleport");
  WAIT_FOR (window_find (GTK_WIDGET (window), window_is_label, "No Key Found"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  WAIT_FOR (window_count (GTK_WIDGET (window), is_row, NULL) == n_rows);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add_func ("/ui/keys-table/entries-are-sound", test_entries_are_sound);
  g_test_add_func ("/ui/keys-table/no-key-means-two-things", test_no_key_means_two_things);
  g_test_add_func ("/ui/keys-table/steps-have-their-letters", test_steps_have_their_letters);
  g_test_add_func ("/ui/keys-table/the-program-has-its-keys", test_the_program_has_its_keys);
  g_test_add_func ("/ui/keys-table/the-window-shows-them-all", test_the_window_shows_them_all);
  g_test_add_func ("/ui/keys-table/the-window-is-searched", test_the_window_is_searched);
  g_test_add ("/ui/keys-table/what-works-is-listed", WindowFixture, NULL, window_fixture_set_up, test_what_works_is_listed, window_fixture_tear_down);
  return g_test_run ();
}
