/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The view-model of registering and changing a patient, against a real record: what blocks saving, and what comes of it. */

#include "ui/patient/rcp-patient-form.h"

#include "practice-fixture.h"

#define NOW (G_GINT64_CONSTANT (1795438800) * G_USEC_PER_SEC) /* 2026-11-23 13:00 UTC */

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  RcpClock *clock;
  RcpDeskPlace place;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->practice = practice_fixture_new (NULL);
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->clock = rcp_clock_new_fixed (NOW);
  g_strlcpy (fixture->place.region, "US", sizeof fixture->place.region);
  fixture->place.day_first = FALSE;
  g_date_clear (&fixture->place.today, 1);
  g_date_set_dmy (&fixture->place.today, 23, G_DATE_NOVEMBER, 2026);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->client);
  g_object_unref (fixture->clock);
  practice_fixture_free (fixture->practice);
}

static RcpPatientForm *
open_form (Fixture *fixture, RcpPatient *patient, const char *typed)
{
  RcpPatientForm *form = rcp_patient_form_new (fixture->client, fixture->clock, &fixture->place, "Desk 2", patient);

  if (typed != NULL)
    rcp_patient_form_fill (form, typed);
  return form;
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static RcpPatient *
save (RcpPatientForm *form, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rcp_patient_form_save_async (form, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return rcp_patient_form_save_finish (form, result, error);
}

static void
assert_field (RcpPatientForm *form, RcpPatientField field, const char *value)
{
  g_assert_cmpstr (rcp_patient_fields_get (rcp_patient_form_get_fields (form), field), ==, value);
}

static RcpPatient *
register_maria (Fixture *fixture)
{
  RcpPatientForm *form = open_form (fixture, NULL, "maria garcia 12/3/1978");
  g_autoptr (GError) error = NULL;
  RcpPatient *patient = save (form, &error);

  g_assert_no_error (error);
  g_assert_finalize_object (form);
  return patient;
}

static void
test_fill (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *typed, *family, *given, *birth_date, *phone; } cases[] = {
    { "maria garcia", "Garcia", "Maria", "", "" },
    { "garcia, maria luz", "Garcia", "Maria Luz", "", "" },
    { "van der Berg", "Berg", "van der", "", "" }, /* capitals that were typed stay */
    { "o'brien-smith", "O'Brien-Smith", "", "", "" },
    { "garcia", "Garcia", "", "", "" },
    { "3 Dec 1978", "", "", "1978-12-03", "" },
    { "207 555 0110", "", "", "", "+12075550110" },
    { "(207) 555-0110", "", "", "", "+12075550110" },
    { "maria garcia 12/3/1978", "Garcia", "Maria", "1978-12-03", "" },
    { "garcia 207-555-0110", "Garcia", "", "", "+12075550110" },
    { "   ", "", "", "", "" },
    { "\xff", "\uFFFD", "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RcpPatientForm *form = open_form (fixture, NULL, cases[i].typed);

      g_test_message ("%u", i);
      assert_field (form, RCP_FIELD_FAMILY, cases[i].family);
      assert_field (form, RCP_FIELD_GIVEN, cases[i].given);
      assert_field (form, RCP_FIELD_BIRTH_DATE, cases[i].birth_date);
      assert_field (form, RCP_FIELD_PHONE_MOBILE, cases[i].phone);
      g_assert_finalize_object (form);
    }
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  RcpPatientForm *form = open_form (fixture, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (rcp_patient_form_is_new (form));
  g_assert_false (rcp_patient_form_is_changed (form));
  /* Nobody is scolded for what was not written yet. */
  g_assert_null (rcp_patient_form_get_problem (form, RCP_FIELD_FAMILY));
  g_assert_cmpint (rcp_patient_form_get_block (form), ==, RCP_FORM_PROBLEM);
  rcp_patient_form_set_text (form, RCP_FIELD_EMAIL, "nonsense");
  g_assert_true (rcp_patient_form_get_problem (form, RCP_FIELD_EMAIL)->is_error);
  g_assert_null (save (form, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_assert_nonnull (rcp_patient_form_get_problem (form, RCP_FIELD_FAMILY));
  g_assert_cmpint (rcp_patient_form_get_first_error (form), ==, RCP_FIELD_FAMILY);
  rcp_patient_form_set_text (form, RCP_FIELD_FAMILY, "Garcia");
  rcp_patient_form_set_text (form, RCP_FIELD_EMAIL, "");
  g_assert_cmpint (rcp_patient_form_get_block (form), ==, RCP_FORM_FREE);
  g_assert_true (rcp_patient_form_is_changed (form));
  g_assert_finalize_object (form);
}

/* Who saves at once hears of one like it all the same; who says why saves. */
static void
test_similar (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPatient) maria = register_maria (fixture);
  RcpPatientForm *form = open_form (fixture, NULL, "mary garcia 12/3/1978");
  g_autoptr (RcpPatient) second = NULL;
  g_autoptr (RcpSimilar) similar = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (save (form, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  g_assert_cmpint (rcp_patient_form_get_block (form), ==, RCP_FORM_SIMILAR);
  similar = g_list_model_get_item (rcp_patient_form_get_similar (form), 0);
  g_assert_cmpstr (rcp_patient_get_id (rcp_similar_get_patient (similar)), ==, rcp_patient_get_id (maria));
  rcp_patient_form_set_reason (form, "  ");
  g_assert_cmpint (rcp_patient_form_get_block (form), ==, RCP_FORM_SIMILAR);
  rcp_patient_form_set_reason (form, "a cousin");
  second = save (form, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_patient_get_id (second), !=, rcp_patient_get_id (maria));
  g_assert_finalize_object (form);
}

/* While typing, without saving: the list fills, and empties again. */
static void
test_while_typing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPatient) maria = register_maria (fixture);
  RcpPatientForm *form = open_form (fixture, NULL, NULL);
  GListModel *similar = rcp_patient_form_get_similar (form);

  rcp_patient_form_set_text (form, RCP_FIELD_FAMILY, "GARCÍA");
  rcp_patient_form_set_text (form, RCP_FIELD_BIRTH_DATE, "3 dec 1978");
  while (g_list_model_get_n_items (similar) == 0)
    g_main_context_iteration (NULL, TRUE);
  rcp_patient_form_set_text (form, RCP_FIELD_FAMILY, "Smith");
  while (g_list_model_get_n_items (similar) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (form);
}

static void
test_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPatient) maria = register_maria (fixture);
  RcpPatientForm *form = open_form (fixture, maria, NULL);
  g_autoptr (RcpPatient) changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;

  g_assert_false (rcp_patient_form_is_new (form));
  rcp_patient_form_set_text (form, RCP_FIELD_PHONE_HOME, "207 555 0111");
  shown = rcp_patient_form_dup_text (form, RCP_FIELD_PHONE_HOME);
  g_assert_cmpstr (shown, ==, "(207) 555-0111");
  changed = save (form, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_patient_get_phone (changed), ==, "+12075550111");
  g_assert_finalize_object (form);
}

static void
test_disputed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPatient) maria = register_maria (fixture);
  RcpPatientForm *other = open_form (fixture, maria, NULL);
  RcpPatientForm *form = open_form (fixture, maria, NULL);
  g_autoptr (RcpPatient) theirs = NULL;
  g_autoptr (RcpPatient) ours = NULL;
  g_autoptr (GError) error = NULL;

  rcp_patient_form_set_text (other, RCP_FIELD_CITY, "Elsewhere");
  rcp_patient_form_set_text (other, RCP_FIELD_EMAIL, "maria@example.org");
  theirs = save (other, &error);
  g_assert_no_error (error);
  rcp_patient_form_set_text (form, RCP_FIELD_CITY, "Alderport");
  rcp_patient_form_set_text (form, RCP_FIELD_TRANSPORT, "no car");
  g_assert_null (save (form, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED);
  g_clear_error (&error);
  g_assert_cmpint (rcp_patient_form_get_block (form), ==, RCP_FORM_DISPUTED);
  g_assert_cmpuint (rcp_patient_form_get_disputed (form), ==, RCP_FIELD_BIT (RCP_FIELD_CITY));
  g_assert_cmpstr (rcp_patient_fields_get (rcp_patient_form_get_theirs (form), RCP_FIELD_CITY), ==, "Elsewhere");
  /* Nothing that only one of both wrote was lost. */
  assert_field (form, RCP_FIELD_EMAIL, "maria@example.org");
  assert_field (form, RCP_FIELD_TRANSPORT, "no car");
  rcp_patient_form_choose (form, RCP_FIELD_CITY, TRUE);
  assert_field (form, RCP_FIELD_CITY, "Elsewhere");
  rcp_patient_form_choose (form, RCP_FIELD_CITY, FALSE);
  g_assert_cmpint (rcp_patient_form_get_block (form), ==, RCP_FORM_FREE);
  ours = save (form, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (rcp_patient_get_address (ours), -1, "Alderport"));
  g_assert_cmpstr (rcp_patient_get_email (ours), ==, "maria@example.org");
  g_assert_finalize_object (form);
  g_assert_finalize_object (other);
}

#define ADD(path, function) g_test_add ("/ui/patient-form/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("fill", test_fill);
  ADD ("problems", test_problems);
  ADD ("similar", test_similar);
  ADD ("while-typing", test_while_typing);
  ADD ("change", test_change);
  ADD ("disputed", test_disputed);

  return g_test_run ();
}
