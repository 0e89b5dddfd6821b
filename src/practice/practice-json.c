/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-json"

#include "practice-json-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The reader is ours and only the tree is json-c's: the tokener of json-c merges duplicate members, takes NaN, turns
 * integers beyond 64 bits and "-0" into other numbers and lone surrogates into U+FFFD (docs/decisions/001). */
typedef struct
{
  const char *start;
  const char *cursor;
  const char *end;
  guint depth;
  GString *text;       /* the last string with escapes */
  const char *problem; /* what is wrong at @cursor */
} Reader;

static gboolean read_value (Reader *reader, PracticeJson **value);

static gboolean
fail (Reader *reader, const char *problem)
{
  if (reader->problem == NULL)
    reader->problem = problem;
  return FALSE;
}

static void
skip_space (Reader *reader)
{
  while (reader->cursor < reader->end
         && (*reader->cursor == ' ' || *reader->cursor == '\n' || *reader->cursor == '\r' || *reader->cursor == '\t'))
    reader->cursor++;
}

static gboolean
next_is (Reader *reader, char expected)
{
  skip_space (reader);
  if (reader->cursor == reader->end || *reader->cursor != expected)
    return FALSE;

  reader->cursor++;
  return TRUE;
}

/* Reads the four digits behind "\u". */
static gboolean
read_unit (Reader *reader, guint *unit)
{
  *unit = 0;
  if (reader->end - reader->cursor < 4)
    return fail (reader, "escape without four digits");

  for (guint i = 0; i < 4; i++, reader->cursor++)
    {
      int digit = g_ascii_xdigit_value (*reader->cursor);

      if (digit < 0)
        return fail (reader, "escape without four digits");
      *unit = *unit * 16 + digit;
    }

  return TRUE;
}

static gboolean
read_unicode_escape (Reader *reader)
{
  guint unit, low;

  if (!read_unit (reader, &unit))
    return FALSE;
  if (unit == 0)
    return fail (reader, "null character in a string");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return fail (reader, "half of a surrogate pair");
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (reader->end - reader->cursor < 2 || reader->cursor[0] != '\\' || reader->cursor[1] != 'u')
        return fail (reader, "half of a surrogate pair");
      reader->cursor += 2;
      if (!read_unit (reader, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (reader, "half of a surrogate pair");
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }

  g_string_append_unichar (reader->text, unit);
  return TRUE;
}

static gboolean
read_escape (Reader *reader)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *found;

  reader->cursor++;
  if (reader->cursor == reader->end)
    return fail (reader, "string without end");
  if (*reader->cursor == 'u')
    {
      reader->cursor++;
      return read_unicode_escape (reader);
    }
  found = *reader->cursor != '\0' ? strchr (escapes, *reader->cursor) : NULL;
  if (found == NULL)
    return fail (reader, "unknown escape");

  g_string_append_c (reader->text, meanings[found - escapes]);
  reader->cursor++;
  return TRUE;
}

/* Reads what is behind the opening quote. @text lies in the input or, when there are escapes, in the reader. */
static gboolean
read_string (Reader *reader, const char **text, gsize *length)
{
  const char *start = reader->cursor;

  reader->cursor = practice_json_skip_plain (reader->cursor, reader->end);
  if (reader->cursor < reader->end && *reader->cursor == '"')
    {
      *text = start;
      *length = reader->cursor++ - start;
      return TRUE;
    }

  g_string_truncate (reader->text, 0);
  for (;;)
    {
      g_string_append_len (reader->text, start, reader->cursor - start);
      if (reader->cursor == reader->end)
        return fail (reader, "string without end");
      if ((guchar) *reader->cursor < 0x20)
        return fail (reader, "control character in a string");
      if (*reader->cursor == '"')
        break;
      if (!read_escape (reader))
        return FALSE;
      start = reader->cursor;
      reader->cursor = practice_json_skip_plain (reader->cursor, reader->end);
    }

  reader->cursor++;
  *text = reader->text->str;
  *length = reader->text->len;
  return TRUE;
}

static gboolean
skip_digits (Reader *reader)
{
  const char *start = reader->cursor;

  while (reader->cursor < reader->end && g_ascii_isdigit (*reader->cursor))
    reader->cursor++;

  return reader->cursor > start || fail (reader, "number without digits");
}

