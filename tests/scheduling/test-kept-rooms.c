/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The room that a visit has and its type does not need comes along when it is moved, against a real record: drives rcp-rooms.c,
 * rcp-take-room.c, rcp-conflicts-day.c and rcp-move-visit.c. */
#include "setup-fixture.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "scheduling/rcp-conflicts.h"
#include "scheduling/rcp-rooms.h"
#include "scheduling/rcp-undo.h"

#include <string.h>

#define NINE (9 * 60)
#define TYPE "annual-check"

/* A clinic where a check needs one of @n_rooms rooms, so far. */
static DeskFixture *
make_desk (guint n_providers, guint n_rooms)
{
  DeskFixture *desk = desk_fixture_new (n_providers, n_providers + 2);

  for (guint i = 0; i < n_rooms; i++)
    {
      g_autofree char *name = g_strdup_printf ("Room %u", i + 1);

      setup_add_room (desk, name);
    }
  setup_set_needs (desk, TYPE, RCP_NEEDS_ROOM);
  return desk;
}

static RcpVisit *
book (DeskFixture *desk, guint patient, guint provider, guint minute, GError **error)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, provider, 1, minute, 2);

  rcp_rooms_require (offer, desk->roster, TYPE);
  return desk_fixture_book (desk, NULL, patient, offer, error);
}

static guint
count_busy (DeskFixture *desk, guint room)
{
  return setup_count_slots (desk, rcp_room_get_schedule_id (setup_get_room (desk, room)), "busy");
}

static RcpVisit *
run (gpointer operation, GError **error)
{
  g_autoptr (RcpVisitOperation) owned = operation;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_visit_operation_run_async (owned, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_visit_operation_run_finish (owned, result, error);
}

/* Where to, with what comes along. */
static RcpOffer *
make_move (DeskFixture *desk, RcpVisit *visit, guint provider, guint minute)
{
  RcpOffer *offer = desk_fixture_make_offer (desk, provider, 1, minute, 2);

  rcp_rooms_bring (offer, desk->roster, visit);
  return offer;
}

/* A visit in @room, by another program, in the time of a free quarter of an hour from @minute on; without slots of the room. */
static void
write_visit_in (DeskFixture *desk, RcpRoom *room, guint provider, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, provider, 1, minute, 1);
  RcpTimeRange range = rcp_offer_get_range (offer);
  g_autofree char *start = rcp_iso8601_format_utc (range.start), *end = rcp_iso8601_format_utc (range.end);
  g_autofree char *text = g_strdup_printf (
      "{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"start\":\"%s\",\"end\":\"%s\",\"participant\":[{\"actor\":"
      "{\"reference\":\"%s\"},\"status\":\"accepted\"}]}",
      start, end, rcp_room_get_reference (room));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) written = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_create_async (desk->client, json_node_get_object (node), NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  written = fhir_client_create_finish (desk->client, result, &error);
  g_assert_no_error (error);
}

/* What the board says beforehand of a place at @minute with @provider: (transfer full). */
static char *
describe_conflicts (DeskFixture *desk, RcpVisit *visit, guint provider, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, provider, 1, minute, 2);
  RcpProvider *column = rcp_offer_get_provider (offer);
  RcpTimeRange range = rcp_offer_get_range (offer);
  g_autoptr (GPtrArray) kept = rcp_rooms_list_kept (desk->roster, visit, column);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (RcpConflicts) conflicts = NULL;
  g_autoptr (RcpDay) day = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *keep = NULL;
  GDate date;

  rcp_time_get_day (range.start, rcp_roster_get_zone (desk->roster), &date);
  day = rcp_day_new (desk->client, desk->roster, &date);
  rcp_day_load_async (day, NULL, desk_keep_result_cb, &keep);
  result = desk_wait (&keep);
  rcp_day_load_finish (day, result, &error);
  g_assert_no_error (error);
  conflicts = rcp_conflicts_new_for_column (day, column, visit, NULL, NULL, range.end - range.start, desk->now);
  rcp_conflicts_add_kept_rooms (conflicts, day, kept, visit);
  found = rcp_conflicts_at (conflicts, range.start);
  g_assert_cmpuint (found->len, <=, 1);
  return found->len > 0 ? rcp_conflict_describe (found->pdata[0], column, NULL) : NULL;
}

