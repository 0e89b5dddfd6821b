/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-grid-heads"

#include "config.h"

#include <math.h>

#include "rcp-board-grid-private.h"
#include "rcp-board-head.h"
#include "rcp-day-head.h"

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
drop_widgets (GPtrArray *widgets)
{
  for (guint i = 0; i < widgets->len; i++)
    if (g_ptr_array_index (widgets, i))
      gtk_widget_unparent (g_ptr_array_index (widgets, i));
  g_ptr_array_set_size (widgets, 0);
}

/* (transfer container): the widgets that stood there, to serve again. */
static GPtrArray *
take_widgets (GPtrArray *widgets)
{
  GPtrArray *kept = g_ptr_array_sized_new (widgets->len);

  for (guint i = 0; i < widgets->len; i++)
    if (g_ptr_array_index (widgets, i))
      g_ptr_array_add (kept, g_ptr_array_index (widgets, i));
  g_ptr_array_set_size (widgets, 0);
  return kept;
}

/* (nullable): the next of them. Where heads of another kind are wanted, as in another view, none of them serves. */
static gpointer
take_next (GPtrArray *kept, GType type)
{
  if (kept->len > 0 && !g_type_is_a (G_OBJECT_TYPE (g_ptr_array_index (kept, 0)), type))
    drop_widgets (kept);
  return kept->len > 0 ? g_ptr_array_steal_index (kept, 0) : NULL;
}

static GtkWidget *
make_site (RcpPlace *place, GPtrArray *kept)
{
  const char *text = place ? rcp_place_get_name (place) : "";
  GtkWidget *site = take_next (kept, GTK_TYPE_LABEL);

  if (!site)
    return make_label (text, "board-site");
  gtk_label_set_label (GTK_LABEL (site), text);
  return site;
}

static GtkWidget *
make_day (const GDate *date, gboolean is_narrow, GPtrArray *kept)
{
  GtkWidget *head = take_next (kept, RCP_TYPE_DAY_HEAD);

  if (!head)
    return rcp_day_head_new (date, is_narrow);
  rcp_day_head_set_date (RCP_DAY_HEAD (head), date);
  return head;
}

/* Whether each column is a day, of a single provider or room. */
static gboolean
has_day_columns (RcpBoardGrid *self)
{
  return rcp_board_model_get_period (self->model) == RCP_BOARD_WEEK && rcp_board_model_get_n_owners (self->model) == 1;
}

static GtkWidget *
make_head (RcpBoardGrid *self, guint column, GPtrArray *kept)
{
  RcpProvider *provider = rcp_board_model_get_provider (self->model, column);
  const char *name, *short_name, *detail;
  GtkWidget *head;

  if (has_day_columns (self))
    return make_day (rcp_board_model_get_column_date (self->model, column), TRUE, kept);
  name = rcp_board_model_get_column_name (self->model, column);
  short_name = provider ? rcp_provider_get_short_name (provider) : NULL;
  detail = rcp_board_model_get_period (self->model) == RCP_BOARD_DAY ? rcp_board_model_get_column_detail (self->model, column) : NULL;
  head = take_next (kept, RCP_TYPE_BOARD_HEAD);
  if (!head)
    return rcp_board_head_new (name, short_name, detail);
  rcp_board_head_set_text (RCP_BOARD_HEAD (head), name, short_name, detail);
  return head;
}

static gboolean
is_new_day (RcpBoardGrid *self, guint column)
{
  return column == 0
         || g_date_compare (rcp_board_model_get_column_date (self->model, column), rcp_board_model_get_column_date (self->model, column - 1)) != 0;
}

static gboolean
is_new_place (RcpBoardGrid *self, guint column)
{
  return column == 0
         || rcp_board_model_get_column_place (self->model, column) != rcp_board_model_get_column_place (self->model, column - 1);
}

/* What stands above the heads from this one on; NULL: what stands above those before. */
static GtkWidget *
make_heading (RcpBoardGrid *self, guint column, GPtrArray *kept)
{
  if (rcp_board_model_get_period (self->model) == RCP_BOARD_DAY)
    return is_new_place (self, column) ? make_site (rcp_board_model_get_column_place (self->model, column), kept) : NULL;
  if (has_day_columns (self) || !is_new_day (self, column))
    return NULL;
  return make_day (rcp_board_model_get_column_date (self->model, column), FALSE, kept);
}

/* The order among the children is that of a screen reader. */
static GtkWidget *
put_after (RcpBoardGrid *self, GtkWidget *widget, GtkWidget *before)
{
  if (before && gtk_widget_get_prev_sibling (widget) != before)
    gtk_widget_insert_after (widget, GTK_WIDGET (self), before);
  else if (!gtk_widget_get_parent (widget))
    gtk_widget_set_parent (widget, GTK_WIDGET (self));
  return widget;
}

/**
 * rcp_board_grid_rebuild_heads:
 * @self: a board
 *
 * Gives the model's columns their heads. A place, or in a week a day, is named where its first column stands. The heads of
 * before serve again, as far as they go: to style a new one takes longer than all else that a week needs.
 */
