/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-validate"

#include "practice-validate-private.h"

#include "base/rcp-iso8601.h"

#include <string.h>

static gboolean
has_member (PracticeJson *object, guint32 name)
{
  return json_object_object_get_ex (object, practice_spec_text (name), NULL);
}

static gboolean
is_text (PracticeJson *object, guint32 name, guint32 text)
{
  PracticeJson *value = NULL;

  return json_object_object_get_ex (object, practice_spec_text (name), &value) && value != NULL
         && strcmp (json_object_get_string (value), practice_spec_text (text)) == 0;
}

/* Moments that are missing, or that overlap because one is less precise, break no order. */
static gboolean
in_order (PracticeJson *object, const PracticeSpecOp *op)
{
  const char *first_text = practice_json_get_string (object, practice_spec_text (op->member));
  const char *second_text = practice_json_get_string (object, practice_spec_text (op->text));
  RcpIso8601 first, second;

  if (first_text == NULL || second_text == NULL || !rcp_iso8601_parse (first_text, &first)
      || !rcp_iso8601_parse (second_text, &second))
    return TRUE;

  if (op->operation == PRACTICE_OP_BEFORE)
    return first.start < second.start;
  return first.start < second.end;
}

/* Runs the program of an invariant; the stack is a row of bits, the top the lowest. */
static gboolean
holds (const PracticeSpecRule *rule, PracticeJson *object)
{
  guint64 stack = 0;

  for (guint i = 0; i < rule->n_ops; i++)
    {
      const PracticeSpecOp *op = &practice_spec_ops[rule->first_op + i];
      guint64 top = stack & 1;

      switch ((PracticeOperation) op->operation)
        {
        case PRACTICE_OP_EXISTS:
          stack = stack << 1 | has_member (object, op->member);
          break;
        case PRACTICE_OP_EQUALS:
          stack = stack << 1 | is_text (object, op->member, op->text);
          break;
        case PRACTICE_OP_NOT_AFTER:
        case PRACTICE_OP_BEFORE:
          stack = stack << 1 | in_order (object, op);
          break;
        case PRACTICE_OP_NOT:
          stack ^= 1;
          break;
        case PRACTICE_OP_AND:
          stack = (stack >> 1) & (~G_GUINT64_CONSTANT (1) | top);
          break;
        case PRACTICE_OP_OR:
          stack = (stack >> 1) | top;
          break;
        case PRACTICE_OP_XOR:
          stack = (stack >> 1) ^ top;
          break;
        }
    }

  return stack & 1;
}

static void
validate_extension (PracticeValidator *validator, const PracticeFrame *frame, PracticeJson *extension)
{
  gboolean nested = json_object_object_get_ex (extension, "extension", NULL);
  gboolean valued = FALSE;

  json_object_object_foreach (extension, name, value)
    {
      (void) value;
      valued = valued || g_str_has_prefix (name + (*name == '_'), "value");
    }

  if (nested == valued)
    practice_validator_fail (validator, frame, 422, "invariant",
                             "ext-1: an extension has either a value or extensions, not both");
}

/**
 * practice_validate_rules:
 * @validator: the run
 * @frame: where
 * @node: what @object is
 * @object: an object whose members are sound
 *
 * Judges the invariants that the definitions give for @node.
 */
void
practice_validate_rules (PracticeValidator *validator, const PracticeFrame *frame, const PracticeSpecNode *node,
                         PracticeJson *object)
{
  for (guint i = 0; i < node->n_rules; i++)
    {
      const PracticeSpecRule *rule = &practice_spec_rules[node->first_rule + i];

      if (!holds (rule, object))
        practice_validator_fail (validator, frame, 422, "invariant", "%s: %s", practice_spec_text (rule->key),
                                 practice_spec_text (rule->human));
    }

  if (node->is_extension)
    validate_extension (validator, frame, object);
}

