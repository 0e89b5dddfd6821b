/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-history.c, rcp-history-load.c, rcp-history-match.c, rcp-history-compose.c, rcp-history-compare.c and rcp-history-entry.c against a real
 * record, and against servers that tell less. */
#include "canned-server.h"
#include "desk-fixture.h"

#include "clinic/rcp-codes.h"
#include "scheduling/rcp-history.h"
#include "scheduling/rcp-undo.h"
#include "scheduling/rcp-wait-list.h"

#include <string.h>

#define NINE (9 * 60)

static gboolean
load (RcpHistory *history, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_history_load_async (history, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_history_load_finish (history, result, error);
}

static RcpHistory *
read_history (DeskFixture *desk, const char *reference)
{
  RcpHistory *history = rcp_history_new (desk->client, desk->roster, reference);
  g_autoptr (GError) error = NULL;

  load (history, &error);
  g_assert_no_error (error);
  return history;
}

static RcpHistoryEntry *
get_entry (RcpHistory *history, guint index)
{
  /* Borrowed of the list. */
  g_autoptr (RcpHistoryEntry) entry = g_list_model_get_item (rcp_history_get_entries (history), index);

  g_assert_nonnull (entry);
  return entry;
}

static guint
count (RcpHistory *history)
{
  return g_list_model_get_n_items (rcp_history_get_entries (history));
}

/* "booked > arrived" of an entry, or NULL. */
static char *
describe (RcpHistoryEntry *entry, RcpHistoryField field)
{
  const RcpHistoryChange *change = rcp_history_entry_find_change (entry, field);

  return change == NULL ? NULL
                        : g_strdup_printf ("%s > %s", change->old_value != NULL ? change->old_value : "-",
                                           change->new_value != NULL ? change->new_value : "-");
}

static void
assert_change (RcpHistoryEntry *entry, RcpHistoryField field, const char *change)
{
  g_autofree char *found = describe (entry, field);

  g_assert_cmpstr (found, ==, change);
}

static void
assert_entry (RcpHistory *history, guint index, const char *code, RcpHistoryField field, const char *change)
{
  RcpHistoryEntry *entry = get_entry (history, index);

  g_assert_cmpstr (rcp_history_entry_get_code (entry), ==, code);
  assert_change (entry, field, change);
}

static RcpVisit *
run_at (DeskFixture *desk, gpointer operation, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpVisit *visit;

  /* Each on a clock of its own, so that the order is told. */
  rcp_clock_set_now (desk->clock, rcp_clock_get_now (desk->clock) + G_TIME_SPAN_SECOND);
  rcp_visit_operation_set_desk (operation, name);
  rcp_visit_operation_run_async (operation, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visit = rcp_visit_operation_run_finish (operation, result, &error);
  g_assert_no_error (error);
  return visit;
}

static RcpVisit *
run (DeskFixture *desk, gpointer operation)
{
  return run_at (desk, operation, "Window 2");
}

static void
test_visit (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 2);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (desk, 1, 0, NINE + 60, 2);
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, nine, NULL);
  g_autoptr (RcpMoveVisit) move = rcp_move_visit_new (desk->client, desk->clock, booked, ten);
  g_autoptr (RcpVisit) moved = run (desk, move);
  g_autoptr (RcpSetStatus) arrive = rcp_set_status_new (desk->client, desk->clock, moved, RCP_VISIT_ARRIVED);
  g_autoptr (RcpVisit) arrived = run (desk, arrive);
  g_autoptr (RcpSetStatus) room = rcp_set_status_new (desk->client, desk->clock, arrived, RCP_VISIT_ROOMED);
  g_autoptr (RcpVisit) roomed = run (desk, room);
  g_autoptr (RcpSetStatus) see = rcp_set_status_new (desk->client, desk->clock, roomed, RCP_VISIT_WITH_PROVIDER);
  g_autoptr (RcpVisit) seen = run (desk, see);
  g_autoptr (RcpUndo) undo = rcp_undo_new (RCP_VISIT_OPERATION (see), desk->roster, RCP_UNDO_GRACE);
  g_autoptr (RcpVisit) back = run (desk, undo);
  g_autoptr (RcpSetStatus) correct = rcp_set_status_new (desk->client, desk->clock, back, RCP_VISIT_ARRIVED);
  g_autoptr (RcpVisit) corrected = run (desk, correct);
  g_autoptr (RcpCancelVisit) cancel
      = rcp_cancel_visit_new (desk->client, desk->clock, corrected, "oth-weath", "snow");
  g_autoptr (RcpVisit) cancelled = run (desk, cancel);
  g_autoptr (RcpHistory) history = read_history (desk, fhir_resource_get_reference (rcp_visit_get_resource (cancelled)));
  RcpHistoryEntry *last = get_entry (history, 0);

  g_assert_cmpuint (count (history), ==, 8);
  g_assert_false (rcp_history_has_more (history));
  g_assert_cmpuint (rcp_history_get_gaps (history), ==, 0);
  assert_entry (history, 7, "book", RCP_HISTORY_STATUS, "- > booked");
  assert_entry (history, 7, "book", RCP_HISTORY_START, "- > 2026-11-23T14:00:00.000Z");
  assert_entry (history, 7, "book", RCP_HISTORY_DURATION, "- > 30");
  assert_entry (history, 6, "move", RCP_HISTORY_START, "2026-11-23T14:00:00.000Z > 2026-11-23T15:00:00.000Z");
  assert_entry (history, 6, "move", RCP_HISTORY_STATUS, NULL);
  assert_entry (history, 5, "status", RCP_HISTORY_STATUS, "booked > arrived");
  assert_entry (history, 4, "status", RCP_HISTORY_STATUS, "arrived > roomed");
  assert_entry (history, 3, "status", RCP_HISTORY_STATUS, "roomed > with-provider");
  assert_entry (history, 2, "undo", RCP_HISTORY_STATUS, "with-provider > roomed");
  assert_entry (history, 2, "undo", RCP_HISTORY_START, NULL);
  assert_entry (history, 1, "correct", RCP_HISTORY_STATUS, "roomed > arrived");
  assert_entry (history, 0, "cancel", RCP_HISTORY_REASON, "- > oth-weath");
  assert_entry (history, 0, "cancel", RCP_HISTORY_COMMENT, "- > snow");
  g_assert_cmpstr (rcp_history_entry_get_who (get_entry (history, 7)), ==, "Front desk");
  g_assert_true (rcp_history_entry_is_first (get_entry (history, 7)));
  g_assert_false (rcp_history_entry_is_first (get_entry (history, 6)));
  g_assert_cmpstr (rcp_history_entry_get_who (last), ==, "Window 2");
  g_assert_cmpint (rcp_history_entry_get_when (last), ==, rcp_clock_get_now (desk->clock));
  g_assert_nonnull (rcp_history_entry_get_resource (last));
  g_assert_finalize_object (g_steal_pointer (&history));
}

