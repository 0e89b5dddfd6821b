/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-preferences-window"

#include "config.h"

#include "rcp-preferences-window.h"

#include <glib/gi18n.h>

#include "rcp-calendars-page.h"
#include "rcp-general-page.h"
#include "rcp-insurance-page.h"
#include "rcp-refit-page.h"
#include "rcp-setup-apply.h"
#include "rcp-setup-page.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-tab-stop.h"
#include "ui/rcp-ui-compat.h"

struct _RcpPreferencesWindow
{
  AdwWindow parent_instance;

  RcpDesk *desk;
  AdwLeaflet *leaflet;
  AdwToastOverlay *toasts;
  GtkListBox *list;
  GtkStack *stack;
  AdwWindowTitle *title;
  GtkWidget *back;
  GtkSpinner *spinner;
  guint n_applying; /* savings whose free times do not follow yet */
  RcpCalendarsPage *calendars;
  RcpRefitPage *refits;
  GtkLabel *refits_label;
};

/* From the top, also by Alt+1 and so on. */
G_DEFINE_FINAL_TYPE (RcpPreferencesWindow, rcp_preferences_window, ADW_TYPE_WINDOW)

static void
on_applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpPreferencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  RcpRefitReport report = { 0 };
  gboolean is_done = rcp_setup_apply_finish (result, &report, &error);
  g_autofree char *text = NULL;
  AdwToast *toast;

  self->n_applying--;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->n_applying == 0)
    gtk_spinner_stop (self->spinner);
  if (!is_done)
    {
      rcp_error_dialog_present (GTK_WINDOW (self), _("Saved, but Free Times Do Not Follow Yet"), error);
      return;
    }
  rcp_refit_page_reload (self->refits);
  if (report.n_visits == 0)
    return;
  text = g_strdup_printf (ngettext ("%u visit does not fit any more", "%u visits do not fit any more", report.n_visits),
                          report.n_visits);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _("Show"));
  adw_toast_set_action_name (toast, "preferences.show");
  adw_toast_set_action_target (toast, "s", "refits");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_saved_cb (RcpPreferencesWindow *self)
{
  self->n_applying++;
  gtk_spinner_start (self->spinner);
  rcp_setup_apply_async (self->desk, NULL, on_applied_cb, g_object_ref (self));
}

static void
on_refits_changed_cb (RcpPreferencesWindow *self)
{
  guint n = rcp_refit_page_get_n_visits (self->refits);
  g_autofree char *text = n > 0 ? g_strdup_printf ("%u", n) : g_strdup ("");

  gtk_label_set_label (self->refits_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->refits_label), n > 0);
}

static void
show_row (RcpPreferencesWindow *self, GtkListBoxRow *row)
{
  const char *name = row != NULL ? g_object_get_data (G_OBJECT (row), "page") : NULL;

  if (name == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, name);
  adw_window_title_set_title (self->title, g_object_get_data (G_OBJECT (row), "title"));
  if (g_str_equal (name, "refits"))
    rcp_refit_page_reload (self->refits);
  else if (g_str_equal (name, "calendars"))
    rcp_calendars_page_show (self->calendars);
}

static void
on_row_selected_cb (RcpPreferencesWindow *self, GtkListBoxRow *row)
{
  show_row (self, row);
}

static void
on_row_activated_cb (RcpPreferencesWindow *self, GtkListBoxRow *row)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
on_back_clicked_cb (RcpPreferencesWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
on_show_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_preferences_window_show_page (RCP_PREFERENCES_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

void
rcp_preferences_window_show_page (RcpPreferencesWindow *self, const char *name)
{
  GtkListBoxRow *row;

  g_return_if_fail (RCP_IS_PREFERENCES_WINDOW (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "page"), name) == 0)
      {
        gtk_list_box_select_row (self->list, row);
        adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
        gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
        return;
      }
}

/* @title is static. Returns the label beside it, hidden. */
static GtkLabel *
add_page (RcpPreferencesWindow *self, GtkWidget *page, const char *name, const char *title, const char *icon)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_visible (badge, FALSE);
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_add_css_class (badge, "preferences-badge");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_widget_add_css_class (box, "preferences-item");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  rcp_compat_name (GTK_WIDGET (row), title);
  g_object_set_data_full (G_OBJECT (row), "page", g_strdup (name), g_free);
  g_object_set_data_full (G_OBJECT (row), "title", g_strdup (title), g_free);
  gtk_list_box_append (self->list, row);
  gtk_stack_add_named (self->stack, page, name);
  return GTK_LABEL (badge);
}

