/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-visit-chip-paint"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-visit-chip-private.h"
#include "ui/rcp-ui-compat.h"

#define RADIUS 6
#define STRIP 4
#define HIGH_CONTRAST_STRIP 8
#define GAP 6
#define PAD_TOP 3
#define PAD_SIDE 7
#define PAD_SIDE_ONE_LINE 5
#define MIN_ICON_SIZE 16

/* Where one draws: distances from the reading side. */
typedef struct
{
  GtkSnapshot *snapshot;
  RcpVisitChip *chip;
  int width;
  int height;
  gboolean rtl;
  gboolean has_one_line;
  int line_height; /* of the name */
  GdkRGBA accent;  /* the colour of the status */
  GdkRGBA strong;  /* the same, to be read */
  GdkRGBA text;
  GdkRGBA dim;
} Canvas;

static GdkRGBA
mix (const GdkRGBA *ground, const GdkRGBA *color, float share)
{
  return (GdkRGBA) {
    ground->red + (color->red - ground->red) * share,
    ground->green + (color->green - ground->green) * share,
    ground->blue + (color->blue - ground->blue) * share,
    ground->alpha + (color->alpha - ground->alpha) * share,
  };
}

static PangoLayout *
get_line (const Canvas *canvas, RcpChipLine line, const char *text, int width)
{
  return rcp_chip_cache_get_line (canvas->chip->cache, GTK_WIDGET (canvas->chip), line, text, width);
}

static void
read_colors (Canvas *canvas, gboolean high_contrast)
{
  GtkWidget *widget = GTK_WIDGET (canvas->chip);

  rcp_compat_get_color (widget, &canvas->accent);
  rcp_compat_get_color (gtk_widget_get_parent (widget), &canvas->text);
  canvas->strong = high_contrast ? canvas->text : mix (&canvas->text, &canvas->accent, 0.55f);
  canvas->dim = canvas->text;
  canvas->dim.alpha *= high_contrast ? 1.0f : 0.75f;
}

static void
measure (Canvas *canvas)
{
  int type_height;

  pango_layout_get_pixel_size (get_line (canvas, RCP_CHIP_TYPE, "0", -1), NULL, &type_height);
  pango_layout_get_pixel_size (get_line (canvas, RCP_CHIP_NAME, "0", -1), NULL, &canvas->line_height);
  canvas->has_one_line = canvas->height < PAD_TOP + canvas->line_height + type_height;
}

static int
get_x (const Canvas *canvas, int start, int width)
{
  return canvas->rtl ? canvas->width - start - width : start;
}

static void
draw_shape (const Canvas *canvas, int strip, gboolean high_contrast)
{
  GdkRGBA paper = *rcp_chip_cache_get_paper (canvas->chip->cache);
  RcpChipShape shape = { canvas->width, canvas->height, gtk_widget_get_scale_factor (GTK_WIDGET (canvas->chip)), RADIUS, strip,
                         high_contrast ? 1 : 0, canvas->rtl, high_contrast ? paper : mix (&paper, &canvas->accent, 0.16f), canvas->accent };

  rcp_chip_cache_draw_shape (canvas->chip->cache, GTK_WIDGET (canvas->chip), canvas->snapshot, &shape, 0, 0);
}

/* From the reading side, whichever way the text itself runs. */
static void
draw_line (const Canvas *canvas, PangoLayout *layout, int start, int y, const GdkRGBA *color)
{
  PangoRectangle logical;
  double x;

  pango_layout_get_pixel_extents (layout, NULL, &logical);
  x = canvas->rtl ? canvas->width - start - logical.x - logical.width : start - logical.x;
  rcp_compat_draw_layout (GTK_WIDGET (canvas->chip), canvas->snapshot, x, y, layout, color);
}

static int
get_icon_size (int line_height)
{
  return MAX (MIN_ICON_SIZE, line_height * 17 / 20);
}

/**
 * rcp_visit_chip_expect_icons:
 * @cache: what the chips of a board share
 * @board: the board, whose font is known
 *
 * Has the icons of every status read before the first visit is painted.
 */
