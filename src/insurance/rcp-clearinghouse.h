/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "insurance/rcp-core-envelope.h"
#include "insurance/rcp-eligibility-backend.h"

G_BEGIN_DECLS

/**
 * RcpClearinghouseSetup: where and as whom the clinic asks
 * @url: of the real-time service; https, or the loopback
 * @user_name: (nullable): with @password; %NULL when there is none
 * @sender_qualifier: ISA05, of @sender: "ZZ", "30", ...
 * @company: TRN03, exactly ten characters
 * @provider_name: of the clinic
 * @npi: the clinic's National Provider Identifier
 * @timeout_ms: of one attempt; 0 for the usual one
 * @pause_ms: before the second attempt; 0 for the usual one
 */
typedef struct
{
  const char *url;
  RcpCoreForm form;
  const char *user_name;
  const char *password;
  const char *sender_qualifier;
  const char *sender;
  const char *receiver_qualifier;
  const char *receiver;
  const char *company;
  const char *provider_name;
  const char *npi;
  gboolean is_test;
  guint timeout_ms;
  guint pause_ms;
} RcpClearinghouseSetup;

/**
 * RcpClearinghouse:
 *
 * Asks by X12 270/271 over CAQH CORE Connectivity vC2.2.0, in real time.
 */
#define RCP_TYPE_CLEARINGHOUSE (rcp_clearinghouse_get_type ())
G_DECLARE_FINAL_TYPE (RcpClearinghouse, rcp_clearinghouse, RCP, CLEARINGHOUSE, GObject)

RcpClearinghouse *rcp_clearinghouse_new (const RcpClearinghouseSetup *setup, RcpClock *clock);
gboolean rcp_clearinghouse_is_safe (const char *url);

G_END_DECLS
