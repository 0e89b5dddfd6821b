/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-job.h"

#include <string.h>

#include "await.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-day.h"
#include "clinic/rcp-patient-finder.h"
#include "desk-fixture.h"
#include "ui/rcp-desk.h"

#define N_PROVIDERS 2
#define N_PATIENTS 6
#define N_DAYS 4
#define SLOTS_PER_DAY 28
#define N_ROUNDS 5
#define TUESDAY 1
#define NINE (9 * 60)

/* One clinic for all tests of a server: founding it is the slow part. */
static ContractConnect connect_server;
static DeskFixture *shared;
static gboolean holds;

/* The clinic; NULL when the server cannot be had, and then the test was skipped. */
static DeskFixture *
get_desk (void)
{
  g_autoptr (FhirClient) client = NULL;
  g_autoptr (GError) error = NULL;

  client = connect_server ();
  if (client == NULL)
    return NULL;
  if (shared == NULL)
    {
      shared = desk_fixture_new_on (connect_server (), N_PROVIDERS, N_PATIENTS, N_DAYS);
      holds = await_verify_transactions (client, &error);
      g_assert_no_error (error);
    }
  return shared;
}

/* The same, where a desk may book at all. */
static DeskFixture *
get_booking_desk (void)
{
  DeskFixture *desk = get_desk ();

  if (desk == NULL || holds)
    return desk;
  g_test_message ("transactions of this server are not all or nothing, and the desk refuses to book");
  return NULL;
}

static guint
count_of (FhirBundle *bundle)
{
  g_autoptr (FhirBundle) owned = bundle;

  return fhir_bundle_get_matches (owned)->len;
}

