/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "fhir/fhir-client.h"
#include "identity/rcp-identity-error.h"
#include "insurance/rcp-prior-auth.h"

G_BEGIN_DECLS

/* The authorizations of a record. */

/**
 * RcpPriorAuthFinding: what one insurance says of a visit
 */
typedef struct
{
  RcpCoverage *coverage;
  RcpPriorAuthNeed need;
} RcpPriorAuthFinding;

RcpPriorAuthFinding *rcp_prior_auth_finding_new (RcpCoverage *coverage, RcpPriorAuthNeed need);
void rcp_prior_auth_finding_free (RcpPriorAuthFinding *self);

/* @findings: (element-type RcpPriorAuthFinding) (nullable): of all insurances in force; NULL: they were not read. */
void rcp_prior_auths_settle_async (FhirClient *client, RcpClock *clock, RcpVisit *visit, GPtrArray *findings, const GDate *due,
                                   const char *desk, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rcp_prior_auths_settle_finish (GAsyncResult *result, GError **error);

/* Those that are open, by the day on which they must be there; those of visits that are no more are closed on the way, by @desk. */
void rcp_prior_auths_read_async (FhirClient *client, RcpClock *clock, const char *desk, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (element-type RcpPriorAuth); NULL with a FhirError */
GPtrArray *rcp_prior_auths_read_finish (GAsyncResult *result, GError **error);

void rcp_prior_auth_receive_async (FhirClient *client, RcpClock *clock, RcpPriorAuth *auth, const char *number, const char *desk,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpPriorAuth *rcp_prior_auth_receive_finish (GAsyncResult *result, GError **error);

G_END_DECLS
