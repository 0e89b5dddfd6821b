/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-values.h"

#include <glib/gi18n.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

struct _RcpRoom
{
  GObject parent_instance;

  FhirResource *schedule;
  FhirResource *actor;
  RcpPlace *place;
  GTimeZone *zone;
};

G_DEFINE_FINAL_TYPE (RcpRoom, rcp_room, G_TYPE_OBJECT)

enum
{
  PROP_SCHEDULE_ID = 1,
  PROP_REFERENCE,
  PROP_NAME,
  PROP_KIND,
  N_PROPS
};

static const char *
get_string (RcpRoom *self, guint id)
{
  switch (id)
    {
    case PROP_SCHEDULE_ID:
      return rcp_room_get_schedule_id (self);
    case PROP_REFERENCE:
      return rcp_room_get_reference (self);
    case PROP_NAME:
      return rcp_room_get_name (self);
    default:
      return rcp_room_get_kind (self);
    }
}

static void
rcp_room_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id < N_PROPS)
    g_value_set_string (value, get_string (RCP_ROOM (object), id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rcp_room_finalize (GObject *object)
{
  RcpRoom *self = RCP_ROOM (object);

  g_clear_object (&self->schedule);
  g_clear_object (&self->actor);
  g_clear_object (&self->place);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (rcp_room_parent_class)->finalize (object);
}

static void
rcp_room_class_init (RcpRoomClass *klass)
{
  static const char *const names[] = { NULL, "schedule-id", "reference", "name", "kind" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_room_get_property;
  object_class->finalize = rcp_room_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    g_object_class_install_property (object_class, i,
                                     g_param_spec_string (names[i], NULL, NULL, NULL,
                                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
rcp_room_init (RcpRoom *self)
{
}

/**
 * rcp_room_is_one:
 * @resource: (nullable): a resource
 *
 * Returns: whether it is a Location that is a room, or a Device
 */
gboolean
rcp_room_is_one (FhirResource *resource)
{
  const char *type = resource != NULL ? fhir_resource_get_resource_type (resource) : NULL;
  JsonObject *physical_type;

  if (g_strcmp0 (type, "Device") == 0)
    return TRUE;
  if (g_strcmp0 (type, "Location") != 0)
    return FALSE;
  physical_type = fhir_json_get_object (fhir_resource_get_json (resource), "physicalType");
  return g_strcmp0 (rcp_elements_get_code (physical_type, RCP_SYSTEM_PHYSICAL_TYPE), "ro") == 0;
}

/**
 * rcp_room_new:
 * @schedule: a Schedule
 * @actor: the Location or Device for which it is
 * @place: (nullable): the site where it is
 *
 * Returns: (transfer full): what a desk knows of it
 */
RcpRoom *
rcp_room_new (FhirResource *schedule, FhirResource *actor, RcpPlace *place)
{
  RcpRoom *self;

  g_return_val_if_fail (FHIR_IS_RESOURCE (schedule), NULL);
  g_return_val_if_fail (FHIR_IS_RESOURCE (actor), NULL);
  g_return_val_if_fail (place == NULL || RCP_IS_PLACE (place), NULL);

  self = g_object_new (RCP_TYPE_ROOM, NULL);
  self->schedule = g_object_ref (schedule);
  self->actor = g_object_ref (actor);
  g_set_object (&self->place, place);
  if (place != NULL)
    self->zone = g_time_zone_ref (rcp_place_get_zone (place));
  else
    self->zone = rcp_elements_dup_zone (fhir_resource_get_json (actor));
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();
  return self;
}

/**
 * rcp_room_get_schedule_id:
 * @self: a room or device
 *
 * Returns: the id of its Schedule
 */
const char *
rcp_room_get_schedule_id (RcpRoom *self)
{
  g_return_val_if_fail (RCP_IS_ROOM (self), NULL);

  return fhir_resource_get_id (self->schedule);
}

/**
 * rcp_room_get_reference:
 * @self: a room or device
 *
 * Returns: "Location/3" or "Device/4"
 */
const char *
rcp_room_get_reference (RcpRoom *self)
{
  g_return_val_if_fail (RCP_IS_ROOM (self), NULL);

  return fhir_resource_get_reference (self->actor);
}

/**
 * rcp_room_get_name:
 * @self: a room or device
 *
 * Returns: its name; never %NULL
 */
const char *
rcp_room_get_name (RcpRoom *self)
{
  JsonObject *json;
  const char *name;

  g_return_val_if_fail (RCP_IS_ROOM (self), NULL);

  json = fhir_resource_get_json (self->actor);
  name = fhir_json_get_string (json, "name");
  if (name == NULL)
    name = fhir_json_get_string (json, "deviceName.0.name");
  if (name == NULL)
    name = rcp_elements_get_concept_text (fhir_json_get_object (json, "type"));
  return name != NULL && *name != '\0' ? name : _("Room without a name");
}

/**
 * rcp_room_get_kind:
 * @self: a room or device
 *
 * Returns: what visit types need it by: %RCP_NEEDS_ROOM, or the code of the type of the device; never %NULL
 */
const char *
rcp_room_get_kind (RcpRoom *self)
{
  JsonObject *type;
  const char *code;

  g_return_val_if_fail (RCP_IS_ROOM (self), NULL);

  if (g_strcmp0 (fhir_resource_get_resource_type (self->actor), "Device") != 0)
    return RCP_NEEDS_ROOM;
  type = fhir_json_get_object (fhir_resource_get_json (self->actor), "type");
  code = rcp_elements_get_code (type, RCP_SYSTEM_DEVICE_TYPE);
  if (code == NULL)
    code = rcp_elements_get_code (type, NULL);
  return code != NULL ? code : "device";
}

/**
 * rcp_room_get_place:
 * @self: a room or device
 *
 * Returns: (transfer none) (nullable): the site
 */
RcpPlace *
rcp_room_get_place (RcpRoom *self)
{
  g_return_val_if_fail (RCP_IS_ROOM (self), NULL);

  return self->place;
}

/**
 * rcp_room_get_zone:
 * @self: a room or device
 *
 * Returns: (transfer none): the zone of the site
 */
GTimeZone *
rcp_room_get_zone (RcpRoom *self)
{
  g_return_val_if_fail (RCP_IS_ROOM (self), NULL);

  return self->zone;
}

/**
 * rcp_room_is_used_by:
 * @self: a room or device
 * @visit: a visit
 *
 * Returns: whether the room is a participant of the visit that did not decline
 */
gboolean
rcp_room_is_used_by (RcpRoom *self, RcpVisit *visit)
{
  JsonArray *participants;

  g_return_val_if_fail (RCP_IS_ROOM (self), FALSE);
  g_return_val_if_fail (RCP_IS_VISIT (visit), FALSE);

  participants = fhir_json_get_array (fhir_resource_get_json (rcp_visit_get_resource (visit)), "participant");
  for (guint i = 0; i < rcp_elements_get_length (participants); i++)
    {
      JsonObject *participant = rcp_elements_get_object (participants, i);
      JsonObject *actor = participant != NULL ? fhir_json_get_object (participant, "actor") : NULL;

      if (actor != NULL && g_strcmp0 (fhir_json_get_string (actor, "reference"), rcp_room_get_reference (self)) == 0 &&
          g_strcmp0 (fhir_json_get_string (participant, "status"), "declined") != 0)
        return TRUE;
    }
  return FALSE;
}
