/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Patients registered and changed, flags added and ended (rcp-change-flag), the like found: in a real record. */

#include "identity-fixture.h"

#include "clinic/rcp-codes.h"

static RcpPatient *
register_maria (IdentityFixture *self)
{
  g_autoptr (RcpPatientFields) fields = identity_make_fields ();
  g_autoptr (GError) error = NULL;
  RcpPatient *patient = identity_register (self, self->client, fields, NULL, &error);

  g_assert_no_error (error);
  return patient;
}

static void
test_register (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatientFields) fields = identity_make_fields ();
  g_autoptr (RcpPatient) patient = register_maria (self);
  g_autoptr (RcpPatientFields) kept = rcp_patient_fields_new_from_patient (patient);
  FhirResource *resource = rcp_patient_get_resource (patient);
  g_autoptr (FhirResource) read_again = identity_read (self, fhir_resource_get_reference (resource));

  g_assert_cmpstr (rcp_patient_get_name (patient), ==, "Maria Luz Garcia");
  g_assert_true (rcp_mrn_is_well_formed (rcp_patient_get_mrn (patient)));
  /* Everything else as asked. */
  g_assert_cmpuint (rcp_patient_fields_diff (fields, kept), ==, RCP_FIELD_BIT (RCP_FIELD_MRN));
  g_assert_cmpstr (fhir_resource_get_version_id (read_again), ==, fhir_resource_get_version_id (resource));
  g_assert_nonnull (fhir_json_get_identifier (fhir_resource_get_json (resource), RCP_SYSTEM_REGISTRATION));
  g_assert_cmpuint (identity_count (self, "Patient"), ==, 1);
}

static FhirResource *
find_provenance (IdentityFixture *self, FhirResource *target, guint n)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Provenance");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;

  fhir_search_add (search, "target", fhir_resource_get_reference (target));
  fhir_client_search_async (self->client, search, NULL, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  bundle = fhir_client_search_finish (self->client, result, NULL);
  g_assert_nonnull (bundle);
  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, n);
  return g_object_ref (g_ptr_array_index (fhir_bundle_get_matches (bundle), 0));
}

static void
test_provenance (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatientFields) fields = identity_make_fields ();
  g_autoptr (RcpPatient) patient = identity_register (self, self->client, fields, "a twin", NULL);
  g_autoptr (FhirResource) provenance = find_provenance (self, rcp_patient_get_resource (patient), 1);
  JsonObject *json = fhir_resource_get_json (provenance);

  g_assert_cmpstr (fhir_json_get_string (json, "activity.coding.0.code"), ==, "CREATE");
  /* The deed, for the history. */
  g_assert_cmpstr (fhir_json_get_string (json, "activity.coding.1.system"), ==, RCP_SYSTEM_DEED);
  g_assert_cmpstr (fhir_json_get_string (json, "activity.coding.1.code"), ==, "register");
  g_assert_cmpstr (fhir_json_get_string (json, "agent.0.who.display"), ==, "Desk 2");
  g_assert_cmpstr (fhir_json_get_string (json, "reason.0.text"), ==, "a twin");
  g_assert_cmpstr (fhir_json_get_string (json, "recorded"), ==, "2026-11-23T13:00:00.000Z");
}

static void
test_two_are_two (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatient) first = register_maria (self);
  g_autoptr (RcpPatient) second = register_maria (self);

  g_assert_cmpstr (rcp_patient_get_id (first), !=, rcp_patient_get_id (second));
  g_assert_cmpstr (rcp_patient_get_mrn (first), !=, rcp_patient_get_mrn (second));
  g_assert_cmpuint (identity_count (self, "Patient"), ==, 2);
}

