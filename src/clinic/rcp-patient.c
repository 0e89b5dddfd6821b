/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-values.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-elements.h"
#include "clinic/rcp-patient-json.h"

/**
 * RcpPatient:
 *
 * What a desk knows of a FHIR Patient. Names and addresses are put together when they are first asked for: a day
 * has hundreds of patients, of whom most are never looked at closely.
 */
struct _RcpPatient
{
  GObject parent_instance;

  FhirResource *resource;
  char *name;
  char *sort_name;
  char *address;
  gboolean has_address; /* whether @address was put together */
  GDate birth_date;     /* invalid when unknown */
};

G_DEFINE_FINAL_TYPE (RcpPatient, rcp_patient, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_SORT_NAME,
  PROP_MRN,
  PROP_PHONE,
  PROP_EMAIL,
  PROP_ADDRESS,
  PROP_GENDER,
  PROP_LANGUAGE,
  N_PROPS
};

static const char *
get_string (RcpPatient *self, guint id)
{
  switch (id)
    {
    case PROP_ID:
      return rcp_patient_get_id (self);
    case PROP_NAME:
      return rcp_patient_get_name (self);
    case PROP_SORT_NAME:
      return rcp_patient_get_sort_name (self);
    case PROP_MRN:
      return rcp_patient_get_mrn (self);
    case PROP_PHONE:
      return rcp_patient_get_phone (self);
    case PROP_EMAIL:
      return rcp_patient_get_email (self);
    case PROP_ADDRESS:
      return rcp_patient_get_address (self);
    case PROP_GENDER:
      return rcp_patient_get_gender (self);
    default:
      return rcp_patient_get_language (self);
    }
}

