/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-references"

#include "practice/practice-spec.h"

#include <string.h>

static PracticeJson *
parse (const char *text)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  PracticeJson *json = practice_json_parse (quoted, strlen (quoted), outcome);

  g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, NULL);
  return json;
}

static char *
map_cb (const char *reference, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", reference);
  return g_str_has_prefix (reference, "urn:") ? g_strdup ("Patient/9") : NULL;
}

static void
test_map_references (void)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (PracticeJson) json = parse (
      "{'resourceType':'Bundle','type':'batch','entry':[{'fullUrl':'urn:a','resource':{'resourceType':'Appointment',"
      "'description':'reference','_description':{'extension':[{'url':'x','valueReference':{'reference':'urn:b'}}]},"
      "'slot':[{'reference':'Slot/1'}],'participant':[{'actor':{'reference':'urn:c'}}],'contained':[{'resourceType':"
      "'Slot','schedule':{'reference':'Schedule/1','extension':[{'url':'x','valueReference':{'reference':'urn:d'}}]}}],"
      "'unknown':{'reference':'urn:e'}}}]}");
  g_autofree char *printed = NULL;

  practice_spec_map_references (json, map_cb, found);
  g_assert_cmpstr (found->str, ==, "urn:b Slot/1 urn:c Schedule/1 urn:d ");
  printed = practice_json_print (json, NULL);
  g_assert_nonnull (strstr (printed, "{\"actor\":{\"reference\":\"Patient/9\"}}"));
  g_assert_nonnull (strstr (printed, "\"fullUrl\":\"urn:a\""));
  g_assert_nonnull (strstr (printed, "urn:e"));
  g_assert_null (strstr (printed, "urn:b"));
}

/* What has no definitions has no references. */
static void
test_map_unknown (void)
{
  static const char *const odd[] = {
    "{'resourceType':'Nothing','subject':{'reference':'urn:a'}}",
    "{'subject':{'reference':'urn:a'}}",
    "{'resourceType':'Basic','subject':'urn:a','author':[{'reference':7}]}",
    "['urn:a']",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (GString) found = g_string_new (NULL);
      g_autoptr (PracticeJson) json = parse (odd[i]);

      practice_spec_map_references (json, map_cb, found);
      g_assert_cmpstr (found->str, ==, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/references/map", test_map_references);
  g_test_add_func ("/practice/references/map-unknown", test_map_unknown);
  return g_test_run ();
}
