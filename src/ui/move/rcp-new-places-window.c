/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-new-places-window"

#include "config.h"

#include "rcp-new-places-window.h"

#include <glib/gi18n.h>

#include "ui/move/rcp-new-places-model.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-title.h"
#include "ui/rcp-ui-compat.h"

struct _RcpNewPlacesWindow
{
  AdwWindow parent_instance;

  RcpNewPlacesModel *model;
  GtkButton *close_button;
  GtkButton *move_button;
  GtkLabel *notice_label;
  GtkStack *stack;
  GtkListBox *list;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (RcpNewPlacesWindow, rcp_new_places_window, ADW_TYPE_WINDOW)

enum
{
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static RcpNewPlace *
get_place (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "place");
}

static void
on_tick_changed_cb (RcpNewPlacesWindow *self, GParamSpec *spec, GtkWidget *check)
{
  GtkWidget *row = gtk_widget_get_ancestor (check, GTK_TYPE_LIST_BOX_ROW);

  rcp_new_places_model_choose (self->model, get_place (row), gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

/* Whose visit it is, and where to: that is what is decided on. */
static void
set_title (GtkWidget *row, const char *name, const char *to)
{
  g_autofree char *title = to != NULL ? g_markup_printf_escaped ("%s\n<b>%s</b>", name, to) : g_markup_escape_text (name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
}

/* What became of it comes last, below why. */
static void
update_row (GtkWidget *row)
{
  RcpNewPlace *place = get_place (row);
  const char *name = rcp_visit_get_patient_name (rcp_new_place_get_visit (place));
  const char *before = rcp_new_place_get_before (place), *after = rcp_new_place_get_after (place);
  const char *result = rcp_new_place_get_result (place);
  /* Translators: where a visit could be instead: a day, a time and a provider */
  g_autofree char *to = after != NULL ? g_strdup_printf (_ ("To %s"), after) : NULL;
  /* Translators: where a visit is: a day, a time and a provider */
  g_autofree char *from = after != NULL ? g_strdup_printf (_ ("From %s"), before) : g_strdup (before);
  g_autofree char *why = g_strconcat (from, "\n", rcp_new_place_get_reason (place), result != NULL ? "\n" : NULL, result, NULL);
  g_autofree char *spoken = to != NULL ? g_strdup_printf ("%s\n%s", to, why) : g_strdup (why);
  g_autofree char *subtitle = g_markup_escape_text (why, -1);

  set_title (row, name, to);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  rcp_spoken_row_name (ADW_ACTION_ROW (row), name, spoken);
}

/* The tick has had its day: what it stood for was done, or was not. */
static void
on_outcome_changed_cb (GtkWidget *row)
{
  gboolean is_moved = rcp_new_place_get_outcome (get_place (row)) == RCP_NEW_PLACE_MOVED;
  GtkWidget *check = GTK_WIDGET (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));
  GtkWidget *icon = gtk_image_new_from_icon_name (is_moved ? "object-select-symbolic" : "dialog-warning-symbolic");

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, is_moved ? _ ("Moved") : _ ("Not moved"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  if (check != NULL)
    gtk_widget_set_visible (check, FALSE);
  update_row (row);
}

static GtkWidget *
make_row (RcpNewPlacesWindow *self, RcpNewPlace *place)
{
  GtkWidget *check = rcp_new_place_get_offer (place) != NULL ? gtk_check_button_new () : NULL;
  GtkWidget *row;

  if (check != NULL)
    {
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), rcp_new_place_is_chosen (place));
      g_signal_connect_object (check, "notify::active", G_CALLBACK (on_tick_changed_cb), self, G_CONNECT_SWAPPED);
    }
  row = check != NULL ? rcp_check_row_new (check, GTK_PACK_END) : adw_action_row_new ();
  g_object_set_data_full (G_OBJECT (row), "place", g_object_ref (place), g_object_unref);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_signal_connect_object (place, "notify::outcome", G_CALLBACK (on_outcome_changed_cb), row, G_CONNECT_SWAPPED);
  update_row (row);
  return row;
}

static void
rebuild (RcpNewPlacesWindow *self)
{
  GListModel *places = rcp_new_places_model_get_places (self->model);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (RcpNewPlace) place = g_list_model_get_item (places, i);

      gtk_list_box_append (self->list, make_row (self, place));
    }
}

/* A tick that does nothing any more is not to be pressed. */
static void
set_ticks_sensitive (RcpNewPlacesWindow *self, gboolean are_sensitive)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      GtkWidget *check = GTK_WIDGET (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));

      if (check != NULL)
        gtk_widget_set_sensitive (check, are_sensitive);
    }
}

