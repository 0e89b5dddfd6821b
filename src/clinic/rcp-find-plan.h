/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a text typed into Find can mean, and the searches that follow from it. Pure; private to the clinic. */

#include "clinic/rcp-values.h"
#include "fhir/fhir-search.h"

G_BEGIN_DECLS

/**
 * RcpFindPlan:
 * @words: folded words of a name; empty when the text is none
 * @dates: (element-type GDate): birth dates, the likeliest first
 * @phone: digits, or NULL
 * @identifier: the text as an identifier, or NULL
 * @code: confirmation code, or NULL
 */
typedef struct
{
  GStrv words;
  GPtrArray *dates;
  char *phone;
  char *identifier;
  char *code;
  char *typed; /* as it was typed, without space around it */
} RcpFindPlan;

RcpFindPlan *rcp_find_plan_new (const char *text, gboolean day_first, const GDate *today);
void rcp_find_plan_free (RcpFindPlan *self);
gboolean rcp_find_plan_is_empty (const RcpFindPlan *self);

/* (transfer full) (element-type FhirSearch): to be sent at once. */
GPtrArray *rcp_find_plan_make_searches (const RcpFindPlan *self, guint count);
/* For names of which too few begin with the words: (transfer full) (nullable). */
FhirSearch *rcp_find_plan_make_wider_search (const RcpFindPlan *self, guint count);

/* How well a patient fits: 0 is best; RCP_FIND_NO_MATCH when nothing of the plan is true of it. */
#define RCP_FIND_NO_MATCH G_MAXUINT
guint rcp_find_plan_rank (const RcpFindPlan *self, RcpPatient *patient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpFindPlan, rcp_find_plan_free)

G_END_DECLS
