/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-insurance"

#include "config.h"

#include <glib/gi18n.h>

#include "insurance/rcp-cover-window.h"
#include "rcp-dialog.h"
#include "rcp-window-private.h"

static void
on_check_insurance_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  gboolean is_seen = self->patient_panel && gtk_widget_get_mapped (GTK_WIDGET (self->patient_panel));
  RcpPayer *payer = rcp_desk_get_payer (self->desk);
  g_autofree char *problem = payer ? rcp_payer_dup_problem (payer) : NULL;

  if (!is_seen)
    return;
  if (problem)
    rcp_window_tell (self, problem);
  else if (!rcp_patient_panel_check_insurance (self->patient_panel))
    rcp_window_tell (self, _ ("There is no insurance to ask about."));
}

static void
on_patient_requested_cb (RcpWindow *self, RcpPatient *patient)
{
  rcp_window_show_found (self, patient, NULL);
}

static void
on_insurance_list_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  GtkWindow *dialog;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  dialog = rcp_cover_window_new (self->desk);
  g_signal_connect_object (dialog, "patient-requested", G_CALLBACK (on_patient_requested_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, GTK_WINDOW (self));
}

void
rcp_window_class_add_insurance_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.check-insurance", NULL, on_check_insurance_activated);
  gtk_widget_class_install_action (widget_class, "win.insurance-list", NULL, on_insurance_list_activated);
}
