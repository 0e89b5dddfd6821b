/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-values.h"

#include <glib/gi18n.h>

#include "clinic/rcp-available-time.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "clinic/rcp-language.h"
#include "clinic/rcp-provider-limits.h"
#include "clinic/rcp-specialty.h"

/**
 * RcpProvider:
 *
 * A provider at one place, with one Schedule.
 */
struct _RcpProvider
{
  GObject parent_instance;

  FhirResource *schedule;
  FhirResource *role;
  char *practitioner_id;
  char *name;
  char *short_name;
  const char *specialty; /* borrowed of @role or @schedule */
  const char *specialty_name;
  RcpPlace *place;
  GTimeZone *zone;
  RcpWeeklyHours *hours;
  GStrv languages;
  RcpGender gender;
};

G_DEFINE_FINAL_TYPE (RcpProvider, rcp_provider, G_TYPE_OBJECT)

enum
{
  PROP_SCHEDULE_ID = 1,
  PROP_ROLE_ID,
  PROP_PRACTITIONER_ID,
  PROP_NAME,
  PROP_SPECIALTY,
  PROP_SPECIALTY_NAME,
  N_PROPS
};

static const char *
get_string (RcpProvider *self, guint id)
{
  switch (id)
    {
    case PROP_SCHEDULE_ID:
      return rcp_provider_get_schedule_id (self);
    case PROP_ROLE_ID:
      return rcp_provider_get_role_id (self);
    case PROP_PRACTITIONER_ID:
      return rcp_provider_get_practitioner_id (self);
    case PROP_NAME:
      return rcp_provider_get_name (self);
    case PROP_SPECIALTY:
      return rcp_provider_get_specialty (self);
    default:
      return rcp_provider_get_specialty_name (self);
    }
}

