/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-support"

#include "soup-door.h"

#define SOCKET_OF_PEER "soup-door-socket"

struct _SoupDoor
{
  SoupServer *server;
  GSocketService *service;
  GSocketAddress *address;
};

static gboolean
on_incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  SoupDoor *self = user_data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) peer = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  g_object_set_data_full (G_OBJECT (peer), SOCKET_OF_PEER, g_object_ref (g_socket_connection_get_socket (connection)),
                          g_object_unref);
  soup_server_accept_iostream (self->server, G_IO_STREAM (connection), local, peer, &error);
  g_assert_no_error (error);
  return TRUE;
}

SoupDoor *
soup_door_new (SoupServer *server, GSocketAddress *address)
{
  SoupDoor *self = g_new0 (SoupDoor, 1);
  g_autoptr (GError) error = NULL;

  self->server = g_object_ref (server);
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming_cb), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                 NULL, &self->address, &error);
  g_assert_no_error (error);
  return self;
}

void
soup_door_free (SoupDoor *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->service);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->address);
  g_free (self);
}

GSocketAddress *
soup_door_get_address (SoupDoor *self)
{
  return self->address;
}

GSocket *
soup_door_get_socket (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (soup_server_message_get_remote_address (message)), SOCKET_OF_PEER);
}
