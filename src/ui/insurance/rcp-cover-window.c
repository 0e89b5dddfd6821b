/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-cover-window"

#include "config.h"

#include "rcp-cover-window.h"

#include <glib/gi18n.h>

#include "ui/insurance/rcp-cover-row.h"
#include "ui/rcp-announcer.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-read-pages.h"
#include "ui/rcp-tab-stop.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-title.h"
#include "ui/rcp-ui-compat.h"

struct _RcpCoverWindow
{
  AdwWindow parent_instance;

  RcpCoverList *cover;
  GtkWidget *window_title;
  GtkLabel *notice;
  GtkStack *stack;
  GtkListBox *list;
  RcpAnnouncer *announcer;
  guint n_busy;       /* as it was told last */
  gboolean wants_row; /* the keyboard goes to the first row that comes */
};

G_DEFINE_FINAL_TYPE (RcpCoverWindow, rcp_cover_window, ADW_TYPE_WINDOW)

static guint patient_requested_signal;

static void
rcp_cover_window_dispose (GObject *object)
{
  RcpCoverWindow *self = RCP_COVER_WINDOW (object);

  /* A list that goes becomes empty first. */
  if (self->cover)
    {
      g_signal_handlers_disconnect_by_data (rcp_cover_list_get_entries (self->cover), self);
      g_signal_handlers_disconnect_by_data (self->cover, self);
    }
  g_clear_object (&self->cover);
  G_OBJECT_CLASS (rcp_cover_window_parent_class)->dispose (object);
}

static char *
dup_problem (RcpCoverWindow *self)
{
  RcpPayer *payer = rcp_desk_get_payer (rcp_cover_list_get_desk (self->cover));

  return payer ? rcp_payer_dup_problem (payer) : g_strdup (_ ("This desk does not ask payers. Choose how in Preferences, under Insurance."));
}

/* "3 visits want attention · 140 visits have no insurance on record": what payers can answer, and what only the desk can mend. */
static char *
describe_counts (RcpCoverWindow *self)
{
  guint n = g_list_model_get_n_items (rcp_cover_list_get_entries (self->cover));
  guint n_trouble = rcp_cover_list_count_trouble (self->cover), n_without = rcp_cover_list_count_without (self->cover);
  g_autofree char *trouble = g_strdup_printf (ngettext ("%u visit wants attention", "%u visits want attention", n_trouble), n_trouble);
  g_autofree char *without = g_strdup_printf (ngettext ("%u visit has no insurance on record", "%u visits have no insurance on record", n_without),
                                              n_without);

  if (n_without == 0)
    return n_trouble > 0 ? g_steal_pointer (&trouble) : g_strdup (_ ("Every visit is covered"));
  if (n_without == n)
    return g_steal_pointer (&without);
  return g_strdup_printf ("%s · %s", n_trouble > 0 ? trouble : _ ("Every visit with an insurance is covered"), without);
}

/* How the day stands, or "12 visits are still being asked about" */
static char *
describe (RcpCoverWindow *self)
{
  guint n_busy = rcp_cover_list_count_busy (self->cover);
  g_autofree char *problem = dup_problem (self);

  if (!rcp_cover_list_is_read (self->cover) || rcp_cover_list_has_failed (self->cover) || g_list_model_get_n_items (rcp_cover_list_get_entries (self->cover)) == 0)
    return NULL;
  if (problem)
    return g_steal_pointer (&problem);
  if (n_busy > 0)
    return g_strdup_printf (ngettext ("%u visit is still being asked about", "%u visits are still being asked about", n_busy), n_busy);
  return describe_counts (self);
}

static void
show_day (RcpCoverWindow *self)
{
  const char *title = rcp_cover_list_is_tomorrow (self->cover) ? _ ("Insurance Tomorrow") : _ ("Insurance");
  g_autofree char *date = rcp_time_text_date (rcp_cover_list_get_day (self->cover));

  g_object_set (self->window_title, "title", title, "subtitle", date, NULL);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/* That all were asked is said aloud as well: nobody watches the list for minutes. */
static void
on_cover_changed_cb (RcpCoverWindow *self)
{
  g_autofree char *notice = describe (self), *problem = dup_problem (self);
  guint n_busy = rcp_cover_list_count_busy (self->cover);
  gboolean has_failed = rcp_cover_list_has_failed (self->cover);

  show_day (self);
  gtk_label_set_label (self->notice, notice ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), notice != NULL);
  if (n_busy == 0 && self->n_busy > 0 && notice)
    rcp_announcer_say (self->announcer, notice);
  self->n_busy = n_busy;
  rcp_read_pages_show (self->stack, g_list_model_get_n_items (rcp_cover_list_get_entries (self->cover)), rcp_cover_list_is_read (self->cover),
                       has_failed);
  if (has_failed)
    gtk_stack_set_visible_child_name (self->stack, "failed");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cover.check-all",
                                 !problem && !has_failed && g_list_model_get_n_items (rcp_cover_list_get_entries (self->cover)) > 0);
}

