/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "calendars/rcp-calendar-service.h"

G_BEGIN_DECLS

/* One calendar: its colour, its name, and its account. @calendar: of a RcpCalendarService. (transfer floating): an AdwActionRow */
GtkWidget *rcp_calendar_row_new (GObject *calendar);
/* Says what is wrong with the calendar, in words, or how well it is read. @service: nullable; @zone: of the clinic */
void rcp_calendar_row_tell (GtkWidget *row, RcpCalendarService *service, GTimeZone *zone);

GtkWidget *rcp_calendar_row_make_dot (const char *colour); /* (transfer floating); of a calendar */

G_END_DECLS
