/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-ledger"

#include "rcp-mirror-ledger.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "scheduling/rcp-visit-json.h"

/* A change writes the page that it is on: with sixteen of them, some hundred visits. */
#define N_PAGES 16
#define CODE "mirror"

struct _RcpMirrorLedger
{
  char *practitioner_id;
  char *key;
  FhirResource *pages[N_PAGES]; /* or NULL */
  GHashTable *bases;            /* of RcpMirrorBase by id */
};

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)rcp_mirror_base_free);
}

/**
 * rcp_mirror_ledger_new:
 * @practitioner_id: of whose calendar
 * @key: of the calendar
 *
 * Returns: (transfer full): a ledger that knows nothing yet
 */
RcpMirrorLedger *
rcp_mirror_ledger_new (const char *practitioner_id, const char *key)
{
  RcpMirrorLedger *self;

  g_return_val_if_fail (practitioner_id != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  self = g_new0 (RcpMirrorLedger, 1);
  self->practitioner_id = g_strdup (practitioner_id);
  self->key = g_strdup (key);
  self->bases = make_table ();
  return self;
}

void
rcp_mirror_ledger_free (RcpMirrorLedger *self)
{
  for (guint i = 0; i < N_PAGES; i++)
    g_clear_object (&self->pages[i]);
  g_hash_table_unref (self->bases);
  g_free (self->practitioner_id);
  g_free (self->key);
  g_free (self);
}

/* The same at every desk, whatever its GLib. */
static guint
find_page (const char *id)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);

  return (guint)g_ascii_xdigit_value (hash[0]) % N_PAGES;
}

static char *
make_name (RcpMirrorLedger *self, guint page)
{
  return g_strdup_printf ("%s/%s/%x", self->key, self->practitioner_id, page);
}

FhirSearch *
rcp_mirror_ledger_make_search (RcpMirrorLedger *self)
{
  FhirSearch *search = fhir_search_new ("Basic");

  fhir_search_add (search, "code", RCP_SYSTEM_CALENDAR "|" CODE);
  fhir_search_add_printf (search, "subject", "Practitioner/%s", self->practitioner_id);
  return search;
}

static JsonObject *
find_part (JsonObject *entry, const char *url)
{
  JsonArray *parts = fhir_json_get_array (entry, "extension");

  for (guint i = 0; i < rcp_elements_get_length (parts); i++)
    {
      JsonObject *part = rcp_elements_get_object (parts, i);

      if (part != NULL && g_strcmp0 (fhir_json_get_string (part, "url"), url) == 0)
        return part;
    }
  return NULL;
}

static gboolean
read_instant (JsonObject *part, const char *path, gint64 *instant)
{
  const char *text = part != NULL ? fhir_json_get_string (part, path) : NULL;

  return text != NULL && rcp_iso8601_parse_instant (text, instant);
}

static void
read_entry (RcpMirrorLedger *self, JsonObject *entry)
{
  JsonObject *visit, *period, *sequence;
  RcpTimeRange range;
  RcpMirrorBase *base;

  if (entry == NULL || g_strcmp0 (fhir_json_get_string (entry, "url"), RCP_EXTENSION_MIRRORED) != 0)
    return;
  visit = find_part (entry, "visit");
  period = find_part (entry, "period");
  sequence = find_part (entry, "sequence");
  if (visit == NULL || fhir_json_get_string (visit, "valueId") == NULL
      || !read_instant (period, "valuePeriod.start", &range.start) || !read_instant (period, "valuePeriod.end", &range.end))
    return;
  base = rcp_mirror_base_new (fhir_json_get_string (visit, "valueId"), range,
                              sequence != NULL ? (guint)fhir_json_get_int (sequence, "valueUnsignedInt", 0) : 0);
  g_hash_table_replace (self->bases, base->id, base);
}

static void
read_page (RcpMirrorLedger *self, FhirResource *resource)
{
  JsonObject *json = fhir_resource_get_json (resource);
  const char *name = fhir_json_get_identifier (json, RCP_SYSTEM_CALENDAR);
  JsonArray *entries = fhir_json_get_array (json, "extension");

  for (guint i = 0; i < N_PAGES; i++)
    {
      g_autofree char *own = make_name (self, i);

      if (g_strcmp0 (name, own) != 0)
        continue;
      g_set_object (&self->pages[i], resource);
      for (guint n = 0; n < rcp_elements_get_length (entries); n++)
        read_entry (self, rcp_elements_get_object (entries, n));
    }
}

/**
 * rcp_mirror_ledger_load:
 * @self: a ledger
 * @bundle: what its search has found
 */
void
rcp_mirror_ledger_load (RcpMirrorLedger *self, FhirBundle *bundle)
{
  GPtrArray *matches;

  g_return_if_fail (self != NULL);
  g_return_if_fail (FHIR_IS_BUNDLE (bundle));

  for (guint i = 0; i < N_PAGES; i++)
    g_clear_object (&self->pages[i]);
  g_hash_table_remove_all (self->bases);
  matches = fhir_bundle_get_matches (bundle);
  for (guint i = 0; i < matches->len; i++)
    read_page (self, matches->pdata[i]);
}

