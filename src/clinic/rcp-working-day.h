/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-roster.h"

G_BEGIN_DECLS

gboolean rcp_working_day_is_one (RcpRoster *roster, const GDate *day);
void rcp_working_day_find_next (RcpRoster *roster, const GDate *after, GDate *day);
void rcp_working_day_find_previous (RcpRoster *roster, const GDate *before, GDate *day);

G_END_DECLS
