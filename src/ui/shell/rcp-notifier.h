/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpNotifier:
 *
 * Tells of what happens while nobody looks at the window, by notifications of the desktop: visits that fit the hours no more, a
 * visit of this desk that another desk moved or cancelled, and a record that cannot be reached for longer. Nothing is told that the
 * person sees anyway, and nothing twice: each kind replaces its last one, and goes when it holds no more. No notification names
 * a patient: it may stand on a locked screen. Each kind can be switched off: "notify-work", "notify-visits", "notify-connection".
 *
 * A failed booking or undo is not among them: it answers what somebody did a moment ago, in the window where it was done.
 *
 * Signal: "activated" (place): the person has chosen one; "refits", "board", or a link ("reception:visit/1").
 */
#define RCP_TYPE_NOTIFIER (rcp_notifier_get_type ())
G_DECLARE_FINAL_TYPE (RcpNotifier, rcp_notifier, RCP, NOTIFIER, GObject)

/* @application: on the bus; its action "show-place" (s) is what a notification does. */
RcpNotifier *rcp_notifier_new (GApplication *application, RcpDesk *desk, GSettings *settings);
/* Whether somebody looks: then nothing is told. Until it is set, nobody does. */
void rcp_notifier_set_looking_func (RcpNotifier *self, gboolean (*is_looking) (gpointer data), gpointer data);
/* How long the record may be out of reach before that is told; a minute. */
void rcp_notifier_set_patience (RcpNotifier *self, gint64 microseconds);

G_END_DECLS
