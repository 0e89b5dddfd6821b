/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-identity"

#include "rcp-identity-write.h"

#include <gio/gio.h>

/* A change: prepare - send - read - prepare again, until nothing is left to write. If-Match lets no change through that
 * was not prepared for what the record holds. */
typedef struct
{
  FhirClient *client;
  FhirResource *current;
  RcpIdentityPrepare prepare;
  gpointer prepare_data;
  RcpAct *act;
  guint n_sends;
  char *etag;      /* of a plain yes */
  GError *failure; /* of the last send */
} Update;

static void read_again (GTask *task);

static void
update_free (gpointer data)
{
  Update *self = data;

  g_object_unref (self->client);
  g_object_unref (self->current);
  rcp_act_free (self->act);
  g_free (self->etag);
  g_clear_error (&self->failure);
  g_free (self);
}

static void
on_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Update *self = g_task_get_task_data (task);

  g_clear_error (&self->failure);
  g_free (self->etag);
  self->etag = rcp_identity_send_finish (result, &self->failure);
  if (self->etag != NULL || rcp_identity_must_look (self->failure))
    read_again (task);
  else
    g_task_return_error (task, rcp_identity_error_new_from_fhir (self->failure));
}

static void
give_up (GTask *task)
{
  Update *self = g_task_get_task_data (task);

  if (fhir_error_is_outcome_unknown (self->failure))
    g_task_return_error (task, rcp_identity_error_new (RCP_IDENTITY_ERROR_UNKNOWN, self->failure->message));
  else
    g_task_return_error (task, rcp_identity_error_new_from_fhir (self->failure));
}

static void
step (GTask *task)
{
  Update *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *version = fhir_resource_dup_if_match (self->current);
  gboolean is_ours = self->etag != NULL && (version == NULL || *self->etag == '\0' || g_str_equal (version, self->etag));
  g_autoptr (JsonObject) wanted = NULL;

  /* It was kept, and changed again by another desk since. */
  if (self->etag != NULL && !is_ours)
    {
      g_task_return_pointer (task, g_object_ref (self->current), g_object_unref);
      return;
    }
  wanted = self->prepare (self->current, self->prepare_data, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (wanted == NULL)
    g_task_return_pointer (task, g_object_ref (self->current), g_object_unref);
  else if (is_ours)
    g_task_return_error (task, rcp_identity_error_new (RCP_IDENTITY_ERROR_NOT_KEPT, "what was read back differs"));
  else if (self->n_sends == RCP_IDENTITY_MAX_SENDS)
    give_up (task);
  else
    {
      self->n_sends++;
      rcp_identity_send_async (self->client, wanted, version, self->act, on_sent_cb, g_object_ref (task));
    }
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Update *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) current = fhir_client_read_finish (FHIR_CLIENT (source), result, &error);
  gboolean may_be_there = self->etag != NULL || fhir_error_is_outcome_unknown (self->failure);

  if (current == NULL)
    {
      if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND) || !may_be_there)
        g_task_return_error (task, rcp_identity_error_new_from_fhir (error));
      else
        g_task_return_error (task, rcp_identity_error_new (RCP_IDENTITY_ERROR_UNKNOWN, error->message));
      return;
    }
  g_set_object (&self->current, current);
  if (self->failure == NULL || g_error_matches (self->failure, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    step (task);
  else
    rcp_identity_pause_then (task, self->n_sends, step);
}

static void
read_again (GTask *task)
{
  Update *self = g_task_get_task_data (task);

  fhir_client_read_async (self->client, fhir_resource_get_reference (self->current), NULL, on_read_cb, g_object_ref (task));
}

void
rcp_identity_update_async (FhirClient *client, FhirResource *known, RcpIdentityPrepare prepare, gpointer prepare_data,
                           const RcpAct *act, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  Update *self = g_new0 (Update, 1);

  g_task_set_source_tag (task, rcp_identity_update_async);
  self->client = g_object_ref (client);
  self->current = g_object_ref (known);
  self->prepare = prepare;
  self->prepare_data = prepare_data;
  self->act = rcp_act_copy (act);
  g_task_set_task_data (task, self, update_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  /* From here on only the truth counts. */
  g_task_set_check_cancellable (task, FALSE);
  step (task);
}

FhirResource *
rcp_identity_update_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_identity_update_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
