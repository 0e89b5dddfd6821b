/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-full-resources"

/* Every type of FHIR with every element filled by its definition: none of it may be refused but by an invariant, and
 * every search parameter must find something. What is filled turns from round to round: the forms of choices, the
 * codes, the types of targets. */

#include "practice/practice-spec-tables.h"

#include <string.h>

#define N_ROUNDS 48
#define FULL_DEPTH 4

static PracticeJson *make_object (const PracticeSpecNode *node, guint depth, guint round);

static const char *
make_text (PracticeType type)
{
  switch (type)
    {
    case PRACTICE_TYPE_OID:
      return "urn:oid:1.2.3";
    case PRACTICE_TYPE_UUID:
      return "urn:uuid:c757873d-ec9a-4326-a141-556f43239520";
    case PRACTICE_TYPE_BASE64_BINARY:
      return "QUJD";
    case PRACTICE_TYPE_DATE:
    case PRACTICE_TYPE_DATE_TIME:
      return "2024-02-29";
    case PRACTICE_TYPE_INSTANT:
      return "2024-02-29T10:00:00Z";
    case PRACTICE_TYPE_TIME:
      return "10:00:00";
    default:
      return "word";
    }
}

static PracticeJson *
make_primitive (const PracticeSpecMember *member, guint round)
{
  const PracticeSpecList *list = &practice_spec_code_lists[member->codes];

  if (member->codes != 0)
    return json_object_new_string (practice_spec_text (practice_spec_codes[list->first + round % list->n_values]));
  if (member->type == PRACTICE_TYPE_BOOLEAN)
    return json_object_new_boolean (round % 2);
  if (member->type <= PRACTICE_TYPE_DECIMAL)
    return json_object_new_int (1);
  return json_object_new_string (make_text (member->type));
}

static PracticeJson *
make_reference (const PracticeSpecMember *member, guint round)
{
  const PracticeSpecList *list = &practice_spec_target_lists[member->targets];
  static const char *const usual[] = { "Patient", "Practitioner", "Encounter", "Location", "Device" };
  const char *type = usual[round % G_N_ELEMENTS (usual)];
  PracticeJson *reference = json_object_new_object ();
  g_autofree char *text = NULL;

  if (member->targets != 0)
    type = practice_spec_text (practice_spec_targets[list->first + round % list->n_values]);
  text = g_strconcat (type, "/1", NULL);
  json_object_object_add (reference, "reference", json_object_new_string (text));
  return reference;
}

static PracticeJson *
make_resource (const char *type)
{
  PracticeJson *resource = json_object_new_object ();

  json_object_object_add (resource, "resourceType", json_object_new_string (type));
  return resource;
}

static PracticeJson *
make_concept (const PracticeSpecMember *member, guint depth, guint round)
{
  PracticeJson *concept = make_object (&practice_spec_nodes[member->node], depth, round);
  PracticeJson *codings = practice_json_get_array (concept, "coding");

  if (member->codes != 0 && codings != NULL)
    json_object_object_add (json_object_array_get_idx (codings, 0), "code", make_primitive (member, round));
  return concept;
}

static PracticeJson *
make_value (const PracticeSpecMember *member, guint depth, guint round)
{
  PracticeJson *value;

  if (PRACTICE_TYPE_IS_PRIMITIVE (member->type))
    value = make_primitive (member, round);
  else if (member->type == PRACTICE_TYPE_REFERENCE)
    value = make_reference (member, round);
  else if (member->type == PRACTICE_TYPE_RESOURCE)
    value = make_resource ("Patient");
  else if (member->type == PRACTICE_TYPE_CODEABLE_CONCEPT)
    value = make_concept (member, depth, round);
  else
    value = make_object (&practice_spec_nodes[member->node], depth + 1, round);

  if (member->max != 1)
    {
      PracticeJson *array = json_object_new_array ();

      json_object_array_add (array, value);
      value = array;
    }
  return value;
}

static gboolean
is_wanted (const PracticeSpecNode *node, const PracticeSpecMember *member, guint depth, guint round)
{
  const char *name = practice_spec_text (member->name);
  guint n_forms = 0, place = 0;

  if (member->type == PRACTICE_TYPE_EXTENSION || strcmp (name, "contained") == 0)
    return FALSE;
  if (depth > FULL_DEPTH && !PRACTICE_TYPE_IS_PRIMITIVE (member->type)
      && (node->required >> member->ordinal & 1) == 0)
    return FALSE;

  for (guint i = 0; i < node->n_members; i++)
    {
      const PracticeSpecMember *other = &practice_spec_members[node->first_member + i];

      place = other == member ? n_forms : place;
      n_forms += other->ordinal == member->ordinal;
    }
  return place == round % n_forms;
}

static PracticeJson *
make_object (const PracticeSpecNode *node, guint depth, guint round)
{
  PracticeJson *object = json_object_new_object ();

  for (guint i = 0; i < node->n_members; i++)
    {
      const PracticeSpecMember *member = &practice_spec_members[node->first_member + i];

      if (is_wanted (node, member, depth, round))
        json_object_object_add (object, practice_spec_text (member->name), make_value (member, depth, round));
    }

  return object;
}

static PracticeJson *
make_full (const PracticeSpecType *type, guint round)
{
  PracticeJson *resource = make_object (&practice_spec_nodes[type->node], 0, round);

  json_object_object_add (resource, "resourceType", json_object_new_string (type->name));
  return resource;
}

static void
assert_only_invariants (const PracticeSpecType *type, PracticeJson *resource)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) answer = NULL;
  PracticeJson *issues;

  practice_spec_validate (resource, type->name, outcome);
  answer = practice_outcome_to_json (outcome);
  issues = practice_json_get_array (answer, "issue");
  for (gsize i = 0; practice_outcome_has_error (outcome) && i < json_object_array_length (issues); i++)
    if (g_strcmp0 (practice_json_get_string (json_object_array_get_idx (issues, i), "code"), "invariant") != 0)
      {
        g_test_message ("%s", json_object_to_json_string (json_object_array_get_idx (issues, i)));
        g_test_fail ();
      }
}

static void
note_param_cb (const PracticeIndexEntry *entry, gpointer user_data)
{
  g_hash_table_add (user_data, (gpointer) entry->param);
}

/* They look for one certain extension. */
static gboolean
is_out_of_reach (const PracticeSearchParam *param)
{
  static const char *const codes[] = {
    "_id", "_lastUpdated", "mothersMaidenName", "din", "assessed-condition", "amino-acid-change", "dna-variant",
    "gene-amino-acid-change", "gene-dnavariant", "gene-identifier",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (param->code, codes[i]) == 0)
      return TRUE;

  return FALSE;
}

static void
test_type (gconstpointer data)
{
  const PracticeSpecType *type = data;
  g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) params = practice_spec_list_params (type->name);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (PracticeJson) resource = make_full (type, round);

      assert_only_invariants (type, resource);
      practice_spec_extract (resource, note_param_cb, found);
    }

  for (guint i = 0; i < params->len; i++)
    if (!is_out_of_reach (params->pdata[i]) && !g_hash_table_contains (found, params->pdata[i]))
      {
        g_test_message ("%s found nothing", ((PracticeSearchParam *) params->pdata[i])->code);
        g_test_fail ();
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < practice_spec_n_types; i++)
    {
      g_autofree char *path = g_strconcat ("/practice/full/", practice_spec_types[i].name, NULL);

      g_test_add_data_func (path, &practice_spec_types[i], test_type);
    }
  return g_test_run ();
}
