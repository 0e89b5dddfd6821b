/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What payers have to authorize before visits. */

#define G_LOG_DOMAIN "rcp-window-auths"

#include "config.h"

#include <glib/gi18n.h>

#include "insurance/rcp-auth-keeper.h"
#include "insurance/rcp-auth-page.h"
#include "rcp-error-dialog.h"
#include "rcp-window-private.h"

RcpAuthModel *
rcp_window_get_auths (RcpWindow *self)
{
  return g_object_get_data (G_OBJECT (self), "rcp-auths");
}

static GtkWidget *
make_page (gpointer data)
{
  GtkWidget *page = rcp_auth_page_new (rcp_window_get_auths (data));

  g_signal_connect_object (page, "visit-activated", G_CALLBACK (rcp_window_show_on_board), data, G_CONNECT_SWAPPED);
  return page;
}

/* A clinic whose payers authorize nothing has no such page; once there was one, it stays. */
static void
on_count_changed_cb (RcpWindow *self)
{
  RcpAuthModel *model = rcp_window_get_auths (self);
  g_autoptr (RcpPage) page = NULL;

  if (rcp_auth_model_get_count (model) == 0 || g_object_get_data (G_OBJECT (self), "rcp-auths-page"))
    return;
  page = rcp_page_new ("authorizations", _ ("Authorizations"), "emblem-documents-symbolic", G_OBJECT (model), make_page, self);
  rcp_window_add_page (self, page);
  g_object_set_data (G_OBJECT (self), "rcp-auths-page", page);
}

static void
on_received_cb (RcpWindow *self, RcpPriorAuth *auth)
{
  RcpVisit *visit = rcp_prior_auth_get_visit (auth);
  /* Translators: the number of an authorization, and a patient: "Authorization A-123 of Rossi, Luca written down" */
  g_autofree char *text = g_strdup_printf (_ ("Authorization %s of %s written down"), rcp_prior_auth_get_number (auth),
                                           rcp_visit_get_patient_name (visit));

  rcp_window_tell (self, text);
}

static void
on_failed_cb (RcpWindow *self, GError *error)
{
  rcp_error_dialog_present (GTK_WINDOW (self), _ ("Authorization Not Written Down"), error);
}

static void
on_undone_cb (RcpWindow *self, const char *text, RcpVisit *was)
{
  if (was)
    rcp_auth_keeper_take_undone (g_object_get_data (G_OBJECT (self), "rcp-auth-keeper"), was);
}

/**
 * rcp_window_set_up_auths:
 * @self: a window with its pages and its undo
 *
 * Puts what payers have to authorize among the pages, once there is some.
 */
void
rcp_window_set_up_auths (RcpWindow *self)
{
  RcpAuthModel *model = rcp_auth_model_new (self->desk);

  g_object_set_data_full (G_OBJECT (self), "rcp-auths", model, g_object_unref);
  g_object_set_data_full (G_OBJECT (self), "rcp-auth-keeper", rcp_auth_keeper_new (self->desk), g_object_unref);
  g_signal_connect_object (model, "notify::count", G_CALLBACK (on_count_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "received", G_CALLBACK (on_received_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "failed", G_CALLBACK (on_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->undo, "undone", G_CALLBACK (on_undone_cb), self, G_CONNECT_SWAPPED);
}
