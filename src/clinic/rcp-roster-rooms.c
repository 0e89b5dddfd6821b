/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-roster-private.h"

/* Rooms and devices of a roster, its grain, and what it was made of. */

/**
 * rcp_roster_get_rooms:
 * @self: a roster
 *
 * Returns: (transfer none) (element-type RcpRoom): rooms and devices in use that can be booked, by name
 */
GListModel *
rcp_roster_get_rooms (RcpRoster *self)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  return G_LIST_MODEL (self->rooms);
}

/**
 * rcp_roster_find_room:
 * @self: a roster
 * @reference: (nullable): "Location/3" or "Device/4"
 *
 * Returns: (transfer none) (nullable): that room or device
 */
RcpRoom *
rcp_roster_find_room (RcpRoster *self, const char *reference)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  for (guint i = 0; reference != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->rooms)); i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (G_LIST_MODEL (self->rooms), i);

      if (g_strcmp0 (rcp_room_get_reference (room), reference) == 0)
        return room;
    }
  return NULL;
}

/**
 * rcp_roster_get_grain:
 * @self: a roster
 *
 * Returns: minutes of a slot, chosen when the clinic was founded
 */
guint
rcp_roster_get_grain (RcpRoster *self)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), 0);

  return self->grain;
}

/**
 * rcp_roster_is_room_needed:
 * @self: a roster
 * @room: a room or device
 *
 * Returns: whether a visit type in use asks for one like it
 */
gboolean
rcp_roster_is_room_needed (RcpRoster *self, RcpRoom *room)
{
  g_return_val_if_fail (RCP_IS_ROSTER (self), FALSE);
  g_return_val_if_fail (RCP_IS_ROOM (room), FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->visit_types)); i++)
    {
      g_autoptr (RcpVisitType) visit_type = g_list_model_get_item (G_LIST_MODEL (self->visit_types), i);

      if (g_strcmp0 (rcp_visit_type_get_needs (visit_type), rcp_room_get_kind (room)) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * rcp_roster_lookup_resource:
 * @self: a roster
 * @reference: (nullable): "Practitioner/3", in any form
 *
 * Returns: (transfer none) (nullable): that resource, as it was when the roster was read
 */
FhirResource *
rcp_roster_lookup_resource (RcpRoster *self, const char *reference)
{
  g_autofree char *relative = NULL;

  g_return_val_if_fail (RCP_IS_ROSTER (self), NULL);

  relative = reference != NULL ? fhir_reference_dup_relative (reference) : NULL;
  return relative != NULL ? g_hash_table_lookup (self->resources, relative) : NULL;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (fhir_resource_get_id (*(FhirResource **) a), fhir_resource_get_id (*(FhirResource **) b));
}

/**
 * rcp_roster_list_resources:
 * @self: a roster
 * @type: a resource type
 *
 * Returns: (transfer container) (element-type FhirResource): those that were read, in use or not, by id
 */
GPtrArray *
rcp_roster_list_resources (RcpRoster *self, const char *type)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer resource;

  g_return_val_if_fail (RCP_IS_ROSTER (self), list);

  g_hash_table_iter_init (&iter, self->resources);
  while (g_hash_table_iter_next (&iter, NULL, &resource))
    if (g_strcmp0 (fhir_resource_get_resource_type (resource), type) == 0)
      g_ptr_array_add (list, resource);
  g_ptr_array_sort (list, compare_ids);
  return list;
}
