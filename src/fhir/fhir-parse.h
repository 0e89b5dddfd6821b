/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "fhir-bundle.h"

G_BEGIN_DECLS

/* Resources nest about a dozen levels; contained ones and extensions add some. The parser recurses, so it is bounded. */
#define FHIR_PARSE_MAX_DEPTH 128

JsonObject *fhir_parse (GBytes *bytes, GError **error);
void fhir_parse_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
JsonObject *fhir_parse_finish (GAsyncResult *result, GError **error);
void fhir_parse_bundle_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
FhirBundle *fhir_parse_bundle_finish (GAsyncResult *result, GError **error);

G_END_DECLS
