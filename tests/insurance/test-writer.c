/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "insurance/x12/x12-writer.h"

#include <string.h>

#include "x12-text.h"

static X12Envelope
make_envelope (GDateTime *when)
{
  return (X12Envelope) { "ZZ", "RECEPTION", "ZZ", "PAYER", when, 1, "HS", "270", "005010X279A1", TRUE, FALSE };
}

static void
test_interchange (void)
{
  g_autoptr (GDateTime) when = g_date_time_new_utc (2026, 3, 10, 9, 15, 0);
  X12Envelope envelope = make_envelope (when);
  g_autoptr (X12Writer) writer = x12_writer_new (&X12_USUAL_DELIMITERS, &envelope);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  x12_writer_segment (writer, "NM1", "PR", "2", "ACME HEALTH", "", "", "", "", "PI", "12345", "", "", NULL);
  x12_writer_begin (writer, "EQ");
  x12_writer_repetitions (writer, (const char *const[]) { "98", "30", NULL });
  x12_writer_components (writer, (const char *const[]) { "HC", "99213", NULL });
  text = x12_writer_finish (writer, &error);
  g_assert_no_error (error);
  /* Empty elements at the end of a segment are left out. */
  g_assert_cmpstr (text, ==,
                   "ISA*00*          *00*          *ZZ*RECEPTION      *ZZ*PAYER          *260310*0915*^*00501*000000001*0*T*:~\n"
                   "GS*HS*RECEPTION*PAYER*20260310*0915*1*X*005010X279A1~\n"
                   "ST*270*0001*005010X279A1~\n"
                   "NM1*PR*2*ACME HEALTH*****PI*12345~\n"
                   "EQ*98^30*HC:99213~\n"
                   "SE*4*0001~\nGE*1*1~\nIEA*1*000000001~\n");
  {
    g_autoptr (X12Interchange) read = x12_text_read (text);

    g_assert_cmpuint (x12_interchange_get_n_issues (read), ==, 0);
  }
}

static void
check_refused (const char *value)
{
  g_autoptr (GDateTime) when = g_date_time_new_utc (2026, 3, 10, 9, 15, 0);
  X12Envelope envelope = make_envelope (when);
  g_autoptr (X12Writer) writer = x12_writer_new (&X12_USUAL_DELIMITERS, &envelope);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  x12_writer_segment (writer, "REF", "EJ", value, NULL);
  text = x12_writer_finish (writer, &error);
  g_assert_null (text);
  g_assert_error (error, X12_ERROR, X12_ERROR_NOT_ALLOWED);
  /* It may be a patient's name. */
  g_assert_null (strstr (error->message, value));
}

static void
test_refused (void)
{
  check_refused ("A*B");
  check_refused ("A^B");
  check_refused ("A:B");
  check_refused ("A~B");
  check_refused ("A\nB");
  check_refused ("ÄB");
  check_refused ("A\tB");
}

static void
test_envelope_refused (void)
{
  g_autoptr (GDateTime) when = g_date_time_new_utc (2026, 3, 10, 9, 15, 0);
  const guint numbers[] = { 0, 1000000000 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers) + 1; i++)
    {
      X12Envelope envelope = make_envelope (when);
      g_autoptr (X12Writer) writer = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      if (i < G_N_ELEMENTS (numbers))
        envelope.control_number = numbers[i];
      else
        envelope.sender = "SIXTEEN LETTERS!";
      writer = x12_writer_new (&X12_USUAL_DELIMITERS, &envelope);
      text = x12_writer_finish (writer, &error);
      g_assert_null (text);
      g_assert_error (error, X12_ERROR, X12_ERROR_NOT_ALLOWED);
    }
}

static void
check_clean (const char *text, const char *expected)
{
  g_autofree char *clean = x12_text_clean (text, &X12_USUAL_DELIMITERS);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_clean (void)
{
  check_clean ("Muñoz", "MUNOZ");
  check_clean ("  O'Neil-Smith,  Jr. ", "O'NEIL-SMITH, JR.");
  check_clean ("A*B~C^D:E", "A B C D E");
  check_clean ("Łukasz", "LUKASZ");
  check_clean ("李", "");
  check_clean ("", "");
  check_clean (NULL, "");
}

/* Whatever is cleaned is accepted. */
static void
test_clean_is_accepted (void)
{
  g_autoptr (GDateTime) when = g_date_time_new_utc (2026, 3, 10, 9, 15, 0);

  for (guint i = 0; i < 500; i++)
    {
      X12Envelope envelope = make_envelope (when);
      g_autoptr (X12Writer) writer = x12_writer_new (&X12_USUAL_DELIMITERS, &envelope);
      g_autoptr (GString) raw = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *clean = NULL, *text = NULL;

      for (guint j = g_test_rand_int_range (0, 12); j > 0; j--)
        g_string_append_unichar (raw, g_test_rand_int_range (1, 0x500));
      clean = x12_text_clean (raw->str, &X12_USUAL_DELIMITERS);
      x12_writer_segment (writer, "NM1", clean, NULL);
      text = x12_writer_finish (writer, &error);
      g_assert_no_error (error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/x12/writer/interchange", test_interchange);
  g_test_add_func ("/x12/writer/refused", test_refused);
  g_test_add_func ("/x12/writer/envelope-refused", test_envelope_refused);
  g_test_add_func ("/x12/writer/clean", test_clean);
  g_test_add_func ("/x12/writer/clean-is-accepted", test_clean_is_accepted);
  return g_test_run ();
}
