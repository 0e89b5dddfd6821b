/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity-fixture.h"

void
identity_fixture_set_up (IdentityFixture *self, gconstpointer data)
{
  self->practice = practice_fixture_new (NULL);
  self->proxy = fault_proxy_new (practice_fixture_get_folder (self->practice), practice_fixture_get_socket (self->practice));
  self->client = practice_fixture_create_client (self->practice);
  self->wire = fhir_client_new_for_socket (fault_proxy_get_socket (self->proxy));
  self->clock = rcp_clock_new_fixed (IDENTITY_NOW);
}

void
identity_fixture_tear_down (IdentityFixture *self, gconstpointer data)
{
  g_clear_object (&self->wire);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fault_proxy_free (self->proxy);
  g_assert_finalize_object (self->client);
  g_assert_finalize_object (self->clock);
  practice_fixture_free (self->practice);
}

RcpPatientFields *
identity_make_fields (void)
{
  static const struct { RcpPatientField field; const char *value; } values[] = {
    { RCP_FIELD_FAMILY, "Garcia" },
    { RCP_FIELD_GIVEN, "Maria Luz" },
    { RCP_FIELD_CALLED, "Mari" },
    { RCP_FIELD_BIRTH_DATE, "1978-12-03" },
    { RCP_FIELD_SEX, "female" },
    { RCP_FIELD_PHONE_MOBILE, "+12075550110" },
    { RCP_FIELD_EMAIL, "maria@example.org" },
    { RCP_FIELD_PREFERRED, "mobile" },
    { RCP_FIELD_STREET, "12 Elm St, Apt 4" },
    { RCP_FIELD_CITY, "Alderport" },
    { RCP_FIELD_STATE, "ME" },
    { RCP_FIELD_POSTAL_CODE, "09901" },
    { RCP_FIELD_LANGUAGE, "es" },
    { RCP_FIELD_OTHER_LANGUAGES, "en" },
    { RCP_FIELD_INTERPRETER, "yes" },
    { RCP_FIELD_TRANSPORT, "no car" },
    { RCP_FIELD_CARER_NAME, "Ana Ruiz" },
    { RCP_FIELD_CARER_RELATION, "sister" },
  };
  RcpPatientFields *fields = rcp_patient_fields_new ();

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    rcp_patient_fields_set (fields, values[i].field, values[i].value);
  return fields;
}

RcpPatient *
identity_register (IdentityFixture *self, FhirClient *client, const RcpPatientFields *fields, const char *reason, GError **error)
{
  RcpRegisterPatient *operation = rcp_register_patient_new (client, self->clock, fields, "Desk 2", reason);
  GAsyncResult *kept = NULL;
  GAsyncResult *result;
  RcpPatient *patient;

  rcp_register_patient_run_async (operation, NULL, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  patient = rcp_register_patient_run_finish (operation, result, error);
  g_object_unref (result);
  g_assert_finalize_object (operation);
  return patient;
}

RcpChangePatient *
identity_change (IdentityFixture *self, FhirClient *client, RcpPatient *patient, const RcpPatientFields *fields, RcpPatient **changed,
                 GError **error)
{
  RcpChangePatient *operation = rcp_change_patient_new (client, self->clock, patient, fields, "Desk 2");
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_change_patient_run_async (operation, NULL, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  *changed = rcp_change_patient_run_finish (operation, result, error);
  return operation;
}

RcpFlag *
identity_add_flag (IdentityFixture *self, FhirClient *client, const char *patient_id, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_flag_add_async (client, self->clock, patient_id, "safety", text, NULL, NULL, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  return rcp_flag_add_finish (result, error);
}

gboolean
identity_end_flag (IdentityFixture *self, FhirClient *client, RcpFlag *flag, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_flag_end_async (client, self->clock, flag, "Desk 2", NULL, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  return rcp_flag_end_finish (result, error);
}

GListModel *
identity_load_flags (IdentityFixture *self, const char *patient_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GListModel *flags;

  rcp_flags_load_async (self->client, patient_id, IDENTITY_NOW, NULL, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  flags = rcp_flags_load_finish (result, &error);
  g_assert_no_error (error);
  return flags;
}

GListModel *
identity_find_similar (IdentityFixture *self, const RcpPatientFields *fields)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GListModel *found;

  rcp_similar_patients_find_async (self->client, fields, "US", NULL, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  found = rcp_similar_patients_find_finish (result, &error);
  g_assert_no_error (error);
  return found;
}

FhirResource *
identity_read (IdentityFixture *self, const char *reference)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  FhirResource *resource;

  fhir_client_read_async (self->client, reference, NULL, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  resource = fhir_client_read_finish (self->client, result, &error);
  g_assert_no_error (error);
  return resource;
}

guint
identity_count (IdentityFixture *self, const char *type)
{
  g_autoptr (FhirSearch) search = fhir_search_new (type);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_search_all_async (self->client, search, 0, NULL, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  bundle = fhir_client_search_all_finish (self->client, result, NULL);
  g_assert_nonnull (bundle);
  return fhir_bundle_get_matches (bundle)->len;
}

void
identity_change_elsewhere (IdentityFixture *self, const char *reference, RcpPatientField field, const char *value)
{
  g_autoptr (FhirResource) current = identity_read (self, reference);
  g_autoptr (JsonObject) wanted = fhir_resource_dup_json (current);
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) stored = NULL;
  GAsyncResult *kept = NULL;

  rcp_patient_fields_set (fields, field, value);
  rcp_patient_fields_write (fields, RCP_FIELD_BIT (field), wanted);
  fhir_client_update_async (self->client, wanted, NULL, NULL, identity_keep_result_cb, &kept);
  result = identity_wait (&kept);
  stored = fhir_client_update_finish (self->client, result, NULL);
  g_assert_nonnull (stored);
}
