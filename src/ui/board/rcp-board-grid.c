/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-grid"

#include "config.h"

#include "rcp-board-grid-private.h"
#include "ui/rcp-ui-compat.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/move/rcp-held-place.h"
#include "ui/rcp-dialog.h"

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpBoardGrid, rcp_board_grid, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, rcp_board_grid_scrollable_init))

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
  N_PROPS
};

enum
{
  VISIT_ACTION,
  TIME_ACTIVATED,
  HEAD_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_hours (RcpBoardGrid *self)
{
  RcpBoardSpan hours = rcp_board_model_get_hours (self->model);

  if (hours.start == self->geometry.first && hours.end == self->geometry.last)
    return;
  self->geometry.first = hours.start;
  self->geometry.last = hours.end;
  rcp_board_grid_drop_layouts (self);
}

static void
rcp_board_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (widget);
  RcpBoardGeometry *geometry = &self->geometry, before = self->geometry;

  geometry->rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  geometry->width = width;
  geometry->height = height;
  geometry->head = rcp_board_grid_measure_heads (self);
  geometry->n_columns = rcp_board_model_get_n_columns (self->model);
  rcp_board_grid_update_metrics (self);
  update_hours (self);
  rcp_board_grid_configure_adjustments (self);
  rcp_board_grid_choose_first_place (self);
  rcp_board_grid_keep_in_sight (self, &before);
  rcp_board_grid_read_scroll (self);
  rcp_board_grid_sync_chips (self);
  rcp_board_grid_allocate_chips (self);
  rcp_board_grid_allocate_heads (self);
}

static void
rcp_board_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (widget);

  rcp_board_grid_update_metrics (self);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? self->geometry.gutter + (int) self->geometry.min_column : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 480;
}

static void
rcp_board_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (rcp_board_grid_parent_class)->css_changed (widget, change);
  rcp_board_grid_drop_layouts (RCP_BOARD_GRID (widget));
  rcp_board_grid_redraw_chips (RCP_BOARD_GRID (widget));
  gtk_widget_queue_resize (widget);
}

static void
update_free_time (RcpBoardGrid *self)
{
  g_autofree char *spoken = NULL, *busy = NULL;
  const char *owner;
  RcpTimeRange range;
  RcpBoardStop stop;
  guint column;

  if (!rcp_board_model_get_cursor (self->model, &column, &stop) || stop.visit)
    return;
  range = rcp_board_model_get_time (self->model, column, stop.span);
  spoken = rcp_board_model_describe_time (self->model, range);
  busy = stop.busy ? rcp_board_model_describe_busy (self->model, column, stop.busy) : NULL;
  owner = rcp_board_model_get_column_name (self->model, column);
  if (stop.block)
    rcp_free_time_set_block (self->free_time, spoken, stop.block, owner);
  else if (rcp_board_stop_is_free (&stop))
    rcp_free_time_set (self->free_time, range, spoken, busy, owner, rcp_board_model_get_zone (self->model));
  else
    rcp_free_time_set_busy (self->free_time, spoken, busy, owner);
  gtk_widget_set_child_visible (GTK_WIDGET (self->free_time), TRUE);
}

/* Tab comes to the cursor and leaves from it: the arrows are for the way between. */
static gboolean
rcp_board_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (widget);
  RcpBoardStop stop;
  guint column;

  if (rcp_compat_has_focus_within (widget))
    return FALSE;
  if (!rcp_board_model_get_cursor (self->model, &column, &stop)
      && !rcp_board_model_move (self->model, RCP_BOARD_MOVE_FIRST))
    return FALSE;
  rcp_board_grid_grab_cursor (self);
  return rcp_compat_has_focus_within (widget);
}

static void
rcp_board_grid_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (widget);
  RcpVisit *visit = RCP_IS_VISIT_CHIP (child) ? rcp_visit_chip_get_visit (RCP_VISIT_CHIP (child)) : NULL;
  RcpBoardStop stop;
  guint column;

  GTK_WIDGET_CLASS (rcp_board_grid_parent_class)->set_focus_child (widget, child);
  if (visit && !(rcp_board_model_get_cursor (self->model, &column, &stop) && stop.visit == visit))
    rcp_board_model_set_cursor_visit (self->model, visit);
}

static gboolean
is_dialog_over (RcpBoardGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) && rcp_dialog_is_over (GTK_WINDOW (root));
}

static void
on_contents_changed_cb (RcpBoardGrid *self)
{
  gboolean had_focus = rcp_compat_has_focus_within (GTK_WIDGET (self));

  rcp_board_grid_drop_layouts (self);
  self->has_hover = FALSE;
  update_hours (self);
  rcp_board_grid_update_days (self);
  rcp_board_grid_sync_chips (self);
  update_free_time (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  /* Whoever has opened a dialog since has gone on as well. */
  if (self->wants_cursor && !self->wants_behind && is_dialog_over (self))
    self->wants_cursor = FALSE;
  if (self->wants_cursor || (had_focus && !rcp_compat_has_focus_within (GTK_WIDGET (self))))
    rcp_board_grid_grab_cursor (self);
}

static void
rcp_board_grid_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rcp_board_grid_parent_class)->root (widget);
  rcp_board_grid_watch_root (RCP_BOARD_GRID (widget));
}

