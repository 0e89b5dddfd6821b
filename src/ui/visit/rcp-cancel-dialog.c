/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-cancel-dialog.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-book-visit.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"
#include "ui/visit/rcp-cancel-series.h"

/**
 * RcpCancelDialog:
 *
 * A message with the reasons as a list, the commonest chosen, and room for a remark.
 */
struct _RcpCancelDialog
{
  AdwMessageDialog parent_instance;

  RcpDesk *desk;
  RcpVisit *visit;
  AdwComboRow *reason_row;
  GtkEditable *comment_row;
  GtkWidget *following_row; /* seen when others of its series follow */
  GtkCheckButton *following_check;
  GPtrArray *following;     /* of RcpVisit, this one first; NULL before they are read */
  GtkWidget *together_row;  /* seen when others were booked as one with it */
  GtkCheckButton *together_check;
  GPtrArray *together;      /* of RcpVisit, this one first; NULL before they are read */
};

G_DEFINE_TYPE (RcpCancelDialog, rcp_cancel_dialog, ADW_TYPE_MESSAGE_DIALOG)

enum
{
  SIGNAL_CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_cancel_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCancelDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) cancelled = rcp_cancel_visit_run_finish (RCP_CANCEL_VISIT (source), result, &error);

  rcp_desk_invalidate (self->desk, rcp_visit_get_range (self->visit));
  if (cancelled != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_CANCELLED], 0, cancelled);
      rcp_desk_tell_done (self->desk, source);
    }
  else
    rcp_error_dialog_present (gtk_window_get_transient_for (GTK_WINDOW (self)), _("Visit Not Cancelled"), error);
}

/* Some may be cancelled and some not: both are said. */
static void
on_series_cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCancelDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = rcp_cancel_series_finish (result, &error);

  if (first != NULL)
    g_signal_emit (self, signals[SIGNAL_CANCELLED], 0, first);
  if (error != NULL)
    rcp_error_dialog_present (gtk_window_get_transient_for (GTK_WINDOW (self)), _("Not All Visits Cancelled"), error);
}

static void
on_following_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCancelDialog) self = user_data;
  g_autoptr (GPtrArray) visits = rcp_series_read_finish (result, NULL);
  g_autofree char *title = NULL;

  /* Without them this one can be cancelled all the same. */
  if (visits == NULL || visits->len < 2 || self->following_row == NULL)
    return;
  self->following = g_steal_pointer (&visits);
  title = g_strdup_printf (g_dngettext (NULL, "Also the %u visit that follows", "Also the %u visits that follow",
                                        self->following->len - 1),
                           self->following->len - 1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->following_row), title);
  rcp_spoken_row_update (ADW_ACTION_ROW (self->following_row));
  gtk_widget_set_visible (self->following_row, TRUE);
}

static void
on_together_cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCancelDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = rcp_cancel_together_finish (result, &error);

  if (first != NULL)
    g_signal_emit (self, signals[SIGNAL_CANCELLED], 0, first);
  else
    rcp_error_dialog_present (gtk_window_get_transient_for (GTK_WINDOW (self)), _("No Visit Cancelled"), error);
}

/* The one that the dialog is about is the first. */
static void
put_first (GPtrArray *visits, const char *id)
{
  for (guint i = 0; i < visits->len; i++)
    if (g_strcmp0 (rcp_visit_get_id (visits->pdata[i]), id) == 0)
      {
        g_ptr_array_insert (visits, 0, g_ptr_array_steal_index (visits, i));
        return;
      }
}

static void
on_together_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCancelDialog) self = user_data;
  g_autoptr (GPtrArray) visits = rcp_together_read_finish (result, NULL);
  g_autofree char *title = NULL;

  /* Without them this one can be cancelled all the same. */
  if (visits == NULL || visits->len < 2 || self->together_row == NULL)
    return;
  put_first (visits, rcp_visit_get_id (self->visit));
  self->together = g_steal_pointer (&visits);
  title = g_strdup_printf (g_dngettext (NULL, "Also the %u visit booked with it", "Also the %u visits booked with it",
                                        self->together->len - 1),
                           self->together->len - 1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->together_row), title);
  rcp_spoken_row_update (ADW_ACTION_ROW (self->together_row));
  gtk_widget_set_visible (self->together_row, TRUE);
}

