/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-query.h"

static char *
read_all (const char *text, gboolean day_first)
{
  GDate today;
  g_autoptr (GPtrArray) dates = NULL;
  GString *all = g_string_new (NULL);

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 22, G_DATE_NOVEMBER, 2026);
  dates = rcp_query_parse_dates (text, day_first, &today);
  for (guint i = 0; i < dates->len; i++)
    {
      GDate *date = g_ptr_array_index (dates, i);

      g_string_append_printf (all, "%s%04u-%02d-%02u", i > 0 ? " " : "", g_date_get_year (date),
                              g_date_get_month (date), g_date_get_day (date));
    }

  return g_string_free (all, FALSE);
}

static void
test_forms (void)
{
  static const struct { const char *text, *day_first, *month_first; } cases[] = {
    { "1978-12-03", "1978-12-03", "1978-12-03" },
    { " 1978/12/3 ", "1978-12-03", "1978-12-03" },
    { "3.12.1978", "1978-12-03 1978-03-12", "1978-03-12 1978-12-03" },
    { "12/3/78", "1978-03-12 1978-12-03", "1978-12-03 1978-03-12" },
    { "31/12/1978", "1978-12-31", "1978-12-31" },
    { "12/31/1978", "1978-12-31", "1978-12-31" },
    { "3 3 1978", "1978-03-03", "1978-03-03" },
    { "3 Dec 1978", "1978-12-03", "1978-12-03" },
    { "3. December 1978", "1978-12-03", "1978-12-03" },
    { "dec 3 1978", "1978-12-03", "1978-12-03" },
    { "Dec. 3rd, 1978", "1978-12-03", "1978-12-03" },
    { "the 3rd of december 78", "", "" },
    { "3rd of december 78", "1978-12-03", "1978-12-03" },
    { "1978 dec 3", "1978-12-03", "1978-12-03" },
    { "3dec1978", "1978-12-03", "1978-12-03" },
    { "sept 1 2001", "2001-09-01", "2001-09-01" },
    { "03121978", "1978-12-03 1978-03-12", "1978-03-12 1978-12-03" },
    { "19781203", "1978-12-03", "1978-12-03" },
    { "031278", "1978-12-03 1978-03-12", "1978-03-12 1978-12-03" },
    { "781203", "1978-12-03", "1978-12-03" },
    { "78-12-03", "1978-12-03", "1978-12-03" },
    { "1978年12月3日", "1978-12-03", "1978-12-03" },
    { "1978년 12월 3일", "1978-12-03", "1978-12-03" },
    { "١٩٧٨-١٢-٠٣", "1978-12-03", "1978-12-03" },
    { "29.2.2024", "2024-02-29", "2024-02-29" },
    { "22.11.2026", "2026-11-22", "2026-11-22" },
    /* The past of today: not 2030, and a century more where somebody can be that old. */
    { "31.1.30", "1930-01-31", "1930-01-31" },
    { "31.1.20", "2020-01-31 1920-01-31", "2020-01-31 1920-01-31" },
    { "31.1.05", "2005-01-31", "2005-01-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day_first = read_all (cases[i].text, TRUE);
      g_autofree char *month_first = read_all (cases[i].text, FALSE);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (day_first, ==, cases[i].day_first);
      g_assert_cmpstr (month_first, ==, cases[i].month_first);
    }
}

static void
test_refuses (void)
{
  static const char *const bad[] = {
    "", " ", "garcia", "1978", "12/1978", "dec 1978", "3 dec", "29.2.2023", "31.4.1978", "23.11.2026", "1.1.2027",
    "1.2.3.4", "1/2/3", "13/13/1978", "0/12/1978", "3 dec dec 1978", "3 foo 1978", "1978-12-03T10", "555-0100",
    "3 de 1978", "1.1.1799", "de 3.12.1978", "123456789", "1234567", "3:12:1978", "3.12.1978\xff", "ma 3 1978",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *dates = read_all (bad[i], TRUE);

      if (*dates != '\0')
        g_error ("'%s' was read as %s", bad[i], dates);
    }
}

/* A word longer than every name of a month is compared within its own bounds; the sanitizers watch. */
static void
test_long_word (void)
{
  g_autofree char *word = g_strnfill (100000, 'd');
  g_autofree char *text = g_strdup_printf ("3 %s 1978", word);
  g_autofree char *dates = read_all (text, TRUE);

  g_assert_cmpstr (dates, ==, "");
}

/* Every day of a life is found again however it is written. */
static void
test_every_day (void)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, G_DATE_JANUARY, 1940);
  for (guint i = 0; i < 31000; i += 3, g_date_add_days (&day, 3))
    {
      guint d = g_date_get_day (&day), m = g_date_get_month (&day), y = g_date_get_year (&day);
      g_autofree char *expected = g_strdup_printf ("%04u-%02u-%02u", y, m, d);
      g_autofree char *german = g_strdup_printf ("%u.%u.%02u", d, m, y % 100);
      g_autofree char *american = g_strdup_printf ("%u/%u/%u", m, d, y);
      g_autofree char *named = g_strdup_printf ("%s %u, %u", months[m - 1], d, y);
      g_autofree char *first = read_all (german, TRUE);
      g_autofree char *second = read_all (american, FALSE);
      g_autofree char *third = read_all (named, FALSE);

      g_assert_true (g_str_has_prefix (first, expected));
      g_assert_true (g_str_has_prefix (second, expected));
      g_assert_cmpstr (third, ==, expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/query-date/forms", test_forms);
  g_test_add_func ("/base/query-date/refuses", test_refuses);
  g_test_add_func ("/base/query-date/long-word", test_long_word);
  g_test_add_func ("/base/query-date/every-day", test_every_day);
  return g_test_run ();
}
