/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-history"

#include "rcp-history-private.h"

#include <string.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

/* Which Provenance belongs to which version; pure. */

/* A version and its trace were written in one transaction: a server stamps them with the same time, or nearly. */
#define SAME_TIME (2 * G_TIME_SPAN_SECOND)
#define SYSTEM_OPERATION "http://terminology.hl7.org/CodeSystem/v3-DataOperation"

gint64
rcp_history_get_instant (FhirResource *resource, const char *path)
{
  const char *text = resource != NULL ? fhir_json_get_string (fhir_resource_get_json (resource), path) : NULL;
  gint64 instant;

  return text != NULL && rcp_iso8601_parse_instant (text, &instant) ? instant : 0;
}

const char *
rcp_history_trace_get_status (FhirResource *trace, const char *url)
{
  JsonObject *json = trace != NULL ? fhir_resource_get_json (trace) : NULL;

  return fhir_json_get_string (fhir_json_get_extension (json, url), "valueCode");
}

/* What the server's clock does not tell apart, the desks' clocks may. */
static int
compare_traces (gconstpointer a, gconstpointer b)
{
  static const char *const times[] = { "meta.lastUpdated", "recorded" };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 left = rcp_history_get_instant (*(FhirResource *const *)a, times[i]);
      gint64 right = rcp_history_get_instant (*(FhirResource *const *)b, times[i]);

      if (left != right)
        return left < right ? -1 : 1;
    }
  return 0;
}

/* A trace may point to one version: "Appointment/1/_history/3". */
static const char *
find_target (FhirResource *trace, const char *reference)
{
  JsonArray *targets = fhir_json_get_array (fhir_resource_get_json (trace), "target");

  for (guint i = 0; i < rcp_elements_get_length (targets); i++)
    {
      const char *target = fhir_json_get_string (rcp_elements_get_object (targets, i), "reference");
      g_autofree char *relative = target != NULL ? fhir_reference_dup_relative (target) : NULL;

      if (g_strcmp0 (relative, reference) == 0)
        return target;
    }
  return NULL;
}

/* Those of @reference, the oldest first. */
GPtrArray *
rcp_history_pick_traces (GPtrArray *traces, const char *reference)
{
  GPtrArray *picked = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < traces->len; i++)
    if (find_target (traces->pdata[i], reference) != NULL)
      g_ptr_array_add (picked, g_object_ref (traces->pdata[i]));
  g_ptr_array_sort (picked, compare_traces);
  return picked;
}

static gboolean
points_to (FhirResource *trace, const char *reference, FhirVersion *version)
{
  const char *target = find_target (trace, reference);
  const char *mark = target != NULL ? strstr (target, "/_history/") : NULL;
  const char *id = version->resource != NULL ? fhir_resource_get_version_id (version->resource) : NULL;

  return mark != NULL && g_strcmp0 (mark + strlen ("/_history/"), id) == 0;
}

/* Whether a trace can be that of a version at all. @is_first: the one that made it */
static gboolean
may_belong (FhirResource *trace, FhirVersion *version, gboolean is_first)
{
  const char *operation
      = rcp_elements_get_code (fhir_json_get_object (fhir_resource_get_json (trace), "activity"), SYSTEM_OPERATION);
  const char *name = rcp_history_trace_get_status (trace, RCP_EXTENSION_NEW_STATUS);
  const char *status
      = version->resource != NULL ? fhir_json_get_string (fhir_resource_get_json (version->resource), "status") : NULL;

  if (ABS (rcp_history_get_instant (trace, "meta.lastUpdated") - version->updated) > SAME_TIME)
    return FALSE;
  if (operation != NULL && (g_str_equal (operation, "CREATE") || g_str_equal (operation, "UPDATE"))
      && is_first != g_str_equal (operation, "CREATE"))
    return FALSE;
  return name == NULL || g_strcmp0 (rcp_visit_status_to_code (rcp_visit_status_from_name (name)), status) == 0;
}

