/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-import"

#include "practice-import-private.h"

#include <string.h>

#include "practice/practice-search.h"

/* Bundles whose entries are what matters (transaction, batch, collection, searchset) are taken apart. A document, a
 * message, a history or a response is one thing of its own and is stored as the Bundle that it is. */

typedef struct
{
  PracticeImport *import;
  GHashTable *targets; /* fullUrl to "Type/id", of this Bundle */
  GHashTable *present; /* entries that are not to be created, for they are there already */
} Bundle;

gboolean
practice_import_takes_apart (PracticeJson *bundle)
{
  static const char *const types[] = { "transaction", "batch", "collection", "searchset", NULL };
  const char *resource_type = practice_json_get_string (bundle, "resourceType");
  const char *type = practice_json_get_string (bundle, "type");

  return g_strcmp0 (resource_type, "Bundle") == 0 && type != NULL && g_strv_contains (types, type);
}

/* The one resource that a conditional reference or create means; NULL when none or several do. */
static char *
find_match (PracticeImport *import, const char *type, const char *query)
{
  PracticeSearchContext context = { .base_url = "", .now = import->options->now, .strict = TRUE };
  g_autoptr(PracticeOutcome) outcome = practice_outcome_new ();
  g_autofree char *key = g_strconcat (type, "?", query, NULL);
  const char *known = g_hash_table_lookup (import->matches, key);
  g_autoptr(GPtrArray) ids = NULL;
  PracticeStore *store;
  char *target;

  if (known != NULL)
    return g_strdup (known);
  if (!practice_spec_is_resource_type (type))
    return NULL;
  store = practice_import_writer_lock (import->writer);
  ids = practice_search_match (store, type, query, &context, 2, outcome);
  practice_import_writer_unlock (import->writer);
  if (ids == NULL || ids->len != 1)
    return NULL;

  target = g_strconcat (type, "/", g_ptr_array_index (ids, 0), NULL);
  g_hash_table_insert (import->matches, g_steal_pointer (&key), g_strdup (target));
  return target;
}

static char *
map_reference (const char *reference, gpointer user_data)
{
  Bundle *bundle = user_data;
  const char *target = g_hash_table_lookup (bundle->targets, reference);
  const char *question;

  if (target != NULL)
    return g_strdup (target);

  question = strchr (reference, '?');
  if (question != NULL && memchr (reference, ':', question - reference) == NULL)
    {
      g_autofree char *type = g_strndup (reference, question - reference);

      return find_match (bundle->import, type, question + 1);
    }

  return NULL;
}

/* "Type/id" of a request URL, nothing else: (transfer full), NULL otherwise. */
static char *
id_of_url (const char *url, const char *type)
{
  gsize length = strlen (type);

  if (strncmp (url, type, length) != 0 || url[length] != '/' || !practice_import_is_id (url + length + 1))
    return NULL;

  return g_strdup (url + length + 1);
}

/* What the resource of an entry is to be called. A server that takes a POST gives a new id; here the same file must lead to
 * the same id each time, so the one that the file tells is kept, or else made of the content. */
static char *
choose_id (PracticeJson *entry, PracticeJson *resource, const char *type)
{
  PracticeJson *request = practice_json_get_object (entry, "request");
  const char *method = request != NULL ? practice_json_get_string (request, "method") : NULL;
  const char *url = request != NULL ? practice_json_get_string (request, "url") : NULL;
  const char *full_url = practice_json_get_string (entry, "fullUrl");
  const char *own = practice_json_get_string (resource, "id");
  const char *uuid = full_url != NULL && g_str_has_prefix (full_url, "urn:uuid:") ? full_url + 9 : NULL;

  if (g_strcmp0 (method, "PUT") == 0 && url != NULL)
    {
      char *id = id_of_url (url, type);

      if (id != NULL)
        return id;
    }
  if (g_strcmp0 (method, "POST") == 0 && uuid != NULL && practice_import_is_id (uuid))
    return g_strdup (uuid);
  if (own != NULL && practice_import_is_id (own))
    return g_strdup (own);
  if (uuid != NULL && practice_import_is_id (uuid))
    return g_strdup (uuid);

  return practice_import_make_id (resource);
}

