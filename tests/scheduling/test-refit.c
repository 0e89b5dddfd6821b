/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-refit-hours.c, rcp-refit-visits.c, rcp-refit-tasks.c and rcp-refit-list.c on a real record: slots follow
 * changed hours, also beside desks that book and after a power cut, and visits that fit no more become work to do. */
#include "setup-fixture.h"

#include "clinic/rcp-codes.h"
#include "scheduling/rcp-setup-private.h"

#define MINUTES(hour) ((hour) * 60)

static RcpVisit *
book (DeskFixture *desk, guint patient, guint provider, guint day, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, provider, day, minute, 1);
  g_autoptr (GError) error = NULL;
  RcpVisit *visit = desk_fixture_book (desk, NULL, patient, offer, &error);

  g_assert_no_error (error);
  return visit;
}

/* Monday to Friday, in place of 9-12 and 13-17. */
static RcpRefitReport
set_hours (DeskFixture *desk, guint provider, const char *hours)
{
  g_autofree char *person = setup_dup_person (desk, provider);
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);

  setup_set_hours (draft, setup_get_place (desk, provider), hours);
  return setup_change (desk, RCP_SETUP_PROVIDER, person, draft, "form");
}

static guint
count_refits (DeskFixture *desk)
{
  g_autoptr (GPtrArray) refits = setup_list_refits (desk);

  return refits->len;
}

static const char *
get_schedule (DeskFixture *desk, guint provider)
{
  return rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, provider));
}

static void
keep_first (DeskFixture *desk)
{
  g_autoptr (GPtrArray) refits = setup_list_refits (desk);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_refit_keep_async (desk->client, desk->clock, refits->pdata[0], NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  rcp_refit_keep_finish (result, &error);
  g_assert_no_error (error);
}

static void
test_shorter_hours (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 5);
  g_autoptr (RcpVisit) fits = book (desk, 0, 0, 0, MINUTES (9));
  g_autoptr (RcpVisit) late = book (desk, 1, 0, 0, MINUTES (16));
  g_autoptr (RcpVisit) later = book (desk, 2, 0, 1, MINUTES (16));
  g_autoptr (RcpVisit) other = book (desk, 3, 1, 1, MINUTES (16));
  g_autoptr (GPtrArray) refits = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;
  RcpRefitReport report = set_hours (desk, 0, "8-12, 13-15");

  /* Of eight slots after 15:00 on five days two are taken; from 8 to 9 there are four new ones each day. */
  g_assert_cmpuint (report.n_schedules, ==, 1);
  g_assert_cmpuint (report.n_removed, ==, 5 * 8 - 2);
  g_assert_cmpuint (report.n_added, ==, 5 * 4);
  g_assert_cmpuint (report.n_visits, ==, 2);
  g_assert_cmpuint (setup_count_outside (desk, desk_fixture_get_provider (desk, 0), RCP_SLOT_FREE), ==, 0);
  g_assert_cmpuint (setup_count_outside (desk, desk_fixture_get_provider (desk, 0), RCP_SLOT_BUSY), ==, 2);
  g_assert_cmpuint (setup_count_slots (desk, get_schedule (desk, 0), NULL), ==, 5 * 24 + 2);
  g_assert_cmpuint (setup_count_slots (desk, get_schedule (desk, 1), NULL), ==, 5 * 28);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 4);

  refits = setup_list_refits (desk);
  g_assert_cmpuint (refits->len, ==, 2);
  g_assert_cmpstr (rcp_visit_get_id (((RcpRefit *)refits->pdata[0])->visit), ==, rcp_visit_get_id (late));
  g_assert_cmpstr (rcp_visit_get_patient_name (((RcpRefit *)refits->pdata[0])->visit), ==, "Patient001, Alex");
  g_assert_cmpstr (((RcpRefit *)refits->pdata[0])->why, ==, "Outside of the working hours");

  /* One is kept there, the other one cancelled; neither comes back. */
  keep_first (desk);
  g_assert_cmpuint (count_refits (desk), ==, 1);
  cancelled = desk_fixture_cancel (desk, NULL, later, "pat", NULL);
  g_assert_nonnull (cancelled);
  g_assert_cmpuint (count_refits (desk), ==, 0);
  report = set_hours (desk, 0, "8-12, 13-14:45");
  g_assert_cmpuint (report.n_visits, ==, 0);
  /* The slot that the cancelled visit gave back is gone with the others. */
  g_assert_cmpuint (setup_count_outside (desk, desk_fixture_get_provider (desk, 0), RCP_SLOT_FREE), ==, 0);
}