static void
rcp_cancel_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  RcpCancelDialog *self = RCP_CANCEL_DIALOG (dialog);
  g_autoptr (RcpCancelVisit) cancel = NULL;
  g_autofree char *comment = NULL;
  guint n_reasons;
  const RcpCancelReason *reasons = rcp_cancel_reasons (&n_reasons);
  guint selected = adw_combo_row_get_selected (self->reason_row);

  if (g_strcmp0 (response, "cancel-visit") != 0 || selected >= n_reasons)
    return;

  comment = g_strstrip (g_strdup (gtk_editable_get_text (self->comment_row)));
  if (self->together != NULL && gtk_check_button_get_active (self->together_check))
    {
      rcp_cancel_together_async (self->desk, self->together, reasons[selected].code, *comment != '\0' ? comment : NULL,
                                 on_together_cancelled_cb, g_object_ref (self));
      return;
    }
  if (self->following != NULL && gtk_check_button_get_active (self->following_check))
    {
      rcp_cancel_series_async (self->desk, self->following, reasons[selected].code, *comment != '\0' ? comment : NULL,
                               on_series_cancelled_cb, g_object_ref (self));
      return;
    }
  cancel = rcp_cancel_visit_new (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), self->visit,
                                 reasons[selected].code, *comment != '\0' ? comment : NULL);
  rcp_desk_equip (self->desk, RCP_VISIT_OPERATION (cancel));
  rcp_cancel_visit_run_async (cancel, NULL, on_cancel_finished_cb, g_object_ref (self));
}

static void
rcp_cancel_dialog_dispose (GObject *object)
{
  RcpCancelDialog *self = RCP_CANCEL_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->visit);
  g_clear_pointer (&self->following, g_ptr_array_unref);
  g_clear_pointer (&self->together, g_ptr_array_unref);
  self->following_row = NULL;
  self->together_row = NULL;
  G_OBJECT_CLASS (rcp_cancel_dialog_parent_class)->dispose (object);
}

static void
rcp_cancel_dialog_class_init (RcpCancelDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_cancel_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = rcp_cancel_dialog_response;

  /**
   * RcpCancelDialog::cancelled:
   * @visit: the RcpVisit as the record holds it now
   */
  signals[SIGNAL_CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, RCP_TYPE_VISIT);
}

/* What else may be cancelled, unseen until it is known. */
static GtkWidget *
add_check_row (GtkWidget *group, GtkCheckButton **check)
{
  GtkWidget *row;

  *check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  row = rcp_check_row_new (GTK_WIDGET (*check), GTK_PACK_START);
  gtk_widget_set_visible (row, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
rcp_cancel_dialog_init (RcpCancelDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *reason_row = adw_combo_row_new ();
  GtkWidget *comment_row = adw_entry_row_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint n_reasons;
  const RcpCancelReason *reasons = rcp_cancel_reasons (&n_reasons);

  for (guint i = 0; i < n_reasons; i++)
    gtk_string_list_append (labels, _(reasons[i].label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (reason_row), _("Reason"));
  adw_combo_row_set_model (ADW_COMBO_ROW (reason_row), G_LIST_MODEL (labels));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (comment_row), _("Remark"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), reason_row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), comment_row);
  self->following_row = add_check_row (group, &self->following_check);
  self->together_row = add_check_row (group, &self->together_check);
  self->reason_row = ADW_COMBO_ROW (reason_row);
  self->comment_row = GTK_EDITABLE (comment_row);

  adw_message_dialog_set_heading (dialog, _("Cancel the Visit?"));
  rcp_compat_set_extra_child (dialog, group);
  adw_message_dialog_add_responses (dialog, "keep", _("_Keep"), "cancel-visit", _("_Cancel Visit"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "cancel-visit", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel-visit");
  adw_message_dialog_set_close_response (dialog, "keep");
}

/**
 * rcp_cancel_dialog_new:
 * @parent: the window above which it opens
 * @desk: an open desk
 * @visit: what to cancel
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
rcp_cancel_dialog_new (GtkWindow *parent, RcpDesk *desk, RcpVisit *visit)
{
  RcpCancelDialog *self;
  GTimeZone *zone;
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);

  self = g_object_new (RCP_TYPE_CANCEL_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  self->desk = g_object_ref (desk);
  self->visit = g_object_ref (visit);
  zone = rcp_desk_get_zone (desk);
  day = rcp_time_text_short_day (rcp_visit_get_range (visit).start, zone);
  time = rcp_time_text_clock (rcp_visit_get_range (visit).start, zone);
  /* Translators: patient's name, day and time of day of the visit. */
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (self), _("%s, %s at %s. The time becomes free for others."),
                                  rcp_visit_get_patient_name (visit), day, time);
  if (rcp_visit_get_series_id (visit) != NULL)
    rcp_series_read_async (rcp_desk_get_client (desk), rcp_visit_get_series_id (visit), rcp_visit_get_range (visit).start,
                           NULL, on_following_read_cb, g_object_ref (self));
  if (rcp_visit_get_together_id (visit) != NULL)
    rcp_together_read_async (rcp_desk_get_client (desk), rcp_visit_get_together_id (visit), NULL, on_together_read_cb,
                             g_object_ref (self));
  return GTK_WINDOW (self);
}
