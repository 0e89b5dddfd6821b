/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-values.h"
#include "rcp-visit-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "clinic/rcp-elements.h"

/**
 * RcpVisit:
 *
 * An Appointment. What the board sorts and places by is read at once; the rest when it is asked for.
 */
struct _RcpVisit
{
  GObject parent_instance;

  FhirResource *resource;
  FhirResource *patient_resource; /* the included Patient, until @patient is made of it */
  RcpPatient *patient;
  FhirResource *encounter;
  RcpTimeRange range;
  RcpVisitFlow flow;
  GArray *people;              /* of RcpVisitPerson, when several come; else NULL */
  RcpVisit *whole;             /* of which this is the part of one of them, or NULL */
  gboolean has_others;         /* perhaps: more than one patient is named */
  char *patient_id;
  const char *patient_display; /* borrowed of @resource */
  GRefString *practitioner_id; /* interned: few providers have many visits */
  GRefString *role_id;
  GRefString *location_id;
  GStrv slot_ids;
};

G_DEFINE_FINAL_TYPE (RcpVisit, rcp_visit, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_PATIENT_ID,
  PROP_PATIENT_NAME,
  PROP_PRACTITIONER_ID,
  PROP_LOCATION_ID,
  PROP_TYPE_CODE,
  PROP_TYPE_NAME,
  PROP_COMPLAINT,
  PROP_INSTRUCTION,
  PROP_CODE,
  PROP_BOOKING_ID,
  N_PROPS
};

static const char *
get_string (RcpVisit *self, guint id)
{
  switch (id)
    {
    case PROP_ID:
      return rcp_visit_get_id (self);
    case PROP_PATIENT_ID:
      return rcp_visit_get_patient_id (self);
    case PROP_PATIENT_NAME:
      return rcp_visit_get_patient_name (self);
    case PROP_PRACTITIONER_ID:
      return rcp_visit_get_practitioner_id (self);
    case PROP_LOCATION_ID:
      return rcp_visit_get_location_id (self);
    case PROP_TYPE_CODE:
      return rcp_visit_get_type_code (self);
    case PROP_TYPE_NAME:
      return rcp_visit_get_type_name (self);
    case PROP_COMPLAINT:
      return rcp_visit_get_complaint (self);
    case PROP_INSTRUCTION:
      return rcp_visit_get_instruction (self);
    case PROP_CODE:
      return rcp_visit_get_code (self);
    default:
      return rcp_visit_get_booking_id (self);
    }
}

