/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice"

#include "practice-sample-private.h"

/* Rooms and devices: which visit takes which, and when they are open. A visit takes what fits and is free for all of
 * its time, the provider's own room before another. What is free is judged without the clock, so that the hour changes nothing:
 * who does not come holds the room none the less, and only the slot says that it is free again. */

static gboolean
is_free (PracticeSample *sample, const PracticeSampleRoom *room, RcpTimeRange range)
{
  for (gint64 start = range.start; start < range.end; start += SAMPLE_GRAIN * G_TIME_SPAN_MINUTE)
    {
      g_autofree char *id = practice_sample_slot_id (room->id, start);

      if (g_hash_table_contains (sample->held, id))
        return FALSE;
    }
  return TRUE;
}

/* How gladly it is taken. */
static guint
rate (const PracticeSampleRoom *room, const PracticeSampleVisitType *type, const PracticeSampleProvider *provider)
{
  if (type->prefers != NULL && g_str_has_prefix (room->id, type->prefers))
    return 3;
  return g_strcmp0 (room->id, provider->room) == 0 ? 2 : 1;
}

/* A device or else a room, where @provider works, for a visit of @type: NULL when all are taken. */
const PracticeSampleRoom *
practice_sample_find_room (PracticeSample *sample, const PracticeSampleVisitType *type,
                           const PracticeSampleProvider *provider, RcpTimeRange range)
{
  const PracticeSampleRoom *found = NULL;
  guint best = 0;

  for (guint i = 0; i < practice_sample_n_rooms; i++)
    {
      const PracticeSampleRoom *room = &practice_sample_rooms[i];

      if (room->site != provider->site || g_strcmp0 (room->device, type->needs) != 0 ||
          rate (room, type, provider) <= best || !is_free (sample, room, range))
        continue;
      found = room;
      best = rate (room, type, provider);
    }
  return found;
}

void
practice_sample_hold_room (PracticeSample *sample, const PracticeSampleRoom *room, RcpTimeRange range, gboolean busy)
{
  for (gint64 start = range.start; start < range.end; start += SAMPLE_GRAIN * G_TIME_SPAN_MINUTE)
    g_hash_table_insert (sample->held, practice_sample_slot_id (room->id, start), GINT_TO_POINTER (busy));
}

/* What no visit type needs has no slots of its own, so no room has: it is open while anybody works at its site. */
static gboolean
is_needed (const PracticeSampleRoom *room)
{
  for (guint i = 0; i < practice_sample_n_visit_types; i++)
    if (room->device != NULL && g_strcmp0 (practice_sample_visit_types[i].needs, room->device) == 0)
      return TRUE;
  return FALSE;
}

/* When anybody works at @site: (transfer full) (element-type RcpTimeRange). */
static GArray *
list_open (PracticeSample *sample, guint site, const GDate *date)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  for (guint i = 0; i < practice_sample_n_providers; i++)
    {
      g_autoptr(GArray) ranges = NULL;

      if (practice_sample_providers[i].site != site)
        continue;
      ranges = rcp_weekly_hours_expand (g_ptr_array_index (sample->hours, i), date, sample->zone);
      g_array_append_vals (open, ranges->data, ranges->len);
    }
  rcp_time_ranges_normalize (open);
  return open;
}

static gboolean
add_day (PracticeSample *sample, guint site, int offset, GError **error)
{
  g_autoptr(GArray) open = NULL;
  g_autoptr(GArray) slots = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, g_date_get_julian (&sample->today) + offset);
  open = list_open (sample, site, &date);
  slots = rcp_weekly_hours_cut (open, SAMPLE_GRAIN);
  for (guint i = 0; i < practice_sample_n_rooms * slots->len; i++)
    {
      const PracticeSampleRoom *room = &practice_sample_rooms[i / slots->len];
      RcpTimeRange range = g_array_index (slots, RcpTimeRange, i % slots->len);
      g_autofree char *id = practice_sample_slot_id (room->id, range.start);
      gboolean busy = GPOINTER_TO_INT (g_hash_table_lookup (sample->held, id));

      if (room->site == site && is_needed (room) && !practice_sample_add_slot (sample, room->id, range, busy, error))
        return FALSE;
    }
  return TRUE;
}

