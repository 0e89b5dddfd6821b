/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-client.h"
#include "fhir-client-private.h"

/* Shorter than any server or gateway in between gives up. */
#define WAIT_SECONDS 15

static gpointer
to_polled (GTask *task, FhirReply *reply, GError **error)
{
  FhirResource *resource = fhir_client_to_resource (task, reply, error);

  if (resource != NULL && reply->can_wait)
    g_task_set_task_data (task, g_strdup (reply->etag), g_free);
  return resource;
}

/**
 * fhir_client_poll_async:
 * @self: a client
 * @path: such as "_history?_since=2026-03-10T08:00:00Z", encoded
 * @seen: (nullable): what fhir_client_poll_finish() told of the answer before
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Asks a question that is asked again and again. A server that can waits with its answer until that is another one than
 * was @seen, no longer than a quarter of a minute ("Prefer: wait", RFC 7240, section 4.3); any other answers at once.
 */
void
fhir_client_poll_async (FhirClient *self, const char *path, const char *seen, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  FhirRequest *request;
  guint timeout;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (path != NULL);

  timeout = fhir_client_get_channel (self)->timeout;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_poll_async);
  request = fhir_client_make_request (self, "GET", path, FHIR_REPEAT_READ);
  request->wait = timeout > 0 ? MIN (WAIT_SECONDS, timeout * 3 / 4) : WAIT_SECONDS;
  request->if_none_match = g_strdup (seen);
  fhir_client_send (task, request, to_polled, g_object_unref);
}

/**
 * fhir_client_poll_finish:
 * @self: a client
 * @result: what the callback got
 * @seen: (out) (nullable) (transfer full): tells the server at the next question what it need not answer again; %NULL when
 *   it does not wait
 * @error: a FhirError
 *
 * Returns: (transfer full): the answer
 */
FhirResource *
fhir_client_poll_finish (FhirClient *self, GAsyncResult *result, char **seen, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  *seen = g_strdup (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), error);
}
