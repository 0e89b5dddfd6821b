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
  char *fhir_url;
  char says;
  GHashTable *says_of; /* part of a request -> what is said then, as GINT_TO_POINTER */
  GPtrArray *requests; /* as they came */
  GPtrArray *waiting;  /* of SoupServerMessage */
  guint n_asked;
  char *last;
};

#define COVERED "EB*1**30~EB*B*IND*98***27*25*****Y~"

/* TRN02 of the inquiry. */
static char *
find_trace (const char *request)
{
  const char *trace = strstr (request, "TRN*1*");

  g_assert_nonnull (trace);
  trace += strlen ("TRN*1*");
  return g_strndup (trace, strcspn (trace, "*~"));
}

static const char *
get_lines (char says)
{
  switch (says)
    {
    case 'e':
      return ELIGIBLE;
    case 'c':
      return COVERED;
    case 'n':
      return "EB*6**30~";
    default:
      return "AAA*N**75*C~";
    }
}

static char *
make_answer (const char *request, char says)
{
  g_autofree char *trace = find_trace (request);
  g_autofree char *body = g_strdup_printf ("BHT*0022*11*%s*20260310*0915~" LEVELS "TRN*2*%s*9CITYCLINC~NM1*IL*1*DOE*JANE****MI*W123456789~%s", trace,
                                           trace, get_lines (says));

  return x12_text_make ("271", body);
}

#define FHIR_CODE "{\"coding\":[{\"system\":\"https://x12.org/codes/service-type-codes\",\"code\":\"98\"}]}"
#define FHIR_COVERED(more)                                                                                                                \
  "\"outcome\":\"complete\",\"insurance\":[{\"coverage\":{\"reference\":\"#coverage\"},\"inforce\":true,\"item\":[{\"category\":" FHIR_CODE         \
  ",\"network\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/benefit-network\",\"code\":\"in\"}]}," more                  \
  "\"benefit\":[{\"type\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/benefit-type\",\"code\":\"copay\"}]},"                \
  "\"allowedMoney\":{\"value\":25,\"currency\":\"USD\"}}]}]}]"

static const char *
get_outcome (char says)
{
  switch (says)
    {
    case 'e':
      return FHIR_COVERED ("\"authorizationRequired\":true,");
    case 'c':
      return FHIR_COVERED ("");
    case 'n':
      return "\"outcome\":\"complete\",\"insurance\":[{\"coverage\":{\"reference\":\"#coverage\"},\"inforce\":false}]";
    default:
      return "\"outcome\":\"error\",\"error\":[{\"code\":{\"coding\":[{\"system\":\"https://x12.org/codes/reject-reason-codes\",\"code\":\"75\"},"
             "{\"system\":\"https://x12.org/codes/follow-up-action-codes\",\"code\":\"C\"}]}}]";
    }
}

static char *
find_between (const char *text, const char *start, char end)
{
  const char *from = strstr (text, start);

  g_assert_nonnull (from);
  from += strlen (start);
  return g_strndup (from, strchrnul (from, end) - from);
}

/* The trace number is the value of the request's own identifier. */
static char *
make_fhir_answer (const char *request, char says)
{
  g_autofree char *identifier = find_between (request, "\"urn:reception:trace\"", '}');
  g_autofree char *trace = find_between (identifier, "\"value\":\"", '"');

  return g_strdup_printf ("{\"resourceType\":\"CoverageEligibilityResponse\",\"id\":\"1\",\"status\":\"active\",%s,"
                          "\"insurer\":{\"display\":\"ACME HEALTH PLAN\"},"
                          "\"request\":{\"identifier\":{\"system\":\"urn:reception:trace\",\"value\":\"%s\"}}}",
                          get_outcome (says), trace);
}

static char
find_what_to_say (ScriptedHouse *self, const char *request)
{
  GHashTableIter iter;
  gpointer part, says;

  g_hash_table_iter_init (&iter, self->says_of);
  while (g_hash_table_iter_next (&iter, &part, &says))
    if (strstr (request, part))
      return (char) GPOINTER_TO_INT (says);
  return self->says;
}

static void
respond (SoupServerMessage *message, char says)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *request = g_strndup (body->data, (gsize) body->length);
  g_autofree char *answer = NULL;

  if (says == 'a')
    {
      soup_server_message_set_status (message, 401, NULL);
      return;
    }
  answer = *request == '{' ? make_fhir_answer (request, says) : make_answer (request, says);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, *request == '{' ? "application/fhir+json" : "text/plain", SOUP_MEMORY_COPY, answer, strlen (answer));
}

static void
on_request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  ScriptedHouse *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  char says;

  self->n_asked++;
  g_free (self->last);
  self->last = g_strndup (body->data, (gsize) body->length);
  if (*self->last == '{')
    {
      g_autofree char *member = find_between (self->last, "\"subscriberId\":\"", '"'), *plain = g_steal_pointer (&self->last);

      self->last = g_strdup_printf ("%s*MI*%s~", plain, member);
    }
  g_ptr_array_add (self->requests, g_strdup (self->last));
  says = find_what_to_say (self, self->last);
  if (says == 's' || says == 'w')
    soup_server_message_pause (message);
  else
    respond (message, says);
  if (says == 'w')
    g_ptr_array_add (self->waiting, g_object_ref (message));
}

ScriptedHouse *
scripted_house_new (char says)
{
  ScriptedHouse *self = g_new0 (ScriptedHouse, 1);
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  GInetSocketAddress *address;

  self->says = says;
  self->says_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (self->server, "/realtime", on_request_cb, self, NULL);
  soup_server_add_handler (self->server, "/fhir/CoverageEligibilityRequest/$submit", on_request_cb, self, NULL);
  self->door = soup_door_new (self->server, loopback);
  address = G_INET_SOCKET_ADDRESS (soup_door_get_address (self->door));
  self->url = g_strdup_printf ("http://127.0.0.1:%u/realtime", g_inet_socket_address_get_port (address));
  self->fhir_url = g_strdup_printf ("http://127.0.0.1:%u/fhir", g_inet_socket_address_get_port (address));
  return self;
}

void
scripted_house_free (ScriptedHouse *self)
{
  g_ptr_array_unref (self->waiting);
  soup_door_free (self->door);
  g_object_unref (self->server);
  g_hash_table_unref (self->says_of);
  g_ptr_array_unref (self->requests);
  g_free (self->url);
  g_free (self->fhir_url);
  g_free (self->last);
  g_free (self);
}

void
scripted_house_say (ScriptedHouse *self, char says)
{
  self->says = says;
}

void
scripted_house_say_of (ScriptedHouse *self, const char *part, char says)
{
  g_hash_table_replace (self->says_of, g_strdup (part), GINT_TO_POINTER (says));
}

void
scripted_house_release (ScriptedHouse *self, char says)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      respond (waiting->pdata[i], says);
      soup_server_message_unpause (waiting->pdata[i]);
    }
}

guint
scripted_house_count (ScriptedHouse *self, const char *part)
{
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    n += strstr (self->requests->pdata[i], part) != NULL;
  return n;
}

const char *
scripted_house_get_url (ScriptedHouse *self)
{
  return self->url;
}

const char *
scripted_house_get_fhir_url (ScriptedHouse *self)
{
  return self->fhir_url;
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
