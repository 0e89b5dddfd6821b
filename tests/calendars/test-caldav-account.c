/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An account of a CalDAV server, from an address to its calendars: rcp-caldav-discovery, rcp-caldav-account and rcp-caldav-accounts,
 * through rcp-eds-service, beside Radicale over HTTPS and servers that are none. */

#include "calendars/rcp-caldav-accounts.h"
#include "calendars/rcp-caldav-discovery.h"
#include "calendars/rcp-eds-service.h"

#include <libsecret/secret.h>

#include "bad-server.h"
#include "caldav-server.h"
#include "canned-resolver.h"
#include "eds-fixture.h"
#include "keep-result.h"

#define PAGE "<html><body>Welcome</body></html>"
#define HTTP(status, more) "HTTP/1.1 " status "\r\nConnection: close\r\n" more

static RcpCalendars *calendars; /* as another program would see them */

/* The sanitizers ask this. libsecret 0.20 does not let go of the answer of a look-up, as test-secrets.c says. */
const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:g_dbus_message_new_from_blob\n";
}

typedef struct
{
  CaldavServer *server;
  RcpCalendarService *service;
  char *address;
} Desk;

static char *
make_address (CaldavServer *server)
{
  return g_strdup_printf ("localhost:%u", caldav_server_get_port (server));
}

static gboolean
set_up (Desk *desk)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  desk->server = caldav_server_new ();
  if (desk->server == NULL)
    {
      g_test_skip ("Radicale is not here");
      return FALSE;
    }
  caldav_server_add_calendar (desk->server, "diary", "\"D:displayname\":\"Diary\",\"ICAL:calendar-color\":\"#62a0eaff\"");
  caldav_server_add_calendar (desk->server, "plan", "\"D:displayname\":\"Plan of the House\"");
  caldav_server_put (desk->server, "a", "DTSTART:20260310T140000Z\r\nDURATION:PT1H\r\n");
  caldav_server_start (desk->server);
  desk->address = make_address (desk->server);
  desk->service = rcp_eds_service_new ();
  rcp_calendar_service_open_async (desk->service, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_true (rcp_calendar_service_open_finish (desk->service, result, &error));
  g_assert_no_error (error);
  return TRUE;
}

static void
tear_down (Desk *desk)
{
  g_object_run_dispose (G_OBJECT (desk->service));
  g_object_unref (desk->service);
  caldav_server_free (desk->server);
  g_free (desk->address);
}

static GPtrArray *
look_up (RcpCalendarLogin *login, guint milliseconds, RcpServerCertificate **certificate, GError **error)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  rcp_caldav_discover_async (login, milliseconds, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_caldav_discover_finish (result, certificate, error);
}

static void
assert_fails (const char *address, const char *password, const char *certificate, RcpCalendarError code)
{
  g_autoptr (RcpCalendarLogin) login = rcp_calendar_login_new (address, CALDAV_USER, password, certificate, NULL);
  g_autoptr (RcpServerCertificate) shown = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = look_up (login, keep_result_get_patience () / 1000, &shown, &error);

  g_test_message ("%s: %s", address, error != NULL ? error->message : "found something");
  g_assert_null (found);
  g_assert_error (error, RCP_CALENDAR_ERROR, (int) code);
  g_assert_true ((shown != NULL) == (code == RCP_CALENDAR_ERROR_NOT_TRUSTED));
}

static void
assert_answer_fails (const char *answer, RcpCalendarError code)
{
  BadServer *server = bad_server_new (answer);

  assert_fails (bad_server_get_address (server), CALDAV_PASSWORD, NULL, code);
  bad_server_free (server);
}

/* What is there and keeps no calendars, or nobody may see them, or cannot be reached. */
static void
test_bad_servers (void)
{
  assert_answer_fails (HTTP ("200 OK", "Content-Type: text/html\r\n\r\n" PAGE), RCP_CALENDAR_ERROR_NO_SERVER);
  assert_answer_fails (HTTP ("405 Method Not Allowed", "Content-Length: 0\r\n\r\n"), RCP_CALENDAR_ERROR_NO_SERVER);
  assert_answer_fails (HTTP ("404 Not Found", "Content-Length: 0\r\n\r\n"), RCP_CALENDAR_ERROR_NO_SERVER);
  assert_answer_fails (HTTP ("207 Multi-Status", "Content-Type: application/xml\r\n\r\n<nonsense"), RCP_CALENDAR_ERROR_NO_SERVER);
  assert_answer_fails ("SSH-2.0-OpenSSH_9.2\r\n", RCP_CALENDAR_ERROR_NO_SERVER);
  assert_answer_fails (HTTP ("301 Moved", "Location: %s/.well-known/caldav\r\nContent-Length: 0\r\n\r\n"), RCP_CALENDAR_ERROR_NO_SERVER);
  assert_answer_fails (HTTP ("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"),
                       RCP_CALENDAR_ERROR_PASSWORD);
  assert_answer_fails (HTTP ("503 Service Unavailable", "Content-Length: 0\r\n\r\n"), RCP_CALENDAR_ERROR_FAILED);
}