static FhirResource *
write_json (DeskFixture *desk, JsonObject *json)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  FhirResource *written;

  if (fhir_json_get_string (json, "id") == NULL)
    fhir_client_create_async (desk->client, json, NULL, NULL, desk_keep_result_cb, &kept);
  else
    fhir_client_update_async (desk->client, json, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  written = fhir_json_get_string (json, "id") == NULL ? fhir_client_create_finish (desk->client, result, &error)
                                                      : fhir_client_update_finish (desk->client, result, &error);
  g_assert_no_error (error);
  return written;
}

static FhirResource *
write_text (DeskFixture *desk, const char *format, ...)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  node = json_from_string (text, NULL);
  g_assert_nonnull (node);
  return write_json (desk, json_node_get_object (node));
}

static RcpHistoryEntry *
find_entry_of (RcpHistory *history, const char *reference, guint nth)
{
  for (guint i = 0; i < count (history); i++)
    if (g_str_has_prefix (rcp_history_entry_get_reference (get_entry (history, i)), reference) && nth-- == 0)
      return get_entry (history, i);
  return NULL;
}

/* What another program changed is told as well, if without a name; and visits, places on the wait list and flags are part of
 * a patient's history. */
static void
test_patient (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  FhirResource *resource = rcp_patient_get_resource (desk_fixture_get_patient (desk, 0));
  const char *patient = fhir_resource_get_reference (resource);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpVisit) visit = desk_fixture_book (desk, NULL, 0, nine, NULL);
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (desk, 0, 0, NINE + 60, 2);
  g_autoptr (RcpVisit) of_another = desk_fixture_book (desk, NULL, 1, ten, NULL);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (resource);
  g_autoptr (FhirResource) changed = NULL;
  g_autoptr (FhirResource) flag = NULL;
  g_autoptr (RcpHistory) history = NULL;
  RcpHistoryEntry *entry;

  json_object_set_string_member (json, "birthDate", "1980-02-29");
  changed = write_json (desk, json);
  flag = write_text (desk, "{\"resourceType\":\"Flag\",\"status\":\"active\",\"code\":{\"text\":\"Latex\"},\"subject\":{\"reference\":\"%s\"}}", patient);
  history = read_history (desk, patient);
  g_assert_cmpuint (count (history), ==, 4);

  entry = find_entry_of (history, patient, 0);
  assert_change (entry, (RcpHistoryField)RCP_FIELD_BIRTH_DATE, "- > 1980-02-29");
  g_assert_cmpuint (rcp_history_entry_get_changes (entry)->len, ==, 1);
  g_assert_null (rcp_history_entry_get_who (entry));
  g_assert_null (rcp_history_entry_get_code (entry));
  g_assert_false (rcp_history_entry_is_first (entry));
  g_assert_true (rcp_history_entry_is_first (find_entry_of (history, patient, 1)));
  entry = find_entry_of (history, "Flag/", 0);
  assert_change (entry, RCP_HISTORY_FLAG, "- > Latex");
  assert_change (entry, RCP_HISTORY_FLAG_STATUS, "- > active");
  entry = find_entry_of (history, "Appointment/", 0);
  g_assert_cmpstr (rcp_history_entry_get_reference (entry), ==, fhir_resource_get_reference (rcp_visit_get_resource (visit)));
  g_assert_null (find_entry_of (history, "Appointment/", 1));
  /* In the order of the server, whatever the clock of the desk says. */
  g_assert_true (find_entry_of (history, "Flag/", 0) == get_entry (history, 0));
}

