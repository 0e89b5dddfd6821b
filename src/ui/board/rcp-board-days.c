/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which days a board shows, and what time it is at a minute of one. */

#define G_LOG_DOMAIN "rcp-board-days"

#include "config.h"

#include "rcp-board-model-private.h"

#include <glib/gi18n.h>

#include "ui/rcp-time-text.h"

#define DAYS_OF_WEEK 7
#define MINUTE (60 * G_USEC_PER_SEC)

static guint
count_days (RcpBoardModel *self)
{
  return self->period == RCP_BOARD_WEEK ? DAYS_OF_WEEK : 1;
}

static GDate
find_first_date (RcpBoardModel *self)
{
  GDate first = self->date;
  guint after = ((guint) g_date_get_weekday (&first) + DAYS_OF_WEEK - (guint) self->first_weekday) % DAYS_OF_WEEK;

  if (self->period == RCP_BOARD_WEEK && g_date_get_julian (&first) > after)
    g_date_subtract_days (&first, after);
  return first;
}

void
rcp_board_model_lay_days (RcpBoardModel *self)
{
  GDate date = find_first_date (self);

  g_array_set_size (self->days, 0);
  for (guint i = 0; i < count_days (self); i++)
    {
      RcpBoardDay day = { date, rcp_time_range_of_day (&date, self->zone), FALSE };

      day.is_even = day.range.end - day.range.start == G_TIME_SPAN_DAY;
      g_array_append_val (self->days, day);
      g_date_add_days (&date, 1);
    }
}

RcpBoardDay *
rcp_board_model_get_day_of (RcpBoardModel *self, RcpBoardColumn *column)
{
  return &g_array_index (self->days, RcpBoardDay, column->day);
}

gboolean
rcp_board_model_find_day (RcpBoardModel *self, gint64 instant, guint *index)
{
  for (guint i = 0; i < self->days->len; i++)
    {
      RcpTimeRange range = g_array_index (self->days, RcpBoardDay, i).range;

      if (instant >= range.start && instant < range.end)
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
rcp_board_model_has_instant (RcpBoardModel *self, gint64 instant)
{
  guint day;

  g_return_val_if_fail (RCP_IS_BOARD_MODEL (self), FALSE);

  return rcp_board_model_find_day (self, instant, &day);
}

/* Days on which anybody works by the week; none, where no hours are known. */
static guint
find_working_days (RcpBoardModel *self)
{
  guint n_providers = self->providers ? g_list_model_get_n_items (self->providers) : 0, days = 0;

  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (self->providers, i);
      const RcpWeeklyHours *hours = rcp_provider_get_hours (provider);

      for (guint j = 0; j < self->days->len && !rcp_weekly_hours_is_empty (hours); j++)
        {
          g_autoptr (GArray) list = rcp_weekly_hours_list (hours, g_date_get_weekday (&g_array_index (self->days, RcpBoardDay, j).date));

          if (list->len > 0)
            days |= 1u << j;
        }
    }
  return days;
}

static guint
find_days_of_visits (RcpBoardModel *self)
{
  guint n_visits = self->visits ? g_list_model_get_n_items (self->visits) : 0, days = 0, day;

  for (guint i = 0; i < n_visits; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (self->visits, i);

      if (rcp_board_model_find_day (self, rcp_visit_get_range (visit).start, &day))
        days |= 1u << day;
    }
  return days;
}

static guint
find_open_days (RcpBoardModel *self)
{
  GHashTableIter iter;
  GArray *ranges;
  guint days = 0, day;

  g_hash_table_iter_init (&iter, self->open_ranges);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &ranges))
    for (guint i = 0; i < ranges->len; i++)
      if (rcp_board_model_find_day (self, g_array_index (ranges, RcpTimeRange, i).start, &day))
        days |= 1u << day;
  return days;
}

/* A holiday stays in its place; a Sunday on which nobody ever works takes none, unless it is the day that is looked at. */
guint
rcp_board_model_choose_days (RcpBoardModel *self)
{
  guint all = (1u << self->days->len) - 1, days;

  if (self->days->len == 1)
    return all;
  days = find_working_days (self);
  if (days == 0)
    return all;
  for (guint i = 0; i < self->days->len; i++)
    if (g_date_compare (&g_array_index (self->days, RcpBoardDay, i).date, &self->date) == 0)
      days |= 1u << i;
  if (days != all)
    days |= find_days_of_visits (self) | find_open_days (self);
  return days;
}

/* Other days: what they hold comes inside of "range-changed", before anything is drawn. */
static void
turn_page (RcpBoardModel *self, gboolean has_other_columns)
{
  rcp_board_model_turn (self);
  rcp_board_model_lay_days (self);
  self->now = rcp_board_model_get_now (self);
  rcp_board_model_freeze (self);
  if (has_other_columns)
    rcp_board_model_rebuild_columns (self);
  rcp_board_model_lay_open (self);
  rcp_board_model_lay_visits (self);
  rcp_board_model_emit (self, RCP_BOARD_RANGE_CHANGED);
  rcp_board_model_emit (self, RCP_BOARD_DATE_CHANGED);
  rcp_board_model_contents_changed (self);
  rcp_board_model_thaw (self);
}

/**
 * rcp_board_model_set_date:
 * @self: a board
 * @date: the day to look at
 *
 * Turns the page, unless it shows that day already. The visits and open times of the days before stay until somebody sets those of
 * the new ones; a feed does so from its cache inside of "range-changed", before anything is drawn.
 */
