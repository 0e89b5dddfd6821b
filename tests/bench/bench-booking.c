/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Publishing hours, finding openings and booking at a real record that syncs to the disk. */
#include "bench.h"
#include "desk-fixture.h"

#define N_PROVIDERS 12
#define N_DAYS 90
#define N_BOOKINGS 300
#define N_CLIENTS 16
#define N_CONCURRENT 600

static RcpOffers *
find (DeskFixture *desk, const RcpWish *wish)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RcpOffers *offers;

  rcp_find_openings_async (desk->client, desk->roster, wish, 20, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  offers = rcp_find_openings_finish (result, &error);
  g_assert_no_error (error);
  return offers;
}

static void
measure_find (DeskFixture *desk, const char *name, RcpTimeOfDay time_of_day, guint n_runs)
{
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  Bench bench;

  bench_init (&bench);
  wish->not_before = DESK_NOW;
  wish->duration = 30;
  wish->time_of_day = time_of_day;
  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (RcpOffers) offers = NULL;

      bench_start (&bench);
      offers = find (desk, wish);
      bench_stop (&bench);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (offers)), >, 0);
    }
  bench_report (name, bench_get (&bench, 0.5), "ms");
  bench_clear (&bench);
}

/* Slot after slot, each with the provider whose it is. */
static RcpOffer *
take_offer (DeskFixture *desk, GArray *slots, guint index)
{
  const RcpSlot *slot = &g_array_index (slots, RcpSlot, index);

  return rcp_offer_new (rcp_roster_find_provider (desk->roster, slot->schedule_id), slot, 1);
}

static void
measure_one_by_one (DeskFixture *desk, GArray *slots)
{
  Bench bench;

  bench_init (&bench);
  for (guint i = 0; i < N_BOOKINGS; i++)
    {
      g_autoptr (RcpOffer) offer = take_offer (desk, slots, i);
      g_autoptr (RcpVisit) visit = NULL;
      g_autoptr (GError) error = NULL;

      bench_start (&bench);
      visit = desk_fixture_book (desk, NULL, i, offer, &error);
      bench_stop (&bench);
      g_assert_no_error (error);
    }
  bench_report ("booking-p50", bench_get (&bench, 0.5), "ms");
  bench_report ("booking-p99", bench_get (&bench, 0.99), "ms");
  bench_clear (&bench);
}

typedef struct
{
  DeskFixture *desk;
  FhirClient *clients[N_CLIENTS];
  GArray *slots;
  guint n_started;
  guint n_done;
} Rush;

static void book_next (Rush *self, guint client);

static void
on_booked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Rush *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_book_visit_run_finish (RCP_BOOK_VISIT (source), result, &error);

  g_assert_no_error (error);
  self->n_done++;
  book_next (self, self->n_started % N_CLIENTS);
}

static void
book_next (Rush *self, guint client)
{
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpBookVisit) book = NULL;

  if (self->n_started == N_CONCURRENT)
    return;
  offer = take_offer (self->desk, self->slots, N_BOOKINGS + self->n_started++);
  book = rcp_book_visit_new (self->clients[client], self->desk->clock,
                             desk_fixture_get_patient (self->desk, self->n_started), offer, NULL, RCP_URGENCY_ROUTINE,
                             NULL);
  rcp_book_visit_run_async (book, NULL, on_booked_cb, self);
}

static void
measure_rush (DeskFixture *desk, GArray *slots)
{
  Rush rush = { .desk = desk, .slots = slots };
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < N_CLIENTS; i++)
    rush.clients[i] = practice_fixture_create_client (desk->practice);
  for (guint i = 0; i < N_CLIENTS; i++)
    book_next (&rush, i);
  while (rush.n_done < N_CONCURRENT)
    g_main_context_iteration (NULL, TRUE);
  bench_report ("bookings-16-clients", N_CONCURRENT / ((double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC),
                "1/s");
  for (guint i = 0; i < N_CLIENTS; i++)
    g_object_unref (rush.clients[i]);
}

int
main (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (DeskFixture) desk = desk_fixture_new_for_days (N_PROVIDERS, 64, N_DAYS);
  double seconds = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_autoptr (FhirBundle) bundle = desk_fixture_search (desk, "Slot", NULL);
  g_autoptr (GArray) slots = rcp_slots_from_bundle (bundle);

  bench_report ("publish-hours", slots->len / seconds, "slots/s");
  measure_find (desk, "find-openings", RCP_TIME_OF_DAY_ANY, 20);
  /* Nobody works in the evening: all 90 days are read, and then what is near. */
  measure_find (desk, "find-openings-none", RCP_TIME_OF_DAY_EVENING, 3);
  measure_one_by_one (desk, slots);
  measure_rush (desk, slots);
  g_assert_cmpuint (desk_fixture_check_record (desk), ==, N_BOOKINGS + N_CONCURRENT);
  return 0;
}
