/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random desks over the days on which the clocks change, against a real record: after each step no two visits share a time
 * unless one of them is overbooked with a reason, what was refused changed nothing, and what was undone is as it was.
 * Drives rcp-visit-operation.c, rcp-undo.c, rcp-visit-judge.c and rcp-session-limit.c. */
#include "desk-fixture.h"

#include "clinic/rcp-codes.h"
#include "scheduling/rcp-undo.h"

#define N_STEPS 60
#define N_PROVIDERS 2

/* Fridays before the clocks of New York go back and forward: 08:00 there. */
#define FRIDAY_OF_AUTUMN (G_GINT64_CONSTANT (1793361600) * G_USEC_PER_SEC)
#define FRIDAY_OF_SPRING (G_GINT64_CONSTANT (1804856400) * G_USEC_PER_SEC)

/* What each visit is, as the test believes it: the slow and obvious reference. */
typedef struct
{
  RcpVisitStatus status;
  gint64 start;
  gboolean overbooked;
} Belief;

typedef struct
{
  DeskFixture *desk;
  GHashTable *beliefs; /* id to Belief */
  GPtrArray *visits;   /* of RcpVisit, as last read */
  guint n_done;
  guint n_refused;
  guint n_undone;
} Town;

static void
believe (Town *town, RcpVisit *visit)
{
  Belief *belief = g_new0 (Belief, 1);

  belief->status = rcp_visit_get_status (visit);
  belief->start = rcp_visit_get_range (visit).start;
  belief->overbooked = rcp_visit_get_overbook_reason (visit) != NULL;
  g_hash_table_replace (town->beliefs, g_strdup (rcp_visit_get_id (visit)), belief);
}

static void
read_visits (Town *town)
{
  g_autoptr (FhirBundle) bundle = desk_fixture_search (town->desk, "Appointment", "_revinclude", "Encounter:appointment", NULL);
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  g_ptr_array_set_size (town->visits, 0);
  for (guint i = 0; i < matches->len; i++)
    g_ptr_array_add (town->visits, rcp_visit_new_in_bundle (matches->pdata[i], bundle));
}

static void
check_pair (RcpVisit *a, RcpVisit *b)
{
  gboolean same_provider = g_strcmp0 (rcp_visit_get_practitioner_id (a), rcp_visit_get_practitioner_id (b)) == 0;
  gboolean same_patient = g_strcmp0 (rcp_visit_get_patient_id (a), rcp_visit_get_patient_id (b)) == 0;

  if (!rcp_time_range_overlaps (rcp_visit_get_range (a), rcp_visit_get_range (b)) || (!same_provider && !same_patient))
    return;
  g_assert_true (rcp_visit_get_overbook_reason (a) != NULL || rcp_visit_get_overbook_reason (b) != NULL);
}

/* Each slot that a visit names is busy for it, and for no other. */
static void
check_slots (RcpVisit *visit, FhirBundle *slots, GHashTable *taken)
{
  const char *const *ids = rcp_visit_get_slot_ids (visit);

  for (; *ids != NULL; ids++)
    {
      g_autofree char *reference = g_strconcat ("Slot/", *ids, NULL);
      FhirResource *slot = fhir_bundle_lookup (slots, reference);

      g_assert_nonnull (slot);
      g_assert_cmpstr (fhir_json_get_identifier (fhir_resource_get_json (slot), RCP_SYSTEM_BOOKING), ==,
                       rcp_visit_get_booking_id (visit));
      g_assert_true (g_hash_table_add (taken, g_steal_pointer (&reference)));
    }
}

static void
check (Town *town)
{
  g_autoptr (FhirBundle) slots = desk_fixture_search (town->desk, "Slot", "status", "busy", NULL);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  read_visits (town);
  g_assert_cmpuint (town->visits->len, ==, g_hash_table_size (town->beliefs));
  for (guint i = 0; i < town->visits->len; i++)
    {
      RcpVisit *visit = town->visits->pdata[i];
      Belief *belief = g_hash_table_lookup (town->beliefs, rcp_visit_get_id (visit));

      g_assert_cmpint (rcp_visit_get_status (visit), ==, belief->status);
      g_assert_cmpint (rcp_visit_get_range (visit).start, ==, belief->start);
      g_assert_cmpint (rcp_visit_get_overbook_reason (visit) != NULL, ==, belief->overbooked);
      if (!rcp_visit_status_takes_time (rcp_visit_get_status (visit)))
        continue;
      check_slots (visit, slots, taken);
      for (guint j = 0; j < i; j++)
        if (rcp_visit_status_takes_time (rcp_visit_get_status (town->visits->pdata[j])))
          check_pair (visit, town->visits->pdata[j]);
    }
}

