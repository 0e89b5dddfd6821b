/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-coverage-fields.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpCoverage:
 *
 * One insurance of a patient (Coverage): immutable.
 */
#define RCP_TYPE_COVERAGE (rcp_coverage_get_type ())
G_DECLARE_FINAL_TYPE (RcpCoverage, rcp_coverage, RCP, COVERAGE, GObject)

RcpCoverage *rcp_coverage_new (FhirResource *coverage, FhirResource *payor);
FhirResource *rcp_coverage_get_resource (RcpCoverage *self);
const char *rcp_coverage_get_id (RcpCoverage *self);
const RcpCoverageFields *rcp_coverage_get_fields (RcpCoverage *self);
const char *rcp_coverage_get (RcpCoverage *self, RcpCoverageField field); /* never NULL */
guint rcp_coverage_get_order (RcpCoverage *self);                         /* 1 for the primary; 0 when not told */
gboolean rcp_coverage_is_in_force (RcpCoverage *self, const GDate *day);
gboolean rcp_coverage_is_self (RcpCoverage *self); /* the patient is the subscriber */
char *rcp_coverage_dup_payer_name (RcpCoverage *self);
/* "active", not "entered-in-error" and the like */
gboolean rcp_coverage_is_active (RcpCoverage *self);

/* Of a patient, without those entered in error: those that hold on @day first, the primary before the secondary; then the others. */
void rcp_coverages_load_async (FhirClient *client, const char *patient_id, const GDate *day, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
GListModel *rcp_coverages_load_finish (GAsyncResult *result, GError **error); /* (element-type RcpCoverage) (transfer full) */

G_END_DECLS