static void
ask (RcpCoverWindow *self, RcpCoverEntry *entry)
{
  g_autofree char *problem = dup_problem (self);

  if (problem)
    rcp_announcer_say (self->announcer, problem);
  else if (rcp_cover_entry_get_state (entry) == RCP_COVER_NO_INSURANCE)
    rcp_announcer_say (self->announcer, _ ("No insurance is known for that day."));
  if (problem || !rcp_cover_list_ask (self->cover, entry))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_row_check_cb (RcpCoverWindow *self, RcpCoverRow *row)
{
  ask (self, rcp_cover_row_get_entry (row));
}

static void
on_row_activated_cb (RcpCoverWindow *self, RcpCoverRow *row)
{
  g_autoptr (RcpPatient) patient = g_object_ref (rcp_visit_get_patient (rcp_cover_entry_get_visit (rcp_cover_row_get_entry (row))));

  g_object_ref (self);
  g_signal_emit (self, patient_requested_signal, 0, patient);
  gtk_window_close (GTK_WINDOW (self));
  g_object_unref (self);
}

/* The row that had the keyboard keeps it; when it went, the one in its place, also of another day. */
static void
on_entries_changed_cb (RcpCoverWindow *self)
{
  GListModel *entries = rcp_cover_list_get_entries (self->cover);
  GtkWidget *focused = rcp_compat_get_focus_child (GTK_WIDGET (self->list)), *wanted = NULL;
  g_autoptr (RcpCoverEntry) had = focused ? g_object_ref (rcp_cover_row_get_entry (RCP_COVER_ROW (focused))) : NULL;
  int place = focused ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1, n = (int) g_list_model_get_n_items (entries);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (int i = 0; i < n; i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (entries, (guint) i);
      GtkWidget *child = rcp_cover_row_new (rcp_cover_list_get_desk (self->cover), entry);

      g_signal_connect_object (child, "check", G_CALLBACK (on_row_check_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, child);
      if (entry == had)
        wanted = child;
    }
  self->wants_row |= place >= 0;
  if (!wanted && self->wants_row && n > 0)
    wanted = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, CLAMP (place, 0, n - 1)));
  if (wanted)
    {
      self->wants_row = FALSE;
      gtk_stack_set_visible_child_name (self->stack, "list");
      gtk_widget_grab_focus (wanted);
    }
}

static void
on_check_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpCoverWindow *self = RCP_COVER_WINDOW (widget);
  GtkWidget *row = rcp_compat_get_focus_child (GTK_WIDGET (self->list));

  if (row)
    ask (self, rcp_cover_row_get_entry (RCP_COVER_ROW (row)));
}

static void
on_check_all_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpCoverWindow *self = RCP_COVER_WINDOW (widget);

  if (rcp_cover_list_ask_all (self->cover) == 0)
    rcp_announcer_say (self->announcer, _ ("Nobody has to be asked about: every answer is fresh."));
}

static void
on_step_day_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpCoverWindow *self = RCP_COVER_WINDOW (widget);
  GDate day = *rcp_cover_list_get_day (self->cover);

  if (g_variant_get_int32 (parameter) > 0)
    g_date_add_days (&day, 1);
  else
    g_date_subtract_days (&day, 1);
  rcp_cover_list_set_day (self->cover, &day);
}

static void
rcp_cover_window_class_init (RcpCoverWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_cover_window_dispose;
  patient_requested_signal = g_signal_new ("patient-requested", RCP_TYPE_COVER_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           RCP_TYPE_PATIENT);
  gtk_widget_class_install_action (widget_class, "cover.check", NULL, on_check_activated);
  gtk_widget_class_install_action (widget_class, "cover.check-all", NULL, on_check_all_activated);
  gtk_widget_class_install_action (widget_class, "cover.step-day", "i", on_step_day_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_COVER);
  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);
}

