/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-capabilities.h"

struct _FhirCapabilities
{
  GObject parent_instance;

  JsonObject *statement;
  JsonObject *rest;      /* borrowed from statement; NULL when it has no server side */
  GHashTable *resources; /* type, borrowed -> JsonObject, borrowed */
};

G_DEFINE_FINAL_TYPE (FhirCapabilities, fhir_capabilities, G_TYPE_OBJECT)

static void
fhir_capabilities_finalize (GObject *object)
{
  FhirCapabilities *self = FHIR_CAPABILITIES (object);

  g_hash_table_unref (self->resources);
  json_object_unref (self->statement);

  G_OBJECT_CLASS (fhir_capabilities_parent_class)->finalize (object);
}

static void
fhir_capabilities_class_init (FhirCapabilitiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fhir_capabilities_finalize;
}

static void
fhir_capabilities_init (FhirCapabilities *self)
{
  self->resources = g_hash_table_new (g_str_hash, g_str_equal);
}

/* The object at @index of the array @member; NULL when it is something else. */
static JsonObject *
peek_item (JsonObject *object, const char *member, guint index)
{
  JsonArray *array = fhir_json_get_array (object, member);
  JsonNode *node = array != NULL && index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The item of the array @member whose @key is @value. */
static JsonObject *
find_item (JsonObject *object, const char *member, const char *key, const char *value)
{
  for (guint i = 0; i < fhir_json_get_length (object, member); i++)
    {
      JsonObject *item = peek_item (object, member, i);

      if (item != NULL && g_strcmp0 (fhir_json_get_string (item, key), value) == 0)
        return item;
    }

  return NULL;
}

/**
 * fhir_capabilities_new:
 * @statement: a CapabilityStatement; it is sealed
 *
 * Returns: (transfer full): what it says
 */
FhirCapabilities *
fhir_capabilities_new (JsonObject *statement)
{
  FhirCapabilities *self;

  g_return_val_if_fail (statement != NULL, NULL);

  self = g_object_new (FHIR_TYPE_CAPABILITIES, NULL);
  if (!json_object_is_immutable (statement))
    json_object_seal (statement);
  self->statement = json_object_ref (statement);
  self->rest = find_item (statement, "rest", "mode", "server");

  for (guint i = 0; i < fhir_json_get_length (self->rest, "resource"); i++)
    {
      JsonObject *resource = peek_item (self->rest, "resource", i);
      const char *type = fhir_json_get_string (resource, "type");

      if (type != NULL)
        g_hash_table_insert (self->resources, (gpointer) type, resource);
    }

  return self;
}

/* What is said of @type; of the whole server when @type is NULL. */
static JsonObject *
peek_resource (FhirCapabilities *self, const char *type)
{
  return type != NULL ? g_hash_table_lookup (self->resources, type) : self->rest;
}

const char *
fhir_capabilities_get_fhir_version (FhirCapabilities *self)
{
  g_return_val_if_fail (FHIR_IS_CAPABILITIES (self), NULL);

  return fhir_json_get_string (self->statement, "fhirVersion");
}

const char *
fhir_capabilities_get_software (FhirCapabilities *self)
{
  g_return_val_if_fail (FHIR_IS_CAPABILITIES (self), NULL);

  return fhir_json_get_string (self->statement, "software.name");
}

gboolean
fhir_capabilities_has_transactions (FhirCapabilities *self)
{
  return fhir_capabilities_has_interaction (self, NULL, "transaction");
}

/**
 * fhir_capabilities_has_interaction:
 * @self: capabilities
 * @type: (nullable): a resource type; %NULL asks for interactions of the whole system
 * @interaction: code such as "update" or "transaction"
 *
 * Returns: whether the server promises it
 */
gboolean
fhir_capabilities_has_interaction (FhirCapabilities *self, const char *type, const char *interaction)
{
  g_return_val_if_fail (FHIR_IS_CAPABILITIES (self), FALSE);

  return find_item (peek_resource (self, type), "interaction", "code", interaction) != NULL;
}

/**
 * fhir_capabilities_has_search_param:
 * @self: capabilities
 * @type: a resource type
 * @param: name without modifier; those of all types ("_lastUpdated") may be named once for the whole server
 *
 * Returns: whether the server promises it
 */
gboolean
fhir_capabilities_has_search_param (FhirCapabilities *self, const char *type, const char *param)
{
  g_return_val_if_fail (FHIR_IS_CAPABILITIES (self), FALSE);

  return find_item (peek_resource (self, type), "searchParam", "name", param) != NULL
         || (peek_resource (self, type) != NULL && find_item (self->rest, "searchParam", "name", param) != NULL);
}

/**
 * fhir_capabilities_has_revinclude:
 * @self: capabilities
 * @type: the type that is searched
 * @source: the type that refers to it
 * @param: by which search parameter of @source
 *
 * Returns: whether `_revinclude=source:param` is worth asking for
 */
gboolean
fhir_capabilities_has_revinclude (FhirCapabilities *self, const char *type, const char *source, const char *param)
{
  g_autofree char *wanted = g_strconcat (source, ":", param, NULL);
  JsonArray *listed;

  g_return_val_if_fail (FHIR_IS_CAPABILITIES (self), FALSE);

  listed = fhir_json_get_array (peek_resource (self, type), "searchRevInclude");
  if (listed == NULL)
    return fhir_capabilities_has_search_param (self, source, param);
  for (guint i = 0; i < json_array_get_length (listed); i++)
    {
      JsonNode *node = json_array_get_element (listed, i);

      if (JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (json_node_get_string (node), wanted) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * fhir_capabilities_has_operation:
 * @self: capabilities
 * @type: (nullable): a resource type; %NULL asks for operations of the whole system
 * @name: "book" or "$book"
 *
 * Returns: whether the server promises it
 */
gboolean
fhir_capabilities_has_operation (FhirCapabilities *self, const char *type, const char *name)
{
  JsonObject *resource;

  g_return_val_if_fail (FHIR_IS_CAPABILITIES (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '$')
    name++;
  resource = peek_resource (self, type);
  for (guint i = 0; i < fhir_json_get_length (resource, "operation"); i++)
    {
      const char *found = fhir_json_get_string (peek_item (resource, "operation", i), "name");

      /* Some servers write the dollar sign into the name. */
      if (found != NULL && g_strcmp0 (*found == '$' ? found + 1 : found, name) == 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
fhir_capabilities_has_conditional_create (FhirCapabilities *self, const char *type)
{
  g_return_val_if_fail (FHIR_IS_CAPABILITIES (self), FALSE);

  return fhir_json_get_boolean (peek_resource (self, type), "conditionalCreate", FALSE);
}
