/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-calendar-login.h"

G_BEGIN_DECLS

typedef struct _ESource ESource;

/* Finds the calendars of a user on a CalDAV server (RFC 6764, 6; RFC 4791, 6.2). Private to the calendars. */

/* An account as Evolution Data Server has it, with all but the password: (transfer full). @uid: (nullable): by which it is known. */
ESource *rcp_caldav_make_source (const char *uid, const RcpCalendarLogin *login, GError **error);
/* Trusts the certificate of @login, if it has one. */
void rcp_caldav_trust (ESource *source, const RcpCalendarLogin *login);
/* @milliseconds: what a server that does not answer may take. */
void rcp_caldav_discover_async (const RcpCalendarLogin *login, guint milliseconds, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (element-type RcpFoundCalendar), sorted as the server has them. @certificate: (out) (nullable): with NOT_TRUSTED */
GPtrArray *rcp_caldav_discover_finish (GAsyncResult *result, RcpServerCertificate **certificate, GError **error);
/* (transfer full) (nullable): where they were found, if that is not where the login says but where its domain does (RFC 6764, 3). */
char *rcp_caldav_discover_dup_url (GAsyncResult *result);

G_END_DECLS
