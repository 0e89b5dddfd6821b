/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of the board without a display: rcp-board-model.c, rcp-board-columns.c, rcp-board-layout.c, rcp-board-lanes.c,
 * rcp-board-busy.c. */

#define G_LOG_DOMAIN "test-board-model"

#include "board-fixture.h"
#include "clinic/rcp-codes.h"
#include "ui/board/rcp-board-lanes.h"

static RcpBoardItem
item (int start, int end)
{
  return (RcpBoardItem) { .start = start, .end = end, .n_lanes = 1 };
}

static void
test_lanes_by_hand (void)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (RcpBoardItem));
  const RcpBoardItem given[] = { item (0, 30), item (10, 20), item (20, 40), item (40, 50), item (60, 90), item (60, 75), item (65, 70) };
  const guint lanes[] = { 0, 1, 1, 0, 0, 1, 2 }, n_lanes[] = { 2, 2, 2, 1, 3, 3, 3 };

  g_array_append_vals (items, given, G_N_ELEMENTS (given));
  rcp_board_lanes_lay (items);
  for (guint i = 0; i < items->len; i++)
    {
      g_assert_cmpuint (g_array_index (items, RcpBoardItem, i).lane, ==, lanes[i]);
      g_assert_cmpuint (g_array_index (items, RcpBoardItem, i).n_lanes, ==, n_lanes[i]);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return ((const RcpBoardItem *) a)->start - ((const RcpBoardItem *) b)->start;
}

/* However visits lie, none covers another. */
static void
test_lanes_never_cover (void)
{
  for (guint turn = 0; turn < 300; turn++)
    {
      g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (RcpBoardItem));

      for (int i = g_test_rand_int_range (0, 25); i > 0; i--)
        {
          int start = g_test_rand_int_range (0, 200);
          RcpBoardItem made = item (start, start + g_test_rand_int_range (5, 60));

          g_array_append_val (items, made);
        }
      g_array_sort (items, compare);
      rcp_board_lanes_lay (items);
      for (guint i = 0; i < items->len; i++)
        for (guint j = 0; j < i; j++)
          {
            const RcpBoardItem *a = &g_array_index (items, RcpBoardItem, i), *b = &g_array_index (items, RcpBoardItem, j);

            g_assert_cmpuint (a->lane, <, a->n_lanes);
            if (a->start < b->end && b->start < a->end)
              {
                g_assert_cmpuint (a->lane, !=, b->lane);
                g_assert_cmpuint (a->n_lanes, ==, b->n_lanes);
              }
          }
    }
}

static void
test_stops_are_visits_and_free_time (void)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (RcpBoardItem));
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (RcpBoardSpan));
  g_autoptr (GArray) stops = NULL;
  const RcpBoardSpan spans[] = { { 480, 540 }, { 600, 620 } };
  const int starts[] = { 480, 495, 525, 600 };
  RcpBoardItem visit = item (495, 525);

  g_array_append_val (items, visit);
  g_array_append_vals (open, spans, 2);
  stops = rcp_board_lanes_collect_stops (items, open, 15);
  g_assert_cmpuint (stops->len, ==, G_N_ELEMENTS (starts));
  for (guint i = 0; i < stops->len; i++)
    g_assert_cmpint (g_array_index (stops, RcpBoardStop, i).span.start, ==, starts[i]);
}

