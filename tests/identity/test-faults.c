/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What networks and servers do to an entry and to a change, against a real record behind a proxy: nobody is entered
 * twice, no change is lost or made twice, and "saved" is said only of what is. Drives rcp-identity-create.c,
 * rcp-identity-update.c, rcp-identity-send.c and rcp-identity-error.c. */

#include "identity-fixture.h"

/* @n_transactions: that it takes; 0 for any number */
static void
expect_registered (IdentityFixture *self, guint n_transactions)
{
  g_autoptr (RcpPatientFields) fields = identity_make_fields ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpPatient) patient = identity_register (self, self->wire, fields, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rcp_patient_get_name (patient), ==, "Maria Luz Garcia");
  fault_proxy_settle (self->proxy);
  g_assert_cmpuint (identity_count (self, "Patient"), ==, 1);
  if (n_transactions > 0)
    g_assert_cmpuint (fault_proxy_get_n_transactions (self->proxy), ==, n_transactions);
}

static void
test_register_lost_request (IdentityFixture *self, gconstpointer data)
{
  fault_proxy_push (self->proxy, FAULT_LOSE_REQUEST, 0);
  expect_registered (self, 2);
  g_assert_cmpuint (identity_count (self, "Provenance"), ==, 1);
}

/* The record did it, and the desk does not hear of it: it looks, and sends nothing twice. */
static void
test_register_done_unheard (IdentityFixture *self, gconstpointer data)
{
  fault_proxy_push (self->proxy, GPOINTER_TO_UINT (data), 20);
  expect_registered (self, 1);
  g_assert_cmpuint (identity_count (self, "Provenance"), ==, 1);
}

static void
test_register_try_again (IdentityFixture *self, gconstpointer data)
{
  fault_proxy_push (self->proxy, FAULT_TRY_AGAIN, 0);
  fault_proxy_push (self->proxy, FAULT_TRY_AGAIN, 0);
  expect_registered (self, 3);
}

/* The first request is on its way for longer than anybody waits, and may come after the second. */
static void
test_register_late (IdentityFixture *self, gconstpointer data)
{
  fhir_client_set_timeout (self->wire, 1);
  fault_proxy_push (self->proxy, FAULT_LATE, GPOINTER_TO_UINT (data));
  expect_registered (self, 0);
}

static void
test_register_false_yes (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatientFields) fields = identity_make_fields ();
  g_autoptr (GError) error = NULL;

  fault_proxy_push (self->proxy, FAULT_FALSE_YES, 0);
  g_assert_null (identity_register (self, self->wire, fields, NULL, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_NOT_KEPT);
  g_assert_nonnull (rcp_identity_error_get_detail (error));
  g_assert_cmpuint (identity_count (self, "Patient"), ==, 0);
}

