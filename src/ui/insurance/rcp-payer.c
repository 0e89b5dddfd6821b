/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-payer"

#include "config.h"

#include "rcp-payer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rcp-secrets.h"
#include "clinic/rcp-codes.h"
#include "insurance/rcp-clearinghouse.h"
#include "insurance/rcp-fhir-payer.h"
#include "insurance/rcp-rejection.h"

#define NPI_DIGITS 10
#define COMPANY_LENGTH 10

struct _RcpPayer
{
  GObject parent_instance;

  GSettings *settings;
  RcpClock *clock;
  RcpEligibilityBackend *backend; /* made when it is first asked; NULL again when the settings change */
};

G_DEFINE_FINAL_TYPE (RcpPayer, rcp_payer, G_TYPE_OBJECT)

static guint changed_signal;

static void
rcp_payer_dispose (GObject *object)
{
  RcpPayer *self = RCP_PAYER (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rcp_payer_parent_class)->dispose (object);
}

static void
rcp_payer_class_init (RcpPayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_payer_dispose;
  changed_signal = g_signal_new ("changed", RCP_TYPE_PAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_payer_init (RcpPayer *self)
{
}

static void
on_setting_changed_cb (RcpPayer *self, const char *key)
{
  if (!g_str_has_prefix (key, "payer-"))
    return;
  g_clear_object (&self->backend);
  g_signal_emit (self, changed_signal, 0);
}

/**
 * rcp_payer_new:
 * @settings: of org.frontdesk.Reception
 * @clock: the time
 *
 * Returns: (transfer full): asks nobody until it is told to
 */
RcpPayer *
rcp_payer_new (GSettings *settings, RcpClock *clock)
{
  RcpPayer *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);

  self = g_object_new (RCP_TYPE_PAYER, NULL);
  self->settings = g_object_ref (settings);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_setting_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

RcpPayerWay
rcp_payer_get_way (RcpPayer *self)
{
  g_return_val_if_fail (RCP_IS_PAYER (self), RCP_PAYER_NONE);

  return (RcpPayerWay) g_settings_get_enum (self->settings, "payer-way");
}

guint
rcp_payer_get_days (RcpPayer *self)
{
  g_return_val_if_fail (RCP_IS_PAYER (self), 0);

  return (guint) g_settings_get_int (self->settings, "payer-days");
}

static gboolean
is_npi (const char *text)
{
  return strlen (text) == NPI_DIGITS && strspn (text, "0123456789") == NPI_DIGITS;
}

static const char *
find_x12_problem (RcpPayer *self)
{
  static const struct { const char *key; const char *words; } needed[] = {
    { "payer-sender", N_ ("The clinic's number at the clearinghouse is missing.") },
    { "payer-receiver", N_ ("The clearinghouse's own number is missing.") },
    { "payer-provider-name", N_ ("The name of the clinic is missing.") },
  };
  g_autofree char *npi = g_settings_get_string (self->settings, "payer-npi");
  g_autofree char *company = g_settings_get_string (self->settings, "payer-company");

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autofree char *text = g_settings_get_string (self->settings, needed[i].key);

      if (*text == '\0')
        return _ (needed[i].words);
    }
  if (!is_npi (npi))
    return _ ("The National Provider Identifier must have ten digits.");
  if (*company != '\0' && strlen (company) != COMPANY_LENGTH)
    return _ ("The company number must have ten characters.");
  return NULL;
}

/**
 * rcp_payer_dup_problem:
 *
 * Returns: (transfer full) (nullable): why nobody can be asked, in a sentence; %NULL when somebody can
 */
char *
rcp_payer_dup_problem (RcpPayer *self)
{
  g_autofree char *url = NULL;
  const char *problem = NULL;

  g_return_val_if_fail (RCP_IS_PAYER (self), NULL);

  url = g_settings_get_string (self->settings, "payer-url");
  if (rcp_payer_get_way (self) == RCP_PAYER_NONE)
    problem = _ ("This desk does not ask payers. Choose how in Preferences, under Insurance.");
  else if (*url == '\0')
    problem = _ ("The address is missing.");
  else if (!rcp_clearinghouse_is_safe (url))
    problem = _ ("The address must begin with https://.");
  else if (rcp_payer_get_way (self) == RCP_PAYER_X12)
    problem = find_x12_problem (self);
  return g_strdup (problem);
}

/**
 * rcp_payer_make_trace:
 *
 * Returns: (transfer full): a trace number that nobody has used
 */
char *
rcp_payer_make_trace (void)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_auto (GStrv) parts = g_strsplit (uuid, "-", -1);
  g_autofree char *joined = g_strjoinv ("", parts);

  return g_ascii_strup (joined, -1);
}

