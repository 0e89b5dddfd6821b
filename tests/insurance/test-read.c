/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include <string.h>

#include "x12-text.h"

/* x12-interchange.c, x12-read.c and x12-envelope.c on X12 of every oddity. */

static X12Error
read_error (const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = x12_read (bytes, &error);

  g_assert_null (read);
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, X12_ERROR);
  return error->code;
}

static void
test_plain (void)
{
  g_autofree char *text = x12_text_make ("271", "BHT*0022*11*REF~EB*B**98^30*HM*PLAN*27*25*****Y~");
  g_autoptr (X12Interchange) read = x12_text_read (text);
  const X12Delimiters *delimiters = x12_interchange_get_delimiters (read);
  const X12Segment *eb = x12_interchange_get_segment (read, 4);
  g_auto (GStrv) types = x12_split (x12_segment_get (eb, 3), delimiters->repetition);

  g_assert_cmpuint (x12_interchange_get_n_issues (read), ==, 0);
  g_assert_cmpuint (x12_interchange_get_n_segments (read), ==, 8);
  g_assert_cmpint (delimiters->element, ==, '*');
  g_assert_cmpint (delimiters->repetition, ==, '^');
  g_assert_cmpint (delimiters->component, ==, ':');
  g_assert_cmpint (delimiters->terminator, ==, '~');
  g_assert_true (x12_segment_is (eb, "EB"));
  g_assert_cmpuint (eb->n_elements, ==, 13);
  g_assert_cmpstr (x12_segment_get (eb, 12), ==, "Y");
  g_assert_cmpstr (x12_segment_get (eb, 2), ==, "");
  g_assert_cmpstr (x12_segment_get (eb, 99), ==, "");
  g_assert_cmpstr (types[0], ==, "98");
  g_assert_cmpstr (types[1], ==, "30");
  g_assert_null (types[2]);
  /* The place in the file is where its first letter stands. */
  g_assert_cmpmem (text + eb->offset, 3, "EB*", 3);
}

static void
test_not_x12 (void)
{
  const char html[] = "<html><body>502 Bad Gateway ISA*</body></html>";
  const char with_nul[] = "ISA*00*\0";

  g_assert_cmpint (read_error ("", 0), ==, X12_ERROR_NOT_X12);
  g_assert_cmpint (read_error (" \r\n", 3), ==, X12_ERROR_NOT_X12);
  g_assert_cmpint (read_error (html, strlen (html)), ==, X12_ERROR_NOT_X12);
  g_assert_cmpint (read_error (with_nul, sizeof with_nul), ==, X12_ERROR_NOT_X12);
  g_assert_cmpint (read_error ("ISA", 3), ==, X12_ERROR_NOT_X12);
  g_assert_cmpint (read_error ("ISAAAAAAAAAA", 12), ==, X12_ERROR_NOT_X12);
}

/* Whatever is cut off an interchange, what is left is read, or refused as cut. */
static void
test_cut (void)
{
  g_autofree char *text = x12_text_make ("271", "BHT*0022*11*REF~EB*1**30~");
  gsize whole = strlen (text) - 2; /* its last terminator and the line's end */

  for (gsize length = 4; length < whole; length++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (text, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) read = x12_read (bytes, &error);

      if (length < 106)
        g_assert_error (error, X12_ERROR, X12_ERROR_TRUNCATED);
      else
        g_assert_cmpuint (x12_interchange_get_n_issues (g_ptr_array_index (read, 0)), >, 0);
    }
}

static void
test_header (void)
{
  /* Older versions have a letter in ISA11, no separator. */
  g_autoptr (X12Interchange) old =
    x12_text_read ("ISA*00*          *00*          *ZZ*A              *ZZ*B              *090501*0758*U*00401*000000001*0*P*|~IEA*0*000000001~");
  /* Widths that are wrong do no harm, and are told. */
  g_autoptr (X12Interchange) narrow = x12_text_read ("ISA*00**00**ZZ*A*ZZ*B*090501*0758*^*00501*1*0*P*:~IEA*0*000000001~");
  /* Somebody's choice of delimiters. */
  g_autoptr (X12Interchange) same =
    x12_text_read ("ISA*00*          *00*          *ZZ*A              *ZZ*B              *090501*0758*^*00501*000000001*0*P*^~IEA*0*000000001~");

  g_assert_cmpuint (x12_interchange_get_n_issues (old), ==, 0);
  g_assert_cmpint (x12_interchange_get_delimiters (old)->repetition, ==, '\0');
  g_assert_cmpint (x12_interchange_get_delimiters (old)->component, ==, '|');
  g_assert_true (x12_text_has_issue (narrow, X12_ISSUE_ISA_WIDTH, 0, 6));
  g_assert_true (x12_text_has_issue (narrow, X12_ISSUE_ISA_WIDTH, 0, 13));
  g_assert_false (x12_text_has_issue (narrow, X12_ISSUE_ISA_WIDTH, 0, 9));
  g_assert_cmpuint (x12_interchange_get_n_segments (narrow), ==, 2);
  g_assert_true (x12_text_has_issue (same, X12_ISSUE_DELIMITERS, 0, 11));
  g_assert_cmpuint (x12_interchange_get_n_issues (same), ==, 1);
}

