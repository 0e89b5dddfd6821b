/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A CalDAV server of another make, Radicale, over HTTPS on loopback, with one calendar of one user. */

#include <gio/gio.h>

G_BEGIN_DECLS

#define CALDAV_USER "ana"
#define CALDAV_PASSWORD "correct horse"
#define CALDAV_PATH "/ana/diary/"

typedef struct _CaldavServer CaldavServer;

CaldavServer *caldav_server_new (void); /* NULL where there is no Radicale */
void caldav_server_free (CaldavServer *self);
void caldav_server_start (CaldavServer *self); /* waits until it answers */
void caldav_server_stop (CaldavServer *self);
guint16 caldav_server_get_port (CaldavServer *self);
/* As another program would have put it there: seen at the next refresh. */
void caldav_server_put (CaldavServer *self, const char *uid, const char *lines);
void caldav_server_delete (CaldavServer *self, const char *uid);
char *caldav_server_read (CaldavServer *self, const char *uid); /* (transfer full), or NULL */

G_END_DECLS
