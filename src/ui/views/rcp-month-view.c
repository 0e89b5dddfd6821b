/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-month-view"

#include "config.h"

#include "rcp-month-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "clinic/rcp-day-counts.h"
#include "ui/rcp-error-text.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"
#include "ui/sidebar/rcp-month-days.h"
#include "ui/sidebar/rcp-month.h"

#define DAYS_OF_WEEK 7
#define LEAST_WIDTH 84 /* of a cell with words */

typedef struct
{
  GtkWidget *button;
  GtkLabel *number;
  GtkLabel *visits;
  GtkLabel *free;
  GtkLabel *busy; /* by the providers' own calendars; hidden where they keep nothing */
  GtkLevelBar *bar; /* how much of the day is taken */
} Cell;

struct _RcpMonthView
{
  GtkWidget parent_instance;

  RcpDesk *desk;
  RcpBoardModel *model;
  RcpDayCounts *counts; /* of the days that are shown; NULL while there is no roster, or nobody has looked */
  gboolean is_looking;
  GtkWidget *box;
  GtkWidget *grid;
  AdwBin *trouble_bin;
  GtkLabel *trouble;
  GtkLabel *weekdays[DAYS_OF_WEEK];
  Cell cells[RCP_MONTH_DAYS];
  GDate days[RCP_MONTH_DAYS];
  gboolean is_narrow; /* a cell has room for a number alone */
  guint narrow_id;
};

G_DEFINE_FINAL_TYPE (RcpMonthView, rcp_month_view, GTK_TYPE_WIDGET)

static guint day_activated_signal;

static void
set_class (GtkWidget *widget, const char *name, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* How much of a day cannot be booked: visits take it, or the providers' own calendars keep it. */
static void
write_bar (Cell *cell, const RcpDayNumbers *count)
{
  gtk_widget_set_visible (GTK_WIDGET (cell->bar), count != NULL);
  if (count)
    gtk_level_bar_set_value (cell->bar, (count->n_busy + count->n_kept) / (double) MAX (count->n_busy + count->n_free, 1));
}

static void
write_busy (RcpMonthView *self, Cell *cell, const RcpDayNumbers *count, GString *spoken)
{
  g_autofree char *time = count && count->kept >= G_TIME_SPAN_MINUTE ? rcp_time_text_duration (count->kept) : NULL;
  /* Translators: how much working time of a day the providers' own calendars keep: "Busy 2 h 30 min". */
  g_autofree char *busy = time ? g_strdup_printf (_("Busy %s"), time) : NULL;

  if (busy)
    g_string_append_printf (spoken, ", %s", busy);
  gtk_label_set_label (cell->busy, busy ? busy : "");
  gtk_widget_set_visible (GTK_WIDGET (cell->busy), busy && !self->is_narrow);
}

static void
write_counts (RcpMonthView *self, Cell *cell, const RcpDayNumbers *count, GString *spoken)
{
  g_autofree char *number = count ? g_strdup_printf ("%u", count->n_visits) : NULL;
  gboolean is_closed = count && count->n_visits == 0 && count->n_free == 0;
  const RcpDayNumbers *open = is_closed ? NULL : count;
  guint n_free = open ? open->n_free - open->n_kept : 0;
  g_autofree char *visits = NULL, *free_times = NULL;

  if (open)
    {
      visits = g_strdup_printf (ngettext ("%u visit", "%u visits", count->n_visits), count->n_visits);
      /* Translators: how many starting times of a day are free. */
      free_times = g_strdup_printf (ngettext ("%u free", "%u free", n_free), n_free);
      g_string_append_printf (spoken, ", %s, %s", visits, free_times);
    }
  else if (is_closed)
    {
      visits = g_strdup (_("Closed"));
      g_string_append_printf (spoken, ", %s", visits);
    }
  gtk_label_set_label (cell->visits, !visits ? "" : !self->is_narrow ? visits : is_closed ? "–" : number);
  gtk_label_set_label (cell->free, free_times && !self->is_narrow ? free_times : "");
  write_busy (self, cell, open, spoken);
  set_class (cell->button, "closed", is_closed);
  set_class (cell->button, "full", open && n_free == 0);
  write_bar (cell, open);
}

static void
update_cell (RcpMonthView *self, guint index)
{
  Cell *cell = &self->cells[index];
  const GDate *day = &self->days[index], *shown = rcp_board_model_get_date (self->model);
  gboolean is_shown = g_date_compare (day, shown) == 0, is_today;
  g_autofree char *number = g_strdup_printf ("%u", g_date_get_day (day)), *date = rcp_time_text_date (day);
  g_autoptr (GString) spoken = g_string_new (date);
  GDate today;

  rcp_desk_get_today (self->desk, &today);
  is_today = g_date_compare (day, &today) == 0;
  gtk_label_set_label (cell->number, number);
  if (is_today)
    g_string_append_printf (spoken, ", %s", _("today"));
  write_counts (self, cell, self->counts ? rcp_day_counts_find (self->counts, day) : NULL, spoken);
  set_class (cell->button, "other-month", g_date_get_month (day) != g_date_get_month (shown));
  set_class (cell->button, "today", is_today);
  set_class (cell->button, "shown", is_shown);
  /* One stop of the Tab key for all days. */
  gtk_widget_set_focusable (cell->button, is_shown);
  rcp_compat_name (GTK_WIDGET (cell->button), spoken->str);
}

/* (transfer full): what of the numbers that are shown is old, and since when. */
static char *
make_trouble (RcpMonthView *self, const GError *error)
{
  gint64 read_time = rcp_day_range_get_read_time (RCP_DAY_RANGE (self->counts));
  gint64 now = rcp_clock_get_now (rcp_desk_get_clock (self->desk));
  g_autofree char *when = NULL;

  if (read_time == 0)
    return g_strdup (rcp_error_text_get_title (error));
  when = rcp_time_text_clock (now - (g_get_monotonic_time () - read_time), rcp_desk_get_zone (self->desk));
  /* Translators: what went wrong, such as "The Server Cannot Be Reached", and a time of day. */
  return g_strdup_printf (_("%s · the numbers are as of %s"), rcp_error_text_get_title (error), when);
}

static void
update_trouble (RcpMonthView *self)
{
  const GError *error = self->counts ? rcp_day_range_get_error (RCP_DAY_RANGE (self->counts)) : NULL;
  g_autofree char *text = error ? make_trouble (self, error) : NULL;

  gtk_label_set_label (self->trouble, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_bin), error != NULL);
}

