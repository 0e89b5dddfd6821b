/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which view of the days the window shows: a day, a week, the week of one provider, a month, or a list. */

#define G_LOG_DOMAIN "rcp-window-views"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-ui-compat.h"
#include "rcp-window-private.h"
#include "sidebar/rcp-month-days.h"

/* A month asks for numbers alone: of the board it needs only the day. */
static const struct
{
  const char *name;
  const char *face;
  RcpBoardPeriod period;
  const char *label;
  const char *previous;
  const char *next;
} views[] = {
  { "day", "board", RCP_BOARD_DAY, N_("Day"), N_("Previous Day"), N_("Next Day") },
  { "week", "board", RCP_BOARD_WEEK, N_("Week"), N_("Previous Week"), N_("Next Week") },
  { "month", "month", RCP_BOARD_DAY, N_("Month"), N_("Previous Month"), N_("Next Month") },
  { "agenda", "agenda", RCP_BOARD_WEEK, N_("Agenda"), N_("Previous Week"), N_("Next Week") },
};

const char *
rcp_window_get_view (RcpWindow *self)
{
  return views[self->view].name;
}

static void
name_button (GtkWidget *button, const char *name, const char *key)
{
  g_autofree char *text = g_strdup_printf ("%s (%s)", name, key);

  gtk_widget_set_tooltip_text (button, text);
  rcp_compat_name (button, name);
}

/* They lie twice in the header bar: with and without "Today" between them. */
static void
name_buttons (RcpWindow *self)
{
  guint view = self->view;

  for (guint i = 0; i < G_N_ELEMENTS (self->previous_buttons); i++)
    {
      name_button (self->previous_buttons[i], _(views[view].previous), _("Page Up"));
      name_button (self->next_buttons[i], _(views[view].next), _("Page Down"));
    }
  gtk_menu_button_set_label (self->view_button, _(views[view].label));
}

/* Who looked at the week of one provider sees the others again with the day. */
void
rcp_window_leave_own_week (RcpWindow *self)
{
  if (self->own_week && rcp_column_set_equal (self->own_week, rcp_board_model_get_columns (self->model)))
    rcp_board_model_set_columns (self->model, self->columns_before);
  g_clear_object (&self->own_week);
  g_clear_object (&self->columns_before);
}

static void
on_month_day_activated_cb (RcpWindow *self)
{
  rcp_window_set_view (self, "day");
  rcp_window_focus_face (self);
}

static void
ensure_face (RcpWindow *self, const char *name)
{
  if (g_str_equal (name, "month") && !self->month)
    {
      self->month = RCP_MONTH_VIEW (rcp_month_view_new (self->desk, self->model));
      g_signal_connect_object (self->month, "day-activated", G_CALLBACK (on_month_day_activated_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->faces, GTK_WIDGET (self->month), name);
    }
  else if (g_str_equal (name, "agenda") && !self->agenda)
    {
      self->agenda = RCP_AGENDA_VIEW (rcp_agenda_view_new (self->desk, self->model));
      g_signal_connect_object (self->agenda, "visit-activated", G_CALLBACK (rcp_window_show_visit), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->agenda, "time-activated", G_CALLBACK (rcp_window_book_at), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->faces, GTK_WIDGET (self->agenda), name);
    }
}

static void
show_view (RcpWindow *self, guint view)
{
  gboolean had_focus = rcp_compat_has_focus_within (GTK_WIDGET (self->faces));

  if (views[view].period == RCP_BOARD_DAY && !g_str_equal (views[view].face, "month"))
    rcp_window_leave_own_week (self);
  self->view = view;
  ensure_face (self, views[view].face);
  rcp_board_model_set_period (self->model, views[view].period);
  rcp_board_feed_set_resting (self->feed, g_str_equal (views[view].face, "month"));
  gtk_stack_set_visible_child_name (self->faces, views[view].face);
  /* The board scrolls as it comes, to the hour that it is: see update_page() in rcp-window-pages.c. */
  gtk_widget_queue_resize (gtk_stack_get_visible_child (self->faces));
  if (had_focus)
    rcp_window_focus_face (self);
  name_buttons (self);
  rcp_window_update_title (self);
  g_object_notify (G_OBJECT (self), "view");
}

void
rcp_window_set_view (RcpWindow *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_strcmp0 (views[i].name, name) == 0 && i != self->view)
      {
        show_view (self, i);
        return;
      }
}

/* As one who sees another page wishes it: a view that nobody sees would be no answer to a key. */
void
rcp_window_choose_view (RcpWindow *self, const char *name)
{
  rcp_window_set_view (self, name);
  if (!self->pages || rcp_pages_is_current (self->pages, "board"))
    return;
  rcp_pages_show (self->pages, "board");
  rcp_window_focus_face (self);
}

void
rcp_window_make_faces (RcpWindow *self)
{
  self->faces = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->faces, GTK_WIDGET (self->board), "board");
}

gboolean
rcp_window_is_board_seen (RcpWindow *self)
{
  return rcp_pages_is_current (self->pages, "board") && g_str_equal (views[self->view].face, "board");
}

gboolean
rcp_window_is_month (RcpWindow *self)
{
  return g_str_equal (views[self->view].face, "month");
}

void
rcp_window_show_board (RcpWindow *self)
{
  rcp_pages_show (self->pages, "board");
  if (!rcp_window_is_board_seen (self))
    rcp_window_set_view (self, views[self->view].period == RCP_BOARD_WEEK ? "week" : "day");
}

void
rcp_window_focus_face (RcpWindow *self)
{
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->faces));
}

void
rcp_window_step_days (RcpWindow *self, int steps)
{
  GDate date = *rcp_board_model_get_date (self->model);

  if (!rcp_window_is_month (self))
    {
      rcp_board_model_step (self->model, steps);
      return;
    }
  rcp_month_days_add_months (&date, steps);
  rcp_board_model_set_date (self->model, &date);
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
  rcp_window_leave_own_week (self);
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