void
rcp_board_model_set_date (RcpBoardModel *self, const GDate *date)
{
  GDate first;

  g_return_if_fail (RCP_IS_BOARD_MODEL (self));
  g_return_if_fail (date && g_date_valid (date));

  if (g_date_compare (&self->date, date) == 0)
    return;
  self->date = *date;
  first = find_first_date (self);
  if (g_date_compare (&first, rcp_board_model_get_first_date (self)) != 0)
    {
      turn_page (self, self->period == RCP_BOARD_WEEK);
      return;
    }
  rcp_board_model_emit (self, RCP_BOARD_DATE_CHANGED);
  rcp_board_model_contents_changed (self);
  rcp_board_model_bring_cursor (self);
}

const GDate *
rcp_board_model_get_date (RcpBoardModel *self)
{
  return &self->date;
}

const GDate *
rcp_board_model_get_first_date (RcpBoardModel *self)
{
  return &g_array_index (self->days, RcpBoardDay, 0).date;
}

guint
rcp_board_model_get_n_days (RcpBoardModel *self)
{
  return self->days->len;
}

void
rcp_board_model_step (RcpBoardModel *self, int steps)
{
  GDate date = self->date;
  int days = steps * (int) count_days (self);

  if (days < 0)
    g_date_subtract_days (&date, (guint) -days);
  else
    g_date_add_days (&date, (guint) days);
  rcp_board_model_set_date (self, &date);
}

void
rcp_board_model_go_today (RcpBoardModel *self)
{
  GDate today;

  rcp_time_get_day (rcp_clock_get_now (self->clock), self->zone, &today);
  rcp_board_model_set_date (self, &today);
}

gboolean
rcp_board_model_is_today (RcpBoardModel *self)
{
  return rcp_board_model_get_now (self) >= 0;
}

void
rcp_board_model_set_period (RcpBoardModel *self, RcpBoardPeriod period)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));

  if (period == self->period)
    return;
  self->period = period;
  turn_page (self, TRUE);
}

RcpBoardPeriod
rcp_board_model_get_period (RcpBoardModel *self)
{
  return self->period;
}

void
rcp_board_model_set_first_weekday (RcpBoardModel *self, GDateWeekday weekday)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));
  g_return_if_fail (weekday >= G_DATE_MONDAY && weekday <= G_DATE_SUNDAY);

  self->first_weekday = weekday;
  if (self->period == RCP_BOARD_WEEK)
    turn_page (self, TRUE);
}

const GDate *
rcp_board_model_get_column_date (RcpBoardModel *self, guint index)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  return column ? &rcp_board_model_get_day_of (self, column)->date : NULL;
}

gint64
rcp_board_model_get_instant_of_day (RcpBoardModel *self, const RcpBoardDay *day, int minute)
{
  if (day->is_even || self->days->len == 1 || minute < 0)
    return day->range.start + minute * (gint64) MINUTE;
  return rcp_time_at_minute (&day->date, (guint) minute, self->zone);
}

int
rcp_board_model_get_minute_of_day (RcpBoardModel *self, const RcpBoardDay *day, gint64 instant)
{
  if (day->is_even || self->days->len == 1 || instant < day->range.start)
    return (int) ((instant - day->range.start) / MINUTE);
  if (instant >= day->range.end)
    return (int) (24 * 60 + (instant - day->range.end) / MINUTE);
  return (int) rcp_time_get_minute (instant, self->zone);
}

gint64
rcp_board_model_get_instant (RcpBoardModel *self, guint index, int minute)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  g_return_val_if_fail (column != NULL, 0);

  return rcp_board_model_get_instant_of_day (self, rcp_board_model_get_day_of (self, column), minute);
}

int
rcp_board_model_get_minute (RcpBoardModel *self, guint index, gint64 instant)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  g_return_val_if_fail (column != NULL, 0);

  return rcp_board_model_get_minute_of_day (self, rcp_board_model_get_day_of (self, column), instant);
}

RcpTimeRange
rcp_board_model_get_time (RcpBoardModel *self, guint column, RcpBoardSpan span)
{
  return (RcpTimeRange) { rcp_board_model_get_instant (self, column, span.start), rcp_board_model_get_instant (self, column, span.end) };
}

gint64
rcp_board_model_get_scale_instant (RcpBoardModel *self, int minute)
{
  for (guint i = 0; i < self->days->len; i++)
    if (g_array_index (self->days, RcpBoardDay, i).is_even || self->days->len == 1)
      return rcp_board_model_get_instant_of_day (self, &g_array_index (self->days, RcpBoardDay, i), minute);
  return 0;
}

char *
rcp_board_model_describe_time (RcpBoardModel *self, RcpTimeRange range)
{
  g_autofree char *time = rcp_time_text_spoken (range, self->zone);
  g_autofree char *day = rcp_time_text_day (range.start, self->zone);

  g_return_val_if_fail (RCP_IS_BOARD_MODEL (self), NULL);

  /* Translators: read aloud: a date with its weekday, and from when to when on it. */
  return self->days->len > 1 ? g_strdup_printf (_("%s, %s"), day, time) : g_steal_pointer (&time);
}

static gboolean
find_today (RcpBoardModel *self, guint *day)
{
  return rcp_board_model_find_day (self, rcp_clock_get_now (self->clock), day)
         && (self->days->len == 1 || self->columns->len == 0 || (self->shown_days & (1u << *day)));
}

int
rcp_board_model_get_now (RcpBoardModel *self)
{
  guint day;

  if (!find_today (self, &day))
    return -1;
  return rcp_board_model_get_minute_of_day (self, &g_array_index (self->days, RcpBoardDay, day), rcp_clock_get_now (self->clock));
}

gboolean
rcp_board_model_is_column_today (RcpBoardModel *self, guint index)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);
  guint day;

  return column && find_today (self, &day) && column->day == day;
}
