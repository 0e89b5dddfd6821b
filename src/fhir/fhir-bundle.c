/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-bundle.h"
#include "fhir-bundle-private.h"
#include "fhir-outcome.h"

typedef struct
{
  guint status;
  char *etag;
  char *reference;
  FhirResource *resource;
  JsonObject *outcome; /* or NULL */
} FhirResponse;

struct _FhirBundle
{
  GObject parent_instance;

  GPtrArray *matches;
  GPtrArray *includes;
  GPtrArray *responses;
  GHashTable *by_reference; /* text, borrowed from the resource -> FhirResource, borrowed */
  char *next;
  gint64 total;
};

G_DEFINE_FINAL_TYPE (FhirBundle, fhir_bundle, G_TYPE_OBJECT)

static void
response_free (gpointer data)
{
  FhirResponse *response = data;

  g_free (response->etag);
  g_free (response->reference);
  g_clear_object (&response->resource);
  g_clear_pointer (&response->outcome, json_object_unref);
  g_free (response);
}

static void
fhir_bundle_finalize (GObject *object)
{
  FhirBundle *self = FHIR_BUNDLE (object);

  g_hash_table_unref (self->by_reference);
  g_ptr_array_unref (self->matches);
  g_ptr_array_unref (self->includes);
  g_ptr_array_unref (self->responses);
  g_free (self->next);

  G_OBJECT_CLASS (fhir_bundle_parent_class)->finalize (object);
}

static void
fhir_bundle_class_init (FhirBundleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fhir_bundle_finalize;
}

static void
fhir_bundle_init (FhirBundle *self)
{
  self->matches = g_ptr_array_new_with_free_func (g_object_unref);
  self->includes = g_ptr_array_new_with_free_func (g_object_unref);
  self->responses = g_ptr_array_new_with_free_func (response_free);
  self->by_reference = g_hash_table_new (g_str_hash, g_str_equal);
  self->total = -1;
}

/* Adds @resource to @list unless the Bundle has it already: servers repeat what shifts between two pages. */
static gboolean
add_resource (FhirBundle *self, GPtrArray *list, FhirResource *resource)
{
  const char *reference = fhir_resource_get_reference (resource);

  if (reference != NULL)
    {
      if (g_hash_table_contains (self->by_reference, reference))
        return FALSE;
      g_hash_table_insert (self->by_reference, (gpointer) reference, resource);
    }

  g_ptr_array_add (list, g_object_ref (resource));
  return TRUE;
}

/* Reads the leading number of "201 Created". */
static guint
parse_status (const char *text)
{
  guint64 status = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;

  return status >= 100 && status < 600 ? (guint) status : 0;
}

static void
add_response (FhirBundle *self, JsonObject *entry, JsonObject *response)
{
  FhirResponse *added = g_new0 (FhirResponse, 1);
  JsonObject *json = fhir_json_get_object (entry, "resource");
  JsonObject *outcome = fhir_json_get_object (response, "outcome");

  added->outcome = outcome != NULL ? json_object_ref (outcome) : NULL;
  added->status = parse_status (fhir_json_get_string (response, "status"));
  added->etag = g_strdup (fhir_json_get_string (response, "etag"));
  added->reference = fhir_reference_dup_relative (fhir_json_get_string (response, "location"));
  if (json != NULL)
    {
      added->resource = fhir_resource_new_with_etag (json, added->etag);
      if (added->reference == NULL)
        added->reference = g_strdup (fhir_resource_get_reference (added->resource));
    }

  g_ptr_array_add (self->responses, added);
}

static void
add_entry (FhirBundle *self, JsonObject *entry)
{
  JsonObject *response = fhir_json_get_object (entry, "response");
  JsonObject *json = fhir_json_get_object (entry, "resource");
  const char *mode = fhir_json_get_string (entry, "search.mode");
  g_autoptr (FhirResource) resource = NULL;

  if (response != NULL)
    {
      add_response (self, entry, response);
      return;
    }

  if (json == NULL || g_strcmp0 (mode, "outcome") == 0)
    return;

  resource = fhir_resource_new (json);
  add_resource (self, g_strcmp0 (mode, "include") == 0 ? self->includes : self->matches, resource);
}

