/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a desk is told about the data of a patient (rcp-patient-rules), how it is stored and shown, and the names of
 * languages (rcp-language). */

#include "clinic/rcp-language.h"
#include "clinic/rcp-patient-rules.h"

static RcpDeskPlace
make_place (const char *region, gboolean day_first)
{
  RcpDeskPlace place = { { 0 }, day_first, { 0 } };

  g_strlcpy (place.region, region, sizeof place.region);
  g_date_clear (&place.today, 1);
  g_date_set_dmy (&place.today, 23, G_DATE_NOVEMBER, 2026);
  return place;
}

/* Someone of whom there is nothing to say. */
static RcpPatientFields *
make_fine (void)
{
  RcpPatientFields *fields = rcp_patient_fields_new ();

  rcp_patient_fields_set (fields, RCP_FIELD_FAMILY, "Garcia");
  rcp_patient_fields_set (fields, RCP_FIELD_GIVEN, "Maria");
  rcp_patient_fields_set (fields, RCP_FIELD_BIRTH_DATE, "1978-12-03");
  rcp_patient_fields_set (fields, RCP_FIELD_PHONE_MOBILE, "+12075550110");
  return fields;
}

static const RcpPatientProblem *
find (GPtrArray *problems, RcpPatientField field)
{
  const RcpPatientProblem *found = NULL;

  for (guint i = 0; i < problems->len; i++)
    {
      const RcpPatientProblem *problem = g_ptr_array_index (problems, i);

      if (problem->field != field)
        continue;
      g_assert_null (found); /* one per field */
      found = problem;
    }
  return found;
}

typedef enum
{
  FINE,
  WARNED,
  WRONG,
} Verdict;

typedef struct
{
  RcpPatientField field;
  const char *value;
  Verdict verdict;
} Case;

