/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-chains"

#include "rcp-chains.h"

#include "rcp-openings.h"

#define NONE G_MAXUINT

/* One opening of one part, and the best way on from there: found from the last part back to the first. */
typedef struct
{
  RcpTimeRange range;
  const RcpOpening *opening;
  const RcpChainColumn *column;
  const char *group; /* column or place: a chain stays in it */
  guint next;        /* of the nodes of the next part */
  gint64 end;        /* of the last part; 0 when nothing follows */
  gboolean is_worse; /* another chain has less to wait */
} Node;

void
rcp_chain_column_free (RcpChainColumn *column)
{
  if (column == NULL)
    return;
  g_object_unref (column->provider);
  g_array_unref (column->openings);
  rcp_free_rooms_free (column->rooms);
  g_free (column);
}

static const char *
get_group (RcpProvider *provider, const RcpChainRule *rule)
{
  RcpPlace *place = rcp_provider_get_place (provider);

  if (rule->same_provider || place == NULL)
    return rcp_provider_get_schedule_id (provider);
  return rcp_place_get_id (place);
}

static int
compare_nodes (gconstpointer a, gconstpointer b)
{
  const Node *left = a;
  const Node *right = b;

  if (left->range.start != right->range.start)
    return left->range.start < right->range.start ? -1 : 1;
  if (left->range.end != right->range.end)
    return left->range.end < right->range.end ? -1 : 1;
  return g_strcmp0 (rcp_provider_get_schedule_id (left->column->provider),
                    rcp_provider_get_schedule_id (right->column->provider));
}

static GArray *
list_nodes (GPtrArray *columns, const RcpChainRule *rule)
{
  GArray *nodes = g_array_new (FALSE, TRUE, sizeof (Node));

  for (guint i = 0; i < columns->len; i++)
    {
      const RcpChainColumn *column = columns->pdata[i];

      for (guint j = 0; j < column->openings->len; j++)
        {
          const RcpOpening *opening = &g_array_index (column->openings, RcpOpening, j);
          Node node = { .range = rcp_opening_get_range (opening),
                        .opening = opening,
                        .column = column,
                        .group = get_group (column->provider, rule),
                        .next = NONE };

          if (column->rooms == NULL || rcp_free_rooms_has (column->rooms, node.range))
            g_array_append_val (nodes, node);
        }
    }
  g_array_sort (nodes, compare_nodes);
  return nodes;
}

/* The first that begins at @instant or later. */
static guint
find_node (GArray *nodes, gint64 instant)
{
  guint low = 0;
  guint high = nodes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (nodes, Node, middle).range.start < instant)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* From each of @nodes to the one of @following from which the end is soonest; of two the one that comes first. */
static void
connect (GArray *nodes, GArray *following, gint64 most_gap)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      Node *node = &g_array_index (nodes, Node, i);

      for (guint j = find_node (following, node->range.end); j < following->len; j++)
        {
          const Node *next = &g_array_index (following, Node, j);

          if (next->range.start > node->range.end + most_gap)
            break;
          if (next->end == 0 || !g_str_equal (next->group, node->group) || (node->end != 0 && node->end <= next->end))
            continue;
          node->end = next->end;
          node->next = j;
        }
    }
}

static void
mark_worse (GArray *nodes)
{
  g_autoptr (GHashTable) soonest = g_hash_table_new (g_str_hash, g_str_equal); /* group to the best Node behind */

  for (guint i = nodes->len; i > 0; i--)
    {
      Node *node = &g_array_index (nodes, Node, i - 1);
      Node *best = g_hash_table_lookup (soonest, node->group);

      if (node->end == 0)
        continue;
      /* Of those that begin at once the first in order is kept, so that it may replace one that is no better. */
      if (best != NULL && best->range.start == node->range.start && node->end <= best->end)
        best->is_worse = TRUE;
      else if (best != NULL && best->end <= node->end)
        node->is_worse = TRUE;
      if (!node->is_worse)
        g_hash_table_insert (soonest, (gpointer)node->group, node);
    }
}

static RcpOffer *
make_chain (GPtrArray *layers, guint layer, guint index)
{
  const Node *node = &g_array_index ((GArray *)layers->pdata[layer], Node, index);
  RcpOffer *offer = rcp_offer_new (node->column->provider, node->opening->first, node->opening->n_slots);

  if (node->column->rooms != NULL)
    rcp_free_rooms_give (node->column->rooms, offer);
  if (node->next != NONE)
    {
      g_autoptr (RcpOffer) next = make_chain (layers, layer + 1, node->next);

      rcp_offer_set_next (offer, next);
    }
  return offer;
}

/**
 * rcp_chains_collect:
 * @parts: (element-type GPtrArray): where each part can be, in the order of the parts; at least one
 * @rule: how they follow one another
 *
 * Returns: (transfer full) (element-type RcpOffer): first parts, by start
 */
GPtrArray *
rcp_chains_collect (GPtrArray *parts, const RcpChainRule *rule)
{
  GPtrArray *chains = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) layers = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  GArray *first;

  g_return_val_if_fail (parts != NULL && parts->len > 0, chains);

  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (layers, list_nodes (parts->pdata[i], rule));
  first = layers->pdata[parts->len - 1];
  for (guint i = 0; i < first->len; i++)
    g_array_index (first, Node, i).end = g_array_index (first, Node, i).range.end;
  for (guint i = parts->len - 1; i > 0; i--)
    connect (layers->pdata[i - 1], layers->pdata[i], rule->most_gap);
  first = layers->pdata[0];
  mark_worse (first);
  for (guint i = 0; i < first->len; i++)
    if (g_array_index (first, Node, i).end != 0 && !g_array_index (first, Node, i).is_worse)
      g_ptr_array_add (chains, make_chain (layers, 0, i));
  return chains;
}

static gboolean
is_in_group (RcpOffer *offer, const char *group, RcpTimeRange day, const RcpChainRule *rule)
{
  gint64 start = rcp_offer_get_range (offer).start;

  return start >= day.start && start < day.end && g_str_equal (get_group (rcp_offer_get_provider (offer), rule), group);
}

/* Moves those of @group on @day over to @kept: at most @per_day, spread. */
static void
keep_some (GPtrArray *chains, const char *group, RcpTimeRange day, const RcpChainRule *rule, guint per_day, GPtrArray *kept)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  guint n_shown;

  for (guint i = 0; i < chains->len; i++)
    if (is_in_group (chains->pdata[i], group, day, rule))
      g_ptr_array_add (found, chains->pdata[i]);
  n_shown = MIN (found->len, per_day);
  for (guint i = 0; i < n_shown; i++)
    g_ptr_array_add (kept, g_object_ref (found->pdata[i * found->len / n_shown]));
}

void
rcp_chains_thin (GPtrArray *chains, const RcpChainRule *rule, GArray *days, guint per_day)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer group;

  for (guint i = 0; i < chains->len; i++)
    g_hash_table_add (groups, (gpointer)get_group (rcp_offer_get_provider (chains->pdata[i]), rule));
  for (guint i = 0; i < days->len; i++)
    {
      g_hash_table_iter_init (&iter, groups);
      while (g_hash_table_iter_next (&iter, &group, NULL))
        keep_some (chains, group, g_array_index (days, RcpOpeningDay, i).day, rule, per_day, kept);
    }
  g_ptr_array_set_size (chains, 0);
  g_ptr_array_extend_and_steal (chains, g_steal_pointer (&kept));
}
