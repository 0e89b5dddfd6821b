/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-connect-page"

#include "config.h"

#include "rcp-connect-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/rcp-error-text.h"

struct _RcpConnectPage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkSpinner *spinner;
  GtkRevealer *notice;
  GtkLabel *notice_label;
  AdwEntryRow *url_row;
  AdwPasswordEntryRow *token_row;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (RcpConnectPage, rcp_connect_page, GTK_TYPE_WIDGET)

enum
{
  CONFIRMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say (RcpConnectPage *self, const char *text)
{
  if (text)
    gtk_label_set_label (self->notice_label, text);
  gtk_revealer_set_reveal_child (self->notice, text != NULL);
}

static void
update (RcpConnectPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->url_row));
  g_autofree char *url = rcp_source_clean_url (text);

  if (text[0] && !url)
    gtk_widget_add_css_class (GTK_WIDGET (self->url_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->url_row), "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.connect", url && !self->busy);
}

static void
on_changed_cb (RcpConnectPage *self)
{
  say (self, NULL);
  update (self);
}

static void
on_connect_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpConnectPage *self = RCP_CONNECT_PAGE (widget);
  g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_SERVER);
  const char *token = gtk_editable_get_text (GTK_EDITABLE (self->token_row));

  source->url = rcp_source_clean_url (gtk_editable_get_text (GTK_EDITABLE (self->url_row)));
  source->token = token[0] ? g_strstrip (g_strdup (token)) : NULL;
  if (source->url && !self->busy)
    g_signal_emit (self, signals[CONFIRMED], 0, source);
}

static void
on_entry_activated_cb (RcpConnectPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "connect.connect", NULL);
}

static gboolean
rcp_connect_page_grab_focus (GtkWidget *widget)
{
  RcpConnectPage *self = RCP_CONNECT_PAGE (widget);
  gboolean has_url = gtk_editable_get_text (GTK_EDITABLE (self->url_row))[0] != '\0';

  return gtk_widget_grab_focus (has_url ? GTK_WIDGET (self->token_row) : GTK_WIDGET (self->url_row));
}

static void
rcp_connect_page_dispose (GObject *object)
{
  RcpConnectPage *self = RCP_CONNECT_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rcp_connect_page_parent_class)->dispose (object);
}

static void
rcp_connect_page_class_init (RcpConnectPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_connect_page_dispose;
  widget_class->grab_focus = rcp_connect_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-connect-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpConnectPage, box);
  gtk_widget_class_bind_template_child (widget_class, RcpConnectPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, RcpConnectPage, notice);
  gtk_widget_class_bind_template_child (widget_class, RcpConnectPage, notice_label);
  gtk_widget_class_bind_template_child (widget_class, RcpConnectPage, url_row);
  gtk_widget_class_bind_template_child (widget_class, RcpConnectPage, token_row);
  gtk_widget_class_install_action (widget_class, "connect.connect", NULL, on_connect_activated);

  /**
   * RcpConnectPage::confirmed:
   * @self: a page
   * @source: what to connect to
   */
  signals[CONFIRMED] = g_signal_new ("confirmed", RCP_TYPE_CONNECT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, RCP_TYPE_SOURCE);
}

static void
rcp_connect_page_init (RcpConnectPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->url_row, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->url_row, "entry-activated", G_CALLBACK (on_entry_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->token_row, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->token_row, "entry-activated", G_CALLBACK (on_entry_activated_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

void
rcp_connect_page_set_url (RcpConnectPage *self, const char *url)
{
  g_return_if_fail (RCP_IS_CONNECT_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->url_row), url ? url : "");
}

void
rcp_connect_page_set_busy (RcpConnectPage *self, gboolean busy)
{
  g_return_if_fail (RCP_IS_CONNECT_PAGE (self));

  self->busy = busy;
  gtk_spinner_set_spinning (self->spinner, busy);
  update (self);
}

void
rcp_connect_page_set_error (RcpConnectPage *self, const GError *error)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RCP_IS_CONNECT_PAGE (self));

  /* Translators: a title, and what to do. */
  if (error)
    text = g_strdup_printf (_("%s. %s"), rcp_error_text_get_title (error), rcp_error_text_get_advice (error));
  say (self, text);
}
