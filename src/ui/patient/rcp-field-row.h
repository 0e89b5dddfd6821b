/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "clinic/rcp-roster.h"
#include "ui/patient/rcp-patient-form.h"

G_BEGIN_DECLS

/* Appends the row in which a field is written or chosen, and below it one that says what is wrong with it. @roster: for
 * RCP_FIELD_PRACTITIONER; or NULL. Returns what takes the focus: (transfer none). */
GtkWidget *rcp_field_row_append (AdwPreferencesGroup *group, RcpPatientForm *form, RcpPatientField field, RcpRoster *roster);

G_END_DECLS
