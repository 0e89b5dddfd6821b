/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "scripted-house.h"

#include <string.h>

#include "soup-door.h"
#include "x12-text.h"

#define LEVELS "HL*1**20*1~NM1*PR*2*ACME HEALTH PLAN*****PI*12345~HL*2*1*21*1~NM1*1P*2*CITY CLINIC*****XX*1234567893~HL*3*2*22*0~"
#define ELIGIBLE                                                                                                                          \
  "EB*1**30~EB*B*IND*98***27*25*****Y~EB*C*IND*30***23*1500*****Y~EB*C*IND*30***29*700*****Y~EB*A*IND*98***27**.2***Y*Y~"                   \
  "EB*G*IND*30***29*3800*****Y~"

struct _ScriptedHouse
{
  SoupServer *server;
  SoupDoor *door;
  char *url;
  char says;
  guint n_asked;
  char *last;
};

/* TRN02 of the inquiry. */
static char *
find_trace (const char *request)
{
  const char *trace = strstr (request, "TRN*1*");

  g_assert_nonnull (trace);
  trace += strlen ("TRN*1*");
  return g_strndup (trace, strcspn (trace, "*~"));
}

static char *
make_answer (ScriptedHouse *self)
{
  const char *lines = self->says == 'e' ? ELIGIBLE : self->says == 'n' ? "EB*6**30~" : "AAA*N**75*C~";
  g_autofree char *trace = find_trace (self->last);
  g_autofree char *body = g_strdup_printf ("BHT*0022*11*%s*20260310*0915~" LEVELS "TRN*2*%s*9CITYCLINC~NM1*IL*1*DOE*JANE****MI*W123456789~%s", trace,
                                           trace, lines);

  return x12_text_make ("271", body);
}

static void
on_request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  ScriptedHouse *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *answer = NULL;

  self->n_asked++;
  g_free (self->last);
  self->last = g_strndup (body->data, (gsize) body->length);
  if (self->says == 's')
    {
      soup_server_message_pause (message);
      return;
    }
  if (self->says == 'a')
    {
      soup_server_message_set_status (message, 401, NULL);
      return;
    }
  answer = make_answer (self);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, answer, strlen (answer));
}

ScriptedHouse *
scripted_house_new (char says)
{
  ScriptedHouse *self = g_new0 (ScriptedHouse, 1);
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  GInetSocketAddress *address;

  self->says = says;
  self->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (self->server, "/realtime", on_request_cb, self, NULL);
  self->door = soup_door_new (self->server, loopback);
  address = G_INET_SOCKET_ADDRESS (soup_door_get_address (self->door));
  self->url = g_strdup_printf ("http://127.0.0.1:%u/realtime", g_inet_socket_address_get_port (address));
  return self;
}

void
scripted_house_free (ScriptedHouse *self)
{
  soup_door_free (self->door);
  g_object_unref (self->server);
  g_free (self->url);
  g_free (self->last);
  g_free (self);
}

void
scripted_house_say (ScriptedHouse *self, char says)
{
  self->says = says;
}

const char *
scripted_house_get_url (ScriptedHouse *self)
{
  return self->url;
}

guint
scripted_house_get_n_asked (ScriptedHouse *self)
{
  return self->n_asked;
}

const char *
scripted_house_get_last (ScriptedHouse *self)
{
  return self->last;
}
