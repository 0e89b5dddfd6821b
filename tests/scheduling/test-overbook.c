/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-session-limit.c and what booking and moving do with a reason to stand beside others, against a real record. */
#include "desk-fixture.h"

#include "clinic/rcp-codes.h"
#include "scheduling/rcp-overbook.h"
#include "scheduling/rcp-undo.h"

#include <string.h>

#define NINE (9 * 60)

/* The same time as @offer, whoever has it. */
static RcpOffer *
dup_as_range (RcpOffer *offer)
{
  guint n_slots;
  const RcpSlot *slots = rcp_offer_get_slots (offer, &n_slots);

  return rcp_offer_new_for_range (rcp_offer_get_provider (offer), rcp_offer_get_range (offer), slots, n_slots);
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

static gpointer
make_book (DeskFixture *desk, guint patient, RcpOffer *offer, const char *reason)
{
  RcpBookVisit *book = rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, patient), offer,
                                           NULL, RCP_URGENCY_ROUTINE, NULL);

  rcp_book_visit_set_overbook (book, reason);
  return book;
}

static void
test_book_beside (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOffer) quarter = desk_fixture_make_offer (desk, 0, 0, NINE + 15, 2);
  g_autoptr (RcpOffer) beside = dup_as_range (quarter);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = desk_fixture_book (desk, NULL, 0, nine, &error);
  g_autoptr (RcpVisit) refused = run (make_book (desk, 1, beside, NULL), &error);
  g_autoptr (RcpVisit) second = NULL;
  g_autoptr (FhirBundle) traces = NULL;
  gboolean told_why = FALSE;

  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_clear_error (&error);
  second = run (make_book (desk, 1, beside, " mother is here already "), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_overbook_reason (second), ==, "mother is here already");
  g_assert_null (rcp_visit_get_overbook_reason (first));
  g_assert_cmpint (rcp_visit_get_range (second).end, ==, rcp_offer_get_range (quarter).end);
  /* It has what was free of its time: no slot carries two. */
  g_assert_cmpuint (g_strv_length ((GStrv)rcp_visit_get_slot_ids (second)), ==, 1);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
  traces = desk_fixture_search (desk, "Provenance", NULL);
  for (guint i = 0; i < fhir_bundle_get_matches (traces)->len; i++)
    told_why |= g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (fhir_bundle_get_matches (traces)->pdata[i]),
                                                 "reason.0.text"),
                           "mother is here already")
                == 0;
  g_assert_true (told_why);
}

/* Moved to a time of its own, it stands beside nobody any more; and back by undo. */
static void
test_move_away (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOffer) eleven = desk_fixture_make_offer (desk, 0, 0, NINE + 120, 2);
  g_autoptr (RcpOffer) beside = dup_as_range (nine);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = desk_fixture_book (desk, NULL, 0, nine, &error);
  g_autoptr (RcpVisit) second = run (make_book (desk, 1, beside, "urgent"), &error);
  g_autoptr (RcpMoveVisit) move = rcp_move_visit_new (desk->client, desk->clock, second, eleven);
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (RcpUndo) undo = NULL;
  g_autoptr (RcpVisit) back = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length ((GStrv)rcp_visit_get_slot_ids (second)), ==, 0);
  moved = run (g_object_ref (move), &error);
  g_assert_no_error (error);
  g_assert_null (rcp_visit_get_overbook_reason (moved));
  g_assert_cmpuint (g_strv_length ((GStrv)rcp_visit_get_slot_ids (moved)), ==, 2);
  undo = rcp_undo_new (RCP_VISIT_OPERATION (move), desk->roster, RCP_UNDO_GRACE);
  back = run (g_object_ref (undo), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_overbook_reason (back), ==, "urgent");
  g_assert_cmpint (rcp_visit_get_range (back).start, ==, rcp_visit_get_range (first).start);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
}

