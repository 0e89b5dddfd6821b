/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendars/rcp-calendars.h"

#include "eds-fixture.h"
#include "keep-result.h"

static RcpCalendars *calendars;

static void
count_items_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  *(int *) data += (int) added - (int) removed;
}

static void
test_live (void)
{
  int n = 0;
  gulong handler = g_signal_connect (calendars, "items-changed", G_CALLBACK (count_items_cb), &n);
  RcpCalendar *calendar = eds_add_local (calendars, "Surgery");
  g_autofree char *uid = g_strdup (rcp_calendar_get_uid (calendar));
  ESource *source = rcp_calendar_get_source (calendar);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (n, ==, 1);
  g_assert_cmpstr (rcp_calendar_get_name (calendar), ==, "Surgery");
  g_assert_null (rcp_calendar_get_account (calendar));
  g_assert_true (rcp_calendar_is_enabled (calendar));
  g_assert_true (rcp_calendar_can_be_written (calendar));

  e_source_set_display_name (source, "Theatre");
  e_source_selectable_set_color (e_source_get_extension (source, E_SOURCE_EXTENSION_CALENDAR), "#c01c28");
  eds_commit (calendars, source);
  KEEP_RESULT_UNTIL (g_strcmp0 (rcp_calendar_get_colour (rcp_calendars_find (calendars, uid)), "#c01c28") == 0);
  g_assert_cmpstr (rcp_calendar_get_name (rcp_calendars_find (calendars, uid)), ==, "Theatre");

  e_source_remove (source, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  e_source_remove_finish (source, result, &error);
  g_assert_no_error (error);
  KEEP_RESULT_UNTIL (rcp_calendars_find (calendars, uid) == NULL);
  g_assert_cmpint (n, ==, 0);
  g_signal_handler_disconnect (calendars, handler);
}

static void
test_order (void)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (calendars));
  const char *last = "";

  eds_add_local (calendars, "Zimmer");
  eds_add_local (calendars, "Ähre");
  eds_add_local (calendars, "Miller");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (calendars)), ==, n + 3);
  for (guint i = 0; i < n + 3; i++)
    {
      g_autoptr (RcpCalendar) calendar = g_list_model_get_item (G_LIST_MODEL (calendars), i);

      if (rcp_calendar_get_account (calendar) != NULL)
        break;
      g_assert_cmpint (g_utf8_collate (last, rcp_calendar_get_name (calendar)), <=, 0);
      last = rcp_calendar_get_name (calendar);
    }
}

/* Birthdays and the weather cannot be written. */
static void
test_kinds (void)
{
  guint n_read_only = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (calendars)); i++)
    {
      g_autoptr (RcpCalendar) calendar = g_list_model_get_item (G_LIST_MODEL (calendars), i);

      n_read_only += !rcp_calendar_can_be_written (calendar);
    }
  g_assert_cmpuint (n_read_only, >=, 1);
}

static void
test_given_up (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_calendars_open_async (cancellable, keep_result_cb, &kept);
  g_cancellable_cancel (cancellable);
  result = keep_result_wait (&kept);
  g_assert_null (rcp_calendars_open_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  calendars = eds_open ();
  g_test_add_func ("/calendars/calendars/live", test_live);
  g_test_add_func ("/calendars/calendars/order", test_order);
  g_test_add_func ("/calendars/calendars/kinds", test_kinds);
  g_test_add_func ("/calendars/calendars/given-up", test_given_up);
  status = g_test_run ();
  g_assert_finalize_object (calendars);
  return status;
}
