/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-take"

#include "rcp-visit-change.h"

#include "clinic/rcp-codes.h"
#include "rcp-kept-time.h"

#define MOST_TURNS 16

/* What a change is made of: the visit as it shall be, and the time that it takes. */

RcpVisitChange *
rcp_visit_change_new (FhirClient *client, RcpClock *clock, RcpDeed deed, RcpVisit *visit, JsonObject *asked)
{
  RcpVisitChange *self = g_new0 (RcpVisitChange, 1);

  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->deed = deed;
  self->visit = visit != NULL ? g_object_ref (rcp_visit_get_whole (visit)) : NULL;
  self->asked = asked;
  self->booking_id = g_strdup (fhir_json_get_identifier (asked, RCP_SYSTEM_BOOKING));
  self->slots = g_ptr_array_new_with_free_func (g_object_unref);
  self->notices = g_ptr_array_new_with_free_func (g_object_unref);
  self->made_encounters = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  self->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->after = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_object_unref);
  return self;
}

void
rcp_visit_change_free (RcpVisitChange *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->visit);
  g_clear_object (&self->offer);
  g_clear_object (&self->busy_times);
  g_clear_object (&self->room);
  g_clear_object (&self->patient);
  g_clear_object (&self->restored);
  g_clear_object (&self->closes);
  g_clear_object (&self->reopens);
  g_clear_object (&self->entry);
  g_clear_object (&self->turn);
  g_clear_object (&self->capabilities);
  g_clear_object (&self->encounters);
  g_clear_pointer (&self->asked, json_object_unref);
  g_clear_pointer (&self->made_encounters, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->plan, rcp_commit_plan_free);
  g_clear_pointer (&self->rooms, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_hash_table_unref);
  g_clear_pointer (&self->after, g_hash_table_unref);
  g_strfreev (self->take);
  g_strfreev (self->revive);
  g_strfreev (self->revoked);
  g_free (self->booking_id);
  g_free (self->practitioner_id);
  g_free (self->provider_name);
  g_free (self->overbook);
  g_free (self->room_id);
  g_free (self->room_name);
  g_free (self->person_id);
  g_free (self->steps);
  g_free (self->reason);
  g_free (self->desk);
  g_free (self);
}

static void
take_slots_of_offer (RcpVisitChange *self)
{
  guint n_slots;
  const RcpSlot *slots = rcp_offer_get_slots (self->offer, &n_slots);

  g_strfreev (self->take);
  self->take = g_new0 (char *, n_slots + 1);
  for (guint i = 0; i < n_slots; i++)
    self->take[i] = g_strdup (slots[i].id);
}

/* Nothing is so steady as the room where the visit is already. */
static void
prefer_own_room (RcpVisitChange *self)
{
  for (guint i = 1; self->visit != NULL && i < self->rooms->len; i++)
    if (rcp_room_is_used_by (self->rooms->pdata[i], self->visit))
      g_ptr_array_insert (self->rooms, 0, g_ptr_array_steal_index (self->rooms, i));
}

static GPtrArray *
copy_rooms (GPtrArray *rooms)
{
  GPtrArray *copy = g_ptr_array_copy (rooms, (GCopyFunc)(void *)g_object_ref, NULL);

  g_ptr_array_set_free_func (copy, g_object_unref);
  return copy;
}

static void
keep_rooms (RcpVisitChange *self)
{
  GPtrArray *kept = rcp_offer_get_kept (self->offer);

  if (kept->len == 0)
    return;
  self->kept = copy_rooms (kept);
  for (guint i = 0; i < kept->len; i++)
    rcp_visit_json_add_room (self->asked, kept->pdata[i]);
}

RcpRoom *
rcp_visit_change_find_shared_room (RcpVisitChange *self, RcpVisit *visit)
{
  if (self->room != NULL && rcp_room_is_used_by (self->room, visit))
    return self->room;
  for (guint i = 0; self->kept != NULL && i < self->kept->len; i++)
    if (rcp_room_is_used_by (self->kept->pdata[i], visit))
      return self->kept->pdata[i];
  return NULL;
}

void
rcp_visit_change_take_offer (RcpVisitChange *self, RcpOffer *offer)
{
  RcpProvider *provider = rcp_offer_get_provider (offer);

  self->offer = g_object_ref (offer);
  self->range = rcp_offer_get_range (offer);
  self->zone = g_time_zone_ref (rcp_provider_get_zone (provider));
  self->practitioner_id = g_strdup (rcp_provider_get_practitioner_id (provider));
  self->provider_name = g_strdup (rcp_provider_get_name (provider));
  self->notifies = TRUE;
  take_slots_of_offer (self);
  keep_rooms (self);
  if (rcp_offer_get_needs (offer) == NULL)
    return;
  self->rooms = copy_rooms (rcp_offer_get_rooms (offer));
  prefer_own_room (self);
}

void
rcp_visit_change_take_back (RcpVisitChange *self, RcpVisit *visit, RcpProvider *provider)
{
  self->range = rcp_visit_get_range (visit);
  self->zone = provider != NULL ? g_time_zone_ref (rcp_provider_get_zone (provider)) : g_time_zone_new_local ();
  self->practitioner_id = g_strdup (rcp_visit_get_practitioner_id (visit));
  self->provider_name = provider != NULL ? g_strdup (rcp_provider_get_name (provider)) : NULL;
  self->take = g_strdupv ((char **)rcp_visit_get_slot_ids (visit));
}

void
rcp_visit_change_put_beside (RcpVisitChange *self, const char *reason)
{
  self->overbook = reason != NULL ? g_strstrip (g_strdup (reason)) : NULL;
  rcp_visit_json_set_overbooked (self->asked, self->overbook);
}

gboolean
rcp_visit_change_check_calendar (RcpVisitChange *self, GError **error)
{
  if (self->offer == NULL || self->overbook != NULL)
    return TRUE;
  return rcp_kept_time_check (self->busy_times, rcp_offer_get_provider (self->offer), self->range, self->deed, error);
}

static gboolean
has_another_room (RcpVisitChange *self)
{
  return self->room != NULL && self->n_rooms_tried + 1 < self->rooms->len;
}

/* Each time that it is missed, another desk had it: so many desks do not overbook one column in one second. */
static gboolean
has_another_turn (RcpVisitChange *self)
{
  return self->turn != NULL && self->n_turns_missed + 1 < MOST_TURNS;
}

gboolean
rcp_visit_change_may_start_over (RcpVisitChange *self)
{
  return has_another_room (self) || has_another_turn (self);
}

gboolean
rcp_visit_change_start_over (RcpVisitChange *self)
{
  gboolean has_another = rcp_visit_change_may_start_over (self);

  if (has_another_turn (self))
    self->n_turns_missed++;
  else if (self->room != NULL)
    self->n_rooms_tried++;
  g_clear_object (&self->turn);
  if (self->room != NULL)
    rcp_visit_json_drop_room (self->asked, self->room);
  g_clear_object (&self->room);
  g_clear_object (&self->encounters);
  g_clear_object (&self->entry);
  g_clear_pointer (&self->plan, rcp_commit_plan_free);
  g_ptr_array_set_size (self->made_encounters, 0);
  g_clear_pointer (&self->revoked, g_strfreev);
  g_ptr_array_set_size (self->slots, 0);
  g_ptr_array_set_size (self->notices, 0);
  g_hash_table_remove_all (self->before);
  g_hash_table_remove_all (self->after);
  if (self->offer != NULL)
    take_slots_of_offer (self);
  return has_another;
}