void
rcp_board_grid_rebuild_heads (RcpBoardGrid *self)
{
  guint n_columns = self->model ? rcp_board_model_get_n_columns (self->model) : 0;
  g_autoptr (GPtrArray) heads = take_widgets (self->heads);
  g_autoptr (GPtrArray) sites = take_widgets (self->sites);
  GtkWidget *before = NULL;

  for (guint i = 0; i < n_columns; i++)
    {
      GtkWidget *head = make_head (self, i, heads);
      GtkWidget *site = make_heading (self, i, sites);

      before = put_after (self, head, before);
      g_ptr_array_add (self->heads, head);
      if (site)
        before = put_after (self, site, before);
      g_ptr_array_add (self->sites, site);
    }
  drop_widgets (heads);
  drop_widgets (sites);
  self->geometry.n_columns = n_columns;
  if (n_columns > 0)
    rcp_board_grid_update_days (self);
}

void
rcp_board_grid_update_days (RcpBoardGrid *self)
{
  for (guint i = 0; i < self->heads->len && i < rcp_board_model_get_n_columns (self->model); i++)
    {
      GtkWidget *head = has_day_columns (self) ? g_ptr_array_index (self->heads, i) : g_ptr_array_index (self->sites, i);
      gboolean is_known, is_closed;
      guint n_visits;

      if (!RCP_IS_DAY_HEAD (head))
        continue;
      n_visits = rcp_board_model_count_day (self->model, i, &is_closed);
      is_known = n_visits > 0 || rcp_board_model_get_state (self->model) == RCP_BOARD_READY;
      rcp_day_head_set_contents (RCP_DAY_HEAD (head), n_visits, is_known, is_closed, rcp_board_model_is_column_today (self->model, i));
    }
}

/**
 * rcp_board_grid_measure_heads:
 * @self: a board
 *
 * Returns: how high the heads are
 */
int
rcp_board_grid_measure_heads (RcpBoardGrid *self)
{
  int height = 0;

  self->site_height = 0;
  if (self->heads->len == 0)
    return 0;
  for (guint i = 0; i < rcp_board_model_get_n_owners (self->model) && i < self->heads->len; i++)
    {
      int own;

      gtk_widget_measure (g_ptr_array_index (self->heads, i), GTK_ORIENTATION_VERTICAL, -1, NULL, &own, NULL, NULL);
      height = MAX (height, own);
    }
  if (g_ptr_array_index (self->sites, 0))
    gtk_widget_measure (g_ptr_array_index (self->sites, 0), GTK_ORIENTATION_VERTICAL, -1, NULL, &self->site_height, NULL, NULL);
  return height + self->site_height;
}

static void
allocate_at (GtkWidget *widget, double x, double y, double width, double height)
{
  GskTransform *transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, (float) y));

  gtk_widget_allocate (widget, (int) width, (int) height, -1, transform);
}

static guint
find_run_end (RcpBoardGrid *self, guint column)
{
  guint end = column + 1;

  while (end < self->sites->len && !g_ptr_array_index (self->sites, end))
    end++;
  return end;
}

/* The name of a place stays in sight as long as any of its columns is. */
static void
allocate_site (RcpBoardGrid *self, guint column)
{
  GtkWidget *site = g_ptr_array_index (self->sites, column);
  const RcpBoardGeometry *geometry = &self->geometry;
  double column_width = rcp_board_geometry_get_column_width (geometry);
  double body = rcp_board_geometry_get_body_x (geometry);
  double body_end = body + rcp_board_geometry_get_body_width (geometry);
  guint last = find_run_end (self, column) - 1;
  double start = rcp_board_geometry_get_x (geometry, geometry->rtl ? last : column);
  double end = rcp_board_geometry_get_x (geometry, geometry->rtl ? column : last) + column_width;
  int minimum;

  start = MAX (start, body);
  end = MIN (end, body_end);
  gtk_widget_measure (site, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_set_child_visible (site, end - start >= minimum);
  if (end - start >= minimum)
    allocate_at (site, start, 0, end - start, self->site_height);
}

void
rcp_board_grid_allocate_heads (RcpBoardGrid *self)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  double column_width = rcp_board_geometry_get_column_width (geometry);
  double body_x = rcp_board_geometry_get_body_x (geometry);
  guint first, end;
  int first_minute, end_minute;

  rcp_board_geometry_get_visible (geometry, &first, &end, &first_minute, &end_minute);
  for (guint i = 0; i < self->heads->len; i++)
    {
      GtkWidget *head = g_ptr_array_index (self->heads, i);

      gtk_widget_set_child_visible (head, i >= first && i < end);
      if (i >= first && i < end)
        {
          int minimum;

          gtk_widget_measure (head, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
          allocate_at (head, floor (rcp_board_geometry_get_x (geometry, i)), self->site_height,
                       MAX (column_width, minimum), geometry->head - self->site_height);
        }
      if (g_ptr_array_index (self->sites, i))
        allocate_site (self, i);
    }
  allocate_at (self->head_back, body_x, 0, rcp_board_geometry_get_body_width (geometry), geometry->head);
  allocate_at (self->gutter_back, geometry->rtl ? geometry->width - geometry->gutter : 0, 0, geometry->gutter, geometry->height);
}
