/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-rooms"

#include "rcp-rooms.h"

struct _RcpFreeRooms
{
  char *needs;
  GPtrArray *rooms; /* of RcpRoom */
  GPtrArray *free;  /* of GArray of RcpTimeRange, normalized, in the order of @rooms */
};

/**
 * rcp_rooms_get_needs:
 * @roster: what the clinic has
 * @visit_type: (nullable): code of a visit type
 *
 * Returns: (nullable): %RCP_NEEDS_ROOM, the code of a type of device, or %NULL when the provider is enough
 */
const char *
rcp_rooms_get_needs (RcpRoster *roster, const char *visit_type)
{
  RcpVisitType *type;

  g_return_val_if_fail (RCP_IS_ROSTER (roster), NULL);

  type = visit_type != NULL ? rcp_roster_find_visit_type (roster, visit_type) : NULL;
  return type != NULL ? rcp_visit_type_get_needs (type) : NULL;
}

/* A room without a site is the clinic's, wherever the provider works. */
static gboolean
is_within_reach (RcpRoom *room, RcpProvider *provider)
{
  RcpPlace *of_room = rcp_room_get_place (room);
  RcpPlace *of_provider = rcp_provider_get_place (provider);

  return of_room == NULL || of_provider == NULL
         || g_strcmp0 (rcp_place_get_id (of_room), rcp_place_get_id (of_provider)) == 0;
}

/**
 * rcp_rooms_list_fitting:
 * @roster: what the clinic has
 * @needs: a need
 * @provider: whose visit it is
 *
 * Returns: (transfer full) (element-type RcpRoom): what fits, by name; empty when the place has nothing of the kind
 */
GPtrArray *
rcp_rooms_list_fitting (RcpRoster *roster, const char *needs, RcpProvider *provider)
{
  GPtrArray *fitting = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *rooms;

  g_return_val_if_fail (RCP_IS_ROSTER (roster), fitting);
  g_return_val_if_fail (RCP_IS_PROVIDER (provider), fitting);

  rooms = rcp_roster_get_rooms (roster);
  for (guint i = 0; needs != NULL && i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (g_strcmp0 (rcp_room_get_kind (room), needs) == 0 && is_within_reach (room, provider))
        g_ptr_array_add (fitting, g_steal_pointer (&room));
    }
  return fitting;
}

/**
 * rcp_rooms_require:
 * @offer: a time with a provider
 * @roster: what the clinic has
 * @visit_type: (nullable): code of the visit type that is booked there
 *
 * Lets @offer take along what visits of the type need; nothing when they need nothing.
 */
void
rcp_rooms_require (RcpOffer *offer, RcpRoster *roster, const char *visit_type)
{
  const char *needs = rcp_rooms_get_needs (roster, visit_type);
  g_autoptr (GPtrArray) rooms = rcp_rooms_list_fitting (roster, needs, rcp_offer_get_provider (offer));

  rcp_offer_set_needs (offer, needs, rooms);
}

/**
 * rcp_rooms_list_kept:
 * @roster: what the clinic has
 * @visit: a visit that is moved
 * @provider: to whom
 *
 * Somebody gave the visit its room, though its type needs none; or the type needed one when it was booked. Where another
 * place is gone to, the room stays behind.
 *
 * Returns: (transfer full) (element-type RcpRoom): what comes along, all of it
 */
GPtrArray *
rcp_rooms_list_kept (RcpRoster *roster, RcpVisit *visit, RcpProvider *provider)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_object_unref);
  const char *needs;
  GListModel *rooms;

  g_return_val_if_fail (RCP_IS_ROSTER (roster), kept);
  g_return_val_if_fail (RCP_IS_VISIT (visit), kept);
  g_return_val_if_fail (RCP_IS_PROVIDER (provider), kept);

  needs = rcp_rooms_get_needs (roster, rcp_visit_get_type_code (visit));
  rooms = rcp_roster_get_rooms (roster);
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (g_strcmp0 (rcp_room_get_kind (room), needs) != 0 && rcp_room_is_used_by (room, visit) && is_within_reach (room, provider))
        g_ptr_array_add (kept, g_steal_pointer (&room));
    }
  return kept;
}

