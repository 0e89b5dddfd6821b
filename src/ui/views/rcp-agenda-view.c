/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-agenda-view"

#include "config.h"

#include "rcp-agenda-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rcp-agenda-item.h"
#include "rcp-agenda-rows.h"
#include "ui/rcp-error-text.h"
#include "ui/rcp-tab-stop.h"
#include "ui/rcp-ui-compat.h"

#define FRAMES 2 /* until the rows of a list have their places */

struct _RcpAgendaView
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  RcpBoardModel *model;
  GListStore *rows;
  GtkSingleSelection *selection;
  GtkListView *list;
  GtkStack *stack;
  AdwStatusPage *failed;
  guint tick_id;    /* while a row that shall have the keyboard is being laid out */
  guint n_frames; /* since the keyboard came, in which the list could be scrolled */
  gboolean follows; /* the selection is being set after the cursor, or the rows are others */
};

G_DEFINE_FINAL_TYPE (RcpAgendaView, rcp_agenda_view, GTK_TYPE_WIDGET)

enum
{
  VISIT_ACTIVATED,
  TIME_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static RcpAgendaRow *
get_row (RcpAgendaView *self, guint index) /* borrowed */
{
  g_autoptr (RcpAgendaRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), index);

  return row;
}

/* Only rows that come or go, so that nothing else moves. */
static void
replace_rows (RcpAgendaView *self, GPtrArray *rows)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->rows)), same = 0, tail = 0;

  while (same < n_old && same < rows->len && rcp_agenda_row_matches (get_row (self, same), rows->pdata[same]))
    same++;
  while (tail < n_old - same && tail < rows->len - same
         && rcp_agenda_row_matches (get_row (self, n_old - 1 - tail), rows->pdata[rows->len - 1 - tail]))
    tail++;
  if (same < n_old || same < rows->len)
    g_list_store_splice (self->rows, same, n_old - same - tail, rows->pdata + same, rows->len - same - tail);
  for (guint i = 0; i < rows->len; i++)
    rcp_agenda_row_take_over (get_row (self, i), rows->pdata[i]);
}

