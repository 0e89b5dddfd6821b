/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-series-dialog"

#include "config.h"

#include "rcp-series-dialog.h"

#include <glib/gi18n.h>

#include "ui/rcp-check-row.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-title.h"

struct _RcpSeriesDialog
{
  AdwWindow parent_instance;

  RcpSeriesModel *model;
  GtkButton *close_button;
  GtkButton *book_button;
  GtkSpinButton *every;
  GtkDropDown *unit;
  GtkSpinButton *times;
  GtkWidget *repeat_box;
  GtkLabel *notice_label;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RcpSeriesDialog, rcp_series_dialog, ADW_TYPE_WINDOW)

enum
{
  BOOKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_repeat_changed_cb (RcpSeriesDialog *self)
{
  rcp_series_model_set_rule (self->model, gtk_drop_down_get_selected (self->unit),
                               gtk_spin_button_get_value_as_int (self->every),
                               gtk_spin_button_get_value_as_int (self->times));
}

static void
on_tick_changed_cb (RcpSeriesDialog *self, GParamSpec *spec, GtkWidget *check)
{
  GtkWidget *row = gtk_widget_get_ancestor (check, GTK_TYPE_LIST_BOX_ROW);

  rcp_series_model_choose (self->model, g_object_get_data (G_OBJECT (row), "date"),
                           gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

static GtkWidget *
make_tick_row (RcpSeriesDialog *self, RcpSeriesRow *date)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), rcp_series_row_is_chosen (date));
  g_signal_connect_object (check, "notify::active", G_CALLBACK (on_tick_changed_cb), self, G_CONNECT_SWAPPED);
  return rcp_check_row_new (check, GTK_PACK_END);
}

static GtkWidget *
make_outcome_row (gboolean is_booked)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (is_booked ? "object-select-symbolic" : "dialog-warning-symbolic");

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_booked ? _ ("Booked") : _ ("Not booked"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  return row;
}

static GtkWidget *
make_row (RcpSeriesDialog *self, RcpSeriesRow *date)
{
  RcpOffer *offer = rcp_series_row_get_offer (date);
  gboolean is_booked;
  g_autofree char *outcome = rcp_series_model_describe_outcome (self->model, date, &is_booked);
  gboolean was_tried = outcome != NULL && rcp_series_row_is_chosen (date);
  g_autofree char *exception = rcp_series_model_describe_exception (self->model, date);
  g_autofree char *title = rcp_series_model_describe_time (
      self->model, was_tried ? rcp_offer_get_range (offer).start : rcp_series_row_get_wanted (date));
  const char *subtitle = outcome != NULL ? outcome : exception;
  GtkWidget *row = was_tried                          ? make_outcome_row (is_booked)
                   : outcome == NULL && offer != NULL ? make_tick_row (self, date)
                                                      : adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  g_object_set_data_full (G_OBJECT (row), "date", g_object_ref (date), g_object_unref);
  return row;
}

static void
rebuild (RcpSeriesDialog *self)
{
  GListModel *dates = rcp_series_model_get_dates (self->model);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < g_list_model_get_n_items (dates); i++)
    {
      g_autoptr (RcpSeriesRow) date = g_list_model_get_item (dates, i);

      gtk_list_box_append (self->list, make_row (self, date));
    }
}

/* The button says exactly what it will do. */
static void
update_button (RcpSeriesDialog *self)
{
  RcpSeriesState state = rcp_series_model_get_state (self->model);
  guint n_chosen = rcp_series_model_get_n_chosen (self->model);
  g_autofree char *label = g_strdup_printf (g_dngettext (NULL, "_Book %u Visit", "_Book %u Visits", n_chosen), n_chosen);

  gtk_button_set_label (self->book_button, state == RCP_SERIES_DONE ? _ ("_Undo All") : label);
  if (state == RCP_SERIES_DONE)
    gtk_widget_remove_css_class (GTK_WIDGET (self->book_button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->book_button), "suggested-action");
  gtk_widget_set_sensitive (GTK_WIDGET (self->book_button), (state == RCP_SERIES_READY && n_chosen > 0)
                                                                || rcp_series_model_can_undo (self->model));
}

static void
update (RcpSeriesDialog *self)
{
  RcpSeriesState state = rcp_series_model_get_state (self->model);
  const char *notice = rcp_series_model_get_notice (self->model);
  gboolean is_busy = state == RCP_SERIES_BUSY || state == RCP_SERIES_SEARCHING;

  gtk_stack_set_visible_child_name (self->stack, is_busy ? "busy" : "list");
  gtk_widget_set_sensitive (self->repeat_box, state != RCP_SERIES_BUSY && state != RCP_SERIES_DONE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->close_button), state != RCP_SERIES_BUSY);
  gtk_button_set_label (self->close_button, state == RCP_SERIES_DONE ? _ ("_Close") : _ ("_Cancel"));
  gtk_label_set_label (self->notice_label, notice != NULL ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), notice != NULL);
  if (!is_busy)
    rebuild (self);
  update_button (self);
}

