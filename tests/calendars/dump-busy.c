/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads lines "ZONE START END PATH" (seconds since 1970) and prints what rcp-busy-reader finds in each file, for test_reference.py:
 * "file PATH", or "refused PATH" where libical takes it for nothing; then for each UID "unread UID" or nothing, and a line
 * "busy UID START END KIND" for each range. */

#define G_LOG_DOMAIN "dump-busy"

#include "calendars/rcp-busy-reader.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static void
collect (icalcomponent *component, RcpBusyReader *reader, GHashTable *families)
{
  for (icalcomponent *part = icalcomponent_get_first_component (component, ICAL_ANY_COMPONENT); part != NULL;
       part = icalcomponent_get_next_component (component, ICAL_ANY_COMPONENT))
    {
      const char *uid = icalcomponent_get_uid (part);
      GPtrArray *family;

      if (icalcomponent_isa (part) == ICAL_VCALENDAR_COMPONENT)
        collect (part, reader, families);
      if (icalcomponent_isa (part) == ICAL_VTIMEZONE_COMPONENT)
        rcp_zones_add (rcp_busy_reader_get_zones (reader), part);
      if (icalcomponent_isa (part) != ICAL_VEVENT_COMPONENT || uid == NULL || strpbrk (uid, " \t\r\n") != NULL)
        continue;
      family = g_hash_table_lookup (families, uid);
      if (family == NULL)
        {
          family = g_ptr_array_new ();
          g_hash_table_insert (families, g_strdup (uid), family);
        }
      g_ptr_array_add (family, part);
    }
}

static void
dump (RcpBusyReader *reader, icalcomponent *calendar)
{
  g_autoptr (GHashTable) families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer uid;
  gpointer value;

  collect (calendar, reader, families);
  g_hash_table_iter_init (&iter, families);
  while (g_hash_table_iter_next (&iter, &uid, &value))
    {
      GPtrArray *family = value;
      g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));

      if (!rcp_busy_reader_read (reader, (icalcomponent *const *) family->pdata, family->len, busy))
        printf ("unread %s\n", (char *) uid);
      rcp_busy_normalize (busy);
      for (guint i = 0; i < busy->len; i++)
        {
          const RcpBusy *item = &g_array_index (busy, RcpBusy, i);

          printf ("busy %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n", (char *) uid, item->range.start / G_USEC_PER_SEC,
                  item->range.end / G_USEC_PER_SEC, item->kind);
        }
    }
}

int
main (void)
{
  char line[4096];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", 4);
      g_autoptr (GTimeZone) place = g_time_zone_new_identifier (words[0]);
      RcpTimeRange window = { g_ascii_strtoll (words[1], NULL, 10) * G_USEC_PER_SEC, g_ascii_strtoll (words[2], NULL, 10) * G_USEC_PER_SEC };
      g_autoptr (RcpBusyReader) reader = rcp_busy_reader_new (place, window);
      g_autofree char *text = NULL;
      icalcomponent *calendar;
      clock_t began;

      if (!g_file_get_contents (words[3], &text, NULL, NULL))
        return 1;
      calendar = icalcomponent_new_from_string (text);
      began = clock ();
      printf ("%s %s\n", calendar != NULL ? "file" : "refused", words[3]);
      if (calendar != NULL)
        {
          dump (reader, calendar);
          icalcomponent_free (calendar);
        }
      printf ("took %d\n", (int) ((clock () - began) * 1000 / CLOCKS_PER_SEC));
      fflush (stdout);
    }
  return 0;
}
