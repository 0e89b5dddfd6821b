/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-json"

#include "practice/practice-json.h"

#include <string.h>

static void
assert_kept_as (const char *text, const char *expected)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = practice_json_parse (text, strlen (text), outcome);
  g_autofree char *printed = NULL;
  gsize length;

  g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, NULL);
  g_assert_nonnull (json);
  printed = practice_json_print (json, &length);
  g_assert_cmpstr (printed, ==, expected);
  g_assert_cmpuint (length, ==, strlen (expected));
}

static void
assert_refused (const char *text, gsize length, const char *problem)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = practice_json_parse (text, length, outcome);

  g_assert_null (json);
  g_assert_cmpuint (practice_outcome_get_status (outcome), ==, 400);
  if (strstr (practice_outcome_get_first_text (outcome), problem) == NULL)
    g_error ("%s: got %s, expected %s", text, practice_outcome_get_first_text (outcome), problem);
}

/* What the tokener of json-c changes or what FHIR says must stay: all of it comes back as it was written. */
static void
test_numbers_keep_their_text (void)
{
  static const char *const numbers[] = {
    "0", "-1", "1.10", "1.0", "0.00", "-0", "-0.0", "0.10e1", "1E5", "1e-7", "1e400", "-1e400", "1e-400",
    "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551616",
    "12345678901234567890123", "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"value\":%s}", numbers[i]);

      assert_kept_as (text, text);
    }
}

static void
test_numbers_refused (void)
{
  static const char *const numbers[] = {
    "01", "-01", "+1", ".5", "5.", "1.e1", "1e", "1e+", "-", "--1", "NaN", "nan", "Infinity", "-Infinity", "0x10", "1_0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"value\":%s}", numbers[i]);

      assert_refused (text, strlen (text), "Not valid JSON");
    }
}

static void
test_strings (void)
{
  assert_kept_as ("{\"a\":\"\"}", "{\"a\":\"\"}");
  assert_kept_as ("{\"a\":\"Bj\\u00f6rk \\/ \\\"x\\\" \\\\\"}", "{\"a\":\"Bj\xc3\xb6rk / \\\"x\\\" \\\\\"}");
  assert_kept_as ("[\"\\u0001\\b\\f\\n\\r\\t\"]", "[\"\\u0001\\b\\f\\n\\r\\t\"]");
  assert_kept_as ("[\"\\ud83d\\uDE00\"]", "[\"\xf0\x9f\x98\x80\"]");
  assert_kept_as ("[\"\xf0\x9f\x98\x80\"]", "[\"\xf0\x9f\x98\x80\"]");
  assert_kept_as ("{\"a\\u0062\":1}", "{\"ab\":1}");
}

static void
test_strings_refused (void)
{
  assert_refused ("[\"\\u0000\"]", 10, "null character");
  assert_refused ("[\"\\ud800\"]", 10, "surrogate");
  assert_refused ("[\"\\ud800\\n\"]", 12, "surrogate");
  assert_refused ("[\"\\ud800\\ud800\"]", 16, "surrogate");
  assert_refused ("[\"\\udc00\"]", 10, "surrogate");
  assert_refused ("[\"\\u00g0\"]", 10, "four digits");
  assert_refused ("[\"\\u00", 6, "four digits");
  assert_refused ("[\"\\x\"]", 6, "unknown escape");
  assert_refused ("[\"\\", 3, "without end");
  assert_refused ("[\"abc", 5, "without end");
  assert_refused ("[\"a\tb\"]", 7, "control character");
  assert_refused ("[\"a\nb\\n\"]", 9, "control character");
  assert_refused ("['a']", 5, "value expected");
}

static void
test_utf8_refused (void)
{
  assert_refused ("[\"\xff\"]", 5, "UTF-8 at byte 2");
  assert_refused ("[\"\xc0\xaf\"]", 6, "UTF-8");
  assert_refused ("[\"\xed\xa0\x80\"]", 7, "UTF-8");
  assert_refused ("[\"\0\"]", 5, "UTF-8 at byte 2");
  assert_refused ("\xef\xbb\xbf{}", 5, "object or array expected");
}

