/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "fhir-error.h"

G_BEGIN_DECLS

GError *fhir_outcome_to_error (guint status, JsonObject *outcome);
GError *fhir_outcome_from_transport (const GError *error);

G_END_DECLS
