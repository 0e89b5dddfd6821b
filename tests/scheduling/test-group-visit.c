/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-change-people.c, rcp-encounter-json.c, rcp-visit-people.c and rcp-encounters.c against a real record: a visit to
 * which several come, each of whom arrives, waits and leaves for himself, as another desk reads it. */
#include "desk-fixture.h"

#include "clinic/rcp-codes.h"
#include "scheduling/rcp-history.h"
#include "scheduling/rcp-undo.h"
#include "scheduling/rcp-visit-change.h"

#define NINE (9 * 60)
#define N_PEOPLE 3

typedef struct
{
  DeskFixture *desk;
  RcpVisit *visit;
} Group;

static void
setup (Group *self, gconstpointer data)
{
  g_autoptr (RcpOffer) nine = NULL;
  g_autoptr (RcpBookVisit) book = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  self->desk = desk_fixture_new (1, N_PEOPLE);
  nine = desk_fixture_make_offer (self->desk, 0, 0, NINE, 2);
  book = rcp_book_visit_new (self->desk->client, self->desk->clock, desk_fixture_get_patient (self->desk, 0), nine, NULL,
                             RCP_URGENCY_ROUTINE, NULL);
  for (guint i = 1; i < N_PEOPLE; i++)
    rcp_book_visit_add_patient (book, desk_fixture_get_patient (self->desk, i));
  rcp_book_visit_run_async (book, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  self->visit = rcp_book_visit_run_finish (book, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rcp_visit_get_n_people (self->visit), ==, N_PEOPLE);
}

static void
teardown (Group *self, gconstpointer data)
{
  g_clear_object (&self->visit);
  g_clear_pointer (&self->desk, desk_fixture_free);
}

/* As another desk has it of the record: (transfer full). */
static RcpVisit *
read_anew (Group *self)
{
  g_autoptr (FhirBundle) bundle = desk_fixture_search (self->desk, "Appointment", "_id", rcp_visit_get_id (self->visit), "_include",
                                                       "Appointment:patient", "_revinclude", "Encounter:appointment", NULL);

  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 1);
  return rcp_visit_new_in_bundle (fhir_bundle_get_matches (bundle)->pdata[0], bundle);
}

/* What is told after a change, and what another desk reads, is the same. */
static void
assert_people (Group *self, RcpVisitStatus a, RcpVisitStatus b, RcpVisitStatus c, RcpVisitStatus whole)
{
  const RcpVisitStatus expected[N_PEOPLE] = { a, b, c };
  g_autoptr (RcpVisit) fresh = read_anew (self);

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_assert_cmpstr (rcp_visit_status_to_name (rcp_visit_get_person_status (self->visit, i)), ==, rcp_visit_status_to_name (expected[i]));
      g_assert_cmpstr (rcp_visit_status_to_name (rcp_visit_get_person_status (fresh, i)), ==, rcp_visit_status_to_name (expected[i]));
    }
  g_assert_cmpstr (rcp_visit_status_to_name (rcp_visit_get_status (self->visit)), ==, rcp_visit_status_to_name (whole));
  g_assert_cmpstr (rcp_visit_status_to_name (rcp_visit_get_status (fresh)), ==, rcp_visit_status_to_name (whole));
}

#define ALL (-1)

/* Of one, or of ALL: (transfer full): the step, made. */
static RcpVisitOperation *
try_step (Group *self, RcpVisit *visit, int person, RcpVisitStatus status, const char *room, GError **error)
{
  g_autoptr (RcpVisit) part = person == ALL ? g_object_ref (visit) : rcp_visit_dup_part (visit, (guint)person);
  g_autoptr (RcpSetStatus) set = rcp_set_status_new (self->desk->client, self->desk->clock, part, status);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) changed = NULL;
  GAsyncResult *kept = NULL;

  rcp_clock_set_now (self->desk->clock, rcp_clock_get_now (self->desk->clock) + G_TIME_SPAN_MINUTE);
  rcp_set_status_set_room (set, room, room);
  rcp_set_status_run_async (set, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  changed = rcp_set_status_run_finish (set, result, error);
  if (changed == NULL)
    return NULL;
  g_set_object (&self->visit, changed);
  return RCP_VISIT_OPERATION (g_steal_pointer (&set));
}

