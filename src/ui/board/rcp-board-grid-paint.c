/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-grid-paint"

#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "rcp-board-grid-private.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-ui-compat.h"

static const GdkRGBA now_color = { 0.88f, 0.11f, 0.14f, 1.0f };

static void
fill (GtkSnapshot *snapshot, double x, double y, double width, double height, const GdkRGBA *color)
{
  if (width > 0 && height > 0)
    gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static GdkRGBA
faded (const GdkRGBA *color, float alpha)
{
  GdkRGBA result = *color;

  result.alpha *= alpha;
  return result;
}

/* Closed is what lies between the open spans. */
static void
paint_closed (RcpBoardGrid *self, GtkSnapshot *snapshot, guint column, const GdkRGBA *color)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  double x = floor (rcp_board_geometry_get_x (geometry, column));
  double width = ceil (rcp_board_geometry_get_column_width (geometry));
  int from = geometry->first;
  guint n_spans;
  const RcpBoardSpan *spans = rcp_board_model_get_open_spans (self->model, column, &n_spans);

  for (guint i = 0; i <= n_spans; i++)
    {
      int to = i < n_spans ? spans[i].start : geometry->last;
      double y = rcp_board_geometry_get_y (geometry, from);

      fill (snapshot, x, y, width, rcp_board_geometry_get_y (geometry, to) - y, color);
      if (i < n_spans)
        from = spans[i].end;
    }
}

static void
paint_lines (RcpBoardGrid *self, GtkSnapshot *snapshot, guint first, guint end, const GdkRGBA *text)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  GdkRGBA hour = faded (text, 0.13f), half = faded (text, 0.06f), site = faded (text, 0.28f);
  double left = rcp_board_geometry_get_body_x (geometry);
  double width = rcp_board_geometry_get_body_width (geometry);
  double column_width = rcp_board_geometry_get_column_width (geometry);

  for (int minute = geometry->first; minute <= geometry->last; minute += 30)
    fill (snapshot, left, floor (rcp_board_geometry_get_y (geometry, minute)), width, 1, minute % 60 == 0 ? &hour : &half);
  for (guint column = first; column < end; column++)
    {
      double x = rcp_board_geometry_get_x (geometry, column) + (geometry->rtl ? column_width - 1 : 0);

      fill (snapshot, floor (x), geometry->head, 1, geometry->height - geometry->head,
            column > 0 && g_ptr_array_index (self->sites, column) ? &site : &hour);
    }
}

static void
paint_hover (RcpBoardGrid *self, GtkSnapshot *snapshot, const GdkRGBA *text)
{
  GdkRGBA color = faded (text, 0.08f);
  GskRoundedRect frame;
  double y, height;

  if (!self->has_hover || self->hover_column >= self->geometry.n_columns)
    return;
  y = rcp_board_geometry_get_y (&self->geometry, self->hover.start);
  height = (self->hover.end - self->hover.start) * self->geometry.scale;
  gsk_rounded_rect_init_from_rect (&frame,
                                   &GRAPHENE_RECT_INIT ((float) rcp_board_geometry_get_x (&self->geometry, self->hover_column) + RCP_BOARD_MARGIN,
                                                        (float) floor (y) + 1,
                                                        (float) rcp_board_geometry_get_column_width (&self->geometry) - 2 * RCP_BOARD_MARGIN,
                                                        (float) floor (height) - 1),
                                   6);
  gtk_snapshot_push_rounded_clip (snapshot, &frame);
  gtk_snapshot_append_color (snapshot, &color, &frame.bounds);
  gtk_snapshot_pop (snapshot);
}

static PangoLayout *
make_scale_layout (RcpBoardGrid *self, char *text, gboolean bold)
{
  g_autofree char *owned = text;
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), owned);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.86));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static void
ensure_hours (RcpBoardGrid *self)
{
  const RcpBoardGeometry *geometry = &self->geometry;

  if (self->hours->len > 0)
    return;
  for (int minute = geometry->first; minute <= geometry->last; minute += 60)
    g_ptr_array_add (self->hours, make_scale_layout (self, rcp_time_text_hour (rcp_board_model_get_scale_instant (self->model, minute),
                                                                               rcp_board_model_get_zone (self->model)), FALSE));
}

/* Centred on its line, at the far side of the time scale. */
static void
paint_scale_text (RcpBoardGrid *self, GtkSnapshot *snapshot, PangoLayout *layout, double y, const GdkRGBA *color)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  int width, height;
  double x;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = geometry->rtl ? geometry->width - geometry->gutter + 8 : geometry->gutter - width - 8;
  rcp_compat_draw_layout (GTK_WIDGET (self), snapshot, x, floor (y - height / 2.0), layout, color);
}

static void
paint_scale (RcpBoardGrid *self, GtkSnapshot *snapshot, const GdkRGBA *text)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  GdkRGBA dim = faded (text, 0.65f);
  int now = rcp_board_model_get_now (self->model);

  ensure_hours (self);
  for (guint i = 0; i < self->hours->len; i++)
    {
      int minute = geometry->first + (int) i * 60;

      /* The hour gives way where the time of now is written. */
      if (now < 0 || ABS (minute - now) * geometry->scale > self->line_height * 0.9)
        paint_scale_text (self, snapshot, g_ptr_array_index (self->hours, i), rcp_board_geometry_get_y (geometry, minute), &dim);
    }
}

