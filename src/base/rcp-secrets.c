/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-secrets"

#include "config.h"

#include "rcp-secrets.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>
#include <string.h>

/* The address of the server finds the token; nothing else is kept beside it. */
static const SecretSchema server_schema = {
  .name = "org.frontdesk.Reception.Server",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* A service may know several users of one clinic. */
static const SecretSchema service_schema = {
  .name = "org.frontdesk.Reception.Service",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static void
free_looked_up (gpointer token)
{
  rcp_secrets_free (token);
}

static void
on_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * rcp_secrets_store_token_async:
 * @server: base URL of the server
 * @token: its token
 * @cancellable: (nullable): to give up
 * @callback: called when it is kept, or could not be
 * @user_data: for @callback
 *
 * Keeps the token of a server in the system keyring.
 */
void
rcp_secrets_store_token_async (const char *server, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (server != NULL);
  g_return_if_fail (token != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_secrets_store_token_async);
  /* Translators: what the keyring calls the token; %s is the address of a server. */
  label = g_strdup_printf (_("Reception: token for %s"), server);
  secret_password_store (&server_schema, SECRET_COLLECTION_DEFAULT, label, token, cancellable, on_stored_cb,
                         g_steal_pointer (&task), "server", server, NULL);
}

gboolean
rcp_secrets_store_token_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *password = secret_password_lookup_finish (result, &error);

  if (error)
    {
      g_task_return_error (task, error);
      return;
    }
  /* Ours is freed by g_free(), libsecret's is not. */
  g_task_return_pointer (task, g_strdup (password), free_looked_up);
  secret_password_free (password);
}

/**
 * rcp_secrets_lookup_token_async:
 * @server: base URL of the server
 * @cancellable: (nullable): to give up
 * @callback: called when it was looked for
 * @user_data: for @callback
 *
 * Looks for the token of a server in the system keyring.
 */
void
rcp_secrets_lookup_token_async (const char *server, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (server != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_secrets_lookup_token_async);
  secret_password_lookup (&server_schema, cancellable, on_looked_up_cb, g_steal_pointer (&task), "server", server, NULL);
}

/**
 * rcp_secrets_lookup_token_finish:
 * @result: of rcp_secrets_lookup_token_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the token, for rcp_secrets_free(); %NULL without an error when none is kept
 */
char *
rcp_secrets_lookup_token_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * rcp_secrets_clear_token_async:
 * @server: base URL of the server
 * @cancellable: (nullable): to give up
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Forgets the token of a server; that there was none is no error.
 */
void
rcp_secrets_clear_token_async (const char *server, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (server != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_secrets_clear_token_async);
  secret_password_clear (&server_schema, cancellable, on_cleared_cb, g_steal_pointer (&task), "server", server, NULL);
}

gboolean
rcp_secrets_clear_token_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rcp_secrets_store_password_async:
 * @service: its address
 * @user: the name by which it knows the clinic; "" when @password is a token
 * @password: what it asks for
 * @cancellable: (nullable): to give up
 * @callback: called when it is kept, or could not be
 * @user_data: for @callback
 *
 * Keeps a password in the system keyring.
 */
void
rcp_secrets_store_password_async (const char *service, const char *user, const char *password, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (service != NULL && user != NULL);
  g_return_if_fail (password != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_secrets_store_password_async);
  /* Translators: what the keyring calls a password; %s is the address of a service. */
  label = g_strdup_printf (_("Reception: password for %s"), service);
  secret_password_store (&service_schema, SECRET_COLLECTION_DEFAULT, label, password, cancellable, on_stored_cb,
                         g_steal_pointer (&task), "service", service, "user", user, NULL);
}

gboolean
rcp_secrets_store_password_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_secrets_store_password_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rcp_secrets_lookup_password_async:
 * @service: its address
 * @user: as it was stored
 * @cancellable: (nullable): to give up
 * @callback: called when it was looked for
 * @user_data: for @callback
 *
 * Looks for a password in the system keyring.
 */
void
rcp_secrets_lookup_password_async (const char *service, const char *user, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (service != NULL && user != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_secrets_lookup_password_async);
  secret_password_lookup (&service_schema, cancellable, on_looked_up_cb, g_steal_pointer (&task), "service", service, "user", user, NULL);
}

/**
 * rcp_secrets_lookup_password_finish:
 * @result: of rcp_secrets_lookup_password_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the password, for rcp_secrets_free(); %NULL without an error when none is kept
 */
char *
rcp_secrets_lookup_password_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_secrets_lookup_password_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rcp_secrets_clear_password_async:
 * @service: its address
 * @user: as it was stored
 * @cancellable: (nullable): to give up
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Forgets a password; that there was none is no error.
 */
void
rcp_secrets_clear_password_async (const char *service, const char *user, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (service != NULL && user != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_secrets_clear_password_async);
  secret_password_clear (&service_schema, cancellable, on_cleared_cb, g_steal_pointer (&task), "service", service, "user", user, NULL);
}

gboolean
rcp_secrets_clear_password_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_secrets_clear_password_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rcp_secrets_free:
 * @secret: (nullable) (transfer full): a secret
 *
 * Overwrites a secret and frees it.
 */
void
rcp_secrets_free (char *secret)
{
  if (!secret)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
