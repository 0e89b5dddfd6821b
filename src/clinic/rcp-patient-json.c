/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-patient-json.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

static gboolean
has_ended (JsonObject *element)
{
  return fhir_json_get_string (element, "period.end") != NULL || g_strcmp0 (fhir_json_get_string (element, "use"), "old") == 0;
}

const char *
rcp_patient_json_get_use (RcpPatientField field, const char **system)
{
  *system = field == RCP_FIELD_EMAIL ? "email" : "phone";
  switch (field)
    {
    case RCP_FIELD_PHONE_MOBILE:
      return "mobile";
    case RCP_FIELD_PHONE_HOME:
      return "home";
    case RCP_FIELD_PHONE_WORK:
      return "work";
    case RCP_FIELD_EMAIL:
      return ""; /* any */
    default:
      return NULL;
    }
}

/* The name that stands on papers. */
static JsonObject *
find_official (JsonObject *patient)
{
  JsonObject *name = rcp_elements_choose_name (patient);

  return name != NULL && !has_ended (name) && g_strcmp0 (fhir_json_get_string (name, "use"), "maiden") != 0 ? name : NULL;
}

/* The name by which the patient is called, when it is another. */
static JsonObject *
find_called (JsonObject *patient, JsonObject *official)
{
  JsonArray *names = fhir_json_get_array (patient, "name");

  for (guint i = 0; i < rcp_elements_get_length (names); i++)
    {
      JsonObject *name = rcp_elements_get_object (names, i);
      const char *use = fhir_json_get_string (name, "use");

      if (name != official && !has_ended (name) && (g_strcmp0 (use, "usual") == 0 || g_strcmp0 (use, "nickname") == 0))
        return name;
    }

  return NULL;
}

/* The first in use; a number that does not say of what it is counts as the one at home. */
JsonObject *
rcp_patient_json_find_telecom (JsonObject *owner, const char *system, const char *use)
{
  JsonArray *points = fhir_json_get_array (owner, "telecom");
  JsonObject *without_use = NULL;

  for (guint i = 0; i < rcp_elements_get_length (points); i++)
    {
      JsonObject *point = rcp_elements_get_object (points, i);
      const char *own_use = fhir_json_get_string (point, "use");

      if (g_strcmp0 (fhir_json_get_string (point, "system"), system) != 0 || has_ended (point))
        continue;
      if (*use == '\0' || g_strcmp0 (own_use, use) == 0)
        return point;
      if (own_use == NULL && without_use == NULL)
        without_use = point;
    }

  return g_str_equal (use, "home") ? without_use : NULL;
}

static JsonObject *
find_address (JsonObject *patient)
{
  JsonObject *address = rcp_elements_choose_address (patient);

  return address != NULL && !has_ended (address) ? address : NULL;
}

static JsonObject *
find_carer (JsonObject *patient)
{
  JsonArray *contacts = fhir_json_get_array (patient, "contact");

  for (guint i = 0; i < rcp_elements_get_length (contacts); i++)
    {
      JsonObject *contact = rcp_elements_get_object (contacts, i);

      if (contact != NULL && !has_ended (contact))
        return contact;
    }

  return NULL;
}

void
rcp_patient_parts_find (RcpPatientParts *parts, JsonObject *patient)
{
  parts->official = find_official (patient);
  parts->called = find_called (patient, parts->official);
  parts->address = find_address (patient);
  parts->carer = find_carer (patient);
}

/* The identifier of type MR (v2-0203), else the one of our own system; one that ended last. Borrowed. */
const char *
rcp_patient_json_get_mrn (JsonObject *patient)
{
  JsonArray *identifiers;
  const char *best = NULL;
  guint best_rank = G_MAXUINT;

  identifiers = fhir_json_get_array (patient, "identifier");
  for (guint i = 0; i < rcp_elements_get_length (identifiers); i++)
    {
      JsonObject *identifier = rcp_elements_get_object (identifiers, i);
      const char *value = fhir_json_get_string (identifier, "value");
      const char *type = rcp_elements_get_code (fhir_json_get_object (identifier, "type"), RCP_SYSTEM_MRN_TYPE);
      gboolean has_ended = fhir_json_get_string (identifier, "period.end") != NULL ||
                           g_strcmp0 (fhir_json_get_string (identifier, "use"), "old") == 0;
      guint rank = has_ended ? 2 : 0;

      if (g_strcmp0 (type, "MR") != 0)
        {
          if (g_strcmp0 (fhir_json_get_string (identifier, "system"), RCP_SYSTEM_MRN) != 0)
            continue;
          rank++;
        }
      if (value != NULL && *value != '\0' && rank < best_rank)
        {
          best = value;
          best_rank = rank;
        }
    }

  return best;
}

