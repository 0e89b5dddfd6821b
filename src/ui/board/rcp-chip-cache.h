/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpChipLine:
 * @RCP_CHIP_NAME: of the patient
 * @RCP_CHIP_NAME_DONE: of one whose visit is over
 * @RCP_CHIP_TYPE: of the visit
 * @RCP_CHIP_STATUS: of the visit
 * @RCP_CHIP_PILL: what is written on a pill
 *
 * Lines of text that differ in weight and size.
 */
typedef enum
{
  RCP_CHIP_NAME,
  RCP_CHIP_NAME_DONE,
  RCP_CHIP_TYPE,
  RCP_CHIP_STATUS,
  RCP_CHIP_PILL,
  RCP_CHIP_N_LINES
} RcpChipLine;

/**
 * RcpChipShape:
 * @width: in pixels of the widget
 * @height: in pixels of the widget
 * @scale: pixels of the screen for each
 * @radius: of the corners
 * @strip: width of the coloured strip at the reading side; 0 for none
 * @frame: width of the line around; 0 for none
 * @rtl: whether the reading side is the right one
 * @paper: what it is filled with, opaque
 * @accent: colour of strip and frame
 *
 * What lies behind the text of a chip.
 */
typedef struct
{
  int width;
  int height;
  int scale;
  int radius;
  int strip;
  int frame;
  gboolean rtl;
  GdkRGBA paper;
  GdkRGBA accent;
} RcpChipShape;

/**
 * RcpChipCache:
 *
 * What chips look alike in, made once: a board of 40 columns has a thousand chips, but few sizes, statuses and types. To
 * draw rounded corners anew for each in each frame costs a software renderer more than all the rest.
 */
#define RCP_TYPE_CHIP_CACHE (rcp_chip_cache_get_type ())
G_DECLARE_FINAL_TYPE (RcpChipCache, rcp_chip_cache, RCP, CHIP_CACHE, GObject)

RcpChipCache *rcp_chip_cache_new (void);
/* Forgets everything: text, style or direction are others now. */
void rcp_chip_cache_drop (RcpChipCache *self);
/* What chips stand on. */
void rcp_chip_cache_set_paper (RcpChipCache *self, const GdkRGBA *paper, gboolean is_high_contrast);
const GdkRGBA *rcp_chip_cache_get_paper (RcpChipCache *self);
gboolean rcp_chip_cache_is_high_contrast (RcpChipCache *self);
/* Text in the font of @widget, cut at @width pixels; -1 for its own width. Borrowed, until the next call. */
PangoLayout *rcp_chip_cache_get_line (RcpChipCache *self, GtkWidget *widget, RcpChipLine line, const char *text, int width);
void rcp_chip_cache_draw_shape (RcpChipCache *self, GtkWidget *widget, GtkSnapshot *snapshot, const RcpChipShape *shape, int x, int y);
void rcp_chip_cache_expect_icons (RcpChipCache *self, GtkWidget *widget, const char *const *names, guint n_names, int size);
void rcp_chip_cache_draw_icon (RcpChipCache *self, GtkWidget *widget, GtkSnapshot *snapshot, const char *name, const GdkRGBA *color,
                               const GdkRectangle *area);
guint rcp_chip_cache_get_n_expected (RcpChipCache *self);
guint rcp_chip_cache_get_n_shapes (RcpChipCache *self);
guint rcp_chip_cache_get_n_lines (RcpChipCache *self);

G_END_DECLS
