/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-change-watch.c against scripted answers: what it says of itself when it is not told what changed. */
#include "clinic/rcp-change-watch.h"

#include "fault-server.h"

#define INTERVAL 20 /* milliseconds */
#define NOTHING "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[]}"

typedef struct
{
  FaultServer *server;
  FhirClient *client;
  RcpChangeWatch *watch;
  guint n_told;
  gboolean told_all;
} Fixture;

static void
on_changed_cb (RcpChangeWatch *watch, GPtrArray *changed, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_told++;
  fixture->told_all = changed == NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = fault_server_new ();
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
}

/* A sign-in that ran out and a server that fails leave the board as old as a cut cable does. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/clinic/change-watch/unauthorized", Fixture, GUINT_TO_POINTER (401), set_up, test_refused, tear_down);
  g_test_add ("/clinic/change-watch/server-fails", Fixture, GUINT_TO_POINTER (500), set_up, test_refused, tear_down);
  g_test_add ("/clinic/change-watch/too-many", Fixture, NULL, set_up, test_too_many, tear_down);
  return g_test_run ();
}
