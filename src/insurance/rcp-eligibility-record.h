/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-coverage.h"
#include "insurance/rcp-eligibility-answer.h"

G_BEGIN_DECLS

/* Answers in the record: the question (CoverageEligibilityRequest), what the payer said (CoverageEligibilityResponse) and how it said
 * it (Binary) are one transaction. Errors are RcpIdentityError. */

void rcp_eligibility_store_async (FhirClient *client, RcpCoverage *coverage, RcpEligibilityAnswer *answer, const char *desk,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_eligibility_store_finish (GAsyncResult *result, GError **error);

void rcp_eligibility_load_async (FhirClient *client, const char *patient_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *rcp_eligibility_load_finish (GAsyncResult *result, GError **error);

void rcp_eligibility_load_raw_async (FhirClient *client, const RcpEligibilityAnswer *answer, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
GBytes *rcp_eligibility_load_raw_finish (GAsyncResult *result, char **type, GError **error);

G_END_DECLS
