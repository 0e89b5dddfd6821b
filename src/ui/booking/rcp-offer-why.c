/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-offer-why"

#include "config.h"

#include "rcp-offer-why.h"

#include <glib/gi18n.h>

#include "ui/rcp-time-text.h"

#define WIDTH 270
#define MOST_HEIGHT 420
#define BAR_WIDTH 72
#define MOST_CHARS 30 /* a phone is not wider */

struct _RcpOfferWhy
{
  GtkPopover parent_instance;

  GtkLabel *title;
  GtkLabel *total;
  GtkLabel *note;
  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (RcpOfferWhy, rcp_offer_why, GTK_TYPE_POPOVER)

static void
rcp_offer_why_class_init (RcpOfferWhyClass *klass)
{
}

static GtkLabel *
add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARS);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
rcp_offer_why_init (RcpOfferWhy *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *scrolled = gtk_scrolled_window_new ();

  self->title = add_label (box, NULL, "heading");
  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What adds up"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "offer-why");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_focusable (scrolled, FALSE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->rows));
  gtk_box_append (GTK_BOX (box), scrolled);
  self->total = add_label (box, NULL, "heading");
  self->note = add_label (box, NULL, "dim-label");
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

static GtkWidget *
make_bar (double part, double most)
{
  GtkWidget *bar = g_object_new (GTK_TYPE_LEVEL_BAR, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW, 0);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH, 0);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), most > 0 ? CLAMP (part / most, 0, 1) : 0);
  gtk_widget_set_size_request (bar, BAR_WIDTH, -1);
  return bar;
}

/* What is known; what nobody has a stake in says at least whether it is known. */
static const char *
get_text (const RcpMatchReason *reason)
{
  if (reason->text != NULL)
    return reason->text;
  return reason->is_unknown ? _("not known, or not asked for") : _("no");
}

static void
add_row (RcpOfferWhy *self, const RcpMatchReason *reason, guint points)
{
  const char *name = rcp_criterion_get_name (reason->criterion);
  guint most = (guint) (reason->most * 100 + 0.5);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *figures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  /* Translators: points that something gives, of those that it could give */
  g_autofree char *share = g_strdup_printf (_("%u of %u"), points, MAX (most, points));
  g_autofree char *spoken = g_strdup_printf ("%s: %s, %s", name, get_text (reason), share);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (figures, GTK_ALIGN_CENTER);
  add_label (words, name, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (add_label (words, get_text (reason), "dim-label")), "caption");
  gtk_label_set_xalign (add_label (figures, share, "numeric"), 1);
  gtk_box_append (GTK_BOX (figures), make_bar (reason->part, reason->most));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), figures);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->rows, row);
}

static void
clear_rows (RcpOfferWhy *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))))
    gtk_list_box_remove (self->rows, row);
}

static void
show_title (RcpOfferWhy *self, RcpOffer *offer)
{
  RcpProvider *provider = rcp_offer_get_provider (offer);
  g_autofree char *time = rcp_time_text_clock (rcp_offer_get_range (offer).start, rcp_provider_get_zone (provider));
  /* Translators: a time of day, and with whom */
  g_autofree char *title = g_strdup_printf (_("Why %s with %s"), time, rcp_provider_get_name (provider));

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
show_reasons (RcpOfferWhy *self, GArray *reasons)
{
  g_autofree guint *points = g_new0 (guint, reasons->len + 1);
  guint total = rcp_match_explain_points (reasons, points);
  g_autofree char *sum = g_strdup_printf (_("Together %u of 100"), total);
  gboolean has_unknown = FALSE;

  for (guint i = 0; i < reasons->len; i++)
    {
      const RcpMatchReason *reason = &g_array_index (reasons, RcpMatchReason, i);

      has_unknown |= reason->is_unknown;
      add_row (self, reason, points[i]);
    }
  gtk_label_set_label (self->total, sum);
  gtk_label_set_label (self->note, has_unknown ? _("What is not known counts half: neither for nor against.") : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), has_unknown);
}

/**
 * rcp_offer_why_show:
 * @ranking: that ranked @offer
 * @offer: (nullable): the chosen one
 */
void
rcp_offer_why_show (RcpOfferWhy *self, RcpOfferRanking *ranking, RcpOffer *offer)
{
  g_autoptr (GArray) reasons = NULL;
  g_autofree char *barred = NULL;

  g_return_if_fail (RCP_IS_OFFER_WHY (self));

  clear_rows (self);
  if (offer == NULL)
    return;
  show_title (self, offer);
  reasons = rcp_offer_ranking_explain (ranking, offer);
  if (reasons != NULL)
    show_reasons (self, reasons);
  else
    {
      barred = rcp_offer_ranking_describe (ranking, offer);
      gtk_label_set_label (self->total, barred != NULL ? barred : _("Nothing is known of the patient yet."));
      gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
    }
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->rows), GTK_TYPE_SCROLLED_WINDOW), reasons != NULL);
}

GtkWidget *
rcp_offer_why_new (void)
{
  return g_object_new (RCP_TYPE_OFFER_WHY, NULL);
}