/* Who has no name of his own in the trace is called as the roster calls him; a reason in codes is told in words. */
static void
test_names (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  RcpProvider *provider = desk_fixture_get_provider (desk, 0);
  g_autoptr (FhirResource) visit = NULL;
  g_autoptr (FhirResource) trace = NULL;
  g_autoptr (RcpHistory) history = NULL;

  visit = write_text (desk, "{\"resourceType\":\"Appointment\",\"status\":\"proposed\",\"participant\":["
                            "{\"actor\":{\"reference\":\"Practitioner/%s\"},\"status\":\"accepted\"}]}",
                      rcp_provider_get_practitioner_id (provider));
  trace = write_text (desk, "{\"resourceType\":\"Provenance\",\"target\":[{\"reference\":\"%s/_history/1\"}],\"recorded\":\"2026-11-20T10:00:00Z\","
                            "\"agent\":[{\"who\":{\"reference\":\"Practitioner/%s\"}},{\"who\":{\"display\":\"The portal\"}}],"
                            "\"reason\":[{\"coding\":[{\"code\":\"X\",\"display\":\"By telephone\"}]}]}",
                      fhir_resource_get_reference (visit), rcp_provider_get_practitioner_id (provider));
  history = read_history (desk, fhir_resource_get_reference (visit));
  g_assert_cmpuint (count (history), ==, 1);
  {
    g_autofree char *who = g_strdup_printf ("%s, The portal", rcp_provider_get_name (provider));
    g_autofree char *named = g_strdup_printf ("- > %s", rcp_provider_get_name (provider));

    g_assert_cmpstr (rcp_history_entry_get_who (get_entry (history, 0)), ==, who);
    assert_change (get_entry (history, 0), RCP_HISTORY_PROVIDER, named);
  }
  g_assert_cmpstr (rcp_history_entry_get_reason (get_entry (history, 0)), ==, "By telephone");
  g_assert_null (rcp_history_entry_get_code (get_entry (history, 0)));
}