/* Its type needs no room any more. The one that it has comes along all the same, although the room has no hours now; not to where
 * somebody else has it, and then that is said. */
static void
test_without_hours (void)
{
  g_autoptr (DeskFixture) desk = make_desk (2, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = book (desk, 0, 0, NINE, &error);
  g_autoptr (RcpVisit) moved = NULL, refused = NULL, further = NULL;
  g_autoptr (RcpOffer) ten = NULL, eleven = NULL, half_past = NULL;
  g_autofree char *at_eleven = NULL, *at_half_past = NULL;

  g_assert_no_error (error);
  setup_set_needs (desk, TYPE, "");
  setup_refit (desk);
  ten = make_move (desk, visit, 1, NINE + 60);
  g_assert_null (rcp_offer_get_needs (ten));
  g_assert_cmpuint (rcp_offer_get_kept (ten)->len, ==, 1);
  moved = desk_fixture_move (desk, NULL, visit, ten, &error);
  g_assert_no_error (error);
  setup_assert_in_room (desk, moved, 0);
  g_assert_cmpuint (count_busy (desk, 0), ==, 0);
  write_visit_in (desk, setup_get_room (desk, 0), 0, NINE + 120);
  at_eleven = describe_conflicts (desk, moved, 1, NINE + 120);
  g_assert_nonnull (at_eleven);
  g_assert_nonnull (strstr (at_eleven, "Room 1 is taken by a visit"));
  at_half_past = describe_conflicts (desk, moved, 1, NINE + 90);
  g_assert_cmpstr (at_half_past, ==, NULL);
  eleven = make_move (desk, moved, 1, NINE + 120);
  refused = desk_fixture_move (desk, NULL, moved, eleven, &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "Room 1 is in use at that time"));
  g_clear_error (&error);
  half_past = make_move (desk, moved, 1, NINE + 90);
  further = desk_fixture_move (desk, NULL, moved, half_past, &error);
  g_assert_no_error (error);
  setup_assert_in_room (desk, further, 0);
}

/* Visits of other types still need rooms: then the slots of the room that is kept are taken and given back like those of one
 * that is needed, and where they are another visit's the move is refused with its name. */
static void
test_with_hours (void)
{
  g_autoptr (DeskFixture) desk = make_desk (2, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = book (desk, 0, 0, NINE, &error);
  g_autoptr (RcpVisit) other = book (desk, 1, 0, NINE + 120, &error);
  g_autoptr (RcpVisit) moved = NULL, refused = NULL, back = NULL;
  g_autoptr (RcpVisitOperation) move = NULL;
  g_autoptr (GPtrArray) room = g_ptr_array_new (), none = g_ptr_array_new ();
  g_autoptr (RcpOffer) ten = NULL, eleven = NULL;

  g_assert_no_error (error);
  g_ptr_array_add (room, setup_get_room (desk, 0));
  ten = make_move (desk, visit, 1, NINE + 60);
  rcp_offer_set_needs (ten, NULL, none);
  rcp_offer_set_kept (ten, room);
  move = RCP_VISIT_OPERATION (rcp_move_visit_new (desk->client, desk->clock, visit, ten));
  moved = run (g_object_ref (move), &error);
  g_assert_no_error (error);
  setup_assert_in_room (desk, moved, 0);
  g_assert_cmpuint (g_strv_length ((GStrv)rcp_visit_get_slot_ids (moved)), ==, 4);
  g_assert_cmpuint (count_busy (desk, 0), ==, 4);
  eleven = make_move (desk, moved, 1, NINE + 120);
  rcp_offer_set_needs (eleven, NULL, none);
  rcp_offer_set_kept (eleven, room);
  refused = desk_fixture_move (desk, NULL, moved, eleven, &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "Room 1 is taken by a visit of"));
  g_clear_error (&error);
  back = run (rcp_undo_new (move, desk->roster, RCP_UNDO_GRACE), &error);
  g_assert_no_error (error);
  setup_assert_in_room (desk, back, 0);
  g_assert_cmpuint (count_busy (desk, 0), ==, 4);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scheduling/kept-rooms/without-hours", test_without_hours);
  g_test_add_func ("/scheduling/kept-rooms/with-hours", test_with_hours);

  return g_test_run ();
}
