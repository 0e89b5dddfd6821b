/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-ask"

#include "rcp-mirror-ask.h"

#include "clinic/rcp-codes.h"
#include "rcp-book-visit.h"

void
rcp_mirror_ask_free (RcpMirrorAsk *self)
{
  g_clear_object (&self->request);
  g_clear_object (&self->visit);
  g_free (self);
}

/**
 * rcp_mirror_ask_is_open:
 * @request: of a provider
 * @visit: that it is about
 * @now: an instant
 *
 * Returns: whether the desk has to answer. The mirror ends the others by itself, which it can only while its calendar is there.
 */
gboolean
rcp_mirror_ask_is_open (RcpMirrorRequest *request, RcpVisit *visit, gint64 now)
{
  RcpTimeRange wanted, range;

  g_return_val_if_fail (RCP_IS_MIRROR_REQUEST (request), FALSE);
  g_return_val_if_fail (RCP_IS_VISIT (visit), FALSE);

  wanted = rcp_mirror_request_get_range (request);
  range = rcp_visit_get_range (visit);
  if (!rcp_mirror_request_is_live (request) || rcp_mirror_request_is_refused (request)
      || !rcp_visit_status_takes_time (rcp_visit_get_status (visit)) || range.end <= now)
    return FALSE;
  return rcp_mirror_request_get_deed (request) == RCP_MIRROR_DELETED || wanted.start != range.start || wanted.end != range.end;
}

static int
compare_asks (gconstpointer a, gconstpointer b)
{
  const RcpMirrorAsk *left = *(RcpMirrorAsk *const *)a, *right = *(RcpMirrorAsk *const *)b;
  gint64 x = rcp_mirror_request_get_seen (left->request), y = rcp_mirror_request_get_seen (right->request);

  if (x != y)
    return x < y ? -1 : 1;
  return g_strcmp0 (rcp_mirror_request_get_id (left->request), rcp_mirror_request_get_id (right->request));
}

static void
take_task (GPtrArray *asks, FhirBundle *bundle, FhirResource *resource, gint64 now)
{
  g_autoptr (RcpMirrorRequest) request = rcp_mirror_request_new (resource);
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *reference = NULL;
  FhirResource *appointment;
  RcpMirrorAsk *ask;

  if (request == NULL)
    return;
  reference = g_strconcat ("Appointment/", rcp_mirror_request_get_visit_id (request), NULL);
  appointment = fhir_bundle_lookup (bundle, reference);
  visit = appointment != NULL ? rcp_visit_new_in_bundle (appointment, bundle) : NULL;
  if (visit == NULL || !rcp_mirror_ask_is_open (request, visit, now))
    return;
  ask = g_new0 (RcpMirrorAsk, 1);
  ask->request = g_steal_pointer (&request);
  ask->visit = g_steal_pointer (&visit);
  g_ptr_array_add (asks, ask);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gint64 now = rcp_clock_get_now (g_task_get_task_data (task));
  g_autoptr (GPtrArray) asks = NULL;
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  asks = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_mirror_ask_free);
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    take_task (asks, bundle, fhir_bundle_get_matches (bundle)->pdata[i], now);
  g_ptr_array_sort (asks, compare_asks);
  g_task_return_pointer (task, g_steal_pointer (&asks), (GDestroyNotify)g_ptr_array_unref);
}

/**
 * rcp_mirror_asks_read_async:
 * @client: the record
 * @clock: the time
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 */
void
rcp_mirror_asks_read_async (FhirClient *client, RcpClock *clock, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Task");
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_CLOCK (clock));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_asks_read_async);
  g_task_set_task_data (task, g_object_ref (clock), g_object_unref);
  fhir_search_add (search, "code", RCP_SYSTEM_CALENDAR "|moved," RCP_SYSTEM_CALENDAR "|deleted");
  fhir_search_add (search, "status", "requested");
  fhir_search_add (search, "_include", "Task:focus");
  fhir_search_add (search, "_include:iterate", "Appointment:patient");
  fhir_client_search_all_async (client, search, 0, cancellable, on_read_cb, g_object_ref (task));
}

GPtrArray *
rcp_mirror_asks_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_mirror_asks_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