/* The desk that changed the hours was ahead in time. */
static void
test_clock_behind (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 5);
  g_autoptr (RcpVisit) late = book (desk, 1, 0, 0, MINUTES (16));

  set_hours (desk, 0, "8-12, 13-15");
  g_assert_cmpuint (count_refits (desk), ==, 1);
  rcp_clock_set_now (desk->clock, rcp_clock_get_now (desk->clock) - G_TIME_SPAN_HOUR);
  keep_first (desk);
  g_assert_cmpuint (count_refits (desk), ==, 0);
}

/* Moved, and when the old hours are back, it is all as it was. */
static void
test_there_and_back (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  g_autoptr (RcpVisit) first = book (desk, 0, 0, 0, MINUTES (16));
  g_autoptr (RcpVisit) second = book (desk, 1, 0, 1, MINUTES (16));
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (GError) error = NULL;
  RcpRefitReport report = set_hours (desk, 0, "9-12");

  g_assert_cmpuint (report.n_visits, ==, 2);
  offer = desk_fixture_make_offer (desk, 0, 0, MINUTES (11), 1);
  moved = desk_fixture_move (desk, NULL, first, offer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_refits (desk), ==, 1);
  report = set_hours (desk, 0, "9-12, 13-17");
  g_assert_cmpuint (report.n_visits, ==, 0);
  g_assert_cmpuint (count_refits (desk), ==, 0);
  g_assert_cmpuint (setup_count_slots (desk, get_schedule (desk, 0), NULL), ==, 5 * 28);
  g_assert_cmpuint (setup_count_slots (desk, get_schedule (desk, 0), "busy"), ==, 2);
  /* And away once more: what was ticked off because it fitted is work again. */
  report = set_hours (desk, 0, "9-12");
  g_assert_cmpuint (report.n_visits, ==, 1);
  g_assert_cmpuint (count_refits (desk), ==, 1);
}

static void
check_why (DeskFixture *desk, const char *why)
{
  g_autoptr (GPtrArray) refits = setup_list_refits (desk);

  g_assert_cmpuint (refits->len, ==, 1);
  g_assert_cmpstr (((RcpRefit *)refits->pdata[0])->why, ==, why);
}

static void
test_leave (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpVisit) visit = book (desk, 0, 0, 1, MINUTES (9));
  g_autofree char *person = setup_dup_person (desk, 0);
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);

  rcp_draft_set (draft, RCP_KEY_LEAVE, "2026-11-24/2026-11-25 Ill");
  setup_change (desk, RCP_SETUP_PROVIDER, person, draft, "form");
  g_assert_cmpuint (setup_count_slots (desk, get_schedule (desk, 0), "free"), ==, 3 * 28);
  check_why (desk, "The provider is away");
}

static void
test_closed (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 1);
  g_autoptr (RcpVisit) visit = book (desk, 0, 1, 1, MINUTES (9));
  g_autofree char *site = g_strconcat ("Location/", setup_get_place (desk, 0), NULL);
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_PLACE, site);
  RcpRefitReport report;

  rcp_draft_set (draft, RCP_KEY_CLOSED, "2026-11-24/2026-11-24 Town festival");
  report = setup_change (desk, RCP_SETUP_PLACE, site, draft, "form");
  g_assert_cmpuint (report.n_schedules, ==, 2);
  g_assert_cmpuint (setup_count_slots (desk, get_schedule (desk, 0), "free"), ==, 4 * 28);
  check_why (desk, "The place is closed");
}

