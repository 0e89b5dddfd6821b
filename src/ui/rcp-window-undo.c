/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each change says what it did, with a button that takes it back; Ctrl+Z takes back the last. */

#define G_LOG_DOMAIN "rcp-window-undo"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-error-dialog.h"
#include "rcp-window-private.h"

/**
 * rcp_window_add_toast:
 * @self: a window
 * @toast: (transfer full): what there is to say
 *
 * Says it at once: who works faster than a toast lasts must not read of the last patient what was done to the one before,
 * nor find minutes of them waiting.
 */
void
rcp_window_add_toast (RcpWindow *self, AdwToast *toast)
{
  g_return_if_fail (RCP_IS_WINDOW (self));

  if (self->toast)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_undo_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (rcp_undo_model_undo_finish (RCP_UNDO_MODEL (source), result, &error) || !self->desk)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    rcp_window_tell (self, error->message);
  else
    rcp_error_dialog_present (GTK_WINDOW (self), _("Not Undone"), error);
}

static void
undo (RcpWindow *self, guint id)
{
  if (rcp_desk_get_state (self->desk) == RCP_DESK_READY)
    rcp_undo_model_undo_async (self->undo, id, on_undo_finished_cb, g_object_ref (self));
}

static void
on_undo_clicked_cb (AdwToast *toast, gpointer user_data)
{
  undo (user_data, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (toast), "id")));
}

static void
tell (RcpWindow *self, guint id, const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data (G_OBJECT (toast), "id", GUINT_TO_POINTER (id));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_clicked_cb), self, G_CONNECT_DEFAULT);
  rcp_window_show_toast (self, toast, text);
}

/* Below a dialog nobody would see it. */
static void
on_done_cb (RcpWindow *self, guint id, const char *text)
{
  /* What this desk took away from the board needs no warning that another did. */
  self->was_on_board = FALSE;
  if (!self->booking)
    {
      tell (self, id, text);
      return;
    }
  g_free (self->news);
  self->news = g_strdup (text);
  self->news_id = id;
}

void
rcp_window_tell_news (RcpWindow *self)
{
  g_autofree char *news = g_steal_pointer (&self->news);

  if (news)
    tell (self, self->news_id, news);
}

static void
on_undone_cb (RcpWindow *self, const char *text, RcpVisit *was)
{
  g_autofree char *plain = NULL;
  const char *selected = rcp_board_model_get_selected (self->model);

  /* Translators: what was undone, such as "Luca Rossi moved to 10:15". */
  plain = g_strdup_printf (_("Undone: %s"), text);
  rcp_window_tell (self, plain);
  self->was_on_board = FALSE;
  if (was && selected && g_strcmp0 (selected, rcp_visit_get_id (was)) == 0)
    rcp_window_close_panel (self);
}

static void
on_undo_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  undo (RCP_WINDOW (widget), 0);
}

void
rcp_window_class_add_undo_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, on_undo_activated);
}

void
rcp_window_set_up_undo (RcpWindow *self)
{
  self->undo = rcp_undo_model_new (self->desk, self->settings);
  g_signal_connect_object (self->undo, "done", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->undo, "undone", G_CALLBACK (on_undone_cb), self, G_CONNECT_SWAPPED);
}
