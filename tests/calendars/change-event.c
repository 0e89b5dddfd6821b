/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a provider does on a phone with the events of a calendar, for tests of the whole program:
 * change-event CALENDAR list: a line for each, "UID START END STATUS SUMMARY", the times as 20261123T150000Z;
 * change-event CALENDAR move UID START MINUTES; change-event CALENDAR delete UID; and
 * change-event CALENDAR refresh: as when its interval comes. */

#include "eds-fixture.h"

#include <stdlib.h>
#include <string.h>

static char *
print_time (ICalTime *time)
{
  gint64 seconds = i_cal_time_as_timet_with_zone (time, i_cal_time_get_timezone (time));
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);

  return g_date_time_format (moment, "%Y%m%dT%H%M%SZ");
}

static void
print_event (ICalComponent *event)
{
  g_autoptr (GObject) start = G_OBJECT (i_cal_component_get_dtstart (event));
  g_autoptr (GObject) end = G_OBJECT (i_cal_component_get_dtend (event));
  g_autofree char *from = print_time (I_CAL_TIME (start)), *to = print_time (I_CAL_TIME (end));
  const char *status = i_cal_component_get_status (event) == I_CAL_STATUS_CANCELLED ? "CANCELLED" : "CONFIRMED";

  g_print ("%s %s %s %s %s\n", i_cal_component_get_uid (event), from, to, status, i_cal_component_get_summary (event));
}

static void
list_events (ECalClient *client)
{
  GSList *events = NULL;
  g_autoptr (GError) error = NULL;

  e_cal_client_get_object_list_sync (client, "#t", &events, NULL, &error);
  g_assert_no_error (error);
  for (GSList *at = events; at != NULL; at = at->next)
    print_event (at->data);
  g_slist_free_full (events, g_object_unref);
}

static void
move_event (ECalClient *client, const char *uid, const char *start, int minutes)
{
  ICalComponent *event = NULL;
  g_autoptr (GObject) from = G_OBJECT (i_cal_time_new_from_string (start));
  g_autoptr (GObject) to = G_OBJECT (i_cal_time_clone (I_CAL_TIME (from)));
  g_autoptr (GError) error = NULL;

  e_cal_client_get_object_sync (client, uid, NULL, &event, NULL, &error);
  g_assert_no_error (error);
  i_cal_time_adjust (I_CAL_TIME (to), 0, 0, minutes, 0);
  i_cal_component_set_dtstart (event, I_CAL_TIME (from));
  i_cal_component_set_dtend (event, I_CAL_TIME (to));
  e_cal_client_modify_object_sync (client, event, E_CAL_OBJ_MOD_ALL, E_CAL_OPERATION_FLAG_NONE, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (event);
}

int
main (int argc, char **argv)
{
  g_autoptr (RcpCalendars) calendars = NULL;
  ECalClient *client;

  g_assert_cmpint (argc, >=, 3);
  calendars = eds_open ();
  g_assert_nonnull (rcp_calendars_find (calendars, argv[1]));
  client = eds_connect (rcp_calendars_find (calendars, argv[1]));
  if (strcmp (argv[2], "list") == 0)
    list_events (client);
  else if (strcmp (argv[2], "delete") == 0 && argc == 4)
    eds_remove (client, argv[3], NULL);
  else if (strcmp (argv[2], "move") == 0 && argc == 6)
    move_event (client, argv[3], argv[4], atoi (argv[5]));
  else if (strcmp (argv[2], "refresh") == 0)
    e_client_refresh_sync (E_CLIENT (client), NULL, NULL); /* what comes of it is seen in the program */
  else
    g_error ("Nobody knows what %s is", argv[2]);
  g_object_unref (client);
  return 0;
}
