/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Telephone numbers: what people type, what is stored, what is shown. Numbers are those that regulators keep for fiction. */

#include "base/rcp-phone.h"

typedef struct
{
  const char *text;
  const char *region;
  const char *stored;
  const char *shown; /* in @region */
} Case;

static const Case cases[] = {
  { "2075550110", "US", "+12075550110", "(207) 555-0110" },
  { "(207) 555-0110", "US", "+12075550110", "(207) 555-0110" },
  { "207-555-0110", "US", "+12075550110", "(207) 555-0110" },
  { "207.555.0110", "US", "+12075550110", "(207) 555-0110" },
  { "1 207 555 0110", "US", "+12075550110", "(207) 555-0110" },
  { "1-207-555-0110", "us", "+12075550110", "(207) 555-0110" },
  { "+1 207 555 0110", "US", "+12075550110", "(207) 555-0110" },
  { "+1 207 555 0110", "CA", "+12075550110", "(207) 555-0110" },
  { "+1 207 555 0110", "ES", "+12075550110", "+1 207-555-0110" },
  { "+1 207 555 0110", NULL, "+12075550110", "+1 207-555-0110" },
  { "207\u2011555\u20130110", "US", "+12075550110", "(207) 555-0110" },
  { "\u2066207-555-0110\u2069", "US", "+12075550110", "(207) 555-0110" },
  { "٢٠٧ ٥٥٥ ٠١١٠", "US", "+12075550110", "(207) 555-0110" },
  { "  207 555 0110  ", "US", "+12075550110", "(207) 555-0110" },
  { "207 555 0110 x12", "US", "+12075550110 x12", "(207) 555-0110 x12" },
  { "207 555 0110 ext. 12", "US", "+12075550110 x12", "(207) 555-0110 x12" },
  { "207 555 0110 Extension 4", "US", "+12075550110 x4", "(207) 555-0110 x4" },
  { "207-555-0110#9", "US", "+12075550110 x9", "(207) 555-0110 x9" },
  { "011 44 7700 900123", "US", "+447700900123", "+44 7700 900123" },
  { "0044 7700 900123", "ES", "+447700900123", "+44 7700 900123" },
  { "07700 900123", "GB", "+447700900123", "07700 900123" },
  { "+44 (0)7700 900123", "GB", "+447700900123", "07700 900123" },
  { "612 34 56 78", "ES", "+34612345678", "612 34 56 78" },
  { "+34 612345678", "US", "+34612345678", "+34 612 34 56 78" },
  { "06 39 98 01 23", "FR", "+33639980123", "06 39 98 01 23" },
  { "052-123-4567", "IL", "+972521234567", "052-123-4567" },
  { "02-123-4567", "IL", "+97221234567", "02-123-4567" },
  { "030 23125000", "DE", "+493023125000", "03023125000" },
  { "+49 30 23125000", "US", "+493023125000", "+49 3023125000" },
  { "011 4567 8901", "BR", "+551145678901", "(11) 4567-8901" },
  { "11 91234-5678", "BR", "+5511912345678", "(11) 91234-5678" },
  { "55 1234 5678", "MX", "+525512345678", "55 1234 5678" },
  { "+373 22 123456", "US", "+37322123456", "+37322123456" }, /* a country that is not in the list */
};

static void
test_usual_forms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RcpPhoneProblem problem = RCP_PHONE_TOO_LONG;
      g_autofree char *stored = rcp_phone_normalize (cases[i].text, cases[i].region, &problem);
      g_autofree char *shown = rcp_phone_format (cases[i].text, cases[i].region);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (problem, ==, RCP_PHONE_FINE);
      g_assert_cmpstr (stored, ==, cases[i].stored);
      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

/* What is stored, and what is shown, read again as the same. */
static void
test_again (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = rcp_phone_format (cases[i].text, cases[i].region);
      g_autofree char *of_shown = rcp_phone_normalize (shown, cases[i].region, NULL);
      g_autofree char *of_stored = rcp_phone_normalize (cases[i].stored, "AU", NULL);

      g_assert_cmpstr (of_shown, ==, cases[i].stored);
      g_assert_cmpstr (of_stored, ==, cases[i].stored);
    }
}

