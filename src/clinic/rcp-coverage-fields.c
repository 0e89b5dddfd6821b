/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-coverage-fields.h"

#include <string.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "fhir/fhir-resource.h"

#define SUBSCRIBER "subscriber" /* id of the contained RelatedPerson */
#define PAYER_FIELDS (RCP_COVERAGE_BIT (RCP_COVERAGE_PAYER_NAME) | RCP_COVERAGE_BIT (RCP_COVERAGE_PAYER_ID))
#define SUBSCRIBER_FIELDS                                                                                                                 \
  (RCP_COVERAGE_BIT (RCP_COVERAGE_SUBSCRIBER_FAMILY) | RCP_COVERAGE_BIT (RCP_COVERAGE_SUBSCRIBER_GIVEN)                                   \
   | RCP_COVERAGE_BIT (RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE))

struct _RcpCoverageFields
{
  char *values[RCP_N_COVERAGE_FIELDS];
};

static const char *const relationships[] = { "self", "spouse", "child", "parent", "common", "other", "injured", NULL };

const char *const *
rcp_coverage_get_relationships (void)
{
  return relationships;
}

RcpCoverageFields *
rcp_coverage_fields_new (void)
{
  RcpCoverageFields *self = g_new0 (RcpCoverageFields, 1);

  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    self->values[i] = g_strdup ("");
  return self;
}

RcpCoverageFields *
rcp_coverage_fields_copy (const RcpCoverageFields *self)
{
  RcpCoverageFields *copy = g_new0 (RcpCoverageFields, 1);

  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    copy->values[i] = g_strdup (self->values[i]);
  return copy;
}

void
rcp_coverage_fields_free (RcpCoverageFields *self)
{
  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    g_free (self->values[i]);
  g_free (self);
}

const char *
rcp_coverage_fields_get (const RcpCoverageFields *self, RcpCoverageField field)
{
  g_return_val_if_fail (field < RCP_N_COVERAGE_FIELDS, "");

  return self->values[field];
}

void
rcp_coverage_fields_set (RcpCoverageFields *self, RcpCoverageField field, const char *value)
{
  char *copy = g_strdup (value != NULL ? value : "");

  g_return_if_fail (field < RCP_N_COVERAGE_FIELDS);

  g_free (self->values[field]);
  self->values[field] = copy;
}

RcpCoverageFieldSet
rcp_coverage_fields_diff (const RcpCoverageFields *a, const RcpCoverageFields *b)
{
  RcpCoverageFieldSet differing = 0;

  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    if (strcmp (a->values[i], b->values[i]) != 0)
      differing |= RCP_COVERAGE_BIT (i);
  return differing;
}

/* The class of @code; NULL when there is none. */
static JsonObject *
find_class (JsonObject *coverage, const char *code)
{
  JsonArray *classes = fhir_json_get_array (coverage, "class");

  for (guint i = 0; i < rcp_elements_get_length (classes); i++)
    {
      JsonObject *item = rcp_elements_get_object (classes, i);

      if (item && g_strcmp0 (rcp_elements_get_code (fhir_json_get_object (item, "type"), RCP_SYSTEM_COVERAGE_CLASS), code) == 0)
        return item;
    }
  return NULL;
}

static JsonObject *
find_subscriber (JsonObject *coverage)
{
  JsonArray *contained = fhir_json_get_array (coverage, "contained");
  const char *reference = fhir_json_get_string (coverage, "subscriber.reference");

  for (guint i = 0; reference && *reference == '#' && i < rcp_elements_get_length (contained); i++)
    {
      JsonObject *person = rcp_elements_get_object (contained, i);

      if (person && g_strcmp0 (fhir_json_get_string (person, "id"), reference + 1) == 0)
        return person;
    }
  return NULL;
}

static void
read_class (RcpCoverageFields *self, RcpCoverageField field, JsonObject *coverage, const char *code)
{
  JsonObject *item = find_class (coverage, code);

  rcp_coverage_fields_set (self, field, item ? fhir_json_get_string (item, "value") : NULL);
}

static void
read_subscriber (RcpCoverageFields *self, JsonObject *coverage)
{
  JsonObject *person = find_subscriber (coverage);
  JsonArray *given = person ? fhir_json_get_array (person, "name.0.given") : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  if (person == NULL)
    return;
  for (guint i = 0; i < rcp_elements_get_length (given); i++)
    if (json_array_get_string_element (given, i) != NULL)
      g_ptr_array_add (names, (gpointer) json_array_get_string_element (given, i));
  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (" ", (char **) names->pdata);
  rcp_coverage_fields_set (self, RCP_COVERAGE_SUBSCRIBER_FAMILY, fhir_json_get_string (person, "name.0.family"));
  rcp_coverage_fields_set (self, RCP_COVERAGE_SUBSCRIBER_GIVEN, joined);
  rcp_coverage_fields_set (self, RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE, fhir_json_get_string (person, "birthDate"));
}