static const Case cases[] = {
  { RCP_FIELD_FAMILY, "Garcia", FINE },
  { RCP_FIELD_FAMILY, "O’Brien-Núñez", FINE },
  { RCP_FIELD_FAMILY, "García Márquez", FINE },
  { RCP_FIELD_FAMILY, "李", FINE },
  { RCP_FIELD_FAMILY, "Garcia2", WARNED },
  { RCP_FIELD_FAMILY, "٤", WARNED },
  { RCP_FIELD_FAMILY, "UNKNOWN", WARNED },
  { RCP_FIELD_FAMILY, "", WARNED },
  { RCP_FIELD_GIVEN, "", WARNED },
  { RCP_FIELD_GIVEN, "Baby Boy", WARNED },
  { RCP_FIELD_GIVEN, "R2D2", WARNED },
  { RCP_FIELD_CALLED, "Bo", FINE },
  { RCP_FIELD_CALLED, "B0", WARNED },
  { RCP_FIELD_BIRTH_DATE, "", WARNED },
  { RCP_FIELD_BIRTH_DATE, "2026-11-23", FINE }, /* born today; a child without a guardian is another field's warning */
  { RCP_FIELD_BIRTH_DATE, "2026-11-24", WRONG },
  { RCP_FIELD_BIRTH_DATE, "2206-01-01", WRONG },
  { RCP_FIELD_BIRTH_DATE, "1899-12-31", WRONG },
  { RCP_FIELD_BIRTH_DATE, "1900-01-01", WARNED },
  { RCP_FIELD_BIRTH_DATE, "1905-11-23", WARNED }, /* 121 today */
  { RCP_FIELD_BIRTH_DATE, "1905-11-24", FINE },   /* 120 until tomorrow */
  { RCP_FIELD_BIRTH_DATE, "1978-12", WARNED },
  { RCP_FIELD_BIRTH_DATE, "1978", WARNED },
  { RCP_FIELD_BIRTH_DATE, "1978-02-30", WRONG },
  { RCP_FIELD_BIRTH_DATE, "yesterday", WRONG },
  { RCP_FIELD_BIRTH_DATE, "1978-12-03T10:00:00Z", WRONG },
  { RCP_FIELD_PHONE_MOBILE, "+12075550110", FINE },
  { RCP_FIELD_PHONE_MOBILE, "", WARNED },
  { RCP_FIELD_PHONE_HOME, "555-0110", WARNED },
  { RCP_FIELD_PHONE_HOME, "20755501101", WARNED },
  { RCP_FIELD_PHONE_WORK, "ask Ana", WRONG },
  { RCP_FIELD_EMAIL, "m.garcia+x@mail.example.org", FINE },
  { RCP_FIELD_EMAIL, "josé@correo.es", FINE },
  { RCP_FIELD_EMAIL, "m@localhost", WRONG },
  { RCP_FIELD_EMAIL, "m@@example.org", WRONG },
  { RCP_FIELD_EMAIL, "@example.org", WRONG },
  { RCP_FIELD_EMAIL, "m.example.org", WRONG },
  { RCP_FIELD_EMAIL, "m..g@example.org", WRONG },
  { RCP_FIELD_EMAIL, "m g@example.org", WRONG },
  { RCP_FIELD_EMAIL, "m@example.org, n@example.org", WRONG },
  { RCP_FIELD_EMAIL, "m@exam_ple.org", WRONG },
  { RCP_FIELD_EMAIL, ".m@example.org", WRONG },
  { RCP_FIELD_EMAIL, "m@.org", WRONG },
  { RCP_FIELD_EMAIL, "m@example.o", WRONG },
  { RCP_FIELD_PREFERRED, "mobile", FINE },
  { RCP_FIELD_PREFERRED, "email", WRONG },
  { RCP_FIELD_PREFERRED, "work", WRONG },
  { RCP_FIELD_POSTAL_CODE, "09901", FINE },
  { RCP_FIELD_POSTAL_CODE, "09901-1234", FINE },
  { RCP_FIELD_POSTAL_CODE, "9901", WARNED },
  { RCP_FIELD_POSTAL_CODE, "09901-12", WARNED },
  { RCP_FIELD_POSTAL_CODE, "SW1A 1AA", WARNED },
  { RCP_FIELD_OTHER_LANGUAGES, "en, es-MX", FINE },
  { RCP_FIELD_OTHER_LANGUAGES, "en, Klingonese", WRONG },
  { RCP_FIELD_CARER_NAME, "Ana Ruiz", FINE },
  { RCP_FIELD_CARER_PHONE, "none", WRONG },
};

static void
test_each_field (void)
{
  RcpDeskPlace place = make_place ("US", FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpPatientFields) fields = make_fine ();
      g_autoptr (GPtrArray) problems = NULL;
      const RcpPatientProblem *problem;

      rcp_patient_fields_set (fields, cases[i].field, cases[i].value);
      problems = rcp_patient_rules_check (fields, &place);
      problem = find (problems, cases[i].field);
      g_test_message ("%s '%s'", rcp_patient_field_get_label (cases[i].field), cases[i].value);
      g_assert_cmpint (problem == NULL ? FINE : problem->is_error ? WRONG : WARNED, ==, cases[i].verdict);
      if (problem != NULL)
        g_assert_cmpstr (problem->text, !=, "");
      g_assert_cmpint (rcp_patient_rules_may_save (problems), ==,
                       cases[i].verdict != WRONG && cases[i].field != RCP_FIELD_CARER_PHONE);
    }
}

static guint
count (const RcpPatientFields *fields)
{
  RcpDeskPlace place = make_place ("US", FALSE);
  g_autoptr (GPtrArray) problems = rcp_patient_rules_check (fields, &place);

  return problems->len;
}

