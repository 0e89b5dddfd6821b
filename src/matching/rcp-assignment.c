/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-assignment.h"

/* The Hungarian method with potentials, in the form that adds one row after the other along a shortest path (Jonker and Volgenant,
 * 1987): rows² x columns. Rows and columns count from 1, column 0 is where a new row starts. Every row has a column of its own
 * besides, in which it is left over: so there is always a solution. */

#define FAR (G_MAXINT64 / 4)

typedef struct
{
  const gint64 *costs;
  guint n_visits;
  guint n_places;
  gint64 left_over;
  guint n_columns;
  gint64 *of_row;     /* potentials */
  gint64 *of_column;
  guint *row_in;      /* the row that has a column; 0 for none */
  guint *came_from;   /* on the path */
  gint64 *nearest;
  gboolean *is_used;
} Assignment;

static gint64
cost (const Assignment *self, guint row, guint column)
{
  gint64 value;

  if (column > self->n_places)
    return column - self->n_places == row ? self->left_over : FAR;
  value = self->costs[(gsize) (row - 1) * self->n_places + column - 1];
  return value == RCP_ASSIGNMENT_FORBIDDEN ? FAR : value;
}

/* Goes on from the column @at to the nearest one that the path has not reached. */
static guint
step (Assignment *self, guint at)
{
  guint row = self->row_in[at], next = 0;
  gint64 delta = G_MAXINT64;

  self->is_used[at] = TRUE;
  for (guint j = 1; j <= self->n_columns; j++)
    {
      gint64 reduced;

      if (self->is_used[j])
        continue;
      reduced = cost (self, row, j) - self->of_row[row] - self->of_column[j];
      if (reduced < self->nearest[j])
        {
          self->nearest[j] = reduced;
          self->came_from[j] = at;
        }
      if (self->nearest[j] < delta)
        {
          delta = self->nearest[j];
          next = j;
        }
    }
  for (guint j = 0; j <= self->n_columns; j++)
    if (self->is_used[j])
      {
        self->of_row[self->row_in[j]] += delta;
        self->of_column[j] -= delta;
      }
    else
      self->nearest[j] -= delta;
  return next;
}

static void
add_row (Assignment *self, guint row)
{
  guint at = 0;

  self->row_in[0] = row;
  for (guint j = 0; j <= self->n_columns; j++)
    {
      self->nearest[j] = G_MAXINT64 / 2;
      self->is_used[j] = FALSE;
    }
  do
    at = step (self, at);
  while (self->row_in[at] != 0);
  while (at != 0)
    {
      guint before = self->came_from[at];

      self->row_in[at] = self->row_in[before];
      at = before;
    }
}

/**
 * rcp_assign:
 * @costs: (array): @n_visits rows of @n_places costs, from 0 to 10¹⁵; %RCP_ASSIGNMENT_FORBIDDEN where a visit cannot go
 * @left_over: the cost of a visit that gets no place, larger than any other: as few as can be are left over
 * @places: (out) (array): the place of each visit, %RCP_ASSIGNMENT_NONE for those that are left over
 *
 * Of all ways to give each visit a place that no other has, one of those that cost least.
 */
void
rcp_assign (const gint64 *costs, guint n_visits, guint n_places, gint64 left_over, guint *places)
{
  Assignment self = { costs, n_visits, n_places, left_over, n_places + n_visits, NULL, NULL, NULL, NULL, NULL, NULL };

  self.of_row = g_new0 (gint64, n_visits + 1);
  self.of_column = g_new0 (gint64, self.n_columns + 1);
  self.row_in = g_new0 (guint, self.n_columns + 1);
  self.came_from = g_new0 (guint, self.n_columns + 1);
  self.nearest = g_new (gint64, self.n_columns + 1);
  self.is_used = g_new (gboolean, self.n_columns + 1);
  for (guint row = 1; row <= n_visits; row++)
    add_row (&self, row);
  for (guint i = 0; i < n_visits; i++)
    places[i] = RCP_ASSIGNMENT_NONE;
  for (guint j = 1; j <= n_places; j++)
    if (self.row_in[j] != 0)
      places[self.row_in[j] - 1] = j - 1;
  g_free (self.of_row);
  g_free (self.of_column);
  g_free (self.row_in);
  g_free (self.came_from);
  g_free (self.nearest);
  g_free (self.is_used);
}
