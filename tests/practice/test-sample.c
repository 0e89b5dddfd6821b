/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-record.h"

#include <gio/gio.h>
#include <string.h>

#include "base/rcp-iso8601.h"
#include "base/rcp-query.h"
#include "clinic/rcp-codes.h"
#include "practice/practice-sample.h"

static guint
count_type (const SampleRecord *record, const char *type)
{
  guint n = 0;

  for (guint i = 0; i < record->resources->len; i++)
    n += sample_is_type (g_ptr_array_index (record->resources, i), type);
  return n;
}

static void
test_codes_agree (void)
{
  g_assert_cmpstr (SAMPLE_SYSTEM_BOOKING, ==, RCP_SYSTEM_BOOKING);
  g_assert_cmpstr (SAMPLE_SYSTEM_CONFIRMATION, ==, RCP_SYSTEM_CONFIRMATION);
  g_assert_cmpstr (SAMPLE_SYSTEM_MRN_TYPE, ==, RCP_SYSTEM_MRN_TYPE);
  g_assert_cmpstr (SAMPLE_SYSTEM_MRN, ==, RCP_SYSTEM_MRN);
  g_assert_cmpstr (SAMPLE_SYSTEM_VISIT_TYPE, ==, RCP_SYSTEM_VISIT_TYPE);
  g_assert_cmpstr (SAMPLE_SYSTEM_SPECIALTY, ==, RCP_SYSTEM_SPECIALTY);
  g_assert_cmpstr (SAMPLE_SYSTEM_CANCELLATION, ==, RCP_SYSTEM_CANCELLATION);
  g_assert_cmpstr (SAMPLE_EXTENSION_DURATION, ==, RCP_EXTENSION_DURATION);
  g_assert_cmpstr (SAMPLE_EXTENSION_PREPARATION, ==, RCP_EXTENSION_PREPARATION);
  g_assert_cmpstr (SAMPLE_EXTENSION_TIMEZONE, ==, RCP_EXTENSION_TIMEZONE);
  g_assert_cmpstr (SAMPLE_EXTENSION_GRAIN, ==, RCP_EXTENSION_GRAIN);
  g_assert_cmpstr (SAMPLE_TAG_SYSTEM, ==, RCP_TAG_SYSTEM);
  g_assert_cmpstr (SAMPLE_EXTENSION_NEEDS, ==, RCP_EXTENSION_NEEDS);
  g_assert_cmpstr (SAMPLE_SYSTEM_DEVICE_TYPE, ==, RCP_SYSTEM_DEVICE_TYPE);
  g_assert_cmpstr (SAMPLE_SYSTEM_PHYSICAL_TYPE, ==, RCP_SYSTEM_PHYSICAL_TYPE);
}

static void
test_counts (gconstpointer data)
{
  const SampleRecord *record = data;

  g_assert_cmpuint (count_type (record, "Organization"), ==, 1);
  g_assert_cmpuint (count_type (record, "Location"), ==, 2 + 10);
  g_assert_cmpuint (count_type (record, "Device"), ==, 3);
  g_assert_cmpuint (count_type (record, "Practitioner"), ==, 12);
  g_assert_cmpuint (count_type (record, "PractitionerRole"), ==, 12);
  g_assert_cmpuint (count_type (record, "Schedule"), ==, 12 + 10 + 3);
  g_assert_cmpuint (count_type (record, "HealthcareService"), ==, 12);
  g_assert_cmpuint (count_type (record, "Patient"), ==, 2000);
  g_assert_cmpuint (count_type (record, "Slot"), >, 15000);
  g_assert_cmpuint (count_type (record, "Appointment"), >, 2000);
}

