/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-booking-done"

#include "config.h"

#include "rcp-booking-done.h"

#include <glib/gi18n.h>

#include "ui/booking/rcp-book-button.h"

static void
show_row (AdwActionRow *row, const char *text)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
}

/**
 * rcp_booking_done_show:
 * @part: the widgets
 * @desk: an open desk
 * @visit: as the record holds it
 * @is_moved: it was there before
 * @next: (nullable): what else there was, in words
 */
void
rcp_booking_done_show (const RcpBookingDonePart *part, RcpDesk *desk, RcpVisit *visit, gboolean is_moved, const char *next)
{
  const char *code = rcp_visit_get_code (visit);
  g_autofree char *plain = rcp_booked_visit_describe (desk, visit);
  g_autofree char *description = g_markup_escape_text (plain, -1);

  adw_status_page_set_title (part->page, is_moved ? _("Moved") : _("Booked"));
  adw_status_page_set_description (part->page, description);
  gtk_label_set_label (part->code, code);
  gtk_widget_set_visible (GTK_WIDGET (part->code_row), code != NULL);
  show_row (part->preparation_row, rcp_visit_get_instruction (visit));
  show_row (part->next_row, next);
}
