/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-roster.h"
#include "scheduling/rcp-own-visits.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_TIME_OF_DAY_ANY,
  RCP_TIME_OF_DAY_MORNING,   /* starts before 12:00 */
  RCP_TIME_OF_DAY_AFTERNOON, /* 12:00 to before 17:00 */
  RCP_TIME_OF_DAY_EVENING,   /* from 17:00 */
} RcpTimeOfDay;

/**
 * RcpWish: what the patient asks for; a plain value, strings owned.
 */
typedef struct
{
  char *visit_type;  /* code, or NULL */
  char *specialty;   /* NUCC code, or NULL: any */
  char *schedule_id; /* one provider's column, or NULL: any */
  char *place_id;    /* or NULL */
  char *room_id;     /* Schedule of the room or device that is to be taken along, or NULL: any */
  guint duration;    /* minutes */
  GDate from;        /* local day */
  gint64 not_before; /* instant: no start before it (now, or the clicked time) */
  RcpTimeOfDay time_of_day;
  guint per_provider; /* 0: the earliest of all. Else so many of each, so that providers can be compared */
  GHashTable *left_out; /* Schedule ids of providers who do not come into question, or NULL: all do. Never changed once it is here */
  RcpOwnVisits *own; /* when the patients are elsewhere, or NULL: not known who they are */
  RcpUrgency urgency; /* emergency: today only; urgent: within what the clinic says; routine: the horizon */
} RcpWish;

RcpWish *rcp_wish_new (void);
RcpWish *rcp_wish_copy (const RcpWish *wish);
void rcp_wish_free (RcpWish *wish);
gboolean rcp_wish_leaves_out (const RcpWish *wish, const char *schedule_id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpWish, rcp_wish_free)

/**
 * RcpOffer: one opening; a GObject for lists. The slots with the versions that were seen when it was found.
 */
#define RCP_TYPE_OFFER (rcp_offer_get_type ())
G_DECLARE_FINAL_TYPE (RcpOffer, rcp_offer, RCP, OFFER, GObject)

RcpOffer *rcp_offer_new (RcpProvider *provider, const RcpSlot *slots, guint n_slots);
/* A time that is not free: @slots (perhaps none) are those of the schedule that @range touches. Only an operation that is
 * told why may use it. */
RcpOffer *
rcp_offer_new_for_range (RcpProvider *provider, RcpTimeRange range, const RcpSlot *slots, guint n_slots);
RcpProvider *rcp_offer_get_provider (RcpOffer *self);
RcpTimeRange rcp_offer_get_range (RcpOffer *self);
const RcpSlot *rcp_offer_get_slots (RcpOffer *self, guint *n_slots);
gboolean rcp_offer_meets_wish (RcpOffer *self); /* FALSE: an alternative */
void rcp_offer_set_meets_wish (RcpOffer *self, gboolean meets_wish);
/* What the visit takes along, or NULL: then nothing. @rooms (element-type RcpRoom): those of which it takes one, the
 * best first; when there are none, the visit cannot be there. */
void rcp_offer_set_needs (RcpOffer *self, const char *needs, GPtrArray *rooms);
const char *rcp_offer_get_needs (RcpOffer *self);
/* Rooms and devices that come along although the visit does not need them, all of them (element-type RcpRoom); copied. */
void rcp_offer_set_kept (RcpOffer *self, GPtrArray *rooms);
GPtrArray *rcp_offer_get_kept (RcpOffer *self); /* borrowed; empty when nothing is kept */
/* What follows it in a chain of openings that are booked as one, or NULL; see rcp-chains.h. */
void rcp_offer_set_next (RcpOffer *self, RcpOffer *next);
RcpOffer *rcp_offer_get_next (RcpOffer *self);
GPtrArray *rcp_offer_get_rooms (RcpOffer *self); /* borrowed; empty when nothing is needed */

G_END_DECLS