/* The code of the language marked as preferred, else of the first one. Borrowed. */
const char *
rcp_patient_json_get_language (JsonObject *patient)
{
  JsonArray *languages;
  const char *first = NULL;

  languages = fhir_json_get_array (patient, "communication");
  for (guint i = 0; i < rcp_elements_get_length (languages); i++)
    {
      JsonObject *communication = rcp_elements_get_object (languages, i);
      JsonObject *concept = fhir_json_get_object (communication, "language");
      const char *code = rcp_elements_get_code (concept, RCP_SYSTEM_LANGUAGE);

      if (code == NULL)
        code = rcp_elements_get_code (concept, NULL);
      if (code != NULL && fhir_json_get_boolean (communication, "preferred", FALSE))
        return code;
      if (first == NULL)
        first = code;
    }

  return first;
}

/* The strings of a list, with @separator between them. */
static char *
join_strings (JsonObject *object, const char *member, const char *separator)
{
  JsonArray *words = fhir_json_get_array (object, member);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rcp_elements_get_length (words); i++)
    {
      JsonNode *node = json_array_get_element (words, i);
      const char *word = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (word != NULL && *word != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", word);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
read_name (const RcpPatientParts *parts, RcpPatientField field)
{
  JsonObject *name = field == RCP_FIELD_CALLED ? parts->called : parts->official;
  g_autofree char *given = join_strings (name, "given", " ");
  const char *family = fhir_json_get_string (name, "family");
  const char *text = fhir_json_get_string (name, "text");

  if (field == RCP_FIELD_CALLED)
    return *given != '\0' ? g_steal_pointer (&given) : g_strdup (text);
  if (field == RCP_FIELD_GIVEN)
    return g_steal_pointer (&given);
  /* Nobody knows which part of a whole name is which. */
  return g_strdup (family == NULL && *given == '\0' ? text : family);
}

static char *
read_preferred (JsonObject *patient)
{
  static const RcpPatientField fields[] = { RCP_FIELD_PHONE_MOBILE, RCP_FIELD_PHONE_HOME, RCP_FIELD_PHONE_WORK, RCP_FIELD_EMAIL };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *system;
      const char *use = rcp_patient_json_get_use (fields[i], &system);
      JsonObject *point = rcp_patient_json_find_telecom (patient, system, use);

      if (point != NULL && fhir_json_get_int (point, "rank", 0) == 1)
        return g_strdup (*use != '\0' ? use : "email");
    }

  return NULL;
}

static char *
read_language (JsonObject *patient, gboolean others)
{
  JsonArray *spoken = fhir_json_get_array (patient, "communication");
  g_autoptr (GString) list = g_string_new (NULL);
  const char *preferred = rcp_patient_json_get_language (patient);

  if (!others)
    return g_strdup (preferred);
  for (guint i = 0; i < rcp_elements_get_length (spoken); i++)
    {
      JsonObject *concept = fhir_json_get_object (rcp_elements_get_object (spoken, i), "language");
      const char *code = rcp_elements_get_code (concept, NULL);

      if (code != NULL && g_strcmp0 (code, preferred) != 0)
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", code);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
read_flag (JsonObject *patient, const char *url)
{
  return g_strdup (fhir_json_get_boolean (fhir_json_get_extension (patient, url), "valueBoolean", FALSE) ? "yes" : "");
}

static char *
read_carer (JsonObject *carer, RcpPatientField field)
{
  JsonObject *name = fhir_json_get_object (carer, "name");
  JsonObject *point = rcp_patient_json_find_telecom (carer, "phone", "");

  if (field == RCP_FIELD_CARER_PHONE)
    return g_strdup (fhir_json_get_string (point, "value"));
  if (field == RCP_FIELD_CARER_RELATION)
    return g_strdup (rcp_elements_find_text (carer, "relationship"));
  return rcp_elements_format_name (name, FALSE);
}

static char *
read_practitioner (JsonObject *patient)
{
  JsonArray *list = fhir_json_get_array (patient, "generalPractitioner");

  for (guint i = 0; i < rcp_elements_get_length (list); i++)
    {
      const char *reference = fhir_json_get_string (rcp_elements_get_object (list, i), "reference");
      g_autofree char *relative = reference != NULL ? fhir_reference_dup_relative (reference) : NULL;

      if (relative != NULL && g_str_has_prefix (relative, "Practitioner/"))
        return g_steal_pointer (&relative);
    }

  return NULL;
}

static char *
read_deceased (JsonObject *patient)
{
  const char *when = fhir_json_get_string (patient, "deceasedDateTime");

  if (when != NULL)
    return g_strdup (when);
  return g_strdup (fhir_json_get_boolean (patient, "deceasedBoolean", FALSE) ? "yes" : "");
}

static char *
read_point (JsonObject *patient, RcpPatientField field)
{
  const char *system;
  const char *use = rcp_patient_json_get_use (field, &system);

  return g_strdup (fhir_json_get_string (rcp_patient_json_find_telecom (patient, system, use), "value"));
}

char *
rcp_patient_json_read (JsonObject *patient, const RcpPatientParts *parts, RcpPatientField field)
{
  switch (field)
    {
    case RCP_FIELD_FAMILY:
    case RCP_FIELD_GIVEN:
    case RCP_FIELD_CALLED:
      return read_name (parts, field);
    case RCP_FIELD_BIRTH_DATE:
      return g_strdup (fhir_json_get_string (patient, "birthDate"));
    case RCP_FIELD_SEX:
      return g_strdup (fhir_json_get_string (patient, "gender"));
    case RCP_FIELD_PHONE_MOBILE:
    case RCP_FIELD_PHONE_HOME:
    case RCP_FIELD_PHONE_WORK:
    case RCP_FIELD_EMAIL:
      return read_point (patient, field);
    case RCP_FIELD_PREFERRED:
      return read_preferred (patient);
    case RCP_FIELD_DO_NOT_CONTACT:
      return read_flag (patient, RCP_EXTENSION_DO_NOT_CONTACT);
    case RCP_FIELD_STREET:
      return join_strings (parts->address, "line", ", ");
    case RCP_FIELD_CITY:
      return g_strdup (fhir_json_get_string (parts->address, "city"));
    case RCP_FIELD_STATE:
      return g_strdup (fhir_json_get_string (parts->address, "state"));
    case RCP_FIELD_POSTAL_CODE:
      return g_strdup (fhir_json_get_string (parts->address, "postalCode"));
    case RCP_FIELD_COUNTRY:
      return g_strdup (fhir_json_get_string (parts->address, "country"));
    case RCP_FIELD_LANGUAGE:
    case RCP_FIELD_OTHER_LANGUAGES:
      return read_language (patient, field == RCP_FIELD_OTHER_LANGUAGES);
    case RCP_FIELD_INTERPRETER:
      return read_flag (patient, RCP_EXTENSION_INTERPRETER);
    case RCP_FIELD_TRANSPORT:
      return g_strdup (fhir_json_get_string (fhir_json_get_extension (patient, RCP_EXTENSION_TRANSPORT), "valueString"));
    case RCP_FIELD_CARER_NAME:
    case RCP_FIELD_CARER_RELATION:
    case RCP_FIELD_CARER_PHONE:
      return read_carer (parts->carer, field);
    case RCP_FIELD_PRACTITIONER:
      return read_practitioner (patient);
    case RCP_FIELD_DECEASED:
      return read_deceased (patient);
    case RCP_FIELD_MRN:
    default:
      return g_strdup (rcp_patient_json_get_mrn (patient));
    }
}
