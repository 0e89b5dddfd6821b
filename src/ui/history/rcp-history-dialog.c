/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-history-dialog.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"
#include "ui/history/rcp-history-model.h"
#include "ui/history/rcp-history-text.h"
#include "ui/rcp-error-text.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-title.h"
#include "ui/rcp-ui-compat.h"

struct _RcpHistoryDialog
{
  AdwWindow parent_instance;

  RcpHistoryModel *model;
  char *title; /* whose it is */
  GtkWidget *window_title;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkWidget *copy_button;
  AdwStatusPage *failed_page;
  GtkLabel *failed_detail;
  GtkLabel *notice;
  GtkBox *days;
  GtkLabel *older_error;
  GtkButton *older_button;
  GtkSpinner *spinner;
  guint first_older; /* index of the entry that takes the focus once it is there; 0 for none */
};

G_DEFINE_FINAL_TYPE (RcpHistoryDialog, rcp_history_dialog, ADW_TYPE_WINDOW)

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
append_line (GtkWidget *box, GString *spoken, const char *text, const char *css_class)
{
  GtkWidget *label;

  if (*text == '\0')
    return;
  label = make_label (text, css_class);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), label);
  g_string_append_printf (spoken, ", %s", text);
}

/* When, what, which visit, old and new, by whom. */
static GtkWidget *
make_row (RcpHistoryDialog *self, RcpHistoryEntry *entry)
{
  RcpDesk *desk = rcp_history_model_get_desk (self->model);
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *time;
  g_autofree char *clock = rcp_history_text_clock (entry, desk);
  g_autofree char *deed = rcp_history_text_deed (entry, desk);
  g_autofree char *about = rcp_history_model_is_of_patient (self->model) ? rcp_history_text_about (entry, desk) : g_strdup ("");
  g_autofree char *who = rcp_history_model_dup_who (self->model, entry);
  g_auto (GStrv) details = rcp_history_text_details (entry, desk);
  g_autoptr (GString) spoken = g_string_new (NULL);

  g_string_append_printf (spoken, "%s, %s", clock, deed);
  time = gtk_label_new (clock);
  gtk_widget_set_valign (time, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (time), rcp_when_text_is_twelve_hour () ? 8 : 5);
  gtk_label_set_xalign (GTK_LABEL (time), 0);
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), make_label (deed, NULL));
  append_line (words, spoken, about, NULL);
  for (guint i = 0; details[i] != NULL; i++)
    append_line (words, spoken, details[i], NULL);
  append_line (words, spoken, who, "dim-label");
  gtk_box_append (GTK_BOX (line), time);
  gtk_box_append (GTK_BOX (line), words);
  gtk_widget_add_css_class (line, "history-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  rcp_compat_name (row, spoken->str);
  return row;
}

static GtkListBox *
append_day (RcpHistoryDialog *self, const char *day)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9), *list = gtk_list_box_new ();

  gtk_box_append (GTK_BOX (box), make_label (day, "heading"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, day, -1);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (self->days, box);
  return GTK_LIST_BOX (list);
}

static void
rebuild_days (RcpHistoryDialog *self)
{
  GListModel *entries = rcp_history_model_get_entries (self->model);
  g_autofree char *last_day = NULL;
  GtkListBox *list = NULL;
  GtkWidget *child, *row;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->days))) != NULL)
    gtk_box_remove (self->days, child);
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (RcpHistoryEntry) entry = g_list_model_get_item (entries, i);
      g_autofree char *day = rcp_history_text_day (entry, rcp_history_model_get_desk (self->model));

      if (list == NULL || !g_str_equal (day, last_day))
        list = append_day (self, day);
      row = make_row (self, entry);
      gtk_list_box_append (list, row);
      if (i > 0 && i == self->first_older)
        {
          self->first_older = 0;
          gtk_widget_grab_focus (row);
        }
      g_free (last_day);
      last_day = g_steal_pointer (&day);
    }
}

static void
show_failure (RcpHistoryDialog *self, const GError *error)
{
  g_autofree char *detail = rcp_error_text_dup_detail (error);
  gboolean is_missing = fhir_error_get_http_status (error) == 404;

  adw_status_page_set_title (self->failed_page, is_missing ? _("Not in the Record") : rcp_error_text_get_title (error));
  adw_status_page_set_description (self->failed_page, is_missing ? _("The record does not hold this any more, and tells nothing of it.")
                                                                 : rcp_error_text_get_advice (error));
  gtk_label_set_label (self->failed_detail, detail);
}

static void
show_older (RcpHistoryDialog *self)
{
  const GError *error = rcp_history_model_get_error (self->model);
  gboolean loads = rcp_history_model_is_loading (self->model);

  gtk_label_set_label (self->older_error, error != NULL ? rcp_error_text_get_advice (error) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->older_error), error != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->older_button), !loads && rcp_history_model_has_older (self->model));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), loads);
  gtk_spinner_set_spinning (self->spinner, loads);
}

static void
on_changed_cb (RcpHistoryDialog *self)
{
  static const char *const pages[] = { "loading", "entries", "empty", "failed" };
  RcpHistoryState state = rcp_history_model_get_state (self->model);
  g_autofree char *notice = rcp_history_model_dup_notice (self->model);

  gtk_label_set_label (self->notice, notice != NULL ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), notice != NULL);
  if (state == RCP_HISTORY_FAILED)
    show_failure (self, rcp_history_model_get_error (self->model));
  show_older (self);
  gtk_stack_set_visible_child_name (self->stack, pages[state]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy", state == RCP_HISTORY_READY);
}

