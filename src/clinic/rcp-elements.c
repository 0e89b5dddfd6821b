/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-elements.h"

#include <string.h>

#include "clinic/rcp-codes.h"
#include "fhir/fhir-resource.h"

#define NO_RANK 1000
#define ENDED 100 /* added to the rank of what has a period that ends: it may still hold, but what has none is better */

/**
 * rcp_elements_get_length:
 * @array: (nullable): an array
 *
 * Returns: its length, 0 for %NULL
 */
guint
rcp_elements_get_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/**
 * rcp_elements_get_object:
 * @array: (nullable): an array
 * @index: an index within it
 *
 * Returns: (nullable): the object there, borrowed
 */
JsonObject *
rcp_elements_get_object (JsonArray *array, guint index)
{
  JsonNode *node;

  if (index >= rcp_elements_get_length (array))
    return NULL;

  node = json_array_get_element (array, index);
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
is_text (const char *text)
{
  return text != NULL && text[strspn (text, " \t\r\n")] != '\0';
}

/* The place of a code in a list; @otherwise when it is not there. */
static guint
rank_code (const char *code, const char *const *codes, guint otherwise)
{
  for (guint i = 0; code != NULL && codes[i] != NULL; i++)
    if (g_str_equal (codes[i], code))
      return i;

  return otherwise;
}

static guint
rank_period (JsonObject *element)
{
  return fhir_json_get_string (element, "period.end") != NULL ? ENDED : 0;
}

/* Appends the non-empty strings of a list, with spaces between. */
static void
append_words (GString *text, JsonObject *object, const char *member)
{
  JsonArray *words = fhir_json_get_array (object, member);

  for (guint i = 0; i < rcp_elements_get_length (words); i++)
    {
      JsonNode *node = json_array_get_element (words, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || !is_text (json_node_get_string (node)))
        continue;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, json_node_get_string (node));
    }
}

static gboolean
has_name (JsonObject *name)
{
  g_autoptr (GString) given = g_string_new (NULL);

  append_words (given, name, "given");
  return given->len > 0 || is_text (fhir_json_get_string (name, "family")) ||
         is_text (fhir_json_get_string (name, "text"));
}

/**
 * rcp_elements_choose_name:
 * @resource: (nullable): a resource with name 0..*
 *
 * Returns: (nullable): the HumanName to show: official before usual before others, those without an end before those
 *   with one, never an empty one
 */
JsonObject *
rcp_elements_choose_name (JsonObject *resource)
{
  static const char *const uses[] = { "official", "usual", "", "temp", "nickname", "anonymous", "maiden", "old", NULL };
  JsonArray *names = fhir_json_get_array (resource, "name");
  JsonObject *best = NULL;
  guint best_rank = NO_RANK;

  for (guint i = 0; i < rcp_elements_get_length (names); i++)
    {
      JsonObject *name = rcp_elements_get_object (names, i);
      guint rank = rank_code (fhir_json_get_string (name, "use"), uses, 2) + rank_period (name);

      if (name != NULL && rank < best_rank && has_name (name))
        {
          best = name;
          best_rank = rank;
        }
    }

  return best;
}

/**
 * rcp_elements_format_name:
 * @name: (nullable): a HumanName
 * @with_titles: whether "Dr." before and "Jr." behind it are wanted
 *
 * Returns: (transfer full) (nullable): "Ana Ruiz"
 */
char *
rcp_elements_format_name (JsonObject *name, gboolean with_titles)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) core = g_string_new (NULL);
  const char *family = fhir_json_get_string (name, "family");

  append_words (core, name, "given");
  if (is_text (family))
    g_string_append_printf (core, "%s%s", core->len > 0 ? " " : "", family);
  if (core->len == 0 && is_text (fhir_json_get_string (name, "text")))
    return g_strdup (fhir_json_get_string (name, "text"));
  if (core->len == 0)
    return NULL;

  if (with_titles)
    append_words (text, name, "prefix");
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", core->str);
  if (with_titles)
    append_words (text, name, "suffix");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * rcp_elements_format_short_name:
 * @name: (nullable): a HumanName
 *
 * Returns: (transfer full) (nullable): "Dr. A. Ruiz"; %NULL when it cannot be made shorter
 */
