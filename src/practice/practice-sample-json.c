/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice"

#include "practice-sample-private.h"

/* Building blocks of FHIR JSON for the sample clinic. */

PracticeJson *
practice_sample_resource (const char *type, const char *id)
{
  PracticeJson *resource = json_object_new_object ();

  practice_sample_set (resource, "resourceType", type);
  practice_sample_set (resource, "id", id);
  return resource;
}

void
practice_sample_set (PracticeJson *object, const char *member, const char *value)
{
  json_object_object_add (object, member, json_object_new_string (value));
}

void
practice_sample_set_int (PracticeJson *object, const char *member, int value)
{
  json_object_object_add (object, member, json_object_new_int (value));
}

void
practice_sample_set_true (PracticeJson *object, const char *member)
{
  json_object_object_add (object, member, json_object_new_boolean (TRUE));
}

/* Adds an empty object as @member. */
PracticeJson *
practice_sample_object (PracticeJson *object, const char *member)
{
  PracticeJson *child = json_object_new_object ();

  json_object_object_add (object, member, child);
  return child;
}

/* The array @member, which is added when there is none yet. */
PracticeJson *
practice_sample_array (PracticeJson *object, const char *member)
{
  PracticeJson *child;

  if (json_object_object_get_ex (object, member, &child))
    return child;

  child = json_object_new_array ();
  json_object_object_add (object, member, child);
  return child;
}

PracticeJson *
practice_sample_append (PracticeJson *array)
{
  PracticeJson *child = json_object_new_object ();

  json_object_array_add (array, child);
  return child;
}

void
practice_sample_append_string (PracticeJson *array, const char *value)
{
  json_object_array_add (array, json_object_new_string (value));
}

/* Fills @parent, an empty CodeableConcept, with one coding and its text. */
PracticeJson *
practice_sample_concept (PracticeJson *parent, const char *system, const char *code, const char *display)
{
  PracticeJson *coding = practice_sample_append (practice_sample_array (parent, "coding"));

  practice_sample_set (coding, "system", system);
  practice_sample_set (coding, "code", code);
  if (display != NULL)
    {
      practice_sample_set (coding, "display", display);
      practice_sample_set (parent, "text", display);
    }
  return parent;
}

void
practice_sample_identifier (PracticeJson *resource, const char *system, const char *value)
{
  PracticeJson *identifier = practice_sample_append (practice_sample_array (resource, "identifier"));

  practice_sample_set (identifier, "system", system);
  practice_sample_set (identifier, "value", value);
}

/* Adds a Reference as @member, or fills @object itself when @member is NULL. */
void
practice_sample_reference (PracticeJson *object, const char *member, const char *type, const char *id,
                           const char *display)
{
  PracticeJson *reference = member != NULL ? practice_sample_object (object, member) : object;
  g_autofree char *target = g_strconcat (type, "/", id, NULL);

  practice_sample_set (reference, "reference", target);
  if (display != NULL)
    practice_sample_set (reference, "display", display);
}

PracticeJson *
practice_sample_telecom (PracticeJson *resource, const char *system, const char *value, const char *use)
{
  PracticeJson *telecom = practice_sample_append (practice_sample_array (resource, "telecom"));

  practice_sample_set (telecom, "system", system);
  practice_sample_set (telecom, "value", value);
  practice_sample_set (telecom, "use", use);
  return telecom;
}

void
practice_sample_language (PracticeJson *concept, const char *code)
{
  const char *name = NULL;

  for (guint i = 0; i < practice_sample_n_languages; i++)
    if (g_str_equal (practice_sample_languages[i].code, code))
      name = practice_sample_languages[i].name;

  practice_sample_concept (concept, SAMPLE_SYSTEM_LANGUAGE, code, name);
}

/* Stores @resource, which it takes. */
gboolean
practice_sample_write (PracticeSample *sample, PracticeJson *resource, GError **error)
{
  g_autoptr(PracticeJson) owned = resource;
  g_autoptr(PracticeVersion) version = practice_store_write (sample->store, owned, sample->now, error);

  return version != NULL;
}