static void
rcp_visit_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id < N_PROPS)
    g_value_set_string (value, get_string (RCP_VISIT (object), id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rcp_visit_finalize (GObject *object)
{
  RcpVisit *self = RCP_VISIT (object);

  g_clear_object (&self->resource);
  g_clear_object (&self->patient_resource);
  g_clear_object (&self->patient);
  g_clear_object (&self->encounter);
  g_free (self->flow.room_id);
  g_clear_pointer (&self->people, g_array_unref);
  g_clear_object (&self->whole);
  g_clear_pointer (&self->practitioner_id, g_ref_string_release);
  g_clear_pointer (&self->role_id, g_ref_string_release);
  g_clear_pointer (&self->location_id, g_ref_string_release);
  g_strfreev (self->slot_ids);
  g_free (self->patient_id);
  G_OBJECT_CLASS (rcp_visit_parent_class)->finalize (object);
}

static void
rcp_visit_class_init (RcpVisitClass *klass)
{
  static const char *const names[] = { NULL, "id", "patient-id", "patient-name", "practitioner-id", "location-id", "type-code", "type-name", "complaint", "instruction", "code", "booking-id" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_visit_get_property;
  object_class->finalize = rcp_visit_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    g_object_class_install_property (object_class, i,
                                     g_param_spec_string (names[i], NULL, NULL, NULL,
                                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
rcp_visit_init (RcpVisit *self)
{
}

static JsonObject *
get_json (RcpVisit *self)
{
  return fhir_resource_get_json (self->resource);
}

/* Keeps the first actor of @type, as a string that all its visits share. */
static gboolean
keep_actor (const char *reference, const char *type, GRefString **kept)
{
  g_autofree char *id = fhir_reference_dup_id (reference, type);

  if (id == NULL)
    return FALSE;
  if (*kept == NULL)
    *kept = g_ref_string_new_intern (id);
  return TRUE;
}

static void
read_participant (RcpVisit *self, JsonObject *participant)
{
  JsonObject *actor = fhir_json_get_object (participant, "actor");
  const char *reference = fhir_json_get_string (actor, "reference");
  const char *status = fhir_json_get_string (participant, "status");

  if (actor == NULL || (status != NULL && g_str_equal (status, "declined")))
    return;
  if (self->patient_id != NULL && reference != NULL && strstr (reference, "Patient/") != NULL)
    {
      self->has_others = TRUE;
      return;
    }
  if (self->patient_id == NULL)
    {
      self->patient_id = fhir_reference_dup_id (reference, "Patient");
      if (self->patient_id != NULL)
        {
          self->patient_display = fhir_json_get_string (actor, "display");
          return;
        }
    }
  if (!keep_actor (reference, "Practitioner", &self->practitioner_id) &&
      !keep_actor (reference, "Location", &self->location_id))
    keep_actor (reference, "PractitionerRole", &self->role_id);
}

/* All but who comes and how far it is. */
static RcpVisit *
new_bare (FhirResource *appointment)
{
  RcpVisit *self = g_object_new (RCP_TYPE_VISIT, NULL);
  JsonArray *participants;

  g_set_object (&self->resource, appointment);
  self->range = rcp_visit_range_read (get_json (self));
  participants = fhir_json_get_array (get_json (self), "participant");
  for (guint i = 0; i < rcp_elements_get_length (participants); i++)
    read_participant (self, rcp_elements_get_object (participants, i));
  return self;
}

/* @encounter: what tells how far it is, where it is for one. */
static void
read_people (RcpVisit *self, FhirResource *encounter, RcpEncounters *encounters, RcpResourceFind find, gpointer source)
{
  FhirResource *lead = encounter;

  if (self->has_others)
    self->people = rcp_visit_people_read (get_json (self), rcp_visit_get_id (self), encounters, find, source);
  if (self->people != NULL)
    self->flow = rcp_visit_people_get_flow (self->people, &lead);
  else
    self->flow = rcp_visit_flow_read (get_json (self), encounter != NULL ? fhir_resource_get_json (encounter) : NULL);
  g_set_object (&self->encounter, lead);
}

/**
 * rcp_visit_new:
 * @appointment: an Appointment
 * @patient: (nullable): the Patient that it is for; without it the display text of the participant serves
 *
 * Returns: (transfer full): what a desk knows of it
 */
RcpVisit *
rcp_visit_new (FhirResource *appointment, FhirResource *patient)
{
  return rcp_visit_new_with_encounter (appointment, patient, NULL);
}

/**
 * rcp_visit_new_with_encounter:
 * @appointment: an Appointment
 * @patient: (nullable): the Patient that it is for
 * @encounter: (nullable): its Encounter, which tells how far it has come
 *
 * Returns: (transfer full): what a desk knows of it
 */
RcpVisit *
rcp_visit_new_with_encounter (FhirResource *appointment, FhirResource *patient, FhirResource *encounter)
{
  g_autoptr (RcpEncounters) encounters = NULL;
  RcpVisit *self;

  g_return_val_if_fail (FHIR_IS_RESOURCE (appointment), NULL);
  g_return_val_if_fail (patient == NULL || FHIR_IS_RESOURCE (patient), NULL);

  self = new_bare (appointment);
  g_set_object (&self->patient_resource, patient);
  if (self->has_others && encounter != NULL)
    {
      g_autoptr (GPtrArray) only = g_ptr_array_new ();

      g_ptr_array_add (only, encounter);
      encounters = rcp_encounters_new (only);
    }
  read_people (self, encounter, encounters, NULL, NULL);
  if (self->patient_id == NULL && patient != NULL)
    self->patient_id = g_strdup (fhir_resource_get_id (patient));
  return self;
}

/**
 * rcp_visit_new_found:
 * @appointment: an Appointment
 * @encounters: (nullable): those that are known, perhaps of other visits too
 * @find: (nullable): finds the Patients
 * @source: where
 *
 * Returns: (transfer full): what a desk knows of it
 */
RcpVisit *
rcp_visit_new_found (FhirResource *appointment, RcpEncounters *encounters, RcpResourceFind find, gpointer source)
{
  RcpVisit *self;

  g_return_val_if_fail (FHIR_IS_RESOURCE (appointment), NULL);

  self = new_bare (appointment);
  read_people (self, encounters != NULL ? rcp_encounters_get (encounters, rcp_visit_get_id (self)) : NULL, encounters, find, source);
  if (self->patient_id != NULL && find != NULL)
    {
      g_autofree char *reference = g_strconcat ("Patient/", self->patient_id, NULL);

      g_set_object (&self->patient_resource, find (source, reference));
    }
  return self;
}

/**
 * rcp_visit_new_in_bundle:
 * @appointment: an Appointment
 * @bundle: the reply in which it came, perhaps with its Patients and its Encounters
 *
 * Returns: (transfer full): what a desk knows of it
 */
RcpVisit *
rcp_visit_new_in_bundle (FhirResource *appointment, FhirBundle *bundle)
{
  g_return_val_if_fail (FHIR_IS_BUNDLE (bundle), NULL);

  return rcp_visit_new_found (appointment, rcp_encounters_get_of_bundle (bundle), (RcpResourceFind) fhir_bundle_lookup, bundle);
}

FhirResource *
rcp_visit_find_patient (RcpVisit *visit, const char *reference)
{
  for (guint i = 0; visit->people != NULL && i < visit->people->len; i++)
    {
      FhirResource *patient = g_array_index (visit->people, RcpVisitPerson, i).patient;

      if (patient != NULL && g_str_equal (fhir_resource_get_reference (patient), reference))
        return patient;
    }
  return visit->people == NULL ? rcp_visit_get_patient_resource (visit) : NULL;
}

/**
 * rcp_visit_new_again:
 * @visit: a visit
 * @encounters: those that were read since
 *
 * Returns: (transfer full): the same visit, as far as it is by them
 */
RcpVisit *
rcp_visit_new_again (RcpVisit *visit, RcpEncounters *encounters)
{
  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);

  return rcp_visit_new_found (visit->resource, encounters, (RcpResourceFind) rcp_visit_find_patient, visit);
}

/**
 * rcp_visit_dup_part:
 * @self: a visit
 * @index: below rcp_visit_get_n_people()
 *
 * Returns: (transfer full): the visit as it is for that one alone, who is its patient; @self when it is for one
 */
RcpVisit *
rcp_visit_dup_part (RcpVisit *self, guint index)
{
  const RcpVisitPerson *person;
  RcpVisit *part;

  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);
  g_return_val_if_fail (index < rcp_visit_get_n_people (self), NULL);

  if (self->people == NULL)
    return g_object_ref (self);
  person = &g_array_index (self->people, RcpVisitPerson, index);
  part = new_bare (self->resource);
  g_free (part->patient_id);
  part->patient_id = g_strdup (person->id);
  part->patient_display = person->display;
  g_set_object (&part->patient_resource, person->patient);
  g_set_object (&part->encounter, person->encounter);
  part->flow = person->flow;
  part->flow.room_id = g_strdup (person->flow.room_id);
  part->whole = g_object_ref (self);
  return part;
}

/**
 * rcp_visit_get_whole:
 * @self: a visit, perhaps as it is for one of several
 *
 * Returns: (transfer none): the visit with all who come
 */
RcpVisit *
rcp_visit_get_whole (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return self->whole != NULL ? self->whole : self;
}

GArray *
rcp_visit_get_people (RcpVisit *self)
{
  return self->people;
}

FhirResource *
rcp_visit_get_patient_resource (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return self->patient != NULL ? rcp_patient_get_resource (self->patient) : self->patient_resource;
}

/**
 * rcp_visit_get_resource:
 * @self: a visit
 *
 * Returns: (transfer none): the Appointment that it was made of
 */
FhirResource *
rcp_visit_get_resource (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return self->resource;
}

/**
 * rcp_visit_get_id:
 * @self: a visit
 *
 * Returns: the id of the Appointment
 */
const char *
rcp_visit_get_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_resource_get_id (self->resource);
}

/**
 * rcp_visit_get_status:
 * @self: a visit
 *
 * Returns: its status; that of an error when the record holds one that R4 does not know
 */
RcpVisitStatus
rcp_visit_get_status (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), RCP_VISIT_ERROR);

  return self->flow.status;
}

/**
 * rcp_visit_get_range:
 * @self: a visit
 *
 * Returns: from start to end; empty at 1970 when it has no time yet
 */
RcpTimeRange
rcp_visit_get_range (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), ((RcpTimeRange){ 0, 0 }));

  return self->range;
}

