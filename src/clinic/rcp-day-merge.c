/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-day-private.h"

#include "clinic/rcp-visit-private.h"

/* Rows that differ, next to one another: what to take out of the old list, and what of the fresh one comes there. */
typedef struct
{
  guint old_start;
  guint n_old;
  guint fresh_start;
  guint n_fresh;
} Change;

/**
 * rcp_day_compare_visits:
 * @a: a visit
 * @b: a visit
 *
 * Returns: their order on a day: by start, then by id
 */
int
rcp_day_compare_visits (RcpVisit *a, RcpVisit *b)
{
  gint64 left = rcp_visit_get_range (a).start;
  gint64 right = rcp_visit_get_range (b).start;

  return left != right ? (left > right) - (left < right) : g_strcmp0 (rcp_visit_get_id (a), rcp_visit_get_id (b));
}

/* Versions are opaque: the same version is the same content. Without one, the content itself is compared. */
static gboolean
is_same_resource (FhirResource *a, FhirResource *b)
{
  g_autoptr (JsonNode) left = NULL;
  g_autoptr (JsonNode) right = NULL;

  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || g_strcmp0 (fhir_resource_get_id (a), fhir_resource_get_id (b)) != 0)
    return FALSE;
  if (fhir_resource_get_version_id (a) != NULL && fhir_resource_get_version_id (b) != NULL)
    return g_str_equal (fhir_resource_get_version_id (a), fhir_resource_get_version_id (b));

  left = json_node_init_object (json_node_alloc (), fhir_resource_get_json (a));
  right = json_node_init_object (json_node_alloc (), fhir_resource_get_json (b));
  return json_node_equal (left, right);
}

static gboolean
is_same_visit (RcpVisit *a, RcpVisit *b)
{
  return is_same_resource (rcp_visit_get_resource (a), rcp_visit_get_resource (b)) &&
         is_same_resource (rcp_visit_get_patient_resource (a), rcp_visit_get_patient_resource (b)) &&
         is_same_resource (rcp_visit_get_encounter (a), rcp_visit_get_encounter (b)) &&
         rcp_visit_has_same_people (a, b, is_same_resource);
}

static Change *
grow_change (GArray *changes, guint old_index, guint fresh_index)
{
  Change *last = changes->len > 0 ? &g_array_index (changes, Change, changes->len - 1) : NULL;
  Change change = { old_index, 0, fresh_index, 0 };

  if (last != NULL && last->old_start + last->n_old == old_index && last->fresh_start + last->n_fresh == fresh_index)
    return last;
  g_array_append_val (changes, change);
  return &g_array_index (changes, Change, changes->len - 1);
}

static GArray *
find_changes (GPtrArray *visits, GPtrArray *fresh)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));
  guint i = 0, j = 0;

  while (i < visits->len || j < fresh->len)
    {
      RcpVisit *old_visit = i < visits->len ? g_ptr_array_index (visits, i) : NULL;
      RcpVisit *fresh_visit = j < fresh->len ? g_ptr_array_index (fresh, j) : NULL;
      int order = old_visit == NULL ? 1 : fresh_visit == NULL ? -1 : rcp_day_compare_visits (old_visit, fresh_visit);

      if (order == 0 && is_same_visit (old_visit, fresh_visit))
        {
          i++;
          j++;
          continue;
        }
      if (order <= 0)
        grow_change (changes, i++, j)->n_old++;
      if (order >= 0)
        grow_change (changes, i, j++)->n_fresh++;
    }

  return changes;
}

void
rcp_day_merge_visits (GPtrArray *visits, GPtrArray *fresh, RcpRowsChangedFunc changed, gpointer user_data)
{
  g_autoptr (GArray) changes = find_changes (visits, fresh);

  /* From the end, so that positions before a change hold until their turn. */
  for (guint i = changes->len; i > 0; i--)
    {
      Change *change = &g_array_index (changes, Change, i - 1);

      if (change->n_old > 0)
        g_ptr_array_remove_range (visits, change->old_start, change->n_old);
      for (guint j = 0; j < change->n_fresh; j++)
        g_ptr_array_insert (visits, (int) (change->old_start + j),
                            g_object_ref (g_ptr_array_index (fresh, change->fresh_start + j)));
      changed (change->old_start, change->n_old, change->n_fresh, user_data);
    }
}
