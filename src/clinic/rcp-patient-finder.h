/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "clinic/rcp-values.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpFound: a patient, and the visit by whose confirmation code it was found (NULL otherwise).
 */
#define RCP_TYPE_FOUND (rcp_found_get_type ())
G_DECLARE_FINAL_TYPE (RcpFound, rcp_found, RCP, FOUND, GObject)
RcpPatient *rcp_found_get_patient (RcpFound *self);
RcpVisit *rcp_found_get_visit (RcpFound *self);

/* Finds patients by any part of the name without regard to case or accents, telephone in any form, birth date in any usual form,
 * MRN, confirmation code. Best first: equal, then starts with, then contains. At most @limit. (element-type RcpFound) (transfer full). */
void rcp_patient_finder_find_async (FhirClient *client, RcpClock *clock, const char *text, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GListModel *rcp_patient_finder_find_finish (GAsyncResult *result, GError **error);

/* Visits of a patient, latest first: (element-type RcpVisit) (transfer full). */
void rcp_patient_visits_load_async (FhirClient *client, const char *patient_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GListModel *rcp_patient_visits_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
