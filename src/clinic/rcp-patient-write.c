/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-patient-json.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

/* A server may send a member of another type than FHIR has: it goes. */
static JsonArray *
ensure_array (JsonObject *object, const char *member)
{
  if (fhir_json_get_array (object, member) == NULL)
    json_object_set_array_member (object, member, json_array_new ());
  return json_object_get_array_member (object, member);
}

/* FHIR has no empty lists. */
static void
drop_empty (JsonObject *object, const char *member)
{
  JsonArray *array = fhir_json_get_array (object, member);

  if (array != NULL && json_array_get_length (array) == 0)
    json_object_remove_member (object, member);
}

static JsonObject *
append_object (JsonObject *object, const char *member)
{
  JsonObject *added = json_object_new ();

  json_array_add_object_element (ensure_array (object, member), added);
  return added;
}

static void
remove_object (JsonObject *object, const char *member, JsonObject *gone)
{
  JsonArray *array = fhir_json_get_array (object, member);

  for (guint i = rcp_elements_get_length (array); i > 0; i--)
    if (rcp_elements_get_object (array, i - 1) == gone)
      json_array_remove_element (array, i - 1);
  drop_empty (object, member);
}

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (*value != '\0')
    json_object_set_string_member (object, member, value);
  else
    json_object_remove_member (object, member);
}

static void
set_words (JsonObject *object, const char *member, const char *value, const char *separator)
{
  g_auto (GStrv) words = g_strsplit (value, separator, -1);
  JsonArray *list = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      json_array_add_string_element (list, words[i]);
  json_object_set_array_member (object, member, list);
  drop_empty (object, member);
}

static gboolean
has_members_but (JsonObject *object, const char *ignored)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next)
    if (!g_str_equal (member->data, ignored))
      return TRUE;
  return FALSE;
}

/* Nothing is left that says anything. */
static void
remove_if_bare (JsonObject *patient, const char *member, JsonObject **part, const char *ignored)
{
  if (has_members_but (*part, ignored))
    return;
  remove_object (patient, member, *part);
  *part = NULL;
}

/* The whole text of a name would say the old one. */
static void
write_name (JsonObject *patient, JsonObject **part, RcpPatientField field, const char *value)
{
  JsonObject *name = *part;

  if (name == NULL && *value == '\0')
    return;
  if (name == NULL)
    {
      name = append_object (patient, "name");
      json_object_set_string_member (name, "use", field == RCP_FIELD_CALLED ? "usual" : "official");
      *part = name;
    }
  json_object_remove_member (name, "text");
  if (field == RCP_FIELD_FAMILY)
    set_string (name, "family", value);
  else
    set_words (name, "given", value, " ");
  remove_if_bare (patient, "name", part, "use");
}

static JsonObject *
add_point (JsonObject *owner, const char *system, const char *use)
{
  JsonObject *point = append_object (owner, "telecom");

  json_object_set_string_member (point, "system", system);
  if (*use != '\0')
    json_object_set_string_member (point, "use", use);
  return point;
}

static void
write_point (JsonObject *owner, const char *system, const char *use, const char *value)
{
  JsonObject *point = rcp_patient_json_find_telecom (owner, system, use);

  if (*value == '\0')
    {
      if (point != NULL)
        remove_object (owner, "telecom", point);
      return;
    }
  if (point == NULL)
    point = add_point (owner, system, use);
  json_object_set_string_member (point, "value", value);
}

/* One has rank 1: the others lose that rank, but keep what order they have among them. */
static void
write_preferred (JsonObject *patient, const char *value)
{
  JsonArray *points = fhir_json_get_array (patient, "telecom");
  gboolean is_email = g_str_equal (value, "email");
  JsonObject *preferred = NULL;

  if (*value != '\0')
    preferred = rcp_patient_json_find_telecom (patient, is_email ? "email" : "phone", is_email ? "" : value);
  for (guint i = 0; i < rcp_elements_get_length (points); i++)
    {
      JsonObject *point = rcp_elements_get_object (points, i);

      if (point != NULL && point != preferred && fhir_json_get_int (point, "rank", 0) == 1)
        json_object_remove_member (point, "rank");
    }
  if (preferred != NULL)
    json_object_set_int_member (preferred, "rank", 1);
}