static void
step (Group *self, int person, RcpVisitStatus status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisitOperation) done = try_step (self, self->visit, person, status, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (done);
}

static guint
count_encounters (Group *self, const char *status)
{
  return desk_fixture_count_status (self->desk, "Encounter", status);
}

/* Each has an Encounter, and nobody two. */
static void
assert_one_each (Group *self)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *patient = g_strconcat ("Patient/", rcp_visit_get_person_id (self->visit, i), NULL);
      g_autoptr (FhirBundle) bundle = desk_fixture_search (self->desk, "Encounter", "patient", patient, NULL);

      g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 1);
    }
}

static void
make_room (Group *self, const char *id)
{
  g_autoptr (JsonObject) room = json_object_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) made = NULL;
  GAsyncResult *kept = NULL;

  json_object_set_string_member (room, "resourceType", "Location");
  json_object_set_string_member (room, "id", id);
  fhir_client_update_async (self->desk->client, room, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  made = fhir_client_update_finish (self->desk->client, result, NULL);
  g_assert_nonnull (made);
}

static void
test_one_by_one (Group *self, gconstpointer data)
{
  g_autoptr (RcpVisitOperation) roomed = NULL, moved = NULL;
  g_autoptr (RcpVisit) first = NULL;
  gint64 came = rcp_clock_get_now (self->desk->clock) + G_TIME_SPAN_MINUTE;

  step (self, 1, RCP_VISIT_ARRIVED);
  assert_people (self, RCP_VISIT_BOOKED, RCP_VISIT_ARRIVED, RCP_VISIT_BOOKED, RCP_VISIT_ARRIVED);
  g_assert_cmpuint (count_encounters (self, "arrived"), ==, 1);
  g_assert_cmpuint (rcp_visit_count_come (self->visit), ==, 1);
  step (self, 2, RCP_VISIT_CONFIRMED);
  assert_people (self, RCP_VISIT_BOOKED, RCP_VISIT_ARRIVED, RCP_VISIT_CONFIRMED, RCP_VISIT_ARRIVED);
  step (self, 0, RCP_VISIT_ARRIVED);
  make_room (self, "room-a");
  make_room (self, "room-b");
  roomed = try_step (self, self->visit, 0, RCP_VISIT_ROOMED, "room-a", NULL);
  assert_people (self, RCP_VISIT_ROOMED, RCP_VISIT_ARRIVED, RCP_VISIT_CONFIRMED, RCP_VISIT_ROOMED);
  moved = try_step (self, self->visit, 0, RCP_VISIT_ROOMED, "room-b", NULL);
  first = rcp_visit_dup_part (self->visit, 0);
  g_assert_cmpstr (rcp_visit_get_room_id (first), ==, "room-b");
  step (self, 0, RCP_VISIT_WITH_PROVIDER);
  step (self, 1, RCP_VISIT_LEFT);
  assert_people (self, RCP_VISIT_WITH_PROVIDER, RCP_VISIT_LEFT, RCP_VISIT_CONFIRMED, RCP_VISIT_WITH_PROVIDER);
  step (self, 0, RCP_VISIT_FULFILLED);
  assert_people (self, RCP_VISIT_FULFILLED, RCP_VISIT_LEFT, RCP_VISIT_CONFIRMED, RCP_VISIT_FULFILLED);
  /* Who was still expected comes late. */
  step (self, 2, RCP_VISIT_ARRIVED);
  assert_people (self, RCP_VISIT_FULFILLED, RCP_VISIT_LEFT, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED);
  g_assert_cmpint (rcp_visit_get_since (self->visit), ==, rcp_clock_get_now (self->desk->clock));
  g_assert_cmpint (rcp_visit_get_since (self->visit), >, came);
  step (self, 2, RCP_VISIT_FULFILLED);
  assert_people (self, RCP_VISIT_FULFILLED, RCP_VISIT_LEFT, RCP_VISIT_FULFILLED, RCP_VISIT_FULFILLED);
  assert_one_each (self);
}