/**
 * rcp_visit_get_patient:
 * @self: a visit
 *
 * Returns: (transfer none) (nullable): the patient, when it came with the visit
 */
RcpPatient *
rcp_visit_get_patient (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  if (self->patient_resource != NULL)
    {
      self->patient = rcp_patient_new (self->patient_resource);
      g_clear_object (&self->patient_resource);
    }
  return self->patient;
}

/**
 * rcp_visit_get_patient_id:
 * @self: a visit
 *
 * Returns: (nullable): the id of the Patient
 */
const char *
rcp_visit_get_patient_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return self->patient_id;
}

/**
 * rcp_visit_get_patient_name:
 * @self: a visit
 *
 * Returns: "Garcia, Maria"; never %NULL
 */
const char *
rcp_visit_get_patient_name (RcpVisit *self)
{
  RcpPatient *patient = rcp_visit_get_patient (self);

  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  if (patient != NULL)
    return rcp_patient_get_sort_name (patient);
  if (self->patient_display != NULL && *self->patient_display != '\0')
    return self->patient_display;
  return _("Name unknown");
}

/**
 * rcp_visit_get_practitioner_id:
 * @self: a visit
 *
 * Returns: (nullable): the id of the first Practitioner who has not declined
 */
const char *
rcp_visit_get_practitioner_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return self->practitioner_id;
}

