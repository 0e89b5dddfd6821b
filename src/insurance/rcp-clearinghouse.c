/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-clearinghouse.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "insurance/rcp-inquiry.h"
#include "insurance/rcp-post.h"
#include "insurance/rcp-rejection.h"
#include "insurance/rcp-x12-answer.h"

#define MAX_ATTEMPTS 2 /* CORE: once more, with a new PayloadID and the same trace */
#define MAX_CONNECTIONS 8 /* a question that waits for another one to end would lose its time */
#define PAUSE_MS 1000

struct _RcpClearinghouse
{
  GObject parent_instance;

  SoupSession *session;
  RcpClock *clock;
  RcpClearinghouseSetup setup; /* its texts are owned */
};

static void rcp_clearinghouse_iface_init (RcpEligibilityBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpClearinghouse, rcp_clearinghouse, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RCP_TYPE_ELIGIBILITY_BACKEND, rcp_clearinghouse_iface_init))

static const char **
list_texts (RcpClearinghouse *self, guint index)
{
  const char **const texts[] = {
    &self->setup.url,     &self->setup.user_name,     &self->setup.sender_qualifier, &self->setup.sender, &self->setup.receiver_qualifier,
    &self->setup.receiver, &self->setup.company, &self->setup.provider_name,    &self->setup.npi,
  };

  return index < G_N_ELEMENTS (texts) ? texts[index] : NULL;
}

static void
rcp_clearinghouse_finalize (GObject *object)
{
  RcpClearinghouse *self = RCP_CLEARINGHOUSE (object);

  for (guint i = 0; list_texts (self, i); i++)
    g_free ((char *) *list_texts (self, i));
  if (self->setup.password)
    explicit_bzero ((char *) self->setup.password, strlen (self->setup.password));
  g_free ((char *) self->setup.password);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rcp_clearinghouse_parent_class)->finalize (object);
}

static void
rcp_clearinghouse_class_init (RcpClearinghouseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_clearinghouse_finalize;
}

static void
rcp_clearinghouse_init (RcpClearinghouse *self)
{
  self->session = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS, "max-conns-per-host", MAX_CONNECTIONS, "user-agent", "Reception", NULL);
}

/* One question, from the first attempt to the last word. */
typedef struct
{
  RcpEligibilityQuestion *question;
  RcpEligibilityAnswer *answer;
  guint n_attempts;
  gint64 end; /* in monotonic time */
  GSource *pause;
} Check;

static void
check_free (gpointer data)
{
  Check *self = data;

  rcp_eligibility_question_unref (self->question);
  rcp_eligibility_answer_unref (self->answer);
  if (self->pause)
    g_source_destroy (self->pause);
  g_clear_pointer (&self->pause, g_source_unref);
  g_free (self);
}

static void attempt (GTask *task);

static gboolean
on_pause_ended_cb (gpointer user_data)
{
  GTask *task = user_data;
  Check *self = g_task_get_task_data (task);

  g_clear_pointer (&self->pause, g_source_unref);
  if (!g_task_return_error_if_cancelled (task))
    attempt (task);
  return G_SOURCE_REMOVE;
}

static void
finish (GTask *task)
{
  Check *self = g_task_get_task_data (task);

  g_task_return_pointer (task, rcp_eligibility_answer_ref (self->answer), (GDestroyNotify) rcp_eligibility_answer_unref);
}

/* Once more after @ms, when there is time for it; else what is there is the answer. */
static void
try_again (GTask *task, guint ms)
{
  RcpClearinghouse *house = g_task_get_source_object (task);
  Check *self = g_task_get_task_data (task);
  guint wait = ms > 0 ? ms : house->setup.pause_ms;

  if (self->n_attempts >= MAX_ATTEMPTS || g_get_monotonic_time () + wait * G_TIME_SPAN_MILLISECOND >= self->end)
    {
      finish (task);
      return;
    }
  self->pause = g_timeout_source_new (wait);
  g_source_set_callback (self->pause, on_pause_ended_cb, g_object_ref (task), g_object_unref);
  g_source_attach (self->pause, g_task_get_context (task));
}

/* An answer of an earlier attempt says nothing any more. */
static void
begin_answer (Check *self, gint64 at)
{
  rcp_eligibility_answer_unref (self->answer);
  self->answer = rcp_eligibility_question_make_answer (self->question, at);
}

static void
judge_status (GTask *task, const RcpPosted *posted)
{
  Check *self = g_task_get_task_data (task);
  g_autofree char *words = NULL;

  if (posted->status == 401 || posted->status == 403)
    words = g_strdup (_ ("The clearinghouse does not accept the clinic's sign-in"));
  else if (posted->status == 429 || posted->status == 503)
    words = g_strdup (_ ("The clearinghouse is too busy"));
  else
    words = g_strdup_printf (_ ("The clearinghouse answered with the error %u"), posted->status);
  rcp_eligibility_answer_set_words (self->answer, words);
  /* These say that nobody has answered; all others are an answer. */
  if (posted->status == 429 || (posted->status >= 502 && posted->status <= 504))
    try_again (task, posted->retry_after_ms);
  else
    finish (task);
}