static void
test_every_visit_finds_its_column (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (6, 14);
  g_autoptr (GListStore) visits = board_fixture_visits (6, 14);
  guint n_items, total = 0;

  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 6);
  for (guint column = 0; column < 6; column++)
    {
      const RcpBoardItem *items = rcp_board_model_get_items (model, column, &n_items);
      g_autofree char *practitioner = g_strdup_printf ("p-%02u", column);

      for (guint i = 0; i < n_items; i++)
        {
          g_assert_cmpstr (rcp_visit_get_practitioner_id (items[i].visit), ==, practitioner);
          g_assert_cmpint (rcp_board_model_get_instant (model, 0, items[i].start), ==, rcp_visit_get_range (items[i].visit).start);
          g_assert_cmpint (rcp_board_model_get_instant (model, 0, items[i].end), ==, rcp_visit_get_range (items[i].visit).end);
        }
      total += n_items;
    }
  g_assert_cmpuint (total, ==, g_list_model_get_n_items (G_LIST_MODEL (visits)));
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), ==, total);
  g_assert_cmpuint (rcp_board_model_get_n_homeless (model), ==, 0);
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_a_visit_without_a_column_is_counted (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (2, 3);
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  g_autoptr (RcpVisit) here = board_fixture_visit ("a", "00", "10:00", 30, "booked", "Ana", "Ruiz", "ECG", 5);
  g_autoptr (RcpVisit) elsewhere = board_fixture_visit ("b", "77", "10:00", 30, "booked", "Ana", "Ruiz", "ECG", 5);
  guint changes = 0;

  rcp_board_model_set_visits (model, G_LIST_MODEL (visits));
  g_signal_connect_swapped (model, "contents-changed", G_CALLBACK (count_cb), &changes);
  g_list_store_append (visits, here);
  g_list_store_append (visits, elsewhere);
  g_assert_cmpuint (changes, ==, 2);
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), ==, 1);
  g_assert_cmpuint (rcp_board_model_get_n_homeless (model), ==, 1);
  g_assert_true (rcp_board_model_find_visit (model, "a") == here);
  g_assert_null (rcp_board_model_find_visit (model, "b"));
}

static RcpColumnSet *
make_set (const char *choice, const char *other)
{
  const char *const choices[] = { choice, other, NULL };

  return rcp_column_set_new ("Mine", RCP_COLUMNS_BY_PROVIDER, choices);
}

static void
test_a_set_hides_columns (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (6, 4);
  g_autoptr (RcpColumnSet) riverside = make_set ("place:riverside", NULL);
  g_autoptr (RcpColumnSet) same = make_set ("place:riverside", NULL);
  g_autoptr (RcpColumnSet) two_kinds = make_set ("specialty:207Q00000X", "schedule:s-05");
  g_autoptr (RcpColumnSet) nobody = make_set ("place:nowhere", NULL);
  RcpBoardStop stop;
  guint changes = 0, column;

  g_signal_connect_swapped (model, "columns-changed", G_CALLBACK (count_cb), &changes);
  rcp_board_model_set_columns (model, riverside);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 2);
  g_assert_cmpuint (rcp_board_model_get_n_providers (model), ==, 6);
  /* Hidden is not the same as homeless. */
  g_assert_cmpuint (rcp_board_model_get_n_homeless (model), ==, 0);
  rcp_board_model_set_columns (model, same);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_true (rcp_board_model_get_columns (model) == same);
  rcp_board_model_set_columns (model, two_kinds);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 3);
  g_assert_cmpstr (rcp_board_model_get_column_name (model, 2), ==, "Dr. Lena Vogel");
  rcp_board_model_set_columns (model, NULL);
  rcp_board_model_set_cursor (model, 5, 9 * 60);
  rcp_board_model_set_columns (model, two_kinds);
  /* The cursor stays with its column, or comes to the same time in the first. */
  g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
  g_assert_cmpuint (column, ==, 2);
  rcp_board_model_set_columns (model, NULL);
  rcp_board_model_set_cursor (model, 2, 9 * 60);
  rcp_board_model_set_columns (model, riverside);
  g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
  g_assert_cmpuint (column, ==, 0);
  rcp_board_model_set_columns (model, nobody);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 0);
  rcp_board_model_set_columns (model, NULL);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 6);
}

static void
assert_column (RcpBoardModel *model, guint column, const char *name, const char *place, guint n_visits)
{
  guint n_items;

  rcp_board_model_get_items (model, column, &n_items);
  g_assert_cmpstr (rcp_board_model_get_column_name (model, column), ==, name);
  g_assert_cmpstr (rcp_place_get_name (rcp_board_model_get_column_place (model, column)), ==, place);
  g_assert_cmpuint (n_items, ==, n_visits);
}

