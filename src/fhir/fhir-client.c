/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-client.h"
#include "fhir-client-private.h"

#include "fhir-error-private.h"

struct _FhirClient
{
  GObject parent_instance;

  FhirChannel *channel;
  FhirCapabilities *capabilities; /* NULL until asked for */
  gboolean distrusts_transactions;
};

G_DEFINE_FINAL_TYPE (FhirClient, fhir_client, G_TYPE_OBJECT)

enum
{
  PROP_BACKOFF_UNIT_MS = 1,
  PROP_MAX_REPLY_BYTES,
  N_PROPS,
};

static void
fhir_client_finalize (GObject *object)
{
  FhirClient *self = FHIR_CLIENT (object);

  g_clear_object (&self->capabilities);
  g_clear_pointer (&self->channel, fhir_channel_unref);

  G_OBJECT_CLASS (fhir_client_parent_class)->finalize (object);
}

static void
fhir_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FhirClient *self = FHIR_CLIENT (object);

  switch (id)
    {
    case PROP_BACKOFF_UNIT_MS:
      g_value_set_uint (value, self->channel->backoff_unit_ms);
      break;
    case PROP_MAX_REPLY_BYTES:
      g_value_set_uint64 (value, self->channel->max_reply_bytes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fhir_client_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FhirClient *self = FHIR_CLIENT (object);

  switch (id)
    {
    case PROP_BACKOFF_UNIT_MS:
      self->channel->backoff_unit_ms = g_value_get_uint (value);
      break;
    case PROP_MAX_REPLY_BYTES:
      self->channel->max_reply_bytes = g_value_get_uint64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fhir_client_class_init (FhirClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fhir_client_finalize;
  object_class->get_property = fhir_client_get_property;
  object_class->set_property = fhir_client_set_property;

  /**
   * FhirClient:backoff-unit-ms:
   *
   * The wait before the first repetition, in milliseconds; it doubles with every further one.
   */
  g_object_class_install_property (object_class, PROP_BACKOFF_UNIT_MS,
                                   g_param_spec_uint ("backoff-unit-ms", NULL, NULL, 0, 60000, 250, flags));
  /**
   * FhirClient:max-reply-bytes:
   *
   * The largest body that is read; a larger one is FHIR_ERROR_BAD_REPLY.
   */
  g_object_class_install_property (object_class, PROP_MAX_REPLY_BYTES,
                                   g_param_spec_uint64 ("max-reply-bytes", NULL, NULL, 1, G_MAXUINT32,
                                                        256 * 1024 * 1024, flags));
}

static void
fhir_client_init (FhirClient *self)
{
}

static FhirClient *
make_client (const char *base_url, const char *socket_path)
{
  g_autoptr (FhirChannel) channel = fhir_channel_new (base_url, socket_path);
  FhirClient *self;

  if (channel == NULL)
    return NULL;

  self = g_object_new (FHIR_TYPE_CLIENT, NULL);
  self->channel = g_steal_pointer (&channel);
  return self;
}

/**
 * fhir_client_new:
 * @base_url: such as "https://host/fhir"
 *
 * Returns: (transfer full) (nullable): a client; %NULL when @base_url is not an address of http or https
 */
FhirClient *
fhir_client_new (const char *base_url)
{
  g_return_val_if_fail (base_url != NULL, NULL);

  return make_client (base_url, NULL);
}

/**
 * fhir_client_new_for_socket:
 * @socket_path: path of a Unix socket
 *
 * Returns: (transfer full): a client of the server that listens there, with the base path /fhir
 */
FhirClient *
fhir_client_new_for_socket (const char *socket_path)
{
  g_return_val_if_fail (socket_path != NULL, NULL);

  return make_client ("http://localhost/fhir", socket_path);
}

const char *
fhir_client_get_base_url (FhirClient *self)
{
  g_return_val_if_fail (FHIR_IS_CLIENT (self), NULL);

  return self->channel->base_url;
}

FhirChannel *
fhir_client_get_channel (FhirClient *self)
{
  return self->channel;
}

/**
 * fhir_client_set_bearer_token:
 * @self: a client
 * @token: (nullable): what to put into the Authorization header, and nowhere else
 *
 * Replaces the token; the old one is wiped from memory.
 */
void
fhir_client_set_bearer_token (FhirClient *self, const char *token)
{
  g_return_if_fail (FHIR_IS_CLIENT (self));

  fhir_channel_set_token (self->channel, token);
}

/**
 * fhir_client_set_timeout:
 * @self: a client
 * @seconds: from the first byte sent to the last one read, of one attempt; 0 waits for ever
 */
void
fhir_client_set_timeout (FhirClient *self, guint seconds)
{
  g_return_if_fail (FHIR_IS_CLIENT (self));

  self->channel->timeout = seconds;
}

void
fhir_client_set_max_retries (FhirClient *self, guint retries)
{
  g_return_if_fail (FHIR_IS_CLIENT (self));

  self->channel->max_retries = retries;
}

guint64
fhir_client_get_n_requests (FhirClient *self)
{
  g_return_val_if_fail (FHIR_IS_CLIENT (self), 0);

  return self->channel->n_requests;
}

/* ---- what the calls share ---- */

typedef struct
{
  GTask *task;
  FhirConvert convert;
  GDestroyNotify free_result;
  gboolean follows_write;
} Sending;

static void
on_exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Sending *sending = user_data;
  g_autoptr (GTask) task = sending->task;
  g_autoptr (FhirReply) reply = NULL;
  GError *error = NULL;
  gpointer converted = NULL;

  reply = fhir_exchange_finish (result, &error);
  if (reply != NULL)
    converted = sending->convert (task, reply, &error);

  if (error != NULL && sending->follows_write)
    fhir_error_mark_outcome_unknown (error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (converted != NULL)
    g_task_return_pointer (task, converted, sending->free_result);
}

FhirRequest *
fhir_client_make_request (FhirClient *self, const char *method, const char *path, FhirRepeat repeat)
{
  return fhir_request_new (method, fhir_channel_resolve (self->channel, path), repeat);
}

static void
send_request (GTask *task, FhirRequest *request, FhirConvert convert, GDestroyNotify free_result, gboolean follows_write)
{
  FhirClient *self = g_task_get_source_object (task);
  Sending *sending = g_new0 (Sending, 1);

  sending->task = task;
  sending->convert = convert;
  sending->free_result = free_result;
  sending->follows_write = follows_write;
  fhir_exchange_async (self->channel, request, g_task_get_cancellable (task), on_exchanged_cb, sending);
}

/* Sends @request; @convert makes of its reply what @task returns. A @convert that returns NULL without an error has
 * taken the task further. Takes @task and @request. */
void
fhir_client_send (GTask *task, FhirRequest *request, FhirConvert convert, GDestroyNotify free_result)
{
  send_request (task, request, convert, free_result, FALSE);
}

void
fhir_client_send_after_write (GTask *task, FhirRequest *request, FhirConvert convert, GDestroyNotify free_result)
{
  send_request (task, request, convert, free_result, TRUE);
}

FhirCapabilities *
fhir_client_peek_capabilities (FhirClient *self)
{
  return self->capabilities;
}

/* An error for a 2xx that is not what was asked for. After a write nobody knows what it did. */
GError *
fhir_client_bad_reply (FhirReply *reply, gboolean write, const char *message)
{
  GError *error = fhir_error_new_full (FHIR_ERROR_BAD_REPLY, reply->status, NULL, NULL, message);

  if (write)
    fhir_error_mark_outcome_unknown (error);
  return error;
}

gpointer
fhir_client_to_resource (GTask *task, FhirReply *reply, GError **error)
{
  if (reply->json == NULL)
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The reply is empty"));
      return NULL;
    }

  return fhir_resource_new_with_etag (reply->json, reply->etag);
}

gboolean
fhir_client_get_distrusts_transactions (FhirClient *self)
{
  return self->distrusts_transactions;
}

void
fhir_client_set_distrusts_transactions (FhirClient *self, gboolean distrusts)
{
  self->distrusts_transactions = distrusts;
}

/* ---- capabilities ---- */

static gpointer
to_capabilities (GTask *task, FhirReply *reply, GError **error)
{
  FhirClient *self = g_task_get_source_object (task);
  const char *version = fhir_json_get_string (reply->json, "fhirVersion");

  if (g_strcmp0 (fhir_json_get_string (reply->json, "resourceType"), "CapabilityStatement") != 0 || version == NULL)
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The server does not say what it is"));
      return NULL;
    }
  if (!g_str_has_prefix (version, "4.0."))
    {
      g_propagate_error (error, fhir_error_new_full (FHIR_ERROR_UNSUPPORTED, reply->status, NULL, version,
                                                     "The server speaks another version of FHIR than R4"));
      return NULL;
    }

  g_clear_object (&self->capabilities);
  self->capabilities = fhir_capabilities_new (reply->json);
  return g_object_ref (self->capabilities);
}

void
fhir_client_load_capabilities_async (FhirClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_load_capabilities_async);
  if (self->capabilities != NULL)
    {
      g_task_return_pointer (task, g_object_ref (self->capabilities), g_object_unref);
      g_object_unref (task);
      return;
    }

  fhir_client_send (task, fhir_client_make_request (self, "GET", "metadata", FHIR_REPEAT_READ), to_capabilities,
                    g_object_unref);
}

