/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole of what the program sees of the calendars: rcp-calendar-service, rcp-eds-service and rcp-busy-keeper. */

#include "calendars/rcp-busy-keeper.h"
#include "calendars/rcp-eds-service.h"

#include "eds-fixture.h"
#include "keep-result.h"

typedef struct
{
  RcpCalendarService *service;
  RcpCalendar *ana[2];
  RcpBusyTimes *times;
  RcpClock *clock;
  GTimeZone *place;
  GString *heard; /* uids whose reading changed */
} Fixture;

static RcpCalendars *calendars;

static gint64
instant (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
on_reading_changed_cb (RcpCalendarService *service, const char *uid, GString *heard)
{
  g_string_append (heard, uid);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  fixture->service = rcp_eds_service_new ();
  g_assert_null (rcp_calendar_service_get_calendars (fixture->service));
  rcp_calendar_service_open_async (fixture->service, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_true (rcp_calendar_service_open_finish (fixture->service, result, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->ana); i++)
    {
      g_autoptr (GObject) client = NULL;

      fixture->ana[i] = g_object_ref (eds_add_local (calendars, "Ana"));
      client = G_OBJECT (eds_connect (fixture->ana[i]));
      eds_put (E_CAL_CLIENT (client), i == 0 ? "UID:a\r\nDTSTART:20260310T140000Z\r\nDURATION:PT1H\r\n"
                                             : "UID:b\r\nDTSTART:20260310T143000Z\r\nDURATION:PT1H\r\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\r\n");
    }
  KEEP_RESULT_UNTIL (rcp_calendars_find (RCP_CALENDARS (rcp_calendar_service_get_calendars (fixture->service)),
                                         rcp_calendar_get_uid (fixture->ana[1])) != NULL);
  fixture->times = rcp_busy_times_new ();
  fixture->clock = rcp_clock_new_fixed (instant ("2026-03-01T12:00:00Z"));
  fixture->place = g_time_zone_new_identifier ("America/New_York");
  fixture->heard = g_string_new (NULL);
  g_signal_connect (fixture->service, "reading-changed", G_CALLBACK (on_reading_changed_cb), fixture->heard);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->service, fixture->heard);
  g_object_run_dispose (G_OBJECT (fixture->service));
  g_object_unref (fixture->service);
  g_object_unref (fixture->ana[0]);
  g_object_unref (fixture->ana[1]);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->times);
  g_object_unref (fixture->clock);
  g_time_zone_unref (fixture->place);
  g_string_free (fixture->heard, TRUE);
}

/* Of "ana" the uids of the first @n calendars and @more (nullable). */
static void
keep (Fixture *fixture, guint n, const char *more)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sas}"));
  g_autoptr (GStrvBuilder) uids = g_strv_builder_new ();
  g_autoptr (GVariant) chosen = NULL;
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < n; i++)
    g_strv_builder_add (uids, rcp_calendar_get_uid (fixture->ana[i]));
  if (more != NULL)
    g_strv_builder_add (uids, more);
  list = g_strv_builder_end (uids);
  g_variant_builder_add (&builder, "{s^as}", "ana", list);
  chosen = g_variant_ref_sink (g_variant_builder_end (&builder));
  rcp_calendar_service_keep (fixture->service, chosen, fixture->times, fixture->place, fixture->clock);
}

