/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-overbook-window"

#include "config.h"

#include "rcp-overbook-window.h"

#include <glib/gi18n.h>

#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-tab-stop.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-title.h"
#include "ui/rcp-ui-compat.h"

struct _RcpOverbookWindow
{
  AdwWindow parent_instance;

  RcpOverbookModel *model;
  GtkSingleSelection *selection;
  RcpProvider *provider; /* whose time is to be selected once it is there, or NULL */
  gint64 start;

  GtkLabel *day_label;
  GtkStack *stack;
  GtkListView *list;
  GtkLabel *limit_label;
  GtkEditable *reason;
  GtkWidget *book_button;
};

G_DEFINE_FINAL_TYPE (RcpOverbookWindow, rcp_overbook_window, ADW_TYPE_WINDOW)

static guint booked_signal;

static char *
dup_reason (RcpOverbookWindow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));
}

static RcpFullTime *
get_selected (RcpOverbookWindow *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static char *
describe_limit (RcpOverbookWindow *self, RcpFullTime *time)
{
  g_autofree char *limit = rcp_full_time_describe_limit (time);

  if (!rcp_full_time_is_at_limit (time))
    return g_steal_pointer (&limit);
  if (rcp_overbook_model_may_book (self->model, time))
    /* Translators: what comes before is "2 of 2 overbooked visits in this half day". */
    return g_strdup_printf (_("%s. Only an emergency goes beyond it."), limit);
  /* Translators: what comes before is "2 of 2 overbooked visits in this half day". */
  return g_strdup_printf (_("%s. No more are allowed, unless the urgency is “Today Only”."), limit);
}

static void
update_button (RcpOverbookWindow *self)
{
  RcpFullTime *time = get_selected (self);
  g_autofree char *reason = dup_reason (self);
  g_autofree char *limit = time ? describe_limit (self, time) : NULL;

  gtk_label_set_label (self->limit_label, limit ? limit : "");
  gtk_widget_set_visible (GTK_WIDGET (self->limit_label), limit != NULL);
  gtk_widget_set_sensitive (self->book_button, time && reason[0] && rcp_overbook_model_may_book (self->model, time));
}

static void
select_wanted (RcpOverbookWindow *self)
{
  guint position = self->provider ? rcp_overbook_model_find (self->model, self->provider, self->start) : G_MAXUINT;

  if (position == G_MAXUINT)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  g_clear_object (&self->provider);
}

static void
update (RcpOverbookWindow *self)
{
  const GDate *day = rcp_overbook_model_get_day (self->model);
  g_autofree char *text = rcp_time_text_date (day);
  gboolean loading, failed;

  gtk_label_set_label (self->day_label, text);
  g_object_get (self->model, "loading", &loading, "failed", &failed, NULL);
  gtk_stack_set_visible_child_name (self->stack, loading  ? "loading"
                                                 : failed ? "failed"
                                                 : g_list_model_get_n_items (rcp_overbook_model_get_times (self->model)) > 0
                                                     ? "list"
                                                     : "nothing");
  select_wanted (self);
  update_button (self);
}

static void
go (RcpOverbookWindow *self, int days)
{
  GDate day = *rcp_overbook_model_get_day (self->model);

  if (days > 0)
    g_date_add_days (&day, (guint) days);
  else
    g_date_subtract_days (&day, (guint) -days);
  g_clear_object (&self->provider);
  rcp_overbook_model_set_day (self->model, &day);
}

static void
on_back_clicked_cb (RcpOverbookWindow *self)
{
  go (self, -1);
}

static void
on_forward_clicked_cb (RcpOverbookWindow *self)
{
  go (self, 1);
}

static void
on_booked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpOverbookWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_overbook_model_book_finish (RCP_OVERBOOK_MODEL (source), result, &error);

  if (!self->model)
    return;
  gtk_widget_set_sensitive (adw_window_get_content (ADW_WINDOW (self)), TRUE);
  if (!visit)
    {
      update_button (self);
      rcp_error_dialog_present (GTK_WINDOW (self), _("Visit Not Booked"), error);
      return;
    }
  g_signal_emit (self, booked_signal, 0, visit);
  gtk_window_close (GTK_WINDOW (self));
}

static void
book (RcpOverbookWindow *self)
{
  g_autofree char *reason = dup_reason (self);
  g_autoptr (RcpFullTime) time = get_selected (self) ? g_object_ref (get_selected (self)) : NULL;

  if (!time || !reason[0])
    return;
  gtk_widget_set_sensitive (adw_window_get_content (ADW_WINDOW (self)), FALSE);
  rcp_overbook_model_book_async (self->model, time, reason, on_booked_cb, g_object_ref (self));
}

static void
on_second_yes_cb (AdwMessageDialog *dialog, const char *response, RcpOverbookWindow *self)
{
  if (g_str_equal (response, "overbook"))
    book (self);
}

static void
ask_once_more (RcpOverbookWindow *self, RcpFullTime *time)
{
  g_autofree char *limit = rcp_full_time_describe_limit (time);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Go Beyond the Limit?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* Translators: "2 of 2 overbooked visits in this half day" */
                                  _("%s. This emergency would be one more. The record keeps that it was beyond the limit."),
                                  limit);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "overbook", _("_Overbook"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "overbook", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_second_yes_cb), self, 0);
  rcp_dialog_present (GTK_WINDOW (dialog), GTK_WINDOW (self));
}

