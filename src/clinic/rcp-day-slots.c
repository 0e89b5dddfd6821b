/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-day-private.h"

/* The slots of a day, by schedule, and what follows from them: when a provider works, and what is blocked. */
struct _RcpDaySlots
{
  GHashTable *slots;  /* schedule id -> GArray of RcpSlot */
  GHashTable *open;   /* schedule id -> GArray of RcpTimeRange */
  GHashTable *blocks; /* schedule id -> GArray of RcpBlock */
  GArray *never_open; /* what providers without slots have */
  GArray *no_blocks;
};

static GHashTable *
new_arrays (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) g_ref_string_release,
                                (GDestroyNotify) g_array_unref);
}

RcpDaySlots *
rcp_day_slots_new (void)
{
  RcpDaySlots *self = g_new0 (RcpDaySlots, 1);

  self->slots = new_arrays ();
  self->open = new_arrays ();
  self->blocks = new_arrays ();
  self->never_open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  self->no_blocks = g_array_new (FALSE, FALSE, sizeof (RcpBlock));
  return self;
}

void
rcp_day_slots_free (RcpDaySlots *self)
{
  g_hash_table_unref (self->slots);
  g_hash_table_unref (self->open);
  g_hash_table_unref (self->blocks);
  g_array_unref (self->never_open);
  g_array_unref (self->no_blocks);
  g_free (self);
}

static GArray *
make_open_ranges (GArray *slots)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  for (guint i = 0; i < slots->len; i++)
    {
      const RcpSlot *slot = &g_array_index (slots, RcpSlot, i);

      if (slot->status != RCP_SLOT_UNAVAILABLE)
        g_array_append_val (ranges, slot->range);
    }
  rcp_time_ranges_normalize (ranges);

  return ranges;
}

static gboolean
continues (const RcpBlock *block, const RcpSlot *slot)
{
  return block->range.end == slot->range.start && block->kind == slot->block &&
         g_strcmp0 (block->words, slot->words) == 0;
}

static void
clear_block (RcpBlock *block)
{
  g_clear_pointer (&block->words, g_ref_string_release);
}

/* Joins the blocked slots that belong together. */
static GArray *
make_blocks (GArray *slots)
{
  GArray *blocks = g_array_new (FALSE, FALSE, sizeof (RcpBlock));

  g_array_set_clear_func (blocks, (GDestroyNotify) clear_block);
  for (guint i = 0; i < slots->len; i++)
    {
      const RcpSlot *slot = &g_array_index (slots, RcpSlot, i);
      RcpBlock *last = blocks->len > 0 ? &g_array_index (blocks, RcpBlock, blocks->len - 1) : NULL;
      RcpBlock block = { .range = slot->range, .kind = slot->block };

      if (slot->status != RCP_SLOT_UNAVAILABLE)
        continue;
      if (last != NULL && continues (last, slot))
        {
          last->range.end = slot->range.end;
          continue;
        }
      block.words = slot->words != NULL ? g_ref_string_acquire (slot->words) : NULL;
      g_array_append_val (blocks, block);
    }

  return blocks;
}

/* Cuts the sorted slots into one list per schedule. */
static void
keep_slots (RcpDaySlots *self, GArray *all)
{
  g_hash_table_remove_all (self->slots);
  g_hash_table_remove_all (self->open);
  g_hash_table_remove_all (self->blocks);
  for (guint start = 0, end = 0; start < all->len; start = end)
    {
      GRefString *id = g_array_index (all, RcpSlot, start).schedule_id;
      GArray *own = g_array_new (FALSE, FALSE, sizeof (RcpSlot));

      while (end < all->len && g_str_equal (g_array_index (all, RcpSlot, end).schedule_id, id))
        end++;
      g_array_append_vals (own, &g_array_index (all, RcpSlot, start), end - start);
      g_array_set_clear_func (own, (GDestroyNotify) rcp_slot_clear);
      g_hash_table_insert (self->slots, g_ref_string_acquire (id), own);
      g_hash_table_insert (self->open, g_ref_string_acquire (id), make_open_ranges (own));
      g_hash_table_insert (self->blocks, g_ref_string_acquire (id), make_blocks (own));
    }
  /* The lists own them now. */
  g_array_set_clear_func (all, NULL);
}

static gboolean
is_same_slot (const RcpSlot *a, const RcpSlot *b)
{
  return a->range.start == b->range.start && a->range.end == b->range.end && a->status == b->status &&
         g_str_equal (a->id, b->id) && g_strcmp0 (a->version_id, b->version_id) == 0;
}

static gboolean
has_same_slots (RcpDaySlots *self, GArray *all)
{
  GArray *own = NULL;
  guint n_known = 0, index = 0;
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    n_known += ((GArray *) list)->len;
  if (n_known != all->len)
    return FALSE;

  for (guint i = 0; i < all->len; i++, index++)
    {
      const RcpSlot *slot = &g_array_index (all, RcpSlot, i);

      if (i == 0 || !g_str_equal (slot->schedule_id, g_array_index (all, RcpSlot, i - 1).schedule_id))
        {
          own = g_hash_table_lookup (self->slots, slot->schedule_id);
          index = 0;
        }
      if (own == NULL || index >= own->len || !is_same_slot (slot, &g_array_index (own, RcpSlot, index)))
        return FALSE;
    }

  return TRUE;
}

gboolean
rcp_day_slots_take (RcpDaySlots *self, GArray *slots)
{
  if (has_same_slots (self, slots))
    return FALSE;

  keep_slots (self, slots);
  return TRUE;
}

GArray *
rcp_day_slots_get (RcpDaySlots *self, const char *schedule_id)
{
  return g_hash_table_lookup (self->slots, schedule_id);
}

GArray *
rcp_day_slots_get_open (RcpDaySlots *self, const char *schedule_id)
{
  GArray *ranges = g_hash_table_lookup (self->open, schedule_id);

  return ranges != NULL ? ranges : self->never_open;
}

GArray *
rcp_day_slots_get_blocks (RcpDaySlots *self, const char *schedule_id)
{
  GArray *blocks = g_hash_table_lookup (self->blocks, schedule_id);

  return blocks != NULL ? blocks : self->no_blocks;
}
