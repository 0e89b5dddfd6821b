/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RcpMirrorDeadline:
 *
 * The time that one call may take. Evolution Data Server waits three minutes for a server that accepts and does not answer. Private to
 * the calendars.
 */
typedef struct _RcpMirrorDeadline RcpMirrorDeadline;

/* @parent: (nullable): gives the call up as well. */
RcpMirrorDeadline *rcp_mirror_deadline_new (guint milliseconds, GCancellable *parent);
void rcp_mirror_deadline_free (RcpMirrorDeadline *self);
GCancellable *rcp_mirror_deadline_get_cancellable (RcpMirrorDeadline *self); /* borrowed */
/* Makes an error of the call that was given up for the time say so. */
void rcp_mirror_deadline_explain (RcpMirrorDeadline *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorDeadline, rcp_mirror_deadline_free)

G_END_DECLS
