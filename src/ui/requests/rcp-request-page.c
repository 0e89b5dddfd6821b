/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-request-page"

#include "config.h"

#include "rcp-request-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/move/rcp-pinboard.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-read-pages.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-ui-compat.h"

struct _RcpRequestPage
{
  GtkWidget parent_instance;

  RcpRequestModel *model;
  GtkStack *stack;
  GtkListBox *list;
  guint rebuild_id;
};

G_DEFINE_FINAL_TYPE (RcpRequestPage, rcp_request_page, GTK_TYPE_WIDGET)

static guint visit_activated_signal;

static GtkWindow *
get_window (RcpRequestPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static RcpRequest *
get_request (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "request");
}

static void
on_reason_given_cb (RcpRequestPage *self, const char *reason, GtkWindow *dialog)
{
  rcp_request_model_accept (self->model, g_object_get_data (G_OBJECT (dialog), "request"), reason);
}

/* All that is in the way is named once more, and why it is to be is written into the visit. */
static void
ask_reason (RcpRequestPage *self, RcpRequest *request)
{
  g_autofree char *what = rcp_request_describe (request);
  g_autofree char *conflicts = rcp_request_describe_conflicts (request);
  GtkWindow *dialog = rcp_overbook_dialog_new (get_window (self), what, conflicts ? conflicts : "");

  g_object_set_data_full (G_OBJECT (dialog), "request", g_object_ref (request), g_object_unref);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_reason_given_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, get_window (self));
}

static void
accept (RcpRequestPage *self, RcpRequest *request)
{
  RcpRequestWay way = rcp_request_get_way (request);

  if (rcp_request_model_is_answering (self->model, request))
    gtk_widget_error_bell (GTK_WIDGET (self));
  else if (way == RCP_REQUEST_FREE)
    rcp_request_model_accept (self->model, request, NULL);
  else if (way == RCP_REQUEST_CROWDED)
    ask_reason (self, request);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
refuse (RcpRequestPage *self, RcpRequest *request)
{
  if (!rcp_request_model_refuse (self->model, request))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static GtkWidget *
get_row (GtkWidget *child)
{
  return gtk_widget_get_ancestor (child, GTK_TYPE_LIST_BOX_ROW);
}

static void
on_accept_clicked_cb (RcpRequestPage *self, GtkWidget *button)
{
  accept (self, get_request (get_row (button)));
}

static void
on_refuse_clicked_cb (RcpRequestPage *self, GtkWidget *button)
{
  refuse (self, get_request (get_row (button)));
}

/* That of the row which has the keyboard; or NULL. */
static RcpRequest *
get_focused (RcpRequestPage *self)
{
  GtkWidget *row = rcp_compat_get_focus_child (GTK_WIDGET (self->list));

  return row ? get_request (row) : NULL;
}

static void
on_accept_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpRequest *request = get_focused (RCP_REQUEST_PAGE (widget));

  if (request)
    accept (RCP_REQUEST_PAGE (widget), request);
}

static void
on_refuse_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpRequest *request = get_focused (RCP_REQUEST_PAGE (widget));

  if (request)
    refuse (RCP_REQUEST_PAGE (widget), request);
}

static void
on_row_activated_cb (RcpRequestPage *self, GtkListBoxRow *row)
{
  g_signal_emit (self, visit_activated_signal, 0, rcp_request_get_visit (get_request (GTK_WIDGET (row))));
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
append_button (RcpRequestPage *self, GtkWidget *box, const char *label, const char *tooltip, RcpRequest *request, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  rcp_visit_get_patient_name (rcp_request_get_visit (request)), -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
make_buttons (RcpRequestPage *self, RcpRequest *request)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  RcpRequestWay way = rcp_request_get_way (request);
  GtkWidget *button;

  append_button (self, buttons, _("Refuse"), _("Put It Back in the Calendar (Delete)"), request, G_CALLBACK (on_refuse_clicked_cb));
  button = append_button (self, buttons, way == RCP_REQUEST_CROWDED ? _("Accept…") : _("Accept"), _("Do the Same to the Visit (A)"), request,
                          G_CALLBACK (on_accept_clicked_cb));
  gtk_widget_set_sensitive (button, way == RCP_REQUEST_FREE || way == RCP_REQUEST_CROWDED);
  if (way == RCP_REQUEST_FREE)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_set_sensitive (buttons, !rcp_request_model_is_answering (self->model, request));
  return buttons;
}

/* The buttons stand below the words: beside them they leave a phone, or large text, no room for any. */
static GtkWidget *
make_row (RcpRequestPage *self, RcpRequest *request)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  const char *name = rcp_visit_get_patient_name (rcp_request_get_visit (request));
  g_autofree char *what = rcp_request_describe (request);
  g_autofree char *conflicts = rcp_request_describe_conflicts (request);
  g_autofree char *spoken = g_strjoin (", ", name, what, conflicts, NULL);

  append_words (box, name, NULL);
  append_words (box, what, "refit-words");
  if (conflicts)
    append_words (box, conflicts, "refit-words");
  gtk_box_append (GTK_BOX (box), make_buttons (self, request));
  gtk_widget_add_css_class (box, "refit");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  rcp_compat_name (GTK_WIDGET (row), spoken);
  g_object_set_data_full (G_OBJECT (row), "request", g_object_ref (request), g_object_unref);
  return row;
}

