/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-record"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-error-text.h"
#include "rcp-window-private.h"

static void
show_page (RcpWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
}

static gboolean
is_welcome_shown (RcpWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "welcome") == 0;
}

static void
show_failure (RcpWindow *self, const GError *error)
{
  g_autofree char *detail = rcp_error_text_dup_detail (error);
  gboolean token_wanted = self->source->kind == RCP_SOURCE_SERVER && g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNAUTHORIZED);

  if (is_welcome_shown (self) || token_wanted)
    {
      rcp_window_show_welcome (self);
      rcp_welcome_page_ask_server (self->welcome, self->source->url, error);
      return;
    }
  adw_status_page_set_title (self->failed_page, rcp_error_text_get_title (error));
  adw_status_page_set_description (self->failed_page, rcp_error_text_get_advice (error));
  gtk_label_set_label (self->failed_detail, detail);
  show_page (self, "failed");
}

static void
on_opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  gboolean opened = rcp_open_record_run_finish (RCP_OPEN_RECORD (object), result, &error);

  /* The window was closed meanwhile, or something else was opened. */
  if (!self->desk || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->opening);
  if (self->welcome)
    rcp_welcome_page_set_busy (self->welcome, FALSE);
  if (!opened)
    {
      show_failure (self, error);
      return;
    }
  rcp_source_save (rcp_open_record_get_source (RCP_OPEN_RECORD (object)), self->settings);
  key = rcp_source_dup_key (rcp_open_record_get_source (RCP_OPEN_RECORD (object)));
  rcp_desk_calendars_set_record (self->calendars, key);
  show_page (self, "board");
  self->focus_board = TRUE;
}

static void
on_progress_cb (RcpWindow *self, double fraction, const char *text)
{
  adw_status_page_set_title (self->busy_page, _("Preparing the Record"));
  adw_status_page_set_description (self->busy_page, text);
  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress);
  else
    gtk_progress_bar_set_fraction (self->progress, fraction);
  show_page (self, "busy");
}

/* The server of this computer's record ended by itself. */
static void
on_desk_state_changed_cb (RcpWindow *self)
{
  if (rcp_desk_get_state (self->desk) == RCP_DESK_FAILED && !self->opening && self->source)
    show_failure (self, rcp_desk_get_error (self->desk));
}

static void
on_roster_changed_cb (RcpWindow *self)
{
  rcp_board_view_set_marks (self->board, rcp_desk_get_marks (self->desk));
}

/* What the record is not asked to take cannot be booked: said once, and once more when it has come right. */
static void
on_hours_late_cb (RcpWindow *self, const GError *error)
{
  if (!error)
    rcp_window_tell (self, _("Free times are published now"));
  else if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_FORBIDDEN) || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNAUTHORIZED))
    rcp_window_tell (self, _("The record does not allow this desk to publish free times. It is tried again."));
  else
    rcp_window_tell (self, _("Free times could not be published. It is tried again."));
}

void
rcp_window_watch_desk (RcpWindow *self)
{
  g_signal_connect_object (self->desk, "hours-late", G_CALLBACK (on_hours_late_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "roster-changed", G_CALLBACK (on_roster_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::state", G_CALLBACK (on_desk_state_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
on_confirmed_cb (RcpWindow *self, const RcpSource *source)
{
  rcp_window_open (self, source);
}

/**
 * rcp_window_show_welcome:
 * @self: a window
 *
 * Asks where the record is.
 */
void
rcp_window_show_welcome (RcpWindow *self)
{
  if (!self->welcome)
    {
      self->welcome = RCP_WELCOME_PAGE (rcp_welcome_page_new ());
      g_signal_connect_object (self->welcome, "confirmed", G_CALLBACK (on_confirmed_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->welcome), "welcome");
    }
  rcp_welcome_page_set_can_go_back (self->welcome, rcp_desk_get_roster (self->desk) != NULL);
  show_page (self, "welcome");
}

static void
on_choose_record_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_window_show_welcome (RCP_WINDOW (widget));
}

static void
on_back_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_page (RCP_WINDOW (widget), "board");
}

static void
on_retry_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  g_autoptr (RcpSource) source = self->source ? rcp_source_copy (self->source) : NULL;

  if (source)
    rcp_window_open (self, source);
}

static void
on_stop_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);

  g_cancellable_cancel (self->opening);
  rcp_window_show_welcome (self);
}

void
rcp_window_class_add_record_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.choose-record", NULL, on_choose_record_activated);
  gtk_widget_class_install_action (widget_class, "win.back-to-board", NULL, on_back_activated);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, on_retry_activated);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, on_stop_activated);
}

/**
 * rcp_window_open:
 * @self: a window
 * @source: what to open; copied
 *
 * The board is shown while the record answers, unless the choice is still on the screen: it waits there for a wrong address or token.
 */
void
rcp_window_open (RcpWindow *self, const RcpSource *source)
{
  g_autoptr (RcpOpenRecord) opening = NULL;
  g_autofree char *key = NULL;

  g_return_if_fail (RCP_IS_WINDOW (self));
  g_return_if_fail (source != NULL);

  if (source->kind == RCP_SOURCE_NONE)
    {
      rcp_window_show_welcome (self);
      return;
    }
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  opening = rcp_open_record_new (self->desk, source);
  g_signal_connect_object (opening, "progress", G_CALLBACK (on_progress_cb), self, G_CONNECT_SWAPPED);
  g_clear_pointer (&self->source, rcp_source_free);
  self->source = rcp_source_copy (source);
  key = rcp_source_dup_key (source);
  rcp_desk_calendars_expect (self->calendars, key);
  if (is_welcome_shown (self) && source->kind == RCP_SOURCE_SERVER)
    rcp_welcome_page_set_busy (self->welcome, TRUE);
  else
    show_page (self, "board");
  rcp_open_record_run_async (opening, self->opening, on_opened_cb, g_object_ref (self));
}
