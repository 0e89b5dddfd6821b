/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Are these two one person? Pairs that desks know (rcp-likeness), and the searches that bring candidates
 * (rcp-similar-patients). */

#include "identity/rcp-similar-patients.h"

/* "family|given|birth date|phone|email|street|postal code|MRN" */
static RcpPatientFields *
make (const char *text)
{
  static const RcpPatientField order[] = { RCP_FIELD_FAMILY, RCP_FIELD_GIVEN, RCP_FIELD_BIRTH_DATE, RCP_FIELD_PHONE_MOBILE,
                                           RCP_FIELD_EMAIL, RCP_FIELD_STREET, RCP_FIELD_POSTAL_CODE, RCP_FIELD_MRN };
  RcpPatientFields *fields = rcp_patient_fields_new ();
  g_auto (GStrv) values = g_strsplit (text, "|", -1);

  for (guint i = 0; values[i] != NULL; i++)
    rcp_patient_fields_set (fields, order[i], values[i]);
  return fields;
}

typedef struct
{
  const char *what;
  const char *a;
  const char *b;
  RcpLikenessGrade grade;
} Pair;

static const Pair pairs[] = {
  { "the same in all", "Garcia|Maria|1978-12-03|+12075550110|m@x.org|12 Elm St|09901", "García|MARIA|1978-12-03|(207) 555-0110|M@X.ORG|12 Elm Street|09901", RCP_LIKENESS_CERTAIN },
  { "name, date and one way", "Garcia|Maria|1978-12-03|+12075550110", "Garcia|Maria|1978-12-03|+12075550110", RCP_LIKENESS_CERTAIN },
  { "name and date", "Garcia|Maria|1978-12-03", "Garcia|Maria|1978-12-03", RCP_LIKENESS_PROBABLE },
  { "moved and changed phone", "Garcia|Maria|1978-12-03|+12075550110", "Garcia|Maria|1978-12-03|+12075550199", RCP_LIKENESS_PROBABLE },
  { "a slip in the name", "Gracia|Maria|1978-12-03", "Garcia|Maria|1978-12-03", RCP_LIKENESS_POSSIBLE },
  { "a short form", "Smith|Bob|1960-05-05", "Smith|Robert|1960-05-05", RCP_LIKENESS_POSSIBLE },
  { "a short form, same phone", "Smith|Bob|1960-05-05|+12075550110", "Smith|Robert|1960-05-05|+12075550110", RCP_LIKENESS_PROBABLE },
  { "day and month swapped", "Garcia|Maria|1978-12-03", "Garcia|Maria|1978-03-12", RCP_LIKENESS_POSSIBLE },
  { "one digit of the date", "Garcia|Maria|1978-12-03", "Garcia|Maria|1979-12-03", RCP_LIKENESS_POSSIBLE },
  { "names swapped", "Maria|Garcia|1978-12-03", "Garcia|Maria|1978-12-03", RCP_LIKENESS_POSSIBLE },
  { "one of two family names", "Garcia|Maria|1978-12-03", "Garcia Lopez|Maria|1978-12-03", RCP_LIKENESS_POSSIBLE },
  { "name and phone, no date", "Garcia|Maria||+12075550110", "Garcia|Maria|1978-12-03|+12075550110", RCP_LIKENESS_PROBABLE },
  { "only the family name and the date yet", "Garcia||1978-12-03", "Garcia|Maria|1978-12-03", RCP_LIKENESS_POSSIBLE },
  { "a family's telephone", "Garcia|||+12075550110", "Garcia|Maria|1978-12-03|+12075550110", RCP_LIKENESS_POSSIBLE },
  { "same record number", "Garcia|Maria||||||104-221", "Garcia|Maria||||||104-221", RCP_LIKENESS_PROBABLE },
  { "married, same phone", "Ruiz|Maria|1978-12-03|+12075550110", "Garcia|Maria|1978-12-03|+12075550110", RCP_LIKENESS_POSSIBLE },
  { "twins at home", "Garcia|Ana|2016-05-01|+12075550110|| 12 Elm St|09901", "Garcia|Luis|2016-05-01|+12075550110||12 Elm St|09901", RCP_LIKENESS_POSSIBLE },
  { "father and son", "Garcia|Jose|1950-01-01|+12075550110", "Garcia|Jose|1980-06-07|+12075550110", RCP_LIKENESS_POSSIBLE },
  { "namesakes", "Garcia|Maria|1978-12-03", "Garcia|Maria|1991-05-20", RCP_LIKENESS_NONE },
  { "a name only", "Garcia|Maria", "Garcia|Maria|1978-12-03", RCP_LIKENESS_NONE },
  { "born on one day", "Smith|John|1978-12-03", "Garcia|Maria|1978-12-03", RCP_LIKENESS_NONE },
  { "sister, other day", "Garcia|Ana|1980-01-01|+12075550110", "Garcia|Maria|1978-12-03|+12075550110", RCP_LIKENESS_NONE },
  { "placeholders", "Unknown|Unknown|1900-01-01", "Unknown|Unknown|1900-01-01", RCP_LIKENESS_NONE },
  { "nothing known", "", "Garcia|Maria|1978-12-03", RCP_LIKENESS_NONE },
  { "other record number", "Smith|John||||||104-221", "Garcia|Maria||||||104-222", RCP_LIKENESS_NONE },
};

