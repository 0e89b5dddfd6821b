/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-change-watch.c and rcp-change-source.c against scripted answers: servers with histories, with searches only,
 * and with less than they promise. */
#include "clinic/rcp-change-watch.h"

#include "fault-server.h"

#include <string.h>

#define INTERVAL 20 /* milliseconds */
#define STATEMENT(interactions, resources)                                                                    \
  "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"rest\":[{\"mode\":\"server\",\"interaction\":[" \
  interactions "],\"resource\":[" resources "]}]}"
#define SEARCHABLE(type) "{\"type\":\"" type "\",\"interaction\":[{\"code\":\"search-type\"}]}"
#define HISTORY(entries) "{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[" entries "]}"
#define SLOT "{\"fullUrl\":\"http://x/Slot/s\",\"resource\":{\"resourceType\":\"Slot\",\"id\":\"s\",\"meta\":{\"versionId\":\"2\","          \
  "\"lastUpdated\":\"2026-11-23T10:00:05Z\"}},\"request\":{\"method\":\"PUT\",\"url\":\"Slot/s\"}}"
#define PATIENT "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\",\"meta\":{\"versionId\":\"1\","          \
  "\"lastUpdated\":\"2026-11-23T10:00:09Z\"}},\"request\":{\"method\":\"PUT\",\"url\":\"Patient/p\"}}"
#define DELETION "{\"request\":{\"method\":\"DELETE\",\"url\":\"Appointment/a\"},\"response\":{\"status\":\"204\","          \
  "\"etag\":\"W/\\\"3\\\"\",\"lastModified\":\"2026-11-23T10:00:07Z\"}}"
#define COUNT(n) "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":" #n "}"
#define NOTHING "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[]}"

typedef struct
{
  FaultServer *server;
  FhirClient *client;
  RcpChangeWatch *watch;
  guint n_told;
  gboolean told_all;
  GString *told; /* "Type/id" of all, in order, each with a blank; "-" before what was deleted */
} Fixture;