/* Moves behind a number of JSON. @integer: whether it has neither fraction nor exponent. */
static gboolean
skip_number (Reader *reader, gboolean *integer)
{
  *integer = TRUE;
  if (*reader->cursor == '-')
    reader->cursor++;
  if (reader->cursor < reader->end && *reader->cursor == '0')
    reader->cursor++;
  else if (!skip_digits (reader))
    return FALSE;

  if (reader->cursor < reader->end && *reader->cursor == '.')
    {
      *integer = FALSE;
      reader->cursor++;
      if (!skip_digits (reader))
        return FALSE;
    }
  if (reader->cursor < reader->end && (*reader->cursor == 'e' || *reader->cursor == 'E'))
    {
      *integer = FALSE;
      reader->cursor++;
      if (reader->cursor < reader->end && (*reader->cursor == '+' || *reader->cursor == '-'))
        reader->cursor++;
      return skip_digits (reader);
    }

  return TRUE;
}

/* An integer that a gint64 holds is one; every other number keeps its text beside the double. */
static gboolean
read_number (Reader *reader, PracticeJson **value)
{
  const char *start = reader->cursor;
  g_autofree char *heap = NULL;
  char stack[64], *text = stack;
  gboolean integer;
  gsize length;

  if (!skip_number (reader, &integer))
    return FALSE;

  length = reader->cursor - start;
  if (length >= sizeof stack)
    text = heap = g_malloc (length + 1);
  memcpy (text, start, length);
  text[length] = '\0';

  if (integer && strcmp (text, "-0") != 0)
    {
      gint64 number;

      errno = 0;
      number = g_ascii_strtoll (text, NULL, 10);
      if (errno == 0)
        {
          *value = json_object_new_int64 (number);
          return TRUE;
        }
    }

  *value = json_object_new_double_s (g_ascii_strtod (text, NULL), text);
  return TRUE;
}

static gboolean
read_word (Reader *reader, const char *word, PracticeJson *meaning, PracticeJson **value)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->cursor) < length || memcmp (reader->cursor, word, length) != 0)
    {
      json_object_put (meaning);
      return fail (reader, "unknown word");
    }

  reader->cursor += length;
  *value = meaning;
  return TRUE;
}

/* Reads one member behind its opening quote into @table. */
static gboolean
read_member (Reader *reader, struct lh_table *table)
{
  g_autofree char *heap = NULL;
  char stack[64], *key = stack;
  const char *text;
  PracticeJson *value = NULL;
  unsigned long hash;
  gsize length;

  if (!read_string (reader, &text, &length))
    return FALSE;
  if (length >= sizeof stack)
    key = heap = g_malloc (length + 1);
  memcpy (key, text, length);
  key[length] = '\0';

  hash = lh_get_hash (table, key);
  if (lh_table_lookup_entry_w_hash (table, key, hash) != NULL)
    return fail (reader, "member given twice");
  if (!next_is (reader, ':'))
    return fail (reader, "member without a colon");
  if (!read_value (reader, &value))
    return FALSE;

  /* Freed by the table with free (). */
  lh_table_insert_w_hash (table, strdup (key), value, hash, 0);
  return TRUE;
}

static gboolean
read_members (Reader *reader, PracticeJson *object)
{
  struct lh_table *table = json_object_get_object (object);

  if (next_is (reader, '}'))
    return TRUE;
  do
    {
      if (!next_is (reader, '"'))
        return fail (reader, "member name expected");
      if (!read_member (reader, table))
        return FALSE;
    }
  while (next_is (reader, ','));

  return next_is (reader, '}') || fail (reader, "comma or end of object expected");
}

static gboolean
read_items (Reader *reader, PracticeJson *array)
{
  if (next_is (reader, ']'))
    return TRUE;
  do
    {
      PracticeJson *value = NULL;

      if (!read_value (reader, &value))
        return FALSE;
      json_object_array_add (array, value);
    }
  while (next_is (reader, ','));

  return next_is (reader, ']') || fail (reader, "comma or end of array expected");
}

static gboolean
read_nested (Reader *reader, PracticeJson **value)
{
  gboolean is_object = *reader->cursor == '{';
  g_autoptr (PracticeJson) nested = NULL;
  gboolean complete;

  if (reader->depth == PRACTICE_JSON_MAX_DEPTH)
    return fail (reader, "nested too deep");

  reader->depth++;
  reader->cursor++;
  nested = is_object ? json_object_new_object () : json_object_new_array ();
  complete = is_object ? read_members (reader, nested) : read_items (reader, nested);
  reader->depth--;
  if (complete)
    *value = g_steal_pointer (&nested);

  return complete;
}

