/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *fhir_json_dup_object (JsonObject *object);
char *fhir_json_to_text (JsonObject *object);

G_END_DECLS
