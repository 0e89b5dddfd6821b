/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-openings"

#include "rcp-openings.h"

#define NOON (12 * 60)
#define EVENING (17 * 60)

RcpTimeRange
rcp_opening_get_range (const RcpOpening *opening)
{
  return (RcpTimeRange){ opening->first->range.start, opening->first[opening->n_slots - 1].range.end };
}

static RcpTimeRange
get_part (const GDate *date, RcpTimeRange day, RcpTimeOfDay time_of_day, GTimeZone *zone)
{
  RcpTimeRange part = day;

  if (time_of_day == RCP_TIME_OF_DAY_MORNING)
    part.end = rcp_time_at_minute (date, NOON, zone);
  if (time_of_day == RCP_TIME_OF_DAY_AFTERNOON)
    part.end = rcp_time_at_minute (date, EVENING, zone);
  if (time_of_day == RCP_TIME_OF_DAY_AFTERNOON)
    part.start = rcp_time_at_minute (date, NOON, zone);
  if (time_of_day == RCP_TIME_OF_DAY_EVENING)
    part.start = rcp_time_at_minute (date, EVENING, zone);
  return part;
}

/**
 * rcp_openings_get_days:
 * @window: the time that is searched
 * @time_of_day: in which part of the local day a visit may start
 * @zone: of the place
 *
 * A look into the rules of a zone costs more than a hundred slots do: it is done once per day, for all columns of a zone.
 *
 * Returns: (transfer full) (element-type RcpOpeningDay): the local days that @window touches, without a gap
 */
GArray *
rcp_openings_get_days (RcpTimeRange window, RcpTimeOfDay time_of_day, GTimeZone *zone)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (RcpOpeningDay));
  gint64 reached = window.start;
  GDate date;

  rcp_time_get_day (window.start, zone, &date);
  while (reached < window.end)
    {
      RcpOpeningDay day = { .day = rcp_time_range_of_day (&date, zone) };

      day.starts = get_part (&date, day.day, time_of_day, zone);
      g_array_append_val (days, day);
      reached = day.day.end;
      g_date_add_days (&date, 1);
    }
  return days;
}

/* Whether a visit may start then. @day walks along: it is not turned back. */
static inline gboolean
may_start (const RcpOpeningDay **day, const RcpOpeningDay *end, gint64 start)
{
  while (*day < end && start >= (*day)->day.end)
    (*day)++;
  return *day < end && start >= (*day)->starts.start && start < (*day)->starts.end;
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
collect_run (const RcpSlot *run,
             guint length,
             gint64 need,
             const RcpOpeningDay **day,
             const RcpOpeningDay *days_end,
             GArray *openings)
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
      if (may_start (day, days_end, run[first].range.start))
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
 * @days: (element-type RcpOpeningDay): when it may start; see rcp_openings_get_days()
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
                      GArray *days,
                      GArray *openings)
{
  const RcpOpeningDay *day = (const RcpOpeningDay *)(void *)days->data;
  const RcpOpeningDay *days_end = day + days->len;
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
      collect_run (&slots[first], i - first, need, &day, days_end, openings);
    }
}

/**
 * rcp_openings_drop_taken:
 * @openings: (element-type RcpOpening): of one schedule, by start
 * @taken: (element-type RcpTimeRange): when the patient is elsewhere; normalized
 * @dropped: (inout): the first time that was dropped; empty when none was
 *
 * Leaves only the openings at which nothing of @taken is. One pass: neither list is looked at twice.
 */
void
rcp_openings_drop_taken (GArray *openings, GArray *taken, RcpTimeRange *dropped)
{
  guint n_kept = 0;
  guint next = 0;

  for (guint i = 0; taken->len > 0 && i < openings->len; i++)
    {
      RcpOpening opening = g_array_index (openings, RcpOpening, i);
      RcpTimeRange range = rcp_opening_get_range (&opening);

      while (next < taken->len && g_array_index (taken, RcpTimeRange, next).end <= range.start)
        next++;
      if (next == taken->len || g_array_index (taken, RcpTimeRange, next).start >= range.end)
        g_array_index (openings, RcpOpening, n_kept++) = opening;
      else if (dropped->start >= dropped->end || range.start < dropped->start)
        *dropped = range;
    }
  if (taken->len > 0)
    g_array_set_size (openings, n_kept);
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
  if (rcp_wish_leaves_out (wish, rcp_provider_get_schedule_id (provider)))
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
 * @urgent_days: within how many days an urgent visit has to be, today being the first
 * @horizon_days: how far a routine visit may be away
 * @zone: of the place
 *
 * Returns: from the later of the wish's day and its earliest instant to the end that its urgency allows; empty
 *   (start == end) when the earliest instant lies behind that end
 */
RcpTimeRange
rcp_openings_get_window (const RcpWish *wish, guint urgent_days, guint horizon_days, GTimeZone *zone)
{
  RcpTimeRange window;
  GDate day = wish->from;
  guint days = horizon_days;

  if (!g_date_valid (&day))
    rcp_time_get_day (wish->not_before, zone, &day);
  if (wish->urgency == RCP_URGENCY_EMERGENCY)
    days = 1;
  else if (wish->urgency == RCP_URGENCY_URGENT)
    days = MIN (urgent_days, horizon_days);

  window.start = MAX (rcp_time_range_of_day (&day, zone).start, wish->not_before);
  g_date_add_days (&day, days);
  window.end = MAX (rcp_time_range_of_day (&day, zone).start, window.start);
  return window;
}
