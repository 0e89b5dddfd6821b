/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-offer-ranking"

#include "config.h"

#include "rcp-offer-ranking-private.h"

/* So many times of a provider in a row, then those of others: a list of one provider's times is no choice. */
#define IN_A_ROW 3

static int
compare_places (gconstpointer a, gconstpointer b, gpointer ranked)
{
  RcpRankedOffer *one = g_hash_table_lookup (ranked, *(RcpOffer *const *) a), *other = g_hash_table_lookup (ranked, *(RcpOffer *const *) b);

  if (one->place != other->place)
    return one->place < other->place ? -1 : 1;
  if (one->facts.first_slot != other->facts.first_slot)
    return one->facts.first_slot < other->facts.first_slot ? -1 : 1;
  return g_strcmp0 (one->facts.key, other->facts.key);
}

void
rcp_offer_order_by_rank (RcpOfferRanking *self, GPtrArray *offers)
{
  g_ptr_array_sort_with_data (offers, compare_places, self->ranked);
}

/* In rounds of which each has a few times of each provider; those who are barred come last. */
void
rcp_offer_order_best_first (RcpOfferRanking *self, GPtrArray *offers)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) later = g_ptr_array_new (), left = g_ptr_array_new ();
  guint n = 0;

  rcp_offer_order_by_rank (self, offers);
  g_ptr_array_extend (left, offers, NULL, NULL);
  while (left->len > 0)
    {
      for (guint i = 0; i < left->len; i++)
        {
          RcpRankedOffer *ranked = g_hash_table_lookup (self->ranked, left->pdata[i]);
          guint seen = GPOINTER_TO_UINT (g_hash_table_lookup (counts, ranked->facts.key));

          g_hash_table_insert (counts, (char *) ranked->facts.key, GUINT_TO_POINTER (seen + 1));
          if (seen < IN_A_ROW && ranked->barriers == RCP_BARRIER_NONE)
            offers->pdata[n++] = left->pdata[i];
          else
            g_ptr_array_add (later, left->pdata[i]);
        }
      if (later->len == left->len)
        break; /* only those who are barred are left */
      g_hash_table_remove_all (counts);
      g_ptr_array_set_size (left, 0);
      g_ptr_array_extend_and_steal (left, g_steal_pointer (&later));
      later = g_ptr_array_new ();
    }
  for (guint i = 0; i < left->len; i++)
    offers->pdata[n++] = left->pdata[i];
}

/* Where an offer stands in the earliest first order of somebody who asks for a woman or a man. */
typedef struct
{
  RcpOffer *offer;
  GDate day;
  int asked; /* 0 as asked for, 1 not known, 2 the other */
  guint position;
} Asked;

static int
compare_asked (gconstpointer a, gconstpointer b)
{
  const Asked *one = a, *other = b;
  int days = g_date_compare (&one->day, &other->day);
  gboolean meets = rcp_offer_meets_wish (one->offer);

  if (meets != rcp_offer_meets_wish (other->offer))
    return meets ? -1 : 1;
  if (days != 0)
    return days;
  if (one->asked != other->asked)
    return one->asked - other->asked;
  if (rcp_offer_get_range (one->offer).start != rcp_offer_get_range (other->offer).start)
    return rcp_offer_get_range (one->offer).start < rcp_offer_get_range (other->offer).start ? -1 : 1;
  return one->position < other->position ? -1 : 1;
}

/* Of each day those first whom the patient asks for, then those of whom it is not known, then the others: the day is what the patient
 * asks for as the earliest, and an hour more is what who asks for a woman will gladly wait. Nobody is left out. */
void
rcp_offer_order_asked_first (RcpOfferRanking *self, GPtrArray *offers)
{
  g_autoptr (GArray) all = g_array_sized_new (FALSE, FALSE, sizeof (Asked), offers->len);

  for (guint i = 0; i < offers->len; i++)
    {
      RcpRankedOffer *ranked = g_hash_table_lookup (self->ranked, offers->pdata[i]);
      RcpGender gender = ranked->facts.gender;
      Asked asked = { .offer = offers->pdata[i], .position = i };

      asked.asked = gender == self->gender ? 0 : gender == RCP_GENDER_ANY ? 1 : 2;
      rcp_time_get_day (ranked->facts.first_slot, rcp_provider_get_zone (rcp_offer_get_provider (asked.offer)), &asked.day);
      g_array_append_val (all, asked);
    }
  g_array_sort (all, compare_asked);
  for (guint i = 0; i < offers->len; i++)
    offers->pdata[i] = g_array_index (all, Asked, i).offer;
}