static void
update_cells (RcpMonthView *self)
{
  for (guint i = 0; i < RCP_MONTH_DAYS; i++)
    update_cell (self, i);
}

static void
on_days_changed_cb (RcpMonthView *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    update_cell (self, i);
}

/* (transfer full): whose columns the board has, each once; NULL: those of every provider. */
static GStrv
list_schedules (RcpMonthView *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_owners = rcp_board_model_get_n_owners (self->model);

  if (!rcp_board_model_get_columns (self->model))
    return NULL;
  for (guint i = 0; i < n_owners; i++)
    g_strv_builder_add (builder, rcp_board_model_get_schedule_id (self->model, i));
  return g_strv_builder_end (builder);
}

static void
drop_counts (RcpMonthView *self)
{
  if (!self->counts)
    return;
  if (self->is_looking)
    rcp_day_counts_look_away (self->counts);
  self->is_looking = FALSE;
  g_signal_handlers_disconnect_by_data (self->counts, self);
  g_clear_object (&self->counts);
}

static void
set_looking (RcpMonthView *self, gboolean looking)
{
  if (!self->counts || looking == self->is_looking)
    return;
  self->is_looking = looking;
  if (looking)
    rcp_day_counts_look (self->counts);
  else
    rcp_day_counts_look_away (self->counts);
}

