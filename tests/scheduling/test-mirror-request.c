/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mirror-request"

/* rcp-mirror-request.c beside a real record: two desks see one request, and it is answered once. */
#include "keep-result.h"
#include "practice-fixture.h"

#include "scheduling/rcp-mirror-request.h"

#define NOW (G_GINT64_CONSTANT (1795438800) * G_USEC_PER_SEC)
#define HOUR G_TIME_SPAN_HOUR

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  RcpClock *clock;
  char *visit_id;
  char *practitioner_id;
} Fixture;

static char *
create (FhirClient *client, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) created = NULL;

  fhir_client_create_async (client, json_node_get_object (node), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  created = fhir_client_create_finish (client, result, &error);
  g_assert_no_error (error);
  return g_strdup (fhir_resource_get_id (created));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->practice = practice_fixture_new (NULL);
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->clock = rcp_clock_new_fixed (NOW);
  fixture->practitioner_id = create (fixture->client, "{\"resourceType\":\"Practitioner\"}");
  fixture->visit_id
      = create (fixture->client, "{\"resourceType\":\"Appointment\",\"status\":\"proposed\",\"participant\":[{\"status\":"
                                 "\"accepted\",\"type\":[{\"text\":\"somebody\"}]}]}");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->clock);
  g_object_unref (fixture->client);
  practice_fixture_free (fixture->practice);
  g_free (fixture->visit_id);
  g_free (fixture->practitioner_id);
}

static gboolean
send (Fixture *fixture, FhirTransaction *transaction, GError **error)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) reply = NULL;

  fhir_client_transact_async (fixture->client, transaction, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  reply = fhir_client_transact_finish (fixture->client, result, error);
  return reply != NULL;
}

static void
ask_at (Fixture *fixture, RcpMirrorDeed deed, gint64 start, gint64 now)
{
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  RcpMirrorClaim claim = { .id = fixture->visit_id, .deed = deed, .range = { start, start + HOUR } };
  g_autoptr (GError) error = NULL;

  rcp_mirror_request_add_to (transaction, &claim, fixture->practitioner_id, NULL, now);
  send (fixture, transaction, &error);
  g_assert_no_error (error);
}

static void
ask (Fixture *fixture, RcpMirrorDeed deed, gint64 start)
{
  ask_at (fixture, deed, start, NOW);
}

static GPtrArray *
read_all (Fixture *fixture, const char *practitioner_id)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *requests;

  rcp_mirror_requests_read_async (fixture->client, practitioner_id, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  requests = rcp_mirror_requests_read_finish (result, &error);
  g_assert_no_error (error);
  return requests;
}

static gboolean
refuse (Fixture *fixture, RcpMirrorRequest *request, GError **error)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  rcp_mirror_request_refuse_async (request, fixture->client, fixture->clock, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_mirror_request_refuse_finish (request, result, error);
}

static gboolean
end (Fixture *fixture, RcpMirrorRequest *request, RcpMirrorEnd how, GError **error)
{
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();

  rcp_mirror_request_end_in (transaction, request, how, NOW + HOUR);
  return send (fixture, transaction, error);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GPtrArray) of_others = NULL;
  RcpMirrorRequest *request;

  ask (fixture, RCP_MIRROR_MOVED, NOW);
  requests = read_all (fixture, fixture->practitioner_id);
  g_assert_cmpuint (requests->len, ==, 1);
  request = requests->pdata[0];
  g_assert_cmpstr (rcp_mirror_request_get_visit_id (request), ==, fixture->visit_id);
  g_assert_cmpstr (rcp_mirror_request_get_practitioner_id (request), ==, fixture->practitioner_id);
  g_assert_nonnull (rcp_mirror_request_get_id (request));
  g_assert_cmpint (rcp_mirror_request_get_deed (request), ==, RCP_MIRROR_MOVED);
  g_assert_cmpint (rcp_mirror_request_get_range (request).start, ==, NOW);
  g_assert_cmpint (rcp_mirror_request_get_range (request).end, ==, NOW + HOUR);
  g_assert_cmpint (rcp_mirror_request_get_seen (request), ==, NOW);
  g_assert_false (rcp_mirror_request_is_refused (request));
  g_assert_true (rcp_mirror_request_is_live (request));
  of_others = read_all (fixture, "nobody");
  g_assert_cmpuint (of_others->len, ==, 0);
}

