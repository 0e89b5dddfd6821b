/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir-bundle.h"

G_BEGIN_DECLS

void fhir_bundle_set_search_type (FhirBundle *self, const char *type);
gboolean fhir_bundle_join (FhirBundle *self, FhirBundle *page, guint limit);

G_END_DECLS
