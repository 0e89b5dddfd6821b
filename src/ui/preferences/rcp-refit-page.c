/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-refit-page"

#include "config.h"

#include "rcp-refit-page.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-refit.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-time-text.h"

struct _RcpRefitPage
{
  AdwBin parent_instance;

  RcpDesk *desk;
  GtkStack *stack;
  AdwPreferencesGroup *group;
  GPtrArray *rows;   /* borrowed */
  GPtrArray *refits; /* of RcpRefit */
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (RcpRefitPage, rcp_refit_page, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
present_error (RcpRefitPage *self, const char *heading, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    rcp_error_dialog_present (GTK_WINDOW (root), heading, error);
}

static void
on_moved_cb (RcpRefitPage *self)
{
  rcp_refit_page_reload (self);
}

static RcpRefit *
get_refit (RcpRefitPage *self, GtkButton *button)
{
  return self->refits->pdata[GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"))];
}

static void
on_move_clicked_cb (RcpRefitPage *self, GtkButton *button)
{
  GtkWindow *dialog = rcp_booking_dialog_new_for_move (self->desk, get_refit (self, button)->visit);

  g_signal_connect_object (dialog, "booked", G_CALLBACK (on_moved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_set_modal (dialog, TRUE);
  gtk_window_present (dialog);
}

/* Whoever was first, it is off the list. */
static void
on_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpRefitPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rcp_refit_keep_finish (result, &error) && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    present_error (self, _("Not Kept"), error);
  rcp_refit_page_reload (self);
}

static void
on_keep_clicked_cb (RcpRefitPage *self, GtkButton *button)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  rcp_refit_keep_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), get_refit (self, button), NULL,
                        on_kept_cb, g_object_ref (self));
}

static void
add_button (RcpRefitPage *self, GtkWidget *row, const char *label, const char *who, guint index, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, who, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
make_row (RcpRefitPage *self, RcpRefit *refit, guint index)
{
  GtkWidget *row = adw_action_row_new ();
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (self->desk), refit->visit);
  GTimeZone *zone = provider != NULL ? rcp_provider_get_zone (provider) : rcp_desk_get_zone (self->desk);
  const char *patient = rcp_visit_get_patient_name (refit->visit);
  g_autofree char *day = rcp_time_text_short_day (rcp_visit_get_range (refit->visit).start, zone);
  g_autofree char *time = rcp_time_text_range (rcp_visit_get_range (refit->visit), zone);
  g_autofree char *who = g_strdup_printf ("%s, %s%s%s", day, time, provider != NULL ? ", " : "",
                                          provider != NULL ? rcp_provider_get_name (provider) : "");
  g_autofree char *what = g_strdup_printf ("%s\n%s", who, refit->why);
  g_autofree char *title = g_markup_escape_text (patient, -1);
  g_autofree char *subtitle = g_markup_escape_text (what, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  add_button (self, row, _("Keep"), patient, index, G_CALLBACK (on_keep_clicked_cb));
  add_button (self, row, _("Move…"), patient, index, G_CALLBACK (on_move_clicked_cb));
  return row;
}

static void
show_refits (RcpRefitPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->refits->len; i++)
    {
      GtkWidget *row = make_row (self, self->refits->pdata[i], i);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->group, row);
    }
  gtk_stack_set_visible_child_name (self->stack, self->refits->len > 0 ? "list" : "empty");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_list_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpRefitPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *refits = rcp_refit_list_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (refits == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  g_clear_pointer (&self->refits, g_ptr_array_unref);
  self->refits = refits;
  show_refits (self);
}

/**
 * rcp_refit_page_reload:
 * @self: a page
 *
 * Reads the list again.
 */
void
rcp_refit_page_reload (RcpRefitPage *self)
{
  g_return_if_fail (RCP_IS_REFIT_PAGE (self));

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (rcp_desk_get_client (self->desk) == NULL)
    return;
  self->reading = g_cancellable_new ();
  rcp_refit_list_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->reading, on_list_read_cb,
                        g_object_ref (self));
}

guint
rcp_refit_page_get_n_visits (RcpRefitPage *self)
{
  g_return_val_if_fail (RCP_IS_REFIT_PAGE (self), 0);

  return self->refits->len;
}

static void
rcp_refit_page_dispose (GObject *object)
{
  RcpRefitPage *self = RCP_REFIT_PAGE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (rcp_refit_page_parent_class)->dispose (object);
}

static void
rcp_refit_page_finalize (GObject *object)
{
  RcpRefitPage *self = RCP_REFIT_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->refits, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_refit_page_parent_class)->finalize (object);
}

static void
rcp_refit_page_class_init (RcpRefitPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_refit_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_refit_page_finalize;

  /**
   * RcpRefitPage::changed:
   * @self: a page
   *
   * The list was read.
   */
  signals[CHANGED] = g_signal_new ("changed", RCP_TYPE_REFIT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_status (RcpRefitPage *self, const char *name, const char *icon, const char *title, const char *description)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_stack_add_named (self->stack, page, name);
}

static void
rcp_refit_page_init (RcpRefitPage *self)
{
  GtkWidget *page = adw_preferences_page_new ();

  self->rows = g_ptr_array_new ();
  self->refits = g_ptr_array_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (self->group, _("Booked before the hours were changed. Move them, or keep them where they are."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->group);
  add_status (self, "empty", "emblem-ok-symbolic", _("Every Visit Fits"),
              _("When working hours change, booked visits that do not fit any more are listed here."));
  add_status (self, "failed", "dialog-error-symbolic", _("Not Read"), _("The record did not answer. Choose this page again."));
  gtk_stack_add_named (self->stack, page, "list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

GtkWidget *
rcp_refit_page_new (RcpDesk *desk)
{
  RcpRefitPage *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_REFIT_PAGE, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (rcp_refit_page_reload), self, G_CONNECT_SWAPPED);
  rcp_refit_page_reload (self);
  return GTK_WIDGET (self);
}
