/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-book-button.h"

#include <glib/gi18n.h>

#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"

#define LEAST_CHARS 26

static char *
make_label (RcpOffer *offer, gboolean moves, gboolean is_short)
{
  RcpProvider *provider = rcp_offer_get_provider (offer);
  g_autofree char *time = rcp_time_text_clock (rcp_offer_get_range (offer).start, rcp_provider_get_zone (provider));

  if (is_short && moves)
    /* Translators: a button: move the visit to a time of day. */
    return g_strdup_printf (_("_Move to %s"), time);
  if (is_short)
    /* Translators: a button: book a time of day. */
    return g_strdup_printf (_("_Book %s"), time);
  if (moves)
    /* Translators: a button: move the visit to a time of day with a provider. */
    return g_strdup_printf (_("_Move to %s with %s"), time, rcp_provider_get_name (provider));
  /* Translators: a button: book a time of day with a provider. */
  return g_strdup_printf (_("_Book %s with %s"), time, rcp_provider_get_name (provider));
}

/* What it says matters more than the title beside it. */
static void
let_shrink (GtkButton *button, gboolean is_short)
{
  GtkWidget *label = gtk_button_get_child (button);

  rcp_compat_let_button_shrink (button);
  if (!GTK_IS_LABEL (label))
    return;
  gtk_label_set_ellipsize (GTK_LABEL (label), is_short ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label),
                             is_short ? -1 : MIN (LEAST_CHARS, (int) g_utf8_strlen (gtk_label_get_text (GTK_LABEL (label)), -1)));
}

void
rcp_book_button_update (GtkButton *button, RcpOffer *offer, gboolean moves, gboolean is_short)
{
  g_autofree char *label = NULL;

  g_return_if_fail (GTK_IS_BUTTON (button));

  label = offer ? make_label (offer, moves, is_short) : NULL;
  gtk_button_set_label (button, label ? label : _("_Book"));
  let_shrink (button, is_short);
}

char *
rcp_booked_visit_describe (RcpDesk *desk, RcpVisit *visit)
{
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (desk), visit);
  GTimeZone *zone = provider != NULL ? rcp_provider_get_zone (provider) : rcp_desk_get_zone (desk);
  RcpPlace *place = provider != NULL ? rcp_provider_get_place (provider) : NULL;
  g_autofree char *day = rcp_time_text_day (rcp_visit_get_range (visit).start, zone);
  g_autofree char *time = rcp_time_text_range (rcp_visit_get_range (visit), zone);

  return g_strdup_printf ("%s\n%s, %s\n%s%s%s", rcp_visit_get_patient_name (visit), day, time,
                          provider != NULL ? rcp_provider_get_name (provider) : "", place != NULL ? ", " : "",
                          place != NULL ? rcp_place_get_name (place) : "");
}