static void
test_together (void)
{
  RcpDeskPlace place = make_place ("US", FALSE);
  g_autoptr (RcpPatientFields) fine = make_fine ();
  g_autoptr (RcpPatientFields) nobody = rcp_patient_fields_new ();
  g_autoptr (RcpPatientFields) child = make_fine ();
  g_autoptr (RcpPatientFields) reached = make_fine ();
  g_autoptr (GPtrArray) of_nobody = rcp_patient_rules_check (nobody, &place);
  g_autoptr (GPtrArray) of_child = NULL;

  g_assert_cmpuint (count (fine), ==, 0);
  g_assert_true (find (of_nobody, RCP_FIELD_FAMILY)->is_error);
  g_assert_false (rcp_patient_rules_may_save (of_nobody));

  rcp_patient_fields_set (child, RCP_FIELD_BIRTH_DATE, "2016-05-01");
  of_child = rcp_patient_rules_check (child, &place);
  g_assert_nonnull (find (of_child, RCP_FIELD_CARER_NAME));
  g_assert_true (rcp_patient_rules_may_save (of_child));
  rcp_patient_fields_set (child, RCP_FIELD_CARER_NAME, "Ana Garcia");
  g_assert_cmpuint (count (child), ==, 0);

  /* Who cannot be called may be reached by somebody else. */
  rcp_patient_fields_set (reached, RCP_FIELD_PHONE_MOBILE, "");
  g_assert_cmpuint (count (reached), ==, 1);
  rcp_patient_fields_set (reached, RCP_FIELD_CARER_NAME, "Ana Garcia");
  rcp_patient_fields_set (reached, RCP_FIELD_CARER_PHONE, "+12075550110");
  g_assert_cmpuint (count (reached), ==, 0);
  rcp_patient_fields_set (reached, RCP_FIELD_INTERPRETER, "yes");
  g_assert_cmpuint (count (reached), ==, 1);
  rcp_patient_fields_set (reached, RCP_FIELD_LANGUAGE, "es");
  g_assert_cmpuint (count (reached), ==, 0);
  rcp_patient_fields_set (reached, RCP_FIELD_STREET, "12 Elm St");
  g_assert_cmpuint (count (reached), ==, 1);
}

static void
test_postal_codes (void)
{
  static const struct { const char *country, *code; gboolean is_fine; } codes[] = {
    { "CA", "K1A 0B1", TRUE }, { "Canada", "K1A0B1", TRUE }, { "CA", "09901", FALSE },   { "UK", "SW1A 1AA", TRUE },
    { "ES", "28013", TRUE },   { "España", "2801", FALSE },  { "IL", "9614303", TRUE }, { "KE", "anything", TRUE },
  };
  RcpDeskPlace place = make_place ("US", FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (RcpPatientFields) fields = make_fine ();
      g_autoptr (GPtrArray) problems = NULL;

      rcp_patient_fields_set (fields, RCP_FIELD_COUNTRY, codes[i].country);
      rcp_patient_fields_set (fields, RCP_FIELD_POSTAL_CODE, codes[i].code);
      problems = rcp_patient_rules_check (fields, &place);
      g_assert_cmpint (problems->len == 0, ==, codes[i].is_fine);
    }
}