static void
test_structure (void)
{
  assert_kept_as (" { \"b\" : [ 1 , true , null , false ] , \"a\" : { } , \"c\" : [ ] }\r\n\t",
                  "{\"b\":[1,true,null,false],\"a\":{},\"c\":[]}");
}

static void
test_structure_refused (void)
{
  static const struct
  {
    const char *text;
    const char *problem;
  } cases[] = {
    { "", "object or array expected" }, { "null", "object or array" }, { "1", "object or array" },
    { "{", "member name" }, { "[", "value expected" }, { "{\"a\"}", "colon" }, { "{\"a\":}", "value expected" },
    { "{\"a\":1,}", "member name" }, { "[1,]", "value expected" }, { "[1 2]", "end of array" },
    { "{\"a\":1 \"b\":2}", "end of object" }, { "{a:1}", "member name" }, { "[]]", "behind the end" },
    { "{}{}", "behind the end" }, { "[tru]", "unknown word" }, { "[nul", "unknown word" }, { "[True]", "value" },
    { "[/* x */]", "value expected" }, { "{\"a\":1,\"a\":1}", "given twice" },
    { "{\"a\":null,\"\\u0061\":1}", "given twice" }, { "{\"x\":{\"id\":1,\"b\":2,\"id\":3}}", "given twice" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, strlen (cases[i].text), cases[i].problem);
}

static void
test_depth (void)
{
  g_autofree char *opened = g_strnfill (PRACTICE_JSON_MAX_DEPTH + 1, '[');
  g_autofree char *closed = g_strnfill (PRACTICE_JSON_MAX_DEPTH + 1, ']');
  g_autofree char *deepest = g_strconcat (opened + 1, closed + 1, NULL);
  g_autofree char *deeper = g_strconcat (opened, closed, NULL);

  assert_kept_as (deepest, deepest);
  assert_refused (deeper, strlen (deeper), "nested too deep");
}

/* The text of a long number and of a long name do not fit the buffers on the stack. */
static void
test_long_names (void)
{
  g_autofree char *name = g_strnfill (500, 'n');
  g_autofree char *text = g_strdup_printf ("{\"%s\":1,\"%.63s\":2,\"%.64s\":3}", name, name, name);

  assert_kept_as (text, text);
}

static void
test_order_is_kept (void)
{
  const char *text = "{\"resourceType\":\"Slot\",\"z\":1,\"a\":2,\"m\":3,\"b\":4}";

  assert_kept_as (text, text);
}

static void
test_look_ups (void)
{
  const char *text = "{\"s\":\"x\",\"o\":{\"i\":1},\"a\":[1],\"n\":null}";
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = practice_json_parse (text, strlen (text), outcome);

  g_assert_cmpstr (practice_json_get_string (json, "s"), ==, "x");
  g_assert_null (practice_json_get_string (json, "o"));
  g_assert_null (practice_json_get_string (json, "n"));
  g_assert_null (practice_json_get_string (json, "absent"));
  g_assert_null (practice_json_get_string (NULL, "s"));
  g_assert_nonnull (practice_json_get_object (json, "o"));
  g_assert_null (practice_json_get_object (json, "a"));
  g_assert_nonnull (practice_json_get_array (json, "a"));
  g_assert_null (practice_json_get_array (json, "o"));
  g_assert_null (practice_json_get_string (practice_json_get_array (json, "a"), "s"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/json/numbers", test_numbers_keep_their_text);
  g_test_add_func ("/practice/json/numbers-refused", test_numbers_refused);
  g_test_add_func ("/practice/json/strings", test_strings);
  g_test_add_func ("/practice/json/strings-refused", test_strings_refused);
  g_test_add_func ("/practice/json/utf8-refused", test_utf8_refused);
  g_test_add_func ("/practice/json/structure", test_structure);
  g_test_add_func ("/practice/json/structure-refused", test_structure_refused);
  g_test_add_func ("/practice/json/depth", test_depth);
  g_test_add_func ("/practice/json/long-names", test_long_names);
  g_test_add_func ("/practice/json/order", test_order_is_kept);
  g_test_add_func ("/practice/json/look-ups", test_look_ups);
  return g_test_run ();
}
