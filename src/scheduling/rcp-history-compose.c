/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-history"

#include "rcp-history-private.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

RcpHistorySource *
rcp_history_source_new (const char *reference, FhirResource *current)
{
  RcpHistorySource *self = g_new0 (RcpHistorySource, 1);

  self->reference = g_strdup (reference);
  self->versions = g_ptr_array_new_with_free_func ((GDestroyNotify)fhir_version_free);
  g_set_object (&self->current, current);
  return self;
}

void
rcp_history_source_free (RcpHistorySource *self)
{
  g_free (self->reference);
  g_ptr_array_unref (self->versions);
  g_clear_object (&self->current);
  g_free (self);
}

static gint64
get_number (FhirVersion *version)
{
  const char *id = version->resource != NULL ? fhir_resource_get_version_id (version->resource) : NULL;

  return id != NULL ? g_ascii_strtoll (id, NULL, 10) : 0;
}

static int
compare_versions (gconstpointer a, gconstpointer b)
{
  FhirVersion *left = *(FhirVersion *const *)a;
  FhirVersion *right = *(FhirVersion *const *)b;

  if (left->updated != right->updated)
    return left->updated < right->updated ? -1 : 1;
  /* Within one tick of a server's clock its numbers tell, where they are numbers; what was deleted was there before. */
  if (left->resource == NULL || right->resource == NULL)
    return (left->resource == NULL) - (right->resource == NULL);
  return (get_number (left) > get_number (right)) - (get_number (left) < get_number (right));
}

/* The visit alone does not tell a room from the provider's: the trace does. */
static void
refine_status (GPtrArray *changes, FhirResource *trace)
{
  const char *old_status = rcp_history_trace_get_status (trace, RCP_EXTENSION_OLD_STATUS);
  const char *new_status = rcp_history_trace_get_status (trace, RCP_EXTENSION_NEW_STATUS);

  if (old_status == NULL || new_status == NULL)
    return;
  for (guint i = 0; i < changes->len; i++)
    if (((RcpHistoryChange *)changes->pdata[i])->field == RCP_HISTORY_STATUS)
      {
        g_ptr_array_remove_index (changes, i);
        break;
      }
  rcp_history_changes_add (changes, RCP_HISTORY_STATUS, old_status, new_status);
}

/* What the visit calls a patient: borrowed, or NULL. */
static const char *
find_name (FhirResource *visit, const char *reference)
{
  JsonObject *json = visit != NULL ? fhir_resource_get_json (visit) : NULL;
  JsonArray *participants = fhir_json_get_array (json, "participant");

  for (guint i = 0; i < rcp_elements_get_length (participants); i++)
    {
      JsonObject *actor = fhir_json_get_object (rcp_elements_get_object (participants, i), "actor");
      const char *other = fhir_json_get_string (actor, "reference");
      g_autofree char *relative = other != NULL ? fhir_reference_dup_relative (other) : NULL;

      if (relative != NULL && g_strcmp0 (relative, reference) == 0)
        return fhir_json_get_string (actor, "display");
    }
  return NULL;
}

static void
add_person (GPtrArray *changes, JsonObject *extension, FhirResource *visit)
{
  JsonObject *who = fhir_json_get_extension (extension, "who");
  const char *old_status = fhir_json_get_string (fhir_json_get_extension (extension, "old"), "valueCode");
  const char *new_status = fhir_json_get_string (fhir_json_get_extension (extension, "new"), "valueCode");
  guint n_before = changes->len;

  rcp_history_changes_add (changes, RCP_HISTORY_PERSON, old_status, new_status);
  if (changes->len > n_before)
    ((RcpHistoryChange *)changes->pdata[n_before])->who
        = g_strdup (find_name (visit, fhir_json_get_string (who, "valueReference.reference")));
}

/* Of several who come the trace tells each step: the visit itself may say nothing new. */
static void
add_people (GPtrArray *changes, FhirResource *trace, FhirResource *visit)
{
  JsonArray *extensions = trace != NULL ? fhir_json_get_array (fhir_resource_get_json (trace), "extension") : NULL;

  for (guint i = 0; i < rcp_elements_get_length (extensions); i++)
    {
      JsonObject *extension = rcp_elements_get_object (extensions, i);

      if (extension != NULL && g_strcmp0 (fhir_json_get_string (extension, "url"), RCP_EXTENSION_PERSON) == 0)
        add_person (changes, extension, visit);
    }
}