static char *
find_next (JsonObject *json)
{
  JsonArray *links = fhir_json_get_array (json, "link");

  for (guint i = 0; links != NULL && i < json_array_get_length (links); i++)
    {
      JsonNode *node = json_array_get_element (links, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (g_strcmp0 (fhir_json_get_string (item, "relation"), "next") == 0)
        return g_strdup (fhir_json_get_string (item, "url"));
    }

  return NULL;
}

/**
 * fhir_bundle_new:
 * @json: a Bundle: of a search, or the reply to a transaction
 *
 * Returns: (transfer full): what is in it
 */
FhirBundle *
fhir_bundle_new (JsonObject *json)
{
  FhirBundle *self;
  JsonArray *entries;

  g_return_val_if_fail (json != NULL, NULL);

  self = g_object_new (FHIR_TYPE_BUNDLE, NULL);
  self->total = fhir_json_get_int (json, "total", -1);
  self->next = find_next (json);

  entries = fhir_json_get_array (json, "entry");
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonNode *node = json_array_get_element (entries, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        add_entry (self, json_node_get_object (node));
    }

  return self;
}

/**
 * fhir_bundle_set_search_type:
 * @self: a page of a search
 * @type: the type that was searched
 *
 * search.mode is optional in R4: without it what is of another type was included.
 */
void
fhir_bundle_set_search_type (FhirBundle *self, const char *type)
{
  g_return_if_fail (FHIR_IS_BUNDLE (self));

  for (guint i = 0; i < self->matches->len;)
    {
      FhirResource *resource = g_ptr_array_index (self->matches, i);

      if (g_strcmp0 (fhir_resource_get_resource_type (resource), type) == 0)
        {
          i++;
          continue;
        }
      if (g_strcmp0 (fhir_resource_get_resource_type (resource), "OperationOutcome") != 0)
        g_ptr_array_add (self->includes, g_object_ref (resource));
      else if (fhir_resource_get_reference (resource) != NULL)
        g_hash_table_remove (self->by_reference, fhir_resource_get_reference (resource));
      g_ptr_array_remove_index (self->matches, i);
    }
}

/**
 * fhir_bundle_join:
 * @self: what was gathered so far
 * @page: a further page
 * @limit: how many matches to keep; 0 keeps all
 *
 * Returns: whether there is room for more
 */
gboolean
fhir_bundle_join (FhirBundle *self, FhirBundle *page, guint limit)
{
  g_return_val_if_fail (FHIR_IS_BUNDLE (self) && FHIR_IS_BUNDLE (page), FALSE);

  for (guint i = 0; i < page->matches->len && (limit == 0 || self->matches->len < limit); i++)
    add_resource (self, self->matches, g_ptr_array_index (page->matches, i));
  for (guint i = 0; i < page->includes->len; i++)
    add_resource (self, self->includes, g_ptr_array_index (page->includes, i));

  if (page->total >= 0)
    self->total = page->total;
  g_free (self->next);
  self->next = g_strdup (page->next);
  return limit == 0 || self->matches->len < limit;
}

GPtrArray *
fhir_bundle_get_matches (FhirBundle *self)
{
  g_return_val_if_fail (FHIR_IS_BUNDLE (self), NULL);

  return self->matches;
}

GPtrArray *
fhir_bundle_get_includes (FhirBundle *self)
{
  g_return_val_if_fail (FHIR_IS_BUNDLE (self), NULL);

  return self->includes;
}

FhirResource *
fhir_bundle_lookup (FhirBundle *self, const char *reference)
{
  g_return_val_if_fail (FHIR_IS_BUNDLE (self), NULL);

  return reference != NULL ? g_hash_table_lookup (self->by_reference, reference) : NULL;
}

const char *
fhir_bundle_get_next (FhirBundle *self)
{
  g_return_val_if_fail (FHIR_IS_BUNDLE (self), NULL);

  return self->next;
}

gint64
fhir_bundle_get_total (FhirBundle *self)
{
  g_return_val_if_fail (FHIR_IS_BUNDLE (self), -1);

  return self->total;
}

guint
fhir_bundle_get_n_responses (FhirBundle *self)
{
  g_return_val_if_fail (FHIR_IS_BUNDLE (self), 0);

  return self->responses->len;
}

/* The reply to entry @index; NULL when there is none. */
static FhirResponse *
peek_response (FhirBundle *self, guint index)
{
  g_return_val_if_fail (FHIR_IS_BUNDLE (self), NULL);
  g_return_val_if_fail (index < self->responses->len, NULL);

  return g_ptr_array_index (self->responses, index);
}

guint
fhir_bundle_get_response_status (FhirBundle *self, guint index)
{
  FhirResponse *response = peek_response (self, index);

  return response != NULL ? response->status : 0;
}

const char *
fhir_bundle_get_response_etag (FhirBundle *self, guint index)
{
  FhirResponse *response = peek_response (self, index);

  return response != NULL ? response->etag : NULL;
}

const char *
fhir_bundle_get_response_reference (FhirBundle *self, guint index)
{
  FhirResponse *response = peek_response (self, index);

  return response != NULL ? response->reference : NULL;
}

FhirResource *
fhir_bundle_get_response_resource (FhirBundle *self, guint index)
{
  FhirResponse *response = peek_response (self, index);

  return response != NULL ? response->resource : NULL;
}

/**
 * fhir_bundle_dup_response_error:
 * @self: the reply to a batch
 * @index: of an entry
 *
 * Returns: (transfer full) (nullable): why that entry failed: a FhirError as if it had been asked by itself
 */
GError *
fhir_bundle_dup_response_error (FhirBundle *self, guint index)
{
  guint status = fhir_bundle_get_response_status (self, index);
  FhirResponse *response;

  g_return_val_if_fail (FHIR_IS_BUNDLE (self) && index < self->responses->len, NULL);

  response = self->responses->pdata[index];
  if (status >= 200 && status < 300 && response->resource != NULL)
    return NULL;
  if (status >= 200 && status < 300)
    return g_error_new_literal (FHIR_ERROR, FHIR_ERROR_BAD_REPLY, "An entry of the batch came back without what was asked");
  return fhir_outcome_to_error (status, response->outcome != NULL || response->resource == NULL
                                            ? response->outcome
                                            : fhir_resource_get_json (response->resource));
}
