/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-founders"

#include "rcp-clinic-json.h"

/* Who works where, counted from what an imported record says by the way. */

GHashTable *
rcp_founders_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)rcp_founder_free);
}

static char *
dup_id (JsonObject *json, const char *path, const char *type)
{
  const char *reference = fhir_json_get_string (json, path);

  return reference != NULL ? fhir_reference_dup_id (reference, type) : NULL;
}

/* Counts one more mention of @practitioner; the first organization that is told stays. */
static void
mention (GHashTable *founders, const char *practitioner, const char *organization)
{
  RcpFounder *founder = g_hash_table_lookup (founders, practitioner);

  if (founder == NULL)
    {
      founder = g_new0 (RcpFounder, 1);
      g_hash_table_insert (founders, g_strdup (practitioner), founder);
    }
  founder->weight++;
  if (founder->organization_id == NULL)
    founder->organization_id = g_strdup (organization);
}

void
rcp_founders_count_encounter (GHashTable *founders, JsonObject *encounter)
{
  g_autofree char *organization = dup_id (encounter, "serviceProvider.reference", "Organization");
  guint n_participants = fhir_json_get_length (encounter, "participant");

  for (guint i = 0; i < n_participants; i++)
    {
      g_autofree char *path = g_strdup_printf ("participant.%u.individual.reference", i);
      g_autofree char *practitioner = dup_id (encounter, path, "Practitioner");

      if (practitioner != NULL)
        mention (founders, practitioner, organization);
    }
}

void
rcp_founders_count_role (GHashTable *founders, JsonObject *role)
{
  g_autofree char *organization = dup_id (role, "organization.reference", "Organization");
  g_autofree char *practitioner = dup_id (role, "practitioner.reference", "Practitioner");

  if (practitioner != NULL)
    mention (founders, practitioner, organization);
}

typedef struct
{
  const char *id;
  guint weight;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *ranked_a = a;
  const Ranked *ranked_b = b;

  if (ranked_a->weight != ranked_b->weight)
    return ranked_a->weight > ranked_b->weight ? -1 : 1;
  return g_strcmp0 (ranked_a->id, ranked_b->id);
}

/* The ids of the first @limit, joined by commas: (transfer full). */
static char *
join_ranked (GArray *ranked, guint limit)
{
  GString *ids = g_string_new (NULL);

  g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < MIN (ranked->len, limit); i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", g_array_index (ranked, Ranked, i).id);
  return g_string_free (ids, FALSE);
}

char *
rcp_founders_list_busiest (GHashTable *founders, guint limit)
{
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  GHashTableIter iter;
  gpointer id;
  gpointer founder;

  g_hash_table_iter_init (&iter, founders);
  while (g_hash_table_iter_next (&iter, &id, &founder))
    {
      Ranked one = { id, ((RcpFounder *)founder)->weight };

      g_array_append_val (ranked, one);
    }
  return join_ranked (ranked, limit);
}

char *
rcp_founders_list_organizations (GPtrArray *chosen, guint limit)
{
  g_autoptr (GHashTable) weights = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  GHashTableIter iter;
  gpointer id;
  gpointer weight;

  for (guint i = 0; i < chosen->len; i++)
    {
      RcpFounder *founder = chosen->pdata[i];

      if (founder->organization_id == NULL)
        continue;
      weight = g_hash_table_lookup (weights, founder->organization_id);
      g_hash_table_insert (weights, founder->organization_id,
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (weight) + founder->weight));
    }
  g_hash_table_iter_init (&iter, weights);
  while (g_hash_table_iter_next (&iter, &id, &weight))
    {
      Ranked one = { id, GPOINTER_TO_UINT (weight) };

      g_array_append_val (ranked, one);
    }
  return join_ranked (ranked, limit);
}
