/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

/* What is kept of bookings on this computer, rcp-choice-file.c: bounded, private, and never trusted. */

#include "matching/rcp-choice-file.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("choices-XXXXXX", NULL);
  fixture->file = g_build_filename (fixture->folder, "reception", "choices", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->file, ".lock", NULL), *inner = g_path_get_dirname (fixture->file);

  g_unlink (fixture->file);
  g_unlink (lock);
  g_rmdir (inner);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->file);
}

/* One that says @number. */
static GBytes *
make_choice (guint number)
{
  guint8 steps[2 * RCP_CHOICE_CRITERIA] = { 0 };

  steps[0] = number % 100;
  steps[1] = number / 100;
  return g_bytes_new (steps, sizeof steps);
}

static void
add (Fixture *fixture, const char *record, guint number)
{
  g_autoptr (GBytes) choice = make_choice (number);
  g_autoptr (GError) error = NULL;

  g_assert_true (rcp_choice_file_add (fixture->file, record, choice, &error));
  g_assert_no_error (error);
}

static void
assert_kept (Fixture *fixture, const char *record, guint first, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = rcp_choice_file_load (fixture->file, record, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (choices->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) expected = make_choice (first + i);

      g_assert_true (g_bytes_equal (choices->pdata[i], expected));
    }
}

static void
test_there_and_back (Fixture *fixture, gconstpointer data)
{
  GStatBuf status;

  assert_kept (fixture, "one", 0, 0);
  add (fixture, "one", 0);
  add (fixture, "other", 40);
  add (fixture, "one", 1);
  assert_kept (fixture, "one", 0, 2);
  assert_kept (fixture, "other", 40, 1);
  assert_kept (fixture, "third", 0, 0);
  g_assert_cmpint (g_stat (fixture->file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

/* @data with the head that says it is whole: a file as this or an earlier desk has left it. */
static GString *
put_head (gconstpointer data, gsize length)
{
  g_autofree char *checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
  GString *text = g_string_new ("Reception choices 1 ");

  g_string_append_printf (text, "%s\n", checksum);
  return g_string_append_len (text, data, (gssize) length);
}

/* Anew: without waiting for the disk GLib 2.74 writes over what was longer. */
static void
put_file (Fixture *fixture, const char *data, gsize length)
{
  g_unlink (fixture->file);
  g_assert_true (g_file_set_contents_full (fixture->file, data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* The oldest goes when there are too many. */
static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aay"));
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GString) text = NULL;

  add (fixture, "one", 0);
  for (guint i = 0; i < RCP_CHOICE_FILE_MOST - 1; i++)
    {
      g_autoptr (GBytes) choice = make_choice (i);

      g_variant_builder_add_value (&builder, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, choice, TRUE));
    }
  all = g_variant_ref_sink (g_variant_new_parsed ("{'one': %*}", g_variant_builder_end (&builder)));
  text = put_head (g_variant_get_data (all), g_variant_get_size (all));
  put_file (fixture, text->str, text->len);
  assert_kept (fixture, "one", 0, RCP_CHOICE_FILE_MOST - 1);
  for (guint i = 0; i < 4; i++)
    add (fixture, "one", RCP_CHOICE_FILE_MOST - 1 + i);
  assert_kept (fixture, "one", 3, RCP_CHOICE_FILE_MOST);
}

static void
test_forget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rcp_choice_file_forget (fixture->file, "one", &error)); /* nothing to forget */
  g_assert_no_error (error);
  add (fixture, "one", 0);
  add (fixture, "other", 7);
  g_assert_true (rcp_choice_file_forget (fixture->file, "one", &error));
  assert_kept (fixture, "one", 0, 0);
  assert_kept (fixture, "other", 7, 1);
  g_assert_true (rcp_choice_file_forget (fixture->file, "other", &error));
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
}

/* It is said, nothing is lost by it, and it can be forgotten. */
static void
assert_refused (Fixture *fixture, const char *data, gsize length)
{
  g_autoptr (GError) error = NULL, on_add = NULL;
  g_autoptr (GBytes) choice = make_choice (5);
  g_autoptr (GPtrArray) choices = NULL;
  g_autofree char *after = NULL;
  gsize after_length;

  put_file (fixture, data, length);
  choices = rcp_choice_file_load (fixture->file, "one", &error);
  g_assert_null (choices);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_false (rcp_choice_file_add (fixture->file, "one", choice, &on_add));
  g_assert_error (on_add, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_true (g_file_get_contents (fixture->file, &after, &after_length, NULL));
  g_assert_cmpmem (after, after_length, data, length);
}

/* Each part of a good file, and each file with one byte of it turned. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = NULL;
  gsize length;

  add (fixture, "one", 1);
  add (fixture, "other", 2);
  g_assert_true (g_file_get_contents (fixture->file, &good, &length, NULL));
  for (gsize i = 0; i < length; i++)
    {
      assert_refused (fixture, good, i);
      good[i] ^= 0x20;
      assert_refused (fixture, good, length);
      good[i] ^= 0x20;
    }
  assert_refused (fixture, "a{sv}\n", 6);
  g_assert_true (rcp_choice_file_forget (fixture->file, "one", NULL));
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
  add (fixture, "one", 0);
  assert_kept (fixture, "one", 0, 1);
}

/* The checksum is right, and what it is of is not: somebody else has written it. */
static void
test_forged (Fixture *fixture, gconstpointer data)
{
  static const guint8 bad_step[16] = { 101 };
  g_autoptr (GBytes) bad = g_bytes_new_static (bad_step, sizeof bad_step);
  g_autoptr (GVariant) step = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bad, TRUE));
  g_autoptr (GVariant) forged = g_variant_ref_sink (g_variant_new_parsed ("{'one': [%@ay]}", step));
  const struct
  {
    const char *data;
    gsize length;
  } contents[] = { { g_variant_get_data (forged), g_variant_get_size (forged) }, { "\xff\xff\xff", 3 }, { "one\0\x04\x09\x09", 7 } };

  add (fixture, "one", 0);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GString) text = put_head (contents[i].data, contents[i].length);

      assert_refused (fixture, text->str, text->len);
    }
}

static gpointer
add_many (gpointer data)
{
  for (guint i = 0; i < 50; i++)
    add (data, "one", 0);
  return NULL;
}

/* Two desks of one user at once: none loses what the other has kept. */
static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  GThread *threads[4];
  g_autoptr (GPtrArray) choices = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("desk", add_many, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  choices = rcp_choice_file_load (fixture->file, "one", NULL);
  g_assert_cmpuint (choices->len, ==, 200);
}

/* A folder that cannot be made is an error, and no crash. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) choice = make_choice (1);
  g_autoptr (GError) error = NULL;

  g_assert_false (rcp_choice_file_add ("/proc/nowhere/choices", "one", choice, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/matching/choice-file/there-and-back", Fixture, NULL, set_up, test_there_and_back, tear_down);
  g_test_add ("/matching/choice-file/bounded", Fixture, NULL, set_up, test_bounded, tear_down);
  g_test_add ("/matching/choice-file/forget", Fixture, NULL, set_up, test_forget, tear_down);
  g_test_add ("/matching/choice-file/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/matching/choice-file/forged", Fixture, NULL, set_up, test_forged, tear_down);
  g_test_add ("/matching/choice-file/at-once", Fixture, NULL, set_up, test_at_once, tear_down);
  g_test_add ("/matching/choice-file/no-folder", Fixture, NULL, set_up, test_no_folder, tear_down);
  return g_test_run ();
}