static void
test_normalize (void)
{
  static const struct { RcpPatientField field; const char *typed, *stored; gboolean day_first; } typed[] = {
    { RCP_FIELD_FAMILY, "  García   Márquez ", "García Márquez", FALSE },
    { RCP_FIELD_FAMILY, "a\tb\nc", "a b c", FALSE },
    { RCP_FIELD_BIRTH_DATE, "3 dec 1978", "1978-12-03", FALSE },
    { RCP_FIELD_BIRTH_DATE, "12/3/1978", "1978-12-03", FALSE },
    { RCP_FIELD_BIRTH_DATE, "12/3/1978", "1978-03-12", TRUE },
    { RCP_FIELD_BIRTH_DATE, "3.12.78", "1978-12-03", TRUE },
    { RCP_FIELD_BIRTH_DATE, "19781203", "1978-12-03", FALSE },
    { RCP_FIELD_BIRTH_DATE, "1978-12-03", "1978-12-03", FALSE },
    { RCP_FIELD_BIRTH_DATE, "1978", "1978", FALSE },
    { RCP_FIELD_BIRTH_DATE, "3 Dec 2077", "2077-12-03", FALSE },
    { RCP_FIELD_BIRTH_DATE, "soon", "soon", FALSE },
    { RCP_FIELD_PHONE_HOME, "(207) 555-0110", "+12075550110", FALSE },
    { RCP_FIELD_PHONE_HOME, "555-0110", "555-0110", FALSE },
    { RCP_FIELD_CARER_PHONE, "207.555.0110", "+12075550110", FALSE },
    { RCP_FIELD_POSTAL_CODE, " k1a 0b1", "K1A 0B1", FALSE },
    { RCP_FIELD_OTHER_LANGUAGES, "spanish; Tagalog, pt-BR", "es, tl, pt-BR", FALSE },
    { RCP_FIELD_OTHER_LANGUAGES, "Elvish", "Elvish", FALSE },
    { RCP_FIELD_EMAIL, " m@example.org ", "m@example.org", FALSE },
    { RCP_FIELD_CITY, "   ", "", FALSE },
    { RCP_FIELD_CITY, "a\xff", "a\uFFFD", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      RcpDeskPlace place = make_place ("US", typed[i].day_first);
      g_autofree char *stored = rcp_patient_rules_normalize (typed[i].field, typed[i].typed, &place);
      g_autofree char *again = rcp_patient_rules_normalize (typed[i].field, stored, &place);

      g_assert_cmpstr (stored, ==, typed[i].stored);
      g_assert_cmpstr (again, ==, stored);
    }
}

static void
test_show (void)
{
  RcpDeskPlace here = make_place ("US", FALSE);
  RcpDeskPlace there = make_place ("ES", TRUE);
  g_autofree char *home = rcp_patient_rules_show (RCP_FIELD_PHONE_HOME, "+12075550110", &here);
  g_autofree char *abroad = rcp_patient_rules_show (RCP_FIELD_CARER_PHONE, "+12075550110", &there);
  g_autofree char *language = rcp_patient_rules_show (RCP_FIELD_LANGUAGE, "es-MX", &here);
  g_autofree char *languages = rcp_patient_rules_show (RCP_FIELD_OTHER_LANGUAGES, "en, tlh", &here);
  g_autofree char *city = rcp_patient_rules_show (RCP_FIELD_CITY, "Alderport", &here);

  g_assert_cmpstr (home, ==, "(207) 555-0110");
  g_assert_cmpstr (abroad, ==, "+1 207-555-0110");
  g_assert_cmpstr (language, ==, "Spanish");
  g_assert_cmpstr (languages, ==, "English, tlh");
  g_assert_cmpstr (city, ==, "Alderport");
}

static void
test_languages (void)
{
  static const struct { const char *text, *code; } words[] = {
    { "Spanish", "es" },     { "  spanish ", "es" }, { "ES", "es" },   { "es-MX", "es-MX" }, { "haitian creole", "ht" },
    { "american sign language", "ase" }, { "tlh", "tlh" }, { "Klingon", NULL }, { "e", NULL }, { "es-", NULL },
    { "", NULL },            { "\xff", NULL },       { "zh-Hant-TW", "zh-Hant-TW" },
  };
  g_autofree char *none = NULL;
  g_autofree char *empty = rcp_language_list_to_codes (" , ;", &none);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *code = rcp_language_dup_code (words[i].text);

      g_test_message ("%u", i);
      g_assert_cmpstr (code, ==, words[i].code);
    }
  g_assert_cmpstr (empty, ==, "");
  g_assert_null (none);
  /* Every language is found by its own name. */
  for (const char *const *code = rcp_language_get_codes (); *code != NULL; code++)
    {
      g_autofree char *found = rcp_language_dup_code (rcp_language_get_name (*code));

      g_assert_cmpstr (found, ==, *code);
      g_assert_cmpstr (rcp_language_get_name (*code), !=, *code);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clinic/patient-rules/each-field", test_each_field);
  g_test_add_func ("/clinic/patient-rules/together", test_together);
  g_test_add_func ("/clinic/patient-rules/postal-codes", test_postal_codes);
  g_test_add_func ("/clinic/patient-rules/normalize", test_normalize);
  g_test_add_func ("/clinic/patient-rules/show", test_show);
  g_test_add_func ("/clinic/patient-rules/languages", test_languages);

  return g_test_run ();
}
