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
  g_free (self->if_none_match);
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

/* "Prefer: wait" of RFC 7240, section 4.3. */
static void
set_wait (SoupMessageHeaders *headers, const FhirRequest *request)
{
  g_autofree char *wait = g_strdup_printf ("wait=%u", request->wait);

  soup_message_headers_append (headers, "Prefer", wait);
  if (request->if_none_match != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->if_none_match);
}

/**
 * fhir_request_make_message:
 * @request: a request
 * @token: (nullable): bearer token
 *
 * Returns: (transfer full): what to send for one attempt
 */
SoupMessage *
fhir_request_make_message (FhirRequest *request, const char *token)
{
  SoupMessage *message = soup_message_new_from_uri (request->method, request->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS;

  soup_message_headers_replace (headers, "Accept", "application/fhir+json");
  if (token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
      explicit_bzero (value, strlen (value));
    }
  if (request->if_match != NULL)
    soup_message_headers_replace (headers, "If-Match", request->if_match);
  if (request->if_none_exist != NULL)
    soup_message_headers_replace (headers, "If-None-Exist", request->if_none_exist);
  /* Some servers answer a search with what the same one found a minute ago, unless asked not to. */
  if (request->repeat == FHIR_REPEAT_READ)
    soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  if (request->wait > 0)
    set_wait (headers, request);
  if (request->strict)
    soup_message_headers_append (headers, "Prefer", "handling=strict");
  else if (request->repeat != FHIR_REPEAT_READ)
    soup_message_headers_replace (headers, "Prefer", "return=representation");
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);

  /* On a kept connection that turns out to be closed libsoup sends a PUT again by itself, and the second answer would
   * hide the first. A connection of its own is not repeated. */
  if (request->repeat == FHIR_REPEAT_NEVER)
    flags |= SOUP_MESSAGE_NEW_CONNECTION;
  soup_message_set_flags (message, flags);
  return message;
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