static void
rcp_board_grid_unroot (GtkWidget *widget)
{
  rcp_board_grid_unwatch_root (RCP_BOARD_GRID (widget));
  GTK_WIDGET_CLASS (rcp_board_grid_parent_class)->unroot (widget);
}

/* Where one looked in other columns is no place in these: the day that is looked at comes first, and not a third of the one before. */
static void
note_columns (RcpBoardGrid *self)
{
  guint n_owners = rcp_board_model_get_n_owners (self->model), n_days = rcp_board_model_get_n_days (self->model);

  if (n_owners != self->n_owners || n_days != self->n_days)
    self->wants_date = self->wants_start = TRUE;
  self->n_owners = n_owners;
  self->n_days = n_days;
}

static void
on_columns_changed_cb (RcpBoardGrid *self)
{
  note_columns (self);
  /* The chip with the keyboard may go before the contents are told: the cursor gets it then. The dialog in which the columns were
   * chosen may be there still, and is no other place that somebody has gone on to. */
  if (!self->wants_cursor && rcp_compat_has_focus_within (GTK_WIDGET (self)))
    {
      self->wants_cursor = TRUE;
      self->wants_behind = is_dialog_over (self);
    }
  rcp_board_grid_rebuild_heads (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
on_cursor_moved_cb (RcpBoardGrid *self)
{
  update_free_time (self);
  rcp_board_grid_update_selection (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
on_now_changed_cb (RcpBoardGrid *self)
{
  g_clear_object (&self->now);
  rcp_board_grid_update_days (self);
  rcp_board_grid_update_timers (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Only what was read can be called closed. */
static void
on_state_changed_cb (RcpBoardGrid *self)
{
  rcp_board_grid_update_days (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_free_time_activated_cb (RcpBoardGrid *self)
{
  RcpBoardStop stop;
  guint column;

  if (rcp_board_model_get_cursor (self->model, &column, &stop) && rcp_board_stop_is_free (&stop))
    rcp_board_grid_emit_time_activated (self, column, stop.span.start);
}

static void
unparent_all (GPtrArray *widgets)
{
  for (guint i = 0; i < widgets->len; i++)
    if (g_ptr_array_index (widgets, i))
      gtk_widget_unparent (g_ptr_array_index (widgets, i));
  g_ptr_array_set_size (widgets, 0);
}

static void
rcp_board_grid_dispose (GObject *object)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (object);
  GtkWidget *child;

  g_clear_handle_id (&self->order_id, g_source_remove);
  g_hash_table_remove_all (self->chips);
  g_ptr_array_set_size (self->resting, 0);
  unparent_all (self->heads);
  unparent_all (self->sites);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  rcp_board_grid_drop_layouts (self);
  g_clear_object (&self->adjustments[0]);
  g_clear_object (&self->adjustments[1]);
  g_clear_object (&self->model);
  g_clear_object (&self->hold);
  g_clear_object (&self->cache);
  G_OBJECT_CLASS (rcp_board_grid_parent_class)->dispose (object);
}

static void
rcp_board_grid_finalize (GObject *object)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (object);

  g_hash_table_unref (self->chips);
  g_ptr_array_unref (self->resting);
  g_ptr_array_unref (self->watchers);
  g_ptr_array_unref (self->heads);
  g_ptr_array_unref (self->sites);
  g_ptr_array_unref (self->hours);
  G_OBJECT_CLASS (rcp_board_grid_parent_class)->finalize (object);
}

static void
rcp_board_grid_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rcp_board_grid_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (object);

  switch (prop_id)
    {
    case PROP_HADJUSTMENT:
      rcp_board_grid_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      rcp_board_grid_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rcp_board_grid_class_init (RcpBoardGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rcp_board_grid_dispose;
  object_class->finalize = rcp_board_grid_finalize;
  object_class->get_property = rcp_board_grid_get_property;
  object_class->set_property = rcp_board_grid_set_property;
  widget_class->measure = rcp_board_grid_measure;
  widget_class->size_allocate = rcp_board_grid_size_allocate;
  widget_class->snapshot = rcp_board_grid_snapshot;
  widget_class->css_changed = rcp_board_grid_css_changed;
  widget_class->focus = rcp_board_grid_focus;
  widget_class->root = rcp_board_grid_root;
  widget_class->unroot = rcp_board_grid_unroot;
  widget_class->set_focus_child = rcp_board_grid_set_focus_child;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  gtk_widget_class_set_css_name (widget_class, "board");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  rcp_board_grid_class_add_keys (widget_class);

  /**
   * RcpBoardGrid::visit-action:
   * @self: a board
   * @visit: the visit
   * @name: what is asked for: "open", "move", "cancel", "arrive", "done", "no-show"
   */
  signals[VISIT_ACTION] = g_signal_new ("visit-action", RCP_TYPE_BOARD_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, RCP_TYPE_VISIT, G_TYPE_STRING);
  /**
   * RcpBoardGrid::time-activated:
   * @self: a board
   * @column: whose time
   * @minute: of the day of that column
   */
  signals[TIME_ACTIVATED] = g_signal_new ("time-activated", RCP_TYPE_BOARD_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
  /**
   * RcpBoardGrid::head-activated:
   * @self: a board
   * @column: whose head was clicked
   */
  signals[HEAD_ACTIVATED] = g_signal_new ("head-activated", RCP_TYPE_BOARD_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_UINT);
}

static GtkWidget *
add_back (RcpBoardGrid *self, const char *style)
{
  GtkWidget *back = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (back, style);
  gtk_widget_set_parent (back, GTK_WIDGET (self));
  return back;
}

static void
rcp_board_grid_init (RcpBoardGrid *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->zoom = 1.0;
  self->chips = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, rcp_board_chip_free);
  self->resting = g_ptr_array_new ();
  self->watchers = g_ptr_array_new ();
  self->cache = rcp_chip_cache_new ();
  self->heads = g_ptr_array_new ();
  self->sites = g_ptr_array_new ();
  self->hours = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_vexpand (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Visits"), -1);
  self->free_time = rcp_free_time_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->free_time), widget);
  gtk_widget_set_child_visible (GTK_WIDGET (self->free_time), FALSE);
  self->place = rcp_held_place_new ();
  gtk_widget_set_parent (self->place, widget);
  gtk_widget_set_child_visible (self->place, FALSE);
  gtk_widget_set_visible (self->place, FALSE);
  self->head_back = add_back (self, "board-heads");
  self->gutter_back = add_back (self, "board-scale");
  g_signal_connect_object (self->free_time, "activated", G_CALLBACK (on_free_time_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_for_display (gtk_widget_get_display (widget)), "notify::high-contrast",
                           G_CALLBACK (rcp_board_grid_redraw_chips), self, G_CONNECT_SWAPPED);
  rcp_board_grid_add_pointer (self);
}

/**
 * rcp_board_grid_new:
 * @model: what to show
 *
 * Returns: (transfer floating): a board for a GtkScrolledWindow
 */
RcpBoardGrid *
rcp_board_grid_new (RcpBoardModel *model)
{
  RcpBoardGrid *self;

  g_return_val_if_fail (RCP_IS_BOARD_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_BOARD_GRID, NULL);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "columns-changed", G_CALLBACK (on_columns_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "contents-changed", G_CALLBACK (on_contents_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "cursor-moved", G_CALLBACK (on_cursor_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "date-changed", G_CALLBACK (rcp_board_grid_reveal_date), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "now-changed", G_CALLBACK (on_now_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "state-changed", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  rcp_board_grid_rebuild_heads (self);
  return self;
}

/**
 * rcp_board_grid_grab_cursor:
 * @self: a board
 *
 * Scrolls to the cursor and gives it the keyboard.
 */
void
rcp_board_grid_grab_cursor (RcpBoardGrid *self)
{
  RcpBoardStop stop;
  guint column;
  GtkWidget *target;

  g_return_if_fail (RCP_IS_BOARD_GRID (self));

  if (rcp_board_grid_grab_place (self))
    return;
  self->wants_cursor = !rcp_board_model_get_cursor (self->model, &column, &stop);
  self->wants_behind = self->wants_cursor && is_dialog_over (self);
  if (self->wants_cursor)
    return;
  rcp_board_grid_reveal (self, column, &stop);
  rcp_board_grid_sync_chips (self);
  target = stop.visit ? rcp_board_grid_find_chip (self, stop.visit) : GTK_WIDGET (self->free_time);
  if (target)
    gtk_widget_grab_focus (target);
}

/* Who has gone on to something else keeps the keyboard, also when what the cursor waits for comes. */
void
rcp_board_grid_let_cursor_go (RcpBoardGrid *self)
{
  self->wants_cursor = FALSE;
}

guint
rcp_board_grid_get_n_chips (RcpBoardGrid *self)
{
  return self->n_chips;
}

void
rcp_board_grid_emit_visit_action (RcpBoardGrid *self, RcpVisit *visit, const char *name)
{
  g_signal_emit (self, signals[VISIT_ACTION], 0, visit, name);
}

void
rcp_board_grid_emit_head_activated (RcpBoardGrid *self, guint column)
{
  g_signal_emit (self, signals[HEAD_ACTIVATED], 0, column);
}

void
rcp_board_grid_emit_time_activated (RcpBoardGrid *self, guint column, int minute)
{
  g_signal_emit (self, signals[TIME_ACTIVATED], 0, column, minute);
}
