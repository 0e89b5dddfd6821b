/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the sidebar leads to, without a display: rcp-page.c, rcp-month-days.c. */

#define G_LOG_DOMAIN "test-sidebar-model"

#include <locale.h>

#include "ui/sidebar/rcp-month-days.h"
#include "ui/sidebar/rcp-page.h"

static GtkWidget *
make_nothing (gpointer data)
{
  g_assert_not_reached ();
}

static RcpPage *
add_page (RcpPages *pages, const char *name)
{
  g_autoptr (RcpPage) page = rcp_page_new (name, name, "icon", NULL, make_nothing, NULL);

  rcp_pages_add (pages, page);
  return page; /* the list keeps it */
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_pages_take_turns (void)
{
  RcpPages *pages = rcp_pages_new ();
  guint n_changes = 0;
  RcpPage *board, *waiting;

  g_signal_connect_swapped (pages, "notify::current", G_CALLBACK (count_cb), &n_changes);
  g_assert_null (rcp_pages_get_current (pages));
  rcp_pages_step (pages, 1);
  board = add_page (pages, "board");
  waiting = add_page (pages, "waiting");
  add_page (pages, "wait-list");
  g_assert_true (rcp_pages_get_current (pages) == board);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (rcp_pages_show (pages, "waiting"));
  g_assert_true (rcp_pages_get_current (pages) == waiting);
  g_assert_true (rcp_pages_is_current (pages, "waiting"));
  g_assert_false (rcp_pages_show (pages, "nowhere"));
  g_assert_true (rcp_pages_get_current (pages) == waiting);
  g_assert_cmpuint (n_changes, ==, 2);
  rcp_pages_step (pages, 2);
  g_assert_true (rcp_pages_get_current (pages) == board);
  rcp_pages_step (pages, -1);
  g_assert_true (rcp_pages_is_current (pages, "wait-list"));
  rcp_pages_show (pages, "wait-list");
  g_assert_cmpuint (n_changes, ==, 4);
  g_assert_finalize_object (pages);
}

static void
test_a_page_counts (void)
{
  /* Another page serves as what is counted: it has a "count" itself. */
  g_autoptr (RcpPage) counted = rcp_page_new ("a", "A", "icon", NULL, make_nothing, NULL);
  RcpPage *page = rcp_page_new ("waiting", "Waiting Now", "icon", G_OBJECT (counted), make_nothing, NULL);
  g_autofree char *empty = rcp_page_describe (page);
  g_autofree char *full = NULL;
  guint n_changes = 0;

  g_assert_cmpstr (empty, ==, "Waiting Now");
  g_signal_connect_swapped (page, "notify::count", G_CALLBACK (count_cb), &n_changes);
  g_object_set (counted, "count", 5, NULL);
  g_assert_cmpuint (rcp_page_get_count (page), ==, 5);
  full = rcp_page_describe (page);
  g_assert_cmpstr (full, ==, "Waiting Now, 5");
  g_object_set (counted, "count", 5, NULL);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpstr (rcp_page_get_title (page), ==, "Waiting Now");
  g_assert_cmpstr (rcp_page_get_icon_name (page), ==, "icon");
  g_assert_finalize_object (page);
}

static void
assert_date (const GDate *date, guint day, guint month, guint year)
{
  g_assert_cmpuint (g_date_get_day (date), ==, day);
  g_assert_cmpuint (g_date_get_month (date), ==, month);
  g_assert_cmpuint (g_date_get_year (date), ==, year);
}

static void
test_a_sheet_by_hand (void)
{
  GDate days[RCP_MONTH_DAYS], month;

  g_date_clear (&month, 1);
  g_date_set_dmy (&month, 23, 11, 2026);
  rcp_month_days_fill (days, &month, G_DATE_MONDAY);
  assert_date (&days[0], 26, 10, 2026);
  assert_date (&days[6], 1, 11, 2026);
  assert_date (&days[41], 6, 12, 2026);
  rcp_month_days_fill (days, &month, G_DATE_SUNDAY);
  assert_date (&days[0], 1, 11, 2026);
}

/* Every month of 80 years, whatever day a week begins with: days in turn, the first week holds the 1st, the sheet holds the month. */
static void
test_every_sheet (void)
{
  for (guint year = 1980; year < 2060; year++)
    for (guint month = 1; month <= 12; month++)
      {
        GDateWeekday first = (GDateWeekday) (1 + (year + month) % 7);
        GDate days[RCP_MONTH_DAYS], date;
        guint in_month = 0;

        g_date_clear (&date, 1);
        g_date_set_dmy (&date, (GDateDay) (1 + year % 28), (GDateMonth) month, (GDateYear) year);
        rcp_month_days_fill (days, &date, first);
        g_assert_cmpint (g_date_get_weekday (&days[0]), ==, first);
        for (guint i = 0; i < RCP_MONTH_DAYS; i++)
          {
            in_month += g_date_get_month (&days[i]) == month;
            if (i > 0)
              g_assert_cmpint (g_date_days_between (&days[i - 1], &days[i]), ==, 1);
          }
        g_assert_cmpuint (in_month, ==, g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year));
        g_assert_cmpint (g_date_get_day (&days[6]), <=, 7);
      }
}

static void
test_months_are_turned (void)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 31, 1, 2027);
  rcp_month_days_add_months (&date, 1);
  assert_date (&date, 28, 2, 2027);
  rcp_month_days_add_months (&date, -2);
  assert_date (&date, 28, 12, 2026);
}

static void
test_a_week_begins (void)
{
  GDateWeekday first;

  /* Of the C locale: Sunday. */
  setlocale (LC_TIME, "C");
  first = rcp_month_days_get_first_weekday ();
  g_assert_cmpint (first, ==, G_DATE_SUNDAY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/sidebar/pages-take-turns", test_pages_take_turns);
  g_test_add_func ("/ui/sidebar/a-page-counts", test_a_page_counts);
  g_test_add_func ("/ui/sidebar/a-sheet-by-hand", test_a_sheet_by_hand);
  g_test_add_func ("/ui/sidebar/every-sheet", test_every_sheet);
  g_test_add_func ("/ui/sidebar/months-are-turned", test_months_are_turned);
  g_test_add_func ("/ui/sidebar/a-week-begins", test_a_week_begins);
  return g_test_run ();
}
