/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-identity"

#include "rcp-identity-write.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"

#define SYSTEM_OPERATION "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
#define FIRST_PAUSE 100 /* ms */
#define LONGEST_PAUSE 2000

typedef struct
{
  FhirClient *client;
  JsonObject *resource;
  char *condition;
  RcpAct *act;
  char *etag;
} Send;

static void
send_free (gpointer data)
{
  Send *self = data;

  g_object_unref (self->client);
  json_object_unref (self->resource);
  g_free (self->condition);
  g_free (self->etag);
  rcp_act_free (self->act);
  g_free (self);
}

RcpAct *
rcp_act_new (const char *code, const char *desk, const char *reason, gint64 now)
{
  RcpAct *self = g_new0 (RcpAct, 1);

  self->code = code;
  self->desk = g_strdup (desk);
  self->reason = g_strdup (reason);
  self->now = now;
  return self;
}

RcpAct *
rcp_act_copy (const RcpAct *self)
{
  return rcp_act_new (self->code, self->desk, self->reason, self->now);
}

void
rcp_act_free (RcpAct *self)
{
  if (self == NULL)
    return;
  g_free (self->desk);
  g_free (self->reason);
  g_free (self);
}

static JsonObject *
make_with (const char *member, const char *value)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, member, value);
  return object;
}

static void
add_to_list (JsonObject *object, const char *member, JsonObject *item)
{
  JsonArray *list = json_array_new ();

  json_array_add_object_element (list, item);
  json_object_set_array_member (object, member, list);
}

JsonObject *
rcp_act_to_provenance (const RcpAct *self, const char *target, const char *activity)
{
  JsonObject *provenance = make_with ("resourceType", "Provenance");
  JsonObject *agent = json_object_new ();
  JsonObject *coding = make_with ("system", SYSTEM_OPERATION);
  JsonObject *deed = make_with ("system", RCP_SYSTEM_DEED);
  JsonObject *concept = json_object_new ();
  g_autofree char *recorded = rcp_iso8601_format_utc (self->now);
  gboolean has_desk = self->desk != NULL && *self->desk != '\0';

  json_object_set_string_member (coding, "code", activity);
  json_object_set_string_member (deed, "code", self->code);
  add_to_list (concept, "coding", coding);
  json_array_add_object_element (json_object_get_array_member (concept, "coding"), deed);
  json_object_set_object_member (agent, "who", make_with ("display", has_desk ? self->desk : "Front desk"));
  add_to_list (provenance, "target", make_with ("reference", target));
  json_object_set_string_member (provenance, "recorded", recorded);
  json_object_set_object_member (provenance, "activity", concept);
  add_to_list (provenance, "agent", agent);
  if (self->reason != NULL && *self->reason != '\0')
    add_to_list (provenance, "reason", make_with ("text", self->reason));
  return provenance;
}

static gboolean
is_update (Send *self)
{
  return fhir_json_get_string (self->resource, "id") != NULL;
}

static void
on_witnessed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) provenance = fhir_client_create_finish (FHIR_CLIENT (source), result, &error);

  /* The change itself stands; no patient is entered twice because a witness is missing. */
  if (provenance == NULL)
    g_warning ("The Provenance of a change was not kept: %s", fhir_error_get_issue_code (error) != NULL ? fhir_error_get_issue_code (error) : "-");
  g_task_return_pointer (task, g_steal_pointer (&self->etag), g_free);
}

static void
on_sent_alone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *self = g_task_get_task_data (task);
  g_autoptr (JsonObject) provenance = NULL;
  g_autoptr (FhirResource) stored = NULL;
  GError *error = NULL;

  stored = is_update (self) ? fhir_client_update_finish (self->client, result, &error) : fhir_client_create_finish (self->client, result, &error);
  if (stored == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->etag = fhir_resource_dup_if_match (stored);
  if (self->etag == NULL)
    self->etag = g_strdup ("");
  provenance = rcp_act_to_provenance (self->act, fhir_resource_get_reference (stored), is_update (self) ? "UPDATE" : "CREATE");
  fhir_client_create_async (self->client, provenance, NULL, NULL, on_witnessed_cb, g_object_ref (task));
}

