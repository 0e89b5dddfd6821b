/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-change.h"

#include "base/rcp-iso8601.h"

#include <string.h>

void
rcp_change_free (RcpChange *self)
{
  g_free (self->type);
  g_free (self->id);
  g_free (self->version);
  g_clear_object (&self->resource);
  g_free (self);
}

static void
read_resource (RcpChange *self, JsonObject *json)
{
  const char *updated = fhir_json_get_string (json, "meta.lastUpdated");

  self->resource = fhir_resource_new (json);
  self->type = g_strdup (fhir_resource_get_resource_type (self->resource));
  self->id = g_strdup (fhir_resource_get_id (self->resource));
  self->version = g_strdup (fhir_resource_get_version_id (self->resource));
  if (updated == NULL || !rcp_iso8601_parse_instant (updated, &self->updated))
    self->updated = G_MININT64;
}

/* Of what was deleted a history tells only where it was: "Slot/1", relative or absolute. */
static void
read_deletion (RcpChange *self, JsonObject *entry)
{
  const char *url = fhir_json_get_string (entry, "request.url");
  const char *updated = fhir_json_get_string (entry, "response.lastModified");
  g_autofree char *reference = NULL;
  char *slash;

  if (url == NULL)
    url = fhir_json_get_string (entry, "fullUrl");
  reference = fhir_reference_dup_relative (url);
  slash = reference != NULL ? strchr (reference, '/') : NULL;
  if (slash != NULL)
    {
      self->type = g_strndup (reference, slash - reference);
      self->id = g_strdup (slash + 1);
    }
  self->is_deleted = TRUE;
  self->version = g_strdup (fhir_json_get_string (entry, "response.etag"));
  if (updated == NULL || !rcp_iso8601_parse_instant (updated, &self->updated))
    self->updated = G_MININT64;
}

GPtrArray *
rcp_changes_from_bundle (JsonObject *bundle)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_change_free);
  JsonArray *entries = fhir_json_get_array (bundle, "entry");

  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonNode *node = json_array_get_element (entries, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonObject *json = fhir_json_get_object (entry, "resource");
      g_autoptr (RcpChange) change = g_new0 (RcpChange, 1);

      if (g_strcmp0 (fhir_json_get_string (entry, "search.mode"), "outcome") == 0)
        continue;
      if (json != NULL && g_strcmp0 (fhir_json_get_string (entry, "request.method"), "DELETE") != 0)
        read_resource (change, json);
      else
        read_deletion (change, entry);
      if (change->type != NULL && change->id != NULL)
        g_ptr_array_add (changes, g_steal_pointer (&change));
    }

  return changes;
}

char *
rcp_change_dup_key (const RcpChange *self)
{
  return g_strdup_printf ("%s/%s/%s/%d", self->type, self->id, self->version != NULL ? self->version : "",
                          self->is_deleted);
}
