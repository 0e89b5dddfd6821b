/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is printed, without a printer: the blocks of a sheet (rcp-print-document, rcp-day-sheet, rcp-routing-slip,
 * rcp-week-sheet) and the pages they come to (rcp-print-layout, rcp-print-layout-draw). */

#define G_LOG_DOMAIN "test-sheets"

#include "config.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>

#include "board-fixture.h"
#include "ui/board/rcp-board-lanes.h"
#include "ui/print/rcp-print-layout.h"
#include "ui/print/rcp-sheets.h"

typedef struct
{
  RcpSheetClinic clinic;
  RcpPlace *place;
  RcpProvider *provider;
  GPtrArray *visits;
  GArray *open;
  GDate date;
} Fixture;

static void
add_open (Fixture *fixture, const char *start, const char *end)
{
  RcpTimeRange range = { board_fixture_instant (start), board_fixture_instant (end) };

  g_array_append_val (fixture->open, range);
}

static void
add_visit (Fixture *fixture, const char *id, const char *start, guint minutes, const char *status, const char *family, guint priority)
{
  g_ptr_array_add (fixture->visits, board_fixture_visit (id, "01", start, minutes, status, "Ana", family, "Consultation", priority));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clinic = (RcpSheetClinic) { "Harbour Lane Clinic", board_fixture_zone (), board_fixture_instant ("09:26") };
  fixture->place = board_fixture_place ("downtown", "Downtown");
  fixture->provider = board_fixture_provider ("01", "Ana", "Ruiz", "207Q00000X", fixture->place);
  fixture->visits = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  g_date_clear (&fixture->date, 1);
  g_date_set_dmy (&fixture->date, 23, 11, 2026);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->visits);
  g_array_unref (fixture->open);
  g_assert_finalize_object (fixture->provider);
  g_assert_finalize_object (fixture->place);
  g_time_zone_unref (fixture->clinic.zone);
}

static const RcpPrintBlock *
find_row (RcpPrintDocument *document, guint number)
{
  for (guint i = 0; i < rcp_print_document_get_n_blocks (document); i++)
    {
      const RcpPrintBlock *block = rcp_print_document_get_block (document, i);

      if (block->kind == RCP_PRINT_TABLE_ROW && number-- == 0)
        return block;
    }
  return NULL;
}

static void
test_day_holds_visits_and_free_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintDocument) document = rcp_sheet_document_new (&fixture->clinic, FALSE);
  const RcpPrintBlock *block;

  add_open (fixture, "08:00", "12:00");
  add_visit (fixture, "v1", "08:30", 30, "booked", "Garcia", 5);
  add_visit (fixture, "v2", "09:00", 60, "arrived", "Smith", 3);
  add_visit (fixture, "v3", "10:30", 30, "noshow", "Ito", 5);
  rcp_day_sheet_add (document, &fixture->clinic, fixture->provider, &fixture->date, fixture->visits, fixture->open);

  block = rcp_print_document_get_block (document, 0);
  g_assert_cmpint (block->kind, ==, RCP_PRINT_TITLE);
  g_assert_cmpstr (block->cells[0], ==, "Dr. Ana Ruiz – Monday, 23 November 2026");
  g_assert_nonnull (strstr (rcp_print_document_get_block (document, 1)->cells[0], "Downtown · 3 visits"));

  block = find_row (document, 0);
  g_assert_cmpstr (block->cells[0], ==, "8:00 – 8:30");
  g_assert_cmpstr (block->cells[1], ==, "free");
  g_assert_true (block->faint);
  block = find_row (document, 1);
  g_assert_cmpstr (block->cells[0], ==, "8:30 – 9:00");
  g_assert_cmpstr (block->cells[1], ==, "Garcia, Ana");
  g_assert_cmpstr (block->cells[3], ==, "Consultation");
  g_assert_false (block->faint);
  g_assert_nonnull (strstr (find_row (document, 2)->cells[4], "Urgent"));
  /* A patient who did not come leaves the time free: both are said. */
  g_assert_cmpstr (find_row (document, 3)->cells[0], ==, "10:00 – 12:00");
  g_assert_true (find_row (document, 4)->faint);
  g_assert_null (find_row (document, 5));
  g_assert_nonnull (strstr (rcp_print_document_get_footer (document), "Harbour Lane Clinic"));
  g_assert_nonnull (strstr (rcp_print_document_get_footer (document), "9:26"));
}

static void
test_day_without_anything_says_so (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintDocument) document = rcp_sheet_document_new (&fixture->clinic, FALSE);

  rcp_day_sheet_add (document, &fixture->clinic, fixture->provider, &fixture->date, fixture->visits, fixture->open);
  g_assert_cmpuint (rcp_print_document_get_n_blocks (document), ==, 3);
  g_assert_nonnull (strstr (rcp_print_document_get_block (document, 2)->cells[0], "No visits"));
}