/* Broad on today, and a thin line from the scale to there. */
static void
paint_now_of_week (RcpBoardGrid *self, GtkSnapshot *snapshot, double y)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  GdkRGBA thin = faded (&now_color, 0.4f);
  double width = rcp_board_geometry_get_column_width (geometry);

  fill (snapshot, rcp_board_geometry_get_body_x (geometry), y, rcp_board_geometry_get_body_width (geometry), 1, &thin);
  for (guint column = 0; column < geometry->n_columns; column++)
    if (rcp_board_model_is_column_today (self->model, column))
      fill (snapshot, floor (rcp_board_geometry_get_x (geometry, column)), y - 1, ceil (width), 2, &now_color);
}

static void
paint_now (RcpBoardGrid *self, GtkSnapshot *snapshot)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  int now = rcp_board_model_get_now (self->model);
  double y = floor (rcp_board_geometry_get_y (geometry, now));

  if (now < geometry->first || now >= geometry->last)
    return;
  if (rcp_board_model_get_period (self->model) == RCP_BOARD_DAY)
    fill (snapshot, rcp_board_geometry_get_body_x (geometry), y - 1, rcp_board_geometry_get_body_width (geometry), 2, &now_color);
  else
    paint_now_of_week (self, snapshot, y);
}

static void
paint_now_time (RcpBoardGrid *self, GtkSnapshot *snapshot)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  int now = rcp_board_model_get_now (self->model);

  if (now < geometry->first || now >= geometry->last)
    return;
  if (!self->now)
    self->now = make_scale_layout (self, rcp_time_text_clock (rcp_board_model_get_scale_instant (self->model, now),
                                                              rcp_board_model_get_zone (self->model)), TRUE);
  paint_scale_text (self, snapshot, self->now, rcp_board_geometry_get_y (geometry, now), &now_color);
}

/* The style sheet writes the colour of the board as that of its heads' ground too, which has no text: so it can be read. */
static void
tell_paper (RcpBoardGrid *self)
{
  GdkRGBA paper;

  rcp_compat_get_color (self->head_back, &paper);
  rcp_chip_cache_set_paper (self->cache, &paper,
                            adw_style_manager_get_high_contrast (adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)))));
}

static void
paint_chips (RcpBoardGrid *self, GtkSnapshot *snapshot)
{
  GHashTableIter iter;
  RcpBoardChip *entry;

  tell_paper (self);
  g_hash_table_iter_init (&iter, self->chips);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    gtk_widget_snapshot_child (GTK_WIDGET (self), GTK_WIDGET (entry->chip), snapshot);
  if (gtk_widget_get_child_visible (GTK_WIDGET (self->free_time)))
    gtk_widget_snapshot_child (GTK_WIDGET (self), GTK_WIDGET (self->free_time), snapshot);
}

static void
paint_body (RcpBoardGrid *self, GtkSnapshot *snapshot, const GdkRGBA *text)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  GdkRGBA closed = faded (text, 0.05f);
  guint first, end;
  int first_minute, end_minute;

  rcp_board_geometry_get_visible (geometry, &first, &end, &first_minute, &end_minute);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) rcp_board_geometry_get_body_x (geometry), geometry->head,
                                                         (float) rcp_board_geometry_get_body_width (geometry),
                                                         (float) rcp_board_geometry_get_body_height (geometry)));
  if (rcp_board_model_get_state (self->model) == RCP_BOARD_READY)
    for (guint column = first; column < end; column++)
      paint_closed (self, snapshot, column, &closed);
  paint_lines (self, snapshot, first, end, text);
  rcp_board_grid_paint_busy (self, snapshot, first, end, text);
  rcp_board_grid_paint_blocks (self, snapshot, first, end, text);
  paint_hover (self, snapshot, text);
  paint_chips (self, snapshot);
  rcp_board_grid_paint_hold (self, snapshot, first, end, text);
  paint_now (self, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
paint_heads (RcpBoardGrid *self, GtkSnapshot *snapshot, const GdkRGBA *text)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA line = faded (text, 0.13f);
  double column_width = rcp_board_geometry_get_column_width (geometry);

  gtk_widget_snapshot_child (widget, self->head_back, snapshot);
  for (guint i = 0; i < self->heads->len; i++)
    {
      GtkWidget *head = g_ptr_array_index (self->heads, i), *site = g_ptr_array_index (self->sites, i);
      double x = floor (rcp_board_geometry_get_x (geometry, i) + (geometry->rtl ? column_width - 1 : 0));

      if (!gtk_widget_get_child_visible (head) && !site)
        continue;
      fill (snapshot, x, site ? 0 : self->site_height, 1, site ? geometry->head : geometry->head - self->site_height, &line);
      if (gtk_widget_get_child_visible (head))
        gtk_widget_snapshot_child (widget, head, snapshot);
      if (site && gtk_widget_get_child_visible (site))
        gtk_widget_snapshot_child (widget, site, snapshot);
    }
}

void
rcp_board_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (widget);
  const RcpBoardGeometry *geometry = &self->geometry;
  double body_x = rcp_board_geometry_get_body_x (geometry);
  GdkRGBA text;

  if (!self->model || geometry->n_columns == 0)
    return;
  rcp_compat_get_color (widget, &text);
  paint_body (self, snapshot, &text);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) body_x, 0, (float) rcp_board_geometry_get_body_width (geometry), geometry->head));
  paint_heads (self, snapshot, &text);
  gtk_snapshot_pop (snapshot);

  gtk_widget_snapshot_child (widget, self->gutter_back, snapshot);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, (float) MAX (0, geometry->head - self->line_height / 2), geometry->width, geometry->height));
  paint_scale (self, snapshot, &text);
  paint_now_time (self, snapshot);
  gtk_snapshot_pop (snapshot);
}

void
rcp_board_grid_drop_layouts (RcpBoardGrid *self)
{
  g_ptr_array_set_size (self->hours, 0);
  g_clear_object (&self->now);
}
