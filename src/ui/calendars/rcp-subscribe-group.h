/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rcp-desk-calendars.h"

G_BEGIN_DECLS

/**
 * RcpSubscribeGroup:
 *
 * Whether the visits of one provider are kept as a file that other programs subscribe to, what it says of them, and its address.
 *
 * Signal: "copied": the address is in the clipboard.
 */
#define RCP_TYPE_SUBSCRIBE_GROUP (rcp_subscribe_group_get_type ())
G_DECLARE_FINAL_TYPE (RcpSubscribeGroup, rcp_subscribe_group, RCP, SUBSCRIBE_GROUP, AdwPreferencesGroup)

/* @person: id of a Practitioner. (transfer floating) */
GtkWidget *rcp_subscribe_group_new (RcpDeskCalendars *calendars, const char *person);

G_END_DECLS
