/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-set-status.c, rcp-visit-operation.c, rcp-encounter-json.c, rcp-visit-flow.c and rcp-visit-judge.c through the
 * day of a visit, against a real record. */
#include "desk-fixture.h"

#include "clinic/rcp-codes.h"

#include <string.h>

#define NINE (9 * 60)
#define MINUTES(n) ((n) * G_TIME_SPAN_MINUTE)

static RcpVisit *
set_room (DeskFixture *desk, RcpVisit *visit, const char *room_id, const char *name)
{
  g_autoptr (RcpSetStatus) set = rcp_set_status_new (desk->client, desk->clock, visit, RCP_VISIT_ROOMED);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpVisit *roomed;

  rcp_set_status_set_room (set, room_id, name);
  rcp_visit_operation_set_desk (RCP_VISIT_OPERATION (set), "Desk 2");
  rcp_set_status_run_async (set, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  roomed = rcp_set_status_run_finish (set, result, &error);
  g_assert_no_error (error);
  return roomed;
}

static RcpVisit *
step (DeskFixture *desk, RcpVisit *visit, RcpVisitStatus status, guint minutes)
{
  g_autoptr (GError) error = NULL;
  RcpVisit *changed;

  rcp_clock_set_now (desk->clock, rcp_clock_get_now (desk->clock) + MINUTES (minutes));
  changed = desk_fixture_set_status (desk, NULL, visit, status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (changed), ==, status);
  return changed;
}

static guint
count_encounters (DeskFixture *desk, const char *status)
{
  return desk_fixture_count_status (desk, "Encounter", status);
}

/* Two rooms of the clinic, as they are in the record. */
static void
make_room (DeskFixture *desk, const char *id)
{
  g_autoptr (JsonObject) room = json_object_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) made = NULL;
  GAsyncResult *kept = NULL;

  json_object_set_string_member (room, "resourceType", "Location");
  json_object_set_string_member (room, "id", id);
  fhir_client_update_async (desk->client, room, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  made = fhir_client_update_finish (desk->client, result, &error);
  g_assert_no_error (error);
}

static void
test_whole_day (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, offer, &error);
  g_autoptr (RcpVisit) confirmed = step (desk, booked, RCP_VISIT_CONFIRMED, 1);
  g_autoptr (RcpVisit) arrived = step (desk, confirmed, RCP_VISIT_ARRIVED, 1);
  g_autoptr (RcpVisit) roomed = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (RcpVisit) seen = NULL;
  g_autoptr (RcpVisit) done = NULL;
  gint64 t_arrived = rcp_clock_get_now (desk->clock);

  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (booked), ==, RCP_VISIT_BOOKED);
  g_assert_cmpuint (count_encounters (desk, "arrived"), ==, 1);
  g_assert_cmpint (rcp_visit_get_since (arrived), ==, t_arrived);
  make_room (desk, "room-a");
  make_room (desk, "room-b");
  rcp_clock_set_now (desk->clock, t_arrived + MINUTES (10));
  roomed = set_room (desk, arrived, "room-a", "Room A");
  g_assert_cmpint (rcp_visit_get_status (roomed), ==, RCP_VISIT_ROOMED);
  g_assert_cmpstr (rcp_visit_get_room_id (roomed), ==, "room-a");
  g_assert_cmpstr (rcp_visit_get_room_name (roomed), ==, "Room A");
  g_assert_cmpint (rcp_visit_get_since (roomed), ==, t_arrived + MINUTES (10));
  g_assert_cmpint (rcp_visit_get_arrived_at (roomed), ==, t_arrived);
  rcp_clock_set_now (desk->clock, t_arrived + MINUTES (12));
  moved = set_room (desk, roomed, "room-b", "Room B");
  g_assert_cmpstr (rcp_visit_get_room_id (moved), ==, "room-b");
  g_assert_cmpint (rcp_visit_get_since (moved), ==, t_arrived + MINUTES (10));

  seen = step (desk, moved, RCP_VISIT_WITH_PROVIDER, 3);
  g_assert_cmpint (rcp_visit_get_since (seen), ==, t_arrived + MINUTES (15));
  g_assert_cmpstr (rcp_visit_get_room_id (seen), ==, "room-b");
  done = step (desk, seen, RCP_VISIT_FULFILLED, 20);
  g_assert_cmpint (rcp_visit_get_since (done), ==, t_arrived + MINUTES (35));
  g_assert_cmpuint (count_encounters (desk, "finished"), ==, 1);
  g_assert_cmpuint (fhir_json_get_length (fhir_resource_get_json (rcp_visit_get_encounter (done)), "statusHistory"), ==,
                    3);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

