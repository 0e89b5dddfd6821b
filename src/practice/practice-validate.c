/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-validate"

#include "practice-validate-private.h"

#include "practice-validate-values.h"

#include <string.h>

/* So many faults tell enough; a broken import must not make an answer of megabytes. */
#define MAX_ERRORS 20
#define MAX_ELEMENTS 64

static void validate_resource (PracticeValidator *validator, const PracticeFrame *frame, PracticeJson *resource,
                               const char *expected_type);
static void validate_object (PracticeValidator *validator, const PracticeFrame *frame, const PracticeSpecNode *node,
                             PracticeJson *object, gboolean is_resource);

static void
append_path (GString *path, const PracticeFrame *frame)
{
  if (frame == NULL)
    return;

  append_path (path, frame->parent);
  if (path->len > 0)
    g_string_append_c (path, '.');
  g_string_append (path, frame->name);
  if (frame->index >= 0)
    g_string_append_printf (path, "[%" G_GSSIZE_FORMAT "]", frame->index);
}

/**
 * practice_validator_fail:
 * @validator: the run
 * @frame: where
 * @status: 400 or 422
 * @code: an IssueType code
 * @format: what is wrong, without values
 * @...: arguments of @format
 *
 * Notes a fault, unless there are enough.
 */
void
practice_validator_fail (PracticeValidator *validator, const PracticeFrame *frame, guint status, const char *code,
                         const char *format, ...)
{
  g_autoptr (GString) path = NULL;
  g_autofree char *text = NULL;
  va_list args;

  if (validator->n_errors++ >= MAX_ERRORS)
    return;

  path = g_string_new (NULL);
  append_path (path, frame);
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  practice_outcome_error (validator->outcome, status, code, path->str, "%s", text);
}

