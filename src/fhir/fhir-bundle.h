/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fhir/fhir-resource.h"

G_BEGIN_DECLS

/**
 * FhirBundle:
 *
 * A Bundle that a server sent, read once: a page of a search (or all pages joined), or the reply to a transaction.
 */
#define FHIR_TYPE_BUNDLE (fhir_bundle_get_type ())
G_DECLARE_FINAL_TYPE (FhirBundle, fhir_bundle, FHIR, BUNDLE, GObject)

FhirBundle *fhir_bundle_new (JsonObject *json);

/* (element-type FhirResource): what matched, and what came along by _include; borrowed, in the server's order. */
GPtrArray *fhir_bundle_get_matches (FhirBundle *self);
GPtrArray *fhir_bundle_get_includes (FhirBundle *self);
/* Any of both by "Type/id"; NULL when it is not in the Bundle. Borrowed. */
FhirResource *fhir_bundle_lookup (FhirBundle *self, const char *reference);
const char *fhir_bundle_get_next (FhirBundle *self);   /* verbatim, or NULL */
gint64 fhir_bundle_get_total (FhirBundle *self);       /* -1 when not told */

/* Replies to a transaction: one per entry, in the order of the request. */
guint fhir_bundle_get_n_responses (FhirBundle *self);
guint fhir_bundle_get_response_status (FhirBundle *self, guint index);
const char *fhir_bundle_get_response_etag (FhirBundle *self, guint index);
/* "Appointment/12": from location, or of the resource that came back. NULL when neither told. */
const char *fhir_bundle_get_response_reference (FhirBundle *self, guint index);
FhirResource *fhir_bundle_get_response_resource (FhirBundle *self, guint index);
/* Why that entry failed: (transfer full); NULL when it did not. */
GError *fhir_bundle_dup_response_error (FhirBundle *self, guint index);

G_END_DECLS