static void
add_setup_page (RcpPreferencesWindow *self, RcpSetupKind kind, const char *name, const char *icon)
{
  GtkWidget *page = rcp_setup_page_new (self->desk, kind);

  g_signal_connect_object (page, "saved", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  add_page (self, page, name, rcp_setup_page_get_title (kind), icon);
}

static GtkWidget *
make_sidebar (RcpPreferencesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  /* Else Tab would go through the pages on its way, and show each. */
  GtkWidget *stop = g_object_new (RCP_TYPE_TAB_STOP, NULL);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pages"), -1);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_("Preferences"), ""));
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), stop);
  gtk_widget_set_parent (GTK_WIDGET (self->list), stop);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_size_request (box, 220, -1);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);
  g_object_bind_property (self->leaflet, "folded", header, "show-end-title-buttons", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (on_row_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  return box;
}

static GtkWidget *
make_content (RcpPreferencesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_tooltip_text (self->back, _("Back"));
  rcp_compat_name (GTK_WIDGET (self->back), _("Back"));
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (on_back_clicked_cb), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->leaflet, "folded", self->back, "visible", G_BINDING_SYNC_CREATE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->spinner));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_size_request (box, 340, -1);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  return box;
}

static void
rcp_preferences_window_finalize (GObject *object)
{
  RcpPreferencesWindow *self = RCP_PREFERENCES_WINDOW (object);

  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_preferences_window_parent_class)->finalize (object);
}

static void
rcp_preferences_window_class_init (RcpPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rcp_preferences_window_finalize;
  gtk_widget_class_install_action (widget_class, "preferences.show", "s", on_show_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_PREFERENCES);
  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);
}

static void
rcp_preferences_window_init (RcpPreferencesWindow *self)
{
  GtkWidget *sidebar, *content;

  gtk_window_set_default_size (GTK_WINDOW (self), 860, 620);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_set_can_navigate_back (self->leaflet, TRUE);
  sidebar = make_sidebar (self);
  content = make_content (self);
  adw_leaflet_append (self->leaflet, sidebar);
  adw_leaflet_page_set_navigatable (adw_leaflet_append (self->leaflet, gtk_separator_new (GTK_ORIENTATION_VERTICAL)), FALSE);
  adw_leaflet_append (self->leaflet, content);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->leaflet));
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
}

/**
 * rcp_preferences_window_new:
 * @desk: an open desk
 * @settings: of the program
 * @calendars: those of the desk
 *
 * Returns: (transfer none): a window that was not presented yet
 */
GtkWindow *
rcp_preferences_window_new (RcpDesk *desk, GSettings *settings, RcpDeskCalendars *calendars)
{
  RcpPreferencesWindow *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_PREFERENCES_WINDOW, "title", _("Preferences"), NULL);
  self->desk = g_object_ref (desk);
  add_page (self, rcp_general_page_new (desk, settings), "general", _("General"), "preferences-system-symbolic");
  add_setup_page (self, RCP_SETUP_PROVIDER, "providers", "system-users-symbolic");
  add_setup_page (self, RCP_SETUP_PLACE, "places", "mark-location-symbolic");
  add_setup_page (self, RCP_SETUP_ROOM, "rooms", "input-dialpad-symbolic");
  add_setup_page (self, RCP_SETUP_VISIT_TYPE, "visit-types", "view-list-symbolic");
  self->refits = RCP_REFIT_PAGE (rcp_refit_page_new (desk));
  self->refits_label
      = add_page (self, GTK_WIDGET (self->refits), "refits", _("No Longer Fits"), "x-office-calendar-symbolic");
  g_signal_connect_object (self->refits, "changed", G_CALLBACK (on_refits_changed_cb), self, G_CONNECT_SWAPPED);
  self->calendars = RCP_CALENDARS_PAGE (rcp_calendars_page_new (desk, calendars));
  add_page (self, GTK_WIDGET (self->calendars), "calendars", _("Calendars"), "alarm-symbolic");
  /* A desk without a window of the program has no payer. */
  if (rcp_desk_get_payer (desk) != NULL)
    add_page (self, rcp_insurance_page_new (desk, settings), "insurance", _("Insurance"), "security-high-symbolic");
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  /* Another desk may have changed something: what is edited begins with what the record holds now. */
  rcp_desk_reload_roster (desk);
  return GTK_WINDOW (self);
}
