/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-http-waits"

#include "http-fixture.h"
#include "practice/practice-http-waits.h"

#include <gio/gunixsocketaddress.h>
#include <signal.h>

/* Answers that wait for something to be written. */

static void
test_seconds (void)
{
  const struct
  {
    const char *prefer;
    guint seconds;
  } cases[] = {
    { NULL, 0 },
    { "", 0 },
    { "wait=15", 15 },
    { "handling=strict, wait=5", 5 },
    { "respond-async; wait=10", 10 },
    { "wait=100000", PRACTICE_WAITS_MAX_SECONDS },
    { "wait=-1", 0 },
    { "wait=a while", 0 },
    { "wait", 0 },
    { "await=5", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (practice_waits_get_seconds (cases[i].prefer), ==, cases[i].seconds);
}

static void
count_cb (gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
never_cb (gpointer user_data)
{
  g_assert_not_reached ();
}

static void
run_until (const guint *n, guint wanted)
{
  while (*n < wanted)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_change (void)
{
  g_autoptr (PracticeWaits) waits = practice_waits_new ();
  g_autofree char *before = practice_waits_dup_etag (waits);
  g_autofree char *after = NULL;
  guint n_a = 0, n_b = 0, n_left = 0, n_freed = 0;

  g_assert_false (practice_waits_add (waits, NULL, 30, count_cb, &n_a, count_cb));
  g_assert_false (practice_waits_add (waits, before, 0, count_cb, &n_a, count_cb));
  g_assert_true (practice_waits_add (waits, before, 30, count_cb, &n_a, count_cb));
  g_assert_true (practice_waits_add (waits, before, 30, count_cb, &n_b, count_cb));
  g_assert_true (practice_waits_add (waits, before, 30, count_cb, &n_left, count_cb));
  practice_waits_remove (waits, &n_left);
  practice_waits_remove (waits, &n_freed);
  g_assert_cmpuint (practice_waits_get_length (waits), ==, 2);

  /* Many at once are told once, and who comes meanwhile knows of them. */
  practice_waits_change (waits);
  practice_waits_change (waits);
  after = practice_waits_dup_etag (waits);
  g_assert_cmpstr (after, !=, before);
  g_assert_false (practice_waits_add (waits, before, 30, count_cb, &n_freed, count_cb));
  g_assert_cmpuint (n_a, ==, 0);
  run_until (&n_b, 1);
  g_assert_cmpuint (n_a, ==, 1);
  g_assert_cmpuint (n_b, ==, 1);
  g_assert_cmpuint (n_left, ==, 0);
  g_assert_cmpuint (practice_waits_get_length (waits), ==, 0);

  g_assert_true (practice_waits_add (waits, after, 30, count_cb, &n_left, NULL));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_left, ==, 0);
}

static void
test_time_up (void)
{
  g_autoptr (PracticeWaits) waits = practice_waits_new ();
  g_autofree char *etag = practice_waits_dup_etag (waits);
  gint64 start = g_get_monotonic_time ();
  guint n = 0;

  g_assert_true (practice_waits_add (waits, etag, 1, count_cb, &n, count_cb));
  run_until (&n, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_USEC_PER_SEC / 2);
  g_assert_cmpuint (practice_waits_get_length (waits), ==, 0);
}

/* What waits at the end is freed, and not called. */
static void
test_too_many (void)
{
  PracticeWaits *waits = practice_waits_new ();
  g_autofree char *etag = practice_waits_dup_etag (waits);
  guint n_freed = 0;

  for (guint i = 0; i < PRACTICE_WAITS_MAX_LENGTH; i++)
    g_assert_true (practice_waits_add (waits, etag, 30, never_cb, &n_freed, count_cb));
  g_assert_false (practice_waits_add (waits, etag, 30, never_cb, &n_freed, count_cb));
  practice_waits_change (waits);
  practice_waits_free (waits);
  g_assert_cmpuint (n_freed, ==, PRACTICE_WAITS_MAX_LENGTH);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* A question under way, of a desk of its own. */
typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  GBytes *body;
  gint64 took;
  guint is_done;
} Question;

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;

  question->body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  question->took += g_get_monotonic_time ();
  question->is_done = TRUE;
}

static void
ask (HttpFixture *server, Question *question, const char *path, const char *prefer, const char *etag, GCancellable *cancellable)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (server->socket);
  SoupMessageHeaders *headers;

  *question = (Question){ .message = http_fixture_make_message (server, "GET", path), .took = -g_get_monotonic_time () };
  question->session = soup_session_new_with_options ("remote-connectable", address, NULL);
  headers = soup_message_get_request_headers (question->message);
  soup_message_headers_append (headers, "Prefer", prefer);
  if (etag != NULL)
    soup_message_headers_append (headers, "If-None-Match", etag);
  soup_session_send_and_read_async (question->session, question->message, G_PRIORITY_DEFAULT, cancellable, on_answered_cb, question);
}

static const char *
get_header (const Question *question, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (question->message), name);
}

static void
question_clear (Question *question)
{
  g_clear_object (&question->session);
  g_clear_object (&question->message);
  g_clear_pointer (&question->body, g_bytes_unref);
}