static void
test_pairs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (RcpPatientFields) a = make (pairs[i].a);
      g_autoptr (RcpPatientFields) b = make (pairs[i].b);
      RcpLikeness forth = rcp_likeness_compare (a, b, "US");
      RcpLikeness back = rcp_likeness_compare (b, a, "US");

      g_test_message ("%s: %u", pairs[i].what, forth.points);
      g_assert_cmpint (forth.grade, ==, pairs[i].grade);
      g_assert_cmpint (back.grade, ==, pairs[i].grade);
      g_assert_cmpuint (forth.points, ==, back.points);
    }
}

/* The weights: no evidence twice, and what differs never counts. */
static void
test_points (void)
{
  g_autoptr (RcpPatientFields) a = make ("Garcia|Maria|1978-12-03|+12075550110|m@x.org|12 Elm St|09901|7");
  g_autoptr (RcpPatientFields) b = make ("Garcia|Maria|1978-12-03|+12075550110|m@x.org|12 Elm St|09901|7");
  RcpLikeness all = rcp_likeness_compare (a, b, "US");
  RcpLikeness after;
  g_autofree char *words = rcp_likeness_describe (&all);

  g_assert_cmpuint (all.points, ==, 100); /* 3 + 2 + at most 5 */
  g_assert_cmpstr (words, ==, "same name · same birth date · same phone · same email · same address · same record number");
  rcp_patient_fields_set (b, RCP_FIELD_FAMILY, "Smith");
  after = rcp_likeness_compare (a, b, "US");
  g_assert_cmpuint (after.points, ==, 70);
  g_assert_cmpint (after.agreements[RCP_ASPECT_NAME], ==, RCP_AGREE_DIFFERENT);
}

