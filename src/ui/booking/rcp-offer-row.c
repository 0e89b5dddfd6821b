/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-offer-row.h"

#include <glib/gi18n.h>

#include "ui/rcp-spoken-row.h"
#include "ui/rcp-time-text.h"

#define PROVIDER_CHARS 14
#define WHY_LINES 2

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
  GtkLabel *why_label;
  GtkLabel *note_label;
  RcpOfferRanking *ranking;
  RcpOffer *offer;
};

G_DEFINE_TYPE (RcpOfferRow, rcp_offer_row, RCP_TYPE_ROW)

static void show_offer (RcpOfferRow *self);

static void
rcp_offer_row_dispose (GObject *object)
{
  RcpOfferRow *self = RCP_OFFER_ROW (object);

  g_clear_object (&self->offer);
  g_clear_object (&self->ranking);
  G_OBJECT_CLASS (rcp_offer_row_parent_class)->dispose (object);
}

static void
rcp_offer_row_class_init (RcpOfferRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_offer_row_dispose;
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
  self->why_label = rcp_row_append_label (GTK_BOX (who), "caption");
  gtk_label_set_wrap (self->why_label, TRUE);
  gtk_label_set_lines (self->why_label, WHY_LINES);
  self->note_label = rcp_row_append_label (box, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->note_label), "dim-label");
}

/**
 * rcp_offer_row_new:
 * @ranking: says why an offer suits; when more is known the row says so
 *
 * Returns: (transfer none): a row without an offer
 */
GtkWidget *
rcp_offer_row_new (RcpOfferRanking *ranking)
{
  RcpOfferRow *self = g_object_new (RCP_TYPE_OFFER_ROW, NULL);

  self->ranking = g_object_ref (ranking);
  g_signal_connect_object (ranking, "changed", G_CALLBACK (show_offer), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
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

/* What a screen reader says of the row: when, with whom, where, and why. */
static void
speak (RcpOfferRow *self, const char *day, const char *time, const char *place, const char *why)
{
  GString *spoken = g_string_new (NULL);

  g_string_append_printf (spoken, "%s, %s, %s", day, time, rcp_provider_get_name (rcp_offer_get_provider (self->offer)));
  if (place != NULL)
    g_string_append_printf (spoken, ", %s", place);
  if (why != NULL && *why != '\0')
    g_string_append_printf (spoken, ", %s", why);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str, -1);
  rcp_spoken_row_name_item (GTK_WIDGET (self), spoken->str);
  g_string_free (spoken, TRUE);
}

static void
show_offer (RcpOfferRow *self)
{
  RcpProvider *provider;
  GTimeZone *zone;
  RcpTimeRange range;
  g_autofree char *time = NULL;
  g_autofree char *day = NULL;
  g_autofree char *place = NULL;
  g_autofree char *why = NULL;

  if (self->offer == NULL)
    return;
  provider = rcp_offer_get_provider (self->offer);
  zone = rcp_provider_get_zone (provider);
  range = rcp_offer_get_range (self->offer);
  time = rcp_time_text_clock (range.start, zone);
  day = rcp_time_text_short_day (range.start, zone);
  place = describe_place (provider);
  why = rcp_offer_ranking_describe (self->ranking, self->offer);

  gtk_label_set_label (self->time_label, time);
  gtk_label_set_label (self->day_label, day);
  gtk_label_set_label (self->provider_label, rcp_provider_get_name (provider));
  gtk_label_set_label (self->place_label, place);
  gtk_label_set_label (self->why_label, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why_label), why != NULL && *why != '\0');
  /* Translators: an opening that is not quite what was asked for. */
  gtk_label_set_label (self->note_label, rcp_offer_meets_wish (self->offer) ? "" : _("Alternative"));
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), !rcp_offer_meets_wish (self->offer));
  speak (self, day, time, place, why);
}

/**
 * rcp_offer_row_set_offer:
 * @offer: (nullable): what to show
 */
void
rcp_offer_row_set_offer (RcpOfferRow *self, RcpOffer *offer)
{
  g_return_if_fail (RCP_IS_OFFER_ROW (self));
  g_return_if_fail (offer == NULL || RCP_IS_OFFER (offer));

  g_set_object (&self->offer, offer);
  show_offer (self);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RcpOfferRanking *ranking)
{
  gtk_list_item_set_child (item, rcp_offer_row_new (ranking));
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  rcp_offer_row_set_offer (RCP_OFFER_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  rcp_offer_row_set_offer (RCP_OFFER_ROW (gtk_list_item_get_child (item)), NULL);
}

/**
 * rcp_offer_row_new_factory:
 * @ranking: says why an offer suits
 *
 * Returns: (transfer full): makes the rows of a list of offers
 */
GtkListItemFactory *
rcp_offer_row_new_factory (RcpOfferRanking *ranking)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup_cb), ranking, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cb), NULL);
  return factory;
}