RcpCoverageFields *
rcp_coverage_fields_new_from_json (JsonObject *coverage)
{
  RcpCoverageFields *self = rcp_coverage_fields_new ();
  gint64 order = fhir_json_get_int (coverage, "order", 0);
  g_autofree char *order_text = order > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, order) : NULL;

  rcp_coverage_fields_set (self, RCP_COVERAGE_ORDER, order_text);
  rcp_coverage_fields_set (self, RCP_COVERAGE_PAYER_NAME, fhir_json_get_string (coverage, "payor.0.display"));
  rcp_coverage_fields_set (self, RCP_COVERAGE_PAYER_ID, fhir_json_get_string (coverage, "payor.0.identifier.value"));
  rcp_coverage_fields_set (self, RCP_COVERAGE_MEMBER_ID, fhir_json_get_string (coverage, "subscriberId"));
  read_class (self, RCP_COVERAGE_GROUP, coverage, "group");
  read_class (self, RCP_COVERAGE_PLAN, coverage, "plan");
  rcp_coverage_fields_set (self, RCP_COVERAGE_RELATIONSHIP,
                           rcp_elements_get_code (fhir_json_get_object (coverage, "relationship"), RCP_SYSTEM_RELATIONSHIP));
  rcp_coverage_fields_set (self, RCP_COVERAGE_START, fhir_json_get_string (coverage, "period.start"));
  rcp_coverage_fields_set (self, RCP_COVERAGE_END, fhir_json_get_string (coverage, "period.end"));
  read_subscriber (self, coverage);
  return self;
}

static void
set_or_remove (JsonObject *object, const char *member, const char *value)
{
  if (*value != '\0')
    json_object_set_string_member (object, member, value);
  else
    json_object_remove_member (object, member);
}

/* FHIR has no empty objects and no empty lists. */
static void
remove_if_empty (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node && ((JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) == 0)
               || (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0)))
    json_object_remove_member (object, member);
}

static JsonObject *
ensure_object (JsonObject *object, const char *member)
{
  if (fhir_json_get_object (object, member) == NULL)
    json_object_set_object_member (object, member, json_object_new ());
  return json_object_get_object_member (object, member);
}

static JsonArray *
ensure_array (JsonObject *object, const char *member)
{
  if (fhir_json_get_array (object, member) == NULL)
    json_object_set_array_member (object, member, json_array_new ());
  return json_object_get_array_member (object, member);
}

static JsonObject *
make_concept (const char *system, const char *code)
{
  JsonObject *concept = json_object_new (), *coding = json_object_new ();
  JsonArray *codings = json_array_new ();

  json_object_set_string_member (coding, "system", system);
  json_object_set_string_member (coding, "code", code);
  json_array_add_object_element (codings, coding);
  json_object_set_array_member (concept, "coding", codings);
  return concept;
}

static void
remove_element (JsonArray *array, JsonObject *item)
{
  for (guint i = json_array_get_length (array); i-- > 0;)
    if (rcp_elements_get_object (array, i) == item)
      json_array_remove_element (array, i);
}

static void
write_class (JsonObject *coverage, const char *code, const char *value)
{
  JsonObject *item = find_class (coverage, code);

  if (item == NULL && *value != '\0')
    {
      item = json_object_new ();
      json_object_set_object_member (item, "type", make_concept (RCP_SYSTEM_COVERAGE_CLASS, code));
      json_array_add_object_element (ensure_array (coverage, "class"), item);
    }
  if (*value != '\0')
    json_object_set_string_member (item, "value", value);
  else if (item)
    remove_element (json_object_get_array_member (coverage, "class"), item);
  remove_if_empty (coverage, "class");
}

/* Another payer is named by what the desk knows of it: the Organization that was referred to is not it. */
static void
write_payer (const RcpCoverageFields *self, JsonObject *coverage)
{
  const char *number = self->values[RCP_COVERAGE_PAYER_ID];
  JsonArray *payors = json_array_new ();
  JsonObject *payor = json_object_new ();

  if (*number != '\0')
    {
      JsonObject *identifier = ensure_object (payor, "identifier");

      json_object_set_string_member (identifier, "system", RCP_SYSTEM_PAYER);
      json_object_set_string_member (identifier, "value", number);
    }
  set_or_remove (payor, "display", self->values[RCP_COVERAGE_PAYER_NAME]);
  json_array_add_object_element (payors, payor);
  json_object_set_array_member (coverage, "payor", payors);
}

