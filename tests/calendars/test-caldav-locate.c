/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a domain says that its calendars are: rcp-caldav-locate. */

#include "calendars/rcp-caldav-locate.h"

#include "canned-resolver.h"

#define NAME "_caldavs._tcp.clinic.test"

static void
assert_located (const char *url, const char *target, guint16 port, const char *path, const char *expected)
{
  CannedResolver *resolver = canned_resolver_install (NAME, target, port, path);
  g_autofree char *located = rcp_caldav_locate (url, NULL);

  g_assert_cmpstr (located, ==, expected);
  canned_resolver_remove (resolver);
}

static void
test_records (void)
{
  assert_located ("https://clinic.test/", "dav.clinic.test", 443, "/calendars/", "https://dav.clinic.test/calendars/");
  assert_located ("https://clinic.test", "dav.clinic.test.", 8443, NULL, "https://dav.clinic.test:8443/");
  assert_located ("https://Clinic.test/", "DAV.CLINIC.TEST", 443, NULL, "https://dav.clinic.test/");
  assert_located ("https://clinic.test/", "clinic.test", 8443, "/dav", "https://clinic.test:8443/dav");
  /* A path is one. */
  assert_located ("https://clinic.test/", "dav.clinic.test", 443, "@evil.test/", "https://dav.clinic.test/");
  /* No record. */
  assert_located ("https://clinic.test/", NULL, 443, "/calendars/", NULL);
}

/* An answer without a signature is no reason to give anybody else a password. */
static void
test_others (void)
{
  assert_located ("https://clinic.test/", "dav.other.test", 443, NULL, NULL);
  assert_located ("https://clinic.test/", "evilclinic.test", 443, NULL, NULL);
  assert_located ("https://clinic.test/", "clinic.test.evil.test", 443, NULL, NULL);
  assert_located ("https://clinic.test/", "", 443, NULL, NULL);
}

/* Who says more than a domain means that. */
static void
test_whole_addresses (void)
{
  static const char *const urls[] = { "https://clinic.test/dav/", "https://clinic.test:8443/", "http://clinic.test/", "https://localhost/", "https://192.0.2.1/", "https://[2001:db8::1]/", "nonsense" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    assert_located (urls[i], "dav.clinic.test", 443, NULL, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendars/caldav-locate/records", test_records);
  g_test_add_func ("/calendars/caldav-locate/others", test_others);
  g_test_add_func ("/calendars/caldav-locate/whole-addresses", test_whole_addresses);
  return g_test_run ();
}
