/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-new-places"

#include "config.h"

#include "rcp-new-places-private.h"

#include "matching/rcp-day-plan.h"

typedef struct
{
  GPtrArray *visits; /* of RcpNewPlace: those that have a wish */
  GArray *places;    /* of RcpDayPlace */
  GPtrArray *offers; /* of RcpOffer, one for each */
} Plan;

/* Where @visit could be, and what that costs. */
static void
add_offers (Plan *self, guint visit, GPtrArray *offers)
{
  RcpNewPlace *place = self->visits->pdata[visit];
  g_autoptr (GListStore) all = g_list_store_new (RCP_TYPE_OFFER);
  g_autoptr (GListStore) none = g_list_store_new (RCP_TYPE_OFFER);

  g_list_store_splice (all, 0, 0, offers->pdata, offers->len);
  rcp_offer_ranking_show (place->ranking, none, G_LIST_MODEL (all), place->liked, 0);
  for (guint i = 0; i < offers->len; i++)
    {
      RcpOffer *offer = offers->pdata[i];
      RcpDayPlace one = { visit, rcp_provider_get_schedule_id (rcp_offer_get_provider (offer)), rcp_offer_get_range (offer),
                          rcp_new_place_get_cost (place, offer) };

      if (one.cost < 0)
        continue;
      g_array_append_val (self->places, one);
      g_ptr_array_add (self->offers, offer);
    }
}

static void
collect (Plan *self, GListModel *places, GPtrArray *offers)
{
  for (guint i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (RcpNewPlace) place = g_list_model_get_item (places, i);

      if (place->wish == NULL)
        continue;
      g_ptr_array_add (self->visits, place);
      add_offers (self, self->visits->len - 1, offers->pdata[self->visits->len - 1]);
    }
}

guint
rcp_new_places_plan (GListModel *places, GPtrArray *offers, guint days)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new (), taken = g_ptr_array_new ();
  g_autoptr (GArray) choices = g_array_new (FALSE, FALSE, sizeof (RcpDayPlace));
  Plan self = { visits, choices, taken };
  g_autofree const char **people = g_new0 (const char *, offers->len + 1);
  g_autofree guint *chosen = g_new (guint, offers->len + 1);
  guint n_without = 0;

  collect (&self, places, offers);
  for (guint i = 0; i < visits->len; i++)
    people[i] = rcp_visit_get_patient_id (((RcpNewPlace *)visits->pdata[i])->visit);
  if (!rcp_day_plan ((const RcpDayPlace *)(void *)choices->data, choices->len, people, visits->len, chosen))
    g_debug ("Too many ways to place %u visits: the places are good, if perhaps not the best", visits->len);
  for (guint i = 0; i < visits->len; i++)
    {
      rcp_new_place_set_offer (visits->pdata[i], chosen[i] != RCP_DAY_PLAN_NONE ? taken->pdata[chosen[i]] : NULL, days);
      n_without += chosen[i] == RCP_DAY_PLAN_NONE;
    }
  return n_without;
}