static void
rcp_provider_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id < N_PROPS)
    g_value_set_string (value, get_string (RCP_PROVIDER (object), id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rcp_provider_finalize (GObject *object)
{
  RcpProvider *self = RCP_PROVIDER (object);

  g_clear_object (&self->schedule);
  g_clear_object (&self->role);
  g_clear_object (&self->place);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->hours, rcp_weekly_hours_free);
  g_strfreev (self->languages);
  g_free (self->practitioner_id);
  g_free (self->name);
  g_free (self->short_name);
  G_OBJECT_CLASS (rcp_provider_parent_class)->finalize (object);
}

static void
rcp_provider_class_init (RcpProviderClass *klass)
{
  static const char *const names[] = { NULL, "schedule-id", "role-id", "practitioner-id", "name", "specialty", "specialty-name" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_provider_get_property;
  object_class->finalize = rcp_provider_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    g_object_class_install_property (object_class, i,
                                     g_param_spec_string (names[i], NULL, NULL, NULL,
                                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
rcp_provider_init (RcpProvider *self)
{
}

static JsonObject *
get_json (FhirResource *resource)
{
  return resource != NULL ? fhir_resource_get_json (resource) : NULL;
}

/* The actor of the Schedule that is a @type, or any of them for NULL. */
static JsonObject *
find_actor (FhirResource *schedule, const char *type)
{
  JsonArray *actors = fhir_json_get_array (get_json (schedule), "actor");

  for (guint i = 0; i < rcp_elements_get_length (actors); i++)
    {
      JsonObject *actor = rcp_elements_get_object (actors, i);
      g_autofree char *id = type != NULL ? fhir_reference_dup_id (fhir_json_get_string (actor, "reference"), type) : NULL;

      if (actor != NULL && (type == NULL || id != NULL))
        return actor;
    }

  return NULL;
}

static void
set_person (RcpProvider *self, FhirResource *practitioner)
{
  JsonObject *actor = find_actor (self->schedule, "Practitioner");
  const char *display = fhir_json_get_string (get_json (self->role), "practitioner.display");

  if (practitioner != NULL)
    self->practitioner_id = g_strdup (fhir_resource_get_id (practitioner));
  if (self->practitioner_id == NULL)
    self->practitioner_id = fhir_reference_dup_id (fhir_json_get_string (get_json (self->role), "practitioner.reference"),
                                                   "Practitioner");
  if (self->practitioner_id == NULL)
    self->practitioner_id = fhir_reference_dup_id (fhir_json_get_string (actor, "reference"), "Practitioner");

  self->name = rcp_elements_format_name (rcp_elements_choose_name (get_json (practitioner)), TRUE);
  self->short_name = rcp_elements_format_short_name (rcp_elements_choose_name (get_json (practitioner)));
  if (display == NULL)
    display = fhir_json_get_string (actor != NULL ? actor : find_actor (self->schedule, NULL), "display");
  if (self->name == NULL)
    self->name = g_strdup (display != NULL && *display != '\0' ? display : _("Name unknown"));
}

static void
set_specialty (RcpProvider *self)
{
  self->specialty = rcp_elements_find_code (get_json (self->role), "specialty", RCP_SYSTEM_SPECIALTY);
  if (self->specialty == NULL)
    self->specialty = rcp_elements_find_code (get_json (self->schedule), "specialty", RCP_SYSTEM_SPECIALTY);

  self->specialty_name = rcp_specialty_get_name (self->specialty);
  if (self->specialty_name == NULL)
    self->specialty_name = rcp_elements_find_text (get_json (self->role), "specialty");
  if (self->specialty_name == NULL)
    self->specialty_name = rcp_elements_find_text (get_json (self->schedule), "specialty");
}

static GStrv
dup_languages (FhirResource *practitioner)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  JsonArray *languages = fhir_json_get_array (get_json (practitioner), "communication");

  for (guint i = 0; i < rcp_elements_get_length (languages); i++)
    {
      const char *code = rcp_elements_get_code (rcp_elements_get_object (languages, i), NULL);

      if (code != NULL)
        g_strv_builder_add (codes, code);
    }

  return g_strv_builder_end (codes);
}

/**
 * rcp_provider_new:
 * @schedule: a Schedule
 * @role: (nullable): the PractitionerRole for which it is
 * @practitioner: (nullable): the Practitioner for whom it is
 * @place: (nullable): where
 *
 * Returns: (transfer full): a column of the board
 */
RcpProvider *
rcp_provider_new (FhirResource *schedule, FhirResource *role, FhirResource *practitioner, RcpPlace *place)
{
  RcpProvider *self;

  g_return_val_if_fail (FHIR_IS_RESOURCE (schedule), NULL);
  g_return_val_if_fail (role == NULL || FHIR_IS_RESOURCE (role), NULL);
  g_return_val_if_fail (practitioner == NULL || FHIR_IS_RESOURCE (practitioner), NULL);
  g_return_val_if_fail (place == NULL || RCP_IS_PLACE (place), NULL);

  self = g_object_new (RCP_TYPE_PROVIDER, NULL);
  g_set_object (&self->schedule, schedule);
  g_set_object (&self->role, role);
  g_set_object (&self->place, place);
  set_person (self, practitioner);
  set_specialty (self);
  self->languages = dup_languages (practitioner);
  self->gender = rcp_gender_from_code (fhir_json_get_string (get_json (practitioner), "gender"));

  if (place != NULL)
    self->zone = g_time_zone_ref (rcp_place_get_zone (place));
  else
    self->zone = rcp_elements_dup_zone (get_json (practitioner));
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();
  self->hours = rcp_available_time_read (get_json (role), self->zone);
  /* Where the place is closed nobody works. */
  for (guint i = 0; place != NULL && i < rcp_place_get_closed (place)->len; i++)
    rcp_weekly_hours_add_leave (self->hours, g_array_index (rcp_place_get_closed (place), RcpTimeRange, i));
  return self;
}

/**
 * rcp_provider_get_schedule_id:
 * @self: a provider
 *
 * Returns: the id of the Schedule: the identity of the column
 */
const char *
rcp_provider_get_schedule_id (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return fhir_resource_get_id (self->schedule);
}

/**
 * rcp_provider_get_role_id:
 * @self: a provider
 *
 * Returns: (nullable): the id of the PractitionerRole
 */
const char *
rcp_provider_get_role_id (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return self->role != NULL ? fhir_resource_get_id (self->role) : NULL;
}

/**
 * rcp_provider_get_role:
 * @self: a provider
 *
 * Returns: (transfer none) (nullable): the PractitionerRole
 */
FhirResource *
rcp_provider_get_role (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return self->role;
}

/**
 * rcp_provider_get_practitioner_id:
 * @self: a provider
 *
 * Returns: (nullable): the id of the Practitioner
 */
const char *
rcp_provider_get_practitioner_id (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return self->practitioner_id;
}

/**
 * rcp_provider_get_name:
 * @self: a provider
 *
 * Returns: "Dr. Ana Ruiz"; never %NULL
 */
const char *
rcp_provider_get_name (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return self->name;
}

/**
 * rcp_provider_get_short_name:
 * @self: a provider
 *
 * Returns: "Dr. A. Ruiz", for where the name has no room; never %NULL
 */
const char *
rcp_provider_get_short_name (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return self->short_name != NULL ? self->short_name : self->name;
}

/**
 * rcp_provider_get_specialty:
 * @self: a provider
 *
 * Returns: (nullable): NUCC code
 */
const char *
rcp_provider_get_specialty (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return self->specialty;
}

/**
 * rcp_provider_get_specialty_name:
 * @self: a provider
 *
 * Returns: (nullable): the specialty for people, translated where it is one of ours
 */
const char *
rcp_provider_get_specialty_name (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return self->specialty_name;
}

/**
 * rcp_provider_get_place:
 * @self: a provider
 *
 * Returns: (transfer none) (nullable): where the provider works
 */
RcpPlace *
rcp_provider_get_place (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return self->place;
}

/**
 * rcp_provider_get_zone:
 * @self: a provider
 *
 * Returns: (transfer none): the zone of the place
 */
GTimeZone *
rcp_provider_get_zone (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return self->zone;
}

/**
 * rcp_provider_get_hours:
 * @self: a provider
 *
 * Returns: (transfer none): usual hours and leave; never open when the record does not say
 */
const RcpWeeklyHours *
rcp_provider_get_hours (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return self->hours;
}

/**
 * rcp_provider_get_languages:
 * @self: a provider
 *
 * Returns: (array zero-terminated=1): codes of the languages that the provider speaks
 */
const char *const *
rcp_provider_get_languages (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), NULL);

  return (const char *const *) self->languages;
}

/**
 * rcp_provider_speaks:
 * @self: a provider
 * @language: BCP 47
 *
 * Returns: whether the record says so; "es-MX" and "es" are one language here: a desk books Spanish
 */
gboolean
rcp_provider_speaks (RcpProvider *self, const char *language)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (language != NULL, FALSE);

  for (guint i = 0; self->languages[i] != NULL; i++)
    if (rcp_language_is_same (self->languages[i], language))
      return TRUE;
  return FALSE;
}

RcpGender
rcp_provider_get_gender (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), RCP_GENDER_ANY);

  return self->gender;
}

int
rcp_provider_get_overbook_limit (RcpProvider *self)
{
  g_return_val_if_fail (RCP_IS_PROVIDER (self), -1);

  return (int) fhir_json_get_int (fhir_json_get_extension (get_json (self->schedule), RCP_EXTENSION_OVERBOOK), "valueInteger", -1);
}
