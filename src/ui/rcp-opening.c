/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-opening"

#include "config.h"

#include "rcp-opening.h"

#include "base/rcp-secrets.h"

#define UNIX_SCHEME "unix:"

struct _RcpOpening
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpSource *source;
  FhirClient *client;
};

G_DEFINE_FINAL_TYPE (RcpOpening, rcp_opening, G_TYPE_OBJECT)

static void
on_token_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The desk works without: the token is asked for again next time. */
  if (!rcp_secrets_store_token_finish (result, &error))
    g_message ("The keyring did not take the token: code %d", error->code);
}

static void
on_desk_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpOpening *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!rcp_desk_open_finish (RCP_DESK (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->source->token)
    rcp_secrets_store_token_async (self->source->url, self->source->token, NULL, on_token_stored_cb, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
open_client (GTask *task)
{
  RcpOpening *self = g_task_get_source_object (task);

  rcp_desk_open_async (self->desk, self->client, g_task_get_cancellable (task), on_desk_opened_cb, g_object_ref (task));
}

static void
on_token_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpOpening *self = g_task_get_source_object (task);
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
  RcpOpening *self = g_task_get_source_object (task);

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

static void
rcp_opening_dispose (GObject *object)
{
  RcpOpening *self = RCP_OPENING (object);

  g_clear_object (&self->client);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->source, rcp_source_free);
  G_OBJECT_CLASS (rcp_opening_parent_class)->dispose (object);
}

static void
rcp_opening_class_init (RcpOpeningClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_opening_dispose;
}

static void
rcp_opening_init (RcpOpening *self)
{
}

/**
 * rcp_opening_new:
 * @desk: where to open it
 * @source: what to open; copied
 *
 * Returns: (transfer full): an operation that was not started
 */
RcpOpening *
rcp_opening_new (RcpDesk *desk, const RcpSource *source)
{
  RcpOpening *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  self = g_object_new (RCP_TYPE_OPENING, NULL);
  self->desk = g_object_ref (desk);
  self->source = rcp_source_copy (source);
  return self;
}

const RcpSource *
rcp_opening_get_source (RcpOpening *self)
{
  g_return_val_if_fail (RCP_IS_OPENING (self), NULL);

  return self->source;
}

void
rcp_opening_run_async (RcpOpening *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_OPENING (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_opening_run_async);
  open_server (task);
}

gboolean
rcp_opening_run_finish (RcpOpening *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
