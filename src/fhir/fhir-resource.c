/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-resource.h"

#include <string.h>

#include "fhir-json.h"

struct _FhirResource
{
  GObject parent_instance;

  JsonObject *json;
  char *version_id;
  char *reference;
};

G_DEFINE_FINAL_TYPE (FhirResource, fhir_resource, G_TYPE_OBJECT)

static void
fhir_resource_finalize (GObject *object)
{
  FhirResource *self = FHIR_RESOURCE (object);

  json_object_unref (self->json);
  g_free (self->version_id);
  g_free (self->reference);

  G_OBJECT_CLASS (fhir_resource_parent_class)->finalize (object);
}

static void
fhir_resource_class_init (FhirResourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fhir_resource_finalize;
}

static void
fhir_resource_init (FhirResource *self)
{
}

/* The version inside of W/"3" or "3"; NULL when it is neither. */
static char *
version_of_etag (const char *etag)
{
  const char *open, *close;

  if (etag == NULL || (open = strchr (etag, '"')) == NULL)
    return NULL;

  close = strchr (open + 1, '"');
  return close != NULL && close > open + 1 ? g_strndup (open + 1, (gsize) (close - open - 1)) : NULL;
}

/**
 * fhir_resource_new:
 * @json: a resource; it is sealed and must not be edited afterwards
 *
 * Returns: (transfer full): the resource
 */
FhirResource *
fhir_resource_new (JsonObject *json)
{
  return fhir_resource_new_with_etag (json, NULL);
}

/**
 * fhir_resource_new_with_etag:
 * @json: a resource; it is sealed and must not be edited afterwards
 * @etag: (nullable): ETag of the reply, for servers that leave meta.versionId out
 *
 * Returns: (transfer full): the resource
 */
FhirResource *
fhir_resource_new_with_etag (JsonObject *json, const char *etag)
{
  FhirResource *self;
  const char *type, *id, *version;

  g_return_val_if_fail (json != NULL, NULL);

  self = g_object_new (FHIR_TYPE_RESOURCE, NULL);
  if (!json_object_is_immutable (json))
    json_object_seal (json);
  self->json = json_object_ref (json);

  version = fhir_json_get_string (json, "meta.versionId");
  self->version_id = version != NULL ? g_strdup (version) : version_of_etag (etag);

  type = fhir_resource_get_resource_type (self);
  id = fhir_resource_get_id (self);
  if (type != NULL && id != NULL)
    self->reference = g_strconcat (type, "/", id, NULL);

  return self;
}

/**
 * fhir_resource_get_json:
 * @self: a resource
 *
 * Returns: (transfer none): its JSON, sealed
 */
JsonObject *
fhir_resource_get_json (FhirResource *self)
{
  g_return_val_if_fail (FHIR_IS_RESOURCE (self), NULL);

  return self->json;
}

/**
 * fhir_resource_dup_json:
 * @self: a resource
 *
 * Returns: (transfer full): a deep copy, to edit
 */
JsonObject *
fhir_resource_dup_json (FhirResource *self)
{
  g_return_val_if_fail (FHIR_IS_RESOURCE (self), NULL);

  return fhir_json_dup_object (self->json);
}

/**
 * fhir_resource_get_resource_type:
 * @self: a resource
 *
 * Returns: (nullable): "Patient" and the like
 */
const char *
fhir_resource_get_resource_type (FhirResource *self)
{
  g_return_val_if_fail (FHIR_IS_RESOURCE (self), NULL);

  return fhir_json_get_string (self->json, "resourceType");
}

/**
 * fhir_resource_get_id:
 * @self: a resource
 *
 * Returns: (nullable): its logical id
 */
const char *
fhir_resource_get_id (FhirResource *self)
{
  g_return_val_if_fail (FHIR_IS_RESOURCE (self), NULL);

  return fhir_json_get_string (self->json, "id");
}

/**
 * fhir_resource_get_version_id:
 * @self: a resource
 *
 * An opaque text: some servers count, others use UUIDs.
 *
 * Returns: (nullable): the version
 */
const char *
fhir_resource_get_version_id (FhirResource *self)
{
  g_return_val_if_fail (FHIR_IS_RESOURCE (self), NULL);

  return self->version_id;
}

/**
 * fhir_resource_get_reference:
 * @self: a resource
 *
 * Returns: (nullable): "Patient/12"
 */
const char *
fhir_resource_get_reference (FhirResource *self)
{
  g_return_val_if_fail (FHIR_IS_RESOURCE (self), NULL);

  return self->reference;
}

/**
 * fhir_resource_dup_if_match:
 * @self: a resource
 *
 * Returns: (transfer full) (nullable): the weak ETag of this version, W/"3"
 */
char *
fhir_resource_dup_if_match (FhirResource *self)
{
  g_return_val_if_fail (FHIR_IS_RESOURCE (self), NULL);

  return self->version_id != NULL ? g_strdup_printf ("W/\"%s\"", self->version_id) : NULL;
}
