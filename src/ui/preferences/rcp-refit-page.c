/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-refit-page"

#include "config.h"

#include "rcp-refit-page.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-refit.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/move/rcp-new-places-window.h"
#include "ui/visit/rcp-cancel-dialog.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"

struct _RcpRefitPage
{
  AdwBin parent_instance;

  RcpDesk *desk;
  GtkStack *stack;
  AdwPreferencesGroup *group;
  GPtrArray *rows;   /* borrowed; one for each of @refits */
  GPtrArray *refits; /* of RcpRefit */
  GtkWidget *keep_all;
  GPtrArray *keeping; /* of FhirResource: the Tasks that are still to be ticked off, the next last; or NULL */
  GError *failure;    /* the first of them that was not */
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (RcpRefitPage, rcp_refit_page, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* NULL after the page is gone. */
static GtkWindow *
get_window (RcpRefitPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
present_error (RcpRefitPage *self, const char *heading, const GError *error)
{
  if (get_window (self) != NULL)
    rcp_error_dialog_present (get_window (self), heading, error);
}

static void
on_moved_cb (RcpRefitPage *self)
{
  rcp_refit_page_reload (self);
}

/* The row stays while the list is read again: what it is about is known by its Task. NULL when it is off the list. */
static RcpRefit *
get_refit (RcpRefitPage *self, GtkButton *button)
{
  const char *task = g_object_get_data (G_OBJECT (button), "task");

  for (guint i = 0; i < self->refits->len; i++)
    {
      RcpRefit *refit = self->refits->pdata[i];

      if (g_strcmp0 (fhir_resource_get_id (refit->task), task) == 0)
        return refit;
    }
  return NULL;
}

static void
on_move_clicked_cb (RcpRefitPage *self, GtkButton *button)
{
  RcpRefit *refit = get_refit (self, button);
  GtkWindow *dialog;

  if (refit == NULL)
    return;
  dialog = rcp_booking_dialog_new_for_move (self->desk, refit->visit);
  g_signal_connect_object (dialog, "booked", G_CALLBACK (on_moved_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, get_window (self));
}

static void
on_cancel_clicked_cb (RcpRefitPage *self, GtkButton *button)
{
  RcpRefit *refit = get_refit (self, button);
  GtkWindow *dialog;

  if (refit == NULL)
    return;
  dialog = rcp_cancel_dialog_new (get_window (self), self->desk, refit->visit);
  g_signal_connect_object (dialog, "cancelled", G_CALLBACK (rcp_refit_page_reload), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, get_window (self));
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
  RcpRefit *refit = get_refit (self, button);

  /* Pressed twice it is ticked off once: the second time its version is another. It keeps the keyboard until then. */
  if (refit == NULL)
    return;
  rcp_refit_keep_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), refit, NULL, on_kept_cb,
                        g_object_ref (self));
}

static void keep_next (RcpRefitPage *self);

static void
on_one_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpRefitPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rcp_refit_keep_finish (result, &error) && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT)
      && self->failure == NULL)
    self->failure = g_steal_pointer (&error);
  keep_next (self);
}

/* One after the other; what could not be kept stays on the list. */
static void
keep_next (RcpRefitPage *self)
{
  RcpRefit refit = { NULL };

  if (self->keeping->len > 0)
    {
      g_autoptr (FhirResource) task = g_ptr_array_steal_index (self->keeping, self->keeping->len - 1);

      refit.task = task;
      rcp_refit_keep_async (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), &refit, NULL, on_one_kept_cb,
                            g_object_ref (self));
      return;
    }
  g_clear_pointer (&self->keeping, g_ptr_array_unref);
  if (self->failure != NULL)
    present_error (self, _("Not Kept"), self->failure);
  g_clear_error (&self->failure);
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), TRUE);
  rcp_refit_page_reload (self);
}

static void
on_keep_all_confirmed_cb (AdwMessageDialog *dialog, const char *response, RcpRefitPage *self)
{
  if (!g_str_equal (response, "keep") || self->keeping != NULL)
    return;
  self->keeping = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = self->refits->len; i > 0; i--)
    g_ptr_array_add (self->keeping, g_object_ref (((RcpRefit *)self->refits->pdata[i - 1])->task));
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), FALSE);
  keep_next (self);
}

/* It is not taken back by one key: so it is asked. */
static void
on_keep_all_clicked_cb (RcpRefitPage *self)
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (self), NULL, _("They stay where they are, outside of the hours."));

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog),
                                     g_dngettext (NULL, "Keep %u Visit?", "Keep %u Visits?", self->refits->len),
                                     self->refits->len);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "keep", _("_Keep All"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_keep_all_confirmed_cb), self, 0);
  rcp_dialog_present (GTK_WINDOW (dialog), get_window (self));
}

static void
on_propose_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpRefitPage *self = RCP_REFIT_PAGE (widget);
  GtkWindow *dialog;

  if (self->refits->len == 0 || self->keeping != NULL || rcp_desk_get_client (self->desk) == NULL)
    return;
  dialog = rcp_new_places_window_new (self->desk);
  g_signal_connect_object (dialog, "moved", G_CALLBACK (rcp_refit_page_reload), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, get_window (self));
}

