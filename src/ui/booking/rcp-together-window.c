/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-together-window"

#include "config.h"

#include "rcp-together-window.h"

#include <glib/gi18n.h>

#include "ui/find/rcp-find-view.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-title.h"
#include "ui/rcp-ui-compat.h"

struct _RcpTogetherWindow
{
  AdwWindow parent_instance;

  RcpTogetherModel *model;
  GtkButton *close_button;
  GtkButton *book_button;
  GtkStack *stack; /* "parts", "who", "done" */
  RcpFindView *find_view;
  GtkListBox *parts_list;
  GtkWidget *in_one_row;
  GtkSwitch *in_one_switch;
  GtkLabel *notice_label;
  GtkStack *offers_stack; /* "busy", "list" */
  GtkListBox *offers_list;
  AdwStatusPage *done_page;
  GtkWidget *done_button;
  gboolean filling; /* the widgets are being set from the model */
};

G_DEFINE_FINAL_TYPE (RcpTogetherWindow, rcp_together_window, ADW_TYPE_WINDOW)

enum
{
  BOOKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_page (RcpTogetherWindow *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

static RcpOffer *
get_selected_offer (RcpTogetherWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->offers_list);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "offer") : NULL;
}

/* The button says exactly what Enter will do. */
static void
update_button (RcpTogetherWindow *self)
{
  guint n_visits = 1;
  g_autofree char *label = NULL;

  /* The list loses its selection while the window goes. */
  if (self->model == NULL)
    return;
  if (!rcp_together_model_is_in_one (self->model))
    n_visits = g_list_model_get_n_items (rcp_together_model_get_parts (self->model));
  label = g_strdup_printf (g_dngettext (NULL, "_Book %u Visit", "_Book %u Visits", n_visits), n_visits);
  gtk_button_set_label (self->book_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->book_button), is_page (self, "parts"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->book_button), get_selected_offer (self) != NULL
                                                                && rcp_together_model_get_state (self->model) == RCP_TOGETHER_READY);
}

static void
show_page (RcpTogetherWindow *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_button_set_label (self->close_button, g_str_equal (page, "who") ? _ ("_Back") : _ ("_Cancel"));
  gtk_widget_set_visible (GTK_WIDGET (self->close_button), !g_str_equal (page, "done"));
  update_button (self);
}

static void
on_visit_type_selected_cb (RcpTogetherWindow *self, GParamSpec *pspec, GtkWidget *row)
{
  GListModel *types = rcp_roster_get_visit_types (rcp_desk_get_roster (rcp_together_model_get_desk (self->model)));
  g_autoptr (RcpVisitType) type = g_list_model_get_item (types, adw_combo_row_get_selected (ADW_COMBO_ROW (row)));

  if (!self->filling && type != NULL)
    rcp_together_model_set_visit_type (self->model, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), type);
}

