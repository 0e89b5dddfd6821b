/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-grid-chips"

#include "config.h"

#include <math.h>

#include "rcp-board-grid-private.h"

/* In milliseconds. To change places while one scrolls would cost frames, and nobody reads then. */
#define REST_BEFORE_ORDER 150

/* Visits this many minutes outside of what is seen have their chip already, so that slow scrolling makes none. */
#define MARGIN_MINUTES 30

void
rcp_board_chip_free (gpointer data)
{
  g_free (data);
}

static void
on_chip_action_cb (RcpBoardGrid *self, const char *name, RcpVisitChip *chip)
{
  RcpVisit *visit = rcp_visit_chip_get_visit (chip);

  if (visit)
    rcp_board_grid_emit_visit_action (self, visit, name);
}

static guint
choose_resting (RcpBoardGrid *self, RcpVisit *visit)
{
  for (guint i = self->resting->len; i > 0; i--)
    if (rcp_visit_chip_suits (g_ptr_array_index (self->resting, i - 1), visit))
      return i - 1;
  return self->resting->len - 1;
}

static RcpVisitChip *
take_chip (RcpBoardGrid *self, RcpVisit *visit)
{
  RcpVisitChip *chip;

  if (self->resting->len > 0)
    {
      chip = g_ptr_array_steal_index_fast (self->resting, choose_resting (self, visit));
      gtk_widget_set_child_visible (GTK_WIDGET (chip), TRUE);
      gtk_accessible_reset_state (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_STATE_HIDDEN);
      return chip;
    }
  chip = rcp_visit_chip_new (self->cache);
  self->n_chips++;
  g_signal_connect_object (chip, "action", G_CALLBACK (on_chip_action_cb), self, G_CONNECT_SWAPPED);
  /* Below the heads, for pointers as for the eye. */
  gtk_widget_insert_after (GTK_WIDGET (chip), GTK_WIDGET (self), NULL);
  return chip;
}

static void
rest_chip (RcpBoardGrid *self, RcpVisitChip *chip)
{
  rcp_visit_chip_set_visit (chip, NULL, NULL, NULL);
  gtk_widget_set_child_visible (GTK_WIDGET (chip), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  g_ptr_array_add (self->resting, chip);
}

static void
keep_chip (RcpBoardGrid *self, const RcpBoardItem *item)
{
  RcpBoardChip *entry = g_hash_table_lookup (self->chips, rcp_visit_get_id (item->visit));

  if (entry)
    entry->round = self->round;
}

static gint64
get_now (RcpBoardGrid *self, guint column)
{
  return rcp_board_model_is_column_today (self->model, column)
             ? rcp_board_model_get_instant (self->model, column, rcp_board_model_get_now (self->model))
             : 0;
}

static void
want_chip (RcpBoardGrid *self, const RcpBoardItem *item)
{
  const char *id = rcp_visit_get_id (item->visit);
  RcpBoardChip *entry = g_hash_table_lookup (self->chips, id);
  RcpProvider *provider = rcp_board_model_get_provider (self->model, item->column);

  if (!entry)
    {
      entry = g_new0 (RcpBoardChip, 1);
      entry->chip = take_chip (self, item->visit);
      g_hash_table_insert (self->chips, g_strdup (id), entry);
    }
  entry->round = self->round;
  entry->item = *item;
  if (!provider)
    provider = rcp_board_model_find_provider (self->model, item->visit);
  /* In a week the words name the day. */
  if (entry->period != rcp_board_model_get_period (self->model))
    rcp_visit_chip_set_visit (entry->chip, NULL, NULL, NULL);
  entry->period = rcp_board_model_get_period (self->model);
  if (rcp_visit_chip_get_visit (entry->chip) != item->visit)
    {
      g_autofree char *time = rcp_board_model_describe_time (self->model, rcp_visit_get_range (item->visit));

      rcp_visit_chip_set_visit (entry->chip, item->visit, provider, time);
      rcp_visit_chip_set_new_patient (entry->chip, rcp_board_model_is_for_new_patient (self->model, item->visit));
      rcp_visit_chip_set_now (entry->chip, get_now (self, item->column));
    }
  rcp_visit_chip_set_selected (entry->chip, g_strcmp0 (id, rcp_board_model_get_selected (self->model)) == 0);
}

/* A chip that has the keyboard stays, even out of sight and below a dialog, or the focus would fall to another widget. */
static void
rest_unwanted (RcpBoardGrid *self)
{
  GHashTableIter iter;
  RcpBoardChip *entry;

  g_hash_table_iter_init (&iter, self->chips);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    {
      if (entry->round == self->round)
        continue;
      if (gtk_widget_is_focus (GTK_WIDGET (entry->chip))
          && rcp_board_model_find_visit (self->model, rcp_visit_get_id (entry->item.visit)) == entry->item.visit)
        continue;
      rest_chip (self, entry->chip);
      g_hash_table_iter_remove (&iter);
    }
}

static void
for_each_in_sight (RcpBoardGrid *self, void (*call) (RcpBoardGrid *self, const RcpBoardItem *item))
{
  guint first, end;
  int first_minute, end_minute;

  rcp_board_geometry_get_visible (&self->geometry, &first, &end, &first_minute, &end_minute);
  for (guint column = first; column < end; column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (self->model, column, &n_items);

      for (guint i = 0; i < n_items && items[i].start < end_minute + MARGIN_MINUTES; i++)
        if (items[i].end > first_minute - MARGIN_MINUTES)
          call (self, &items[i]);
    }
}

static int
compare_chips (gconstpointer a, gconstpointer b)
{
  const RcpBoardItem *first = &(*(RcpBoardChip *const *) a)->item, *second = &(*(RcpBoardChip *const *) b)->item;

  if (first->column != second->column)
    return first->column < second->column ? -1 : 1;
  if (first->start != second->start)
    return first->start < second->start ? -1 : 1;
  return (first->lane > second->lane) - (first->lane < second->lane);
}

guint
rcp_board_grid_put_in_order (RcpBoardGrid *self)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_sized_new (g_hash_table_size (self->chips));
  GtkWidget *before = NULL;
  guint n_moved = 0;
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->chips);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    g_ptr_array_add (entries, entry);
  g_ptr_array_sort (entries, compare_chips);
  for (guint i = 0; i < entries->len; i++)
    {
      GtkWidget *chip = GTK_WIDGET (((RcpBoardChip *) g_ptr_array_index (entries, i))->chip);

      if (gtk_widget_get_prev_sibling (chip) != before)
        {
          gtk_widget_insert_after (chip, GTK_WIDGET (self), before);
          n_moved++;
        }
      before = chip;
    }
  return n_moved;
}

