/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-iso8601.h"

/* 0001-01-01 and 10000-01-01 UTC: what lies outside can be written in another zone, but not in UTC. */
#define FIRST_INSTANT (G_GINT64_CONSTANT (-62135596800) * G_USEC_PER_SEC)
#define LAST_INSTANT (G_GINT64_CONSTANT (253402300800) * G_USEC_PER_SEC)

/* Reads exactly @count ASCII digits; moves @cursor behind them. */
static gboolean
read_digits (const char **cursor, guint count, int *value)
{
  int sum = 0;

  for (guint i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit ((*cursor)[i]))
        return FALSE;
      sum = sum * 10 + ((*cursor)[i] - '0');
    }

  *cursor += count;
  *value = sum;
  return TRUE;
}

/* Days from 1970-01-01 to the first of a month of the proleptic Gregorian calendar. */
static gint64
days_to_month (int year, int month)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

static gint64
days_to_next_month (int year, int month)
{
  return month == 12 ? days_to_month (year + 1, 1) : days_to_month (year, month + 1);
}

/* Reads "Z" or "+hh:mm"; @offset gets seconds east of UTC. */
static gboolean
read_zone (const char **cursor, int *offset)
{
  int hours, minutes;
  char sign = **cursor;

  if (sign == 'Z')
    {
      (*cursor)++;
      *offset = 0;
      return TRUE;
    }

  if (sign != '+' && sign != '-')
    return FALSE;
  (*cursor)++;
  if (!read_digits (cursor, 2, &hours) || **cursor != ':')
    return FALSE;
  (*cursor)++;
  if (!read_digits (cursor, 2, &minutes) || hours > 14 || minutes > 59)
    return FALSE;

  *offset = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
  return TRUE;
}

/* Reads "hh:mm[:ss[.f+]][zone]" behind the "T" and fills @parsed, whose start holds midnight UTC. */
static gboolean
read_time (const char *cursor, RcpIso8601 *parsed)
{
  int hour, minute, second = 0, offset = 0;
  gint64 fraction = 0, unit = G_USEC_PER_SEC;

  if (!read_digits (&cursor, 2, &hour) || *cursor++ != ':' || !read_digits (&cursor, 2, &minute))
    return FALSE;
  parsed->precision = RCP_ISO8601_MINUTE;
  if (*cursor == ':')
    {
      cursor++;
      if (!read_digits (&cursor, 2, &second))
        return FALSE;
      parsed->precision = RCP_ISO8601_SECOND;
      if (*cursor == '.')
        {
          cursor++;
          if (!g_ascii_isdigit (*cursor))
            return FALSE;
          for (; g_ascii_isdigit (*cursor); cursor++)
            {
              unit /= 10;
              fraction += (*cursor - '0') * unit;
            }
          parsed->precision = RCP_ISO8601_FRACTION;
        }
    }
  if (hour > 23 || minute > 59 || second > 60)
    return FALSE;

  parsed->has_zone = *cursor != '\0';
  if (parsed->has_zone && (!read_zone (&cursor, &offset) || *cursor != '\0'))
    return FALSE;

  parsed->start += ((hour * 60 + minute) * (gint64) 60 + second - offset) * G_USEC_PER_SEC + fraction;
  if (parsed->precision == RCP_ISO8601_MINUTE)
    unit = 60 * G_USEC_PER_SEC;
  parsed->end = parsed->start + MAX (unit, 1);
  return parsed->start >= FIRST_INSTANT && parsed->start < LAST_INSTANT;
}

/**
 * rcp_iso8601_parse:
 * @text: a FHIR date, dateTime or instant
 * @parsed: (out): what it covers
 *
 * Reads the date formats of FHIR R4 (datatypes.html#date), strictly: YYYY, YYYY-MM, YYYY-MM-DD, or a full date
 * and time. As search values may leave out the seconds and the zone (search.html#date), those are optional here:
 * look at @has_zone and the precision where the standard demands them.
 *
 * Returns: whether @text is such a date
 */
gboolean
rcp_iso8601_parse (const char *text, RcpIso8601 *parsed)
{
  const char *cursor = text;
  const gint64 day_length = G_TIME_SPAN_DAY;
  int year, month, day;
  gint64 first;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (parsed != NULL, FALSE);

  *parsed = (RcpIso8601){ .precision = RCP_ISO8601_YEAR };
  if (!read_digits (&cursor, 4, &year) || year == 0)
    return FALSE;
  if (*cursor == '\0')
    {
      parsed->start = days_to_month (year, 1) * day_length;
      parsed->end = days_to_month (year + 1, 1) * day_length;
      return TRUE;
    }

  if (*cursor++ != '-' || !read_digits (&cursor, 2, &month) || month < 1 || month > 12)
    return FALSE;
  first = days_to_month (year, month);
  parsed->precision = RCP_ISO8601_MONTH;
  parsed->start = first * day_length;
  parsed->end = days_to_next_month (year, month) * day_length;
  if (*cursor == '\0')
    return TRUE;

  if (*cursor++ != '-' || !read_digits (&cursor, 2, &day) || day < 1 || first + day > days_to_next_month (year, month))
    return FALSE;
  parsed->precision = RCP_ISO8601_DAY;
  parsed->start = (first + day - 1) * day_length;
  parsed->end = parsed->start + day_length;
  if (*cursor == '\0')
    return TRUE;

  return *cursor == 'T' && read_time (cursor + 1, parsed);
}

/**
 * rcp_iso8601_parse_instant:
 * @text: (nullable): a FHIR instant: date, time with seconds, and zone
 * @instant: (out): microseconds since 1970 UTC
 *
 * Returns: whether @text is an instant
 */
gboolean
rcp_iso8601_parse_instant (const char *text, gint64 *instant)
{
  RcpIso8601 parsed;

  if (text == NULL || !rcp_iso8601_parse (text, &parsed) || parsed.precision < RCP_ISO8601_SECOND || !parsed.has_zone)
    return FALSE;

  *instant = parsed.start;
  return TRUE;
}

/**
 * rcp_iso8601_format_utc:
 * @instant: microseconds since 1970 UTC
 *
 * Returns: (transfer full): "YYYY-MM-DDThh:mm:ss.mmmZ", the form of a FHIR instant, to the millisecond
 */
char *
rcp_iso8601_format_utc (gint64 instant)
{
  g_autoptr (GDateTime) epoch = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) moment = g_date_time_add (epoch, instant);

  g_return_val_if_fail (moment != NULL, NULL);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                          g_date_time_get_year (moment), g_date_time_get_month (moment),
                          g_date_time_get_day_of_month (moment), g_date_time_get_hour (moment),
                          g_date_time_get_minute (moment), g_date_time_get_second (moment),
                          g_date_time_get_microsecond (moment) / 1000);
}