static void
test_nobody_there (void)
{
  BadServer *server = bad_server_new (NULL);
  g_autofree char *address = g_strdup (bad_server_get_address (server));

  bad_server_free (server);
  assert_fails (address, CALDAV_PASSWORD, NULL, RCP_CALENDAR_ERROR_OFFLINE);
  assert_fails ("no-such-host.invalid", CALDAV_PASSWORD, NULL, RCP_CALENDAR_ERROR_OFFLINE);
}

/* A server that accepts and never answers holds nobody longer than it may. */
static void
test_hang (void)
{
  BadServer *server = bad_server_new (NULL);
  g_autoptr (RcpCalendarLogin) login = rcp_calendar_login_new (bad_server_get_address (server), CALDAV_USER, CALDAV_PASSWORD, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  gint64 began = g_get_monotonic_time ();

  g_assert_null (look_up (login, 700, NULL, &error));
  g_assert_error (error, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
  g_clear_error (&error);

  began = g_get_monotonic_time ();
  rcp_caldav_discover_async (login, 60000, cancellable, keep_result_cb, &kept);
  for (guint i = 0; i < 20; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_cancellable_cancel (cancellable);
  result = keep_result_wait (&kept);
  g_assert_null (rcp_caldav_discover_finish (result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
  bad_server_free (server);
}

/* (transfer full): the PEM that a person would trust now. */
static char *
see_certificate (const char *address)
{
  g_autoptr (RcpCalendarLogin) login = rcp_calendar_login_new (address, CALDAV_USER, CALDAV_PASSWORD, NULL, NULL);
  g_autoptr (RcpServerCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (look_up (login, keep_result_get_patience () / 1000, &certificate, &error));
  g_assert_error (error, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_NOT_TRUSTED);
  g_assert_cmpstr (certificate->subject, ==, "CN=localhost");
  g_assert_cmpint (certificate->faults & G_TLS_CERTIFICATE_UNKNOWN_CA, !=, 0);
  g_assert_cmpint (certificate->valid_until, >, g_get_real_time ());
  g_assert_cmpuint (strlen (certificate->fingerprint), ==, 95);
  return g_strdup (certificate->pem);
}

static const RcpFoundCalendar *
find (GPtrArray *found, const char *name)
{
  for (guint i = 0; i < found->len; i++)
    if (g_strcmp0 (((RcpFoundCalendar *) found->pdata[i])->name, name) == 0)
      return found->pdata[i];
  return NULL;
}

/* Once the certificate is trusted, the server's name leads to both calendars, with name, colour, and whether they can be written. */
static void
check_discovery (Desk *desk, const char *pem)
{
  g_autoptr (RcpCalendarLogin) login = rcp_calendar_login_new (desk->address, CALDAV_USER, CALDAV_PASSWORD, pem, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = look_up (login, keep_result_get_patience () / 1000, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_nonnull (find (found, "Diary"));
  g_assert_cmpstr (find (found, "Diary")->colour, ==, "#62a0ea");
  g_assert_true (find (found, "Diary")->is_writable);
  g_assert_nonnull (find (found, "Plan of the House"));
  g_assert_null (find (found, "Plan of the House")->colour);
  g_assert_false (find (found, "Plan of the House")->is_writable);
}

/* A web server that says where its calendars are, as RFC 6764, 5, has it. */
static void
check_redirect (Desk *desk, const char *pem)
{
  g_autofree char *answer = g_strdup_printf (HTTP ("301 Moved Permanently", "Location: https://%s/\r\nContent-Length: 0\r\n\r\n"), desk->address);
  BadServer *server = bad_server_new (answer);
  g_autofree char *address = g_strconcat ("http://localhost:", strrchr (bad_server_get_address (server), ':') + 1, NULL);
  g_autoptr (RcpCalendarLogin) login = rcp_calendar_login_new (address, CALDAV_USER, CALDAV_PASSWORD, pem, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = look_up (login, keep_result_get_patience () / 1000, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  bad_server_free (server);
}

/* Who has called the service hears from the service. */
static void
assert_is_own (Desk *desk, GAsyncResult *result)
{
  g_autoptr (GObject) source = g_async_result_get_source_object (result);

  g_assert_true (source == G_OBJECT (desk->service));
}

/* The same way as a desk goes. */
static void
look_up_by_service (Desk *desk, const char *address, const char *pem)
{
  g_autoptr (RcpCalendarLogin) login = rcp_calendar_login_new (address, CALDAV_USER, CALDAV_PASSWORD, pem, NULL);
  g_autoptr (RcpServerCertificate) certificate = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_calendar_service_look_up_async (desk->service, login, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  assert_is_own (desk, result);
  found = rcp_calendar_service_look_up_finish (desk->service, result, &certificate, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
}

static void
sign_in (Desk *desk, const char *address, const char *uid, const char *password, const char *pem)
{
  g_autoptr (RcpCalendarLogin) login = rcp_calendar_login_new (address, CALDAV_USER, password, pem, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_calendar_service_sign_in_async (desk->service, uid, login, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  assert_is_own (desk, result);
  g_assert_true (rcp_calendar_service_sign_in_finish (desk->service, result, &error));
  g_assert_no_error (error);
}

/* By its name, or NULL: (transfer none), the model keeps it. */
static RcpCalendar *
find_calendar (Desk *desk, const char *name)
{
  GListModel *model = rcp_calendar_service_get_calendars (desk->service);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (RcpCalendar) calendar = g_list_model_get_item (model, i);

      if (g_strcmp0 (rcp_calendar_get_name (calendar), name) == 0)
        return calendar;
    }
  return NULL;
}

static char *
lookup_password (const char *uid)
{
  const SecretSchema schema = { "org.gnome.Evolution.Data.Source", SECRET_SCHEMA_DONT_MATCH_NAME,
                                { { "e-source-uid", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } } };
  g_autoptr (GError) error = NULL;
  char *password = secret_password_lookup_sync (&schema, NULL, &error, "e-source-uid", uid, NULL);

  g_assert_no_error (error);
  return password;
}

static void
assert_kept (const char *uid, const char *expected)
{
  g_autofree char *password = lookup_password (uid);

  g_assert_cmpstr (password, ==, expected);
}

static guint
count_events (ECalClient *client)
{
  g_autoptr (GError) error = NULL;
  GSList *events = NULL;
  guint n;

  g_assert_true (e_cal_client_get_object_list_sync (client, "#t", &events, NULL, &error));
  g_assert_no_error (error);
  n = g_slist_length (events);
  e_client_util_free_object_slist (events);
  return n;
}

/* Reads it as any program would, which has never heard of the password. */
static void
assert_can_be_read (Desk *desk, const char *uid)
{
  g_autoptr (GObject) client = NULL;

  KEEP_RESULT_UNTIL (rcp_calendars_find (calendars, uid) != NULL);
  client = G_OBJECT (eds_connect (rcp_calendars_find (calendars, uid)));
  KEEP_RESULT_UNTIL (rcp_calendar_get_state (rcp_calendars_find (calendars, uid)) == RCP_CALENDAR_CONNECTED);
  KEEP_RESULT_UNTIL (count_events (E_CAL_CLIENT (client)) == 1);
}

static RcpCaldavAccount *
get_account (Desk *desk)
{
  g_autoptr (RcpCaldavAccount) account = g_list_model_get_item (rcp_calendar_service_get_accounts (desk->service), 0);

  return account;
}

/* The server wants another password, and shows another certificate: both are known of the account, and end by themselves. */
static void
check_troubles (Desk *desk, const char *uid)
{
  g_autofree char *diary = g_strdup (rcp_calendar_get_uid (find_calendar (desk, "Diary")));
  g_autoptr (GObject) client = NULL;
  g_autofree char *pem = NULL;
  GAsyncResult *kept = NULL;

  client = G_OBJECT (eds_connect (rcp_calendars_find (calendars, diary)));
  caldav_server_stop (desk->server);
  caldav_server_set_password (desk->server, "another");
  caldav_server_start (desk->server);
  e_client_refresh (E_CLIENT (client), NULL, keep_result_cb, &kept);
  g_object_unref (keep_result_wait (&kept));
  KEEP_RESULT_UNTIL (rcp_caldav_account_get_trouble (get_account (desk)) == RCP_ACCOUNT_NEEDS_PASSWORD);
  sign_in (desk, desk->address, uid, "another", NULL);
  assert_kept (uid, "another");
  KEEP_RESULT_UNTIL (rcp_caldav_account_get_trouble (get_account (desk)) == RCP_ACCOUNT_WELL);

  caldav_server_stop (desk->server);
  caldav_server_renew_certificate (desk->server);
  caldav_server_start (desk->server);
  e_client_refresh (E_CLIENT (client), NULL, keep_result_cb, &kept);
  g_object_unref (keep_result_wait (&kept));
  KEEP_RESULT_UNTIL (rcp_caldav_account_get_trouble (get_account (desk)) == RCP_ACCOUNT_NOT_TRUSTED);
  pem = see_certificate (desk->address);
  sign_in (desk, desk->address, uid, "another", pem);
  KEEP_RESULT_UNTIL (rcp_caldav_account_get_trouble (get_account (desk)) == RCP_ACCOUNT_WELL);
}

static void
remove_account (Desk *desk, const char *uid)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_calendar_service_remove_async (desk->service, uid, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  assert_is_own (desk, result);
  g_assert_true (rcp_calendar_service_remove_finish (desk->service, result, &error));
  g_assert_no_error (error);
  KEEP_RESULT_UNTIL (g_list_model_get_n_items (rcp_calendar_service_get_accounts (desk->service)) == 0);
  KEEP_RESULT_UNTIL (find_calendar (desk, "Diary") == NULL);
  assert_kept (uid, NULL);
}

/* A domain with nothing at its own name says by its records where its calendars are, and that is where the account is (RFC 6764, 3). */
static void
check_records (Desk *desk)
{
  guint16 port = caldav_server_get_port (desk->server);
  CannedResolver *resolver = canned_resolver_install ("_caldavs._tcp.clinic.test", "dav.clinic.test", port, "/ana/");
  g_autofree char *expected = g_strdup_printf ("https://dav.clinic.test:%u/ana/", port);
  g_autofree char *pem = see_certificate ("clinic.test");
  g_autofree char *address = NULL, *uid = NULL;

  look_up_by_service (desk, "clinic.test", pem);
  sign_in (desk, "clinic.test", NULL, CALDAV_PASSWORD, pem);
  canned_resolver_remove (resolver);
  KEEP_RESULT_UNTIL (g_list_model_get_n_items (rcp_calendar_service_get_accounts (desk->service)) == 1);
  g_object_get (get_account (desk), "address", &address, "uid", &uid, NULL);
  g_assert_cmpstr (address, ==, expected);
  remove_account (desk, uid);
}

static void
test_account (void)
{
  Desk desk = { 0 };
  g_autofree char *pem = NULL, *uid = NULL, *diary = NULL;

  if (!set_up (&desk))
    return;
  g_assert_cmpuint (g_list_model_get_n_items (rcp_calendar_service_get_accounts (desk.service)), ==, 0);
  pem = see_certificate (desk.address);
  assert_fails (desk.address, "wrong", pem, RCP_CALENDAR_ERROR_PASSWORD);
  check_discovery (&desk, pem);
  check_redirect (&desk, pem);
  look_up_by_service (&desk, desk.address, pem);
  check_records (&desk);
  g_assert_null (find_calendar (&desk, "Diary"));

  sign_in (&desk, desk.address, NULL, CALDAV_PASSWORD, pem);
  KEEP_RESULT_UNTIL (g_list_model_get_n_items (rcp_calendar_service_get_accounts (desk.service)) == 1);
  uid = g_strdup (rcp_caldav_account_get_uid (get_account (&desk)));
  assert_kept (uid, CALDAV_PASSWORD);
  KEEP_RESULT_UNTIL (find_calendar (&desk, "Diary") != NULL && find_calendar (&desk, "Plan of the House") != NULL);
  g_assert_cmpstr (rcp_calendar_get_account (find_calendar (&desk, "Diary")), ==, "ana, localhost");
  g_assert_cmpstr (rcp_calendar_get_colour (find_calendar (&desk, "Diary")), ==, "#62a0ea");
  diary = g_strdup (rcp_calendar_get_uid (find_calendar (&desk, "Diary")));
  assert_can_be_read (&desk, diary);
  g_assert_cmpint (rcp_caldav_account_get_trouble (get_account (&desk)), ==, RCP_ACCOUNT_WELL);
  check_troubles (&desk, uid);
  remove_account (&desk, uid);
  tear_down (&desk);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  calendars = eds_open ();
  g_test_add_func ("/calendars/caldav-account/bad-servers", test_bad_servers);
  g_test_add_func ("/calendars/caldav-account/nobody-there", test_nobody_there);
  g_test_add_func ("/calendars/caldav-account/hang", test_hang);
  g_test_add_func ("/calendars/caldav-account/account", test_account);
  status = g_test_run ();
  g_object_unref (calendars);
  return status;
}