/* Several things within a second, one of them by a program that leaves no trace: each is told of whom it was. */
static void
test_fast (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (desk, 0, 0, NINE + 60, 2);
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, nine, NULL);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (rcp_visit_get_resource (booked));
  g_autoptr (FhirResource) changed = NULL;
  g_autoptr (RcpVisit) now = NULL;
  g_autoptr (RcpMoveVisit) move = NULL;
  g_autoptr (RcpSetStatus) arrive = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (RcpVisit) arrived = NULL;
  g_autoptr (RcpHistory) history = NULL;

  json_object_set_string_member (json, "description", "by another program");
  changed = write_json (desk, json);
  now = rcp_visit_new (changed, rcp_patient_get_resource (desk_fixture_get_patient (desk, 0)));
  move = rcp_move_visit_new (desk->client, desk->clock, now, ten);
  moved = run_at (desk, move, "Window 1");
  arrive = rcp_set_status_new (desk->client, desk->clock, moved, RCP_VISIT_ARRIVED);
  arrived = run_at (desk, arrive, "Window 2");
  history = read_history (desk, fhir_resource_get_reference (rcp_visit_get_resource (arrived)));
  g_assert_cmpuint (count (history), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      RcpHistoryEntry *entry = get_entry (history, i);
      const char *who = rcp_history_entry_find_change (entry, RCP_HISTORY_STATUS) == NULL
                            ? rcp_history_entry_find_change (entry, RCP_HISTORY_START) != NULL ? "Window 1" : NULL
                        : rcp_history_entry_is_first (entry) ? "Front desk" : "Window 2";

      g_assert_cmpstr (rcp_history_entry_get_who (entry), ==, who);
    }
}

#define N_MANY 45

/* Many visits are read in pieces, the last changed first; each resource is asked once, and many together for who did it. */
static void
test_pages (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  const char *patient = fhir_resource_get_reference (rcp_patient_get_resource (desk_fixture_get_patient (desk, 0)));
  g_autoptr (RcpHistory) history = rcp_history_new (desk->client, desk->roster, patient);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  guint64 n_before;
  guint n_pieces = 0;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autoptr (FhirResource) visit
          = write_text (desk, "{\"resourceType\":\"Appointment\",\"status\":\"proposed\",\"description\":\"number %u\",\"participant\":["
                              "{\"actor\":{\"reference\":\"%s\"},\"status\":\"accepted\"}]}", i, patient);
    }
  n_before = fhir_client_get_n_requests (desk->client);
  g_assert_true (load (history, &error));
  g_assert_true (rcp_history_has_more (history));
  /* What the server can, flags, visits, 21 histories, and who did it in two questions. */
  g_assert_cmpuint (fhir_client_get_n_requests (desk->client) - n_before, ==, 26);
  /* The patient was entered before, and would stand under visits that are not read yet. */
  g_assert_null (find_entry_of (history, "Patient/", 0));
  g_assert_cmpuint (count (history), ==, 20);
  assert_change (get_entry (history, 0), RCP_HISTORY_COMPLAINT, "- > number 44");
  for (n_pieces = 1; rcp_history_has_more (history); n_pieces++)
    g_assert_true (load (history, &error));
  g_assert_cmpuint (n_pieces, ==, 3);
  g_assert_cmpuint (count (history), ==, N_MANY + 1);
  g_assert_nonnull (find_entry_of (history, "Patient/", 0));
  for (guint i = 0; i < count (history); i++)
    g_assert_true (g_hash_table_add (seen, g_strdup (rcp_history_entry_get_reference (get_entry (history, i)))));
}

