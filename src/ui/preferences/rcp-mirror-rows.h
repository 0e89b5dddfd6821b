/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/calendars/rcp-desk-calendars.h"

G_BEGIN_DECLS

/**
 * RcpMirrorRows:
 *
 * The rows of one provider in Preferences > Calendars that choose which calendar shows the visits, and what it shows of them, and say how
 * it stands.
 */
#define RCP_TYPE_MIRROR_ROWS (rcp_mirror_rows_get_type ())
G_DECLARE_FINAL_TYPE (RcpMirrorRows, rcp_mirror_rows, RCP, MIRROR_ROWS, GObject)

/* Adds them to @row, which keeps them. @person: id of a Practitioner, whom @row names; @model: the calendars there are. */
void rcp_mirror_rows_add (AdwExpanderRow *row, RcpDesk *desk, RcpDeskCalendars *calendars, const char *person, GListModel *model);

G_END_DECLS