static gboolean
read_value (Reader *reader, PracticeJson **value)
{
  const char *text;
  gsize length;

  skip_space (reader);
  if (reader->cursor == reader->end)
    return fail (reader, "value expected");

  switch (*reader->cursor)
    {
    case '{':
    case '[':
      return read_nested (reader, value);
    case '"':
      reader->cursor++;
      if (!read_string (reader, &text, &length))
        return FALSE;
      if (length > G_MAXINT)
        return fail (reader, "string too long");
      *value = json_object_new_string_len (text, (int) length);
      return TRUE;
    case 't':
      return read_word (reader, "true", json_object_new_boolean (TRUE), value);
    case 'f':
      return read_word (reader, "false", json_object_new_boolean (FALSE), value);
    case 'n':
      return read_word (reader, "null", NULL, value);
    default:
      if (*reader->cursor != '-' && !g_ascii_isdigit (*reader->cursor))
        return fail (reader, "value expected");
      return read_number (reader, value);
    }
}

/* A document is an object or an array: a bare null could not be told from a failure, and FHIR knows no others. */
static gboolean
read_document (Reader *reader, PracticeJson **value)
{
  skip_space (reader);
  if (reader->cursor == reader->end || (*reader->cursor != '{' && *reader->cursor != '['))
    return fail (reader, "object or array expected");
  if (!read_nested (reader, value))
    return FALSE;

  skip_space (reader);
  return reader->cursor == reader->end || fail (reader, "text behind the end");
}

/**
 * practice_json_parse:
 * @data: JSON text, need not be terminated
 * @length: its length in bytes
 * @outcome: gets a 400 when it cannot be read
 *
 * Reads an object or an array of strict JSON (RFC 8259) in valid UTF-8 without byte order mark. Names of members must
 * be unique in an object. Every number keeps its text, so that practice_json_print() gives it back as it was written.
 *
 * Returns: (transfer full) (nullable): the value
 */
PracticeJson *
practice_json_parse (const char *data, gsize length, PracticeOutcome *outcome)
{
  g_autoptr (PracticeJson) value = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  Reader reader = { data, data, data + length, 0, text, NULL };
  const char *invalid;

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  g_return_val_if_fail (outcome != NULL, NULL);

  if (length > 0 && !g_utf8_validate_len (data, length, &invalid))
    {
      practice_outcome_error (outcome, 400, "structure", NULL, "Not valid UTF-8 at byte %" G_GSIZE_FORMAT,
                              (gsize) (invalid - data));
      return NULL;
    }
  if (!read_document (&reader, &value))
    {
      practice_outcome_error (outcome, 400, "structure", NULL, "Not valid JSON at byte %" G_GSIZE_FORMAT ": %s",
                              (gsize) (reader.cursor - reader.start), reader.problem);
      return NULL;
    }

  return g_steal_pointer (&value);
}

static PracticeJson *
get_of_type (PracticeJson *object, const char *member, json_type type)
{
  PracticeJson *value = NULL;

  if (!json_object_is_type (object, json_type_object) || !json_object_object_get_ex (object, member, &value)
      || !json_object_is_type (value, type))
    return NULL;

  return value;
}

/**
 * practice_json_get_string:
 * @object: (nullable): an object
 * @member: a name
 *
 * Returns: (nullable): the text of that member, NULL when there is none or it is no string
 */
const char *
practice_json_get_string (PracticeJson *object, const char *member)
{
  PracticeJson *value = get_of_type (object, member, json_type_string);

  return value != NULL ? json_object_get_string (value) : NULL;
}

/**
 * practice_json_get_object:
 * @object: (nullable): an object
 * @member: a name
 *
 * Returns: (nullable) (transfer none): that member, NULL when there is none or it is no object
 */
PracticeJson *
practice_json_get_object (PracticeJson *object, const char *member)
{
  return get_of_type (object, member, json_type_object);
}

/**
 * practice_json_get_array:
 * @object: (nullable): an object
 * @member: a name
 *
 * Returns: (nullable) (transfer none): that member, NULL when there is none or it is no array
 */
PracticeJson *
practice_json_get_array (PracticeJson *object, const char *member)
{
  return get_of_type (object, member, json_type_array);
}
