/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-fhir-payer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "clinic/rcp-codes.h"
#include "fhir/fhir-json.h"
#include "insurance/rcp-eligibility-json.h"
#include "insurance/rcp-rejection.h"

#define MAX_ATTEMPTS 2
#define PAUSE_MS 1000
#define LONGEST_PAUSE_MS 8000

struct _RcpFhirPayer
{
  GObject parent_instance;

  FhirClient *client;
  RcpClock *clock;
  guint longest_ms;
  guint pause_ms;
  gboolean has_no_submit; /* the server said so */
};

static void rcp_fhir_payer_iface_init (RcpEligibilityBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpFhirPayer, rcp_fhir_payer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RCP_TYPE_ELIGIBILITY_BACKEND, rcp_fhir_payer_iface_init))

static void
rcp_fhir_payer_finalize (GObject *object)
{
  RcpFhirPayer *self = RCP_FHIR_PAYER (object);

  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rcp_fhir_payer_parent_class)->finalize (object);
}

static void
rcp_fhir_payer_class_init (RcpFhirPayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_fhir_payer_finalize;
}

static void
rcp_fhir_payer_init (RcpFhirPayer *self)
{
  self->longest_ms = RCP_ELIGIBILITY_LONGEST_MS;
  self->pause_ms = PAUSE_MS;
}

typedef struct
{
  RcpEligibilityQuestion *question;
  RcpEligibilityAnswer *answer;
  JsonObject *request;
  char *asked;       /* "CoverageEligibilityRequest/9", once the server has it */
  guint n_attempts;
  guint pause_ms;
  gint64 end;        /* in monotonic time */
  void (*next) (GTask *task);
} Check;

static void
check_free (gpointer data)
{
  Check *self = data;

  rcp_eligibility_question_unref (self->question);
  rcp_eligibility_answer_unref (self->answer);
  json_object_unref (self->request);
  g_free (self->asked);
  g_free (self);
}

static void submit (GTask *task);
static void poll (GTask *task);

static void
finish (GTask *task)
{
  Check *self = g_task_get_task_data (task);

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, rcp_eligibility_answer_ref (self->answer), (GDestroyNotify) rcp_eligibility_answer_unref);
}

static void
finish_with_words (GTask *task, const char *words)
{
  Check *self = g_task_get_task_data (task);

  rcp_eligibility_answer_set_words (self->answer, words);
  finish (task);
}

static gboolean
on_pause_ended_cb (gpointer user_data)
{
  GTask *task = user_data;
  Check *self = g_task_get_task_data (task);

  if (!g_task_return_error_if_cancelled (task))
    self->next (task);
  return G_SOURCE_REMOVE;
}

