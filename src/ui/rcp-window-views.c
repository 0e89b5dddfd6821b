/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which view of the days the window shows: a day, a week, or the week of one provider. */

#define G_LOG_DOMAIN "rcp-window-views"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-window-private.h"

static const struct
{
  const char *name;
  RcpBoardPeriod period;
  const char *label;
  const char *previous;
  const char *next;
} views[] = {
  { "day", RCP_BOARD_DAY, N_("Day"), N_("Previous Day"), N_("Next Day") },
  { "week", RCP_BOARD_WEEK, N_("Week"), N_("Previous Week"), N_("Next Week") },
};

static guint
find_view (RcpWindow *self)
{
  guint index = 0;

  while (self->model && views[index].period != rcp_board_model_get_period (self->model))
    index++;
  return index;
}

const char *
rcp_window_get_view (RcpWindow *self)
{
  return views[find_view (self)].name;
}

static void
name_button (GtkWidget *button, const char *name, const char *key)
{
  g_autofree char *text = g_strdup_printf ("%s (%s)", name, key);

  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* They lie twice in the header bar: with and without "Today" between them. */
static void
name_buttons (RcpWindow *self)
{
  guint view = find_view (self);

  for (guint i = 0; i < G_N_ELEMENTS (self->previous_buttons); i++)
    {
      name_button (self->previous_buttons[i], _(views[view].previous), _("Page Up"));
      name_button (self->next_buttons[i], _(views[view].next), _("Page Down"));
    }
  gtk_menu_button_set_label (self->view_button, _(views[view].label));
}

/* Who looked at the week of one provider sees the others again with the day. */
static void
leave_own_week (RcpWindow *self)
{
  if (self->own_week && rcp_column_set_equal (self->own_week, rcp_board_model_get_columns (self->model)))
    rcp_board_model_set_columns (self->model, self->columns_before);
  g_clear_object (&self->own_week);
  g_clear_object (&self->columns_before);
}

void
rcp_window_set_view (RcpWindow *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      if (g_strcmp0 (views[i].name, name) != 0 || views[i].period == rcp_board_model_get_period (self->model))
        continue;
      if (views[i].period == RCP_BOARD_DAY)
        leave_own_week (self);
      rcp_board_model_set_period (self->model, views[i].period);
      name_buttons (self);
      g_object_notify (G_OBJECT (self), "view");
    }
}

static void
show_own_week (RcpWindow *self, guint column)
{
  const char *schedule = rcp_board_model_get_schedule_id (self->model, column);
  g_autofree char *choice = schedule ? rcp_column_choice_schedule (schedule) : NULL;
  RcpColumnSet *columns;
  GDate date;

  if (!choice)
    return;
  date = *rcp_board_model_get_column_date (self->model, column);
  leave_own_week (self);
  columns = rcp_board_model_get_columns (self->model);
  g_set_object (&self->columns_before, columns);
  self->own_week = rcp_column_set_new ("", columns ? rcp_column_set_get_by (columns) : RCP_COLUMNS_BY_PROVIDER,
                                       (const char *const[]) { choice, NULL });
  rcp_board_model_set_date (self->model, &date);
  rcp_board_model_set_columns (self->model, self->own_week);
  rcp_window_set_view (self, "week");
}

static void
on_head_activated_cb (RcpWindow *self, guint column)
{
  show_own_week (self, column);
}

/* There and back. */
static void
on_own_week_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  RcpBoardStop stop;
  guint column = 0;

  if (self->own_week)
    rcp_window_set_view (self, "day");
  else if (rcp_board_model_get_cursor (self->model, &column, &stop))
    show_own_week (self, column);
  else
    gtk_widget_error_bell (widget);
}

static void
on_open_day_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.show-date", "s", g_variant_get_string (parameter, NULL));
  rcp_window_set_view (RCP_WINDOW (widget), "day");
}

void
rcp_window_class_add_view_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "win.view", "view");
  gtk_widget_class_install_action (widget_class, "win.own-week", NULL, on_own_week_activated);
  gtk_widget_class_install_action (widget_class, "win.open-day", "s", on_open_day_activated);
}

void
rcp_window_set_up_views (RcpWindow *self)
{
  g_signal_connect_object (self->board, "head-activated", G_CALLBACK (on_head_activated_cb), self, G_CONNECT_SWAPPED);
  name_buttons (self);
}