static void
test_envelopes (void)
{
  g_autofree char *text = x12_text_make ("271", "BHT*0022*11*REF~");
  const struct
  {
    const char *good;
    const char *bad;
    X12IssueCode code;
    guint segment;
    guint element;
  } cases[] = {
    { "SE*3*", "SE*4*", X12_ISSUE_COUNT, 4, 1 },
    { "SE*3*0007", "SE*3*0008", X12_ISSUE_CONTROL_NUMBER, 4, 2 },
    { "GE*1*7", "GE*2*7", X12_ISSUE_COUNT, 5, 1 },
    { "GE*1*7", "GE*1*8", X12_ISSUE_CONTROL_NUMBER, 5, 2 },
    { "IEA*1*", "IEA*0*", X12_ISSUE_COUNT, 6, 1 },
    { "IEA*1*000000007", "IEA*1*000000008", X12_ISSUE_CONTROL_NUMBER, 6, 2 },
    { "SE*3*0007~", "", X12_ISSUE_NOT_CLOSED, 2, 0 },
    { "GE*1*7~", "", X12_ISSUE_NOT_CLOSED, 1, 0 },
    { "IEA*1*000000007~", "", X12_ISSUE_NOT_CLOSED, 0, 0 },
    { "BHT*", "bht*", X12_ISSUE_SEGMENT_NAME, 3, 0 },
    { "GE*1*7~", "GE*1*7~BHT*0022~", X12_ISSUE_STRAY, 6, 0 },
    { "GE*1*7~", "GE*1*7~GE*1*7~", X12_ISSUE_STRAY, 6, 0 },
    { "IEA*1*000000007~\n", "IEA*1*000000007", X12_ISSUE_NOT_TERMINATED, 6, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) around = g_strsplit (text, cases[i].good, 2);
      g_autofree char *bad = g_strjoinv (cases[i].bad, around);
      g_autoptr (X12Interchange) read = x12_text_read (bad);
      g_autofree char *first = NULL;

      g_assert_nonnull (around[1]);
      g_assert_true (x12_text_has_issue (read, cases[i].code, cases[i].segment, cases[i].element));
      g_assert_cmpuint (x12_interchange_get_n_issues (read), ==, 1);
      first = x12_issue_describe (x12_interchange_get_issue (read, 0));
      g_assert_nonnull (strstr (first, "segment"));
    }
}

/* Two in one file, with other delimiters each, a byte order mark before and a stray line between. */
static void
test_several (void)
{
  const char *text = "\xef\xbb\xbfISA*00*          *00*          *ZZ*A              *ZZ*B              *090501*0758*^*00501*000000001*0*P*:~\r\n"
                     "TA1*000000009*090501*0758*A*000~\r\nIEA*0*000000001~\r\n\r\nhello\r\n"
                     "ISA|00|          |00|          |ZZ|A              |ZZ|B              |090501|0758|^|00501|000000002|0|P|>\n"
                     "TA1|000000010|090501|0758|R|006\r\nIEA|0|000000002\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = x12_read (bytes, &error);
  X12Interchange *second;

  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 2);
  g_assert_true (x12_text_has_issue (g_ptr_array_index (read, 0), X12_ISSUE_STRAY, 2, 0));
  second = g_ptr_array_index (read, 1);
  g_assert_cmpuint (x12_interchange_get_n_issues (second), ==, 0);
  g_assert_cmpuint (x12_interchange_get_n_segments (second), ==, 3);
  /* CR LF where LF ends a segment: the CR is no part of the value. */
  g_assert_cmpstr (x12_segment_get (x12_interchange_get_segment (second, 1), 5), ==, "006");
  g_assert_cmpstr (x12_segment_get (x12_interchange_get_segment (second, 1), 1), ==, "000000010");
}

/* The next interchange begins although the one before did not end. */
static void
test_not_ended (void)
{
  const char *text = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *090501*0758*^*00501*000000001*0*P*:~"
                     "TA1*000000009*090501*0758*A*000~"
                     "ISA*00*          *00*          *ZZ*A              *ZZ*B              *090501*0758*^*00501*000000002*0*P*:~"
                     "IEA*0*000000002~";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GPtrArray) read = x12_read (bytes, NULL);

  g_assert_cmpuint (read->len, ==, 2);
  g_assert_true (x12_text_has_issue (g_ptr_array_index (read, 0), X12_ISSUE_NOT_CLOSED, 0, 0));
  g_assert_cmpuint (x12_interchange_get_n_issues (g_ptr_array_index (read, 1)), ==, 0);
}

static void
test_text (void)
{
  g_autofree char *text = x12_text_make ("271", "NM1*IL*1* Mu\xf1oz *Jos\xc3\xa9*~");
  g_autoptr (X12Interchange) read = x12_text_read (text);
  const X12Segment *name = x12_interchange_get_segment (read, 3);
  g_autofree char *latin = x12_segment_dup_text (name, 3);
  g_autofree char *utf8 = x12_segment_dup_text (name, 4);

  g_assert_cmpstr (latin, ==, "Muñoz");
  g_assert_cmpstr (utf8, ==, "José");
  g_assert_null (x12_segment_dup_text (name, 5));
}

static void
test_split (void)
{
  g_auto (GStrv) none = x12_split ("", ':');
  g_auto (GStrv) whole = x12_split ("a:b", '\0');
  g_auto (GStrv) parts = x12_split ("a::b", ':');

  g_assert_null (none[0]);
  g_assert_cmpstr (whole[0], ==, "a:b");
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/x12/read/plain", test_plain);
  g_test_add_func ("/x12/read/not-x12", test_not_x12);
  g_test_add_func ("/x12/read/cut", test_cut);
  g_test_add_func ("/x12/read/header", test_header);
  g_test_add_func ("/x12/read/envelopes", test_envelopes);
  g_test_add_func ("/x12/read/several", test_several);
  g_test_add_func ("/x12/read/not-ended", test_not_ended);
  g_test_add_func ("/x12/read/text", test_text);
  g_test_add_func ("/x12/read/split", test_split);
  return g_test_run ();
}
