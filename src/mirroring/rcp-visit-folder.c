/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-folder"

#include "rcp-visit-folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder; /* NULL: nothing to sweep */
  char *path;   /* NULL: nothing to write or to remove */
  char *text;   /* NULL: the file is removed */
  GStrv kept;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->folder);
  g_free (work->path);
  g_free (work->text);
  g_strfreev (work->kept);
  g_free (work);
}

/* For the user alone, also where there was a folder of this name that others could look into. */
static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int number;

  if (g_mkdir_with_parents (folder, 0700) == 0 && g_chmod (folder, 0700) == 0)
    return TRUE;
  number = errno;
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (number), g_strerror (number));
  return FALSE;
}

static void
write_file (GTask *task, const Work *work)
{
  GError *error = NULL;

  if (make_folder (work->path, &error)
      && g_file_set_contents_full (work->path, work->text, (gssize) strlen (work->text), G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
sweep (const Work *work)
{
  g_autoptr (GDir) dir = g_dir_open (work->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (work->folder, name, NULL);

      if (!g_strv_contains ((const char *const *) work->kept, path))
        g_remove (path);
    }
}

static void
do_work (gpointer data, gpointer unused)
{
  g_autoptr (GTask) task = data;
  const Work *work = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (work->text != NULL)
    {
      write_file (task, work);
      return;
    }
  if (work->path != NULL)
    g_remove (work->path);
  if (work->folder != NULL)
    sweep (work);
  g_task_return_boolean (task, TRUE);
}

/* One thread for all, as the order is what counts. Takes @work and @task. */
static void
push (GTask *task, Work *work)
{
  static GThreadPool *pool = NULL;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (do_work, NULL, 1, FALSE, NULL));
  g_task_set_task_data (task, work, work_free);
  g_thread_pool_push (pool, task, NULL);
}

/**
 * rcp_visit_folder_dup_default:
 *
 * Returns: (transfer full): path of the folder
 */
char *
rcp_visit_folder_dup_default (void)
{
  return g_build_filename (g_get_user_data_dir (), "reception", "subscribed", NULL);
}

/**
 * rcp_visit_folder_dup_path:
 * @folder: the folder
 * @record: which record
 * @person: id of a Practitioner of it
 *
 * Returns: (transfer full): path of the file
 */
char *
rcp_visit_folder_dup_path (const char *folder, const char *record, const char *person)
{
  g_autofree char *both = NULL, *hash = NULL, *name = NULL;

  g_return_val_if_fail (folder != NULL && record != NULL && person != NULL, NULL);

  both = g_strconcat (record, "\n", person, NULL);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
  name = g_strconcat (hash, ".ics", NULL);
  return g_build_filename (folder, name, NULL);
}

/**
 * rcp_visit_folder_write_async:
 * @path: of rcp_visit_folder_dup_path(); its folder is made
 * @text: (transfer full): what it shall hold
 * @cancellable: (nullable): what is given up before it began is not written
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Who reads the file meanwhile reads the old one or the new one.
 */
void
rcp_visit_folder_write_async (const char *path, char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (path != NULL && text != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_visit_folder_write_async);
  work = g_new0 (Work, 1);
  work->path = g_strdup (path);
  work->text = text;
  push (task, work);
}

gboolean
rcp_visit_folder_write_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rcp_visit_folder_remove:
 * @path: of rcp_visit_folder_dup_path()
 */
void
rcp_visit_folder_remove (const char *path)
{
  Work *work;

  g_return_if_fail (path != NULL);

  work = g_new0 (Work, 1);
  work->path = g_strdup (path);
  push (g_task_new (NULL, NULL, NULL, NULL), work);
}

/**
 * rcp_visit_folder_keep_only:
 * @folder: the folder; need not be there
 * @paths: (array zero-terminated=1): of rcp_visit_folder_dup_path()
 */
void
rcp_visit_folder_keep_only (const char *folder, const char *const *paths)
{
  Work *work;

  g_return_if_fail (folder != NULL && paths != NULL);

  work = g_new0 (Work, 1);
  work->folder = g_strdup (folder);
  work->kept = g_strdupv ((char **) paths);
  push (g_task_new (NULL, NULL, NULL, NULL), work);
}