static void
on_transacted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (FHIR_CLIENT (source), result, &error);
  const char *etag;

  if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED) && !fhir_error_is_outcome_unknown (error))
    {
      if (is_update (self))
        fhir_client_update_async (self->client, self->resource, self->condition, NULL, on_sent_alone_cb, g_object_ref (task));
      else
        fhir_client_create_async (self->client, self->resource, self->condition, NULL, on_sent_alone_cb, g_object_ref (task));
      return;
    }
  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  etag = fhir_bundle_get_response_etag (reply, 0);
  g_task_return_pointer (task, g_strdup (etag != NULL ? etag : ""), g_free);
}

void
rcp_identity_send_async (FhirClient *client, JsonObject *resource, const char *condition, const RcpAct *act,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, NULL, callback, user_data);
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (JsonObject) provenance = NULL;
  g_autofree char *target = NULL;
  Send *self = g_new0 (Send, 1);

  g_task_set_source_tag (task, rcp_identity_send_async);
  self->client = g_object_ref (client);
  self->resource = json_object_ref (resource);
  self->condition = g_strdup (condition);
  self->act = rcp_act_copy (act);
  g_task_set_task_data (task, self, send_free);

  if (is_update (self))
    {
      target = g_strdup_printf ("%s/%s", fhir_json_get_string (resource, "resourceType"), fhir_json_get_string (resource, "id"));
      fhir_transaction_update (transaction, resource, condition);
    }
  else
    {
      target = g_strdup (fhir_transaction_create (transaction, resource, condition));
    }
  provenance = rcp_act_to_provenance (act, target, is_update (self) ? "UPDATE" : "CREATE");
  fhir_transaction_create (transaction, provenance, NULL);
  fhir_client_transact_async (client, transaction, NULL, on_transacted_cb, g_steal_pointer (&task));
}

char *
rcp_identity_send_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_identity_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
rcp_identity_must_look (const GError *failure)
{
  return fhir_error_is_outcome_unknown (failure) || g_error_matches (failure, FHIR_ERROR, FHIR_ERROR_CONFLICT) ||
         g_error_matches (failure, FHIR_ERROR, FHIR_ERROR_TRY_AGAIN) || g_error_matches (failure, FHIR_ERROR, FHIR_ERROR_THROTTLED) ||
         g_error_matches (failure, FHIR_ERROR, FHIR_ERROR_NETWORK);
}

void
rcp_identity_return (GTask *task, FhirResource *stored, GError *error, RcpIdentityMake make)
{
  if (stored == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, make (stored), g_object_unref);
  g_object_unref (stored);
}

typedef struct
{
  GTask *task;
  void (*next) (GTask *task);
} Pause;

static gboolean
on_pause_over_cb (gpointer user_data)
{
  Pause *pause = user_data;

  pause->next (pause->task);
  return G_SOURCE_REMOVE;
}

static void
pause_free (gpointer data)
{
  Pause *pause = data;

  g_object_unref (pause->task);
  g_free (pause);
}

/* Not just as long as the other desk that waits as well. */
void
rcp_identity_pause_then (GTask *task, guint n_tries, void (*next) (GTask *task))
{
  guint length = MIN (FIRST_PAUSE << MIN (n_tries, 5), LONGEST_PAUSE);
  g_autoptr (GSource) source = g_timeout_source_new (length / 2 + g_random_int_range (0, length));
  Pause *pause = g_new0 (Pause, 1);

  pause->task = g_object_ref (task);
  pause->next = next;
  g_source_set_callback (source, on_pause_over_cb, pause, pause_free);
  g_source_attach (source, g_task_get_context (task));
}
