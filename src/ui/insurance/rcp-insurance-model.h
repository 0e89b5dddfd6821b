/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-estimate.h"
#include "ui/insurance/rcp-payer.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_INSURANCE_NOBODY,  /* no patient */
  RCP_INSURANCE_READING, /* what is known of before stays */
  RCP_INSURANCE_READY,
  RCP_INSURANCE_FAILED,  /* the record could not be read */
} RcpInsuranceState;

/**
 * RcpInsuranceModel:
 *
 * The insurances of one patient with what payers said of each, for one day. Nothing else waits for it, and its failures are its own.
 *
 * Signals: "changed" whenever anything of it has.
 */
#define RCP_TYPE_INSURANCE_MODEL (rcp_insurance_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpInsuranceModel, rcp_insurance_model, RCP, INSURANCE_MODEL, GObject)

RcpInsuranceModel *rcp_insurance_model_new (RcpDesk *desk);
void rcp_insurance_model_set_patient (RcpInsuranceModel *self, RcpPatient *patient);
RcpPatient *rcp_insurance_model_get_patient (RcpInsuranceModel *self); /* or NULL */
void rcp_insurance_model_set_day (RcpInsuranceModel *self, const GDate *day);
const GDate *rcp_insurance_model_get_day (RcpInsuranceModel *self);
void rcp_insurance_model_set_visit (RcpInsuranceModel *self, RcpVisitType *visit_type, RcpProvider *provider);
RcpVisitType *rcp_insurance_model_get_visit_type (RcpInsuranceModel *self); /* or NULL */
const char *rcp_insurance_model_get_service_type (RcpInsuranceModel *self);
RcpNetwork rcp_insurance_model_get_network (RcpInsuranceModel *self, guint index);
void rcp_insurance_model_reload (RcpInsuranceModel *self);

RcpInsuranceState rcp_insurance_model_get_state (RcpInsuranceModel *self);
guint rcp_insurance_model_get_n (RcpInsuranceModel *self);
RcpCoverage *rcp_insurance_model_get_coverage (RcpInsuranceModel *self, guint index);       /* borrowed */
RcpEligibilityAnswer *rcp_insurance_model_get_answer (RcpInsuranceModel *self, guint index); /* borrowed; the last one, or NULL */
gboolean rcp_insurance_model_is_stale (RcpInsuranceModel *self, guint index);
gboolean rcp_insurance_model_is_checking (RcpInsuranceModel *self, guint index);
gboolean rcp_insurance_model_is_in_force (RcpInsuranceModel *self, guint index); /* on the day */
int rcp_insurance_model_find_primary (RcpInsuranceModel *self);
gboolean rcp_insurance_model_is_shared (RcpInsuranceModel *self, guint index);
GPtrArray *rcp_insurance_model_list_asked (RcpInsuranceModel *self); /* (element-type RcpCoverage) (transfer full) */
int rcp_insurance_model_find (RcpInsuranceModel *self, RcpCoverage *coverage);

void rcp_insurance_model_check (RcpInsuranceModel *self, guint index, gboolean asks_anyway);
gboolean rcp_insurance_model_is_busy (RcpInsuranceModel *self);

G_END_DECLS
