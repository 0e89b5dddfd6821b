/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one move that comes of a held visit. */

#define G_LOG_DOMAIN "rcp-hold-put"

#include "config.h"

#include "rcp-hold-private.h"

#include <glib/gi18n.h>

/* What was pinned on another day may have been changed at another desk: the next try is with the visit as it is now. */
static void
renew_held (RcpHoldModel *self)
{
  g_autoptr (RcpDay) day = NULL;
  RcpVisit *fresh;
  GDate date;

  rcp_time_get_day (rcp_visit_get_range (self->held).start, rcp_desk_get_zone (self->desk), &date);
  day = rcp_day_book_get (rcp_desk_get_day_book (self->desk), &date);
  fresh = rcp_day_is_loaded (day) ? rcp_day_find_visit (day, rcp_visit_get_id (self->held)) : NULL;
  if (fresh)
    rcp_hold_model_renew (self, fresh);
}

static void
on_moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpHoldModel *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (RcpVisit) moved = rcp_move_visit_run_finish (RCP_MOVE_VISIT (source), result, &error);

  self->is_busy = FALSE;
  rcp_desk_invalidate (self->desk, rcp_visit_get_range (self->held));
  if (moved)
    {
      rcp_desk_invalidate (self->desk, rcp_visit_get_range (moved));
      rcp_hold_model_let_go (self);
      rcp_desk_tell_done (self->desk, source);
      g_task_return_pointer (task, g_steal_pointer (&moved), g_object_unref);
      return;
    }
  if (g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED))
    renew_held (self);
  rcp_hold_model_changed (self);
  g_task_return_error (task, error);
}

static RcpOffer *
make_offer (RcpHoldModel *self, const char *reason, GError **error)
{
  g_autofree char *conflicts = NULL;

  if (reason && rcp_hold_model_may_overbook (self))
    return rcp_hold_model_make_overbook_offer (self);
  if (rcp_hold_model_may_put (self))
    return rcp_hold_model_make_offer (self, self->column, self->minute);
  conflicts = rcp_hold_model_describe_conflicts (self);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, conflicts ? conflicts : _("There is no place to put a visit."));
  return NULL;
}

static gboolean
is_there_already (RcpHoldModel *self)
{
  guint column;

  return rcp_board_model_get_instant (self->board, self->column, self->minute) == rcp_visit_get_range (self->held).start
         && rcp_board_model_find_column (self->board, self->held, &column) && column == self->column;
}

/**
 * rcp_hold_model_put_async:
 * @self: a hand that holds a visit
 * @reason: (nullable): why it may stand beside others, where rcp_hold_model_may_overbook()
 * @cancellable: (nullable): heeded until the move is sent
 * @callback: called when the record holds the move, or does not
 *
 * A visit that is put where it is stays as it is, without a move.
 */
void
rcp_hold_model_put_async (RcpHoldModel *self, const char *reason, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpMoveVisit) move = NULL;
  GError *error = NULL;

  g_return_if_fail (RCP_IS_HOLD_MODEL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_hold_model_put_async);
  if (!self->held || !self->has_place || self->is_busy)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "%s", _("There is no visit to put."));
      return;
    }
  if (is_there_already (self))
    {
      g_task_return_pointer (task, g_object_ref (self->held), g_object_unref);
      rcp_hold_model_let_go (self);
      return;
    }
  offer = make_offer (self, reason, &error);
  if (!offer)
    {
      g_task_return_error (task, error);
      return;
    }
  move = rcp_move_visit_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->held, offer);
  rcp_move_visit_set_overbook (move, reason);
  rcp_desk_equip (self->desk, RCP_VISIT_OPERATION (move));
  self->is_busy = TRUE;
  rcp_hold_model_changed (self);
  rcp_move_visit_run_async (move, cancellable, on_moved_cb, g_steal_pointer (&task));
}

RcpVisit *
rcp_hold_model_put_finish (RcpHoldModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