/* What a wrong key did is set right, and the record tells who did it and what was there before. */
static void
test_correction (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, NINE, 1);
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, offer, NULL);
  g_autoptr (RcpVisit) arrived = step (desk, booked, RCP_VISIT_ARRIVED, 5);
  gint64 t_arrived = rcp_clock_get_now (desk->clock);
  g_autoptr (RcpVisit) seen = step (desk, arrived, RCP_VISIT_WITH_PROVIDER, 5);
  g_autoptr (RcpVisit) back = step (desk, seen, RCP_VISIT_ARRIVED, 1);
  g_autoptr (RcpVisit) done = step (desk, back, RCP_VISIT_FULFILLED, 9);
  g_autoptr (RcpVisit) never = step (desk, done, RCP_VISIT_NOSHOW, 1);
  g_autoptr (RcpVisit) came = NULL;
  g_autoptr (FhirBundle) traces = NULL;
  guint n_corrections = 0;

  /* The patient has waited since the arrival, not since the correction. */
  g_assert_cmpint (rcp_visit_get_since (back), ==, t_arrived);
  g_assert_null (rcp_visit_get_encounter (never));
  g_assert_cmpuint (count_encounters (desk, "entered-in-error"), ==, 1);
  came = step (desk, never, RCP_VISIT_ARRIVED, 1);
  g_assert_cmpint (rcp_visit_get_since (came), ==, rcp_clock_get_now (desk->clock));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);

  traces = desk_fixture_search (desk, "Provenance", NULL);
  for (guint i = 0; i < fhir_bundle_get_matches (traces)->len; i++)
    {
      JsonObject *trace = fhir_resource_get_json (fhir_bundle_get_matches (traces)->pdata[i]);
      JsonObject *old = fhir_json_get_extension (trace, RCP_EXTENSION_OLD_STATUS);

      if (g_strcmp0 (fhir_json_get_string (trace, "activity.coding.1.code"), "correct") != 0)
        continue;
      n_corrections++;
      g_assert_nonnull (fhir_json_get_string (old, "valueCode"));
    }
  g_assert_cmpuint (n_corrections, ==, 3);
}

static void
test_left (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, NINE, 1);
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, offer, NULL);
  g_autoptr (RcpVisit) arrived = step (desk, booked, RCP_VISIT_ARRIVED, 5);
  g_autoptr (RcpVisit) left = step (desk, arrived, RCP_VISIT_LEFT, 40);
  g_autoptr (FhirResource) read = desk_fixture_read (desk, fhir_resource_get_reference (rcp_visit_get_resource (left)));

  g_assert_cmpstr (fhir_json_get_string (fhir_resource_get_json (read), "status"), ==, "noshow");
  g_assert_cmpuint (count_encounters (desk, "cancelled"), ==, 1);
  g_assert_cmpint (rcp_visit_get_since (left), ==, rcp_clock_get_now (desk->clock));
}

/* Another desk let the patient in; this one still shows the waiting room. */
static void
test_stale_encounter (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, NINE, 1);
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, offer, NULL);
  g_autoptr (RcpVisit) arrived = step (desk, booked, RCP_VISIT_ARRIVED, 5);
  g_autoptr (RcpVisit) roomed = step (desk, arrived, RCP_VISIT_ROOMED, 5);
  g_autoptr (RcpVisit) seen = step (desk, roomed, RCP_VISIT_WITH_PROVIDER, 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) refused = desk_fixture_set_status (desk, NULL, roomed, RCP_VISIT_LEFT, &error);

  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED);
  g_assert_cmpuint (count_encounters (desk, "in-progress"), ==, 1);
}

static void
test_cancel_arrived (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, NINE, 1);
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, offer, NULL);
  g_autoptr (RcpVisit) arrived = step (desk, booked, RCP_VISIT_ARRIVED, 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) cancelled = desk_fixture_cancel (desk, NULL, arrived, "prov", &error);

  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (cancelled), ==, RCP_VISIT_CANCELLED);
  g_assert_cmpuint (count_encounters (desk, "cancelled"), ==, 1);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/flow/whole-day", test_whole_day);
  g_test_add_func ("/scheduling/flow/correction", test_correction);
  g_test_add_func ("/scheduling/flow/left", test_left);
  g_test_add_func ("/scheduling/flow/stale-encounter", test_stale_encounter);
  g_test_add_func ("/scheduling/flow/cancel-arrived", test_cancel_arrived);
  return g_test_run ();
}