static void
test_cancelled (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatientFields) fields = identity_make_fields ();
  g_autoptr (RcpRegisterPatient) operation = rcp_register_patient_new (self->client, self->clock, fields, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  g_cancellable_cancel (cancellable);
  rcp_register_patient_run_async (operation, cancellable, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  g_assert_null (rcp_register_patient_run_finish (operation, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (identity_count (self, "Patient"), ==, 0);
}

static void
test_refused (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatientFields) fields = identity_make_fields ();
  g_autoptr (GError) error = NULL;

  rcp_patient_fields_set (fields, RCP_FIELD_SEX, "no such code");
  g_assert_null (identity_register (self, self->client, fields, NULL, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_REFUSED);
  g_assert_nonnull (rcp_identity_error_get_detail (error));
  g_assert_cmpuint (identity_count (self, "Patient") + identity_count (self, "Provenance"), ==, 0);
}

static void
test_change (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatient) patient = register_maria (self);
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new_from_patient (patient);
  g_autoptr (RcpPatient) changed = NULL;
  g_autoptr (FhirResource) provenance = NULL;
  g_autoptr (GError) error = NULL;

  rcp_patient_fields_set (fields, RCP_FIELD_PHONE_MOBILE, "+12075550199");
  rcp_patient_fields_set (fields, RCP_FIELD_TRANSPORT, "");
  g_assert_finalize_object (identity_change (self, self->client, patient, fields, &changed, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_patient_get_phone (changed), ==, "+12075550199");
  g_assert_cmpstr (rcp_patient_get_mrn (changed), ==, rcp_patient_get_mrn (patient));
  g_assert_cmpstr (fhir_resource_get_version_id (rcp_patient_get_resource (changed)), ==, "2");
  provenance = find_provenance (self, rcp_patient_get_resource (patient), 2);
}

/* Nothing was changed: nothing is written. */
static void
test_change_nothing (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatient) patient = register_maria (self);
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new_from_patient (patient);
  g_autoptr (RcpPatient) changed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (identity_change (self, self->client, patient, fields, &changed, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fhir_resource_get_version_id (rcp_patient_get_resource (changed)), ==, "1");
  g_assert_cmpuint (identity_count (self, "Provenance"), ==, 1);
}

/* Two desks, two fields: both changes are in the record. */
static void
test_merged (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatient) patient = register_maria (self);
  const char *reference = fhir_resource_get_reference (rcp_patient_get_resource (patient));
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new_from_patient (patient);
  g_autoptr (RcpPatient) changed = NULL;
  g_autoptr (GError) error = NULL;

  identity_change_elsewhere (self, reference, RCP_FIELD_EMAIL, "new@example.org");
  rcp_patient_fields_set (fields, RCP_FIELD_CITY, "Millbrook");
  g_assert_finalize_object (identity_change (self, self->client, patient, fields, &changed, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_patient_get_email (changed), ==, "new@example.org");
  g_assert_nonnull (g_strstr_len (rcp_patient_get_address (changed), -1, "Millbrook"));
}

/* Two desks, one field: nothing is written, and the desk chooses. */
static void
test_disputed (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatient) patient = register_maria (self);
  const char *reference = fhir_resource_get_reference (rcp_patient_get_resource (patient));
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new_from_patient (patient);
  g_autoptr (RcpChangePatient) operation = NULL;
  g_autoptr (RcpPatient) changed = NULL;
  g_autoptr (RcpPatient) chosen = NULL;
  g_autoptr (RcpPatientFields) theirs = NULL;
  g_autoptr (GError) error = NULL;

  identity_change_elsewhere (self, reference, RCP_FIELD_EMAIL, "theirs@example.org");
  identity_change_elsewhere (self, reference, RCP_FIELD_TRANSPORT, "needs a ramp");
  rcp_patient_fields_set (fields, RCP_FIELD_EMAIL, "ours@example.org");
  rcp_patient_fields_set (fields, RCP_FIELD_CITY, "Millbrook");
  operation = identity_change (self, self->client, patient, fields, &changed, &error);
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED);
  g_assert_null (changed);
  g_assert_cmpuint (rcp_change_patient_get_disputed (operation), ==, RCP_FIELD_BIT (RCP_FIELD_EMAIL));
  theirs = rcp_patient_fields_new_from_patient (rcp_change_patient_get_theirs (operation));
  g_assert_cmpstr (rcp_patient_fields_get (theirs, RCP_FIELD_EMAIL), ==, "theirs@example.org");
  g_assert_cmpstr (rcp_patient_fields_get (theirs, RCP_FIELD_CITY), ==, "Alderport");
  g_assert_cmpstr (rcp_patient_fields_get (rcp_change_patient_get_merged (operation), RCP_FIELD_TRANSPORT), ==, "needs a ramp");
  g_assert_cmpstr (rcp_patient_fields_get (rcp_change_patient_get_merged (operation), RCP_FIELD_CITY), ==, "Millbrook");
  g_clear_error (&error);

  /* The desk chose its own: a change of what the other desk made. */
  g_assert_finalize_object (identity_change (self, self->client, rcp_change_patient_get_theirs (operation),
                                             rcp_change_patient_get_merged (operation), &chosen, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_patient_get_email (chosen), ==, "ours@example.org");
}

static void
test_gone (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatient) patient = register_maria (self);
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new_from_patient (patient);
  g_autoptr (RcpPatient) changed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_delete_async (self->client, fhir_resource_get_reference (rcp_patient_get_resource (patient)), NULL, NULL,
                            identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  g_assert_true (fhir_client_delete_finish (self->client, result, NULL));
  rcp_patient_fields_set (fields, RCP_FIELD_CITY, "Millbrook");
  g_assert_finalize_object (identity_change (self, self->client, patient, fields, &changed, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_GONE);
}

static guint
count_flags (IdentityFixture *self, RcpPatient *patient)
{
  g_autoptr (GListModel) flags = identity_load_flags (self, rcp_patient_get_id (patient));

  return g_list_model_get_n_items (flags);
}

static void
test_flags (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatient) patient = register_maria (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpFlag) flag = identity_add_flag (self, self->client, rcp_patient_get_id (patient), "Falls easily", &error);
  g_autoptr (GListModel) flags = NULL;
  g_autoptr (RcpFlag) loaded = NULL;

  g_assert_no_error (error);
  flags = identity_load_flags (self, rcp_patient_get_id (patient));
  g_assert_cmpuint (g_list_model_get_n_items (flags), ==, 1);
  loaded = g_list_model_get_item (flags, 0);
  g_assert_cmpstr (rcp_flag_get_text (loaded), ==, "Falls easily");
  g_assert_cmpstr (rcp_flag_get_category (loaded), ==, "safety");
  g_assert_cmpstr (rcp_flag_category_to_label (rcp_flag_get_category (loaded)), ==, "Safety");
  g_assert_cmpstr (rcp_flag_get_id (loaded), ==, rcp_flag_get_id (flag));
  g_assert_true (identity_end_flag (self, self->client, flag, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_flags (self, patient), ==, 0);
  /* Another desk ended it before: that is what was wanted. */
  g_assert_true (identity_end_flag (self, self->client, flag, &error));
  g_assert_no_error (error);
  /* Both acts were written down, once each, beside the registration. */
  g_assert_cmpuint (identity_count (self, "Provenance"), ==, 3);
  g_assert_cmpuint (identity_count (self, "Flag"), ==, 1);
}

static void
test_flag_periods (void)
{
  static const struct { const char *json; gboolean in_force; } flags[] = {
    { "{'resourceType':'Flag','status':'active'}", TRUE },
    { "{'resourceType':'Flag','status':'inactive'}", FALSE },
    { "{'resourceType':'Flag','status':'entered-in-error'}", FALSE },
    { "{'resourceType':'Flag','status':'active','period':{'start':'2026-11-24'}}", FALSE },
    { "{'resourceType':'Flag','status':'active','period':{'start':'2026-11-23'}}", TRUE },
    { "{'resourceType':'Flag','status':'active','period':{'end':'2026-11-22'}}", FALSE },
    { "{'resourceType':'Flag','status':'active','period':{'end':'2026-11-23'}}", TRUE },
    { "{'resourceType':'Flag','status':'active','period':{'end':'nonsense'}}", TRUE },
    { "{'resourceType':'Flag'}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (flags[i].json, NULL);
      g_autoptr (FhirResource) resource = fhir_resource_new (json_node_get_object (node));
      RcpFlag *flag = rcp_flag_new (resource);

      g_assert_cmpint (rcp_flag_is_in_force (flag, IDENTITY_NOW), ==, flags[i].in_force);
      g_assert_cmpstr (rcp_flag_get_text (flag), ==, "Flag without words");
      g_assert_cmpstr (rcp_flag_category_to_label (rcp_flag_get_category (flag)), ==, "Note");
      g_assert_finalize_object (flag);
    }
  for (const char *const *category = rcp_flag_get_categories (); *category != NULL; category++)
    g_assert_cmpstr (rcp_flag_category_to_label (*category), !=, "Note");
}

static void
expect_similar (IdentityFixture *self, const char *given, const char *birth_date, const char *phone, RcpLikenessGrade grade)
{
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new ();
  g_autoptr (GListModel) found = NULL;
  g_autoptr (RcpSimilar) first = NULL;

  rcp_patient_fields_set (fields, RCP_FIELD_FAMILY, "GARCÍA");
  rcp_patient_fields_set (fields, RCP_FIELD_GIVEN, given);
  rcp_patient_fields_set (fields, RCP_FIELD_BIRTH_DATE, birth_date);
  rcp_patient_fields_set (fields, RCP_FIELD_PHONE_HOME, phone);
  found = identity_find_similar (self, fields);
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, grade == RCP_LIKENESS_NONE ? 0 : 1);
  first = g_list_model_get_item (found, 0);
  if (first != NULL)
    {
      g_assert_cmpint (rcp_similar_get_likeness (first)->grade, ==, grade);
      g_assert_cmpstr (rcp_patient_get_name (rcp_similar_get_patient (first)), ==, "Maria Luz Garcia");
    }
}

static void
test_similar (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatient) patient = register_maria (self);

  expect_similar (self, "Maria", "1978-12-03", "", RCP_LIKENESS_PROBABLE);
  expect_similar (self, "Maria", "1978-12-03", "207 555 0110", RCP_LIKENESS_CERTAIN);
  expect_similar (self, "Mari", "1978-12-03", "", RCP_LIKENESS_POSSIBLE);
  expect_similar (self, "Maria", "1978-03-12", "", RCP_LIKENESS_POSSIBLE); /* found by name */
  expect_similar (self, "", "", "(207) 555-0110", RCP_LIKENESS_POSSIBLE);  /* found by telephone */
  expect_similar (self, "Maria", "1990-01-01", "", RCP_LIKENESS_NONE);
  expect_similar (self, "", "", "", RCP_LIKENESS_NONE);
}

static void
test_record_numbers (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *mrn = rcp_mrn_make (g_test_rand_int ());
      guint at = g_test_rand_int_range (0, 8);

      g_assert_true (rcp_mrn_is_well_formed (mrn));
      /* One wrong digit is noticed. */
      mrn[at] = mrn[at] == '9' ? '0' : mrn[at] + 1;
      g_assert_false (rcp_mrn_is_well_formed (mrn));
    }
  g_assert_false (rcp_mrn_is_well_formed (""));
  g_assert_false (rcp_mrn_is_well_formed ("1234567a"));
  g_assert_false (rcp_mrn_is_well_formed ("104-221"));
}

#define ADD(path, function) \
  g_test_add ("/identity/patients/" path, IdentityFixture, NULL, identity_fixture_set_up, function, identity_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identity/patients/record-numbers", test_record_numbers);
  g_test_add_func ("/identity/patients/flag-periods", test_flag_periods);
  ADD ("register", test_register);
  ADD ("provenance", test_provenance);
  ADD ("two-are-two", test_two_are_two);
  ADD ("cancelled", test_cancelled);
  ADD ("refused", test_refused);
  ADD ("change", test_change);
  ADD ("change-nothing", test_change_nothing);
  ADD ("merged", test_merged);
  ADD ("disputed", test_disputed);
  ADD ("gone", test_gone);
  ADD ("flags", test_flags);
  ADD ("similar", test_similar);

  return g_test_run ();
}
