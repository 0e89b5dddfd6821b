/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-about"

#include "config.h"

#include "rcp-about.h"

#include <glib/gi18n.h>

#include "rcp-dialog.h"
#include "ui/rcp-ui-compat.h"

/* The window makes the button of the version itself, and GTK 4.8 calls it nothing: its words are those of the label in it. */
static void
name_version (GtkWidget *widget)
{
  /* Translators: read aloud: a button that copies the version, such as 0.9. */
  g_autofree char *name = g_strdup_printf (_("Copy the version, %s"), PACKAGE_VERSION);

  if (gtk_widget_has_css_class (widget, "app-version"))
    rcp_compat_name (widget, name);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    name_version (child);
}

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

  name_version (about);
  rcp_dialog_present (GTK_WINDOW (about), parent);
}
