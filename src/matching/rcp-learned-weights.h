/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matching/rcp-choice.h"

G_BEGIN_DECLS

/* Weights that agree best with what was booked, and how well they do. Pure, and nothing random: the same choices give the same. */

#define RCP_LEARNED_LEAST_CHOICES 100

/**
 * RcpLearnedWeights:
 * @n_choices: that were learned from
 * @shares: sum to 1
 * @wrong: of the comparisons in choices that were not learned from, the part that these weights get wrong; NAN before there are enough
 * @own_wrong: the same of the clinic's own weights; 0.5 is chance
 * @is_better: there are enough choices, and less is wrong by more than chance would explain
 */
typedef struct
{
  guint n_choices;
  double shares[RCP_CHOICE_CRITERIA];
  double wrong;
  double own_wrong;
  gboolean is_better;
} RcpLearnedWeights;

RcpLearnedWeights rcp_learned_weights_fit (GPtrArray *choices, const double *own);
void rcp_learned_weights_round (const RcpLearnedWeights *self, const double *own, double *weights);

G_END_DECLS
