/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include "await.h"

#define SYSTEM "urn:reception:contract"
#define N_RACERS 6
#define N_CANCELLED 400

typedef struct
{
  FhirClient *client; /* NULL when the server cannot be had */
  ContractConnect connect;
  char *schedule; /* "Schedule/..." of this test alone */
  gboolean holds; /* whether transactions can be relied upon */
} Contract;

static JsonObject *
json_of (const char *format, ...) G_GNUC_PRINTF (1, 2);

static JsonObject *
json_of (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return await_json (text);
}

/* Stores @json, which it takes. */
static FhirResource *
store (Contract *contract, JsonObject *json)
{
  g_autoptr (JsonObject) owned = json;
  g_autoptr (GError) error = NULL;
  FhirResource *resource = await_create (contract->client, owned, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (fhir_resource_get_reference (resource));
  g_assert_nonnull (fhir_resource_get_version_id (resource));
  return resource;
}

static FhirResource *
store_slot (Contract *contract, guint minute)
{
  return store (contract, json_of ("{\"resourceType\":\"Slot\",\"status\":\"free\",\"schedule\":{\"reference\":\"%s\"},"
                                   "\"start\":\"2026-03-10T08:%02u:00Z\",\"end\":\"2026-03-10T08:%02u:00Z\"}",
                                   contract->schedule, minute, minute + 5));
}

static FhirResource *
read_again (Contract *contract, FhirResource *resource)
{
  g_autoptr (GError) error = NULL;
  FhirResource *found = await_read (contract->client, fhir_resource_get_reference (resource), &error);

  g_assert_no_error (error);
  return found;
}

static guint
count_visits (Contract *contract, const char *booking)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = NULL;

  fhir_search_add_printf (search, "identifier", SYSTEM "|%s", booking);
  bundle = await_search_all (contract->client, search, 0, &error);
  g_assert_no_error (error);
  return fhir_bundle_get_matches (bundle)->len;
}

/* A booking as Reception makes one: the slot on the ground of its version, the visit under a name of our own. */
static FhirTransaction *
make_booking (FhirResource *slot, const char *booking)
{
  FhirTransaction *transaction = fhir_transaction_new ();
  g_autoptr (JsonObject) busy = fhir_resource_dup_json (slot);
  g_autofree char *if_match = fhir_resource_dup_if_match (slot);
  g_autofree char *condition = g_strdup_printf ("identifier=%s%%7C%s", SYSTEM, booking);
  g_autoptr (JsonObject) visit = json_of (
    "{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"identifier\":[{\"system\":\"%s\",\"value\":\"%s\"}],"
    "\"slot\":[{\"reference\":\"%s\"}],\"start\":\"%s\",\"end\":\"%s\","
    "\"participant\":[{\"actor\":{\"display\":\"Somebody\"},\"status\":\"accepted\"}]}",
    SYSTEM, booking, fhir_resource_get_reference (slot), fhir_json_get_string (fhir_resource_get_json (slot), "start"),
    fhir_json_get_string (fhir_resource_get_json (slot), "end"));

  json_object_set_string_member (busy, "status", "busy");
  fhir_transaction_update (transaction, busy, if_match);
  fhir_transaction_create (transaction, visit, condition);
  return transaction;
}

static const char *
status_of (FhirResource *resource)
{
  return fhir_json_get_string (fhir_resource_get_json (resource), "status");
}

static void
set_up (Contract *contract, gconstpointer data)
{
  g_autoptr (FhirResource) location = NULL;
  g_autoptr (FhirResource) schedule = NULL;
  g_autoptr (GError) error = NULL;

  contract->connect = (ContractConnect) data;
  contract->client = contract->connect ();
  if (contract->client == NULL)
    return;

  location = store (contract, json_of ("{\"resourceType\":\"Location\",\"name\":\"Room\"}"));
  schedule = store (contract, json_of ("{\"resourceType\":\"Schedule\",\"actor\":[{\"reference\":\"%s\"}]}",
                                       fhir_resource_get_reference (location)));
  contract->schedule = g_strdup (fhir_resource_get_reference (schedule));
  contract->holds = await_verify_transactions (contract->client, &error);
  g_assert_no_error (error);
}

static void
tear_down (Contract *contract, gconstpointer data)
{
  g_free (contract->schedule);
  if (contract->client != NULL)
    g_assert_finalize_object (contract->client);
}

/* The server says that it is R4, or the client says that it cannot tell. */
static void
test_capabilities (Contract *contract)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirCapabilities) capabilities = await_capabilities (contract->client, &error);

  if (capabilities == NULL)
    {
      g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
      return;
    }
  g_assert_cmpstr (fhir_capabilities_get_fhir_version (capabilities), ==, "4.0.1");
  g_assert_true (fhir_capabilities_has_transactions (capabilities));
  g_assert_true (fhir_capabilities_has_interaction (capabilities, "Slot", "update"));
  g_assert_true (fhir_capabilities_has_search_param (capabilities, "Slot", "start"));
}

