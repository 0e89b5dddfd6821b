/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list that is a page, and what stands in its place when it is not read yet, or could not be. */

#define G_LOG_DOMAIN "rcp-read-pages"

#include "config.h"

#include "rcp-read-pages.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * rcp_read_pages_make_list:
 * @name: what a screen reader calls it
 *
 * Returns: (transfer floating): a list of rows that are activated, not chosen
 */
GtkListBox *
rcp_read_pages_make_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_set_margin_top (list, 18);
  gtk_widget_set_margin_bottom (list, 18);
  gtk_widget_set_margin_start (list, 12);
  gtk_widget_set_margin_end (list, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_LIST_BOX (list);
}

/**
 * rcp_read_pages_scroll:
 * @content: (transfer floating): a list, or what holds it
 *
 * Returns: (transfer floating): it in a column that is not too wide to be read, to be scrolled
 */
GtkWidget *
rcp_read_pages_scroll (GtkWidget *content)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static GtkWidget *
make_loading (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  return spinner;
}

static GtkWidget *
make_failed (const char *title, GCallback retry, gpointer object)
{
  GtkWidget *page = adw_status_page_new (), *button = gtk_button_new_with_mnemonic (_("_Try Again"));

  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", retry, object, G_CONNECT_SWAPPED);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "network-error-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("Check the connection and try again"));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

/**
 * rcp_read_pages_add:
 * @stack: has a page "list" and a page "empty"
 * @title: what is said when the list could not be read
 * @retry: called with @object to read it once more
 * @object: a #GObject
 *
 * Adds the pages "loading" and "failed". A list that is not known is not an empty one: nobody may be told that nothing is to be done.
 */
void
rcp_read_pages_add (GtkStack *stack, const char *title, GCallback retry, gpointer object)
{
  g_return_if_fail (GTK_IS_STACK (stack));
  g_return_if_fail (G_IS_OBJECT (object));

  gtk_stack_add_named (stack, make_loading (), "loading");
  gtk_stack_add_named (stack, make_failed (title, retry, object), "failed");
}

/**
 * rcp_read_pages_show:
 * @stack: with the pages
 * @n: how many are known
 * @is_read: whether they were ever read
 * @has_failed: whether reading them has failed since
 *
 * What is known stays to be seen, also when it could not be read anew.
 */
void
rcp_read_pages_show (GtkStack *stack, guint n, gboolean is_read, gboolean has_failed)
{
  const char *name = n > 0 ? "list" : has_failed ? "failed" : is_read ? "empty" : "loading";

  g_return_if_fail (GTK_IS_STACK (stack));

  gtk_stack_set_visible_child_name (stack, name);
}
