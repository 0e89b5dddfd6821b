/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-search"

#include "practice-search-private.h"

#include <math.h>
#include <string.h>

#include "base/rcp-fold.h"
#include "base/rcp-iso8601.h"

/* More alternatives than any desk asks for. */
#define MAX_VALUES 400

static const struct
{
  char name[3];
  PracticePrefix prefix;
} prefixes[] = {
  { "eq", PRACTICE_PREFIX_EQ }, { "ne", PRACTICE_PREFIX_NE }, { "gt", PRACTICE_PREFIX_GT },
  { "lt", PRACTICE_PREFIX_LT }, { "ge", PRACTICE_PREFIX_GE }, { "le", PRACTICE_PREFIX_LE },
  { "sa", PRACTICE_PREFIX_SA }, { "eb", PRACTICE_PREFIX_EB }, { "ap", PRACTICE_PREFIX_AP },
};

void
practice_value_free (PracticeValue *value)
{
  g_free (value->text);
  g_free (value->system);
  g_free (value->type);
  g_free (value);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeValue, practice_value_free)

/* Splits at a separator that no backslash stands before; the parts keep their escapes. */
static GPtrArray *
split_escaped (const char *text, char separator)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const char *start = text;

  for (const char *p = text; ; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        {
          p++;
        }
      else if (*p == separator || *p == '\0')
        {
          g_ptr_array_add (parts, g_strndup (start, p - start));
          if (*p == '\0')
            return parts;
          start = p + 1;
        }
    }
}

/* search.html#escaping: "\\", "\,", "\|" and "\$" stand for the sign itself. */
static char *
unescape (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0' && strchr ("\\,|$", p[1]) != NULL)
        p++;
      g_string_append_c (result, *p);
    }

  return g_string_free (result, FALSE);
}

static const char *
take_prefix (const char *text, PracticePrefix *prefix)
{
  *prefix = PRACTICE_PREFIX_EQ;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (strncmp (text, prefixes[i].name, 2) == 0)
      {
        *prefix = prefixes[i].prefix;
        return text + 2;
      }

  return text;
}

/* "ap": a tenth of the distance from now to either side (search.html#prefix suggests it). */
static void
widen (PracticeValue *value, gint64 now)
{
  gint64 distance = ABS (value->low - now) / 10;

  value->low -= distance;
  value->high += distance;
}

static gboolean
parse_date (PracticeValue *value, const char *text, const PracticeSearchContext *context)
{
  RcpIso8601 parsed;

  if (!rcp_iso8601_parse (take_prefix (text, &value->prefix), &parsed))
    return FALSE;

  value->low = parsed.start;
  value->high = parsed.end;
  if (value->prefix == PRACTICE_PREFIX_AP)
    widen (value, context->now);
  return TRUE;
}

/* Half a unit of the last written digit to either side: "100" is 99.5 to 100.5, "1e2" is 50 to 150 (search.html#number). */
static double
get_half_unit (const char *text)
{
  const char *exponent = strpbrk (text, "eE");
  const char *point = strchr (text, '.');
  const char *end = exponent != NULL ? exponent : text + strlen (text);
  int digits = point != NULL && point < end ? (int) (end - point - 1) : 0;
  int power = exponent != NULL ? (int) g_ascii_strtoll (exponent + 1, NULL, 10) : 0;

  return 0.5 * pow (10, CLAMP (power, -300, 300) - MIN (digits, 300));
}

static gboolean
parse_number (PracticeValue *value, const char *text)
{
  char *end = NULL;
  double half;

  text = take_prefix (text, &value->prefix);
  if (!g_ascii_isdigit (*text) && strchr ("+-.", *text) == NULL)
    return FALSE;
  value->number = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (value->number) || strpbrk (text, "xXpPnN") != NULL)
    return FALSE;

  half = value->prefix == PRACTICE_PREFIX_AP ? fabs (value->number) / 10 : get_half_unit (text);
  value->number_low = value->number - half;
  value->number_high = value->number + half;
  return TRUE;
}

static gboolean
parse_quantity (PracticeValue *value, const char *text)
{
  g_autoptr (GPtrArray) parts = split_escaped (text, '|');

  if (parts->len != 1 && parts->len != 3)
    return FALSE;
  if (!parse_number (value, parts->pdata[0]))
    return FALSE;
  if (parts->len == 1)
    return TRUE;

  value->system = *(char *) parts->pdata[1] != '\0' ? unescape (parts->pdata[1]) : NULL;
  value->text = *(char *) parts->pdata[2] != '\0' ? unescape (parts->pdata[2]) : NULL;
  return TRUE;
}

