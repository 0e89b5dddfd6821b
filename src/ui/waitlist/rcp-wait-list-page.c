/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-wait-list-page"

#include "config.h"

#include "rcp-wait-list-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/rcp-read-pages.h"
#include "ui/rcp-ui-compat.h"

struct _RcpWaitListPage
{
  GtkWidget parent_instance;

  RcpWaitListModel *model;
  GtkStack *stack;
  GtkLabel *error_label;
  GtkBox *freed_box;
  GtkWidget *heading; /* of the list, where free times stand above it */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RcpWaitListPage, rcp_wait_list_page, GTK_TYPE_WIDGET)

enum
{
  BOOKED,
  PATIENT_ACTIVATED,
  HISTORY_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What goes wrong is told by the model's "news". */
static void
on_booked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpWaitListPage) self = user_data;
  g_autoptr (RcpVisit) visit = rcp_wait_list_model_change_finish (RCP_WAIT_LIST_MODEL (source), result, NULL);

  if (visit != NULL)
    g_signal_emit (self, signals[BOOKED], 0, visit);
}

static void
on_removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpVisit) visit = rcp_wait_list_model_change_finish (RCP_WAIT_LIST_MODEL (source), result, NULL);

  if (visit == NULL)
    g_debug ("Nobody was taken off the wait list");
}

static void
book (RcpWaitListPage *self, RcpFreed *freed, RcpCandidate *candidate)
{
  rcp_wait_list_model_book_async (self->model, freed, candidate, on_booked_cb, g_object_ref (self));
}

static void
on_candidate_activated_cb (RcpWaitListPage *self, GtkListBoxRow *row)
{
  book (self, g_object_get_data (G_OBJECT (row), "freed"), g_object_get_data (G_OBJECT (row), "candidate"));
}

static void
on_book_clicked_cb (RcpWaitListPage *self, GtkWidget *button)
{
  on_candidate_activated_cb (self, GTK_LIST_BOX_ROW (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW)));
}

static void
on_waiting_activated_cb (RcpWaitListPage *self, GtkListBoxRow *row)
{
  RcpVisit *visit = rcp_waiting_get_visit (g_object_get_data (G_OBJECT (row), "waiting"));

  if (rcp_visit_get_patient (visit) != NULL)
    g_signal_emit (self, signals[PATIENT_ACTIVATED], 0, rcp_visit_get_patient (visit));
}

static void
remove_row (RcpWaitListPage *self, GtkWidget *row)
{
  rcp_wait_list_model_remove_async (self->model, g_object_get_data (G_OBJECT (row), "waiting"), on_removed_cb, NULL);
}

static void
on_remove_clicked_cb (RcpWaitListPage *self, GtkWidget *button)
{
  remove_row (self, gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW));
}

/* The one key: the first of those who could have the first time. */
static void
on_book_first_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWaitListPage *self = RCP_WAIT_LIST_PAGE (widget);
  g_autoptr (RcpFreed) first = g_list_model_get_item (rcp_wait_list_model_get_freed (self->model), 0);

  if (first != NULL)
    book (self, first, rcp_freed_get_candidates (first)->pdata[0]);
}

static void
on_remove_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWaitListPage *self = RCP_WAIT_LIST_PAGE (widget);
  GtkWidget *row = rcp_compat_get_focus_child (GTK_WIDGET (self->list));

  if (row != NULL)
    remove_row (self, row);
}

static void
show_history (RcpWaitListPage *self, GtkWidget *row)
{
  g_signal_emit (self, signals[HISTORY_REQUESTED], 0, rcp_waiting_get_visit (g_object_get_data (G_OBJECT (row), "waiting")));
}

static void
on_history_clicked_cb (RcpWaitListPage *self, GtkWidget *button)
{
  show_history (self, gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW));
}

static void
on_history_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *row = rcp_compat_get_focus_child (GTK_WIDGET (RCP_WAIT_LIST_PAGE (widget)->list));

  if (row != NULL)
    show_history (RCP_WAIT_LIST_PAGE (widget), row);
}

static GtkWidget *
append_heading (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* @suffix: what stands at the end of the row. */
static GtkWidget *
make_row (const char *title, const char *subtitle, GtkWidget *suffix)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *spoken = g_strdup_printf ("%s, %s", title, subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  rcp_compat_name (GTK_WIDGET (row), spoken);
  return row;
}

static GtkListBox *
make_list (const char *label)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_LIST_BOX (list);
}

