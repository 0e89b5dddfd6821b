/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendars/rcp-busy-reader.h"

#include "calendars/rcp-mirror-uid.h"

/* Each case is read for a place in New York, in the window of its months; what is expected is in UTC. */

static gint64
instant (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static RcpBusyReader *
new_reader (const char *start, const char *end)
{
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier ("America/New_York");

  return rcp_busy_reader_new (place, (RcpTimeRange){ instant (start), instant (end) });
}

static char *
print (GArray *busy)
{
  static const char letters[] = "-tBA";
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < busy->len; i++)
    {
      const RcpBusy *item = &g_array_index (busy, RcpBusy, i);
      g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (item->range.start / G_USEC_PER_SEC);
      g_autoptr (GDateTime) end = g_date_time_new_from_unix_utc (item->range.end / G_USEC_PER_SEC);
      g_autofree char *from = g_date_time_format (start, "%m%dT%H%M");
      g_autofree char *until = g_date_time_format (end, "%m%dT%H%M");

      g_string_append_printf (text, "%s-%s%c ", from, until, letters[item->kind]);
    }
  return g_string_free (text, FALSE);
}

static char *
read_text (RcpBusyReader *reader, const char *events, guint *n_unread)
{
  g_autofree char *text = g_strconcat ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", events, "END:VCALENDAR\r\n", NULL);
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  icalcomponent *calendar = icalcomponent_new_from_string (text);

  g_assert_nonnull (calendar);
  *n_unread = rcp_busy_reader_read_calendar (reader, calendar, busy);
  icalcomponent_free (calendar);
  rcp_busy_normalize (busy);
  return print (busy);
}

#define EVENT(lines) "BEGIN:VEVENT\r\nUID:1\r\n" lines "END:VEVENT\r\n"
#define NY ";TZID=America/New_York:"

