/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mirroring/rcp-mirror-service.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpDeskMirrors:
 *
 * What joins a desk and the calendars that show its providers' visits: tells them what was chosen for the record that is open, and
 * whose visits change. "changed" tells that one of them stands otherwise, or that there are any now.
 */
#define RCP_TYPE_DESK_MIRRORS (rcp_desk_mirrors_get_type ())
G_DECLARE_FINAL_TYPE (RcpDeskMirrors, rcp_desk_mirrors, RCP, DESK_MIRRORS, GObject)

RcpDeskMirrors *rcp_desk_mirrors_new (RcpDesk *desk, GSettings *settings);
/* Once the part that keeps them is loaded. */
void rcp_desk_mirrors_set_service (RcpDeskMirrors *self, RcpMirrorService *service);
/* @record: of rcp_source_dup_key(), once the record is open. */
void rcp_desk_mirrors_set_record (RcpDeskMirrors *self, const char *record);
/* FALSE when nothing is mirrored for @person, or nobody knows yet. */
gboolean rcp_desk_mirrors_get_reading (RcpDeskMirrors *self, const char *person, RcpMirrorReading *reading);

/* Takes out of the calendar @uid what was written for @person, once another one or none is chosen. */
void rcp_desk_mirrors_clear_async (RcpDeskMirrors *self, const char *person, const char *uid, GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean rcp_desk_mirrors_clear_finish (RcpDeskMirrors *self, GAsyncResult *result, guint *n_removed, GError **error);

G_END_DECLS
