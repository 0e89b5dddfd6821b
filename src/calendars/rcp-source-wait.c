/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-source-wait"

#include "rcp-source-wait.h"

#include <libedataserver/libedataserver.h>

static gboolean
is_of_the_way (const GError *error)
{
  return error != NULL && (error->domain == G_IO_ERROR || error->domain == G_RESOLVER_ERROR);
}

/* Evolution Data Server asks for another password also where the server is only away: what went wrong before tells. */
static void
on_asked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ESource *source = E_SOURCE (object);
  ESourceCredentialsReason reason;
  g_autoptr (GError) what = NULL, error = NULL;
  g_autofree char *pem = NULL;
  GTlsCertificateFlags faults;
  gboolean is_wanted = FALSE;

  if (!e_source_get_last_credentials_required_arguments_finish (source, result, &reason, &pem, &faults, &what, &error))
    g_debug ("Evolution Data Server does not tell why a source waits: code %d", error->code);
  else if (e_source_get_connection_status (source) == E_SOURCE_CONNECTION_STATUS_AWAITING_CREDENTIALS)
    is_wanted = reason == E_SOURCE_CREDENTIALS_REASON_REQUIRED
                || (reason == E_SOURCE_CREDENTIALS_REASON_REJECTED && !is_of_the_way (what));
  g_task_return_boolean (task, is_wanted);
}

/**
 * rcp_source_wait_ask_async:
 * @source: that awaits credentials
 * @callback: called when it is known why
 * @user_data: for @callback
 *
 * Asks Evolution Data Server why.
 */
void
rcp_source_wait_ask_async (ESource *source, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (E_IS_SOURCE (source));

  task = g_task_new (source, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_source_wait_ask_async);
  e_source_get_last_credentials_required_arguments (source, NULL, on_asked_cb, task);
}

/**
 * rcp_source_wait_ask_finish:
 * @source: a source
 * @result: what the callback got
 *
 * Returns: whether it waits for a password that somebody has to give; %FALSE where its server is only away, where nobody
 *     can tell, and where it does not wait any more
 */
gboolean
rcp_source_wait_ask_finish (ESource *source, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