static const struct
{
  const char *name, *events, *expected;
} cases[] = {
  /* One event */
  { "utc", EVENT ("DTSTART:20260310T140000Z\r\nDTEND:20260310T150000Z\r\n"), "0310T1400-0310T1500B " },
  { "zone", EVENT ("DTSTART" NY "20260310T100000\r\nDTEND" NY "20260310T110000\r\n"), "0310T1400-0310T1500B " },
  { "floating", EVENT ("DTSTART:20260310T100000\r\nDTEND:20260310T110000\r\n"), "0310T1400-0310T1500B " },
  { "other-zone", EVENT ("DTSTART;TZID=Europe/Madrid:20260310T150000\r\nDTEND;TZID=Europe/Madrid:20260310T160000\r\n"), "0310T1400-0310T1500B " },
  { "two-zones", EVENT ("DTSTART" NY "20260310T100000\r\nDTEND;TZID=Europe/Madrid:20260310T173000\r\n"), "0310T1400-0310T1630B " },
  { "windows-zone", EVENT ("DTSTART;TZID=Pacific Standard Time:20260310T070000\r\nDURATION:PT1H\r\n"), "0310T1400-0310T1500B " },
  { "unknown-zone", EVENT ("DTSTART;TZID=Nowhere:20260310T100000\r\nDURATION:PT1H\r\n"), "0310T1400-0310T1500B " },
  { "duration", EVENT ("DTSTART:20260310T140000Z\r\nDURATION:PT45M\r\n"), "0310T1400-0310T1445B " },
  { "moment", EVENT ("DTSTART:20260310T140000Z\r\n"), "" },
  { "no-length", EVENT ("DTSTART:20260310T140000Z\r\nDTEND:20260310T140000Z\r\n"), "" },
  { "backwards", EVENT ("DTSTART:20260310T140000Z\r\nDTEND:20260310T130000Z\r\n"), "" },
  { "day", EVENT ("DTSTART;VALUE=DATE:20260310\r\nDTEND;VALUE=DATE:20260311\r\n"), "0310T0400-0311T0400B " },
  { "day-without-end", EVENT ("DTSTART;VALUE=DATE:20260310\r\n"), "0310T0400-0311T0400B " },
  { "day-of-no-length", EVENT ("DTSTART;VALUE=DATE:20260310\r\nDTEND;VALUE=DATE:20260310\r\n"), "0310T0400-0311T0400B " },
  { "day-of-23-hours", EVENT ("DTSTART;VALUE=DATE:20260308\r\nDURATION:P1D\r\n"), "0308T0500-0309T0400B " },
  { "day-of-25-hours", EVENT ("DTSTART;VALUE=DATE:20251101\r\nDTEND;VALUE=DATE:20251103\r\n"), "1101T0400-1103T0500B " },
  { "gap", EVENT ("DTSTART" NY "20260308T023000\r\nDURATION:PT1H\r\n"), "0308T0730-0308T0830B " },
  { "fold", EVENT ("DTSTART" NY "20251102T013000\r\nDTEND" NY "20251102T023000\r\n"), "1102T0530-1102T0730B " },
  { "transparent", EVENT ("DTSTART:20260310T140000Z\r\nDURATION:PT1H\r\nTRANSP:TRANSPARENT\r\n"), "" },
  { "cancelled", EVENT ("DTSTART:20260310T140000Z\r\nDURATION:PT1H\r\nSTATUS:CANCELLED\r\n"), "" },
  { "tentative", EVENT ("DTSTART:20260310T140000Z\r\nDURATION:PT1H\r\nSTATUS:TENTATIVE\r\n"), "0310T1400-0310T1500t " },
  { "away", EVENT ("DTSTART;VALUE=DATE:20260310\r\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\r\n"), "0310T0400-0311T0400A " },
  { "window-cuts", EVENT ("DTSTART:20250101T000000Z\r\nDTEND:20290101T000000Z\r\n"), "1001T0000-0601T0000B " },
  { "outside", EVENT ("DTSTART:20260601T000000Z\r\nDURATION:PT1H\r\n"), "" },
  /* Recurrences */
  { "daily-over-dst", EVENT ("DTSTART" NY "20260306T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=4\r\n"),
    "0306T1400-0306T1500B 0307T1400-0307T1500B 0308T1300-0308T1400B 0309T1300-0309T1400B " },
  { "end-is-exact", EVENT ("DTSTART" NY "20260307T230000\r\nDTEND" NY "20260308T070000\r\nRRULE:FREQ=DAILY;COUNT=2\r\n"),
    "0308T0400-0308T1100B 0309T0300-0309T1000B " },
  { "duration-of-a-day", EVENT ("DTSTART" NY "20260306T120000\r\nDURATION:P1D\r\nRRULE:FREQ=WEEKLY;COUNT=1\r\nRDATE" NY "20260307T120000\r\n"),
    "0306T1700-0308T1600B " },
  { "weekly-until", EVENT ("DTSTART" NY "20260303T180000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=20260310T220000Z\r\n"),
    "0303T2300-0304T0000B 0310T2200-0310T2300B " },
  { "long-before", EVENT ("DTSTART" NY "20110105T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY;INTERVAL=6;BYDAY=1WE\r\n"), "0107T1400-0107T1500B " },
  { "days-of-years", EVENT ("DTSTART;VALUE=DATE:20000310\r\nRRULE:FREQ=YEARLY\r\n"), "0310T0400-0311T0400B " },
  { "start-off-the-rule", EVENT ("DTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=1\r\n"),
    "0310T1300-0310T1400B 0311T1300-0311T1400B " },
  { "exdate", EVENT ("DTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=4\r\nEXDATE" NY "20260311T090000\r\nEXDATE:20260312T130000Z\r\n"),
    "0310T1300-0310T1400B 0313T1300-0313T1400B " },
  { "exdate-of-start", EVENT ("DTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEXDATE" NY "20260310T090000\r\n"),
    "0311T1300-0311T1400B " },
  { "exdate-by-day", EVENT ("DTSTART" NY "20260310T200000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20260311\r\n"),
    "0311T0000-0311T0100B 0313T0000-0313T0100B " },
  { "exdate-of-days", EVENT ("DTSTART;VALUE=DATE:20260310\r\nRRULE:FREQ=DAILY;COUNT=4\r\nEXDATE;VALUE=DATE:20260311\r\nEXDATE:20260312T040000Z\r\n"),
    "0310T0400-0311T0400B 0313T0400-0314T0400B " },
  { "exrule", EVENT ("DTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=5\r\nEXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2\r\n"),
    "0311T1300-0311T1400B 0313T1300-0313T1400B 0314T1300-0314T1400B " },
  { "rdate", EVENT ("DTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nRDATE" NY "20260312T100000,20260313T110000\r\n"),
    "0310T1300-0310T1400B 0312T1400-0312T1500B 0313T1500-0313T1600B " },
  { "rdate-by-day", EVENT ("DTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nRDATE;VALUE=DATE:20260312\r\n"),
    "0310T1300-0310T1400B 0312T1300-0312T1400B " },
  { "rdate-period", EVENT ("DTSTART:20260310T130000Z\r\nDURATION:PT1H\r\nRDATE;VALUE=PERIOD:20260312T130000Z/PT3H,20260313T130000Z/20260313T133000Z\r\n"),
    "0310T1300-0310T1400B 0312T1300-0312T1600B 0313T1300-0313T1330B " },
  /* Detached instances */
  { "moved", EVENT ("DTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\n")
             EVENT ("RECURRENCE-ID" NY "20260311T090000\r\nDTSTART" NY "20260311T150000\r\nDURATION:PT30M\r\n"),
    "0310T1300-0310T1400B 0311T1900-0311T1930B 0312T1300-0312T1400B " },
  { "moved-in-utc", EVENT ("DTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")
                    EVENT ("RECURRENCE-ID:20260311T130000Z\r\nDTSTART:20260311T190000Z\r\nDURATION:PT30M\r\n"),
    "0310T1300-0310T1400B 0311T1900-0311T1930B " },
  { "moved-out-of-window", EVENT ("DTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")
                           EVENT ("RECURRENCE-ID" NY "20260311T090000\r\nDTSTART" NY "20270311T150000\r\nDURATION:PT30M\r\n"),
    "0310T1300-0310T1400B " },
  { "one-called-off", EVENT ("DTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")
                      EVENT ("RECURRENCE-ID" NY "20260310T090000\r\nDTSTART" NY "20260310T090000\r\nDURATION:PT1H\r\nSTATUS:CANCELLED\r\n"),
    "0311T1300-0311T1400B " },
  { "one-is-tentative", EVENT ("DTSTART;VALUE=DATE:20260310\r\nRRULE:FREQ=DAILY;COUNT=2\r\nTRANSP:TRANSPARENT\r\n")
                        EVENT ("RECURRENCE-ID;VALUE=DATE:20260311\r\nDTSTART;VALUE=DATE:20260311\r\nSTATUS:TENTATIVE\r\n"),
    "0311T0400-0312T0400t " },
  { "detached-alone", EVENT ("RECURRENCE-ID" NY "20260311T090000\r\nDTSTART" NY "20260311T150000\r\nDURATION:PT30M\r\nRRULE:FREQ=DAILY\r\n"),
    "0311T1900-0311T1930B " },
  { "zone-of-its-own",
    "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    EVENT ("DTSTART;TZID=Office:20260310T170000\r\nDURATION:PT1H\r\n"), "0310T1400-0310T1500B " },
  { "two-events", "BEGIN:VEVENT\r\nDTSTART:20260310T140000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20260310T143000Z\r\nDURATION:PT1H\r\nSTATUS:TENTATIVE\r\nEND:VEVENT\r\n",
    "0310T1400-0310T1500B 0310T1500-0310T1530t " },
  { "no-events", "BEGIN:VTODO\r\nUID:1\r\nDTSTART:20260310T140000Z\r\nDURATION:PT1H\r\nEND:VTODO\r\n", "" },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (RcpBusyReader) reader = new_reader ("2025-10-01T00:00:00Z", "2026-06-01T00:00:00Z");
  guint n_unread;
  g_autofree char *found = read_text (reader, cases[i].events, &n_unread);

  g_assert_cmpstr (found, ==, cases[i].expected);
  g_assert_cmpuint (n_unread, ==, 0);
}

/* What cannot be read is counted, and the rest of it is there. */
static void
test_unread (void)
{
  static const struct
  {
    const char *events, *expected;
  } bad[] = {
    { EVENT ("DURATION:PT1H\r\n"), "" },
    { EVENT ("DTSTART:20260310T140000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=SECONDLY\r\n"), "0310T1400-0310T1500B " },
    { EVENT ("DTSTART:20260310T140000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;BYWEEKNO=1\r\n"), "0310T1400-0310T1500B " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (RcpBusyReader) reader = new_reader ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
      g_autofree char *events = g_strconcat (bad[i].events, "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20260320T140000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n", NULL);
      g_autofree char *expected = g_strconcat (bad[i].expected, "0320T1400-0320T1500B ", NULL);
      guint n_unread;
      g_autofree char *found = read_text (reader, events, &n_unread);

      g_assert_cmpstr (found, ==, expected);
      g_assert_cmpuint (n_unread, ==, 1);
    }
}

/* Whoever declined an invitation is free; our own visits are no busy time of the provider. */
static void
test_owner (void)
{
  static const char invitation[] = EVENT ("DTSTART:20260310T140000Z\r\nDURATION:PT1H\r\nATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.org\r\n");
  g_autoptr (RcpBusyReader) reader = new_reader ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
  g_autofree char *uid = rcp_mirror_uid_new ("https://example.org", "1");
  g_autofree char *own = g_strdup_printf ("BEGIN:VEVENT\r\nUID:%s\r\nDTSTART:20260310T140000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n", uid);
  guint n_unread;
  g_autofree char *before = read_text (reader, invitation, &n_unread);
  g_autofree char *after = NULL;
  g_autofree char *ours = NULL;

  rcp_busy_reader_set_owner (reader, "ana@example.org");
  after = read_text (reader, invitation, &n_unread);
  ours = read_text (reader, own, &n_unread);
  g_assert_cmpstr (before, ==, "0310T1400-0310T1500B ");
  g_assert_cmpstr (after, ==, "");
  g_assert_cmpstr (ours, ==, "");
}

/* Many windows side by side have together what one has. */
static void
test_windows_join (void)
{
  static const char events[] =
      EVENT ("DTSTART" NY "20250110T230000\r\nDTEND" NY "20250111T070000\r\nRRULE:FREQ=WEEKLY;BYDAY=FR,SU\r\nEXDATE" NY "20260306T230000\r\n")
      "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20251105\r\nDTEND;VALUE=DATE:20251108\r\nRRULE:FREQ=MONTHLY;INTERVAL=2\r\nEND:VEVENT\r\n";
  g_autoptr (RcpBusyReader) whole = new_reader ("2025-10-01T00:00:00Z", "2026-06-01T00:00:00Z");
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  g_autofree char *text = g_strconcat ("BEGIN:VCALENDAR\r\n", events, "END:VCALENDAR\r\n", NULL);
  icalcomponent *calendar = icalcomponent_new_from_string (text);
  RcpTimeRange window = rcp_busy_reader_get_window (whole);
  g_autofree char *one = NULL;
  g_autofree char *many = NULL;

  rcp_busy_reader_read_calendar (whole, calendar, all);
  for (gint64 at = window.start; at < window.end; at += 7 * G_TIME_SPAN_HOUR)
    {
      rcp_busy_reader_set_window (whole, (RcpTimeRange){ at, MIN (at + 7 * G_TIME_SPAN_HOUR, window.end) });
      rcp_busy_reader_read_calendar (whole, calendar, parts);
    }
  icalcomponent_free (calendar);
  rcp_busy_normalize (all);
  rcp_busy_normalize (parts);
  one = print (all);
  many = print (parts);
  g_assert_cmpuint (all->len, >, 60);
  g_assert_cmpstr (one, ==, many);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/calendars/busy-reader/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/calendars/busy-reader/unread", test_unread);
  g_test_add_func ("/calendars/busy-reader/owner", test_owner);
  g_test_add_func ("/calendars/busy-reader/windows-join", test_windows_join);
  return g_test_run ();
}
