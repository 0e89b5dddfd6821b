/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matching/rcp-match-rank.h"

G_BEGIN_DECLS

/* One booking out of openings that were ranked: how well the booked one and a few others met each condition, and nothing else. Pure. */

#define RCP_CHOICE_CRITERIA RCP_CRITERION_GENDER /* whom a patient asks for has no weight of the clinic */
#define RCP_CHOICE_MOST_ROWS 6

/**
 * RcpChoiceRow: an opening, as it stood in the list
 * @key: whose it is
 * @is_barred: a hard condition is not met: no part of any choice
 * @scores: 0 to 1, of rcp_match_score_value()
 */
typedef struct
{
  const char *key;
  gboolean is_barred;
  double scores[RCP_CHOICE_CRITERIA];
} RcpChoiceRow;

GBytes *rcp_choice_new (const RcpChoiceRow *rows, guint n_rows, guint booked);
gboolean rcp_choice_is_valid (GBytes *self);
guint rcp_choice_get_n_rows (GBytes *self);
double rcp_choice_get_score (GBytes *self, guint row, RcpCriterion criterion);

G_END_DECLS