/* Mostly a time between 9 and 11, so that many want the same; on Friday or behind the change, on Monday. */
static RcpOffer *
draw_offer (Town *town, gboolean beside)
{
  guint day = g_test_rand_bit () ? 0 : 3;
  guint n_slots = g_test_rand_int_range (1, 4);
  g_autoptr (RcpOffer) offer
      = desk_fixture_make_offer (town->desk, g_test_rand_int_range (0, N_PROVIDERS), day,
                                 9 * 60 + 15 * g_test_rand_int_range (0, 8), n_slots);

  /* On the wall clock of both days, an hour is an hour. */
  g_assert_cmpint (rcp_offer_get_range (offer).end - rcp_offer_get_range (offer).start, ==,
                   n_slots * 15 * G_TIME_SPAN_MINUTE);
  if (!beside)
    return g_steal_pointer (&offer);
  return rcp_offer_new_for_range (rcp_offer_get_provider (offer), rcp_offer_get_range (offer),
                                  rcp_offer_get_slots (offer, NULL), n_slots);
}

static RcpVisitStatus
draw_status (void)
{
  static const RcpVisitStatus statuses[]
      = { RCP_VISIT_BOOKED,        RCP_VISIT_CONFIRMED, RCP_VISIT_ARRIVED, RCP_VISIT_ROOMED,
          RCP_VISIT_WITH_PROVIDER, RCP_VISIT_FULFILLED, RCP_VISIT_NOSHOW,  RCP_VISIT_LEFT, RCP_VISIT_ERROR };

  return statuses[g_test_rand_int_range (0, G_N_ELEMENTS (statuses))];
}

static gpointer
draw_operation (Town *town)
{
  DeskFixture *desk = town->desk;
  int what = town->visits->len < 4 ? 0 : g_test_rand_int_range (0, 10);
  RcpVisit *visit = what > 2 ? town->visits->pdata[g_test_rand_int_range (0, (int)town->visits->len)] : NULL;
  gboolean beside = g_test_rand_int_range (0, 4) == 0;
  g_autoptr (RcpOffer) offer = what <= 5 ? draw_offer (town, beside) : NULL;

  if (what <= 2)
    {
      RcpBookVisit *book
          = rcp_book_visit_new (desk->client, desk->clock, desk_fixture_get_patient (desk, g_test_rand_int_range (0, 6)),
                                offer, NULL, RCP_URGENCY_ROUTINE, NULL);

      rcp_book_visit_set_overbook (book, beside ? "in pain" : NULL);
      return book;
    }
  if (what <= 5)
    {
      RcpMoveVisit *move = rcp_move_visit_new (desk->client, desk->clock, visit, offer);

      rcp_move_visit_set_overbook (move, beside ? "in pain" : NULL);
      return move;
    }
  if (what == 6)
    return rcp_cancel_visit_new (desk->client, desk->clock, visit, "pat", NULL);
  return rcp_set_status_new (desk->client, desk->clock, visit, draw_status ());
}

/* (transfer full): the visit, or NULL when it was refused. */
static RcpVisit *
run (gpointer operation)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpVisit *visit;

  rcp_visit_operation_run_async (operation, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visit = rcp_visit_operation_run_finish (operation, result, &error);
  if (visit == NULL && !g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN))
    g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_REFUSED);
  return visit;
}

static void
step (Town *town)
{
  g_autoptr (RcpVisitOperation) operation = draw_operation (town);
  g_autoptr (RcpVisit) visit = run (operation);
  g_autoptr (RcpVisit) back = NULL;
  g_autoptr (RcpUndo) undo = NULL;
  Belief before = { 0 };
  Belief *known;

  if (visit == NULL)
    {
      town->n_refused++;
      check (town);
      return;
    }
  town->n_done++;
  known = g_hash_table_lookup (town->beliefs, rcp_visit_get_id (visit));
  if (known != NULL)
    before = *known;
  else
    before.status = RCP_VISIT_ERROR;
  believe (town, visit);
  check (town);
  if (g_test_rand_bit ())
    return;

  undo = rcp_undo_new (operation, town->desk->roster, RCP_UNDO_GRACE);
  back = run (undo);
  if (back == NULL)
    return;
  town->n_undone++;
  g_assert_cmpint (rcp_visit_get_status (back), ==, before.status);
  if (known != NULL && before.start != 0)
    g_assert_cmpint (rcp_visit_get_range (back).start, ==, before.start);
  believe (town, back);
  check (town);
}

static void
test_steps (gconstpointer data)
{
  gint64 now = *(const gint64 *)data;
  g_autoptr (DeskFixture) desk = desk_fixture_new_at (now, N_PROVIDERS, 6, 5);
  Town town = { .desk = desk };

  town.beliefs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  town.visits = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < N_STEPS; i++)
    step (&town);
  g_test_message ("%u done, %u refused, %u undone", town.n_done, town.n_refused, town.n_undone);
  g_assert_cmpuint (town.n_done, >, N_STEPS / 6);
  g_assert_cmpuint (town.n_undone, >, 0);
  g_hash_table_unref (town.beliefs);
  g_ptr_array_unref (town.visits);
}

int
main (int argc, char *argv[])
{
  static const gint64 days[] = { FRIDAY_OF_AUTUMN, FRIDAY_OF_SPRING };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/scheduling/random-desk/autumn", &days[0], test_steps);
  g_test_add_data_func ("/scheduling/random-desk/spring", &days[1], test_steps);
  return g_test_run ();
}