static gboolean
on_rested_cb (gpointer data)
{
  RcpBoardGrid *self = data;

  self->order_id = 0;
  rcp_board_grid_put_in_order (self);
  return G_SOURCE_REMOVE;
}

/**
 * rcp_board_grid_sync_chips:
 * @self: a board
 *
 * Gives every visit in sight a chip and puts the others to rest; those first, so that they serve the visits that come.
 */
void
rcp_board_grid_sync_chips (RcpBoardGrid *self)
{
  self->round++;
  for_each_in_sight (self, keep_chip);
  rest_unwanted (self);
  for_each_in_sight (self, want_chip);
  g_clear_handle_id (&self->order_id, g_source_remove);
  self->order_id = g_timeout_add (REST_BEFORE_ORDER, on_rested_cb, self);
}

void
rcp_board_grid_allocate_span (RcpBoardGrid *self, GtkWidget *widget, guint column, RcpBoardSpan span, guint lane, guint n_lanes)
{
  double room = rcp_board_geometry_get_column_width (&self->geometry) - 2 * RCP_BOARD_MARGIN;
  double width = room / n_lanes;
  guint from_left = self->geometry.rtl ? n_lanes - 1 - lane : lane;
  double x = floor (rcp_board_geometry_get_x (&self->geometry, column) + RCP_BOARD_MARGIN + from_left * width);
  double y = floor (rcp_board_geometry_get_y (&self->geometry, span.start)) + 1;
  double height = floor ((span.end - span.start) * self->geometry.scale) - 1;
  GskTransform *transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  int min_width, min_height;

  /* Borders and padding are the least that CSS lets a widget have. */
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &min_height, NULL, NULL, NULL);
  gtk_widget_allocate (widget, MAX (min_width, (int) width - (n_lanes > 1 ? 1 : 0)), MAX (min_height, (int) height), -1, transform);
}

void
rcp_board_grid_allocate_chips (RcpBoardGrid *self)
{
  GHashTableIter iter;
  RcpBoardChip *entry;
  RcpBoardStop stop;
  guint column;
  gboolean at_free_time;

  g_hash_table_iter_init (&iter, self->chips);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    rcp_board_grid_allocate_span (self, GTK_WIDGET (entry->chip), entry->item.column,
                   (RcpBoardSpan) { entry->item.start, entry->item.end }, entry->item.lane, entry->item.n_lanes);
  at_free_time = rcp_board_model_get_cursor (self->model, &column, &stop) && !stop.visit;
  gtk_widget_set_child_visible (GTK_WIDGET (self->free_time), at_free_time);
  if (at_free_time)
    rcp_board_grid_allocate_span (self, GTK_WIDGET (self->free_time), column, stop.span, 0, 1);
  rcp_board_grid_allocate_place (self);
}

/**
 * rcp_board_grid_update_timers:
 * @self: a board
 *
 * Another minute has come: nothing moves, and only chips whose words change are drawn anew.
 */
void
rcp_board_grid_update_timers (RcpBoardGrid *self)
{
  GHashTableIter iter;
  RcpBoardChip *entry;

  g_hash_table_iter_init (&iter, self->chips);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    rcp_visit_chip_set_now (entry->chip, get_now (self, entry->item.column));
}

/**
 * rcp_board_grid_redraw_chips:
 * @self: a board
 *
 * Draws all chips anew: what they share with the board is another now, which they are not told.
 */
void
rcp_board_grid_redraw_chips (RcpBoardGrid *self)
{
  GHashTableIter iter;
  RcpBoardChip *entry;

  rcp_chip_cache_drop (self->cache);
  rcp_visit_chip_expect_icons (self->cache, GTK_WIDGET (self));
  g_hash_table_iter_init (&iter, self->chips);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    gtk_widget_queue_draw (GTK_WIDGET (entry->chip));
}

void
rcp_board_grid_update_selection (RcpBoardGrid *self)
{
  const char *selected = rcp_board_model_get_selected (self->model);
  GHashTableIter iter;
  const char *id;
  RcpBoardChip *entry;

  g_hash_table_iter_init (&iter, self->chips);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &entry))
    rcp_visit_chip_set_selected (entry->chip, g_strcmp0 (id, selected) == 0);
}

GtkWidget *
rcp_board_grid_find_chip (RcpBoardGrid *self, RcpVisit *visit)
{
  RcpBoardChip *entry = g_hash_table_lookup (self->chips, rcp_visit_get_id (visit));

  return entry ? GTK_WIDGET (entry->chip) : NULL;
}
