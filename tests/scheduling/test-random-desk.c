/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random desks over the days on which the clocks change, against a real record: visits with and without a room, several as one,
 * and time that is blocked over visits. After each step no two visits share a time or a room unless one of them is overbooked
 * with a reason, each slot is what a slow and obvious reference says of it, the work that is to be done is what it says, what
 * was refused changed nothing, and what was undone is as it was.
 * Drives rcp-visit-operation.c, rcp-undo.c, rcp-visit-judge.c, rcp-session-limit.c, rcp-run-together.c, rcp-take-room.c and
 * rcp-block-plan.c. */
#include "believed-work.h"
#include "setup-fixture.h"

#include "clinic/rcp-codes.h"
#include "scheduling/rcp-block-time.h"
#include "scheduling/rcp-rooms.h"
#include "scheduling/rcp-undo.h"

#define N_STEPS 90
#define N_PROVIDERS 2
#define N_ROOMS 2
#define TYPE "annual-check"

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
  GHashTable *blocked; /* ids of Slots, believed to be blocked, be there a visit or not */
  GHashTable *work;    /* of believed-work.h */
  guint n_blocked_over;
  guint n_together;
  guint n_with_room;
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

static gboolean
share_room (Town *town, RcpVisit *a, RcpVisit *b)
{
  GListModel *rooms = rcp_roster_get_rooms (town->desk->roster);

  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (rcp_room_is_used_by (room, a) && rcp_room_is_used_by (room, b))
        return TRUE;
    }
  return FALSE;
}

static void
check_pair (Town *town, RcpVisit *a, RcpVisit *b)
{
  gboolean same_provider = g_strcmp0 (rcp_visit_get_practitioner_id (a), rcp_visit_get_practitioner_id (b)) == 0;
  gboolean same_patient = g_strcmp0 (rcp_visit_get_patient_id (a), rcp_visit_get_patient_id (b)) == 0;

  if (!rcp_time_range_overlaps (rcp_visit_get_range (a), rcp_visit_get_range (b)) || (!same_provider && !same_patient && !share_room (town, a, b)))
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

/* Who did not come keeps the slots: the time is over then, or was kept free for nothing. */
static gboolean
holds_slots (RcpVisit *visit)
{
  return rcp_visit_get_status (visit) != RCP_VISIT_CANCELLED && rcp_visit_get_status (visit) != RCP_VISIT_ERROR;
}

/* A slot is busy when a visit names it, else blocked when somebody blocked it, else free. */
static void
check_all_slots (Town *town, FhirBundle *slots, GHashTable *taken)
{
  GPtrArray *matches = fhir_bundle_get_matches (slots);

  for (guint i = 0; i < matches->len; i++)
    {
      FhirResource *slot = matches->pdata[i];
      JsonObject *json = fhir_resource_get_json (slot);
      gboolean is_blocked = g_hash_table_contains (town->blocked, fhir_resource_get_id (slot));
      const char *expected = g_hash_table_contains (taken, fhir_resource_get_reference (slot)) ? "busy"
                             : is_blocked                                                      ? "busy-unavailable"
                                                                                               : "free";

      g_assert_cmpstr (fhir_json_get_string (json, "status"), ==, expected);
      g_assert_cmpint (fhir_json_get_string (json, "serviceCategory.0.coding.0.code") != NULL, ==, is_blocked);
    }
}

static gboolean
is_to_come (RcpVisit *visit)
{
  return rcp_visit_status_takes_time (rcp_visit_get_status (visit)) && rcp_visit_get_status (visit) != RCP_VISIT_FULFILLED;
}

static void
check (Town *town)
{
  g_autoptr (FhirBundle) slots = desk_fixture_search (town->desk, "Slot", NULL);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) refits = NULL;

  read_visits (town);
  g_assert_cmpuint (town->visits->len, ==, g_hash_table_size (town->beliefs));
  for (guint i = 0; i < town->visits->len; i++)
    {
      RcpVisit *visit = town->visits->pdata[i];
      Belief *belief = g_hash_table_lookup (town->beliefs, rcp_visit_get_id (visit));

      g_assert_cmpint (rcp_visit_get_status (visit), ==, belief->status);
      g_assert_cmpint (rcp_visit_get_range (visit).start, ==, belief->start);
      g_assert_cmpint (rcp_visit_get_overbook_reason (visit) != NULL, ==, belief->overbooked);
      if (holds_slots (visit))
        check_slots (visit, slots, taken);
      if (!rcp_visit_status_takes_time (rcp_visit_get_status (visit)))
        continue;
      for (guint j = 0; j < i; j++)
        if (rcp_visit_status_takes_time (rcp_visit_get_status (town->visits->pdata[j])))
          check_pair (town, visit, town->visits->pdata[j]);
    }
  check_all_slots (town, slots, taken);
  refits = setup_list_refits (town->desk);
  believed_work_check (town->work, refits, town->visits, town->blocked);
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
  if (!beside && g_test_rand_bit ())
    rcp_rooms_require (offer, town->desk->roster, TYPE);
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

static gboolean
run_block (RcpBlockTime *block)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  gboolean is_done;

  rcp_block_time_run_async (block, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  is_done = rcp_block_time_run_finish (block, result, &error);
  if (!is_done)
    g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_REFUSED);
  return is_done;
}

