/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-topsis.h"

#include <math.h>
#include <string.h>

/**
 * rcp_topsis_start:
 * @weights: of the columns, not negative; kept
 * @is_cost: (nullable): of which columns less is better; kept
 *
 * Technique for Order of Preference by Similarity to Ideal Solution (Hwang and Yoon, 1981), with vector normalisation. The rows are
 * told in blocks, twice: first all to rcp_topsis_learn(), then, once rcp_topsis_settle() was called, each to rcp_topsis_measure(). So a
 * million rows need no room of their own. A row more or less may change the order of the others: who ranks by it is told so.
 */
void
rcp_topsis_start (RcpTopsis *self, const double *weights, const gboolean *is_cost)
{
  memset (self, 0, sizeof *self);
  for (guint j = 0; j < RCP_N_CRITERIA; j++)
    {
      self->weights[j] = weights[j];
      self->is_cost[j] = is_cost != NULL && is_cost[j];
      self->high[j] = -INFINITY;
      self->low[j] = INFINITY;
    }
}

/* The sum goes from the first row to the last, so that it is the same sum however the rows are told. */
void
rcp_topsis_learn (RcpTopsis *self, const RcpTopsisBlock *block)
{
  for (guint j = 0; j < RCP_N_CRITERIA; j++)
    {
      const double *values = block->columns[j];
      double norm = self->norm[j], high = self->high[j], low = self->low[j];

      for (guint i = 0; i < block->n_rows; i++)
        {
          norm += values[i] * values[i];
          high = MAX (high, values[i]);
          low = MIN (low, values[i]);
        }
      self->norm[j] = norm;
      self->high[j] = high;
      self->low[j] = low;
    }
}

/* The weighted highest is the highest weighted: neither a weight nor the norm turns two values round. */
void
rcp_topsis_settle (RcpTopsis *self)
{
  for (guint j = 0; j < RCP_N_CRITERIA; j++)
    {
      double high, low;

      self->norm[j] = self->norm[j] > 0 ? sqrt (self->norm[j]) : 1;
      high = self->weights[j] * self->high[j] / self->norm[j];
      low = self->weights[j] * self->low[j] / self->norm[j];
      self->best[j] = self->is_cost[j] ? low : high;
      self->worst[j] = self->is_cost[j] ? high : low;
    }
}

/**
 * rcp_topsis_measure:
 * @closeness: (out) (array): of the rows of @block, 0 to 1; larger is better. All %RCP_TOPSIS_ROWS of it are written.
 *
 * Goes through whole columns of a fixed length, also where a block has fewer rows: such loops are worked several rows at once.
 */
void
rcp_topsis_measure (const RcpTopsis *self, const RcpTopsisBlock *block, double *closeness)
{
  double to_best[RCP_TOPSIS_ROWS] = { 0 }, to_worst[RCP_TOPSIS_ROWS] = { 0 };

  for (guint j = 0; j < RCP_N_CRITERIA; j++)
    {
      const double *values = block->columns[j];
      double weight = self->weights[j], norm = self->norm[j], ideal = self->best[j], contrary = self->worst[j];

      for (guint i = 0; i < RCP_TOPSIS_ROWS; i++)
        {
          double value = weight * values[i] / norm;

          to_best[i] += (value - ideal) * (value - ideal);
          to_worst[i] += (value - contrary) * (value - contrary);
        }
    }
  for (guint i = 0; i < RCP_TOPSIS_ROWS; i++)
    {
      double best = sqrt (to_best[i]), worst = sqrt (to_worst[i]);

      /* All rows alike: none is nearer to the ideal. */
      closeness[i] = best + worst > 0 ? worst / (best + worst) : 0.5;
    }
}