static void
test_all_at_once (Group *self, gconstpointer data)
{
  step (self, ALL, RCP_VISIT_CONFIRMED);
  step (self, 0, RCP_VISIT_ARRIVED);
  step (self, ALL, RCP_VISIT_ARRIVED);
  assert_people (self, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED);
  step (self, ALL, RCP_VISIT_ROOMED);
  step (self, ALL, RCP_VISIT_WITH_PROVIDER);
  step (self, 2, RCP_VISIT_FULFILLED);
  assert_people (self, RCP_VISIT_WITH_PROVIDER, RCP_VISIT_WITH_PROVIDER, RCP_VISIT_FULFILLED, RCP_VISIT_WITH_PROVIDER);
  step (self, ALL, RCP_VISIT_FULFILLED);
  assert_people (self, RCP_VISIT_FULFILLED, RCP_VISIT_FULFILLED, RCP_VISIT_FULFILLED, RCP_VISIT_FULFILLED);
  g_assert_cmpuint (count_encounters (self, "finished"), ==, N_PEOPLE);
  assert_one_each (self);
  g_assert_cmpuint (desk_fixture_check_record (self->desk), ==, 1);
}

/* Who did not come, and came after all; and all of them. */
static void
test_no_show (Group *self, gconstpointer data)
{
  step (self, 0, RCP_VISIT_ARRIVED);
  step (self, ALL, RCP_VISIT_NOSHOW);
  assert_people (self, RCP_VISIT_ARRIVED, RCP_VISIT_NOSHOW, RCP_VISIT_NOSHOW, RCP_VISIT_ARRIVED);
  step (self, 1, RCP_VISIT_ARRIVED);
  assert_people (self, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED, RCP_VISIT_NOSHOW, RCP_VISIT_ARRIVED);
  step (self, 1, RCP_VISIT_LEFT);
  step (self, 0, RCP_VISIT_NOSHOW);
  assert_people (self, RCP_VISIT_NOSHOW, RCP_VISIT_LEFT, RCP_VISIT_NOSHOW, RCP_VISIT_LEFT);
  assert_one_each (self);
  step (self, 1, RCP_VISIT_NOSHOW);
  assert_people (self, RCP_VISIT_NOSHOW, RCP_VISIT_NOSHOW, RCP_VISIT_NOSHOW, RCP_VISIT_NOSHOW);
  step (self, ALL, RCP_VISIT_ARRIVED);
  assert_people (self, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED);
  assert_one_each (self);
}

/* Two desks at once: the second sees that it was looking at what is no more. */
static void
test_two_desks (Group *self, gconstpointer data)
{
  g_autoptr (RcpVisit) old = NULL;
  g_autoptr (RcpVisitOperation) refused = NULL;
  g_autoptr (GError) error = NULL;

  step (self, 0, RCP_VISIT_ARRIVED);
  old = g_object_ref (self->visit);
  step (self, 0, RCP_VISIT_WITH_PROVIDER);
  refused = try_step (self, old, 1, RCP_VISIT_ARRIVED, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED);
  assert_people (self, RCP_VISIT_WITH_PROVIDER, RCP_VISIT_BOOKED, RCP_VISIT_BOOKED, RCP_VISIT_WITH_PROVIDER);
}

/* What was found without its Encounters is stepped as the record has it, not as it looked. */
static void
test_found_bare (Group *self, gconstpointer data)
{
  g_autoptr (RcpVisit) bare = NULL;
  g_autoptr (RcpVisitOperation) done = NULL;
  g_autoptr (GError) error = NULL;

  step (self, 0, RCP_VISIT_ARRIVED);
  step (self, 0, RCP_VISIT_WITH_PROVIDER);
  bare = rcp_visit_new (rcp_visit_get_resource (self->visit), NULL);
  g_assert_cmpint (rcp_visit_get_person_status (bare, 1), ==, RCP_VISIT_CHECKED_IN);
  done = try_step (self, bare, 1, RCP_VISIT_ROOMED, NULL, &error);
  g_assert_no_error (error);
  assert_people (self, RCP_VISIT_WITH_PROVIDER, RCP_VISIT_ROOMED, RCP_VISIT_BOOKED, RCP_VISIT_WITH_PROVIDER);
}

