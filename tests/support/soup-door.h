/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * SoupDoor: lets clients in to a SoupServer of a test. Connections are accepted here and handed over, because libsoup 3.2 keeps
 * a reference to each socket that it accepts itself for ever (soup-listener.c, listen_watch; mended in 3.4).
 */
typedef struct _SoupDoor SoupDoor;

/* @server: kept until the door is closed for good. @address: where to listen; with port 0 a free one is taken. */
SoupDoor *soup_door_new (SoupServer *server, GSocketAddress *address);
/* Lets nobody in any more, and ends every connection of the server. */
void soup_door_free (SoupDoor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SoupDoor, soup_door_free)

GSocketAddress *soup_door_get_address (SoupDoor *self); /* where it listens */
/* The socket of the client who sent this, for a server that hangs up on it. */
GSocket *soup_door_get_socket (SoupServerMessage *message);

G_END_DECLS
