/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/**
 * RcpPeopleBox:
 *
 * Those who come to one visit, how far each is, and what is the next step of each; not seen when it is one. Signal
 * "step-requested" (RcpVisit, name): of the part of the visit that is of that one (rcp_visit_dup_part()).
 */
#define RCP_TYPE_PEOPLE_BOX (rcp_people_box_get_type ())
G_DECLARE_FINAL_TYPE (RcpPeopleBox, rcp_people_box, RCP, PEOPLE_BOX, GtkWidget)

GtkWidget *rcp_people_box_new (void);
/* @visit: nullable. @now: see rcp_flow_text_status() */
void rcp_people_box_set_visit (RcpPeopleBox *self, RcpVisit *visit, gint64 now);

G_END_DECLS
