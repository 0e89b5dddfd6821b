/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mirror-ledger"

/* rcp-mirror-ledger.c beside a real record: two desks write one ledger, and nothing of it is lost. */
#include "keep-result.h"
#include "practice-fixture.h"

#include "fhir/fhir-client.h"
#include "mirroring/rcp-mirror-ledger.h"

#define N_VISITS 200
#define RANGE(n) ((RcpTimeRange){ (n) * G_TIME_SPAN_HOUR, ((n) + 1) * G_TIME_SPAN_HOUR })

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  char *practitioner_id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"resourceType\":\"Practitioner\"}", NULL);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) created = NULL;

  fixture->practice = practice_fixture_new (NULL);
  fixture->client = practice_fixture_create_client (fixture->practice);
  fhir_client_create_async (fixture->client, json_node_get_object (node), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  created = fhir_client_create_finish (fixture->client, result, NULL);
  fixture->practitioner_id = g_strdup (fhir_resource_get_id (created));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->client);
  practice_fixture_free (fixture->practice);
  g_free (fixture->practitioner_id);
}

static void
load (Fixture *fixture, RcpMirrorLedger *ledger)
{
  g_autoptr (FhirSearch) search = rcp_mirror_ledger_make_search (ledger);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  fhir_client_search_all_async (fixture->client, search, 0, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_all_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  rcp_mirror_ledger_load (ledger, bundle);
}

static RcpMirrorLedger *
open_ledger (Fixture *fixture, const char *key)
{
  RcpMirrorLedger *ledger = rcp_mirror_ledger_new (fixture->practitioner_id, key);

  load (fixture, ledger);
  return ledger;
}

/* Writes visits [@from, @to) as seen, and forgets @forgotten (nullable). */
static gboolean
save (Fixture *fixture, RcpMirrorLedger *ledger, guint from, guint to, const char *forgotten, GError **error)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_mirror_base_free);
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) reply = NULL;

  for (guint i = from; i < to; i++)
    {
      g_autofree char *id = g_strdup_printf ("v%u", i);

      g_ptr_array_add (seen, rcp_mirror_base_new (id, RANGE (i), i));
    }
  if (forgotten != NULL)
    g_ptr_array_add (gone, (gpointer)forgotten);
  rcp_mirror_ledger_write (ledger, seen, gone, transaction);
  if (fhir_transaction_get_n_entries (transaction) == 0)
    return TRUE;
  fhir_client_transact_async (fixture->client, transaction, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  reply = fhir_client_transact_finish (fixture->client, result, error);
  return reply != NULL;
}

static guint
count (RcpMirrorLedger *ledger)
{
  g_autoptr (GHashTable) bases = rcp_mirror_ledger_dup_bases (ledger);

  return g_hash_table_size (bases);
}

static void
test_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpMirrorLedger) one = open_ledger (fixture, "home");
  g_autoptr (RcpMirrorLedger) two = NULL;
  g_autoptr (RcpMirrorLedger) elsewhere = NULL;
  g_autoptr (GHashTable) bases = NULL;
  g_autoptr (GError) error = NULL;
  RcpMirrorBase *base;

  g_assert_cmpuint (count (one), ==, 0);
  g_assert_true (save (fixture, one, 0, N_VISITS, NULL, &error));
  two = open_ledger (fixture, "home");
  bases = rcp_mirror_ledger_dup_bases (two);
  g_assert_cmpuint (g_hash_table_size (bases), ==, N_VISITS);
  base = g_hash_table_lookup (bases, "v17");
  g_assert_cmpint (base->range.start, ==, RANGE (17).start);
  g_assert_cmpint (base->range.end, ==, RANGE (17).end);
  g_assert_cmpuint (base->sequence, ==, 17);
  /* Another calendar has not seen them. */
  elsewhere = open_ledger (fixture, "other");
  g_assert_cmpuint (count (elsewhere), ==, 0);
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpMirrorLedger) ledger = open_ledger (fixture, "home");
  g_autoptr (GError) error = NULL;

  g_assert_true (save (fixture, ledger, 0, 1, NULL, &error));
  load (fixture, ledger);
  g_assert_true (save (fixture, ledger, 0, 0, "v0", &error));
  g_assert_no_error (error);
  load (fixture, ledger);
  g_assert_cmpuint (count (ledger), ==, 0);
  g_assert_true (save (fixture, ledger, 3, 4, "v0", &error));
  load (fixture, ledger);
  g_assert_cmpuint (count (ledger), ==, 1);
}

static void
test_two_desks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpMirrorLedger) one = open_ledger (fixture, "home");
  g_autoptr (RcpMirrorLedger) two = open_ledger (fixture, "home");
  g_autoptr (GError) error = NULL;

  /* Both make the pages; that of the second stays away where the first has one, until the next look. */
  g_assert_true (save (fixture, one, 0, 100, NULL, &error));
  g_assert_true (save (fixture, two, 100, N_VISITS, NULL, &error));
  load (fixture, two);
  g_assert_true (save (fixture, two, 100, N_VISITS, NULL, &error));
  load (fixture, two);
  g_assert_cmpuint (count (two), ==, N_VISITS);
  /* On what is not so any more nothing is written. */
  load (fixture, one);
  g_assert_true (save (fixture, two, 0, 0, "v5", &error));
  g_assert_false (save (fixture, one, 5, 6, NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/mirroring/ledger/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("back", test_back);
  ADD ("forgotten", test_forgotten);
  ADD ("two-desks", test_two_desks);
  return g_test_run ();
}