GHashTable *
rcp_mirror_ledger_dup_bases (RcpMirrorLedger *self)
{
  GHashTable *bases = make_table ();
  GHashTableIter iter;
  RcpMirrorBase *base;

  g_hash_table_iter_init (&iter, self->bases);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&base))
    {
      RcpMirrorBase *copy = rcp_mirror_base_new (base->id, base->range, base->sequence);

      g_hash_table_replace (bases, copy->id, copy);
    }
  return bases;
}

gboolean
rcp_mirror_ledger_has (RcpMirrorLedger *self, const char *id)
{
  return g_hash_table_contains (self->bases, id);
}

static void
add_part (JsonArray *parts, const char *url, JsonObject **part)
{
  *part = json_object_new ();
  json_object_set_string_member (*part, "url", url);
  json_array_add_object_element (parts, *part);
}

static JsonObject *
make_entry (const RcpMirrorBase *base)
{
  JsonObject *entry = json_object_new (), *period = json_object_new ();
  JsonArray *parts = json_array_new ();
  JsonObject *part;

  add_part (parts, "visit", &part);
  json_object_set_string_member (part, "valueId", base->id);
  add_part (parts, "period", &part);
  rcp_json_set_instant (period, "start", base->range.start);
  rcp_json_set_instant (period, "end", base->range.end);
  json_object_set_object_member (part, "valuePeriod", period);
  add_part (parts, "sequence", &part);
  json_object_set_int_member (part, "valueUnsignedInt", base->sequence);
  json_object_set_string_member (entry, "url", RCP_EXTENSION_MIRRORED);
  json_object_set_array_member (entry, "extension", parts);
  return entry;
}

static int
compare_bases (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(const RcpMirrorBase *const *)a)->id, (*(const RcpMirrorBase *const *)b)->id);
}

static void
set_entries (RcpMirrorLedger *self, guint page, JsonObject *json)
{
  g_autoptr (GPtrArray) bases = g_ptr_array_new ();
  JsonArray *entries = json_array_new ();
  GHashTableIter iter;
  RcpMirrorBase *base;

  g_hash_table_iter_init (&iter, self->bases);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&base))
    if (find_page (base->id) == page)
      g_ptr_array_add (bases, base);
  g_ptr_array_sort (bases, compare_bases);
  for (guint i = 0; i < bases->len; i++)
    json_array_add_object_element (entries, make_entry (bases->pdata[i]));
  /* FHIR knows no empty arrays. */
  json_object_remove_member (json, "extension");
  if (bases->len > 0)
    json_object_set_array_member (json, "extension", entries);
  else
    json_array_unref (entries);
}

static void
write_page (RcpMirrorLedger *self, guint page, FhirTransaction *transaction)
{
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *name = make_name (self, page);
  g_autofree char *subject = g_strconcat ("Practitioner/", self->practitioner_id, NULL);

  if (self->pages[page] != NULL)
    {
      g_autofree char *if_match = fhir_resource_dup_if_match (self->pages[page]);

      json = fhir_resource_dup_json (self->pages[page]);
      set_entries (self, page, json);
      fhir_transaction_update (transaction, json, if_match);
    }
  else
    {
      g_autofree char *condition = g_strdup_printf ("identifier=%s|%s", RCP_SYSTEM_CALENDAR, name);

      json = json_object_new ();
      json_object_set_string_member (json, "resourceType", "Basic");
      json_object_set_array_member (json, "identifier",
                                    rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_CALENDAR, name)));
      json_object_set_object_member (json, "code", rcp_json_concept (RCP_SYSTEM_CALENDAR, CODE, NULL));
      json_object_set_object_member (json, "subject", rcp_json_reference (subject, NULL));
      set_entries (self, page, json);
      /* Where another desk makes the same page now, that one stays, and what is missing on it is written the next time. */
      fhir_transaction_create (transaction, json, condition);
    }
}

/**
 * rcp_mirror_ledger_write:
 * @self: a ledger that was loaded
 * @seen: (element-type RcpMirrorBase): what the server has now
 * @forgotten: (element-type utf8): visits whose event does not matter any more
 * @transaction: gets the pages that change
 *
 * Afterwards the ledger has to be loaded again.
 */
void
rcp_mirror_ledger_write (RcpMirrorLedger *self, GPtrArray *seen, GPtrArray *forgotten, FhirTransaction *transaction)
{
  gboolean is_touched[N_PAGES] = { FALSE };

  g_return_if_fail (self != NULL);
  g_return_if_fail (FHIR_IS_TRANSACTION (transaction));

  for (guint i = 0; i < seen->len; i++)
    {
      const RcpMirrorBase *base = seen->pdata[i];
      RcpMirrorBase *copy = rcp_mirror_base_new (base->id, base->range, base->sequence);

      g_hash_table_replace (self->bases, copy->id, copy);
      is_touched[find_page (base->id)] = TRUE;
    }
  for (guint i = 0; i < forgotten->len; i++)
    if (g_hash_table_remove (self->bases, forgotten->pdata[i]))
      is_touched[find_page (forgotten->pdata[i])] = TRUE;
  for (guint i = 0; i < N_PAGES; i++)
    if (is_touched[i])
      write_page (self, i, transaction);
}
