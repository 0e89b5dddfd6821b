/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/booking/rcp-offer-ranking.h"
#include "ui/move/rcp-new-places-model.h"

G_BEGIN_DECLS

struct _RcpNewPlace
{
  GObject parent_instance;

  RcpVisit *visit;
  RcpProvider *provider; /* of the visit, or NULL: works here no more */
  RcpWish *wish;         /* NULL: it is not to be moved alone */
  RcpWish *liked;        /* the same with what is only liked: the time of day */
  RcpOfferRanking *ranking;
  RcpOffer *offer;
  RcpRoom *room;         /* of what such visits need, the one that it is to have there, or NULL */
  char *before;
  char *after;
  char *reason;
  gboolean is_chosen;
  RcpNewPlaceOutcome outcome;
  char *result;
};

/* rcp-new-place.c */
RcpNewPlace *rcp_new_place_new (RcpDesk *desk, RcpVisit *visit);
void rcp_new_place_choose (RcpNewPlace *self, gboolean is_chosen);
void rcp_new_place_set_outcome (RcpNewPlace *self, RcpNewPlaceOutcome outcome, const char *result);
/* @offer: where it could be, or NULL: nowhere within @days; ranked by the ranking of @self. @room: that it takes along, or NULL. */
void rcp_new_place_set_offer (RcpNewPlace *self, RcpOffer *offer, RcpRoom *room, guint days);
gboolean rcp_new_place_is_same_day (RcpNewPlace *self);
/* What it costs to have the visit there; negative where it cannot be. */
gint64 rcp_new_place_get_cost (RcpNewPlace *self, RcpOffer *offer);

/* rcp-new-places-plan.c: gives each of @places (element-type RcpNewPlace) one of its @offers (element-type GPtrArray of RcpOffer), which
 * are those of the places that have a wish, in their order. @days: how far was looked. Returns how many of these got none. */
guint rcp_new_places_plan (GListModel *places, GPtrArray *offers, guint days);
/* Lets the offer of @place take along what its visit needs and has: the room that it was given, and if another desk has that one
 * meanwhile, any other that no other of @places was given for that time. */
void rcp_new_places_bring_rooms (GListModel *places, RcpNewPlace *place, RcpRoster *roster);

G_END_DECLS
