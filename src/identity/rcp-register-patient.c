/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-identity"

#include "rcp-register-patient.h"

#include "clinic/rcp-codes.h"
#include "identity/rcp-identity-write.h"

#define MRN_DIGITS 8
#define MRN_RANGE 9000000 /* of the seven digits before the check digit: none begins with 0 */
#define MRN_FIRST 1000000
#define MAX_MRN_TRIES 8

struct _RcpRegisterPatient
{
  GObject parent_instance;

  FhirClient *client;
  RcpPatientFields *fields;
  RcpAct *act;
  char *registration;
  guint n_mrn_tries;
  gboolean started;
};

G_DEFINE_FINAL_TYPE (RcpRegisterPatient, rcp_register_patient, G_TYPE_OBJECT)

static void
rcp_register_patient_finalize (GObject *object)
{
  RcpRegisterPatient *self = RCP_REGISTER_PATIENT (object);

  g_clear_object (&self->client);
  g_clear_pointer (&self->fields, rcp_patient_fields_free);
  g_clear_pointer (&self->act, rcp_act_free);
  g_free (self->registration);
  G_OBJECT_CLASS (rcp_register_patient_parent_class)->finalize (object);
}

static void
rcp_register_patient_class_init (RcpRegisterPatientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_register_patient_finalize;
}

static void
rcp_register_patient_init (RcpRegisterPatient *self)
{
  self->registration = g_uuid_string_random ();
}

/**
 * rcp_register_patient_new:
 * @client: the record
 * @clock: the time
 * @fields: what is known; copied
 * @desk: (nullable): the name of the desk
 * @reason: (nullable): why it is entered although one like it exists
 *
 * Returns: (transfer full): one entry, to be run once
 */
RcpRegisterPatient *
rcp_register_patient_new (FhirClient *client, RcpClock *clock, const RcpPatientFields *fields, const char *desk, const char *reason)
{
  RcpRegisterPatient *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  self = g_object_new (RCP_TYPE_REGISTER_PATIENT, NULL);
  self->client = g_object_ref (client);
  self->fields = rcp_patient_fields_copy (fields);
  self->act = rcp_act_new ("register", desk, reason, rcp_clock_get_now (clock));
  return self;
}

/* Luhn's sum (ISO/IEC 7812-1, annex B) of the digits before the check digit. */
static guint
compute_check_digit (const char *digits, guint n)
{
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    {
      guint digit = digits[n - 1 - i] - '0';

      if (i % 2 == 0)
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }
  return (10 - sum % 10) % 10;
}

char *
rcp_mrn_make (guint32 bits)
{
  g_autofree char *digits = g_strdup_printf ("%u", MRN_FIRST + bits % MRN_RANGE);

  return g_strdup_printf ("%s%u", digits, compute_check_digit (digits, MRN_DIGITS - 1));
}

gboolean
rcp_mrn_is_well_formed (const char *mrn)
{
  guint n = 0;

  g_return_val_if_fail (mrn != NULL, FALSE);

  while (g_ascii_isdigit (mrn[n]))
    n++;
  return n == MRN_DIGITS && mrn[n] == '\0' && compute_check_digit (mrn, n - 1) == (guint) (mrn[n - 1] - '0');
}

static JsonObject *
make_patient (RcpRegisterPatient *self)
{
  JsonObject *patient = json_object_new ();
  JsonArray *identifiers = json_array_new ();
  JsonObject *identifier = json_object_new ();

  json_object_set_string_member (patient, "resourceType", "Patient");
  json_object_set_string_member (identifier, "use", "secondary");
  json_object_set_string_member (identifier, "system", RCP_SYSTEM_REGISTRATION);
  json_object_set_string_member (identifier, "value", self->registration);
  json_array_add_object_element (identifiers, identifier);
  json_object_set_array_member (patient, "identifier", identifiers);
  json_object_set_boolean_member (patient, "active", TRUE);
  rcp_patient_fields_write (self->fields, RCP_FIELD_ALL, patient);
  return patient;
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpRegisterPatient *self = g_task_get_source_object (task);
  g_autoptr (RcpPatientFields) kept = NULL;
  g_autoptr (JsonObject) asked = NULL;
  g_autoptr (RcpPatientFields) wanted = NULL;
  g_autoptr (FhirResource) stored = NULL;
  GError *error = NULL;

  stored = rcp_identity_create_finish (result, &error);
  if (stored == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  asked = make_patient (self);
  wanted = rcp_patient_fields_new_from_json (asked);
  kept = rcp_patient_fields_new_from_json (fhir_resource_get_json (stored));
  if (rcp_patient_fields_diff (wanted, kept) != 0)
    g_task_return_error (task, rcp_identity_error_new (RCP_IDENTITY_ERROR_NOT_KEPT, "fields of the Patient differ"));
  else
    g_task_return_pointer (task, rcp_patient_new (stored), g_object_unref);
}

static void choose_mrn (GTask *task);

static void
on_mrn_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpRegisterPatient *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (JsonObject) patient = NULL;

  if (bundle == NULL)
    {
      g_task_return_error (task, rcp_identity_error_new_from_fhir (error));
      return;
    }
  if (fhir_bundle_get_matches (bundle)->len > 0 && self->n_mrn_tries < MAX_MRN_TRIES)
    {
      choose_mrn (task);
      return;
    }
  g_task_set_check_cancellable (task, FALSE);
  patient = make_patient (self);
  rcp_identity_create_async (self->client, patient, self->act, g_task_get_cancellable (task), on_created_cb, g_object_ref (task));
}

/* Nobody counts record numbers, so that no two desks need to agree on the next one: they are drawn, and looked up. */
static void
choose_mrn (GTask *task)
{
  RcpRegisterPatient *self = g_task_get_source_object (task);
  g_autoptr (FhirSearch) search = fhir_search_new ("Patient");
  g_autofree char *mrn = rcp_mrn_make (g_random_int ());

  self->n_mrn_tries++;
  rcp_patient_fields_set (self->fields, RCP_FIELD_MRN, mrn);
  fhir_search_add_printf (search, "identifier", "%s|%s", RCP_SYSTEM_MRN, mrn);
  fhir_search_add (search, "_count", "1");
  fhir_client_search_async (self->client, search, g_task_get_cancellable (task), on_mrn_searched_cb, g_object_ref (task));
}

/**
 * rcp_register_patient_run_async:
 * @self: an entry
 * @cancellable: (nullable): heeded until the patient is sent
 * @callback: called when it is over
 * @user_data: data for @callback
 */
void
rcp_register_patient_run_async (RcpRegisterPatient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_REGISTER_PATIENT (self));
  g_return_if_fail (!self->started);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_register_patient_run_async);
  self->started = TRUE;
  choose_mrn (task);
}

/**
 * rcp_register_patient_run_finish:
 * @self: an entry
 * @result: what the callback got
 * @error: a RcpIdentityError, or G_IO_ERROR_CANCELLED when nothing was sent
 *
 * Returns: (transfer full): the patient as read back from the record
 */
RcpPatient *
rcp_register_patient_run_finish (RcpRegisterPatient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
