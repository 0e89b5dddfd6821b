/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-match-record.h"

#include <math.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

#define OLDEST_YEAR 1900
#define BEST_RATING 5

/* NAN when it is no number. */
static double
read_number (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (node) : NAN;
}

static gboolean
take_position (double latitude, double longitude, RcpPosition *position)
{
  RcpPosition read = { latitude, longitude };

  if (isnan (latitude) || isnan (longitude) || !rcp_position_is_valid (read))
    return FALSE;
  *position = read;
  return TRUE;
}

/**
 * rcp_match_read_geolocation:
 * @address: (nullable): an Address
 * @position: (out): where it is
 *
 * Returns: whether it says that, with HL7's geolocation, and it is on the Earth
 */
gboolean
rcp_match_read_geolocation (JsonObject *address, RcpPosition *position)
{
  JsonObject *place = fhir_json_get_extension (address, RCP_EXTENSION_GEOLOCATION);

  return take_position (read_number (fhir_json_get_extension (place, "latitude"), "valueDecimal"),
                        read_number (fhir_json_get_extension (place, "longitude"), "valueDecimal"), position);
}

/**
 * rcp_match_read_position:
 * @place: (nullable): a Location
 * @position: (out): where it is
 *
 * Returns: whether it says that, and it is on the Earth
 */
gboolean
rcp_match_read_position (JsonObject *place, RcpPosition *position)
{
  JsonObject *said = fhir_json_get_object (place, "position");

  return take_position (read_number (said, "latitude"), read_number (said, "longitude"), position);
}

/* The one that is liked best first. */
static GStrv
read_languages (JsonObject *patient)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  JsonArray *spoken = fhir_json_get_array (patient, "communication");

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < rcp_elements_get_length (spoken); i++)
      {
        JsonObject *one = rcp_elements_get_object (spoken, i);
        const char *code = rcp_elements_get_code (fhir_json_get_object (one, "language"), NULL);

        if (code != NULL && fhir_json_get_boolean (one, "preferred", FALSE) == (pass == 0))
          g_strv_builder_add (codes, code);
      }
  return g_strv_builder_end (codes);
}

/**
 * rcp_match_patient_new:
 * @patient: who is to be seen
 * @today: ages count on it
 *
 * Returns: (transfer full): what the record says of the patient's needs: age, languages, where he or she lives (Address with HL7's
 *   geolocation)
 */
RcpMatchPatient *
rcp_match_patient_new (RcpPatient *patient, const GDate *today)
{
  RcpMatchPatient *self;
  JsonObject *json;

  g_return_val_if_fail (RCP_IS_PATIENT (patient), NULL);

  self = g_new0 (RcpMatchPatient, 1);
  json = fhir_resource_get_json (rcp_patient_get_resource (patient));
  self->patient = g_object_ref (patient);
  self->languages = read_languages (json);
  self->needs.age = rcp_patient_get_age (patient, today);
  self->needs.languages = (const char *const *) self->languages;
  self->needs.has_position = rcp_match_read_geolocation (rcp_elements_choose_address (json), &self->needs.position);
  return self;
}

void
rcp_match_patient_free (RcpMatchPatient *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->patient);
  g_strfreev (self->languages);
  g_free (self);
}

/**
 * rcp_match_patient_is_own:
 *
 * Returns: whether the patient's generalPractitioner is @provider, as a person or in that role
 */
gboolean
rcp_match_patient_is_own (const RcpMatchPatient *self, RcpProvider *provider)
{
  JsonArray *own = fhir_json_get_array (fhir_resource_get_json (rcp_patient_get_resource (self->patient)), "generalPractitioner");

  for (guint i = 0; i < rcp_elements_get_length (own); i++)
    {
      const char *reference = fhir_json_get_string (rcp_elements_get_object (own, i), "reference");
      g_autofree char *person = fhir_reference_dup_id (reference, "Practitioner");
      g_autofree char *role = fhir_reference_dup_id (reference, "PractitionerRole");

      if ((person != NULL && g_strcmp0 (person, rcp_provider_get_practitioner_id (provider)) == 0)
          || (role != NULL && g_strcmp0 (role, rcp_provider_get_role_id (provider)) == 0))
        return TRUE;
    }
  return FALSE;
}

