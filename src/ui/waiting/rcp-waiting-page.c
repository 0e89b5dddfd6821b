/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-waiting-page"

#include "config.h"

#include "rcp-waiting-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "scheduling/rcp-book-visit.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"
#include "ui/rcp-wrap-row.h"
#include "ui/visit/rcp-flow-text.h"

struct _RcpWaitingPage
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  RcpWaitingModel *model;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RcpWaitingPage, rcp_waiting_page, GTK_TYPE_WIDGET)

enum
{
  VISIT_ACTIVATED,
  VISIT_ACTION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static RcpVisit *
get_visit (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "visit");
}

static void
on_row_activated_cb (RcpWaitingPage *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[VISIT_ACTIVATED], 0, rcp_visit_get_whole (get_visit (GTK_WIDGET (row))));
}

static void
on_next_clicked_cb (RcpWaitingPage *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  const char *name = g_object_get_data (G_OBJECT (button), "step");

  g_signal_emit (self, signals[VISIT_ACTION], 0, get_visit (row), name);
}

static char *
describe (RcpWaitingPage *self, RcpVisit *visit)
{
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (self->desk), visit);
  g_autofree char *time = rcp_time_text_clock (rcp_visit_get_range (visit).start, rcp_desk_get_zone (self->desk));
  g_autoptr (GString) text = g_string_new (time);

  if (rcp_visit_get_type_name (visit)[0])
    g_string_append_printf (text, " · %s", rcp_visit_get_type_name (visit));
  if (provider)
    g_string_append_printf (text, " · %s", rcp_provider_get_name (provider));
  if (rcp_visit_get_urgency (visit) != RCP_URGENCY_ROUTINE)
    g_string_append_printf (text, " · %s", rcp_visit_get_urgency (visit) == RCP_URGENCY_EMERGENCY ? _("Emergency") : _("Urgent"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A number and its unit stay on one line: the last space does not break. (transfer full) */
static char *
join_last_words (const char *text)
{
  const char *space = strrchr (text, ' ');

  return space ? g_strdup_printf ("%.*s\u00a0%s", (int) (space - text), text, space + 1) : g_strdup (text);
}

static void
update_times (RcpWaitingPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    {
      RcpVisit *visit = get_visit (GTK_WIDGET (row));
      g_autofree char *status = rcp_flow_text_status (visit, rcp_waiting_model_get_now (self->model));
      g_autofree char *shown = join_last_words (status);
      g_autofree char *spoken = NULL;

      gtk_label_set_label (g_object_get_data (G_OBJECT (row), "status"), shown);
      spoken = g_strdup_printf ("%s, %s, %s", rcp_visit_get_patient_name (visit), status,
                                (const char *) g_object_get_data (G_OBJECT (row), "detail"));
      rcp_compat_name (GTK_WIDGET (row), spoken);
    }
}

static GtkWidget *
make_next_button (RcpWaitingPage *self, RcpVisit *visit)
{
  const RcpFlowKey *next = rcp_flow_find_status (rcp_visit_status_get_next (rcp_visit_get_status (visit)));
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *cap;
  g_autofree char *key = next ? g_strdup_printf ("%c", g_ascii_toupper (next->key)) : NULL;
  g_autofree char *spoken = next ? g_strdup_printf ("%s, %s", _(next->label), rcp_visit_get_patient_name (visit)) : NULL;

  if (!next)
    return NULL;
  cap = gtk_label_new (key);
  gtk_widget_add_css_class (cap, "key-cap");
  gtk_box_append (GTK_BOX (box), gtk_label_new (_(next->label)));
  gtk_box_append (GTK_BOX (box), cap);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  rcp_compat_name (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
  g_object_set_data (G_OBJECT (button), "step", (gpointer) next->name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_next_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
append_words (GtkWidget *box, const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* How long somebody waits stands beside the name, or below it where that would leave the name no room. */
static GtkWidget *
make_row (RcpWaitingPage *self, RcpVisit *visit)
{
  GtkWidget *row = adw_preferences_row_new (), *wrap = g_object_new (RCP_TYPE_WRAP_ROW, NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *status = gtk_label_new (NULL), *next = make_next_button (self, visit), *below;
  char *detail = describe (self, visit);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rcp_visit_get_patient_name (visit));
  append_words (words, rcp_visit_get_patient_name (visit));
  below = append_words (words, detail);
  gtk_widget_add_css_class (below, "caption");
  gtk_widget_add_css_class (below, "dim-label");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (status), TRUE);
  gtk_label_set_xalign (GTK_LABEL (status), 1);
  gtk_label_set_justify (GTK_LABEL (status), GTK_JUSTIFY_RIGHT);
  gtk_widget_set_hexpand (status, TRUE);
  gtk_widget_add_css_class (status, "waiting-time");
  gtk_box_append (GTK_BOX (end), status);
  if (next)
    gtk_box_append (GTK_BOX (end), next);
  gtk_widget_add_css_class (wrap, "waiting-row");
  gtk_widget_set_parent (words, wrap);
  gtk_widget_set_parent (end, wrap);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), wrap);
  g_object_set_data_full (G_OBJECT (row), "visit", g_object_ref (visit), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "detail", detail, g_free);
  g_object_set_data (G_OBJECT (row), "status", status);
  return row;
}

static gboolean
is_same_row (RcpVisit *a, RcpVisit *b)
{
  return g_strcmp0 (rcp_visit_get_id (a), rcp_visit_get_id (b)) == 0
         && g_strcmp0 (rcp_visit_get_patient_id (a), rcp_visit_get_patient_id (b)) == 0;
}

/* The row that had the keyboard keeps it, wherever it is now; when it went, the one that is in its place. */
static void
rebuild (RcpWaitingPage *self)
{
  guint n_visits = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  GtkWidget *focused = rcp_compat_get_focus_child (GTK_WIDGET (self->list));
  g_autoptr (RcpVisit) visit_of_focus = focused ? g_object_ref (get_visit (focused)) : NULL;
  int place = focused ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n_visits; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      gtk_list_box_append (self->list, make_row (self, visit));
      if (visit_of_focus && is_same_row (visit_of_focus, visit))
        place = (int) i;
    }
  update_times (self);
  gtk_stack_set_visible_child_name (self->stack, n_visits > 0 ? "list" : "empty");
  if (place >= 0 && n_visits > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, MIN (place, (int) n_visits - 1))));
}

