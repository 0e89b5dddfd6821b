/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matching/rcp-match-rank.h"

G_BEGIN_DECLS

/* Private to matching: how near each row is to the best of all. Pure. */

#define RCP_TOPSIS_ROWS 256

/* Some rows, column by column; what is behind @n_rows is numbers too, whichever. */
typedef struct
{
  double columns[RCP_N_CRITERIA][RCP_TOPSIS_ROWS];
  guint n_rows;
} RcpTopsisBlock;

typedef struct
{
  double weights[RCP_N_CRITERIA];
  gboolean is_cost[RCP_N_CRITERIA];
  double norm[RCP_N_CRITERIA];
  double high[RCP_N_CRITERIA];
  double low[RCP_N_CRITERIA];
  double best[RCP_N_CRITERIA];
  double worst[RCP_N_CRITERIA];
} RcpTopsis;

void rcp_topsis_start (RcpTopsis *self, const double *weights, const gboolean *is_cost);
void rcp_topsis_learn (RcpTopsis *self, const RcpTopsisBlock *block);
void rcp_topsis_settle (RcpTopsis *self);
void rcp_topsis_measure (const RcpTopsis *self, const RcpTopsisBlock *block, double *closeness);

G_END_DECLS