static void
test_write (Contract *contract)
{
  g_autoptr (FhirResource) slot = store_slot (contract, 0);
  g_autoptr (FhirResource) same = read_again (contract, slot);
  g_autoptr (JsonObject) busy = fhir_resource_dup_json (slot);
  g_autofree char *old = fhir_resource_dup_if_match (slot);
  g_autoptr (FhirResource) updated = NULL;
  g_autoptr (FhirResource) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (fhir_resource_get_version_id (slot), ==, fhir_resource_get_version_id (same));
  json_object_set_string_member (busy, "status", "busy");
  updated = await_update (contract->client, busy, old, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (status_of (updated), ==, "busy");
  g_assert_cmpstr (fhir_resource_get_version_id (updated), !=, fhir_resource_get_version_id (slot));

  /* On the ground of a version that is gone. */
  json_object_set_string_member (busy, "status", "busy-tentative");
  g_assert_null (await_update (contract->client, busy, old, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  g_assert_false (fhir_error_is_outcome_unknown (error));
  after = read_again (contract, slot);
  g_assert_cmpstr (status_of (after), ==, "busy");
  g_assert_cmpstr (fhir_resource_get_version_id (after), ==, fhir_resource_get_version_id (updated));
}

static void
test_patch_and_delete (Contract *contract)
{
  g_autoptr (FhirResource) slot = store_slot (contract, 0);
  g_autoptr (JsonArray) patch = json_array_new ();
  g_autoptr (FhirResource) patched = NULL;
  g_autoptr (GError) error = NULL;

  json_array_add_object_element (patch, json_of ("{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"busy\"}"));
  patched = await_patch (contract->client, fhir_resource_get_reference (slot), patch, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (status_of (patched), ==, "busy");

  g_assert_true (await_delete (contract->client, fhir_resource_get_reference (slot), NULL, &error));
  g_assert_null (await_read (contract->client, fhir_resource_get_reference (slot), &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND);
}

static void
test_conditional_create (Contract *contract)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *condition = g_strdup_printf ("identifier=%s%%7C%s", SYSTEM, uuid);
  g_autoptr (JsonObject) patient = json_of (
    "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"%s\",\"value\":\"%s\"}]}", SYSTEM, uuid);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) first = await_create (contract->client, patient, condition, &error);
  g_autoptr (FhirResource) second = NULL;

  g_assert_no_error (error);
  second = await_create (contract->client, patient, condition, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fhir_resource_get_reference (first), ==, fhir_resource_get_reference (second));
}

/* Pages are joined, nothing comes twice, and a limit is kept; where a server has no pages the client notices that it
 * got a part. */
static void
test_search (Contract *contract)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");
  g_autoptr (FhirBundle) all = NULL, some = NULL, none = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    g_object_unref (store_slot (contract, i * 5));
  fhir_search_add (search, "schedule", contract->schedule);
  fhir_search_add (search, "start", "lt2026-03-10T08:20:00Z");
  fhir_search_add (search, "_sort", "start");
  fhir_search_add (search, "_count", "2");
  all = await_search_all (contract->client, search, 0, &error);
  if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY))
    {
      g_test_message ("this server cuts a search and offers no further page, and the client says so");
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (all)->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      FhirResource *slot = g_ptr_array_index (fhir_bundle_get_matches (all), i);

      g_assert_true (g_hash_table_add (seen, (gpointer) fhir_resource_get_reference (slot)));
    }

  some = await_search_all (contract->client, search, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (some)->len, ==, 3);
  fhir_search_add (search, "status", "busy");
  none = await_search_all (contract->client, search, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (none)->len, ==, 0);
}

/* A parameter that nobody knows must not silently find everything. */
static void
test_unknown_parameter (Contract *contract)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = NULL;

  g_object_unref (store_slot (contract, 0));
  fhir_search_add (search, "no-such-parameter", "1");
  bundle = await_search (contract->client, search, &error);
  if (bundle == NULL)
    g_assert_error (error, FHIR_ERROR, FHIR_ERROR_REFUSED);
  else
    g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 0);
}

/* Where transactions hold a booking is whole; where they do not, the client refuses to begin one. */
static void
test_book (Contract *contract)
{
  g_autofree char *booking = g_uuid_string_random ();
  g_autoptr (FhirResource) slot = store_slot (contract, 0);
  g_autoptr (FhirTransaction) transaction = make_booking (slot, booking);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = await_transact (contract->client, transaction, &error);
  g_autoptr (FhirResource) after = read_again (contract, slot);

  if (!contract->holds)
    {
      g_assert_error (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED);
      g_assert_cmpstr (status_of (after), ==, "free");
      g_assert_cmpuint (count_visits (contract, booking), ==, 0);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_n_responses (reply), ==, 2);
  g_assert_cmpstr (fhir_bundle_get_response_reference (reply, 0), ==, fhir_resource_get_reference (slot));
  g_assert_true (g_str_has_prefix (fhir_bundle_get_response_reference (reply, 1), "Appointment/"));
  g_assert_cmpstr (status_of (after), ==, "busy");
  g_assert_cmpuint (count_visits (contract, booking), ==, 1);
}