/* What was deleted keeps its history. */
static void
test_deleted (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (FhirResource) visit = write_text (desk, "{\"resourceType\":\"Appointment\",\"status\":\"proposed\",\"participant\":[{\"status\":\"accepted\","
                                                     "\"actor\":{\"display\":\"Nobody\"}}]}");
  const char *reference = fhir_resource_get_reference (visit);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  g_autoptr (RcpHistory) history = NULL;

  fhir_client_delete_async (desk->client, reference, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_assert_true (fhir_client_delete_finish (desk->client, result, &error));
  history = read_history (desk, reference);
  g_assert_cmpuint (count (history), ==, 2);
  g_assert_true (rcp_history_entry_is_deletion (get_entry (history, 0)));
  g_assert_nonnull (rcp_history_entry_get_resource (get_entry (history, 0)));
  g_assert_cmpint (rcp_history_entry_get_when (get_entry (history, 0)), >, 0);
  g_assert_true (rcp_history_entry_is_first (get_entry (history, 1)));
}

static void
test_nothing (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpHistory) history = rcp_history_new (desk->client, desk->roster, "Appointment/nothing");
  g_autoptr (GError) error = NULL;

  g_assert_false (load (history, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND);
  g_assert_cmpuint (count (history), ==, 0);
}

/* Who fulfils a wish of the wait list closed it as well. */
static void
test_wait_list (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpOffer) late = desk_fixture_make_offer (desk, 0, 2, NINE, 2);
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, late, NULL);
  RcpWaitWish wish = { .patient = desk_fixture_get_patient (desk, 0), .booked = booked, .duration = 30,
                       .period = { desk->now, desk->now + 5 * G_TIME_SPAN_DAY }, .times = RCP_WISHED (RCP_TIME_OF_DAY_MORNING) };
  g_autoptr (RcpJoinWaitList) join = rcp_join_wait_list_new (desk->client, desk->clock, &wish);
  g_autoptr (RcpVisit) entry = run_at (desk, join, "Window 1");
  g_autoptr (RcpWaiting) waiting = rcp_waiting_new (entry, booked);
  g_autoptr (RcpOffer) early = desk_fixture_make_offer (desk, 0, 1, NINE, 2);
  g_autoptr (RcpBookWaiting) take = rcp_book_waiting_new (desk->client, desk->clock, waiting, early);
  g_autoptr (RcpVisit) moved = run (desk, take);
  g_autoptr (RcpHistory) history = read_history (desk, fhir_resource_get_reference (rcp_visit_get_resource (entry)));

  g_assert_nonnull (moved);
  g_assert_cmpuint (count (history), ==, 2);
  assert_entry (history, 1, "wait", RCP_HISTORY_STATUS, "- > waitlist");
  assert_entry (history, 1, "wait", RCP_HISTORY_WISHED_TIMES, "- > morning");
  g_assert_cmpstr (rcp_history_entry_get_who (get_entry (history, 1)), ==, "Window 1");
  assert_entry (history, 0, "move", RCP_HISTORY_STATUS, "waitlist > cancelled");
  g_assert_cmpstr (rcp_history_entry_get_who (get_entry (history, 0)), ==, "Window 2");
}

/* ---- servers that tell less ---- */

#define VISIT \
  "{\"resourceType\":\"Appointment\",\"id\":\"1\",\"meta\":{\"versionId\":\"4\",\"lastUpdated\":\"2026-11-20T10:00:00Z\"}," \
  "\"status\":\"arrived\",\"participant\":[{\"actor\":{\"display\":\"Ana\"},\"status\":\"accepted\"}]}"
#define TRACE \
  "{\"resourceType\":\"Provenance\",\"id\":\"9\",\"meta\":{\"lastUpdated\":\"2026-11-20T10:00:00Z\"},\"target\":[{\"reference\":\"Appointment/1\"}]," \
  "\"recorded\":\"2026-11-20T10:00:01Z\",\"agent\":[{\"who\":{\"display\":\"Window 2\"}}],\"activity\":{\"coding\":[{\"system\":\"urn:reception:deed\",\"code\":\"status\"}]}," \
  "\"extension\":[{\"url\":\"urn:reception:old-status\",\"valueCode\":\"booked\"},{\"url\":\"urn:reception:new-status\",\"valueCode\":\"arrived\"}]}"
