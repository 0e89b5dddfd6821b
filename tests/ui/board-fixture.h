/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/board/rcp-board-model.h"

G_BEGIN_DECLS

/* Made-up columns and visits for the board, from FHIR JSON as a server would send it. */

#define BOARD_DATE "2026-11-23"

GTimeZone *board_fixture_zone (void);                   /* UTC; (transfer full) */
gint64 board_fixture_instant (const char *time);        /* "09:26" on BOARD_DATE */
RcpPlace *board_fixture_place (const char *id, const char *name);
/* Dr. @family with Schedule "s-@id", Practitioner "p-@id". */
RcpProvider *board_fixture_provider (const char *id, const char *given, const char *family, const char *specialty, RcpPlace *place);
RcpVisit *board_fixture_visit (const char *id, const char *provider, const char *start, guint minutes, const char *status,
                               const char *given, const char *family, const char *type, guint priority);

/* The same of an instant; Ella Brown, booked. */
RcpVisit *board_fixture_visit_at (const char *id, const char *provider, RcpTimeRange range);
/* Dr. Eva Weiss, "00", who works 8 to 12 on these days of FHIR: "\"mon\",\"tue\"". */
RcpProvider *board_fixture_working_provider (const char *days);

/* A room ("Location") or a device ("Device") with Schedule "s-room-@id". */
RcpRoom *board_fixture_room (const char *type, const char *id, const char *name, RcpPlace *place);
/* Half an hour booked in a room, "Location/1". */
RcpVisit *board_fixture_visit_in_room (const char *id, const char *provider, const char *start, const char *room);

/* A board on 23 November 2026 at 9:26 with @n_columns at two places, open 8 to 12 and 13 to 17, and up to @per_column visits each. */
RcpBoardModel *board_fixture_model (guint n_columns, guint per_column);
/* The same for any number, as a list of visits: (transfer full). */
GListStore *board_fixture_visits (guint n_columns, guint per_column);
/* One time, in minutes of the day that @model shows, as a calendar keeps it: (transfer full), of RcpBusy. */
GArray *board_fixture_busy (RcpBoardModel *model, int from, int to, RcpBusyKind kind);

G_END_DECLS
