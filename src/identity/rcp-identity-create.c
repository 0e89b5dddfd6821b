/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-identity"

#include "rcp-identity-write.h"

#include <gio/gio.h>

#include "clinic/rcp-codes.h"

/* An entry: send - look - perhaps send again. Repeating is safe: If-None-Exist lets only one of two through, and what is
 * there already is found by the identifier. */
typedef struct
{
  FhirClient *client;
  JsonObject *resource;
  RcpAct *act;
  char *condition; /* "identifier=urn:reception:registration|..." */
  guint n_sends;
  GError *failure; /* of the last send */
} Create;

static void look (GTask *task);

static void
create_free (gpointer data)
{
  Create *self = data;

  g_object_unref (self->client);
  json_object_unref (self->resource);
  rcp_act_free (self->act);
  g_free (self->condition);
  g_clear_error (&self->failure);
  g_free (self);
}

static void
on_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Create *self = g_task_get_task_data (task);
  g_autofree char *etag = NULL;

  g_clear_error (&self->failure);
  etag = rcp_identity_send_finish (result, &self->failure);
  if (etag != NULL || rcp_identity_must_look (self->failure))
    look (task);
  else
    g_task_return_error (task, rcp_identity_error_new_from_fhir (self->failure));
}

static void
send (GTask *task)
{
  Create *self = g_task_get_task_data (task);

  self->n_sends++;
  rcp_identity_send_async (self->client, self->resource, self->condition, self->act, on_sent_cb, g_object_ref (task));
}

/* It is not there: say so, or send it again. */
static void
decide_absent (GTask *task)
{
  Create *self = g_task_get_task_data (task);

  if (self->failure == NULL)
    g_task_return_error (task, rcp_identity_error_new (RCP_IDENTITY_ERROR_NOT_KEPT, "not found by its identifier"));
  else if (self->n_sends < RCP_IDENTITY_MAX_SENDS)
    rcp_identity_pause_then (task, self->n_sends, send);
  else if (fhir_error_is_outcome_unknown (self->failure))
    g_task_return_error (task, rcp_identity_error_new (RCP_IDENTITY_ERROR_UNKNOWN, self->failure->message));
  else
    g_task_return_error (task, rcp_identity_error_new_from_fhir (self->failure));
}

static void
on_looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Create *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);

  if (bundle == NULL)
    g_task_return_error (task, self->failure != NULL && !fhir_error_is_outcome_unknown (self->failure)
                                   ? rcp_identity_error_new_from_fhir (self->failure)
                                   : rcp_identity_error_new (RCP_IDENTITY_ERROR_UNKNOWN, error->message));
  else if (fhir_bundle_get_matches (bundle)->len > 0)
    g_task_return_pointer (task, g_object_ref (g_ptr_array_index (fhir_bundle_get_matches (bundle), 0)), g_object_unref);
  else
    decide_absent (task);
}

static void
look (GTask *task)
{
  Create *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = fhir_search_new (fhir_json_get_string (self->resource, "resourceType"));

  fhir_search_add_printf (search, "identifier", "%s|%s", RCP_SYSTEM_REGISTRATION,
                          fhir_json_get_identifier (self->resource, RCP_SYSTEM_REGISTRATION));
  fhir_client_search_async (self->client, search, NULL, on_looked_cb, g_object_ref (task));
}

void
rcp_identity_create_async (FhirClient *client, JsonObject *resource, const RcpAct *act, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  Create *self = g_new0 (Create, 1);

  g_task_set_source_tag (task, rcp_identity_create_async);
  self->client = g_object_ref (client);
  self->resource = json_object_ref (resource);
  self->act = rcp_act_copy (act);
  self->condition = g_strdup_printf ("identifier=%s|%s", RCP_SYSTEM_REGISTRATION, fhir_json_get_identifier (resource, RCP_SYSTEM_REGISTRATION));
  g_task_set_task_data (task, self, create_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  /* From here on only the truth counts. */
  g_task_set_check_cancellable (task, FALSE);
  send (task);
}

FhirResource *
rcp_identity_create_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_identity_create_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
