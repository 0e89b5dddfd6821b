/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-patient-fields.h"

G_BEGIN_DECLS

/* What is asked of a patient's data before it goes to the record. Pure. */

/**
 * RcpDeskPlace: where and when the desk is.
 * @region: ISO 3166 code, for telephone numbers and postal codes
 * @day_first: whether "3/12" rather means the third of December
 * @today: the day there
 */
typedef struct
{
  char region[3];
  gboolean day_first;
  GDate today;
} RcpDeskPlace;

/**
 * RcpPatientProblem:
 * @is_error: it cannot be saved so; else the desk is warned only
 * @text: translated, in a sentence
 */
typedef struct
{
  RcpPatientField field;
  gboolean is_error;
  char *text;
} RcpPatientProblem;

void rcp_patient_problem_free (RcpPatientProblem *problem);

/* What was typed, in the form in which it is stored; as it was typed, without needless space, when it has none: (transfer full). */
char *rcp_patient_rules_normalize (RcpPatientField field, const char *typed, const RcpDeskPlace *place);
/* What is stored, as it is shown and typed here: (transfer full). */
char *rcp_patient_rules_show (RcpPatientField field, const char *stored, const RcpDeskPlace *place);
/* Problems of normalized fields, in their order; at most one per field, errors before warnings:
 * (transfer full) (element-type RcpPatientProblem). */
GPtrArray *rcp_patient_rules_check (const RcpPatientFields *fields, const RcpDeskPlace *place);
gboolean rcp_patient_rules_may_save (GPtrArray *problems);
/* Of a whole ISO date; FALSE for anything else. */
gboolean rcp_patient_rules_read_date (const char *iso, GDate *date);
/* Whether a folded name is a word for one that nobody knows: "unknown", "baby", "n/a". */
gboolean rcp_patient_rules_is_no_name (const char *folded);

G_END_DECLS
