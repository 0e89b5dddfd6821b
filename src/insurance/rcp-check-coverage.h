/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "insurance/rcp-eligibility-backend.h"

G_BEGIN_DECLS

/**
 * RcpCheckHow:
 * @days: how many days the clinic trusts an answer
 * @zone: the clinic's
 * @eve: the last day before that of the visit on which the clinic works; not valid: the day before
 * @desk: (nullable): the name of the desk
 * @asks_anyway: ask the payer even when the record holds an answer that is not stale
 */
typedef struct
{
  guint days;
  GTimeZone *zone;
  GDate eve;
  const char *desk;
  gboolean asks_anyway;
} RcpCheckHow;

void rcp_check_coverage_async (FhirClient *record, RcpEligibilityBackend *backend, RcpClock *clock, RcpEligibilityQuestion *question,
                               const RcpCheckHow *how, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpEligibilityAnswer *rcp_check_coverage_finish (GAsyncResult *result, gboolean *is_kept, GError **error);

G_END_DECLS