/* (transfer full): the tag of the record as it is. */
static char *
get_tag (HttpFixture *server)
{
  Question question;
  char *tag;

  ask (server, &question, "/_history?_count=1", "wait=30", NULL, NULL);
  run_until (&question.is_done, TRUE);
  g_assert_cmpuint (soup_message_get_status (question.message), ==, 200);
  g_assert_cmpstr (get_header (&question, "Preference-Applied"), ==, "wait");
  tag = g_strdup (get_header (&question, "ETag"));
  g_assert_nonnull (tag);
  question_clear (&question);
  return tag;
}

static void
let_run (guint ms)
{
  guint n = 0;

  g_timeout_add_once (ms, count_cb, &n);
  run_until (&n, 1);
}

static void
test_written (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autofree char *tag = get_tag (server);
  Question question;

  ask (server, &question, "/_history?_count=1", "wait=40", tag, NULL);
  let_run (300);
  /* What changes nothing answers nobody. */
  g_assert_cmpuint (http_fixture_request (server, "POST", "/Patient", "{'resourceType':'Patient','no':1}"), ==, 400);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient?name=nobody", NULL), ==, 200);
  let_run (300);
  g_assert_false (question.is_done);

  g_assert_cmpuint (http_fixture_request (server, "PUT", "/Patient/a", "{'resourceType':'Patient','id':'a'}"), ==, 201);
  run_until (&question.is_done, TRUE);
  g_assert_cmpuint (soup_message_get_status (question.message), ==, 200);
  g_assert_cmpint (question.took, <, 40 * G_USEC_PER_SEC);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (question.body, NULL), (gssize) g_bytes_get_size (question.body), "/Patient/a\""));
  g_assert_cmpstr (get_header (&question, "ETag"), !=, tag);
  question_clear (&question);

  /* What was written before the question is told at once. */
  ask (server, &question, "/_history?_count=1", "wait=40", tag, NULL);
  run_until (&question.is_done, TRUE);
  g_assert_cmpint (question.took, <, 40 * G_USEC_PER_SEC);
  question_clear (&question);
}

/* When nothing happens the answer comes all the same, and who did not ask to wait does not. */
static void
test_nothing_written (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autofree char *tag = get_tag (server);
  Question question;

  ask (server, &question, "/_history?_count=1", "wait=1", tag, NULL);
  run_until (&question.is_done, TRUE);
  g_assert_cmpuint (soup_message_get_status (question.message), ==, 200);
  g_assert_cmpint (question.took, >=, G_USEC_PER_SEC / 2);
  g_assert_cmpstr (get_header (&question, "ETag"), ==, tag);
  question_clear (&question);

  ask (server, &question, "/_history?_count=1", "handling=strict", tag, NULL);
  run_until (&question.is_done, TRUE);
  g_assert_cmpuint (soup_message_get_status (question.message), ==, 200);
  g_assert_null (get_header (&question, "Preference-Applied"));
  question_clear (&question);

  g_assert_cmpuint (http_fixture_request (server, "PUT", "/Patient/a", "{'resourceType':'Patient','id':'a'}"), ==, 201);
  ask (server, &question, "/Patient/a", "wait=40", "W/\"1\"", NULL);
  run_until (&question.is_done, TRUE);
  g_assert_cmpuint (soup_message_get_status (question.message), ==, 304);
  g_assert_null (get_header (&question, "Preference-Applied"));
  question_clear (&question);
}

/* Desks that are closed while they wait leave nothing behind, and the server ends while others still wait. */
static void
test_left (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *tag = get_tag (server);
  Question questions[8];

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    ask (server, &questions[i], "/_history?_count=1", "wait=50", tag, i % 2 == 0 ? cancellable : NULL);
  let_run (300);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i += 2)
    {
      run_until (&questions[i].is_done, TRUE);
      question_clear (&questions[i]);
    }
  g_assert_cmpuint (http_fixture_request (server, "PUT", "/Patient/a", "{'resourceType':'Patient','id':'a'}"), ==, 201);
  for (guint i = 1; i < G_N_ELEMENTS (questions); i += 2)
    {
      run_until (&questions[i].is_done, TRUE);
      g_assert_cmpuint (soup_message_get_status (questions[i].message), ==, 200);
      g_clear_pointer (&tag, g_free);
      tag = g_strdup (get_header (&questions[i], "ETag"));
      question_clear (&questions[i]);
    }

  ask (server, &questions[0], "/_history?_count=1", "wait=50", tag, NULL);
  let_run (300);
  g_assert_false (questions[0].is_done);
  g_free (http_fixture_stop (server, SIGTERM));
  g_assert_cmpint (g_subprocess_get_exit_status (server->process), ==, 0);
  run_until (&questions[0].is_done, TRUE);
  g_assert_cmpint (questions[0].took, <, 50 * G_USEC_PER_SEC);
  question_clear (&questions[0]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/http-waits/seconds", test_seconds);
  g_test_add_func ("/practice/http-waits/change", test_change);
  g_test_add_func ("/practice/http-waits/time-up", test_time_up);
  g_test_add_func ("/practice/http-waits/too-many", test_too_many);
  g_test_add_func ("/practice/http-waits/written", test_written);
  g_test_add_func ("/practice/http-waits/nothing-written", test_nothing_written);
  g_test_add_func ("/practice/http-waits/left", test_left);
  return g_test_run ();
}
