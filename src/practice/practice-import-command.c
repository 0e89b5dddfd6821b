/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-import"

#include "practice-import.h"

#include <glib-unix.h>
#include <signal.h>

/* The import as the command line asks for it: it runs on a thread of its own, while this one waits for signals. */

typedef struct
{
  PracticeStore *store;
  const char *const *paths;
  gint64 now;
  PracticeImportReport report;
  GCancellable *cancellable;
  GMainLoop *loop;
  gboolean ok;
  GError *error;
} Command;

static void
print_progress (const char *file, guint percent, gpointer user_data)
{
  g_autofree char *name = g_filename_display_basename (file);

  g_print ("importing %s %u %%\n", name, percent);
}

static gboolean
on_signal_received_cb (gpointer user_data)
{
  Command *command = user_data;

  g_cancellable_cancel (command->cancellable);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_import_finished_cb (gpointer user_data)
{
  Command *command = user_data;

  g_main_loop_quit (command->loop);
  return G_SOURCE_REMOVE;
}

static gpointer
run_import (gpointer user_data)
{
  Command *command = user_data;
  PracticeImportOptions options = { .now = command->now, .progress = print_progress };
  g_autoptr(GSource) finished = g_idle_source_new ();

  command->ok = practice_import_run (command->store, command->paths, &options, &command->report,
                                     command->cancellable, &command->error);
  g_source_set_callback (finished, on_import_finished_cb, command, NULL);
  g_source_attach (finished, g_main_loop_get_context (command->loop));
  return NULL;
}

static GSource *
watch_signal (Command *command, int number)
{
  GSource *source = g_unix_signal_source_new (number);

  g_source_set_callback (source, on_signal_received_cb, command, NULL);
  g_source_attach (source, g_main_loop_get_context (command->loop));
  return source;
}

static void
unwatch (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

/**
 * practice_import_from_command_line:
 * @store: the record, as writer, outside of a transaction; not to be used elsewhere meanwhile
 * @paths: (array zero-terminated=1): files and folders
 * @now: microseconds UTC
 *
 * Runs the import and prints its progress and report. SIGINT and SIGTERM stop it between two resources.
 *
 * Returns: FALSE when it was stopped or the store failed
 */
gboolean
practice_import_from_command_line (PracticeStore *store, const char *const *paths, gint64 now, GError **error)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *text = NULL;
  Command command = { .store = store, .paths = paths, .now = now, .cancellable = cancellable, .loop = loop };
  GSource *interrupted, *terminated;
  GThread *thread;

  practice_import_report_init (&command.report);
  interrupted = watch_signal (&command, SIGINT);
  terminated = watch_signal (&command, SIGTERM);
  thread = g_thread_new ("import", run_import, &command);
  g_main_loop_run (loop);
  g_thread_join (thread);
  unwatch (interrupted);
  unwatch (terminated);

  text = practice_import_report_to_text (&command.report);
  g_print ("%s", text);
  practice_import_report_clear (&command.report);
  if (command.error != NULL)
    g_propagate_error (error, command.error);
  return command.ok;
}