static RcpEligibilityBackend *
make_clearinghouse (RcpPayer *self, const char *password)
{
  GSettings *settings = self->settings;
  g_autofree char *url = g_settings_get_string (settings, "payer-url"), *user = g_settings_get_string (settings, "payer-user");
  g_autofree char *sender = g_settings_get_string (settings, "payer-sender"), *receiver = g_settings_get_string (settings, "payer-receiver");
  g_autofree char *sender_qualifier = g_settings_get_string (settings, "payer-sender-qualifier");
  g_autofree char *receiver_qualifier = g_settings_get_string (settings, "payer-receiver-qualifier");
  g_autofree char *company = g_settings_get_string (settings, "payer-company"), *npi = g_settings_get_string (settings, "payer-npi");
  g_autofree char *name = g_settings_get_string (settings, "payer-provider-name");
  g_autofree char *usual_company = g_strdup_printf ("9%.9s", npi);
  RcpClearinghouseSetup setup = { .url = url,
                                  .form = (RcpCoreForm) g_settings_get_enum (settings, "payer-form"),
                                  .user_name = *user != '\0' ? user : NULL,
                                  .password = *user != '\0' ? password : NULL,
                                  .sender_qualifier = sender_qualifier,
                                  .sender = sender,
                                  .receiver_qualifier = receiver_qualifier,
                                  .receiver = receiver,
                                  .company = *company != '\0' ? company : usual_company,
                                  .provider_name = name,
                                  .npi = npi,
                                  .is_test = g_settings_get_boolean (settings, "payer-test") };

  return RCP_ELIGIBILITY_BACKEND (rcp_clearinghouse_new (&setup, self->clock));
}

static RcpEligibilityBackend *
make_backend (RcpPayer *self, const char *password)
{
  g_autofree char *url = g_settings_get_string (self->settings, "payer-url");
  g_autoptr (FhirClient) client = NULL;

  if (rcp_payer_get_way (self) == RCP_PAYER_X12)
    return make_clearinghouse (self, password);
  client = fhir_client_new (url);
  if (password != NULL)
    fhir_client_set_bearer_token (client, password);
  return RCP_ELIGIBILITY_BACKEND (rcp_fhir_payer_new (client, self->clock));
}

/* One question from the keyring to the answer. */
typedef struct
{
  FhirClient *record; /* NULL: nothing is kept */
  RcpEligibilityQuestion *question;
  RcpCheckHow how;
  char *desk;
  char *url;
  gboolean is_open;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *self = data;

  g_clear_object (&self->record);
  rcp_eligibility_question_unref (self->question);
  g_clear_pointer (&self->how.zone, g_time_zone_unref);
  g_free (self->desk);
  g_free (self->url);
  g_free (self);
}

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RcpEligibilityAnswer *answer = rcp_check_coverage_finish (result, NULL, &error);

  if (answer)
    g_task_return_pointer (task, answer, (GDestroyNotify) rcp_eligibility_answer_unref);
  else
    g_task_return_error (task, error);
}

static void
on_tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RcpEligibilityAnswer *answer = rcp_eligibility_backend_check_finish (RCP_ELIGIBILITY_BACKEND (source), result, &error);

  if (answer)
    g_task_return_pointer (task, answer, (GDestroyNotify) rcp_eligibility_answer_unref);
  else
    g_task_return_error (task, error);
}

