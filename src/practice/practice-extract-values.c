/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-extract"

#include "practice-extract-values.h"

#include "base/rcp-iso8601.h"

#include <math.h>
#include <string.h>

#define SYSTEM_BOOLEAN "http://terminology.hl7.org/CodeSystem/special-values"
#define SYSTEM_CURRENCY "urn:iso:std:iso:4217"

static void
emit (PracticeExtractor *extractor)
{
  extractor->func (&extractor->entry, extractor->user_data);
  memset (&extractor->entry.value, 0, sizeof extractor->entry.value);
}

static const char *
get_text (PracticeJson *value)
{
  const char *text = json_object_is_type (value, json_type_string) ? json_object_get_string (value) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

static void
emit_string (PracticeExtractor *extractor, const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  extractor->entry.value.string.text = text;
  emit (extractor);
}

/* Each of the named parts, single or an array. */
static void
emit_parts (PracticeExtractor *extractor, PracticeJson *value, const char *const *parts)
{
  for (; *parts != NULL; parts++)
    {
      PracticeJson *items = practice_json_get_array (value, *parts);

      if (items == NULL)
        emit_string (extractor, practice_json_get_string (value, *parts));
      else
        for (gsize i = 0; i < json_object_array_length (items); i++)
          emit_string (extractor, get_text (json_object_array_get_idx (items, i)));
    }
}

static void
extract_string (PracticeExtractor *extractor, PracticeType type, PracticeJson *value)
{
  static const char *const name_parts[] = { "text", "family", "given", "prefix", "suffix", NULL };
  static const char *const address_parts[]
      = { "text", "line", "city", "district", "state", "postalCode", "country", NULL };

  if (type == PRACTICE_TYPE_HUMAN_NAME)
    emit_parts (extractor, value, name_parts);
  else if (type == PRACTICE_TYPE_ADDRESS)
    emit_parts (extractor, value, address_parts);
  else
    emit_string (extractor, get_text (value));
}

static void
emit_token (PracticeExtractor *extractor, const char *system, const char *code, const char *text)
{
  if (code == NULL && text == NULL)
    return;

  extractor->entry.value.token.system = system;
  extractor->entry.value.token.code = code;
  extractor->entry.value.token.text = text;
  emit (extractor);
}

static void
emit_coding (PracticeExtractor *extractor, PracticeJson *coding)
{
  emit_token (extractor, practice_json_get_string (coding, "system"), practice_json_get_string (coding, "code"),
              practice_json_get_string (coding, "display"));
}

static void
emit_concept (PracticeExtractor *extractor, PracticeJson *concept)
{
  PracticeJson *codings = practice_json_get_array (concept, "coding");

  if (codings != NULL)
    for (gsize i = 0; i < json_object_array_length (codings); i++)
      emit_coding (extractor, json_object_array_get_idx (codings, i));
  emit_token (extractor, NULL, NULL, practice_json_get_string (concept, "text"));
}

static void
extract_token (PracticeExtractor *extractor, const PracticeSpecAction *action, PracticeJson *value)
{
  switch (action->type)
    {
    case PRACTICE_TYPE_CODING:
      emit_coding (extractor, value);
      break;
    case PRACTICE_TYPE_CODEABLE_CONCEPT:
      emit_concept (extractor, value);
      break;
    case PRACTICE_TYPE_IDENTIFIER:
      emit_token (extractor, practice_json_get_string (value, "system"), practice_json_get_string (value, "value"),
                  practice_json_get_string (practice_json_get_object (value, "type"), "text"));
      break;
    case PRACTICE_TYPE_CONTACT_POINT:
      emit_token (extractor, NULL, practice_json_get_string (value, "value"), NULL);
      break;
    case PRACTICE_TYPE_BOOLEAN:
      if (json_object_is_type (value, json_type_boolean))
        emit_token (extractor, SYSTEM_BOOLEAN, json_object_get_boolean (value) ? "true" : "false", NULL);
      break;
    default:
      emit_token (extractor, action->system != 0 ? practice_spec_text (action->system) : NULL, get_text (value), NULL);
      break;
    }
}

/* The type that the end of an absolute URL names ("http://.../Patient/12"), or NULL. */
static const char *
type_of_url (const char *url)
{
  const char *history = strstr (url, "/_history/");
  const char *end = history != NULL ? history : url + strlen (url);
  const PracticeSpecType *type;
  char name[64];
  const char *id, *start;

  id = g_strrstr_len (url, end - url, "/");
  start = id != NULL ? g_strrstr_len (url, id - url, "/") : NULL;
  if (start == NULL || (gsize) (id - start) > sizeof name)
    return NULL;

  memcpy (name, start + 1, id - start - 1);
  name[id - start - 1] = '\0';
  type = practice_spec_find_type (name);
  return type != NULL ? type->name : NULL;
}

/* Takes "Patient/12" or "Patient/12/_history/3" apart; @id has room for 64 characters and the end. */
static const char *
split_relative (const char *text, char *id)
{
  const PracticeSpecType *type;
  const char *slash = strchr (text, '/');
  char name[64];
  gsize length;

  if (slash == NULL || (gsize) (slash - text) >= sizeof name)
    return NULL;
  memcpy (name, text, slash - text);
  name[slash - text] = '\0';
  type = practice_spec_find_type (name);
  length = strcspn (slash + 1, "/");
  if (type == NULL || length == 0 || length > 64)
    return NULL;
  if (slash[1 + length] != '\0' && !g_str_has_prefix (slash + 1 + length, "/_history/"))
    return NULL;

  memcpy (id, slash + 1, length);
  id[length] = '\0';
  return type->name;
}

static gboolean
is_wanted (const PracticeSpecAction *action, const char *type)
{
  return action->target == 0 || (type != NULL && strcmp (type, practice_spec_text (action->target)) == 0);
}

static void
emit_reference (PracticeExtractor *extractor, const PracticeSpecAction *action, PracticeJson *value)
{
  const char *text = practice_json_get_string (value, "reference");
  PracticeJson *identifier = practice_json_get_object (value, "identifier");
  PracticeIndexEntry *entry = &extractor->entry;
  const char *type = NULL;
  char id[65];

  /* A contained resource has no address of its own: nothing outside can be it. */
  if (text != NULL && (*text == '#' || *text == '\0'))
    text = NULL;
  if (text != NULL)
    type = split_relative (text, id);
  if (type != NULL)
    {
      entry->value.reference.type = type;
      entry->value.reference.id = id;
    }
  else if (text != NULL)
    {
      type = type_of_url (text);
      entry->value.reference.url = text;
    }
  entry->value.reference.identifier_system = practice_json_get_string (identifier, "system");
  entry->value.reference.identifier_value = practice_json_get_string (identifier, "value");

  if ((text != NULL || entry->value.reference.identifier_value != NULL)
      && is_wanted (action, type != NULL ? type : practice_json_get_string (value, "type")))
    emit (extractor);
  else
    memset (&entry->value, 0, sizeof entry->value);
}

/* A canonical is found with its version and without. */
static void
emit_uri_reference (PracticeExtractor *extractor, const char *text)
{
  PracticeIndexEntry *entry = &extractor->entry;
  const char *version;
  char id[65];

  if (text == NULL || *text == '#')
    return;

  entry->value.reference.type = split_relative (text, id);
  if (entry->value.reference.type != NULL)
    entry->value.reference.id = id;
  else
    entry->value.reference.url = text;
  emit (extractor);

  version = strchr (text, '|');
  if (version != NULL)
    {
      g_autofree char *plain = g_strndup (text, version - text);

      entry->value.reference.url = plain;
      emit (extractor);
    }
}

static void
emit_uri (PracticeExtractor *extractor, const char *text)
{
  if (text == NULL)
    return;

  extractor->entry.value.uri.text = text;
  emit (extractor);
}

/* Widens @start..@end to hold what @text covers; FALSE when it is no date. */
static gboolean
cover_date (const char *text, gint64 *start, gint64 *end)
{
  RcpIso8601 parsed;

  if (text == NULL || !rcp_iso8601_parse (text, &parsed))
    return FALSE;

  *start = MIN (*start, parsed.start);
  *end = MAX (*end, parsed.end);
  return TRUE;
}

static gboolean
cover_period (PracticeJson *period, gint64 *start, gint64 *end)
{
  gint64 first = G_MAXINT64, last = G_MININT64, unused_start = G_MAXINT64, unused_end = G_MININT64;
  gboolean has_start = cover_date (practice_json_get_string (period, "start"), &first, &unused_end);
  gboolean has_end = cover_date (practice_json_get_string (period, "end"), &unused_start, &last);

  if (!has_start && !has_end)
    return FALSE;

  *start = MIN (*start, has_start ? first : G_MININT64);
  *end = MAX (*end, has_end ? last : G_MAXINT64);
  return TRUE;
}

/* From the first event or bound to the last: a schedule counts as the time it spans (search.html#date). */
static gboolean
cover_timing (PracticeJson *timing, gint64 *start, gint64 *end)
{
  PracticeJson *events = practice_json_get_array (timing, "event");
  PracticeJson *bounds = practice_json_get_object (practice_json_get_object (timing, "repeat"), "boundsPeriod");
  gboolean found = bounds != NULL && cover_period (bounds, start, end);

  if (events != NULL)
    for (gsize i = 0; i < json_object_array_length (events); i++)
      found |= cover_date (get_text (json_object_array_get_idx (events, i)), start, end);

  return found;
}

static void
extract_date (PracticeExtractor *extractor, PracticeType type, PracticeJson *value)
{
  gint64 start = G_MAXINT64, end = G_MININT64;
  gboolean found;

  if (type == PRACTICE_TYPE_PERIOD)
    found = cover_period (value, &start, &end);
  else if (type == PRACTICE_TYPE_TIMING)
    found = cover_timing (value, &start, &end);
  else
    found = cover_date (get_text (value), &start, &end);

  /* A period that ends before it starts covers nothing. */
  if (!found || end <= start)
    return;
  extractor->entry.value.date.start = start;
  extractor->entry.value.date.end = end;
  emit (extractor);
}

/* The number and the range it stands for by its precision. */
static gboolean
get_number (PracticeJson *json, double *value, double *low, double *high)
{
  if (!json_object_is_type (json, json_type_int) && !json_object_is_type (json, json_type_double))
    return FALSE;

  return practice_spec_parse_number (json_object_get_string (json), value, low, high);
}

static gboolean
get_quantity (PracticeJson *quantity, double *value, double *low, double *high)
{
  PracticeJson *number = NULL;
  const char *comparator = practice_json_get_string (quantity, "comparator");

  if (!json_object_is_type (quantity, json_type_object) || !json_object_object_get_ex (quantity, "value", &number)
      || !get_number (number, value, low, high))
    return FALSE;

  if (comparator != NULL && *comparator == '<')
    *low = -HUGE_VAL;
  else if (comparator != NULL && *comparator == '>')
    *high = HUGE_VAL;
  return TRUE;
}

static void
set_unit (PracticeIndexEntry *entry, PracticeJson *quantity)
{
  entry->value.quantity.system = practice_json_get_string (quantity, "system");
  entry->value.quantity.code = practice_json_get_string (quantity, "code");
  entry->value.quantity.unit = practice_json_get_string (quantity, "unit");
}

static void
emit_range (PracticeExtractor *extractor, PracticeJson *range)
{
  PracticeJson *first = practice_json_get_object (range, "low");
  PracticeJson *last = practice_json_get_object (range, "high");
  double low = -HUGE_VAL, high = HUGE_VAL, low_value, high_value, unused;
  gboolean has_low = get_quantity (first, &low_value, &low, &unused);
  gboolean has_high = get_quantity (last, &high_value, &unused, &high);

  if (!has_low && !has_high)
    return;

  extractor->entry.value.quantity.low = low;
  extractor->entry.value.quantity.high = high;
  extractor->entry.value.quantity.value = has_low ? low_value : high_value;
  set_unit (&extractor->entry, has_low ? first : last);
  emit (extractor);
}

static void
extract_quantity (PracticeExtractor *extractor, PracticeType type, PracticeJson *value)
{
  PracticeIndexEntry *entry = &extractor->entry;
  double number, low, high;

  if (type == PRACTICE_TYPE_RANGE)
    {
      emit_range (extractor, value);
      return;
    }
  if (PRACTICE_TYPE_IS_PRIMITIVE (type) ? !get_number (value, &number, &low, &high)
                                        : !get_quantity (value, &number, &low, &high))
    return;

  if (type == PRACTICE_TYPE_MONEY)
    {
      entry->value.quantity.system = SYSTEM_CURRENCY;
      entry->value.quantity.code = practice_json_get_string (value, "currency");
    }
  else
    set_unit (entry, value);
  entry->value.quantity.value = number;
  entry->value.quantity.low = low;
  entry->value.quantity.high = high;
  emit (extractor);
}

/**
 * practice_extract_value:
 * @extractor: where the values go; its entry knows the parameter
 * @action: what the definitions say of @value
 * @value: what was found in the resource, of any JSON type
 *
 * Emits what is to be indexed of @value. Values that are not as the definitions say are left out.
 */
void
practice_extract_value (PracticeExtractor *extractor, const PracticeSpecAction *action, PracticeJson *value)
{
  switch (extractor->entry.param->type)
    {
    case PRACTICE_SEARCH_NUMBER:
    case PRACTICE_SEARCH_QUANTITY:
      extract_quantity (extractor, action->type, value);
      break;
    case PRACTICE_SEARCH_DATE:
      extract_date (extractor, action->type, value);
      break;
    case PRACTICE_SEARCH_STRING:
      extract_string (extractor, action->type, value);
      break;
    case PRACTICE_SEARCH_TOKEN:
      extract_token (extractor, action, value);
      break;
    case PRACTICE_SEARCH_REFERENCE:
      if (action->type == PRACTICE_TYPE_REFERENCE)
        emit_reference (extractor, action, value);
      else
        emit_uri_reference (extractor, get_text (value));
      break;
    case PRACTICE_SEARCH_URI:
      emit_uri (extractor, get_text (value));
      break;
    default:
      break;
    }
}