static void
test_left (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 1);
  g_autoptr (RcpVisit) visit = book (desk, 0, 0, 1, MINUTES (9));
  g_autofree char *person = setup_dup_person (desk, 0);
  g_autofree char *schedule = g_strdup (get_schedule (desk, 0));
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);

  rcp_draft_set_flag (draft, RCP_KEY_ACTIVE, FALSE);
  setup_change (desk, RCP_SETUP_PROVIDER, person, draft, "form");
  g_assert_null (rcp_roster_find_provider (desk->roster, schedule));
  g_assert_cmpuint (setup_count_slots (desk, schedule, "free"), ==, 0);
  g_assert_cmpuint (setup_count_slots (desk, schedule, "busy"), ==, 1);
  check_why (desk, "Nobody works there any more");
}

/* Time that somebody blocked is not the publisher's to free. */
static void
test_blocked_stays (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, MINUTES (16), 1);
  g_autofree char *reference = g_strconcat ("Slot/", rcp_offer_get_slots (offer, NULL)->id, NULL);
  g_autoptr (FhirResource) slot = desk_fixture_read (desk, reference);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (slot);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  json_object_set_string_member (json, "status", "busy-unavailable");
  fhir_client_update_async (desk->client, json, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_object_unref (fhir_client_update_finish (desk->client, result, NULL));
  set_hours (desk, 0, "9-12");
  set_hours (desk, 0, "9-12, 13-17");
  g_assert_cmpuint (setup_count_slots (desk, get_schedule (desk, 0), "busy-unavailable"), ==, 1);
  g_assert_cmpuint (setup_count_slots (desk, get_schedule (desk, 0), NULL), ==, 5 * 28);
}

static gboolean
run_refit (DeskFixture *desk, GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_refit_hours_async (desk->client, desk->roster, desk->clock, DESK_DAYS, cancellable, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_refit_hours_finish (result, NULL, &error);
}

static gboolean
on_kill_time_cb (gpointer user_data)
{
  DeskFixture *desk = user_data;

  practice_fixture_kill (desk->practice);
  practice_fixture_start (desk->practice);
  return G_SOURCE_REMOVE;
}

static gboolean
on_stop_time_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* Stopped or killed wherever it stands: the record says that there is more to do until it is done. */
static void
test_interrupted (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (6, 8);
  guint n_interrupted = 0;

  for (guint i = 0; i < 6; i++)
    g_object_unref (book (desk, i, i, i % 5, MINUTES (16)));
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *person = setup_dup_person (desk, i);
      g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);

      setup_set_hours (draft, setup_get_place (desk, i), "7-12");
      g_assert_true (setup_save (desk, NULL, RCP_SETUP_PROVIDER, person, draft, "form", NULL));
    }
  setup_reload (desk);
  g_assert_true (rcp_refit_is_needed (desk->roster));
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      guint id = i % 2 == 0 ? g_timeout_add (20 + 15 * i, on_stop_time_cb, cancellable)
                            : g_timeout_add (20 + 15 * i, on_kill_time_cb, desk);

      n_interrupted += !run_refit (desk, cancellable);
      if (g_main_context_find_source_by_id (NULL, id) != NULL)
        g_source_remove (id);
      setup_reload (desk);
    }
  g_test_message ("%u of 4 tries were interrupted", n_interrupted);
  g_assert_cmpuint (n_interrupted, >, 0);
  setup_refit (desk);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpuint (setup_count_outside (desk, desk_fixture_get_provider (desk, i), RCP_SLOT_FREE), ==, 0);
      g_assert_cmpuint (setup_count_slots (desk, get_schedule (desk, i), NULL), ==, 5 * 20 - 4 + 1); /* seven to eight is over today */
    }
  g_assert_cmpuint (count_refits (desk), ==, 6);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, 6);
}

