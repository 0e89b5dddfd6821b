/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-resource.h"
#include "fhir/fhir-search.h"

G_BEGIN_DECLS

/**
 * FhirTransaction:
 *
 * A transaction Bundle in the making: all or nothing.
 */
#define FHIR_TYPE_TRANSACTION (fhir_transaction_get_type ())
G_DECLARE_FINAL_TYPE (FhirTransaction, fhir_transaction, FHIR, TRANSACTION, GObject)

FhirTransaction *fhir_transaction_new (void);

/* Adds a POST; returns the "urn:uuid:..." by which other entries may refer to it (borrowed).
 * @if_none_exist: search text behind the "?", or NULL. */
const char *fhir_transaction_create (FhirTransaction *self, JsonObject *resource, const char *if_none_exist);
/* Adds a PUT of @resource, which carries its id; @if_match: ETag or NULL. */
void fhir_transaction_update (FhirTransaction *self, JsonObject *resource, const char *if_match);
/* Adds a PATCH with a JSON Patch. */
void fhir_transaction_patch (FhirTransaction *self, const char *reference, JsonArray *patch, const char *if_match);
void fhir_transaction_delete (FhirTransaction *self, const char *reference, const char *if_match);
/* Adds a GET, so that the reply carries the state inside of the transaction. */
void fhir_transaction_search (FhirTransaction *self, FhirSearch *search);
guint fhir_transaction_get_n_entries (FhirTransaction *self);
/* Whether it may be sent twice without a look: it holds conditional creates and reads only. */
gboolean fhir_transaction_is_repeatable (FhirTransaction *self);
JsonObject *fhir_transaction_to_json (FhirTransaction *self); /* (transfer full) */

G_END_DECLS
