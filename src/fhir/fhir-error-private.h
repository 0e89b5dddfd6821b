/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir-error.h"

G_BEGIN_DECLS

GError *fhir_error_new_full (FhirError code, guint http_status, const char *issue_code, const char *diagnostics,
                             const char *message);
void fhir_error_mark_outcome_unknown (GError *error);

G_END_DECLS
