/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-calendar.h"

G_BEGIN_DECLS

typedef struct _ESourceRegistry ESourceRegistry;

/**
 * RcpCalendars:
 *
 * The calendars that Evolution Data Server knows, live: a GListModel of RcpCalendar, by account, then name. Those of
 * this computer come first.
 */
#define RCP_TYPE_CALENDARS (rcp_calendars_get_type ())
G_DECLARE_FINAL_TYPE (RcpCalendars, rcp_calendars, RCP, CALENDARS, GObject)

/* Finds Evolution Data Server and starts it where the session can. An error where there is none; the program goes on. */
void rcp_calendars_open_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpCalendars *rcp_calendars_open_finish (GAsyncResult *result, GError **error);
/* Of a registry that is there already. */
RcpCalendars *rcp_calendars_new (ESourceRegistry *registry);
ESourceRegistry *rcp_calendars_get_registry (RcpCalendars *self);
RcpCalendar *rcp_calendars_find (RcpCalendars *self, const char *uid); /* borrowed, or NULL */

G_END_DECLS
