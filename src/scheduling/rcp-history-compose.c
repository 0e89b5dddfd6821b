/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-history"

#include "rcp-history-private.h"

#include <glib/gi18n.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"

/* A version and its trace were written in one transaction: a server stamps them with the same time, or nearly. */
#define SAME_TIME (2 * G_TIME_SPAN_SECOND)

static gint64
get_updated (FhirResource *resource)
{
  gint64 updated;

  return rcp_iso8601_parse_instant (fhir_json_get_string (fhir_resource_get_json (resource), "meta.lastUpdated"),
                                    &updated)
             ? updated
             : 0;
}

static int
compare_updated (gconstpointer a, gconstpointer b)
{
  FhirResource *left = *(FhirResource *const *)a;
  FhirResource *right = *(FhirResource *const *)b;
  gint64 of_left = get_updated (left);
  gint64 of_right = get_updated (right);

  if (of_left != of_right)
    return of_left < of_right ? -1 : 1;
  /* Within one tick of a server's clock its numbers tell, where they are numbers. */
  return (int)(g_ascii_strtoll (fhir_resource_get_version_id (left) ? fhir_resource_get_version_id (left) : "", NULL, 10)
               - g_ascii_strtoll (fhir_resource_get_version_id (right) ? fhir_resource_get_version_id (right) : "", NULL,
                                  10));
}

static GPtrArray *
sort (GPtrArray *resources)
{
  GPtrArray *sorted = g_ptr_array_copy (resources, (GCopyFunc)(void *)g_object_ref, NULL);

  g_ptr_array_set_free_func (sorted, g_object_unref);
  g_ptr_array_sort (sorted, compare_updated);
  return sorted;
}

/* The trace nearest in time to @version, which is taken out of @traces; NULL when there is none at that time. */
static FhirResource *
take_trace (GPtrArray *traces, FhirResource *version)
{
  gint64 updated = get_updated (version);
  gint64 nearest = SAME_TIME + 1;
  guint index = 0;

  for (guint i = 0; i < traces->len; i++)
    {
      gint64 distance = ABS (get_updated (traces->pdata[i]) - updated);

      if (distance < nearest)
        {
          nearest = distance;
          index = i;
        }
    }
  return nearest <= SAME_TIME ? g_ptr_array_steal_index (traces, index) : NULL;
}

static gint64
get_when (FhirResource *trace, FhirResource *version)
{
  gint64 recorded;

  if (trace != NULL
      && rcp_iso8601_parse_instant (fhir_json_get_string (fhir_resource_get_json (trace), "recorded"), &recorded))
    return recorded;
  return get_updated (version != NULL ? version : trace);
}

static const char *
get_status_label (FhirResource *trace, const char *url)
{
  JsonObject *json = trace != NULL ? fhir_resource_get_json (trace) : NULL;
  const char *name
      = json != NULL ? fhir_json_get_string (fhir_json_get_extension (json, url), "valueCode") : NULL;

  return name != NULL ? rcp_visit_status_to_label (rcp_visit_status_from_name (name)) : NULL;
}

/* The visit alone does not tell a room from the provider's: the trace does. */
static void
refine_status (GPtrArray *changes, FhirResource *trace)
{
  const char *old_label = get_status_label (trace, RCP_EXTENSION_OLD_STATUS);
  const char *new_label = get_status_label (trace, RCP_EXTENSION_NEW_STATUS);

  if (old_label == NULL || new_label == NULL)
    return;
  for (guint i = 0; i < changes->len; i++)
    if (g_str_equal (((RcpHistoryChange *)changes->pdata[i])->field, _ ("Status")))
      {
        g_ptr_array_remove_index (changes, i);
        break;
      }
  rcp_history_changes_add (changes, _ ("Status"), old_label, new_label);
}

static gboolean
is_deleted (FhirResource *version)
{
  return fhir_json_get_string (fhir_resource_get_json (version), "resourceType") == NULL;
}

void
rcp_history_compose (GPtrArray *versions, GPtrArray *traces, GTimeZone *zone, GPtrArray *entries)
{
  g_autoptr (GPtrArray) in_order = sort (versions);
  g_autoptr (GPtrArray) open = sort (traces);
  const char *reference = NULL;
  FhirResource *before = NULL;

  for (guint i = 0; i < in_order->len; i++)
    {
      FhirResource *version = in_order->pdata[i];
      g_autoptr (FhirResource) trace = take_trace (open, version);
      g_autoptr (GPtrArray) changes = rcp_history_changes_new ();

      if (is_deleted (version))
        continue;
      reference = fhir_resource_get_reference (version);
      rcp_history_compare (before != NULL ? fhir_resource_get_json (before) : NULL, fhir_resource_get_json (version),
                           zone, changes);
      refine_status (changes, trace);
      /* A version that says nothing new, and that nobody wanted, is the server's own matter. */
      if (trace != NULL || changes->len > 0)
        g_ptr_array_add (entries, rcp_history_entry_new (get_when (trace, version), trace, reference, before == NULL,
                                                         g_steal_pointer (&changes)));
      before = version;
    }
  for (guint i = 0; i < open->len; i++)
    {
      GPtrArray *changes = rcp_history_changes_new ();

      refine_status (changes, open->pdata[i]);
      g_ptr_array_add (entries, rcp_history_entry_new (get_when (open->pdata[i], NULL), open->pdata[i], reference, FALSE,
                                                       changes));
    }
}
