/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-open-record"

#include "config.h"

#include "rcp-open-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rcp-secrets.h"
#include "clinic/rcp-practice-host.h"
#include "scheduling/rcp-clinic-setup.h"

#define UNIX_SCHEME "unix:"
/* A clinic made of imported people begins with no more columns than one can look over. */
#define MAX_PROVIDERS 12
/* The server of a desk that was just closed may take a while to end: it is asked this often, with this pause. */
#define MAX_REPEATS 6
#define FAREWELL_MS 400

struct _RcpOpenRecord
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpSource *source;
  RcpPracticeHost *host;
  FhirClient *client;
  gboolean was_founded;
  guint n_repeats;
};

G_DEFINE_FINAL_TYPE (RcpOpenRecord, rcp_open_record, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell_progress (RcpOpenRecord *self, double fraction, const char *text)
{
  g_signal_emit (self, signals[PROGRESS], 0, fraction, text);
}

static void
on_token_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The desk works without: the token is asked for again next time. */
  if (!rcp_secrets_store_token_finish (result, &error))
    g_message ("The keyring did not take the token: code %d", error->code);
}

static char *
dup_clinic_name (RcpOpenRecord *self)
{
  g_autofree char *base = NULL;
  char *dot;

  if (self->source->name && self->source->name[0])
    return g_strdup (self->source->name);
  base = g_path_get_basename (self->source->file);
  dot = strrchr (base, '.');
  if (dot && dot != base)
    *dot = '\0';
  return g_filename_display_name (base);
}

/* A new record, or one that was filled by an import: nobody has hours there yet. */
static gboolean
needs_founding (RcpOpenRecord *self)
{
  return self->source->kind == RCP_SOURCE_PRACTICE && !self->was_founded
         && g_list_model_get_n_items (rcp_roster_get_providers (rcp_desk_get_roster (self->desk))) == 0
         && g_list_model_get_n_items (rcp_roster_get_visit_types (rcp_desk_get_roster (self->desk))) == 0;
}

static void open_client (GTask *task);

/* Opened once more: providers are there now, and their hours are to be published. */
static void
on_clinic_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rcp_found_clinic_finish (result, NULL, &error))
    open_client (task);
  else
    g_task_return_error (task, error);
}

static void
found_clinic (GTask *task)
{
  RcpOpenRecord *self = g_task_get_source_object (task);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *name = dup_clinic_name (self);

  self->was_founded = TRUE;
  tell_progress (self, -1, _("Giving providers their hours…"));
  rcp_found_clinic_async (self->client, rcp_desk_get_clock (self->desk), name, g_time_zone_get_identifier (zone), MAX_PROVIDERS,
                          g_task_get_cancellable (task), on_clinic_found_cb, g_object_ref (task));
}

static void open_practice (GTask *task);

static gboolean
on_farewell_over_cb (gpointer user_data)
{
  open_practice (user_data);
  return G_SOURCE_REMOVE;
}

/* The server of another desk was used, or was in the way, but it was about to end: one of our own, then. */
static void
open_failed (GTask *task, GError *error)
{
  RcpOpenRecord *self = g_task_get_source_object (task);
  gboolean is_farewell = self->host
                         && (!rcp_practice_host_is_running (self->host)
                             || (rcp_practice_host_is_shared (self->host) && g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NETWORK)));

  if (!is_farewell || self->n_repeats == MAX_REPEATS || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  g_error_free (error);
  self->n_repeats++;
  g_timeout_add_full (G_PRIORITY_DEFAULT, FAREWELL_MS, on_farewell_over_cb, g_object_ref (task), g_object_unref);
}

static void
on_desk_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpOpenRecord *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!rcp_desk_open_finish (RCP_DESK (source), result, &error))
    {
      open_failed (task, error);
      return;
    }
  if (self->source->token)
    rcp_secrets_store_token_async (self->source->url, self->source->token, NULL, on_token_stored_cb, NULL);
  if (needs_founding (self))
    found_clinic (task);
  else
    g_task_return_boolean (task, TRUE);
}

static void
open_client (GTask *task)
{
  RcpOpenRecord *self = g_task_get_source_object (task);

  rcp_desk_open_async (self->desk, self->client, g_task_get_cancellable (task), on_desk_opened_cb, g_object_ref (task));
}

static void
on_token_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpOpenRecord *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char *token = rcp_secrets_lookup_token_finish (result, &error);

  /* Without a keyring a server without tokens still opens; another one says 401, and the token is asked for. */
  if (error)
    g_message ("The keyring did not answer: code %d", error->code);
  if (token)
    fhir_client_set_bearer_token (self->client, token);
  rcp_secrets_free (token);
  open_client (task);
}

static void
open_server (GTask *task)
{
  RcpOpenRecord *self = g_task_get_source_object (task);

  if (g_str_has_prefix (self->source->url, UNIX_SCHEME))
    {
      self->client = fhir_client_new_for_socket (self->source->url + strlen (UNIX_SCHEME));
      open_client (task);
      return;
    }
  self->client = fhir_client_new (self->source->url);
  if (self->source->token)
    {
      fhir_client_set_bearer_token (self->client, self->source->token);
      open_client (task);
      return;
    }
  rcp_secrets_lookup_token_async (self->source->url, g_task_get_cancellable (task), on_token_found_cb, g_object_ref (task));
}

