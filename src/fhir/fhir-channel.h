/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * FhirChannel:
 *
 * Where a server is and how it is spoken to: the session, the origin, the token, the patience.
 */
typedef struct
{
  SoupSession *session;
  char *base_url; /* without a slash at its end */
  GUri *base;
  char *token;
  guint timeout;
  guint max_retries;
  guint backoff_unit_ms;
  gsize max_reply_bytes;
  guint64 n_requests;
} FhirChannel;

FhirChannel *fhir_channel_new (const char *base_url, const char *socket_path);
FhirChannel *fhir_channel_ref (FhirChannel *self);
void fhir_channel_unref (FhirChannel *self);

void fhir_channel_set_token (FhirChannel *self, const char *token);
GUri *fhir_channel_resolve (FhirChannel *self, const char *path);
GUri *fhir_channel_resolve_link (FhirChannel *self, const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FhirChannel, fhir_channel_unref)

G_END_DECLS
