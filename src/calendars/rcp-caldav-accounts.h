/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-caldav-account.h"

G_BEGIN_DECLS

typedef struct _ESourceRegistry ESourceRegistry;

/**
 * RcpCaldavAccounts:
 *
 * The accounts that Reception added, a live GListModel of RcpCaldavAccount. Their passwords are in the system's keyring, where
 * Evolution Data Server looks for them, and nowhere else.
 */
#define RCP_TYPE_CALDAV_ACCOUNTS (rcp_caldav_accounts_get_type ())
G_DECLARE_FINAL_TYPE (RcpCaldavAccounts, rcp_caldav_accounts, RCP, CALDAV_ACCOUNTS, GObject)

RcpCaldavAccounts *rcp_caldav_accounts_new (ESourceRegistry *registry);
RcpCaldavAccount *rcp_caldav_accounts_find (RcpCaldavAccounts *self, const char *uid); /* borrowed, or NULL */

/* Keeps the password, makes the account; its calendars come by themselves. */
void rcp_caldav_accounts_add_async (RcpCaldavAccounts *self, const RcpCalendarLogin *login, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
char *rcp_caldav_accounts_add_finish (RcpCaldavAccounts *self, GAsyncResult *result, GError **error); /* uid: (transfer full) */
/* Keeps another password of the account @uid, trusts its certificate, and has it and its calendars connect again. */
void rcp_caldav_accounts_sign_in_async (RcpCaldavAccounts *self, const char *uid, const RcpCalendarLogin *login,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_caldav_accounts_sign_in_finish (RcpCaldavAccounts *self, GAsyncResult *result, GError **error);
/* Forgets the password and the account with its calendars; on the server nothing changes. */
void rcp_caldav_accounts_remove_async (RcpCaldavAccounts *self, const char *uid, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_caldav_accounts_remove_finish (RcpCaldavAccounts *self, GAsyncResult *result, GError **error);

G_END_DECLS
