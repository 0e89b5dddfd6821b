/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/rcp-link.h"

#include <string.h>

static void
test_links_come_back (void)
{
  static const char *const texts[] = { "reception:visit/17", "reception:patient/a.B-9", "reception:day/2028-02-29" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RcpLink) link = rcp_link_parse (texts[i]);
      g_autoptr (RcpLink) copy = NULL;
      g_autofree char *text = NULL;

      g_assert_nonnull (link);
      copy = rcp_link_copy (link);
      text = rcp_link_format (copy);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_parts_are_read (void)
{
  g_autoptr (RcpLink) visit = rcp_link_parse ("RECEPTION:visit/0a1b");
  g_autoptr (RcpLink) day = rcp_link_parse ("reception:day/2026-11-23");
  g_autoptr (RcpLink) made = rcp_link_new (RCP_LINK_PATIENT, "p-1");

  g_assert_cmpint (visit->kind, ==, RCP_LINK_VISIT);
  g_assert_cmpstr (visit->id, ==, "0a1b");
  g_assert_cmpint (day->kind, ==, RCP_LINK_DAY);
  g_assert_cmpint (g_date_get_day (&day->date), ==, 23);
  g_assert_cmpint (g_date_get_month (&day->date), ==, 11);
  g_assert_cmpint (made->kind, ==, RCP_LINK_PATIENT);
}

/* Web pages can offer links: what is not exactly one is none. */
static void
test_others_are_refused (void)
{
  static const char *const texts[] = {
    "", "reception", "reception:", "reception:visit", "reception:visit/", "reception:visit/1/2", "reception:visit/1?x=1",
    "reception:visit/../Patient", "reception:visit/1%2f", "reception:visit/a b", "reception:visit/\xc3\xa9", "reception:visit/1\n",
    "reception://visit/1", "reception:cancel/1", "reception:Visit/1", "http:visit/1", "reception:day/", "reception:day/2026",
    "reception:day/2026-02-30", "reception:day/2026-11-23T00:00:00Z", "reception:day/0000-00-00", " reception:visit/1",
  };
  g_autofree char *name = g_strnfill (65, 'x');
  g_autofree char *too_long = g_strconcat ("reception:visit/", name, NULL);
  g_autofree char *just_fits = g_strconcat ("reception:visit/", name + 1, NULL);
  g_autoptr (RcpLink) link = rcp_link_parse (just_fits);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (rcp_link_parse (texts[i]));
  g_assert_null (rcp_link_parse (too_long));
  g_assert_nonnull (link);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/link/come-back", test_links_come_back);
  g_test_add_func ("/base/link/parts", test_parts_are_read);
  g_test_add_func ("/base/link/others", test_others_are_refused);
  return g_test_run ();
}