/* FALSE when there is no time left. */
static gboolean
pause_then (GTask *task, void (*next) (GTask *task))
{
  Check *self = g_task_get_task_data (task);
  g_autoptr (GSource) source = NULL;

  if (g_get_monotonic_time () + self->pause_ms * G_TIME_SPAN_MILLISECOND >= self->end)
    return FALSE;
  self->next = next;
  source = g_timeout_source_new (self->pause_ms);
  g_source_set_callback (source, on_pause_ended_cb, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
  self->pause_ms = MIN (self->pause_ms * 2, LONGEST_PAUSE_MS);
  return TRUE;
}

static char *
describe_error (const GError *error)
{
  guint status = fhir_error_get_http_status (error);

  switch (error->domain == FHIR_ERROR ? error->code : FHIR_ERROR_FAILED)
    {
    case FHIR_ERROR_NETWORK:
      return g_strdup (_ ("The payer's server could not be reached"));
    case FHIR_ERROR_TIMEOUT:
      return g_strdup (_ ("The payer's server did not answer in time"));
    case FHIR_ERROR_UNAUTHORIZED:
    case FHIR_ERROR_FORBIDDEN:
      return g_strdup (_ ("The payer's server does not accept the clinic's sign-in"));
    case FHIR_ERROR_THROTTLED:
      return g_strdup (_ ("The payer's server is too busy"));
    case FHIR_ERROR_REFUSED:
      return g_strdup (_ ("The payer's server refused the request"));
    case FHIR_ERROR_BAD_REPLY:
      return g_strdup (_ ("The payer's server answered with something that is no answer"));
    default:
      return g_strdup_printf (_ ("The payer's server answered with the error %u"), status);
    }
}

static void
fail (GTask *task, const GError *error)
{
  g_autofree char *words = describe_error (error);

  finish_with_words (task, words);
}

/* A response that says of which request it is, and names another. */
static gboolean
is_of_another (const Check *self, JsonObject *response)
{
  const char *trace = fhir_json_get_identifier (response, RCP_SYSTEM_TRACE);
  const char *asked = fhir_json_get_string (response, "request.identifier.value");
  const char *reference = fhir_json_get_string (response, "request.reference");
  g_autofree char *relative = reference && self->asked ? fhir_reference_dup_relative (reference) : NULL;

  return (trace && strcmp (trace, self->question->trace) != 0) || (asked && strcmp (asked, self->question->trace) != 0) ||
         (relative && strcmp (relative, self->asked) != 0);
}

static void
take_words (RcpEligibilityAnswer *answer)
{
  g_autofree char *words = rcp_rejections_describe (answer->rejections);

  if (words)
    rcp_eligibility_answer_set_words (answer, words);
  else if (answer->status == RCP_ELIGIBILITY_CANNOT_TELL && answer->words == NULL)
    rcp_eligibility_answer_set_words (answer, _ ("The payer does not say whether the insurance is in force"));
}

static void
take_response (GTask *task, JsonObject *response)
{
  RcpFhirPayer *payer = g_task_get_source_object (task);
  Check *self = g_task_get_task_data (task);
  RcpEligibilityAnswer *answer = rcp_eligibility_answer_from_json (response);
  char *text;

  rcp_eligibility_answer_unref (self->answer);
  self->answer = rcp_eligibility_question_make_answer (self->question, rcp_clock_get_now (payer->clock));
  if (answer->at != 0)
    self->answer->at = answer->at;
  /* What was asked is ours to say; what was answered is the payer's. */
  g_ptr_array_unref (self->answer->benefits);
  self->answer->benefits = g_ptr_array_ref (answer->benefits);
  g_array_unref (self->answer->rejections);
  self->answer->rejections = g_array_ref (answer->rejections);
  g_array_unref (self->answer->dates);
  self->answer->dates = g_array_ref (answer->dates);
  self->answer->source = g_strdup (answer->source);
  rcp_eligibility_answer_set_words (self->answer, answer->words);
  if (g_strcmp0 (fhir_json_get_string (response, "outcome"), "error") != 0)
    self->answer->status = rcp_eligibility_judge (answer->benefits, self->question->service_type);
  rcp_eligibility_answer_unref (answer);
  text = fhir_json_to_text (response);
  self->answer->raw = g_bytes_new_take (text, strlen (text));
  self->answer->raw_type = g_strdup ("application/fhir+json");
  take_words (self->answer);
}

static void
judge (GTask *task, FhirResource *response)
{
  Check *self = g_task_get_task_data (task);
  JsonObject *json = fhir_resource_get_json (response);

  if (g_strcmp0 (fhir_resource_get_resource_type (response), "CoverageEligibilityResponse") != 0)
    finish_with_words (task, _ ("The payer's server answered with something that is no answer"));
  else if (is_of_another (self, json))
    finish_with_words (task, _ ("The answer belongs to another request"));
  else if (g_strcmp0 (fhir_json_get_string (json, "outcome"), "queued") == 0)
    {
      if (self->asked == NULL && fhir_json_get_string (json, "request.reference"))
        self->asked = fhir_reference_dup_relative (fhir_json_get_string (json, "request.reference"));
      if (self->asked == NULL || !pause_then (task, poll))
        finish_with_words (task, _ ("The payer has not answered yet"));
    }
  else
    {
      take_response (task, json);
      if (self->answer->benefits->len > 0 || !rcp_rejections_allow_retry (self->answer->rejections) || self->asked != NULL ||
          self->n_attempts >= MAX_ATTEMPTS || !pause_then (task, submit))
        finish (task);
    }
}

static void
on_polled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);
  FhirResource *found = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (bundle == NULL)
    {
      fail (task, error);
      return;
    }
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      FhirResource *response = g_ptr_array_index (fhir_bundle_get_matches (bundle), i);

      if (found == NULL || g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (found), "outcome"), "queued") == 0)
        found = response;
    }
  if (found)
    judge (task, found);
  else if (!pause_then (task, poll))
    finish_with_words (task, _ ("The payer has not answered yet"));
}