/* "importing Patient.ndjson.xz 42 %" */
static void
on_host_progress_cb (RcpOpenRecord *self, const char *line)
{
  const char *percent = g_str_has_suffix (line, " %") ? strrchr (line, ' ') : NULL;
  g_autofree char *text = NULL;

  /* Other lines are for whoever starts the server by hand. */
  if (!percent || !g_str_has_prefix (line, "importing "))
    return;
  while (percent > line && g_ascii_isdigit (percent[-1]))
    percent--;
  text = g_strndup (line + strlen ("importing "), (gsize) (percent - line) - strlen ("importing "));
  tell_progress (self, g_ascii_strtod (percent, NULL) / 100, text);
}

static void
on_host_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpOpenRecord *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!rcp_practice_host_start_finish (RCP_PRACTICE_HOST (source), result, &error))
    {
      open_failed (task, error);
      return;
    }
  rcp_desk_set_host (self->desk, self->host);
  g_clear_object (&self->client);
  self->client = fhir_client_new_for_socket (rcp_practice_host_get_socket_path (self->host));
  open_client (task);
}

/* The record that is open already. */
static gboolean
reuse_host (RcpOpenRecord *self)
{
  RcpPracticeHost *host = rcp_desk_get_host (self->desk);

  if (!host || self->n_repeats > 0 || self->source->import || !rcp_practice_host_is_running (host)
      || g_strcmp0 (rcp_practice_host_get_database (host), self->source->file) != 0)
    return FALSE;
  g_set_object (&self->host, host);
  self->client = fhir_client_new_for_socket (rcp_practice_host_get_socket_path (host));
  return TRUE;
}

/* The server of the record that is to be opened, which the program prepared while the screen was set up. */
static RcpPracticeHost *
dup_prepared_host (RcpOpenRecord *self)
{
  RcpPracticeHost *host = rcp_desk_get_host (self->desk);

  if (!host || self->n_repeats > 0 || self->source->import || !rcp_practice_host_get_process_id (host)
      || g_strcmp0 (rcp_practice_host_get_database (host), self->source->file) != 0)
    return NULL;
  return g_object_ref (host);
}

static RcpPracticeHost *
make_host (RcpOpenRecord *self)
{
  gboolean is_sample = self->source->kind == RCP_SOURCE_SAMPLE;
  const char *imports[] = { self->source->import, NULL };
  RcpPracticeHost *host;

  if (is_sample && !g_file_test (self->source->file, G_FILE_TEST_EXISTS))
    tell_progress (self, -1, _("Making the sample clinic…"));
  host = rcp_practice_host_new (self->source->file, is_sample ? RCP_PRACTICE_HOST_FLAGS_SAMPLE : RCP_PRACTICE_HOST_FLAGS_NONE,
                                imports);
  if (rcp_clock_is_fixed (rcp_desk_get_clock (self->desk)))
    rcp_practice_host_set_now (host, rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
  return host;
}

static void
open_practice (GTask *task)
{
  RcpOpenRecord *self = g_task_get_source_object (task);
  g_autoptr (RcpPracticeHost) prepared = NULL;

  if (!self->source->file || !self->source->file[0])
    {
      g_free (self->source->file);
      self->source->file = rcp_source_dup_default_file (self->source->kind);
    }
  if (reuse_host (self))
    {
      open_client (task);
      return;
    }
  prepared = dup_prepared_host (self);
  /* Before the new one starts: it would use the old server, and lose it. */
  if (!prepared)
    rcp_desk_set_host (self->desk, NULL);
  g_clear_object (&self->host);
  self->host = prepared ? g_steal_pointer (&prepared) : make_host (self);
  g_signal_connect_object (self->host, "progress", G_CALLBACK (on_host_progress_cb), self, G_CONNECT_SWAPPED);
  rcp_practice_host_start_async (self->host, g_task_get_cancellable (task), on_host_started_cb, g_object_ref (task));
}

static void
rcp_open_record_dispose (GObject *object)
{
  RcpOpenRecord *self = RCP_OPEN_RECORD (object);

  g_clear_object (&self->client);
  g_clear_object (&self->host);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->source, rcp_source_free);
  G_OBJECT_CLASS (rcp_open_record_parent_class)->dispose (object);
}

static void
rcp_open_record_class_init (RcpOpenRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_open_record_dispose;

  /**
   * RcpOpenRecord::progress:
   * @self: an opening
   * @fraction: how much is done, or -1
   * @text: what goes on
   */
  signals[PROGRESS] = g_signal_new ("progress", RCP_TYPE_OPEN_RECORD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_STRING);
}

static void
rcp_open_record_init (RcpOpenRecord *self)
{
}

/**
 * rcp_open_record_new:
 * @desk: where to open it
 * @source: what to open; copied
 *
 * Returns: (transfer full): an operation that was not started
 */
RcpOpenRecord *
rcp_open_record_new (RcpDesk *desk, const RcpSource *source)
{
  RcpOpenRecord *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  self = g_object_new (RCP_TYPE_OPEN_RECORD, NULL);
  self->desk = g_object_ref (desk);
  self->source = rcp_source_copy (source);
  return self;
}

const RcpSource *
rcp_open_record_get_source (RcpOpenRecord *self)
{
  g_return_val_if_fail (RCP_IS_OPEN_RECORD (self), NULL);

  return self->source;
}

void
rcp_open_record_run_async (RcpOpenRecord *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_OPEN_RECORD (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_open_record_run_async);
  if (self->source->kind != RCP_SOURCE_SERVER)
    {
      open_practice (task);
      return;
    }
  /* The server of another record is needed no more. */
  rcp_desk_set_host (self->desk, NULL);
  open_server (task);
}

gboolean
rcp_open_record_run_finish (RcpOpenRecord *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