static void
write_address (JsonObject *patient, JsonObject **part, RcpPatientField field, const char *value)
{
  static const char *const members[RCP_N_FIELDS] = {
    [RCP_FIELD_CITY] = "city",
    [RCP_FIELD_STATE] = "state",
    [RCP_FIELD_POSTAL_CODE] = "postalCode",
    [RCP_FIELD_COUNTRY] = "country",
  };
  JsonObject *address = *part;

  if (address == NULL && *value == '\0')
    return;
  if (address == NULL)
    {
      address = append_object (patient, "address");
      json_object_set_string_member (address, "use", "home");
      *part = address;
    }
  json_object_remove_member (address, "text");
  if (field == RCP_FIELD_STREET)
    set_words (address, "line", value, ", ");
  else
    set_string (address, members[field], value);
  remove_if_bare (patient, "address", part, "use");
}

/* @value: NULL takes the extension away */
static void
write_extension (JsonObject *patient, const char *url, JsonNode *value, const char *member)
{
  JsonObject *extension = fhir_json_get_extension (patient, url);

  if (value == NULL)
    {
      if (extension != NULL)
        remove_object (patient, "extension", extension);
      return;
    }
  if (extension == NULL)
    {
      extension = append_object (patient, "extension");
      json_object_set_string_member (extension, "url", url);
    }
  json_object_set_member (extension, member, value);
}

static void
write_flag (JsonObject *patient, const char *url, const char *value)
{
  gboolean was_said = fhir_json_get_extension (patient, url) != NULL;

  /* What was once said is denied, not forgotten. */
  if (*value != '\0' || was_said)
    write_extension (patient, url, json_node_init_boolean (json_node_alloc (), *value != '\0'), "valueBoolean");
}

static void
write_carer (JsonObject *patient, JsonObject **part, RcpPatientField field, const char *value)
{
  JsonObject *carer = *part;

  if (carer == NULL && *value == '\0')
    return;
  if (carer == NULL)
    *part = carer = append_object (patient, "contact");
  if (field == RCP_FIELD_CARER_PHONE)
    write_point (carer, "phone", "", value);
  else if (*value == '\0')
    json_object_remove_member (carer, field == RCP_FIELD_CARER_NAME ? "name" : "relationship");
  else
    {
      JsonObject *text = json_object_new ();

      json_object_set_string_member (text, "text", value);
      if (field == RCP_FIELD_CARER_NAME)
        json_object_set_object_member (carer, "name", text);
      else
        {
          json_object_remove_member (carer, "relationship");
          json_array_add_object_element (ensure_array (carer, "relationship"), text);
        }
    }
  /* Invariant pat-1: a contact says how to reach whom. */
  remove_if_bare (patient, "contact", part, "relationship");
}

static void
write_practitioner (JsonObject *patient, const char *value)
{
  JsonArray *list = fhir_json_get_array (patient, "generalPractitioner");
  JsonObject *found = NULL;

  for (guint i = 0; found == NULL && i < rcp_elements_get_length (list); i++)
    {
      const char *reference = fhir_json_get_string (rcp_elements_get_object (list, i), "reference");
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Practitioner") : NULL;

      if (id != NULL)
        found = rcp_elements_get_object (list, i);
    }
  if (found != NULL)
    remove_object (patient, "generalPractitioner", found);
  if (*value != '\0')
    json_object_set_string_member (append_object (patient, "generalPractitioner"), "reference", value);
}

static void
write_deceased (JsonObject *patient, const char *value)
{
  gboolean was_said = json_object_has_member (patient, "deceasedBoolean") || json_object_has_member (patient, "deceasedDateTime");

  json_object_remove_member (patient, "deceasedDateTime");
  json_object_remove_member (patient, "deceasedBoolean");
  if (g_str_equal (value, "yes"))
    json_object_set_boolean_member (patient, "deceasedBoolean", TRUE);
  else if (*value != '\0')
    json_object_set_string_member (patient, "deceasedDateTime", value);
  else if (was_said)
    json_object_set_boolean_member (patient, "deceasedBoolean", FALSE);
}

static void
write_mrn (JsonObject *patient, const char *value)
{
  JsonObject *identifier;
  JsonObject *type;
  JsonObject *coding;

  if (*value == '\0')
    return;
  identifier = append_object (patient, "identifier");
  json_object_set_string_member (identifier, "use", "usual");
  type = json_object_new ();
  coding = append_object (type, "coding");
  json_object_set_string_member (coding, "system", RCP_SYSTEM_MRN_TYPE);
  json_object_set_string_member (coding, "code", "MR");
  json_object_set_object_member (identifier, "type", type);
  json_object_set_string_member (identifier, "system", RCP_SYSTEM_MRN);
  json_object_set_string_member (identifier, "value", value);
}

