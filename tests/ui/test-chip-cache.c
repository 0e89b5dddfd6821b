/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What chips share: rcp-chip-cache.c, drawn by rcp-visit-chip-paint.c. */

#define G_LOG_DOMAIN "test-chip-cache"

#include "config.h"

#include <adwaita.h>

#include "ui-picture.h"
#include "ui/board/rcp-chip-cache.h"

#define WIDTH 40
#define HEIGHT 20

static const GdkRGBA white = { 1, 1, 1, 1 };
static const GdkRGBA red = { 1, 0, 0, 1 };

typedef struct
{
  GtkWidget *window;
  RcpChipCache *cache;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->cache = rcp_chip_cache_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->cache);
}

/* What a snapshot comes to, on WIDTH x HEIGHT pixels of nothing. */
static cairo_surface_t *
render (GtkSnapshot *snapshot)
{
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cairo = cairo_create (surface);

  g_assert_nonnull (node);
  gsk_render_node_draw (node, cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (gconstpointer) row)[x];
}

static cairo_surface_t *
render_shape (Fixture *fixture, const RcpChipShape *shape)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  rcp_chip_cache_draw_shape (fixture->cache, fixture->window, snapshot, shape, 0, 0);
  return render (snapshot);
}

static void
assert_shape (Fixture *fixture)
{
  RcpChipShape shape = { WIDTH, HEIGHT, 1, 6, 4, 0, FALSE, white, red };
  cairo_surface_t *surface = render_shape (fixture, &shape);

  g_assert_cmphex (get_pixel (surface, 0, 0), ==, 0);
  g_assert_cmphex (get_pixel (surface, 1, 10), ==, 0xffff0000);
  g_assert_cmphex (get_pixel (surface, 5, 10), ==, 0xffffffff);
  g_assert_cmphex (get_pixel (surface, WIDTH - 1, 10), ==, 0xffffffff);
  cairo_surface_destroy (surface);

  shape.rtl = TRUE;
  shape.frame = 1;
  surface = render_shape (fixture, &shape);
  g_assert_cmphex (get_pixel (surface, 0, 10), ==, 0xffff0000);
  g_assert_cmphex (get_pixel (surface, 2, 10), ==, 0xffffffff);
  g_assert_cmphex (get_pixel (surface, WIDTH - 2, 10), ==, 0xffff0000);
  cairo_surface_destroy (surface);
}

static void
test_shapes (Fixture *fixture, gconstpointer data)
{
  assert_shape (fixture);
  assert_shape (fixture);
  g_assert_cmpuint (rcp_chip_cache_get_n_shapes (fixture->cache), ==, 2);
  rcp_chip_cache_drop (fixture->cache);
  g_assert_cmpuint (rcp_chip_cache_get_n_shapes (fixture->cache), ==, 0);
}

/* The software renderer draws from another kind of picture than others do: both look the same. */
static void
test_shapes_on_a_screen (Fixture *fixture, gconstpointer data)
{
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_true (GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (GTK_NATIVE (fixture->window))));
  assert_shape (fixture);
}

static void
test_shapes_stay_few (Fixture *fixture, gconstpointer data)
{
  for (int width = 10; width < 1000; width++)
    {
      RcpChipShape shape = { width, 10, 1, 3, 0, 0, FALSE, white, red };
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      g_autoptr (GskRenderNode) node = NULL;

      rcp_chip_cache_draw_shape (fixture->cache, fixture->window, snapshot, &shape, 0, 0);
      node = gtk_snapshot_free_to_node (snapshot);
    }
  g_assert_cmpuint (rcp_chip_cache_get_n_shapes (fixture->cache), >, 0);
  g_assert_cmpuint (rcp_chip_cache_get_n_shapes (fixture->cache), <=, 256);
}

static guint
count_pixels (cairo_surface_t *surface, guint32 mask)
{
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      n += (get_pixel (surface, x, y) & mask) != 0;
  return n;
}