/* "10T1400+30B 10T1430+60A" */
static char *
print (Fixture *fixture)
{
  static const char letters[] = "-tBA";
  GArray *busy = rcp_busy_times_get (fixture->times, "ana");
  GString *text = g_string_new (busy != NULL ? NULL : "nothing");

  for (guint i = 0; busy != NULL && i < busy->len; i++)
    {
      const RcpBusy *item = &g_array_index (busy, RcpBusy, i);
      g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (item->range.start / G_USEC_PER_SEC);
      g_autofree char *from = g_date_time_format (start, "%dT%H%M");

      g_string_append_printf (text, "%s%s+%d%c", i > 0 ? " " : "", from,
                              (int) ((item->range.end - item->range.start) / G_TIME_SPAN_MINUTE), letters[item->kind]);
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_kept (Fixture *fixture, const char *expected)
{
  g_autofree char *text = print (fixture);

  return g_strcmp0 (text, expected) == 0;
}

/* Two calendars of one person are one; another choice is heeded at once, and none is nothing. */
static void
test_join (Fixture *fixture, gconstpointer data)
{
  const char *uid = rcp_calendar_get_uid (fixture->ana[0]);
  RcpCalendarReading reading;

  g_assert_false (rcp_calendar_service_get_reading (fixture->service, uid, &reading));
  keep (fixture, 1, NULL);
  KEEP_RESULT_UNTIL (is_kept (fixture, "10T1400+60B"));
  keep (fixture, 2, NULL);
  KEEP_RESULT_UNTIL (is_kept (fixture, "10T1400+30B 10T1430+60A"));
  KEEP_RESULT_UNTIL (rcp_busy_times_get_as_of (fixture->times, "ana") == 0);
  g_assert_true (rcp_calendar_service_get_reading (fixture->service, uid, &reading));
  g_assert_true (reading.is_read);
  g_assert_cmpint (reading.as_of, ==, 0);
  g_assert_cmpuint (reading.n_unread, ==, 0);
  g_assert_nonnull (strstr (fixture->heard->str, uid));
  keep (fixture, 0, NULL);
  g_assert_true (is_kept (fixture, "nothing"));
}

/* What comes while it is kept, and a calendar that only comes later. */
static void
test_live (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GObject) client = G_OBJECT (eds_connect (fixture->ana[0]));

  keep (fixture, 1, NULL);
  KEEP_RESULT_UNTIL (is_kept (fixture, "10T1400+60B"));
  eds_put (E_CAL_CLIENT (client), "UID:c\r\nDTSTART:20260311T140000Z\r\nDURATION:PT1H\r\nSTATUS:TENTATIVE\r\n");
  KEEP_RESULT_UNTIL (is_kept (fixture, "10T1400+60B 11T1400+60t"));
}

/* Of what was known before the start nothing is lost while one of the calendars cannot be read. */
static void
test_memory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  RcpBusy item = { { instant ("2026-03-12T14:00:00Z"), instant ("2026-03-12T15:00:00Z") }, RCP_BUSY_BUSY };

  g_array_append_val (before, item);
  rcp_busy_times_set (fixture->times, "ana", before, 77);
  keep (fixture, 1, "gone-from-here");
  KEEP_RESULT_UNTIL (is_kept (fixture, "10T1400+60B 12T1400+60B"));
  g_assert_cmpint (rcp_busy_times_get_as_of (fixture->times, "ana"), ==, 77);
  keep (fixture, 1, NULL);
  KEEP_RESULT_UNTIL (is_kept (fixture, "10T1400+60B"));
  KEEP_RESULT_UNTIL (rcp_busy_times_get_as_of (fixture->times, "ana") == 0);
}

static void
on_times_changed_cb (RcpBusyTimes *times, const char *person, Fixture *fixture)
{
  g_autofree char *text = print (fixture);

  g_string_append_printf (fixture->heard, "%s as of %" G_GINT64_FORMAT ";", text, rcp_busy_times_get_as_of (times, person));
}

/* What is kept this week comes first, and does not pass for all of it. */
static void
test_part (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GObject) client = G_OBJECT (eds_connect (fixture->ana[0]));

  eds_put (E_CAL_CLIENT (client), "UID:n\r\nDTSTART:20260301T170000Z\r\nDURATION:PT15M\r\n");
  g_signal_handlers_disconnect_by_data (fixture->service, fixture->heard);
  g_signal_connect (fixture->times, "changed", G_CALLBACK (on_times_changed_cb), fixture);
  keep (fixture, 1, NULL);
  KEEP_RESULT_UNTIL (is_kept (fixture, "01T1700+15B 10T1400+60B"));
  KEEP_RESULT_UNTIL (rcp_busy_times_get_as_of (fixture->times, "ana") == 0);
  g_assert_true (g_str_has_prefix (fixture->heard->str, "01T1700+15B as of -1;"));
  g_signal_handlers_disconnect_by_data (fixture->times, fixture);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  calendars = eds_open ();
  g_test_add ("/calendars/service/join", Fixture, NULL, set_up, test_join, tear_down);
  g_test_add ("/calendars/service/live", Fixture, NULL, set_up, test_live, tear_down);
  g_test_add ("/calendars/service/memory", Fixture, NULL, set_up, test_memory, tear_down);
  g_test_add ("/calendars/service/part", Fixture, NULL, set_up, test_part, tear_down);
  status = g_test_run ();
  g_object_unref (calendars);
  return status;
}
