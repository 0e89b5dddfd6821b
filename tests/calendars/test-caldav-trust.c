/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a server is trusted is decided anew for each search: rcp-caldav-discovery. Trust that somebody gave once and did not keep is none. */

#include "calendars/rcp-caldav-discovery.h"

#include "caldav-server.h"
#include "eds-fixture.h"
#include "keep-result.h"

#define MILLISECONDS 20000

static GPtrArray *
look_up (CaldavServer *server, const char *certificate, RcpServerCertificate **found, GError **error)
{
  g_autofree char *url = g_strdup_printf ("https://localhost:%u/", caldav_server_get_port (server));
  RcpCalendarLogin login = { .url = url, .user = (char *) CALDAV_USER, .password = (char *) CALDAV_PASSWORD, .certificate = (char *) certificate };
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  rcp_caldav_discover_async (&login, MILLISECONDS, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_caldav_discover_finish (result, found, error);
}

static char *
read_certificate (CaldavServer *server)
{
  RcpServerCertificate *certificate = NULL;
  g_autoptr (GError) error = NULL;
  char *pem;

  g_assert_null (look_up (server, NULL, &certificate, &error));
  g_assert_error (error, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_NOT_TRUSTED);
  g_assert_nonnull (certificate);
  pem = g_strdup (certificate->pem);
  rcp_server_certificate_free (certificate);
  return pem;
}

static void
test_trust (void)
{
  CaldavServer *server = caldav_server_new ();
  /* As in the program: each search would make a registry of its own else, and libecal loses some of it. */
  g_autoptr (RcpCalendars) calendars = NULL;
  g_autofree char *pem = NULL;

  if (server == NULL)
    {
      g_test_skip ("Radicale is not here");
      return;
    }
  calendars = eds_open ();
  caldav_server_start (server);
  pem = read_certificate (server);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = look_up (server, pem, NULL, &error);
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, 1);
      again = read_certificate (server);
      g_assert_cmpstr (again, ==, pem);
    }
  caldav_server_free (server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendars/caldav-trust", test_trust);
  return g_test_run ();
}
