/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "calendars/rcp-calendar-service.h"

G_BEGIN_DECLS

typedef struct _ESource ESource;

/**
 * RcpCaldavAccount:
 *
 * An account that Reception added to Evolution Data Server. Its properties "uid", "name", "address", "user" and "trouble" (an
 * RcpAccountTrouble) notify of changes.
 */
#define RCP_TYPE_CALDAV_ACCOUNT (rcp_caldav_account_get_type ())
G_DECLARE_FINAL_TYPE (RcpCaldavAccount, rcp_caldav_account, RCP, CALDAV_ACCOUNT, GObject)

RcpCaldavAccount *rcp_caldav_account_new (ESource *source);
const char *rcp_caldav_account_get_uid (RcpCaldavAccount *self);
ESource *rcp_caldav_account_get_source (RcpCaldavAccount *self);
RcpAccountTrouble rcp_caldav_account_get_trouble (RcpCaldavAccount *self);
/* (transfer full): with what one would come there, with another password and perhaps another certificate. */
RcpCalendarLogin *rcp_caldav_account_make_login (RcpCaldavAccount *self, const char *password, const char *certificate, GError **error);
/* Listens to the account's own source and to each of its calendars. */
void rcp_caldav_account_watch (RcpCaldavAccount *self, ESource *source);
void rcp_caldav_account_forget (RcpCaldavAccount *self, ESource *source);

G_END_DECLS
