/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendars/rcp-mirror-uid.h"

#include <string.h>

#define CLINIC "https://fhir.example.org/r4"

static void
test_same_everywhere (void)
{
  g_autofree char *one = rcp_mirror_uid_new (CLINIC, "a-17.B");
  g_autofree char *two = rcp_mirror_uid_new (CLINIC, "a-17.B");
  g_autofree char *other_visit = rcp_mirror_uid_new (CLINIC, "a-17.b");
  g_autofree char *other_clinic = rcp_mirror_uid_new ("https://other.example.org/r4", "a-17.B");

  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (one, !=, other_visit);
  g_assert_cmpstr (one, !=, other_clinic);
  g_assert_null (strstr (one, "example"));
}

static void
test_ours (void)
{
  g_autofree char *uid = rcp_mirror_uid_new (CLINIC, "1");

  g_assert_true (rcp_mirror_uid_is_ours (uid));
  g_assert_false (rcp_mirror_uid_is_ours (NULL));
  g_assert_false (rcp_mirror_uid_is_ours (""));
  g_assert_false (rcp_mirror_uid_is_ours ("1@example.org"));
}

static void
test_back (void)
{
  g_autofree char *uid = rcp_mirror_uid_new (CLINIC, "a.b-c");
  g_autofree char *id = rcp_mirror_uid_dup_appointment_id (uid, CLINIC);
  g_autofree char *bare = rcp_mirror_uid_new (CLINIC, "");

  g_assert_cmpstr (id, ==, "a.b-c");
  g_assert_null (rcp_mirror_uid_dup_appointment_id (uid, "https://other.example.org/r4"));
  g_assert_null (rcp_mirror_uid_dup_appointment_id (bare, CLINIC));
  g_assert_null (rcp_mirror_uid_dup_appointment_id ("1@example.org", CLINIC));
}

/* The UID comes back from a server on which anybody may have changed it. */
static void
test_no_id (void)
{
  static const char *const ids[] = { "a/1", "1?_count=9", "a\rB", "a\nB", "a b", "..%2f", "caf\303\251", "a_1", "Appointment/1" };
  g_autofree char *longest = g_strnfill (64, 'a');
  g_autofree char *too_long = g_strnfill (65, 'a');
  g_autofree char *longest_uid = rcp_mirror_uid_new (CLINIC, longest);
  g_autofree char *too_long_uid = rcp_mirror_uid_new (CLINIC, too_long);
  g_autofree char *id = rcp_mirror_uid_dup_appointment_id (longest_uid, CLINIC);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *uid = rcp_mirror_uid_new (CLINIC, ids[i]);

      g_test_message ("%u", i);
      g_assert_null (rcp_mirror_uid_dup_appointment_id (uid, CLINIC));
    }
  g_assert_cmpstr (id, ==, longest);
  g_assert_null (rcp_mirror_uid_dup_appointment_id (too_long_uid, CLINIC));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendars/mirror-uid/same-everywhere", test_same_everywhere);
  g_test_add_func ("/calendars/mirror-uid/ours", test_ours);
  g_test_add_func ("/calendars/mirror-uid/back", test_back);
  g_test_add_func ("/calendars/mirror-uid/no-id", test_no_id);
  return g_test_run ();
}
