/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-engine-pool.h"

G_BEGIN_DECLS

/* Larger bodies are refused. */
#define PRACTICE_HTTP_MAX_BODY (32 * 1024 * 1024)

/**
 * PracticeHttp: the engine behind HTTP, base path /fhir, on a Unix socket or on the loopback.
 */
typedef struct _PracticeHttp PracticeHttp;

PracticeHttp *practice_http_new (PracticePool *pool);
void practice_http_free (PracticeHttp *http);
gboolean practice_http_listen_socket (PracticeHttp *http, const char *path, GError **error);
/* @port 0 takes a free one. */
gboolean practice_http_listen_port (PracticeHttp *http, guint16 port, const char *token, GError **error);
/* Where it listens: "unix:PATH" or "http://127.0.0.1:PORT/fhir". */
const char *practice_http_get_address (PracticeHttp *http);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeHttp, practice_http_free)

G_END_DECLS
