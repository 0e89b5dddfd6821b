/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far rcp-change-source.c asks back. */
#include "clinic/rcp-change-source.h"

#define OVERLAPPING "_history?_since=2026-11-23T09:59:35.000Z&_count=200"
#define SETTLED "_history?_since=2026-11-23T10:00:05.000Z&_count=200"

/* An answer with one version of a slot; gives how many changes it tells. */
static guint
take (RcpChangeSource *source, const char *version, const char *updated)
{
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Slot\",\"id\":\"s\","
                                           "\"meta\":{\"versionId\":\"%s\",\"lastUpdated\":\"%s\"}}}]}", version, updated);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_change_free);

  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  rcp_change_source_take (source, json_node_get_object (json_parser_get_root (parser)), changes);
  return changes->len;
}

static void
assert_path (RcpChangeSource *source, const char *expected)
{
  g_autofree char *path = rcp_change_source_dup_path (source, (RcpTimeRange){ 0, 0 });

  g_assert_cmpstr (path, ==, expected);
}

static void
let_pass (RcpChangeSource *source, guint seconds)
{
  source->advanced -= seconds * G_USEC_PER_SEC;
}

/* Half a minute back, until that cannot tell anything any more; and again once there is news. */
static void
test_back (void)
{
  RcpChangeSource *source = rcp_change_source_new (RCP_CHANGE_SOURCE_SYSTEM_HISTORY, NULL, NULL);

  assert_path (source, "_history?_count=1");
  g_assert_cmpuint (take (source, "1", "2026-11-23T10:00:05Z"), ==, 0);
  assert_path (source, OVERLAPPING);
  g_assert_cmpuint (take (source, "1", "2026-11-23T10:00:05Z"), ==, 1);
  let_pass (source, 50);
  g_assert_cmpuint (take (source, "1", "2026-11-23T10:00:05Z"), ==, 0);
  assert_path (source, OVERLAPPING);
  /* A server that was away a long time is asked far back once more. */
  let_pass (source, 3600);
  assert_path (source, OVERLAPPING);
  g_assert_cmpuint (take (source, "1", "2026-11-23T10:00:05Z"), ==, 0);
  assert_path (source, SETTLED);
  g_assert_cmpuint (take (source, "1", "2026-11-23T10:00:05Z"), ==, 0);
  assert_path (source, SETTLED);
  g_assert_cmpuint (take (source, "2", "2026-11-23T10:05:00Z"), ==, 1);
  assert_path (source, "_history?_since=2026-11-23T10:04:30.000Z&_count=200");
  rcp_change_source_free (source);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/change-source/back", test_back);
  return g_test_run ();
}