static void
send (GTask *task)
{
  RcpPayer *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);

  if (ask->record)
    rcp_check_coverage_async (ask->record, self->backend, self->clock, ask->question, &ask->how, g_task_get_cancellable (task),
                              on_checked_cb, g_object_ref (task));
  else
    rcp_eligibility_backend_check_async (self->backend, ask->question, g_task_get_cancellable (task), on_tested_cb, g_object_ref (task));
}

static void look_up (GTask *task);

/* Without a keyring it is asked without a password: then the payer says that the sign-in is missing. */
static void
on_looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpPayer *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  char *password = rcp_secrets_lookup_password_finish (result, NULL);
  g_autofree char *url = g_settings_get_string (self->settings, "payer-url");

  /* The address has become another one meanwhile: it must not get the password of the first. */
  if (!g_str_equal (url, ask->url))
    {
      rcp_secrets_free (password);
      g_free (ask->url);
      ask->url = g_steal_pointer (&url);
      look_up (task);
      return;
    }
  if (!self->backend)
    self->backend = make_backend (self, password);
  rcp_secrets_free (password);
  if (!g_task_return_error_if_cancelled (task))
    send (task);
}

static void
look_up (GTask *task)
{
  RcpPayer *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  g_autofree char *user = g_settings_get_string (self->settings, "payer-user");

  rcp_secrets_lookup_password_async (ask->url, user, g_task_get_cancellable (task), on_looked_up_cb, g_object_ref (task));
}

/* What the desk cannot ask is an answer as well: nothing is told of it to the record. */
static void
answer_problem (GTask *task, char *problem)
{
  RcpPayer *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  RcpEligibilityAnswer *answer = rcp_eligibility_question_make_answer (ask->question, rcp_clock_get_now (self->clock));

  rcp_eligibility_answer_set_words (answer, problem);
  g_free (problem);
  g_task_return_pointer (task, answer, (GDestroyNotify) rcp_eligibility_answer_unref);
}

static void
begin (RcpPayer *self, GTask *task, FhirClient *record, RcpEligibilityQuestion *question, const RcpCheckHow *how)
{
  Ask *ask = g_new0 (Ask, 1);
  char *problem = rcp_payer_dup_problem (self);

  g_set_object (&ask->record, record);
  ask->question = rcp_eligibility_question_ref (question);
  if (how)
    {
      ask->how = *how;
      ask->how.zone = g_time_zone_ref (how->zone);
      ask->how.desk = ask->desk = g_strdup (how->desk);
    }
  ask->url = g_settings_get_string (self->settings, "payer-url");
  g_task_set_task_data (task, ask, ask_free);
  g_task_set_check_cancellable (task, FALSE);
  if (problem)
    answer_problem (task, problem);
  else if (self->backend)
    send (task);
  else
    look_up (task);
}

/**
 * rcp_payer_check_async:
 * @record: the clinic's record, which keeps the answer
 * @question: what to find out
 * @how: copied
 * @cancellable: (nullable): cancels it; an answer that has come is kept all the same
 * @callback: called with the result
 * @user_data: passed on
 *
 * As rcp_check_coverage_async(), by the way that the settings name.
 */
void
rcp_payer_check_async (RcpPayer *self, FhirClient *record, RcpEligibilityQuestion *question, const RcpCheckHow *how,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_PAYER (self));
  g_return_if_fail (FHIR_IS_CLIENT (record));
  g_return_if_fail (question != NULL && how != NULL && how->zone != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_payer_check_async);
  begin (self, task, record, question, how);
}

/* Returns: (transfer full): %NULL with G_IO_ERROR_CANCELLED, and with no other error */
RcpEligibilityAnswer *
rcp_payer_check_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_payer_check_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_password_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpPayer *self = g_task_get_source_object (task);
  GError *error = NULL;

  g_clear_object (&self->backend);
  if (g_async_result_is_tagged (result, rcp_secrets_store_password_async) ? rcp_secrets_store_password_finish (result, &error)
                                                                          : rcp_secrets_clear_password_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * rcp_payer_set_password_async:
 * @password: of the user in the settings, at the address in the settings
 */
void
rcp_payer_set_password_async (RcpPayer *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *url = NULL, *user = NULL;
  GTask *task;

  g_return_if_fail (RCP_IS_PAYER (self));
  g_return_if_fail (password != NULL);

  url = g_settings_get_string (self->settings, "payer-url");
  user = g_settings_get_string (self->settings, "payer-user");
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_payer_set_password_async);
  if (*password != '\0')
    rcp_secrets_store_password_async (url, user, password, cancellable, on_password_stored_cb, task);
  else
    rcp_secrets_clear_password_async (url, user, cancellable, on_password_stored_cb, task);
}

