/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time that is kept for something else than visits, and given back. */

#define G_LOG_DOMAIN "rcp-window-blocks"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-error-dialog.h"
#include "rcp-window-private.h"
#include "scheduling/rcp-block-time.h"

static char *
dup_actor (RcpWindow *self, const char *schedule_id, GTimeZone **zone)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  GListModel *providers = rcp_roster_get_providers (roster), *rooms = rcp_roster_get_rooms (roster);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (g_strcmp0 (rcp_provider_get_schedule_id (provider), schedule_id) != 0)
        continue;
      *zone = rcp_provider_get_zone (provider);
      return g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (provider), NULL);
    }
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (g_strcmp0 (rcp_room_get_schedule_id (room), schedule_id) == 0)
        return g_strdup (rcp_room_get_reference (room));
    }
  return NULL;
}

static void
on_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWindow) self = user_data;
  RcpBlockTime *operation = RCP_BLOCK_TIME (source);
  g_autoptr (GError) error = NULL;
  gboolean done = rcp_block_time_run_finish (operation, result, &error);

  if (!self->desk)
    return;
  rcp_desk_invalidate (self->desk, rcp_block_time_get_range (operation));
  if (done)
    rcp_desk_tell_done (self->desk, source);
  else
    rcp_error_dialog_present (GTK_WINDOW (self), rcp_block_time_get_deed (operation) == RCP_DEED_BLOCK ? _("Time Not Blocked") : _("Time Not Freed"),
                              error);
}

static void
on_block_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  GTimeZone *zone = rcp_desk_get_zone (self->desk);
  const char *schedule_id, *kind, *words;
  g_autofree char *actor = NULL;
  g_autoptr (RcpBlockTime) operation = NULL;
  RcpTimeRange range;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  g_variant_get (parameter, "(&sxx&s&s)", &schedule_id, &range.start, &range.end, &kind, &words);
  actor = dup_actor (self, schedule_id, &zone);
  operation = rcp_block_time_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), schedule_id, actor, zone, range,
                                  rcp_block_kind_from_code (kind), words[0] ? words : NULL);
  rcp_block_time_set_desk (operation, rcp_desk_get_name (self->desk));
  rcp_block_time_run_async (operation, NULL, on_finished_cb, g_object_ref (self));
}

static void
on_unblock_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  GTimeZone *zone = rcp_desk_get_zone (self->desk);
  const char *schedule_id;
  g_autofree char *actor = NULL;
  g_autoptr (RcpBlockTime) operation = NULL;
  RcpTimeRange range;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  g_variant_get (parameter, "(&sxx)", &schedule_id, &range.start, &range.end);
  actor = dup_actor (self, schedule_id, &zone);
  operation = rcp_block_time_new_unblock (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), schedule_id, actor, zone, range);
  rcp_block_time_set_desk (operation, rcp_desk_get_name (self->desk));
  rcp_block_time_run_async (operation, NULL, on_finished_cb, g_object_ref (self));
}

void
rcp_window_class_add_block_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.block-time", "(sxxss)", on_block_activated);
  gtk_widget_class_install_action (widget_class, "win.unblock-time", "(sxx)", on_unblock_activated);
}
