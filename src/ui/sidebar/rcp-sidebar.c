/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-sidebar"

#include "config.h"

#include "rcp-sidebar.h"

#include <glib/gi18n.h>

#include "rcp-month.h"
#include "ui/rcp-ui-compat.h"

struct _RcpSidebar
{
  GtkWidget parent_instance;

  RcpPages *pages;
  RcpBoardModel *model;
  RcpClock *clock;
  GtkWidget *box;      /* of month, pages, sections */
  GtkWidget *sections;
  GtkListBox *list;    /* of pages; NULL before the first frame */
  RcpMonth *month;
  guint filling;
};

G_DEFINE_FINAL_TYPE (RcpSidebar, rcp_sidebar, GTK_TYPE_WIDGET)

enum
{
  WENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_count (RcpPage *page, GParamSpec *spec, GtkLabel *count)
{
  g_autofree char *text = g_strdup_printf ("%u", rcp_page_get_count (page));
  g_autofree char *label = rcp_page_describe (page);
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (count), GTK_TYPE_LIST_BOX_ROW);

  gtk_label_set_label (count, text);
  gtk_widget_set_visible (GTK_WIDGET (count), rcp_page_get_count (page) > 0);
  if (row)
    rcp_compat_name (GTK_WIDGET (row), label);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  RcpPage *page = item;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (rcp_page_get_title (page));
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (count, "sidebar-count");
  gtk_widget_set_valign (count, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (rcp_page_get_icon_name (page)));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_signal_connect_object (page, "notify::count", G_CALLBACK (update_count), count, G_CONNECT_DEFAULT);
  update_count (page, NULL, GTK_LABEL (count));
  return row;
}

static void
update_current (RcpSidebar *self)
{
  GListModel *pages = rcp_pages_get_list (self->pages);
  RcpPage *current = rcp_pages_get_current (self->pages);
  guint n_pages = g_list_model_get_n_items (pages);

  for (guint i = 0; self->list && i < n_pages; i++)
    {
      g_autoptr (RcpPage) page = g_list_model_get_item (pages, i);

      if (page == current)
        gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) i));
    }
}

static void
on_row_activated_cb (RcpSidebar *self, GtkListBoxRow *row)
{
  g_autoptr (RcpPage) page = g_list_model_get_item (rcp_pages_get_list (self->pages), (guint) gtk_list_box_row_get_index (row));

  rcp_pages_show (self->pages, rcp_page_get_name (page));
  g_signal_emit (self, signals[WENT], 0);
}

static void
on_day_activated_cb (RcpSidebar *self, const GDate *day)
{
  rcp_pages_show (self->pages, "board");
  rcp_board_model_set_date (self->model, day);
  g_signal_emit (self, signals[WENT], 0);
}

static void
update_today (RcpSidebar *self)
{
  GDate today;

  rcp_time_get_day (rcp_clock_get_now (self->clock), rcp_board_model_get_zone (self->model), &today);
  if (self->month)
    rcp_month_set_today (self->month, &today);
}

static void
update_date (RcpSidebar *self)
{
  update_today (self);
  if (self->month)
    rcp_month_set_date (self->month, rcp_board_model_get_date (self->model));
}

static void
add_month (RcpSidebar *self)
{
  self->month = RCP_MONTH (rcp_month_new ());
  g_signal_connect_object (self->month, "day-activated", G_CALLBACK (on_day_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_prepend (GTK_BOX (self->box), GTK_WIDGET (self->month));
  g_signal_connect_object (self->model, "date-changed", G_CALLBACK (update_date), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "now-changed", G_CALLBACK (update_today), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "columns-changed", G_CALLBACK (update_today), self, G_CONNECT_SWAPPED);
  update_date (self);
}

static void
add_pages (RcpSidebar *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pages"), -1);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_list_box_bind_model (self->list, rcp_pages_get_list (self->pages), make_row, NULL, NULL);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  /* The list selects what Tab or an arrow comes to: once the keyboard is elsewhere, it is the page that is seen again. */
  g_signal_connect_object (focus, "leave", G_CALLBACK (update_current), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), focus);
  gtk_box_insert_child_after (GTK_BOX (self->box), GTK_WIDGET (self->list), GTK_WIDGET (self->month));
  g_signal_connect_object (self->pages, "notify::current", G_CALLBACK (update_current), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_pages_get_list (self->pages), "items-changed", G_CALLBACK (update_current), self, G_CONNECT_SWAPPED);
  update_current (self);
}

static gboolean
on_idle_cb (gpointer data)
{
  RcpSidebar *self = data;

  self->filling = 0;
  add_month (self);
  add_pages (self);
  return G_SOURCE_REMOVE;
}

/* Below the priority of drawing: the first frame does not wait for half a hundred buttons. */
static void
rcp_sidebar_map (GtkWidget *widget)
{
  RcpSidebar *self = RCP_SIDEBAR (widget);

  GTK_WIDGET_CLASS (rcp_sidebar_parent_class)->map (widget);
  if (!self->month && !self->filling)
    self->filling = g_idle_add_full (G_PRIORITY_LOW, on_idle_cb, self, NULL);
}

static void
rcp_sidebar_dispose (GObject *object)
{
  RcpSidebar *self = RCP_SIDEBAR (object);

  g_clear_handle_id (&self->filling, g_source_remove);
  rcp_compat_unparent_children (GTK_WIDGET (self));
  self->list = NULL;
  self->month = NULL;
  g_clear_object (&self->pages);
  g_clear_object (&self->model);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rcp_sidebar_parent_class)->dispose (object);
}

static void
rcp_sidebar_class_init (RcpSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_sidebar_dispose;
  widget_class->map = rcp_sidebar_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sidebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_NAVIGATION);

  /**
   * RcpSidebar::went:
   * @self: a sidebar
   */
  signals[WENT] = g_signal_new ("went", RCP_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_sidebar_init (RcpSidebar *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->sections = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "sidebar-content");
  gtk_box_append (GTK_BOX (self->box), self->sections);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->box);
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sidebar"), -1);
}

/**
 * rcp_sidebar_new:
 * @pages: the pages of the window
 * @model: the board that the month turns
 * @clock: tells which day is today
 *
 * Returns: (transfer floating): a sidebar
 */
GtkWidget *
rcp_sidebar_new (RcpPages *pages, RcpBoardModel *model, RcpClock *clock)
{
  RcpSidebar *self;

  g_return_val_if_fail (RCP_IS_PAGES (pages), NULL);
  g_return_val_if_fail (RCP_IS_BOARD_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_SIDEBAR, NULL);
  self->pages = g_object_ref (pages);
  self->model = g_object_ref (model);
  self->clock = g_object_ref (clock);
  return GTK_WIDGET (self);
}

/**
 * rcp_sidebar_add_section:
 * @self: a sidebar
 * @title: translated; "Column sets"
 * @content: (transfer floating): what stands below it
 */
void
rcp_sidebar_add_section (RcpSidebar *self, const char *title, GtkWidget *content)
{
  GtkWidget *section, *heading;

  g_return_if_fail (RCP_IS_SIDEBAR (self));

  section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  heading = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "sidebar-heading");
  gtk_box_append (GTK_BOX (section), heading);
  gtk_box_append (GTK_BOX (section), content);
  g_object_bind_property (content, "visible", section, "visible", G_BINDING_SYNC_CREATE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (content), GTK_ACCESSIBLE_RELATION_LABELLED_BY, heading, NULL, -1);
  gtk_box_append (GTK_BOX (self->sections), section);
}
