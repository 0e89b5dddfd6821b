/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rooms and devices that visits take along, against a real record: drives rcp-rooms.c, rcp-take-room.c, rcp-visit-take.c and what finding,
 * booking, moving, cancelling, repeating and publishing do with them. */
#include "setup-fixture.h"

#include "clinic/rcp-codes.h"
#include "fault-proxy.h"
#include "scheduling/rcp-find-places.h"
#include "scheduling/rcp-rooms.h"
#include "scheduling/rcp-series.h"
#include "scheduling/rcp-undo.h"
#include "scheduling/rcp-wait-list.h"

#include <string.h>

#define NINE (9 * 60)
#define TYPE "annual-check"

/* A clinic where a check needs one of @n_rooms rooms. */
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

static RcpOffer *
make_offer (DeskFixture *desk, guint provider, guint day, guint minute)
{
  RcpOffer *offer = desk_fixture_make_offer (desk, provider, day, minute, 2);

  rcp_rooms_require (offer, desk->roster, TYPE);
  return offer;
}

static RcpVisit *
book (DeskFixture *desk, guint patient, guint provider, guint minute, GError **error)
{
  g_autoptr (RcpOffer) offer = make_offer (desk, provider, 1, minute);

  return desk_fixture_book (desk, NULL, patient, offer, error);
}

static guint
count_busy (DeskFixture *desk, guint room)
{
  return setup_count_slots (desk, rcp_room_get_schedule_id (setup_get_room (desk, room)), "busy");
}

/* The horizon moves on for rooms as for providers; a hole is filled. */
static void
test_publish (void)
{
  g_autoptr (DeskFixture) desk = make_desk (2, 2);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  guint n_published = 0;

  g_assert_cmpuint (setup_count_slots (desk, rcp_room_get_schedule_id (setup_get_room (desk, 1)), "free"), ==, 5 * 28);
  rcp_clock_set_now (desk->clock, DESK_NOW + G_TIME_SPAN_DAY);
  rcp_publish_hours_async (desk->client, desk->roster, desk->clock, 15, DESK_DAYS, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_assert_true (rcp_publish_hours_finish (result, &n_published, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_published, ==, 4 * 28);
  g_assert_cmpuint (setup_count_slots (desk, rcp_room_get_schedule_id (setup_get_room (desk, 1)), "free"), ==, 6 * 28);
}

/* Somebody works longer at the site: so is the room open. */
static void
test_longer_hours (void)
{
  g_autoptr (DeskFixture) desk = make_desk (1, 1);
  g_autofree char *person = setup_dup_person (desk, 0);
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);

  setup_set_hours (draft, setup_get_place (desk, 0), "10-12, 13-18");
  setup_change (desk, RCP_SETUP_PROVIDER, person, draft, "form-hours");
  g_assert_cmpuint (setup_count_outside (desk, desk_fixture_get_provider (desk, 0), RCP_SLOT_FREE), ==, 0);
  g_assert_cmpuint (setup_count_slots (desk, rcp_room_get_schedule_id (setup_get_room (desk, 0)), "free"), ==,
                    setup_count_slots (desk, rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 0)), "free"));
}

