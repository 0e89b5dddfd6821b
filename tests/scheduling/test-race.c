/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 64 desks make 10,000 attempts on 1,000 slots while the server is killed and restarted ten times. */
#include "desk-fixture.h"

#define N_CLIENTS 16
#define N_TASKS 64
#define N_ATTEMPTS 10000
#define N_SLOTS 1000
#define N_KILLS 10
#define DOWN_MS 100

/* So many that nobody is wanted by two providers at once: then only the slots decide. */
#define N_PATIENTS 640

/* So many attempts in a row aim at the same slot, and at any moment about as many desks do. */
#define ATTEMPTS_PER_SLOT (N_ATTEMPTS / N_SLOTS)

typedef struct
{
  DeskFixture *desk;
  FhirClient *clients[N_CLIENTS];
  GArray *slots; /* of RcpSlot, by schedule and start */
  guint n_started;
  guint n_done;
  guint n_kills;
  gboolean down;
  GHashTable *acknowledged; /* id of the visit to id of the patient */
  guint counts[RCP_SCHEDULING_ERROR_SIGN_IN + 1];
} Race;

typedef struct
{
  Race *race;
  RcpBookVisit *book;
} Attempt;

static void start_attempt (Race *self);

static gboolean
on_down_over_cb (gpointer user_data)
{
  Race *self = user_data;

  practice_fixture_start (self->desk->practice);
  self->down = FALSE;
  return G_SOURCE_REMOVE;
}

/* As a power cut does, with dozens of bookings under way. */
static void
maybe_kill (Race *self)
{
  if (self->down || self->n_kills == N_KILLS || self->n_done < (2 * self->n_kills + 1) * N_ATTEMPTS / N_KILLS / 2)
    return;
  practice_fixture_kill (self->desk->practice);
  self->n_kills++;
  self->down = TRUE;
  g_timeout_add (DOWN_MS, on_down_over_cb, self);
}

static void
on_attempted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attempt *attempt = user_data;
  Race *self = attempt->race;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_book_visit_run_finish (attempt->book, result, &error);

  if (visit != NULL)
    {
      g_assert_true (g_hash_table_insert (self->acknowledged, g_strdup (rcp_visit_get_id (visit)),
                                          g_strdup (rcp_visit_get_patient_id (visit))));
    }
  else
    {
      g_assert_cmpint (error->domain, ==, RCP_SCHEDULING_ERROR);
      self->counts[error->code]++;
    }
  g_object_unref (attempt->book);
  g_free (attempt);
  self->n_done++;
  maybe_kill (self);
  start_attempt (self);
}

/* One slot in four attempts of five, else two in a row where there are two. */
static RcpOffer *
make_offer (Race *self, guint number)
{
  guint index = number / ATTEMPTS_PER_SLOT;
  const RcpSlot *slot = &g_array_index (self->slots, RcpSlot, index);
  guint n_slots = 1;

  if (number % 5 == 0 && index + 1 < self->slots->len && slot[1].range.start == slot->range.end)
    n_slots = 2;
  return rcp_offer_new (rcp_roster_find_provider (self->desk->roster, slot->schedule_id), slot, n_slots);
}

static void
start_attempt (Race *self)
{
  g_autoptr (RcpOffer) offer = NULL;
  Attempt *attempt;
  guint number;

  if (self->n_started == N_ATTEMPTS)
    return;
  number = self->n_started++;
  offer = make_offer (self, number);
  attempt = g_new0 (Attempt, 1);
  attempt->race = self;
  attempt->book
      = rcp_book_visit_new (self->clients[number % N_CLIENTS], self->desk->clock,
                            desk_fixture_get_patient (self->desk, number * 7), offer, NULL, RCP_URGENCY_ROUTINE, NULL);
  rcp_book_visit_run_async (attempt->book, NULL, on_attempted_cb, attempt);
}

static void
check_acknowledged (Race *self)
{
  g_autoptr (FhirBundle) visits = desk_fixture_search (self->desk, "Appointment", "status", "booked", NULL);
  GHashTableIter iter;
  gpointer id;
  gpointer patient;

  g_hash_table_iter_init (&iter, self->acknowledged);
  while (g_hash_table_iter_next (&iter, &id, &patient))
    {
      g_autofree char *reference = g_strconcat ("Appointment/", id, NULL);
      FhirResource *resource = fhir_bundle_lookup (visits, reference);
      g_autoptr (RcpVisit) visit = NULL;

      if (resource == NULL)
        g_error ("%s was acknowledged and is not there", reference);
      visit = rcp_visit_new (resource, NULL);
      g_assert_cmpstr (rcp_visit_get_patient_id (visit), ==, patient);
    }
}

static void
test_race (void)
{
  Race race = { 0 };
  g_autoptr (FhirBundle) slots = NULL;
  gint64 start = g_get_monotonic_time ();
  double seconds;
  guint n_acknowledged;
  guint n_visits;

  race.desk = desk_fixture_new (8, N_PATIENTS);
  race.acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  slots = desk_fixture_search (race.desk, "Slot", NULL);
  race.slots = rcp_slots_from_bundle (slots);
  g_assert_cmpuint (race.slots->len, >=, N_SLOTS);
  for (guint i = 0; i < N_CLIENTS; i++)
    race.clients[i] = practice_fixture_create_client (race.desk->practice);

  for (guint i = 0; i < N_TASKS; i++)
    start_attempt (&race);
  while (race.n_done < N_ATTEMPTS || race.down)
    g_main_context_iteration (NULL, TRUE);

  n_acknowledged = g_hash_table_size (race.acknowledged);
  n_visits = desk_fixture_check_record (race.desk);
  check_acknowledged (&race);
  seconds = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_test_message (
      "%u attempts in %.1f s, %u kills: %u acknowledged, %u in the record, %u taken, %u unknown, %u offline",
      race.n_done, seconds, race.n_kills, n_acknowledged, n_visits, race.counts[RCP_SCHEDULING_ERROR_TAKEN],
      race.counts[RCP_SCHEDULING_ERROR_UNKNOWN], race.counts[RCP_SCHEDULING_ERROR_OFFLINE]);
  g_assert_cmpuint (race.n_kills, ==, N_KILLS);
  /* Whoever was told that nobody knows may be in the record; nobody else is in it without having been told. */
  g_assert_cmpuint (n_visits, >=, n_acknowledged);
  g_assert_cmpuint (n_visits - n_acknowledged, <=, race.counts[RCP_SCHEDULING_ERROR_UNKNOWN]);
  g_assert_cmpuint (race.counts[RCP_SCHEDULING_ERROR_NOT_KEPT] + race.counts[RCP_SCHEDULING_ERROR_FAILED], ==, 0);
  g_assert_cmpuint (n_acknowledged, >, N_SLOTS / 2);

  for (guint i = 0; i < N_CLIENTS; i++)
    g_object_unref (race.clients[i]);
  g_array_unref (race.slots);
  g_hash_table_unref (race.acknowledged);
  desk_fixture_free (race.desk);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/race/ten-kills", test_race);
  return g_test_run ();
}