/* What is blocked, and what is work, before a step that may be undone. */
static GHashTable *
copy_set (GHashTable *set)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), value);
  return copy;
}

static gboolean
is_held (Town *town, const char *slot_id)
{
  for (guint i = 0; i < town->visits->len; i++)
    if (holds_slots (town->visits->pdata[i])
        && g_strv_contains (rcp_visit_get_slot_ids (town->visits->pdata[i]), slot_id))
      return TRUE;
  return FALSE;
}

static void
believe_blocked (Town *town, RcpProvider *provider, const RcpSlot *slots, guint n_slots)
{
  RcpTimeRange range = { slots[0].range.start, slots[n_slots - 1].range.end };

  for (guint i = 0; i < n_slots; i++)
    g_hash_table_add (town->blocked, g_strdup (slots[i].id));
  for (guint i = 0; i < town->visits->len; i++)
    {
      RcpVisit *visit = town->visits->pdata[i];

      if (g_strcmp0 (rcp_visit_get_practitioner_id (visit), rcp_provider_get_practitioner_id (provider)) == 0
          && is_to_come (visit) && rcp_time_range_overlaps (rcp_visit_get_range (visit), range))
        believed_work_put (town->work, visit);
    }
}

static gboolean
is_in_blocked_time (Town *town, RcpVisit *visit, const RcpSlot *slots, guint n_slots)
{
  for (guint i = 0; i < n_slots; i++)
    if (g_hash_table_contains (town->blocked, slots[i].id)
        && rcp_time_range_overlaps (slots[i].range, rcp_visit_get_range (visit)))
      return TRUE;
  return FALSE;
}

/* What is freed: the time, and on both sides what is blocked under visits that go on from there. */
static void
believe_unblocked (Town *town, RcpProvider *provider, const RcpSlot *slots, guint n_slots, guint first, guint n)
{
  guint end = first + n;

  for (guint i = first; i < end; i++)
    g_hash_table_remove (town->blocked, slots[i].id);
  for (; first > 0 && is_held (town, slots[first - 1].id) && g_hash_table_remove (town->blocked, slots[first - 1].id); first--)
    ;
  for (; end < n_slots && is_held (town, slots[end].id) && g_hash_table_remove (town->blocked, slots[end].id); end++)
    ;
  for (guint i = 0; i < town->visits->len; i++)
    {
      RcpVisit *visit = town->visits->pdata[i];

      if (g_strcmp0 (rcp_visit_get_practitioner_id (visit), rcp_provider_get_practitioner_id (provider)) == 0
          && is_to_come (visit) && !is_in_blocked_time (town, visit, slots, n_slots)
          && rcp_time_range_overlaps (rcp_visit_get_range (visit), (RcpTimeRange){ slots[first].range.start, slots[end - 1].range.end }))
        believed_work_end (town->work, visit);
    }
}