static void
rcp_waiting_page_dispose (GObject *object)
{
  RcpWaitingPage *self = RCP_WAITING_PAGE (object);

  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->desk);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_waiting_page_parent_class)->dispose (object);
}

static void
rcp_waiting_page_class_init (RcpWaitingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_waiting_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[VISIT_ACTIVATED] = g_signal_new ("visit-activated", RCP_TYPE_WAITING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, RCP_TYPE_VISIT);
  signals[VISIT_ACTION] = g_signal_new ("visit-action", RCP_TYPE_WAITING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, RCP_TYPE_VISIT, G_TYPE_STRING);
}

static void
rcp_waiting_page_init (RcpWaitingPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new (), *empty = adw_status_page_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "waiting-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Waiting Now"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "rcp-waiting-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _("Nobody Waits"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty), _("Patients appear here from the moment they arrive until they are with the provider."));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

GtkWidget *
rcp_waiting_page_new (RcpDesk *desk, RcpWaitingModel *model)
{
  RcpWaitingPage *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_WAITING_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_WAITING_PAGE, NULL);
  self->desk = g_object_ref (desk);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "now-changed", G_CALLBACK (update_times), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}

RcpVisit *
rcp_waiting_page_get_visit (RcpWaitingPage *self)
{
  GtkWidget *row;

  g_return_val_if_fail (RCP_IS_WAITING_PAGE (self), NULL);

  row = rcp_compat_get_focus_child (GTK_WIDGET (self->list));
  return row ? get_visit (row) : NULL;
}
