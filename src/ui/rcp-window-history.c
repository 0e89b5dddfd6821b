/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-history"

#include "config.h"

#include "history/rcp-history-dialog.h"
#include "rcp-dialog.h"
#include "rcp-window-private.h"

/**
 * rcp_window_show_visit_history:
 * @self: a window
 * @visit: a visit, or a place on the wait list
 *
 * Shows who did what to it.
 */
void
rcp_window_show_visit_history (RcpWindow *self, RcpVisit *visit)
{
  if (rcp_desk_get_state (self->desk) == RCP_DESK_READY)
    rcp_dialog_present (rcp_history_dialog_new_for_visit (self->desk, visit), GTK_WINDOW (self));
}

/**
 * rcp_window_show_patient_history:
 * @self: a window
 * @patient: a patient
 *
 * Shows who did what to the patient's record, visits, places on the wait list and flags.
 */
void
rcp_window_show_patient_history (RcpWindow *self, RcpPatient *patient)
{
  if (rcp_desk_get_state (self->desk) == RCP_DESK_READY)
    rcp_dialog_present (rcp_history_dialog_new_for_patient (self->desk, patient), GTK_WINDOW (self));
}
