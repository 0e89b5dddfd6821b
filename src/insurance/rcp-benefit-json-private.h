/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The words of the items, shared by what writes and what reads them. */

#include <glib.h>

G_BEGIN_DECLS

#define RCP_BENEFIT_TYPE_COPAY "copay"
#define RCP_BENEFIT_TYPE_SHARE "copay-percent"
#define RCP_BENEFIT_TYPE_DEDUCTIBLE "deductible"
#define RCP_BENEFIT_TYPE_OUT_OF_POCKET "out-of-pocket"
#define RCP_SYSTEM_BENEFIT_NETWORK "http://terminology.hl7.org/CodeSystem/benefit-network"
#define RCP_SYSTEM_BENEFIT_UNIT "http://terminology.hl7.org/CodeSystem/benefit-unit"
#define RCP_SYSTEM_BENEFIT_TERM "http://terminology.hl7.org/CodeSystem/benefit-term"

/* By RcpBenefitPeriod, RcpBenefitLevel, RcpNetwork, RcpAuthorization; each ends in NULL. */
extern const char *const rcp_benefit_periods[];
extern const char *const rcp_benefit_levels[];
extern const char *const rcp_benefit_networks[];
extern const char *const rcp_benefit_authorizations[];

G_END_DECLS
