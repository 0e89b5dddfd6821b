/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "clinic/rcp-roster.h"

G_BEGIN_DECLS

/**
 * RcpRoomDialog:
 *
 * Asks into which room a patient is led: a digit picks one, those in which somebody is say so.
 *
 * Signal: "chosen" (RcpRoom).
 */
#define RCP_TYPE_ROOM_DIALOG (rcp_room_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpRoomDialog, rcp_room_dialog, RCP, ROOM_DIALOG, AdwWindow)

/* @rooms: of RcpRoom; @visits: of RcpVisit, nullable: who may be in one now */
GtkWindow *rcp_room_dialog_new (GListModel *rooms, GListModel *visits);

/* The rooms where a visit may take place: those of its site, or all where that has none: (transfer full) (element-type RcpRoom). */
GListModel *rcp_room_dialog_list_rooms (RcpRoster *roster, RcpVisit *visit);

G_END_DECLS