static void
test_valid (gconstpointer data)
{
  const SampleRecord *record = data;

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *resource = g_ptr_array_index (record->resources, i);
      g_autoptr(PracticeOutcome) outcome = practice_outcome_new ();

      practice_spec_validate (resource, practice_json_get_string (resource, "resourceType"), outcome);
      if (practice_outcome_has_error (outcome))
        g_test_message ("%s: %s", practice_json_get_string (resource, "id"),
                        practice_outcome_get_first_text (outcome));
      g_assert_false (practice_outcome_has_error (outcome));
    }
}

static char *
check_reference (const char *reference, gpointer user_data)
{
  if (!g_hash_table_contains (user_data, reference))
    g_test_message ("%s is not there", reference);
  g_assert_true (g_hash_table_contains (user_data, reference));
  return NULL;
}

static void
test_references (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *resource = g_ptr_array_index (record->resources, i);

      g_assert_true (g_hash_table_add (names, g_strconcat (practice_json_get_string (resource, "resourceType"), "/",
                                                           practice_json_get_string (resource, "id"), NULL)));
    }
  for (guint i = 0; i < record->resources->len; i++)
    practice_spec_map_references (g_ptr_array_index (record->resources, i), check_reference, names);
}

static void
test_invented_people (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  guint children = 0, accents = 0;

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *patient = g_ptr_array_index (record->resources, i);
      PracticeJson *telecoms, *name;

      if (!sample_is_type (patient, "Patient"))
        continue;
      g_assert_true (g_hash_table_add (numbers, (char *) sample_find_identifier (patient, SAMPLE_SYSTEM_MRN)));
      telecoms = practice_json_get_array (patient, "telecom");
      for (gsize k = 0; k < json_object_array_length (telecoms); k++)
        {
          const char *value = practice_json_get_string (json_object_array_get_idx (telecoms, k), "value");

          g_assert_true (g_str_has_suffix (value, "@example.org") || strstr (value, "555-01") != NULL ||
                         strstr (value, "555 01") != NULL);
        }
      children += strcmp (practice_json_get_string (patient, "birthDate"), "2008-11-03") > 0;
      name = json_object_array_get_idx (practice_json_get_array (patient, "name"), 0);
      accents += !g_str_is_ascii (practice_json_get_string (name, "family"));
      g_assert_nonnull (practice_json_get_array (patient, "communication"));
      g_assert_nonnull (practice_json_get_array (patient, "generalPractitioner"));
    }

  g_assert_cmpuint (children, >, 200);
  g_assert_cmpuint (children, <, 800);
  g_assert_cmpuint (accents, >, 200);
}

/* Slow and obvious: each visit tells its slots, and the slots must say the same: first all of the provider, then, once more from
 * the start, those of the device. */
static void
test_slots_agree_with_visits (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GHashTable) slots = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name, slot;

  for (guint i = 0; i < record->resources->len; i++)
    if (sample_is_type (g_ptr_array_index (record->resources, i), "Slot"))
      g_hash_table_insert (slots, (char *) practice_json_get_string (g_ptr_array_index (record->resources, i), "id"),
                           g_ptr_array_index (record->resources, i));

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *visit = g_ptr_array_index (record->resources, i);
      PracticeJson *references;
      const char *actor;
      gint64 expected;

      if (!sample_is_type (visit, "Appointment"))
        continue;
      references = practice_json_get_array (visit, "slot");
      expected = sample_get_instant (visit, "start");
      actor = sample_find_participant (visit, "Practitioner") + strlen ("Practitioner/sample-d-");
      for (gsize k = 0; k < json_object_array_length (references); k++)
        {
          const char *reference = practice_json_get_string (json_object_array_get_idx (references, k), "reference");
          PracticeJson *covered = g_hash_table_lookup (slots, reference + strlen ("Slot/"));

          g_assert_nonnull (covered);
          if (expected == sample_get_instant (visit, "end"))
            {
              expected = sample_get_instant (visit, "start");
              actor = sample_find_participant (visit, "Device") + strlen ("Device/sample-g-");
            }
          g_assert_cmpint (sample_get_instant (covered, "start"), ==, expected);
          g_assert_cmpint (sample_get_instant (covered, "end"), ==, expected + SAMPLE_GRAIN * G_TIME_SPAN_MINUTE);
          /* Of the slot and of the visit by their shared short name. */
          g_assert_cmpstr (sample_get_owner (covered), ==, actor);
          if (sample_takes_time (visit))
            g_assert_true (g_hash_table_add (taken, (char *) practice_json_get_string (covered, "id")));
          expected = sample_get_instant (covered, "end");
        }
      g_assert_cmpint (expected, ==, sample_get_instant (visit, "end"));
      g_assert_cmpint (g_str_has_suffix (sample_find_participant (visit, "Practitioner"), actor), ==,
                       sample_find_participant (visit, "Device") == NULL);
    }

  g_hash_table_iter_init (&iter, slots);
  while (g_hash_table_iter_next (&iter, &name, &slot))
    g_assert_cmpstr (practice_json_get_string (slot, "status"), ==,
                     g_hash_table_contains (taken, name) ? "busy" : "free");
  g_assert_cmpuint (g_hash_table_size (taken), >, 3000);
}