static PracticeJson *
find_contained (PracticeJson *container, const char *id)
{
  PracticeJson *contained = practice_json_get_array (container, "contained");

  for (gsize i = 0; contained != NULL && i < json_object_array_length (contained); i++)
    {
      PracticeJson *resource = json_object_array_get_idx (contained, i);

      if (g_strcmp0 (practice_json_get_string (resource, "id"), id) == 0)
        return resource;
    }

  return NULL;
}

static const PracticeSpecType *
find_type_of_length (const char *text, gsize length)
{
  char name[64];

  if (length >= sizeof name)
    return NULL;
  memcpy (name, text, length);
  name[length] = '\0';
  return practice_spec_find_type (name);
}

/* The type that a reference names: relative ("Patient/1"), conditional ("Patient?identifier=...") or the address of a
 * RESTful server, whose last parts are type and id (references.html#regex); NULL for other URLs and URNs. */
static const PracticeSpecType *
get_named_type (const char *text)
{
  const char *history = strstr (text, "/_history/");
  const char *end = history != NULL ? history : text + strlen (text);
  const char *id, *start;

  if (!g_str_has_prefix (text, "http://") && !g_str_has_prefix (text, "https://"))
    {
      gsize length = strcspn (text, "/?");

      return text[length] != '\0' ? find_type_of_length (text, length) : NULL;
    }

  id = g_strrstr_len (text, end - text, "/");
  start = g_strrstr_len (text, id - text, "/");
  return start != NULL ? find_type_of_length (start + 1, id - start - 1) : NULL;
}

/* From what the reference says, or else from its element "type". */
static const PracticeSpecType *
get_target_type (PracticeValidator *validator, PracticeJson *reference)
{
  const char *text = practice_json_get_string (reference, "reference");
  const char *type = practice_json_get_string (reference, "type");

  if (text != NULL && text[0] == '#')
    type = practice_json_get_string (find_contained (validator->container, text + 1), "resourceType");
  else if (text != NULL)
    return get_named_type (text);

  return type != NULL ? practice_spec_find_type (type) : NULL;
}

/**
 * practice_validate_reference:
 * @validator: the run
 * @frame: where
 * @member: the element that the Reference is the value of
 * @reference: the Reference
 *
 * Judges whether it names a type that the element allows, and whether what it says to be contained is.
 */
void
practice_validate_reference (PracticeValidator *validator, const PracticeFrame *frame,
                             const PracticeSpecMember *member, PracticeJson *reference)
{
  const char *text = practice_json_get_string (reference, "reference");
  const PracticeSpecType *target;

  if (text != NULL && text[0] == '#' && text[1] != '\0' && find_contained (validator->container, text + 1) == NULL)
    practice_validator_fail (validator, frame, 422, "invariant", "ref-1: no contained resource has this id");
  if (member->targets == 0)
    return;

  target = get_target_type (validator, reference);
  if (target != NULL
      && !practice_spec_list_contains (&practice_spec_target_lists[member->targets], practice_spec_targets, target->name))
    practice_validator_fail (validator, frame, 422, "value", "A reference to %s is not allowed here", target->name);
}

/**
 * practice_validate_concept:
 * @validator: the run
 * @frame: where
 * @member: the element that the CodeableConcept is the value of, with a required binding
 * @concept: the CodeableConcept
 *
 * Judges whether one of its codings is in the value set. A concept of text alone is left alone.
 */
void
practice_validate_concept (PracticeValidator *validator, const PracticeFrame *frame, const PracticeSpecMember *member,
                           PracticeJson *concept)
{
  PracticeJson *codings = practice_json_get_array (concept, "coding");
  gboolean coded = FALSE;

  for (gsize i = 0; codings != NULL && i < json_object_array_length (codings); i++)
    {
      const char *code = practice_json_get_string (json_object_array_get_idx (codings, i), "code");

      if (code == NULL)
        continue;
      if (practice_spec_list_contains (&practice_spec_code_lists[member->codes], practice_spec_codes, code))
        return;
      coded = TRUE;
    }

  if (coded)
    practice_validator_fail (validator, frame, 422, "code-invalid", "No coding is of the required value set");
}
