/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-patient-rules.h"
#include "identity/rcp-register-patient.h"
#include "identity/rcp-similar-patients.h"

G_BEGIN_DECLS

/**
 * RcpPatientFormBlock: why it cannot be saved yet
 * @RCP_FORM_FREE: it can
 * @RCP_FORM_PROBLEM: a field is wrong: rcp_patient_form_get_first_error()
 * @RCP_FORM_SIMILAR: one like the new patient exists, and nobody said why it is another
 * @RCP_FORM_DISPUTED: another desk changed the same fields: choose for each
 * @RCP_FORM_BUSY: it is being saved
 */
typedef enum
{
  RCP_FORM_FREE,
  RCP_FORM_PROBLEM,
  RCP_FORM_SIMILAR,
  RCP_FORM_DISPUTED,
  RCP_FORM_BUSY,
} RcpPatientFormBlock;

/**
 * RcpPatientForm:
 *
 * The view-model of registering and changing a patient: texts in, problems, the like and what is disputed out. Signals: "changed"
 * when problems, disputes or the block may be others; the list of the like says itself.
 */
#define RCP_TYPE_PATIENT_FORM (rcp_patient_form_get_type ())
G_DECLARE_FINAL_TYPE (RcpPatientForm, rcp_patient_form, RCP, PATIENT_FORM, GObject)

/* @patient: whom to change, or NULL for a new one. @desk: its name, or NULL. */
RcpPatientForm *rcp_patient_form_new (FhirClient *client, RcpClock *clock, const RcpDeskPlace *place, const char *desk, RcpPatient *patient);
gboolean rcp_patient_form_is_new (RcpPatientForm *self);
/* What stood in Find when nobody was found: a name in either order, a telephone number, a birth date, or a name with one of them. */
void rcp_patient_form_fill (RcpPatientForm *self, const char *typed);

void rcp_patient_form_set_text (RcpPatientForm *self, RcpPatientField field, const char *typed);
char *rcp_patient_form_dup_text (RcpPatientForm *self, RcpPatientField field); /* as it is shown; (transfer full) */
const RcpPatientFields *rcp_patient_form_get_fields (RcpPatientForm *self);
const RcpDeskPlace *rcp_patient_form_get_place (RcpPatientForm *self);
gboolean rcp_patient_form_is_changed (RcpPatientForm *self);

/* Of a field that was touched, or of any once saving was tried; NULL when there is nothing to say. */
const RcpPatientProblem *rcp_patient_form_get_problem (RcpPatientForm *self, RcpPatientField field);
RcpPatientField rcp_patient_form_get_first_error (RcpPatientForm *self); /* RCP_N_FIELDS when there is none */
RcpPatientFormBlock rcp_patient_form_get_block (RcpPatientForm *self);

GListModel *rcp_patient_form_get_similar (RcpPatientForm *self); /* of RcpSimilar; the same list for life */
/* Why the new patient is another than those: needed to save while there are any. */
void rcp_patient_form_set_reason (RcpPatientForm *self, const char *reason);

RcpPatientFieldSet rcp_patient_form_get_disputed (RcpPatientForm *self);
const RcpPatientFields *rcp_patient_form_get_theirs (RcpPatientForm *self); /* NULL unless disputed */
void rcp_patient_form_choose (RcpPatientForm *self, RcpPatientField field, gboolean take_theirs);

/* Saves what may be saved; G_IO_ERROR_PENDING when it is blocked. */
void rcp_patient_form_save_async (RcpPatientForm *self, GAsyncReadyCallback callback, gpointer user_data);
RcpPatient *rcp_patient_form_save_finish (RcpPatientForm *self, GAsyncResult *result, GError **error); /* (transfer full) */

G_END_DECLS