static void
test_nobody_twice_a_day (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (SAMPLE_ZONE);

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *visit = g_ptr_array_index (record->resources, i);
      GDate day;

      if (!sample_is_type (visit, "Appointment"))
        continue;
      g_date_clear (&day, 1);
      rcp_time_get_day (sample_get_instant (visit, "start"), zone, &day);
      g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%s on %u", sample_find_participant (visit, "Patient"),
                                                              g_date_get_julian (&day))));
    }
}

static void
test_confirmation_codes (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) bookings = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *visit = g_ptr_array_index (record->resources, i);
      const char *code, *booking;
      g_autofree char *parsed = NULL;

      if (!sample_is_type (visit, "Appointment"))
        continue;
      code = sample_find_identifier (visit, SAMPLE_SYSTEM_CONFIRMATION);
      booking = sample_find_identifier (visit, SAMPLE_SYSTEM_BOOKING);
      parsed = rcp_query_parse_code (code);
      g_assert_cmpstr (parsed, ==, code);
      g_assert_true (g_uuid_string_is_valid (booking));
      g_assert_true (g_hash_table_add (codes, (char *) code));
      g_assert_true (g_hash_table_add (bookings, (char *) booking));
    }
}

static guint
count_status (const SampleRecord *record, RcpTimeRange range, const char *status)
{
  guint n = 0;

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *visit = g_ptr_array_index (record->resources, i);
      gint64 start;

      if (!sample_is_type (visit, "Appointment"))
        continue;
      start = sample_get_instant (visit, "start");
      n += range.start <= start && start < range.end &&
           g_str_equal (practice_json_get_string (visit, "status"), status);
    }

  return n;
}

static void
test_statuses_follow_the_clock (gconstpointer data)
{
  const SampleRecord *record = data;
  RcpTimeRange past = { SAMPLE_NOON - 15 * G_TIME_SPAN_DAY, SAMPLE_NOON - G_TIME_SPAN_HOUR };
  RcpTimeRange now = { SAMPLE_NOON - G_TIME_SPAN_HOUR, SAMPLE_NOON + 1 };
  RcpTimeRange future = { SAMPLE_NOON + G_TIME_SPAN_HOUR, SAMPLE_NOON + 17 * G_TIME_SPAN_DAY };

  g_assert_cmpuint (count_status (record, past, "fulfilled"), >, 800);
  g_assert_cmpuint (count_status (record, past, "noshow"), >, 20);
  g_assert_cmpuint (count_status (record, past, "cancelled"), >, 20);
  g_assert_cmpuint (count_status (record, past, "booked"), ==, 0);
  g_assert_cmpuint (count_status (record, now, "checked-in") + count_status (record, now, "arrived"), >, 0);
  g_assert_cmpuint (count_status (record, future, "booked"), >, 500);
  g_assert_cmpuint (count_status (record, future, "fulfilled"), ==, 0);
}

