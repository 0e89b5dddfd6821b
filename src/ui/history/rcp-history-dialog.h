/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpHistoryDialog:
 *
 * Who did what to a visit or a patient, when and at which desk, with the old and new values: by day, the latest first.
 */
#define RCP_TYPE_HISTORY_DIALOG (rcp_history_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpHistoryDialog, rcp_history_dialog, RCP, HISTORY_DIALOG, AdwWindow)

GtkWindow *rcp_history_dialog_new_for_visit (RcpDesk *desk, RcpVisit *visit);
/* With all visits, places on the wait list and flags. */
GtkWindow *rcp_history_dialog_new_for_patient (RcpDesk *desk, RcpPatient *patient);

G_END_DECLS
