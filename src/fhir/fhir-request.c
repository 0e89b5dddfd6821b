/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-exchange.h"

#include <string.h>

#include "fhir-json.h"

/**
 * fhir_request_new:
 * @method: HTTP method, a static text
 * @uri: (transfer full): where to send it
 * @repeat: when it may be sent again
 *
 * Returns: (transfer full): a request without body
 */
FhirRequest *
fhir_request_new (const char *method, GUri *uri, FhirRepeat repeat)
{
  FhirRequest *self = g_new0 (FhirRequest, 1);

  self->method = method;
  self->uri = uri;
  self->repeat = repeat;
  self->content_type = "application/fhir+json";
  return self;
}

void
fhir_request_free (FhirRequest *self)
{
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->if_match);
  g_free (self->if_none_exist);
  g_free (self);
}

/**
 * fhir_request_set_json:
 * @self: a request
 * @json: what to send
 *
 * Sets the body.
 */
void
fhir_request_set_json (FhirRequest *self, JsonObject *json)
{
  char *text = fhir_json_to_text (json);

  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_take (text, strlen (text));
}

void
fhir_reply_free (FhirReply *self)
{
  g_clear_pointer (&self->json, json_object_unref);
  g_clear_object (&self->bundle);
  g_free (self->etag);
  g_free (self->location);
  g_free (self);
}