static void
rcp_patient_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id < N_PROPS)
    g_value_set_string (value, get_string (RCP_PATIENT (object), id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rcp_patient_finalize (GObject *object)
{
  RcpPatient *self = RCP_PATIENT (object);

  g_clear_object (&self->resource);
  g_free (self->name);
  g_free (self->sort_name);
  g_free (self->address);
  G_OBJECT_CLASS (rcp_patient_parent_class)->finalize (object);
}

static void
rcp_patient_class_init (RcpPatientClass *klass)
{
  static const char *const names[] = { NULL, "id", "name", "sort-name", "mrn", "phone", "email", "address", "gender", "language" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_patient_get_property;
  object_class->finalize = rcp_patient_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    g_object_class_install_property (object_class, i,
                                     g_param_spec_string (names[i], NULL, NULL, NULL,
                                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
rcp_patient_init (RcpPatient *self)
{
  g_date_clear (&self->birth_date, 1);
}

static JsonObject *
get_json (RcpPatient *self)
{
  return fhir_resource_get_json (self->resource);
}

/**
 * rcp_patient_new:
 * @patient: a Patient
 *
 * Returns: (transfer full): what a desk knows of it
 */
RcpPatient *
rcp_patient_new (FhirResource *patient)
{
  RcpPatient *self;
  RcpIso8601 parsed;
  const char *birth_date;

  g_return_val_if_fail (FHIR_IS_RESOURCE (patient), NULL);

  self = g_object_new (RCP_TYPE_PATIENT, NULL);
  self->resource = g_object_ref (patient);
  birth_date = fhir_json_get_string (get_json (self), "birthDate");
  if (birth_date != NULL && rcp_iso8601_parse (birth_date, &parsed) && parsed.precision == RCP_ISO8601_DAY)
    g_date_set_dmy (&self->birth_date, (GDateDay) atoi (birth_date + 8), (GDateMonth) atoi (birth_date + 5),
                    (GDateYear) atoi (birth_date));
  return self;
}

/**
 * rcp_patient_get_resource:
 * @self: a patient
 *
 * Returns: (transfer none): the Patient that it was made of
 */
FhirResource *
rcp_patient_get_resource (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  return self->resource;
}

/**
 * rcp_patient_get_id:
 * @self: a patient
 *
 * Returns: the id of the resource
 */
const char *
rcp_patient_get_id (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  return fhir_resource_get_id (self->resource);
}

static void
ensure_names (RcpPatient *self)
{
  JsonObject *name;

  if (self->name != NULL)
    return;

  name = rcp_elements_choose_name (get_json (self));
  self->name = rcp_elements_format_name (name, FALSE);
  self->sort_name = rcp_elements_format_sort_name (name);
  if (self->name == NULL)
    self->name = g_strdup (_("Name unknown"));
  if (self->sort_name == NULL)
    self->sort_name = g_strdup (self->name);
}

/**
 * rcp_patient_get_name:
 * @self: a patient
 *
 * Returns: "Maria Garcia"; never %NULL
 */
const char *
rcp_patient_get_name (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  ensure_names (self);
  return self->name;
}

/**
 * rcp_patient_get_sort_name:
 * @self: a patient
 *
 * Returns: "Garcia, Maria"; never %NULL
 */
const char *
rcp_patient_get_sort_name (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  ensure_names (self);
  return self->sort_name;
}

/**
 * rcp_patient_get_birth_date:
 * @self: a patient
 *
 * Returns: (nullable): the birth date, when the whole date is known
 */
const GDate *
rcp_patient_get_birth_date (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  return g_date_valid (&self->birth_date) ? &self->birth_date : NULL;
}

/**
 * rcp_patient_get_age:
 * @self: a patient
 * @today: a date
 *
 * Returns: completed years on @today; -1 when the birth date is unknown or after @today
 */
int
rcp_patient_get_age (RcpPatient *self, const GDate *today)
{
  const GDate *birth = rcp_patient_get_birth_date (self);
  gboolean before_birthday;

  g_return_val_if_fail (today != NULL && g_date_valid (today), -1);

  if (birth == NULL || g_date_compare (birth, today) > 0)
    return -1;

  before_birthday = g_date_get_month (today) < g_date_get_month (birth) ||
                    (g_date_get_month (today) == g_date_get_month (birth) &&
                     g_date_get_day (today) < g_date_get_day (birth));
  return g_date_get_year (today) - g_date_get_year (birth) - (before_birthday ? 1 : 0);
}

/**
 * rcp_patient_get_mrn:
 * @self: a patient
 *
 * Returns: (nullable): the medical record number: the identifier of type MR (v2-0203), else the one of our own system;
 *   one that ended last
 */
const char *
rcp_patient_get_mrn (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  return rcp_patient_json_get_mrn (get_json (self));
}

/**
 * rcp_patient_get_phone:
 * @self: a patient
 *
 * Returns: (nullable): the number to call first, as written
 */
const char *
rcp_patient_get_phone (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  return rcp_elements_choose_telecom (get_json (self), "phone");
}

/**
 * rcp_patient_get_email:
 * @self: a patient
 *
 * Returns: (nullable): the address to write to first
 */
const char *
rcp_patient_get_email (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  return rcp_elements_choose_telecom (get_json (self), "email");
}

/**
 * rcp_patient_get_address:
 * @self: a patient
 *
 * Returns: (nullable): the address in one line
 */
const char *
rcp_patient_get_address (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  if (!self->has_address)
    {
      self->address = rcp_elements_format_address (get_json (self));
      self->has_address = TRUE;
    }
  return self->address;
}

/**
 * rcp_patient_get_gender:
 * @self: a patient
 *
 * Returns: (nullable): male, female, other or unknown
 */
const char *
rcp_patient_get_gender (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  return fhir_json_get_string (get_json (self), "gender");
}

/**
 * rcp_patient_get_language:
 * @self: a patient
 *
 * Returns: (nullable): the code of the language marked as preferred, else of the first one
 */
const char *
rcp_patient_get_language (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), NULL);

  return rcp_patient_json_get_language (get_json (self));
}

/**
 * rcp_patient_is_deceased:
 * @self: a patient
 *
 * Returns: whether the record says that the patient died
 */
gboolean
rcp_patient_is_deceased (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), FALSE);

  return fhir_json_get_boolean (get_json (self), "deceasedBoolean", FALSE) ||
         fhir_json_get_string (get_json (self), "deceasedDateTime") != NULL;
}

/**
 * rcp_patient_is_active:
 * @self: a patient
 *
 * Returns: whether the record is in use; %TRUE when it does not say
 */
gboolean
rcp_patient_is_active (RcpPatient *self)
{
  g_return_val_if_fail (RCP_IS_PATIENT (self), FALSE);

  return fhir_json_get_boolean (get_json (self), "active", TRUE);
}