void
rcp_visit_chip_expect_icons (RcpChipCache *cache, GtkWidget *board)
{
  const char *names[RCP_VISIT_ERROR + 1];
  int line_height;

  pango_layout_get_pixel_size (rcp_chip_cache_get_line (cache, board, RCP_CHIP_NAME, "0", -1), NULL, &line_height);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    names[i] = rcp_visit_chip_get_icon_name (i);
  rcp_chip_cache_expect_icons (cache, board, names, G_N_ELEMENTS (names), get_icon_size (line_height));
}

/* Returns the room that it took. */
static int
draw_icon (const Canvas *canvas, int end, int y)
{
  int size = get_icon_size (canvas->line_height);
  const char *name = rcp_visit_chip_get_icon_name (rcp_visit_get_status (canvas->chip->visit));

  if (canvas->width <= 3 * size)
    return 0;
  rcp_chip_cache_draw_icon (canvas->chip->cache, GTK_WIDGET (canvas->chip), canvas->snapshot, name, &canvas->strong,
                            &(GdkRectangle) { get_x (canvas, end - size, size), y + (canvas->line_height - size) / 2, size, size });
  return size + GAP;
}

static int
get_text_width (const Canvas *canvas, RcpChipLine line, const char *text)
{
  int width;

  pango_layout_get_pixel_size (get_line (canvas, line, text, -1), &width, NULL);
  return width;
}

/* Whose visit it is comes first. */
static gboolean
has_room_for_word (const Canvas *canvas, const char *word, int room)
{
  return !canvas->has_one_line
         && get_text_width (canvas, RCP_CHIP_NAME, rcp_visit_get_patient_name (canvas->chip->visit))
                    + get_text_width (canvas, RCP_CHIP_PILL, word) + 3 * GAP
                <= room;
}

/* A pill with the word, or with a mark where the word would cut the name. Returns the room that it took. */
static int
draw_pill (const Canvas *canvas, const char *word, const char *mark, const GdkRGBA *color, int start, int end, int y)
{
  static const GdkRGBA white = { 1.0f, 1.0f, 1.0f, 1.0f };
  PangoLayout *layout = get_line (canvas, RCP_CHIP_PILL, has_room_for_word (canvas, word, end - start) ? word : mark, -1);
  RcpChipShape pill = { 0, 0, gtk_widget_get_scale_factor (GTK_WIDGET (canvas->chip)), 0, 0, 0, FALSE, *color, *color };
  int text_width;

  pango_layout_get_pixel_size (layout, &text_width, &pill.height);
  /* The mark alone is round, however large the text is. */
  pill.width = MAX (text_width + 2 * GAP, pill.height);
  pill.radius = pill.height / 2;
  y += (canvas->line_height - pill.height) / 2;
  rcp_chip_cache_draw_shape (canvas->chip->cache, GTK_WIDGET (canvas->chip), canvas->snapshot, &pill,
                             get_x (canvas, end - pill.width, pill.width), y);
  draw_line (canvas, layout, end - pill.width + (pill.width - text_width) / 2, y, &white);
  return pill.width + GAP;
}

static int
draw_urgent (const Canvas *canvas, int start, int end, int y)
{
  static const GdkRGBA red = { 0.75f, 0.11f, 0.16f, 1.0f };
  RcpUrgency urgency = rcp_visit_get_urgency (canvas->chip->visit);

  if (urgency == RCP_URGENCY_ROUTINE)
    return 0;
  return draw_pill (canvas, urgency == RCP_URGENCY_EMERGENCY ? _("Emergency") : _("Urgent"), "!", &red, start, end, y);
}

