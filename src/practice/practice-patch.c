/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-patch.h"

#include <string.h>

/* RFC 6902 (JSON Patch) with the pointers of RFC 6901. */

#define MAX_OPERATIONS 1000

/* Where a pointer leads: @parent and the last token; without parent it is the document itself. */
typedef struct
{
  PracticeJson *parent; /* borrowed */
  char *token;
  gboolean found;
  PracticeJson *value;  /* borrowed; valid when found */
} Place;

static void
place_clear (Place *place)
{
  g_clear_pointer (&place->token, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* "~1" is "/", "~0" is "~"; NULL for any other "~". */
static char *
unescape_token (const char *token)
{
  GString *result = g_string_new (NULL);

  for (const char *p = token; *p != '\0'; p++)
    {
      if (*p != '~')
        {
          g_string_append_c (result, *p);
          continue;
        }
      p++;
      if (*p != '0' && *p != '1')
        {
          g_string_free (result, TRUE);
          return NULL;
        }
      g_string_append_c (result, *p == '0' ? '~' : '/');
    }

  return g_string_free (result, FALSE);
}

/* An array index: digits without leading zero. */
static gboolean
parse_index (const char *token, gsize *index)
{
  guint64 number;

  if ((token[0] == '0' && token[1] != '\0') || !g_ascii_string_to_unsigned (token, 10, 0, G_MAXINT32, &number, NULL))
    return FALSE;
  *index = number;
  return TRUE;
}

static gboolean
look_up (PracticeJson *parent, const char *token, PracticeJson **value)
{
  gsize index;

  if (json_object_is_type (parent, json_type_object))
    return json_object_object_get_ex (parent, token, value);
  if (!json_object_is_type (parent, json_type_array) || !parse_index (token, &index)
      || index >= json_object_array_length (parent))
    return FALSE;

  *value = json_object_array_get_idx (parent, index);
  return TRUE;
}

/* Follows @pointer; FALSE when it is malformed or something before its last token is absent. */
static gboolean
resolve (PracticeJson *document, const char *pointer, Place *place)
{
  g_auto (GStrv) tokens = NULL;

  *place = (Place){ .found = TRUE, .value = document };
  if (*pointer == '\0')
    return TRUE;
  if (*pointer != '/')
    return FALSE;

  tokens = g_strsplit (pointer + 1, "/", -1);
  for (guint i = 0; tokens[i] != NULL; i++)
    {
      if (!place->found
          || (!json_object_is_type (place->value, json_type_object) && !json_object_is_type (place->value, json_type_array)))
        return FALSE;
      g_free (place->token);
      place->token = unescape_token (tokens[i]);
      if (place->token == NULL)
        return FALSE;
      place->parent = place->value;
      place->found = look_up (place->parent, place->token, &place->value);
    }

  return TRUE;
}

/* Takes a reference of @value on success. */
static gboolean
add_at (PracticeJson **document, const char *pointer, PracticeJson *value)
{
  g_auto (Place) place = { NULL, };
  gsize index, length;

  if (!resolve (*document, pointer, &place))
    return FALSE;
  if (place.parent == NULL)
    {
      json_object_put (*document);
      *document = json_object_get (value);
      return TRUE;
    }
  if (json_object_is_type (place.parent, json_type_object))
    return json_object_object_add (place.parent, place.token, json_object_get (value)) == 0;

  length = json_object_array_length (place.parent);
  if (strcmp (place.token, "-") == 0)
    index = length;
  else if (!parse_index (place.token, &index) || index > length)
    return FALSE;

  /* json-c 0.16 cannot insert: append, then move what is behind by one. */
  json_object_array_add (place.parent, json_object_get (value));
  for (gsize i = length; i > index; i--)
    json_object_array_put_idx (place.parent, i, json_object_get (json_object_array_get_idx (place.parent, i - 1)));
  return json_object_array_put_idx (place.parent, index, json_object_get (value)) == 0;
}

static gboolean
remove_at (PracticeJson *document, const char *pointer)
{
  g_auto (Place) place = { NULL, };
  gsize index;

  if (!resolve (document, pointer, &place) || place.parent == NULL || !place.found)
    return FALSE;
  if (json_object_is_type (place.parent, json_type_object))
    {
      json_object_object_del (place.parent, place.token);
      return TRUE;
    }

  return parse_index (place.token, &index) && json_object_array_del_idx (place.parent, index, 1) == 0;
}

static gboolean
replace_at (PracticeJson **document, const char *pointer, PracticeJson *value)
{
  g_auto (Place) place = { NULL, };
  gsize index;

  if (!resolve (*document, pointer, &place) || !place.found)
    return FALSE;
  if (place.parent == NULL)
    return add_at (document, pointer, value);
  if (json_object_is_type (place.parent, json_type_object))
    return json_object_object_add (place.parent, place.token, json_object_get (value)) == 0;

  return parse_index (place.token, &index)
         && json_object_array_put_idx (place.parent, index, json_object_get (value)) == 0;
}

/* A copy of what @pointer leads to; @found tells a JSON null from nothing. */
static PracticeJson *
copy_from (PracticeJson *document, const char *pointer, gboolean *found)
{
  g_auto (Place) place = { NULL, };
  PracticeJson *copy = NULL;

  *found = pointer != NULL && resolve (document, pointer, &place) && place.found;
  if (*found && place.value != NULL && json_object_deep_copy (place.value, &copy, NULL) != 0)
    *found = FALSE;
  return copy;
}

/* RFC 6902 section 4.6: numbers are equal when their values are. */
static gboolean
json_equal (PracticeJson *a, PracticeJson *b)
{
  if (json_object_equal (a, b))
    return TRUE;

  return (json_object_is_type (a, json_type_double) || json_object_is_type (a, json_type_int))
         && (json_object_is_type (b, json_type_double) || json_object_is_type (b, json_type_int))
         && json_object_get_double (a) == json_object_get_double (b);
}

static gboolean
test_at (PracticeJson *document, const char *pointer, PracticeJson *value)
{
  g_auto (Place) place = { NULL, };

  return resolve (document, pointer, &place) && place.found && json_equal (place.value, value);
}

static gboolean
copy_or_move (PracticeJson **document, const char *from, const char *path, gboolean moves)
{
  g_autoptr (PracticeJson) value = NULL;
  gboolean found;
  gsize length = from != NULL ? strlen (from) : 0;

  /* What is moved cannot go into itself. */
  if (moves && from != NULL && strncmp (from, path, length) == 0 && path[length] == '/')
    return FALSE;

  value = copy_from (*document, from, &found);
  if (!found)
    return FALSE;
  if (moves && strcmp (from, path) == 0)
    return TRUE;
  if (moves && !remove_at (*document, from))
    return FALSE;
  return add_at (document, path, value);
}

static gboolean
apply_operation (PracticeJson **document, PracticeJson *operation, gboolean *malformed)
{
  const char *op = practice_json_get_string (operation, "op");
  const char *path = practice_json_get_string (operation, "path");
  const char *from = practice_json_get_string (operation, "from");
  PracticeJson *value = NULL;
  gboolean has_value = json_object_object_get_ex (operation, "value", &value);

  *malformed = op == NULL || path == NULL;
  if (*malformed)
    return FALSE;

  if (strcmp (op, "remove") == 0)
    return remove_at (*document, path);
  if (strcmp (op, "copy") == 0 || strcmp (op, "move") == 0)
    {
      *malformed = from == NULL;
      return !*malformed && copy_or_move (document, from, path, *op == 'm');
    }

  *malformed = !has_value || (strcmp (op, "add") != 0 && strcmp (op, "replace") != 0 && strcmp (op, "test") != 0);
  if (*malformed)
    return FALSE;
  if (strcmp (op, "test") == 0)
    return test_at (*document, path, value);

  /* The patch keeps its own value: later operations may change the one in the document. */
  {
    g_autoptr (PracticeJson) copy = NULL;

    if (value != NULL && json_object_deep_copy (value, &copy, NULL) != 0)
      return FALSE;
    return *op == 'a' ? add_at (document, path, copy) : replace_at (document, path, copy);
  }
}

/**
 * practice_patch_apply:
 * @document: (inout): what is patched, in place; meant to be thrown away when the patch fails
 * @patch: a JSON Patch document
 * @outcome: gets 400 for a malformed patch, 422 for one that does not fit
 *
 * Returns: whether every operation succeeded
 */
gboolean
practice_patch_apply (PracticeJson **document, PracticeJson *patch, PracticeOutcome *outcome)
{
  if (!json_object_is_type (patch, json_type_array) || json_object_array_length (patch) > MAX_OPERATIONS)
    {
      practice_outcome_error (outcome, 400, "structure", NULL, "A JSON Patch is an array of at most %d operations",
                              MAX_OPERATIONS);
      return FALSE;
    }

  for (gsize i = 0; i < json_object_array_length (patch); i++)
    {
      PracticeJson *operation = json_object_array_get_idx (patch, i);
      gboolean malformed = !json_object_is_type (operation, json_type_object);

      if (malformed || !apply_operation (document, operation, &malformed))
        {
          practice_outcome_error (outcome, malformed ? 400 : 422, malformed ? "structure" : "processing", NULL,
                                  malformed ? "Operation %" G_GSIZE_FORMAT " of the patch is malformed"
                                            : "Operation %" G_GSIZE_FORMAT " of the patch does not fit the resource",
                                  i);
          return FALSE;
        }
    }

  return TRUE;
}
