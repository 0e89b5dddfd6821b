/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "config.h"

#include "rcp-practice-host.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/rcp-iso8601.h"

#define PROGRAM "reception-practice"
#define READY_PREFIX "listening on "
#define NAME_DIGITS 16 /* of the hash of the database's path: short, as socket paths end at 107 bytes */

struct _RcpPracticeHost
{
  GObject parent_instance;

  char *database;
  RcpPracticeHostFlags flags;
  GStrv import_paths;
  char *socket_path;
  char *now; /* NULL for the clock of the system */

  GSubprocess *process; /* NULL while none of ours runs */
  GDataInputStream *lines;
  GCancellable *cancellable; /* of the reading of lines */
  char *last_line;           /* why it ended, when it ends before it is ready */
  GTask *starting;
  gulong cancelled_id;
  gboolean has_ended;   /* the process */
  gboolean is_silent;   /* all that it said was read */
  gboolean is_ready;
  gboolean is_shared;
};

G_DEFINE_FINAL_TYPE (RcpPracticeHost, rcp_practice_host, G_TYPE_OBJECT)

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_DIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rcp_practice_host_dispose (GObject *object)
{
  rcp_practice_host_stop (RCP_PRACTICE_HOST (object));
  G_OBJECT_CLASS (rcp_practice_host_parent_class)->dispose (object);
}

static void
rcp_practice_host_finalize (GObject *object)
{
  RcpPracticeHost *self = RCP_PRACTICE_HOST (object);

  g_free (self->database);
  g_free (self->socket_path);
  g_free (self->last_line);
  g_free (self->now);
  g_strfreev (self->import_paths);
  G_OBJECT_CLASS (rcp_practice_host_parent_class)->finalize (object);
}

static void
rcp_practice_host_class_init (RcpPracticeHostClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_practice_host_dispose;
  object_class->finalize = rcp_practice_host_finalize;
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", RCP_TYPE_PRACTICE_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_DIED] = g_signal_new ("died", RCP_TYPE_PRACTICE_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
rcp_practice_host_init (RcpPracticeHost *self)
{
}

/* Where the server of a database listens: the same for every desk of this user. The name tells nothing of the path. */
static char *
make_socket_path (const char *database)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, database, -1);
  g_autofree char *name = g_strdup_printf ("%.*s.socket", NAME_DIGITS, hash);

  return g_build_filename (g_get_user_runtime_dir (), "reception", name, NULL);
}

/**
 * rcp_practice_host_new:
 * @database: path of the database; it is made when there is none
 * @flags: what to fill it with
 * @import_paths: (nullable) (array zero-terminated=1): files and folders to take in first
 *
 * Returns: (transfer full): a host that runs nothing yet
 */
RcpPracticeHost *
rcp_practice_host_new (const char *database, RcpPracticeHostFlags flags, const char *const *import_paths)
{
  RcpPracticeHost *self;

  g_return_val_if_fail (database != NULL && *database != '\0', NULL);

  self = g_object_new (RCP_TYPE_PRACTICE_HOST, NULL);
  self->database = g_canonicalize_filename (database, NULL);
  self->flags = flags;
  self->import_paths = g_strdupv ((char **) import_paths);
  self->socket_path = make_socket_path (self->database);
  return self;
}

/* Ends the start, once. @error: (transfer full) (nullable) */
static void
finish_start (RcpPracticeHost *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->starting);

  if (task == NULL)
    {
      g_clear_error (&error);
      return;
    }

  g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  self->cancelled_id = 0;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
forget_process (RcpPracticeHost *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->lines);
  g_clear_object (&self->process);
  self->is_ready = FALSE;
}

/* When the process has ended and its last words were read. */
static void
take_end (RcpPracticeHost *self)
{
  g_autoptr (GError) error = NULL;
  gboolean was_ready = self->is_ready;

  if (!self->has_ended || !self->is_silent)
    return;

  forget_process (self);
  error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                       self->last_line != NULL ? self->last_line : _("The record of this practice stopped working."));
  if (was_ready)
    g_signal_emit (self, signals[SIGNAL_DIED], 0, error);
  else
    finish_start (self, g_steal_pointer (&error));
}

static void
on_process_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GWeakRef *weak = user_data;
  g_autoptr (RcpPracticeHost) self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  if (self == NULL || self->process != G_SUBPROCESS (source))
    return;

  self->has_ended = TRUE;
  take_end (self);
}

static void read_line (RcpPracticeHost *self);

