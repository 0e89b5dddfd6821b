/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-recurrence.h"

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)
#define JULIAN_OF_1970 719163 /* g_date_get_julian() of 1970-01-01 */
#define MAX_YEAR 2500

/* No calendar of a person comes near; a hostile rule could keep the desk busy for hours. */
#define MAX_STEPS 50000     /* instances, counted from DTSTART where the rule has to be followed from there */
#define MAX_CANDIDATES 200000 /* times that libical looks at between DTSTART and the end */

/**
 * rcp_wall_from_ical:
 * @time: a time or a day
 * @wall: (out): seconds since 1970 by its own clock
 *
 * Returns: whether there is such a day
 */
gboolean
rcp_wall_from_ical (struct icaltimetype time, gint64 *wall)
{
  GDate day;

  if (time.year < 1 || time.year > MAX_YEAR || time.month < 1 || time.month > 12 || time.day < 1 || time.day > 31 ||
      !g_date_valid_dmy ((GDateDay) time.day, (GDateMonth) time.month, (GDateYear) time.year))
    return FALSE;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) time.day, (GDateMonth) time.month, (GDateYear) time.year);
  *wall = ((gint64) g_date_get_julian (&day) - JULIAN_OF_1970) * SECONDS_PER_DAY;
  if (!time.is_date)
    *wall += (gint64) time.hour * 3600 + time.minute * 60 + time.second;
  return TRUE;
}

/**
 * rcp_wall_to_ical:
 * @wall: seconds since 1970 by some clock
 * @is_date: whether only the day counts
 *
 * Returns: the time in no zone
 */
struct icaltimetype
rcp_wall_to_ical (gint64 wall, gboolean is_date)
{
  return icaltime_from_timet_with_zone (wall, is_date, NULL);
}

static gint64
floor_day (gint64 wall)
{
  gint64 rest = wall % SECONDS_PER_DAY;

  return wall - rest - (rest < 0 ? SECONDS_PER_DAY : 0);
}

/* The last time that the rule allows, by the wall clock of the event. */
static gboolean
limit_until (const RcpRecurrence *self, gint64 *until)
{
  struct icaltimetype last = self->rule.until;
  gint64 wall;

  if (icaltime_is_null_time (last))
    return TRUE;
  if (!rcp_wall_from_ical (last, &wall))
    return FALSE;

  if (last.is_date)
    wall += SECONDS_PER_DAY - 1;
  else if (icaltime_is_utc (last))
    wall = rcp_zone_to_wall (self->zone, wall);
  *until = MIN (*until, wall);
  return TRUE;
}

static gint64
get_unit (icalrecurrencetype_frequency frequency)
{
  switch (frequency)
    {
    case ICAL_SECONDLY_RECURRENCE:
      return 1;
    case ICAL_MINUTELY_RECURRENCE:
      return 60;
    case ICAL_HOURLY_RECURRENCE:
      return 3600;
    default:
      return SECONDS_PER_DAY;
    }
}