static void
test_one_room (void)
{
  g_autoptr (DeskFixture) desk = make_desk (2, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = book (desk, 0, 0, NINE, &error);
  g_autoptr (RcpVisit) refused = book (desk, 1, 1, NINE + 15, &error);
  g_autoptr (RcpOffer) eleven = make_offer (desk, 0, 1, NINE + 120);
  g_autoptr (RcpVisit) second = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;

  setup_assert_in_room (desk, first, 0);
  g_assert_cmpuint (g_strv_length ((GStrv)rcp_visit_get_slot_ids (first)), ==, 4);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "Room 1 is taken by a visit of Patient000"));
  g_assert_nonnull (strstr (error->message, "(9:00)"));
  g_clear_error (&error);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);

  /* Who goes takes the room along. */
  moved = desk_fixture_move (desk, NULL, first, eleven, &error);
  g_assert_no_error (error);
  setup_assert_in_room (desk, moved, 0);
  g_assert_cmpuint (count_busy (desk, 0), ==, 2);
  second = book (desk, 1, 1, NINE + 15, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
  cancelled = desk_fixture_cancel (desk, NULL, moved, "pat", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_busy (desk, 0), ==, 2);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

/* A move of a quarter of an hour within the room takes what it has already, and no other room. */
static void
test_own_room (void)
{
  g_autoptr (DeskFixture) desk = make_desk (2, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = book (desk, 0, 0, NINE, &error);
  g_autoptr (RcpVisit) second = book (desk, 1, 1, NINE, &error);
  g_autoptr (RcpOffer) later = make_offer (desk, 1, 1, NINE + 15);
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (RcpVisit) gone = NULL;

  g_assert_no_error (error);
  setup_assert_in_room (desk, first, 0);
  setup_assert_in_room (desk, second, 1);
  gone = desk_fixture_cancel (desk, NULL, first, "pat", &error);
  moved = desk_fixture_move (desk, NULL, second, later, &error);
  g_assert_no_error (error);
  setup_assert_in_room (desk, moved, 1);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
  g_assert_cmpuint (count_busy (desk, 0), ==, 0);
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

static void
test_undo (void)
{
  g_autoptr (DeskFixture) desk = make_desk (1, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = book (desk, 0, 0, NINE, &error);
  g_autoptr (RcpOffer) eleven = make_offer (desk, 0, 1, NINE + 120);
  g_autoptr (RcpVisitOperation) move
      = RCP_VISIT_OPERATION (rcp_move_visit_new (desk->client, desk->clock, first, eleven));
  g_autoptr (RcpVisit) moved = run (g_object_ref (move), &error);
  g_autoptr (RcpVisit) back = NULL;

  g_assert_no_error (error);
  setup_assert_in_room (desk, moved, 0);
  back = run (rcp_undo_new (move, desk->roster, RCP_UNDO_GRACE), &error);
  g_assert_no_error (error);
  setup_assert_in_room (desk, back, 0);
  g_assert_true (rcp_visit_get_range (back).start == rcp_visit_get_range (first).start);
  g_assert_cmpuint (count_busy (desk, 0), ==, 2);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
}

/* Where @visit could be, if it had to go: (transfer full). */
static GPtrArray *
find_places (DeskFixture *desk, RcpVisit *visit)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new (), wishes = g_ptr_array_new ();
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  wish->visit_type = g_strdup (TYPE);
  wish->duration = 30;
  wish->not_before = desk->now;
  rcp_time_get_day (rcp_visit_get_range (visit).start, rcp_roster_get_zone (desk->roster), &wish->from);
  g_ptr_array_add (visits, visit);
  g_ptr_array_add (wishes, wish);
  rcp_find_places_async (desk->client, desk->roster, visits, wishes, 1, 100, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  found = rcp_find_places_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  return g_ptr_array_ref (found->pdata[0]);
}

static gboolean
has_offer_at (GPtrArray *offers, gint64 start)
{
  for (guint i = 0; i < offers->len; i++)
    if (rcp_offer_get_range (offers->pdata[i]).start == start)
      {
        g_assert_cmpuint (rcp_offer_get_rooms (offers->pdata[i])->len, ==, 1);
        return TRUE;
      }
  return FALSE;
}

/* A visit that has the only room: its own time there is free for it, with somebody else; for another it is not. */
static void
test_own_time (void)
{
  g_autoptr (DeskFixture) desk = make_desk (2, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = book (desk, 0, 0, NINE, &error);
  g_autoptr (RcpVisit) second = book (desk, 1, 0, NINE + 60, &error);
  g_autoptr (GPtrArray) of_first = find_places (desk, first), of_second = find_places (desk, second);
  gint64 nine = rcp_visit_get_range (first).start, ten = rcp_visit_get_range (second).start;

  g_assert_no_error (error);
  g_assert_true (has_offer_at (of_first, nine));
  g_assert_false (has_offer_at (of_first, ten));
  g_assert_true (has_offer_at (of_second, ten));
  g_assert_false (has_offer_at (of_second, nine));
}

/* Beside others on purpose: a free room before all, else the first, whose slots stay the other visit's. */
static void
test_overbook (void)
{
  g_autoptr (DeskFixture) desk = make_desk (3, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = book (desk, 0, 0, NINE, &error);
  g_autoptr (RcpOffer) nine = make_offer (desk, 1, 1, NINE);
  RcpBookVisit *beside = rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, 1), nine,
                                             rcp_roster_find_visit_type (desk->roster, TYPE), RCP_URGENCY_ROUTINE, NULL);
  g_autoptr (RcpVisit) second = NULL;

  rcp_book_visit_set_overbook (beside, "They share the room");
  second = run (beside, &error);
  g_assert_no_error (error);
  setup_assert_in_room (desk, second, 0);
  g_assert_cmpuint (g_strv_length ((GStrv)rcp_visit_get_slot_ids (second)), ==, 2);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
}

static void
test_nothing_fits (void)
{
  g_autoptr (DeskFixture) desk = make_desk (1, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) refused = book (desk, 0, 0, NINE, &error);

  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "no room or device"));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 0);
}

/* The check needs no room any more: then the room, which has no hours now, is no reason to move the visit. */
static void
test_need_is_given_up (void)
{
  g_autoptr (DeskFixture) desk = make_desk (1, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = book (desk, 0, 0, NINE, &error);
  g_autoptr (GPtrArray) works = NULL;

  g_assert_no_error (error);
  setup_assert_in_room (desk, visit, 0);
  setup_set_needs (desk, TYPE, "");
  setup_refit (desk);
  g_assert_cmpuint (setup_count_slots (desk, rcp_room_get_schedule_id (setup_get_room (desk, 0)), "free"), ==, 0);
  works = setup_list_refits (desk);
  g_assert_cmpuint (works->len, ==, 0);
}

static RcpOffers *
find (DeskFixture *desk, guint provider, guint limit)
{
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpOffers *offers;

  wish->visit_type = g_strdup (TYPE);
  wish->duration = 30;
  wish->time_of_day = RCP_TIME_OF_DAY_MORNING;
  wish->schedule_id = g_strdup (rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, provider)));
  g_date_set_dmy (&wish->from, 24, G_DATE_NOVEMBER, 2026);
  wish->urgency = RCP_URGENCY_EMERGENCY;
  rcp_find_openings_async (desk->client, desk->roster, wish, limit, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  offers = rcp_find_openings_finish (result, &error);
  g_assert_no_error (error);
  return offers;
}

/* Tuesday morning has one free hour of the room: nothing else is offered, also to who is free all day. */
static void
test_openings (void)
{
  static const guint minutes[] = { NINE, NINE + 30, NINE + 90, NINE + 150 };
  g_autoptr (DeskFixture) desk = make_desk (2, 1);
  g_autoptr (RcpOffers) offers = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_autoptr (RcpVisit) visit = book (desk, i, 0, minutes[i], &error);

      g_assert_no_error (error);
    }
  /* Free are 10:00 to 10:30 and 11:00 to 11:30. */
  offers = find (desk, 1, 20);
  g_assert_cmpuint (rcp_offers_get_n_meeting (offers), ==, 2);
  offer = g_list_model_get_item (G_LIST_MODEL (offers), 0);
  g_assert_cmpint (rcp_time_get_minute (rcp_offer_get_range (offer).start,
                                        rcp_provider_get_zone (rcp_offer_get_provider (offer))),
                   ==, NINE + 60);
  g_assert_cmpstr (rcp_offer_get_needs (offer), ==, RCP_NEEDS_ROOM);
  g_assert_cmpuint (rcp_offer_get_rooms (offer)->len, ==, 1);
}

