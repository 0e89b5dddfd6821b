/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-views"

#include "config.h"

#include "views-window.h"

#include "window-keys.h"

GtkWidget *
views_find_type (WindowFixture *fixture, const char *name)
{
  return window_find (GTK_WIDGET (fixture->window), window_is_type, name);
}

const char *
views_get_title (WindowFixture *fixture)
{
  return adw_window_title_get_title (ADW_WINDOW_TITLE (views_find_type (fixture, "AdwWindowTitle")));
}

void
views_open (WindowFixture *fixture, PracticeFixture *practice)
{
  window_fixture_open (fixture, practice);
  gtk_widget_grab_focus (views_find_type (fixture, "RcpBoardView"));
  WAIT_FOR (window_get_active () == GTK_WINDOW (fixture->window));
}

/* The keys for it are of the program: test_focus.py. */
void
views_show (WindowFixture *fixture, const char *view)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.view", "s", view));
}

guint64
views_count_requests (WindowFixture *fixture)
{
  return fhir_client_get_n_requests (rcp_desk_get_client (fixture->desk));
}

void
views_run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  guint tick = g_timeout_add (50, window_fixture_on_tick_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

/* Until all that a record brings with it is read, its hours included, which come a second later. */
void
views_wait_until_quiet (WindowFixture *fixture)
{
  gint64 end = g_get_monotonic_time () + keep_result_get_patience ();
  guint64 before;

  rcp_day_book_set_watching (rcp_desk_get_day_book (fixture->desk), FALSE);
  do
    {
      before = views_count_requests (fixture);
      views_run_for (2500);
      if (g_get_monotonic_time () > end)
        keep_result_too_late ("the record is quiet");
    }
  while (views_count_requests (fixture) != before);
}