static void
test_no_numbers (void)
{
  static const struct { const char *text, *region; RcpPhoneProblem problem; } wrong[] = {
    { "", "US", RCP_PHONE_NO_NUMBER },
    { "()", "US", RCP_PHONE_NO_NUMBER },
    { "none", "US", RCP_PHONE_NO_NUMBER },
    { "call Ana", "US", RCP_PHONE_NO_NUMBER },
    { "207 555 0110 or 0111", "US", RCP_PHONE_NO_NUMBER },
    { "207 555 0110 xtra", "US", RCP_PHONE_NO_NUMBER },
    { "207 555 0110 x123456789", "US", RCP_PHONE_NO_NUMBER },
    { "207+5550110", "US", RCP_PHONE_NO_NUMBER },
    { "++12075550110", "US", RCP_PHONE_NO_NUMBER },
    { "207\xff", "US", RCP_PHONE_NO_NUMBER },
    { "555-0110", "US", RCP_PHONE_TOO_SHORT },
    { "911", "US", RCP_PHONE_TOO_SHORT },
    { "+1 207 555", "ES", RCP_PHONE_TOO_SHORT },
    { "+0 207 555 0110", "ES", RCP_PHONE_TOO_SHORT },
    { "+373 22", "US", RCP_PHONE_TOO_SHORT },
    { "2075550110", "ZZ", RCP_PHONE_TOO_SHORT },
    { "2075550110", NULL, RCP_PHONE_TOO_SHORT },
    { "207 555 0110 0110", "US", RCP_PHONE_TOO_LONG },
    { "+373 1234567890123456", "US", RCP_PHONE_TOO_LONG },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      RcpPhoneProblem problem = RCP_PHONE_FINE;
      g_autofree char *shown = rcp_phone_format (wrong[i].text, wrong[i].region);

      g_test_message ("%u", i);
      g_assert_null (rcp_phone_normalize (wrong[i].text, wrong[i].region, &problem));
      g_assert_cmpint (problem, ==, wrong[i].problem);
      g_assert_cmpstr (shown, ==, wrong[i].text);
    }
}

static void
test_same (void)
{
  g_assert_true (rcp_phone_is_same ("+12075550110", "(207) 555-0110", "US"));
  g_assert_true (rcp_phone_is_same ("207-555-0110 x4", "1 207 555 0110", "US"));
  g_assert_true (rcp_phone_is_same ("07700 900123", "+447700900123", "GB"));
  g_assert_true (rcp_phone_is_same ("555-0110", "(207) 555-0110", "US")); /* the area code was left out */
  g_assert_false (rcp_phone_is_same ("+12075550110", "+12075550111", "US"));
  g_assert_false (rcp_phone_is_same ("+34612345678", "+33612345678", "US"));
  g_assert_false (rcp_phone_is_same ("911", "911", "US"));
  g_assert_false (rcp_phone_is_same ("", "", "US"));
  g_assert_false (rcp_phone_is_same ("\xff", "207-555-0110", "US"));
}

static void
test_regions (void)
{
  static const struct { const char *locale, *region; } locales[] = {
    { "en_US.UTF-8", "US" }, { "es_ES@euro", "ES" }, { "he_il", "IL" }, { "C.UTF-8", NULL }, { "C", NULL },
    { "es_419", NULL },      { NULL, NULL },         { "en_", NULL },   { "sr_RS@latin", "RS" },
  };
  g_autofree char *here = rcp_phone_dup_locale_region ();

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autofree char *region = rcp_phone_dup_region_of_locale (locales[i].locale);

      g_assert_cmpstr (region, ==, locales[i].region);
    }
  g_assert_cmpstr (here, ==, "US"); /* of a test's own locale, which names none */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/phone/usual-forms", test_usual_forms);
  g_test_add_func ("/base/phone/again", test_again);
  g_test_add_func ("/base/phone/no-numbers", test_no_numbers);
  g_test_add_func ("/base/phone/same", test_same);
  g_test_add_func ("/base/phone/regions", test_regions);

  return g_test_run ();
}