char *
rcp_elements_format_short_name (JsonObject *name)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) given = g_string_new (NULL);
  const char *family = fhir_json_get_string (name, "family");
  gunichar initial;

  append_words (given, name, "given");
  initial = g_utf8_get_char (given->str);
  /* An initial is known only where letters have cases. */
  if (!is_text (family) || !g_unichar_isupper (initial))
    return NULL;
  append_words (text, name, "prefix");
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_unichar (text, initial);
  g_string_append_printf (text, ". %s", family);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * rcp_elements_format_sort_name:
 * @name: (nullable): a HumanName
 *
 * Returns: (transfer full) (nullable): "Ruiz, Ana"
 */
char *
rcp_elements_format_sort_name (JsonObject *name)
{
  g_autoptr (GString) given = g_string_new (NULL);
  const char *family = fhir_json_get_string (name, "family");

  append_words (given, name, "given");
  if (!is_text (family) || given->len == 0)
    return rcp_elements_format_name (name, FALSE);

  return g_strconcat (family, ", ", given->str, NULL);
}

/**
 * rcp_elements_choose_telecom:
 * @resource: (nullable): a resource with telecom 0..*
 * @system: "phone" or "email"
 *
 * Returns: (nullable): the value to use first: by rank, then mobile, home, work; what is old or has ended last. Borrowed
 */
const char *
rcp_elements_choose_telecom (JsonObject *resource, const char *system)
{
  static const char *const uses[] = { "mobile", "home", "", "work", "temp", "old", NULL };
  JsonArray *points = fhir_json_get_array (resource, "telecom");
  const char *best = NULL;
  gint64 best_rank = G_MAXINT64;

  for (guint i = 0; i < rcp_elements_get_length (points); i++)
    {
      JsonObject *point = rcp_elements_get_object (points, i);
      const char *value = fhir_json_get_string (point, "value");
      guint use = rank_code (fhir_json_get_string (point, "use"), uses, 2);
      gint64 rank = CLAMP (fhir_json_get_int (point, "rank", 9), 0, 9) * 10 + use;

      rank += use == 5 ? ENDED : rank_period (point);
      if (is_text (value) && rank < best_rank && g_strcmp0 (fhir_json_get_string (point, "system"), system) == 0)
        {
          best = value;
          best_rank = rank;
        }
    }

  return best;
}

static void
append_part (GString *text, const char *separator, const char *part)
{
  if (!is_text (part))
    return;
  if (text->len > 0)
    g_string_append (text, separator);
  g_string_append (text, part);
}

static char *
format_one_address (JsonObject *address)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *lines = fhir_json_get_array (address, "line");

  for (guint i = 0; i < rcp_elements_get_length (lines); i++)
    {
      JsonNode *node = json_array_get_element (lines, i);

      append_part (text, ", ", JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL);
    }
  append_part (text, ", ", fhir_json_get_string (address, "city"));
  append_part (text, ", ", fhir_json_get_string (address, "state"));
  append_part (text, " ", fhir_json_get_string (address, "postalCode"));
  if (text->len == 0)
    append_part (text, "", fhir_json_get_string (address, "text"));
  g_strdelimit (text->str, "\r\n", ' ');

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * rcp_elements_choose_address:
 * @resource: (nullable): a resource with address 0..*
 *
 * Returns: (nullable): the Address in use: at home before at work, never an empty one. Borrowed
 */
JsonObject *
rcp_elements_choose_address (JsonObject *resource)
{
  static const char *const uses[] = { "home", "work", "", "temp", "billing", "old", NULL };
  JsonArray *addresses = fhir_json_get_array (resource, "address");
  JsonObject *best = NULL;
  guint best_rank = NO_RANK;

  for (guint i = 0; i < rcp_elements_get_length (addresses); i++)
    {
      JsonObject *address = rcp_elements_get_object (addresses, i);
      guint rank = rank_code (fhir_json_get_string (address, "use"), uses, 2) + rank_period (address);
      g_autofree char *text = rank < best_rank ? format_one_address (address) : NULL;

      if (text != NULL)
        {
          best = address;
          best_rank = rank;
        }
    }

  return best;
}