static void
test_cancel (Group *self, gconstpointer data)
{
  g_autoptr (RcpVisit) cancelled = NULL, refused = NULL;
  g_autoptr (GError) error = NULL;

  step (self, ALL, RCP_VISIT_ARRIVED);
  step (self, 0, RCP_VISIT_FULFILLED);
  refused = desk_fixture_cancel (self->desk, NULL, self->visit, "prov", &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (rcp_visit_may_move (self->visit));
  step (self, 0, RCP_VISIT_ARRIVED);
  g_assert_true (rcp_visit_may_move (self->visit));
  cancelled = desk_fixture_cancel (self->desk, NULL, self->visit, "prov", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_encounters (self, "cancelled"), ==, N_PEOPLE);
  g_assert_cmpuint (desk_fixture_check_record (self->desk), ==, 0);
}

static char *
describe (RcpHistory *history, guint index)
{
  g_autoptr (RcpHistoryEntry) entry = g_list_model_get_item (rcp_history_get_entries (history), index);
  GPtrArray *changes = rcp_history_entry_get_changes (entry);
  GString *text = g_string_new (rcp_history_entry_get_code (entry));

  for (guint i = 0; i < changes->len; i++)
    {
      RcpHistoryChange *change = changes->pdata[i];

      if (change->field == RCP_HISTORY_STATUS || change->field == RCP_HISTORY_PERSON)
        g_string_append_printf (text, "; %s%s%s > %s", change->who ? change->who : "", change->who ? ": " : "", change->old_value,
                                change->new_value);
    }
  return g_string_free (text, FALSE);
}

static void
test_history (Group *self, gconstpointer data)
{
  static const char *const expected[] = {
    "correct; arrived > booked; Alex Patient001: arrived > booked",
    "status; Alex Patient000: arrived > left",
    "status; Alex Patient001: booked > arrived",
    "status; booked > arrived; Alex Patient000: booked > arrived",
  };
  g_autoptr (RcpHistory) history = rcp_history_new (self->desk->client, self->desk->roster,
                                                    fhir_resource_get_reference (rcp_visit_get_resource (self->visit)));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  step (self, 0, RCP_VISIT_ARRIVED);
  step (self, 1, RCP_VISIT_ARRIVED);
  step (self, 0, RCP_VISIT_LEFT);
  step (self, 1, RCP_VISIT_BOOKED);
  rcp_history_load_async (history, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_assert_true (rcp_history_load_finish (history, result, &error));
  g_assert_cmpuint (g_list_model_get_n_items (rcp_history_get_entries (history)), ==, G_N_ELEMENTS (expected) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text = describe (history, i);

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

static void
undo (Group *self, RcpVisitOperation *done, const RcpVisitStatus *before)
{
  g_autoptr (RcpUndo) undo = rcp_undo_new (done, self->desk->roster, RCP_UNDO_GRACE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  GAsyncResult *kept = NULL;

  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (undo), NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visit = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (undo), result, &error);
  g_assert_no_error (error);
  g_set_object (&self->visit, visit);
  assert_people (self, before[0], before[1], before[2], rcp_visit_status_of_people (before, N_PEOPLE));
}

/* Any keys in any order, for one or for all, taken back now and then: the record always holds what the rules say, for each. */
static void
test_any_order (Group *self, gconstpointer data)
{
  static const RcpVisitStatus keys[] = { RCP_VISIT_CONFIRMED, RCP_VISIT_ARRIVED, RCP_VISIT_ROOMED, RCP_VISIT_WITH_PROVIDER,
                                         RCP_VISIT_FULFILLED, RCP_VISIT_NOSHOW, RCP_VISIT_LEFT, RCP_VISIT_BOOKED };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  guint n_made = 0, n_undone = 0;

  for (guint round = 0; round < 120; round++)
    {
      RcpVisitStatus before[N_PEOPLE], after[N_PEOPLE], to = keys[g_rand_int_range (rand, 0, G_N_ELEMENTS (keys))];
      int person = g_rand_int_range (rand, ALL, N_PEOPLE);
      RcpVisitStep steps[N_PEOPLE] = { 0 };
      g_autoptr (RcpVisitOperation) done = NULL;
      g_autoptr (GError) error = NULL;
      RcpVisitStep kind;

      for (guint i = 0; i < N_PEOPLE; i++)
        before[i] = after[i] = rcp_visit_get_person_status (self->visit, i);
      if (person == ALL)
        kind = rcp_people_plan_steps (before, N_PEOPLE, to, steps);
      else
        kind = steps[person] = rcp_visit_status_get_step (before[person], to);
      for (guint i = 0; i < N_PEOPLE; i++)
        after[i] = steps[i] != RCP_STEP_NONE ? to : before[i];
      done = try_step (self, self->visit, person, to, NULL, &error);
      g_test_message ("%u: %d to %s%s%s", round, person, rcp_visit_status_to_name (to), error != NULL ? ": " : "", error != NULL ? error->message : "");
      g_assert_cmpint (done != NULL, ==, kind != RCP_STEP_NONE);
      if (done == NULL)
        continue;
      n_made++;
      assert_people (self, after[0], after[1], after[2], rcp_visit_status_of_people (after, N_PEOPLE));
      if (g_rand_int_range (rand, 0, 3) == 0)
        {
          undo (self, done, before);
          n_undone++;
        }
    }
  g_test_message ("%u made, %u undone", n_made, n_undone);
  g_assert_cmpuint (n_made, >, 40);
  g_assert_cmpuint (n_undone, >, 10);
}

/* A half done step takes back the Encounter that it made, and not that of somebody else. */
static void
test_take_back (Group *self, gconstpointer data)
{
  g_autoptr (RcpVisitChange) change = NULL;
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (JsonObject) kept = NULL, own = NULL;
  g_autoptr (FhirResource) mine = NULL;

  step (self, 0, RCP_VISIT_ARRIVED);
  change = rcp_visit_change_new (self->desk->client, self->desk->clock, RCP_DEED_SET_STATUS, self->visit,
                                 fhir_resource_dup_json (rcp_visit_get_resource (self->visit)));
  change->status = RCP_VISIT_ARRIVED;
  change->encounter_plan = RCP_ENCOUNTER_STEP;
  change->person_id = g_strdup (rcp_visit_get_person_id (self->visit, 1));
  g_assert_cmpint (rcp_visit_change_plan_steps (change), ==, RCP_STEP_FORWARD);
  rcp_visit_change_put_encounters (change, transaction);
  g_assert_cmpuint (change->made_encounters->len, ==, 1);
  kept = rcp_visit_change_undo (NULL, rcp_visit_get_person_encounter (self->visit, 0), change);
  g_assert_null (kept);
  json_object_set_string_member (change->made_encounters->pdata[0], "id", "as-the-server-calls-it");
  mine = fhir_resource_new (change->made_encounters->pdata[0]);
  own = rcp_visit_change_undo (NULL, mine, change);
  g_assert_cmpstr (fhir_json_get_string (own, "status"), ==, "entered-in-error");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/scheduling/group-visit/" name, Group, NULL, setup, test, teardown)
  ADD ("one-by-one", test_one_by_one);
  ADD ("all-at-once", test_all_at_once);
  ADD ("no-show", test_no_show);
  ADD ("two-desks", test_two_desks);
  ADD ("found-bare", test_found_bare);
  ADD ("cancel", test_cancel);
  ADD ("history", test_history);
  ADD ("take-back", test_take_back);
  ADD ("any-order", test_any_order);
  return g_test_run ();
}
