/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-client.h"
#include "identity/rcp-likeness.h"

G_BEGIN_DECLS

/**
 * RcpSimilar: a patient of the record that looks like the one who is being entered.
 */
#define RCP_TYPE_SIMILAR (rcp_similar_get_type ())
G_DECLARE_FINAL_TYPE (RcpSimilar, rcp_similar, RCP, SIMILAR, GObject)

RcpPatient *rcp_similar_get_patient (RcpSimilar *self);
const RcpLikeness *rcp_similar_get_likeness (RcpSimilar *self);

/* Searches that bring everybody who can be alike: by birth date, telephone and name; none when too little is known. Pure.
 * (transfer full) (element-type FhirSearch) */
GPtrArray *rcp_similar_patients_make_searches (const RcpPatientFields *fields, const char *region);

/* Patients like @fields, the likest first: (element-type RcpSimilar) (transfer full). @region: of the desk. */
void rcp_similar_patients_find_async (FhirClient *client, const RcpPatientFields *fields, const char *region, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
GListModel *rcp_similar_patients_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