static void
test_register_unknown (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (RcpPatientFields) fields = identity_make_fields ();
  g_autoptr (GError) error = NULL;

  fault_proxy_push (self->proxy, FAULT_LOSE_REPLY, 0);
  fault_proxy_break_reads (self->proxy, 100);
  g_assert_null (identity_register (self, self->wire, fields, NULL, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_UNKNOWN);
  g_assert_cmpuint (identity_count (self, "Patient"), ==, 1);
}

static void
test_offline (IdentityFixture *self, gconstpointer data)
{
  g_autoptr (FhirClient) nowhere = fhir_client_new_for_socket ("/nonexistent/socket");
  g_autoptr (RcpPatientFields) fields = identity_make_fields ();
  g_autoptr (GError) error = NULL;

  fhir_client_set_max_retries (nowhere, 0);
  g_assert_null (identity_register (self, nowhere, fields, NULL, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_OFFLINE);
}

typedef struct
{
  IdentityFixture *fixture;
  RcpPatient *patient;
  RcpPatientFields *fields;
} Change;

static void
change_set_up (Change *self, IdentityFixture *fixture)
{
  g_autoptr (RcpPatientFields) fields = identity_make_fields ();

  self->fixture = fixture;
  self->patient = identity_register (fixture, fixture->client, fields, NULL, NULL);
  g_assert_nonnull (self->patient);
  self->fields = rcp_patient_fields_new_from_patient (self->patient);
  rcp_patient_fields_set (self->fields, RCP_FIELD_CITY, "Millbrook");
}

static void
change_tear_down (Change *self)
{
  g_clear_object (&self->patient);
  g_clear_pointer (&self->fields, rcp_patient_fields_free);
}

/* @version: of the patient in the end: each write makes one more */
static void
expect_changed (Change *self, const char *version)
{
  IdentityFixture *fixture = self->fixture;
  g_autoptr (RcpPatient) changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) stored = NULL;

  g_assert_finalize_object (identity_change (fixture, fixture->wire, self->patient, self->fields, &changed, &error));
  g_assert_no_error (error);
  fault_proxy_settle (fixture->proxy);
  stored = identity_read (fixture, fhir_resource_get_reference (rcp_patient_get_resource (self->patient)));
  g_assert_cmpstr (fhir_resource_get_version_id (stored), ==, version);
  g_assert_cmpstr (fhir_json_get_string (fhir_resource_get_json (stored), "address.0.city"), ==, "Millbrook");
}

static void
test_change_fault (IdentityFixture *fixture, gconstpointer data)
{
  Change self = { 0 };

  change_set_up (&self, fixture);
  fault_proxy_push (fixture->proxy, GPOINTER_TO_UINT (data), 20);
  expect_changed (&self, "2");
  g_assert_cmpuint (identity_count (fixture, "Provenance"), ==, 2);
  change_tear_down (&self);
}

static void
test_change_late (IdentityFixture *fixture, gconstpointer data)
{
  Change self = { 0 };

  change_set_up (&self, fixture);
  fhir_client_set_timeout (fixture->wire, 1);
  fault_proxy_push (fixture->proxy, FAULT_LATE, 1500);
  expect_changed (&self, "2");
  g_assert_cmpuint (identity_count (fixture, "Provenance"), ==, 2);
  change_tear_down (&self);
}

static void
change_email_elsewhere (gpointer user_data)
{
  Change *self = user_data;

  identity_change_elsewhere (self->fixture, fhir_resource_get_reference (rcp_patient_get_resource (self->patient)), RCP_FIELD_EMAIL,
                             "other@example.org");
}

/* Between the look and the leap another desk changes another field: both stay. */
static void
test_change_merges_meanwhile (IdentityFixture *fixture, gconstpointer data)
{
  Change self = { 0 };
  g_autoptr (FhirResource) stored = NULL;

  change_set_up (&self, fixture);
  fault_proxy_set_hook (fixture->proxy, change_email_elsewhere, &self);
  expect_changed (&self, "3");
  stored = identity_read (fixture, fhir_resource_get_reference (rcp_patient_get_resource (self.patient)));
  g_assert_cmpstr (fhir_json_get_string (fhir_resource_get_json (stored), "telecom.1.value"), ==, "other@example.org");
  change_tear_down (&self);
}

static void
change_city_elsewhere (gpointer user_data)
{
  Change *self = user_data;

  identity_change_elsewhere (self->fixture, fhir_resource_get_reference (rcp_patient_get_resource (self->patient)), RCP_FIELD_CITY, "Elsewhere");
}

/* The same field: nothing of ours is written over theirs. */
static void
test_change_disputed_meanwhile (IdentityFixture *fixture, gconstpointer data)
{
  Change self = { 0 };
  g_autoptr (RcpPatient) changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) stored = NULL;

  change_set_up (&self, fixture);
  fault_proxy_set_hook (fixture->proxy, change_city_elsewhere, &self);
  g_assert_finalize_object (identity_change (fixture, fixture->wire, self.patient, self.fields, &changed, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED);
  stored = identity_read (fixture, fhir_resource_get_reference (rcp_patient_get_resource (self.patient)));
  g_assert_cmpstr (fhir_json_get_string (fhir_resource_get_json (stored), "address.0.city"), ==, "Elsewhere");
  change_tear_down (&self);
}

static void
test_change_false_yes (IdentityFixture *fixture, gconstpointer data)
{
  Change self = { 0 };
  g_autoptr (RcpPatient) changed = NULL;
  g_autoptr (GError) error = NULL;

  change_set_up (&self, fixture);
  fault_proxy_push (fixture->proxy, FAULT_FALSE_YES, 0);
  g_assert_finalize_object (identity_change (fixture, fixture->wire, self.patient, self.fields, &changed, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_NOT_KEPT);
  change_tear_down (&self);
}

static void
test_flag_lost_reply (IdentityFixture *fixture, gconstpointer data)
{
  Change self = { 0 };
  g_autoptr (RcpFlag) flag = NULL;
  g_autoptr (GError) error = NULL;

  change_set_up (&self, fixture);
  fault_proxy_push (fixture->proxy, FAULT_LOSE_REPLY, 0);
  flag = identity_add_flag (fixture, fixture->wire, rcp_patient_get_id (self.patient), "Falls easily", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (identity_count (fixture, "Flag"), ==, 1);
  fault_proxy_push (fixture->proxy, FAULT_LOSE_REQUEST, 0);
  g_assert_true (identity_end_flag (fixture, fixture->wire, flag, &error));
  g_assert_no_error (error);
  change_tear_down (&self);
}

#define ADD(path, function, fault) \
  g_test_add ("/identity/faults/" path, IdentityFixture, GUINT_TO_POINTER (fault), identity_fixture_set_up, function, identity_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("register/lost-request", test_register_lost_request, 0);
  ADD ("register/lost-reply", test_register_done_unheard, FAULT_LOSE_REPLY);
  ADD ("register/cut-reply", test_register_done_unheard, FAULT_CUT_REPLY);
  ADD ("register/false-failure", test_register_done_unheard, FAULT_FALSE_FAILURE);
  ADD ("register/no-fhir", test_register_done_unheard, FAULT_NO_FHIR);
  ADD ("register/try-again", test_register_try_again, 0);
  ADD ("register/late", test_register_late, 1050);
  ADD ("register/later", test_register_late, 2500);
  ADD ("register/false-yes", test_register_false_yes, 0);
  ADD ("register/unknown", test_register_unknown, 0);
  ADD ("register/offline", test_offline, 0);
  ADD ("change/lost-request", test_change_fault, FAULT_LOSE_REQUEST);
  ADD ("change/lost-reply", test_change_fault, FAULT_LOSE_REPLY);
  ADD ("change/cut-reply", test_change_fault, FAULT_CUT_REPLY);
  ADD ("change/no-fhir", test_change_fault, FAULT_NO_FHIR);
  ADD ("change/try-again", test_change_fault, FAULT_TRY_AGAIN);
  ADD ("change/late", test_change_late, 0);
  ADD ("change/merges-meanwhile", test_change_merges_meanwhile, 0);
  ADD ("change/disputed-meanwhile", test_change_disputed_meanwhile, 0);
  ADD ("change/false-yes", test_change_false_yes, 0);
  ADD ("flag/lost-reply", test_flag_lost_reply, 0);

  return g_test_run ();
}
