/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person may type into any field of a patient: stored, shown, checked, and compared with another. */

#define G_LOG_DOMAIN "fuzz-patient-rules"

#include "clinic/rcp-patient-rules.h"
#include "identity/rcp-likeness.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The same text in every field of one patient, against one of whom all is known. */
static void
compare (const RcpPatientFields *typed)
{
  g_autoptr (RcpPatientFields) known = rcp_patient_fields_new ();
  RcpLikeness forth;
  RcpLikeness back;

  rcp_patient_fields_set (known, RCP_FIELD_FAMILY, "Garcia Lopez");
  rcp_patient_fields_set (known, RCP_FIELD_GIVEN, "Maria Luz");
  rcp_patient_fields_set (known, RCP_FIELD_BIRTH_DATE, "1978-12-03");
  rcp_patient_fields_set (known, RCP_FIELD_STREET, "12 Elm St, Apt 4");
  forth = rcp_likeness_compare (typed, known, "US");
  back = rcp_likeness_compare (known, typed, "US");
  g_assert_cmpint (forth.grade, ==, back.grade);
  g_assert_cmpuint (forth.points, ==, back.points);
  g_assert_cmpuint (forth.points, <=, 100);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new ();
  g_autoptr (GPtrArray) problems = NULL;
  RcpDeskPlace place = { "US", FALSE, { 0 } };

  g_date_clear (&place.today, 1);
  g_date_set_dmy (&place.today, 29, G_DATE_FEBRUARY, 2024);
  for (guint i = 0; i < RCP_N_FIELDS; i++)
    {
      g_autofree char *stored = rcp_patient_rules_normalize (i, text, &place);
      g_autofree char *again = rcp_patient_rules_normalize (i, stored, &place);
      g_autofree char *shown = rcp_patient_rules_show (i, stored, &place);

      g_assert_true (g_utf8_validate (stored, -1, NULL));
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      /* What is stored is in its form already. */
      g_assert_cmpstr (again, ==, stored);
      rcp_patient_fields_set (fields, i, stored);
    }
  problems = rcp_patient_rules_check (fields, &place);
  g_assert_cmpuint (problems->len, <=, RCP_N_FIELDS);
  compare (fields);
  return 0;
}
