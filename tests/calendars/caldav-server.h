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
/* Another calendar of the user; @props: "\"D:displayname\":\"Diary\"" and such. The user may only read one that is called "plan". */
void caldav_server_add_calendar (CaldavServer *self, const char *name, const char *props);
/* Both count from the next start on. */
void caldav_server_set_password (CaldavServer *self, const char *password);
void caldav_server_renew_certificate (CaldavServer *self);
void caldav_server_start (CaldavServer *self); /* waits until it answers */
void caldav_server_stop (CaldavServer *self);
guint16 caldav_server_get_port (CaldavServer *self);
/* As another program would have put it there: seen at the next refresh. */
void caldav_server_put (CaldavServer *self, const char *uid, const char *lines);
void caldav_server_delete (CaldavServer *self, const char *uid);
char *caldav_server_read (CaldavServer *self, const char *uid); /* (transfer full), or NULL */
/* Between these the server writes nothing, so that what is read, changed and written is one deed, as a PUT with If-Match is. */
void caldav_server_lock (CaldavServer *self);
void caldav_server_unlock (CaldavServer *self);
/* The same with the whole text of a VCALENDAR. */
void caldav_server_write (CaldavServer *self, const char *uid, const char *text);
GStrv caldav_server_list (CaldavServer *self); /* (transfer full): the texts of all that is there */
/* Stops it, and has its port accept whatever comes and never answer, until it is started or stopped. */
void caldav_server_hang (CaldavServer *self);

G_END_DECLS
