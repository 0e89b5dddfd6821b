/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpAnnouncer:
 *
 * Tells a screen reader what has happened, without the keyboard going there. It takes no room and shows nothing. Newer releases of GTK
 * have an announcement for that (GTK 4.14); before, an alert that comes with the words in it is what a screen reader hears of.
 */
#define RCP_TYPE_ANNOUNCER (rcp_announcer_get_type ())
G_DECLARE_FINAL_TYPE (RcpAnnouncer, rcp_announcer, RCP, ANNOUNCER, GtkWidget)

GtkWidget *rcp_announcer_new (void);
/* @text: a plain sentence. It waits its turn behind what is being read. */
void rcp_announcer_say (RcpAnnouncer *self, const char *text);
/* What was said last, "" before: borrowed. */
const char *rcp_announcer_get_said (RcpAnnouncer *self);

G_END_DECLS
