/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scheduling/rcp-wish.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/* Says exactly what Enter will do with @offer (nullable); @is_short: there is room for little. */
void rcp_book_button_update (GtkButton *button, RcpOffer *offer, gboolean moves, gboolean is_short);

/* Who, when, with whom and where, a line for each: (transfer full). */
char *rcp_booked_visit_describe (RcpDesk *desk, RcpVisit *visit);

G_END_DECLS
