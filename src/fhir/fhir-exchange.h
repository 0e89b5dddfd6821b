/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "fhir-bundle.h"
#include "fhir-channel.h"

G_BEGIN_DECLS

/**
 * FhirRepeat:
 * @FHIR_REPEAT_NEVER: a write: repeated only where the server says that nothing was done
 * @FHIR_REPEAT_SAFE: a write that repeated does no harm
 * @FHIR_REPEAT_READ: a read
 */
typedef enum
{
  FHIR_REPEAT_NEVER,
  FHIR_REPEAT_SAFE,
  FHIR_REPEAT_READ,
} FhirRepeat;

/**
 * FhirRequest:
 *
 * What is asked, independent of how often it must be sent.
 */
typedef struct
{
  const char *method; /* static */
  GUri *uri;
  FhirRepeat repeat;
  const char *content_type; /* static */
  GBytes *body;
  char *if_match;
  char *if_none_exist;
  char *if_none_match; /* with @wait */
  guint wait;          /* seconds that the server may wait for another answer than that */
  gboolean strict; /* an unknown search parameter is an error */
  gboolean wants_bundle; /* the reply is to be the Bundle of a search */
} FhirRequest;

FhirRequest *fhir_request_new (const char *method, GUri *uri, FhirRepeat repeat);
void fhir_request_free (FhirRequest *self);
void fhir_request_set_json (FhirRequest *self, JsonObject *json);
SoupMessage *fhir_request_make_message (FhirRequest *request, const char *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FhirRequest, fhir_request_free)

/**
 * FhirReply:
 *
 * A 2xx reply. @json is NULL when it had no body, and when a Bundle was wanted; then @bundle has what came.
 */
typedef struct
{
  guint status;
  char *etag;
  char *location;
  gboolean can_wait; /* the server waits when asked to */
  JsonObject *json;
  FhirBundle *bundle;
} FhirReply;

void fhir_reply_free (FhirReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FhirReply, fhir_reply_free)

void fhir_exchange_async (FhirChannel *channel, FhirRequest *request, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
FhirReply *fhir_exchange_finish (GAsyncResult *result, GError **error);

G_END_DECLS