static guint
find_row (RcpAgendaView *self, const char *id)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 0; id && i < n_rows; i++)
    {
      RcpAgendaRow *row = get_row (self, i);

      if (row->visit && g_strcmp0 (rcp_visit_get_id (row->visit), id) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* The free or kept time that holds a stop of the board's keyboard. */
static guint
find_time (RcpAgendaView *self, guint column, const RcpBoardStop *stop)
{
  gint64 start = rcp_board_model_get_time (self->model, column, stop->span).start;
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 0; i < n_rows; i++)
    {
      RcpAgendaRow *row = get_row (self, i);

      if (row->kind != RCP_AGENDA_HEAD && !row->visit && row->column == column && row->range.start <= start && start < row->range.end)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
show_row (RcpAgendaView *self, guint index)
{
  /* The list has no other name for it before GTK 4.12. */
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", index);
}

/* Where the cursor of the board is, there is the keyboard of the list. */
static void
follow_cursor (RcpAgendaView *self)
{
  RcpBoardStop stop;
  guint column, index = GTK_INVALID_LIST_POSITION;

  if (self->follows || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (rcp_board_model_get_cursor (self->model, &column, &stop))
    index = stop.visit ? find_row (self, rcp_visit_get_id (stop.visit)) : find_time (self, column, &stop);
  self->follows = TRUE;
  if (index != gtk_single_selection_get_selected (self->selection))
    {
      gtk_single_selection_set_selected (self->selection, index);
      if (index != GTK_INVALID_LIST_POSITION)
        show_row (self, index);
    }
  self->follows = FALSE;
}

static const char *
choose_page (RcpAgendaView *self)
{
  RcpBoardState state = rcp_board_model_get_state (self->model);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0)
    return "list";
  return state == RCP_BOARD_READY ? "empty" : state == RCP_BOARD_FAILED ? "failed" : "loading";
}

/* What the keyboard was at has gone with the loading: it is in the list now, unless somebody took it elsewhere. */
static void
show_page (RcpAgendaView *self, const char *name)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean is_other = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) != 0;

  gtk_stack_set_visible_child_name (self->stack, name);
  if (is_other && g_str_equal (name, "list") && root && !gtk_root_get_focus (root))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
update (RcpAgendaView *self)
{
  g_autoptr (GPtrArray) rows = NULL;
  const GError *error = rcp_board_model_get_error (self->model);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  rows = rcp_agenda_rows_collect (self->model, rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
  self->follows = TRUE;
  replace_rows (self, rows);
  self->follows = FALSE;
  if (error)
    adw_status_page_set_title (self->failed, rcp_error_text_get_title (error));
  follow_cursor (self);
  show_page (self, choose_page (self));
}

/* How long somebody waits is another time each minute; only rows that are laid out hear of it. Free time passes. */
static void
on_now_changed_cb (RcpAgendaView *self)
{
  guint n_rows;

  if (rcp_agenda_rows_has_times (self->model))
    update (self);
  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  for (guint i = 0; gtk_widget_get_mapped (GTK_WIDGET (self)) && i < n_rows; i++)
    rcp_agenda_row_tick (get_row (self, i));
}

static void
on_selected_cb (RcpAgendaView *self)
{
  RcpAgendaRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (self->follows || !row || row->kind == RCP_AGENDA_HEAD)
    return;
  self->follows = TRUE;
  if (row->visit)
    rcp_board_model_set_cursor_visit (self->model, row->visit);
  else
    rcp_board_model_set_cursor (self->model, row->column, rcp_board_model_get_minute (self->model, row->column, row->range.start));
  self->follows = FALSE;
}

static void
on_activated_cb (RcpAgendaView *self, guint position)
{
  RcpAgendaRow *row = get_row (self, position);

  if (row->visit)
    g_signal_emit (self, signals[VISIT_ACTIVATED], 0, row->visit);
  else if (row->kind == RCP_AGENDA_FREE)
    g_signal_emit (self, signals[TIME_ACTIVATED], 0, row->provider, rcp_board_model_get_room (self->model, row->column), row->range.start);
}

static void
show_item (RcpAgendaView *self, GtkListItem *item)
{
  RcpAgendaRow *row = gtk_list_item_get_item (item);

  rcp_agenda_item_show (item, row, self->model, rcp_clock_get_now (rcp_desk_get_clock (self->desk)));
}

static void
on_row_changed_cb (GtkListItem *item, RcpAgendaRow *row)
{
  show_item (RCP_AGENDA_VIEW (gtk_widget_get_ancestor (gtk_list_item_get_child (item), RCP_TYPE_AGENDA_VIEW)), item);
}

static void
on_bind_cb (RcpAgendaView *self, GtkListItem *item)
{
  RcpAgendaRow *row = gtk_list_item_get_item (item);

  g_object_set_data (G_OBJECT (gtk_list_item_get_child (item)), "row", row); /* the item keeps it */
  gtk_list_item_set_selectable (item, row->kind != RCP_AGENDA_HEAD);
  gtk_list_item_set_activatable (item, row->kind == RCP_AGENDA_VISIT || row->kind == RCP_AGENDA_FREE);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed_cb), item, G_CONNECT_SWAPPED);
  show_item (self, item);
}

static void
on_unbind_cb (RcpAgendaView *self, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), on_row_changed_cb, item);
}

static void
rcp_agenda_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rcp_agenda_view_parent_class)->map (widget);
  update (RCP_AGENDA_VIEW (widget));
}

/* The widget of a row, once the list has made one. */
static GtkWidget *
find_widget (RcpAgendaView *self, gpointer row)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list)); item; item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *child = gtk_widget_get_first_child (item);

      if (child && g_object_get_data (G_OBJECT (child), "row") == row)
        return item;
    }
  return NULL;
}

/* A list that was just made, or shown again, knows where its rows are when it has been laid out: until then the row of the keyboard may be
 * out of sight, or not there, and the keyboard in the list at none of its rows. */
static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  RcpAgendaView *self = RCP_AGENDA_VIEW (widget);
  gpointer row = gtk_single_selection_get_selected_item (self->selection);
  GtkWidget *item = row ? find_widget (self, row) : NULL;
  gboolean is_in_list = rcp_compat_has_focus_within (GTK_WIDGET (self->list));

  if (row && is_in_list && gtk_widget_get_height (GTK_WIDGET (self->list)) > 0)
    {
      show_row (self, gtk_single_selection_get_selected (self->selection));
      self->n_frames++;
    }
  if (item && gtk_widget_has_focus (GTK_WIDGET (self->list)))
    gtk_widget_grab_focus (item);
  if (!row || !is_in_list || (item && self->n_frames >= FRAMES))
    self->tick_id = 0;
  return self->tick_id != 0;
}

/* The cursor is at a free time, and the list has none: the visit that comes next, or the last of all. */
static guint
find_next_visit (RcpAgendaView *self, gint64 time)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows)), found = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n_rows; i++)
    {
      RcpAgendaRow *row = get_row (self, i);

      if (!row->visit)
        continue;
      found = i;
      if (rcp_visit_get_range (row->visit).start >= time)
        break;
    }
  return found;
}

