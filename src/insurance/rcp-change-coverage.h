/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "clinic/rcp-coverage.h"
#include "identity/rcp-identity-error.h"

G_BEGIN_DECLS

/* The insurances of a patient in the record: each call is one change, made once or not at all, with its Provenance. Their errors are
 * RcpIdentityError. */

void rcp_coverage_add_async (FhirClient *client, RcpClock *clock, const char *patient_id, const RcpCoverageFields *fields,
                             const char *desk, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpCoverage *rcp_coverage_add_finish (GAsyncResult *result, GError **error);

void rcp_coverage_change_async (FhirClient *client, RcpClock *clock, RcpCoverage *coverage, const RcpCoverageFields *fields,
                                const char *desk, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpCoverage *rcp_coverage_change_finish (GAsyncResult *result, GError **error);

void rcp_coverage_end_async (FhirClient *client, RcpClock *clock, RcpCoverage *coverage, const GDate *last_day, const char *desk,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpCoverage *rcp_coverage_end_finish (GAsyncResult *result, GError **error);

void rcp_coverages_put_in_order_async (FhirClient *client, RcpClock *clock, GPtrArray *coverages, const char *desk,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_coverages_put_in_order_finish (GAsyncResult *result, GError **error);

G_END_DECLS