static void
on_book_clicked_cb (RcpOverbookWindow *self)
{
  RcpFullTime *time = get_selected (self);

  if (!time || !gtk_widget_get_sensitive (self->book_button))
    return;
  if (rcp_overbook_model_needs_second_yes (self->model, time))
    ask_once_more (self, time);
  else
    book (self);
}

/* The hand is on the list: what is missing is the reason. */
static void
on_activated_cb (RcpOverbookWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *conflicts = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (conflicts), 0);
  gtk_label_set_wrap (GTK_LABEL (conflicts), TRUE);
  gtk_widget_add_css_class (conflicts, "dim-label");
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), conflicts);
  gtk_list_item_set_child (item, box);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  RcpFullTime *time = gtk_list_item_get_item (item);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  RcpProvider *provider = rcp_full_time_get_provider (time);
  g_autofree char *range = rcp_time_text_range (rcp_full_time_get_range (time), rcp_provider_get_zone (provider));
  /* Translators: from when to when, and with whom. */
  g_autofree char *text = g_strdup_printf (_("%s with %s"), range, rcp_provider_get_name (provider));
  g_autofree char *spoken = g_strdup_printf ("%s, %s", text, rcp_full_time_get_conflicts (time));

  gtk_label_set_label (GTK_LABEL (title), text);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), rcp_full_time_get_conflicts (time));
  rcp_spoken_row_name_item (gtk_list_item_get_child (item), g_strdelimit (spoken, "\n", ' '));
}

static void
rcp_overbook_window_dispose (GObject *object)
{
  RcpOverbookWindow *self = RCP_OVERBOOK_WINDOW (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->provider);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_overbook_window_parent_class)->dispose (object);
}

static void
rcp_overbook_window_class_init (RcpOverbookWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_overbook_window_dispose;
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_DIALOG);
  booked_signal = g_signal_new ("booked", RCP_TYPE_OVERBOOK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                RCP_TYPE_VISIT);
}

static GtkWidget *
make_header (RcpOverbookWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  self->book_button = gtk_button_new_with_mnemonic (_("_Overbook"));
  gtk_widget_add_css_class (self->book_button, "destructive-action");
  g_signal_connect_object (self->book_button, "clicked", G_CALLBACK (on_book_clicked_cb), self, G_CONNECT_SWAPPED);
  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (self));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->book_button);
  return header;
}

static GtkWidget *
make_step (RcpOverbookWindow *self, const char *icon, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  rcp_compat_name (button, label);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_day_box (RcpOverbookWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->day_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->day_label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->day_label), "title-4");
  gtk_label_set_ellipsize (self->day_label, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), make_step (self, "go-previous-symbolic", _("Previous Day"), G_CALLBACK (on_back_clicked_cb)));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->day_label));
  gtk_box_append (GTK_BOX (box), make_step (self, "go-next-symbolic", _("Next Day"), G_CALLBACK (on_forward_clicked_cb)));
  return box;
}

static GtkWidget *
make_status (const char *icon, const char *title)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  gtk_widget_add_css_class (page, "compact");
  return page;
}

static GtkWidget *
make_list (RcpOverbookWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *tab_stop = g_object_new (RCP_TYPE_TAB_STOP, NULL);

  self->list = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_show_separators (self->list, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Full times"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  gtk_spinner_start (GTK_SPINNER (spinner));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_set_parent (scrolled, tab_stop);
  gtk_stack_add_named (self->stack, tab_stop, "list");
  gtk_stack_add_named (self->stack, spinner, "loading");
  gtk_stack_add_named (self->stack, make_status ("x-office-calendar-symbolic", _("No Full Times on This Day")), "nothing");
  gtk_stack_add_named (self->stack, make_status ("network-error-symbolic", _("This Day Could Not Be Read")), "failed");
  return GTK_WIDGET (self->stack);
}

static GtkWidget *
make_reason (RcpOverbookWindow *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();

  self->reason = GTK_EDITABLE (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Reason"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  return group;
}

static void
rcp_overbook_window_init (RcpOverbookWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (content), make_day_box (self));
  gtk_box_append (GTK_BOX (content), make_list (self));
  self->limit_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->limit_label, TRUE);
  gtk_label_set_xalign (self->limit_label, 0);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->limit_label));
  gtk_box_append (GTK_BOX (content), make_reason (self));
  gtk_widget_set_margin_top (content, 6);
  gtk_widget_set_margin_bottom (content, 18);
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 620);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Book on Top of This?"));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->book_button);
}

/**
 * rcp_overbook_window_new:
 * @model: what could be taken on purpose
 *
 * Returns: (transfer none): a window that shows it
 */
GtkWindow *
rcp_overbook_window_new (RcpOverbookModel *model)
{
  RcpOverbookWindow *self;

  g_return_val_if_fail (RCP_IS_OVERBOOK_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_OVERBOOK_WINDOW, NULL);
  self->model = g_object_ref (model);
  self->selection = gtk_single_selection_new (g_object_ref (rcp_overbook_model_get_times (model)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::loading", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WINDOW (self);
}

void
rcp_overbook_window_set_start (RcpOverbookWindow *self, RcpProvider *provider, gint64 start)
{
  g_return_if_fail (RCP_IS_OVERBOOK_WINDOW (self));
  g_return_if_fail (RCP_IS_PROVIDER (provider));

  g_set_object (&self->provider, provider);
  self->start = start;
  select_wanted (self);
}
