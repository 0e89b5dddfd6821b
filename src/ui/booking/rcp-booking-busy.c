/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-booking-busy"

#include "config.h"

#include "rcp-booking-busy.h"

#include <glib/gi18n.h>

/* Takes from the list what the calendar of @person keeps: who it is when any was, or NULL. (transfer full) */
static RcpProvider *
drop_kept (GListStore *offers, RcpBusyTimes *times, const char *person)
{
  RcpProvider *whose = NULL;

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (offers)); i > 0; i--)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (G_LIST_MODEL (offers), i - 1);
      RcpProvider *provider = rcp_offer_get_provider (offer);

      if (g_strcmp0 (rcp_provider_get_practitioner_id (provider), person) != 0
          || !rcp_busy_times_find_taken (times, person, rcp_offer_get_range (offer), NULL))
        continue;
      g_set_object (&whose, provider);
      g_list_store_remove (offers, i - 1);
    }
  return whose;
}

static gboolean
has_wished (GListModel *offers)
{
  gboolean has = FALSE;

  for (guint i = 0; !has && i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      has = rcp_offer_meets_wish (offer);
    }
  return has;
}

/* The other offers stay where they are: the desk may be reading them out, or about to press Enter on one. Only when no wished one is
 * left, and where there were none, are others looked for; a search that is under way may have passed that time already. */
static void
on_times_changed_cb (RcpBookingModel *self, const char *person, RcpBusyTimes *times)
{
  RcpBookingState state = rcp_booking_model_get_state (self);
  GListModel *offers = rcp_booking_model_get_offers (self);
  g_autoptr (RcpProvider) whose = NULL;
  g_autofree char *notice = NULL;

  if (state == RCP_BOOKING_SEARCHING || state == RCP_BOOKING_NOTHING)
    rcp_booking_model_search (self);
  if (state != RCP_BOOKING_OFFERS)
    return;
  whose = drop_kept (G_LIST_STORE (offers), times, person);
  if (whose == NULL)
    return;
  /* Translators: the name of a provider. */
  notice = g_strdup_printf (_ ("The calendar of %s keeps time now that was offered here. It is not offered any more."),
                            rcp_provider_get_name (whose));
  rcp_booking_model_tell (self, notice, NULL);
  if (!has_wished (offers))
    rcp_booking_model_search (self);
}

/**
 * rcp_booking_busy_follow:
 * @model: a booking
 * @times: when the calendars of providers keep time
 *
 * Lets what a calendar keeps leave the list while it is shown.
 */
void
rcp_booking_busy_follow (RcpBookingModel *model, RcpBusyTimes *times)
{
  g_return_if_fail (RCP_IS_BOOKING_MODEL (model));
  g_return_if_fail (RCP_IS_BUSY_TIMES (times));

  g_signal_connect_object (times, "changed", G_CALLBACK (on_times_changed_cb), model, G_CONNECT_SWAPPED);
}
