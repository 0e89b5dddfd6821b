/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A provider falls ill, and all visits get new places at once: rcp-new-places-window.c, from rcp-refit-page.c, by keys, on the real
 * record. */

#define G_LOG_DOMAIN "test-new-places"

#include "config.h"

#include <string.h>

#include "scheduling/rcp-block-time.h"
#include "scheduling/rcp-refit.h"
#include "ui-picture.h"
#include "ui/move/rcp-new-places-window.h"
#include "ui/preferences/rcp-preferences-window.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"
#include "window-keys.h"

#define NOW G_GINT64_CONSTANT (1795425960000000) /* Monday 23 November 2026, 9:26 UTC */

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static RcpBlockTime *
make_block (WindowFixture *fixture, RcpProvider *provider)
{
  g_autofree char *actor = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (provider), NULL);
  RcpTimeRange range = { NOW + 2 * G_TIME_SPAN_HOUR, NOW + 10 * G_TIME_SPAN_HOUR };

  return rcp_block_time_new (rcp_desk_get_client (fixture->desk), rcp_desk_get_clock (fixture->desk),
                             rcp_provider_get_schedule_id (provider), actor, rcp_provider_get_zone (provider), range, RCP_BLOCK_OTHER, "ill");
}

static gboolean
run_block (RcpBlockTime *block)
{
  g_autoptr (GAsyncResult) result = NULL;

  rcp_block_time_run_async (block, NULL, on_result_cb, &result);
  WAIT_FOR (result);
  return rcp_block_time_run_finish (block, result, NULL);
}

/* Somebody with at least @least visits this afternoon: how many these are. */
static guint
fall_ill (WindowFixture *fixture, guint least)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk));

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      g_autoptr (RcpBlockTime) asked = make_block (fixture, provider), block = make_block (fixture, provider);
      guint n;

      if (run_block (asked) || (n = rcp_block_time_get_n_visits (asked)) < least)
        continue;
      rcp_block_time_set_over_visits (block, n);
      g_assert_true (run_block (block));
      return n;
    }
  g_assert_not_reached ();
}

static guint
count_refits (WindowFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) refits = NULL;

  rcp_refit_list_async (rcp_desk_get_client (fixture->desk), rcp_desk_get_clock (fixture->desk), NULL, on_result_cb, &result);
  WAIT_FOR (result);
  refits = rcp_refit_list_finish (result, NULL);
  g_assert_nonnull (refits);
  return refits->len;
}

static GtkWidget *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_row (GtkWidget *widget, gconstpointer words)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget) && strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)), words);
}

/* Where to stands out of all that is said of a visit. */
static gboolean
is_decision (GtkWidget *widget, gconstpointer words)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget) && strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), words);
}

static GtkWidget *
open_page (WindowFixture *fixture)
{
  GtkWidget *preferences;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.refits", NULL));
  WAIT_FOR ((preferences = find_window (RCP_TYPE_PREFERENCES_WINDOW)) && window_find (preferences, is_button, "_Propose New Places…"));
  WAIT_FOR (window_get_active () == GTK_WINDOW (preferences));
  window_wait_focus ();
  return preferences;
}

static GtkWidget *
open_places (const char *keys)
{
  GtkWidget *dialog;

  window_press (keys);
  WAIT_FOR ((dialog = find_window (RCP_TYPE_NEW_PLACES_WINDOW)) && window_find (dialog, is_row, "From "));
  WAIT_FOR (window_get_active () == GTK_WINDOW (dialog));
  window_wait_focus ();
  return dialog;
}

/* The second row is left out by Space; Ctrl+Return moves the others, each is told, and Ctrl+Z in the window takes the last back. */
static void
test_by_keys (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *preferences, *dialog;
  g_autofree char *all = NULL, *fewer = NULL;
  guint n;

  window_fixture_open (fixture, practice);
  n = fall_ill (fixture, 3);
  all = g_strdup_printf ("_Move %u Visits", n);
  fewer = g_strdup_printf ("_Move %u Visits", n - 1);
  preferences = open_page (fixture);
  dialog = open_places ("alt+p");
  g_assert_nonnull (window_find (dialog, is_button, all));
  g_assert_cmpuint (window_count (dialog, is_decision, "\n<b>To "), ==, n);
  ui_picture_save (dialog, "new-places");
  window_press ("Down space");
  WAIT_FOR (window_find (dialog, is_button, fewer));

  window_press ("ctrl+Return");
  WAIT_FOR (window_find (dialog, is_button, "_Propose Again"));
  g_assert_cmpuint (window_count (dialog, is_row, "\nMoved"), ==, n - 1);
  g_assert_cmpuint (count_refits (fixture), ==, 1);
  ui_picture_save (dialog, "new-places-moved");
  window_press ("Escape");
  WAIT_FOR (!find_window (RCP_TYPE_NEW_PLACES_WINDOW));
  /* The page behind has the one that was left out. */
  WAIT_FOR (window_count (preferences, is_button, "Keep") == 1);
  window_press ("Escape");
  WAIT_FOR (!find_window (RCP_TYPE_PREFERENCES_WINDOW));
  WAIT_FOR (window_get_active () == GTK_WINDOW (fixture->window));
  window_wait_focus ();
  window_press ("ctrl+z");
  WAIT_FOR (count_refits (fixture) == 2);
}

/* The key of the page; what was unticked altogether moves nobody. */
static void
test_nothing_ticked (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *preferences, *dialog;
  guint n;

  window_fixture_open (fixture, practice);
  n = fall_ill (fixture, 2);
  preferences = open_page (fixture);
  gtk_widget_grab_focus (window_find (preferences, is_button, "Keep"));
  dialog = open_places ("p");
  for (guint i = 0; i < n; i++)
    window_press ("space Down");
  WAIT_FOR (!window_find (dialog, is_button, "_Move 1 Visit"));
  window_press ("ctrl+Return");
  window_press ("Escape");
  WAIT_FOR (!find_window (RCP_TYPE_NEW_PLACES_WINDOW));
  g_assert_cmpuint (count_refits (fixture), ==, n);
  gtk_window_destroy (GTK_WINDOW (preferences));
}

/* The record stops answering while it is looked for places, and is there again. */
static void
test_no_record (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *dialog;

  window_fixture_open (fixture, practice);
  fall_ill (fixture, 2);
  fhir_client_set_max_retries (rcp_desk_get_client (fixture->desk), 0);
  practice_fixture_kill (practice);
  dialog = GTK_WIDGET (rcp_new_places_window_new (fixture->desk));
  gtk_window_present (GTK_WINDOW (dialog));
  WAIT_FOR (window_find (dialog, is_button, "_Try Again"));
  ui_picture_save (dialog, "new-places-failed");
  practice_fixture_start (practice);
  fhir_client_set_max_retries (rcp_desk_get_client (fixture->desk), 3);
  gtk_widget_activate (window_find (dialog, is_button, "_Try Again"));
  WAIT_FOR (window_find (dialog, is_row, "From "));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
add (const char *path, void (*test) (WindowFixture *, gconstpointer))
{
  g_test_add (path, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  add ("/ui/new-places/by-keys", test_by_keys);
  add ("/ui/new-places/nothing-ticked", test_nothing_ticked);
  add ("/ui/new-places/no-record", test_no_record);
  return g_test_run ();
}
