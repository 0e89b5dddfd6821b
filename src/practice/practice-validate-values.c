/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-validate"

#include "practice-validate-values.h"

#include "base/rcp-iso8601.h"

#include <string.h>

/* datatypes.html#string: "Note that strings SHALL NOT exceed 1MB (1024*1024 characters) in size". */
#define MAX_STRING (1024 * 1024)

static const char *
judge_text (const char *text, gsize length)
{
  if (length > MAX_STRING)
    return "is longer than 1 MB";
  for (; *text != '\0'; text++)
    if ((guchar) *text < 0x20 && *text != '\t' && *text != '\n' && *text != '\r')
      return "has a control character";

  return NULL;
}

/* No white space at the ends, single spaces inside. */
static gboolean
is_code (const char *text)
{
  gboolean after_space = TRUE;

  for (; *text != '\0'; text++)
    {
      gboolean space = g_ascii_isspace (*text);

      if (space && after_space)
        return FALSE;
      after_space = space;
    }

  return !after_space;
}

static gboolean
is_id (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '.')
      return FALSE;

  return length <= 64;
}

static gboolean
has_no_space (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text <= 0x20)
      return FALSE;

  return TRUE;
}

static gboolean
is_oid (const char *text)
{
  if (!g_str_has_prefix (text, "urn:oid:") || text[8] < '0' || text[8] > '2' || text[9] != '.')
    return FALSE;

  text += 9;
  while (*text == '.')
    {
      const char *start = ++text;

      while (g_ascii_isdigit (*text))
        text++;
      if (text == start || (*start == '0' && text > start + 1))
        return FALSE;
    }

  return *text == '\0';
}

static gboolean
is_uuid (const char *text)
{
  static const char form[] = "urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  for (gsize i = 0; i < sizeof form; i++)
    {
      gboolean digit = i >= 9 && form[i] == 'x';

      if (digit ? !(g_ascii_isdigit (text[i]) || (text[i] >= 'a' && text[i] <= 'f')) : text[i] != form[i])
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_base64 (const char *text)
{
  gsize digits = 0, padding = 0;

  for (; *text != '\0'; text++)
    if (*text == '=')
      padding++;
    else if (g_ascii_isalnum (*text) || *text == '+' || *text == '/')
      {
        if (padding > 0)
          return FALSE;
        digits++;
      }
    else if (!g_ascii_isspace (*text))
      return FALSE;

  return padding <= 2 && digits > 0 && (digits + padding) % 4 == 0;
}

static gboolean
is_time (const char *text)
{
  RcpIso8601 parsed;
  g_autofree char *moment = NULL;

  if (strlen (text) > 32 || strpbrk (text, "Z+-") != NULL)
    return FALSE;

  moment = g_strconcat ("2000-01-01T", text, "Z", NULL);
  return rcp_iso8601_parse (moment, &parsed) && parsed.precision >= RCP_ISO8601_SECOND;
}

static gboolean
is_moment (PracticeType type, const char *text)
{
  RcpIso8601 parsed;

  if (!rcp_iso8601_parse (text, &parsed))
    return FALSE;
  if (parsed.precision <= RCP_ISO8601_DAY)
    return type != PRACTICE_TYPE_INSTANT;

  return type != PRACTICE_TYPE_DATE && parsed.precision >= RCP_ISO8601_SECOND && parsed.has_zone;
}

static const char *
judge_string (PracticeType type, const char *text, gsize length)
{
  if (length == 0)
    return "is empty";

  switch (type)
    {
    case PRACTICE_TYPE_CODE:
      return is_code (text) ? NULL : "is no code";
    case PRACTICE_TYPE_ID:
      return is_id (text, length) ? NULL : "is no id";
    case PRACTICE_TYPE_URI:
    case PRACTICE_TYPE_URL:
    case PRACTICE_TYPE_CANONICAL:
      return has_no_space (text) ? NULL : "is no URI";
    case PRACTICE_TYPE_OID:
      return is_oid (text) ? NULL : "is no OID";
    case PRACTICE_TYPE_UUID:
      return is_uuid (text) ? NULL : "is no UUID";
    case PRACTICE_TYPE_BASE64_BINARY:
      return is_base64 (text) ? NULL : "is no base64";
    case PRACTICE_TYPE_DATE:
      return is_moment (type, text) ? NULL : "is no date";
    case PRACTICE_TYPE_DATE_TIME:
      return is_moment (type, text) ? NULL : "is no dateTime";
    case PRACTICE_TYPE_INSTANT:
      return is_moment (type, text) ? NULL : "is no instant";
    case PRACTICE_TYPE_TIME:
      return is_time (text) ? NULL : "is no time";
    case PRACTICE_TYPE_XHTML:
      return NULL;
    default:
      return judge_text (text, length);
    }
}

static const char *
judge_integer (PracticeType type, PracticeJson *value)
{
  gint64 number = json_object_get_int64 (value);
  gint64 lowest = type == PRACTICE_TYPE_POSITIVE_INT ? 1 : type == PRACTICE_TYPE_UNSIGNED_INT ? 0 : G_MININT32;

  return number >= lowest && number <= G_MAXINT32 ? NULL : "is out of range";
}

/**
 * practice_validate_primitive:
 * @type: a primitive type of FHIR
 * @value: a value
 * @of_type: (out): whether it is the kind of JSON value that the type is written as
 *
 * Judges a value by the formats of datatypes.html#primitive.
 *
 * Returns: (nullable): what is wrong, as the rest of a sentence, or NULL when nothing is
 */
const char *
practice_validate_primitive (PracticeType type, PracticeJson *value, gboolean *of_type)
{
  json_type found = json_object_get_type (value);

  *of_type = FALSE;
  switch (type)
    {
    case PRACTICE_TYPE_BOOLEAN:
      *of_type = found == json_type_boolean;
      return *of_type ? NULL : "must be true or false";
    case PRACTICE_TYPE_DECIMAL:
      *of_type = found == json_type_int || found == json_type_double;
      return *of_type ? NULL : "must be a number";
    case PRACTICE_TYPE_INTEGER:
    case PRACTICE_TYPE_POSITIVE_INT:
    case PRACTICE_TYPE_UNSIGNED_INT:
      *of_type = found == json_type_int;
      return *of_type ? judge_integer (type, value) : "must be a whole number";
    default:
      *of_type = found == json_type_string;
      return *of_type ? judge_string (type, json_object_get_string (value), json_object_get_string_len (value))
                      : "must be a string";
    }
}
