/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-find-dialog.h"

#include <glib/gi18n.h>

#include "ui/find/rcp-find-view.h"
#include "ui/rcp-keys.h"

/**
 * RcpFindDialog:
 *
 * See the header.
 */
struct _RcpFindDialog
{
  AdwWindow parent_instance;
};

G_DEFINE_TYPE (RcpFindDialog, rcp_find_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_REGISTER_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_found_chosen_cb (RcpFindView *view, RcpFound *found, RcpFindDialog *self)
{
  g_autoptr (RcpFindDialog) alive = g_object_ref (self);

  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, rcp_found_get_patient (found), rcp_found_get_visit (found));
}

static void
on_register_requested_cb (RcpFindView *view, const char *typed, RcpFindDialog *self)
{
  g_autoptr (RcpFindDialog) alive = g_object_ref (self);
  g_autofree char *text = g_strdup (typed);

  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[SIGNAL_REGISTER_REQUESTED], 0, text);
}

static void
rcp_find_dialog_class_init (RcpFindDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, RCP_TYPE_PATIENT, RCP_TYPE_VISIT);
  signals[SIGNAL_REGISTER_REQUESTED] = g_signal_new ("register-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);
}

static void
rcp_find_dialog_init (RcpFindDialog *self)
{
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 480);
  gtk_window_set_title (GTK_WINDOW (self), _("Find a Patient"));
}

/**
 * rcp_find_dialog_new:
 * @desk: whose record is searched
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
rcp_find_dialog_new (RcpDesk *desk)
{
  RcpFindDialog *self = g_object_new (RCP_TYPE_FIND_DIALOG, NULL);
  RcpFindView *view = rcp_find_view_new (rcp_desk_get_client (desk), rcp_desk_get_clock (desk));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  gtk_widget_add_css_class (header, "flat");
  gtk_box_append (GTK_BOX (box), header);
  gtk_widget_set_margin_start (GTK_WIDGET (view), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (view), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (view), 12);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (view));
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (view, "chosen", G_CALLBACK (on_found_chosen_cb), self, 0);
  g_signal_connect_object (view, "register-requested", G_CALLBACK (on_register_requested_cb), self, 0);
  gtk_widget_grab_focus (GTK_WIDGET (view));

  return GTK_WINDOW (self);
}