/* Blocks an hour or so of a morning, over whatever visits are there, or frees it; and now and then undoes that. */
static void
step_block (Town *town)
{
  guint index = g_test_rand_int_range (0, N_PROVIDERS);
  RcpProvider *provider = desk_fixture_get_provider (town->desk, index);
  g_autoptr (RcpOffer) morning = desk_fixture_make_offer (town->desk, index, g_test_rand_bit () ? 0 : 3, 9 * 60, 12);
  g_autofree char *actor = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (provider), NULL);
  g_autoptr (GHashTable) blocked = copy_set (town->blocked);
  g_autoptr (GHashTable) work = copy_set (town->work);
  guint first = g_test_rand_int_range (0, 8), n = g_test_rand_int_range (1, 5), n_slots;
  const RcpSlot *slots = rcp_offer_get_slots (morning, &n_slots);
  RcpTimeRange range = { slots[first].range.start, slots[first + n - 1].range.end };
  gboolean frees = g_test_rand_int_range (0, 3) == 0;
  g_autoptr (RcpBlockTime) block = NULL;
  g_autoptr (RcpBlockTime) undo = NULL;

  if (frees)
    block = rcp_block_time_new_unblock (town->desk->client, town->desk->clock, rcp_provider_get_schedule_id (provider), actor,
                                        rcp_provider_get_zone (provider), range);
  else
    block = rcp_block_time_new (town->desk->client, town->desk->clock, rcp_provider_get_schedule_id (provider), actor,
                                rcp_provider_get_zone (provider), range, RCP_BLOCK_MEETING, NULL);
  if (!frees)
    rcp_block_time_set_over_visits (block, G_MAXUINT);
  if (!run_block (block))
    {
      g_assert_true (frees);
      town->n_refused++;
      check (town);
      return;
    }
  g_test_message ("slots %u to %u %s", first, first + n, frees ? "freed" : "blocked");
  town->n_done++;
  town->n_blocked_over += !frees && rcp_block_time_get_n_visits (block) > 0;
  if (frees)
    believe_unblocked (town, provider, slots, n_slots, first, n);
  else
    believe_blocked (town, provider, &slots[first], n);
  check (town);
  if (g_test_rand_int_range (0, 3) > 0)
    return;
  undo = rcp_block_time_new_undo (block, RCP_UNDO_GRACE);
  g_assert_true (run_block (undo));
  town->n_undone++;
  g_hash_table_unref (town->blocked);
  town->blocked = g_steal_pointer (&blocked);
  believed_work_forget_new (work, town->work);
  g_hash_table_unref (town->work);
  town->work = g_steal_pointer (&work);
  check (town);
}

static gboolean
run_together (Town *town, GPtrArray *operations)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  gboolean is_done;

  rcp_run_together_async (operations, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  is_done = rcp_run_together_finish (result, &error);
  if (!is_done)
    g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  for (guint i = 0; is_done && i < operations->len; i++)
    believe (town, rcp_visit_operation_get_after (operations->pdata[i]));
  return is_done;
}

