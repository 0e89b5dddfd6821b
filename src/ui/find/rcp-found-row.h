/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-patient-finder.h"
#include "ui/rcp-row.h"

G_BEGIN_DECLS

/**
 * RcpFoundRow:
 *
 * One line of the results: name, birth date with age, record number and telephone; or the visit whose code was typed.
 */
#define RCP_TYPE_FOUND_ROW (rcp_found_row_get_type ())
G_DECLARE_FINAL_TYPE (RcpFoundRow, rcp_found_row, RCP, FOUND_ROW, RcpRow)

GtkWidget *rcp_found_row_new (void);
/* @found: or NULL to empty the row. @now: for the age. */
void rcp_found_row_set_found (RcpFoundRow *self, RcpFound *found, gint64 now);
/* "b. 3 Dec 1978 (47) · MRN 104-221 · (555) 010-0133": what tells two people of one name apart. (transfer full). */
char *rcp_found_row_describe_patient (RcpPatient *patient, gint64 now);

G_END_DECLS
