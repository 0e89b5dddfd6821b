/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-print"

#include "config.h"

#include <glib/gi18n.h>

#include "print/rcp-print-dialog.h"
#include "print/rcp-sheets.h"
#include "rcp-dialog.h"
#include "rcp-window-private.h"

static void
present (RcpWindow *self, RcpPrintModel *model)
{
  GtkWindow *dialog = rcp_print_dialog_new (model);

  rcp_dialog_present (dialog, GTK_WINDOW (self));
}

/* The columns that are seen now, in their order; everybody where they are rooms. */
static GListModel *
list_columns (RcpWindow *self)
{
  GListStore *providers;
  guint n_columns = rcp_board_model_get_n_owners (self->model);

  if (rcp_board_model_is_by_room (self->model))
    return g_object_ref (rcp_roster_get_providers (rcp_desk_get_roster (self->desk)));

  providers = g_list_store_new (RCP_TYPE_PROVIDER);
  for (guint i = 0; i < n_columns; i++)
    g_list_store_append (providers, rcp_board_model_get_provider (self->model, i));
  return G_LIST_MODEL (providers);
}

static void
on_print_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  g_autoptr (GListModel) providers = NULL;
  g_autoptr (RcpPrintModel) model = NULL;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  providers = list_columns (self);
  if (g_list_model_get_n_items (providers) == 0)
    {
      rcp_window_tell (self, _("No providers are shown: nothing to print"));
      return;
    }
  model = rcp_print_model_new (self->desk, providers, rcp_board_model_get_date (self->model));
  if (rcp_board_model_get_period (self->model) == RCP_BOARD_WEEK)
    rcp_print_model_set_kind (model, RCP_SHEET_WEEK);
  present (self, model);
}

static void
on_print_visit_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  RcpVisit *visit = self->visit_panel ? rcp_visit_panel_get_visit (self->visit_panel) : NULL;
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  g_autoptr (RcpPrintModel) model = NULL;
  RcpPrintDocument *document;
  RcpSheetClinic clinic;

  if (!visit || !roster || rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  clinic = (RcpSheetClinic) {
    .name = rcp_roster_get_clinic_name (roster),
    .zone = rcp_desk_get_zone (self->desk),
    .now = rcp_clock_get_now (rcp_desk_get_clock (self->desk)),
  };
  document = rcp_sheet_document_new (&clinic, FALSE);
  rcp_routing_slip_add (document, &clinic, visit, rcp_roster_find_provider_of_visit (roster, visit));
  model = rcp_print_model_new_ready (document);
  present (self, model);
}

void
rcp_window_class_add_print_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.print", NULL, on_print_activated);
  gtk_widget_class_install_action (widget_class, "win.print-visit", NULL, on_print_visit_activated);
}
