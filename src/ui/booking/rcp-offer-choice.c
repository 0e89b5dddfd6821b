/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What booking one of the offers says of the clinic's weights. */

#define G_LOG_DOMAIN "rcp-offer-choice"

#include "config.h"

#include "rcp-offer-ranking-private.h"

/* The order has to be that of the clinic's own weights, summed, and of nothing else: decision 063. */
static gboolean
is_telling (RcpOfferRanking *self, const RcpWish *wish)
{
  return self->patient != NULL && self->order == RCP_OFFER_ORDER_BEST && self->n_asked == 0 && self->method == RCP_MATCH_METHOD_SUM
         && self->needs.urgency == RCP_MATCH_ROUTINE && self->needs.gender == RCP_GENDER_ANY && wish->schedule_id == NULL;
}

static RcpChoiceRow
make_row (RcpOfferRanking *self, const RcpRankedOffer *ranked)
{
  RcpMatchCandidate candidate = rcp_match_measure (&self->needs, &ranked->facts);
  RcpChoiceRow row = { .key = ranked->facts.key, .is_barred = ranked->barriers != RCP_BARRIER_NONE };

  for (guint j = 0; j < RCP_CHOICE_CRITERIA; j++)
    row.scores[j] = rcp_match_score_value (&self->rules, j, candidate.values[j]);
  return row;
}

GBytes *
rcp_offer_ranking_dup_choice (RcpOfferRanking *self, GListModel *shown, RcpOffer *offer, const RcpWish *wish)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (RcpChoiceRow));
  guint booked = G_MAXUINT;

  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), NULL);

  if (!is_telling (self, wish))
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (RcpOffer) other = g_list_model_get_item (shown, i);
      RcpRankedOffer *ranked = g_hash_table_lookup (self->ranked, other);
      RcpChoiceRow row;

      if (ranked == NULL)
        continue;
      row = make_row (self, ranked);
      if (other == offer)
        booked = rows->len;
      g_array_append_val (rows, row);
    }
  return booked < rows->len ? rcp_choice_new ((RcpChoiceRow *) (gpointer) rows->data, rows->len, booked) : NULL;
}
