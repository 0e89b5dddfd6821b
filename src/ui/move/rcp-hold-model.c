/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-hold-model"

#include "config.h"

#include "rcp-hold-private.h"

G_DEFINE_FINAL_TYPE (RcpHoldModel, rcp_hold_model, G_TYPE_OBJECT)

static guint changed_signal;

void
rcp_hold_model_changed (RcpHoldModel *self)
{
  g_signal_emit (self, changed_signal, 0);
}

void
rcp_hold_model_forget (RcpHoldModel *self)
{
  g_ptr_array_set_size (self->conflicts, 0);
  g_ptr_array_set_size (self->shades, 0);
}

static gboolean
find_pinned (RcpHoldModel *self, const char *id, guint *position)
{
  GListModel *pinned = G_LIST_MODEL (self->pinboard);

  for (guint i = 0; i < g_list_model_get_n_items (pinned); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (pinned, i);

      if (g_strcmp0 (rcp_visit_get_id (visit), id) == 0)
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

void
rcp_hold_model_renew (RcpHoldModel *self, RcpVisit *fresh)
{
  g_autoptr (RcpVisit) visit = NULL;
  guint position;

  if (!find_pinned (self, rcp_visit_get_id (fresh), &position))
    return;
  visit = g_list_model_get_item (G_LIST_MODEL (self->pinboard), position);
  if (visit == fresh)
    return;
  if (self->held == visit)
    g_set_object (&self->held, fresh);
  g_list_store_splice (self->pinboard, position, 1, (gpointer *) &fresh, 1);
}

/* The board follows the record: what is pinned is then the visit as it is now. While a move is on its way it is that of the move. */
static void
refresh_pinned (RcpHoldModel *self)
{
  GListModel *pinned = G_LIST_MODEL (self->pinboard);

  for (guint i = 0; !self->is_busy && i < g_list_model_get_n_items (pinned); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (pinned, i);
      RcpVisit *fresh = rcp_board_model_find_visit (self->board, rcp_visit_get_id (visit));

      if (fresh)
        rcp_hold_model_renew (self, fresh);
    }
}

static void
on_contents_changed_cb (RcpHoldModel *self)
{
  refresh_pinned (self);
  rcp_hold_model_forget (self);
  rcp_hold_model_keep_place (self);
  if (self->held)
    rcp_hold_model_changed (self);
}

static void
on_range_changed_cb (RcpHoldModel *self)
{
  g_ptr_array_set_size (self->days, 0);
  rcp_hold_model_forget (self);
}

static void
on_columns_changed_cb (RcpHoldModel *self)
{
  g_ptr_array_set_size (self->days, 0);
  on_contents_changed_cb (self);
}

static void
on_now_changed_cb (RcpHoldModel *self)
{
  rcp_hold_model_forget (self);
  if (self->held)
    rcp_hold_model_changed (self);
}

static void
rcp_hold_model_dispose (GObject *object)
{
  RcpHoldModel *self = RCP_HOLD_MODEL (object);

  rcp_hold_model_forget (self);
  g_clear_object (&self->held);
  g_ptr_array_set_size (self->days, 0);
  g_clear_object (&self->board);
  g_clear_object (&self->desk);
  g_list_store_remove_all (self->pinboard);
  G_OBJECT_CLASS (rcp_hold_model_parent_class)->dispose (object);
}

static void
rcp_hold_model_finalize (GObject *object)
{
  RcpHoldModel *self = RCP_HOLD_MODEL (object);

  g_object_unref (self->pinboard);
  g_ptr_array_unref (self->days);
  g_ptr_array_unref (self->conflicts);
  g_ptr_array_unref (self->shades);
  G_OBJECT_CLASS (rcp_hold_model_parent_class)->finalize (object);
}

static void
rcp_hold_model_class_init (RcpHoldModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_hold_model_dispose;
  object_class->finalize = rcp_hold_model_finalize;
  changed_signal = g_signal_new ("changed", RCP_TYPE_HOLD_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
free_conflicts (gpointer conflicts)
{
  if (conflicts)
    rcp_conflicts_free (conflicts);
}

static void
free_day (gpointer day)
{
  if (day)
    g_object_unref (day);
}

static void
free_shades (gpointer shades)
{
  if (shades)
    g_array_unref (shades);
}

static void
rcp_hold_model_init (RcpHoldModel *self)
{
  self->pinboard = g_list_store_new (RCP_TYPE_VISIT);
  self->days = g_ptr_array_new_with_free_func (free_day);
  self->conflicts = g_ptr_array_new_with_free_func (free_conflicts);
  self->shades = g_ptr_array_new_with_free_func (free_shades);
}

/**
 * rcp_hold_model_new:
 * @desk: the session
 * @board: where visits are put
 *
 * Returns: (transfer full): an empty hand
 */
RcpHoldModel *
rcp_hold_model_new (RcpDesk *desk, RcpBoardModel *board)
{
  RcpHoldModel *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_BOARD_MODEL (board), NULL);

  self = g_object_new (RCP_TYPE_HOLD_MODEL, NULL);
  self->desk = g_object_ref (desk);
  self->board = g_object_ref (board);
  g_signal_connect_object (board, "contents-changed", G_CALLBACK (on_contents_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "columns-changed", G_CALLBACK (on_columns_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "range-changed", G_CALLBACK (on_range_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "now-changed", G_CALLBACK (on_now_changed_cb), self, G_CONNECT_SWAPPED);
  /* Another record: nothing of the old one can be put there. */
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (on_range_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

GListModel *
rcp_hold_model_get_pinboard (RcpHoldModel *self)
{
  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), NULL);

  return G_LIST_MODEL (self->pinboard);
}

/**
 * rcp_hold_model_pin:
 * @self: a hand
 * @visit: a visit
 *
 * Returns: whether such a visit may be moved at all
 */
gboolean
rcp_hold_model_pin (RcpHoldModel *self, RcpVisit *visit)
{
  guint position;

  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), FALSE);
  g_return_val_if_fail (RCP_IS_VISIT (visit), FALSE);

  if (!rcp_visit_may_move (visit))
    return FALSE;
  if (!find_pinned (self, rcp_visit_get_id (visit), &position))
    g_list_store_append (self->pinboard, visit);
  return TRUE;
}

void
rcp_hold_model_unpin (RcpHoldModel *self, RcpVisit *visit)
{
  g_autoptr (RcpVisit) kept = NULL;
  guint position;

  g_return_if_fail (RCP_IS_HOLD_MODEL (self));
  g_return_if_fail (RCP_IS_VISIT (visit));

  kept = g_object_ref (visit);
  if (self->held && g_strcmp0 (rcp_visit_get_id (self->held), rcp_visit_get_id (kept)) == 0)
    rcp_hold_model_park (self);
  if (find_pinned (self, rcp_visit_get_id (kept), &position))
    g_list_store_remove (self->pinboard, position);
}

/**
 * rcp_hold_model_take:
 * @self: a hand
 * @visit: a visit
 *
 * What was in the hand before stays on the pinboard.
 *
 * Returns: whether it is in the hand now: %FALSE when such a visit is not moved, or while a move is on its way
 */
gboolean
rcp_hold_model_take (RcpHoldModel *self, RcpVisit *visit)
{
  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), FALSE);

  if (self->is_busy || !rcp_hold_model_pin (self, visit))
    return FALSE;
  g_set_object (&self->held, visit);
  rcp_hold_model_forget (self);
  rcp_hold_model_choose_place (self);
  rcp_hold_model_changed (self);
  return TRUE;
}

RcpVisit *
rcp_hold_model_get_held (RcpHoldModel *self)
{
  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), NULL);

  return self->held;
}

void
rcp_hold_model_park (RcpHoldModel *self)
{
  g_return_if_fail (RCP_IS_HOLD_MODEL (self));

  if (!self->held || self->is_busy)
    return;
  g_clear_object (&self->held);
  self->has_place = FALSE;
  rcp_hold_model_forget (self);
  rcp_hold_model_changed (self);
}

void
rcp_hold_model_let_go (RcpHoldModel *self)
{
  g_return_if_fail (RCP_IS_HOLD_MODEL (self));

  if (self->held && !self->is_busy)
    rcp_hold_model_unpin (self, self->held);
}

gboolean
rcp_hold_model_is_busy (RcpHoldModel *self)
{
  g_return_val_if_fail (RCP_IS_HOLD_MODEL (self), FALSE);

  return self->is_busy;
}
