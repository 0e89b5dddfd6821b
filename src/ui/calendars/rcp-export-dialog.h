/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "clinic/rcp-values.h"
#include "rcp-desk-calendars.h"

G_BEGIN_DECLS

/**
 * RcpExportDialog:
 *
 * Writes the days of one provider to a calendar file: asks for how long and how much it may say of a patient, and then where. Below, such a
 * file is kept fresh for other programs.
 *
 * Signal: "told" (utf8): what was done, to be told once the dialog has gone.
 */
#define RCP_TYPE_EXPORT_DIALOG (rcp_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpExportDialog, rcp_export_dialog, RCP, EXPORT_DIALOG, AdwWindow)

/* (transfer none): a window, not shown yet. @first: the day with which the file begins. */
GtkWindow *rcp_export_dialog_new (RcpDesk *desk, RcpDeskCalendars *calendars, RcpProvider *provider, const GDate *first);
/* What the file chooser does with its answer. */
void rcp_export_dialog_write (RcpExportDialog *self, GFile *file);

G_END_DECLS
