/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-found-compose"

#include "rcp-clinic-json.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-specialty.h"

#include <glib/gi18n.h>

#define GRAIN_MINUTES 15

/* NUCC codes, as in clinic/rcp-specialty.c. */
#define PRIMARY_CARE "207Q00000X"
#define CARDIOLOGY "207RC0000X"
#define DERMATOLOGY "207N00000X"
#define PAEDIATRICS "208000000X"
#define GYNAECOLOGY "207V00000X"

/* What nearly every clinic books; a clinic changes them to its own. */
static const struct
{
  const char *code;
  const char *name;
  guint minutes;
  const char *preparation; /* or NULL */
  const char *specialties[4]; /* NUCC, up to the first NULL; none: all */
} visit_types[] = {
  { "new-patient", N_ ("New patient"), 30, N_ ("Please come ten minutes early and bring your insurance card."), { NULL } },
  { "follow-up", N_ ("Follow-up"), 15, NULL, { NULL } },
  { "annual-check", N_ ("Annual check"), 45, N_ ("Please come fasting: nothing but water for eight hours before."),
    { PRIMARY_CARE, GYNAECOLOGY } },
  { "vaccination", N_ ("Vaccination"), 15, N_ ("Please bring your vaccination record."), { PRIMARY_CARE, PAEDIATRICS } },
  { "ecg", N_ ("ECG"), 30, NULL, { CARDIOLOGY } },
  { "skin-check", N_ ("Skin check"), 15, N_ ("Please come without make-up and nail polish."), { DERMATOLOGY } },
  { "consultation", N_ ("Consultation"), 30, NULL, { NULL } },
  { "telephone", N_ ("Telephone"), 15, N_ ("We will call you: please keep your telephone at hand."), { NULL } },
};

void
rcp_founder_free (RcpFounder *founder)
{
  g_clear_object (&founder->practitioner);
  g_free (founder->organization_id);
  g_free (founder);
}

/* Adds @resource, which is taken, unless founding has made it before; returns how others refer to it. */
static const char *
add (FhirTransaction *transaction, JsonObject *resource, const char *name)
{
  g_autofree char *condition = g_strdup_printf ("identifier=%s|%s", RCP_SYSTEM_FOUND, name);
  const char *reference;

  json_object_set_array_member (resource, "identifier",
                                rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_FOUND, name)));
  reference = fhir_transaction_create (transaction, resource, condition);
  json_object_unref (resource);
  return reference;
}

static JsonObject *
new_resource (const char *type)
{
  JsonObject *resource = json_object_new ();

  json_object_set_string_member (resource, "resourceType", type);
  return resource;
}

static JsonObject *
extension_new (const char *url)
{
  JsonObject *extension = json_object_new ();

  json_object_set_string_member (extension, "url", url);
  return extension;
}

static const char *
add_clinic (FhirTransaction *transaction, const char *name)
{
  JsonObject *clinic = new_resource ("Organization");
  JsonObject *meta = json_object_new ();
  JsonObject *grain = extension_new (RCP_EXTENSION_GRAIN);

  json_object_set_array_member (meta, "tag", rcp_json_array_of (rcp_json_coding (RCP_TAG_SYSTEM, "clinic", NULL)));
  json_object_set_object_member (clinic, "meta", meta);
  json_object_set_int_member (grain, "valueInteger", GRAIN_MINUTES);
  json_object_set_array_member (clinic, "extension", rcp_json_array_of (grain));
  json_object_set_boolean_member (clinic, "active", TRUE);
  json_object_set_string_member (clinic, "name", name);
  return add (transaction, clinic, "clinic");
}

/* @organization: (nullable): whose name and address the place takes */
static const char *
add_place (FhirTransaction *transaction,
           FhirResource *organization,
           const char *clinic,
           const char *clinic_name,
           const char *zone)
{
  JsonObject *place = new_resource ("Location");
  JsonObject *timezone = extension_new (RCP_EXTENSION_TIMEZONE);
  JsonObject *json = organization != NULL ? fhir_resource_get_json (organization) : NULL;
  const char *own_name = json != NULL ? fhir_json_get_string (json, "name") : NULL;
  JsonObject *address = json != NULL ? fhir_json_get_object (json, "address.0") : NULL;
  const char *manager = organization != NULL ? fhir_resource_get_reference (organization) : clinic;
  g_autofree char *name
      = g_strconcat ("place-", organization != NULL ? fhir_resource_get_id (organization) : "0", NULL);

  json_object_set_string_member (timezone, "valueCode", zone);
  json_object_set_array_member (place, "extension", rcp_json_array_of (timezone));
  json_object_set_string_member (place, "status", "active");
  json_object_set_string_member (place, "name", own_name != NULL ? own_name : clinic_name);
  if (address != NULL)
    json_object_set_object_member (place, "address", json_object_ref (address));
  json_object_set_object_member (place, "managingOrganization", rcp_json_reference (manager, NULL));
  return add (transaction, place, name);
}

static void
add_hours (JsonArray *times, const char *start, const char *end)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri" };
  JsonObject *time = json_object_new ();
  JsonArray *week = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    json_array_add_string_element (week, days[i]);
  json_object_set_array_member (time, "daysOfWeek", week);
  json_object_set_string_member (time, "availableStartTime", start);
  json_object_set_string_member (time, "availableEndTime", end);
  json_array_add_object_element (times, time);
}

