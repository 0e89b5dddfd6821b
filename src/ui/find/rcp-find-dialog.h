/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpFindDialog:
 *
 * Ctrl+K: a window around RcpFindView that closes when a patient is taken. Signal "chosen" (RcpPatient, RcpVisit or
 * NULL), "register-requested" (what was typed).
 */
#define RCP_TYPE_FIND_DIALOG (rcp_find_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpFindDialog, rcp_find_dialog, RCP, FIND_DIALOG, AdwWindow)

GtkWindow *rcp_find_dialog_new (RcpDesk *desk);

G_END_DECLS
