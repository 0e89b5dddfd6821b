/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-wait"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-window-private.h"
#include "waitlist/rcp-wait-list-page.h"

static void
on_news_cb (RcpWindow *self, const char *news)
{
  rcp_window_tell (self, news);
}

static void
on_booked_cb (RcpWindow *self, RcpVisit *visit)
{
  rcp_window_show_visit (self, visit);
}

static void
on_patient_activated_cb (RcpWindow *self, RcpPatient *patient)
{
  rcp_window_show_found (self, patient, NULL);
}

static GtkWidget *
make_page (gpointer data)
{
  RcpWindow *self = data;
  GtkWidget *page = rcp_wait_list_page_new (self->wait_list);

  g_signal_connect_object (page, "booked", G_CALLBACK (on_booked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "patient-activated", G_CALLBACK (on_patient_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "history-requested", G_CALLBACK (rcp_window_show_visit_history), self, G_CONNECT_SWAPPED);
  return page;
}

/**
 * rcp_window_set_up_wait_list:
 * @self: a window with its pages
 *
 * Puts the wait list among the pages.
 */
void
rcp_window_set_up_wait_list (RcpWindow *self)
{
  g_autoptr (RcpPage) page = NULL;

  self->wait_list = rcp_wait_list_model_new (self->desk);
  g_signal_connect_object (self->wait_list, "news", G_CALLBACK (on_news_cb), self, G_CONNECT_SWAPPED);
  page = rcp_page_new ("wait-list", _ ("Wait List"), "view-list-symbolic", G_OBJECT (self->wait_list), make_page, self);
  rcp_pages_add (self->pages, page);
}
