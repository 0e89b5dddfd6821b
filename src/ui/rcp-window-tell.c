/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened, for who looks and for who listens. */

#define G_LOG_DOMAIN "rcp-window-tell"

#include "config.h"

#include "rcp-window-private.h"

void
rcp_window_say (RcpWindow *self, const char *text)
{
  rcp_announcer_say (self->announcer, text);
}

void
rcp_window_show_toast (RcpWindow *self, AdwToast *toast, const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);

  adw_toast_set_title (toast, title);
  rcp_window_add_toast (self, toast);
  rcp_window_say (self, text);
}

void
rcp_window_tell (RcpWindow *self, const char *text)
{
  rcp_window_show_toast (self, adw_toast_new (""), text);
}
