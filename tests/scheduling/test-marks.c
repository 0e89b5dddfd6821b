/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-marks"

/* rcp-booking-marks.c when the record is away for a moment: that a time is not wanted any more is told nevertheless, and who
 * never tells it is forgotten soon. The marks on the board are in test-booking-marks.c of the windows. */
#include "desk-fixture.h"

#include "base/rcp-iso8601.h"
#include "scheduling/rcp-booking-marks.h"

#define DOWN_MS 300

static gboolean
on_down_over_cb (gpointer user_data)
{
  practice_fixture_start (((DeskFixture *)user_data)->practice);
  return G_SOURCE_REMOVE;
}

static void
go_down (DeskFixture *desk)
{
  practice_fixture_kill (desk->practice);
  g_timeout_add (DOWN_MS, on_down_over_cb, desk);
}

static guint
count_marks (DeskFixture *desk, const char *status)
{
  g_autoptr (FhirBundle) tasks = desk_fixture_search (desk, "Task", "code", RCP_SYSTEM_MARK "|booking", "status", status, NULL);

  return fhir_bundle_get_matches (tasks)->len;
}

static void
wait (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  KEEP_RESULT_UNTIL (g_get_monotonic_time () > end);
}

static RcpBookingMarks *
leave_mark (DeskFixture *desk)
{
  RcpBookingMarks *marks = rcp_booking_marks_new (desk->client, desk->clock);

  rcp_booking_marks_set (marks, rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 0)),
                         (RcpTimeRange){ DESK_NOW, DESK_NOW + G_TIME_SPAN_HOUR }, "Front");
  while (count_marks (desk, "in-progress") == 0)
    wait (50);
  return marks;
}

/* The dialog was closed while the record was away. */
static void
test_taken_back (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpBookingMarks) marks = leave_mark (desk);

  go_down (desk);
  rcp_booking_marks_set (marks, NULL, (RcpTimeRange){ 0, 0 }, NULL);
  wait (DOWN_MS + 3500);
  g_assert_cmpuint (count_marks (desk, "in-progress"), ==, 0);
  g_assert_cmpuint (count_marks (desk, "completed"), ==, 1);
}

/* The desk was closed then. */
static void
test_deleted (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  RcpBookingMarks *marks = leave_mark (desk);

  go_down (desk);
  g_assert_finalize_object (marks);
  wait (DOWN_MS + 3500);
  g_assert_cmpuint (count_marks (desk, "in-progress"), ==, 0);
  g_assert_cmpuint (count_marks (desk, "completed"), ==, 0);
}

/* Another desk says that its mark stands for an hour, and never puts it off: its clock is wrong, or it has crashed. */
static void
test_forgotten (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpBookingMarks) others = rcp_booking_marks_new (desk->client, desk->clock);
  g_autoptr (RcpBookingMarks) marks = rcp_booking_marks_new (desk->client, desk->clock);
  g_autoptr (RcpDayBook) book = rcp_day_book_new (desk->client, desk->roster);
  gint64 seen;

  rcp_booking_marks_set_lifetime (others, G_TIME_SPAN_HOUR);
  rcp_booking_marks_set (others, rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 0)),
                         (RcpTimeRange){ DESK_NOW, DESK_NOW + G_TIME_SPAN_HOUR }, "Front");
  while (count_marks (desk, "in-progress") == 0)
    wait (50);
  rcp_booking_marks_set_lifetime (marks, 2 * G_TIME_SPAN_SECOND);
  rcp_booking_marks_follow (marks, book);
  KEEP_RESULT_UNTIL (rcp_booking_marks_get (marks)->len == 1);
  seen = g_get_monotonic_time ();
  KEEP_RESULT_UNTIL (rcp_booking_marks_get (marks)->len == 0);
  g_assert_cmpint (g_get_monotonic_time () - seen, >, G_TIME_SPAN_SECOND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/marks/taken-back", test_taken_back);
  g_test_add_func ("/scheduling/marks/deleted", test_deleted);
  g_test_add_func ("/scheduling/marks/forgotten", test_forgotten);
  return g_test_run ();
}
