/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rooms and devices of the sample clinic: practice-sample-rooms.c. */

#include "sample-record.h"

#include <string.h>

static const char *
get_type (PracticeJson *visit)
{
  PracticeJson *type = json_object_array_get_idx (practice_json_get_array (visit, "serviceType"), 0);

  return practice_json_get_string (json_object_array_get_idx (practice_json_get_array (type, "coding"), 0), "code");
}

static const PracticeSampleVisitType *
find_type (const char *code)
{
  for (guint i = 0; i < practice_sample_n_visit_types; i++)
    if (g_str_equal (practice_sample_visit_types[i].code, code))
      return &practice_sample_visit_types[i];
  return NULL;
}

static guint
find_site (const char *practitioner)
{
  for (guint i = 0; i < practice_sample_n_providers; i++)
    if (g_str_equal (practice_sample_providers[i].id, practitioner + strlen ("Practitioner/sample-d-")))
      return practice_sample_providers[i].site;
  g_assert_not_reached ();
}

/* The room or device of a visit: the participant that is neither patient nor provider nor site. */
static const PracticeSampleRoom *
find_room (PracticeJson *visit)
{
  PracticeJson *participants = practice_json_get_array (visit, "participant");

  for (gsize i = 0; i < json_object_array_length (participants); i++)
    {
      PracticeJson *actor = practice_json_get_object (json_object_array_get_idx (participants, i), "actor");
      const char *id = strrchr (practice_json_get_string (actor, "reference"), '/') + 1;

      for (guint j = 0; j < practice_sample_n_rooms; j++)
        if (g_str_equal (practice_sample_rooms[j].id, id + strlen ("sample-x-")))
          return &practice_sample_rooms[j];
    }
  return NULL;
}

/* practice-sample-rooms.c: a device where the type needs one, a room where one is booked; both where the provider works. */
static void
test_visits_have_what_they_need (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *visit = g_ptr_array_index (record->resources, i);
      const PracticeSampleVisitType *type;
      const PracticeSampleRoom *room;

      if (!sample_is_type (visit, "Appointment"))
        continue;
      type = find_type (get_type (visit));
      room = find_room (visit);
      g_hash_table_add (types, (char *) type->code);
      if (type->needs != NULL)
        g_assert_cmpstr (room->device, ==, type->needs);
      else if (room != NULL)
        g_assert_true (room->device == NULL && g_str_equal (type->room, "booked"));
      if (room == NULL)
        continue;
      g_assert_cmpuint (room->site, ==, find_site (sample_find_participant (visit, "Practitioner")));
      g_hash_table_add (used, (char *) room->id);
    }
  g_assert_cmpuint (g_hash_table_size (types), ==, practice_sample_n_visit_types);
  g_assert_cmpuint (g_hash_table_size (used), ==, practice_sample_n_rooms);
  g_assert_cmpstr (practice_json_get_string (practice_json_get_object (sample_find_resource (record, "Location/sample-l-exam-6"), "partOf"), "reference"),
                   ==, "Location/sample-l-riverside");
  g_assert_cmpstr (practice_json_get_string (practice_json_get_object (sample_find_resource (record, "Device/sample-g-ecg-1"), "location"), "reference"),
                   ==, "Location/sample-l-downtown");
}

static void
add_stay (GHashTable *stays, const char *room, gint64 start, gint64 end)
{
  for (gint64 time = start; time < end; time += SAMPLE_GRAIN * G_TIME_SPAN_MINUTE)
    g_assert_true (g_hash_table_add (stays, g_strdup_printf ("%s at %" G_GINT64_FORMAT, room, time)));
}

