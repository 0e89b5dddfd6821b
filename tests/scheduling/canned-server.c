/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canned-server.h"

#include <string.h>

#include "soup-door.h"

#define BASE "/fhir/"

typedef struct
{
  char *start;
  guint status;
  char *body;
} Answer;

struct _CannedServer
{
  SoupServer *server;
  SoupDoor *door;
  GPtrArray *answers;
  GPtrArray *requests; /* path and query of each */
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->start);
  g_free (answer->body);
  g_free (answer);
}

static Answer *
find_answer (CannedServer *self, const char *asked)
{
  Answer *best = NULL;

  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = self->answers->pdata[i];

      if (g_str_has_prefix (asked, answer->start) && (best == NULL || strlen (answer->start) >= strlen (best->start)))
        best = answer;
    }
  return best;
}

static void
on_asked_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  CannedServer *self = user_data;
  const char *asked_query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autofree char *asked = g_strdup_printf ("%s%s%s", path + strlen (BASE), asked_query != NULL ? "?" : "",
                                            asked_query != NULL ? asked_query : "");
  Answer *answer = find_answer (self, asked);
  const char *body = answer != NULL ? answer->body : "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"not-found\"}]}";

  g_ptr_array_add (self->requests, g_strdup (asked));
  soup_server_message_set_status (message, answer != NULL ? answer->status : 404, NULL);
  soup_server_message_set_response (message, "application/fhir+json", SOUP_MEMORY_COPY, body, strlen (body));
}

CannedServer *
canned_server_new (const char *interactions)
{
  CannedServer *self = g_new0 (CannedServer, 1);
  g_auto (GStrv) codes = g_strsplit (interactions, ",", -1);
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autofree char *statement = NULL;

  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, BASE, on_asked_cb, self, NULL);
  self->door = soup_door_new (self->server, loopback);
  for (guint i = 0; codes[i] != NULL; i++)
    g_string_append_printf (list, "%s{\"code\":\"%s\"}", i > 0 ? "," : "", codes[i]);
  statement = g_strdup_printf ("{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"rest\":[{\"mode\":\"server\",\"resource\":["
                               "{\"type\":\"Appointment\",\"interaction\":[%s]},{\"type\":\"Patient\",\"interaction\":[%s]}]}]}",
                               list->str, list->str);
  canned_server_answer (self, "metadata", 200, statement);
  return self;
}

void
canned_server_free (CannedServer *self)
{
  soup_door_free (self->door);
  g_object_unref (self->server);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->requests);
  g_free (self);
}

FhirClient *
canned_server_create_client (CannedServer *self)
{
  GInetSocketAddress *address = G_INET_SOCKET_ADDRESS (soup_door_get_address (self->door));
  g_autofree char *base = g_strdup_printf ("http://127.0.0.1:%u/fhir", g_inet_socket_address_get_port (address));
  FhirClient *client = fhir_client_new (base);

  g_object_set (client, "backoff-unit-ms", 1u, NULL);
  return client;
}

void
canned_server_answer (CannedServer *self, const char *start, guint status, const char *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->start = g_strdup (start);
  answer->status = status;
  answer->body = g_strdup (body);
  g_ptr_array_add (self->answers, answer);
}

guint
canned_server_count (CannedServer *self, const char *start)
{
  guint n_found = 0;

  for (guint i = 0; i < self->requests->len; i++)
    n_found += g_str_has_prefix (self->requests->pdata[i], start);
  return n_found;
}
