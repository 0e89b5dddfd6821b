/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendars/rcp-event.h"

#include "calendars/rcp-mirror-uid.h"

static RcpBusyKind
read_kind (const char *lines)
{
  g_autofree char *text = g_strconcat ("BEGIN:VEVENT\r\n", lines, "END:VEVENT\r\n", NULL);
  icalcomponent *event = icalcomponent_new_from_string (text);
  RcpBusyKind kind;

  g_assert_nonnull (event);
  kind = rcp_event_get_kind (event, "ana@example.org");
  icalcomponent_free (event);
  return kind;
}

#define ANSWER(partstat) "ATTENDEE;PARTSTAT=" partstat ":mailto:ana@example.org\r\n"
#define OUTLOOK(status) "X-MICROSOFT-CDO-BUSYSTATUS:" status "\r\n"

static void
test_kinds (void)
{
  static const struct
  {
    const char *lines;
    RcpBusyKind kind;
  } cases[] = {
    { "", RCP_BUSY_BUSY },
    { "TRANSP:OPAQUE\r\n", RCP_BUSY_BUSY },
    { "TRANSP:TRANSPARENT\r\n", RCP_BUSY_NONE },
    { "STATUS:CONFIRMED\r\n", RCP_BUSY_BUSY },
    { "STATUS:TENTATIVE\r\n", RCP_BUSY_TENTATIVE },
    { "STATUS:CANCELLED\r\n", RCP_BUSY_NONE },
    { OUTLOOK ("FREE"), RCP_BUSY_NONE },
    { OUTLOOK ("BUSY"), RCP_BUSY_BUSY },
    { OUTLOOK ("TENTATIVE"), RCP_BUSY_TENTATIVE },
    { OUTLOOK ("OOF"), RCP_BUSY_AWAY },
    { OUTLOOK ("oof") "STATUS:TENTATIVE\r\n", RCP_BUSY_AWAY },
    { OUTLOOK ("WORKINGELSEWHERE"), RCP_BUSY_AWAY },
    { OUTLOOK ("SOMETHING"), RCP_BUSY_BUSY },
    { "TRANSP:TRANSPARENT\r\n" OUTLOOK ("BUSY"), RCP_BUSY_NONE },
    { "TRANSP:OPAQUE\r\n" OUTLOOK ("FREE"), RCP_BUSY_BUSY },
    { ANSWER ("ACCEPTED"), RCP_BUSY_BUSY },
    { ANSWER ("ACCEPTED") OUTLOOK ("OOF"), RCP_BUSY_AWAY },
    { ANSWER ("DECLINED"), RCP_BUSY_NONE },
    { ANSWER ("DELEGATED"), RCP_BUSY_NONE },
    { ANSWER ("TENTATIVE"), RCP_BUSY_TENTATIVE },
    { ANSWER ("NEEDS-ACTION"), RCP_BUSY_TENTATIVE },
    { "ATTENDEE:MAILTO:Ana@Example.org\r\n", RCP_BUSY_TENTATIVE },
    { "ATTENDEE;PARTSTAT=DECLINED:mailto:leo@example.org\r\n", RCP_BUSY_BUSY },
    { "ATTENDEE;PARTSTAT=DECLINED:mailto:leo@example.org\r\n" ANSWER ("ACCEPTED"), RCP_BUSY_BUSY },
    { "ATTENDEE;PARTSTAT=DECLINED:urn:uuid:1\r\n", RCP_BUSY_BUSY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].lines);
      g_assert_cmpint (read_kind (cases[i].lines), ==, cases[i].kind);
    }
}

static void
test_own_visit (void)
{
  g_autofree char *uid = rcp_mirror_uid_new ("https://example.org", "1");
  g_autofree char *lines = g_strconcat ("UID:", uid, "\r\n", NULL);

  g_assert_cmpint (read_kind (lines), ==, RCP_BUSY_NONE);
  g_assert_cmpint (read_kind ("UID:1@example.org\r\n"), ==, RCP_BUSY_BUSY);
}

static void
test_lengths (void)
{
  static const struct
  {
    const char *duration;
    gint64 days, seconds;
  } cases[] = {
    { "PT45M", 0, 2700 }, { "P1D", 1, 0 }, { "P1W", 7, 0 }, { "P1DT2H", 1, 7200 }, { "PT24H", 0, 86400 }, { "-PT1H", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RcpEventLength length = rcp_event_length_from_duration (icaldurationtype_from_string (cases[i].duration));

      g_assert_cmpint (length.days, ==, cases[i].days);
      g_assert_cmpint (length.seconds, ==, cases[i].seconds);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  icalerror_set_errors_are_fatal (0);
  g_test_add_func ("/calendars/event/kinds", test_kinds);
  g_test_add_func ("/calendars/event/own-visit", test_own_visit);
  g_test_add_func ("/calendars/event/lengths", test_lengths);
  return g_test_run ();
}
