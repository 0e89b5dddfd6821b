/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "window-fixture"

#include "config.h"

#include "window-fixture.h"

#include "ui/board/rcp-visit-chip.h"
#include "ui/rcp-window-private.h"

#define NOW G_GINT64_CONSTANT (1795425960000000) /* Monday 23 November 2026, 9:26 UTC */

gboolean
window_fixture_on_tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

GtkWidget *
window_find (GtkWidget *widget, WindowTest test, gconstpointer data)
{
  if (test (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = window_find (child, test, data);

      if (found)
        return found;
    }
  return NULL;
}

guint
window_count (GtkWidget *widget, WindowTest test, gconstpointer data)
{
  guint count = test (widget, data);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    count += window_count (child, test, data);
  return count;
}

gboolean
window_is_type (GtkWidget *widget, gconstpointer type_name)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), type_name) && gtk_widget_get_mapped (widget);
}

gboolean
window_is_visit (GtkWidget *widget, gconstpointer id)
{
  RcpVisit *visit = RCP_IS_VISIT_CHIP (widget) ? rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget)) : NULL;

  return visit && gtk_widget_get_mapped (widget) && (!id || g_strcmp0 (rcp_visit_get_id (visit), id) == 0);
}

gboolean
window_is_label (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0;
}

void
window_fixture_set_up (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (NOW);

  fixture->settings = g_settings_new (APP_ID);
  fixture->desk = rcp_desk_new (clock);
  fixture->window = rcp_window_new (NULL, fixture->desk, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

void
window_fixture_tear_down (WindowFixture *fixture, gconstpointer data)
{
  static const char *const keys[] = { "last-source", "window-width", "window-height", "sidebar", "column-sets", "session-day", "session-saved",
                                      "session-view", "session-columns" };

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->desk);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (fixture->settings, keys[i]);
  g_clear_object (&fixture->settings);
}

void
window_fixture_open (WindowFixture *fixture, PracticeFixture *practice)
{
  g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_SERVER);

  source->url = g_strconcat ("unix:", practice_fixture_get_socket (practice), NULL);
  rcp_window_open (fixture->window, source);
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), window_is_visit, NULL));
}

PracticeFixture *
window_fixture_start_sample (void)
{
  const char *const arguments[] = { "--sample", "--date", "2026-11-23T09:26:00Z", "--time-zone", "UTC", NULL };

  return practice_fixture_new (arguments);
}

static gboolean
is_on_board (RcpWindow *window, RcpVisit *visit)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  RcpBoardStop stop;
  guint column;

  if (!rcp_pages_is_current (window->pages, "board") || !gtk_widget_get_mapped (GTK_WIDGET (window->faces)) || !focus
      || !gtk_widget_is_ancestor (focus, gtk_stack_get_visible_child (window->faces)))
    return FALSE;
  if (!rcp_window_is_board_seen (window))
    return TRUE;
  return rcp_board_model_get_cursor (window->model, &column, &stop) && stop.visit
         && g_strcmp0 (rcp_visit_get_id (stop.visit), rcp_visit_get_id (visit)) == 0;
}

void
window_fixture_wait_on_board (WindowFixture *fixture, RcpVisit *visit)
{
  WAIT_FOR (is_on_board (fixture->window, visit));
}

RcpVisit *
window_fixture_pick_late_visit (WindowFixture *fixture, guint from_end)
{
  guint n_items;
  const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, 1, &n_items);

  while (n_items-- > 0)
    if (rcp_visit_get_patient (items[n_items].visit) && from_end-- == 0)
      return g_object_ref (items[n_items].visit);
  g_assert_not_reached ();
}

void
window_fixture_ask (WindowFixture *fixture, FhirClient *client, RcpVisit *visit, RcpMirrorDeed deed, gint64 later, guint order)
{
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autofree char *id = g_strdup (rcp_visit_get_id (visit));
  RcpTimeRange range = rcp_visit_get_range (visit);
  RcpMirrorClaim claim = { .id = id, .deed = deed, .range = { range.start + later, range.end + later } };
  gint64 seen = rcp_clock_get_now (rcp_desk_get_clock (fixture->desk)) - G_TIME_SPAN_HOUR + order * G_TIME_SPAN_MINUTE;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) reply = NULL;
  GAsyncResult *kept = NULL;

  rcp_mirror_request_add_to (transaction, &claim, rcp_visit_get_practitioner_id (visit), NULL, seen);
  fhir_client_transact_async (client, transaction, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  reply = fhir_client_transact_finish (client, result, NULL);
  g_assert_nonnull (reply);
}