static void
set_limit (DeskFixture *desk, gint64 limit)
{
  g_autofree char *reference
      = g_strconcat ("Schedule/", rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 0)), NULL);
  g_autoptr (FhirResource) schedule = desk_fixture_read (desk, reference);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (schedule);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) changed = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  JsonArray *extensions = json_array_new ();
  JsonObject *extension = json_object_new ();

  json_object_set_string_member (extension, "url", RCP_EXTENSION_OVERBOOK);
  json_object_set_int_member (extension, "valueInteger", limit);
  json_array_add_object_element (extensions, extension);
  json_object_set_array_member (json, "extension", extensions);
  fhir_client_update_async (desk->client, json, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  changed = fhir_client_update_finish (desk->client, result, &error);
  g_assert_no_error (error);
}

static void
test_limit (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 5);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOffer) two = desk_fixture_make_offer (desk, 0, 0, 14 * 60, 2);
  g_autoptr (RcpOffer) beside_nine = dup_as_range (nine);
  g_autoptr (RcpOffer) beside_two = dup_as_range (two);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = desk_fixture_book (desk, NULL, 0, nine, &error);
  g_autoptr (RcpVisit) second = NULL;
  g_autoptr (RcpVisit) refused = NULL;
  g_autoptr (RcpVisit) afternoon = NULL;
  g_autoptr (RcpVisit) shifted = NULL;
  RcpMoveVisit *move;

  g_assert_no_error (error);
  set_limit (desk, 1);
  second = run (make_book (desk, 1, beside_nine, "urgent"), &error);
  g_assert_no_error (error);
  refused = run (make_book (desk, 2, beside_nine, "urgent as well"), &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "1 overbooked visit already"));
  g_assert_nonnull (strstr (error->message, "not booked"));
  g_clear_error (&error);
  /* The afternoon is another session; and a visit is not one more beside itself. */
  afternoon = run (make_book (desk, 3, beside_two, "urgent"), &error);
  g_assert_no_error (error);
  move = rcp_move_visit_new (desk->client, desk->clock, second, beside_nine);
  rcp_move_visit_set_overbook (move, "still urgent");
  shifted = run (move, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 3);
}

#define DESKS 5
#define LIMIT 2

/* Desks that overbook one half day in the same second count the same: together they make no more than is allowed, and those
 * that are too many are told of the limit. Every other round one of them is a move from another day. */
static void
overbook_at_once (DeskFixture *desk, guint round)
{
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, round, NINE, 2);
  g_autoptr (RcpOffer) three = desk_fixture_make_offer (desk, 0, round, 15 * 60, 1);
  g_autoptr (RcpOffer) beside = dup_as_range (nine);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = desk_fixture_book (desk, NULL, 0, nine, &error);
  g_autoptr (RcpVisit) moved = desk_fixture_book (desk, NULL, 1, three, &error);
  FhirClient *clients[DESKS];
  RcpVisitOperation *operations[DESKS];
  GAsyncResult *results[DESKS] = { NULL };
  guint n_made = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < DESKS; i++)
    {
      clients[i] = practice_fixture_create_client (desk->practice);
      if (i == 0 && round % 2 == 1)
        {
          operations[i] = RCP_VISIT_OPERATION (rcp_move_visit_new (clients[i], desk->clock, moved, beside));
          rcp_move_visit_set_overbook (RCP_MOVE_VISIT (operations[i]), "earlier");
          continue;
        }
      operations[i] = RCP_VISIT_OPERATION (rcp_book_visit_new (
          clients[i], desk->clock, desk_fixture_get_patient (desk, i + 2), beside, NULL, RCP_URGENCY_ROUTINE, NULL));
      rcp_book_visit_set_overbook (RCP_BOOK_VISIT (operations[i]), "urgent");
    }
  for (guint i = 0; i < DESKS; i++)
    rcp_visit_operation_run_async (operations[i], NULL, desk_keep_result_cb, &results[i]);
  for (guint i = 0; i < DESKS; i++)
    {
      g_autoptr (GAsyncResult) result = desk_wait (&results[i]);
      g_autoptr (RcpVisit) visit = rcp_visit_operation_run_finish (operations[i], result, &error);

      if (visit == NULL)
        g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_LIMIT);
      g_clear_error (&error);
      n_made += visit != NULL;
      g_object_unref (operations[i]);
      g_object_unref (clients[i]);
    }
  g_assert_cmpuint (n_made, ==, LIMIT);
}

