/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reception-practice"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rcp-iso8601.h"
#include "practice-auth.h"
#include "practice-http.h"
#include "practice-import.h"
#include "practice-sample.h"

/* Two are enough to keep a long search from holding up the short ones. */
#define READERS 2

typedef struct
{
  char *database;
  char *socket;
  int port;
  char *token_file;
  char *date;
  char **import;
  char **more; /* further paths behind --import */
  gboolean sample;
  char *time_zone;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->database);
  g_free (options->socket);
  g_free (options->token_file);
  g_free (options->date);
  g_strfreev (options->import);
  g_strfreev (options->more);
  g_free (options->time_zone);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Without an address there is nothing to serve: the record is filled and that is all. */
static gboolean
is_filling_only (const Options *options)
{
  return options->socket == NULL && options->port < 0 && (options->sample || options->import != NULL);
}

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &options->database, "SQLite database of the practice; made if absent", "FILE" },
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket, "Listen on a Unix socket", "PATH" },
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, "Listen on 127.0.0.1; 0 takes a free port", "N" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &options->token_file, "Bearer token for --port, instead of a new one", "FILE" },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options->date, "Take this instant for now, for tests", "ISO" },
    { "import", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->import, "Take in FHIR files or folders first; - reads their paths, each ended by a NUL, from the standard input", "PATH..." },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &options->sample, "Make the sample clinic of invented people first, where there is none yet", NULL },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &options->time_zone, "IANA time zone of the sample clinic, instead of this computer's", "ZONE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->more, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- FHIR R4 server for one machine");

  g_option_context_set_summary (context, "Serves the record of a practice under the base path /fhir.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (options->database != NULL && (options->more == NULL || options->import != NULL) && options->port <= 65535
      && (options->socket != NULL) + (options->port >= 0) == (is_filling_only (options) ? 0 : 1))
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                       "--database FILE is needed, and one of --socket PATH and --port N, or else --import or --sample");
  return FALSE;
}

static gboolean
get_clock_offset (const char *date, gint64 *offset, GError **error)
{
  RcpIso8601 parsed;

  *offset = 0;
  if (date == NULL)
    return TRUE;
  if (!rcp_iso8601_parse (date, &parsed))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--date takes an ISO 8601 date or instant");
      return FALSE;
    }

  *offset = parsed.start - g_get_real_time ();
  return TRUE;
}

/* With --port the only guard is the token: it is shown once, to whoever started the server. */
static gboolean
listen_on_port (PracticeHttp *http, const Options *options, GError **error)
{
  g_autofree char *token = options->token_file != NULL ? practice_auth_read_token (options->token_file, error)
                                                       : practice_auth_make_token ();

  if (token == NULL || !practice_http_listen_port (http, options->port, token, error))
    return FALSE;
  if (options->token_file == NULL)
    printf ("token %s\n", token);
  explicit_bzero (token, strlen (token));
  return TRUE;
}

static gboolean
on_signal_received_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
print_progress (guint percent, gpointer user_data)
{
  printf ("indexing %u %%\n", percent);
  fflush (stdout);
}

/* Names of files are often names of patients, and everybody may read the arguments of a program. */
static gboolean
read_paths (GPtrArray *paths, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gsize n;

  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (text, buffer, n);
  if (ferror (stdin))
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO, "The paths could not be read from the standard input");
      return FALSE;
    }

  for (gsize start = 0; start < text->len; start += strlen (text->str + start) + 1)
    if (text->str[start] != '\0')
      g_ptr_array_add (paths, g_strdup (text->str + start));
  return TRUE;
}

static gboolean
add_paths (GPtrArray *paths, char **given, GError **error)
{
  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    if (strcmp (given[i], "-") != 0)
      g_ptr_array_add (paths, g_strdup (given[i]));
    else if (!read_paths (paths, error))
      return FALSE;

  return TRUE;
}

static gboolean
import_paths (PracticeStore *store, const Options *options, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (!add_paths (paths, options->import, error) || !add_paths (paths, options->more, error))
    return FALSE;
  if (paths->len == 0)
    return TRUE;

  g_ptr_array_add (paths, NULL);
  return practice_import_from_command_line (store, (const char *const *) paths->pdata, now, error);
}

/* What --sample and --import ask for, before anybody is served. */
static gboolean
fill_record (const Options *options, GError **error)
{
  g_autoptr (PracticeStore) store = NULL;
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *zone = options->time_zone != NULL ? options->time_zone : g_time_zone_get_identifier (local);
  gint64 clock_offset, now;

  if (!options->sample && options->import == NULL)
    return TRUE;
  if (!get_clock_offset (options->date, &clock_offset, error))
    return FALSE;
  store = practice_store_open (options->database, PRACTICE_STORE_WRITER, error);
  if (store == NULL)
    return FALSE;

  now = g_get_real_time () + clock_offset;
  return (!options->sample || practice_sample_fill (store, now, zone, error))
         && import_paths (store, options, now, error);
}

static gboolean
serve (const Options *options, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PracticePool) pool = NULL;
  g_autoptr (PracticeHttp) http = NULL;
  gint64 clock_offset;

  if (!get_clock_offset (options->date, &clock_offset, error))
    return FALSE;
  pool = practice_pool_new (options->database, READERS, clock_offset, error);
  if (pool == NULL)
    return FALSE;

  http = practice_http_new (pool);
  if (!(options->socket != NULL ? practice_http_listen_socket (http, options->socket, error)
                                : listen_on_port (http, options, error)))
    return FALSE;

  g_unix_signal_add (SIGTERM, on_signal_received_cb, loop);
  g_unix_signal_add (SIGINT, on_signal_received_cb, loop);
  printf ("listening on %s\n", practice_http_get_address (http));
  fflush (stdout);
  g_main_loop_run (loop);
  return TRUE;
}

int
main (int argc, char *argv[])
{
  g_auto (Options) options = { .port = -1 };
  g_autoptr (GError) error = NULL;
  int lock = -1;
  gboolean done;

  /* The database and what SQLite puts beside it are for this user alone. */
  umask (0077);
  done = parse_options (&argc, &argv, &options, &error)
         && (lock = practice_store_lock (options.database, &error)) >= 0
         && practice_store_upgrade (options.database, print_progress, NULL, &error)
         && fill_record (&options, &error)
         && (is_filling_only (&options) || serve (&options, &error));
  if (!done)
    fprintf (stderr, "reception-practice: %s\n", error->message);
  if (lock >= 0)
    close (lock);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
