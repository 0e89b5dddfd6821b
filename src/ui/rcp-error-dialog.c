/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-error-dialog.h"

#include <glib/gi18n.h>

#include "identity/rcp-identity-error.h"
#include "rcp-dialog.h"
#include "rcp-ui-compat.h"
#include "scheduling/rcp-scheduling-error.h"

/**
 * rcp_error_dialog_present:
 * @parent: (nullable): the window above which it opens
 * @heading: what did not happen, such as "Visit Not Cancelled"
 * @error: its message is shown; the detail of a scheduling error stands in an expander
 */
void
rcp_error_dialog_present (GtkWindow *parent, const char *heading, const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, error->message);
  const char *detail = rcp_scheduling_error_get_detail (error);

  if (detail == NULL)
    detail = rcp_identity_error_get_detail (error);

  if (detail != NULL)
    {
      GtkWidget *expander = gtk_expander_new (_("Technical details"));
      GtkWidget *label = gtk_label_new (detail);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "caption");
      gtk_expander_set_child (GTK_EXPANDER (expander), label);
      rcp_compat_set_extra_child (ADW_MESSAGE_DIALOG (dialog), expander);
    }
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  rcp_dialog_present (GTK_WINDOW (dialog), parent);
}