static void
on_remove_clicked_cb (RcpTogetherWindow *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  rcp_together_model_remove (self->model, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static GtkWidget *
make_remove_button (RcpTogetherWindow *self, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  /* Translators: the name of a patient */
  g_autofree char *label = g_strdup_printf (_ ("Remove the visit of %s"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  rcp_compat_name (button, label);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_part_row (RcpTogetherWindow *self, RcpTogetherPart *part, gboolean may_remove)
{
  GtkWidget *row = adw_combo_row_new ();
  GListModel *types = rcp_roster_get_visit_types (rcp_desk_get_roster (rcp_together_model_get_desk (self->model)));
  const char *name = rcp_patient_get_name (rcp_together_part_get_patient (part));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < g_list_model_get_n_items (types); i++)
    {
      g_autoptr (RcpVisitType) type = g_list_model_get_item (types, i);

      gtk_string_list_append (names, rcp_visit_type_get_name (type));
      if (type == rcp_together_part_get_visit_type (part))
        selected = i;
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_visit_type_selected_cb), self, G_CONNECT_SWAPPED);
  if (may_remove)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_remove_button (self, name));
  return row;
}

static void
empty_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
on_parts_changed_cb (RcpTogetherWindow *self)
{
  GListModel *parts = rcp_together_model_get_parts (self->model);
  guint n_parts = g_list_model_get_n_items (parts);

  self->filling = TRUE;
  empty_list (self->parts_list);
  for (guint i = 0; i < n_parts; i++)
    {
      g_autoptr (RcpTogetherPart) part = g_list_model_get_item (parts, i);

      gtk_list_box_append (self->parts_list, make_part_row (self, part, n_parts > 1));
    }
  self->filling = FALSE;
  gtk_widget_set_visible (self->in_one_row, rcp_together_model_may_be_in_one (self->model));
  update_button (self);
}

static GtkWidget *
make_offer_row (RcpTogetherWindow *self, RcpOffer *offer)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *time = rcp_together_model_describe_time (self->model, offer);
  g_autofree char *lines = rcp_together_model_describe (self->model, offer);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), time);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), lines);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "offer", g_object_ref (offer), g_object_unref);
  return row;
}

static void
on_offers_changed_cb (RcpTogetherWindow *self)
{
  GListModel *offers = rcp_together_model_get_offers (self->model);

  empty_list (self->offers_list);
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      gtk_list_box_append (self->offers_list, make_offer_row (self, offer));
    }
  gtk_list_box_select_row (self->offers_list, gtk_list_box_get_row_at_index (self->offers_list, 0));
  update_button (self);
}

static void
on_state_changed_cb (RcpTogetherWindow *self)
{
  RcpTogetherState state = rcp_together_model_get_state (self->model);
  gboolean is_busy = state == RCP_TOGETHER_BUSY;

  gtk_stack_set_visible_child_name (self->offers_stack,
                                    is_busy || state == RCP_TOGETHER_SEARCHING ? "busy" : "list");
  gtk_widget_set_visible (GTK_WIDGET (self->offers_list), state == RCP_TOGETHER_READY);
  gtk_widget_set_sensitive (GTK_WIDGET (self->parts_list), !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->close_button), !is_busy);
  update_button (self);
}

static void
on_notice_changed_cb (RcpTogetherWindow *self)
{
  const char *notice = rcp_together_model_get_notice (self->model);

  gtk_label_set_label (self->notice_label, notice != NULL ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), notice != NULL);
}

static void
on_in_one_switched_cb (RcpTogetherWindow *self)
{
  if (!self->filling)
    rcp_together_model_set_in_one (self->model, gtk_switch_get_active (self->in_one_switch));
}

static void
on_in_one_changed_cb (RcpTogetherWindow *self)
{
  self->filling = TRUE;
  gtk_switch_set_active (self->in_one_switch, rcp_together_model_is_in_one (self->model));
  self->filling = FALSE;
}

static void
show_done (RcpTogetherWindow *self, GPtrArray *visits)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autofree char *description = NULL;

  for (guint i = 0; i < visits->len; i++)
    {
      const char *code = rcp_visit_get_code (visits->pdata[i]);

      g_string_append_printf (plain, "%s%s%s%s", i > 0 ? "\n" : "", rcp_visit_get_patient_name (visits->pdata[i]),
                              code != NULL ? ", " : "", code != NULL ? code : "");
    }
  description = g_markup_escape_text (plain->str, -1);
  adw_status_page_set_description (self->done_page, description);
  show_page (self, "done");
  gtk_window_set_default_widget (GTK_WINDOW (self), self->done_button);
  gtk_widget_grab_focus (self->done_button);
}

static void
on_booked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpTogetherWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = rcp_together_model_book_finish (RCP_TOGETHER_MODEL (source), result, &error);

  if (visits == NULL)
    return; /* The model's notice says why, above fresh offers. */
  show_done (self, visits);
  g_signal_emit (self, signals[BOOKED], 0, visits->pdata[0]);
}

