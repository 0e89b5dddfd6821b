/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-import"

#include "practice-import-private.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* Folders deeper than this are no record that somebody keeps. */
#define MAX_DEPTH 64

typedef struct
{
  PracticeImportReport *report;
  GPtrArray *files;
  GHashTable *folders; /* "device:inode" of each folder that was listed: a link back must not go round */
} Walk;

static void
file_free (gpointer data)
{
  PracticeImportFile *file = data;

  g_free (file->path);
  g_free (file);
}

static gboolean
has_suffix (const char *name, const char *suffix)
{
  gsize length = strlen (name);
  gsize suffix_length = strlen (suffix);

  return length > suffix_length && g_ascii_strcasecmp (name + length - suffix_length, suffix) == 0;
}

static PracticeImportKind
kind_of_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  if (has_suffix (name, ".xz"))
    name[strlen (name) - 3] = '\0';
  if (has_suffix (name, ".json"))
    return PRACTICE_IMPORT_DOCUMENT;
  if (has_suffix (name, ".ndjson") || has_suffix (name, ".jsonl"))
    return PRACTICE_IMPORT_LINES;

  return PRACTICE_IMPORT_OTHER;
}

static void
add_file (Walk *walk, const char *path, const struct stat *status)
{
  PracticeImportFile *file;
  PracticeImportKind kind = kind_of_name (path);

  if (!S_ISREG (status->st_mode))
    {
      practice_import_report_add (walk->report, FALSE, path, 0, 0, "not a regular file");
      return;
    }
  if (kind == PRACTICE_IMPORT_OTHER)
    {
      practice_import_report_add (walk->report, FALSE, path, 0, 0, "neither .json nor .ndjson (nor .xz of them)");
      return;
    }

  file = g_new0 (PracticeImportFile, 1);
  file->path = g_strdup (path);
  file->kind = kind;
  g_ptr_array_add (walk->files, file);
}

/* Synthea refers from patients to hospitals and practitioners by identifier, and says to load those two files first. */
static guint
load_rank (const char *name)
{
  if (g_str_has_prefix (name, "hospital"))
    return 0;
  if (g_str_has_prefix (name, "practitioner"))
    return 1;

  return 2;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *name_a = *(const char *const *) a;
  const char *name_b = *(const char *const *) b;
  guint rank_a = load_rank (name_a);
  guint rank_b = load_rank (name_b);

  return rank_a != rank_b ? (rank_a < rank_b ? -1 : 1) : strcmp (name_a, name_b);
}

static void walk_path (Walk *walk, const char *path, guint depth);

static void
walk_folder (Walk *walk, const char *path, const struct stat *status, guint depth)
{
  g_autofree char *key = g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) status->st_dev,
                                          (guint64) status->st_ino);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (!g_hash_table_add (walk->folders, g_steal_pointer (&key)))
    {
      practice_import_report_add (walk->report, FALSE, path, 0, 0, "this folder was read already");
      return;
    }
  dir = depth < MAX_DEPTH ? g_dir_open (path, 0, &error) : NULL;
  if (dir == NULL)
    {
      practice_import_report_add (walk->report, TRUE, path, 0, 0, "%s",
                                  error != NULL ? error->message : "too many folders inside each other");
      return;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);

      walk_path (walk, child, depth + 1);
    }
}

static void
walk_path (Walk *walk, const char *path, guint depth)
{
  struct stat status;

  if (stat (path, &status) != 0)
    {
      practice_import_report_add (walk->report, TRUE, path, 0, 0, "%s", g_strerror (errno));
      return;
    }

  if (S_ISDIR (status.st_mode))
    walk_folder (walk, path, &status, depth);
  else
    add_file (walk, path, &status);
}

GPtrArray *
practice_import_list_files (const char *const *paths, PracticeImportReport *report)
{
  g_autoptr(GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walk walk = { report, g_ptr_array_new_with_free_func (file_free), folders };

  for (guint i = 0; paths[i] != NULL; i++)
    walk_path (&walk, paths[i], 0);

  return walk.files;
}
