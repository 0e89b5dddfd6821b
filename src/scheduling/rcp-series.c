/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-series"

#include "rcp-series.h"

#include "rcp-openings.h"

void
rcp_series_date_free (RcpSeriesDate *date)
{
  if (date == NULL)
    return;
  g_clear_object (&date->offer);
  g_free (date);
}

/* Counted from the first day each time: a short month does not shift those behind it. */
static gboolean
get_day (const RcpSeriesRule *rule, const GDate *first, guint index, GDate *day)
{
  guint n = rule->every * index;

  *day = *first;
  if (n > 36600)
    return FALSE;
  if (rule->unit == RCP_SERIES_MONTHS)
    g_date_add_months (day, n);
  else
    g_date_add_days (day, rule->unit == RCP_SERIES_WEEKS ? n * 7 : n);
  return g_date_valid (day);
}

/**
 * rcp_series_list:
 * @rule: when visits recur
 * @zone: of the place
 *
 * Returns: (transfer full) (element-type gint64): the starts, at most %RCP_SERIES_MOST
 */
GArray *
rcp_series_list (const RcpSeriesRule *rule, GTimeZone *zone)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint minute = rcp_time_get_minute (rule->first, zone);
  GDate first;
  GDate day;

  g_return_val_if_fail (rule->every > 0, starts);
  g_return_val_if_fail (rule->count > 0 || g_date_valid (&rule->until), starts);

  rcp_time_get_day (rule->first, zone, &first);
  for (guint i = 0; i < RCP_SERIES_MOST && get_day (rule, &first, i, &day); i++)
    {
      /* The first is the very instant that was chosen, also when the clock shows its time twice that day. */
      gint64 start = i == 0 ? rule->first : rcp_time_at_minute (&day, minute, zone);

      if (rule->count > 0 ? i >= rule->count : g_date_compare (&day, &rule->until) > 0)
        break;
      g_array_append_val (starts, start);
    }
  return starts;
}

static gboolean
is_clear (GPtrArray *dates, RcpTimeRange range)
{
  for (guint i = 0; i < dates->len; i++)
    {
      RcpSeriesDate *date = dates->pdata[i];

      if (date->offer != NULL && rcp_time_range_overlaps (rcp_offer_get_range (date->offer), range))
        return FALSE;
    }
  return TRUE;
}

/* What has to be free beside the slots of the provider. */
typedef struct
{
  RcpFreeRooms *rooms; /* one of them, or NULL */
  GArray *taken;       /* the patient, or NULL */
} Beside;

static gboolean
is_free_beside (const Beside *beside, const RcpOpening *opening)
{
  RcpTimeRange range = rcp_opening_get_range (opening);
  guint index = beside->taken != NULL ? rcp_time_ranges_find (beside->taken, range.start) : 0;

  if (beside->taken != NULL && index < beside->taken->len
      && rcp_time_range_overlaps (g_array_index (beside->taken, RcpTimeRange, index), range))
    return FALSE;
  return beside->rooms == NULL || rcp_free_rooms_has (beside->rooms, range);
}

static RcpOffer *
make_offer (RcpProvider *provider, const RcpOpening *opening, RcpFreeRooms *rooms)
{
  RcpOffer *offer = rcp_offer_new (provider, opening->first, opening->n_slots);

  if (rooms != NULL)
    rcp_free_rooms_give (rooms, offer);
  return offer;
}

/* The opening nearest to @wanted, the later one of two as near, that no other date of the series has. */
static gboolean
find_nearest (const RcpSlot *slots,
              guint n_slots,
              GPtrArray *dates,
              gint64 wanted,
              guint duration,
              gint64 reach,
              const Beside *beside,
              RcpOpening *nearest)
{
  gint64 distance = reach + 1;

  for (guint i = 0; i < n_slots; i++)
    {
      gint64 away = ABS (slots[i].range.start - wanted);
      RcpOpening opening;

      if (away > reach || away > distance || (away == distance && slots[i].range.start < wanted))
        continue;
      if (!rcp_openings_find_at (slots + i, n_slots - i, slots[i].range.start, duration, NULL, &opening)
          || !is_clear (dates, rcp_opening_get_range (&opening)) || !is_free_beside (beside, &opening))
        continue;
      distance = away;
      *nearest = opening;
    }
  return distance <= reach;
}

/**
 * rcp_series_offer:
 * @provider: whose schedule
 * @slots: (array length=n_slots): its free slots, by start
 * @n_slots: how many
 * @starts: (element-type gint64): the wanted starts
 * @duration: minutes
 * @reach: how far an exception may be from what is wanted, microseconds
 * @rooms: (nullable): of which one has to be free as well
 * @taken: (nullable) (element-type RcpTimeRange): when the patient is elsewhere; normalized
 *
 * Returns: (transfer full) (element-type RcpSeriesDate): what can be had of each
 */
GPtrArray *
rcp_series_offer (RcpProvider *provider,
                  const RcpSlot *slots,
                  guint n_slots,
                  GArray *starts,
                  guint duration,
                  gint64 reach,
                  RcpFreeRooms *rooms,
                  GArray *taken)
{
  Beside beside = { rooms, taken };
  GPtrArray *dates = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_series_date_free);

  for (guint i = 0; i < starts->len; i++)
    {
      RcpSeriesDate *date = g_new0 (RcpSeriesDate, 1);
      RcpOpening opening;

      date->wanted = g_array_index (starts, gint64, i);
      date->fit = RCP_SERIES_NOTHING;
      if (rcp_openings_find_at (slots, n_slots, date->wanted, duration, NULL, &opening)
          && is_clear (dates, rcp_opening_get_range (&opening)) && is_free_beside (&beside, &opening))
        {
          date->fit = RCP_SERIES_FITS;
          date->offer = make_offer (provider, &opening, rooms);
        }
      g_ptr_array_add (dates, date);
    }
  /* Exceptions after all that fit: they take nobody's place. */
  for (guint i = 0; i < dates->len; i++)
    {
      RcpSeriesDate *date = dates->pdata[i];
      RcpOpening opening = { NULL, 0 };

      if (date->fit != RCP_SERIES_NOTHING
          || !find_nearest (slots, n_slots, dates, date->wanted, duration, reach, &beside, &opening))
        continue;
      date->fit = RCP_SERIES_SHIFTED;
      date->offer = make_offer (provider, &opening, rooms);
    }
  return dates;
}
