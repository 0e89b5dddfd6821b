/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-values.h"

#include <glib/gi18n.h>

#include "clinic/rcp-available-time.h"
#include "clinic/rcp-elements.h"

/**
 * RcpPlace:
 *
 * A Location where patients are seen.
 */
struct _RcpPlace
{
  GObject parent_instance;

  FhirResource *resource;
  char *address;
  GTimeZone *zone;
  GArray *closed; /* of RcpTimeRange */
};

G_DEFINE_FINAL_TYPE (RcpPlace, rcp_place, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_ADDRESS,
  N_PROPS
};

static const char *
get_string (RcpPlace *self, guint id)
{
  switch (id)
    {
    case PROP_ID:
      return rcp_place_get_id (self);
    case PROP_NAME:
      return rcp_place_get_name (self);
    default:
      return rcp_place_get_address (self);
    }
}

static void
rcp_place_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id < N_PROPS)
    g_value_set_string (value, get_string (RCP_PLACE (object), id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rcp_place_finalize (GObject *object)
{
  RcpPlace *self = RCP_PLACE (object);

  g_clear_object (&self->resource);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->closed, g_array_unref);
  g_free (self->address);
  G_OBJECT_CLASS (rcp_place_parent_class)->finalize (object);
}

static void
rcp_place_class_init (RcpPlaceClass *klass)
{
  static const char *const names[] = { NULL, "id", "name", "address" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_place_get_property;
  object_class->finalize = rcp_place_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    g_object_class_install_property (object_class, i,
                                     g_param_spec_string (names[i], NULL, NULL, NULL,
                                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
rcp_place_init (RcpPlace *self)
{
}

/**
 * rcp_place_new:
 * @location: a Location
 *
 * Returns: (transfer full): what a desk knows of it
 */
RcpPlace *
rcp_place_new (FhirResource *location)
{
  RcpPlace *self;
  JsonObject *json;

  g_return_val_if_fail (FHIR_IS_RESOURCE (location), NULL);

  self = g_object_new (RCP_TYPE_PLACE, NULL);
  self->resource = g_object_ref (location);
  json = fhir_resource_get_json (location);
  self->address = rcp_elements_format_address (json);
  self->zone = rcp_elements_dup_zone (json);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();
  self->closed = rcp_available_time_read_closed (json, self->zone);
  return self;
}

/**
 * rcp_place_get_id:
 * @self: a place
 *
 * Returns: the id of the Location
 */
const char *
rcp_place_get_id (RcpPlace *self)
{
  g_return_val_if_fail (RCP_IS_PLACE (self), NULL);

  return fhir_resource_get_id (self->resource);
}

/**
 * rcp_place_get_name:
 * @self: a place
 *
 * Returns: its name, else its address, never %NULL
 */
const char *
rcp_place_get_name (RcpPlace *self)
{
  const char *name;

  g_return_val_if_fail (RCP_IS_PLACE (self), NULL);

  name = fhir_json_get_string (fhir_resource_get_json (self->resource), "name");
  if (name != NULL && *name != '\0')
    return name;
  return self->address != NULL ? self->address : _("Place without a name");
}

/**
 * rcp_place_get_address:
 * @self: a place
 *
 * Returns: (nullable): the address in one line
 */
const char *
rcp_place_get_address (RcpPlace *self)
{
  g_return_val_if_fail (RCP_IS_PLACE (self), NULL);

  return self->address;
}

/**
 * rcp_place_get_zone:
 * @self: a place
 *
 * Returns: (transfer none): the zone of its clocks; the local one when the record does not say
 */
GTimeZone *
rcp_place_get_zone (RcpPlace *self)
{
  g_return_val_if_fail (RCP_IS_PLACE (self), NULL);

  return self->zone;
}

/**
 * rcp_place_get_closed:
 * @self: a place
 *
 * Returns: (transfer none) (element-type RcpTimeRange): holidays and other days on which nobody works there
 */
GArray *
rcp_place_get_closed (RcpPlace *self)
{
  g_return_val_if_fail (RCP_IS_PLACE (self), NULL);

  return self->closed;
}
