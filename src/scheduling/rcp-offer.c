/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-offer"

#include "rcp-wish.h"

struct _RcpOffer
{
  GObject parent_instance;

  RcpProvider *provider;
  RcpTimeRange range;
  GArray *slots;
  gboolean meets_wish;
  char *needs;
  GPtrArray *rooms; /* of RcpRoom */
  GPtrArray *kept;  /* of RcpRoom */
  RcpOffer *next;
};

G_DEFINE_FINAL_TYPE (RcpOffer, rcp_offer, G_TYPE_OBJECT)

static void
rcp_offer_finalize (GObject *object)
{
  RcpOffer *self = RCP_OFFER (object);

  g_clear_object (&self->provider);
  g_clear_object (&self->next);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->rooms, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_free (self->needs);
  G_OBJECT_CLASS (rcp_offer_parent_class)->finalize (object);
}

static void
rcp_offer_class_init (RcpOfferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_offer_finalize;
}

static void
rcp_offer_init (RcpOffer *self)
{
  self->meets_wish = TRUE;
  self->rooms = g_ptr_array_new_with_free_func (g_object_unref);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->slots = g_array_new (FALSE, FALSE, sizeof (RcpSlot));
  g_array_set_clear_func (self->slots, (GDestroyNotify)rcp_slot_clear);
}

/**
 * rcp_offer_new:
 * @provider: whose schedule
 * @slots: (array length=n_slots): consecutive slots, earliest first; copied
 * @n_slots: at least one
 *
 * Returns: (transfer full): an offer that meets the wish until told otherwise
 */
RcpOffer *
rcp_offer_new (RcpProvider *provider, const RcpSlot *slots, guint n_slots)
{
  g_return_val_if_fail (slots != NULL && n_slots > 0, NULL);

  return rcp_offer_new_for_range (provider, (RcpTimeRange){ slots[0].range.start, slots[n_slots - 1].range.end }, slots,
                                  n_slots);
}

/**
 * rcp_offer_new_for_range:
 * @provider: whose schedule
 * @range: when
 * @slots: (array length=n_slots) (nullable): the slots that @range touches, whatever their status; copied
 * @n_slots: perhaps none
 *
 * Returns: (transfer full): a time for a visit that is put there on purpose
 */
RcpOffer *
rcp_offer_new_for_range (RcpProvider *provider, RcpTimeRange range, const RcpSlot *slots, guint n_slots)
{
  RcpOffer *self;

  g_return_val_if_fail (RCP_IS_PROVIDER (provider), NULL);
  g_return_val_if_fail (range.start < range.end, NULL);
  g_return_val_if_fail (slots != NULL || n_slots == 0, NULL);

  self = g_object_new (RCP_TYPE_OFFER, NULL);
  self->provider = g_object_ref (provider);
  self->range = range;
  if (n_slots > 0)
    g_array_append_vals (self->slots, slots, n_slots);
  for (guint i = 0; i < n_slots; i++)
    {
      RcpSlot *slot = &g_array_index (self->slots, RcpSlot, i);

      slot->id = g_ref_string_acquire (slot->id);
      if (slot->schedule_id != NULL)
        slot->schedule_id = g_ref_string_acquire (slot->schedule_id);
      if (slot->version_id != NULL)
        slot->version_id = g_ref_string_acquire (slot->version_id);
      if (slot->words != NULL)
        slot->words = g_ref_string_acquire (slot->words);
    }
  return self;
}

RcpProvider *
rcp_offer_get_provider (RcpOffer *self)
{
  g_return_val_if_fail (RCP_IS_OFFER (self), NULL);
  return self->provider;
}

RcpTimeRange
rcp_offer_get_range (RcpOffer *self)
{
  g_return_val_if_fail (RCP_IS_OFFER (self), (RcpTimeRange){ 0 });
  return self->range;
}

const RcpSlot *
rcp_offer_get_slots (RcpOffer *self, guint *n_slots)
{
  g_return_val_if_fail (RCP_IS_OFFER (self), NULL);
  if (n_slots != NULL)
    *n_slots = self->slots->len;
  return (const RcpSlot *)(void *)self->slots->data;
}

gboolean
rcp_offer_meets_wish (RcpOffer *self)
{
  g_return_val_if_fail (RCP_IS_OFFER (self), FALSE);
  return self->meets_wish;
}

void
rcp_offer_set_meets_wish (RcpOffer *self, gboolean meets_wish)
{
  g_return_if_fail (RCP_IS_OFFER (self));
  self->meets_wish = meets_wish;
}

/**
 * rcp_offer_set_needs:
 * @self: an offer
 * @needs: (nullable): %RCP_NEEDS_ROOM or a type of device; %NULL when the provider is enough
 * @rooms: (element-type RcpRoom): of which the visit takes one, the best first; copied
 */
void
rcp_offer_set_needs (RcpOffer *self, const char *needs, GPtrArray *rooms)
{
  g_return_if_fail (RCP_IS_OFFER (self));
  g_return_if_fail (rooms != NULL);

  g_free (self->needs);
  self->needs = g_strdup (needs);
  g_ptr_array_set_size (self->rooms, 0);
  for (guint i = 0; needs != NULL && i < rooms->len; i++)
    g_ptr_array_add (self->rooms, g_object_ref (rooms->pdata[i]));
}

const char *
rcp_offer_get_needs (RcpOffer *self)
{
  g_return_val_if_fail (RCP_IS_OFFER (self), NULL);
  return self->needs;
}

GPtrArray *
rcp_offer_get_rooms (RcpOffer *self)
{
  g_return_val_if_fail (RCP_IS_OFFER (self), NULL);
  return self->rooms;
}

void
rcp_offer_set_kept (RcpOffer *self, GPtrArray *rooms)
{
  g_return_if_fail (RCP_IS_OFFER (self));
  g_return_if_fail (rooms != NULL);

  g_ptr_array_set_size (self->kept, 0);
  for (guint i = 0; i < rooms->len; i++)
    g_ptr_array_add (self->kept, g_object_ref (rooms->pdata[i]));
}

GPtrArray *
rcp_offer_get_kept (RcpOffer *self)
{
  g_return_val_if_fail (RCP_IS_OFFER (self), NULL);
  return self->kept;
}

void
rcp_offer_set_next (RcpOffer *self, RcpOffer *next)
{
  g_return_if_fail (RCP_IS_OFFER (self));
  g_return_if_fail (next == NULL || RCP_IS_OFFER (next));

  g_set_object (&self->next, next);
}

RcpOffer *
rcp_offer_get_next (RcpOffer *self)
{
  g_return_val_if_fail (RCP_IS_OFFER (self), NULL);
  return self->next;
}