/* What founding made is there once, in full, and refers to each other. */
static void
test_founds (void)
{
  DeskFixture *desk = get_desk ();
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (desk == NULL)
    return;
  g_assert_cmpstr (rcp_roster_get_clinic_name (desk->roster), ==, "Corner Clinic");
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_providers (desk->roster)), ==, N_PROVIDERS);
  g_assert_cmpstr (g_time_zone_get_identifier (rcp_roster_get_zone (desk->roster)), ==, "America/New_York");
  g_assert_nonnull (rcp_roster_find_visit_type (desk->roster, "annual-check"));
  for (guint i = 0; i < N_PROVIDERS; i++)
    {
      g_assert_nonnull (strstr (rcp_provider_get_name (desk_fixture_get_provider (desk, i)), "Provider"));
      g_assert_nonnull (rcp_provider_get_place (desk_fixture_get_provider (desk, i)));
    }
  g_assert_cmpuint (count_of (desk_fixture_search (desk, "Slot", "status", "free", NULL)), ==,
                    N_PROVIDERS * N_DAYS * SLOTS_PER_DAY);

  /* Founding and publishing once more make nothing twice. */
  rcp_found_clinic_async (desk->client, desk->clock, "Corner Clinic", "America/New_York", N_PROVIDERS, NULL,
                          desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_assert_true (rcp_found_clinic_finish (result, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_of (desk_fixture_search (desk, "Schedule", NULL)), ==, N_PROVIDERS);
  g_clear_object (&result);
  rcp_publish_hours_async (desk->client, desk->roster, desk->clock, 15, N_DAYS, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_assert_true (rcp_publish_hours_finish (result, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
}

static RcpDay *
load_day (DeskFixture *desk, guint days)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GDate date;
  RcpDay *day;

  rcp_time_get_day (DESK_NOW, rcp_roster_get_zone (desk->roster), &date);
  g_date_add_days (&date, days);
  day = rcp_day_new (desk->client, desk->roster, &date);
  rcp_day_load_async (day, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  rcp_day_load_finish (day, result, &error);
  g_assert_no_error (error);
  return day;
}

/* Whether the board of a day shows the visit, with its patient. */
static gboolean
is_on_board (DeskFixture *desk, guint days, RcpVisit *visit)
{
  g_autoptr (RcpDay) day = load_day (desk, days);
  RcpVisit *found = rcp_day_find_visit (day, rcp_visit_get_id (visit));

  if (found != NULL)
    g_assert_nonnull (rcp_visit_get_patient (found));
  return found != NULL;
}

static RcpOffers *
find_openings (DeskFixture *desk)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (GError) error = NULL;
  RcpOffers *offers;

  wish->not_before = DESK_NOW;
  wish->duration = 30;
  rcp_find_openings_async (desk->client, desk->roster, wish, 10, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  offers = rcp_find_openings_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rcp_offers_get_n_meeting (offers), ==, 10);
  return offers;
}

static GListModel *
find_patients (DeskFixture *desk, const char *text)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *found;

  rcp_patient_finder_find_async (desk->client, desk->clock, text, 10, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  found = rcp_patient_finder_find_finish (result, &error);
  g_assert_no_error (error);
  return found;
}

static void
assert_finds (DeskFixture *desk, const char *text, guint patient)
{
  g_autoptr (GListModel) found = find_patients (desk, text);
  g_autoptr (RcpFound) first = g_list_model_get_item (found, 0);

  g_assert_nonnull (first);
  g_assert_cmpstr (rcp_patient_get_id (rcp_found_get_patient (first)), ==,
                   rcp_patient_get_id (desk_fixture_get_patient (desk, patient)));
}

/* By the beginning of any name, whatever its case. */
static void
test_finds_patients (void)
{
  DeskFixture *desk = get_desk ();
  g_autoptr (GListModel) by_part = NULL;

  if (desk == NULL)
    return;
  assert_finds (desk, "patient003", 3);
  assert_finds (desk, "ALEX Patient004", 4);

  /* HAPI has to be configured for parts of names, and says 405: that is no error, only less to find. */
  by_part = find_patients (desk, "tient005");
  g_assert_cmpuint (g_list_model_get_n_items (by_part), <=, 1);
}

/* A visit of its first moment to its end, looked at on the board and in the record after each step: nobody may be shown
 * what was true a minute ago. */
static void
test_books_moves_cancels (void)
{
  DeskFixture *desk = get_booking_desk ();
  g_autoptr (RcpOffers) offers = NULL;
  g_autoptr (RcpOffers) later = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpOffer) elsewhere = NULL;
  g_autoptr (RcpOffer) next = NULL;
  g_autoptr (RcpVisit) visit = NULL, moved = NULL, stale = NULL, cancelled = NULL;
  g_autoptr (GError) error = NULL;

  if (desk == NULL)
    return;
  g_object_unref (load_day (desk, 0));
  offers = find_openings (desk);
  offer = g_list_model_get_item (G_LIST_MODEL (offers), 0);
  visit = desk_fixture_book (desk, NULL, 0, offer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (visit), ==, RCP_VISIT_BOOKED);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
  g_assert_true (is_on_board (desk, 0, visit));
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "active"), >=, 1);
  g_assert_cmpuint (count_of (desk_fixture_search (desk, "Provenance", NULL)), ==, 1);

  /* The same time is offered no more. */
  later = find_openings (desk);
  next = g_list_model_get_item (G_LIST_MODEL (later), 0);
  g_assert_false (rcp_offer_get_provider (next) == rcp_offer_get_provider (offer)
                  && rcp_offer_get_range (next).start == rcp_offer_get_range (offer).start);

  elsewhere = desk_fixture_make_offer (desk, 1, TUESDAY, NINE, 2);
  moved = desk_fixture_move (desk, NULL, visit, elsewhere, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_id (moved), ==, rcp_visit_get_id (visit));
  g_assert_cmpint (rcp_visit_get_range (moved).start, ==, rcp_offer_get_range (elsewhere).start);
  g_assert_false (is_on_board (desk, 0, moved));
  g_assert_true (is_on_board (desk, TUESDAY, moved));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "revoked"), >=, 1);

  /* Another desk still shows the visit as it was. */
  stale = desk_fixture_cancel (desk, NULL, visit, "pat", &error);
  g_assert_null (stale);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED);
  g_clear_error (&error);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);

  cancelled = desk_fixture_cancel (desk, NULL, moved, "pat", &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (cancelled), ==, RCP_VISIT_CANCELLED);
  g_assert_false (is_on_board (desk, TUESDAY, cancelled));
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 0);
  g_assert_cmpuint (desk_fixture_count_status (desk, "CommunicationRequest", "active"), ==, 0);
}

/* Somebody was faster: it says so, and who has the time. */
static void
test_taken (void)
{
  DeskFixture *desk = get_booking_desk ();
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpVisit) visit = NULL, second = NULL, cancelled = NULL;
  g_autoptr (GError) error = NULL;

  if (desk == NULL)
    return;
  offer = desk_fixture_make_offer (desk, 0, TUESDAY, NINE, 2);
  visit = desk_fixture_book (desk, NULL, 1, offer, &error);
  g_assert_no_error (error);
  second = desk_fixture_book (desk, NULL, 2, offer, &error);
  g_assert_null (second);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "Patient001"));
  g_clear_error (&error);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 1);
  cancelled = desk_fixture_cancel (desk, NULL, visit, "pat", &error);
  g_assert_no_error (error);
}

