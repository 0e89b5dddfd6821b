/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include <string.h>

#include "insurance/rcp-estimate.h"
#include "insurance/x12/x12-acknowledgment.h"
#include "x12-text.h"

/* Whole files: our own in tests/data/x12, and those of other people's projects in RECEPTION_SHARED_DATA/x12 when it is there. */

static char *
find_folder (gboolean shared)
{
  const char *folder = g_getenv ("RECEPTION_SHARED_DATA");

  if (!shared)
    return g_test_build_filename (G_TEST_DIST, "data", "x12", NULL);
  return folder ? g_build_filename (folder, "x12", NULL) : NULL;
}

/* All of these files delimit elements by "*", and segments by "~" or, without any, by the line's end. */
static GPtrArray *
split_slowly (const char *text)
{
  gboolean has_tilde = strchr (text, '~') != NULL;
  g_auto (GStrv) raw = g_strsplit (strstr (text, "ISA"), has_tilde ? "~" : "\n", -1);
  GPtrArray *segments = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; raw[i] != NULL; i++)
    {
      char *segment = g_strdup (g_strchug (raw[i]));

      if (!has_tilde && g_str_has_suffix (segment, "\r"))
        segment[strlen (segment) - 1] = '\0';
      if (*segment != '\0')
        g_ptr_array_add (segments, segment);
      else
        g_free (segment);
    }
  return segments;
}

static GPtrArray *
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  GPtrArray *read = x12_read (bytes, &error);

  g_assert_no_error (error);
  return read;
}

/* All segments of all interchanges are what the slow way finds. */
static void
compare (GPtrArray *interchanges, GPtrArray *segments)
{
  guint n = 0;

  for (guint i = 0; i < interchanges->len; i++)
    {
      X12Interchange *interchange = g_ptr_array_index (interchanges, i);

      for (guint j = 0; j < x12_interchange_get_n_segments (interchange); j++)
        {
          const X12Segment *segment = x12_interchange_get_segment (interchange, j);
          g_autoptr (GString) joined = g_string_new (x12_segment_get (segment, 0));

          for (guint k = 1; k < segment->n_elements; k++)
            g_string_append_printf (joined, "*%s", x12_segment_get (segment, k));
          g_assert_cmpuint (n, <, segments->len);
          g_assert_cmpstr (joined->str, ==, g_ptr_array_index (segments, n));
          n++;
        }
    }
  g_assert_cmpuint (n, ==, segments->len);
}

static void
check_round (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) segments = NULL, read = NULL, again = NULL;
  g_autoptr (GString) written = g_string_new (NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  segments = split_slowly (text);
  read = read_text (text);
  compare (read, segments);
  for (guint i = 0; i < read->len; i++)
    x12_interchange_write (g_ptr_array_index (read, i), written);
  again = read_text (written->str);
  compare (again, segments);
}

static guint
check_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        n += check_folder (path);
      else if (g_str_has_suffix (name, ".edi"))
        {
          g_test_message ("%s", name);
          check_round (path);
          n++;
        }
    }
  return n;
}

static void
test_round (gconstpointer is_shared)
{
  g_autofree char *folder = find_folder (GPOINTER_TO_INT (is_shared));
  guint n;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("RECEPTION_SHARED_DATA names no folder with x12");
      return;
    }
  n = check_folder (folder);
  g_test_message ("%u files", n);
  g_assert_cmpuint (n, >=, GPOINTER_TO_INT (is_shared) ? 50 : 2);
}

#define UNSAID (-1)

/**
 * Read by hand, for an office visit (98), of the last person in the file; amounts in cents.
 * @n_rejections: AAA segments, wherever they stand
 */
typedef struct
{
  const char *file;
  guint n_people;
  RcpEligibilityStatus status;
  gint64 copay_in;
  gint64 copay_out;
  guint n_benefits;
  guint n_rejections;
} HandRead;