static gboolean
has_any (const short *list)
{
  return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

/* Whether a rule leaves out times that its frequency alone would have. */
static gboolean
is_selective (const struct icalrecurrencetype *rule)
{
  const short *lists[] = { rule->by_month, rule->by_day,  rule->by_month_day, rule->by_year_day,
                           rule->by_hour,  rule->by_minute, rule->by_second };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (has_any (lists[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_negative (const short *list)
{
  for (guint i = 0; has_any (list + i); i++)
    if (list[i] < 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_times (const struct icalrecurrencetype *rule)
{
  return has_any (rule->by_hour) || has_any (rule->by_minute) || has_any (rule->by_second);
}

/* What libical 3.0.16 gives wrong instances for, seen against the rules that its own later releases are tested with: better
 * to say that an event cannot be read than to take its time for free. */
static gboolean
is_understood (const struct icalrecurrencetype *rule)
{
  gboolean by_months = rule->freq == ICAL_YEARLY_RECURRENCE || rule->freq == ICAL_MONTHLY_RECURRENCE;
  gboolean by_days = by_months || rule->freq == ICAL_WEEKLY_RECURRENCE || rule->freq == ICAL_DAILY_RECURRENCE;

  if (has_any (rule->by_week_no))
    return FALSE;
  if (!by_months && (has_negative (rule->by_month_day) || has_negative (rule->by_year_day)))
    return FALSE;
  if (has_any (rule->by_set_pos) && (!by_months || has_times (rule)))
    return FALSE;
  return by_days || !has_times (rule) || (rule->interval == 1 && rule->freq != ICAL_SECONDLY_RECURRENCE);
}

/* What is listed twice would count twice. The order stays: libical has sorted days by the week. */
static void
tidy_list (short *list)
{
  guint kept = 0;

  for (guint i = 0; has_any (list + i); i++)
    {
      guint same = 0;

      while (same < kept && list[same] != list[i])
        same++;
      if (same == kept)
        list[kept++] = list[i];
    }
  list[kept] = ICAL_RECURRENCE_ARRAY_MAX;
}

static gboolean
has_month (const RcpRecurrence *self, int month)
{
  for (guint i = 0; has_any (self->rule.by_month + i); i++)
    if (icalrecurrencetype_month_month (self->rule.by_month[i]) == month)
      return TRUE;
  /* Else the month of DTSTART, or any where the rule goes from month to month. */
  return !has_any (self->rule.by_month) &&
         (self->rule.freq == ICAL_MONTHLY_RECURRENCE || rcp_wall_to_ical (self->start, TRUE).month == month);
}

static gboolean
is_month_reached (const RcpRecurrence *self, int month)
{
  int first = rcp_wall_to_ical (self->start, TRUE).month;

  if (self->rule.freq != ICAL_MONTHLY_RECURRENCE)
    return TRUE;
  for (int step = 0; step < 12; step++)
    if ((first - 1 + step * (self->rule.interval % 12)) % 12 + 1 == month)
      return TRUE;
  return FALSE;
}

static gboolean
has_day_in (const struct icalrecurrencetype *rule, int month)
{
  int days = icaltime_days_in_month (month, 2024);

  for (guint i = 0; has_any (rule->by_month_day + i); i++)
    if (ABS (rule->by_month_day[i]) <= days)
      return TRUE;
  return !has_any (rule->by_month_day);
}

/* Whether a rule of months or years comes to any day at all: for 30 February libical looks into the year 20000, which takes
 * it a second. */
static gboolean
can_match (const RcpRecurrence *self)
{
  if (self->rule.rscale != NULL ||
      (self->rule.freq != ICAL_MONTHLY_RECURRENCE && self->rule.freq != ICAL_YEARLY_RECURRENCE))
    return TRUE;
  for (int month = 1; month <= 12; month++)
    if (has_month (self, month) && is_month_reached (self, month) && has_day_in (&self->rule, month))
      return TRUE;
  return FALSE;
}

static gboolean
is_bearable (const RcpRecurrence *self, gint64 until)
{
  gint64 candidates;

  if (self->rule.interval <= 0)
    return FALSE;
  candidates = (until - self->start) / get_unit (self->rule.freq) / self->rule.interval;
  return candidates <= MAX_CANDIDATES ||
         (self->rule.count > 0 && self->rule.count <= MAX_CANDIDATES && !is_selective (&self->rule));
}

static icalrecur_iterator *
start_rule (const RcpRecurrence *self, gint64 from, gint64 until)
{
  struct icalrecurrencetype rule = self->rule;
  gint64 first = floor_day (from) - SECONDS_PER_DAY + (self->start - floor_day (self->start));
  icalrecur_iterator *steps;

  tidy_list (rule.by_day);
  tidy_list (rule.by_month_day);
  tidy_list (rule.by_month);
  tidy_list (rule.by_year_day);
  tidy_list (rule.by_hour);
  tidy_list (rule.by_minute);
  tidy_list (rule.by_second);
  rule.until = rcp_wall_to_ical (until, self->is_date);
  steps = icalrecur_iterator_new (rule, rcp_wall_to_ical (self->start, self->is_date));
  /* The years before are left out where nothing has to be counted. libical does it well for days and weeks only; of shorter
   * steps it forgets where they began. It takes the time of day from what it is told. */
  if (steps != NULL && rule.count == 0 && (rule.freq == ICAL_DAILY_RECURRENCE || rule.freq == ICAL_WEEKLY_RECURRENCE) &&
      first > self->start && first <= until && !icalrecur_iterator_set_start (steps, rcp_wall_to_ical (first, self->is_date)))
    g_clear_pointer (&steps, icalrecur_iterator_free);
  return steps;
}

/**
 * rcp_recurrence_expand:
 * @self: a rule and its DTSTART
 * @from: first time that is of interest
 * @until: last one
 * @found: (element-type gint64): gets the instances, in order
 *
 * All times are seconds since 1970 by the wall clock of the rule's zone.
 *
 * Returns: whether the rule could be followed
 */
gboolean
rcp_recurrence_expand (const RcpRecurrence *self, gint64 from, gint64 until, GArray *found)
{
  icalrecur_iterator *steps;
  guint n = 0;

  g_return_val_if_fail (self != NULL && self->zone != NULL, FALSE);
  g_return_val_if_fail (found != NULL, FALSE);

  if (!limit_until (self, &until) || !is_understood (&self->rule) || !is_bearable (self, until) ||
      !can_match (self))
    return FALSE;
  if (until < from || until < self->start)
    return TRUE;

  steps = start_rule (self, from, until);
  if (steps == NULL)
    return FALSE;

  for (struct icaltimetype next = icalrecur_iterator_next (steps); !icaltime_is_null_time (next) && n < MAX_STEPS;
       next = icalrecur_iterator_next (steps))
    {
      gint64 wall;

      n++;
      if (!rcp_wall_from_ical (next, &wall) || wall > until)
        break;
      if (wall >= from)
        g_array_append_val (found, wall);
    }
  icalrecur_iterator_free (steps);
  return n < MAX_STEPS;
}
