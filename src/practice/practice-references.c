/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-references"

#include "practice-spec-tables.h"

typedef struct
{
  PracticeReferenceFunc func;
  gpointer user_data;
} Mapper;

static void map_resource (const Mapper *mapper, PracticeJson *resource);
static void map_object (const Mapper *mapper, const PracticeSpecNode *node, PracticeJson *object);

static void
map_reference (const Mapper *mapper, PracticeJson *reference)
{
  const char *text = practice_json_get_string (reference, "reference");
  g_autofree char *replaced = text != NULL ? mapper->func (text, mapper->user_data) : NULL;

  if (replaced != NULL)
    json_object_object_add (reference, "reference", json_object_new_string (replaced));
}

static void
map_value (const Mapper *mapper, const PracticeSpecMember *member, PracticeJson *value)
{
  if (json_object_is_type (value, json_type_array))
    {
      for (gsize i = 0; i < json_object_array_length (value); i++)
        map_value (mapper, member, json_object_array_get_idx (value, i));
      return;
    }
  if (!json_object_is_type (value, json_type_object))
    return;

  if (member->type == PRACTICE_TYPE_RESOURCE)
    {
      map_resource (mapper, value);
      return;
    }
  if (member->type == PRACTICE_TYPE_REFERENCE)
    map_reference (mapper, value);
  map_object (mapper, &practice_spec_nodes[member->node], value);
}

/* Extensions of a primitive may hold references as well. */
static void
map_sibling (const Mapper *mapper, const PracticeSpecNode *element, PracticeJson *value)
{
  if (json_object_is_type (value, json_type_object))
    map_object (mapper, element, value);
  else if (json_object_is_type (value, json_type_array))
    for (gsize i = 0; i < json_object_array_length (value); i++)
      map_sibling (mapper, element, json_object_array_get_idx (value, i));
}

static void
map_object (const Mapper *mapper, const PracticeSpecNode *node, PracticeJson *object)
{
  json_object_object_foreach (object, name, value)
    {
      const PracticeSpecMember *member;

      if (!json_object_is_type (value, json_type_object) && !json_object_is_type (value, json_type_array))
        continue;
      if (*name == '_')
        {
          map_sibling (mapper, practice_spec_find_node ("Element"), value);
          continue;
        }
      member = practice_spec_find_member (node, name);
      if (member != NULL && !PRACTICE_TYPE_IS_PRIMITIVE (member->type))
        map_value (mapper, member, value);
    }
}

static void
map_resource (const Mapper *mapper, PracticeJson *resource)
{
  const char *name = practice_json_get_string (resource, "resourceType");
  const PracticeSpecType *type = name != NULL ? practice_spec_find_type (name) : NULL;

  if (type != NULL)
    map_object (mapper, &practice_spec_nodes[type->node], resource);
}

/**
 * practice_spec_map_references:
 * @resource: a resource, changed in place
 * @func: called with each literal reference; gives the new one (transfer full) or NULL to leave it
 * @user_data: for @func
 *
 * Goes through all values of type Reference at any depth, those of contained resources, of the resources in a Bundle
 * and of extensions included.
 */
void
practice_spec_map_references (PracticeJson *resource, PracticeReferenceFunc func, gpointer user_data)
{
  const Mapper mapper = { func, user_data };

  g_return_if_fail (func != NULL);

  map_resource (&mapper, resource);
}
