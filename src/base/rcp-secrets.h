/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tokens of servers and passwords of services, in the system keyring (libsecret) and nowhere else. @server: the base URL. */
void rcp_secrets_store_token_async (const char *server, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_secrets_store_token_finish (GAsyncResult *result, GError **error);
/* (transfer full) (nullable): free with rcp_secrets_free(); NULL without error when there is none (or the keyring is locked). */
void rcp_secrets_lookup_token_async (const char *server, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *rcp_secrets_lookup_token_finish (GAsyncResult *result, GError **error);
void rcp_secrets_clear_token_async (const char *server, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_secrets_clear_token_finish (GAsyncResult *result, GError **error);
/* What a service asks for beside the name of its user: a password, or with @user "" a token. @service: its address. */
void rcp_secrets_store_password_async (const char *service, const char *user, const char *password, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_secrets_store_password_finish (GAsyncResult *result, GError **error);
/* As rcp_secrets_lookup_token_finish(). */
void rcp_secrets_lookup_password_async (const char *service, const char *user, GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
char *rcp_secrets_lookup_password_finish (GAsyncResult *result, GError **error);
void rcp_secrets_clear_password_async (const char *service, const char *user, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean rcp_secrets_clear_password_finish (GAsyncResult *result, GError **error);
void rcp_secrets_free (char *secret); /* overwrites it first */

G_END_DECLS