/**
 * rcp_elements_format_address:
 * @resource: (nullable): a resource with address 0..* or 0..1
 *
 * Returns: (transfer full) (nullable): the address in use, in one line
 */
char *
rcp_elements_format_address (JsonObject *resource)
{
  JsonArray *addresses = fhir_json_get_array (resource, "address");

  return format_one_address (addresses != NULL ? rcp_elements_choose_address (resource)
                                               : fhir_json_get_object (resource, "address"));
}

/**
 * rcp_elements_get_code:
 * @concept: (nullable): a CodeableConcept
 * @system: (nullable): a code system, or %NULL for the first code of any
 *
 * Returns: (nullable): the code, borrowed
 */
const char *
rcp_elements_get_code (JsonObject *concept, const char *system)
{
  JsonArray *codings = fhir_json_get_array (concept, "coding");

  for (guint i = 0; i < rcp_elements_get_length (codings); i++)
    {
      JsonObject *coding = rcp_elements_get_object (codings, i);
      const char *code = fhir_json_get_string (coding, "code");

      if (is_text (code) && (system == NULL || g_strcmp0 (fhir_json_get_string (coding, "system"), system) == 0))
        return code;
    }

  return NULL;
}

/**
 * rcp_elements_get_concept_text:
 * @concept: (nullable): a CodeableConcept
 *
 * Returns: (nullable): its text, else the first display, else the first code; borrowed
 */
const char *
rcp_elements_get_concept_text (JsonObject *concept)
{
  JsonArray *codings = fhir_json_get_array (concept, "coding");
  const char *text = fhir_json_get_string (concept, "text");

  if (is_text (text))
    return text;
  for (guint i = 0; i < rcp_elements_get_length (codings); i++)
    {
      text = fhir_json_get_string (rcp_elements_get_object (codings, i), "display");
      if (is_text (text))
        return text;
    }

  return rcp_elements_get_code (concept, NULL);
}

/**
 * rcp_elements_find_code:
 * @resource: (nullable): a resource
 * @member: an element that is a CodeableConcept 0..*
 * @system: (nullable): a code system, or %NULL for any
 *
 * Returns: (nullable): the first such code, borrowed
 */
const char *
rcp_elements_find_code (JsonObject *resource, const char *member, const char *system)
{
  JsonArray *concepts = fhir_json_get_array (resource, member);

  for (guint i = 0; i < rcp_elements_get_length (concepts); i++)
    {
      const char *code = rcp_elements_get_code (rcp_elements_get_object (concepts, i), system);

      if (code != NULL)
        return code;
    }

  return NULL;
}

/**
 * rcp_elements_find_text:
 * @resource: (nullable): a resource
 * @member: an element that is a CodeableConcept 0..*
 *
 * Returns: (nullable): the text of the first concept that has any, borrowed
 */
const char *
rcp_elements_find_text (JsonObject *resource, const char *member)
{
  JsonArray *concepts = fhir_json_get_array (resource, member);

  for (guint i = 0; i < rcp_elements_get_length (concepts); i++)
    {
      const char *text = rcp_elements_get_concept_text (rcp_elements_get_object (concepts, i));

      if (text != NULL)
        return text;
    }

  return NULL;
}

/**
 * rcp_elements_dup_zone:
 * @resource: (nullable): a resource
 *
 * Returns: (transfer full) (nullable): the zone of its timezone extension; %NULL when it has none or one that this
 *   machine does not know
 */
GTimeZone *
rcp_elements_dup_zone (JsonObject *resource)
{
  JsonObject *extension = fhir_json_get_extension (resource, RCP_EXTENSION_TIMEZONE);
  const char *name = fhir_json_get_string (extension, "valueCode");

  /* A path or an empty name would make GLib read a file of the machine that is no zone. */
  if (!is_text (name) || strchr (name, '.') != NULL || *name == '/' || *name == ':')
    return NULL;

  return g_time_zone_new_identifier (name);
}