/* Two desks book on every second slot while a third takes the afternoons away and gives them back. */
typedef struct
{
  DeskFixture *desk;
  FhirClient *clients[2];
  GArray *slots;
  RcpProvider *provider;
  guint next;
  guint n_booked;
  guint n_refused;
  guint n_under_way;
} Bookings;

static void book_next (Bookings *self, FhirClient *client);

static void
on_booked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bookings *self = user_data;
  g_autoptr (RcpBookVisit) book = RCP_BOOK_VISIT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_book_visit_run_finish (book, result, &error);

  self->n_under_way--;
  if (visit != NULL)
    self->n_booked++;
  else
    self->n_refused++;
  book_next (self, self->clients[self->n_booked % 2]);
}

static void
book_next (Bookings *self, FhirClient *client)
{
  g_autoptr (RcpOffer) offer = NULL;

  if (self->next >= self->slots->len)
    return;
  offer = rcp_offer_new (self->provider, &g_array_index (self->slots, RcpSlot, self->next), 1);
  self->next += 2;
  self->n_under_way++;
  rcp_book_visit_run_async (rcp_book_visit_new (client, self->desk->clock, desk_fixture_get_patient (self->desk, self->next / 2),
                                                offer, NULL, RCP_URGENCY_ROUTINE, NULL),
                            NULL, on_booked_cb, self);
}

static void
test_race (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 80);
  g_autoptr (FhirBundle) bundle = desk_fixture_search (desk, "Slot", NULL);
  g_autoptr (RcpRoster) roster = g_object_ref (desk->roster);
  Bookings bookings = { .desk = desk };
  guint n_outside;

  bookings.slots = rcp_slots_from_bundle (bundle);
  bookings.provider = g_object_ref (desk_fixture_get_provider (desk, 0));
  for (guint i = 0; i < 2; i++)
    {
      bookings.clients[i] = practice_fixture_create_client (desk->practice);
      book_next (&bookings, bookings.clients[i]);
    }
  while (bookings.next < bookings.slots->len)
    {
      set_hours (desk, 0, "9-12");
      set_hours (desk, 0, "9-12, 13-16:30");
    }
  while (bookings.n_under_way > 0)
    g_main_context_iteration (NULL, TRUE);
  set_hours (desk, 0, "9-12");
  g_test_message ("%u booked, %u too late", bookings.n_booked, bookings.n_refused);
  g_assert_cmpuint (bookings.n_booked, >, 0);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, bookings.n_booked);
  n_outside = setup_count_outside (desk, desk_fixture_get_provider (desk, 0), RCP_SLOT_BUSY);
  g_assert_cmpuint (setup_count_outside (desk, desk_fixture_get_provider (desk, 0), RCP_SLOT_FREE), ==, 0);
  g_assert_cmpuint (count_refits (desk), ==, n_outside);
  for (guint i = 0; i < 2; i++)
    g_object_unref (bookings.clients[i]);
  g_object_unref (bookings.provider);
  g_array_unref (bookings.slots);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/refit/shorter-hours", test_shorter_hours);
  g_test_add_func ("/scheduling/refit/there-and-back", test_there_and_back);
  g_test_add_func ("/scheduling/refit/clock-behind", test_clock_behind);
  g_test_add_func ("/scheduling/refit/leave", test_leave);
  g_test_add_func ("/scheduling/refit/closed", test_closed);
  g_test_add_func ("/scheduling/refit/left", test_left);
  g_test_add_func ("/scheduling/refit/blocked-stays", test_blocked_stays);
  g_test_add_func ("/scheduling/refit/interrupted", test_interrupted);
  g_test_add_func ("/scheduling/refit/race", test_race);
  return g_test_run ();
}
