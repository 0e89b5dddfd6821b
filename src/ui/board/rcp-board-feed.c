/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-feed"

#include "config.h"

#include "rcp-board-feed.h"

struct _RcpBoardFeed
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpBoardModel *model;
  RcpDay *day;
};

G_DEFINE_FINAL_TYPE (RcpBoardFeed, rcp_board_feed, G_TYPE_OBJECT)

static void
tell_open_ranges_of_rooms (RcpBoardFeed *self)
{
  GListModel *rooms = rcp_roster_get_rooms (rcp_desk_get_roster (self->desk));
  guint n_rooms = g_list_model_get_n_items (rooms);

  for (guint i = 0; i < n_rooms; i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);
      const char *schedule = rcp_room_get_schedule_id (room);

      rcp_board_model_set_open_ranges (self->model, schedule, rcp_day_get_open_ranges (self->day, schedule));
      rcp_board_model_set_blocks (self->model, schedule, rcp_day_get_blocks (self->day, schedule));
    }
}

static void
tell_open_ranges (RcpBoardFeed *self)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (self->desk));
  guint n_providers = g_list_model_get_n_items (providers);

  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      const char *schedule = rcp_provider_get_schedule_id (provider);

      rcp_board_model_set_open_ranges (self->model, schedule, rcp_day_get_open_ranges (self->day, schedule));
      rcp_board_model_set_blocks (self->model, schedule, rcp_day_get_blocks (self->day, schedule));
    }
}

/* A day that was read once stays on the screen when reading it again fails. */
static void
tell_day (RcpBoardFeed *self)
{
  const GError *error = rcp_day_get_error (self->day);

  if (!rcp_day_is_loaded (self->day))
    {
      if (error && !rcp_day_is_loading (self->day))
        rcp_board_model_set_state (self->model, RCP_BOARD_FAILED, error);
      else
        rcp_board_model_set_state (self->model, RCP_BOARD_LOADING, NULL);
      return;
    }
  rcp_board_model_freeze (self->model);
  tell_open_ranges (self);
  tell_open_ranges_of_rooms (self);
  rcp_board_model_set_visits (self->model, G_LIST_MODEL (self->day));
  rcp_board_model_set_state (self->model, RCP_BOARD_READY, NULL);
  rcp_board_model_thaw (self->model);
}

static void
drop_day (RcpBoardFeed *self)
{
  if (self->day)
    g_signal_handlers_disconnect_by_func (self->day, tell_day, self);
  g_clear_object (&self->day);
}

static void
show_day (RcpBoardFeed *self)
{
  RcpDayBook *book = rcp_desk_get_day_book (self->desk);

  drop_day (self);
  if (!book)
    return;
  self->day = rcp_day_book_get (book, rcp_board_model_get_date (self->model));
  g_signal_connect_object (self->day, "notify::loaded", G_CALLBACK (tell_day), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->day, "notify::loading", G_CALLBACK (tell_day), self, G_CONNECT_SWAPPED);
  tell_day (self);
}

static void
on_roster_changed_cb (RcpBoardFeed *self)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);

  rcp_board_model_set_zone (self->model, rcp_desk_get_zone (self->desk));
  rcp_board_model_set_visit_types (self->model, rcp_roster_get_visit_types (roster));
  rcp_board_model_set_rooms (self->model, rcp_roster_get_rooms (roster));
  rcp_board_model_set_providers (self->model, rcp_roster_get_providers (roster));
  show_day (self);
}

static void
rcp_board_feed_dispose (GObject *object)
{
  RcpBoardFeed *self = RCP_BOARD_FEED (object);

  drop_day (self);
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
  g_signal_connect_object (model, "date-changed", G_CALLBACK (show_day), self, G_CONNECT_SWAPPED);
  if (rcp_desk_get_roster (desk))
    on_roster_changed_cb (self);
  return self;
}

/**
 * rcp_board_feed_reload:
 * @self: a feed
 *
 * Reads the shown day again, also after it failed.
 */
void
rcp_board_feed_reload (RcpBoardFeed *self)
{
  g_return_if_fail (RCP_IS_BOARD_FEED (self));

  if (!self->day)
    {
      show_day (self);
      return;
    }
  rcp_day_load_async (self->day, NULL, NULL, NULL);
}
