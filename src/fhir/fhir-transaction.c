/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-transaction.h"

#include <string.h>

#include "fhir-json.h"

struct _FhirTransaction
{
  GObject parent_instance;

  JsonArray *entries;
  GPtrArray *full_urls; /* of the POSTs; owns what fhir_transaction_create() lends out */
};

G_DEFINE_FINAL_TYPE (FhirTransaction, fhir_transaction, G_TYPE_OBJECT)

static void
fhir_transaction_finalize (GObject *object)
{
  FhirTransaction *self = FHIR_TRANSACTION (object);

  json_array_unref (self->entries);
  g_ptr_array_unref (self->full_urls);

  G_OBJECT_CLASS (fhir_transaction_parent_class)->finalize (object);
}

static void
fhir_transaction_class_init (FhirTransactionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fhir_transaction_finalize;
}

static void
fhir_transaction_init (FhirTransaction *self)
{
  self->entries = json_array_new ();
  self->full_urls = g_ptr_array_new_with_free_func (g_free);
}

FhirTransaction *
fhir_transaction_new (void)
{
  return g_object_new (FHIR_TYPE_TRANSACTION, NULL);
}

/* Appends an entry; returns its request object, borrowed. */
static JsonObject *
add_entry (FhirTransaction *self, const char *method, const char *url, JsonObject *resource, const char *full_url)
{
  JsonObject *entry = json_object_new ();
  JsonObject *request = json_object_new ();

  if (full_url != NULL)
    json_object_set_string_member (entry, "fullUrl", full_url);
  if (resource != NULL)
    json_object_set_object_member (entry, "resource", json_object_ref (resource));

  json_object_set_string_member (request, "method", method);
  json_object_set_string_member (request, "url", url);
  json_object_set_object_member (entry, "request", request);
  json_array_add_object_element (self->entries, entry);
  return request;
}

/**
 * fhir_transaction_create:
 * @self: a transaction
 * @resource: what to store, without id; a reference is taken and it must not be edited afterwards
 * @if_none_exist: (nullable): search text behind the "?", such as "identifier=sys|val"
 *
 * Adds a POST.
 *
 * Returns: (transfer none): the "urn:uuid:..." by which other entries may refer to it
 */
const char *
fhir_transaction_create (FhirTransaction *self, JsonObject *resource, const char *if_none_exist)
{
  g_autofree char *uuid = g_uuid_string_random ();
  char *full_url;
  JsonObject *request;

  g_return_val_if_fail (FHIR_IS_TRANSACTION (self), NULL);
  g_return_val_if_fail (fhir_json_get_string (resource, "resourceType") != NULL, NULL);

  full_url = g_strconcat ("urn:uuid:", uuid, NULL);
  g_ptr_array_add (self->full_urls, full_url);
  request = add_entry (self, "POST", fhir_json_get_string (resource, "resourceType"), resource, full_url);
  if (if_none_exist != NULL)
    json_object_set_string_member (request, "ifNoneExist", if_none_exist);

  return full_url;
}

/**
 * fhir_transaction_update:
 * @self: a transaction
 * @resource: what to store, with its id; a reference is taken and it must not be edited afterwards
 * @if_match: (nullable): ETag of the version that it replaces
 *
 * Adds a PUT.
 */
void
fhir_transaction_update (FhirTransaction *self, JsonObject *resource, const char *if_match)
{
  g_autofree char *url = NULL;
  const char *type, *id;
  JsonObject *request;

  g_return_if_fail (FHIR_IS_TRANSACTION (self));

  type = fhir_json_get_string (resource, "resourceType");
  id = fhir_json_get_string (resource, "id");
  g_return_if_fail (type != NULL && id != NULL);

  url = g_strconcat (type, "/", id, NULL);
  request = add_entry (self, "PUT", url, resource, NULL);
  if (if_match != NULL)
    json_object_set_string_member (request, "ifMatch", if_match);
}

