/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "clinic/rcp-patient-rules.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpCompareView:
 *
 * Two patients side by side, a row per field, each marked by an icon and a word as same, similar, different or known on one side
 * only. Where a field is to be chosen, both sides are buttons. Signal "chosen" (field as int, whether the right side as boolean).
 */
#define RCP_TYPE_COMPARE_VIEW (rcp_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (RcpCompareView, rcp_compare_view, RCP, COMPARE_VIEW, GtkWidget)

GtkWidget *rcp_compare_view_new (void);
/* @left_title, @right_title: what the sides are. Shows the fields of @which that are known on a side. */
void rcp_compare_view_show (RcpCompareView *self, const char *left_title, const char *right_title, const RcpPatientFields *left,
                            const RcpPatientFields *right, RcpPatientFieldSet which, const RcpDeskPlace *place);
/* The same, to choose from: nothing is chosen at first. */
void rcp_compare_view_ask (RcpCompareView *self, const char *left_title, const char *right_title, const RcpPatientFields *left,
                           const RcpPatientFields *right, RcpPatientFieldSet which, const RcpDeskPlace *place);

/* Where and when @desk is, by its locale. */
void rcp_patient_text_init_place (RcpDeskPlace *place, RcpDesk *desk);
/* How the value of any field is shown to people: (transfer full). */
char *rcp_patient_text_describe (RcpPatientField field, const char *stored, const RcpDeskPlace *place);
const char *rcp_patient_text_sex (const char *code); /* translated; "" for none */

G_END_DECLS
