/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-coverage.h"
#include "clinic/rcp-values.h"
#include "insurance/rcp-eligibility-answer.h"
#include "insurance/rcp-estimate.h"

G_BEGIN_DECLS

/**
 * RcpPriorAuthState:
 * @RCP_PRIOR_AUTH_OPEN: the clinic has to get it from the payer
 * @RCP_PRIOR_AUTH_RECEIVED: the payer has given it, with a number
 * @RCP_PRIOR_AUTH_OVER: nobody wants it any more
 */
typedef enum
{
  RCP_PRIOR_AUTH_OPEN,
  RCP_PRIOR_AUTH_RECEIVED,
  RCP_PRIOR_AUTH_OVER,
} RcpPriorAuthState;

/**
 * RcpPriorAuth:
 *
 * What a payer has to authorize before a visit, as work with a day on which it must be there: a FHIR Task. Immutable.
 */
#define RCP_TYPE_PRIOR_AUTH (rcp_prior_auth_get_type ())
G_DECLARE_FINAL_TYPE (RcpPriorAuth, rcp_prior_auth, RCP, PRIOR_AUTH, GObject)

gboolean rcp_prior_auth_is_one (FhirResource *task); /* also a part of one that was searched */
RcpPriorAuth *rcp_prior_auth_new (FhirResource *task, RcpVisit *visit);
FhirResource *rcp_prior_auth_get_task (RcpPriorAuth *self);
RcpVisit *rcp_prior_auth_get_visit (RcpPriorAuth *self);            /* or NULL */
gboolean rcp_prior_auth_is_of_visit (RcpPriorAuth *self, RcpVisit *visit);
const char *rcp_prior_auth_get_coverage_id (RcpPriorAuth *self);    /* or NULL */
const char *rcp_prior_auth_get_payer (RcpPriorAuth *self);          /* "" when nobody wrote it */
RcpPriorAuthState rcp_prior_auth_get_state (RcpPriorAuth *self);
const GDate *rcp_prior_auth_get_due (RcpPriorAuth *self);           /* or NULL */
const char *rcp_prior_auth_get_number (RcpPriorAuth *self);         /* or NULL */

/**
 * RcpPriorAuthNeed: what the last answer of a payer says for one visit
 * @RCP_PRIOR_AUTH_NOT_KNOWN: nothing: what is there stays as it is
 */
typedef enum
{
  RCP_PRIOR_AUTH_NOT_KNOWN,
  RCP_PRIOR_AUTH_NEEDED,
  RCP_PRIOR_AUTH_NOT_NEEDED,
} RcpPriorAuthNeed;

RcpPriorAuthNeed rcp_prior_auth_judge (const RcpEligibilityAnswer *answer, const GDate *day, const char *service_type, RcpNetwork side);

/* What is written; private to the files of the same name. (transfer full) */
JsonObject *rcp_prior_auth_compose (RcpVisit *visit, RcpCoverage *coverage, const GDate *due, const char *desk, gint64 now);
char *rcp_prior_auth_dup_condition (JsonObject *task); /* for If-None-Exist */
JsonObject *rcp_prior_auth_compose_open (FhirResource *task, const GDate *due, gint64 now);
JsonObject *rcp_prior_auth_compose_over (FhirResource *task, const char *why, gint64 now); /* "settled" or "not-needed" */
JsonObject *rcp_prior_auth_compose_received (FhirResource *task, const char *number, gint64 now);

G_END_DECLS
