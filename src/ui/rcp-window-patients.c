/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-patients"

#include "config.h"

#include "patient/rcp-patient-dialog.h"
#include "rcp-dialog.h"
#include "rcp-window-private.h"

static void
on_saved_cb (RcpWindow *self, RcpPatient *patient)
{
  rcp_window_show_found (self, patient, NULL);
}

static void
open_dialog (RcpWindow *self, RcpPatient *patient, const char *typed)
{
  GtkWindow *dialog;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  dialog = rcp_patient_dialog_new (self->desk, patient, typed);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, GTK_WINDOW (self));
}

/**
 * rcp_window_edit_patient:
 * @self: a window
 * @patient: whom to change
 */
void
rcp_window_edit_patient (RcpWindow *self, RcpPatient *patient)
{
  open_dialog (self, patient, NULL);
}

/**
 * rcp_window_register_patient:
 * @self: a window
 * @typed: (nullable): what stood in Find when nobody was found
 */
void
rcp_window_register_patient (RcpWindow *self, const char *typed)
{
  open_dialog (self, NULL, typed);
}

static void
on_register_patient_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_window_register_patient (RCP_WINDOW (widget), NULL);
}

void
rcp_window_class_add_patient_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.register-patient", NULL, on_register_patient_activated);
}