static JsonObject *
add_subscriber (JsonObject *coverage)
{
  JsonObject *person = json_object_new ();

  json_object_set_string_member (person, "resourceType", "RelatedPerson");
  json_object_set_string_member (person, "id", SUBSCRIBER);
  json_object_set_string_member (ensure_object (person, "patient"), "reference",
                                 fhir_json_get_string (coverage, "beneficiary.reference"));
  json_array_add_object_element (ensure_array (coverage, "contained"), person);
  json_object_set_object_member (coverage, "subscriber", json_object_new ());
  json_object_set_string_member (json_object_get_object_member (coverage, "subscriber"), "reference", "#" SUBSCRIBER);
  return person;
}

static void
write_subscriber (const RcpCoverageFields *self, JsonObject *coverage)
{
  const char *family = self->values[RCP_COVERAGE_SUBSCRIBER_FAMILY], *given = self->values[RCP_COVERAGE_SUBSCRIBER_GIVEN];
  const char *born = self->values[RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE];
  JsonObject *person = find_subscriber (coverage), *name = json_object_new ();
  JsonArray *names = json_array_new ();

  json_array_add_object_element (names, name);
  if (*family == '\0' && *given == '\0' && *born == '\0')
    {
      if (person)
        {
          remove_element (json_object_get_array_member (coverage, "contained"), person);
          json_object_remove_member (coverage, "subscriber");
        }
      remove_if_empty (coverage, "contained");
      json_array_unref (names);
      return;
    }
  if (person == NULL)
    person = add_subscriber (coverage);
  set_or_remove (name, "family", family);
  if (*given != '\0')
    {
      g_auto (GStrv) parts = g_strsplit (given, " ", -1);

      for (char **part = parts; *part; part++)
        if (**part != '\0')
          json_array_add_string_element (ensure_array (name, "given"), *part);
    }
  json_object_set_array_member (person, "name", names);
  if (json_object_get_size (name) == 0)
    json_object_remove_member (person, "name");
  set_or_remove (person, "birthDate", born);
}

static void
write_field (const RcpCoverageFields *self, RcpCoverageField field, JsonObject *coverage)
{
  const char *value = self->values[field];

  switch (field)
    {
    case RCP_COVERAGE_ORDER:
      if (g_ascii_strtoull (value, NULL, 10) > 0)
        json_object_set_int_member (coverage, "order", (gint64) g_ascii_strtoull (value, NULL, 10));
      else
        json_object_remove_member (coverage, "order");
      break;
    case RCP_COVERAGE_MEMBER_ID:
      set_or_remove (coverage, "subscriberId", value);
      break;
    case RCP_COVERAGE_GROUP:
    case RCP_COVERAGE_PLAN:
      write_class (coverage, field == RCP_COVERAGE_GROUP ? "group" : "plan", value);
      break;
    case RCP_COVERAGE_RELATIONSHIP:
      if (*value != '\0')
        json_object_set_object_member (coverage, "relationship", make_concept (RCP_SYSTEM_RELATIONSHIP, value));
      else
        json_object_remove_member (coverage, "relationship");
      break;
    case RCP_COVERAGE_START:
    case RCP_COVERAGE_END:
      set_or_remove (ensure_object (coverage, "period"), field == RCP_COVERAGE_START ? "start" : "end", value);
      remove_if_empty (coverage, "period");
      break;
    case RCP_COVERAGE_PAYER_NAME:
    case RCP_COVERAGE_PAYER_ID:
    case RCP_COVERAGE_SUBSCRIBER_FAMILY:
    case RCP_COVERAGE_SUBSCRIBER_GIVEN:
    case RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE:
    case RCP_N_COVERAGE_FIELDS:
    default: /* written as a whole below */
      break;
    }
}

/* The other half of what is written as a whole stays as it is, not as these fields have it. */
static RcpCoverageFields *
complete (const RcpCoverageFields *self, RcpCoverageFieldSet which, JsonObject *coverage)
{
  RcpCoverageFields *all = rcp_coverage_fields_new_from_json (coverage);

  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    if (which & RCP_COVERAGE_BIT (i))
      rcp_coverage_fields_set (all, i, self->values[i]);
  return all;
}

void
rcp_coverage_fields_write (const RcpCoverageFields *self, RcpCoverageFieldSet which, JsonObject *coverage)
{
  g_autoptr (RcpCoverageFields) all = complete (self, which, coverage);

  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    if (which & RCP_COVERAGE_BIT (i))
      write_field (all, i, coverage);
  if (which & PAYER_FIELDS)
    write_payer (all, coverage);
  if (which & SUBSCRIBER_FIELDS)
    write_subscriber (all, coverage);
}
