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

/* By ids alone, as column sets are kept. */
static GVariant *
write_columns (RcpColumnSet *columns)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssas)"));
  if (columns)
    g_variant_builder_add (&builder, "(ss^as)", rcp_column_set_get_name (columns), rcp_columns_by_to_nick (rcp_column_set_get_by (columns)),
                           rcp_column_set_get_choices (columns));
  return g_variant_builder_end (&builder);
}

static void
restore_columns (RcpWindow *self)
{
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, "session-columns");
  g_autoptr (RcpColumnSet) columns = NULL;
  g_auto (GStrv) choices = NULL;
  const char *name, *by;

  if (g_variant_n_children (kept) == 0)
    return;
  g_variant_get_child (kept, 0, "(&s&s^as)", &name, &by, &choices);
  columns = rcp_column_set_new (name, rcp_columns_by_from_nick (by), (const char *const *) choices);
  rcp_board_model_set_columns (self->model, columns);
  self->checks_columns = TRUE;
}

void
rcp_window_check_columns (RcpWindow *self)
{
  if (self->checks_columns && rcp_board_model_get_n_columns (self->model) == 0)
    rcp_board_model_set_columns (self->model, NULL);
  self->checks_columns = FALSE;
}

/**
 * rcp_window_save_session:
 * @self: a window that closes
 *
 * Remembers the day on the board, and how it was looked at.
 */
void
rcp_window_save_session (RcpWindow *self)
{
  g_autofree char *today = dup_today (self);
  g_autofree char *day = format_date (rcp_board_model_get_date (self->model));

  g_settings_set_string (self->settings, "session-day", day);
  g_settings_set_string (self->settings, "session-saved", today);
  g_settings_set_string (self->settings, "session-view", rcp_window_get_view (self));
  g_settings_set_value (self->settings, "session-columns", write_columns (rcp_board_model_get_columns (self->model)));
}

/**
 * rcp_window_restore_session:
 * @self: a new window
 *
 * Shows the day that was shown when the program was closed today; a new day begins with itself. View and columns are those of before
 * in any case.
 */
void
rcp_window_restore_session (RcpWindow *self)
{
  g_autofree char *today = dup_today (self);
  g_autofree char *saved = g_settings_get_string (self->settings, "session-saved");
  g_autofree char *day = g_settings_get_string (self->settings, "session-day");
  g_autofree char *text = g_strconcat ("reception:day/", day, NULL);
  g_autofree char *view = g_settings_get_string (self->settings, "session-view");
  g_autoptr (RcpLink) link = rcp_link_parse (text);

  if (link && g_str_equal (today, saved))
    rcp_board_model_set_date (self->model, &link->date);
  restore_columns (self);
  rcp_window_set_view (self, view);
}