static void
on_booked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpSeriesDialog) self = user_data;
  g_autoptr (RcpVisit) first = rcp_series_model_book_finish (RCP_SERIES_MODEL (source), result);

  if (first != NULL)
    g_signal_emit (self, signals[BOOKED], 0, first);
}

static void
on_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* The model's notice names what could not be taken back. */
  if (!rcp_series_model_undo_finish (RCP_SERIES_MODEL (source), result))
    g_debug ("Not all of a series was taken back");
}

static void
on_book_clicked_cb (RcpSeriesDialog *self)
{
  if (rcp_series_model_get_state (self->model) == RCP_SERIES_DONE)
    rcp_series_model_undo_async (self->model, on_undone_cb, NULL);
  else
    rcp_series_model_book_async (self->model, on_booked_cb, g_object_ref (self));
}

/* What is on its way is waited for: closing would leave the desk not knowing. */
static gboolean
rcp_series_dialog_close_request (GtkWindow *window)
{
  RcpSeriesDialog *self = RCP_SERIES_DIALOG (window);

  if (rcp_series_model_get_state (self->model) == RCP_SERIES_BUSY)
    return TRUE;
  return GTK_WINDOW_CLASS (rcp_series_dialog_parent_class)->close_request (window);
}

static void
rcp_series_dialog_dispose (GObject *object)
{
  g_clear_object (&RCP_SERIES_DIALOG (object)->model);
  G_OBJECT_CLASS (rcp_series_dialog_parent_class)->dispose (object);
}

static void
rcp_series_dialog_class_init (RcpSeriesDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_series_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rcp_series_dialog_close_request;
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_DIALOG);
  signals[BOOKED] = g_signal_new ("booked", RCP_TYPE_SERIES_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, RCP_TYPE_VISIT);
}

static GtkSpinButton *
attach_spin (GtkGrid *grid, int row, const char *label, int most, int value)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (1, most, 1);
  GtkWidget *name = gtk_label_new (label);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_label_set_xalign (GTK_LABEL (name), 1);
  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, spin, 1, row, 1, 1);
  return GTK_SPIN_BUTTON (spin);
}

/* In two lines, as they are too wide for a phone in one. */
static GtkWidget *
make_repeat_box (RcpSeriesDialog *self)
{
  const char *const units[] = { _ ("days"), _ ("weeks"), _ ("months"), NULL };
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  gtk_grid_set_column_spacing (grid, 9);
  gtk_grid_set_row_spacing (grid, 9);
  self->every = attach_spin (grid, 0, _ ("Every"), 52, 2);
  self->unit = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (units));
  gtk_drop_down_set_selected (self->unit, RCP_SERIES_WEEKS);
  rcp_spoken_row_name_drop_down (self->unit, _ ("Unit"));
  gtk_grid_attach (grid, GTK_WIDGET (self->unit), 2, 0, 1, 1);
  self->times = attach_spin (grid, 1, _ ("Visits"), RCP_SERIES_MOST, 6);
  gtk_widget_set_halign (GTK_WIDGET (grid), GTK_ALIGN_CENTER);
  return GTK_WIDGET (grid);
}

static GtkWidget *
make_header (RcpSeriesDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->close_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Cancel")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->close_button), "window.close");
  self->book_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Book")));
  g_signal_connect_object (self->book_button, "clicked", G_CALLBACK (on_book_clicked_cb), self, G_CONNECT_SWAPPED);
  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (self));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), GTK_WIDGET (self->close_button));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->book_button));
  return header;
}

static GtkWidget *
make_dates (RcpSeriesDialog *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->list), 18);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Dates"), -1);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_spinner_start (GTK_SPINNER (spinner));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, spinner, "busy");
  return GTK_WIDGET (self->stack);
}

static void
rcp_series_dialog_init (RcpSeriesDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->repeat_box = make_repeat_box (self);
  self->notice_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->notice_label, TRUE);
  gtk_box_append (GTK_BOX (content), self->repeat_box);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->notice_label));
  gtk_box_append (GTK_BOX (content), make_dates (self));
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 620);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->book_button));
}

/**
 * rcp_series_dialog_new:
 * @model: what is repeated
 *
 * Returns: (transfer none): a window that shows it
 */
GtkWindow *
rcp_series_dialog_new (RcpSeriesModel *model)
{
  RcpSeriesDialog *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (RCP_IS_SERIES_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_SERIES_DIALOG, NULL);
  self->model = g_object_ref (model);
  /* Translators: title of a window; %s is a patient's name. */
  title = g_strdup_printf (_ ("Repeated Visit of %s"), rcp_patient_get_name (rcp_series_model_get_patient (model)));
  gtk_window_set_title (GTK_WINDOW (self), title);
  g_signal_connect_object (self->every, "value-changed", G_CALLBACK (on_repeat_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->times, "value-changed", G_CALLBACK (on_repeat_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unit, "notify::selected", G_CALLBACK (on_repeat_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::n-chosen", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WINDOW (self);
}
