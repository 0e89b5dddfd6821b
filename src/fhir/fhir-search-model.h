/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * FhirSearchModel:
 *
 * The matches of a search as a list that grows by a page whenever more is asked for.
 */
#define FHIR_TYPE_SEARCH_MODEL (fhir_search_model_get_type ())
G_DECLARE_FINAL_TYPE (FhirSearchModel, fhir_search_model, FHIR, SEARCH_MODEL, GObject)

FhirSearchModel *fhir_search_model_new (FhirClient *client, FhirSearch *search);

/* Whether there may be more; TRUE before the first page. */
gboolean fhir_search_model_has_more (FhirSearchModel *self);
/* Appends the next page; nothing where there is none. One call at a time. */
void fhir_search_model_load_more_async (FhirSearchModel *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean fhir_search_model_load_more_finish (FhirSearchModel *self, GAsyncResult *result, GError **error);

G_END_DECLS
