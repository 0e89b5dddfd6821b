/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/insurance/rcp-insurance-model.h"

G_BEGIN_DECLS

/**
 * RcpInsuranceBox:
 *
 * The insurances of a patient, each with what the payer said last: status, amounts, authorization and network, by whom and when. Here they
 * are added, changed, ended, put in order and checked.
 */
#define RCP_TYPE_INSURANCE_BOX (rcp_insurance_box_get_type ())
G_DECLARE_FINAL_TYPE (RcpInsuranceBox, rcp_insurance_box, RCP, INSURANCE_BOX, GtkWidget)

GtkWidget *rcp_insurance_box_new (RcpDesk *desk);
void rcp_insurance_box_set_patient (RcpInsuranceBox *self, RcpPatient *patient); /* nullable */
void rcp_insurance_box_set_visit (RcpInsuranceBox *self, RcpVisit *visit);
gboolean rcp_insurance_box_check (RcpInsuranceBox *self);
RcpInsuranceModel *rcp_insurance_box_get_model (RcpInsuranceBox *self);

G_END_DECLS