/* When all visits have found theirs. */
gboolean
practice_sample_add_room_slots (PracticeSample *sample, GError **error)
{
  for (int offset = -SAMPLE_DAYS_BACK; offset <= SAMPLE_HORIZON; offset++)
    for (guint site = 0; site < practice_sample_n_sites; site++)
      if (!add_day (sample, site, offset, error))
        return FALSE;
  return TRUE;
}

static PracticeJson *
make_place (const PracticeSampleRoom *room)
{
  g_autofree char *id = g_strconcat ("sample-l-", room->id, NULL);
  PracticeJson *place = practice_sample_resource ("Location", id);
  const PracticeSampleSite *site = &practice_sample_sites[room->site];

  practice_sample_set (place, "status", "active");
  practice_sample_set (place, "name", room->name);
  practice_sample_set (place, "mode", "instance");
  practice_sample_concept (practice_sample_object (place, "physicalType"), SAMPLE_SYSTEM_PHYSICAL_TYPE, "ro", "Room");
  practice_sample_reference (place, "managingOrganization", "Organization", SAMPLE_CLINIC_ID,
                             practice_sample_clinic_name);
  practice_sample_reference (place, "partOf", "Location", site->id, site->name);
  return place;
}

static PracticeJson *
make_device (const PracticeSampleRoom *room)
{
  g_autofree char *id = g_strconcat ("sample-g-", room->id, NULL);
  PracticeJson *device = practice_sample_resource ("Device", id);
  const PracticeSampleSite *site = &practice_sample_sites[room->site];
  PracticeJson *name = practice_sample_append (practice_sample_array (device, "deviceName"));

  practice_sample_set (device, "status", "active");
  practice_sample_set (name, "name", room->name);
  practice_sample_set (name, "type", "user-friendly-name");
  practice_sample_concept (practice_sample_object (device, "type"), SAMPLE_SYSTEM_DEVICE_TYPE, room->device,
                           room->device_name);
  practice_sample_reference (device, "owner", "Organization", SAMPLE_CLINIC_ID, practice_sample_clinic_name);
  practice_sample_reference (device, "location", "Location", site->id, site->name);
  return device;
}

const char *
practice_sample_room_type (const PracticeSampleRoom *room)
{
  return room->device != NULL ? "Device" : "Location";
}

/* (transfer full) */
char *
practice_sample_room_id (const PracticeSampleRoom *room)
{
  return g_strconcat (room->device != NULL ? "sample-g-" : "sample-l-", room->id, NULL);
}

static gboolean
add_schedule (PracticeSample *sample, const PracticeSampleRoom *room, GError **error)
{
  g_autofree char *id = g_strconcat ("sample-c-", room->id, NULL);
  g_autofree char *actor = practice_sample_room_id (room);
  PracticeJson *schedule = practice_sample_resource ("Schedule", id);

  practice_sample_set_true (schedule, "active");
  practice_sample_reference (practice_sample_append (practice_sample_array (schedule, "actor")), NULL,
                             practice_sample_room_type (room), actor, room->name);
  practice_sample_add_horizon (sample, schedule);
  return practice_sample_write (sample, schedule, error);
}

gboolean
practice_sample_add_rooms (PracticeSample *sample, GError **error)
{
  for (guint i = 0; i < practice_sample_n_rooms; i++)
    {
      const PracticeSampleRoom *room = &practice_sample_rooms[i];

      if (!practice_sample_write (sample, room->device != NULL ? make_device (room) : make_place (room), error) ||
          !add_schedule (sample, room, error))
        return FALSE;
    }
  return TRUE;
}
