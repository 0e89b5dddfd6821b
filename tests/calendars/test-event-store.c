/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendars/rcp-event-store.h"

#define START G_GINT64_CONSTANT (1772323200) /* 2026-03-01T00:00:00Z */

typedef struct
{
  RcpEventStore *store;
  RcpBusyReader *reader;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  fixture->store = rcp_event_store_new ();
  fixture->reader = rcp_busy_reader_new (
      utc, (RcpTimeRange){ START * G_USEC_PER_SEC, START * G_USEC_PER_SEC + 31 * G_TIME_SPAN_DAY });
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rcp_event_store_free (fixture->store);
  rcp_busy_reader_free (fixture->reader);
}

static void
put (Fixture *fixture, const char *lines)
{
  g_autofree char *text = g_strconcat ("BEGIN:VEVENT\r\n", lines, "DURATION:PT1H\r\nEND:VEVENT\r\n", NULL);
  g_autoptr (GObject) event = G_OBJECT (i_cal_component_new_from_string (text));

  rcp_event_store_put (fixture->store, I_CAL_COMPONENT (event));
}

/* The hours of March on which something is, as "day.hour ". */
static void
assert_hours (Fixture *fixture, const char *expected)
{
  g_autoptr (GArray) busy = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  while (rcp_event_store_read (fixture->store, fixture->reader, 0))
    ;
  busy = rcp_event_store_collect (fixture->store);
  for (guint i = 0; i < busy->len; i++)
    {
      gint64 hours = (g_array_index (busy, RcpBusy, i).range.start / G_USEC_PER_SEC - START) / 3600;

      g_string_append_printf (text, "%d.%d ", (int) hours / 24 + 1, (int) hours % 24);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

#define SERIES "UID:s\r\nDTSTART:20260310T090000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
#define MOVED "UID:s\r\nRECURRENCE-ID:20260311T090000Z\r\nDTSTART:20260320T150000Z\r\n"

static void
test_single (Fixture *fixture, gconstpointer data)
{
  put (fixture, "UID:a\r\nDTSTART:20260310T090000Z\r\n");
  put (fixture, "UID:b\r\nDTSTART:20260312T090000Z\r\n");
  assert_hours (fixture, "10.9 12.9 ");
  put (fixture, "UID:a\r\nDTSTART:20260311T090000Z\r\n");
  assert_hours (fixture, "11.9 12.9 ");
  g_assert_false (rcp_event_store_is_series (fixture->store, "a"));
  rcp_event_store_remove (fixture->store, "a", NULL);
  rcp_event_store_remove (fixture->store, "nobody", NULL);
  assert_hours (fixture, "12.9 ");
}

/* A part of a series that comes later, changes or goes changes what the series means. */
static void
test_series (Fixture *fixture, gconstpointer data)
{
  put (fixture, SERIES);
  assert_hours (fixture, "10.9 11.9 12.9 ");
  g_assert_true (rcp_event_store_is_series (fixture->store, "s"));
  g_assert_false (rcp_event_store_is_series (fixture->store, "nobody"));
  put (fixture, MOVED);
  assert_hours (fixture, "10.9 12.9 20.15 ");
  put (fixture, "UID:s\r\nRECURRENCE-ID:20260311T090000Z\r\nDTSTART:20260321T150000Z\r\n");
  assert_hours (fixture, "10.9 12.9 21.15 ");
  rcp_event_store_remove (fixture->store, "s", "20260311T090000Z");
  assert_hours (fixture, "10.9 11.9 12.9 ");
  put (fixture, MOVED);
  rcp_event_store_remove (fixture->store, "s", NULL);
  assert_hours (fixture, "");
}

/* In whatever order they are told. */
static void
test_part_first (Fixture *fixture, gconstpointer data)
{
  put (fixture, MOVED);
  assert_hours (fixture, "20.15 ");
  put (fixture, SERIES);
  assert_hours (fixture, "10.9 12.9 20.15 ");
}

static void
test_becomes_series (Fixture *fixture, gconstpointer data)
{
  put (fixture, "UID:s\r\nDTSTART:20260310T090000Z\r\n");
  assert_hours (fixture, "10.9 ");
  put (fixture, SERIES);
  put (fixture, MOVED);
  assert_hours (fixture, "10.9 12.9 20.15 ");
}

static void
test_unread (Fixture *fixture, gconstpointer data)
{
  put (fixture, "UID:a\r\n");
  put (fixture, "UID:b\r\nDTSTART:20260312T090000Z\r\n");
  put (fixture, "SUMMARY:No UID\r\nDTSTART:20260312T110000Z\r\n");
  assert_hours (fixture, "12.9 ");
  g_assert_cmpuint (rcp_event_store_get_n_unread (fixture->store), ==, 1);
  put (fixture, "UID:a\r\nDTSTART:20260313T090000Z\r\n");
  assert_hours (fixture, "12.9 13.9 ");
  g_assert_cmpuint (rcp_event_store_get_n_unread (fixture->store), ==, 0);
}

/* Reading stops for the screen, and goes on where it was. */
static void
test_slices (Fixture *fixture, gconstpointer data)
{
  guint n = 1;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *lines = g_strdup_printf ("UID:%u\r\nDTSTART:202603%02uT090000Z\r\n", i, i % 28 + 1);

      put (fixture, lines);
    }
  while (rcp_event_store_read (fixture->store, fixture->reader, 0))
    n++;
  g_assert_cmpuint (n, ==, 50);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/calendars/event-store/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("single", test_single);
  ADD ("series", test_series);
  ADD ("part-first", test_part_first);
  ADD ("becomes-series", test_becomes_series);
  ADD ("unread", test_unread);
  ADD ("slices", test_slices);
#undef ADD
  return g_test_run ();
}