static void
test_new_patients_are_known_by_type (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (1, 0);
  g_autoptr (GListStore) types = g_list_store_new (RCP_TYPE_VISIT_TYPE);
  g_autoptr (JsonNode) node = json_from_string (
      "{\"resourceType\":\"HealthcareService\",\"id\":\"n\",\"type\":[{\"coding\":[{\"system\":\"urn:reception:visit-type\",\"code\":\"first\"}]}],"
      "\"eligibility\":[{\"code\":{\"coding\":[{\"system\":\"" RCP_SYSTEM_ELIGIBILITY "\",\"code\":\"new-patients\"}]}}]}", NULL);
  g_autoptr (JsonNode) visit_node = json_from_string (
      "{\"resourceType\":\"Appointment\",\"id\":\"a\",\"status\":\"booked\",\"participant\":[],"
      "\"serviceType\":[{\"coding\":[{\"system\":\"urn:reception:visit-type\",\"code\":\"first\"}]}]}", NULL);
  g_autoptr (FhirResource) service = fhir_resource_new (json_node_get_object (node));
  g_autoptr (FhirResource) appointment = fhir_resource_new (json_node_get_object (visit_node));
  g_autoptr (RcpVisitType) type = rcp_visit_type_new (service);
  g_autoptr (RcpVisit) first = rcp_visit_new (appointment, NULL);
  g_autoptr (RcpVisit) other = board_fixture_visit ("b", "00", "10:00", 30, "booked", "Ana", "Ruiz", "ECG", 5);

  g_list_store_append (types, type);
  g_assert_false (rcp_board_model_is_for_new_patient (model, first));
  rcp_board_model_set_visit_types (model, G_LIST_MODEL (types));
  g_assert_true (rcp_board_model_is_for_new_patient (model, first));
  g_assert_false (rcp_board_model_is_for_new_patient (model, other));
}

static void
test_rooms_are_columns (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (6, 4);
  g_autoptr (RcpPlace) downtown = board_fixture_place ("downtown", "Downtown");
  g_autoptr (RcpPlace) riverside = board_fixture_place ("riverside", "Riverside");
  g_autoptr (GListStore) rooms = g_list_store_new (RCP_TYPE_ROOM);
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  g_autoptr (RcpRoom) one = board_fixture_room ("Location", "1", "Room 1", riverside);
  g_autoptr (RcpRoom) two = board_fixture_room ("Location", "2", "Room 2", downtown);
  g_autoptr (RcpRoom) device = board_fixture_room ("Device", "3", "ECG", downtown);
  g_autoptr (RcpVisit) in_one = board_fixture_visit_in_room ("a", "00", "10:00", "Location/1");
  g_autoptr (RcpVisit) in_two = board_fixture_visit_in_room ("b", "01", "10:00", "Location/2");
  g_autoptr (RcpVisit) nowhere = board_fixture_visit ("c", "02", "10:00", 30, "booked", "Ana", "Ruiz", "ECG", 5);
  g_autoptr (RcpColumnSet) by_room = rcp_column_set_new ("Rooms", RCP_COLUMNS_BY_ROOM, NULL);
  g_autoptr (RcpColumnSet) by_device = rcp_column_set_new ("Devices", RCP_COLUMNS_BY_DEVICE, NULL);
  guint n_spans, column;

  g_list_store_append (rooms, one);
  g_list_store_append (rooms, two);
  g_list_store_append (rooms, device);
  g_list_store_append (visits, in_one);
  g_list_store_append (visits, in_two);
  g_list_store_append (visits, nowhere);
  rcp_board_model_set_rooms (model, G_LIST_MODEL (rooms));
  rcp_board_model_set_visits (model, G_LIST_MODEL (visits));
  rcp_board_model_set_columns (model, by_room);
  /* Those of one place together; devices are none. */
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 2);
  assert_column (model, 0, "Room 2", "Downtown", 1);
  assert_column (model, 1, "Room 1", "Riverside", 1);
  g_assert_null (rcp_board_model_get_provider (model, 0));
  g_assert_true (rcp_board_model_get_room (model, 0) == two);
  g_assert_cmpstr (rcp_board_model_get_column_detail (model, 0), ==, "");
  g_assert_cmpuint (rcp_board_model_get_n_homeless (model), ==, 1);
  g_assert_true (rcp_board_model_find_column (model, in_one, &column));
  g_assert_cmpuint (column, ==, 1);
  g_assert_cmpstr (rcp_provider_get_name (rcp_board_model_find_provider (model, in_one)), ==, "Dr. Sarah Johnson");
  rcp_board_model_set_columns (model, by_device);
  g_assert_true (rcp_board_model_is_by_device (model));
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 1);
  assert_column (model, 0, "ECG", "Downtown", 0);
  g_assert_cmpuint (rcp_board_model_get_n_homeless (model), ==, 3);
  rcp_board_model_set_columns (model, by_room);
  g_assert_false (rcp_board_model_is_by_device (model));
  /* No slots of its own: open while the providers are. */
  g_assert_cmpint (rcp_board_model_get_open_spans (model, 0, &n_spans)[1].start, ==, 13 * 60);
  g_assert_cmpuint (n_spans, ==, 2);
}

