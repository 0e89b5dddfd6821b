/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calendars come from servers of others. Whatever is in them, what they keep busy lies in the window, in order and without
 * overlap, and is the same when it is read again. */

#define G_LOG_DOMAIN "fuzz-busy"

#include "calendars/rcp-busy-reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static GArray *
read_busy (RcpBusyReader *reader, icalcomponent *calendar)
{
  GArray *busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));

  rcp_busy_reader_read_calendar (reader, calendar, busy);
  rcp_busy_normalize (busy);
  return busy;
}

static void
check (GArray *busy, GArray *again, RcpTimeRange window)
{
  g_assert_cmpuint (busy->len, ==, again->len);
  for (guint i = 0; i < busy->len; i++)
    {
      const RcpBusy *item = &g_array_index (busy, RcpBusy, i);
      const RcpBusy *same = &g_array_index (again, RcpBusy, i);

      g_assert_true (rcp_time_range_contains (window, item->range) && item->range.start < item->range.end);
      g_assert_true (item->range.start == same->range.start && item->range.end == same->range.end && item->kind == same->kind);
      g_assert_true (item->kind > RCP_BUSY_NONE && item->kind <= RCP_BUSY_AWAY);
      g_assert_true (i == 0 || item[-1].range.end <= item->range.start);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier ("America/New_York");
  RcpTimeRange window = { G_GINT64_CONSTANT (1771000000) * G_USEC_PER_SEC, G_GINT64_CONSTANT (1779000000) * G_USEC_PER_SEC };
  g_autoptr (RcpBusyReader) reader = rcp_busy_reader_new (place, window);
  icalcomponent *calendar = icalcomponent_new_from_string (text);

  if (calendar != NULL)
    {
      g_autoptr (GArray) busy = read_busy (reader, calendar);
      g_autoptr (GArray) again = read_busy (reader, calendar);

      check (busy, again, window);
      icalcomponent_free (calendar);
    }
  return 0;
}
