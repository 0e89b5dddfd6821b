/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-roster.h"

G_BEGIN_DECLS

/* What a clinic has decided for itself, in the record: extensions of the Organization that is the clinic. */

#define RCP_URGENT_DAYS 2 /* unless the clinic says otherwise */
#define RCP_MOST_URGENT_DAYS 14

guint rcp_clinic_rules_get_urgent_days (RcpRoster *roster);

G_END_DECLS