static void
test_turning_the_page (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (3, 5);
  GDate day;

  g_assert_cmpint (rcp_board_model_get_now (model), ==, 9 * 60 + 26);
  g_assert_true (rcp_board_model_is_today (model));
  rcp_board_model_step (model, 1);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 24, 11, 2026);
  g_assert_cmpint (g_date_compare (rcp_board_model_get_date (model), &day), ==, 0);
  g_assert_cmpint (rcp_board_model_get_now (model), ==, -1);
  /* Nothing of yesterday is shown as today's. */
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), ==, 0);
  rcp_board_model_step (model, -2);
  g_date_set_dmy (&day, 22, 11, 2026);
  g_assert_cmpint (g_date_compare (rcp_board_model_get_date (model), &day), ==, 0);
  rcp_board_model_go_today (model);
  g_assert_true (rcp_board_model_is_today (model));
}

static void
test_hours_show_everything (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (1, 0);
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  g_autoptr (RcpVisit) early = board_fixture_visit ("a", "00", "06:40", 15, "booked", "A", "B", "ECG", 5);
  g_autoptr (RcpVisit) late = board_fixture_visit ("b", "00", "20:10", 15, "booked", "A", "B", "ECG", 5);
  RcpBoardSpan hours = rcp_board_model_get_hours (model);

  g_assert_cmpint (hours.start, ==, 8 * 60);
  g_assert_cmpint (hours.end, ==, 18 * 60);
  g_list_store_append (visits, early);
  g_list_store_append (visits, late);
  rcp_board_model_set_visits (model, G_LIST_MODEL (visits));
  hours = rcp_board_model_get_hours (model);
  g_assert_cmpint (hours.start, ==, 6 * 60);
  g_assert_cmpint (hours.end, ==, 21 * 60);
}

/* On the night of the change a day has 23 or 25 hours: places and instants still are each other's reverse. */
static void
test_days_of_23_and_25_hours (void)
{
  static const struct
  {
    int day, month, hours;
  } days[] = { { 29, 3, 23 }, { 25, 10, 25 }, { 1, 7, 24 } };
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (RcpBoardModel) model = board_fixture_model (1, 0);
      RcpTimeRange range;
      GDate date;

      rcp_board_model_set_zone (model, berlin);
      g_date_clear (&date, 1);
      g_date_set_dmy (&date, (GDateDay) days[i].day, days[i].month, 2026);
      rcp_board_model_set_date (model, &date);
      range = rcp_time_range_of_day (&date, berlin);
      g_assert_cmpint (rcp_board_model_get_minute (model, 0, range.end), ==, days[i].hours * 60);
      for (int minute = 0; minute < days[i].hours * 60; minute += 7)
        g_assert_cmpint (rcp_board_model_get_minute (model, 0, rcp_board_model_get_instant (model, 0, minute)), ==, minute);
    }
}

static void
test_closed_is_said_only_when_known (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (2, 0);

  g_assert_false (rcp_board_model_is_closed (model));
  rcp_board_model_step (model, 6);
  g_assert_true (rcp_board_model_is_closed (model));
  rcp_board_model_set_state (model, RCP_BOARD_LOADING, NULL);
  g_assert_false (rcp_board_model_is_closed (model));
}