static void
on_changed_cb (RcpChangeWatch *watch, GPtrArray *changed, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_told++;
  fixture->told_all = changed == NULL;
  for (guint i = 0; changed != NULL && i < changed->len; i++)
    {
      const RcpChange *change = g_ptr_array_index (changed, i);

      g_string_append_printf (fixture->told, "%s%s/%s ", change->is_deleted ? "-" : "", change->type,
                              change->id != NULL ? change->id : "");
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = fault_server_new ();
  fixture->told = g_string_new (NULL);
  fixture->client = fhir_client_new (fault_server_get_base_url (fixture->server));
  fhir_client_set_max_retries (fixture->client, 0);
  fixture->watch = rcp_change_watch_new (fixture->client, INTERVAL);
  g_signal_connect (fixture->watch, "changed", G_CALLBACK (on_changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rcp_change_watch_stop (fixture->watch);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->watch);
  g_clear_object (&fixture->client);
  fault_server_free (fixture->server);
  g_string_free (fixture->told, TRUE);
}

static void
wait_for_requests (Fixture *fixture, guint n)
{
  while (fault_server_get_n_requests (fixture->server) < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_asked (Fixture *fixture, guint index, const char *what)
{
  const char *request = fault_server_get_request (fixture->server, index);

  if (strstr (request, what) == NULL)
    g_error ("request %u is %s, not %s", index, request, what);
}

/* A sign-in that ran out and a server that fails leave the board as old as a cut cable does. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 200, NULL, STATEMENT ("", ""));
  fault_server_answer (fixture->server, 200, NULL, NOTHING);
  fault_server_answer (fixture->server, GPOINTER_TO_UINT (data), NULL, "");
  rcp_change_watch_start (fixture->watch);
  while (rcp_change_watch_is_online (fixture->watch))
    g_main_context_iteration (NULL, TRUE);
  fault_server_answer (fixture->server, 200, NULL, NOTHING);
  while (!rcp_change_watch_is_online (fixture->watch))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_told, ==, 0);
}

static char *
make_changes (guint n)
{
  GString *bundle = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (bundle,
                            "%s{\"resource\":{\"resourceType\":\"Appointment\",\"id\":\"a%u\",\"meta\":{\"versionId\":\"1\","
                            "\"lastUpdated\":\"2026-11-23T10:00:00Z\"},\"status\":\"booked\"}}",
                            i > 0 ? "," : "", i);
  g_string_append (bundle, "]}");
  return g_string_free (bundle, FALSE);
}

/* More than can be told one by one are not told by half. */
static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  g_autofree char *few = make_changes (3);
  g_autofree char *many = make_changes (2000);

  fault_server_answer (fixture->server, 200, NULL, STATEMENT ("", ""));
  fault_server_answer (fixture->server, 200, NULL, NOTHING);
  fault_server_answer (fixture->server, 200, NULL, few);
  fault_server_answer (fixture->server, 200, NULL, many);
  rcp_change_watch_start (fixture->watch);
  while (fixture->n_told < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (fixture->told_all);
  while (fixture->n_told < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (fixture->told_all);
}

/* All of the server in one question; what is on no board is not told, and what came once does not come again. */
static void
test_system_history (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 200, NULL, STATEMENT ("{\"code\":\"history-system\"}", ""));
  fault_server_answer (fixture->server, 200, NULL, HISTORY (SLOT));
  fault_server_answer (fixture->server, 200, NULL, HISTORY (PATIENT "," DELETION "," SLOT));
  fault_server_answer (fixture->server, 200, NULL, HISTORY (PATIENT "," DELETION "," SLOT));
  fault_server_answer_never (fixture->server);
  rcp_change_watch_start (fixture->watch);
  wait_for_requests (fixture, 5);
  g_assert_cmpstr (fixture->told->str, ==, "-Appointment/a Slot/s ");
  g_assert_cmpuint (fixture->n_told, ==, 1);
  assert_asked (fixture, 1, "GET /fhir/_history?_count=1 ");
  assert_asked (fixture, 2, "_history?_since=2026-11-23T09:59:35");
  assert_asked (fixture, 3, "_history?_since=2026-11-23T09:59:39");
}

/* A server that waits with its answers is told what it need not answer again; one that waits no more is not. */
static void
test_waits (Fixture *fixture, gconstpointer data)
{
  const char *waits = "Preference-Applied: wait\r\nETag: W/\"x-7\"\r\n";

  fault_server_answer (fixture->server, 200, NULL, STATEMENT ("{\"code\":\"history-system\"}", ""));
  fault_server_answer (fixture->server, 200, waits, HISTORY (SLOT));
  fault_server_answer (fixture->server, 200, "ETag: W/\"x-8\"\r\n", HISTORY (DELETION "," SLOT));
  fault_server_answer (fixture->server, 500, NULL, "");
  fault_server_answer_never (fixture->server);
  rcp_change_watch_start (fixture->watch);
  wait_for_requests (fixture, 5);
  g_assert_cmpstr (fixture->told->str, ==, "-Appointment/a Slot/s ");
  assert_asked (fixture, 1, "\r\nPrefer: wait=15\r\n");
  g_assert_null (strstr (fault_server_get_request (fixture->server, 1), "If-None-Match"));
  assert_asked (fixture, 2, "\r\nIf-None-Match: W/\"x-7\"\r\n");
  assert_asked (fixture, 3, "\r\nPrefer: wait=15\r\n");
  g_assert_null (strstr (fault_server_get_request (fixture->server, 3), "If-None-Match"));
  g_assert_false (rcp_change_watch_is_online (fixture->watch));
}

/* A server that keeps no history after all is asked for each type that it has. */
static void
test_no_history (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 200, NULL,
                       STATEMENT ("{\"code\":\"history-system\"}",
                                  SEARCHABLE ("Appointment") "," SEARCHABLE ("Slot") ",{\"type\":\"Encounter\"}"));
  fault_server_answer (fixture->server, 400, NULL, "");
  fault_server_answer (fixture->server, 200, NULL, NOTHING);
  fault_server_answer (fixture->server, 200, NULL, NOTHING);
  fault_server_answer_never (fixture->server);
  fault_server_answer_never (fixture->server);
  rcp_change_watch_start (fixture->watch);
  wait_for_requests (fixture, 6);
  assert_asked (fixture, 2, "Appointment?_sort=-_lastUpdated");
  assert_asked (fixture, 3, "Slot?_sort=-_lastUpdated");
  assert_asked (fixture, 4, "Appointment?_lastUpdated=ge");
  assert_asked (fixture, 5, "Slot?_lastUpdated=ge");
  g_assert_true (rcp_change_watch_is_online (fixture->watch));
}

#define ENTRY(status, resource) "{\"response\":{\"status\":\"" status "\"},\"resource\":" resource "}"
#define REPLY(entries) "{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[" entries "]}"
#define OUTCOME "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"forbidden\"}]}"
#define FOUND_SLOT "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":{\"resourceType\":\"Slot\",\"id\":\"s\","  \
  "\"meta\":{\"versionId\":\"2\",\"lastUpdated\":\"2026-11-23T10:00:05Z\"}}}]}"

/* What cannot be asked in one question is asked in one request; who may not read one type sees the others. */
static void
test_batch (Fixture *fixture, gconstpointer data)
{
  RcpTimeRange day = { G_GINT64_CONSTANT (1795392000) * G_USEC_PER_SEC, G_GINT64_CONSTANT (1795478400) * G_USEC_PER_SEC };

  fault_server_answer (fixture->server, 200, NULL,
                       STATEMENT ("{\"code\":\"batch\"}", SEARCHABLE ("Appointment") "," SEARCHABLE ("Slot") "," SEARCHABLE ("Flag")));
  fault_server_answer (fixture->server, 200, NULL,
                       REPLY (ENTRY ("200 OK", NOTHING) "," ENTRY ("200", NOTHING) "," ENTRY ("403", OUTCOME) "," ENTRY ("200", COUNT (12))));
  fault_server_answer (fixture->server, 200, NULL,
                       REPLY (ENTRY ("200", NOTHING) "," ENTRY ("200", FOUND_SLOT) "," ENTRY ("200", COUNT (11))));
  fault_server_answer_never (fixture->server);
  rcp_change_watch_set_range (fixture->watch, day);
  rcp_change_watch_start (fixture->watch);
  wait_for_requests (fixture, 4);
  assert_asked (fixture, 1, "POST /fhir");
  assert_asked (fixture, 1, "\"url\":\"Flag?_sort=-_lastUpdated");
  assert_asked (fixture, 1, "\"url\":\"Appointment?date=ge2026-11-23T00:00:00");
  assert_asked (fixture, 2, "\"url\":\"Appointment?_lastUpdated=ge");
  g_assert_null (strstr (fault_server_get_request (fixture->server, 2), "Flag?"));
  g_assert_cmpstr (fixture->told->str, ==, "Slot/s Appointment/ ");
  g_assert_true (rcp_change_watch_is_online (fixture->watch));
}

/* A server that takes no batch, although it said so, is asked each question by itself, and has a longer rest. */
static void
test_no_batch (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 200, NULL,
                       STATEMENT ("{\"code\":\"batch\"}", SEARCHABLE ("Slot") "," SEARCHABLE ("Encounter") "," SEARCHABLE ("Flag")));
  fault_server_answer (fixture->server, GPOINTER_TO_UINT (data), NULL, NOTHING);
  for (guint i = 0; i < 4; i++)
    fault_server_answer (fixture->server, 200, NULL, NOTHING);
  fault_server_answer_never (fixture->server);
  rcp_change_watch_start (fixture->watch);
  wait_for_requests (fixture, 7);
  assert_asked (fixture, 1, "POST /fhir");
  assert_asked (fixture, 2, "GET /fhir/Appointment?_sort");
  assert_asked (fixture, 5, "GET /fhir/Flag?_sort");
  assert_asked (fixture, 6, "GET /fhir/Appointment?_lastUpdated=ge");
  g_assert_true (rcp_change_watch_is_online (fixture->watch));
}

/* A batch that the server could not answer says nothing about the next one. */
static void
test_batch_fails (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 200, NULL, STATEMENT ("{\"code\":\"batch\"}", SEARCHABLE ("Slot")));
  fault_server_answer (fixture->server, 503, NULL, "");
  fault_server_answer (fixture->server, 200, NULL,
                       REPLY (ENTRY ("200", NOTHING) "," ENTRY ("200", NOTHING)));
  fault_server_answer_never (fixture->server);
  rcp_change_watch_start (fixture->watch);
  while (rcp_change_watch_is_online (fixture->watch))
    g_main_context_iteration (NULL, TRUE);
  while (!rcp_change_watch_is_online (fixture->watch))
    g_main_context_iteration (NULL, TRUE);
  wait_for_requests (fixture, 4);
  assert_asked (fixture, 2, "POST /fhir");
}

/* Without any history a visit less is seen by the number of them. */
static void
test_count (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = { NOTHING, COUNT (12), NOTHING, COUNT (12), NOTHING, COUNT (11) };
  RcpTimeRange day = { G_GINT64_CONSTANT (1795392000) * G_USEC_PER_SEC, G_GINT64_CONSTANT (1795478400) * G_USEC_PER_SEC };

  fault_server_answer (fixture->server, 200, NULL, STATEMENT ("", SEARCHABLE ("Appointment")));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    fault_server_answer (fixture->server, 200, NULL, answers[i]);
  fault_server_answer_never (fixture->server);
  fault_server_answer_never (fixture->server);
  rcp_change_watch_set_range (fixture->watch, day);
  rcp_change_watch_start (fixture->watch);
  wait_for_requests (fixture, 9);
  assert_asked (fixture, 2, "Appointment?date=ge2026-11-23T00:00:00");
  assert_asked (fixture, 2, "_summary=count");
  g_assert_cmpstr (fixture->told->str, ==, "Appointment/ ");
}

/* Who may not read Flags sees the visits of the others all the same. */
static void
test_forbidden_type (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 200, NULL, STATEMENT ("", SEARCHABLE ("Flag")));
  fault_server_answer (fixture->server, 200, NULL, NOTHING);
  fault_server_answer (fixture->server, 403, NULL, "");
  fault_server_answer (fixture->server, 200, NULL, NOTHING);
  fault_server_answer_never (fixture->server);
  rcp_change_watch_start (fixture->watch);
  wait_for_requests (fixture, 5);
  assert_asked (fixture, 3, "Appointment?_lastUpdated=ge");
  assert_asked (fixture, 4, "Appointment?_lastUpdated=ge");
  g_assert_true (rcp_change_watch_is_online (fixture->watch));
}