/* One cell of the table of all ways to match the first i versions to the first k traces: the best of them. */
typedef struct
{
  guint n_matched;
  gint64 distance; /* of all that are matched, in microseconds */
  enum
  {
    STEP_END,
    STEP_VERSION, /* the last version has none */
    STEP_TRACE,   /* the last trace has none */
    STEP_MATCH,
  } step;
} Cell;

static gboolean
is_better (const Cell *a, const Cell *b)
{
  return a->n_matched != b->n_matched ? a->n_matched > b->n_matched : a->distance < b->distance;
}

static void
fill_cell (Cell *cell, const Cell *no_version, const Cell *no_trace, const Cell *both, FhirResource *trace, FhirVersion *version,
           gboolean may_match)
{
  *cell = *no_version;
  cell->step = STEP_VERSION;
  if (is_better (no_trace, cell))
    {
      *cell = *no_trace;
      cell->step = STEP_TRACE;
    }
  if (may_match)
    {
      Cell match = *both;

      match.n_matched++;
      match.distance += ABS (rcp_history_get_instant (trace, "meta.lastUpdated") - version->updated);
      match.step = STEP_MATCH;
      if (is_better (&match, cell))
        *cell = match;
    }
}

/* As many as can be, in the same order on both sides, and of all such ways the one with the least time between. */
static void
match_in_order (const RcpHistorySource *source, GPtrArray *versions, GPtrArray *traces, GPtrArray *found)
{
  guint n = versions->len, m = traces->len, i, k;
  g_autofree Cell *cells = g_new0 (Cell, ((gsize)n + 1) * (m + 1));

#define CELL(row, column) (cells + ((gsize)(row) * (m + 1)) + (column))
  for (i = 1; i <= n; i++)
    CELL (i, 0)->step = STEP_VERSION;
  for (k = 1; k <= m; k++)
    CELL (0, k)->step = STEP_TRACE;
  for (i = 1; i <= n; i++)
    for (k = 1; k <= m; k++)
      fill_cell (CELL (i, k), CELL (i - 1, k), CELL (i, k - 1), CELL (i - 1, k - 1), traces->pdata[k - 1], versions->pdata[i - 1],
                 found->pdata[i - 1] == NULL && may_belong (traces->pdata[k - 1], versions->pdata[i - 1], i == 1 && source->is_whole));
  for (i = n, k = m; CELL (i, k)->step != STEP_END;)
    {
      if (CELL (i, k)->step == STEP_MATCH)
        {
          found->pdata[i - 1] = g_ptr_array_steal_index (traces, k - 1);
          i--;
          k--;
        }
      else if (CELL (i, k)->step == STEP_VERSION)
        i--;
      else
        k--;
    }
#undef CELL
}

static void
unref_trace (gpointer trace)
{
  if (trace != NULL)
    g_object_unref (trace);
}

/**
 * rcp_history_match_traces:
 * @source: what they are of
 * @versions: (element-type FhirVersion): the oldest first
 * @open: (element-type FhirResource): of rcp_history_pick_traces(); those that belong to a version are taken out
 *
 * A trace that names its version belongs to it. The others are matched by the time of the server, by what they say was
 * done, and by their order: many things are done within seconds at a desk.
 *
 * Returns: (transfer full) (element-type FhirResource): for each version its trace or %NULL
 */
GPtrArray *
rcp_history_match_traces (const RcpHistorySource *source, GPtrArray *versions, GPtrArray *open)
{
  GPtrArray *found = g_ptr_array_new_full (versions->len, unref_trace);

  g_ptr_array_set_size (found, (int)versions->len);
  for (guint i = 0; i < versions->len; i++)
    for (guint k = 0; k < open->len && found->pdata[i] == NULL; k++)
      if (points_to (open->pdata[k], source->reference, versions->pdata[i]))
        found->pdata[i] = g_ptr_array_steal_index (open, k);
  match_in_order (source, versions, open, found);
  return found;
}