static const HandRead by_hand[] = {
  { "imsweb-x271", 1, RCP_ELIGIBILITY_ELIGIBLE, UNSAID, UNSAID, 1, 0 },
  { "lfh-demo-271", 1, RCP_ELIGIBILITY_ELIGIBLE, 1000, 3000, 5, 0 },
  { "lfh-dependent-health-benefit-check-271", 2, RCP_ELIGIBILITY_ELIGIBLE, 1000, 3000, 5, 0 },
  /* One line says inactive, two say active, none of them for what. */
  { "oopfactory-271-4010-Example1_DHHS", 1, RCP_ELIGIBILITY_CANNOT_TELL, UNSAID, UNSAID, 12, 3 },
  { "oopfactory-hipaa-271-4010-Example1_DHHS", 1, RCP_ELIGIBILITY_CANNOT_TELL, UNSAID, UNSAID, 12, 3 },
  { "oopfactory-271-4010-Example3_CMS_HETS", 1, RCP_ELIGIBILITY_CANNOT_TELL, UNSAID, UNSAID, 26, 0 },
  { "oopfactory-hipaa-271-4010-Example3_CMS_HETS", 1, RCP_ELIGIBILITY_CANNOT_TELL, UNSAID, UNSAID, 26, 0 },
  { "oopfactory-271-4010-FromMunawarAbad", 1, RCP_ELIGIBILITY_ELIGIBLE, UNSAID, UNSAID, 40, 0 },
  { "oopfactory-271-4010-From_tcplex", 2, RCP_ELIGIBILITY_NOT_ELIGIBLE, UNSAID, UNSAID, 2, 0 },
  { "oopfactory-hipaa-271-4010-Example2_TMHP", 1, RCP_ELIGIBILITY_ELIGIBLE, UNSAID, UNSAID, 4, 0 },
  { "oopfactory-271-5010-Example_3_1_2", 1, RCP_ELIGIBILITY_ELIGIBLE, 1000, 3000, 5, 0 },
  { "oopfactory-hipaa-271-5010-Example_3_1_2", 1, RCP_ELIGIBILITY_ELIGIBLE, 1000, 3000, 6, 9 },
  { "oopfactory-hipaa-271-5010-Example_3_1_3", 0, RCP_ELIGIBILITY_CANNOT_TELL, UNSAID, UNSAID, 0, 1 },
  { "oopfactory-hipaa-271-5010-Example_3_2_2", 2, RCP_ELIGIBILITY_ELIGIBLE, 1000, 3000, 5, 0 },
  { "oopfactory-hipaa-271-5010-Example_ErrorWithoutBenefitInfo", 1, RCP_ELIGIBILITY_CANNOT_TELL, UNSAID, UNSAID, 0, 7 },
  { "oopfactory-hipaa-271-5010-ValidationForDependentBenefitInfo", 2, RCP_ELIGIBILITY_ELIGIBLE, UNSAID, UNSAID, 1, 1 },
  { "oopfactory-hipaa-271-5010-ValidationForDependentName", 2, RCP_ELIGIBILITY_ELIGIBLE, UNSAID, UNSAID, 1, 1 },
  { "oopfactory-hipaa-271-5010-ValidationForReceiverName", 0, RCP_ELIGIBILITY_CANNOT_TELL, UNSAID, UNSAID, 0, 4 },
  { "oopfactory-hipaa-271-5010-ValidationForSubscriberBenefitInfo", 1, RCP_ELIGIBILITY_ELIGIBLE, UNSAID, UNSAID, 1, 2 },
  { "oopfactory-hipaa-271-5010-ValidationForSubscriberName", 1, RCP_ELIGIBILITY_CANNOT_TELL, UNSAID, UNSAID, 0, 2 },
  { "stupidedi-error-response-from-payer-to-clinic-not-eligible-for-inquiries-with-payer", 0, RCP_ELIGIBILITY_CANNOT_TELL, UNSAID, UNSAID,
    0, 1 },
  { "stupidedi-response-to-generic-request-by-clinic-for-patient-subscriber-eligibility", 1, RCP_ELIGIBILITY_ELIGIBLE, 1000, 3000, 5, 0 },
  { "stupidedi-response-to-generic-request-by-physician-for-patient-dependent-eligibility", 2, RCP_ELIGIBILITY_ELIGIBLE, 1000, 3000, 5, 0 },
};

