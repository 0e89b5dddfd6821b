/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The folder of the calendar files that others subscribe to: rcp-visit-folder.c. */

#define G_LOG_DOMAIN "test-visit-folder"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "keep-result.h"
#include "mirroring/rcp-visit-folder.h"

#define ROUNDS 25
#define LONG (4 * 1024 * 1024)

typedef struct
{
  char *root;
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = g_dir_make_tmp ("reception-files-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->root, "a", NULL);
  fixture->path = rcp_visit_folder_dup_path (fixture->folder, "record", "somebody");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *const none[] = { NULL };

  rcp_visit_folder_keep_only (fixture->folder, none);
  KEEP_RESULT_UNTIL (g_rmdir (fixture->folder) == 0);
  g_assert_cmpint (g_rmdir (fixture->root), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
  g_free (fixture->root);
}

/* What was asked of the folder before is done by then. Takes @text. */
static void
write_now (const char *path, char *text)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_visit_folder_write_async (path, text, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_true (rcp_visit_folder_write_finish (result, &error));
  g_assert_no_error (error);
}

/* Neither the record nor the person can be read from the name, and each has one of its own. */
static void
test_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = rcp_visit_folder_dup_path (fixture->folder, "other", "somebody");
  g_autofree char *another = rcp_visit_folder_dup_path (fixture->folder, "record", "another");

  g_assert_cmpstr (other, !=, fixture->path);
  g_assert_cmpstr (another, !=, fixture->path);
  g_assert_cmpstr (another, !=, other);
  g_assert_null (strstr (strrchr (fixture->path, '/'), "somebody"));
  g_assert_null (strstr (strrchr (fixture->path, '/'), "record"));
  write_now (fixture->path, g_strdup ("text"));
}

/* What is removed while it is being written stays so. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = g_build_filename (fixture->folder, "last", NULL);

  rcp_visit_folder_write_async (fixture->path, g_strnfill (LONG, 'A'), NULL, NULL, NULL);
  rcp_visit_folder_remove (fixture->path);
  write_now (last, g_strdup (""));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* What is of another record goes, and what a crash left. */
static void
test_keep_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = rcp_visit_folder_dup_path (fixture->folder, "other", "somebody");
  g_autofree char *left = g_strconcat (fixture->path, ".X1Y2Z3", NULL);
  const char *const kept[] = { fixture->path, NULL };

  write_now (other, g_strdup ("old"));
  g_assert_true (g_file_set_contents (left, "half", -1, NULL));
  rcp_visit_folder_keep_only (fixture->folder, kept);
  write_now (fixture->path, g_strdup ("new"));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  rcp_visit_folder_keep_only (fixture->folder, kept);
  write_now (other, g_strdup ("old"));
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* The other half of test_killed (): writes two texts in turn until it is killed. */
static void G_GNUC_NORETURN
write_on (const char *path)
{
  for (char letter = 'A';; letter = letter == 'A' ? 'B' : 'A')
    write_now (path, g_strnfill (LONG, letter));
}

/* The program may end at any moment: one of the two texts is there, whole. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) writer
        = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, self, "--write", fixture->path, NULL);
      g_autofree char *text = NULL;
      gsize length;

      g_assert_no_error (error);
      KEEP_RESULT_UNTIL (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
      g_usleep ((gulong) g_test_rand_int_range (0, 40000));
      g_subprocess_send_signal (writer, SIGKILL);
      g_assert_true (g_subprocess_wait (writer, NULL, NULL));
      g_assert_true (g_file_get_contents (fixture->path, &text, &length, NULL));
      g_assert_cmpuint (length, ==, LONG);
      g_assert_cmpuint (strspn (text, (char[]){ text[0], '\0' }), ==, LONG);
      g_assert_cmpint (g_unlink (fixture->path), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    write_on (argv[2]);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/mirroring/visit-folder/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("name", test_name);
  ADD ("order", test_order);
  ADD ("keep-only", test_keep_only);
  ADD ("killed", test_killed);
#undef ADD

  return g_test_run ();
}
