/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define FHIR_TYPE_RESOURCE (fhir_resource_get_type ())
G_DECLARE_FINAL_TYPE (FhirResource, fhir_resource, FHIR, RESOURCE, GObject)

/**
 * FhirResource:
 *
 * One version of one resource as the server gave it; immutable. To change one, take fhir_resource_dup_json(), edit
 * the copy and send it with the version of the original.
 */
FhirResource *fhir_resource_new (JsonObject *json);           /* takes its own reference; the object is sealed */
FhirResource *fhir_resource_new_with_etag (JsonObject *json, const char *etag);

JsonObject *fhir_resource_get_json (FhirResource *self);      /* borrowed, sealed */
JsonObject *fhir_resource_dup_json (FhirResource *self);      /* deep copy, to edit */
const char *fhir_resource_get_resource_type (FhirResource *self);
const char *fhir_resource_get_id (FhirResource *self);
const char *fhir_resource_get_version_id (FhirResource *self); /* of meta or of the ETag; NULL when unknown */
const char *fhir_resource_get_reference (FhirResource *self);  /* "Patient/12" */
/* (transfer full): W/"3", or NULL when the version is unknown */
char *fhir_resource_dup_if_match (FhirResource *self);

/* Look-ups by path: members by name, array items by index, "name.0.given.1". NULL, @fallback or 0 when absent or of
 * another type. Borrowed. */
const char *fhir_json_get_string (JsonObject *object, const char *path);
gint64 fhir_json_get_int (JsonObject *object, const char *path, gint64 fallback);
gboolean fhir_json_get_boolean (JsonObject *object, const char *path, gboolean fallback);
JsonObject *fhir_json_get_object (JsonObject *object, const char *path);
JsonArray *fhir_json_get_array (JsonObject *object, const char *path);
guint fhir_json_get_length (JsonObject *object, const char *path);
/* First identifier value of @system (NULL: of any), of a resource with identifier 0..*. */
const char *fhir_json_get_identifier (JsonObject *object, const char *system);
/* First extension with @url; NULL when there is none. */
JsonObject *fhir_json_get_extension (JsonObject *object, const char *url);
/* "Patient/12" of "http://host/fhir/Patient/12/_history/3" as well: (transfer full), NULL when not a literal reference. */
char *fhir_reference_dup_relative (const char *reference);
/* The id of a reference to @type, or NULL: (transfer full). */
char *fhir_reference_dup_id (const char *reference, const char *type);

G_END_DECLS