/* Who points at a room wants that one: what is free in another is no opening. */
static void
test_openings_in_one_room (void)
{
  g_autoptr (DeskFixture) desk = make_desk (2, 2);
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (RcpWish) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) in_first = book (desk, 0, 0, NINE, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpOffers) offers = NULL;
  GAsyncResult *kept = NULL;
  RcpRoom *taken;

  g_assert_no_error (error);
  taken = rcp_room_is_used_by (setup_get_room (desk, 0), in_first) ? setup_get_room (desk, 0) : setup_get_room (desk, 1);
  wish->visit_type = g_strdup (TYPE);
  wish->duration = 30;
  wish->schedule_id = g_strdup (rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 1)));
  wish->room_id = g_strdup (rcp_room_get_schedule_id (taken));
  g_date_set_dmy (&wish->from, 24, G_DATE_NOVEMBER, 2026);
  copy = rcp_wish_copy (wish);
  g_assert_cmpstr (copy->room_id, ==, wish->room_id);
  rcp_find_openings_async (desk->client, desk->roster, copy, 20, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  offers = rcp_find_openings_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rcp_offers_get_n_meeting (offers), >, 2);
  for (guint i = 0; i < rcp_offers_get_n_meeting (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (G_LIST_MODEL (offers), i);

      g_assert_false (rcp_time_range_overlaps (rcp_offer_get_range (offer), rcp_visit_get_range (in_first)));
      g_assert_cmpuint (rcp_offer_get_rooms (offer)->len, ==, 1);
      g_assert_true (rcp_offer_get_rooms (offer)->pdata[0] == taken);
    }
}