static GtkWidget *
make_step (const char *icon, const char *tooltip, const char *name, int step)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "cover.step-day");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", step);
  gtk_widget_set_tooltip_text (button, tooltip);
  rcp_compat_name (button, name);
  return button;
}

static GtkWidget *
make_header (RcpCoverWindow *self)
{
  GtkWidget *header = adw_header_bar_new (), *all = gtk_button_new_with_mnemonic (_ ("Check _All"));

  self->window_title = g_object_new (RCP_TYPE_TITLE, "title", _ ("Insurance"), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (all), "cover.check-all");
  gtk_widget_set_tooltip_text (all, _ ("Ask About All Whose Answer Is Missing or Old (Ctrl+Enter)"));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->window_title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), make_step ("go-previous-symbolic", _ ("Previous Day (Alt+Left)"), _ ("Previous Day"), -1));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), make_step ("go-next-symbolic", _ ("Next Day (Alt+Right)"), _ ("Next Day"), 1));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), all);
  return header;
}

static gboolean
is_without (GtkListBoxRow *row)
{
  return rcp_cover_entry_get_state (rcp_cover_row_get_entry (RCP_COVER_ROW (row))) == RCP_COVER_NO_INSURANCE;
}

static GtkWidget *
make_heading (const char *title, const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  if (words)
    {
      label = gtk_label_new (words);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "refit-words");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_add_css_class (box, "refit");
  return box;
}

/* Those of whom the record has no insurance are a group with a name: no payer can be asked about them. All else a payer may answer while
 * one looks, and keeps its place: a name for that would be wrong by then. */
static void
update_heading (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  gboolean wants_any = before ? is_without (row) != is_without (before) : is_without (row);

  if (!wants_any)
    gtk_list_box_row_set_header (row, NULL);
  else if (is_without (row))
    gtk_list_box_row_set_header (row, make_heading (_ ("No Insurance on Record"), _ ("Open the patient to add one.")));
  else
    gtk_list_box_row_set_header (row, make_heading (_ ("Other Visits"), NULL));
}

static GtkWidget *
make_list (RcpCoverWindow *self)
{
  GtkWidget *stop = g_object_new (RCP_TYPE_TAB_STOP, NULL);

  self->list = rcp_read_pages_make_list (_ ("Visits"));
  gtk_list_box_set_header_func (self->list, update_heading, NULL, NULL);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->list), stop);
  return rcp_read_pages_scroll (stop);
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "x-office-calendar-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Visits"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ ("Nobody is booked on this day."));
  return page;
}

static void
on_retry_clicked_cb (RcpCoverWindow *self)
{
  rcp_cover_list_reload (self->cover);
}

static void
rcp_cover_window_init (RcpCoverWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, make_list (self), "list");
  gtk_stack_add_named (self->stack, make_empty (), "empty");
  rcp_read_pages_add (self->stack, _ ("The Insurances Could Not Be Read"), G_CALLBACK (on_retry_clicked_cb), G_OBJECT (self));
  self->notice = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->notice, TRUE);
  gtk_label_set_xalign (self->notice, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->notice), "history-notice");
  self->announcer = RCP_ANNOUNCER (rcp_announcer_new ());
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->announcer));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 620, 640);
}

/**
 * rcp_cover_window_new:
 * @desk: an open desk
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
rcp_cover_window_new (RcpDesk *desk)
{
  RcpCoverWindow *self;
  GListModel *entries;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_COVER_WINDOW, NULL);
  self->wants_row = TRUE;
  self->cover = rcp_cover_list_new (desk);
  entries = rcp_cover_list_get_entries (self->cover);
  g_signal_connect_object (self->cover, "changed", G_CALLBACK (on_cover_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entries, "items-changed", G_CALLBACK (on_entries_changed_cb), self, G_CONNECT_SWAPPED);
  on_entries_changed_cb (self);
  on_cover_changed_cb (self);
  return GTK_WINDOW (self);
}

RcpCoverList *
rcp_cover_window_get_list (RcpCoverWindow *self)
{
  g_return_val_if_fail (RCP_IS_COVER_WINDOW (self), NULL);

  return self->cover;
}
