/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How large the board is, and which part of it is seen. */

#define G_LOG_DOMAIN "rcp-board-grid-scroll"

#include "config.h"

#include <math.h>

#include "rcp-board-grid-private.h"
#include "ui/rcp-ui-compat.h"

/* Half an hour has room for three lines of text and their padding. */
#define LINES_PER_HALF_HOUR 3.4

/* What a column needs; less in a week, and the least where each is a day. */
#define COLUMN_CHARACTERS 21
#define WEEK_COLUMN_CHARACTERS 15
#define DAY_COLUMN_CHARACTERS 12

static int
count_characters (RcpBoardGrid *self)
{
  if (!self->model || rcp_board_model_get_period (self->model) == RCP_BOARD_DAY)
    return COLUMN_CHARACTERS;
  return rcp_board_model_get_n_owners (self->model) == 1 ? DAY_COLUMN_CHARACTERS : WEEK_COLUMN_CHARACTERS;
}

/* Text decides how large everything is, so that the board grows with the text scale of the desktop. */
void
rcp_board_grid_update_metrics (RcpBoardGrid *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int digit = pango_font_metrics_get_approximate_digit_width (metrics);
  int character = pango_font_metrics_get_approximate_char_width (metrics);

  self->line_height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  self->geometry.gutter = PANGO_PIXELS_CEIL (digit * 7) + 8;
  self->geometry.min_column = PANGO_PIXELS_CEIL (character * count_characters (self)) + 16;
  self->geometry.scale = self->zoom * self->line_height * LINES_PER_HALF_HOUR / 30;
  pango_font_metrics_unref (metrics);
}

void
rcp_board_grid_read_scroll (RcpBoardGrid *self)
{
  GtkAdjustment *h = self->adjustments[GTK_ORIENTATION_HORIZONTAL], *v = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double value = h ? gtk_adjustment_get_value (h) : 0;

  self->geometry.scroll_y = v ? floor (gtk_adjustment_get_value (v)) : 0;
  if (self->geometry.rtl && h)
    value = gtk_adjustment_get_upper (h) - gtk_adjustment_get_page_size (h) - value;
  self->geometry.scroll_x = floor (MAX (0, value));
}

static gboolean
on_update_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RCP_BOARD_GRID (widget)->place_id = 0;
  gtk_widget_queue_allocate (widget);
  return G_SOURCE_REMOVE;
}

/* Places the chips anew after scrolling, with the next update of the frame clock: scrolling happens inside of an allocation
 * too. Whatever changes the size of the contents asks for a resize instead: the scroll bars then change within an
 * allocation that comes from the window; in one of the board alone, GTK 4.8 forgets that they need theirs, and paints the
 * next frame without the board. */
static void
queue_place (RcpBoardGrid *self)
{
  if (self->place_id == 0)
    self->place_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_update_cb, NULL, NULL);
}

static void
on_scrolled_cb (RcpBoardGrid *self)
{
  rcp_board_grid_read_scroll (self);
  queue_place (self);
}

static void
configure_adjustment (RcpBoardGrid *self, GtkOrientation orientation, double content, double page)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double upper = MAX (content, page), value;
  gboolean from_end = orientation == GTK_ORIENTATION_HORIZONTAL && self->geometry.rtl;

  if (!adjustment)
    return;
  value = from_end ? upper - page - self->geometry.scroll_x : gtk_adjustment_get_value (adjustment);
  g_signal_handlers_block_by_func (adjustment, on_scrolled_cb, self);
  gtk_adjustment_configure (adjustment, CLAMP (value, 0, upper - page), 0, upper, self->line_height * 3, page * 0.9, page);
  g_signal_handlers_unblock_by_func (adjustment, on_scrolled_cb, self);
}

void
rcp_board_grid_configure_adjustments (RcpBoardGrid *self)
{
  const RcpBoardGeometry *geometry = &self->geometry;

  configure_adjustment (self, GTK_ORIENTATION_HORIZONTAL, rcp_board_geometry_get_content_width (geometry),
                        rcp_board_geometry_get_body_width (geometry));
  configure_adjustment (self, GTK_ORIENTATION_VERTICAL, rcp_board_geometry_get_content_height (geometry) + self->line_height,
                        rcp_board_geometry_get_body_height (geometry));
}

static guint
find_column_of_date (RcpBoardGrid *self)
{
  const GDate *date = rcp_board_model_get_date (self->model);
  guint n_columns = rcp_board_model_get_n_columns (self->model);

  for (guint i = 0; i < n_columns; i++)
    if (g_date_compare (rcp_board_model_get_column_date (self->model, i), date) == 0)
      return i;
  return n_columns;
}

