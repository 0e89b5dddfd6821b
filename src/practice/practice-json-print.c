/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-json"

#include "practice-json-private.h"

#include <string.h>

/* The printer is ours as well: it writes back what the reader took, number by number as it was written. */

static void
print_string (GString *text, const char *string, gsize length)
{
  static const char escapes[] = "\"\\bfnrt";
  static const char meanings[] = "\"\\\b\f\n\r\t";
  const char *end = string + length;

  g_string_append_c (text, '"');
  while (string < end)
    {
      const char *plain = practice_json_skip_plain (string, end);
      const char *escape;

      g_string_append_len (text, string, plain - string);
      string = plain;
      if (string == end)
        break;

      escape = *string != '\0' ? strchr (meanings, *string) : NULL;
      if (escape != NULL)
        g_string_append_printf (text, "\\%c", escapes[escape - meanings]);
      else
        g_string_append_printf (text, "\\u%04x", (guint) *string);
      string++;
    }
  g_string_append_c (text, '"');
}

static void print_value (GString *text, PracticeJson *value);

static void
print_object (GString *text, PracticeJson *object)
{
  char before = '{';

  for (struct lh_entry *member = lh_table_head (json_object_get_object (object)); member != NULL;
       member = lh_entry_next (member))
    {
      const char *name = lh_entry_k (member);

      g_string_append_c (text, before);
      print_string (text, name, strlen (name));
      g_string_append_c (text, ':');
      print_value (text, (PracticeJson *) lh_entry_v (member));
      before = ',';
    }
  if (before == '{')
    g_string_append_c (text, before);
  g_string_append_c (text, '}');
}

static void
print_array (GString *text, PracticeJson *array)
{
  gsize n = json_object_array_length (array);

  g_string_append_c (text, '[');
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      print_value (text, json_object_array_get_idx (array, i));
    }
  g_string_append_c (text, ']');
}

/* json-c prints the same, four times slower; numbers stay its own, for it knows how they were written. */
static void
print_value (GString *text, PracticeJson *value)
{
  switch (json_object_get_type (value))
    {
    case json_type_object:
      print_object (text, value);
      break;
    case json_type_array:
      print_array (text, value);
      break;
    case json_type_string:
      print_string (text, json_object_get_string (value), json_object_get_string_len (value));
      break;
    case json_type_boolean:
      g_string_append (text, json_object_get_boolean (value) ? "true" : "false");
      break;
    case json_type_null:
      g_string_append_len (text, "null", 4);
      break;
    case json_type_int:
    case json_type_double:
    default:
      g_string_append (text, json_object_to_json_string_ext (value, JSON_C_TO_STRING_PLAIN));
      break;
    }
}

/**
 * practice_json_print:
 * @json: a value
 * @length: (out) (optional): length of the text in bytes
 *
 * Returns: (transfer full): compact JSON text
 */
char *
practice_json_print (PracticeJson *json, gsize *length)
{
  GString *text = g_string_sized_new (2048);

  print_value (text, json);
  if (length != NULL)
    *length = text->len;

  return g_string_free (text, FALSE);
}
