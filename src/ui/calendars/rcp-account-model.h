/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-calendar-service.h"

G_BEGIN_DECLS

/**
 * RcpAccountStep:
 * @RCP_ACCOUNT_STEP_ASK: waits for what a person types; rcp_account_model_get_problem() says what was wrong with it
 * @RCP_ACCOUNT_STEP_LOOK: asks the server
 * @RCP_ACCOUNT_STEP_JUDGE: shows a certificate, which a person may trust
 * @RCP_ACCOUNT_STEP_FOUND: shows what is there, which a person may add
 * @RCP_ACCOUNT_STEP_KEEP: keeps the account
 * @RCP_ACCOUNT_STEP_DONE: the account is there
 */
typedef enum
{
  RCP_ACCOUNT_STEP_ASK,
  RCP_ACCOUNT_STEP_LOOK,
  RCP_ACCOUNT_STEP_JUDGE,
  RCP_ACCOUNT_STEP_FOUND,
  RCP_ACCOUNT_STEP_KEEP,
  RCP_ACCOUNT_STEP_DONE,
} RcpAccountStep;

/**
 * RcpAccountModel:
 *
 * The way from what a person types to an account of a calendar server: a new one, or one that its server does not let in any
 * more. "changed" tells of another step.
 */
#define RCP_TYPE_ACCOUNT_MODEL (rcp_account_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpAccountModel, rcp_account_model, RCP, ACCOUNT_MODEL, GObject)

/* @account: (nullable): of rcp_calendar_service_get_accounts(), that shall be let in again; NULL: a new one. */
RcpAccountModel *rcp_account_model_new (RcpCalendarService *service, GObject *account);
gboolean rcp_account_model_is_new (RcpAccountModel *self);
char *rcp_account_model_dup_address (RcpAccountModel *self); /* of an account that is there: (transfer full) */
char *rcp_account_model_dup_user (RcpAccountModel *self);    /* the same */

RcpAccountStep rcp_account_model_get_step (RcpAccountModel *self);
const char *rcp_account_model_get_problem (RcpAccountModel *self);                    /* in words, or NULL */
const RcpServerCertificate *rcp_account_model_get_certificate (RcpAccountModel *self); /* while it is judged, else NULL */
GPtrArray *rcp_account_model_get_found (RcpAccountModel *self);                        /* of RcpFoundCalendar, or NULL */

/* Each does nothing at another step. */
void rcp_account_model_look (RcpAccountModel *self, const char *address, const char *user, const char *password);
void rcp_account_model_trust (RcpAccountModel *self);
void rcp_account_model_keep (RcpAccountModel *self);
void rcp_account_model_go_back (RcpAccountModel *self); /* to what was typed; gives up what goes on, but not what is being kept */

G_END_DECLS
