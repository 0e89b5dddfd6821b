/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-setup-save"

#include "rcp-setup-private.h"

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (FHIR_CLIENT (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * rcp_setup_save_async:
 * @client: the record
 * @roster: the clinic as the form knew it: its versions are what may be overwritten
 * @clock: the time
 * @kind: what kind of thing
 * @reference: (nullable): which of them; a new one for %NULL
 * @draft: what was typed, and rcp_setup_check() found nothing wrong with
 * @key: a name of this form, the same each time it is saved again
 * @desk: (nullable): the name of the desk that does it
 * @cancellable: (nullable): to give up; it may be saved all the same
 * @callback: called when it is saved or was not
 * @user_data: for @callback
 *
 * Saves what was changed, all of it or nothing. Where hours were changed the Schedules say so until
 * rcp_refit_hours_async() has made their slots follow. Saving the same again after an unknown outcome is safe: new
 * things are made on a condition, and a change that went through makes the second one a conflict that is none.
 */
void
rcp_setup_save_async (FhirClient *client,
                      RcpRoster *roster,
                      RcpClock *clock,
                      RcpSetupKind kind,
                      const char *reference,
                      RcpDraft *draft,
                      const char *key,
                      const char *desk,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (FhirTransaction) transaction = NULL;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (draft != NULL && key != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_setup_save_async);
  transaction = rcp_setup_compose (roster, kind, reference, draft, key, desk, rcp_clock_get_now (clock));
  if (fhir_transaction_get_n_entries (transaction) == 0)
    g_task_return_boolean (task, TRUE);
  else
    fhir_client_transact_async (client, transaction, cancellable, on_saved_cb, g_steal_pointer (&task));
}

/**
 * rcp_setup_save_finish:
 * @result: what the callback got
 * @error: a FhirError; with FHIR_ERROR_CONFLICT another desk changed it meanwhile
 *
 * Returns: whether it is saved
 */
gboolean
rcp_setup_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_setup_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