/* practice-sample-encounters.c: who has come today has an Encounter that tells since when, and nobody else has one. */
static void
test_encounters_follow_the_clock (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GHashTable) of_visit = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_answers[2] = { 0, 0 };

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *encounter = g_ptr_array_index (record->resources, i);
      PracticeJson *visit = sample_is_type (encounter, "Encounter") ? practice_json_get_array (encounter, "appointment") : NULL;

      if (visit == NULL)
        continue;
      visit = json_object_array_get_idx (visit, 0);
      g_hash_table_insert (of_visit, (char *) practice_json_get_string (visit, "reference") + strlen ("Appointment/"),
                           encounter);
      g_assert_cmpint (sample_get_instant (json_object_object_get (encounter, "period"), "start"), <, SAMPLE_NOON);
    }
  g_assert_cmpuint (g_hash_table_size (of_visit), >, 10);

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *visit = g_ptr_array_index (record->resources, i);
      PracticeJson *patient, *encounter;
      gboolean has_come;

      if (!sample_is_type (visit, "Appointment"))
        continue;
      patient = json_object_array_get_idx (practice_json_get_array (visit, "participant"), 0);
      n_answers[g_str_equal (practice_json_get_string (patient, "status"), "accepted")]++;
      if (ABS (sample_get_instant (visit, "start") - SAMPLE_NOON) > 6 * G_TIME_SPAN_HOUR)
        continue;
      encounter = g_hash_table_lookup (of_visit, practice_json_get_string (visit, "id"));
      has_come = strstr ("arrived checked-in fulfilled", practice_json_get_string (visit, "status")) != NULL;
      g_assert_cmpint (encounter != NULL, ==, has_come);
      if (g_str_equal (practice_json_get_string (visit, "status"), "fulfilled"))
        g_assert_cmpstr (practice_json_get_string (encounter, "status"), ==, "finished");
    }
  g_assert_cmpuint (MIN (n_answers[0], n_answers[1]), >, 100);
}

static double
booked_share (const SampleRecord *record, const char *schedule, RcpTimeRange range)
{
  guint n = 0, busy = 0;

  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *slot = g_ptr_array_index (record->resources, i);
      gint64 start;

      if (!sample_is_type (slot, "Slot") ||
          g_strcmp0 (practice_json_get_string (practice_json_get_object (slot, "schedule"), "reference"), schedule) != 0)
        continue;
      start = sample_get_instant (slot, "start");
      if (start < range.start || start >= range.end)
        continue;
      n++;
      busy += g_str_equal (practice_json_get_string (slot, "status"), "busy");
    }

  return n > 0 ? (double) busy / n : 0;
}

static void
test_booked_share (gconstpointer data)
{
  const SampleRecord *record = data;
  RcpTimeRange near = { SAMPLE_NOON - 16 * G_TIME_SPAN_DAY, SAMPLE_NOON + 2 * G_TIME_SPAN_DAY };
  RcpTimeRange far = { SAMPLE_NOON + 9 * G_TIME_SPAN_DAY, SAMPLE_NOON + 16 * G_TIME_SPAN_DAY };
  RcpTimeRange beyond = { SAMPLE_NOON + 17 * G_TIME_SPAN_DAY, SAMPLE_NOON + 91 * G_TIME_SPAN_DAY };

  for (guint i = 0; i < practice_sample_n_providers; i++)
    {
      g_autofree char *schedule = g_strconcat ("Schedule/sample-c-", practice_sample_providers[i].id, NULL);
      double share = booked_share (record, schedule, near);

      g_assert_cmpfloat (share, >, 0.5);
      g_assert_cmpfloat (share, <, 0.85);
      g_assert_cmpfloat (booked_share (record, schedule, far), <, share);
      g_assert_cmpfloat (booked_share (record, schedule, beyond), ==, 0);
    }
}

