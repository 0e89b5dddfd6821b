/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wait list in the real window: rcp-wait-list-page.c, rcp-window-wait.c, and the button of the booking window. */

#define G_LOG_DOMAIN "test-wait-list"

#include "config.h"

#include "scheduling/rcp-book-visit.h"
#include "ui-picture.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/rcp-window-private.h"
#include "ui/waitlist/rcp-wait-list-page.h"
#include "window-fixture.h"
#include "window-keys.h"

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_row (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget)
         && (title == NULL || g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0);
}

static gboolean
is_status_page (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), title) == 0;
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (RCP_IS_BOOKING_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static GtkWidget *
find_page (WindowFixture *fixture)
{
  return window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpWaitListPage");
}

/* Two visits of one provider, not over, the later one no longer than the earlier. */
static void
pick_pair (WindowFixture *fixture, RcpVisit **early, RcpVisit **late)
{
  gint64 now = rcp_clock_get_now (rcp_desk_get_clock (fixture->desk));

  for (guint column = 0; column < rcp_board_model_get_n_columns (fixture->window->model); column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, column, &n_items);

      for (guint i = 0; i < n_items; i++)
        for (guint j = i + 1; j < n_items; j++)
          if (rcp_visit_get_status (items[i].visit) == RCP_VISIT_BOOKED && rcp_visit_get_status (items[j].visit) == RCP_VISIT_BOOKED
              && rcp_visit_get_range (items[i].visit).start > now && items[j].end - items[j].start <= items[i].end - items[i].start
              && items[j].start >= items[i].end)
            {
              *early = g_object_ref (items[i].visit);
              *late = g_object_ref (items[j].visit);
              return;
            }
    }
  g_assert_not_reached ();
}

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
cancel (WindowFixture *fixture, RcpVisit *visit)
{
  g_autoptr (RcpCancelVisit) operation
      = rcp_cancel_visit_new (rcp_desk_get_client (fixture->desk), rcp_desk_get_clock (fixture->desk), visit, "pat", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;

  rcp_cancel_visit_run_async (operation, NULL, on_result_cb, &result);
  WAIT_FOR (result);
  cancelled = rcp_cancel_visit_run_finish (operation, result, NULL);
  g_assert_nonnull (cancelled);
}

/* In the window that moves a visit: no other time suits, so the patient keeps it and waits for an earlier one. */
static void
put_on_list (WindowFixture *fixture, RcpVisit *visit)
{
  GtkWindow *window = rcp_booking_dialog_new_for_move (fixture->desk, visit);
  GtkWidget *dialog, *button;

  gtk_window_set_transient_for (window, GTK_WINDOW (fixture->window));
  gtk_window_present (window);
  WAIT_FOR ((dialog = find_dialog ()) && (button = window_find (dialog, is_button, "Put on Wait _List")));
  ui_picture_save (dialog, "booking-wait-list");
  g_signal_emit_by_name (button, "clicked");
  WAIT_FOR (window_find (dialog, is_status_page, "On the Wait List"));
  ui_picture_save (dialog, "booking-on-wait-list");
  gtk_window_close (window);
  WAIT_FOR (!find_dialog ());
}

static void
test_from_wish_to_visit (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) early = NULL;
  g_autoptr (RcpVisit) late = NULL;
  RcpWaitListModel *model = fixture->window->wait_list;
  GtkWidget *page, *row;

  window_fixture_open (fixture, practice);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "wait-list");
  WAIT_FOR ((page = find_page (fixture)) && window_find (page, is_status_page, "Nobody Waits for an Earlier Time"));
  ui_picture_save (GTK_WIDGET (fixture->window), "wait-list-empty");

  pick_pair (fixture, &early, &late);
  put_on_list (fixture, late);
  WAIT_FOR (rcp_wait_list_model_get_count (model) == 1);
  row = window_find (page, is_row, rcp_visit_get_patient_name (late));
  g_assert_nonnull (row);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (row)), ==, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  /* The sidebar counts them. */
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), window_is_label, "1"));

  cancel (fixture, early);
  WAIT_FOR (window_find (page, is_button, "_Book"));
  ui_picture_save (GTK_WIDGET (fixture->window), "wait-list");
  g_assert_cmpuint (window_count (page, is_row, rcp_visit_get_patient_name (late)), ==, 2);

  g_assert_true (gtk_widget_activate_action (page, "wait-list.book-first", NULL));
  WAIT_FOR (rcp_wait_list_model_get_count (model) == 0 && !rcp_wait_list_model_is_busy (model));
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpVisitPanel"));
  g_assert_null (window_find (page, is_button, "_Book"));
  g_assert_cmpint (rcp_visit_get_range (rcp_visit_panel_get_visit (fixture->window->visit_panel)).start, ==,
                   rcp_visit_get_range (early).start);
}

static void
test_delete_takes_off (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) early = NULL;
  g_autoptr (RcpVisit) late = NULL;
  GtkWidget *page, *row;

  window_fixture_open (fixture, practice);
  pick_pair (fixture, &early, &late);
  put_on_list (fixture, late);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "wait-list");
  WAIT_FOR ((page = find_page (fixture)) && (row = window_find (page, is_row, NULL)));
  gtk_widget_grab_focus (row);
  g_assert_true (gtk_widget_activate_action (page, "wait-list.remove", NULL));
  WAIT_FOR (window_find (page, is_status_page, "Nobody Waits for an Earlier Time"));
}

