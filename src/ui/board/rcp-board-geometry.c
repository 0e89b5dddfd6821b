/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-geometry"

#include "config.h"

#include "rcp-board-geometry.h"

#include <math.h>

double
rcp_board_geometry_get_body_width (const RcpBoardGeometry *self)
{
  return MAX (0, self->width - self->gutter);
}

double
rcp_board_geometry_get_body_height (const RcpBoardGeometry *self)
{
  return MAX (0, self->height - self->head);
}

double
rcp_board_geometry_get_body_x (const RcpBoardGeometry *self)
{
  return self->rtl ? 0 : self->gutter;
}

/**
 * rcp_board_geometry_get_column_width:
 * @self: a geometry
 *
 * Returns: the width of every column: they share the room, but none is narrower than the least
 */
double
rcp_board_geometry_get_column_width (const RcpBoardGeometry *self)
{
  if (self->n_columns == 0)
    return 0;
  return MAX (self->min_column, rcp_board_geometry_get_body_width (self) / self->n_columns);
}

double
rcp_board_geometry_get_content_width (const RcpBoardGeometry *self)
{
  return rcp_board_geometry_get_column_width (self) * self->n_columns;
}

double
rcp_board_geometry_get_content_height (const RcpBoardGeometry *self)
{
  return (self->last - self->first) * self->scale;
}

double
rcp_board_geometry_get_x (const RcpBoardGeometry *self, guint column)
{
  double width = rcp_board_geometry_get_column_width (self);
  double along = column * width - self->scroll_x;

  if (self->rtl)
    return rcp_board_geometry_get_body_width (self) - along - width;
  return self->gutter + along;
}

double
rcp_board_geometry_get_y (const RcpBoardGeometry *self, double minute)
{
  return self->head + (minute - self->first) * self->scale - self->scroll_y;
}

void
rcp_board_geometry_get_visible (const RcpBoardGeometry *self, guint *first_column, guint *end_column, int *first_minute, int *end_minute)
{
  double width = rcp_board_geometry_get_column_width (self);

  *first_column = *end_column = 0;
  *first_minute = *end_minute = self->first;
  if (width <= 0 || self->scale <= 0)
    return;
  *first_column = MIN (self->n_columns, (guint) MAX (0, floor (self->scroll_x / width)));
  *end_column = MIN (self->n_columns, (guint) ceil ((self->scroll_x + rcp_board_geometry_get_body_width (self)) / width));
  *first_minute = self->first + (int) floor (self->scroll_y / self->scale);
  *end_minute = self->first + (int) ceil ((self->scroll_y + rcp_board_geometry_get_body_height (self)) / self->scale);
}

/**
 * rcp_board_geometry_hit:
 * @self: a geometry
 * @x: in the widget
 * @y: in the widget
 * @column: (out): the column under the point
 * @minute: (out): the minute of the day under it
 *
 * Returns: whether the point is on the columns at all
 */
gboolean
rcp_board_geometry_hit (const RcpBoardGeometry *self, double x, double y, guint *column, int *minute)
{
  double width = rcp_board_geometry_get_column_width (self);
  double body = rcp_board_geometry_get_body_x (self);
  double along;

  if (width <= 0 || y < self->head || y >= self->height || x < body || x >= body + rcp_board_geometry_get_body_width (self))
    return FALSE;
  along = self->rtl ? rcp_board_geometry_get_body_width (self) - x : x - self->gutter;
  along = (along + self->scroll_x) / width;
  if (along < 0 || along >= self->n_columns)
    return FALSE;
  *column = (guint) along;
  *minute = self->first + (int) floor ((y - self->head + self->scroll_y) / self->scale);
  return *minute >= self->first && *minute < self->last;
}

static double
reveal (double scroll, double page, double start, double end)
{
  if (start < scroll || end - start > page)
    return start;
  if (end > scroll + page)
    return end - page;
  return scroll;
}

void
rcp_board_geometry_reveal (const RcpBoardGeometry *self, guint column, int start, int end, double *scroll_x, double *scroll_y)
{
  double width = rcp_board_geometry_get_column_width (self);

  *scroll_x = reveal (self->scroll_x, rcp_board_geometry_get_body_width (self), column * width, (column + 1) * width);
  *scroll_y = reveal (self->scroll_y, rcp_board_geometry_get_body_height (self),
                      (start - self->first) * self->scale, (end - self->first) * self->scale);
}
