/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The desk of one provider: whose days are at hand with one key. Who that is, is a setting of the desk; it shows nothing that the desk
 * might not show otherwise, and it is no sign-in. */

#define G_LOG_DOMAIN "rcp-window-own"

#include "config.h"

#include <glib/gi18n.h>

#include "calendars/rcp-export-dialog.h"
#include "rcp-dialog.h"
#include "rcp-window-private.h"
#include "sidebar/rcp-own-dialog.h"

/* The Practitioner of the record that is open: (transfer full), or NULL. */
static char *
dup_own (RcpWindow *self)
{
  const char *record, *person, *open = rcp_desk_calendars_get_record (self->calendars);
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, "own-provider");

  g_variant_get (kept, "(&s&s)", &record, &person);
  return open && person[0] && g_str_equal (record, open) ? g_strdup (person) : NULL;
}

/* Who works at two places has a column at each: (transfer full), NULL when there is none any more. */
static RcpColumnSet *
make_columns (RcpWindow *self, const char *person)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (self->desk));
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_free);
  guint n_providers = g_list_model_get_n_items (providers);

  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (g_strcmp0 (rcp_provider_get_practitioner_id (provider), person) == 0)
        g_ptr_array_add (choices, rcp_column_choice_schedule (rcp_provider_get_schedule_id (provider)));
    }
  if (choices->len == 0)
    return NULL;
  g_ptr_array_add (choices, NULL);
  return rcp_column_set_new ("", RCP_COLUMNS_BY_PROVIDER, (const char *const *) choices->pdata);
}

static void
show_own_days (RcpWindow *self, RcpColumnSet *columns)
{
  gboolean is_day = g_str_equal (rcp_window_get_view (self), "day");

  rcp_window_leave_own_week (self);
  rcp_pages_show (self->pages, "board");
  rcp_board_model_set_columns (self->model, columns);
  if (is_day)
    rcp_window_set_view (self, "week");
  rcp_window_focus_face (self);
}

/* @person: NULL for nobody */
static void
on_chosen_cb (RcpWindow *self, const char *person)
{
  const char *record = rcp_desk_calendars_get_record (self->calendars);
  g_autoptr (RcpColumnSet) columns = NULL;

  g_settings_set (self->settings, "own-provider", "(ss)", person && record ? record : "", person ? person : "");
  if (!person)
    {
      rcp_board_model_set_columns (self->model, NULL);
      return;
    }
  columns = make_columns (self, person);
  if (columns)
    show_own_days (self, columns);
}

static void
on_choose_own_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  g_autofree char *own = dup_own (self);
  GtkWindow *dialog;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  dialog = rcp_own_dialog_new (rcp_roster_get_providers (rcp_desk_get_roster (self->desk)), own);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, GTK_WINDOW (self));
}

/* There, and to everybody. */
static void
on_own_days_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  g_autofree char *own = NULL;
  g_autoptr (RcpColumnSet) columns = NULL;
  RcpColumnSet *shown = rcp_board_model_get_columns (self->model);

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  own = dup_own (self);
  columns = own ? make_columns (self, own) : NULL;
  if (!columns)
    gtk_widget_activate_action (widget, "win.choose-own", NULL);
  else if (shown && rcp_column_set_equal (shown, columns))
    rcp_board_model_set_columns (self->model, NULL);
  else
    show_own_days (self, columns);
}

/**
 * rcp_window_dup_own_provider:
 * @self: a window
 *
 * Returns: (transfer full) (nullable): whose days these are, while the board shows nobody else's
 */
RcpProvider *
rcp_window_dup_own_provider (RcpWindow *self)
{
  g_autofree char *own = dup_own (self);
  RcpProvider *provider;

  if (!own || rcp_board_model_get_n_owners (self->model) != 1)
    return NULL;
  provider = rcp_board_model_get_provider (self->model, 0);
  return provider && g_strcmp0 (rcp_provider_get_practitioner_id (provider), own) == 0 ? g_object_ref (provider) : NULL;
}

/* A file is of one provider's days: of whoever alone is shown. */
static void
on_export_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  gboolean is_one = rcp_board_model_get_n_owners (self->model) == 1;
  RcpProvider *provider = is_one ? rcp_board_model_get_provider (self->model, 0) : NULL;
  GtkWindow *dialog;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  if (!provider)
    {
      rcp_window_tell (self, _("Show the days of one provider first: W at a column, or Alt+0"));
      return;
    }
  dialog = rcp_export_dialog_new (self->desk, self->calendars, provider, rcp_board_model_get_first_date (self->model));
  g_signal_connect_object (dialog, "told", G_CALLBACK (rcp_window_tell), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, GTK_WINDOW (self));
}

void
rcp_window_class_add_own_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.own-days", NULL, on_own_days_activated);
  gtk_widget_class_install_action (widget_class, "win.choose-own", NULL, on_choose_own_activated);
  gtk_widget_class_install_action (widget_class, "win.export-calendar", NULL, on_export_activated);
}