/* Two desks see it, and one of them twice. */
static void
test_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) requests = NULL;

  for (guint i = 0; i < 3; i++)
    ask (fixture, RCP_MIRROR_DELETED, 0);
  ask (fixture, RCP_MIRROR_MOVED, NOW);
  ask (fixture, RCP_MIRROR_MOVED, NOW + HOUR);
  ask (fixture, RCP_MIRROR_MOVED, NOW);
  requests = read_all (fixture, NULL);
  g_assert_cmpuint (requests->len, ==, 3);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;

  ask (fixture, RCP_MIRROR_DELETED, 0);
  requests = read_all (fixture, NULL);
  g_assert_true (refuse (fixture, requests->pdata[0], &error));
  g_assert_no_error (error);
  /* Another desk still has it as it was. */
  g_assert_false (refuse (fixture, requests->pdata[0], &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  g_clear_error (&error);

  ask (fixture, RCP_MIRROR_DELETED, 0);
  refused = read_all (fixture, NULL);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_true (rcp_mirror_request_is_refused (refused->pdata[0]));
  g_assert_true (end (fixture, refused->pdata[0], RCP_MIRROR_END_PUT_BACK, &error));
  after = read_all (fixture, NULL);
  g_assert_cmpuint (after->len, ==, 0);

  /* The provider does the same again. */
  ask (fixture, RCP_MIRROR_DELETED, 0);
  again = read_all (fixture, NULL);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_false (rcp_mirror_request_is_refused (again->pdata[0]));
}

/* The mirror ends it on what it knew before the desk answered. */
static void
test_ended_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  ask (fixture, RCP_MIRROR_MOVED, NOW);
  requests = read_all (fixture, NULL);
  g_assert_true (refuse (fixture, requests->pdata[0], &error));
  g_assert_false (end (fixture, requests->pdata[0], RCP_MIRROR_END_WITHDRAWN, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  after = read_all (fixture, NULL);
  g_assert_cmpuint (after->len, ==, 1);
}

/* The clock of the desk that saw it is two hours ahead of this one. */
static void
test_clock_behind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  ask_at (fixture, RCP_MIRROR_MOVED, NOW, NOW + 2 * HOUR);
  requests = read_all (fixture, NULL);
  g_assert_true (refuse (fixture, requests->pdata[0], &error));
  g_assert_no_error (error);
  refused = read_all (fixture, NULL);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_true (rcp_mirror_request_is_refused (refused->pdata[0]));
  g_assert_true (end (fixture, refused->pdata[0], RCP_MIRROR_END_PUT_BACK, &error));
  g_assert_no_error (error);
  after = read_all (fixture, NULL);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
test_others (void)
{
  static const char *const tasks[] = {
    "{\"resourceType\":\"Task\",\"id\":\"1\",\"status\":\"requested\",\"intent\":\"order\"}",
    "{\"resourceType\":\"Task\",\"id\":\"1\",\"focus\":{\"reference\":\"Appointment/2\"},\"code\":{\"coding\":[{\"system\":"
    "\"urn:reception:refit\",\"code\":\"moved\"}]}}",
    "{\"resourceType\":\"Task\",\"id\":\"1\",\"focus\":{\"reference\":\"Appointment/2\"},\"code\":{\"coding\":[{\"system\":"
    "\"urn:reception:calendar\",\"code\":\"moved\"}]}}",
    "{\"resourceType\":\"Task\",\"id\":\"1\",\"focus\":{\"reference\":\"Patient/2\"},\"code\":{\"coding\":[{\"system\":"
    "\"urn:reception:calendar\",\"code\":\"deleted\"}]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (tasks[i], NULL);
      g_autoptr (FhirResource) task = fhir_resource_new (json_node_get_object (node));

      g_assert_null (rcp_mirror_request_new (task));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/scheduling/mirror-request/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("values", test_values);
  ADD ("once", test_once);
  ADD ("refused", test_refused);
  ADD ("ended-late", test_ended_late);
  ADD ("clock-behind", test_clock_behind);
  g_test_add_func ("/scheduling/mirror-request/others", test_others);
  return g_test_run ();
}