/* Those that are booked, and those of today into which patients were led: none is in two visits at once. */
static void
test_nobody_shares_a_room (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GHashTable) stays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_led = 0;

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *resource = g_ptr_array_index (record->resources, i), *visit, *location;
      const PracticeSampleRoom *room = sample_is_type (resource, "Appointment") ? find_room (resource) : NULL;

      if (room != NULL && sample_takes_time (resource))
        add_stay (stays, room->id, sample_get_instant (resource, "start"), sample_get_instant (resource, "end"));
      if (!sample_is_type (resource, "Encounter") || practice_json_get_array (resource, "location") == NULL)
        continue;
      visit = sample_find_resource (record, practice_json_get_string (json_object_array_get_idx (practice_json_get_array (resource, "appointment"), 0), "reference"));
      location = json_object_array_get_idx (practice_json_get_array (resource, "location"), 0);
      g_assert_cmpstr (practice_json_get_string (location, "status"), ==,
                       g_str_equal (practice_json_get_string (resource, "status"), "finished") ? "completed" : "active");
      location = practice_json_get_object (location, "location");
      n_led++;
      if (find_room (visit) == NULL)
        add_stay (stays, practice_json_get_string (location, "reference") + strlen ("Location/sample-l-"), sample_get_instant (visit, "start"),
                  sample_get_instant (visit, "end"));
      else
        g_assert_true (g_str_has_suffix (practice_json_get_string (location, "reference"), find_room (visit)->id));
    }
  g_assert_cmpuint (n_led, >, 20);
  g_assert_cmpuint (g_hash_table_size (stays), >, 500);
}

static const PracticeSampleRoom *
find_device (const char *id)
{
  for (guint i = 0; i < practice_sample_n_rooms; i++)
    if (g_str_equal (practice_sample_rooms[i].id, id))
      return &practice_sample_rooms[i];
  return NULL;
}

/* When somebody works at its site a device has slots, and at no other time; a room, which no type needs, has none. */
static void
test_devices_open_with_their_site (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GHashTable) work = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_slots[2] = { 0, 0 }, n_at_site[2] = { 0, 0 };

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *slot = g_ptr_array_index (record->resources, i);
      g_autofree char *practitioner = NULL;
      guint site;

      if (!sample_is_type (slot, "Slot") || find_device (sample_get_owner (slot)) != NULL)
        continue;
      practitioner = g_strconcat ("Practitioner/sample-d-", sample_get_owner (slot), NULL);
      site = find_site (practitioner);
      n_at_site[site] += g_hash_table_add (work, g_strdup_printf ("%u %s", site, practice_json_get_string (slot, "start")));
    }
  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *slot = g_ptr_array_index (record->resources, i);
      const PracticeSampleRoom *device = sample_is_type (slot, "Slot") ? find_device (sample_get_owner (slot)) : NULL;
      g_autofree char *time = device != NULL ? g_strdup_printf ("%u %s", device->site, practice_json_get_string (slot, "start")) : NULL;

      if (device == NULL)
        continue;
      g_assert_nonnull (device->device);
      g_assert_true (g_hash_table_contains (work, time));
      n_slots[device->site]++;
    }
  g_assert_cmpuint (n_slots[0], ==, n_at_site[0]);     /* an ECG */
  g_assert_cmpuint (n_slots[1], ==, 2 * n_at_site[1]); /* an ECG and an ultrasound */
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("reception-sample-XXXXXX", NULL);
  SampleRecord record = { .folder = folder };
  int result;

  g_test_init (&argc, &argv, NULL);

  record.store = sample_record_fill (folder, "sample.db", SAMPLE_NOON);
  record.resources = sample_record_read_all (record.store);

  g_test_add_data_func ("/practice/sample-rooms/visits-have-what-they-need", &record, test_visits_have_what_they_need);
  g_test_add_data_func ("/practice/sample-rooms/nobody-shares-a-room", &record, test_nobody_shares_a_room);
  g_test_add_data_func ("/practice/sample-rooms/devices-open-with-their-site", &record, test_devices_open_with_their_site);
  result = g_test_run ();

  g_ptr_array_unref (record.resources);
  practice_store_close (record.store);
  sample_record_remove_folder (folder);
  return result;
}