/* The days that are shown, of those who are shown: who steps past them asks for no others. */
static void
subscribe (RcpMonthView *self)
{
  g_auto (GStrv) schedules = list_schedules (self);
  RcpDayBook *book = rcp_desk_get_day_book (self->desk);
  g_autoptr (RcpDayCounts) counts = NULL;

  if (!book || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  counts = rcp_day_counts_of (book, &self->days[0], RCP_MONTH_DAYS, (const char *const *) schedules);
  if (counts != self->counts)
    {
      drop_counts (self);
      self->counts = g_steal_pointer (&counts);
      g_signal_connect_object (self->counts, "items-changed", G_CALLBACK (on_days_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->counts, "changed", G_CALLBACK (update_trouble), self, G_CONNECT_SWAPPED);
    }
  set_looking (self, TRUE);
}

static void
name_weekdays (RcpMonthView *self)
{
  for (guint i = 0; i < DAYS_OF_WEEK; i++)
    {
      const GDate *day = &self->days[i];
      g_autofree char *name = self->is_narrow ? rcp_time_text_narrow_weekday (day) : rcp_time_text_long_weekday (day);

      gtk_label_set_label (self->weekdays[i], name);
    }
}

static void
update (RcpMonthView *self)
{
  gboolean had_focus = rcp_compat_has_focus_within (self->grid);

  rcp_month_days_fill (self->days, rcp_board_model_get_date (self->model), rcp_month_days_get_first_weekday ());
  subscribe (self);
  update_cells (self);
  update_trouble (self);
  name_weekdays (self);
  for (guint i = 0; had_focus && i < RCP_MONTH_DAYS; i++)
    if (g_date_compare (&self->days[i], rcp_board_model_get_date (self->model)) == 0)
      gtk_widget_grab_focus (self->cells[i].button);
}

/* Another record, or other people in it. */
static void
on_roster_changed_cb (RcpMonthView *self)
{
  drop_counts (self);
  update (self);
}

static void
on_cell_clicked_cb (RcpMonthView *self, GtkWidget *button)
{
  for (guint i = 0; i < RCP_MONTH_DAYS; i++)
    if (self->cells[i].button == button)
      {
        rcp_board_model_set_date (self->model, &self->days[i]);
        g_signal_emit (self, day_activated_signal, 0);
        return;
      }
}

static const GDate *
get_date (gpointer owner)
{
  return rcp_board_model_get_date (RCP_MONTH_VIEW (owner)->model);
}

static void
go (gpointer owner, const GDate *date)
{
  rcp_board_model_set_date (RCP_MONTH_VIEW (owner)->model, date);
}

static GtkLabel *
add_label (GtkWidget *box, const char *style, gboolean fills)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (label, fills ? GTK_ALIGN_FILL : GTK_ALIGN_START);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
make_cell (RcpMonthView *self, guint index)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = gtk_level_bar_new ();
  Cell *cell = &self->cells[index];

  cell->button = gtk_button_new ();
  cell->number = add_label (box, "month-number", FALSE);
  cell->visits = add_label (box, "month-visits", TRUE);
  cell->free = add_label (box, "month-free", TRUE);
  cell->busy = add_label (box, "month-busy", TRUE);
  gtk_widget_set_visible (GTK_WIDGET (cell->busy), FALSE);
  cell->bar = GTK_LEVEL_BAR (bar);
  gtk_level_bar_add_offset_value (cell->bar, GTK_LEVEL_BAR_OFFSET_LOW, 0);
  gtk_level_bar_add_offset_value (cell->bar, GTK_LEVEL_BAR_OFFSET_HIGH, 0);
  gtk_widget_set_valign (bar, GTK_ALIGN_END);
  gtk_widget_set_vexpand (bar, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_button_set_child (GTK_BUTTON (cell->button), box);
  gtk_widget_add_css_class (cell->button, "flat");
  gtk_widget_add_css_class (cell->button, "month-cell");
  gtk_widget_set_hexpand (cell->button, TRUE);
  gtk_widget_set_vexpand (cell->button, TRUE);
  g_signal_connect_object (cell->button, "clicked", G_CALLBACK (on_cell_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (GTK_GRID (self->grid), cell->button, (int) (index % DAYS_OF_WEEK), (int) (1 + index / DAYS_OF_WEEK), 1, 1);
}

static void
rcp_month_view_map (GtkWidget *widget)
{
  RcpMonthView *self = RCP_MONTH_VIEW (widget);

  GTK_WIDGET_CLASS (rcp_month_view_parent_class)->map (widget);
  update (self);
}

static void
rcp_month_view_unmap (GtkWidget *widget)
{
  RcpMonthView *self = RCP_MONTH_VIEW (widget);

  set_looking (self, FALSE);
  GTK_WIDGET_CLASS (rcp_month_view_parent_class)->unmap (widget);
}

static gboolean
on_width_changed_cb (gpointer user_data)
{
  RcpMonthView *self = user_data;

  self->narrow_id = 0;
  set_class (GTK_WIDGET (self), "narrow", self->is_narrow);
  name_weekdays (self);
  update_cells (self);
  return G_SOURCE_REMOVE;
}

static void
rcp_month_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                        int *natural_baseline)
{
  gtk_widget_measure (RCP_MONTH_VIEW (widget)->box, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

/* A layout manager would not let it see its own width. */
static void
rcp_month_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RcpMonthView *self = RCP_MONTH_VIEW (widget);
  gboolean is_narrow = width < DAYS_OF_WEEK * LEAST_WIDTH;

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  /* Words that change while they are laid out would have to be laid out again. */
  if (is_narrow != self->is_narrow && self->narrow_id == 0)
    self->narrow_id = g_idle_add (on_width_changed_cb, self);
  self->is_narrow = is_narrow;
}

static gboolean
rcp_month_view_grab_focus (GtkWidget *widget)
{
  RcpMonthView *self = RCP_MONTH_VIEW (widget);

  for (guint i = 0; i < RCP_MONTH_DAYS; i++)
    if (gtk_widget_get_focusable (self->cells[i].button))
      return gtk_widget_grab_focus (self->cells[i].button);
  return FALSE;
}

static void
rcp_month_view_dispose (GObject *object)
{
  RcpMonthView *self = RCP_MONTH_VIEW (object);

  g_clear_handle_id (&self->narrow_id, g_source_remove);
  rcp_compat_unparent_children (GTK_WIDGET (object));
  drop_counts (self);
  g_clear_object (&self->desk);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_month_view_parent_class)->dispose (object);
}

static void
rcp_month_view_class_init (RcpMonthViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_month_view_dispose;
  widget_class->map = rcp_month_view_map;
  widget_class->unmap = rcp_month_view_unmap;
  widget_class->measure = rcp_month_view_measure;
  widget_class->size_allocate = rcp_month_view_size_allocate;
  widget_class->grab_focus = rcp_month_view_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "monthview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  day_activated_signal = g_signal_new ("day-activated", RCP_TYPE_MONTH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_trouble (RcpMonthView *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->trouble = GTK_LABEL (label);
  self->trouble_bin = ADW_BIN (adw_bin_new ());
  gtk_label_set_wrap (self->trouble, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->trouble_bin), "month-trouble");
  adw_bin_set_child (self->trouble_bin, label);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_bin), FALSE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->trouble_bin));
}