/* A request is answered once; the others can be answered meanwhile. The row keeps the keyboard, which a button that no longer works
 * would lose. */
static void
on_answering_cb (RcpRequestPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    {
      GtkWidget *buttons = gtk_widget_get_last_child (gtk_list_box_row_get_child (row));
      gboolean is_answering = rcp_request_model_is_answering (self->model, get_request (GTK_WIDGET (row)));

      if (is_answering && rcp_compat_has_focus_within (GTK_WIDGET (row)))
        gtk_widget_grab_focus (GTK_WIDGET (row));
      gtk_widget_set_sensitive (buttons, !is_answering);
    }
}

/* The row that had the keyboard keeps it; when it went, the one that is in its place. */
static void
show_page (RcpRequestPage *self)
{
  rcp_read_pages_show (self->stack, rcp_request_model_get_count (self->model), rcp_request_model_is_read (self->model),
                       rcp_request_model_has_failed (self->model));
}

static void
rebuild (RcpRequestPage *self)
{
  GListModel *requests = rcp_request_model_get_list (self->model);
  GtkWidget *focused = rcp_compat_get_focus_child (GTK_WIDGET (self->list));
  int place = focused ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;
  guint n = g_list_model_get_n_items (requests);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RcpRequest) request = g_list_model_get_item (requests, i);

      gtk_list_box_append (self->list, make_row (self, request));
    }
  show_page (self);
  if (place >= 0 && n > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, MIN (place, (int) n - 1))));
}

static gboolean
on_rebuild_cb (gpointer data)
{
  RcpRequestPage *self = data;

  self->rebuild_id = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

/* A day tells of each of its visits. */
static void
queue_rebuild (RcpRequestPage *self)
{
  if (self->rebuild_id == 0)
    self->rebuild_id = g_idle_add (on_rebuild_cb, self);
}

static void
on_requests_changed_cb (RcpRequestPage *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GObject) request = g_list_model_get_item (rcp_request_model_get_list (self->model), i);

      g_signal_handlers_disconnect_by_func (request, queue_rebuild, self);
      g_signal_connect_object (request, "changed", G_CALLBACK (queue_rebuild), self, G_CONNECT_SWAPPED);
    }
  queue_rebuild (self);
}

static void
on_failed_cb (RcpRequestPage *self, GError *error)
{
  if (get_window (self))
    rcp_error_dialog_present (get_window (self), _("Not Answered"), error);
}

static void
on_retry_clicked_cb (RcpRequestPage *self)
{
  rcp_request_model_reload (self->model);
}

static void
rcp_request_page_dispose (GObject *object)
{
  RcpRequestPage *self = RCP_REQUEST_PAGE (object);

  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_request_page_parent_class)->dispose (object);
}

static void
rcp_request_page_class_init (RcpRequestPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_request_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "request.accept", NULL, on_accept_activated);
  gtk_widget_class_install_action (widget_class, "request.refuse", NULL, on_refuse_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_REQUESTS);
  visit_activated_signal = g_signal_new ("visit-activated", RCP_TYPE_REQUEST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                         1, RCP_TYPE_VISIT);
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *empty = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "emblem-ok-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _("Every Request Is Answered"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _("When a provider moves or deletes a visit in the calendar, the desk is asked here."));
  return empty;
}

static void
rcp_request_page_init (RcpRequestPage *self)
{
  self->list = rcp_read_pages_make_list (_("Requests"));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, rcp_read_pages_scroll (GTK_WIDGET (self->list)), "list");
  gtk_stack_add_named (self->stack, make_empty (), "empty");
  rcp_read_pages_add (self->stack, _("Requests Could Not Be Read"), G_CALLBACK (on_retry_clicked_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/**
 * rcp_request_page_new:
 * @model: what was asked for
 *
 * Returns: (transfer floating): what shows it
 */
GtkWidget *
rcp_request_page_new (RcpRequestModel *model)
{
  RcpRequestPage *self;
  GListModel *list;

  g_return_val_if_fail (RCP_IS_REQUEST_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_REQUEST_PAGE, NULL);
  self->model = g_object_ref (model);
  list = rcp_request_model_get_list (model);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_requests_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "read", G_CALLBACK (queue_rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "failed", G_CALLBACK (on_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "answering", G_CALLBACK (on_answering_cb), self, G_CONNECT_SWAPPED);
  on_requests_changed_cb (self, 0, 0, g_list_model_get_n_items (list));
  rebuild (self);
  return GTK_WIDGET (self);
}
