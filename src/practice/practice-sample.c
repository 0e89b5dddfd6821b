/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice"

#include "practice-sample.h"

#include "practice-sample-private.h"

#include <gio/gio.h>

#include "base/rcp-iso8601.h"

/* The sample clinic: invented people, the same each time for the same local date and zone. */

static void
person_free (gpointer data)
{
  PracticeSamplePerson *person = data;

  g_free (person->id);
  g_free (person->name);
  g_free (person);
}

static void
sample_clear (PracticeSample *sample)
{
  g_clear_pointer (&sample->zone, g_time_zone_unref);
  g_clear_pointer (&sample->people, g_ptr_array_unref);
  g_clear_pointer (&sample->codes, g_hash_table_unref);
  g_clear_pointer (&sample->hours, g_ptr_array_unref);
  g_clear_pointer (&sample->held, g_hash_table_unref);
}

/* Readable, and the same for the same slot: "sample-s-ruiz-20261122T1400Z". */
char *
practice_sample_slot_id (const char *owner, gint64 start)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (start / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (time, "%Y%m%dT%H%MZ");

  return g_strdup_printf ("sample-s-%s-%s", owner, text);
}

gboolean
practice_sample_add_slot (PracticeSample *sample, const char *owner, RcpTimeRange range, gboolean busy, GError **error)
{
  g_autofree char *id = practice_sample_slot_id (owner, range.start);
  g_autofree char *schedule_id = g_strconcat ("sample-c-", owner, NULL);
  g_autofree char *start = rcp_iso8601_format_utc (range.start);
  g_autofree char *end = rcp_iso8601_format_utc (range.end);
  PracticeJson *slot = practice_sample_resource ("Slot", id);

  practice_sample_reference (slot, "schedule", "Schedule", schedule_id, NULL);
  practice_sample_set (slot, "status", busy ? "busy" : "free");
  practice_sample_set (slot, "start", start);
  practice_sample_set (slot, "end", end);
  return practice_sample_write (sample, slot, error);
}

static gboolean
add_day (PracticeSample *sample, guint index, int offset, GError **error)
{
  const PracticeSampleProvider *provider = &practice_sample_providers[index];
  g_autoptr(GArray) ranges = NULL;
  g_autoptr(GArray) slots = NULL;
  g_autofree gboolean *busy = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, g_date_get_julian (&sample->today) + offset);
  ranges = rcp_weekly_hours_expand (g_ptr_array_index (sample->hours, index), &date, sample->zone);
  slots = rcp_weekly_hours_cut (ranges, SAMPLE_GRAIN);
  busy = g_new0 (gboolean, slots->len + 1);

  if (offset <= SAMPLE_DAYS_AHEAD && !practice_sample_add_visits (sample, index, offset, slots, busy, error))
    return FALSE;
  for (guint i = 0; i < slots->len; i++)
    if (!practice_sample_add_slot (sample, provider->id, g_array_index (slots, RcpTimeRange, i), busy[i], error))
      return FALSE;

  return TRUE;
}

static RcpWeeklyHours *
make_hours (PracticeSample *sample, const PracticeSampleProvider *provider)
{
  RcpWeeklyHours *hours = rcp_weekly_hours_new ();

  for (guint i = 0; i < provider->n_hours; i++)
    rcp_weekly_hours_add (hours, provider->hours[i].weekday, provider->hours[i].start, provider->hours[i].end);
  if (provider->leave_end > 0)
    {
      guint32 today = g_date_get_julian (&sample->today);
      GDate first, back;

      g_date_clear (&first, 1);
      g_date_clear (&back, 1);
      g_date_set_julian (&first, today + provider->leave_start);
      g_date_set_julian (&back, today + provider->leave_end);
      rcp_weekly_hours_add_leave (hours, (RcpTimeRange) { rcp_time_range_of_day (&first, sample->zone).start,
                                                          rcp_time_range_of_day (&back, sample->zone).start });
    }

  return hours;
}

/* The slots of one provider for the whole horizon and the visits in them. */
gboolean
practice_sample_add_calendar (PracticeSample *sample, guint provider, GError **error)
{
  for (int offset = -SAMPLE_DAYS_BACK; offset <= SAMPLE_HORIZON; offset++)
    if (!add_day (sample, provider, offset, error))
      return FALSE;

  return TRUE;
}

static gboolean
add_everything (PracticeSample *sample, GError **error)
{
  for (guint i = 0; i < practice_sample_n_providers; i++)
    g_ptr_array_add (sample->hours, make_hours (sample, &practice_sample_providers[i]));
  if (!practice_sample_add_clinic (sample, error) || !practice_sample_add_rooms (sample, error) ||
      !practice_sample_add_people (sample, error))
    return FALSE;
  for (guint i = 0; i < practice_sample_n_providers; i++)
    if (!practice_sample_add_calendar (sample, i, error))
      return FALSE;

  return practice_sample_add_room_slots (sample, error);
}

static gboolean
fill_in_transaction (PracticeSample *sample, GError **error)
{
  if (!practice_store_begin (sample->store, error))
    return FALSE;
  if (add_everything (sample, error))
    return practice_store_commit (sample->store, error);

  practice_store_rollback (sample->store);
  return FALSE;
}

static gboolean
has_sample (PracticeStore *store)
{
  g_autoptr(PracticeVersion) clinic = practice_store_read (store, "Organization", SAMPLE_CLINIC_ID);

  return clinic != NULL;
}

/**
 * practice_sample_fill:
 * @store: the record, as writer, outside of a transaction
 * @now: microseconds UTC; tells the local day around which the visits lie and how far those of today have come
 * @zone: IANA name of the clinic's time zone
 *
 * Makes the sample clinic: two sites with rooms and devices, twelve providers of eight specialties with hours, slots from
 * fifteen days ago to ninety days ahead, two thousand patients, a month of visits. All people are invented. The same local date and zone give the
 * same clinic; at another hour of that date only the statuses of the day's visits differ.
 *
 * A record that holds a sample clinic already, of whatever day, is left as it is: what was booked in it since stays, and the
 * desk extends its hours as it does for any clinic. For a sample around today, start with a fresh file.
 *
 * Returns: whether the record holds a sample clinic now; when not, nothing was stored
 */
gboolean
practice_sample_fill (PracticeStore *store, gint64 now, const char *zone, GError **error)
{
  PracticeSample sample = { .store = store, .now = now, .zone_name = zone };
  gboolean filled;

  g_return_val_if_fail (store != NULL && zone != NULL, FALSE);

  if (has_sample (store))
    return TRUE;

  sample.zone = g_time_zone_new_identifier (zone);
  if (sample.zone == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is no time zone", zone);
      return FALSE;
    }
  g_date_clear (&sample.today, 1);
  rcp_time_get_day (now, sample.zone, &sample.today);
  sample.today_start = rcp_time_range_of_day (&sample.today, sample.zone).start;
  sample.people = g_ptr_array_new_with_free_func (person_free);
  sample.hours = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_weekly_hours_free);
  sample.held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sample.codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  practice_store_set_bulk (store, TRUE);
  filled = fill_in_transaction (&sample, error);
  practice_store_set_bulk (store, FALSE);

  sample_clear (&sample);
  return filled;
}