#define OLDER_TRACE \
  "{\"resourceType\":\"Provenance\",\"id\":\"8\",\"meta\":{\"lastUpdated\":\"2026-11-19T10:00:00Z\"},\"target\":[{\"reference\":\"Appointment/1\"}]," \
  "\"recorded\":\"2026-11-19T10:00:00Z\",\"agent\":[{\"who\":{\"display\":\"Window 1\"}}],\"activity\":{\"coding\":[{\"system\":\"urn:reception:deed\",\"code\":\"book\"}]}}"
#define FOUND(entries) "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" entries "]}"
#define MATCH(resource) "{\"resource\":" resource ",\"search\":{\"mode\":\"match\"}}"
#define OUTCOME "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"processing\"}]}"
#define HISTORY "{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[{\"resource\":" VISIT ",\"request\":{\"method\":\"PUT\",\"url\":\"Appointment/1\"}}]}"

typedef struct
{
  CannedServer *server;
  FhirClient *client;
  RcpHistory *history;
} Canned;

static void
canned_set_up (Canned *canned, const char *interactions, const char *reference)
{
  canned->server = canned_server_new (interactions);
  canned->client = canned_server_create_client (canned->server);
  canned->history = rcp_history_new (canned->client, NULL, reference);
  canned_server_answer (canned->server, "Appointment/1", 200, VISIT);
  canned_server_answer (canned->server, "Provenance?", 200, FOUND (MATCH (TRACE) "," MATCH (OLDER_TRACE)));
}

static void
canned_tear_down (Canned *canned)
{
  g_assert_finalize_object (canned->history);
  g_assert_finalize_object (canned->client);
  canned_server_free (canned->server);
}

/* What was written down is told, and that there is no more. */
static void
assert_no_versions (Canned *canned)
{
  g_autoptr (GError) error = NULL;

  load (canned->history, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rcp_history_get_gaps (canned->history), ==, RCP_HISTORY_GAP_VERSIONS);
  g_assert_cmpuint (count (canned->history), ==, 2);
  assert_entry (canned->history, 0, "status", RCP_HISTORY_STATUS, "booked > arrived");
  g_assert_cmpstr (rcp_history_entry_get_who (get_entry (canned->history, 0)), ==, "Window 2");
  g_assert_false (rcp_history_entry_is_known (get_entry (canned->history, 0)));
  g_assert_false (rcp_history_entry_is_first (get_entry (canned->history, 0)));
  g_assert_cmpstr (rcp_history_entry_get_code (get_entry (canned->history, 1)), ==, "book");
  g_assert_cmpuint (rcp_history_entry_get_changes (get_entry (canned->history, 1))->len, ==, 0);
}

static void
test_no_history (void)
{
  Canned canned;

  canned_set_up (&canned, "read,update", "Appointment/1");
  assert_no_versions (&canned);
  g_assert_cmpuint (canned_server_count (canned.server, "Appointment/1/_history"), ==, 0);
  canned_tear_down (&canned);
}

static void
test_refuses_history (gconstpointer data)
{
  Canned canned;

  canned_set_up (&canned, "read,history-instance", "Appointment/1");
  canned_server_answer (canned.server, "Appointment/1/_history", GPOINTER_TO_UINT (data), OUTCOME);
  assert_no_versions (&canned);
  canned_tear_down (&canned);
}

static void
test_gone (void)
{
  g_autoptr (GError) error = NULL;
  Canned canned;

  canned_set_up (&canned, "read,history-instance", "Appointment/1");
  canned_server_answer (canned.server, "Appointment/1/_history", 410, OUTCOME);
  load (canned.history, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rcp_history_get_gaps (canned.history), ==, RCP_HISTORY_GAP_DELETED);
  g_assert_cmpuint (count (canned.history), ==, 2);
  g_assert_null (rcp_history_entry_get_resource (get_entry (canned.history, 0)));
  canned_tear_down (&canned);
}

