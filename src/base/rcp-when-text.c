/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-when-text.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

gboolean
rcp_when_text_is_twelve_hour (void)
{
  const char *format = nl_langinfo (T_FMT);

  return strstr (format, "%r") || strstr (format, "%I") || strstr (format, "%l") || strstr (format, "%p");
}

char *
rcp_when_text_format (gint64 instant, GTimeZone *zone, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  char *text = local ? g_date_time_format (local, format) : NULL;

  if (!text)
    return g_strdup ("");
  /* %l pads with a space, or with a figure space. */
  if (g_str_has_prefix (text, "\xe2\x80\x87"))
    memmove (text, text + 3, strlen (text + 3) + 1);
  return g_strchug (text);
}

char *
rcp_when_text_clock (gint64 instant, GTimeZone *zone)
{
  /* Translators: a time of the day with AM or PM, in strftime's notation. */
  return rcp_when_text_format (instant, zone, rcp_when_text_is_twelve_hour () ? _ ("%l:%M %p")
                               /* Translators: a time of the day by 24 hours, in strftime's notation. */
                                                                               : _ ("%k:%M"));
}

char *
rcp_when_text_day_and_clock (gint64 instant, GTimeZone *zone)
{
  /* Translators: a day in few words, in strftime's notation */
  g_autofree char *day = rcp_when_text_format (instant, zone, C_ ("day of a visit", "%a %-e %b"));
  g_autofree char *clock = rcp_when_text_clock (instant, zone);

  /* Translators: a day; a time of day */
  return g_strdup_printf (C_ ("day and time", "%s, %s"), day, clock);
}