FhirCapabilities *
fhir_client_load_capabilities_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- read ---- */

/* What came back must be what was asked for: a cache in between may mix things up. */
static gpointer
to_read_resource (GTask *task, FhirReply *reply, GError **error)
{
  const char *asked = g_task_get_task_data (task);
  g_autoptr (FhirResource) resource = fhir_client_to_resource (task, reply, error);

  if (resource == NULL)
    return NULL;
  if (g_strcmp0 (fhir_resource_get_reference (resource), asked) != 0)
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The reply is another resource"));
      return NULL;
    }

  return g_steal_pointer (&resource);
}

/**
 * fhir_client_read_async:
 * @self: a client
 * @reference: "Patient/12", or an absolute or versioned reference: the current version is read
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Reads one resource.
 */
void
fhir_client_read_async (FhirClient *self, const char *reference, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  char *relative;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (reference != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_read_async);
  relative = fhir_reference_dup_relative (reference);
  if (relative == NULL)
    {
      g_task_return_new_error (task, FHIR_ERROR, FHIR_ERROR_NOT_FOUND, "Not a reference to a resource");
      g_object_unref (task);
      return;
    }

  g_task_set_task_data (task, relative, g_free);
  fhir_client_send (task, fhir_client_make_request (self, "GET", relative, FHIR_REPEAT_READ), to_read_resource,
                    g_object_unref);
}

FhirResource *
fhir_client_read_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