static void
test_icons (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      cairo_surface_t *surface;

      rcp_chip_cache_draw_icon (fixture->cache, fixture->window, snapshot, "rcp-status-booked-symbolic", &red, &(GdkRectangle) { 4, 2, 16, 16 });
      surface = render (snapshot);
      g_assert_cmpuint (count_pixels (surface, 0xff0000), >, 20);
      g_assert_cmpuint (count_pixels (surface, 0x00ffff), ==, 0);
      cairo_surface_destroy (surface);
    }
}

/* An icon that was read ahead looks as one that was not; what was read ahead serves while its size is the one that is drawn. */
static void
test_expected_icons (Fixture *fixture, gconstpointer data)
{
  const char *names[] = { "rcp-status-booked-symbolic", "rcp-status-arrived-symbolic" };
  cairo_surface_t *surfaces[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RcpChipCache) cache = rcp_chip_cache_new ();
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      if (i == 1)
        rcp_chip_cache_expect_icons (cache, fixture->window, names, G_N_ELEMENTS (names), 16);
      g_assert_cmpuint (rcp_chip_cache_get_n_expected (cache), ==, i == 1 ? 2 : 0);
      rcp_chip_cache_expect_icons (cache, fixture->window, names, 1, 16);
      g_assert_cmpuint (rcp_chip_cache_get_n_expected (cache), ==, i == 1 ? 2 : 1);
      rcp_chip_cache_draw_icon (cache, fixture->window, snapshot, names[1], &red, &(GdkRectangle) { 4, 2, 16, 16 });
      surfaces[i] = render (snapshot);
      rcp_chip_cache_expect_icons (cache, fixture->window, names, 1, 24);
      g_assert_cmpuint (rcp_chip_cache_get_n_expected (cache), ==, 1);
    }
  g_assert_cmpuint (count_pixels (surfaces[0], 0xff0000), >, 20);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      g_assert_cmphex (get_pixel (surfaces[0], x, y), ==, get_pixel (surfaces[1], x, y));
  cairo_surface_destroy (surfaces[0]);
  cairo_surface_destroy (surfaces[1]);
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  PangoLayout *line = rcp_chip_cache_get_line (fixture->cache, fixture->window, RCP_CHIP_TYPE, "Annual check of everything", 60);
  int width, height;

  pango_layout_get_pixel_size (line, &width, &height);
  g_assert_cmpint (width, <=, 60);
  g_assert_true (pango_layout_is_ellipsized (line));
  g_assert_true (rcp_chip_cache_get_line (fixture->cache, fixture->window, RCP_CHIP_TYPE, "Annual check of everything", 60) == line);
  g_assert_cmpuint (rcp_chip_cache_get_n_lines (fixture->cache), ==, 1);
  line = rcp_chip_cache_get_line (fixture->cache, fixture->window, RCP_CHIP_NAME, "Annual check of everything", -1);
  g_assert_false (pango_layout_is_ellipsized (line));
  g_assert_cmpuint (rcp_chip_cache_get_n_lines (fixture->cache), ==, 2);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      rcp_chip_cache_get_line (fixture->cache, fixture->window, RCP_CHIP_STATUS, text, 60);
    }
  g_assert_cmpuint (rcp_chip_cache_get_n_lines (fixture->cache), <=, 4096);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/chip-cache/shapes", Fixture, NULL, set_up, test_shapes, tear_down);
  g_test_add ("/ui/chip-cache/shapes-on-a-screen", Fixture, NULL, set_up, test_shapes_on_a_screen, tear_down);
  g_test_add ("/ui/chip-cache/shapes-stay-few", Fixture, NULL, set_up, test_shapes_stay_few, tear_down);
  g_test_add ("/ui/chip-cache/icons", Fixture, NULL, set_up, test_icons, tear_down);
  g_test_add ("/ui/chip-cache/expected-icons", Fixture, NULL, set_up, test_expected_icons, tear_down);
  g_test_add ("/ui/chip-cache/lines", Fixture, NULL, set_up, test_lines, tear_down);
  return g_test_run ();
}
