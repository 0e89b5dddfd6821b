/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include <math.h>

#include "rcp-match-rank.h"

/**
 * rcp_topsis:
 * @values: (array): @n_rows rows of @n_columns values
 * @weights: (array): of the columns
 * @is_cost: (array): of the columns: less is better
 * @closeness: (out) (array): of the rows, 0 to 1; larger is better
 *
 * Technique for Order of Preference by Similarity to Ideal Solution (Hwang and Yoon, 1981), with vector normalisation. A row more or
 * less may change the order of the others: who ranks by it is told so.
 */
void
rcp_topsis (const double *values, guint n_rows, guint n_columns, const double *weights, const gboolean *is_cost, double *closeness)
{
  g_autofree double *to_best = g_new0 (double, n_rows);
  g_autofree double *to_worst = g_new0 (double, n_rows);

  for (guint j = 0; j < n_columns; j++)
    {
      double norm = 0, high = -INFINITY, low = INFINITY;

      for (guint i = 0; i < n_rows; i++)
        norm += values[(gsize) i * n_columns + j] * values[(gsize) i * n_columns + j];
      norm = norm > 0 ? sqrt (norm) : 1;
      for (guint i = 0; i < n_rows; i++)
        {
          double value = weights[j] * values[(gsize) i * n_columns + j] / norm;

          high = MAX (high, value);
          low = MIN (low, value);
        }
      for (guint i = 0; i < n_rows; i++)
        {
          double value = weights[j] * values[(gsize) i * n_columns + j] / norm;
          double from_best = value - (is_cost[j] ? low : high), from_worst = value - (is_cost[j] ? high : low);

          to_best[i] += from_best * from_best;
          to_worst[i] += from_worst * from_worst;
        }
    }
  for (guint i = 0; i < n_rows; i++)
    {
      double best = sqrt (to_best[i]), worst = sqrt (to_worst[i]);

      /* All rows alike: none is nearer to the ideal. */
      closeness[i] = best + worst > 0 ? worst / (best + worst) : 0.5;
    }
}
