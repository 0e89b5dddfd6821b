/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "clinic/rcp-coverage.h"

G_BEGIN_DECLS

/* How long a desk may be at one question before another one takes it over: it has crashed. A check takes a minute at most. */
#define RCP_CHECK_CLAIM_LONGEST (10 * G_TIME_SPAN_MINUTE)

/**
 * RcpCheckClaim:
 *
 * Of several desks that would ask a payer the same, one does. It is a Task of the record, made once by its identifier: the insurance, the
 * day of the visit and the kind of service. While a desk is at it the Task is in progress, then completed: then nobody asks again.
 */
#define RCP_TYPE_CHECK_CLAIM (rcp_check_claim_get_type ())
G_DECLARE_FINAL_TYPE (RcpCheckClaim, rcp_check_claim, RCP, CHECK_CLAIM, GObject)

RcpCheckClaim *rcp_check_claim_new (FhirClient *record, RcpClock *clock, RcpCoverage *coverage, const GDate *day, const char *service_type,
                                    const char *desk);
void rcp_check_claim_take_async (RcpCheckClaim *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_check_claim_take_finish (RcpCheckClaim *self, GAsyncResult *result, GError **error);
gboolean rcp_check_claim_is_done (RcpCheckClaim *self);
void rcp_check_claim_complete_async (RcpCheckClaim *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_check_claim_complete_finish (RcpCheckClaim *self, GAsyncResult *result, GError **error);

G_END_DECLS