/* Somebody was faster: nothing of the second booking is stored. */
static void
test_taken (Contract *contract)
{
  g_autofree char *first = g_uuid_string_random ();
  g_autofree char *second = g_uuid_string_random ();
  g_autoptr (FhirResource) slot = store_slot (contract, 0);
  g_autoptr (FhirTransaction) winner = make_booking (slot, first);
  g_autoptr (FhirTransaction) loser = make_booking (slot, second);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = await_transact (contract->client, winner, NULL);

  g_assert_true ((reply != NULL) == contract->holds);
  g_assert_null (await_transact (contract->client, loser, &error));
  g_assert_true (
    g_error_matches (error, FHIR_ERROR, contract->holds ? FHIR_ERROR_CONFLICT : FHIR_ERROR_UNSUPPORTED));
  g_assert_false (fhir_error_is_outcome_unknown (error));
  g_assert_cmpuint (count_visits (contract, second), ==, 0);
}

/* Several desks at the same moment: one gets the slot, the others are told so. */
static void
test_race (Contract *contract)
{
  g_autofree char *booking[N_RACERS] = { NULL };
  g_autoptr (FhirResource) slot = store_slot (contract, 0);
  GAsyncResult *results[N_RACERS] = { NULL };
  FhirClient *clients[N_RACERS];
  guint n_won = 0, n_visits = 0;

  for (guint i = 0; i < N_RACERS; i++)
    {
      g_autoptr (FhirTransaction) transaction = NULL;

      booking[i] = g_uuid_string_random ();
      transaction = make_booking (slot, booking[i]);
      clients[i] = contract->connect ();
      fhir_client_transact_async (clients[i], transaction, NULL, await_cb, &results[i]);
    }
  for (guint i = 0; i < N_RACERS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FhirBundle) reply = NULL;

      await_result (&results[i]);
      reply = fhir_client_transact_finish (clients[i], results[i], &error);
      n_won += reply != NULL;
      if (reply == NULL)
        {
          g_assert_true (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT)
                         || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_TRY_AGAIN));
          g_assert_cmpuint (count_visits (contract, booking[i]), ==, 0);
        }
      n_visits += count_visits (contract, booking[i]);
      g_object_unref (results[i]);
      g_assert_finalize_object (clients[i]);
      g_free (g_steal_pointer (&booking[i]));
    }
  g_assert_cmpuint (n_won, ==, 1);
  g_assert_cmpuint (n_visits, ==, 1);
}

/* Whoever types on or turns the page leaves requests behind, at any moment of theirs; the client goes on. */
static void
test_cancel (Contract *contract)
{
  for (guint round = 0; round < N_CANCELLED; round++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      GAsyncResult *results[3] = { NULL, NULL, NULL };

      for (guint i = 0; i < G_N_ELEMENTS (results); i++)
        fhir_client_read_async (contract->client, contract->schedule, cancellable, await_cb, &results[i]);
      for (guint i = 0; i < round % 40; i++)
        g_main_context_iteration (NULL, results[0] == NULL);
      g_cancellable_cancel (cancellable);
      for (guint i = 0; i < G_N_ELEMENTS (results); i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (FhirResource) resource = NULL;

          await_result (&results[i]);
          resource = fhir_client_read_finish (contract->client, results[i], &error);
          if (resource == NULL)
            g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          g_object_unref (results[i]);
        }
    }
}

static void
test_race_if_it_holds (Contract *contract)
{
  if (contract->holds)
    test_race (contract);
  else
    g_test_message ("transactions of this server are not all or nothing, and the client refuses them");
}

/* Without a server there is nothing to run: whoever connects has said why. */
#define TEST(name) \
  static void run_##name (Contract *contract, gconstpointer data) \
  { \
    if (contract->client != NULL) \
      test_##name (contract); \
  }
TEST (capabilities)
TEST (write)
TEST (patch_and_delete)
TEST (conditional_create)
TEST (search)
TEST (unknown_parameter)
TEST (book)
TEST (taken)
TEST (cancel)
TEST (race_if_it_holds)
#undef TEST

void
contract_add (const char *prefix, ContractConnect connect)
{
  static const struct
  {
    const char *name;
    void (*run) (Contract *contract, gconstpointer data);
  } tests[] = {
    { "capabilities", run_capabilities },
    { "write", run_write },
    { "patch-and-delete", run_patch_and_delete },
    { "conditional-create", run_conditional_create },
    { "search", run_search },
    { "unknown-parameter", run_unknown_parameter },
    { "book", run_book },
    { "taken", run_taken },
    { "cancel", run_cancel },
    { "race", run_race_if_it_holds },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/", prefix, "/", tests[i].name, NULL);

      g_test_add_vtable (path, sizeof (Contract), (gconstpointer) connect, (GTestFixtureFunc) set_up,
                         (GTestFixtureFunc) tests[i].run, (GTestFixtureFunc) tear_down);
    }
}
