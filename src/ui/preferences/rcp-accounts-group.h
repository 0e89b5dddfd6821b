/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/calendars/rcp-desk-calendars.h"

G_BEGIN_DECLS

/**
 * RcpAccountsGroup:
 *
 * The accounts of calendar servers that Reception added: what is wrong with each, and what can be done; and to add one.
 */
#define RCP_TYPE_ACCOUNTS_GROUP (rcp_accounts_group_get_type ())
G_DECLARE_FINAL_TYPE (RcpAccountsGroup, rcp_accounts_group, RCP, ACCOUNTS_GROUP, AdwPreferencesGroup)

GtkWidget *rcp_accounts_group_new (void); /* (transfer floating); hidden until there are calendars */
void rcp_accounts_group_follow (RcpAccountsGroup *self, RcpDeskCalendars *calendars); /* once */

G_END_DECLS