/* Whether an unknown name may be repeated in an answer: it looks like a name, not like somebody's text. */
static gboolean
is_plain_name (const char *name)
{
  gsize length = strspn (name, "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

  return length > 0 && length <= 40 && name[length] == '\0';
}

static void
fail_unknown (PracticeValidator *validator, const PracticeFrame *frame, const char *name)
{
  if (is_plain_name (name))
    practice_validator_fail (validator, frame, 400, "structure", "Unknown element: %s", name);
  else
    practice_validator_fail (validator, frame, 400, "structure", "Unknown element");
}

static void
validate_code (PracticeValidator *validator, const PracticeFrame *frame, guint list, const char *code)
{
  if (!practice_spec_list_contains (&practice_spec_code_lists[list], practice_spec_codes, code))
    practice_validator_fail (validator, frame, 422, "code-invalid", "Not a code of the required value set");
}

static void
validate_primitive (PracticeValidator *validator, const PracticeFrame *frame, const PracticeSpecMember *member,
                    PracticeJson *value)
{
  gboolean of_type;
  const char *fault = practice_validate_primitive (member->type, value, &of_type);

  if (fault != NULL)
    practice_validator_fail (validator, frame, 400, of_type ? "value" : "structure", "The value %s", fault);
  else if (member->codes != 0)
    validate_code (validator, frame, member->codes, json_object_get_string (value));
}

static void
validate_nested_resource (PracticeValidator *validator, const PracticeFrame *frame, PracticeJson *value)
{
  PracticeValidator outer = *validator;

  if (strcmp (frame->name, "contained") == 0)
    {
      if (validator->contained)
        practice_validator_fail (validator, frame, 422, "invariant", "dom-2: contained resources must not contain any");
      validator->contained = TRUE;
    }
  else
    {
      validator->container = value;
      validator->contained = FALSE;
    }

  validate_resource (validator, frame, value, NULL);
  validator->container = outer.container;
  validator->contained = outer.contained;
}

static void
validate_item (PracticeValidator *validator, const PracticeFrame *frame, const PracticeSpecMember *member,
               PracticeJson *value)
{
  if (PRACTICE_TYPE_IS_PRIMITIVE (member->type))
    {
      validate_primitive (validator, frame, member, value);
      return;
    }
  if (!json_object_is_type (value, json_type_object))
    {
      practice_validator_fail (validator, frame, 400, "structure", "An object is expected");
      return;
    }
  if (member->type == PRACTICE_TYPE_RESOURCE)
    {
      validate_nested_resource (validator, frame, value);
      return;
    }

  validate_object (validator, frame, &practice_spec_nodes[member->node], value, FALSE);
  if (member->type == PRACTICE_TYPE_REFERENCE)
    practice_validate_reference (validator, frame, member, value);
  else if (member->type == PRACTICE_TYPE_CODEABLE_CONCEPT && member->codes != 0)
    practice_validate_concept (validator, frame, member, value);
}

/* A null in an array of primitives stands for a value that has only an extension: that is in the array "_name". */
static gboolean
null_is_explained (PracticeJson *object, const char *name, gsize index)
{
  g_autofree char *sibling_name = g_strconcat ("_", name, NULL);
  PracticeJson *sibling = practice_json_get_array (object, sibling_name);

  return sibling != NULL && index < json_object_array_length (sibling)
         && json_object_array_get_idx (sibling, index) != NULL;
}

static void
validate_items (PracticeValidator *validator, const PracticeFrame *parent, const PracticeSpecMember *member,
                const char *name, PracticeJson *object, PracticeJson *array)
{
  gsize length = json_object_array_length (array);
  PracticeFrame frame = { parent, name, -1 };

  if (length == 0)
    practice_validator_fail (validator, &frame, 400, "structure", "An array must not be empty");
  if (member->max != 0 && length > member->max)
    practice_validator_fail (validator, &frame, 422, "structure", "Too many values");

  for (gsize i = 0; i < length && validator->n_errors < MAX_ERRORS; i++)
    {
      PracticeJson *item = json_object_array_get_idx (array, i);

      frame.index = i;
      if (item != NULL)
        validate_item (validator, &frame, member, item);
      else if (!PRACTICE_TYPE_IS_PRIMITIVE (member->type) || !null_is_explained (object, name, i))
        practice_validator_fail (validator, &frame, 400, "structure", "null is no value");
    }
}

static void
validate_member (PracticeValidator *validator, const PracticeFrame *parent, const PracticeSpecMember *member,
                 PracticeJson *object, PracticeJson *value)
{
  const char *name = practice_spec_text (member->name);
  PracticeFrame frame = { parent, name, -1 };
  gboolean is_array = json_object_is_type (value, json_type_array);

  if (value == NULL)
    practice_validator_fail (validator, &frame, 400, "structure", "null is no value");
  else if (member->max == 1 && is_array)
    practice_validator_fail (validator, &frame, 400, "structure", "A single value is expected, not an array");
  else if (member->max != 1 && !is_array)
    practice_validator_fail (validator, &frame, 400, "structure", "An array is expected");
  else if (is_array)
    validate_items (validator, parent, member, name, object, value);
  else
    validate_item (validator, &frame, member, value);
}

static void
validate_sibling_item (PracticeValidator *validator, const PracticeFrame *frame, PracticeJson *value)
{
  if (!json_object_is_type (value, json_type_object))
    practice_validator_fail (validator, frame, 400, "structure", "An object with id or extension is expected");
  else
    validate_object (validator, frame, practice_spec_find_node ("Element"), value, FALSE);
}

/* "_name" beside a primitive "name": its id and extensions (json.html#primitive). */
static void
validate_sibling (PracticeValidator *validator, const PracticeFrame *parent, const PracticeSpecMember *member,
                  PracticeJson *object, PracticeJson *value)
{
  const char *name = practice_spec_text (member->name);
  PracticeFrame frame = { parent, name, -1 };
  PracticeJson *values = practice_json_get_array (object, name);

  if (member->max == 1)
    {
      validate_sibling_item (validator, &frame, value);
      return;
    }
  if (!json_object_is_type (value, json_type_array) || json_object_array_length (value) == 0)
    {
      practice_validator_fail (validator, &frame, 400, "structure", "An array is expected");
      return;
    }

  for (gsize i = 0; i < json_object_array_length (value); i++)
    {
      PracticeJson *item = json_object_array_get_idx (value, i);

      frame.index = i;
      if (item != NULL)
        validate_sibling_item (validator, &frame, item);
      else if (values == NULL || json_object_array_get_idx (values, i) == NULL)
        practice_validator_fail (validator, &frame, 400, "structure", "Neither a value nor extensions");
    }
}

static void
fail_required (PracticeValidator *validator, const PracticeFrame *parent, const PracticeSpecNode *node, guint64 missing)
{
  for (guint i = 0; i < node->n_members; i++)
    {
      const PracticeSpecMember *member = &practice_spec_members[node->first_member + i];
      guint64 bit = G_GUINT64_CONSTANT (1) << member->ordinal;
      PracticeFrame frame = { parent, practice_spec_text (member->name), -1 };

      if ((missing & bit) == 0)
        continue;
      missing &= ~bit;
      practice_validator_fail (validator, &frame, 422, "required",
                               member->choice ? "One of the forms of this element is required"
                                              : "This element is required");
    }
}

/* What was seen of an object: a bit for each element, and the form in which a choice was made. */
typedef struct
{
  guint64 elements;
  const PracticeSpecMember *forms[MAX_ELEMENTS];
} Seen;

static void
note_seen (PracticeValidator *validator, const PracticeFrame *frame, const PracticeSpecMember *member, Seen *seen)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << member->ordinal;

  if (!member->choice)
    {
      seen->elements |= bit;
      return;
    }
  if ((seen->elements & bit) != 0 && seen->forms[member->ordinal] != member)
    practice_validator_fail (validator, frame, 400, "structure", "Two forms of one element: %s",
                             practice_spec_text (member->name));
  seen->elements |= bit;
  seen->forms[member->ordinal] = member;
}

