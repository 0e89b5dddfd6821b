/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-hours-text.h"

#include <string.h>

#define MINUTES_PER_DAY (24 * 60)
#define EN_DASH "–"

/* A dash of any length joins the two times of a part: all of them become "-". */
static char *
fold_dashes (const char *text)
{
  g_autoptr (GString) folded = g_string_new (text);

  g_string_replace (folded, EN_DASH, "-", 0);
  g_string_replace (folded, "—", "-", 0);
  g_string_replace (folded, "\xc2\xa0", " ", 0);
  g_string_replace (folded, "\xe2\x80\xaf", " ", 0);
  g_string_replace (folded, ";", ",", 0);
  return g_ascii_strdown (folded->str, (gssize)folded->len);
}

/* Reads digits, at most two; -1 when there are none. */
static int
read_number (const char **text)
{
  int number = 0;
  guint n_digits = 0;

  while (g_ascii_isdigit (**text) && n_digits < 2)
    {
      number = number * 10 + (**text - '0');
      n_digits++;
      (*text)++;
    }
  return n_digits > 0 ? number : -1;
}

static void
skip_spaces (const char **text)
{
  while (g_ascii_isspace (**text))
    (*text)++;
}

/* "am", "a.m.", "a", and the same of p: 1 for the morning, 2 for the afternoon, 0 for neither. */
static int
read_half (const char **text)
{
  int half = **text == 'a' ? 1 : **text == 'p' ? 2 : 0;

  if (half == 0)
    return 0;
  (*text)++;
  if (**text == '.')
    (*text)++;
  if (**text == 'm')
    (*text)++;
  if (**text == '.')
    (*text)++;
  return half;
}

/* Minutes after midnight of "9", "9:30", "9.30", "9h30", "9 pm"; -1 when it is no time. */
static int
read_time (const char *text)
{
  int hours, minutes = 0, half;

  skip_spaces (&text);
  hours = read_number (&text);
  if (*text == ':' || *text == 'h' || (*text == '.' && g_ascii_isdigit (text[1])))
    {
      gboolean may_end = *text == 'h';

      text++;
      minutes = read_number (&text);
      if (minutes < 0 && may_end)
        minutes = 0;
    }
  skip_spaces (&text);
  half = read_half (&text);
  skip_spaces (&text);
  if (*text != '\0' || hours < 0 || minutes < 0 || minutes > 59 || hours > 24 || (half != 0 && (hours < 1 || hours > 12)))
    return -1;
  if (half != 0)
    hours = hours % 12 + (half == 2 ? 12 : 0);
  return hours * 60 + minutes <= MINUTES_PER_DAY ? hours * 60 + minutes : -1;
}

static RcpHoursFault
read_part (const char *part, guint grain, RcpDayHours *hours)
{
  g_auto (GStrv) times = g_strsplit (part, "-", -1);
  int start, end;

  if (g_strv_length (times) != 2)
    return RCP_HOURS_UNREADABLE;
  start = read_time (times[0]);
  end = read_time (times[1]);
  if (start < 0 || end < 0)
    return RCP_HOURS_UNREADABLE;
  if (end <= start)
    return RCP_HOURS_BACKWARDS;
  if (grain > 0 && ((guint)start % grain != 0 || (guint)end % grain != 0))
    return RCP_HOURS_OFF_GRAIN;
  hours->start = (guint)start;
  hours->end = (guint)end;
  return RCP_HOURS_FINE;
}

static gboolean
overlaps_any (GArray *list, RcpDayHours hours)
{
  for (guint i = 0; i < list->len; i++)
    {
      RcpDayHours other = g_array_index (list, RcpDayHours, i);

      if (hours.start < other.end && other.start < hours.end)
        return TRUE;
    }
  return FALSE;
}

static void
insert_sorted (GArray *list, RcpDayHours hours)
{
  guint i = 0;

  while (i < list->len && g_array_index (list, RcpDayHours, i).start < hours.start)
    i++;
  g_array_insert_val (list, i, hours);
}

RcpHoursFault
rcp_hours_text_parse (const char *text, guint grain_minutes, GArray **hours, char **fault_part)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (RcpDayHours));
  g_autofree char *folded = fold_dashes (text);
  g_auto (GStrv) parts = g_strsplit (folded, ",", -1);

  if (fault_part != NULL)
    *fault_part = NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      RcpDayHours one;
      RcpHoursFault fault;

      if (*g_strstrip (parts[i]) == '\0')
        continue;
      fault = read_part (parts[i], grain_minutes, &one);
      if (fault == RCP_HOURS_FINE && overlaps_any (list, one))
        fault = RCP_HOURS_OVERLAP;
      if (fault != RCP_HOURS_FINE)
        {
          if (fault_part != NULL)
            *fault_part = g_strdup (parts[i]);
          return fault;
        }
      insert_sorted (list, one);
    }
  *hours = g_steal_pointer (&list);
  return RCP_HOURS_FINE;
}

char *
rcp_hours_text_format (GArray *hours)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < hours->len; i++)
    {
      RcpDayHours one = g_array_index (hours, RcpDayHours, i);

      g_string_append_printf (text, "%s%u:%02u " EN_DASH " %u:%02u", i > 0 ? ", " : "", one.start / 60, one.start % 60,
                              one.end / 60, one.end % 60);
    }
  return g_string_free (text, FALSE);
}