static gint64
get_when (FhirResource *trace, gint64 updated)
{
  gint64 recorded = rcp_history_get_instant (trace, "recorded");

  return recorded != 0 ? recorded : updated;
}

static JsonObject *
get_json (FhirResource *resource)
{
  return resource != NULL ? fhir_resource_get_json (resource) : NULL;
}

/* @before: the version before it, or NULL. @is_base: older ones are not known. @trace: of it, or NULL */
static void
add_version (const RcpHistorySource *source, FhirVersion *version, FhirResource *before, gboolean is_base, FhirResource *trace,
             RcpRoster *roster, GPtrArray *entries)
{
  g_autoptr (GPtrArray) changes = rcp_history_changes_new ();
  RcpHistoryFacts facts = {
    .when = get_when (trace, version->updated),
    .updated = version->updated,
    .trace = trace,
    .resource = version->resource != NULL ? version->resource : before,
    .reference = source->reference,
    .is_first = before == NULL && !is_base,
    .is_deletion = version->resource == NULL,
    .is_known = !is_base,
  };

  if (version->resource != NULL && !is_base)
    rcp_history_compare (get_json (before), get_json (version->resource), roster, changes);
  refine_status (changes, trace);
  add_people (changes, trace, facts.resource);
  /* A version that says nothing new, and that nobody wanted, is the server's own matter. */
  if (trace == NULL && changes->len == 0 && version->resource != NULL && !(is_base && source->versions->len == 1))
    return;
  facts.changes = g_steal_pointer (&changes);
  g_ptr_array_add (entries, rcp_history_entry_new (&facts, roster));
}

/* As it was at the time of a trace that has no version of its own. */
static FhirResource *
find_version_at (GPtrArray *in_order, gint64 updated)
{
  FhirResource *found = NULL;

  for (guint i = 0; i < in_order->len; i++)
    {
      FhirVersion *version = in_order->pdata[i];

      if (version->resource != NULL && (found == NULL || version->updated <= updated))
        found = version->resource;
    }
  return found;
}

static void
add_trace (const RcpHistorySource *source, GPtrArray *in_order, FhirResource *trace, RcpRoster *roster, GPtrArray *entries)
{
  gint64 updated = rcp_history_get_instant (trace, "meta.lastUpdated");
  RcpHistoryFacts facts = {
    .when = get_when (trace, updated),
    .updated = updated,
    .trace = trace,
    .resource = find_version_at (in_order, updated),
    .reference = source->reference,
    .is_known = source->is_whole,
    .changes = rcp_history_changes_new (),
  };

  refine_status (facts.changes, trace);
  add_people (facts.changes, trace, facts.resource);
  g_ptr_array_add (entries, rcp_history_entry_new (&facts, roster));
}

void
rcp_history_compose (const RcpHistorySource *source, GPtrArray *traces, RcpRoster *roster, GPtrArray *entries)
{
  g_autoptr (GPtrArray) in_order = g_ptr_array_copy (source->versions, NULL, NULL);
  g_autoptr (GPtrArray) open = rcp_history_pick_traces (traces, source->reference);
  g_autoptr (GPtrArray) of_versions = NULL;
  FhirResource *before = NULL;

  /* The copy borrows. */
  g_ptr_array_set_free_func (in_order, NULL);
  g_ptr_array_sort (in_order, compare_versions);
  of_versions = rcp_history_match_traces (source, in_order, open);
  for (guint i = 0; i < in_order->len; i++)
    {
      FhirVersion *version = in_order->pdata[i];

      add_version (source, version, before, i == 0 && !source->is_whole, of_versions->pdata[i], roster, entries);
      /* What comes back after it was deleted is made anew. */
      before = version->resource;
    }
  for (guint i = 0; i < open->len; i++)
    add_trace (source, in_order, open->pdata[i], roster, entries);
}