static void
check_copay (GPtrArray *benefits, RcpNetwork side, gint64 expected)
{
  RcpCostShare share = rcp_cost_share_read (benefits, "98", side);

  g_assert_cmpint (share.copay.is_known, ==, expected != UNSAID);
  if (expected != UNSAID)
    g_assert_cmpint (share.copay.least, ==, expected);
  g_assert_cmpint (share.copay.least, ==, share.copay.most);
  /* None of these files states any of them for an office visit. */
  g_assert_false (share.has_share);
  g_assert_cmpint (share.authorization, ==, RCP_AUTHORIZATION_UNSTATED);
  g_assert_false (share.out_of_pocket.is_known);
}

static guint
count_rejections (const RcpX12Reply *reply)
{
  guint n = reply->rejections->len;

  for (guint i = 0; i < reply->insured->len; i++)
    {
      const RcpInsured *insured = g_ptr_array_index (reply->insured, i);

      n += insured->rejections->len;
      for (guint j = 0; j < insured->benefits->len; j++)
        n += ((const RcpBenefit *) g_ptr_array_index (insured->benefits, j))->rejections->len;
    }
  return n;
}

static GPtrArray *
read_replies (const char *folder, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".edi", NULL);
  g_autofree char *path = g_build_filename (folder, "271", file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) read = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  read = read_text (text);
  g_assert_cmpuint (read->len, ==, 1);
  return rcp_x12_replies_read (g_ptr_array_index (read, 0));
}

static void
test_by_hand (void)
{
  g_autofree char *folder = find_folder (TRUE);

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("RECEPTION_SHARED_DATA names no folder with x12");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (by_hand); i++)
    {
      const HandRead *expected = &by_hand[i];
      g_autoptr (GPtrArray) replies = read_replies (folder, expected->file);
      g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
      const RcpX12Reply *reply = g_ptr_array_index (replies, 0);
      GPtrArray *benefits = nothing;

      g_test_message ("%s", expected->file);
      g_assert_cmpuint (reply->insured->len, ==, expected->n_people);
      if (expected->n_people > 0)
        benefits = ((RcpInsured *) g_ptr_array_index (reply->insured, expected->n_people - 1))->benefits;
      g_assert_cmpuint (benefits->len, ==, expected->n_benefits);
      g_assert_cmpint (rcp_eligibility_judge (benefits, "98"), ==, expected->status);
      check_copay (benefits, RCP_NETWORK_IN, expected->copay_in);
      check_copay (benefits, RCP_NETWORK_OUT, expected->copay_out);
      g_assert_cmpuint (count_rejections (reply), ==, expected->n_rejections);
    }
}

/* The stay in hospital (47) of the Medicare sample: two spells with what remains of the deductible in each, and a copay by the day. */
static void
test_hospital (void)
{
  g_autofree char *folder = find_folder (TRUE);
  g_autoptr (GPtrArray) replies = NULL;
  GPtrArray *benefits;
  RcpCostShare share, physician;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("RECEPTION_SHARED_DATA names no folder with x12");
      return;
    }
  replies = read_replies (folder, "oopfactory-271-4010-Example3_CMS_HETS");
  benefits = ((RcpInsured *) g_ptr_array_index (((RcpX12Reply *) g_ptr_array_index (replies, 0))->insured, 0))->benefits;
  share = rcp_cost_share_read (benefits, "47", RCP_NETWORK_IN);
  g_assert_true (share.is_side_unstated);
  g_assert_cmpint (share.deductible.least, ==, 0);
  g_assert_cmpint (share.deductible.most, ==, 99200);
  g_assert_cmpint (share.copay.least, ==, 24800);
  g_assert_cmpint (share.copay.most, ==, 24800);
  physician = rcp_cost_share_read (benefits, "96", RCP_NETWORK_IN);
  g_assert_true (physician.deductible.is_known);
  g_assert_cmpint (physician.deductible.most, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/insurance/files/round", GINT_TO_POINTER (FALSE), test_round);
  g_test_add_data_func ("/insurance/files/round-shared", GINT_TO_POINTER (TRUE), test_round);
  g_test_add_func ("/insurance/files/by-hand", test_by_hand);
  g_test_add_func ("/insurance/files/hospital", test_hospital);
  return g_test_run ();
}