static RcpAccepts
read_accepts (JsonObject *role)
{
  JsonObject *accepts = fhir_json_get_extension (fhir_json_get_extension (role, RCP_EXTENSION_NEW_PATIENTS), "acceptingPatients");
  const char *code = rcp_elements_get_code (fhir_json_get_object (accepts, "valueCodeableConcept"), RCP_SYSTEM_NEW_PATIENTS);

  if (g_strcmp0 (code, "newpt") == 0)
    return RCP_ACCEPTS_NEW;
  if (g_strcmp0 (code, "existptonly") == 0 || g_strcmp0 (code, "existptfam") == 0)
    return RCP_ACCEPTS_EXISTING_ONLY;
  return g_strcmp0 (code, "nopt") == 0 ? RCP_ACCEPTS_NOBODY : RCP_ACCEPTS_UNKNOWN;
}

/* Years since the first qualification: a calendar year is as exact as a ranking can use. */
static double
read_experience (JsonObject *practitioner, const GDate *today)
{
  JsonArray *qualifications = fhir_json_get_array (practitioner, "qualification");
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < rcp_elements_get_length (qualifications); i++)
    {
      const char *start = fhir_json_get_string (rcp_elements_get_object (qualifications, i), "period.start");
      gint64 year = start != NULL ? g_ascii_strtoll (start, NULL, 10) : 0;

      if (year >= OLDEST_YEAR && year <= g_date_get_year (today))
        first = MIN (first, year);
    }
  return first == G_MAXINT64 ? -1 : (double) (g_date_get_year (today) - first);
}

static JsonObject *
look_up (RcpRoster *roster, const char *type, const char *id)
{
  g_autofree char *reference = id != NULL ? g_strdup_printf ("%s/%s", type, id) : NULL;
  FhirResource *resource = reference != NULL && roster != NULL ? rcp_roster_lookup_resource (roster, reference) : NULL;

  return resource != NULL ? fhir_resource_get_json (resource) : NULL;
}

static void
read_role (RcpMatchFacts *facts, JsonObject *role)
{
  JsonObject *ages = fhir_json_get_object (fhir_json_get_extension (role, RCP_EXTENSION_AGES), "valueRange");
  double rating = read_number (fhir_json_get_extension (role, RCP_EXTENSION_RATING), "valueDecimal");

  facts->is_active = fhir_json_get_boolean (role, "active", TRUE);
  facts->accepts = read_accepts (role);
  facts->youngest = (int) fhir_json_get_int (ages, "low.value", -1);
  facts->oldest = (int) fhir_json_get_int (ages, "high.value", -1);
  facts->rating = rating >= 0 && rating <= BEST_RATING ? rating : -1;
}

/**
 * rcp_match_provider_new:
 * @provider: a column of the board
 * @roster: (nullable): that has the Practitioner and the Location
 * @today: experience counts until it
 *
 * Returns: (transfer full): what the record says of the provider. Sources: PractitionerRole, Practitioner, Location.position, and
 *   newpatients of Da Vinci PDex Plan Net
 */
RcpMatchProvider *
rcp_match_provider_new (RcpProvider *provider, RcpRoster *roster, const GDate *today)
{
  RcpMatchProvider *self;
  RcpMatchFacts *facts;
  RcpPlace *place;
  JsonObject *person;

  g_return_val_if_fail (RCP_IS_PROVIDER (provider), NULL);

  self = g_new0 (RcpMatchProvider, 1);
  facts = &self->facts;
  self->provider = g_object_ref (provider);
  place = rcp_provider_get_place (provider);
  self->specialties[0] = rcp_provider_get_specialty (provider);
  self->places[0] = place != NULL ? rcp_place_get_id (place) : NULL;
  person = look_up (roster, "Practitioner", rcp_provider_get_practitioner_id (provider));
  facts->key = rcp_provider_get_schedule_id (provider);
  facts->specialties = self->specialties;
  facts->places = self->places;
  facts->languages = rcp_provider_get_languages (provider)[0] != NULL ? rcp_provider_get_languages (provider) : NULL;
  facts->eligible_network = -1;
  facts->has_position = rcp_match_read_position (look_up (roster, "Location", self->places[0]), &facts->position);
  facts->gender = rcp_provider_get_gender (provider);
  facts->experience = read_experience (person, today);
  read_role (facts, rcp_provider_get_role (provider) != NULL ? fhir_resource_get_json (rcp_provider_get_role (provider)) : NULL);
  return self;
}

void
rcp_match_provider_free (RcpMatchProvider *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->provider);
  g_free (self);
}
