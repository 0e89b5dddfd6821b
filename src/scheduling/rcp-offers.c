/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-offers"

#include "rcp-offers.h"

#include "rcp-openings.h"

struct _RcpOffers
{
  GObject parent_instance;

  GPtrArray *offers;
  guint n_meeting;
  char *explanation;
};

static GType
rcp_offers_get_item_type (GListModel *model)
{
  return RCP_TYPE_OFFER;
}

static guint
rcp_offers_get_n_items (GListModel *model)
{
  return RCP_OFFERS (model)->offers->len;
}

static gpointer
rcp_offers_get_item (GListModel *model, guint position)
{
  RcpOffers *self = RCP_OFFERS (model);

  return position < self->offers->len ? g_object_ref (self->offers->pdata[position]) : NULL;
}

static void
rcp_offers_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rcp_offers_get_item_type;
  iface->get_n_items = rcp_offers_get_n_items;
  iface->get_item = rcp_offers_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpOffers,
                               rcp_offers,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rcp_offers_list_model_init))

static void
rcp_offers_finalize (GObject *object)
{
  RcpOffers *self = RCP_OFFERS (object);

  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_free (self->explanation);
  G_OBJECT_CLASS (rcp_offers_parent_class)->finalize (object);
}

static void
rcp_offers_class_init (RcpOffersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_offers_finalize;
}

static void
rcp_offers_init (RcpOffers *self)
{
  self->offers = g_ptr_array_new_with_free_func (g_object_unref);
}

RcpOffers *
rcp_offers_new (void)
{
  return g_object_new (RCP_TYPE_OFFERS, NULL);
}

void
rcp_offers_take_explanation (RcpOffers *self, char *explanation)
{
  g_free (self->explanation);
  self->explanation = explanation;
}

/* By start; at the same time by name, so that the order is the same each time. */
static int
compare_offers (gconstpointer a, gconstpointer b)
{
  RcpOffer *offer_a = *(RcpOffer *const *)a;
  RcpOffer *offer_b = *(RcpOffer *const *)b;
  gint64 start_a = rcp_offer_get_range (offer_a).start;
  gint64 start_b = rcp_offer_get_range (offer_b).start;

  if (start_a != start_b)
    return start_a < start_b ? -1 : 1;
  return g_strcmp0 (rcp_provider_get_name (rcp_offer_get_provider (offer_a)),
                    rcp_provider_get_name (rcp_offer_get_provider (offer_b)));
}

void
rcp_offers_add (RcpOffers *self, GPtrArray *offers, guint limit, gboolean meets_wish)
{
  guint position = self->offers->len;
  guint n_added = MIN (limit, offers->len);

  g_ptr_array_sort (offers, compare_offers);
  for (guint i = 0; i < n_added; i++)
    {
      rcp_offer_set_meets_wish (offers->pdata[i], meets_wish);
      g_ptr_array_add (self->offers, g_object_ref (offers->pdata[i]));
    }
  if (meets_wish)
    self->n_meeting += n_added;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n_added);
}

/* Appends the offers of the openings of one local day. */
static void
add_day (RcpProvider *provider, GArray *openings, guint first, guint n, guint per_day, RcpFreeRooms *rooms,
         GPtrArray *offers)
{
  guint n_shown = MIN (n, per_day);

  for (guint i = 0; i < n_shown; i++)
    {
      RcpOpening *opening = &g_array_index (openings, RcpOpening, first + i * n / n_shown);

      RcpOffer *offer = rcp_offer_new (provider, opening->first, opening->n_slots);

      if (rooms != NULL)
        rcp_free_rooms_give (rooms, offer);
      g_ptr_array_add (offers, offer);
    }
}

/* Keeps the openings for which a room is free. */
static void
keep_with_room (GArray *openings, RcpFreeRooms *rooms)
{
  guint n_kept = 0;

  for (guint i = 0; i < openings->len; i++)
    {
      RcpOpening opening = g_array_index (openings, RcpOpening, i);

      if (rcp_free_rooms_has (rooms, rcp_opening_get_range (&opening)))
        g_array_index (openings, RcpOpening, n_kept++) = opening;
    }
  g_array_set_size (openings, n_kept);
}

void
rcp_offers_collect (RcpProvider *provider,
                    const RcpSlot *slots,
                    guint n_slots,
                    const RcpWish *wish,
                    RcpTimeRange window,
                    GArray *days,
                    guint per_day,
                    RcpFreeRooms *rooms,
                    RcpTimeRange *lost,
                    GPtrArray *offers)
{
  g_autoptr (GArray) openings = g_array_new (FALSE, FALSE, sizeof (RcpOpening));
  guint first = 0, enough = wish->per_provider > 0 ? offers->len + wish->per_provider : G_MAXUINT;

  rcp_openings_collect (slots, n_slots, wish->duration, window, days, openings);
  if (rooms != NULL)
    keep_with_room (openings, rooms);
  if (wish->own != NULL)
    rcp_openings_drop_taken (openings, rcp_own_visits_get_ranges (wish->own), lost);
  for (guint i = 0; i < days->len && first < openings->len && offers->len < enough; i++)
    {
      gint64 end = g_array_index (days, RcpOpeningDay, i).day.end;
      guint n_found;

      for (n_found = 0; first + n_found < openings->len; n_found++)
        if (g_array_index (openings, RcpOpening, first + n_found).first->range.start >= end)
          break;
      add_day (provider, openings, first, n_found, per_day, rooms, offers);
      first += n_found;
    }
}

/**
 * rcp_offers_get_explanation:
 * @self: a result
 *
 * Returns: (nullable): why the wish is not met and what comes nearest; %NULL when it is met
 */
const char *
rcp_offers_get_explanation (RcpOffers *self)
{
  g_return_val_if_fail (RCP_IS_OFFERS (self), NULL);
  return self->explanation;
}

guint
rcp_offers_get_n_meeting (RcpOffers *self)
{
  g_return_val_if_fail (RCP_IS_OFFERS (self), 0);
  return self->n_meeting;
}
