/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-head-start.h"

#include "clinic/rcp-day-private.h"

#define LOOK_INTERVAL 2 /* milliseconds, for the socket of a server that starts */
#define MAX_LOOKS 5000

struct _RcpHeadStart
{
  GObject parent_instance;

  GCancellable *cancellable;
  GTask *taking; /* who waits for it */
  gboolean is_over;
  RcpRoster *roster;
  RcpDay *day;
  GError *error;
};

G_DEFINE_FINAL_TYPE (RcpHeadStart, rcp_head_start, G_TYPE_OBJECT)

static void
rcp_head_start_dispose (GObject *object)
{
  RcpHeadStart *self = RCP_HEAD_START (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->roster);
  g_clear_object (&self->day);
  G_OBJECT_CLASS (rcp_head_start_parent_class)->dispose (object);
}

static void
rcp_head_start_finalize (GObject *object)
{
  RcpHeadStart *self = RCP_HEAD_START (object);

  g_object_unref (self->cancellable);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (rcp_head_start_parent_class)->finalize (object);
}

static void
rcp_head_start_class_init (RcpHeadStartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_head_start_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_head_start_finalize;
}

static void
rcp_head_start_init (RcpHeadStart *self)
{
  self->cancellable = g_cancellable_new ();
}

/* ---- in the thread: all that is used here is made here, and handed over whole ---- */

typedef struct
{
  char *socket_path;
  gint64 now;
  RcpRoster *roster;
  RcpDay *day;
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->socket_path);
  g_clear_object (&reading->roster);
  g_clear_object (&reading->day);
  g_free (reading);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
await (GMainContext *context, GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (context, TRUE);
  return *result;
}

static gboolean
on_look_time_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
pause_for (GMainContext *context, guint ms)
{
  g_autoptr (GSource) source = g_timeout_source_new (ms);
  gboolean is_over = FALSE;

  g_source_set_callback (source, on_look_time_cb, &is_over, NULL);
  g_source_attach (source, context);
  while (!is_over)
    g_main_context_iteration (context, TRUE);
}

/* The server makes its socket when it is ready to answer. */
static gboolean
await_socket (GMainContext *context, const char *path, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < MAX_LOOKS; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
      pause_for (context, LOOK_INTERVAL);
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The server did not start in time");
  return FALSE;
}

static gboolean
read_all (GMainContext *context, Reading *reading, GCancellable *cancellable, GError **error)
{
  g_autoptr (FhirClient) client = fhir_client_new_for_socket (reading->socket_path);
  g_autoptr (GAsyncResult) roster_result = NULL;
  g_autoptr (GAsyncResult) day_result = NULL;
  GDate today;

  if (!await_socket (context, reading->socket_path, cancellable, error))
    return FALSE;

  /* The file is there a moment before somebody listens at it. */
  g_object_set (client, "backoff-unit-ms", LOOK_INTERVAL, NULL);
  rcp_roster_load_async (client, cancellable, take_result, &roster_result);
  reading->roster = rcp_roster_load_finish (await (context, &roster_result), error);
  if (reading->roster == NULL)
    return FALSE;

  rcp_time_get_day (reading->now, rcp_roster_get_zone (reading->roster), &today);
  reading->day = rcp_day_new (client, reading->roster, &today);
  rcp_day_load_async (reading->day, cancellable, take_result, &day_result);
  if (!rcp_day_load_finish (reading->day, await (context, &day_result), error))
    return FALSE;

  rcp_day_set_client (reading->day, NULL);
  return TRUE;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  GError *error = NULL;
  gboolean is_read;

  g_main_context_push_thread_default (context);
  is_read = read_all (context, data, cancellable, &error);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_main_context_pop_thread_default (context);

  if (is_read)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- in the main thread ---- */

static void
answer (RcpHeadStart *self)
{
  g_autoptr (GTask) taking = NULL;

  if (!self->is_over || self->taking == NULL)
    return;

  taking = g_steal_pointer (&self->taking);
  if (self->error != NULL)
    g_task_return_error (taking, g_error_copy (self->error));
  else
    g_task_return_boolean (taking, TRUE);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GWeakRef *weak = user_data;
  g_autoptr (RcpHeadStart) self = g_weak_ref_get (weak);
  Reading *reading = g_task_get_task_data (G_TASK (result));

  g_weak_ref_clear (weak);
  if (self == NULL)
    return;

  self->is_over = TRUE;
  if (g_task_propagate_boolean (G_TASK (result), &self->error))
    {
      self->roster = g_steal_pointer (&reading->roster);
      self->day = g_steal_pointer (&reading->day);
    }
  answer (self);
}

/**
 * rcp_head_start_new:
 * @socket_path: where the server will listen
 * @now: microseconds since 1970 UTC: the day to read is the clinic's day of that instant
 *
 * Returns: (transfer full): the reading, begun
 */
RcpHeadStart *
rcp_head_start_new (const char *socket_path, gint64 now)
{
  RcpHeadStart *self;
  g_autoptr (GTask) task = NULL;
  Reading *reading;
  GWeakRef *weak;

  g_return_val_if_fail (socket_path != NULL, NULL);

  self = g_object_new (RCP_TYPE_HEAD_START, NULL);
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  reading = g_new0 (Reading, 1);
  reading->socket_path = g_strdup (socket_path);
  reading->now = now;
  task = g_task_new (NULL, self->cancellable, on_read_cb, weak);
  g_task_set_source_tag (task, rcp_head_start_new);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_in_thread);
  return self;
}

/**
 * rcp_head_start_take_async:
 * @self: a head start that was not taken
 * @callback: called when it has ended
 * @user_data: data for @callback
 *
 * Waits for what is read.
 */
void
rcp_head_start_take_async (RcpHeadStart *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (RCP_IS_HEAD_START (self));
  g_return_if_fail (self->taking == NULL);

  self->taking = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->taking, rcp_head_start_take_async);
  answer (self);
}

/**
 * rcp_head_start_take_finish:
 * @self: a head start
 * @result: the result
 * @roster: (out) (transfer full): who works where
 * @day: (out) (transfer full): the day, read, without a client
 * @error: return location
 *
 * Returns: whether there is something to take; where not, it is to be read in the usual way
 */
gboolean
rcp_head_start_take_finish (RcpHeadStart *self, GAsyncResult *result, RcpRoster **roster, RcpDay **day, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (roster != NULL && day != NULL, FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *roster = g_steal_pointer (&self->roster);
  *day = g_steal_pointer (&self->day);
  return TRUE;
}

/**
 * rcp_head_start_cancel:
 * @self: a head start
 *
 * Ends it; who waits gets %G_IO_ERROR_CANCELLED.
 */
void
rcp_head_start_cancel (RcpHeadStart *self)
{
  g_return_if_fail (RCP_IS_HEAD_START (self));

  g_cancellable_cancel (self->cancellable);
}
