/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "contract.h"
#include "desk-job.h"
#include "server-process.h"

/* The contract of the client with a server that others wrote: the script in RECEPTION_INTEROP_SERVER starts it, prints
 * its address, or says why it cannot be had. */

static char *base_url;
static char *reason;

static FhirClient *
connect_server (void)
{
  FhirClient *client;

  if (base_url == NULL)
    {
      g_test_skip (reason);
      return NULL;
    }

  client = fhir_client_new (base_url);
  /* Its first answers may take the time to warm up. */
  fhir_client_set_timeout (client, 120);
  return client;
}

static ServerProcess *
start (const char *script)
{
  const char *argv[] = { script, NULL };
  ServerProcess *server = server_process_new (argv);
  char *line;

  while ((line = server_process_read_line (server)) != NULL)
    {
      if (g_str_has_prefix (line, "http://127.0.0.1:"))
        {
          base_url = line;
          return server;
        }
      if (g_str_has_prefix (line, "skip: "))
        reason = g_strdup (line + strlen ("skip: "));
      g_free (line);
    }

  /* It ended: only a script that says why may leave the tests undone. */
  if (server_process_wait (server) != 77 || reason == NULL)
    g_error ("%s does not run", script);
  return server;
}

int
main (int argc, char **argv)
{
  g_autoptr (ServerProcess) server = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  server = start (g_getenv ("RECEPTION_INTEROP_SERVER"));
  /* First, while the server is as empty as a new one. */
  desk_job_add (g_getenv ("RECEPTION_INTEROP_NAME"), connect_server);
  contract_add (g_getenv ("RECEPTION_INTEROP_NAME"), connect_server);
  status = g_test_run ();

  desk_job_end ();
  g_clear_pointer (&server, server_process_free);
  g_free (base_url);
  g_free (reason);
  return status;
}