static void
on_posted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpClearinghouse *house = g_task_get_source_object (task);
  Check *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpPosted) posted = rcp_post_finish (result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;
  begin_answer (self, rcp_clock_get_now (house->clock));
  if (g_error_matches (error, RCP_CORE_ERROR, RCP_CORE_ERROR_TOO_LONG))
    {
      rcp_eligibility_answer_set_words (self->answer, error->message);
      finish (task);
    }
  else if (posted == NULL)
    {
      rcp_eligibility_answer_set_words (self->answer, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
                                                        ? _ ("The clearinghouse did not answer in time")
                                                        : _ ("The clearinghouse could not be reached"));
      try_again (task, 0);
    }
  else if (posted->status < 200 || posted->status > 299)
    judge_status (task, posted);
  else
    {
      rcp_x12_answer_read (self->answer, posted->content_type, posted->body);
      if (self->answer->benefits->len == 0 && rcp_rejections_allow_retry (self->answer->rejections))
        try_again (task, 0);
      else
        finish (task);
    }
}

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static GBytes *
wrap (RcpClearinghouse *house, const char *payload, char **content_type)
{
  g_autoptr (RcpCoreEnvelope) envelope = rcp_core_envelope_new ();
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (rcp_clock_get_now (house->clock) / G_USEC_PER_SEC);

  set (&envelope->payload_type, RCP_CORE_REQUEST_270);
  g_free (envelope->payload_id);
  envelope->payload_id = g_uuid_string_random ();
  g_free (envelope->time_stamp);
  envelope->time_stamp = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  set (&envelope->sender, house->setup.sender);
  set (&envelope->receiver, house->setup.receiver);
  set (&envelope->payload, payload);
  return rcp_core_envelope_write (envelope, house->setup.form, house->setup.user_name, house->setup.password, content_type);
}

static void
attempt (GTask *task)
{
  RcpClearinghouse *house = g_task_get_source_object (task);
  Check *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *payload = rcp_inquiry_write (self->question, &house->setup, rcp_clock_get_now (house->clock), &error);
  g_autofree char *content_type = NULL;
  g_autoptr (GBytes) body = NULL;
  gint64 left = (self->end - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;

  if (payload == NULL)
    {
      rcp_eligibility_answer_set_words (self->answer, error->message);
      finish (task);
      return;
    }
  self->n_attempts++;
  body = wrap (house, payload, &content_type);
  rcp_post_async (house->session, house->setup.url, content_type, body, (guint) CLAMP (left, 1, house->setup.timeout_ms),
                  g_task_get_cancellable (task), on_posted_cb, g_object_ref (task));
}

static void
rcp_clearinghouse_check_async (RcpEligibilityBackend *backend, RcpEligibilityQuestion *question, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  RcpClearinghouse *house = RCP_CLEARINGHOUSE (backend);
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);
  Check *self = g_new0 (Check, 1);

  g_task_set_source_tag (task, rcp_clearinghouse_check_async);
  self->question = rcp_eligibility_question_ref (question);
  self->answer = rcp_eligibility_question_make_answer (question, rcp_clock_get_now (house->clock));
  self->end = g_get_monotonic_time () + RCP_ELIGIBILITY_LONGEST_MS * G_TIME_SPAN_MILLISECOND;
  g_task_set_task_data (task, self, check_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!rcp_clearinghouse_is_safe (house->setup.url))
    {
      rcp_eligibility_answer_set_words (self->answer, _ ("The clearinghouse's address must begin with https"));
      finish (task);
      return;
    }
  attempt (task);
}

static RcpEligibilityAnswer *
rcp_clearinghouse_check_finish (RcpEligibilityBackend *backend, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, backend), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rcp_clearinghouse_iface_init (RcpEligibilityBackendInterface *iface)
{
  iface->check_async = rcp_clearinghouse_check_async;
  iface->check_finish = rcp_clearinghouse_check_finish;
}

/**
 * rcp_clearinghouse_is_safe:
 * @url: (nullable): of a service
 *
 * Whether patients' data may be sent there: encrypted, or without leaving the machine.
 */
gboolean
rcp_clearinghouse_is_safe (const char *url)
{
  g_autoptr (GUri) uri = url ? g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return FALSE;
  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (g_uri_get_host (uri));
  return strcmp (g_uri_get_scheme (uri), "http") == 0 && address && g_inet_address_get_is_loopback (address);
}

/**
 * rcp_clearinghouse_new:
 * @setup: copied
 *
 * Returns: (transfer full)
 */
RcpClearinghouse *
rcp_clearinghouse_new (const RcpClearinghouseSetup *setup, RcpClock *clock)
{
  RcpClearinghouse *self;

  g_return_val_if_fail (setup != NULL, NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);

  self = g_object_new (RCP_TYPE_CLEARINGHOUSE, NULL);
  self->setup = *setup;
  for (guint i = 0; list_texts (self, i); i++)
    *list_texts (self, i) = g_strdup (*list_texts (self, i));
  self->setup.password = g_strdup (setup->password);
  self->setup.timeout_ms = setup->timeout_ms > 0 ? setup->timeout_ms : RCP_ELIGIBILITY_TIMEOUT_MS;
  self->setup.pause_ms = setup->pause_ms > 0 ? setup->pause_ms : PAUSE_MS;
  self->clock = g_object_ref (clock);
  return self;
}
