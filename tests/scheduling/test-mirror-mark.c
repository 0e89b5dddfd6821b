/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mirror-mark"

/* rcp-mirror-mark.c, against a real record. */
#include "keep-result.h"
#include "practice-fixture.h"

#include "scheduling/rcp-mirror-mark.h"

static GPtrArray *
read_marks (FhirClient *client)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *marks;

  rcp_mirror_marks_read_async (client, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  marks = rcp_mirror_marks_read_finish (result, &error);
  g_assert_no_error (error);
  return marks;
}

static char *
add (FhirClient *client, const char *key, const char *const *visits)
{
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  char *name = rcp_mirror_mark_add_to (transaction, key, "ana", visits);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) reply = NULL;
  g_autoptr (GError) error = NULL;

  fhir_client_transact_async (client, transaction, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  reply = fhir_client_transact_finish (client, result, &error);
  g_assert_no_error (error);
  return name;
}

static void
drop (FhirClient *client, const char *name)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_mirror_mark_drop_async (client, name, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_true (rcp_mirror_mark_drop_finish (result, &error));
  g_assert_no_error (error);
}

/* Two of the same calendar are two; each goes alone, also twice. */
static void
test_round (void)
{
  static const char *const visits[] = { "v-1", "v-2", NULL };
  g_autoptr (PracticeFixture) practice = practice_fixture_new (NULL);
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GPtrArray) both = NULL, one = NULL;
  RcpMirrorMark *mark;

  first = add (client, "c0ffee", visits);
  second = add (client, "c0ffee", visits + 1);
  both = read_marks (client);
  g_assert_cmpuint (both->len, ==, 2);
  drop (client, first);
  drop (client, first);
  one = read_marks (client);
  g_assert_cmpuint (one->len, ==, 1);
  mark = one->pdata[0];
  g_assert_cmpstr (mark->name, ==, second);
  g_assert_cmpstr (mark->key, ==, "c0ffee");
  g_assert_cmpstr (mark->practitioner_id, ==, "ana");
  g_assert_cmpuint (g_strv_length (mark->visits), ==, 1);
  g_assert_cmpstr (mark->visits[0], ==, "v-2");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/mirror-mark/round", test_round);
  return g_test_run ();
}
