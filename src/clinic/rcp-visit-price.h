/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-money.h"
#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/* What a visit type says to those who pay for it. Pure. */

FhirResource *rcp_visit_type_get_resource (RcpVisitType *self);
/* FALSE, with @price as it was, when the record has none. */
gboolean rcp_visit_type_get_price (RcpVisitType *self, RcpMoney *price);
gboolean rcp_visit_type_get_allowed (RcpVisitType *self, RcpMoney *allowed);
const char *rcp_visit_type_get_service_type (RcpVisitType *self); /* X12; never NULL */

/* Money as FHIR R4 has it: a decimal and a currency. */
gboolean rcp_money_read_json (JsonObject *money, RcpMoney *self);
JsonObject *rcp_money_to_json (const RcpMoney *self); /* (transfer full) */

G_END_DECLS