static void
test_slip_holds_steps_and_leaves_out_what_is_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintDocument) document = rcp_sheet_document_new (&fixture->clinic, FALSE);
  guint n_checks = 0, n_facts = 0;

  add_visit (fixture, "v1", "08:30", 30, "booked", "Garcia", 1);
  rcp_routing_slip_add (document, &fixture->clinic, g_ptr_array_index (fixture->visits, 0), fixture->provider);
  g_assert_cmpstr (rcp_print_document_get_block (document, 0)->cells[0], ==, "Garcia, Ana");
  for (guint i = 0; i < rcp_print_document_get_n_blocks (document); i++)
    {
      const RcpPrintBlock *block = rcp_print_document_get_block (document, i);

      n_checks += block->kind == RCP_PRINT_CHECK;
      if (block->kind != RCP_PRINT_FACT)
        continue;
      n_facts++;
      g_assert_cmpuint (strlen (block->cells[1]), >, 0);
      if (g_str_equal (block->cells[0], "When"))
        g_assert_cmpstr (block->cells[1], ==, "Monday, 23 November 2026, 8:30 – 9:00");
      if (g_str_equal (block->cells[0], "Urgency"))
        g_assert_cmpstr (block->cells[1], ==, "Emergency");
    }
  g_assert_cmpuint (n_checks, ==, 6);
  /* When, provider, place, what for, urgency: no phone, address, language or code is known. */
  g_assert_cmpuint (n_facts, ==, 5);
}

static const RcpPrintWeek *
get_week (RcpPrintDocument *document)
{
  const RcpPrintBlock *block = rcp_print_document_get_block (document, 1);

  g_assert_cmpint (block->kind, ==, RCP_PRINT_WEEK);
  return block->week;
}

static void
test_week_places_visits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintDocument) document = rcp_sheet_document_new (&fixture->clinic, TRUE);
  const RcpPrintWeek *week;
  const RcpPrintWeekItem *item;
  GDate first = fixture->date;

  g_date_subtract_days (&first, 2);
  add_visit (fixture, "v1", "06:30", 30, "booked", "Garcia", 5);
  add_visit (fixture, "v2", "09:00", 30, "booked", "Smith", 5);
  add_visit (fixture, "v3", "09:15", 30, "booked", "Ito", 5);
  add_visit (fixture, "v4", "18:30", 45, "booked", "Kim", 5);
  rcp_week_sheet_add (document, &fixture->clinic, fixture->provider, &first, fixture->visits);
  week = get_week (document);
  g_assert_cmpint (week->start, ==, 6 * 60);
  g_assert_cmpint (week->end, ==, 20 * 60);
  g_assert_cmpuint (g_strv_length (week->days), ==, 7);
  g_assert_cmpstr (week->days[2], ==, "Mon, 23 Nov");
  g_assert_cmpstr (week->hours[0], ==, "6:00");
  g_assert_cmpuint (week->items->len, ==, 4);
  item = &g_array_index (week->items, RcpPrintWeekItem, 2);
  g_assert_cmpuint (item->day, ==, 2);
  g_assert_cmpuint (item->lane, ==, 1);
  g_assert_cmpuint (item->n_lanes, ==, 2);
  g_assert_cmpint (item->start, ==, 9 * 60 + 15);
  g_assert_cmpstr (item->text, ==, "9:15 Ito, Ana\nConsultation");
}

static void
test_week_leaves_out_other_weeks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintDocument) document = rcp_sheet_document_new (&fixture->clinic, TRUE);
  GDate first = fixture->date;

  g_date_add_days (&first, 1);
  add_visit (fixture, "v1", "09:00", 30, "booked", "Garcia", 5);
  rcp_week_sheet_add (document, &fixture->clinic, fixture->provider, &first, fixture->visits);
  g_assert_cmpuint (get_week (document)->items->len, ==, 0);
}

static void
test_week_begins_as_the_locale_says (void)
{
  GDate date, first;
  int days;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 26, 11, 2026); /* a Thursday */
  rcp_week_sheet_get_first_day (&date, &first);
  days = g_date_days_between (&first, &date);
  g_assert_cmpint (days, >=, 0);
  g_assert_cmpint (days, <, 7);
  /* The C locale begins its weeks on Sunday, the 22nd. */
  g_assert_cmpint (g_date_get_weekday (&first), ==, G_DATE_SUNDAY);
  g_assert_cmpint (g_date_get_day (&first), ==, 22);
  for (guint i = 0; i < 7; i++)
    {
      GDate other, other_first;

      other = first;
      g_date_add_days (&other, i);
      rcp_week_sheet_get_first_day (&other, &other_first);
      g_assert_cmpint (g_date_compare (&first, &other_first), ==, 0);
    }
}

static RcpPrintDocument *
make_long_document (Fixture *fixture, guint n_rows)
{
  static const double widths[] = { 1, 3 };
  static const char *const heads[] = { "Time", "Patient", NULL };
  RcpPrintDocument *document = rcp_sheet_document_new (&fixture->clinic, FALSE);

  rcp_print_document_add_text (document, RCP_PRINT_TITLE, "A long day");
  rcp_print_document_begin_table (document, heads, widths);
  for (guint i = 0; i < n_rows; i++)
    {
      const char *cells[] = { "8:00", i % 3 ? "One line" : "Two\nlines", NULL };

      rcp_print_document_add_row (document, cells, FALSE);
    }
  return document;
}