static void
test_dates (void)
{
  static const struct { const char *a, *b; RcpAgreement agreement; } dates[] = {
    { "1978-12-03", "1978-12-03", RCP_AGREE_SAME },      { "1978-12-03", "1978-03-12", RCP_AGREE_SIMILAR },
    { "1978-12-03", "1978-12-08", RCP_AGREE_SIMILAR },   { "1978-12-03", "1987-12-03", RCP_AGREE_SIMILAR },
    { "1978-12-03", "1978-12", RCP_AGREE_SIMILAR },      { "1978", "1978-12-03", RCP_AGREE_SIMILAR },
    { "1978-12-03", "1979-11-03", RCP_AGREE_DIFFERENT }, { "1978-11", "1978-12-03", RCP_AGREE_DIFFERENT },
    { "1978-11", "1978-12", RCP_AGREE_DIFFERENT },       { "", "1978-12-03", RCP_AGREE_UNKNOWN },
    { "1900-01-01", "1978-12-03", RCP_AGREE_UNKNOWN },   { "x", "y", RCP_AGREE_DIFFERENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    g_assert_cmpint (rcp_likeness_compare_dates (dates[i].a, dates[i].b), ==, dates[i].agreement);
}

static void
test_streets (void)
{
  static const struct { const char *a, *b; RcpAgreement agreement; } streets[] = {
    { "12 Elm Street", "12 ELM ST.", RCP_AGREE_SAME },       { "12 Elm St, Apt 4", "12 Elm Street Unit 4", RCP_AGREE_SAME },
    { "12 Elm St", "12 Elm St, Apt 4", RCP_AGREE_SIMILAR },  { "12 Harbour Lane", "12 Harbor Ln", RCP_AGREE_SIMILAR },
    { "12 Elm St", "13 Elm St", RCP_AGREE_DIFFERENT },       { "12 Elm St", "120 Elm St", RCP_AGREE_DIFFERENT },
    { "12", "12 Elm St", RCP_AGREE_DIFFERENT },           { "12 Elm St", "12 Oak Ave", RCP_AGREE_DIFFERENT }, { "", "12 Elm St", RCP_AGREE_UNKNOWN },
    { "Calle Mayor 3", "C/ Mayor, 3", RCP_AGREE_SAME },
  };

  for (guint i = 0; i < G_N_ELEMENTS (streets); i++)
    {
      g_test_message ("%s, %s", streets[i].a, streets[i].b);
      g_assert_cmpint (rcp_likeness_compare_streets (streets[i].a, streets[i].b), ==, streets[i].agreement);
      g_assert_cmpint (rcp_likeness_compare_streets (streets[i].b, streets[i].a), ==, streets[i].agreement);
    }
}

static void
test_fields (void)
{
  g_autoptr (RcpPatientFields) a = make ("Garcia|Maria|1978-12-03|+12075550110|m@x.org|12 Elm St|09901|7");
  g_autoptr (RcpPatientFields) b = make ("Gracia|Luz|1978-03-12|207-555-0110|n@y.org|12 Elm Street|09901|");

  g_assert_cmpint (rcp_likeness_compare_field (a, b, RCP_FIELD_FAMILY, "US"), ==, RCP_AGREE_SIMILAR);
  g_assert_cmpint (rcp_likeness_compare_field (a, b, RCP_FIELD_GIVEN, "US"), ==, RCP_AGREE_DIFFERENT);
  g_assert_cmpint (rcp_likeness_compare_field (a, b, RCP_FIELD_BIRTH_DATE, "US"), ==, RCP_AGREE_SIMILAR);
  g_assert_cmpint (rcp_likeness_compare_field (a, b, RCP_FIELD_PHONE_MOBILE, "US"), ==, RCP_AGREE_SAME);
  g_assert_cmpint (rcp_likeness_compare_field (a, b, RCP_FIELD_EMAIL, "US"), ==, RCP_AGREE_DIFFERENT);
  g_assert_cmpint (rcp_likeness_compare_field (a, b, RCP_FIELD_STREET, "US"), ==, RCP_AGREE_SAME);
  g_assert_cmpint (rcp_likeness_compare_field (a, b, RCP_FIELD_MRN, "US"), ==, RCP_AGREE_UNKNOWN);
}

static void
test_searches (void)
{
  g_autoptr (RcpPatientFields) nothing = make ("G||1978");
  g_autoptr (RcpPatientFields) whole = make ("García|Maria|1978-12-03|+12075550110");
  g_autoptr (GPtrArray) none = rcp_similar_patients_make_searches (nothing, "US");
  g_autoptr (GPtrArray) all = rcp_similar_patients_make_searches (whole, "US");
  g_autofree char *by_date = NULL;
  g_autofree char *by_phone = NULL;
  g_autofree char *by_name = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 3);
  by_date = fhir_search_to_string (g_ptr_array_index (all, 0));
  by_phone = fhir_search_to_string (g_ptr_array_index (all, 1));
  by_name = fhir_search_to_string (g_ptr_array_index (all, 2));
  g_assert_cmpstr (by_date, ==, "Patient?_count=60&birthdate=1978-12-03&name=gar,mar");
  g_assert_nonnull (g_strstr_len (by_phone, -1, "12075550110"));
  g_assert_cmpstr (by_name, ==, "Patient?_count=60&name=gar&name=mar");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identity/likeness/pairs", test_pairs);
  g_test_add_func ("/identity/likeness/points", test_points);
  g_test_add_func ("/identity/likeness/dates", test_dates);
  g_test_add_func ("/identity/likeness/streets", test_streets);
  g_test_add_func ("/identity/likeness/fields", test_fields);
  g_test_add_func ("/identity/likeness/searches", test_searches);

  return g_test_run ();
}