/* The entry of a code: as it was, or a new one. (transfer full) */
static JsonObject *
take_language (JsonArray *old, const char *code)
{
  JsonObject *entry;
  JsonObject *language;
  JsonObject *coding;

  for (guint i = 0; i < rcp_elements_get_length (old); i++)
    if (g_strcmp0 (rcp_elements_get_code (fhir_json_get_object (rcp_elements_get_object (old, i), "language"), NULL), code) == 0)
      return json_object_ref (rcp_elements_get_object (old, i));
  entry = json_object_new ();
  language = json_object_new ();
  coding = append_object (language, "coding");
  json_object_set_string_member (coding, "system", RCP_SYSTEM_LANGUAGE);
  json_object_set_string_member (coding, "code", code);
  json_object_set_object_member (entry, "language", language);
  return entry;
}

void
rcp_patient_json_write_languages (JsonObject *patient, const char *preferred, const char *others)
{
  JsonArray *old = fhir_json_get_array (patient, "communication");
  g_auto (GStrv) codes = g_strsplit (others, ",", -1);
  JsonArray *spoken = json_array_new ();

  if (*preferred != '\0')
    {
      JsonObject *entry = take_language (old, preferred);

      json_object_set_boolean_member (entry, "preferred", TRUE);
      json_array_add_object_element (spoken, entry);
    }
  for (guint i = 0; codes[i] != NULL; i++)
    if (*g_strstrip (codes[i]) != '\0' && !g_str_equal (codes[i], preferred))
      {
        JsonObject *entry = take_language (old, codes[i]);

        json_object_remove_member (entry, "preferred");
        json_array_add_object_element (spoken, entry);
      }
  /* What has no code is not ours to judge. */
  for (guint i = 0; i < rcp_elements_get_length (old); i++)
    if (rcp_elements_get_code (fhir_json_get_object (rcp_elements_get_object (old, i), "language"), NULL) == NULL)
      json_array_add_element (spoken, json_node_copy (json_array_get_element (old, i)));
  json_object_set_array_member (patient, "communication", spoken);
  drop_empty (patient, "communication");
}

static void
write_transport (JsonObject *patient, const char *value)
{
  JsonNode *node = *value != '\0' ? json_node_init_string (json_node_alloc (), value) : NULL;

  write_extension (patient, RCP_EXTENSION_TRANSPORT, node, "valueString");
}

void
rcp_patient_json_write (JsonObject *patient, RcpPatientParts *parts, RcpPatientField field, const char *value)
{
  const char *system;
  const char *use = rcp_patient_json_get_use (field, &system);

  if (use != NULL)
    write_point (patient, system, use, value);
  else if (field <= RCP_FIELD_CALLED)
    write_name (patient, field == RCP_FIELD_CALLED ? &parts->called : &parts->official, field, value);
  else if (field == RCP_FIELD_BIRTH_DATE)
    set_string (patient, "birthDate", value);
  else if (field == RCP_FIELD_SEX)
    set_string (patient, "gender", value);
  else if (field == RCP_FIELD_PREFERRED)
    write_preferred (patient, value);
  else if (field == RCP_FIELD_DO_NOT_CONTACT)
    write_flag (patient, RCP_EXTENSION_DO_NOT_CONTACT, value);
  else if (field >= RCP_FIELD_STREET && field <= RCP_FIELD_COUNTRY)
    write_address (patient, &parts->address, field, value);
  else if (field == RCP_FIELD_INTERPRETER)
    write_flag (patient, RCP_EXTENSION_INTERPRETER, value);
  else if (field == RCP_FIELD_TRANSPORT)
    write_transport (patient, value);
  else if (field >= RCP_FIELD_CARER_NAME && field <= RCP_FIELD_CARER_PHONE)
    write_carer (patient, &parts->carer, field, value);
  else if (field == RCP_FIELD_PRACTITIONER)
    write_practitioner (patient, value);
  else if (field == RCP_FIELD_DECEASED)
    write_deceased (patient, value);
  else if (field == RCP_FIELD_MRN)
    write_mrn (patient, value);
}