static void
test_limit_at_once (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, DESKS + 2);

  set_limit (desk, LIMIT);
  /* Monday to Friday. */
  for (guint round = 0; round < 5; round++)
    overbook_at_once (desk, round);
}

/* Several in one transaction count each other, and take the turn once. */
static void
test_limit_together (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 6);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOffer) beside = dup_as_range (nine);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = desk_fixture_book (desk, NULL, 0, nine, &error);

  g_assert_no_error (error);
  set_limit (desk, LIMIT);
  for (guint n = LIMIT + 1; n >= LIMIT; n--)
    {
      g_autoptr (GPtrArray) books = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GAsyncResult) result = NULL;
      GAsyncResult *kept = NULL;
      gboolean is_made;

      for (guint i = 0; i < n; i++)
        g_ptr_array_add (books, make_book (desk, i + 1, beside, "urgent"));
      rcp_run_together_async (books, NULL, desk_keep_result_cb, &kept);
      result = desk_wait (&kept);
      is_made = rcp_run_together_finish (result, &error);
      g_assert_cmpint (is_made, ==, n == LIMIT);
      if (!is_made)
        g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_LIMIT);
      g_clear_error (&error);
    }
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, LIMIT + 1);
}

/* Only an emergency passes the limit, and only on purpose. */
static void
test_beyond_limit (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 4);
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (desk, 0, 0, NINE, 2);
  g_autoptr (RcpOffer) beside = dup_as_range (nine);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = desk_fixture_book (desk, NULL, 0, nine, &error);
  g_autoptr (RcpVisit) refused = NULL;
  g_autoptr (RcpVisit) second = NULL;
  RcpBookVisit *routine = make_book (desk, 1, beside, "no time else");
  RcpBookVisit *emergency = rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, 2), beside, NULL,
                                                RCP_URGENCY_EMERGENCY, NULL);
  RcpBookVisit *by_habit = rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, 3), beside, NULL,
                                               RCP_URGENCY_EMERGENCY, NULL);

  g_assert_no_error (error);
  set_limit (desk, 0);
  rcp_book_visit_set_beyond_limit (routine, TRUE);
  refused = run (routine, &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_LIMIT);
  g_clear_error (&error);
  rcp_book_visit_set_overbook (by_habit, "hurts");
  refused = run (by_habit, &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_LIMIT);
  g_clear_error (&error);
  rcp_book_visit_set_overbook (emergency, "stroke");
  rcp_book_visit_set_beyond_limit (emergency, TRUE);
  second = run (emergency, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_overbook_reason (second), ==, "stroke");
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
}

/* rcp-overbook.c: the half days of a place, on the day that the clock goes back as on any other. */
static void
test_sessions (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  GDate day;
  gint64 noon;
  RcpTimeRange morning, afternoon;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, G_DATE_NOVEMBER, 2026);
  noon = rcp_time_at_minute (&day, 12 * 60, zone);
  morning = rcp_overbook_get_session (noon - 1, zone);
  afternoon = rcp_overbook_get_session (noon, zone);
  g_assert_cmpint (morning.end, ==, noon);
  g_assert_cmpint (morning.end - morning.start, ==, 13 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (afternoon.start, ==, noon);
  g_assert_cmpint (afternoon.end - afternoon.start, ==, 12 * G_TIME_SPAN_HOUR);
  g_assert_false (rcp_overbook_is_possible (0));
  g_assert_true (rcp_overbook_is_possible (RCP_CONFLICT_BIT (RCP_CONFLICT_PROVIDER)));
  g_assert_false (rcp_overbook_is_possible (RCP_CONFLICT_BIT (RCP_CONFLICT_PROVIDER) | RCP_CONFLICT_BIT (RCP_CONFLICT_PAST)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/overbook/beside", test_book_beside);
  g_test_add_func ("/scheduling/overbook/move-away", test_move_away);
  g_test_add_func ("/scheduling/overbook/limit", test_limit);
  g_test_add_func ("/scheduling/overbook/limit-at-once", test_limit_at_once);
  g_test_add_func ("/scheduling/overbook/limit-together", test_limit_together);
  g_test_add_func ("/scheduling/overbook/beyond-limit", test_beyond_limit);
  g_test_add_func ("/scheduling/overbook/sessions", test_sessions);
  return g_test_run ();
}