/**
 * fhir_transaction_patch:
 * @self: a transaction
 * @reference: "Slot/77"
 * @patch: a JSON Patch (RFC 6902)
 * @if_match: (nullable): ETag of the version that it changes
 *
 * Adds a PATCH. R4 carries a JSON Patch inside of a Binary (http, section 3.1.0.11.2).
 */
void
fhir_transaction_patch (FhirTransaction *self, const char *reference, JsonArray *patch, const char *if_match)
{
  g_autoptr (JsonObject) binary = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL, *encoded = NULL;
  JsonObject *request;

  g_return_if_fail (FHIR_IS_TRANSACTION (self));
  g_return_if_fail (reference != NULL && patch != NULL);

  json_node_set_array (node, patch);
  text = json_to_string (node, FALSE);
  encoded = g_base64_encode ((const guchar *) text, strlen (text));
  json_object_set_string_member (binary, "resourceType", "Binary");
  json_object_set_string_member (binary, "contentType", "application/json-patch+json");
  json_object_set_string_member (binary, "data", encoded);

  request = add_entry (self, "PATCH", reference, binary, NULL);
  if (if_match != NULL)
    json_object_set_string_member (request, "ifMatch", if_match);
}

/**
 * fhir_transaction_delete:
 * @self: a transaction
 * @reference: "Slot/77"
 * @if_match: (nullable): ETag of the version that is deleted
 *
 * Adds a DELETE.
 */
void
fhir_transaction_delete (FhirTransaction *self, const char *reference, const char *if_match)
{
  JsonObject *request;

  g_return_if_fail (FHIR_IS_TRANSACTION (self));
  g_return_if_fail (reference != NULL);

  request = add_entry (self, "DELETE", reference, NULL, NULL);
  if (if_match != NULL)
    json_object_set_string_member (request, "ifMatch", if_match);
}

/**
 * fhir_transaction_search:
 * @self: a transaction
 * @search: a search
 *
 * Adds a GET; its reply is a Bundle, see fhir_bundle_new().
 */
void
fhir_transaction_search (FhirTransaction *self, FhirSearch *search)
{
  g_autofree char *url = NULL;

  g_return_if_fail (FHIR_IS_TRANSACTION (self));
  g_return_if_fail (search != NULL);

  url = fhir_search_to_string (search);
  add_entry (self, "GET", url, NULL, NULL);
}

guint
fhir_transaction_get_n_entries (FhirTransaction *self)
{
  g_return_val_if_fail (FHIR_IS_TRANSACTION (self), 0);

  return json_array_get_length (self->entries);
}

/**
 * fhir_transaction_is_repeatable:
 * @self: a transaction
 *
 * Sent twice, a conditional create finds what the first one stored, and a read changes nothing. Anything else may fail
 * the second time because the first one worked, and so would hide that it did.
 *
 * Returns: whether it may be sent again without a look at what came of it
 */
gboolean
fhir_transaction_is_repeatable (FhirTransaction *self)
{
  g_return_val_if_fail (FHIR_IS_TRANSACTION (self), FALSE);

  for (guint i = 0; i < json_array_get_length (self->entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (self->entries, i);
      const char *method = fhir_json_get_string (entry, "request.method");

      if (g_str_equal (method, "GET"))
        continue;
      if (!g_str_equal (method, "POST") || fhir_json_get_string (entry, "request.ifNoneExist") == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * fhir_transaction_to_json:
 * @self: a transaction
 *
 * Returns: (transfer full): the Bundle. It shares the entries, so send it before more are added
 */
JsonObject *
fhir_transaction_to_json (FhirTransaction *self)
{
  JsonObject *bundle;

  g_return_val_if_fail (FHIR_IS_TRANSACTION (self), NULL);

  bundle = json_object_new ();
  json_object_set_string_member (bundle, "resourceType", "Bundle");
  json_object_set_string_member (bundle, "type", "transaction");
  json_object_set_array_member (bundle, "entry", json_array_ref (self->entries));
  return bundle;
}
