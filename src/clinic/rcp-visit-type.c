/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-visit-price.h"

#include <glib/gi18n.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

#define DEFAULT_DURATION 15
#define MAX_DURATION (24 * 60)


/**
 * RcpVisitType:
 *
 * A HealthcareService: what a visit can be booked for.
 */
struct _RcpVisitType
{
  GObject parent_instance;

  FhirResource *resource;
  GStrv specialties;
};

G_DEFINE_FINAL_TYPE (RcpVisitType, rcp_visit_type, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_CODE,
  PROP_NAME,
  PROP_PREPARATION,
  N_PROPS
};

static const char *
get_string (RcpVisitType *self, guint id)
{
  switch (id)
    {
    case PROP_ID:
      return rcp_visit_type_get_id (self);
    case PROP_CODE:
      return rcp_visit_type_get_code (self);
    case PROP_NAME:
      return rcp_visit_type_get_name (self);
    default:
      return rcp_visit_type_get_preparation (self);
    }
}

static void
rcp_visit_type_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id < N_PROPS)
    g_value_set_string (value, get_string (RCP_VISIT_TYPE (object), id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rcp_visit_type_finalize (GObject *object)
{
  RcpVisitType *self = RCP_VISIT_TYPE (object);

  g_clear_object (&self->resource);
  g_strfreev (self->specialties);
  G_OBJECT_CLASS (rcp_visit_type_parent_class)->finalize (object);
}

static void
rcp_visit_type_class_init (RcpVisitTypeClass *klass)
{
  static const char *const names[] = { NULL, "id", "code", "name", "preparation" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_visit_type_get_property;
  object_class->finalize = rcp_visit_type_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    g_object_class_install_property (object_class, i,
                                     g_param_spec_string (names[i], NULL, NULL, NULL,
                                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
rcp_visit_type_init (RcpVisitType *self)
{
}

static JsonObject *
get_json (RcpVisitType *self)
{
  return fhir_resource_get_json (self->resource);
}

static GStrv
dup_specialties (JsonObject *service)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  JsonArray *specialties = fhir_json_get_array (service, "specialty");

  for (guint i = 0; i < rcp_elements_get_length (specialties); i++)
    {
      const char *code = rcp_elements_get_code (rcp_elements_get_object (specialties, i), RCP_SYSTEM_SPECIALTY);

      if (code != NULL)
        g_strv_builder_add (codes, code);
    }

  return g_strv_builder_end (codes);
}

/**
 * rcp_visit_type_new:
 * @healthcare_service: a HealthcareService
 *
 * Returns: (transfer full): what a desk knows of it
 */
RcpVisitType *
rcp_visit_type_new (FhirResource *healthcare_service)
{
  RcpVisitType *self;

  g_return_val_if_fail (FHIR_IS_RESOURCE (healthcare_service), NULL);

  self = g_object_new (RCP_TYPE_VISIT_TYPE, NULL);
  self->resource = g_object_ref (healthcare_service);
  self->specialties = dup_specialties (get_json (self));
  return self;
}

/* Returns: (transfer none): the HealthcareService */
FhirResource *
rcp_visit_type_get_resource (RcpVisitType *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), NULL);

  return self->resource;
}

/**
 * rcp_visit_type_get_id:
 * @self: a visit type
 *
 * Returns: the id of the HealthcareService
 */
const char *
rcp_visit_type_get_id (RcpVisitType *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), NULL);

  return fhir_resource_get_id (self->resource);
}

/**
 * rcp_visit_type_get_code:
 * @self: a visit type
 *
 * Returns: our code; of a server that knows none, its first code of the type, else the id
 */
const char *
rcp_visit_type_get_code (RcpVisitType *self)
{
  const char *code;

  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), NULL);

  code = rcp_elements_find_code (get_json (self), "type", RCP_SYSTEM_VISIT_TYPE);
  if (code == NULL)
    code = rcp_elements_find_code (get_json (self), "type", NULL);
  return code != NULL ? code : rcp_visit_type_get_id (self);
}

/**
 * rcp_visit_type_get_name:
 * @self: a visit type
 *
 * Returns: its name; never %NULL
 */
const char *
rcp_visit_type_get_name (RcpVisitType *self)
{
  const char *name;

  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), NULL);

  name = fhir_json_get_string (get_json (self), "name");
  if (name == NULL || *name == '\0')
    name = rcp_elements_find_text (get_json (self), "type");
  return name != NULL ? name : _("Visit");
}

/**
 * rcp_visit_type_get_duration:
 * @self: a visit type
 *
 * Returns: minutes that such a visit takes: 15 when the record does not say
 */
guint
rcp_visit_type_get_duration (RcpVisitType *self)
{
  JsonObject *extension;
  gint64 minutes;

  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), DEFAULT_DURATION);

  extension = fhir_json_get_extension (get_json (self), RCP_EXTENSION_DURATION);
  minutes = fhir_json_get_int (extension, "valueInteger", 0);
  return minutes > 0 && minutes <= MAX_DURATION ? (guint) minutes : DEFAULT_DURATION;
}

/**
 * rcp_visit_type_get_preparation:
 * @self: a visit type
 *
 * Returns: (nullable): what the patient has to do before the visit
 */
const char *
rcp_visit_type_get_preparation (RcpVisitType *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), NULL);

  return fhir_json_get_string (fhir_json_get_extension (get_json (self), RCP_EXTENSION_PREPARATION), "valueString");
}

/**
 * rcp_visit_type_get_specialties:
 * @self: a visit type
 *
 * Returns: (array zero-terminated=1): NUCC codes of the specialties that offer it; empty when all do
 */
const char *const *
rcp_visit_type_get_specialties (RcpVisitType *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), NULL);

  return (const char *const *) self->specialties;
}

/**
 * rcp_visit_type_get_needs:
 * @self: a visit type
 *
 * Returns: (nullable): what must be free beside the provider: %RCP_NEEDS_ROOM, or the code of a type of device
 */
const char *
rcp_visit_type_get_needs (RcpVisitType *self)
{
  JsonObject *extension;
  const char *code;

  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), NULL);

  extension = fhir_json_get_extension (get_json (self), RCP_EXTENSION_NEEDS);
  code = fhir_json_get_string (extension, "valueCode");
  return code != NULL ? code : fhir_json_get_string (extension, "valueCoding.code");
}

/**
 * rcp_visit_type_is_for_new_patients:
 * @self: a visit type
 *
 * Returns: whether only patients who were not here before are booked for it
 */
gboolean
rcp_visit_type_is_for_new_patients (RcpVisitType *self)
{
  JsonArray *eligibility;

  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), FALSE);

  eligibility = fhir_json_get_array (get_json (self), "eligibility");
  for (guint i = 0; i < rcp_elements_get_length (eligibility); i++)
    {
      JsonObject *code = fhir_json_get_object (rcp_elements_get_object (eligibility, i), "code");

      if (g_strcmp0 (rcp_elements_get_code (code, RCP_SYSTEM_ELIGIBILITY), "new-patients") == 0)
        return TRUE;
    }
  return FALSE;
}
