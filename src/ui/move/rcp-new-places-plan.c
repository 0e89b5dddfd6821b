/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-new-places"

#include "config.h"

#include "rcp-new-places-private.h"

#include "matching/rcp-day-plan.h"
#include "scheduling/rcp-rooms.h"

typedef struct
{
  GPtrArray *visits; /* of RcpNewPlace: those that have a wish */
  GArray *places;    /* of RcpDayPlace */
  GPtrArray *offers; /* of RcpOffer, one for each */
  GPtrArray *rooms;  /* of RcpRoom, one for each, or NULL */
  GPtrArray *things; /* what the places point to */
} Plan;

/* The room that such a visit needs, and those that this one keeps: (transfer none) (nullable). */
static const char *const *
list_things (Plan *self, RcpOffer *offer, RcpRoom *room)
{
  GPtrArray *kept = rcp_offer_get_kept (offer);
  const char **things;
  guint n = 0;

  if (room == NULL && kept->len == 0)
    return NULL;
  things = g_new0 (const char *, kept->len + 2);
  g_ptr_array_add (self->things, things);
  if (room != NULL)
    things[n++] = rcp_room_get_reference (room);
  for (guint i = 0; i < kept->len; i++)
    things[n++] = rcp_room_get_reference (kept->pdata[i]);
  return things;
}

static void
add_place (Plan *self, RcpDayPlace place, RcpOffer *offer, RcpRoom *room)
{
  place.things = list_things (self, offer, room);
  g_array_append_val (self->places, place);
  g_ptr_array_add (self->offers, offer);
  g_ptr_array_add (self->rooms, room);
}

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
                          rcp_new_place_get_cost (place, offer), NULL };
      GPtrArray *rooms = rcp_offer_get_rooms (offer);

      if (one.cost < 0)
        continue;
      if (rcp_offer_get_needs (offer) == NULL)
        add_place (self, one, offer, NULL);
      for (guint j = 0; j < rooms->len; j++)
        {
          RcpDayPlace there = one;

          /* Of all that fit best the one where the visit is already. */
          there.cost += !rcp_room_is_used_by (rooms->pdata[j], place->visit);
          add_place (self, there, offer, rooms->pdata[j]);
        }
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
  g_autoptr (GPtrArray) rooms = g_ptr_array_new (), things = g_ptr_array_new_with_free_func (g_free);
  Plan self = { visits, choices, taken, rooms, things };
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
      gboolean has_place = chosen[i] != RCP_DAY_PLAN_NONE;

      rcp_new_place_set_offer (visits->pdata[i], has_place ? taken->pdata[chosen[i]] : NULL, has_place ? rooms->pdata[chosen[i]] : NULL, days);
      n_without += !has_place;
    }
  return n_without;
}

/* The roster may have been read anew since the places were found. */
static gboolean
is_same_room (gconstpointer one, gconstpointer other)
{
  return g_str_equal (rcp_room_get_reference ((RcpRoom *)one), rcp_room_get_reference ((RcpRoom *)other));
}

static gboolean
takes (RcpNewPlace *place, RcpRoom *room)
{
  return (place->room != NULL && is_same_room (place->room, room))
         || g_ptr_array_find_with_equal_func (rcp_offer_get_kept (place->offer), room, is_same_room, NULL);
}

/* Whether another one was given @room, or keeps it, at the time of @place. */
static gboolean
is_promised (GListModel *places, RcpNewPlace *place, RcpRoom *room)
{
  RcpTimeRange range = rcp_offer_get_range (place->offer);

  for (guint i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (RcpNewPlace) other = g_list_model_get_item (places, i);

      if (other != place && other->is_chosen && rcp_time_range_overlaps (range, rcp_offer_get_range (other->offer))
          && takes (other, room))
        return TRUE;
    }
  return FALSE;
}

void
rcp_new_places_bring_rooms (GListModel *places, RcpNewPlace *place, RcpRoster *roster)
{
  const char *needs = rcp_rooms_get_needs (roster, rcp_visit_get_type_code (place->visit));
  g_autoptr (GPtrArray) fitting = rcp_rooms_list_fitting (roster, needs, rcp_offer_get_provider (place->offer));
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  rcp_rooms_bring (place->offer, roster, place->visit);
  if (place->room != NULL)
    g_ptr_array_add (order, place->room);
  for (guint i = 0; i < fitting->len; i++)
    if ((place->room == NULL || !is_same_room (place->room, fitting->pdata[i])) && !is_promised (places, place, fitting->pdata[i]))
      g_ptr_array_add (order, fitting->pdata[i]);
  rcp_offer_set_needs (place->offer, needs, order);
}