static GtkWidget *
make_candidate_row (RcpWaitListPage *self, RcpFreed *freed, RcpCandidate *candidate, gboolean is_first)
{
  RcpVisit *visit = rcp_waiting_get_visit (rcp_candidate_get_waiting (candidate));
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Book"));
  GtkWidget *row = make_row (rcp_visit_get_patient_name (visit), rcp_candidate_get_reason (candidate), button);

  if (is_first)
    gtk_widget_add_css_class (button, "suggested-action");
  g_object_set_data_full (G_OBJECT (row), "freed", g_object_ref (freed), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "candidate", g_object_ref (candidate), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_book_clicked_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
append_freed (RcpWaitListPage *self, RcpFreed *freed, gboolean is_first)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  g_autofree char *when = rcp_freed_describe (freed);
  /* Translators: a time that has become free: "Tue 24 Nov, 09:00 – 09:30 with Dr. Ruiz" */
  g_autofree char *title = g_strdup_printf (_ ("Free: %s"), when);
  GtkListBox *list = make_list (title);
  GPtrArray *candidates = rcp_freed_get_candidates (freed);

  append_heading (box, title);
  for (guint i = 0; i < candidates->len; i++)
    gtk_list_box_append (list, make_candidate_row (self, freed, candidates->pdata[i], is_first && i == 0));
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_candidate_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (list));
  gtk_box_append (self->freed_box, box);
}

static GtkWidget *
make_icon_button (RcpWaitListPage *self, const char *icon_name, const char *tooltip, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  rcp_compat_name (button, label);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_waiting_row (RcpWaitListPage *self, RcpWaiting *waiting)
{
  RcpVisit *visit = rcp_waiting_get_visit (waiting);
  RcpUrgency urgency = rcp_visit_get_urgency (visit);
  GtkWidget *history = make_icon_button (self, "document-open-recent-symbolic", _ ("History (H)"), _ ("History"),
                                         G_CALLBACK (on_history_clicked_cb));
  GtkWidget *remove = make_icon_button (self, "user-trash-symbolic", _ ("Take off the List"), _ ("Take off the list"),
                                        G_CALLBACK (on_remove_clicked_cb));
  g_autofree char *detail = rcp_wait_list_model_describe (self->model, waiting);
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  subtitle = urgency == RCP_URGENCY_ROUTINE
                 ? g_strdup (detail)
                 : g_strdup_printf ("%s · %s", urgency == RCP_URGENCY_EMERGENCY ? _ ("Emergency") : _ ("Urgent"), detail);
  row = make_row (rcp_visit_get_patient_name (visit), subtitle, history);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  g_object_set_data_full (G_OBJECT (row), "waiting", g_object_ref (waiting), g_object_unref);
  return row;
}

static void
show_fitting (RcpWaitListPage *self)
{
  const char *error = rcp_wait_list_model_get_error (self->model);
  guint n = rcp_wait_list_model_get_count (self->model);

  /* Free times that are offered stay to be seen. */
  if (error != NULL)
    n += g_list_model_get_n_items (rcp_wait_list_model_get_freed (self->model));

  gtk_label_set_label (self->error_label, error != NULL ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
  rcp_read_pages_show (self->stack, n, rcp_wait_list_model_is_read (self->model), error != NULL);
}

/* Returns: (transfer full) (element-type GtkWidget): the rows of all free times, borrowed, in their order */
static GPtrArray *
list_candidate_rows (RcpWaitListPage *self)
{
  GPtrArray *rows = g_ptr_array_new ();
  GtkWidget *box, *row;

  for (box = gtk_widget_get_first_child (GTK_WIDGET (self->freed_box)); box; box = gtk_widget_get_next_sibling (box))
    for (row = gtk_widget_get_first_child (gtk_widget_get_last_child (box)); row; row = gtk_widget_get_next_sibling (row))
      g_ptr_array_add (rows, row);
  return rows;
}

/* Which of @rows the keyboard is in, or -1. */
static int
find_focused (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (rcp_compat_has_focus_within (rows->pdata[i]))
      return (int)i;
  return -1;
}

static gboolean
offers_same (GtkWidget *row, RcpFreed *freed, RcpCandidate *candidate)
{
  RcpFreed *own = g_object_get_data (G_OBJECT (row), "freed");
  RcpVisit *visit = rcp_waiting_get_visit (rcp_candidate_get_waiting (g_object_get_data (G_OBJECT (row), "candidate")));

  return rcp_freed_get_range (own).start == rcp_freed_get_range (freed).start
         && g_strcmp0 (rcp_provider_get_schedule_id (rcp_freed_get_provider (own)), rcp_provider_get_schedule_id (rcp_freed_get_provider (freed))) == 0
         && g_strcmp0 (rcp_visit_get_id (visit), rcp_visit_get_id (rcp_waiting_get_visit (rcp_candidate_get_waiting (candidate)))) == 0;
}

/* To the row that offers the same, as Enter books it; when it went, to the one in its place, or to those who wait. */
static void
focus_offer (RcpWaitListPage *self, RcpFreed *freed, RcpCandidate *candidate, int place)
{
  g_autoptr (GPtrArray) rows = list_candidate_rows (self);
  GtkWidget *wanted = NULL;

  for (guint i = 0; i < rows->len && wanted == NULL; i++)
    if (offers_same (rows->pdata[i], freed, candidate))
      wanted = rows->pdata[i];
  if (wanted == NULL && rows->len > 0)
    wanted = rows->pdata[MIN (place, (int)rows->len - 1)];
  if (wanted == NULL)
    wanted = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0));
  if (wanted != NULL)
    gtk_widget_grab_focus (wanted);
}

