/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-openings"

#include "rcp-openings.h"

#define NOON (12 * 60)
#define EVENING (17 * 60)
#define DAYS_IF_URGENT 3

/* The part of one local day in which a visit may start, kept while the starts walk through that day: a look-up in the
 * zone per day and not per slot. */
typedef struct
{
  RcpTimeOfDay time_of_day;
  GTimeZone *zone;
  RcpTimeRange day;
  RcpTimeRange part;
} DayPart;

static void
day_part_turn (DayPart *self, gint64 start)
{
  GDate date;

  rcp_time_get_day (start, self->zone, &date);
  self->day = rcp_time_range_of_day (&date, self->zone);
  self->part = self->day;
  if (self->time_of_day == RCP_TIME_OF_DAY_MORNING)
    self->part.end = rcp_time_at_minute (&date, NOON, self->zone);
  if (self->time_of_day == RCP_TIME_OF_DAY_AFTERNOON)
    self->part.end = rcp_time_at_minute (&date, EVENING, self->zone);
  if (self->time_of_day == RCP_TIME_OF_DAY_AFTERNOON)
    self->part.start = rcp_time_at_minute (&date, NOON, self->zone);
  if (self->time_of_day == RCP_TIME_OF_DAY_EVENING)
    self->part.start = rcp_time_at_minute (&date, EVENING, self->zone);
}

static inline gboolean
day_part_allows (DayPart *self, gint64 start)
{
  if (self->time_of_day == RCP_TIME_OF_DAY_ANY)
    return TRUE;
  if (start < self->day.start || start >= self->day.end)
    day_part_turn (self, start);
  return start >= self->part.start && start < self->part.end;
}

/* Index of the first slot that starts at @instant or later. */
static guint
find_start (const RcpSlot *slots, guint n_slots, gint64 instant)
{
  guint low = 0;
  guint high = n_slots;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (slots[middle].range.start < instant)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The openings of one run of free slots that touch each other: @last follows @first as a second finger. */
static void
collect_run (const RcpSlot *run, guint length, gint64 need, DayPart *part, GArray *openings)
{
  guint last = 0;

  for (guint first = 0; first < length; first++)
    {
      gint64 end = run[first].range.start + need;

      last = MAX (last, first);
      while (last < length && run[last].range.end < end)
        last++;
      if (last == length)
        return;
      if (day_part_allows (part, run[first].range.start))
        {
          RcpOpening opening = { &run[first], last - first + 1 };

          g_array_append_val (openings, opening);
        }
    }
}

/**
 * rcp_openings_collect:
 * @slots: (array length=n_slots): slots of one schedule, sorted by start
 * @n_slots: how many
 * @duration: minutes that are needed; a visit always takes whole slots
 * @window: the whole opening lies in it
 * @time_of_day: in which part of the local day it may start
 * @zone: of the place
 * @openings: (element-type RcpOpening): appended to
 *
 * Finds every start of @duration minutes of consecutive free slots. One pass, without a copy: the openings point into
 * @slots.
 */
void
rcp_openings_collect (const RcpSlot *slots,
                      guint n_slots,
                      guint duration,
                      RcpTimeRange window,
                      RcpTimeOfDay time_of_day,
                      GTimeZone *zone,
                      GArray *openings)
{
  DayPart part = { .time_of_day = time_of_day, .zone = zone };
  gint64 need = MAX (duration, 1) * G_TIME_SPAN_MINUTE;
  guint i = find_start (slots, n_slots, window.start);

  while (i < n_slots && slots[i].range.start < window.end)
    {
      guint first = i;

      if (slots[i].status != RCP_SLOT_FREE || slots[i].range.end > window.end)
        {
          i++;
          continue;
        }
      for (i++; i < n_slots; i++)
        if (slots[i].status != RCP_SLOT_FREE || slots[i].range.start != slots[i - 1].range.end
            || slots[i].range.end > window.end)
          break;
      collect_run (&slots[first], i - first, need, &part, openings);
    }
}

static gboolean
is_own (const RcpSlot *slot, const char *const *own_slot_ids)
{
  return own_slot_ids != NULL && g_strv_contains (own_slot_ids, slot->id);
}

/**
 * rcp_openings_find_at:
 * @slots: (array length=n_slots): slots of one schedule, sorted by start
 * @n_slots: how many
 * @start: the wanted start; it must be the start of a slot
 * @duration: minutes
 * @own_slot_ids: (nullable): slots that count as free, because the visit that is to be moved holds them
 * @opening: (out): what was found
 *
 * Whether @duration minutes can be had from exactly @start: for a drop on the board.
 *
 * Returns: %FALSE when it is closed or taken
 */
gboolean
rcp_openings_find_at (const RcpSlot *slots,
                      guint n_slots,
                      gint64 start,
                      guint duration,
                      const char *const *own_slot_ids,
                      RcpOpening *opening)
{
  gint64 end = start + MAX (duration, 1) * G_TIME_SPAN_MINUTE;
  gint64 reached = start;
  guint first = find_start (slots, n_slots, start);

  for (guint i = first; i < n_slots && slots[i].range.start == reached; i++)
    {
      if (slots[i].status != RCP_SLOT_FREE && !is_own (&slots[i], own_slot_ids))
        return FALSE;
      reached = slots[i].range.end;
      if (reached >= end)
        {
          *opening = (RcpOpening){ &slots[first], i - first + 1 };
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * rcp_openings_suits:
 * @provider: a column
 * @wish: what the patient asks for
 * @visit_type: (nullable): the type that @wish names
 *
 * Returns: whether @provider may see a visit of the wish at all
 */
gboolean
rcp_openings_suits (RcpProvider *provider, const RcpWish *wish, RcpVisitType *visit_type)
{
  const char *specialty = rcp_provider_get_specialty (provider);
  RcpPlace *place = rcp_provider_get_place (provider);
  const char *const *offered_by;

  if (wish->schedule_id != NULL && g_strcmp0 (wish->schedule_id, rcp_provider_get_schedule_id (provider)) != 0)
    return FALSE;
  if (wish->place_id != NULL && (place == NULL || g_strcmp0 (wish->place_id, rcp_place_get_id (place)) != 0))
    return FALSE;
  if (wish->specialty != NULL && g_strcmp0 (wish->specialty, specialty) != 0)
    return FALSE;
  offered_by = visit_type != NULL ? rcp_visit_type_get_specialties (visit_type) : NULL;
  if (offered_by == NULL || offered_by[0] == NULL)
    return TRUE;
  return specialty != NULL && g_strv_contains (offered_by, specialty);
}

/**
 * rcp_openings_get_window:
 * @wish: what the patient asks for
 * @horizon_days: how far a routine visit may be away
 * @zone: of the place
 *
 * Returns: from the later of the wish's day and its earliest instant to the end that its urgency allows; empty
 *   (start == end) when the earliest instant lies behind that end
 */
RcpTimeRange
rcp_openings_get_window (const RcpWish *wish, guint horizon_days, GTimeZone *zone)
{
  RcpTimeRange window;
  GDate day = wish->from;
  guint days = horizon_days;

  if (!g_date_valid (&day))
    rcp_time_get_day (wish->not_before, zone, &day);
  if (wish->urgency == RCP_URGENCY_EMERGENCY)
    days = 1;
  else if (wish->urgency == RCP_URGENCY_URGENT)
    days = MIN (DAYS_IF_URGENT, horizon_days);

  window.start = MAX (rcp_time_range_of_day (&day, zone).start, wish->not_before);
  g_date_add_days (&day, days);
  window.end = MAX (rcp_time_range_of_day (&day, zone).start, window.start);
  return window;
}
