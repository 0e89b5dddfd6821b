/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-sheets.h"

#include <glib/gi18n.h>
#include <langinfo.h>

#include "ui/board/rcp-board-lanes.h"
#include "ui/rcp-time-text.h"

#define DAYS 7
/* What is shown of a week without visits. */
#define DEFAULT_START 8
#define DEFAULT_END 17

/**
 * rcp_week_sheet_get_first_day:
 * @date: any day
 * @first: (out): the first day of its week, which depends on the locale: Sunday, Monday or Saturday
 */
void
rcp_week_sheet_get_first_day (const GDate *date, GDate *first)
{
  /* glibc keeps a number and a reference day (19971130, a Sunday, or 19971201, a Monday) to count it from. */
  int offset = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];
  guint base = GPOINTER_TO_UINT (nl_langinfo (_NL_TIME_WEEK_1STDAY));
  int first_weekday = (base == 19971201 ? 1 : 0) + offset - 1; /* 0 is Sunday */
  int weekday;

  g_return_if_fail (date && g_date_valid (date) && first);

  weekday = g_date_get_weekday (date) % 7;
  *first = *date;
  g_date_subtract_days (first, (weekday - first_weekday % 7 + 7) % 7);
}

/* -1 where the visit is not in the week. */
static int
find_day (const RcpSheetClinic *clinic, const GDate *first, RcpVisit *visit)
{
  GDate day;
  int days;

  rcp_time_get_day (rcp_visit_get_range (visit).start, clinic->zone, &day);
  days = g_date_days_between (first, &day);
  return days >= 0 && days < DAYS ? days : -1;
}

static RcpBoardItem
make_item (const RcpSheetClinic *clinic, RcpVisit *visit)
{
  RcpTimeRange range = rcp_visit_get_range (visit);
  int start = (int) rcp_time_get_minute (range.start, clinic->zone);

  return (RcpBoardItem) { .visit = visit, .start = start, .end = start + (int) ((range.end - range.start) / G_TIME_SPAN_MINUTE) };
}

/* Full hours that hold all visits. */
static void
find_hours (const RcpSheetClinic *clinic, GPtrArray *visits, int *start, int *end)
{
  int first = G_MAXINT, last = 0;

  for (guint i = 0; i < visits->len; i++)
    {
      RcpBoardItem item = make_item (clinic, g_ptr_array_index (visits, i));

      first = MIN (first, item.start / 60);
      last = MAX (last, (MIN (item.end, 24 * 60) + 59) / 60);
    }
  *start = MIN (first, DEFAULT_START);
  *end = MAX (last, DEFAULT_END);
}

static RcpPrintWeek *
make_week (const RcpSheetClinic *clinic, const GDate *first, int start, int end)
{
  g_autoptr (GStrvBuilder) days = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) hours = g_strv_builder_new ();
  g_auto (GStrv) day_texts = NULL;
  g_auto (GStrv) hour_texts = NULL;
  GDate day = *first;

  for (guint i = 0; i < DAYS; i++)
    {
      g_autofree char *text = rcp_time_text_short_date (&day);

      g_strv_builder_add (days, text);
      g_date_add_days (&day, 1);
    }
  for (int hour = start; hour < end; hour++)
    {
      g_autofree char *text = rcp_time_text_hour (rcp_time_at_minute (first, hour * 60, clinic->zone), clinic->zone);

      g_strv_builder_add (hours, text);
    }
  day_texts = g_strv_builder_end (days);
  hour_texts = g_strv_builder_end (hours);
  return rcp_print_week_new ((const char *const *) day_texts, (const char *const *) hour_texts, start * 60, end * 60);
}

static char *
describe (const RcpSheetClinic *clinic, RcpVisit *visit)
{
  g_autofree char *time = rcp_time_text_clock (rcp_visit_get_range (visit).start, clinic->zone);

  /* Translators: in a small box of a printed week: time of day, patient, kind of visit. */
  return g_strdup_printf (_("%s %s\n%s"), time, rcp_visit_get_patient_name (visit), rcp_visit_get_type_name (visit));
}

static void
add_day (RcpPrintWeek *week, const RcpSheetClinic *clinic, const GDate *first, guint day, GPtrArray *visits)
{
  g_autoptr (GArray) items = g_array_new (FALSE, TRUE, sizeof (RcpBoardItem));

  for (guint i = 0; i < visits->len; i++)
    {
      RcpVisit *visit = g_ptr_array_index (visits, i);
      RcpBoardItem item = make_item (clinic, visit);

      if (find_day (clinic, first, visit) == (int) day)
        g_array_append_val (items, item);
    }
  rcp_board_lanes_lay (items);
  for (guint i = 0; i < items->len; i++)
    {
      const RcpBoardItem *item = &g_array_index (items, RcpBoardItem, i);

      rcp_print_week_add (week, day, item, describe (clinic, item->visit));
    }
}

/**
 * rcp_week_sheet_add:
 * @document: gets a page of its own
 * @clinic: whose sheet it is
 * @provider: whose week
 * @first: its first day
 * @visits: (element-type RcpVisit): by start; those of other days are left out
 */
void
rcp_week_sheet_add (RcpPrintDocument *document, const RcpSheetClinic *clinic, RcpProvider *provider, const GDate *first,
                    GPtrArray *visits)
{
  g_autofree char *day = rcp_time_text_date (first);
  g_autofree char *title = NULL;
  RcpPrintWeek *week;
  int start, end;

  g_return_if_fail (document && clinic && visits);
  g_return_if_fail (RCP_IS_PROVIDER (provider));

  /* Translators: the title of a printed week: a provider and its first day. */
  title = g_strdup_printf (_("%s – week from %s"), rcp_provider_get_name (provider), day);
  find_hours (clinic, visits, &start, &end);
  week = make_week (clinic, first, start, end);
  for (guint i = 0; i < DAYS; i++)
    add_day (week, clinic, first, i, visits);
  rcp_print_document_begin_page (document);
  rcp_print_document_add_text (document, RCP_PRINT_TITLE, title);
  rcp_print_document_add_week (document, week);
}
