/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/calendars/rcp-desk-calendars.h"

G_BEGIN_DECLS

/**
 * RcpCalendarsPage:
 *
 * Which calendars keep the time of which provider, and how well each is read.
 */
#define RCP_TYPE_CALENDARS_PAGE (rcp_calendars_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpCalendarsPage, rcp_calendars_page, RCP, CALENDARS_PAGE, AdwBin)

GtkWidget *rcp_calendars_page_new (RcpDesk *desk, RcpDeskCalendars *calendars); /* (transfer floating) */
void rcp_calendars_page_show (RcpCalendarsPage *self); /* it is looked at: now the calendars are looked for */

G_END_DECLS
