/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-json.h"

#include <string.h>

#include "fhir-resource.h"

/* No element of FHIR R4 has a longer name. */
#define MAX_SEGMENT 63

/* One step down: a member of an object, or an item of an array by its index. */
static JsonNode *
step (JsonNode *node, const char *segment)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), segment);

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint64 index;

      if (g_ascii_string_to_unsigned (segment, 10, 0, G_MAXUINT, &index, NULL) && index < json_array_get_length (array))
        return json_array_get_element (array, (guint) index);
    }

  return NULL;
}

/* The node at @path, or NULL. */
static JsonNode *
lookup (JsonObject *object, const char *path)
{
  JsonNode *node = NULL;
  char segment[MAX_SEGMENT + 1];

  g_return_val_if_fail (path != NULL, NULL);

  while (object != NULL)
    {
      const char *dot = strchrnul (path, '.');
      gsize length = (gsize) (dot - path);

      if (length > MAX_SEGMENT)
        return NULL;
      memcpy (segment, path, length);
      segment[length] = '\0';

      node = node == NULL ? json_object_get_member (object, segment) : step (node, segment);
      if (node == NULL || *dot == '\0')
        return node;
      path = dot + 1;
    }

  return NULL;
}

/* A node at @path that holds a value of @type, or NULL. */
static JsonNode *
lookup_value (JsonObject *object, const char *path, GType type)
{
  JsonNode *node = lookup (object, path);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;

  return node;
}

/**
 * fhir_json_get_string:
 * @object: (nullable): an object
 * @path: path such as "name.0.family"
 *
 * Returns: (nullable): the text there, borrowed
 */
const char *
fhir_json_get_string (JsonObject *object, const char *path)
{
  JsonNode *node = lookup_value (object, path, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * fhir_json_get_int:
 * @object: (nullable): an object
 * @path: path such as "minutesDuration"
 * @fallback: what to return when there is no integer
 *
 * Returns: the number there, or @fallback
 */
gint64
fhir_json_get_int (JsonObject *object, const char *path, gint64 fallback)
{
  JsonNode *node = lookup_value (object, path, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}

/**
 * fhir_json_get_boolean:
 * @object: (nullable): an object
 * @path: path such as "active"
 * @fallback: what to return when there is no boolean
 *
 * Returns: the boolean there, or @fallback
 */
gboolean
fhir_json_get_boolean (JsonObject *object, const char *path, gboolean fallback)
{
  JsonNode *node = lookup_value (object, path, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

/**
 * fhir_json_get_object:
 * @object: (nullable): an object
 * @path: path such as "participant.0.actor"
 *
 * Returns: (nullable): the object there, borrowed
 */
JsonObject *
fhir_json_get_object (JsonObject *object, const char *path)
{
  JsonNode *node = lookup (object, path);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * fhir_json_get_array:
 * @object: (nullable): an object
 * @path: path such as "participant"
 *
 * Returns: (nullable): the array there, borrowed
 */
JsonArray *
fhir_json_get_array (JsonObject *object, const char *path)
{
  JsonNode *node = lookup (object, path);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * fhir_json_get_length:
 * @object: (nullable): an object
 * @path: path of an array
 *
 * Returns: how many items it has; 0 when there is no array
 */
guint
fhir_json_get_length (JsonObject *object, const char *path)
{
  JsonArray *array = fhir_json_get_array (object, path);

  return array != NULL ? json_array_get_length (array) : 0;
}

/* The object at @index of @array; NULL when it is something else. */
static JsonObject *
peek_item (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * fhir_json_get_identifier:
 * @object: (nullable): a resource with identifiers
 * @system: (nullable): their system; %NULL takes the first of any
 *
 * Returns: (nullable): the value of the first that fits, borrowed
 */
const char *
fhir_json_get_identifier (JsonObject *object, const char *system)
{
  JsonArray *identifiers = fhir_json_get_array (object, "identifier");

  for (guint i = 0; identifiers != NULL && i < json_array_get_length (identifiers); i++)
    {
      JsonObject *identifier = peek_item (identifiers, i);
      const char *value = fhir_json_get_string (identifier, "value");

      if (value != NULL && (system == NULL || g_strcmp0 (fhir_json_get_string (identifier, "system"), system) == 0))
        return value;
    }

  return NULL;
}

/**
 * fhir_json_get_extension:
 * @object: (nullable): an element
 * @url: which extension
 *
 * Returns: (nullable): the first of them, borrowed
 */
JsonObject *
fhir_json_get_extension (JsonObject *object, const char *url)
{
  JsonArray *extensions = fhir_json_get_array (object, "extension");

  for (guint i = 0; extensions != NULL && i < json_array_get_length (extensions); i++)
    {
      JsonObject *extension = peek_item (extensions, i);

      if (g_strcmp0 (fhir_json_get_string (extension, "url"), url) == 0)
        return extension;
    }

  return NULL;
}

/* json_node_copy() would hand on the seal of a scalar. */
static JsonNode *
dup_scalar (JsonNode *node)
{
  JsonNode *copy = json_node_new (json_node_get_node_type (node));
  g_auto (GValue) value = G_VALUE_INIT;

  if (JSON_NODE_HOLDS_VALUE (node))
    {
      json_node_get_value (node, &value);
      json_node_set_value (copy, &value);
    }

  return copy;
}

static JsonNode *
dup_node (JsonNode *node)
{
  JsonNode *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, fhir_json_dup_object (json_node_get_object (node)));
      return copy;
    }

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *from = json_node_get_array (node);
      JsonArray *to = json_array_sized_new (json_array_get_length (from));

      for (guint i = 0; i < json_array_get_length (from); i++)
        json_array_add_element (to, dup_node (json_array_get_element (from, i)));
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, to);
      return copy;
    }

  return dup_scalar (node);
}

/**
 * fhir_json_dup_object:
 * @object: an object, sealed or not
 *
 * Returns: (transfer full): a deep copy that can be edited
 */
JsonObject *
fhir_json_dup_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, dup_node (node));

  return copy;
}

/**
 * fhir_json_to_text:
 * @object: an object
 *
 * Returns: (transfer full): it as compact JSON
 */
char *
fhir_json_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}