static void
rcp_month_view_init (RcpMonthView *self)
{
  const RcpMonthSheet sheet = { self, get_date, go };
  GtkWidget *scrolled = gtk_scrolled_window_new (); /* large text may want more than the window */

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Month"), -1);
  add_trouble (self);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_set_vexpand (self->grid, TRUE);
  for (guint i = 0; i < DAYS_OF_WEEK; i++)
    {
      self->weekdays[i] = GTK_LABEL (gtk_label_new (NULL));
      gtk_label_set_ellipsize (self->weekdays[i], PANGO_ELLIPSIZE_END);
      gtk_label_set_xalign (self->weekdays[i], 0);
      gtk_widget_add_css_class (GTK_WIDGET (self->weekdays[i]), "month-name");
      gtk_grid_attach (GTK_GRID (self->grid), GTK_WIDGET (self->weekdays[i]), (int) i, 0, 1, 1);
    }
  for (guint i = 0; i < RCP_MONTH_DAYS; i++)
    make_cell (self, i);
  rcp_month_add_keys (self->grid, &sheet);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->grid);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self->box), scrolled);
}

/**
 * rcp_month_view_new:
 * @desk: the record
 * @model: the board whose day it shows
 *
 * Returns: (transfer floating): a month
 */
GtkWidget *
rcp_month_view_new (RcpDesk *desk, RcpBoardModel *model)
{
  RcpMonthView *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_BOARD_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_MONTH_VIEW, NULL);
  self->desk = g_object_ref (desk);
  self->model = g_object_ref (model);
  g_signal_connect_object (desk, "roster-changed", G_CALLBACK (on_roster_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "date-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "columns-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  on_roster_changed_cb (self);
  return GTK_WIDGET (self);
}

void
rcp_month_view_reload (RcpMonthView *self)
{
  g_return_if_fail (RCP_IS_MONTH_VIEW (self));

  if (self->counts)
    rcp_day_range_reload (RCP_DAY_RANGE (self->counts));
}
