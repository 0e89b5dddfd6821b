/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-busy-memory.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  char *file;
  RcpBusyTimes *times;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("busy-XXXXXX", NULL);
  fixture->file = g_build_filename (fixture->folder, "deeper", "busy-times", NULL);
  fixture->times = rcp_busy_times_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deeper = g_path_get_dirname (fixture->file);

  g_remove (fixture->file);
  g_rmdir (deeper);
  g_rmdir (fixture->folder);
  g_assert_finalize_object (fixture->times);
  g_free (fixture->file);
  g_free (fixture->folder);
}

static void
keep (RcpBusyTimes *times, const char *person, gint64 start, RcpBusyKind kind, gint64 as_of)
{
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  RcpBusy item = { { start, start + 10 }, kind };

  g_array_append_val (busy, item);
  rcp_busy_times_set (times, person, busy, as_of);
}

static void
save (Fixture *fixture, const char *record, RcpBusyTimes *times, gint64 now)
{
  g_autoptr (GVariant) copy = rcp_busy_memory_copy (times, now);
  g_autoptr (GError) error = NULL;

  g_assert_true (rcp_busy_memory_save (fixture->file, record, copy, &error));
  g_assert_no_error (error);
}

static void
test_round (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBusyTimes) read = rcp_busy_times_new ();
  g_autoptr (RcpBusyTimes) nothing = rcp_busy_times_new ();
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_false (rcp_busy_memory_load (fixture->file, "a", read, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  keep (fixture->times, "ana", 100, RCP_BUSY_BUSY, 0);
  keep (fixture->times, "bo", 200, RCP_BUSY_TENTATIVE, 50);
  keep (fixture->times, "cy", 300, RCP_BUSY_BUSY, RCP_BUSY_TIMES_PART);
  save (fixture, "a", fixture->times, 70);
  g_assert_true (rcp_busy_memory_load (fixture->file, "a", read, NULL));
  g_assert_cmpint (rcp_busy_times_get_as_of (read, "ana"), ==, 70);
  g_assert_cmpint (rcp_busy_times_get_as_of (read, "bo"), ==, 50);
  g_assert_cmpint (g_array_index (rcp_busy_times_get (read, "bo"), RcpBusy, 0).range.start, ==, 200);
  /* What is only a part would pass for all of it. */
  g_assert_null (rcp_busy_times_get (read, "cy"));
  g_assert_cmpint (g_array_index (rcp_busy_times_get (read, "bo"), RcpBusy, 0).kind, ==, RCP_BUSY_TENTATIVE);
  g_assert_true (rcp_busy_memory_load (fixture->file, "b", nothing, NULL));
  g_assert_null (rcp_busy_times_get (nothing, "ana"));
  g_assert_cmpint (g_stat (fixture->file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

/* Two records know people by the same ids. */
static void
test_records (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpBusyTimes) other = rcp_busy_times_new ();
  g_autoptr (RcpBusyTimes) read = rcp_busy_times_new ();

  keep (fixture->times, "1", 100, RCP_BUSY_BUSY, 0);
  save (fixture, "a", fixture->times, 70);
  keep (other, "1", 300, RCP_BUSY_AWAY, 0);
  save (fixture, "b", other, 80);
  rcp_busy_memory_load (fixture->file, "a", read, NULL);
  g_assert_cmpint (g_array_index (rcp_busy_times_get (read, "1"), RcpBusy, 0).range.start, ==, 100);
  rcp_busy_times_clear (fixture->times);
  save (fixture, "a", fixture->times, 90);
  rcp_busy_times_clear (read);
  rcp_busy_memory_load (fixture->file, "a", read, NULL);
  g_assert_null (rcp_busy_times_get (read, "1"));
  rcp_busy_memory_load (fixture->file, "b", read, NULL);
  g_assert_cmpint (rcp_busy_times_get_as_of (read, "1"), ==, 80);
}

/* A file that is none of ours is read to its end without harm, and written anew. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->file);

  g_mkdir (folder, 0700);
  for (guint turn = 0; turn < 300; turn++)
    {
      g_autoptr (RcpBusyTimes) read = rcp_busy_times_new ();
      g_auto (GStrv) people = NULL;
      guint8 bytes[64];

      for (guint i = 0; i < sizeof (bytes); i++)
        bytes[i] = (guint8) g_test_rand_int_range (0, 256);
      g_file_set_contents (fixture->file, (char *) bytes, g_test_rand_int_range (0, sizeof (bytes)), NULL);
      rcp_busy_memory_load (fixture->file, "", read, NULL);
      people = rcp_busy_times_list_people (read);
      for (guint i = 0; people[i] != NULL; i++)
        {
          GArray *busy = rcp_busy_times_get (read, people[i]);

          for (guint j = 0; j < busy->len; j++)
            g_assert_cmpint (g_array_index (busy, RcpBusy, j).range.start, <, g_array_index (busy, RcpBusy, j).range.end);
        }
    }
  keep (fixture->times, "1", 100, RCP_BUSY_BUSY, 0);
  save (fixture, "a", fixture->times, 70);
  rcp_busy_times_clear (fixture->times);
  rcp_busy_memory_load (fixture->file, "a", fixture->times, NULL);
  g_assert_nonnull (rcp_busy_times_get (fixture->times, "1"));
}

/* Well-formed, but with kinds that there are not (whose count would lie outside of its array, as the sanitizers see), ranges that end
 * before they begin, and somebody known of no time at all. */
static void
test_senseless (Fixture *fixture, gconstpointer data)
{
  static const char text[]
    = "{'a': {'1': (int64 70, [(int64 100, int64 110, byte 0x09), (300, 290, 0x02), (200, 210, 0x02), (400, 410, 0x00)]),"
      "       '2': (int64 0, [(int64 100, int64 110, byte 0x02)])}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) all = g_variant_parse (G_VARIANT_TYPE ("a{sa{s(xa(xxy))}}"), text, NULL, NULL, &error);
  g_autofree char *folder = g_path_get_dirname (fixture->file);
  GArray *busy;

  g_assert_no_error (error);
  g_mkdir (folder, 0700);
  g_file_set_contents (fixture->file, g_variant_get_data (all), (gssize) g_variant_get_size (all), &error);
  g_assert_no_error (error);
  g_assert_true (rcp_busy_memory_load (fixture->file, "a", fixture->times, NULL));
  busy = rcp_busy_times_get (fixture->times, "1");
  g_assert_cmpuint (busy->len, ==, 1);
  g_assert_cmpint (g_array_index (busy, RcpBusy, 0).range.start, ==, 200);
  g_assert_null (rcp_busy_times_get (fixture->times, "2"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/base/busy-memory/round", Fixture, NULL, set_up, test_round, tear_down);
  g_test_add ("/base/busy-memory/records", Fixture, NULL, set_up, test_records, tear_down);
  g_test_add ("/base/busy-memory/broken", Fixture, NULL, set_up, test_broken, tear_down);
  g_test_add ("/base/busy-memory/senseless", Fixture, NULL, set_up, test_senseless, tear_down);
  return g_test_run ();
}