/* The row keeps the keyboard when the list is made anew behind a dialog. */
static void
test_below_dialog (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) early = NULL;
  g_autoptr (RcpVisit) late = NULL;
  GtkWidget *page, *row;

  window_fixture_open (fixture, practice);
  pick_pair (fixture, &early, &late);
  put_on_list (fixture, late);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "wait-list");
  WAIT_FOR ((page = find_page (fixture)) && (row = window_find (page, is_row, NULL)));
  window_keep_row_below_dialog (GTK_LIST_BOX (gtk_widget_get_parent (row)), rcp_wait_list_model_get_list (fixture->window->wait_list));
}

/* Whether the keyboard is at the row of @name that offers the free time. */
static gboolean
is_at_offer (WindowFixture *fixture, const char *name)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus && is_row (focus, name) && window_find (focus, is_button, "_Book");
}

/* The row of a free time keeps the keyboard as well, and when the time went, the list of those who wait has it. */
static void
test_free_time_keeps (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) early = NULL;
  g_autoptr (RcpVisit) late = NULL;
  GListModel *freed = rcp_wait_list_model_get_freed (fixture->window->wait_list);
  GtkWidget *page, *button, *row;
  const char *name;

  window_fixture_open (fixture, practice);
  pick_pair (fixture, &early, &late);
  name = rcp_visit_get_patient_name (late);
  put_on_list (fixture, late);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "wait-list");
  WAIT_FOR ((page = find_page (fixture)) && window_find (page, is_row, name));
  cancel (fixture, early);
  WAIT_FOR ((button = window_find (page, is_button, "_Book")));
  row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_grab_focus (row);
  g_assert_true (is_at_offer (fixture, name));
  g_list_model_items_changed (freed, 0, 0, 0);
  g_assert_true (is_at_offer (fixture, name));
  gtk_widget_grab_focus (window_find (page, is_button, "_Book"));
  g_list_model_items_changed (freed, 0, 0, 0);
  g_assert_true (is_at_offer (fixture, name));
  g_list_store_remove_all (G_LIST_STORE (freed));
  g_assert_true (is_row (gtk_window_get_focus (GTK_WINDOW (fixture->window)), name));
  g_assert_null (window_find (page, is_button, "_Book"));
}

/* While somebody is taken off or booked the keyboard stays on the page, and is at the row in the place of the one that went. */
static void
test_keeps_keyboard (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) early = NULL;
  g_autoptr (RcpVisit) late = NULL;
  RcpWaitListModel *model = fixture->window->wait_list;
  GtkWidget *page, *row;

  window_fixture_open (fixture, practice);
  pick_pair (fixture, &early, &late);
  put_on_list (fixture, late);
  put_on_list (fixture, early);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "wait-list");
  WAIT_FOR ((page = find_page (fixture)) && rcp_wait_list_model_get_count (model) == 2 && (row = window_find (page, is_row, NULL)));
  gtk_widget_grab_focus (row);
  g_assert_true (gtk_widget_activate_action (page, "wait-list.remove", NULL));
  g_assert_true (rcp_wait_list_model_is_busy (model));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == row);
  /* Once more while it is on its way does nothing. */
  gtk_widget_activate_action (page, "wait-list.remove", NULL);
  WAIT_FOR (rcp_wait_list_model_get_count (model) == 1 && !rcp_wait_list_model_is_busy (model));
  g_assert_true (is_row (gtk_window_get_focus (GTK_WINDOW (fixture->window)), NULL));
}

static gboolean
is_spinner (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SPINNER (widget) && gtk_widget_get_mapped (widget);
}

/* While the record answers nothing nobody is told that nobody waits. */
static void
test_not_known_yet (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpWaitListModel) model = NULL;
  GtkWidget *host = gtk_window_new ();

  window_fixture_open (fixture, practice);
  practice_fixture_pause (practice);
  model = rcp_wait_list_model_new (fixture->desk);
  gtk_window_set_child (GTK_WINDOW (host), rcp_wait_list_page_new (model));
  gtk_window_present (GTK_WINDOW (host));
  WAIT_FOR (window_find (host, is_spinner, NULL));
  g_assert_null (window_find (host, is_status_page, "Nobody Waits for an Earlier Time"));
  practice_fixture_resume (practice);
  WAIT_FOR (window_find (host, is_status_page, "Nobody Waits for an Earlier Time"));
  gtk_window_destroy (GTK_WINDOW (host));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/wait-list/from-wish-to-visit", WindowFixture, NULL, window_fixture_set_up, test_from_wish_to_visit, window_fixture_tear_down);
  g_test_add ("/ui/wait-list/delete-takes-off", WindowFixture, NULL, window_fixture_set_up, test_delete_takes_off, window_fixture_tear_down);
  g_test_add ("/ui/wait-list/not-known-yet", WindowFixture, NULL, window_fixture_set_up, test_not_known_yet, window_fixture_tear_down);
  g_test_add ("/ui/wait-list/below-dialog", WindowFixture, NULL, window_fixture_set_up, test_below_dialog, window_fixture_tear_down);
  g_test_add ("/ui/wait-list/free-time-keeps", WindowFixture, NULL, window_fixture_set_up, test_free_time_keeps, window_fixture_tear_down);
  g_test_add ("/ui/wait-list/keeps-keyboard", WindowFixture, NULL, window_fixture_set_up, test_keeps_keyboard, window_fixture_tear_down);
  return g_test_run ();
}