/* Only while there is somebody to welcome. */
static int
draw_new_patient (const Canvas *canvas, int start, int end, int y)
{
  static const GdkRGBA green = { 0.15f, 0.42f, 0.29f, 1.0f };

  if (!canvas->chip->is_new_patient || rcp_visit_get_status (canvas->chip->visit) == RCP_VISIT_FULFILLED)
    return 0;
  /* Translators: a mark on the visit of a patient who was not here before; then its first letter, where the word has no room. */
  return draw_pill (canvas, C_ ("patient", "New"), C_ ("patient", "N"), &green, start, end, y);
}

/* That several come at once, or that other visits go with it: whoever moves it should know. */
static int
draw_company (const Canvas *canvas, int start, int end, int y)
{
  static const GdkRGBA slate = { 0.27f, 0.33f, 0.45f, 1.0f };

  if (canvas->chip->people)
    return draw_pill (canvas, canvas->chip->people, canvas->chip->people_number, &slate, start, end, y);
  if (canvas->chip->is_in_row)
    /* Translators: a mark on a visit that was booked as one with others before or after it; then a sign for it, where the words have
     * no room. */
    return draw_pill (canvas, C_ ("visit", "In a row"), C_ ("visit", "⋮"), &slate, start, end, y);
  return 0;
}

static void
draw_more_lines (const Canvas *canvas, int start, int end, int y)
{
  RcpVisit *visit = canvas->chip->visit;
  const char *status = canvas->chip->status ? canvas->chip->status : rcp_visit_status_to_label (rcp_visit_get_status (visit));
  const char *const texts[] = { rcp_visit_get_type_name (visit), status };
  static const RcpChipLine lines[] = { RCP_CHIP_TYPE, RCP_CHIP_STATUS };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      PangoLayout *layout;
      int height;

      if (texts[i][0] == '\0')
        continue;
      layout = get_line (canvas, lines[i], texts[i], end - start);
      pango_layout_get_pixel_size (layout, NULL, &height);
      if (y + height > canvas->height)
        break;
      draw_line (canvas, layout, start, y, lines[i] == RCP_CHIP_STATUS ? &canvas->strong : &canvas->dim);
      y += height;
    }
}

static void
draw_text (const Canvas *canvas, int strip)
{
  RcpVisit *visit = canvas->chip->visit;
  gboolean is_done = rcp_visit_get_status (visit) == RCP_VISIT_FULFILLED;
  int pad = canvas->has_one_line ? PAD_SIDE_ONE_LINE : PAD_SIDE;
  int start = strip + pad, end = canvas->width - pad, name_end;
  int y = canvas->has_one_line ? (canvas->height - canvas->line_height) / 2 : PAD_TOP;

  name_end = end - draw_icon (canvas, end, y);
  name_end -= draw_urgent (canvas, start, name_end, y);
  name_end -= draw_new_patient (canvas, start, name_end, y);
  name_end -= draw_company (canvas, start, name_end, y);
  if (name_end > start)
    draw_line (canvas, get_line (canvas, is_done ? RCP_CHIP_NAME_DONE : RCP_CHIP_NAME, rcp_visit_get_patient_name (visit), name_end - start),
               start, y, is_done ? &canvas->dim : &canvas->text);
  if (!canvas->has_one_line && end > start)
    draw_more_lines (canvas, start, end, y + canvas->line_height);
}

void
rcp_visit_chip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Canvas canvas = { snapshot, RCP_VISIT_CHIP (widget), gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
  gboolean high_contrast, is_low;
  int strip;

  if (!canvas.chip->visit || canvas.width <= 0 || canvas.height <= 0)
    return;
  high_contrast = rcp_chip_cache_is_high_contrast (canvas.chip->cache);
  strip = high_contrast ? HIGH_CONTRAST_STRIP : STRIP;
  canvas.rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  read_colors (&canvas, high_contrast);
  measure (&canvas);
  draw_shape (&canvas, strip, high_contrast);
  /* To clip costs: only where the board is zoomed out so far that text is higher than its chip. */
  is_low = canvas.height < canvas.line_height;
  if (is_low)
    gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) canvas.width, (float) canvas.height));
  draw_text (&canvas, strip);
  if (is_low)
    gtk_snapshot_pop (snapshot);
}
