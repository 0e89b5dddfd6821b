/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir-channel.h"
#include "fhir-client.h"
#include "fhir-exchange.h"

G_BEGIN_DECLS

/* Makes of a reply what the call promised; NULL with @error set when it is something else. */
typedef gpointer (*FhirConvert) (GTask *task, FhirReply *reply, GError **error);

FhirChannel *fhir_client_get_channel (FhirClient *self);
FhirRequest *fhir_client_make_request (FhirClient *self, const char *method, const char *path, FhirRepeat repeat);
void fhir_client_send (GTask *task, FhirRequest *request, FhirConvert convert, GDestroyNotify free_result);
/* Like fhir_client_send(), where any failure comes after a write that may have been done. */
void fhir_client_send_after_write (GTask *task, FhirRequest *request, FhirConvert convert, GDestroyNotify free_result);
FhirCapabilities *fhir_client_peek_capabilities (FhirClient *self);
/* Whether transactions were tried and found wanting. */
gboolean fhir_client_get_distrusts_transactions (FhirClient *self);
void fhir_client_set_distrusts_transactions (FhirClient *self, gboolean distrusts);
gpointer fhir_client_to_resource (GTask *task, FhirReply *reply, GError **error);
GError *fhir_client_bad_reply (FhirReply *reply, gboolean write, const char *message);

G_END_DECLS
