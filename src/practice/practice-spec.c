/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-spec"

#include "practice-spec-tables.h"

#include <string.h>

/**
 * practice_spec_find_type:
 * @name: a name
 *
 * Returns: (nullable): the resource type of that name, abstract ones excluded
 */
const PracticeSpecType *
practice_spec_find_type (const char *name)
{
  guint low = 0, high = practice_spec_n_types;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (name, practice_spec_types[middle].name);

      if (order == 0)
        return &practice_spec_types[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

/**
 * practice_spec_find_node:
 * @path: a data type, or the path of a backbone element such as "Patient.contact"
 *
 * Returns: (nullable): the object of that path
 */
const PracticeSpecNode *
practice_spec_find_node (const char *path)
{
  guint low = 0, high = practice_spec_n_nodes;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (path, practice_spec_text (practice_spec_nodes[middle].path));

      if (order == 0)
        return &practice_spec_nodes[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

/**
 * practice_spec_find_member:
 * @node: an object of the definitions
 * @name: name of a member in JSON
 *
 * Returns: (nullable): what the definitions say of that member
 */
const PracticeSpecMember *
practice_spec_find_member (const PracticeSpecNode *node, const char *name)
{
  const PracticeSpecMember *members = practice_spec_members + node->first_member;
  guint low = 0, high = node->n_members;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (name, practice_spec_text (members[middle].name));

      if (order == 0)
        return &members[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

/**
 * practice_spec_list_contains:
 * @list: a list of codes or target types
 * @values: the table that the list is a part of
 * @text: what to look for
 *
 * Returns: whether @text is in the list
 */
gboolean
practice_spec_list_contains (const PracticeSpecList *list, const guint32 *values, const char *text)
{
  guint low = list->first, high = list->first + list->n_values;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (text, practice_spec_text (values[middle]));

      if (order == 0)
        return TRUE;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return FALSE;
}

/**
 * practice_spec_is_resource_type:
 * @type: a name
 *
 * Returns: whether FHIR R4 has a (not abstract) resource type of that name
 */
gboolean
practice_spec_is_resource_type (const char *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  return practice_spec_find_type (type) != NULL;
}

/**
 * practice_spec_get_resource_types:
 *
 * Returns: (array zero-terminated=1): the names of all resource types, in byte order
 */
const char *const *
practice_spec_get_resource_types (void)
{
  return practice_spec_type_names;
}

static int
compare_param (const PracticeSearchParam *param, const char *base, const char *code)
{
  int order = strcmp (param->base, base);

  return order != 0 ? order : strcmp (param->code, code);
}

/* The first row that is not before (@base, @code). */
static guint
lower_bound (const char *base, const char *code)
{
  guint low = 0, high = practice_spec_n_params;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (compare_param (&practice_spec_params[middle], base, code) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static const PracticeSearchParam *
find_of_base (const char *base, const char *code)
{
  guint at = lower_bound (base, code);

  if (at == practice_spec_n_params || compare_param (&practice_spec_params[at], base, code) != 0)
    return NULL;

  return &practice_spec_params[at];
}

/**
 * practice_spec_find_param:
 * @type: a resource type, or "Resource" for what all types have
 * @code: name of a search parameter
 *
 * Looks a search parameter up, among those of the type first and then among those of DomainResource and Resource.
 *
 * Returns: (nullable): the parameter
 */
const PracticeSearchParam *
practice_spec_find_param (const char *type, const char *code)
{
  const PracticeSearchParam *param;
  const PracticeSpecType *known;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  param = find_of_base (type, code);
  if (param != NULL)
    return param;

  known = practice_spec_find_type (type);
  if (known != NULL && known->domain)
    param = find_of_base ("DomainResource", code);

  return param != NULL ? param : find_of_base ("Resource", code);
}

static void
append_base (GPtrArray *params, const char *base)
{
  for (guint i = lower_bound (base, ""); i < practice_spec_n_params; i++)
    {
      const PracticeSearchParam *param = &practice_spec_params[i];

      if (strcmp (param->base, base) != 0)
        break;
      if (param->indexed)
        g_ptr_array_add (params, (gpointer) param);
    }
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  const PracticeSearchParam *const *first = a;
  const PracticeSearchParam *const *second = b;

  return strcmp ((*first)->code, (*second)->code);
}

/**
 * practice_spec_list_params:
 * @type: a resource type
 *
 * Returns: (transfer container) (element-type PracticeSearchParam): the indexed parameters of the type in order of
 *   code, those of DomainResource and Resource included
 */
GPtrArray *
practice_spec_list_params (const char *type)
{
  GPtrArray *params = g_ptr_array_new ();
  const PracticeSpecType *known;

  g_return_val_if_fail (type != NULL, params);

  known = practice_spec_find_type (type);
  append_base (params, type);
  if (known != NULL && known->domain)
    append_base (params, "DomainResource");
  if (strcmp (type, "Resource") != 0)
    append_base (params, "Resource");
  g_ptr_array_sort (params, compare_codes);

  return params;
}

/**
 * practice_spec_get_checksum:
 *
 * Returns: a hash of the compiled tables; another one means that the numbers of the search parameters may be others
 */
const char *
practice_spec_get_checksum (void)
{
  return practice_spec_checksum;
}