/* The day that is looked at begins where one looks, unless the keyboard is on it: that is followed, and the hand on the pointer is not. */
static void
reveal_date (RcpBoardGrid *self)
{
  GtkAdjustment *h = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  guint column = find_column_of_date (self), cursor;
  RcpBoardStop stop;
  double x;

  if (!h || column >= rcp_board_model_get_n_columns (self->model) || rcp_board_model_get_n_days (self->model) == 1)
    return;
  if (!self->wants_start && rcp_board_model_get_cursor (self->model, &cursor, &stop)
      && g_date_compare (rcp_board_model_get_column_date (self->model, cursor), rcp_board_model_get_date (self->model)) == 0)
    return;
  x = column * rcp_board_geometry_get_column_width (&self->geometry);
  if (self->geometry.rtl)
    x = gtk_adjustment_get_upper (h) - gtk_adjustment_get_page_size (h) - x;
  gtk_adjustment_set_value (h, x);
}

/* A day is looked at first where it is now, or where it begins. */
void
rcp_board_grid_choose_first_place (RcpBoardGrid *self)
{
  int now = rcp_board_model_get_now (self->model);

  if (rcp_board_model_get_n_columns (self->model) == 0)
    return;
  if (self->wants_date)
    reveal_date (self);
  self->wants_date = self->wants_start = FALSE;
  if (!self->scrolled && now >= 0)
    rcp_board_grid_scroll_to (self, now - 60);
  self->scrolled = TRUE;
}

void
rcp_board_grid_reveal_date (RcpBoardGrid *self)
{
  self->wants_date = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
rcp_board_grid_reveal (RcpBoardGrid *self, guint column, const RcpBoardStop *stop)
{
  double x, y;
  GtkAdjustment *h = self->adjustments[GTK_ORIENTATION_HORIZONTAL], *v = self->adjustments[GTK_ORIENTATION_VERTICAL];

  rcp_board_geometry_reveal (&self->geometry, column, stop->span.start, stop->span.end, &x, &y);
  if (h && self->geometry.rtl)
    x = gtk_adjustment_get_upper (h) - gtk_adjustment_get_page_size (h) - x;
  if (h)
    gtk_adjustment_set_value (h, x);
  if (v)
    gtk_adjustment_set_value (v, y);
}

void
rcp_board_grid_set_adjustment (RcpBoardGrid *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  if (self->adjustments[orientation])
    g_signal_handlers_disconnect_by_func (self->adjustments[orientation], on_scrolled_cb, self);
  g_set_object (&self->adjustments[orientation], adjustment);
  if (adjustment)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static gboolean
rcp_board_grid_get_border (GtkScrollable *scrollable, GtkBorder *border)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (scrollable);

  border->top = (gint16) self->geometry.head;
  border->left = self->geometry.rtl ? 0 : (gint16) self->geometry.gutter;
  border->right = self->geometry.rtl ? (gint16) self->geometry.gutter : 0;
  border->bottom = 0;
  return TRUE;
}

void
rcp_board_grid_scrollable_init (GtkScrollableInterface *iface)
{
  iface->get_border = rcp_board_grid_get_border;
}

void
rcp_board_grid_set_zoom (RcpBoardGrid *self, double zoom)
{
  GtkAdjustment *v = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double middle;

  g_return_if_fail (RCP_IS_BOARD_GRID (self));

  middle = self->geometry.first + (self->geometry.scroll_y + rcp_board_geometry_get_body_height (&self->geometry) / 2) / self->geometry.scale;
  self->zoom = CLAMP (zoom, 0.5, 3.0);
  rcp_board_grid_update_metrics (self);
  if (v)
    gtk_adjustment_set_value (v, (middle - self->geometry.first) * self->geometry.scale - rcp_board_geometry_get_body_height (&self->geometry) / 2);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

double
rcp_board_grid_get_zoom (RcpBoardGrid *self)
{
  g_return_val_if_fail (RCP_IS_BOARD_GRID (self), 1.0);

  return self->zoom;
}

/**
 * rcp_board_grid_scroll_to:
 * @self: a board
 * @minute: of the shown day, to be at the top
 */
void
rcp_board_grid_scroll_to (RcpBoardGrid *self, int minute)
{
  g_return_if_fail (RCP_IS_BOARD_GRID (self));

  if (self->adjustments[GTK_ORIENTATION_VERTICAL])
    gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_VERTICAL], (minute - self->geometry.first) * self->geometry.scale);
}

/**
 * rcp_board_grid_keep_in_sight:
 * @self: a board
 * @before: where everything was
 *
 * A panel that opens beside the board must not cover the visit that it tells of.
 */
void
rcp_board_grid_keep_in_sight (RcpBoardGrid *self, const RcpBoardGeometry *before)
{
  int first_minute, end_minute;
  guint column, first, end;
  RcpBoardStop stop;

  if (self->geometry.width >= before->width || !rcp_compat_has_focus_within (GTK_WIDGET (self))
      || !rcp_board_model_get_cursor (self->model, &column, &stop))
    return;
  rcp_board_geometry_get_visible (before, &first, &end, &first_minute, &end_minute);
  if (first <= column && column < end && stop.span.start < end_minute && stop.span.end > first_minute)
    rcp_board_grid_reveal (self, column, &stop);
}
