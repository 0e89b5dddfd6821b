/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-offer-row.h"

#include <glib/gi18n.h>

#include "ui/rcp-spoken-row.h"
#include "ui/rcp-time-text.h"

#define PROVIDER_CHARS 14

/**
 * RcpOfferRow:
 *
 * See the header; recycled by the list.
 */
struct _RcpOfferRow
{
  RcpRow parent_instance;

  GtkLabel *time_label;
  GtkLabel *day_label;
  GtkLabel *provider_label;
  GtkLabel *place_label;
  GtkLabel *note_label;
};

G_DEFINE_TYPE (RcpOfferRow, rcp_offer_row, RCP_TYPE_ROW)

static void
rcp_offer_row_class_init (RcpOfferRowClass *klass)
{
}

static void
rcp_offer_row_init (RcpOfferRow *self)
{
  GtkBox *box = rcp_row_make_box (RCP_ROW (self), GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *when = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *who = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (when, 104, -1);
  gtk_widget_set_hexpand (who, TRUE);
  gtk_box_append (box, when);
  gtk_box_append (box, who);
  self->time_label = rcp_row_append_label (GTK_BOX (when), "title-3");
  self->day_label = rcp_row_append_label (GTK_BOX (when), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->time_label), "numeric");
  self->provider_label = rcp_row_append_label (GTK_BOX (who), "heading");
  self->place_label = rcp_row_append_label (GTK_BOX (who), "dim-label");
  /* With whom is never cut to nothing: the wish beside the list goes first. */
  gtk_label_set_width_chars (self->provider_label, PROVIDER_CHARS);
  self->note_label = rcp_row_append_label (box, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->note_label), "dim-label");
}

GtkWidget *
rcp_offer_row_new (void)
{
  return g_object_new (RCP_TYPE_OFFER_ROW, NULL);
}

static char *
describe_place (RcpProvider *provider)
{
  const char *specialty = rcp_provider_get_specialty_name (provider);
  RcpPlace *place = rcp_provider_get_place (provider);

  if (specialty != NULL && place != NULL)
    return g_strdup_printf ("%s · %s", specialty, rcp_place_get_name (place));
  if (place != NULL)
    return g_strdup (rcp_place_get_name (place));
  return g_strdup (specialty);
}

/**
 * rcp_offer_row_set_offer:
 * @offer: what to show
 */
void
rcp_offer_row_set_offer (RcpOfferRow *self, RcpOffer *offer)
{
  RcpProvider *provider;
  GTimeZone *zone;
  RcpTimeRange range;
  g_autofree char *time = NULL;
  g_autofree char *day = NULL;
  g_autofree char *place = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (RCP_IS_OFFER_ROW (self));
  g_return_if_fail (RCP_IS_OFFER (offer));

  provider = rcp_offer_get_provider (offer);
  zone = rcp_provider_get_zone (provider);
  range = rcp_offer_get_range (offer);
  time = rcp_time_text_clock (range.start, zone);
  day = rcp_time_text_short_day (range.start, zone);
  place = describe_place (provider);
  spoken = g_strdup_printf ("%s, %s, %s, %s", day, time, rcp_provider_get_name (provider), place != NULL ? place : "");

  gtk_label_set_label (self->time_label, time);
  gtk_label_set_label (self->day_label, day);
  gtk_label_set_label (self->provider_label, rcp_provider_get_name (provider));
  gtk_label_set_label (self->place_label, place);
  /* Translators: an opening that is not quite what was asked for. */
  gtk_label_set_label (self->note_label, rcp_offer_meets_wish (offer) ? "" : _("Alternative"));
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), !rcp_offer_meets_wish (offer));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  rcp_spoken_row_name_item (GTK_WIDGET (self), spoken);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, rcp_offer_row_new ());
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  rcp_offer_row_set_offer (RCP_OFFER_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

/**
 * rcp_offer_row_new_factory:
 *
 * Returns: (transfer full): makes the rows of a list of offers
 */
GtkListItemFactory *
rcp_offer_row_new_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  return factory;
}