static void
test_frozen_tells_once (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (3, 3);
  g_autoptr (GArray) closed = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  guint changes = 0;

  g_signal_connect_swapped (model, "contents-changed", G_CALLBACK (count_cb), &changes);
  rcp_board_model_freeze (model);
  rcp_board_model_set_open_ranges (model, "s-00", closed);
  rcp_board_model_set_open_ranges (model, "s-01", closed);
  rcp_board_model_set_visits (model, NULL);
  g_assert_cmpuint (changes, ==, 0);
  rcp_board_model_thaw (model);
  g_assert_cmpuint (changes, ==, 1);
  rcp_board_model_set_open_ranges (model, "s-01", closed);
  g_assert_cmpuint (changes, ==, 1);
}

static void
test_now_moves_with_the_clock (void)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (board_fixture_instant ("09:26"));
  g_autoptr (GTimeZone) zone = board_fixture_zone ();
  RcpBoardModel *model = rcp_board_model_new (clock, zone);
  guint changes = 0;

  g_signal_connect_swapped (model, "now-changed", G_CALLBACK (count_cb), &changes);
  rcp_board_model_tick (model);
  g_assert_cmpuint (changes, ==, 0);
  rcp_clock_set_now (clock, board_fixture_instant ("09:27"));
  rcp_board_model_tick (model);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpint (rcp_board_model_get_now (model), ==, 567);
  g_assert_finalize_object (model);
}

static void
count_change (guint *n_changes)
{
  (*n_changes)++;
}

/* Lunch is a stop of the keyboard, and told once: the same again changes nothing. */
static void
test_blocks_are_stops (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (2, 3);
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (RcpBlock));
  g_autoptr (GRefString) words = g_ref_string_new ("Budget");
  RcpBlock block = { { rcp_board_model_get_instant (model, 0, 20 * 60), rcp_board_model_get_instant (model, 0, 21 * 60) }, RCP_BLOCK_MEETING, words };
  guint n_blocks, n_changes = 0, column;
  RcpBoardStop stop;
  GDate next;

  g_array_append_val (blocks, block);
  g_signal_connect_data (model, "contents-changed", G_CALLBACK (count_change), &n_changes, NULL, G_CONNECT_SWAPPED);
  rcp_board_model_set_blocks (model, rcp_board_model_get_schedule_id (model, 1), blocks);
  rcp_board_model_set_blocks (model, rcp_board_model_get_schedule_id (model, 1), blocks);
  g_assert_cmpuint (n_changes, ==, 1);
  rcp_board_model_get_blocks (model, 0, &n_blocks);
  g_assert_cmpuint (n_blocks, ==, 0);
  g_assert_cmpstr (rcp_board_model_get_blocks (model, 1, &n_blocks)->words, ==, "Budget");
  rcp_board_model_set_cursor (model, 1, 20 * 60 + 30);
  g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
  g_assert_null (stop.visit);
  g_assert_nonnull (stop.block);
  g_assert_cmpint (stop.span.start, ==, 20 * 60);
  g_assert_cmpint (stop.span.end, ==, 21 * 60);
  next = *rcp_board_model_get_date (model);
  g_date_add_days (&next, 1);
  rcp_board_model_set_date (model, &next);
  rcp_board_model_get_blocks (model, 1, &n_blocks);
  g_assert_cmpuint (n_blocks, ==, 0);
  g_signal_handlers_disconnect_by_func (model, count_change, &n_changes);
}

static void
assert_stop (RcpBoardModel *model, guint column, int minute, int start, int end, gboolean is_free, const char *words)
{
  g_autofree char *described = NULL;
  RcpBoardStop stop;
  guint at;

  rcp_board_model_set_cursor (model, column, minute);
  g_assert_true (rcp_board_model_get_cursor (model, &at, &stop));
  g_assert_cmpint (stop.span.start, ==, start);
  g_assert_cmpint (stop.span.end, ==, end);
  g_assert_true (rcp_board_stop_is_free (&stop) == is_free);
  described = stop.busy ? rcp_board_model_describe_busy (model, column, stop.busy) : NULL;
  g_assert_cmpstr (described, ==, words);
}

/* What a calendar keeps is one stop instead of free time, within the working hours (8 to 12 and 13 to 17) of its provider alone;
 * what is perhaps on is free, and says so. */