static GtkWidget *
append_button (RcpRefitPage *self, GtkWidget *box, const char *label, RcpRefit *refit, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (button), "task", g_strdup (fhir_resource_get_id (refit->task)), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  rcp_visit_get_patient_name (refit->visit), -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
append_words (GtkWidget *box, const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
}

static char *
dup_when (RcpRefitPage *self, RcpRefit *refit)
{
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (self->desk), refit->visit);
  GTimeZone *zone = provider != NULL ? rcp_provider_get_zone (provider) : rcp_desk_get_zone (self->desk);
  g_autofree char *day = rcp_time_text_short_day (rcp_visit_get_range (refit->visit).start, zone);
  g_autofree char *time = rcp_time_text_range (rcp_visit_get_range (refit->visit), zone);

  return g_strdup_printf ("%s, %s%s%s", day, time, provider != NULL ? ", " : "", provider != NULL ? rcp_provider_get_name (provider) : "");
}

/* The buttons stand below the words: beside them they leave a phone, or large text, no room for any. */
static GtkWidget *
make_row (RcpRefitPage *self, RcpRefit *refit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *when = dup_when (self, refit);
  g_autofree char *title = g_markup_escape_text (rcp_visit_get_patient_name (refit->visit), -1);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", rcp_visit_get_patient_name (refit->visit), when, refit->why);
  GtkWidget *row = GTK_WIDGET (g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", title, "child", box, "activatable", FALSE, NULL));
  GtkWidget *first;

  append_words (box, rcp_visit_get_patient_name (refit->visit), NULL);
  append_words (box, when, "refit-words");
  append_words (box, refit->why, "refit-words");
  first = append_button (self, buttons, _("Keep"), refit, G_CALLBACK (on_keep_clicked_cb));
  append_button (self, buttons, _("Cancel Visit…"), refit, G_CALLBACK (on_cancel_clicked_cb));
  append_button (self, buttons, _("Move…"), refit, G_CALLBACK (on_move_clicked_cb));
  g_object_set_data (G_OBJECT (row), "button", first);
  rcp_compat_name (row, spoken);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_add_css_class (box, "refit");
  gtk_box_append (GTK_BOX (box), buttons);
  return row;
}

static gboolean
is_same_refit (RcpRefit *a, RcpRefit *b)
{
  return g_strcmp0 (fhir_resource_get_id (a->task), fhir_resource_get_id (b->task)) == 0
         && g_strcmp0 (fhir_resource_get_version_id (rcp_visit_get_resource (a->visit)),
                       fhir_resource_get_version_id (rcp_visit_get_resource (b->visit)))
                == 0;
}

static void
remove_row (RcpRefitPage *self, guint index)
{
  adw_preferences_group_remove (self->group, self->rows->pdata[index]);
  g_ptr_array_remove_index (self->rows, index);
}

/* Takes away the rows of those of @before that are no more. What stays is not made anew, as somebody may be about to press
 * one of its buttons: hours that are published behind this page have it read again and again. */
static void
keep_rows (RcpRefitPage *self, GPtrArray *before)
{
  guint at = 0;

  for (guint i = 0; i < before->len; i++)
    {
      if (at < self->refits->len && is_same_refit (before->pdata[i], self->refits->pdata[at]))
        at++;
      else
        remove_row (self, at);
    }
}

static guint
find_focus (RcpRefitPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (rcp_compat_has_focus_within (self->rows->pdata[i]))
      return i;
  return G_MAXUINT;
}

static void
show_refits (RcpRefitPage *self, GPtrArray *before)
{
  guint focus = find_focus (self);
  guint n_rows = self->rows->len;

  keep_rows (self, before);
  for (guint i = self->rows->len; i < self->refits->len; i++)
    {
      GtkWidget *row = make_row (self, self->refits->pdata[i]);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->group, row);
    }
  /* The keyboard goes on with the next. */
  if (focus != G_MAXUINT && self->rows->len < n_rows && self->rows->len > 0)
    gtk_widget_grab_focus (g_object_get_data (self->rows->pdata[MIN (focus, self->rows->len - 1)], "button"));
  gtk_widget_set_visible (self->keep_all, self->refits->len > 1);
  gtk_stack_set_visible_child_name (self->stack, self->refits->len > 0 ? "list" : "empty");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_list_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpRefitPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *refits = rcp_refit_list_finish (result, &error);
  g_autoptr (GPtrArray) before = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (refits == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  before = g_steal_pointer (&self->refits);
  self->refits = refits;
  show_refits (self, before);
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
  g_clear_pointer (&self->keeping, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->refits, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_refit_page_parent_class)->finalize (object);
}

static void
rcp_refit_page_class_init (RcpRefitPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_refit_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_refit_page_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "refits.propose", NULL, on_propose_activated);
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_REFITS);

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

/* Before the list, however long that is. */
static GtkWidget *
make_propose_group (void)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Propose New Places…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "refits.propose");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), button);
  return group;
}

static void
rcp_refit_page_init (RcpRefitPage *self)
{
  GtkWidget *page = adw_preferences_page_new ();

  self->rows = g_ptr_array_new ();
  self->refits = g_ptr_array_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (self->group, _("Booked before the hours were changed or the time was blocked. Move or cancel them, or keep them where they are."));
  self->keep_all = gtk_button_new_with_mnemonic (_("_Keep All"));
  gtk_widget_set_valign (self->keep_all, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->keep_all, "flat");
  gtk_widget_set_visible (self->keep_all, FALSE);
  g_signal_connect_object (self->keep_all, "clicked", G_CALLBACK (on_keep_all_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (self->group, self->keep_all);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (make_propose_group ()));
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
