/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpPatientPanel:
 *
 * One patient beside the board: contact, and the visits to come and past. Signals: "booking-requested" (RcpPatient),
 * "visit-activated" (RcpVisit), "edit-requested" (RcpPatient), "visits-read".
 */
#define RCP_TYPE_PATIENT_PANEL (rcp_patient_panel_get_type ())
G_DECLARE_FINAL_TYPE (RcpPatientPanel, rcp_patient_panel, RCP, PATIENT_PANEL, GtkWidget)

GtkWidget *rcp_patient_panel_new (RcpDesk *desk);
void rcp_patient_panel_set_patient (RcpPatientPanel *self, RcpPatient *patient); /* nullable */
void rcp_patient_panel_focus_booking (RcpPatientPanel *self);
/* Reads the visits again, after one was changed. */
void rcp_patient_panel_reload (RcpPatientPanel *self);
gboolean rcp_patient_panel_is_reading (RcpPatientPanel *self); /* the visits; "visits-read" tells when it is done */
gboolean rcp_patient_panel_check_insurance (RcpPatientPanel *self);
RcpVisit *rcp_patient_panel_dup_visit (RcpPatientPanel *self, const char *name);

G_END_DECLS