static void
test_busy_time (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (2, 0);
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  const char *person = rcp_provider_get_practitioner_id (rcp_board_model_get_provider (model, 1));
  g_autoptr (GArray) long_time = board_fixture_busy (model, 11 * 60 + 5, 13 * 60 + 20, RCP_BUSY_BUSY);
  g_autoptr (GArray) perhaps = board_fixture_busy (model, 9 * 60, 10 * 60, RCP_BUSY_TENTATIVE);
  g_autoptr (GArray) away = board_fixture_busy (model, -24 * 60, 48 * 60, RCP_BUSY_AWAY);
  guint n_busy, n_changes = 0;

  rcp_board_model_set_busy_times (model, times);
  g_signal_connect_data (model, "contents-changed", G_CALLBACK (count_change), &n_changes, NULL, G_CONNECT_SWAPPED);
  rcp_busy_times_set (times, person, long_time, 0);
  g_assert_cmpuint (n_changes, ==, 1);
  rcp_board_model_get_busy (model, 0, &n_busy);
  g_assert_cmpuint (n_busy, ==, 0);
  rcp_board_model_get_busy (model, 1, &n_busy);
  g_assert_cmpuint (n_busy, ==, 2);
  assert_stop (model, 1, 11 * 60 + 30, 11 * 60 + 5, 12 * 60, FALSE, "Busy");
  assert_stop (model, 1, 13 * 60, 13 * 60, 13 * 60 + 20, FALSE, "Busy");
  assert_stop (model, 1, 13 * 60 + 30, 13 * 60 + 30, 13 * 60 + 45, TRUE, NULL);
  assert_stop (model, 0, 11 * 60 + 30, 11 * 60 + 30, 11 * 60 + 45, TRUE, NULL);
  rcp_busy_times_set (times, person, perhaps, 0);
  assert_stop (model, 1, 9 * 60 + 15, 9 * 60 + 15, 9 * 60 + 30, TRUE, "Perhaps busy");
  rcp_busy_times_set (times, person, away, board_fixture_instant ("07:10"));
  assert_stop (model, 1, 9 * 60 + 15, 8 * 60, 12 * 60, FALSE, "Away, as of 7:10");
  rcp_busy_times_clear (times);
  assert_stop (model, 1, 9 * 60 + 15, 9 * 60 + 15, 9 * 60 + 30, TRUE, NULL);
  g_signal_handlers_disconnect_by_func (model, count_change, &n_changes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/board-model/lanes-by-hand", test_lanes_by_hand);
  g_test_add_func ("/ui/board-model/lanes-never-cover", test_lanes_never_cover);
  g_test_add_func ("/ui/board-model/stops-are-visits-and-free-time", test_stops_are_visits_and_free_time);
  g_test_add_func ("/ui/board-model/every-visit-finds-its-column", test_every_visit_finds_its_column);
  g_test_add_func ("/ui/board-model/a-visit-without-a-column-is-counted", test_a_visit_without_a_column_is_counted);
  g_test_add_func ("/ui/board-model/a-set-hides-columns", test_a_set_hides_columns);
  g_test_add_func ("/ui/board-model/new-patients-are-known-by-type", test_new_patients_are_known_by_type);
  g_test_add_func ("/ui/board-model/rooms-are-columns", test_rooms_are_columns);
  g_test_add_func ("/ui/board-model/turning-the-page", test_turning_the_page);
  g_test_add_func ("/ui/board-model/hours-show-everything", test_hours_show_everything);
  g_test_add_func ("/ui/board-model/days-of-23-and-25-hours", test_days_of_23_and_25_hours);
  g_test_add_func ("/ui/board-model/closed-is-said-only-when-known", test_closed_is_said_only_when_known);
  g_test_add_func ("/ui/board-model/frozen-tells-once", test_frozen_tells_once);
  g_test_add_func ("/ui/board-model/now-moves-with-the-clock", test_now_moves_with_the_clock);
  g_test_add_func ("/ui/board-model/blocks-are-stops", test_blocks_are_stops);
  g_test_add_func ("/ui/board-model/busy-time", test_busy_time);
  return g_test_run ();
}
