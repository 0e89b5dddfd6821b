/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RcpBoardGeometry:
 * @width: of the widget, in pixels
 * @height: of the widget
 * @gutter: width of the time scale
 * @head: height of the column heads
 * @min_column: a column is never narrower
 * @scale: pixels per minute
 * @n_columns: how many providers
 * @first: minute of the day at the top
 * @last: minute of the day at the bottom
 * @scroll_x: how far the columns are scrolled, from the reading side
 * @scroll_y: how far the time is scrolled
 * @rtl: whether columns run from right to left
 *
 * Where things are on the board; a plain value, without GTK.
 */
typedef struct
{
  int width;
  int height;
  int gutter;
  int head;
  double min_column;
  double scale;
  guint n_columns;
  int first;
  int last;
  double scroll_x;
  double scroll_y;
  gboolean rtl;
} RcpBoardGeometry;

double rcp_board_geometry_get_column_width (const RcpBoardGeometry *self);
double rcp_board_geometry_get_content_width (const RcpBoardGeometry *self);
double rcp_board_geometry_get_content_height (const RcpBoardGeometry *self);
/* Left edge of a column in the widget. */
double rcp_board_geometry_get_x (const RcpBoardGeometry *self, guint column);
double rcp_board_geometry_get_y (const RcpBoardGeometry *self, double minute);
/* Left edge of the part in which columns are seen. */
double rcp_board_geometry_get_body_x (const RcpBoardGeometry *self);
double rcp_board_geometry_get_body_width (const RcpBoardGeometry *self);
double rcp_board_geometry_get_body_height (const RcpBoardGeometry *self);
/* Columns and minutes that can be seen: half-open. */
void rcp_board_geometry_get_visible (const RcpBoardGeometry *self, guint *first_column, guint *end_column, int *first_minute, int *end_minute);
gboolean rcp_board_geometry_hit (const RcpBoardGeometry *self, double x, double y, guint *column, int *minute);
/* The least scrolling that shows these minutes of a column whole, or their start. */
void rcp_board_geometry_reveal (const RcpBoardGeometry *self, guint column, int start, int end, double *scroll_x, double *scroll_y);

G_END_DECLS
