/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-change.c on what servers write in histories and searches. */
#include "clinic/rcp-change.h"

static GPtrArray *
parse (const char *entries)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (entries), "'", '"');
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Bundle\",\"entry\":[%s]}", quoted);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  return rcp_changes_from_bundle (json_node_get_object (json_parser_get_root (parser)));
}

static void
assert_change (GPtrArray *changes, guint index, const char *type, const char *id, gboolean is_deleted)
{
  const RcpChange *change = g_ptr_array_index (changes, index);

  g_assert_cmpstr (change->type, ==, type);
  g_assert_cmpstr (change->id, ==, id);
  g_assert_cmpint (change->is_deleted, ==, is_deleted);
  g_assert_cmpint (change->resource == NULL, ==, is_deleted);
}

static void
test_search (void)
{
  g_autoptr (GPtrArray) changes
      = parse ("{'resource':{'resourceType':'Slot','id':'a','meta':{'versionId':'4','lastUpdated':'2026-11-23T10:00:00Z'}}},"
              "{'resource':{'resourceType':'OperationOutcome','id':'o'},'search':{'mode':'outcome'}},"
              "{'resource':{'resourceType':'Slot'}},7,"
              "{'resource':{'resourceType':'Flag','id':'b','meta':{'lastUpdated':'yesterday'}}}");
  g_autofree char *key = NULL;

  g_assert_cmpuint (changes->len, ==, 2);
  assert_change (changes, 0, "Slot", "a", FALSE);
  assert_change (changes, 1, "Flag", "b", FALSE);
  g_assert_cmpint (((RcpChange *) changes->pdata[0])->updated, ==, G_GINT64_CONSTANT (1795428000) * G_USEC_PER_SEC);
  g_assert_cmpint (((RcpChange *) changes->pdata[1])->updated, ==, G_MININT64);
  key = rcp_change_dup_key (changes->pdata[0]);
  g_assert_cmpstr (key, ==, "Slot/a/4/0");
}

/* Reception's own way, HAPI's (an absolute fullUrl) and a resource beside a DELETE, which is what it was. */
static void
test_deletions (void)
{
  g_autoptr (GPtrArray) changes
      = parse ("{'request':{'method':'DELETE','url':'Appointment/a'},'response':{'lastModified':'2026-11-23T10:00:00Z'}},"
              "{'fullUrl':'http://x/fhir/Slot/b','request':{'method':'DELETE'}},"
              "{'resource':{'resourceType':'Slot','id':'c'},'request':{'method':'DELETE','url':'http://x/fhir/Slot/c/_history/2'}},"
              "{'request':{'method':'DELETE'}}");

  g_assert_cmpuint (changes->len, ==, 3);
  assert_change (changes, 0, "Appointment", "a", TRUE);
  g_assert_cmpint (((RcpChange *) changes->pdata[0])->updated, ==, G_GINT64_CONSTANT (1795428000) * G_USEC_PER_SEC);
  assert_change (changes, 1, "Slot", "b", TRUE);
  assert_change (changes, 2, "Slot", "c", TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/change/search", test_search);
  g_test_add_func ("/clinic/change/deletions", test_deletions);
  return g_test_run ();
}