static void
take_line (RcpPracticeHost *self, const char *line)
{
  if (g_str_has_prefix (line, READY_PREFIX))
    {
      self->is_ready = TRUE;
      g_clear_pointer (&self->last_line, g_free);
      finish_start (self, NULL);
      return;
    }
  if (self->is_ready || *line == '\0')
    return;

  g_free (self->last_line);
  self->last_line = g_strdup (g_str_has_prefix (line, PROGRAM ": ") ? line + strlen (PROGRAM ": ") : line);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, self->last_line);
}

static void
on_line_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GWeakRef *weak = user_data;
  g_autoptr (RcpPracticeHost) self = g_weak_ref_get (weak);
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  g_weak_ref_clear (weak);
  if (self == NULL || self->lines != G_DATA_INPUT_STREAM (source))
    return;

  if (line == NULL)
    {
      self->is_silent = TRUE;
      take_end (self);
      return;
    }
  take_line (self, line);
  if (self->lines != NULL)
    read_line (self);
}

static GWeakRef *
make_weak (RcpPracticeHost *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  return weak;
}

static void
read_line (RcpPracticeHost *self)
{
  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, self->cancellable, on_line_read_cb,
                                       make_weak (self));
}

/* In the child: a server without its desk would hold the database for nobody. */
static void
on_child_set_up_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* (transfer full): the program of this build where the environment names it, else the installed one. */
static char *
find_program (void)
{
  const char *named = g_getenv ("RECEPTION_PRACTICE");

  return named != NULL && *named != '\0' ? g_strdup (named) : g_build_filename (LIBEXECDIR, PROGRAM, NULL);
}

static GStrv
make_arguments (RcpPracticeHost *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *program = find_program ();

  g_strv_builder_add_many (builder, program, "--database", self->database, "--socket", self->socket_path, NULL);
  if (self->flags & RCP_PRACTICE_HOST_FLAGS_SAMPLE)
    g_strv_builder_add (builder, "--sample");
  if (self->now != NULL)
    g_strv_builder_add_many (builder, "--date", self->now, NULL);
  if (self->import_paths != NULL && self->import_paths[0] != NULL)
    g_strv_builder_add_many (builder, "--import", "-", NULL);

  return g_strv_builder_end (builder);
}

static gboolean
make_folders (RcpPracticeHost *self, GError **error)
{
  g_autofree char *socket_folder = g_path_get_dirname (self->socket_path);
  g_autofree char *database_folder = g_path_get_dirname (self->database);

  if (strlen (self->socket_path) >= 107)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG, "The path of the runtime folder is too long");
      return FALSE;
    }
  if (g_mkdir_with_parents (socket_folder, 0700) != 0 || g_mkdir_with_parents (database_folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("No folder for the practice could be made: %s"),
                   g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

/* Files of patients carry their names, and everybody may read the arguments of a program: it gets the paths as its
 * standard input. */
static gboolean
give_paths (RcpPracticeHost *self, GSubprocessLauncher *launcher, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int fd;

  for (guint i = 0; self->import_paths != NULL && self->import_paths[i] != NULL; i++)
    g_string_append_len (text, self->import_paths[i], strlen (self->import_paths[i]) + 1);
  if (text->len == 0)
    return TRUE;

  fd = memfd_create ("paths", MFD_CLOEXEC);
  if (fd >= 0 && write (fd, text->str, text->len) == (gssize) text->len && lseek (fd, 0, SEEK_SET) == 0)
    {
      g_subprocess_launcher_take_stdin_fd (launcher, fd);
      return TRUE;
    }

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return FALSE;
}

static void
spawn (RcpPracticeHost *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_auto (GStrv) arguments = make_arguments (self);
  GError *error = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_child_setup (launcher, on_child_set_up_cb, NULL, NULL);
  if (make_folders (self, &error) && give_paths (self, launcher, &error))
    self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments, &error);
  if (self->process == NULL)
    {
      finish_start (self, error);
      return;
    }

  self->has_ended = FALSE;
  self->is_silent = FALSE;
  self->cancellable = g_cancellable_new ();
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_set_newline_type (self->lines, G_DATA_STREAM_NEWLINE_TYPE_ANY);
  read_line (self);
  g_subprocess_wait_async (self->process, NULL, on_process_ended_cb, make_weak (self));
}

/* Whether somebody answers at the socket: another desk serves this database. */
static void
on_connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpPracticeHost) self = user_data;
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, NULL);

  if (self->starting == NULL)
    return;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (self->starting)))
    {
      finish_start (self, g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The start was cancelled"));
      return;
    }
  if (connection != NULL)
    {
      self->is_shared = TRUE;
      self->is_ready = TRUE;
      finish_start (self, NULL);
      return;
    }
  spawn (self);
}