/* Every row stands on exactly one page, and each page of the table begins with its head. */
static void
test_long_tables_break (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintDocument) document = make_long_document (fixture, 200);
  g_autoptr (RcpPrintLayout) layout = rcp_print_layout_new (document, 523, 770, FALSE);
  guint n_pages = rcp_print_layout_get_n_pages (layout), n_placed = 0;

  g_assert_cmpuint (n_pages, >, 3);
  for (guint i = 0; i < n_pages; i++)
    {
      guint first, n_blocks;

      rcp_print_layout_get_blocks (layout, i, &first, &n_blocks);
      g_assert_cmpuint (first, ==, i == 0 ? 0 : 1);
      n_placed += n_blocks - (i == 0 ? 2 : 1);
    }
  g_assert_cmpuint (n_placed, ==, 200);
}

static void
test_sheets_begin_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintDocument) document = rcp_sheet_document_new (&fixture->clinic, FALSE);
  g_autoptr (RcpPrintLayout) layout = NULL;

  add_open (fixture, "08:00", "12:00");
  for (guint i = 0; i < 3; i++)
    rcp_day_sheet_add (document, &fixture->clinic, fixture->provider, &fixture->date, fixture->visits, fixture->open);
  layout = rcp_print_layout_new (document, 523, 770, FALSE);
  g_assert_cmpuint (rcp_print_layout_get_n_pages (layout), ==, 3);
}

/* The share of the pixels of a part of a page that are not white. */
static double
measure_ink (RcpPrintLayout *layout, guint page, int left, int top, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 523, 770);
  cairo_t *cr = cairo_create (surface);
  const guchar *pixels;
  int stride, n_dark = 0;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  rcp_print_layout_draw (layout, cr, page);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = top; y < top + height; y++)
    for (int x = left; x < left + width; x++)
      n_dark += pixels[y * stride + x * 4] < 200;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return (double) n_dark / (width * height);
}

/* The column of times is at the left, or at the right where one reads that way. */
static void
test_columns_follow_the_direction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintDocument) document = make_long_document (fixture, 20);
  g_autoptr (RcpPrintLayout) ltr = rcp_print_layout_new (document, 523, 770, FALSE);
  g_autoptr (RcpPrintLayout) rtl = rcp_print_layout_new (document, 523, 770, TRUE);

  /* "8:00" is shorter than its column, and the lines of the table are everywhere: the last quarter is for the longer texts. */
  g_assert_cmpfloat (measure_ink (ltr, 0, 0, 30, 120, 300), >, 0.005);
  g_assert_cmpfloat (measure_ink (ltr, 0, 400, 30, 120, 300), <, measure_ink (ltr, 0, 0, 30, 120, 300));
  g_assert_cmpfloat (measure_ink (rtl, 0, 400, 30, 120, 300), >, 0.005);
  g_assert_cmpfloat (measure_ink (rtl, 0, 0, 30, 120, 300), <, measure_ink (rtl, 0, 400, 30, 120, 300));
}

static void
test_every_block_draws (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPrintDocument) document = rcp_sheet_document_new (&fixture->clinic, FALSE);
  g_autoptr (RcpPrintLayout) layout = NULL;

  add_visit (fixture, "v1", "08:30", 30, "booked", "Garcia", 1);
  add_visit (fixture, "v2", "08:30", 30, "booked", "Garcia", 1);
  rcp_routing_slip_add (document, &fixture->clinic, g_ptr_array_index (fixture->visits, 0), fixture->provider);
  rcp_week_sheet_add (document, &fixture->clinic, fixture->provider, &fixture->date, fixture->visits);
  layout = rcp_print_layout_new (document, 523, 770, FALSE);
  g_assert_cmpuint (rcp_print_layout_get_n_pages (layout), ==, 2);
  g_assert_cmpfloat (measure_ink (layout, 0, 0, 0, 523, 740), >, 0.005);
  g_assert_cmpfloat (measure_ink (layout, 1, 0, 0, 523, 740), >, 0.005);
  /* The foot. */
  g_assert_cmpfloat (measure_ink (layout, 0, 0, 745, 523, 25), >, 0.005);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  ADD ("/sheets/day", test_day_holds_visits_and_free_time);
  ADD ("/sheets/day/empty", test_day_without_anything_says_so);
  ADD ("/sheets/slip", test_slip_holds_steps_and_leaves_out_what_is_unknown);
  ADD ("/sheets/week", test_week_places_visits);
  ADD ("/sheets/week/others", test_week_leaves_out_other_weeks);
  g_test_add_func ("/sheets/week/first-day", test_week_begins_as_the_locale_says);
  ADD ("/sheets/layout/breaks", test_long_tables_break);
  ADD ("/sheets/layout/sheets", test_sheets_begin_pages);
  ADD ("/sheets/layout/direction", test_columns_follow_the_direction);
  ADD ("/sheets/layout/blocks", test_every_block_draws);
  return g_test_run ();
}
