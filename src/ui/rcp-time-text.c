/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-time-text"

#include "config.h"

#include "rcp-time-text.h"

#include "base/rcp-when-text.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
format_date (const GDate *date, const char *format)
{
  g_autoptr (GDateTime) noon = NULL;

  if (!date || !g_date_valid (date))
    return g_strdup ("");
  noon = g_date_time_new_utc (g_date_get_year (date), g_date_get_month (date), g_date_get_day (date), 12, 0, 0);
  return noon ? g_date_time_format (noon, format) : g_strdup ("");
}

char *
rcp_time_text_clock (gint64 instant, GTimeZone *zone)
{
  return rcp_when_text_clock (instant, zone);
}

char *
rcp_time_text_hour (gint64 instant, GTimeZone *zone)
{
  /* Translators: a full hour on the scale of the board with AM or PM, in strftime's notation. */
  return rcp_when_text_format (instant, zone, rcp_when_text_is_twelve_hour () ? _("%l %p") : _("%k:%M"));
}

char *
rcp_time_text_range (RcpTimeRange range, GTimeZone *zone)
{
  g_autofree char *start = rcp_time_text_clock (range.start, zone);
  g_autofree char *end = rcp_time_text_clock (range.end, zone);

  /* Translators: from one time of the day to another. */
  return g_strdup_printf (_("%s – %s"), start, end);
}

char *
rcp_time_text_spoken (RcpTimeRange range, GTimeZone *zone)
{
  g_autofree char *start = rcp_time_text_clock (range.start, zone);
  g_autofree char *end = rcp_time_text_clock (range.end, zone);

  /* Translators: from one time of the day to another, to be read aloud. */
  return g_strdup_printf (_("%s to %s"), start, end);
}

char *
rcp_time_text_duration (gint64 microseconds)
{
  guint minutes = (guint) (MAX (microseconds, 0) / G_TIME_SPAN_MINUTE);

  if (minutes < 60)
    /* Translators: how long something takes. */
    return g_strdup_printf (_("%u min"), minutes);
  if (minutes % 60 == 0)
    return g_strdup_printf (_("%u h"), minutes / 60);
  return g_strdup_printf (_("%u h %u min"), minutes / 60, minutes % 60);
}

char *
rcp_time_text_date (const GDate *date)
{
  /* Translators: a full date with its weekday, in strftime's notation. */
  return format_date (date, _("%A, %-d %B %Y"));
}

char *
rcp_time_text_short_date (const GDate *date)
{
  /* Translators: a short date with its weekday, in strftime's notation. */
  return format_date (date, _("%a, %-d %b"));
}

char *
rcp_time_text_weekday (const GDate *date)
{
  /* Translators: a day of a week, without its month, in strftime's notation. */
  return format_date (date, _("%a %-d"));
}

char *
rcp_time_text_days (const GDate *first, const GDate *last)
{
  gboolean same_year = g_date_get_year (first) == g_date_get_year (last);
  gboolean same_month = same_year && g_date_get_month (first) == g_date_get_month (last);
  g_autofree char *start = NULL, *end = NULL;

  /* Translators: the first of some days, by strftime: in the month of the last, in its year, or in another year. */
  start = format_date (first, same_month ? C_("first day", "%-d") : same_year ? C_("first day", "%-d %b") : C_("first day", "%-d %b %Y"));
  /* Translators: the last of some days, by strftime: in the month of the first, or in another. */
  end = format_date (last, same_month ? C_("last day", "%-d %B %Y") : C_("last day", "%-d %b %Y"));
  /* Translators: from one day to another. */
  return g_strdup_printf (C_("days", "%s – %s"), start, end);
}

char *
rcp_time_text_short_days (const GDate *first, const GDate *last)
{
  gboolean same_month = g_date_get_month (first) == g_date_get_month (last);
  g_autofree char *start = format_date (first, same_month ? C_("first day", "%-d") : C_("first day", "%-d %b"));
  /* Translators: the last of some days, where there is little room, by strftime. */
  g_autofree char *end = format_date (last, C_("last day", "%-d %b"));

  return g_strdup_printf (C_("days", "%s – %s"), start, end);
}

char *
rcp_time_text_day (gint64 instant, GTimeZone *zone)
{
  GDate date;

  rcp_time_get_day (instant, zone, &date);
  return rcp_time_text_date (&date);
}

char *
rcp_time_text_short_day (gint64 instant, GTimeZone *zone)
{
  GDate date;

  rcp_time_get_day (instant, zone, &date);
  return rcp_time_text_short_date (&date);
}

char *
rcp_time_text_birth_date (const GDate *date)
{
  /* Translators: a birth date, with the year, in strftime's notation. */
  return format_date (date, _("%-d %b %Y"));
}

char *
rcp_time_text_month (const GDate *date)
{
  /* Translators: a month with its year, standing alone, in strftime's notation. */
  return format_date (date, _("%OB %Y"));
}

char *
rcp_time_text_short_month (const GDate *date)
{
  /* Translators: a month with its year, as short as possible, in strftime's notation. */
  return format_date (date, _("%b %Y"));
}

char *
rcp_time_text_long_weekday (const GDate *date)
{
  return format_date (date, "%A");
}

char *
rcp_time_text_narrow_weekday (const GDate *date)
{
  g_autofree char *name = format_date (date, "%a");
  char *end = g_utf8_find_next_char (name, NULL);

  /* One letter, as over the columns of a calendar. */
  return *name ? g_strndup (name, (gsize) (end - name)) : g_strdup ("");
}
