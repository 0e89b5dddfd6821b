/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-about"

#include "config.h"

#include "rcp-about.h"

#include <glib/gi18n.h>

#include "rcp-dialog.h"

/**
 * rcp_about_present:
 * @parent: (nullable): the window above which it opens
 *
 * Shows what this program is, and under which licence.
 */
void
rcp_about_present (GtkWindow *parent)
{
  GtkWidget *about = g_object_new (ADW_TYPE_ABOUT_WINDOW,
                                   "application-name", _("Reception"),
                                   "application-icon", APP_ID,
                                   "version", PACKAGE_VERSION,
                                   "developer-name", _("The Reception developers"),
                                   "license-type", GTK_LICENSE_GPL_3_0,
                                   "comments", _("Book visits at a clinic’s front desk"),
                                   NULL);

  rcp_dialog_present (GTK_WINDOW (about), parent);
}