gboolean
rcp_payer_set_password_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_payer_set_password_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static RcpEligibilityQuestion *
make_test_question (RcpPayer *self)
{
  static const char *const patient_text = "{\"resourceType\":\"Patient\",\"id\":\"test\",\"name\":[{\"family\":\"Test\",\"given\":[\"Reception\"]}],"
                                          "\"birthDate\":\"1980-01-01\",\"gender\":\"female\"}";
  static const char *const coverage_text = "{\"resourceType\":\"Coverage\",\"id\":\"test\",\"status\":\"active\",\"subscriberId\":\"TEST\","
                                           "\"beneficiary\":{\"reference\":\"Patient/test\"},\"payor\":[{\"display\":\"TEST\","
                                           "\"identifier\":{\"system\":\"urn:reception:payer\",\"value\":\"TEST\"}}]}";
  g_autoptr (JsonNode) patient_node = json_from_string (patient_text, NULL), coverage_node = json_from_string (coverage_text, NULL);
  g_autoptr (FhirResource) patient_json = fhir_resource_new (json_node_get_object (patient_node));
  g_autoptr (FhirResource) coverage_json = fhir_resource_new (json_node_get_object (coverage_node));
  g_autoptr (RcpPatient) patient = rcp_patient_new (patient_json);
  g_autoptr (RcpCoverage) coverage = rcp_coverage_new (coverage_json, NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *trace = rcp_payer_make_trace ();
  GDate today;

  rcp_time_get_day (rcp_clock_get_now (self->clock), zone, &today);
  return rcp_eligibility_question_new (patient, coverage, &today, RCP_SERVICE_TYPE_VISIT, trace);
}

void
rcp_payer_test_async (RcpPayer *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (RcpEligibilityQuestion) question = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_PAYER (self));

  question = make_test_question (self);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_payer_test_async);
  begin (self, task, NULL, question, NULL);
}

/* Whom the payer does not find, it has looked for. What it says of the clinic itself is what the clinic must put right. */
static gboolean
is_about_clinic (const RcpEligibilityAnswer *answer)
{
  static const char *const codes[] = { "41", "43", "44", "45", "46", "47", "50", "51" };

  for (guint i = 0; i < answer->rejections->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (codes); j++)
      if (g_str_equal (g_array_index (answer->rejections, RcpRejection, i).code, codes[j]))
        return TRUE;
  return FALSE;
}

/**
 * rcp_payer_test_finish:
 * @is_open: (out): whether questions get there and are answered
 *
 * Returns: (transfer full): what came of it, in words; %NULL with G_IO_ERROR_CANCELLED
 */
char *
rcp_payer_test_finish (GAsyncResult *result, gboolean *is_open, GError **error)
{
  g_autoptr (RcpEligibilityAnswer) answer = NULL;
  g_autofree char *why = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_payer_test_async), NULL);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return NULL;
  *is_open = (answer->rejections->len > 0 || answer->benefits->len > 0 || answer->status != RCP_ELIGIBILITY_CANNOT_TELL) &&
             !is_about_clinic (answer);
  if (!*is_open)
    return g_strdup (answer->words ? answer->words : _ ("The payer did not answer."));
  why = rcp_rejections_describe (answer->rejections);
  /* Translators: %s is what the payer says of a patient who does not exist. */
  return why ? g_strdup_printf (_ ("It works: questions are answered. Of a made-up patient it was said: %s"), why)
             : g_strdup (_ ("It works: questions are answered."));
}