/* What is the same for every hour of a day, as one text: all but how far the visits have come, and when it was stored. */
static char *
digest_record (GPtrArray *resources)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < resources->len; i++)
    {
      PracticeJson *resource = g_ptr_array_index (resources, i);
      g_autofree char *text = NULL;
      gsize length;

      if (sample_is_type (resource, "Encounter"))
        continue;
      json_object_object_del (resource, "meta");
      if (sample_is_type (resource, "Appointment") || sample_is_type (resource, "Slot"))
        json_object_object_del (resource, "status");
      text = practice_json_print (resource, &length);
      g_checksum_update (checksum, (const guchar *) text, length);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

static char *
fill_and_digest (const char *folder, const char *name, gint64 now)
{
  g_autoptr(PracticeStore) store = sample_record_fill (folder, name, now);
  g_autoptr(GPtrArray) resources = sample_record_read_all (store);

  return digest_record (resources);
}

static void
test_same_each_time (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GPtrArray) resources = sample_record_read_all (record->store);
  g_autofree char *first = digest_record (resources);
  g_autofree char *evening = fill_and_digest (record->folder, "evening.db", SAMPLE_NOON + 8 * G_TIME_SPAN_HOUR);

  g_assert_cmpstr (first, ==, evening);
}

static void
test_second_fill_keeps (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(GError) error = NULL;
  gint64 before = practice_store_count (record->store, NULL);
  g_autoptr(GPtrArray) versions = NULL;
  gint64 next;

  g_assert_true (practice_sample_fill (record->store, SAMPLE_NOON + 5 * G_TIME_SPAN_DAY, SAMPLE_ZONE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (practice_store_count (record->store, NULL), ==, before);
  versions = practice_store_history (record->store, "Organization", SAMPLE_CLINIC_ID, 0, 0, 10, &next);
  g_assert_cmpuint (versions->len, ==, 1);
}

static void
test_unknown_zone (gconstpointer data)
{
  const SampleRecord *record = data;
  g_autoptr(PracticeStore) store = sample_record_open (record->folder, "zone.db");
  g_autoptr(GError) error = NULL;

  g_assert_false (practice_sample_fill (store, SAMPLE_NOON, "Nowhere/At_All", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpint (practice_store_count (store, NULL), ==, 0);
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

  g_test_add_func ("/practice/sample/codes-agree", test_codes_agree);
  g_test_add_data_func ("/practice/sample/counts", &record, test_counts);
  g_test_add_data_func ("/practice/sample/valid", &record, test_valid);
  g_test_add_data_func ("/practice/sample/references", &record, test_references);
  g_test_add_data_func ("/practice/sample/invented-people", &record, test_invented_people);
  g_test_add_data_func ("/practice/sample/slots-agree-with-visits", &record, test_slots_agree_with_visits);
  g_test_add_data_func ("/practice/sample/nobody-twice-a-day", &record, test_nobody_twice_a_day);
  g_test_add_data_func ("/practice/sample/confirmation-codes", &record, test_confirmation_codes);
  g_test_add_data_func ("/practice/sample/statuses-follow-the-clock", &record, test_statuses_follow_the_clock);
  g_test_add_data_func ("/practice/sample/encounters-follow-the-clock", &record, test_encounters_follow_the_clock);
  g_test_add_data_func ("/practice/sample/booked-share", &record, test_booked_share);
  g_test_add_data_func ("/practice/sample/same-each-time", &record, test_same_each_time);
  g_test_add_data_func ("/practice/sample/second-fill-keeps", &record, test_second_fill_keeps);
  g_test_add_data_func ("/practice/sample/unknown-zone", &record, test_unknown_zone);
  result = g_test_run ();

  g_ptr_array_unref (record.resources);
  practice_store_close (record.store);
  sample_record_remove_folder (folder);
  return result;
}
