/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpRankingGroup:
 *
 * What counts for the clinic when the openings that suit a patient best come first: a weight for each condition. Kept in the record, for
 * every desk.
 */
#define RCP_TYPE_RANKING_GROUP (rcp_ranking_group_get_type ())
G_DECLARE_FINAL_TYPE (RcpRankingGroup, rcp_ranking_group, RCP, RANKING_GROUP, AdwPreferencesGroup)

GtkWidget *rcp_ranking_group_new (RcpDesk *desk);
/* Fills in @weights of all but the gender that a patient asks for, to be summed: saved only by who presses the button, which gets the keyboard. */
void rcp_ranking_group_propose (RcpRankingGroup *self, const double *weights);

G_END_DECLS