static void
validate_named (PracticeValidator *validator, const PracticeFrame *frame, const PracticeSpecNode *node,
                PracticeJson *object, const char *name, PracticeJson *value, Seen *seen)
{
  gboolean is_sibling = *name == '_';
  const PracticeSpecMember *member = practice_spec_find_member (node, name + is_sibling);

  if (member == NULL || (is_sibling && !PRACTICE_TYPE_IS_PRIMITIVE (member->type)))
    {
      fail_unknown (validator, frame, name);
      return;
    }

  note_seen (validator, frame, member, seen);
  if (is_sibling)
    validate_sibling (validator, frame, member, object, value);
  else
    validate_member (validator, frame, member, object, value);
}

static void
validate_object (PracticeValidator *validator, const PracticeFrame *frame, const PracticeSpecNode *node,
                 PracticeJson *object, gboolean is_resource)
{
  guint errors_before = validator->n_errors;
  Seen seen;

  seen.elements = 0;
  if (json_object_object_length (object) == 0)
    {
      practice_validator_fail (validator, frame, 400, "structure", "ele-1: an object must not be empty");
      return;
    }

  json_object_object_foreach (object, name, value)
    {
      if (validator->n_errors >= MAX_ERRORS)
        return;
      if (!is_resource || strcmp (name, "resourceType") != 0)
        validate_named (validator, frame, node, object, name, value, &seen);
    }

  if ((node->required & ~seen.elements) != 0)
    fail_required (validator, frame, node, node->required & ~seen.elements);
  if ((node->n_rules > 0 || node->is_extension) && validator->n_errors == errors_before)
    practice_validate_rules (validator, frame, node, object);
}

static void
validate_contained_meta (PracticeValidator *validator, const PracticeFrame *frame, PracticeJson *resource)
{
  PracticeJson *meta = practice_json_get_object (resource, "meta");

  if (practice_json_get_string (meta, "versionId") != NULL || practice_json_get_string (meta, "lastUpdated") != NULL)
    practice_validator_fail (validator, frame, 422, "invariant", "dom-4: a contained resource has no version");
  if (json_object_object_get_ex (meta, "security", NULL))
    practice_validator_fail (validator, frame, 422, "invariant", "dom-5: a contained resource has no security label");
}

static void
validate_resource (PracticeValidator *validator, const PracticeFrame *frame, PracticeJson *resource,
                   const char *expected_type)
{
  const char *name = practice_json_get_string (resource, "resourceType");
  const PracticeSpecType *type = name != NULL ? practice_spec_find_type (name) : NULL;
  PracticeFrame root = { NULL, type != NULL ? type->name : "Resource", -1 };

  if (frame == NULL)
    frame = &root;
  if (type == NULL)
    {
      practice_validator_fail (validator, frame, 400, "structure",
                               name == NULL ? "resourceType is missing" : "resourceType is no type of FHIR R4");
      return;
    }
  if (expected_type != NULL && strcmp (expected_type, type->name) != 0)
    {
      practice_validator_fail (validator, frame, 400, "invalid", "A resource of type %s is expected", expected_type);
      return;
    }

  validate_object (validator, frame, &practice_spec_nodes[type->node], resource, TRUE);
  if (validator->contained)
    validate_contained_meta (validator, frame, resource);
}

/**
 * practice_spec_validate:
 * @resource: a parsed object
 * @expected_type: (nullable): the type it must be of, NULL for any
 * @outcome: gets the faults
 *
 * Judges a resource by the definitions of FHIR R4: known elements, kinds of JSON values, formats of primitives (400);
 * cardinality, codes of required bindings, types of referenced resources, invariants that the server knows (422).
 * Not judged: narrative, value sets that cannot be listed, profiles. At most 20 faults are named.
 */
void
practice_spec_validate (PracticeJson *resource, const char *expected_type, PracticeOutcome *outcome)
{
  PracticeValidator validator = { outcome, 0, resource, FALSE };

  g_return_if_fail (outcome != NULL);

  if (!json_object_is_type (resource, json_type_object))
    practice_validator_fail (&validator, NULL, 400, "structure", "A resource must be an object");
  else
    validate_resource (&validator, NULL, resource, expected_type);
}