/* Stopped in the middle of a question and started again, it asks anew and heeds the new answer only. */
static void
test_stop_and_start (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 200, NULL, STATEMENT ("{\"code\":\"history-system\"}", ""));
  fault_server_answer (fixture->server, 200, NULL, HISTORY (SLOT));
  fault_server_answer_never (fixture->server);
  fault_server_answer (fixture->server, 200, NULL, HISTORY (DELETION));
  fault_server_answer_never (fixture->server);
  rcp_change_watch_start (fixture->watch);
  wait_for_requests (fixture, 3);
  rcp_change_watch_stop (fixture->watch);
  rcp_change_watch_start (fixture->watch);
  wait_for_requests (fixture, 5);
  g_assert_cmpstr (fixture->told->str, ==, "-Appointment/a ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/clinic/change-watch/unauthorized", Fixture, GUINT_TO_POINTER (401), set_up, test_refused, tear_down);
  g_test_add ("/clinic/change-watch/server-fails", Fixture, GUINT_TO_POINTER (500), set_up, test_refused, tear_down);
  g_test_add ("/clinic/change-watch/too-many", Fixture, NULL, set_up, test_too_many, tear_down);
#define ADD(name, func) g_test_add ("/clinic/change-watch/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("system-history", test_system_history);
  ADD ("waits", test_waits);
  ADD ("no-history", test_no_history);
  ADD ("batch", test_batch);
  g_test_add ("/clinic/change-watch/batch-refused", Fixture, GUINT_TO_POINTER (400), set_up, test_no_batch, tear_down);
  g_test_add ("/clinic/change-watch/batch-is-none", Fixture, GUINT_TO_POINTER (200), set_up, test_no_batch, tear_down);
  ADD ("batch-fails", test_batch_fails);
  ADD ("count", test_count);
  ADD ("forbidden-type", test_forbidden_type);
  ADD ("stop-and-start", test_stop_and_start);
#undef ADD
  return g_test_run ();
}
