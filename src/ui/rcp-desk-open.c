/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-desk"

#include "config.h"

#include "rcp-desk-private.h"

/* Opening a record: what it can do, and who works there, asked at the same time. Of our own server the first is known,
 * and the second may be here already, with the day. */
typedef struct
{
  FhirClient *client;
  RcpRoster *roster;
  RcpDay *day; /* of a head start */
  GError *error; /* of the capabilities before that of the roster: it says more of a server that is none */
  guint n_pending;
} Open;

static void
open_free (Open *open)
{
  g_clear_object (&open->client);
  g_clear_object (&open->roster);
  g_clear_object (&open->day);
  g_clear_error (&open->error);
  g_free (open);
}

/* Takes @error, in the place of one that was there. */
static void
open_keep_error (Open *open, GError *error)
{
  g_clear_error (&open->error);
  open->error = error;
}

/* One of both answered. */
static void
open_answered (GTask *task)
{
  RcpDesk *self = g_task_get_source_object (task);
  Open *open = g_task_get_task_data (task);

  if (--open->n_pending > 0)
    return;
  if (open->error)
    {
      rcp_desk_set_state (self, RCP_DESK_FAILED, open->error);
      g_task_return_error (task, g_steal_pointer (&open->error));
      return;
    }
  rcp_desk_take_record (self, open->client, open->roster, open->day);
  g_task_return_boolean (task, TRUE);
}

static void
on_roster_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Open *open = g_task_get_task_data (task);

  open->roster = rcp_roster_load_finish (result, open->error ? NULL : &open->error);
  open_answered (task);
}

static void
on_head_start_taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Open *open = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (rcp_head_start_take_finish (RCP_HEAD_START (source), result, &open->roster, &open->day, &error))
    {
      open_answered (task);
      return;
    }
  g_debug ("The head start came to nothing: code %d", error->code);
  rcp_roster_load_async (open->client, g_task_get_cancellable (task), on_roster_loaded_cb, g_object_ref (task));
}

/* A server that does not keep its promise is opened all the same, to look at it: the client remembers that, and refuses
 * to book there with a text that says why. */
static void
on_transactions_verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Open *open = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!fhir_client_verify_transactions_finish (FHIR_CLIENT (source), result, &error) && !error)
    g_message ("The transactions of this server are not all or nothing");
  /* Who may not try it out is no worse off than before: each booking is read back, and what is half done is taken back. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    open_keep_error (open, g_steal_pointer (&error));
  else if (error)
    g_message ("Could not try the transactions of this server: code %d", error->code);
  open_answered (task);
}

/* Only servers of others promise what they do not keep. It takes a scratch resource that they must let us store. */
static gboolean
must_verify_transactions (RcpDesk *self, FhirCapabilities *capabilities)
{
  return !rcp_desk_get_host (self) && fhir_capabilities_has_transactions (capabilities)
         && fhir_capabilities_has_interaction (capabilities, "Basic", "create")
         && fhir_capabilities_has_interaction (capabilities, "Basic", "update")
         && fhir_capabilities_has_interaction (capabilities, "Basic", "delete");
}

static void
on_capabilities_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FhirClient *client = FHIR_CLIENT (source);
  Open *open = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirCapabilities) capabilities = fhir_client_load_capabilities_finish (client, result, &error);

  if (error)
    open_keep_error (open, error);
  if (capabilities && must_verify_transactions (g_task_get_source_object (task), capabilities))
    fhir_client_verify_transactions_async (client, g_task_get_cancellable (task), on_transactions_verified_cb, g_object_ref (task));
  else
    open_answered (task);
}

/**
 * rcp_desk_open_async:
 * @self: a desk
 * @client: the record to open
 * @cancellable: (nullable): to give up
 * @callback: called when the record is open or could not be opened
 * @user_data: for @callback
 *
 * Opens a record. "state" follows: connecting, then ready or failed.
 */
void
rcp_desk_open_async (RcpDesk *self, FhirClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (RcpHeadStart) head_start = NULL;
  g_autoptr (GTask) task = NULL;
  gboolean is_ours;
  Open *open;

  g_return_if_fail (RCP_IS_DESK (self));
  g_return_if_fail (FHIR_IS_CLIENT (client));

  is_ours = rcp_desk_get_host (self) != NULL;
  head_start = rcp_desk_steal_head_start (self);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_desk_open_async);
  open = g_new0 (Open, 1);
  open->client = g_object_ref (client);
  open->n_pending = is_ours ? 1 : 2;
  g_task_set_task_data (task, open, (GDestroyNotify) open_free);
  rcp_desk_set_state (self, RCP_DESK_CONNECTING, NULL);
  if (head_start)
    rcp_head_start_take_async (head_start, on_head_start_taken_cb, g_object_ref (task));
  else
    rcp_roster_load_async (client, cancellable, on_roster_loaded_cb, g_object_ref (task));
  /* Of our own server it is known; each change asks before it writes. */
  if (!is_ours)
    fhir_client_load_capabilities_async (client, cancellable, on_capabilities_loaded_cb, g_object_ref (task));
}

gboolean
rcp_desk_open_finish (RcpDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