static void
poll (GTask *task)
{
  RcpFhirPayer *payer = g_task_get_source_object (task);
  Check *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = fhir_search_new ("CoverageEligibilityResponse");

  fhir_search_add (search, "request", self->asked);
  fhir_client_search_async (payer->client, search, g_task_get_cancellable (task), on_polled_cb, g_object_ref (task));
}

static void
on_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) stored = fhir_client_create_finish (FHIR_CLIENT (source), result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (stored == NULL)
    {
      fail (task, error);
      return;
    }
  self->asked = g_strdup (fhir_resource_get_reference (stored));
  poll (task);
}

/* By its trace number it is there once, however often it is sent. */
static void
store (GTask *task)
{
  RcpFhirPayer *payer = g_task_get_source_object (task);
  Check *self = g_task_get_task_data (task);
  g_autofree char *condition = g_strconcat ("identifier=" RCP_SYSTEM_TRACE "|", self->question->trace, NULL);

  fhir_client_create_async (payer->client, self->request, condition, g_task_get_cancellable (task), on_stored_cb, g_object_ref (task));
}

static void
on_submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpFhirPayer *payer = g_task_get_source_object (task);
  Check *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) response = fhir_client_operation_finish (FHIR_CLIENT (source), result, &error);
  guint status = fhir_error_get_http_status (error);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (response)
    judge (task, response);
  else if (status == 404 || status == 405 || status == 501)
    {
      payer->has_no_submit = TRUE;
      store (task);
    }
  else if ((g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NETWORK) || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_TIMEOUT)) &&
           self->n_attempts < MAX_ATTEMPTS && pause_then (task, submit))
    return;
  else
    fail (task, error);
}

static void
submit (GTask *task)
{
  RcpFhirPayer *payer = g_task_get_source_object (task);
  Check *self = g_task_get_task_data (task);

  if (payer->has_no_submit)
    {
      store (task);
      return;
    }
  self->n_attempts++;
  fhir_client_operation_async (payer->client, "CoverageEligibilityRequest/$submit", self->request, g_task_get_cancellable (task),
                               on_submitted_cb, g_object_ref (task));
}

static void
rcp_fhir_payer_check_async (RcpEligibilityBackend *backend, RcpEligibilityQuestion *question, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  RcpFhirPayer *payer = RCP_FHIR_PAYER (backend);
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);
  gint64 now = rcp_clock_get_now (payer->clock);
  Check *self = g_new0 (Check, 1);

  g_task_set_source_tag (task, rcp_fhir_payer_check_async);
  self->question = rcp_eligibility_question_ref (question);
  self->answer = rcp_eligibility_question_make_answer (question, now);
  self->request = rcp_fhir_payer_compose (question, now);
  self->pause_ms = payer->pause_ms;
  self->end = g_get_monotonic_time () + payer->longest_ms * G_TIME_SPAN_MILLISECOND;
  g_task_set_task_data (task, self, check_free);
  if (!g_task_return_error_if_cancelled (task))
    submit (task);
}

static RcpEligibilityAnswer *
rcp_fhir_payer_check_finish (RcpEligibilityBackend *backend, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, backend), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rcp_fhir_payer_iface_init (RcpEligibilityBackendInterface *iface)
{
  iface->check_async = rcp_fhir_payer_check_async;
  iface->check_finish = rcp_fhir_payer_check_finish;
}

/**
 * rcp_fhir_payer_new:
 * @client: of the payer's server
 *
 * Returns: (transfer full)
 */
RcpFhirPayer *
rcp_fhir_payer_new (FhirClient *client, RcpClock *clock)
{
  RcpFhirPayer *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);

  self = g_object_new (RCP_TYPE_FHIR_PAYER, NULL);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  return self;
}

/**
 * rcp_fhir_payer_set_patience:
 * @longest_ms: how long it waits for the answer as a whole
 * @pause_ms: before it looks again the first time; each further pause is twice as long
 */
void
rcp_fhir_payer_set_patience (RcpFhirPayer *self, guint longest_ms, guint pause_ms)
{
  g_return_if_fail (RCP_IS_FHIR_PAYER (self));

  self->longest_ms = longest_ms;
  self->pause_ms = pause_ms;
}
