/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): a new random bearer token. */
char *practice_auth_make_token (void);
/* (transfer full) (nullable): the token in a file, without white space around it. */
char *practice_auth_read_token (const char *path, GError **error);
/* Whether an Authorization header carries the token; takes the same time wherever they differ. */
gboolean practice_auth_check (const char *authorization, const char *token);
/* Whether a Host header names this machine's loopback: a web page that had its name resolved to it does not. */
gboolean practice_auth_host_is_loopback (const char *host);
/* Whether a Host header is of the form name[:port], and so can be put into links. */
gboolean practice_auth_host_is_plain (const char *host);

G_END_DECLS