/* What went wrong for some may go right from what is free now. */
static gboolean
may_propose_again (RcpNewPlacesWindow *self)
{
  return rcp_new_places_model_get_state (self->model) == RCP_NEW_PLACES_DONE
         && rcp_new_places_model_get_n_moved (self->model) < g_list_model_get_n_items (rcp_new_places_model_get_places (self->model));
}

static const char *
get_page (RcpNewPlacesWindow *self)
{
  switch (rcp_new_places_model_get_state (self->model))
    {
    case RCP_NEW_PLACES_READING:
      return "busy";
    case RCP_NEW_PLACES_FAILED:
      return "failed";
    case RCP_NEW_PLACES_READY:
    case RCP_NEW_PLACES_BUSY:
    case RCP_NEW_PLACES_DONE:
    default:
      return g_list_model_get_n_items (rcp_new_places_model_get_places (self->model)) > 0 ? "list" : "empty";
    }
}

/* The button says exactly what it will do. */
static void
update_button (RcpNewPlacesWindow *self)
{
  RcpNewPlacesState state = rcp_new_places_model_get_state (self->model);
  guint n_chosen = rcp_new_places_model_get_n_chosen (self->model);
  g_autofree char *label = g_strdup_printf (g_dngettext (NULL, "_Move %u Visit", "_Move %u Visits", n_chosen), n_chosen);
  gboolean is_again = may_propose_again (self);

  gtk_button_set_label (self->move_button, is_again ? _ ("_Propose Again") : label);
  gtk_widget_set_visible (GTK_WIDGET (self->move_button), g_str_equal (get_page (self), "list") && (state != RCP_NEW_PLACES_DONE || is_again));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "new-places.move", is_again || (state == RCP_NEW_PLACES_READY && n_chosen > 0));
}

static void
focus_first (RcpNewPlacesWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  gtk_widget_grab_focus (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row)) ? GTK_WIDGET (row) : GTK_WIDGET (self->close_button));
}

static void
update (RcpNewPlacesWindow *self)
{
  RcpNewPlacesState state = rcp_new_places_model_get_state (self->model);
  const char *notice = state != RCP_NEW_PLACES_FAILED ? rcp_new_places_model_get_notice (self->model) : NULL;

  gtk_spinner_set_spinning (self->spinner, state == RCP_NEW_PLACES_READING);
  gtk_stack_set_visible_child_name (self->stack, get_page (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->close_button), state != RCP_NEW_PLACES_BUSY);
  gtk_button_set_label (self->close_button, state == RCP_NEW_PLACES_DONE ? _ ("_Close") : _ ("_Cancel"));
  gtk_label_set_label (self->notice_label, notice != NULL ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), notice != NULL);
  if (state == RCP_NEW_PLACES_READY)
    rebuild (self);
  set_ticks_sensitive (self, state == RCP_NEW_PLACES_READY);
  /* The button that was pressed can be pressed no more; the keyboard goes to what there is to read. */
  if (state != RCP_NEW_PLACES_DONE)
    focus_first (self);
  update_button (self);
  if (state == RCP_NEW_PLACES_DONE && rcp_new_places_model_get_n_moved (self->model) > 0)
    g_signal_emit (self, signals[MOVED], 0);
}