/* Why an entry holds nothing to store, or NULL. */
static const char *
reason_to_pass (PracticeJson *entry)
{
  PracticeJson *request = practice_json_get_object (entry, "request");
  PracticeJson *search = practice_json_get_object (entry, "search");
  const char *method = request != NULL ? practice_json_get_string (request, "method") : NULL;

  if (method != NULL && !g_str_equal (method, "POST") && !g_str_equal (method, "PUT"))
    return "a request that brings no resource";
  if (search != NULL && g_strcmp0 (practice_json_get_string (search, "mode"), "outcome") == 0)
    return "a remark of the server that was searched";
  if (practice_json_get_object (entry, "resource") == NULL)
    return "no resource in it";

  return NULL;
}

/* The resource that is there already, when the entry says not to create it then. */
static char *
find_existing (PracticeImport *import, PracticeJson *entry, const char *type)
{
  PracticeJson *request = practice_json_get_object (entry, "request");
  const char *condition = request != NULL ? practice_json_get_string (request, "ifNoneExist") : NULL;

  return condition != NULL ? find_match (import, type, *condition == '?' ? condition + 1 : condition) : NULL;
}

/* Gives the resource of an entry its id and remembers what its fullUrl means. */
static void
name_entry (Bundle *bundle, PracticeJson *entry)
{
  PracticeJson *resource = practice_json_get_object (entry, "resource");
  const char *full_url = practice_json_get_string (entry, "fullUrl");
  const char *type = resource != NULL ? practice_json_get_string (resource, "resourceType") : NULL;
  g_autofree char *target = NULL;

  if (type == NULL || reason_to_pass (entry) != NULL)
    return;

  target = find_existing (bundle->import, entry, type);
  if (target != NULL)
    {
      g_hash_table_add (bundle->present, entry);
    }
  else
    {
      g_autofree char *id = choose_id (entry, resource, type);

      target = g_strconcat (type, "/", id, NULL);
      json_object_object_add (resource, "id", json_object_new_string (id));
    }
  if (full_url != NULL)
    g_hash_table_insert (bundle->targets, g_strdup (full_url), g_steal_pointer (&target));
}

static gboolean
take_entry (Bundle *bundle, PracticeJson *entry)
{
  PracticeImport *import = bundle->import;
  const char *reason = json_object_is_type (entry, json_type_object) ? reason_to_pass (entry) : "not an object";
  PracticeJson *resource;
  const char *type;

  if (reason != NULL)
    {
      practice_import_report_add (import->report, FALSE, import->file, import->line, import->entry, "%s", reason);
      return TRUE;
    }
  if (g_hash_table_contains (bundle->present, entry))
    {
      import->report->unchanged++;
      return TRUE;
    }

  resource = practice_json_get_object (entry, "resource");
  type = practice_json_get_string (resource, "resourceType");
  if (type != NULL && practice_spec_is_resource_type (type))
    practice_spec_map_references (resource, map_reference, bundle);
  /* Out of the entry, so that it is ours alone to hand on. */
  json_object_get (resource);
  json_object_object_del (entry, "resource");
  return practice_import_resource (import, resource);
}

gboolean
practice_import_bundle (PracticeImport *import, PracticeJson *json, GError **error)
{
  g_autoptr(GHashTable) targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GHashTable) present = g_hash_table_new (NULL, NULL);
  Bundle bundle = { import, targets, present };
  PracticeJson *entries = practice_json_get_array (json, "entry");
  gsize n = entries != NULL ? json_object_array_length (entries) : 0;
  gboolean ok = TRUE;

  for (gsize i = 0; i < n; i++)
    if (json_object_is_type (json_object_array_get_idx (entries, i), json_type_object))
      name_entry (&bundle, json_object_array_get_idx (entries, i));

  for (gsize i = 0; ok && i < n; i++)
    {
      import->entry = i + 1;
      ok = !g_cancellable_set_error_if_cancelled (import->cancellable, error) &&
           take_entry (&bundle, json_object_array_get_idx (entries, i));
    }

  import->entry = 0;
  return ok;
}