/**
 * rcp_rooms_bring:
 * @offer: where a visit is moved to
 * @roster: what the clinic has
 * @visit: the visit
 *
 * Lets @offer take along what visits of its type need, one of all that fit, and whatever room or device it has besides.
 */
void
rcp_rooms_bring (RcpOffer *offer, RcpRoster *roster, RcpVisit *visit)
{
  g_autoptr (GPtrArray) kept = rcp_rooms_list_kept (roster, visit, rcp_offer_get_provider (offer));

  rcp_rooms_require (offer, roster, rcp_visit_get_type_code (visit));
  rcp_offer_set_kept (offer, kept);
}

/**
 * rcp_free_rooms_new:
 * @needs: a need
 *
 * Returns: (transfer full): that nothing fits, so far
 */
RcpFreeRooms *
rcp_free_rooms_new (const char *needs)
{
  RcpFreeRooms *self = g_new0 (RcpFreeRooms, 1);

  self->needs = g_strdup (needs);
  self->rooms = g_ptr_array_new_with_free_func (g_object_unref);
  self->free = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  return self;
}

void
rcp_free_rooms_free (RcpFreeRooms *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rooms);
  g_ptr_array_unref (self->free);
  g_free (self->needs);
  g_free (self);
}

void
rcp_free_rooms_add (RcpFreeRooms *self, RcpRoom *room, GArray *slots, const char *const *own_slot_ids)
{
  GArray *free = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  for (guint i = 0; slots != NULL && i < slots->len; i++)
    {
      const RcpSlot *slot = &g_array_index (slots, RcpSlot, i);

      if (slot->status == RCP_SLOT_FREE || (own_slot_ids != NULL && g_strv_contains (own_slot_ids, slot->id)))
        g_array_append_val (free, slot->range);
    }
  rcp_time_ranges_normalize (free);
  g_ptr_array_add (self->rooms, g_object_ref (room));
  g_ptr_array_add (self->free, free);
}

void
rcp_free_rooms_add_own_time (RcpFreeRooms *self, RcpRoom *room, RcpTimeRange range)
{
  guint index;

  if (!g_ptr_array_find (self->rooms, room, &index))
    return;
  g_array_append_val ((GArray *)self->free->pdata[index], range);
  rcp_time_ranges_normalize (self->free->pdata[index]);
}

static gboolean
is_free (GArray *free, RcpTimeRange range)
{
  guint index = rcp_time_ranges_find (free, range.start);

  return index < free->len && rcp_time_range_contains (g_array_index (free, RcpTimeRange, index), range);
}

gboolean
rcp_free_rooms_has (RcpFreeRooms *self, RcpTimeRange range)
{
  for (guint i = 0; i < self->free->len; i++)
    if (is_free (self->free->pdata[i], range))
      return TRUE;
  return FALSE;
}

static void
add_in_state (RcpFreeRooms *self, RcpTimeRange range, gboolean free, GPtrArray *order)
{
  for (guint i = 0; i < self->rooms->len; i++)
    if (is_free (self->free->pdata[i], range) == free)
      g_ptr_array_add (order, self->rooms->pdata[i]);
}

void
rcp_free_rooms_give (RcpFreeRooms *self, RcpOffer *offer)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  RcpTimeRange range = rcp_offer_get_range (offer);

  add_in_state (self, range, TRUE, order);
  add_in_state (self, range, FALSE, order);
  rcp_offer_set_needs (offer, self->needs, order);
}

void
rcp_free_rooms_give_free (RcpFreeRooms *self, RcpOffer *offer)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  add_in_state (self, rcp_offer_get_range (offer), TRUE, order);
  rcp_offer_set_needs (offer, self->needs, order);
}
