/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "believed-work.h"

#include <string.h>

#include "scheduling/rcp-refit.h"

#define ON_LIST GINT_TO_POINTER (1)
#define OFF_LIST GINT_TO_POINTER (2)

static char *
name_work (RcpVisit *visit)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT "/%s", rcp_visit_get_id (visit), rcp_visit_get_range (visit).start,
                          rcp_visit_get_practitioner_id (visit));
}

/* There is one piece of work for a visit at a time: with another provider now. */
static gboolean
is_of_visit_then (gpointer name, gpointer value, gpointer visit)
{
  g_autofree char *place = name_work (visit);

  return strncmp (name, place, (gsize)(strrchr (place, '/') - place) + 1) == 0;
}

void
believed_work_put (GHashTable *work, RcpVisit *visit)
{
  g_hash_table_foreach_remove (work, is_of_visit_then, visit);
  g_hash_table_insert (work, name_work (visit), ON_LIST);
}

void
believed_work_end (GHashTable *work, RcpVisit *visit)
{
  g_autofree char *name = name_work (visit);

  g_hash_table_remove (work, name);
}

/* What was off the list, until a block that is undone put it there. */
static gboolean
is_on_list_now (gpointer name, gpointer was, gpointer now)
{
  return was == OFF_LIST && g_hash_table_lookup (now, name) == ON_LIST;
}

void
believed_work_forget_new (GHashTable *before, GHashTable *now)
{
  g_hash_table_foreach_remove (before, is_on_list_now, now);
}

static gboolean
is_in_blocked_slots (GHashTable *blocked, RcpVisit *visit)
{
  for (const char *const *id = rcp_visit_get_slot_ids (visit); *id != NULL; id++)
    if (g_hash_table_contains (blocked, *id))
      return TRUE;
  return FALSE;
}

/* Of what a block made work, all that still takes its time is on the list, and what is back in it; and nothing else. */
void
believed_work_check (GHashTable *work, GPtrArray *refits, GPtrArray *visits, GHashTable *blocked)
{
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name;
  guint n_expected = 0;

  for (guint i = 0; i < refits->len; i++)
    g_hash_table_add (listed, name_work (((RcpRefit *)refits->pdata[i])->visit));
  for (guint i = 0; i < visits->len; i++)
    {
      RcpVisit *visit = visits->pdata[i];
      g_autofree char *place = name_work (visit);
      gpointer known = g_hash_table_lookup (work, place);
      gboolean is_work = known == ON_LIST || (known == OFF_LIST && is_in_blocked_slots (blocked, visit));

      is_work = is_work && rcp_visit_status_takes_time (rcp_visit_get_status (visit));
      g_assert_cmpint (g_hash_table_contains (listed, place), ==, is_work);
      n_expected += is_work;
    }
  g_assert_cmpuint (refits->len, ==, n_expected);
  g_hash_table_iter_init (&iter, work);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_hash_table_iter_replace (&iter, g_hash_table_contains (listed, name) ? ON_LIST : OFF_LIST);
}