static gboolean
parse_token (PracticeValue *value, const char *text, const PracticeSearchParam *param)
{
  g_autoptr (GPtrArray) parts = split_escaped (text, '|');
  g_autofree char *code = NULL;

  if (parts->len > 2)
    return FALSE;

  code = unescape (parts->pdata[parts->len - 1]);
  if (parts->len == 2)
    value->system = unescape (parts->pdata[0]);
  if (*code == '\0' && (value->system == NULL || *value->system == '\0'))
    return FALSE;

  if (*code != '\0')
    {
      if (param != NULL && practice_store_param_is_contact (param))
        value->text = practice_store_fold_contact (code);
      if (value->text == NULL)
        value->text = g_steal_pointer (&code);
    }
  return TRUE;
}

/* "Patient/1", "1", an absolute URL of this server, or any other URL. */
static void
parse_reference (PracticeValue *value, const char *text, const PracticeSearchContext *context)
{
  g_autofree char *plain = unescape (text);
  const char *local = plain;
  g_auto (GStrv) parts = NULL;

  if (context->base_url != NULL && g_str_has_prefix (plain, context->base_url)
      && plain[strlen (context->base_url)] == '/')
    local = plain + strlen (context->base_url) + 1;

  parts = g_strsplit (local, "/", 3);
  if (g_strv_length (parts) == 2 && practice_spec_is_resource_type (parts[0]))
    {
      value->type = g_strdup (parts[0]);
      value->text = g_strdup (parts[1]);
    }
  else if (g_strv_length (parts) == 1 && strchr (local, ':') == NULL && *local != '#')
    {
      value->text = g_strdup (local);
    }
  else
    {
      value->type = g_strdup ("");
      value->text = g_strdup (plain);
    }
}

static gboolean
parse_value (PracticeValue *value, const PracticeSearchParam *param, PracticeSearchType type, PracticeModifier modifier,
             const char *text, const PracticeSearchContext *context)
{
  if (*text == '\0')
    return FALSE;
  if (modifier == PRACTICE_MODIFIER_IDENTIFIER)
    return parse_token (value, text, NULL);

  switch (type)
    {
    case PRACTICE_SEARCH_DATE:
      return parse_date (value, text, context);
    case PRACTICE_SEARCH_NUMBER:
      return parse_number (value, text);
    case PRACTICE_SEARCH_QUANTITY:
      return parse_quantity (value, text);
    case PRACTICE_SEARCH_TOKEN:
      if (modifier == PRACTICE_MODIFIER_TEXT)
        {
          g_autofree char *plain = unescape (text);

          value->text = rcp_fold_text (plain);
          return *value->text != '\0';
        }
      return parse_token (value, text, param);
    case PRACTICE_SEARCH_REFERENCE:
      parse_reference (value, text, context);
      return *value->text != '\0';
    case PRACTICE_SEARCH_STRING:
      value->text = unescape (text);
      if (modifier != PRACTICE_MODIFIER_EXACT)
        {
          char *folded = rcp_fold_text (value->text);

          g_free (value->text);
          value->text = folded;
        }
      return *value->text != '\0';
    case PRACTICE_SEARCH_URI:
      value->text = unescape (text);
      return TRUE;
    case PRACTICE_SEARCH_COMPOSITE:
    case PRACTICE_SEARCH_SPECIAL:
    default:
      return FALSE;
    }
}

/**
 * practice_values_parse:
 * @param: (nullable): the parameter; NULL for _id and _lastUpdated
 * @type: its type
 * @text: decoded value of the query, alternatives separated by commas
 *
 * Returns: (transfer full) (nullable): the alternatives, or NULL with an error in @outcome
 */
GPtrArray *
practice_values_parse (const PracticeSearchParam *param, PracticeSearchType type, PracticeModifier modifier,
                       const char *text, const PracticeSearchContext *context, PracticeOutcome *outcome)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_value_free);
  g_autoptr (GPtrArray) parts = split_escaped (text, ',');

  if (parts->len > MAX_VALUES)
    {
      practice_outcome_error (outcome, 400, "too-costly", NULL, "More than %d alternatives in one parameter", MAX_VALUES);
      return NULL;
    }

  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (PracticeValue) value = g_new0 (PracticeValue, 1);

      if (!parse_value (value, param, type, modifier, parts->pdata[i], context))
        {
          practice_outcome_error (outcome, 400, "value", NULL, "The value of search parameter \"%s\" is not of its type",
                                  param != NULL ? param->code : type == PRACTICE_SEARCH_DATE ? "_lastUpdated" : "_id");
          return NULL;
        }
      g_ptr_array_add (values, g_steal_pointer (&value));
    }

  return g_steal_pointer (&values);
}
