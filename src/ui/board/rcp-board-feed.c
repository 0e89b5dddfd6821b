/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-feed"

#include "config.h"

#include "rcp-board-feed.h"

#include "clinic/rcp-day-span.h"

struct _RcpBoardFeed
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpBoardModel *model;
  RcpDaySpan *span;
  gboolean is_resting; /* nobody sees the board: other days wait until somebody does */
};

G_DEFINE_FINAL_TYPE (RcpBoardFeed, rcp_board_feed, G_TYPE_OBJECT)

static void
tell_schedule (RcpBoardFeed *self, const char *schedule)
{
  g_autoptr (GArray) open = rcp_day_span_dup_open_ranges (self->span, schedule);
  g_autoptr (GArray) blocks = rcp_day_span_dup_blocks (self->span, schedule);

  rcp_board_model_set_open_ranges (self->model, schedule, open);
  rcp_board_model_set_blocks (self->model, schedule, blocks);
}

static void
tell_schedules (RcpBoardFeed *self)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  GListModel *providers = rcp_roster_get_providers (roster), *rooms = rcp_roster_get_rooms (roster);
  guint n_providers = g_list_model_get_n_items (providers), n_rooms = g_list_model_get_n_items (rooms);

  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      tell_schedule (self, rcp_provider_get_schedule_id (provider));
    }
  for (guint i = 0; i < n_rooms; i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      tell_schedule (self, rcp_room_get_schedule_id (room));
    }
}

static gboolean
has_loaded_day (RcpBoardFeed *self)
{
  for (guint i = 0; i < rcp_day_range_get_n_days (RCP_DAY_RANGE (self->span)); i++)
    if (rcp_day_is_loaded (rcp_day_span_get_day (self->span, i)))
      return TRUE;
  return FALSE;
}

/* Days that were read once stay on the screen when reading them again fails. Of a week each day comes as soon as it is there. */
static void
tell_days (RcpBoardFeed *self)
{
  const GError *error = rcp_day_range_get_error (RCP_DAY_RANGE (self->span));

  /* Whoever hears of the contents finds the state that goes with them. */
  rcp_board_model_freeze (self->model);
  if (has_loaded_day (self))
    {
      tell_schedules (self);
      rcp_board_model_set_visits (self->model, G_LIST_MODEL (self->span));
    }
  if (rcp_day_range_is_loaded (RCP_DAY_RANGE (self->span)))
    rcp_board_model_set_state (self->model, RCP_BOARD_READY, NULL);
  else if (error)
    rcp_board_model_set_state (self->model, RCP_BOARD_FAILED, error);
  else
    rcp_board_model_set_state (self->model, RCP_BOARD_LOADING, NULL);
  rcp_board_model_thaw (self->model);
}

static void
drop_days (RcpBoardFeed *self)
{
  if (self->span)
    g_signal_handlers_disconnect_by_func (self->span, tell_days, self);
  g_clear_object (&self->span);
}

static void
show_days (RcpBoardFeed *self)
{
  RcpDayBook *book = rcp_desk_get_day_book (self->desk);

  drop_days (self);
  if (!book)
    return;
  self->span = rcp_day_span_new (book, rcp_board_model_get_first_date (self->model), rcp_board_model_get_n_days (self->model));
  g_signal_connect_object (self->span, "changed", G_CALLBACK (tell_days), self, G_CONNECT_SWAPPED);
  tell_days (self);
}

/* Of days that nobody sees nothing is known: they must not look closed. */
static void
on_range_changed_cb (RcpBoardFeed *self)
{
  if (!self->is_resting)
    {
      show_days (self);
      return;
    }
  drop_days (self);
  rcp_board_model_set_state (self->model, RCP_BOARD_LOADING, NULL);
}

/* A record that comes is read in any case: by that a window knows that it is there. */
static void
on_roster_changed_cb (RcpBoardFeed *self)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);

  rcp_board_model_set_zone (self->model, rcp_desk_get_zone (self->desk));
  rcp_board_model_set_visit_types (self->model, rcp_roster_get_visit_types (roster));
  rcp_board_model_set_rooms (self->model, rcp_roster_get_rooms (roster));
  rcp_board_model_set_providers (self->model, rcp_roster_get_providers (roster));
  rcp_board_model_set_busy_times (self->model, rcp_desk_get_busy_times (self->desk));
  show_days (self);
}

static void
rcp_board_feed_dispose (GObject *object)
{
  RcpBoardFeed *self = RCP_BOARD_FEED (object);

  drop_days (self);
  g_clear_object (&self->desk);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_board_feed_parent_class)->dispose (object);
}

static void
rcp_board_feed_class_init (RcpBoardFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_board_feed_dispose;
}

static void
rcp_board_feed_init (RcpBoardFeed *self)
{
}

/**
 * rcp_board_feed_new:
 * @desk: the session
 * @model: the board that shows it
 *
 * Returns: (transfer full): what joins the two, as long as it lives
 */
RcpBoardFeed *
rcp_board_feed_new (RcpDesk *desk, RcpBoardModel *model)
{
  RcpBoardFeed *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_BOARD_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_BOARD_FEED, NULL);
  self->desk = g_object_ref (desk);
  self->model = g_object_ref (model);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (on_roster_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "range-changed", G_CALLBACK (on_range_changed_cb), self, G_CONNECT_SWAPPED);
  if (rcp_desk_get_roster (desk))
    on_roster_changed_cb (self);
  return self;
}

/**
 * rcp_board_feed_reload:
 * @self: a feed
 *
 * Reads the shown days again, also after they failed.
 */
void
rcp_board_feed_reload (RcpBoardFeed *self)
{
  g_return_if_fail (RCP_IS_BOARD_FEED (self));

  if (self->span)
    rcp_day_range_reload (RCP_DAY_RANGE (self->span));
  else if (!self->is_resting)
    show_days (self);
}

/**
 * rcp_board_feed_set_resting:
 * @self: a feed
 * @resting: whether nobody sees the visits of the board
 *
 * A feed that rests reads no days that the board turns to; it reads those where the board stands when the rest is over. The days that
 * it has go on being told.
 */
void
rcp_board_feed_set_resting (RcpBoardFeed *self, gboolean resting)
{
  g_return_if_fail (RCP_IS_BOARD_FEED (self));

  self->is_resting = resting;
  if (!resting && !self->span)
    show_days (self);
}
