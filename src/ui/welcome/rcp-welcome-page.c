/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-welcome-page"

#include "config.h"

#include "rcp-welcome-page.h"

#include <adwaita.h>

#include "rcp-connect-page.h"
#include "rcp-practice-page.h"

#include "ui/rcp-keys.h"

struct _RcpWelcomePage
{
  GtkWidget parent_instance;

  AdwLeaflet *leaflet;
  GtkWidget *back_button;
  GtkListBox *choices;
  GtkWidget *sample_row;
  GtkWidget *practice_row;
  GtkWidget *server_row;
  RcpPracticePage *practice_page;
  RcpConnectPage *connect_page;
};

G_DEFINE_FINAL_TYPE (RcpWelcomePage, rcp_welcome_page, GTK_TYPE_WIDGET)

enum
{
  CONFIRMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
go_to (RcpWelcomePage *self, const char *name)
{
  adw_leaflet_set_visible_child_name (self->leaflet, name);
  gtk_widget_grab_focus (adw_leaflet_get_visible_child (self->leaflet));
}

static void
on_row_activated_cb (RcpWelcomePage *self, GtkWidget *row)
{
  if (row == self->practice_row)
    go_to (self, "practice");
  else if (row == self->server_row)
    go_to (self, "server");
  else
    {
      g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_SAMPLE);

      g_signal_emit (self, signals[CONFIRMED], 0, source);
    }
}

static void
on_confirmed_cb (RcpWelcomePage *self, RcpSource *source)
{
  g_signal_emit (self, signals[CONFIRMED], 0, source);
}

static void
on_back_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_leaflet_set_visible_child_name (RCP_WELCOME_PAGE (widget)->leaflet, "choice");
}

static gboolean
rcp_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RCP_WELCOME_PAGE (widget)->sample_row);
}

static void
rcp_welcome_page_dispose (GObject *object)
{
  RcpWelcomePage *self = RCP_WELCOME_PAGE (object);

  g_clear_pointer ((GtkWidget **) &self->leaflet, gtk_widget_unparent);
  G_OBJECT_CLASS (rcp_welcome_page_parent_class)->dispose (object);
}

static void
rcp_welcome_page_class_init (RcpWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RCP_TYPE_PRACTICE_PAGE);
  g_type_ensure (RCP_TYPE_CONNECT_PAGE);
  G_OBJECT_CLASS (klass)->dispose = rcp_welcome_page_dispose;
  widget_class->grab_focus = rcp_welcome_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpWelcomePage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, RcpWelcomePage, back_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWelcomePage, choices);
  gtk_widget_class_bind_template_child (widget_class, RcpWelcomePage, sample_row);
  gtk_widget_class_bind_template_child (widget_class, RcpWelcomePage, practice_row);
  gtk_widget_class_bind_template_child (widget_class, RcpWelcomePage, server_row);
  gtk_widget_class_bind_template_child (widget_class, RcpWelcomePage, practice_page);
  gtk_widget_class_bind_template_child (widget_class, RcpWelcomePage, connect_page);
  gtk_widget_class_install_action (widget_class, "welcome.back", NULL, on_back_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_WELCOME);

  /**
   * RcpWelcomePage::confirmed:
   * @self: a page
   * @source: what to open
   */
  signals[CONFIRMED] = g_signal_new ("confirmed", RCP_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, RCP_TYPE_SOURCE);
}

static void
rcp_welcome_page_init (RcpWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->choices, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->practice_page, "confirmed", G_CALLBACK (on_confirmed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connect_page, "confirmed", G_CALLBACK (on_confirmed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
rcp_welcome_page_new (void)
{
  return g_object_new (RCP_TYPE_WELCOME_PAGE, NULL);
}

void
rcp_welcome_page_set_can_go_back (RcpWelcomePage *self, gboolean can_go_back)
{
  g_return_if_fail (RCP_IS_WELCOME_PAGE (self));

  gtk_widget_set_visible (self->back_button, can_go_back);
}

void
rcp_welcome_page_set_busy (RcpWelcomePage *self, gboolean busy)
{
  g_return_if_fail (RCP_IS_WELCOME_PAGE (self));

  rcp_connect_page_set_busy (self->connect_page, busy);
}

void
rcp_welcome_page_ask_server (RcpWelcomePage *self, const char *url, const GError *error)
{
  g_return_if_fail (RCP_IS_WELCOME_PAGE (self));

  rcp_connect_page_set_busy (self->connect_page, FALSE);
  if (url)
    rcp_connect_page_set_url (self->connect_page, url);
  rcp_connect_page_set_error (self->connect_page, error);
  go_to (self, "server");
}