static void
on_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  RcpPracticeHost *self = user_data;

  /* Not g_cancellable_disconnect() from here, as finish_start() would: it waits for this callback. */
  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
}

/**
 * rcp_practice_host_set_now:
 * @self: a host that does not run
 * @now: microseconds since 1970 UTC
 *
 * Stops the clock of the server at @now, as that of the desk is: a sample clinic is then made for that day. Without
 * effect on the server of another desk.
 */
void
rcp_practice_host_set_now (RcpPracticeHost *self, gint64 now)
{
  g_return_if_fail (RCP_IS_PRACTICE_HOST (self));
  g_return_if_fail (self->process == NULL && !self->is_ready);

  g_free (self->now);
  self->now = rcp_iso8601_format_utc (now);
}

/**
 * rcp_practice_host_prepare:
 * @self: a host that does not run
 *
 * Has the server begin its work while the caller does other things. rcp_practice_host_start_async() waits for it then.
 * Does nothing where there may be the server of another desk.
 */
void
rcp_practice_host_prepare (RcpPracticeHost *self)
{
  g_return_if_fail (RCP_IS_PRACTICE_HOST (self));

  if (self->process == NULL && !self->is_ready && !g_file_test (self->socket_path, G_FILE_TEST_EXISTS))
    spawn (self);
}

static void
look_for_other_desk (RcpPracticeHost *self, GCancellable *cancellable)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->socket_path);

  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), cancellable, on_connected_cb, g_object_ref (self));
}

/**
 * rcp_practice_host_start_async:
 * @self: a host that was not started, or that was prepared
 * @cancellable: (nullable): a cancellable, to stop it while it is being filled
 * @callback: called when the record answers
 * @user_data: data for @callback
 *
 * Starts the server, or finds the one that another desk started.
 */
void
rcp_practice_host_start_async (RcpPracticeHost *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (RCP_IS_PRACTICE_HOST (self));
  g_return_if_fail (self->starting == NULL);

  self->starting = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->starting, rcp_practice_host_start_async);
  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled_cb), self, NULL);

  if (self->is_ready)
    finish_start (self, NULL);
  else if (self->process == NULL)
    look_for_other_desk (self, cancellable);
}

/**
 * rcp_practice_host_start_finish:
 * @self: a host
 * @result: the result
 * @error: return location for an error, whose message is what the server said last
 *
 * Returns: whether the record answers at rcp_practice_host_get_socket_path()
 */
gboolean
rcp_practice_host_start_finish (RcpPracticeHost *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rcp_practice_host_get_database:
 * @self: a host
 *
 * Returns: the absolute path of the database
 */
const char *
rcp_practice_host_get_database (RcpPracticeHost *self)
{
  g_return_val_if_fail (RCP_IS_PRACTICE_HOST (self), NULL);

  return self->database;
}

/**
 * rcp_practice_host_get_socket_path:
 * @self: a host
 *
 * Returns: where the server listens once it is started
 */
const char *
rcp_practice_host_get_socket_path (RcpPracticeHost *self)
{
  g_return_val_if_fail (RCP_IS_PRACTICE_HOST (self), NULL);

  return self->socket_path;
}

/**
 * rcp_practice_host_is_running:
 * @self: a host
 *
 * Returns: whether the record answered and has not ended since
 */
gboolean
rcp_practice_host_is_running (RcpPracticeHost *self)
{
  g_return_val_if_fail (RCP_IS_PRACTICE_HOST (self), FALSE);

  return self->is_ready;
}

/**
 * rcp_practice_host_is_shared:
 * @self: a host
 *
 * Returns: whether the server is another desk's, and ends with that
 */
gboolean
rcp_practice_host_is_shared (RcpPracticeHost *self)
{
  g_return_val_if_fail (RCP_IS_PRACTICE_HOST (self), FALSE);

  return self->is_shared;
}

/**
 * rcp_practice_host_get_process_id:
 * @self: a host
 *
 * Returns: (nullable): the id of the server's process; %NULL when none of our own runs
 */
const char *
rcp_practice_host_get_process_id (RcpPracticeHost *self)
{
  g_return_val_if_fail (RCP_IS_PRACTICE_HOST (self), NULL);

  return self->process != NULL ? g_subprocess_get_identifier (self->process) : NULL;
}

/**
 * rcp_practice_host_stop:
 * @self: a host
 *
 * Ends the server, unless it is another desk's. What it acknowledged is on the disk.
 */
void
rcp_practice_host_stop (RcpPracticeHost *self)
{
  g_return_if_fail (RCP_IS_PRACTICE_HOST (self));

  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  forget_process (self);
  self->is_shared = FALSE;
  finish_start (self, g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The practice was stopped"));
}
