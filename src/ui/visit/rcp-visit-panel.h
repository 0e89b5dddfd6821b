/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/insurance/rcp-auth-model.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpVisitPanel:
 *
 * One visit beside the board: who, when, with whom, what to bring, and what can be done with it. Class actions
 * "visit.move", "visit.cancel", and one for each step of the day, with its key (rcp_flow_get_keys ()). Signals: "step-requested" (RcpVisit, name), "move-requested" (RcpVisit), "patient-requested"
 * (RcpPatient), "changed" (RcpVisit) after the record was changed and read back.
 */
#define RCP_TYPE_VISIT_PANEL (rcp_visit_panel_get_type ())
G_DECLARE_FINAL_TYPE (RcpVisitPanel, rcp_visit_panel, RCP, VISIT_PANEL, GtkWidget)

GtkWidget *rcp_visit_panel_new (RcpDesk *desk);
void rcp_visit_panel_set_visit (RcpVisitPanel *self, RcpVisit *visit); /* nullable */
void rcp_visit_panel_set_auths (RcpVisitPanel *self, RcpAuthModel *auths);
RcpVisit *rcp_visit_panel_get_visit (RcpVisitPanel *self);
/* The same as the buttons, for the keys of the board. */
void rcp_visit_panel_cancel (RcpVisitPanel *self);

G_END_DECLS
