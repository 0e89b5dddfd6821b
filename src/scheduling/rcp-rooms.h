/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-wish.h"

G_BEGIN_DECLS

/* Rooms and devices that a visit takes along with its provider. Pure: no I/O, no clock. */

/* What such a visit needs beside the provider: RCP_NEEDS_ROOM, a type of device, or NULL. @visit_type: code, or NULL. */
const char *rcp_rooms_get_needs (RcpRoster *roster, const char *visit_type);
/* The rooms or devices that fit the need, where @provider works: (transfer full) (element-type RcpRoom), by name. */
GPtrArray *rcp_rooms_list_fitting (RcpRoster *roster, const char *needs, RcpProvider *provider);
/* Lets @offer take along whatever a visit of the type needs, all that fits. */
void rcp_rooms_require (RcpOffer *offer, RcpRoster *roster, const char *visit_type);
/* The rooms and devices that @visit has and its type does not need, where @provider works: (transfer full) (element-type
 * RcpRoom). */
GPtrArray *rcp_rooms_list_kept (RcpRoster *roster, RcpVisit *visit, RcpProvider *provider);
/* Lets @offer take along whatever @visit needs, and keep what it has besides. */
void rcp_rooms_bring (RcpOffer *offer, RcpRoster *roster, RcpVisit *visit);

/**
 * RcpFreeRooms: when the rooms that fit a need are free.
 */
typedef struct _RcpFreeRooms RcpFreeRooms;

RcpFreeRooms *rcp_free_rooms_new (const char *needs);
void rcp_free_rooms_free (RcpFreeRooms *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpFreeRooms, rcp_free_rooms_free)
/* @slots: (element-type RcpSlot) (nullable): of the room, in any order; those that are not free do not count, unless
 * @own_slot_ids (nullable) names them. */
void rcp_free_rooms_add (RcpFreeRooms *self, RcpRoom *room, GArray *slots, const char *const *own_slot_ids);
/* Whether one of them is free for all of @range. */
gboolean rcp_free_rooms_has (RcpFreeRooms *self, RcpTimeRange range);
/* @room, which was added, is free in @range too, for whom this is asked: his or her visit has it then. */
void rcp_free_rooms_add_own_time (RcpFreeRooms *self, RcpRoom *room, RcpTimeRange range);
/* Lets @offer take one of them along: those that are free then, before all others. */
void rcp_free_rooms_give (RcpFreeRooms *self, RcpOffer *offer);
/* The same without the others. */
void rcp_free_rooms_give_free (RcpFreeRooms *self, RcpOffer *offer);

G_END_DECLS
