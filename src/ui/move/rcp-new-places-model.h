/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-wish.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_NEW_PLACES_READING,
  RCP_NEW_PLACES_READY,
  RCP_NEW_PLACES_FAILED, /* nothing could be read: see "notice" */
  RCP_NEW_PLACES_BUSY,   /* being moved: each says at once what became of it */
  RCP_NEW_PLACES_DONE,
} RcpNewPlacesState;

typedef enum
{
  RCP_NEW_PLACE_WAITING, /* not moved yet, or left out */
  RCP_NEW_PLACE_MOVED,
  RCP_NEW_PLACE_REFUSED, /* it is where it was */
} RcpNewPlaceOutcome;

/**
 * RcpNewPlace:
 *
 * A visit that has to go, where it could be, and what became of it. Properties: "is-chosen", "outcome" (int).
 */
#define RCP_TYPE_NEW_PLACE (rcp_new_place_get_type ())
G_DECLARE_FINAL_TYPE (RcpNewPlace, rcp_new_place, RCP, NEW_PLACE, GObject)

RcpVisit *rcp_new_place_get_visit (RcpNewPlace *self);        /* as it was read */
RcpOffer *rcp_new_place_get_offer (RcpNewPlace *self);        /* NULL: it has no place */
const char *rcp_new_place_get_before (RcpNewPlace *self);     /* "Mon, 23 Nov, 10:15 – 10:45, Ruiz, Elena" */
const char *rcp_new_place_get_after (RcpNewPlace *self);      /* the same of the new place; NULL when there is none */
const char *rcp_new_place_get_reason (RcpNewPlace *self);     /* one sentence: why there, or why nowhere */
gboolean rcp_new_place_is_chosen (RcpNewPlace *self);
RcpNewPlaceOutcome rcp_new_place_get_outcome (RcpNewPlace *self);
const char *rcp_new_place_get_result (RcpNewPlace *self);     /* in words; NULL while there is none */

/**
 * RcpNewPlacesModel:
 *
 * A provider falls ill: the view-model of new places for all visits that no longer fit, found at once. As few as can be go without,
 * together they move by as few days as can be, and then they suit as well as can be. Each is moved in a transaction of its own, one
 * after the other, so that one that is refused keeps none of the others back.
 *
 * Properties: "state" (int), "n-chosen" (uint), "notice" (string or NULL).
 */
#define RCP_TYPE_NEW_PLACES_MODEL (rcp_new_places_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpNewPlacesModel, rcp_new_places_model, RCP, NEW_PLACES_MODEL, GObject)

RcpNewPlacesModel *rcp_new_places_model_new (RcpDesk *desk);
void rcp_new_places_model_read (RcpNewPlacesModel *self);     /* once more, from the beginning */
RcpNewPlacesState rcp_new_places_model_get_state (RcpNewPlacesModel *self);
const char *rcp_new_places_model_get_notice (RcpNewPlacesModel *self);
GListModel *rcp_new_places_model_get_places (RcpNewPlacesModel *self); /* of RcpNewPlace; the same list for life */
guint rcp_new_places_model_get_n_chosen (RcpNewPlacesModel *self);
guint rcp_new_places_model_get_n_moved (RcpNewPlacesModel *self);
/* All that have a place are chosen from the start. */
void rcp_new_places_model_choose (RcpNewPlacesModel *self, RcpNewPlace *place, gboolean is_chosen);
/* Moves what is chosen. Each can be undone from the desk, the last first. */
void rcp_new_places_model_move (RcpNewPlacesModel *self);

G_END_DECLS
