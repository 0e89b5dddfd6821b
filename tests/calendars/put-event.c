/* SPDX-License-Identifier: GPL-3.0-or-later */

/* put-event CALENDAR UID START MINUTES: what a provider does on a phone, for tests of the whole program. START as 20261123T150000Z. */

#include "eds-fixture.h"

int
main (int argc, char **argv)
{
  g_autoptr (RcpCalendars) calendars = NULL;
  g_autofree char *lines = NULL;
  ECalClient *client;

  g_assert_cmpint (argc, ==, 5);
  calendars = eds_open ();
  g_assert_nonnull (rcp_calendars_find (calendars, argv[1]));
  client = eds_connect (rcp_calendars_find (calendars, argv[1]));
  lines = g_strdup_printf ("UID:%s\r\nDTSTART:%s\r\nDURATION:PT%sM\r\nSUMMARY:Dentist, Alba Quevedo\r\n", argv[2], argv[3], argv[4]);
  eds_put (client, lines);
  g_object_unref (client);
  return 0;
}
