/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FaultServer:
 *
 * A server on a free loopback port that answers what a test tells it to, byte for byte, one scripted answer per
 * request. It lives in the main context of the test; no connection is kept.
 */
typedef struct _FaultServer FaultServer;

FaultServer *fault_server_new (void);
void fault_server_free (FaultServer *self);
const char *fault_server_get_base_url (FaultServer *self);

/* Queues an answer. @headers: further lines, each with "\r\n" behind it, or NULL. */
void fault_server_answer (FaultServer *self, guint status, const char *headers, const char *body);
/* Queues raw bytes; the connection is closed behind them. */
void fault_server_answer_raw (FaultServer *self, const void *data, gsize length);
/* Queues an answer whose body ends after @n_bytes, although Content-Length promises all of it. */
void fault_server_answer_cut (FaultServer *self, guint status, const char *body, gsize n_bytes);
/* Queues silence: the request is read and never answered. */
void fault_server_answer_never (FaultServer *self);

guint fault_server_get_n_requests (FaultServer *self);
/* The request line, header and body of request @index, as they came. */
const char *fault_server_get_request (FaultServer *self, guint index);
guint fault_server_get_n_left (FaultServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultServer, fault_server_free)

G_END_DECLS
