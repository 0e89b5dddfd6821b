/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Whether a request says that a body follows its headers. */
gboolean practice_refusal_has_body (SoupServerMessage *message);

/* Answers a message whose headers were just read with @status and @json without reading its body: libsoup would read all
 * of it first, however much that is. The connection is closed when the client has read the answer, sends too much or
 * takes too long. @challenge: (nullable): WWW-Authenticate. */
void practice_refusal_send (SoupServerMessage *message, guint status, const char *challenge, const char *json);

G_END_DECLS
