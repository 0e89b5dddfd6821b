/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include <glib/gstdio.h>
#include <string.h>

#include "await.h"
#include "server-process.h"

/* The contract of the client with the record that Reception brings along, in both of its ways to be reached. */

static char *folder;
static char *socket_path;
static char *base_url;
static char *token;

static FhirClient *
connect_socket (void)
{
  return fhir_client_new_for_socket (socket_path);
}

static FhirClient *
connect_port (void)
{
  FhirClient *client = fhir_client_new (base_url);

  fhir_client_set_bearer_token (client, token);
  return client;
}

static void
test_token (void)
{
  g_autoptr (FhirClient) client = fhir_client_new (base_url);
  g_autoptr (GError) error = NULL;

  g_assert_null (await_read (client, "Patient/12", &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  fhir_client_set_bearer_token (client, token);
  g_assert_null (await_read (client, "Patient/12", &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND);
}

/* Starts reception-practice and reads where it listens. */
static ServerProcess *
start (const char *database, const char *option, const char *value)
{
  g_autofree char *path = g_build_filename (folder, database, NULL);
  const char *argv[] = { g_getenv ("RECEPTION_PRACTICE"), "--database", path, option, value, NULL };
  ServerProcess *server = server_process_new (argv);

  for (;;)
    {
      g_autofree char *line = server_process_read_line (server);

      g_assert_nonnull (line);
      if (g_str_has_prefix (line, "token "))
        token = g_strdup (line + strlen ("token "));
      if (!g_str_has_prefix (line, "listening on "))
        continue;
      if (g_strcmp0 (option, "--port") == 0)
        base_url = g_strdup (line + strlen ("listening on "));
      return server;
    }
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_autoptr (ServerProcess) by_socket = NULL;
  g_autoptr (ServerProcess) by_port = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("reception-contract-XXXXXX", NULL);
  socket_path = g_build_filename (folder, "socket", NULL);
  by_socket = start ("a.sqlite", "--socket", socket_path);
  by_port = start ("b.sqlite", "--port", "0");

  contract_add ("contract/socket", connect_socket);
  contract_add ("contract/port", connect_port);
  g_test_add_func ("/contract/port/token", test_token);
  status = g_test_run ();

  g_clear_pointer (&by_socket, server_process_free);
  g_clear_pointer (&by_port, server_process_free);
  remove_folder ();
  g_free (folder);
  g_free (socket_path);
  g_free (base_url);
  g_free (token);
  return status;
}