static void
book_selected (RcpTogetherWindow *self)
{
  RcpOffer *offer = get_selected_offer (self);

  if (offer != NULL && is_page (self, "parts") && rcp_together_model_get_state (self->model) == RCP_TOGETHER_READY)
    rcp_together_model_book_async (self->model, offer, on_booked_cb, g_object_ref (self));
}

static void
on_offer_activated_cb (RcpTogetherWindow *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->offers_list, row);
  book_selected (self);
}

static void
on_add_visit_cb (RcpTogetherWindow *self)
{
  rcp_together_model_add_visit (self->model);
}

static void
on_person_chosen_cb (RcpTogetherWindow *self, RcpFound *found)
{
  rcp_together_model_add_person (self->model, rcp_found_get_patient (found));
  show_page (self, "parts");
}

void
rcp_together_window_ask_person (RcpTogetherWindow *self)
{
  g_return_if_fail (RCP_IS_TOGETHER_WINDOW (self));

  show_page (self, "who");
  gtk_widget_grab_focus (GTK_WIDGET (self->find_view));
}

/* From the search for somebody back to the parts. What is on its way is waited for: closing would leave the desk not
 * knowing. */
static gboolean
rcp_together_window_close_request (GtkWindow *window)
{
  RcpTogetherWindow *self = RCP_TOGETHER_WINDOW (window);

  if (is_page (self, "who"))
    {
      show_page (self, "parts");
      return TRUE;
    }
  if (rcp_together_model_get_state (self->model) == RCP_TOGETHER_BUSY)
    return TRUE;
  return GTK_WINDOW_CLASS (rcp_together_window_parent_class)->close_request (window);
}

static void
rcp_together_window_dispose (GObject *object)
{
  g_clear_object (&RCP_TOGETHER_WINDOW (object)->model);
  G_OBJECT_CLASS (rcp_together_window_parent_class)->dispose (object);
}

static void
rcp_together_window_class_init (RcpTogetherWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_together_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rcp_together_window_close_request;
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_DIALOG);
  signals[BOOKED] = g_signal_new ("booked", RCP_TYPE_TOGETHER_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  RCP_TYPE_VISIT);
}

static GtkWidget *
make_header (RcpTogetherWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->close_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Cancel")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->close_button), "window.close");
  self->book_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Book")));
  gtk_widget_add_css_class (GTK_WIDGET (self->book_button), "suggested-action");
  g_signal_connect_object (self->book_button, "clicked", G_CALLBACK (book_selected), self, G_CONNECT_SWAPPED);
  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (self));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), GTK_WIDGET (self->close_button));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->book_button));
  return header;
}

static GtkListBox *
make_list (const char *label)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_LIST_BOX (list);
}

