/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/preferences/rcp-ranking-group.h"

G_BEGIN_DECLS

/**
 * RcpLearningGroup:
 *
 * Weights that are learned from what this desk books: turned on and off, how well they do, put into the weights of the clinic, and
 * forgotten.
 */
#define RCP_TYPE_LEARNING_GROUP (rcp_learning_group_get_type ())
G_DECLARE_FINAL_TYPE (RcpLearningGroup, rcp_learning_group, RCP, LEARNING_GROUP, AdwPreferencesGroup)

GtkWidget *rcp_learning_group_new (RcpDesk *desk, GSettings *settings, RcpRankingGroup *ranking);

G_END_DECLS
