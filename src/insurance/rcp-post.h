/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One POST, whole or not at all: bounded in time and length, and to that address only. */

/**
 * RcpPosted: what came back
 * @content_type: (nullable)
 * @retry_after_ms: 0 when it does not say
 */
typedef struct
{
  guint status;
  char *content_type;
  GBytes *body;
  guint retry_after_ms;
} RcpPosted;

void rcp_posted_free (RcpPosted *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpPosted, rcp_posted_free)

void rcp_post_async (SoupSession *session, const char *url, const char *content_type, GBytes *body, guint timeout_ms,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpPosted *rcp_post_finish (GAsyncResult *result, GError **error);

G_END_DECLS
