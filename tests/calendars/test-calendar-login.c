/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people type as an address, and what they are shown of a certificate: rcp-calendar-login. */

#include "calendars/rcp-calendar-login.h"

#define CERTIFICATE                                                                                                    \
  "-----BEGIN CERTIFICATE-----\n"                                                                                      \
  "MIIBujCCAV+gAwIBAgIUJ+O70+pQXIb6adNBce6GuUiSvMIwCgYIKoZIzj0EAwIw\n"                                        \
  "MjEdMBsGA1UEAwwUY2FsZW5kYXIuZXhhbXBsZS5vcmcxETAPBgNVBAoMCEEgQ2xp\n"                                        \
  "bmljMB4XDTI2MTEyMjE4MzYxMloXDTM2MTExOTE4MzYxMlowMjEdMBsGA1UEAwwU\n"                                        \
  "Y2FsZW5kYXIuZXhhbXBsZS5vcmcxETAPBgNVBAoMCEEgQ2xpbmljMFkwEwYHKoZI\n"                                        \
  "zj0CAQYIKoZIzj0DAQcDQgAEFFK4oEPQl1NaJ5auPU2K8haNScByM10zvZyYunsh\n"                                        \
  "ndwj293tCtnwU/VGBtxB14YZwl1IiSjRvrJfEFPncYCLX6NTMFEwHQYDVR0OBBYE\n"                                        \
  "FG606JJpJepu3p7Pn3rTlhHXF02HMB8GA1UdIwQYMBaAFG606JJpJepu3p7Pn3rT\n"                                        \
  "lhHXF02HMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAKCZW1Tb\n"                                        \
  "04OZiKQHsPImQ2ceKc8Sisj45R1wZg+VrjAyAiEA5dPIjXeMEPO+ecF6tnsKr+61\n"                                        \
  "ulDZ8DykpeUSQHXEjqA=\n"                                        \
  "-----END CERTIFICATE-----\n"

static void
assert_url (const char *typed, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCalendarLogin) login = rcp_calendar_login_new (typed, " ana ", "secret", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (login->url, ==, expected);
  g_assert_cmpstr (login->user, ==, "ana");
  g_assert_cmpstr (login->password, ==, "secret");
}

static void
assert_refused (const char *typed, RcpCalendarError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rcp_calendar_login_new (typed, "ana", "secret", NULL, &error));
  g_assert_error (error, RCP_CALENDAR_ERROR, (int) code);
}

static void
test_address (void)
{
  assert_url ("cloud.example.org", "https://cloud.example.org/");
  assert_url ("  cloud.example.org:8443 ", "https://cloud.example.org:8443/");
  assert_url ("cloud.example.org/remote.php/dav", "https://cloud.example.org/remote.php/dav");
  assert_url ("https://cloud.example.org/ana/", "https://cloud.example.org/ana/");
  assert_url ("caldavs://cloud.example.org", "https://cloud.example.org/");
  assert_url ("HTTPS://cloud.example.org", "https://cloud.example.org/");
  assert_url ("[2001:db8::1]:8443", "https://[2001:db8::1]:8443/");
  /* What others cannot hear needs no TLS. */
  assert_url ("http://localhost:5232", "http://localhost:5232/");
  assert_url ("http://127.0.0.1:5232/a%20b/", "http://127.0.0.1:5232/a%20b/");
  assert_url ("http://[::1]:5232", "http://[::1]:5232/");
}

static void
test_refused (void)
{
  assert_refused ("", RCP_CALENDAR_ERROR_ADDRESS);
  assert_refused ("   ", RCP_CALENDAR_ERROR_ADDRESS);
  assert_refused ("https://", RCP_CALENDAR_ERROR_ADDRESS);
  assert_refused ("two words", RCP_CALENDAR_ERROR_ADDRESS);
  assert_refused ("ftp://cloud.example.org", RCP_CALENDAR_ERROR_ADDRESS);
  assert_refused ("cloud.example.org:99999999", RCP_CALENDAR_ERROR_ADDRESS);
  /* A password in an address would be shown, and kept, as an address. */
  assert_refused ("https://ana:secret@cloud.example.org", RCP_CALENDAR_ERROR_ADDRESS);
  assert_refused ("http://cloud.example.org", RCP_CALENDAR_ERROR_NOT_SECRET);
  assert_refused ("caldav://cloud.example.org", RCP_CALENDAR_ERROR_NOT_SECRET);
  assert_refused ("http://localhost.example.org", RCP_CALENDAR_ERROR_NOT_SECRET);
}

static void
test_copy (void)
{
  g_autoptr (RcpCalendarLogin) login = rcp_calendar_login_new ("a.example", "ana", "secret", "PEM", NULL);
  g_autoptr (RcpCalendarLogin) copy = rcp_calendar_login_copy (login);

  g_assert_cmpstr (copy->url, ==, login->url);
  g_assert_cmpstr (copy->user, ==, "ana");
  g_assert_cmpstr (copy->password, ==, "secret");
  g_assert_true (copy->password != login->password);
  g_assert_cmpstr (copy->certificate, ==, "PEM");
}

/* As openssl says of the same file: x509 -subject -issuer -dates -fingerprint -sha256. */
static void
test_certificate (void)
{
  g_autoptr (RcpServerCertificate) certificate = rcp_server_certificate_new (CERTIFICATE, G_TLS_CERTIFICATE_UNKNOWN_CA);

  g_assert_nonnull (certificate);
  g_assert_cmpstr (certificate->pem, ==, CERTIFICATE);
  g_assert_cmpstr (certificate->subject, ==, "CN=calendar.example.org,O=A Clinic");
  g_assert_cmpstr (certificate->issuer, ==, "CN=calendar.example.org,O=A Clinic");
  g_assert_cmpstr (certificate->fingerprint, ==, "54:5B:17:E8:11:C4:CE:96:88:D7:F1:19:0C:24:1A:34:51:BD:01:A3:3D:38:2F:B8:CA:17:17:4B:35:02:8F:B1");
  g_assert_cmpint (certificate->valid_from, ==, G_GINT64_CONSTANT (1795372572) * G_USEC_PER_SEC);
  g_assert_cmpint (certificate->valid_until, ==, G_GINT64_CONSTANT (2110732572) * G_USEC_PER_SEC);
  g_assert_cmpint (certificate->faults, ==, G_TLS_CERTIFICATE_UNKNOWN_CA);
  g_assert_null (rcp_server_certificate_new ("not a certificate", 0));
  g_assert_null (rcp_server_certificate_new (NULL, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendars/login/address", test_address);
  g_test_add_func ("/calendars/login/refused", test_refused);
  g_test_add_func ("/calendars/login/copy", test_copy);
  g_test_add_func ("/calendars/login/certificate", test_certificate);
  return g_test_run ();
}
