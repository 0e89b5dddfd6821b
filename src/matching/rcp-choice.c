/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-choice.h"

#include <math.h>

/* Finer would tell one address from another, and teach nothing more. */
#define STEPS 100

/* Which opening of its provider each row is, counted from 0. */
static guint *
count_turns (const RcpChoiceRow *rows, guint n_rows)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  guint *turns = g_new0 (guint, n_rows + 1);

  for (guint i = 0; i < n_rows; i++)
    {
      turns[i] = GPOINTER_TO_UINT (g_hash_table_lookup (counts, rows[i].key));
      g_hash_table_insert (counts, (char *) rows[i].key, GUINT_TO_POINTER (turns[i] + 1));
    }
  return turns;
}

/* Those of the turn of @booked, the first six, or the next six: whichever it is among. @group: (out): of %RCP_CHOICE_MOST_ROWS. */
static guint
find_group (const RcpChoiceRow *rows, guint n_rows, guint booked, guint *group)
{
  g_autofree guint *turns = count_turns (rows, n_rows);
  gboolean has_booked = FALSE;
  guint n = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      if (rows[i].is_barred || turns[i] != turns[booked])
        continue;
      if (n == RCP_CHOICE_MOST_ROWS)
        {
          if (has_booked)
            break;
          n = 0;
        }
      group[n++] = i;
      has_booked = has_booked || i == booked;
    }
  return n;
}

static void
append_row (GByteArray *bytes, const RcpChoiceRow *row)
{
  for (guint j = 0; j < RCP_CHOICE_CRITERIA; j++)
    {
      guint8 step = (guint8) lround (CLAMP (row->scores[j], 0, 1) * STEPS);

      g_byte_array_append (bytes, &step, 1);
    }
}

/**
 * rcp_choice_new:
 * @rows: (array length=n_rows): the openings in the order in which they were shown
 * @n_rows: their number
 * @booked: which of them was booked
 *
 * Compares like with like: the first opening of a provider with the first of others, the second with the second. Which rows belong
 * together follows from their places alone, so that what is booked at random prefers nothing (decision 063).
 *
 * Returns: (transfer full) (nullable): the booked one first, then up to five others; %NULL when there is nothing to compare it with
 */
GBytes *
rcp_choice_new (const RcpChoiceRow *rows, guint n_rows, guint booked)
{
  guint group[RCP_CHOICE_MOST_ROWS], n;
  g_autoptr (GByteArray) bytes = NULL;

  g_return_val_if_fail (rows != NULL && booked < n_rows, NULL);

  if (rows[booked].is_barred)
    return NULL;
  n = find_group (rows, n_rows, booked, group);
  if (n < 2)
    return NULL;
  bytes = g_byte_array_new ();
  append_row (bytes, &rows[booked]);
  for (guint i = 0; i < n; i++)
    if (group[i] != booked)
      append_row (bytes, &rows[group[i]]);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * rcp_choice_is_valid:
 * @self: bytes from outside
 *
 * Returns: whether they are a choice
 */
gboolean
rcp_choice_is_valid (GBytes *self)
{
  gsize size;
  const guint8 *steps = g_bytes_get_data (self, &size);

  if (size % RCP_CHOICE_CRITERIA != 0 || size < 2 * RCP_CHOICE_CRITERIA || size > RCP_CHOICE_MOST_ROWS * RCP_CHOICE_CRITERIA)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (steps[i] > STEPS)
      return FALSE;
  return TRUE;
}

guint
rcp_choice_get_n_rows (GBytes *self)
{
  return (guint) (g_bytes_get_size (self) / RCP_CHOICE_CRITERIA);
}

/**
 * rcp_choice_get_score:
 * @self: a valid choice
 * @row: 0 for what was booked
 * @criterion: one that the clinic weighs
 *
 * Returns: 0 to 1, in hundredths
 */
double
rcp_choice_get_score (GBytes *self, guint row, RcpCriterion criterion)
{
  const guint8 *steps = g_bytes_get_data (self, NULL);

  g_return_val_if_fail (criterion < RCP_CHOICE_CRITERIA && row < rcp_choice_get_n_rows (self), 0);

  return (double) steps[row * RCP_CHOICE_CRITERIA + criterion] / STEPS;
}