static JsonArray *
specialty_array (const RcpSpecialty *specialty)
{
  return rcp_json_array_of (rcp_json_concept (RCP_SYSTEM_SPECIALTY, specialty->code, specialty->name));
}

static void
add_provider (FhirTransaction *transaction,
              FhirResource *practitioner,
              const RcpSpecialty *specialty,
              const char *clinic,
              const char *place)
{
  JsonObject *role = new_resource ("PractitionerRole");
  JsonObject *schedule = new_resource ("Schedule");
  JsonArray *times = json_array_new ();
  JsonArray *actors = json_array_new ();
  const char *person = fhir_resource_get_reference (practitioner);
  g_autofree char *role_name = g_strconcat ("role-", fhir_resource_get_id (practitioner), NULL);
  g_autofree char *schedule_name = g_strconcat ("schedule-", fhir_resource_get_id (practitioner), NULL);
  const char *role_reference;

  add_hours (times, "09:00:00", "12:00:00");
  add_hours (times, "13:00:00", "17:00:00");
  json_object_set_boolean_member (role, "active", TRUE);
  json_object_set_object_member (role, "practitioner", rcp_json_reference (person, NULL));
  json_object_set_object_member (role, "organization", rcp_json_reference (clinic, NULL));
  json_object_set_array_member (role, "specialty", specialty_array (specialty));
  json_object_set_array_member (role, "location", rcp_json_array_of (rcp_json_reference (place, NULL)));
  json_object_set_array_member (role, "availableTime", times);
  role_reference = add (transaction, role, role_name);

  json_object_set_boolean_member (schedule, "active", TRUE);
  json_object_set_array_member (schedule, "specialty", specialty_array (specialty));
  json_array_add_object_element (actors, rcp_json_reference (person, NULL));
  json_array_add_object_element (actors, rcp_json_reference (role_reference, NULL));
  json_array_add_object_element (actors, rcp_json_reference (place, NULL));
  json_object_set_array_member (schedule, "actor", actors);
  add (transaction, schedule, schedule_name);
}

static void
add_visit_type (FhirTransaction *transaction, guint index, const char *clinic)
{
  JsonObject *service = new_resource ("HealthcareService");
  JsonArray *extensions = json_array_new ();
  g_autoptr (JsonArray) specialties = json_array_new ();
  JsonObject *duration = extension_new (RCP_EXTENSION_DURATION);
  const char *name = _ (visit_types[index].name);

  json_object_set_int_member (duration, "valueInteger", visit_types[index].minutes);
  json_array_add_object_element (extensions, duration);
  if (visit_types[index].preparation != NULL)
    {
      JsonObject *preparation = extension_new (RCP_EXTENSION_PREPARATION);

      json_object_set_string_member (preparation, "valueString", _ (visit_types[index].preparation));
      json_array_add_object_element (extensions, preparation);
    }
  json_object_set_array_member (service, "extension", extensions);
  json_object_set_boolean_member (service, "active", TRUE);
  json_object_set_object_member (service, "providedBy", rcp_json_reference (clinic, NULL));
  json_object_set_array_member (
      service, "type", rcp_json_array_of (rcp_json_concept (RCP_SYSTEM_VISIT_TYPE, visit_types[index].code, name)));
  for (const char *const *code = visit_types[index].specialties; *code != NULL; code++)
    json_array_add_object_element (specialties, rcp_json_concept (RCP_SYSTEM_SPECIALTY, *code, NULL));
  if (json_array_get_length (specialties) > 0)
    json_object_set_array_member (service, "specialty", json_array_ref (specialties));
  json_object_set_string_member (service, "name", name);
  add (transaction, service, visit_types[index].code);
}

/* A provider works at the place that was his or her organization; whose organization became none, at the next in turn.
 */
static const char *
choose_place (RcpFounder *founder, guint index, GPtrArray *organizations, GPtrArray *places)
{
  for (guint i = 0; i < organizations->len; i++)
    if (g_strcmp0 (fhir_resource_get_id (organizations->pdata[i]), founder->organization_id) == 0)
      return places->pdata[i];
  return places->pdata[index % places->len];
}

FhirTransaction *
rcp_found_compose (const char *clinic_name, const char *zone, GPtrArray *organizations, GPtrArray *founders)
{
  FhirTransaction *transaction = fhir_transaction_new ();
  const char *clinic = add_clinic (transaction, clinic_name);
  g_autoptr (GPtrArray) places = g_ptr_array_new ();
  guint n_specialties;
  const RcpSpecialty *specialties = rcp_specialty_list (&n_specialties);

  for (guint i = 0; i < organizations->len; i++)
    g_ptr_array_add (places, (char *)add_place (transaction, organizations->pdata[i], clinic, clinic_name, zone));
  if (places->len == 0)
    g_ptr_array_add (places, (char *)add_place (transaction, NULL, clinic, clinic_name, zone));
  for (guint i = 0; i < founders->len; i++)
    {
      RcpFounder *founder = founders->pdata[i];

      add_provider (transaction, founder->practitioner, &specialties[i % n_specialties], clinic,
                    choose_place (founder, i, organizations, places));
    }
  for (guint i = 0; i < G_N_ELEMENTS (visit_types); i++)
    add_visit_type (transaction, i, clinic);
  return transaction;
}
