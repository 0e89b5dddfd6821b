/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "clinic/rcp-flag.h"
#include "clinic/rcp-patient-fields.h"
#include "fhir/fhir-client.h"
#include "identity/rcp-identity-error.h"

G_BEGIN_DECLS

/* Operations on patients: each is run once, and either done and read back from the record, or not done and says why. */

/**
 * RcpRegisterPatient: enters a new patient, gives a record number, and writes down which desk did it. A reply that is lost
 * makes no second patient.
 */
#define RCP_TYPE_REGISTER_PATIENT (rcp_register_patient_get_type ())
G_DECLARE_FINAL_TYPE (RcpRegisterPatient, rcp_register_patient, RCP, REGISTER_PATIENT, GObject)

/* @desk: (nullable): its name. @reason: (nullable): why although one like it exists. @fields are copied. */
RcpRegisterPatient *rcp_register_patient_new (FhirClient *client, RcpClock *clock, const RcpPatientFields *fields, const char *desk,
                                              const char *reason);
void rcp_register_patient_run_async (RcpRegisterPatient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpPatient *rcp_register_patient_run_finish (RcpRegisterPatient *self, GAsyncResult *result, GError **error); /* (transfer full) */

/**
 * RcpChangePatient: changes fields of a patient. What another desk changed meanwhile stays; where both changed one field, each
 * otherwise, nothing is written, the error is RCP_IDENTITY_ERROR_DISPUTED, and the three getters tell what to choose from.
 */
#define RCP_TYPE_CHANGE_PATIENT (rcp_change_patient_get_type ())
G_DECLARE_FINAL_TYPE (RcpChangePatient, rcp_change_patient, RCP, CHANGE_PATIENT, GObject)

/* @patient: as it was when the change began. */
RcpChangePatient *rcp_change_patient_new (FhirClient *client, RcpClock *clock, RcpPatient *patient, const RcpPatientFields *fields,
                                          const char *desk);
void rcp_change_patient_run_async (RcpChangePatient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpPatient *rcp_change_patient_run_finish (RcpChangePatient *self, GAsyncResult *result, GError **error); /* (transfer full) */
RcpPatientFieldSet rcp_change_patient_get_disputed (RcpChangePatient *self);
RcpPatient *rcp_change_patient_get_theirs (RcpChangePatient *self);              /* as the record holds it, or NULL */
const RcpPatientFields *rcp_change_patient_get_merged (RcpChangePatient *self);  /* ours where disputed, or NULL */

/* Flags: @text in the words of the desk; @category: see rcp_flag_get_categories(). */
void rcp_flag_add_async (FhirClient *client, RcpClock *clock, const char *patient_id, const char *category, const char *text, const char *desk,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpFlag *rcp_flag_add_finish (GAsyncResult *result, GError **error); /* (transfer full) */
/* Ends it now: it stays in the record. */
void rcp_flag_end_async (FhirClient *client, RcpClock *clock, RcpFlag *flag, const char *desk, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_flag_end_finish (GAsyncResult *result, GError **error);

/* A record number of eight digits made of random @bits, the last of which is Luhn's check digit: (transfer full). */
char *rcp_mrn_make (guint32 bits);
gboolean rcp_mrn_is_well_formed (const char *mrn);

G_END_DECLS
