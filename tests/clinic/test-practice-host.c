/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The host and the real reception-practice: start, share, refuse, die, stop. */

#include "clinic-fixture.h"
#include "practice-fixture.h"

#include <signal.h>
#include <string.h>

#include "clinic/rcp-practice-host.h"

typedef struct
{
  char *folder;
  char *database;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("reception-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->database = g_build_filename (fixture->folder, "practice.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  practice_fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->database);
}

static gboolean
start (RcpPracticeHost *host, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;
  GAsyncResult *result = NULL;

  rcp_practice_host_start_async (host, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  return rcp_practice_host_start_finish (host, done, error);
}

static gboolean
answers (RcpPracticeHost *host)
{
  FhirClient *client = fhir_client_new_for_socket (rcp_practice_host_get_socket_path (host));
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (FhirCapabilities) capabilities = NULL;
  GAsyncResult *result = NULL;

  fhir_client_set_max_retries (client, 0);
  fhir_client_load_capabilities_async (client, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  capabilities = fhir_client_load_capabilities_finish (client, done, NULL);
  g_clear_object (&done);
  g_object_unref (client);
  return capabilities != NULL;
}

static gboolean
does_not_answer (gpointer host)
{
  return !answers (host);
}

static void
test_start_and_share (Fixture *fixture, gconstpointer data)
{
  RcpPracticeHost *host = rcp_practice_host_new (fixture->database, RCP_PRACTICE_HOST_FLAGS_NONE, NULL);
  RcpPracticeHost *second = rcp_practice_host_new (fixture->database, RCP_PRACTICE_HOST_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (rcp_practice_host_is_running (host));
  g_assert_true (start (host, &error));
  g_assert_no_error (error);
  g_assert_true (rcp_practice_host_is_running (host));
  g_assert_false (rcp_practice_host_is_shared (host));
  g_assert_true (answers (host));

  /* Another desk finds it, and does not end it when it goes. */
  g_assert_true (start (second, &error));
  g_assert_true (rcp_practice_host_is_shared (second));
  rcp_practice_host_stop (second);
  g_assert_true (answers (host));
  g_assert_finalize_object (second);

  rcp_practice_host_stop (host);
  clinic_wait_until (does_not_answer, host);
  g_assert_finalize_object (host);
}

/* What the server says last is what the desk is told. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  RcpPracticeHost *host;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->database, "This is not a database, and never was one.", -1, NULL));
  host = rcp_practice_host_new (fixture->database, RCP_PRACTICE_HOST_FLAGS_SAMPLE, NULL);
  g_assert_false (start (host, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_false (rcp_practice_host_is_running (host));
  g_assert_finalize_object (host);
}

static void
on_died_cb (RcpPracticeHost *host, GError *error, gpointer user_data)
{
  g_assert_nonnull (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
test_dies (Fixture *fixture, gconstpointer data)
{
  RcpPracticeHost *host = rcp_practice_host_new (fixture->database, RCP_PRACTICE_HOST_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  gboolean has_died = FALSE;

  g_signal_connect (host, "died", G_CALLBACK (on_died_cb), &has_died);
  g_assert_true (start (host, &error));
  kill ((pid_t) g_ascii_strtoll (rcp_practice_host_get_process_id (host), NULL, 10), SIGKILL);
  clinic_wait_until (is_true, &has_died);
  g_assert_false (rcp_practice_host_is_running (host));

  /* It can be started again, and nothing is lost. */
  g_assert_true (start (host, &error));
  g_assert_no_error (error);
  g_assert_true (answers (host));
  g_assert_finalize_object (host);
}

static gboolean
is_running (gpointer host)
{
  return rcp_practice_host_is_running (host);
}

/* Whether it is ready before or after it is waited for; and a preparation beside another desk leaves that one its server. */
static void
test_prepare (Fixture *fixture, gconstpointer data)
{
  RcpPracticeHost *host = rcp_practice_host_new (fixture->database, RCP_PRACTICE_HOST_FLAGS_NONE, NULL);
  RcpPracticeHost *second = rcp_practice_host_new (fixture->database, RCP_PRACTICE_HOST_FLAGS_NONE, NULL);
  g_autofree char *process = NULL;
  g_autoptr (GError) error = NULL;

  rcp_practice_host_prepare (host);
  process = g_strdup (rcp_practice_host_get_process_id (host));
  g_assert_nonnull (process);
  if (GPOINTER_TO_INT (data))
    clinic_wait_until (is_running, host);
  g_assert_true (start (host, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_practice_host_get_process_id (host), ==, process);
  g_assert_false (rcp_practice_host_is_shared (host));
  g_assert_true (answers (host));

  rcp_practice_host_prepare (second);
  g_assert_null (rcp_practice_host_get_process_id (second));
  g_assert_true (start (second, &error));
  g_assert_true (rcp_practice_host_is_shared (second));
  g_assert_finalize_object (second);
  g_assert_finalize_object (host);
}

/* A preparation that fails is tried again by the start, which tells why it fails. */
static void
test_prepare_refused (Fixture *fixture, gconstpointer data)
{
  RcpPracticeHost *host;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->database, "This is not a database, and never was one.", -1, NULL));
  host = rcp_practice_host_new (fixture->database, RCP_PRACTICE_HOST_FLAGS_NONE, NULL);
  rcp_practice_host_prepare (host);
  g_assert_false (start (host, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_finalize_object (host);
}

/* How many resources of @type the record holds. */
static gint64
count (RcpPracticeHost *host, const char *type, const char *name, const char *value)
{
  g_autoptr (FhirClient) client = fhir_client_new_for_socket (rcp_practice_host_get_socket_path (host));
  g_autoptr (FhirSearch) search = fhir_search_new (type);
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  fhir_search_add (search, "_summary", "count");
  if (name != NULL)
    fhir_search_add (search, name, value);
  fhir_client_search_async (client, search, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  bundle = fhir_client_search_finish (client, done, &error);
  g_assert_no_error (error);
  return fhir_bundle_get_total (bundle);
}

/* What everybody on this computer may read of our server: its arguments, joined by blanks. */
static char *
read_command_line (RcpPracticeHost *host)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/cmdline", rcp_practice_host_get_process_id (host));
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i + 1 < length; i++)
    if (text[i] == '\0')
      text[i] = ' ';
  return text;
}

static char *
write_patient (Fixture *fixture, const char *id)
{
  g_autofree char *name = g_strdup_printf ("Zweifelhofer_%s.json", id);
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Patient\",\"id\":\"%s\"}", id);
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* Names of patients' files are not told to everybody who lists the programs of this computer. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = write_patient (fixture, "a");
  g_autofree char *second = write_patient (fixture, "b");
  const char *const paths[] = { first, second, NULL };
  RcpPracticeHost *host = rcp_practice_host_new (fixture->database, RCP_PRACTICE_HOST_FLAGS_NONE, paths);
  g_autofree char *command_line = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (start (host, &error));
  g_assert_no_error (error);
  command_line = read_command_line (host);
  g_assert_nonnull (strstr (command_line, "--import -"));
  g_assert_null (strstr (command_line, "Zweifelhofer"));
  g_assert_cmpint (count (host, "Patient", NULL, NULL), ==, 2);
  g_assert_finalize_object (host);
}

/* A desk whose clock stands has a sample clinic, and a server, of that day. */
static void
test_now (Fixture *fixture, gconstpointer data)
{
  RcpPracticeHost *host = rcp_practice_host_new (fixture->database, RCP_PRACTICE_HOST_FLAGS_SAMPLE, NULL);
  g_autofree char *command_line = NULL;
  g_autoptr (GError) error = NULL;

  rcp_practice_host_set_now (host, CLINIC_NOW);
  g_assert_true (start (host, &error));
  g_assert_no_error (error);
  command_line = read_command_line (host);
  g_assert_nonnull (strstr (command_line, "--date 2026-11-23T14:00:00"));
  /* A month of visits around that day, and nothing far from it. */
  g_assert_cmpint (count (host, "Appointment", "date", "2026-11-23"), >, 50);
  g_assert_cmpint (count (host, "Appointment", "date", "lt2026-10-01"), ==, 0);
  g_assert_cmpint (count (host, "Appointment", "date", "gt2027-02-01"), ==, 0);
  g_assert_cmpint (count (host, "Appointment", "_lastUpdated", "ge2026-11-24"), ==, 0);
  g_assert_finalize_object (host);
}

int
main (int argc, char *argv[])
{
  g_autofree char *runtime = g_dir_make_tmp ("rcp-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/clinic/practice-host/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("start-and-share", test_start_and_share);
  ADD ("refused", test_refused);
  ADD ("dies", test_dies);
  ADD ("prepare-refused", test_prepare_refused);
  ADD ("import", test_import);
  ADD ("now", test_now);
#undef ADD
  g_test_add ("/clinic/practice-host/prepare", Fixture, GINT_TO_POINTER (FALSE), set_up, test_prepare, tear_down);
  g_test_add ("/clinic/practice-host/prepare-and-wait", Fixture, GINT_TO_POINTER (TRUE), set_up, test_prepare, tear_down);
  status = g_test_run ();
  practice_fixture_remove_folder (runtime);
  return status;
}
