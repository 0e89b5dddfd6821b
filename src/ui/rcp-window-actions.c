/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-actions"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-dialog.h"
#include "rcp-shortcuts-window.h"
#include "rcp-time-text.h"
#include "rcp-window-private.h"
#include "ui/rcp-ui-compat.h"

static void
on_previous_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_window_step_days (RCP_WINDOW (widget), -1);
}

static void
on_next_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_window_step_days (RCP_WINDOW (widget), 1);
}

static void
on_today_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);

  rcp_pages_show (self->pages, "board");
  rcp_board_model_go_today (self->model);
  if (rcp_window_is_board_seen (self))
    rcp_board_view_show_now (self->board);
  else if (self->agenda && !rcp_window_is_month (self))
    rcp_agenda_view_show_now (self->agenda);
}

static void
on_show_date_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *text = g_strconcat (g_variant_get_string (parameter, NULL), "T12:00:00Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  GDate date;

  if (!time)
    return;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (time), g_date_time_get_month (time), g_date_time_get_year (time));
  rcp_board_model_set_date (RCP_WINDOW (widget)->model, &date);
}

static void
on_refresh_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);

  if (rcp_board_model_get_n_providers (self->model) == 0)
    rcp_desk_reload_roster (self->desk);
  else
    rcp_board_feed_reload (self->feed);
  if (self->month)
    rcp_month_view_reload (self->month);
}

static void
on_shortcuts_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_dialog_present (rcp_shortcuts_window_new (), GTK_WINDOW (widget));
}

void
rcp_window_class_add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.previous-day", NULL, on_previous_activated);
  gtk_widget_class_install_action (widget_class, "win.next-day", NULL, on_next_activated);
  gtk_widget_class_install_action (widget_class, "win.today", NULL, on_today_activated);
  gtk_widget_class_install_action (widget_class, "win.show-date", "s", on_show_date_activated);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, on_refresh_activated);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, on_shortcuts_activated);
}

/* The days that are seen: of a week those with columns. */
static void
write_dates (RcpWindow *self)
{
  guint n_columns = rcp_board_model_get_n_columns (self->model);
  const GDate *shown = rcp_board_model_get_date (self->model);
  const GDate *first = n_columns > 0 ? rcp_board_model_get_column_date (self->model, 0) : shown;
  const GDate *last = n_columns > 0 ? rcp_board_model_get_column_date (self->model, n_columns - 1) : shown;
  gboolean is_day = g_date_compare (first, last) == 0;
  g_autofree char *date = rcp_window_is_month (self) ? rcp_time_text_month (shown)
                          : is_day                   ? rcp_time_text_date (shown)
                                                     : rcp_time_text_days (first, last);
  g_autofree char *short_date = rcp_window_is_month (self) ? rcp_time_text_short_month (shown)
                                : is_day                   ? rcp_time_text_short_date (shown)
                                                           : rcp_time_text_short_days (first, last);

  adw_window_title_set_title (self->title, date);
  rcp_compat_name (GTK_WIDGET (self->date_button), date);
  gtk_label_set_label (self->short_title, short_date);
}

/**
 * rcp_window_update_title:
 * @self: a window
 *
 * Writes the shown days, the clinic, and how many of its providers are seen.
 */
void
rcp_window_update_title (RcpWindow *self)
{
  g_autofree char *subtitle = NULL;
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  guint n_columns = rcp_board_model_get_n_owners (self->model);
  guint n_providers = rcp_board_model_get_n_providers (self->model);

  write_dates (self);
  if (roster && !rcp_day_book_is_online (rcp_desk_get_day_book (self->desk)))
    /* Translators: the name of a clinic. */
    subtitle = g_strdup_printf (_("%s · not connected: what you see may be old"), rcp_roster_get_clinic_name (roster));
  else if (roster && n_columns == 1)
    /* Translators: the name of a clinic, and of the one provider or room that is shown. */
    subtitle = g_strdup_printf (_("%s · %s"), rcp_roster_get_clinic_name (roster), rcp_board_model_get_column_name (self->model, 0));
  else if (roster && rcp_board_model_is_by_device (self->model))
    /* Translators: the name of a clinic, and how many of its devices are shown. */
    subtitle = g_strdup_printf (ngettext ("%s · %u device", "%s · %u devices", n_columns), rcp_roster_get_clinic_name (roster), n_columns);
  else if (roster && rcp_board_model_is_by_room (self->model))
    /* Translators: the name of a clinic, and how many of its rooms are shown. */
    subtitle = g_strdup_printf (ngettext ("%s · %u room", "%s · %u rooms", n_columns), rcp_roster_get_clinic_name (roster), n_columns);
  else if (roster && n_columns < n_providers)
    /* Translators: the name of a clinic, and how many of its providers are shown. */
    subtitle = g_strdup_printf (_("%s · %u of %u providers"), rcp_roster_get_clinic_name (roster), n_columns, n_providers);
  else if (roster)
    /* Translators: the name of a clinic, and how many providers it has. */
    subtitle = g_strdup_printf (ngettext ("%s · %u provider", "%s · %u providers", n_providers),
                                rcp_roster_get_clinic_name (roster), n_providers);
  adw_window_title_set_subtitle (self->title, subtitle ? subtitle : "");
  adw_window_title_set_subtitle (self->page_title, roster ? rcp_roster_get_clinic_name (roster) : "");
}

static void
on_day_selected_cb (RcpWindow *self)
{
  g_autoptr (GDateTime) chosen = gtk_calendar_get_date (self->calendar);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (chosen), g_date_time_get_month (chosen), g_date_time_get_year (chosen));
  if (g_date_compare (&date, rcp_board_model_get_date (self->model)) == 0)
    return;
  rcp_board_model_set_date (self->model, &date);
  gtk_menu_button_popdown (self->date_button);
}

static void
show_date_in_calendar (RcpWindow *self)
{
  const GDate *date = rcp_board_model_get_date (self->model);
  g_autoptr (GDateTime) noon = g_date_time_new_local (g_date_get_year (date), g_date_get_month (date), g_date_get_day (date), 12, 0, 0);

  g_signal_handlers_block_by_func (self->calendar, on_day_selected_cb, self);
  gtk_calendar_select_day (self->calendar, noon);
  g_signal_handlers_unblock_by_func (self->calendar, on_day_selected_cb, self);
}

/* A calendar takes long to make; most starts never need it. */
static void
on_calendar_wanted_cb (GtkMenuButton *button, gpointer user_data)
{
  RcpWindow *self = user_data;
  GtkWidget *popover;

  if (!self->calendar)
    {
      popover = gtk_popover_new ();
      self->calendar = GTK_CALENDAR (gtk_calendar_new ());
      g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (on_day_selected_cb), self, G_CONNECT_SWAPPED);
      gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));
      gtk_menu_button_set_popover (button, popover);
    }
  show_date_in_calendar (self);
}

void
rcp_window_set_up_date (RcpWindow *self)
{
  gtk_menu_button_set_create_popup_func (self->date_button, on_calendar_wanted_cb, self, NULL);
}
