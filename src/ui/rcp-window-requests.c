/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What providers ask for by what they do in their calendars. */

#define G_LOG_DOMAIN "rcp-window-requests"

#include "config.h"

#include <glib/gi18n.h>

#include "requests/rcp-request-page.h"
#include "rcp-window-private.h"

static RcpRequestModel *
get_model (RcpWindow *self)
{
  return g_object_get_data (G_OBJECT (self), "rcp-requests");
}

static GtkWidget *
make_page (gpointer data)
{
  GtkWidget *page = rcp_request_page_new (get_model (data));

  g_signal_connect_object (page, "visit-activated", G_CALLBACK (rcp_window_show_on_board), data, G_CONNECT_SWAPPED);
  return page;
}

/* A clinic whose calendars show no visits has no such page; once there was one, it stays. */
static void
on_count_changed_cb (RcpWindow *self)
{
  g_autoptr (RcpPage) page = NULL;

  if (rcp_request_model_get_count (get_model (self)) == 0 || g_object_get_data (G_OBJECT (self), "rcp-requests-page"))
    return;
  page = rcp_page_new ("requests", _("Requests"), "mail-unread-symbolic", G_OBJECT (get_model (self)), make_page, self);
  rcp_window_add_page (self, page);
  g_object_set_data (G_OBJECT (self), "rcp-requests-page", page);
}

/* It is said aloud too. */
static void
on_news_cb (RcpWindow *self, const char *news)
{
  AdwToast *toast;

  if (rcp_pages_is_current (self->pages, "requests"))
    {
      rcp_window_say (self, news);
      return;
    }
  toast = adw_toast_new ("");
  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_action_name (toast, "win.show-page");
  adw_toast_set_action_target (toast, "s", "requests");
  rcp_window_show_toast (self, toast, news);
}

static void
on_undone_cb (RcpWindow *self, const char *text, RcpVisit *was)
{
  if (was)
    rcp_request_model_take_undone (get_model (self), was);
}

/**
 * rcp_window_set_up_requests:
 * @self: a window with its pages and its undo
 *
 * Puts the requests among the pages, once there is one.
 */
void
rcp_window_set_up_requests (RcpWindow *self)
{
  RcpRequestModel *model = rcp_request_model_new (self->desk);

  g_object_set_data_full (G_OBJECT (self), "rcp-requests", model, g_object_unref);
  g_signal_connect_object (model, "notify::count", G_CALLBACK (on_count_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "news", G_CALLBACK (on_news_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->undo, "undone", G_CALLBACK (on_undone_cb), self, G_CONNECT_SWAPPED);
}
