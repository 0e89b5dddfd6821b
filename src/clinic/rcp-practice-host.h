/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RcpPracticeHostFlags:
 * @RCP_PRACTICE_HOST_FLAGS_NONE: just the database
 * @RCP_PRACTICE_HOST_FLAGS_SAMPLE: with the sample clinic, where there is none yet
 */
typedef enum
{
  RCP_PRACTICE_HOST_FLAGS_NONE = 0,
  RCP_PRACTICE_HOST_FLAGS_SAMPLE = 1 << 0,
} RcpPracticeHostFlags;

/**
 * RcpPracticeHost:
 *
 * Serves a practice on this computer: runs reception-practice for a database and listens to what it says. When another
 * desk of the same user serves that database already, its server is used.
 *
 * Signals: "progress" (utf8 line) while the database is filled, before it is ready; "died" (GError) when the server ends by itself
 * after it was ready. The server ends with the host, and with the program, however that ends.
 */
#define RCP_TYPE_PRACTICE_HOST (rcp_practice_host_get_type ())
G_DECLARE_FINAL_TYPE (RcpPracticeHost, rcp_practice_host, RCP, PRACTICE_HOST, GObject)

/* @import_paths: (nullable) (array zero-terminated=1): files and folders to take in first */
RcpPracticeHost *rcp_practice_host_new (const char *database, RcpPracticeHostFlags flags, const char *const *import_paths);
/* Before the start: the server's clock stands still at this instant too. */
void rcp_practice_host_set_now (RcpPracticeHost *self, gint64 now);
/* Begins to start it, unless another desk may serve the database: to be followed by rcp_practice_host_start_async(). */
void rcp_practice_host_prepare (RcpPracticeHost *self);
void rcp_practice_host_start_async (RcpPracticeHost *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_practice_host_start_finish (RcpPracticeHost *self, GAsyncResult *result, GError **error);
const char *rcp_practice_host_get_database (RcpPracticeHost *self);
const char *rcp_practice_host_get_socket_path (RcpPracticeHost *self);
gboolean rcp_practice_host_is_running (RcpPracticeHost *self);
gboolean rcp_practice_host_is_shared (RcpPracticeHost *self); /* whether another desk's server is used */
const char *rcp_practice_host_get_process_id (RcpPracticeHost *self); /* NULL when no server of its own runs */
void rcp_practice_host_stop (RcpPracticeHost *self);

G_END_DECLS
