/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "clinic/rcp-values.h"
#include "rcp-chip-cache.h"

G_BEGIN_DECLS

/**
 * RcpVisitChip:
 *
 * One visit on the board: icon and text of its status, name, type. Light, and reused for other visits while one scrolls.
 *
 * Signal "action" (name): the user asks for "open", "move", "cancel" or a step (rcp_flow_get_keys ()); by the widget actions
 * "visit.open" and so on, which the accessibility bus sees as well.
 */
#define RCP_TYPE_VISIT_CHIP (rcp_visit_chip_get_type ())
G_DECLARE_FINAL_TYPE (RcpVisitChip, rcp_visit_chip, RCP, VISIT_CHIP, GtkWidget)

RcpVisitChip *rcp_visit_chip_new (RcpChipCache *cache);
/* @visit: NULL puts the chip to rest. @provider: nullable. @time: when it is, in words. */
void rcp_visit_chip_set_visit (RcpVisitChip *self, RcpVisit *visit, RcpProvider *provider, const char *time);
/* Whether the chip was styled for the status of @visit last: it is spared another style then. */
gboolean rcp_visit_chip_suits (RcpVisitChip *self, RcpVisit *visit);
RcpVisit *rcp_visit_chip_get_visit (RcpVisitChip *self);
/* Whether the patient was not here before: marked in words. To be told before the time. */
void rcp_visit_chip_set_new_patient (RcpVisitChip *self, gboolean is_new);
/* The time for its timers; 0 for none. Draws anew only when the words change. */
void rcp_visit_chip_set_now (RcpVisitChip *self, gint64 now);
void rcp_visit_chip_set_selected (RcpVisitChip *self, gboolean selected);

/* What a screen reader says: "10:15 to 10:45, Rossi, Luca, Consultation, Dr. Ana Ruiz, booked". (transfer full). */
char *rcp_visit_chip_describe (RcpVisit *visit, RcpProvider *provider, const char *time);
/* Icon and style class of a status. */
const char *rcp_visit_chip_get_icon_name (RcpVisitStatus status);
void rcp_visit_chip_expect_icons (RcpChipCache *cache, GtkWidget *board);

G_END_DECLS
