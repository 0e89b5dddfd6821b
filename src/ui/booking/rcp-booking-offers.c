/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-booking-offers"

#include "config.h"

#include "rcp-booking-offers.h"

#include <glib/gi18n.h>

#include "ui/booking/rcp-offer-row.h"
#include "ui/booking/rcp-offer-why.h"
#include "ui/rcp-time-text.h"

#define ORDER "offer-order"
#define N_NEXT 2

/* Remembered for this desk: who likes to choose by suitability does so for the next patient as well. */
static void
on_best_toggled_cb (GtkToggleButton *best, RcpBookingModel *model)
{
  RcpOfferOrder order = gtk_toggle_button_get_active (best) ? RCP_OFFER_ORDER_BEST : RCP_OFFER_ORDER_EARLIEST;
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  if (g_settings_get_enum (settings, ORDER) != (int) order)
    g_settings_set_enum (settings, ORDER, order);
  rcp_booking_model_set_order (model, order);
}

static void
on_why_shown_cb (RcpOfferWhy *popover, GtkSingleSelection *selection)
{
  RcpOfferRanking *ranking = g_object_get_data (G_OBJECT (popover), "ranking");

  rcp_offer_why_show (popover, ranking, gtk_single_selection_get_selected_item (selection));
}

/* The keyboard goes back to the openings, and not to the button: it may have come by a key. */
static void
on_why_closed_cb (GtkPopover *popover, GtkWidget *list)
{
  gtk_widget_grab_focus (list);
}

static void
on_why_moved_cb (GtkSingleSelection *selection, GParamSpec *pspec, GtkWidget *why)
{
  gtk_widget_set_sensitive (why, gtk_single_selection_get_selected_item (selection) != NULL);
}

static void
set_up_why (const RcpBookingOffersPart *part, RcpBookingModel *model, GtkSingleSelection *selection)
{
  GtkWidget *popover = rcp_offer_why_new ();

  g_object_set_data_full (G_OBJECT (popover), "ranking", g_object_ref (rcp_booking_model_get_ranking (model)), g_object_unref);
  g_signal_connect_object (popover, "show", G_CALLBACK (on_why_shown_cb), selection, 0);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_why_closed_cb), part->list, 0);
  gtk_menu_button_set_popover (part->why, popover);
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (on_why_moved_cb), part->why, 0);
  on_why_moved_cb (selection, NULL, GTK_WIDGET (part->why));
}

static void
set_up_order (const RcpBookingOffersPart *part, RcpBookingModel *model)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  RcpOfferOrder order = g_settings_get_enum (settings, ORDER);

  gtk_toggle_button_set_active (order == RCP_OFFER_ORDER_BEST ? part->best : part->earliest, TRUE);
  rcp_booking_model_set_order (model, order);
  g_signal_connect_object (part->best, "toggled", G_CALLBACK (on_best_toggled_cb), model, 0);
}

/**
 * rcp_booking_offers_set_up:
 * @part: the widgets
 * @model: whose offers they show
 *
 * Returns: (transfer full): what is chosen
 */
GtkSingleSelection *
rcp_booking_offers_set_up (const RcpBookingOffersPart *part, RcpBookingModel *model)
{
  g_autoptr (GtkListItemFactory) factory = rcp_offer_row_new_factory (rcp_booking_model_get_ranking (model));
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (rcp_booking_model_get_offers (model)));

  gtk_list_view_set_factory (part->list, factory);
  gtk_list_view_set_model (part->list, GTK_SELECTION_MODEL (selection));
  set_up_order (part, model);
  set_up_why (part, model, selection);
  return selection;
}

gboolean
rcp_booking_offers_has_popover (GtkMenuButton *why)
{
  GtkPopover *popover = gtk_menu_button_get_popover (why);

  return popover != NULL && gtk_widget_get_visible (GTK_WIDGET (popover));
}

static void
append_next (GString *text, RcpOffer *offer)
{
  RcpProvider *provider = rcp_offer_get_provider (offer);
  GTimeZone *zone = rcp_provider_get_zone (provider);
  gint64 start = rcp_offer_get_range (offer).start;
  g_autofree char *day = rcp_time_text_short_day (start, zone), *time = rcp_time_text_clock (start, zone);

  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: a day, a time and a provider */
  g_string_append_printf (text, _("%s, %s with %s"), day, time, rcp_provider_get_name (provider));
}

/**
 * rcp_booking_offers_choose_best:
 * @model: with offers
 * @selection: of them
 *
 * Without anything known of the patient none is better than another: then the chosen one stays chosen.
 *
 * Returns: (transfer full) (nullable): the next ones, of other providers, a line each; %NULL when there are none
 */
char *
rcp_booking_offers_choose_best (RcpBookingModel *model, GtkSingleSelection *selection)
{
  GListModel *offers = rcp_booking_model_get_offers (model);
  g_autoptr (GPtrArray) best = rcp_offer_ranking_list_best (rcp_booking_model_get_ranking (model), offers, 1 + N_NEXT);
  GString *next = g_string_new (NULL);
  guint position;

  if (best->len > 0 && g_list_store_find (G_LIST_STORE (offers), best->pdata[0], &position))
    gtk_single_selection_set_selected (selection, position);
  for (guint i = 1; i < best->len; i++)
    append_next (next, best->pdata[i]);
  return g_string_free (next, next->len == 0);
}

/**
 * rcp_booking_offers_show_notice:
 * @model: has one, or none
 * @icon: of the notice, beside @label in a box that is shown with it
 * @label: its words
 * @offers: says the technical text when there is no notice
 */
void
rcp_booking_offers_show_notice (RcpBookingModel *model, GtkImage *icon, GtkLabel *label, GtkWidget *offers)
{
  const char *notice = rcp_booking_model_get_notice (model);
  const char *detail = rcp_booking_model_get_detail (model);
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (label));

  if (notice != NULL)
    {
      gtk_label_set_label (label, notice);
      gtk_widget_set_tooltip_text (box, detail);
      gtk_image_set_from_icon_name (icon, detail != NULL ? "dialog-warning-symbolic" : "dialog-information-symbolic");
    }
  gtk_widget_set_tooltip_text (offers, notice == NULL ? detail : NULL);
  gtk_widget_set_visible (box, notice != NULL);
}
