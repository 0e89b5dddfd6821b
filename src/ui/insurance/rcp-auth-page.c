/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-auth-page"

#include "config.h"

#include "rcp-auth-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/insurance/rcp-auth-dialog.h"
#include "ui/insurance/rcp-auth-text.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-read-pages.h"
#include "ui/rcp-ui-compat.h"

struct _RcpAuthPage
{
  GtkWidget parent_instance;

  RcpAuthModel *model;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RcpAuthPage, rcp_auth_page, GTK_TYPE_WIDGET)

static guint visit_activated_signal;

static RcpPriorAuth *
get_auth (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "auth");
}

static void
on_number_given_cb (RcpAuthModel *model, const char *number, GtkWindow *dialog)
{
  rcp_auth_model_receive (model, g_object_get_data (G_OBJECT (dialog), "auth"), number);
}

/**
 * rcp_auth_page_ask:
 * @above: in the window above which it is asked
 * @model: what gets the number
 * @auth: whose number
 */
void
rcp_auth_page_ask (GtkWidget *above, RcpAuthModel *model, RcpPriorAuth *auth)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (above)), *dialog;
  RcpVisit *visit = rcp_prior_auth_get_visit (auth);
  g_autofree char *what = rcp_auth_text_describe (auth, rcp_auth_model_get_desk (model)), *summary = NULL;

  if (rcp_auth_model_is_receiving (model, auth))
    {
      gtk_widget_error_bell (above);
      return;
    }
  summary = g_strdup_printf ("%s\n%s", rcp_visit_get_patient_name (visit), what);
  dialog = rcp_auth_dialog_new (window, auth, summary);
  g_object_set_data_full (G_OBJECT (dialog), "auth", g_object_ref (auth), g_object_unref);
  g_signal_connect_object (dialog, "received", G_CALLBACK (on_number_given_cb), model, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, window);
}

static void
on_button_clicked_cb (RcpAuthPage *self, GtkWidget *button)
{
  rcp_auth_page_ask (GTK_WIDGET (self), self->model, get_auth (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW)));
}

static void
on_receive_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpAuthPage *self = RCP_AUTH_PAGE (widget);
  GtkWidget *row = rcp_compat_get_focus_child (GTK_WIDGET (self->list));

  if (row)
    rcp_auth_page_ask (widget, self->model, get_auth (row));
}

static void
on_row_activated_cb (RcpAuthPage *self, GtkListBoxRow *row)
{
  g_signal_emit (self, visit_activated_signal, 0, rcp_visit_get_whole (rcp_prior_auth_get_visit (get_auth (GTK_WIDGET (row)))));
}

static void
append_words (GtkWidget *box, const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
make_button (RcpAuthPage *self, RcpPriorAuth *auth)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Received…"));

  gtk_widget_set_tooltip_text (button, _ ("Write Down the Number of the Authorization (A)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  rcp_visit_get_patient_name (rcp_prior_auth_get_visit (auth)), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_button_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_sensitive (button, !rcp_auth_model_is_receiving (self->model, auth));
  return button;
}

/* Of a late one the button and the words stand out: not by a colour alone. */
static GtkWidget *
make_row (RcpAuthPage *self, RcpPriorAuth *auth, const GDate *today)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  const char *name = rcp_visit_get_patient_name (rcp_prior_auth_get_visit (auth));
  g_autofree char *what = rcp_auth_text_describe (auth, rcp_auth_model_get_desk (self->model)), *due = rcp_auth_text_line (auth, today);
  g_autofree char *spoken = g_strjoin (", ", name, due, what, NULL);
  const GDate *day = rcp_prior_auth_get_due (auth);

  append_words (box, name, NULL);
  append_words (box, due, day && g_date_compare (day, today) <= 0 ? "heading" : "refit-words");
  append_words (box, what, "refit-words");
  gtk_box_append (GTK_BOX (box), make_button (self, auth));
  gtk_widget_add_css_class (box, "refit");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  rcp_compat_name (GTK_WIDGET (row), spoken);
  g_object_set_data_full (G_OBJECT (row), "auth", g_object_ref (auth), g_object_unref);
  return row;
}

static void
show_page (RcpAuthPage *self)
{
  rcp_read_pages_show (self->stack, rcp_auth_model_get_count (self->model), rcp_auth_model_is_read (self->model),
                       rcp_auth_model_has_failed (self->model));
}

/* The row that had the keyboard keeps it; when it went, the one that is in its place. */
static void
rebuild (RcpAuthPage *self)
{
  GListModel *auths = rcp_auth_model_get_list (self->model);
  GtkWidget *focused = rcp_compat_get_focus_child (GTK_WIDGET (self->list));
  int place = focused ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;
  guint n = g_list_model_get_n_items (auths);
  GtkListBoxRow *row;
  GDate today;

  rcp_desk_get_today (rcp_auth_model_get_desk (self->model), &today);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RcpPriorAuth) auth = g_list_model_get_item (auths, i);

      gtk_list_box_append (self->list, make_row (self, auth, &today));
    }
  show_page (self);
  if (place >= 0 && n > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, MIN (place, (int) n - 1))));
}

/* The row keeps the keyboard, which a button that no longer works would lose. */
static void
on_receiving_cb (RcpAuthPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    {
      gboolean is_receiving = rcp_auth_model_is_receiving (self->model, get_auth (GTK_WIDGET (row)));

      if (is_receiving && rcp_compat_has_focus_within (GTK_WIDGET (row)))
        gtk_widget_grab_focus (GTK_WIDGET (row));
      gtk_widget_set_sensitive (gtk_widget_get_last_child (gtk_list_box_row_get_child (row)), !is_receiving);
    }
}

static void
on_retry_clicked_cb (RcpAuthPage *self)
{
  rcp_auth_model_reload (self->model);
}

static void
rcp_auth_page_dispose (GObject *object)
{
  RcpAuthPage *self = RCP_AUTH_PAGE (object);

  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_auth_page_parent_class)->dispose (object);
}

static void
rcp_auth_page_class_init (RcpAuthPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_auth_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "authorization.receive", NULL, on_receive_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_AUTHORIZATIONS);
  visit_activated_signal = g_signal_new ("visit-activated", RCP_TYPE_AUTH_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         RCP_TYPE_VISIT);
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *empty = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "emblem-ok-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Every Authorization Is There"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty), _ ("When a payer wants to authorize a visit before, it is listed here until its number is written down."));
  return empty;
}

static void
rcp_auth_page_init (RcpAuthPage *self)
{
  self->list = rcp_read_pages_make_list (_ ("Authorizations"));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, rcp_read_pages_scroll (GTK_WIDGET (self->list)), "list");
  gtk_stack_add_named (self->stack, make_empty (), "empty");
  rcp_read_pages_add (self->stack, _ ("Authorizations Could Not Be Read"), G_CALLBACK (on_retry_clicked_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/**
 * rcp_auth_page_new:
 * @model: what is to be authorized
 *
 * Returns: (transfer floating): what shows it
 */
GtkWidget *
rcp_auth_page_new (RcpAuthModel *model)
{
  RcpAuthPage *self;

  g_return_val_if_fail (RCP_IS_AUTH_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_AUTH_PAGE, NULL);
  self->model = g_object_ref (model);
  g_signal_connect_object (rcp_auth_model_get_list (model), "items-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "read", G_CALLBACK (show_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "receiving", G_CALLBACK (on_receiving_cb), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