/* Two desks press the button for the same time at once; returns the visit of the one that has it. */
static RcpVisit *
race (DeskFixture *desk, FhirClient *const clients[2], RcpOffer *offer)
{
  RcpBookVisit *books[2];
  GAsyncResult *results[2] = { NULL };
  RcpVisit *won = NULL;

  for (guint i = 0; i < 2; i++)
    {
      books[i] = rcp_book_visit_new (clients[i], desk->clock, desk_fixture_get_patient (desk, i), offer, NULL,
                                     RCP_URGENCY_ROUTINE, NULL);
      rcp_book_visit_run_async (books[i], NULL, desk_keep_result_cb, &results[i]);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = desk_wait (&results[i]);
      g_autoptr (GError) error = NULL;
      RcpVisit *visit = rcp_book_visit_run_finish (books[i], result, &error);

      g_object_unref (books[i]);
      if (visit == NULL)
        {
          g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
          continue;
        }
      g_assert_null (won);
      won = visit;
    }
  g_assert_nonnull (won);
  return won;
}

static void
test_races (void)
{
  DeskFixture *desk = get_booking_desk ();
  FhirClient *clients[2];
  guint n_before;

  if (desk == NULL)
    return;
  clients[0] = connect_server ();
  clients[1] = connect_server ();
  n_before = desk_fixture_check_record (desk);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, TUESDAY, NINE + 30 * i, 2);

      g_object_unref (race (desk, clients, offer));
      g_assert_cmpuint (desk_fixture_check_record (desk), ==, n_before + i + 1);
    }
  g_object_unref (clients[0]);
  g_object_unref (clients[1]);
}

/* Lets go of a session, and of what it does in the background. */
static void
close_session (RcpDesk *session)
{
  gpointer gone = session;

  g_object_add_weak_pointer (G_OBJECT (session), &gone);
  g_object_run_dispose (G_OBJECT (session));
  g_object_unref (session);
  while (gone != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* The window's session opens the server, finds out by itself whether bookings are safe there, and else says so at the
 * first one and changes nothing. */
static RcpDesk *
open_session (DeskFixture *desk)
{
  g_autoptr (FhirClient) client = connect_server ();
  RcpDesk *session = rcp_desk_new (desk->clock);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_desk_open_async (session, client, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  rcp_desk_open_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_desk_get_state (session), ==, RCP_DESK_READY);
  return session;
}

static void
test_session_notices (void)
{
  DeskFixture *desk = get_desk ();
  RcpDesk *session;
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  guint n_before;

  if (desk == NULL)
    return;
  session = open_session (desk);
  n_before = desk_fixture_check_record (desk);
  offer = desk_fixture_make_offer (desk, 1, TUESDAY, 16 * 60, 2);
  visit = desk_fixture_book (desk, rcp_desk_get_client (session), 5, offer, &error);
  if (holds)
    {
      g_assert_no_error (error);
      g_assert_nonnull (visit);
    }
  else
    {
      g_assert_null (visit);
      g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_NOT_ATOMIC);
      g_test_message ("the desk says: %s", error->message);
      g_assert_nonnull (strstr (error->message, "not booked"));
    }
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, n_before + (holds ? 1 : 0));
  /* What it tried the server with is gone. */
  g_assert_cmpuint (count_of (desk_fixture_search (desk, "Basic", NULL)), ==, 0);
  close_session (session);
}

void
desk_job_add (const char *prefix, ContractConnect connect)
{
  static const struct
  {
    const char *name;
    void (*run) (void);
  } tests[] = {
    { "founds", test_founds },
    { "finds-patients", test_finds_patients },
    { "books-moves-cancels", test_books_moves_cancels },
    { "taken", test_taken },
    { "races", test_races },
    { "session-notices", test_session_notices },
  };

  connect_server = connect;
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/", prefix, "/desk-", tests[i].name, NULL);

      g_test_add_func (path, tests[i].run);
    }
}

void
desk_job_end (void)
{
  g_clear_pointer (&shared, desk_fixture_free);
}