/* The keyboard goes on where the older ones begin. After a failure they are still wished for. */
static void
on_older_clicked_cb (RcpHistoryDialog *self)
{
  self->first_older = g_list_model_get_n_items (rcp_history_model_get_entries (self->model));
  if (rcp_history_model_get_error (self->model) != NULL)
    rcp_history_model_retry (self->model);
  else
    rcp_history_model_show_older (self->model);
}

static void
on_retry_clicked_cb (RcpHistoryDialog *self)
{
  rcp_history_model_retry (self->model);
}

static void
on_copy_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpHistoryDialog *self = RCP_HISTORY_DIALOG (widget);
  g_autofree char *text = rcp_history_model_dup_text (self->model, self->title);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("History copied")));
}

static void
rcp_history_dialog_dispose (GObject *object)
{
  RcpHistoryDialog *self = RCP_HISTORY_DIALOG (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->title, g_free);
  G_OBJECT_CLASS (rcp_history_dialog_parent_class)->dispose (object);
}

static void
rcp_history_dialog_class_init (RcpHistoryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_history_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "history.copy", NULL, on_copy_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_HISTORY);
  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);
}

static GtkWidget *
make_loading (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Reading the history…")));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "document-open-recent-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Nothing Is Known"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("The server tells neither what was changed nor by whom."));
  return page;
}

static GtkWidget *
make_failed (RcpHistoryDialog *self)
{
  GtkWidget *page = adw_status_page_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *retry = gtk_button_new_with_mnemonic (_("_Try Again")), *expander = gtk_expander_new (_("Technical details"));

  self->failed_page = ADW_STATUS_PAGE (page);
  self->failed_detail = GTK_LABEL (make_label (NULL, "caption"));
  gtk_label_set_selectable (self->failed_detail, TRUE);
  gtk_expander_set_child (GTK_EXPANDER (expander), GTK_WIDGET (self->failed_detail));
  gtk_widget_add_css_class (retry, "pill");
  gtk_widget_set_halign (retry, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (expander, GTK_ALIGN_CENTER);
  g_signal_connect_object (retry, "clicked", G_CALLBACK (on_retry_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), retry);
  gtk_box_append (GTK_BOX (box), expander);
  adw_status_page_set_icon_name (self->failed_page, "network-error-symbolic");
  adw_status_page_set_child (self->failed_page, box);
  return page;
}

static void
append_older (RcpHistoryDialog *self, GtkWidget *content)
{
  self->older_error = GTK_LABEL (make_label (NULL, NULL));
  self->older_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_("Show _Older")));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->older_button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->older_button), "pill");
  g_signal_connect_object (self->older_button, "clicked", G_CALLBACK (on_older_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->older_error));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->older_button));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->spinner));
}

static GtkWidget *
make_entries (RcpHistoryDialog *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->days = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->days));
  append_older (self, content);
  gtk_widget_add_css_class (content, "history-content");
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static GtkWidget *
make_header (RcpHistoryDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->window_title = g_object_new (RCP_TYPE_TITLE, "title", _("History"), NULL);
  self->copy_button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy_button), "history.copy");
  gtk_widget_set_tooltip_text (self->copy_button, _("Copy the History (Ctrl+C)"));
  rcp_compat_name (self->copy_button, _("Copy the history"));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->window_title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->copy_button);
  return header;
}

static void
rcp_history_dialog_init (RcpHistoryDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, make_loading (), "loading");
  gtk_stack_add_named (self->stack, make_entries (self), "entries");
  gtk_stack_add_named (self->stack, make_empty (), "empty");
  gtk_stack_add_named (self->stack, make_failed (self), "failed");
  self->notice = GTK_LABEL (make_label (NULL, "history-notice"));
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_toast_overlay_set_child (self->toasts, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 640);
  gtk_window_set_title (GTK_WINDOW (self), _("History"));
}

/* @title: whose history it is */
static GtkWindow *
make_dialog (RcpDesk *desk, const char *reference, const char *title)
{
  RcpHistoryDialog *self = g_object_new (RCP_TYPE_HISTORY_DIALOG, NULL);

  self->title = g_strdup (title);
  g_object_set (self->window_title, "subtitle", title, NULL);
  self->model = rcp_history_model_new (desk, reference);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_history_model_get_entries (self->model), "items-changed", G_CALLBACK (rebuild_days), self,
                           G_CONNECT_SWAPPED);
  on_changed_cb (self);
  return GTK_WINDOW (self);
}

/**
 * rcp_history_dialog_new_for_visit:
 * @desk: an open desk
 * @visit: a visit, or a place on the wait list
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
rcp_history_dialog_new_for_visit (RcpDesk *desk, RcpVisit *visit)
{
  RcpProvider *provider;
  GTimeZone *zone;
  g_autofree char *time = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);

  provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (desk), visit);
  zone = provider != NULL ? rcp_provider_get_zone (provider) : rcp_desk_get_zone (desk);
  if (rcp_visit_get_range (visit).start != 0)
    time = rcp_history_value_describe_time (rcp_visit_get_range (visit).start, zone, desk);
  title = g_strjoin (" · ", rcp_visit_get_patient_name (visit), time, NULL);
  return make_dialog (desk, fhir_resource_get_reference (rcp_visit_get_resource (visit)), title);
}

/**
 * rcp_history_dialog_new_for_patient:
 * @desk: an open desk
 * @patient: a patient
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
rcp_history_dialog_new_for_patient (RcpDesk *desk, RcpPatient *patient)
{
  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_PATIENT (patient), NULL);

  return make_dialog (desk, fhir_resource_get_reference (rcp_patient_get_resource (patient)), rcp_patient_get_name (patient));
}
