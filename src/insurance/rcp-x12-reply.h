/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-benefit.h"
#include "insurance/x12/x12-interchange.h"

G_BEGIN_DECLS

/* The eligibility reply X12 271, 005010X279A1 (and 004010X092A1, as far as it is the same). */

/**
 * RcpTrace:
 * @is_ours: the payer repeats the trace number of our request (TRN01 2); otherwise it is the payer's own
 */
typedef struct
{
  gboolean is_ours;
  char *number;
  char *company;
} RcpTrace;

/**
 * RcpInsured: a subscriber or a dependent, as the payer knows them
 * @birth_date: not valid when it does not say
 * @sex: DMG03: 'F', 'M', 'U'; 0 when it does not say
 * @is_changed: INS03/INS04 say that the payer has other personal data than the request (001, 25)
 * @dates: of RcpDatedFact
 * @benefits: (element-type RcpBenefit)
 * @rejections: of RcpRejection
 */
typedef struct
{
  gboolean is_dependent;
  char *family;
  char *given;
  char *middle;
  char *member_id;
  char *group;
  char *group_name;
  GDate birth_date;
  char sex;
  char *street;
  char *city;
  char *state;
  char *postal_code;
  gboolean is_changed;
  GPtrArray *traces;
  GArray *dates;
  GPtrArray *benefits;
  GArray *rejections;
} RcpInsured;

/**
 * RcpX12Reply: one transaction set 271
 * @reference: BHT03, of our request
 * @insured: (element-type RcpInsured)
 * @rejections: of RcpRejection: those at the payer's and the provider's level
 */
typedef struct
{
  char *reference;
  char *payer_name;
  char *payer_id;
  char *provider_name;
  char *provider_id;
  GPtrArray *insured;
  GArray *rejections;
} RcpX12Reply;

GPtrArray *rcp_x12_replies_read (X12Interchange *interchange);
void rcp_x12_reply_free (RcpX12Reply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpX12Reply, rcp_x12_reply_free)

G_END_DECLS