static void
on_move_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpNewPlacesWindow *self = RCP_NEW_PLACES_WINDOW (widget);

  if (may_propose_again (self))
    rcp_new_places_model_read (self->model);
  else
    rcp_new_places_model_move (self->model);
}

static void
on_again_clicked_cb (RcpNewPlacesWindow *self)
{
  rcp_new_places_model_read (self->model);
}

/* What is on its way is waited for: closing would leave the desk not knowing. */
static gboolean
rcp_new_places_window_close_request (GtkWindow *window)
{
  RcpNewPlacesWindow *self = RCP_NEW_PLACES_WINDOW (window);

  if (rcp_new_places_model_get_state (self->model) == RCP_NEW_PLACES_BUSY)
    return TRUE;
  return GTK_WINDOW_CLASS (rcp_new_places_window_parent_class)->close_request (window);
}

static void
rcp_new_places_window_dispose (GObject *object)
{
  g_clear_object (&RCP_NEW_PLACES_WINDOW (object)->model);
  G_OBJECT_CLASS (rcp_new_places_window_parent_class)->dispose (object);
}

static void
rcp_new_places_window_class_init (RcpNewPlacesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_new_places_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rcp_new_places_window_close_request;
  gtk_widget_class_install_action (widget_class, "new-places.move", NULL, on_move_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_NEW_PLACES);
  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);
  /**
   * RcpNewPlacesWindow::moved:
   * @self: a window
   *
   * Some visits are in their new places; all that were to be were tried.
   */
  signals[MOVED] = g_signal_new ("moved", RCP_TYPE_NEW_PLACES_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_header (RcpNewPlacesWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->close_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Cancel")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->close_button), "window.close");
  self->move_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Move")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->move_button), "new-places.move");
  gtk_widget_add_css_class (GTK_WIDGET (self->move_button), "suggested-action");
  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (self));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), GTK_WIDGET (self->close_button));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->move_button));
  return header;
}

static GtkWidget *
make_list (RcpNewPlacesWindow *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->notice_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->notice_label, TRUE);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("New Places"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
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
add_status (RcpNewPlacesWindow *self, const char *name, const char *icon, const char *title, const char *description)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_stack_add_named (self->stack, page, name);
  return page;
}

static void
add_pages (RcpNewPlacesWindow *self)
{
  GtkWidget *again = gtk_button_new_with_mnemonic (_ ("_Try Again"));
  GtkWidget *failed, *busy;

  gtk_stack_add_named (self->stack, make_list (self), "list");
  add_status (self, "empty", "emblem-ok-symbolic", _ ("Every Visit Fits"), _ ("No visit has to move."));
  busy = add_status (self, "busy", NULL, _ ("Looking for New Places"), _ ("Free times of all who could see these patients are read."));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), 32, 32);
  gtk_widget_set_halign (GTK_WIDGET (self->spinner), GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (busy), GTK_WIDGET (self->spinner));
  failed = add_status (self, "failed", "dialog-error-symbolic", _ ("No Free Times Read"),
                       _ ("Nothing was moved. Check the connection and try again."));
  gtk_widget_set_halign (again, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (again, "pill");
  g_signal_connect_object (again, "clicked", G_CALLBACK (on_again_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_status_page_set_child (ADW_STATUS_PAGE (failed), again);
}

static void
rcp_new_places_window_init (RcpNewPlacesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  add_pages (self);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 620, 620);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

/**
 * rcp_new_places_window_new:
 * @desk: an open desk
 *
 * Returns: (transfer none): a window that looks for them
 */
GtkWindow *
rcp_new_places_window_new (RcpDesk *desk)
{
  RcpNewPlacesWindow *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_NEW_PLACES_WINDOW, "title", _ ("New Places"), NULL);
  self->model = rcp_new_places_model_new (desk);
  g_signal_connect_object (self->model, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-chosen", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WINDOW (self);
}