static void
test_forbidden (void)
{
  g_autoptr (GError) error = NULL;
  Canned canned;

  canned_set_up (&canned, "read,history-instance", "Appointment/1");
  canned_server_answer (canned.server, "Appointment/1/_history", 403, OUTCOME);
  g_assert_false (load (canned.history, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_FORBIDDEN);
  g_clear_error (&error);
  /* With another right the same can be tried again. */
  canned_server_answer (canned.server, "Appointment/1/_history", 200, HISTORY);
  g_assert_true (load (canned.history, &error));
  g_assert_cmpuint (count (canned.history), ==, 2);
  canned_tear_down (&canned);
}

static void
test_secret_traces (void)
{
  g_autoptr (GError) error = NULL;
  Canned canned;

  canned_set_up (&canned, "read,history-instance", "Appointment/1");
  canned_server_answer (canned.server, "Appointment/1/_history", 200, HISTORY);
  canned_server_answer (canned.server, "Provenance?", 403, OUTCOME);
  load (canned.history, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rcp_history_get_gaps (canned.history), ==, RCP_HISTORY_GAP_TRACES);
  g_assert_cmpuint (count (canned.history), ==, 1);
  g_assert_null (rcp_history_entry_get_who (get_entry (canned.history, 0)));
  canned_tear_down (&canned);
}

/* A server that cannot sort gives its visits in its own order; one that keeps them back says so. */
static void
test_patient_elsewhere (void)
{
  g_autoptr (GError) error = NULL;
  Canned canned;

  canned_set_up (&canned, "read,history-instance", "Patient/5");
  canned_server_answer (canned.server, "Patient/5/_history", 200,
                        "{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"5\","
                        "\"meta\":{\"lastUpdated\":\"2026-11-01T10:00:00Z\"},\"birthDate\":\"1980-01-02\"},\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}]}");
  canned_server_answer (canned.server, "Appointment?", 200, FOUND (MATCH (VISIT)));
  canned_server_answer (canned.server, "Appointment?patient=Patient/5&_count=20&_sort", 400, OUTCOME);
  canned_server_answer (canned.server, "Appointment/1/_history", 200, HISTORY);
  canned_server_answer (canned.server, "Flag?", 403, OUTCOME);
  load (canned.history, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (canned_server_count (canned.server, "Appointment?"), ==, 2);
  g_assert_cmpuint (rcp_history_get_gaps (canned.history), ==, RCP_HISTORY_GAP_FLAGS);
  g_assert_cmpuint (count (canned.history), ==, 3);
  g_clear_object (&canned.history);
  canned.history = rcp_history_new (canned.client, NULL, "Patient/5");
  canned_server_answer (canned.server, "Appointment?", 403, OUTCOME);
  load (canned.history, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rcp_history_get_gaps (canned.history), ==, RCP_HISTORY_GAP_FLAGS | RCP_HISTORY_GAP_VISITS);
  g_assert_cmpuint (count (canned.history), ==, 1);
  canned_tear_down (&canned);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/history/visit", test_visit);
  g_test_add_func ("/scheduling/history/wait-list", test_wait_list);
  g_test_add_func ("/scheduling/history/patient", test_patient);
  g_test_add_func ("/scheduling/history/names", test_names);
  g_test_add_func ("/scheduling/history/fast", test_fast);
  g_test_add_func ("/scheduling/history/pages", test_pages);
  g_test_add_func ("/scheduling/history/deleted", test_deleted);
  g_test_add_func ("/scheduling/history/nothing", test_nothing);
  g_test_add_func ("/scheduling/history/no-history", test_no_history);
  g_test_add_data_func ("/scheduling/history/refuses/405", GUINT_TO_POINTER (405), test_refuses_history);
  g_test_add_data_func ("/scheduling/history/refuses/501", GUINT_TO_POINTER (501), test_refuses_history);
  g_test_add_data_func ("/scheduling/history/refuses/400", GUINT_TO_POINTER (400), test_refuses_history);
  g_test_add_data_func ("/scheduling/history/refuses/404", GUINT_TO_POINTER (404), test_refuses_history);
  g_test_add_func ("/scheduling/history/gone", test_gone);
  g_test_add_func ("/scheduling/history/forbidden", test_forbidden);
  g_test_add_func ("/scheduling/history/secret-traces", test_secret_traces);
  g_test_add_func ("/scheduling/history/patient-elsewhere", test_patient_elsewhere);
  return g_test_run ();
}
