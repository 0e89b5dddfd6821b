/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-calendars.h"
#include "mirroring/rcp-mirror-service.h"

G_BEGIN_DECLS

/**
 * RcpMirrorKeeper:
 *
 * The mirrors of a desk: one for each provider for whom a calendar was chosen, for as long as there is that calendar.
 */
#define RCP_TYPE_MIRROR_KEEPER (rcp_mirror_keeper_get_type ())
G_DECLARE_FINAL_TYPE (RcpMirrorKeeper, rcp_mirror_keeper, RCP, MIRROR_KEEPER, GObject)

RcpMirrorService *rcp_mirror_keeper_new (RcpCalendars *calendars);

G_END_DECLS