/* Two of them side by side fit a phone only when their words may go on in a second line. */
static GtkWidget *
append_button (GtkWidget *box, const char *label, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  GtkLabel *words = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_wrap (words, TRUE);
  gtk_label_set_justify (words, GTK_JUSTIFY_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
make_add_buttons (RcpTogetherWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *person = append_button (box, _ ("Add Another _Person"), _ ("Somebody who comes along"));
  GtkWidget *visit = append_button (box, _ ("Add Another _Visit"), _ ("The same person, right afterwards"));

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  g_signal_connect_object (person, "clicked", G_CALLBACK (rcp_together_window_ask_person), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (visit, "clicked", G_CALLBACK (on_add_visit_cb), self, G_CONNECT_SWAPPED);
  return box;
}

static GtkWidget *
make_in_one_row (RcpTogetherWindow *self)
{
  GtkListBox *list = make_list (_ ("All in One Visit"));
  GtkWidget *row;

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  self->in_one_switch = GTK_SWITCH (gtk_switch_new ());
  row = rcp_check_row_new (GTK_WIDGET (self->in_one_switch), GTK_PACK_END);
  g_signal_connect_object (self->in_one_switch, "notify::active", G_CALLBACK (on_in_one_switched_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("All in One Visit"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Everybody at the same time, with one provider"));
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  gtk_list_box_append (list, row);
  self->in_one_row = GTK_WIDGET (list);
  return self->in_one_row;
}

static GtkWidget *
make_offers (RcpTogetherWindow *self)
{
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->offers_list = make_list (_ ("Openings"));
  gtk_list_box_set_selection_mode (self->offers_list, GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (self->offers_list, FALSE);
  g_signal_connect_object (self->offers_list, "row-activated", G_CALLBACK (on_offer_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->offers_list, "selected-rows-changed", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  self->offers_stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->offers_stack, FALSE);
  /* The list is unseen when it is empty, and a stack shows no such child. */
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->offers_list));
  gtk_stack_add_named (self->offers_stack, box, "list");
  gtk_stack_add_named (self->offers_stack, spinner, "busy");
  return GTK_WIDGET (self->offers_stack);
}

static GtkWidget *
make_parts_page (RcpTogetherWindow *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->parts_list = make_list (_ ("Who comes, and what for"));
  gtk_list_box_set_selection_mode (self->parts_list, GTK_SELECTION_NONE);
  self->notice_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->notice_label, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->parts_list));
  gtk_box_append (GTK_BOX (box), make_add_buttons (self));
  gtk_box_append (GTK_BOX (box), make_in_one_row (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice_label));
  gtk_box_append (GTK_BOX (box), make_offers (self));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static GtkWidget *
make_done_page (RcpTogetherWindow *self)
{
  self->done_page = ADW_STATUS_PAGE (adw_status_page_new ());
  self->done_button = gtk_button_new_with_mnemonic (_ ("_Done"));
  adw_status_page_set_icon_name (self->done_page, "object-select-symbolic");
  adw_status_page_set_title (self->done_page, _ ("Booked"));
  gtk_widget_set_halign (self->done_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->done_button, "pill");
  gtk_widget_add_css_class (self->done_button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->done_button), "window.close");
  adw_status_page_set_child (self->done_page, self->done_button);
  return GTK_WIDGET (self->done_page);
}

static void
rcp_together_window_init (RcpTogetherWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_stack_add_named (self->stack, make_parts_page (self), "parts");
  gtk_stack_add_named (self->stack, make_done_page (self), "done");
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 600, 680);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Visits Together"));
}

static void
add_find_view (RcpTogetherWindow *self, RcpDesk *desk)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->find_view = rcp_find_view_new (rcp_desk_get_client (desk), rcp_desk_get_clock (desk));
  g_signal_connect_object (self->find_view, "chosen", G_CALLBACK (on_person_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->find_view));
  gtk_widget_set_margin_top (clamp, 12);
  gtk_widget_set_margin_bottom (clamp, 12);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  gtk_stack_add_named (self->stack, clamp, "who");
}

/**
 * rcp_together_window_new:
 * @model: who comes for what
 *
 * Returns: (transfer none): a window that shows it
 */
GtkWindow *
rcp_together_window_new (RcpTogetherModel *model)
{
  RcpTogetherWindow *self;

  g_return_val_if_fail (RCP_IS_TOGETHER_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_TOGETHER_WINDOW, NULL);
  self->model = g_object_ref (model);
  add_find_view (self, rcp_together_model_get_desk (model));
  g_signal_connect_object (rcp_together_model_get_parts (model), "items-changed", G_CALLBACK (on_parts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_together_model_get_offers (model), "items-changed", G_CALLBACK (on_offers_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::state", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::notice", G_CALLBACK (on_notice_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::in-one", G_CALLBACK (on_in_one_changed_cb), self, G_CONNECT_SWAPPED);
  on_parts_changed_cb (self);
  on_state_changed_cb (self);
  on_notice_changed_cb (self);
  show_page (self, "parts");
  return GTK_WINDOW (self);
}
