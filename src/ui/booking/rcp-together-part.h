/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/**
 * RcpTogetherPart:
 *
 * Who comes, and what for.
 */
#define RCP_TYPE_TOGETHER_PART (rcp_together_part_get_type ())
G_DECLARE_FINAL_TYPE (RcpTogetherPart, rcp_together_part, RCP, TOGETHER_PART, GObject)

/* @visit_type: nullable */
RcpTogetherPart *rcp_together_part_new (RcpPatient *patient, RcpVisitType *visit_type);
RcpPatient *rcp_together_part_get_patient (RcpTogetherPart *self);
RcpVisitType *rcp_together_part_get_visit_type (RcpTogetherPart *self); /* or NULL */
/* Whether it was another one. */
gboolean rcp_together_part_set_visit_type (RcpTogetherPart *self, RcpVisitType *visit_type);

G_END_DECLS