static void
rebuild_freed (RcpWaitListPage *self)
{
  GListModel *freed = rcp_wait_list_model_get_freed (self->model);
  g_autoptr (GPtrArray) rows = list_candidate_rows (self);
  int place = find_focused (rows);
  g_autoptr (RcpFreed) had_freed = place >= 0 ? g_object_ref (g_object_get_data (rows->pdata[place], "freed")) : NULL;
  g_autoptr (RcpCandidate) had = place >= 0 ? g_object_ref (g_object_get_data (rows->pdata[place], "candidate")) : NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->freed_box))) != NULL)
    gtk_box_remove (self->freed_box, child);
  for (guint i = 0; i < g_list_model_get_n_items (freed); i++)
    {
      g_autoptr (RcpFreed) one = g_list_model_get_item (freed, i);

      append_freed (self, one, i == 0);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->freed_box), g_list_model_get_n_items (freed) > 0);
  gtk_widget_set_visible (self->heading, g_list_model_get_n_items (freed) > 0);
  if (had != NULL)
    focus_offer (self, had_freed, had, place);
}

/* The row that had the keyboard keeps it; when it went, the one that is in its place. */
static void
rebuild_list (RcpWaitListPage *self)
{
  GListModel *waiting = rcp_wait_list_model_get_list (self->model);
  guint n_waiting = g_list_model_get_n_items (waiting);
  GtkWidget *focused = rcp_compat_get_focus_child (GTK_WIDGET (self->list));
  int place = focused != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n_waiting; i++)
    {
      g_autoptr (RcpWaiting) one = g_list_model_get_item (waiting, i);

      gtk_list_box_append (self->list, make_waiting_row (self, one));
    }
  show_fitting (self);
  if (place >= 0 && n_waiting > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, MIN (place, (int)n_waiting - 1))));
}

static void
rcp_wait_list_page_dispose (GObject *object)
{
  RcpWaitListPage *self = RCP_WAIT_LIST_PAGE (object);

  rcp_compat_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_wait_list_page_parent_class)->dispose (object);
}

static void
rcp_wait_list_page_class_init (RcpWaitListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_wait_list_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "wait-list.book-first", NULL, on_book_first_activated);
  gtk_widget_class_install_action (widget_class, "wait-list.remove", NULL, on_remove_activated);
  gtk_widget_class_install_action (widget_class, "wait-list.history", NULL, on_history_activated);
  signals[BOOKED] = g_signal_new ("booked", RCP_TYPE_WAIT_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, RCP_TYPE_VISIT);
  signals[PATIENT_ACTIVATED] = g_signal_new ("patient-activated", RCP_TYPE_WAIT_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_PATIENT);
  signals[HISTORY_REQUESTED] = g_signal_new ("history-requested", RCP_TYPE_WAIT_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, RCP_TYPE_VISIT);
}

static void
on_retry_clicked_cb (RcpWaitListPage *self)
{
  rcp_wait_list_model_reload (self->model);
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *empty = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "view-list-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nobody Waits for an Earlier Time"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (empty), _ ("When no opening suits a patient, choose “Put on Wait List” in the booking window."));
  return empty;
}

static GtkWidget *
make_content (RcpWaitListPage *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->error_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->error_label, TRUE);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->error_label));
  self->freed_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->freed_box));
  self->heading = append_heading (content, _ ("Wait List"));
  self->list = make_list (_ ("Wait List"));
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_waiting_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->list));
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 18);
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);
  return content;
}

static void
rcp_wait_list_page_init (RcpWaitListPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_child (ADW_CLAMP (clamp), make_content (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, make_empty (), "empty");
  rcp_read_pages_add (self->stack, _ ("The Wait List Could Not Be Read"), G_CALLBACK (on_retry_clicked_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/* Nothing is insensitive meanwhile: that would cost the keyboard its row. The model begins nothing else before it is done. */
static void
tell_busy (RcpWaitListPage *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, rcp_wait_list_model_is_busy (self->model), -1);
}

/**
 * rcp_wait_list_page_new:
 * @model: who waits
 *
 * Returns: (transfer floating): what shows it
 */
GtkWidget *
rcp_wait_list_page_new (RcpWaitListModel *model)
{
  RcpWaitListPage *self;

  g_return_val_if_fail (RCP_IS_WAIT_LIST_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_WAIT_LIST_PAGE, NULL);
  self->model = g_object_ref (model);
  g_signal_connect_object (rcp_wait_list_model_get_list (model), "items-changed", G_CALLBACK (rebuild_list), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_wait_list_model_get_freed (model), "items-changed", G_CALLBACK (rebuild_freed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::error", G_CALLBACK (show_fitting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::busy", G_CALLBACK (tell_busy), self, G_CONNECT_SWAPPED);
  rebuild_freed (self);
  rebuild_list (self);
  return GTK_WIDGET (self);
}
