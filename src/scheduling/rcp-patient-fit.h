/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/* What may speak against a patient and a visit, as bits. */
typedef enum
{
  RCP_MISFIT_TOO_YOUNG = 1 << 0,
  RCP_MISFIT_TOO_OLD = 1 << 1,
  RCP_MISFIT_NEW = 1 << 2,   /* the provider sees only patients whom the clinic knows */
  RCP_MISFIT_KNOWN = 1 << 3, /* such visits are for patients whom the clinic does not know yet */
} RcpMisfit;

/* Whether the clinic knows a patient: has seen him or her in the last three years, as a bill counts new patients (CPT,
 * Evaluation and Management, "New and Established Patients"). */
typedef enum
{
  RCP_KNOWN_UNSURE, /* nobody has asked the record, or it did not answer */
  RCP_KNOWN_YES,
  RCP_KNOWN_NO,
} RcpKnown;

/**
 * rcp_patient_fit_check:
 * @patient: who
 * @provider: with whom
 * @visit_type: (nullable): what for
 * @known: whether the clinic knows the patient; where that is not sure nothing is said of it
 * @day: of the visit, by the clock of the place: ages count on it
 *
 * Reads the limits that are set up for the provider (PractitionerRole: urn:reception:ages, and newpatients of Da Vinci PDex
 * Plan Net) and for the visit type. None of them forbids a booking: they are named before it.
 *
 * Returns: RcpMisfit bits; 0 when nothing speaks against it
 */
guint rcp_patient_fit_check (
    RcpPatient *patient, RcpProvider *provider, RcpVisitType *visit_type, RcpKnown known, const GDate *day);

/* A sentence for each, translated, one below the other: (transfer full); NULL when @misfits is 0. */
char *rcp_patient_fit_describe (
    guint misfits, RcpPatient *patient, RcpProvider *provider, RcpVisitType *visit_type, const GDate *day);

/**
 * rcp_patient_known_async:
 * @client: the record
 * @patient_id: of a Patient
 * @now: the time
 * @cancellable: (nullable): stops asking
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks whether the patient had a visit in the last three years.
 */
void rcp_patient_known_async (FhirClient *client,
                              const char *patient_id,
                              gint64 now,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* RCP_KNOWN_UNSURE with @error when the record did not answer. */
RcpKnown rcp_patient_known_finish (GAsyncResult *result, GError **error);

G_END_DECLS