/**
 * rcp_visit_get_role_id:
 * @self: a visit
 *
 * Returns: (nullable): the id of the PractitionerRole, where a server names that instead of the Practitioner
 */
const char *
rcp_visit_get_role_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return self->role_id;
}

/**
 * rcp_visit_get_location_id:
 * @self: a visit
 *
 * Returns: (nullable): the id of the first Location
 */
const char *
rcp_visit_get_location_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return self->location_id;
}

/**
 * rcp_visit_get_slot_ids:
 * @self: a visit
 *
 * Returns: (array zero-terminated=1): the ids of the slots that it takes
 */
const char *const *
rcp_visit_get_slot_ids (RcpVisit *self)
{
  g_autoptr (GStrvBuilder) ids = NULL;
  JsonArray *slots;

  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  if (self->slot_ids != NULL)
    return (const char *const *) self->slot_ids;

  ids = g_strv_builder_new ();
  slots = fhir_json_get_array (get_json (self), "slot");
  for (guint i = 0; i < rcp_elements_get_length (slots); i++)
    {
      JsonObject *slot = rcp_elements_get_object (slots, i);
      g_autofree char *id = fhir_reference_dup_id (fhir_json_get_string (slot, "reference"), "Slot");

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }
  self->slot_ids = g_strv_builder_end (ids);
  return (const char *const *) self->slot_ids;
}

/**
 * rcp_visit_get_encounter:
 * @self: a visit
 *
 * Returns: (transfer none) (nullable): the Encounter that came with it
 */
FhirResource *
rcp_visit_get_encounter (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return self->encounter;
}

const RcpVisitFlow *
rcp_visit_get_flow (RcpVisit *self)
{
  return &self->flow;
}
