/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "config.h"

#include "practice-engine-private.h"

#include <string.h>

#include "base/rcp-iso8601.h"
#include "practice-operations.h"

static const char *const param_types[] = {
  [PRACTICE_SEARCH_NUMBER] = "number",       [PRACTICE_SEARCH_DATE] = "date",
  [PRACTICE_SEARCH_STRING] = "string",       [PRACTICE_SEARCH_TOKEN] = "token",
  [PRACTICE_SEARCH_REFERENCE] = "reference", [PRACTICE_SEARCH_COMPOSITE] = "composite",
  [PRACTICE_SEARCH_QUANTITY] = "quantity",   [PRACTICE_SEARCH_URI] = "uri",
  [PRACTICE_SEARCH_SPECIAL] = "special",
};

static void
set_string (PracticeJson *object, const char *name, const char *value)
{
  json_object_object_add (object, name, json_object_new_string (value));
}

/* [{"code": ..}, ..] */
static PracticeJson *
make_codes (const char *const *codes)
{
  PracticeJson *array = json_object_new_array ();

  for (guint i = 0; codes[i] != NULL; i++)
    {
      PracticeJson *item = json_object_new_object ();

      set_string (item, "code", codes[i]);
      json_object_array_add (array, item);
    }

  return array;
}

static PracticeJson *
make_params (const char *type, PracticeJson *includes)
{
  g_autoptr (GPtrArray) params = practice_spec_list_params (type);
  PracticeJson *array = json_object_new_array ();

  for (guint i = 0; i < params->len; i++)
    {
      const PracticeSearchParam *param = params->pdata[i];
      PracticeJson *item;

      if (!param->indexed || param->type == PRACTICE_SEARCH_COMPOSITE || param->type == PRACTICE_SEARCH_SPECIAL)
        continue;
      item = json_object_new_object ();
      set_string (item, "name", param->code);
      set_string (item, "definition", param->url);
      set_string (item, "type", param_types[param->type]);
      json_object_array_add (array, item);
      if (param->type == PRACTICE_SEARCH_REFERENCE)
        {
          g_autofree char *include = g_strdup_printf ("%s:%s", type, param->code);

          json_object_array_add (includes, json_object_new_string (include));
        }
    }

  return array;
}

static PracticeJson *
make_operations (const char *type)
{
  PracticeJson *array = json_object_new_array ();

  for (guint i = 0; practice_operations[i].name != NULL; i++)
    {
      PracticeJson *item;

      if (strcmp (practice_operations[i].type, type) != 0)
        continue;
      item = json_object_new_object ();
      set_string (item, "name", practice_operations[i].name);
      set_string (item, "definition", practice_operations[i].definition);
      json_object_array_add (array, item);
    }

  return array;
}

static PracticeJson *
make_resource (const char *type)
{
  static const char *const interactions[] = {
    "read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create", "search-type", NULL,
  };
  static const char *const policies[] = { "literal", "local", NULL };
  PracticeJson *resource = json_object_new_object ();
  PracticeJson *includes = json_object_new_array ();
  PracticeJson *params = make_params (type, includes);
  PracticeJson *operations = make_operations (type);
  PracticeJson *reference_policy = json_object_new_array ();

  for (guint i = 0; policies[i] != NULL; i++)
    json_object_array_add (reference_policy, json_object_new_string (policies[i]));
  set_string (resource, "type", type);
  json_object_object_add (resource, "interaction", make_codes (interactions));
  set_string (resource, "versioning", "versioned-update");
  json_object_object_add (resource, "readHistory", json_object_new_boolean (TRUE));
  json_object_object_add (resource, "updateCreate", json_object_new_boolean (TRUE));
  json_object_object_add (resource, "conditionalCreate", json_object_new_boolean (TRUE));
  set_string (resource, "conditionalRead", "full-support");
  json_object_object_add (resource, "conditionalUpdate", json_object_new_boolean (TRUE));
  set_string (resource, "conditionalDelete", "single");
  json_object_object_add (resource, "referencePolicy", reference_policy);
  if (json_object_array_length (includes) > 0)
    json_object_object_add (resource, "searchInclude", includes);
  else
    json_object_put (includes);
  json_object_object_add (resource, "searchParam", params);
  if (json_object_array_length (operations) > 0)
    json_object_object_add (resource, "operation", operations);
  else
    json_object_put (operations);
  return resource;
}

static PracticeJson *
make_rest (void)
{
  static const char *const interactions[] = { "transaction", "batch", "history-system", NULL };
  const char *const *types = practice_spec_get_resource_types ();
  PracticeJson *array = json_object_new_array ();
  PracticeJson *rest = json_object_new_object ();
  PracticeJson *resources = json_object_new_array ();

  for (guint i = 0; types[i] != NULL; i++)
    json_object_array_add (resources, make_resource (types[i]));
  set_string (rest, "mode", "server");
  json_object_object_add (rest, "resource", resources);
  json_object_object_add (rest, "interaction", make_codes (interactions));
  json_object_array_add (array, rest);
  return array;
}

/**
 * practice_capability_new:
 *
 * Returns: (transfer full): the CapabilityStatement, made from the compiled definitions and the tables that the engine
 *   itself works by
 */
PracticeJson *
practice_capability_new (PracticeStore *store, const char *base_url, gint64 now)
{
  g_autofree char *date = rcp_iso8601_format_utc (now);
  PracticeJson *statement = json_object_new_object ();
  PracticeJson *software = json_object_new_object ();
  PracticeJson *implementation = json_object_new_object ();
  PracticeJson *formats = json_object_new_array ();
  PracticeJson *patch_formats = json_object_new_array ();

  set_string (statement, "resourceType", "CapabilityStatement");
  set_string (statement, "status", "active");
  set_string (statement, "date", date);
  set_string (statement, "kind", "instance");
  set_string (software, "name", "reception-practice");
  set_string (software, "version", PACKAGE_VERSION);
  json_object_object_add (statement, "software", software);
  set_string (implementation, "description", "The embedded record of Reception");
  if (base_url != NULL)
    set_string (implementation, "url", base_url);
  json_object_object_add (statement, "implementation", implementation);
  set_string (statement, "fhirVersion", "4.0.1");
  json_object_array_add (formats, json_object_new_string ("application/fhir+json"));
  json_object_array_add (formats, json_object_new_string ("json"));
  json_object_object_add (statement, "format", formats);
  json_object_array_add (patch_formats, json_object_new_string ("application/json-patch+json"));
  json_object_object_add (statement, "patchFormat", patch_formats);
  json_object_object_add (statement, "rest", make_rest ());
  return statement;
}