static void
test_openings_without_room (void)
{
  g_autoptr (DeskFixture) desk = make_desk (1, 0);
  g_autoptr (RcpOffers) offers = find (desk, 0, 20);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (offers)), ==, 0);
  g_assert_nonnull (strstr (rcp_offers_get_explanation (offers), "no room or device"));
}

static void
test_series (void)
{
  g_autoptr (DeskFixture) desk = make_desk (2, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) first = book (desk, 0, 0, NINE, &error);
  g_autoptr (RcpOffer) monday = make_offer (desk, 1, 0, NINE);
  RcpSeriesRule rule = { .first = rcp_offer_get_range (monday).start, .every = 1, .unit = RCP_SERIES_DAYS, .count = 3 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) dates = NULL;
  GAsyncResult *kept = NULL;
  RcpSeriesDate *tuesday;

  rcp_series_find_async (desk->client, desk->roster, desk_fixture_get_provider (desk, 1), TYPE, &rule, NULL, 30,
                         G_TIME_SPAN_HOUR, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  dates = rcp_series_find_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[0])->fit, ==, RCP_SERIES_FITS);
  tuesday = dates->pdata[1];
  g_assert_cmpint (tuesday->fit, ==, RCP_SERIES_SHIFTED);
  g_assert_true (rcp_offer_get_range (tuesday->offer).start == tuesday->wanted + 30 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[2])->fit, ==, RCP_SERIES_FITS);
  for (guint i = 0; i < dates->len; i++)
    {
      g_autoptr (RcpVisit) visit
          = desk_fixture_book (desk, NULL, 1, ((RcpSeriesDate *)dates->pdata[i])->offer, &error);

      g_assert_no_error (error);
      setup_assert_in_room (desk, visit, 0);
    }
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 4);
}

static void
test_wait_list (void)
{
  g_autoptr (DeskFixture) desk = make_desk (2, 1);
  g_autoptr (GError) error = NULL;
  RcpWaitWish wish = { .patient = desk_fixture_get_patient (desk, 3),
                       .visit_type = rcp_roster_find_visit_type (desk->roster, TYPE),
                       .duration = 30,
                       .period = { DESK_NOW, DESK_NOW + 7 * G_TIME_SPAN_DAY } };
  g_autoptr (RcpVisit) entry = run (rcp_join_wait_list_new (desk->client, desk->clock, &wish), &error);
  g_autoptr (RcpWaiting) waiting = rcp_waiting_new (entry, NULL);
  g_autoptr (RcpVisit) holder = book (desk, 0, 0, NINE, &error);
  g_autoptr (RcpOffer) nine = make_offer (desk, 1, 1, NINE);
  g_autoptr (RcpOffer) ten = make_offer (desk, 1, 1, NINE + 60);
  g_autoptr (RcpVisit) refused = NULL;
  g_autoptr (RcpVisit) booked = NULL;

  g_assert_no_error (error);
  refused = run (rcp_book_waiting_new (desk->client, desk->clock, waiting, nine), &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_clear_error (&error);
  booked = run (rcp_book_waiting_new (desk->client, desk->clock, waiting, ten), &error);
  g_assert_no_error (error);
  setup_assert_in_room (desk, booked, 0);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 2);
}

/* At the very moment of the booking another desk takes the room: the next one will do; of one room, nothing is kept. */
typedef struct
{
  DeskFixture *desk;
  guint provider;
} Rival;

static void
on_transaction_cb (gpointer user_data)
{
  Rival *rival = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = book (rival->desk, rival->provider, rival->provider, NINE, &error);

  g_assert_no_error (error);
}

