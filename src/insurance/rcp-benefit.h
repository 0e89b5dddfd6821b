/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RCP_ANSWER_CURRENCY "USD" /* of X12, and of the amounts that are kept */

/* One thing that a payer says of a plan: a line of EB in X12 271, or an item with a benefit in FHIR. */

/**
 * RcpBenefitKind:
 * @RCP_BENEFIT_OTHER: told to people, without a meaning for the program
 * @RCP_BENEFIT_COINSURANCE: the share that the patient pays
 * @RCP_BENEFIT_OUT_OF_POCKET: the most that the patient pays
 * @RCP_BENEFIT_EXCLUDED: not covered
 */
typedef enum
{
  RCP_BENEFIT_OTHER,
  RCP_BENEFIT_ACTIVE,
  RCP_BENEFIT_INACTIVE,
  RCP_BENEFIT_COINSURANCE,
  RCP_BENEFIT_COPAY,
  RCP_BENEFIT_DEDUCTIBLE,
  RCP_BENEFIT_OUT_OF_POCKET,
  RCP_BENEFIT_LIMITATION,
  RCP_BENEFIT_EXCLUDED,
  RCP_BENEFIT_OTHER_PAYER,
  RCP_BENEFIT_CANNOT_PROCESS,
} RcpBenefitKind;

typedef enum
{
  RCP_BENEFIT_LEVEL_UNSTATED,
  RCP_BENEFIT_LEVEL_INDIVIDUAL,
  RCP_BENEFIT_LEVEL_FAMILY,
  RCP_BENEFIT_LEVEL_OTHER,
} RcpBenefitLevel;

/**
 * RcpBenefitPeriod:
 * @RCP_BENEFIT_PERIOD_YEAR: calendar, service or contract year
 * @RCP_BENEFIT_PERIOD_YEAR_TO_DATE: what was used of it so far
 * @RCP_BENEFIT_PERIOD_REMAINING: what is left of it
 */
typedef enum
{
  RCP_BENEFIT_PERIOD_UNSTATED,
  RCP_BENEFIT_PERIOD_DAY,
  RCP_BENEFIT_PERIOD_VISIT,
  RCP_BENEFIT_PERIOD_YEAR,
  RCP_BENEFIT_PERIOD_YEAR_TO_DATE,
  RCP_BENEFIT_PERIOD_REMAINING,
  RCP_BENEFIT_PERIOD_LIFETIME,
  RCP_BENEFIT_PERIOD_LIFETIME_REMAINING,
  RCP_BENEFIT_PERIOD_OTHER,
} RcpBenefitPeriod;

/**
 * RcpNetwork: which side of the plan's network a line is about
 * @RCP_NETWORK_EITHER: the same on both sides
 */
typedef enum
{
  RCP_NETWORK_UNSTATED,
  RCP_NETWORK_UNKNOWN,
  RCP_NETWORK_IN,
  RCP_NETWORK_OUT,
  RCP_NETWORK_EITHER,
} RcpNetwork;

typedef enum
{
  RCP_AUTHORIZATION_UNSTATED,
  RCP_AUTHORIZATION_UNKNOWN,
  RCP_AUTHORIZATION_NEEDED,
  RCP_AUTHORIZATION_NOT_NEEDED,
} RcpAuthorization;

/**
 * RcpDatedFact: a date or a period of dates
 * @qualifier: DTP01: "291" plan, "346" plan begins, "472" service, ...
 * @end: the same as @start for one date
 */
typedef struct
{
  char qualifier[4];
  GDate start;
  GDate end;
} RcpDatedFact;

/**
 * RcpRejection: why a request could not be answered
 * @code: AAA03
 * @follow_up: AAA04
 * @loop: HL03 of the level that it is about: "20" payer, "21" provider, "22" subscriber, "23" dependent
 */
typedef struct
{
  char code[4];
  char follow_up[4];
  char loop[4];
} RcpRejection;

/**
 * RcpEntity: somebody to turn to: the other payer, the primary care provider, ...
 * @role: NM101
 */
typedef struct
{
  char role[4];
  char *name;
  char *identifier;
  char *phone;
} RcpEntity;

/**
 * RcpBenefit:
 * @code: EB01 as it came
 * @service_types: X12 service type codes; empty when it holds for the plan
 * @amount: in cents, when @has_amount: a deductible of 0 is not the same as none said
 * @foreign: (nullable): an amount in another currency, "25.00 EUR", which nothing is worked out with
 * @share: the patient's, in millionths, when @has_share
 * @quantity_unit: EB09
 * @procedure: (nullable): as "HC:99213"
 * @places: codes of places of service
 * @dates: of RcpDatedFact
 * @entities: (element-type RcpEntity)
 * @rejections: of RcpRejection
 */
typedef struct
{
  RcpBenefitKind kind;
  char code[4];
  RcpBenefitLevel level;
  char **service_types;
  char *insurance_type;
  char *plan_name;
  RcpBenefitPeriod period;
  gboolean has_amount;
  gint64 amount;
  char *foreign;
  gboolean has_share;
  guint share;
  char *quantity_unit;
  char *quantity;
  RcpAuthorization authorization;
  RcpNetwork network;
  char *procedure;
  GPtrArray *places;
  GPtrArray *messages;
  GArray *dates;
  GPtrArray *entities;
  GArray *rejections;
} RcpBenefit;

RcpBenefit *rcp_benefit_new (void);
void rcp_benefit_free (RcpBenefit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpBenefit, rcp_benefit_free)
RcpEntity *rcp_entity_new (const char *role);
void rcp_entity_free (RcpEntity *self);

#define RCP_SERVICE_TYPE_PLAN "30" /* health benefit plan coverage */

/**
 * RcpNearness: how near a line is to the service that is asked for
 * @RCP_NEARNESS_PLAN: it holds for the plan as a whole
 * @RCP_NEARNESS_OTHER: it is about other services
 */
typedef enum
{
  RCP_NEARNESS_OTHER,
  RCP_NEARNESS_PLAN,
  RCP_NEARNESS_SERVICE,
} RcpNearness;

gboolean rcp_benefit_is_for (const RcpBenefit *self, const char *service_type);
RcpNearness rcp_benefit_get_nearness (const RcpBenefit *self, const char *service_type);

G_END_DECLS
