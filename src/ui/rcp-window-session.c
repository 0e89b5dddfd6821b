/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-session"

#include "config.h"

#include "rcp-window-private.h"

static char *
format_date (const GDate *date)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

static char *
dup_today (RcpWindow *self)
{
  GDate today;

  rcp_desk_get_today (self->desk, &today);
  return format_date (&today);
}

/**
 * rcp_window_save_session:
 * @self: a window that closes
 *
 * Remembers the day on the board.
 */
void
rcp_window_save_session (RcpWindow *self)
{
  g_autofree char *today = dup_today (self);
  g_autofree char *day = format_date (rcp_board_model_get_date (self->model));

  g_settings_set_string (self->settings, "session-day", day);
  g_settings_set_string (self->settings, "session-saved", today);
}

/**
 * rcp_window_restore_session:
 * @self: a new window
 *
 * Shows the day that was shown when the program was closed today. A new day begins with itself.
 */
void
rcp_window_restore_session (RcpWindow *self)
{
  g_autofree char *today = dup_today (self);
  g_autofree char *saved = g_settings_get_string (self->settings, "session-saved");
  g_autofree char *day = g_settings_get_string (self->settings, "session-day");
  g_autofree char *text = g_strconcat ("reception:day/", day, NULL);
  g_autoptr (RcpLink) link = rcp_link_parse (text);

  if (link && g_str_equal (today, saved))
    rcp_board_model_set_date (self->model, &link->date);
}