/* Two or three that follow one another, of one patient or of a family: all of them or none. */
static void
step_together (Town *town)
{
  g_autoptr (GPtrArray) books = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) undos = g_ptr_array_new_with_free_func (g_object_unref);
  guint provider = g_test_rand_int_range (0, N_PROVIDERS), day = g_test_rand_bit () ? 0 : 3;
  guint minute = 9 * 60 + 15 * g_test_rand_int_range (0, 8), n = g_test_rand_int_range (2, 4);
  guint patient = g_test_rand_int_range (0, 6);
  gboolean is_family = g_test_rand_bit ();
  g_autofree char *together_id = g_uuid_string_random ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RcpOffer) offer = desk_fixture_make_offer (town->desk, provider, day, minute + i * 15, 1);
      RcpBookVisit *book
          = rcp_book_visit_new (town->desk->client, town->desk->clock,
                                desk_fixture_get_patient (town->desk, (patient + (is_family ? i : 0)) % 6), offer, NULL,
                                RCP_URGENCY_ROUTINE, NULL);

      rcp_book_visit_set_together (book, together_id);
      g_ptr_array_add (books, book);
    }
  *(run_together (town, books) ? &town->n_together : &town->n_refused) += 1;
  check (town);
  if (rcp_visit_operation_get_after (books->pdata[0]) == NULL || g_test_rand_bit ())
    return;
  for (guint i = n; i > 0; i--)
    g_ptr_array_add (undos, rcp_undo_new (books->pdata[i - 1], town->desk->roster, RCP_UNDO_GRACE));
  g_assert_true (run_together (town, undos));
  town->n_undone++;
  check (town);
}

static void
step_visit (Town *town)
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
  g_test_message ("deed %d on visit %s", rcp_visit_operation_get_deed (operation), rcp_visit_get_id (visit));
  town->n_done++;
  town->n_with_room += share_room (town, visit, visit);
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
step (Town *town)
{
  switch (g_test_rand_int_range (0, 7))
    {
    case 0:
    case 1:
      step_block (town);
      break;
    case 2:
      step_together (town);
      break;
    default:
      step_visit (town);
    }
}

/* Visits of one type take a room along. */
static void
add_rooms (DeskFixture *desk)
{
  g_autofree char *reference
      = g_strconcat ("HealthcareService/", rcp_visit_type_get_id (rcp_roster_find_visit_type (desk->roster, TYPE)), NULL);
  g_autoptr (RcpDraft) type = NULL;

  for (guint i = 0; i < N_ROOMS; i++)
    {
      g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_ROOM, NULL);
      g_autofree char *name = g_strdup_printf ("Room %u", i + 1);

      rcp_draft_set (draft, RCP_KEY_NAME, name);
      rcp_draft_set (draft, RCP_KEY_PLACE, setup_get_place (desk, 0));
      setup_change (desk, RCP_SETUP_ROOM, NULL, draft, name);
    }
  type = rcp_setup_read (desk->roster, RCP_SETUP_VISIT_TYPE, reference);
  rcp_draft_set (type, RCP_KEY_NEEDS, RCP_NEEDS_ROOM);
  setup_change (desk, RCP_SETUP_VISIT_TYPE, reference, type, "needs");
}

/* Only then the comparison means something. */
static gboolean
has_seen_all (const Town *town)
{
  return town->n_undone > 0 && town->n_blocked_over > 0 && town->n_together > 0 && town->n_with_room > 0;
}

static void
test_steps (gconstpointer data)
{
  gint64 now = *(const gint64 *)data;
  g_autoptr (DeskFixture) desk = desk_fixture_new_at (now, N_PROVIDERS, 6, 5);
  Town town = { .desk = desk };

  add_rooms (desk);
  town.blocked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  town.work = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  town.beliefs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  town.visits = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < N_STEPS || (!has_seen_all (&town) && i < 5 * N_STEPS); i++)
    step (&town);
  g_test_message ("%u done, %u refused, %u undone; %u blocks over visits, %u rows, %u with a room", town.n_done,
                  town.n_refused, town.n_undone, town.n_blocked_over, town.n_together, town.n_with_room);
  g_assert_true (town.n_done > N_STEPS / 6 && has_seen_all (&town));
  g_hash_table_unref (town.blocked);
  g_hash_table_unref (town.work);
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