static void
test_rival (gconstpointer data)
{
  guint n_rooms = GPOINTER_TO_UINT (data);
  g_autoptr (DeskFixture) desk = make_desk (2, n_rooms);
  g_autoptr (FaultProxy) proxy = fault_proxy_new (practice_fixture_get_folder (desk->practice),
                                                  practice_fixture_get_socket (desk->practice));
  g_autoptr (FhirClient) client = fhir_client_new_for_socket (fault_proxy_get_socket (proxy));
  g_autoptr (RcpOffer) offer = make_offer (desk, 0, 1, NINE);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  Rival rival = { desk, 1 };

  fault_proxy_set_hook (proxy, on_transaction_cb, &rival);
  visit = desk_fixture_book (desk, client, 0, offer, &error);
  if (n_rooms > 1)
    {
      g_assert_no_error (error);
      setup_assert_in_room (desk, visit, 1);
    }
  else
    {
      g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
      g_assert_nonnull (strstr (error->message, "Room 1"));
    }
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, n_rooms);
  g_clear_object (&client);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Many desks at once: at each time as many visits as rooms, no more and no fewer. */
#define N_DESKS 6

static void
test_race (gconstpointer data)
{
  guint n_rooms = GPOINTER_TO_UINT (data);
  g_autoptr (DeskFixture) desk = make_desk (N_DESKS, n_rooms);

  for (guint round = 0; round < 4; round++)
    {
      RcpBookVisit *books[N_DESKS];
      GAsyncResult *kept[N_DESKS] = { NULL };
      guint n_booked = 0;

      for (guint i = 0; i < N_DESKS; i++)
        {
          g_autoptr (RcpOffer) offer = make_offer (desk, i, 1, NINE + round * 30);

          books[i] = rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, i), offer,
                                         rcp_roster_find_visit_type (desk->roster, TYPE), RCP_URGENCY_ROUTINE, NULL);
        }
      for (guint i = 0; i < N_DESKS; i++)
        rcp_book_visit_run_async (books[i], NULL, desk_keep_result_cb, &kept[i]);
      for (guint i = 0; i < N_DESKS; i++)
        {
          g_autoptr (GAsyncResult) result = desk_wait (&kept[i]);
          g_autoptr (GError) error = NULL;
          g_autoptr (RcpVisit) visit = rcp_book_visit_run_finish (books[i], result, &error);

          n_booked += visit != NULL;
          if (visit == NULL)
            g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
          g_object_unref (books[i]);
        }
      g_assert_cmpuint (n_booked, ==, n_rooms);
      g_assert_cmpuint (desk_fixture_check_record (desk), ==, n_rooms * (round + 1));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/rooms/publish", test_publish);
  g_test_add_func ("/scheduling/rooms/longer-hours", test_longer_hours);
  g_test_add_func ("/scheduling/rooms/one-room", test_one_room);
  g_test_add_func ("/scheduling/rooms/own-room", test_own_room);
  g_test_add_func ("/scheduling/rooms/own-time", test_own_time);
  g_test_add_func ("/scheduling/rooms/undo", test_undo);
  g_test_add_func ("/scheduling/rooms/overbook", test_overbook);
  g_test_add_func ("/scheduling/rooms/nothing-fits", test_nothing_fits);
  g_test_add_func ("/scheduling/rooms/need-is-given-up", test_need_is_given_up);
  g_test_add_func ("/scheduling/rooms/openings", test_openings);
  g_test_add_func ("/scheduling/rooms/openings-in-one-room", test_openings_in_one_room);
  g_test_add_func ("/scheduling/rooms/openings-without-room", test_openings_without_room);
  g_test_add_func ("/scheduling/rooms/series", test_series);
  g_test_add_func ("/scheduling/rooms/wait-list", test_wait_list);
  g_test_add_data_func ("/scheduling/rooms/rival-one", GUINT_TO_POINTER (1), test_rival);
  g_test_add_data_func ("/scheduling/rooms/rival-two", GUINT_TO_POINTER (2), test_rival);
  g_test_add_data_func ("/scheduling/rooms/race-one", GUINT_TO_POINTER (1), test_race);
  g_test_add_data_func ("/scheduling/rooms/race-three", GUINT_TO_POINTER (3), test_race);
  return g_test_run ();
}
