/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpPatientDialog:
 *
 * Registers a patient or changes one. Ctrl+Return saves. When one like the new patient exists, both are shown side by side before
 * anything is saved; when another desk changed the same fields, what to keep is asked. Signals: "saved" (RcpPatient) when it is in
 * the record; "chosen" (RcpPatient) when the one that exists is taken instead.
 */
#define RCP_TYPE_PATIENT_DIALOG (rcp_patient_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpPatientDialog, rcp_patient_dialog, RCP, PATIENT_DIALOG, AdwWindow)

/* @patient: whom to change, or NULL for a new one. @typed: what stood in Find, or NULL. */
GtkWindow *rcp_patient_dialog_new (RcpDesk *desk, RcpPatient *patient, const char *typed);

G_END_DECLS