/* Whoever comes into the list with the keyboard is at one of its rows: a screen reader says nothing of the list alone. */
static void
choose_row (RcpAgendaView *self)
{
  RcpBoardStop stop;
  guint column, index;
  gint64 time = rcp_clock_get_now (rcp_desk_get_clock (self->desk));

  if (gtk_single_selection_get_selected_item (self->selection))
    return;
  if (rcp_board_model_get_cursor (self->model, &column, &stop))
    time = rcp_board_model_get_time (self->model, column, stop.span).start;
  index = find_next_visit (self, time);
  if (index != GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, index);
}

static gboolean
rcp_agenda_view_grab_focus (GtkWidget *widget)
{
  RcpAgendaView *self = RCP_AGENDA_VIEW (widget);
  gpointer row;
  GtkWidget *item;

  choose_row (self);
  row = gtk_single_selection_get_selected_item (self->selection);
  item = row ? find_widget (self, row) : NULL;
  if (row)
    show_row (self, gtk_single_selection_get_selected (self->selection));
  self->n_frames = 0;
  if (row && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (widget, on_tick_cb, NULL, NULL);
  if (item)
    return gtk_widget_grab_focus (item);
  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
rcp_agenda_view_dispose (GObject *object)
{
  RcpAgendaView *self = RCP_AGENDA_VIEW (object);

  rcp_compat_unparent_children (GTK_WIDGET (object));
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->desk);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_agenda_view_parent_class)->dispose (object);
}

static void
rcp_agenda_view_class_init (RcpAgendaViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_agenda_view_dispose;
  widget_class->map = rcp_agenda_view_map;
  widget_class->grab_focus = rcp_agenda_view_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "agendaview");
  signals[VISIT_ACTIVATED] = g_signal_new ("visit-activated", RCP_TYPE_AGENDA_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, RCP_TYPE_VISIT);
  signals[TIME_ACTIVATED] = g_signal_new ("time-activated", RCP_TYPE_AGENDA_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 3, RCP_TYPE_PROVIDER, RCP_TYPE_ROOM, G_TYPE_INT64);
}

static GtkWidget *
make_status (const char *icon, const char *title)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  return page;
}

static GtkWidget *
make_list (RcpAgendaView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_scrollable_new ();
  GtkWidget *stop = g_object_new (RCP_TYPE_TAB_STOP, NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (rcp_agenda_item_set_up), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind_cb), self, G_CONNECT_SWAPPED);
  self->rows = g_list_store_new (RCP_TYPE_AGENDA_ROW);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected_cb), self, G_CONNECT_SWAPPED);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory));
  g_signal_connect_object (self->list, "activate", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "agenda");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Agenda"), -1);
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), 900);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  /* Of a week there are hundreds of visits. */
  gtk_widget_set_parent (scrolled, stop);
  return stop;
}

static void
rcp_agenda_view_init (RcpAgendaView *self)
{
  GtkWidget *spinner = gtk_spinner_new (), *empty = make_status ("x-office-calendar-symbolic", _("No Visits in This Week"));

  gtk_spinner_start (GTK_SPINNER (spinner));
  self->failed = ADW_STATUS_PAGE (make_status ("network-error-symbolic", ""));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_list (self), "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->failed), "failed");
  gtk_stack_add_named (self->stack, spinner, "loading");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/**
 * rcp_agenda_view_new:
 * @desk: the record
 * @model: the board whose visits it lists
 *
 * Returns: (transfer floating): a list
 */
GtkWidget *
rcp_agenda_view_new (RcpDesk *desk, RcpBoardModel *model)
{
  RcpAgendaView *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_BOARD_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_AGENDA_VIEW, NULL);
  self->desk = g_object_ref (desk);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "contents-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "columns-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "state-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "now-changed", G_CALLBACK (on_now_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "cursor-moved", G_CALLBACK (follow_cursor), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

RcpVisit *
rcp_agenda_view_get_visit (RcpAgendaView *self)
{
  RcpAgendaRow *row;

  g_return_val_if_fail (RCP_IS_AGENDA_VIEW (self), NULL);

  row = gtk_single_selection_get_selected_item (self->selection);
  return row ? row->visit : NULL;
}

void
rcp_agenda_view_show_now (RcpAgendaView *self)
{
  gint64 now;
  guint n_rows;

  g_return_if_fail (RCP_IS_AGENDA_VIEW (self));

  now = rcp_clock_get_now (rcp_desk_get_clock (self->desk));
  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  for (guint i = 0; i < n_rows; i++)
    {
      RcpAgendaRow *row = get_row (self, i);

      if (!row->visit || rcp_visit_get_range (row->visit).end <= now)
        continue;
      rcp_board_model_set_cursor_visit (self->model, row->visit);
      gtk_widget_grab_focus (GTK_WIDGET (self));
      return;
    }
}
