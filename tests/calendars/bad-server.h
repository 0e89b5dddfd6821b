/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A web server on loopback that is no calendar server, and says the same to everybody. Plain HTTP. */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BadServer BadServer;

/* @answer: a whole HTTP answer, "%s" where the server's own address shall stand; NULL: it accepts and never answers. */
BadServer *bad_server_new (const char *answer);
void bad_server_free (BadServer *self); /* from now on its port is closed */
const char *bad_server_get_address (BadServer *self);

G_END_DECLS
