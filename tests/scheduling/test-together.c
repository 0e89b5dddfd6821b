/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits that are booked, moved, cancelled and taken back as one, against a real record behind a proxy: drives
 * rcp-run-together.c and rcp-find-chains.c. */
#include "desk-fixture.h"

#include "fault-proxy.h"
#include "scheduling/rcp-chains.h"
#include "scheduling/rcp-series.h"
#include "scheduling/rcp-undo.h"

#include <string.h>

#define NINE (9 * 60)
#define TOGETHER "b7f2cf8e-5a2b-4c4e-9d2f-1f3f8f0f0c11"

typedef struct
{
  DeskFixture *desk;
  FaultProxy *proxy;
  FhirClient *client;
} Wire;

static void
wire_up (Wire *self, gconstpointer data)
{
  self->desk = desk_fixture_new (2, 4);
  self->proxy = fault_proxy_new (practice_fixture_get_folder (self->desk->practice),
                                 practice_fixture_get_socket (self->desk->practice));
  self->client = fhir_client_new_for_socket (fault_proxy_get_socket (self->proxy));
}

static void
wire_down (Wire *self, gconstpointer data)
{
  g_clear_object (&self->client);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fault_proxy_free (self->proxy);
  desk_fixture_free (self->desk);
}

static gboolean
run (GPtrArray *operations, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_run_together_async (operations, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  return rcp_run_together_finish (result, error);
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
add_book (Wire *self, GPtrArray *list, guint patient, guint provider, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (self->desk, provider, 1, minute, 2);
  RcpBookVisit *book = rcp_book_visit_new (self->client, self->desk->clock, desk_fixture_get_patient (self->desk, patient),
                                           offer, NULL, RCP_URGENCY_ROUTINE, NULL);

  rcp_book_visit_set_together (book, TOGETHER);
  g_ptr_array_add (list, book);
}

/* A family of three, one after the other. */
static GPtrArray *
make_family (Wire *self)
{
  GPtrArray *list = new_list ();

  for (guint i = 0; i < 3; i++)
    add_book (self, list, i, 0, NINE + i * 30);
  return list;
}

static RcpVisit *
get_after (GPtrArray *list, guint index)
{
  return rcp_visit_operation_get_after (list->pdata[index]);
}

static GPtrArray *
make_undos (GPtrArray *done, DeskFixture *desk)
{
  GPtrArray *undos = new_list ();

  for (guint i = done->len; i > 0; i--)
    g_ptr_array_add (undos, rcp_undo_new (done->pdata[i - 1], desk->roster, RCP_UNDO_GRACE));
  return undos;
}

static GPtrArray *
read_together (Wire *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *visits;

  rcp_together_read_async (self->desk->client, TOGETHER, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visits = rcp_together_read_finish (result, &error);
  g_assert_no_error (error);
  return visits;
}

static void
assert_record (Wire *self, guint n_visits)
{
  g_assert_cmpuint (desk_fixture_check_record (self->desk), ==, n_visits);
  g_assert_cmpuint (desk_fixture_count_status (self->desk, "CommunicationRequest", "active"), ==, 2 * n_visits);
}

static void
test_family (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) family = make_family (self);
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GPtrArray) undos = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (run (family, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fault_proxy_get_n_transactions (self->proxy), ==, 1);
  assert_record (self, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpstr (rcp_visit_get_together_id (get_after (family, i)), ==, TOGETHER);
      g_assert_cmpstr (rcp_visit_get_patient_id (get_after (family, i)), ==,
                       rcp_patient_get_id (desk_fixture_get_patient (self->desk, i)));
      g_assert_true (rcp_visit_operation_is_together (family->pdata[i]));
    }
  visits = read_together (self);
  g_assert_cmpuint (visits->len, ==, 3);
  g_assert_cmpstr (rcp_visit_get_id (visits->pdata[2]), ==, rcp_visit_get_id (get_after (family, 2)));

  undos = make_undos (family, self->desk);
  g_assert_true (run (undos, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fault_proxy_get_n_transactions (self->proxy), ==, 2);
  assert_record (self, 0);
  none = read_together (self);
  g_assert_cmpuint (none->len, ==, 0);
}

/* One has no time: nobody has. */
static void
test_one_taken (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) family = make_family (self);
  g_autoptr (RcpOffer) third = desk_fixture_make_offer (self->desk, 0, 1, NINE + 75, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) other = desk_fixture_book (self->desk, NULL, 3, third, &error);

  g_assert_no_error (error);
  g_assert_false (run (family, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "Patient003"));
  assert_record (self, 1);
}

/* The third patient has another visit at that time, with somebody else. */
static void
test_one_elsewhere (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) family = make_family (self);
  g_autoptr (RcpOffer) elsewhere = desk_fixture_make_offer (self->desk, 1, 1, NINE + 60, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) other = desk_fixture_book (self->desk, NULL, 2, elsewhere, &error);

  g_assert_no_error (error);
  g_assert_false (run (family, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  assert_record (self, 1);
}

typedef struct
{
  DeskFixture *desk;
  guint minute;
} Rival;

static void
on_transaction_cb (gpointer user_data)
{
  Rival *rival = user_data;
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (rival->desk, 0, 1, rival->minute, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (rival->desk, NULL, 3, offer, &error);

  g_assert_no_error (error);
}

/* Another desk takes one of the times while the transaction is on its way. */
static void
test_rival (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) family = make_family (self);
  g_autoptr (GError) error = NULL;
  Rival rival = { self->desk, NINE + GPOINTER_TO_UINT (data) };

  fault_proxy_set_hook (self->proxy, on_transaction_cb, &rival);
  g_assert_false (run (family, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "Patient003"));
  assert_record (self, 1);
}

/* Whatever becomes of the wire, all are booked once, and the desk is told so. */
static void
test_fault (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) family = make_family (self);
  g_autoptr (GError) error = NULL;

  fault_proxy_push (self->proxy, GPOINTER_TO_UINT (data), 10);
  g_assert_true (run (family, &error));
  g_assert_no_error (error);
  assert_record (self, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (rcp_visit_get_status (get_after (family, i)), ==, RCP_VISIT_BOOKED);
}

/* A server that keeps what fits and tells of no failure: what it kept goes back, of all of them. */
static void
test_not_atomic (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) family = make_family (self);
  g_autoptr (GError) error = NULL;
  Rival rival = { self->desk, NINE + 60 };

  fault_proxy_push (self->proxy, FAULT_NOT_ATOMIC, 0);
  fault_proxy_set_hook (self->proxy, on_transaction_cb, &rival);
  g_assert_false (run (family, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_NOT_ATOMIC);
  assert_record (self, 1);
}

static void
test_false_yes (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) family = make_family (self);
  g_autoptr (GError) error = NULL;

  fault_proxy_push (self->proxy, FAULT_FALSE_YES, 0);
  g_assert_false (run (family, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_NOT_KEPT);
  assert_record (self, 0);
}

static GPtrArray *
make_moves (Wire *self, GPtrArray *family, guint minute)
{
  GPtrArray *moves = new_list ();

  for (guint i = 0; i < family->len; i++)
    {
      g_autoptr (RcpOffer) offer = desk_fixture_make_offer (self->desk, 0, 1, minute + i * 30, 2);

      g_ptr_array_add (moves, rcp_move_visit_new (self->client, self->desk->clock, get_after (family, i), offer));
    }
  return moves;
}

/* All go half an hour later, each to where the next one was; back by undo. */
static void
test_move (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) family = make_family (self);
  g_autoptr (GPtrArray) moves = NULL;
  g_autoptr (GPtrArray) undos = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  g_assert_true (run (family, &error));
  start = rcp_visit_get_range (get_after (family, 0)).start;
  moves = make_moves (self, family, NINE + 30);
  if (data != NULL)
    fault_proxy_push (self->proxy, GPOINTER_TO_UINT (data), 10);
  g_assert_true (run (moves, &error));
  g_assert_no_error (error);
  assert_record (self, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (rcp_visit_get_range (get_after (moves, i)).start == start + (i + 1) * 30 * G_TIME_SPAN_MINUTE);
  undos = make_undos (moves, self->desk);
  g_assert_true (run (undos, &error));
  g_assert_no_error (error);
  assert_record (self, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (rcp_visit_get_range (get_after (undos, i)).start == start + (2 - i) * 30 * G_TIME_SPAN_MINUTE);
}

/* Laboratory and doctor of one person, both a quarter later: neither is in the way of the other. */
static void
test_move_one_person (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = new_list ();
  g_autoptr (GPtrArray) moves = new_list ();
  g_autoptr (GError) error = NULL;

  add_book (self, chain, 0, 0, NINE);
  add_book (self, chain, 0, 1, NINE + 30);
  g_assert_true (run (chain, &error));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RcpOffer) offer = desk_fixture_make_offer (self->desk, i, 1, NINE + 15 + i * 30, 2);

      g_ptr_array_add (moves, rcp_move_visit_new (self->client, self->desk->clock, get_after (chain, i), offer));
    }
  g_assert_true (run (moves, &error));
  g_assert_no_error (error);
  assert_record (self, 2);
}

/* Another desk changed one of them: all stay. */
static void
test_changed (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) family = make_family (self);
  g_autoptr (GPtrArray) moves = NULL;
  g_autoptr (RcpVisit) confirmed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (run (family, &error));
  moves = make_moves (self, family, NINE + 90);
  confirmed = desk_fixture_set_status (self->desk, NULL, get_after (family, 1), RCP_VISIT_CONFIRMED, &error);
  g_assert_no_error (error);
  g_assert_false (run (moves, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED);
  assert_record (self, 3);
}

static void
test_cancel (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) family = make_family (self);
  g_autoptr (GPtrArray) cancels = new_list ();
  g_autoptr (GPtrArray) undos = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (run (family, &error));
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (cancels, rcp_cancel_visit_new (self->client, self->desk->clock, get_after (family, i), "pat", NULL));
  g_assert_true (run (cancels, &error));
  g_assert_no_error (error);
  assert_record (self, 0);
  g_assert_cmpuint (desk_fixture_count_status (self->desk, "Appointment", "cancelled"), ==, 3);
  undos = make_undos (cancels, self->desk);
  g_assert_true (run (undos, &error));
  g_assert_no_error (error);
  assert_record (self, 3);
}

/* Two of one visit: one Appointment with both, each is told, and neither may be elsewhere then. */
static void
test_group_visit (Wire *self, gconstpointer data)
{
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (self->desk, 0, 1, NINE, 2);
  g_autoptr (RcpOffer) beside = desk_fixture_make_offer (self->desk, 1, 1, NINE, 2);
  g_autoptr (RcpBookVisit) book = rcp_book_visit_new (self->client, self->desk->clock,
                                                      desk_fixture_get_patient (self->desk, 0), nine, NULL,
                                                      RCP_URGENCY_ROUTINE, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (RcpVisit) refused = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;
  g_auto (GStrv) patients = NULL;
  g_auto (GStrv) companions = NULL;
  GAsyncResult *kept = NULL;

  rcp_book_visit_add_patient (book, desk_fixture_get_patient (self->desk, 1));
  rcp_book_visit_add_patient (book, desk_fixture_get_patient (self->desk, 0));
  rcp_book_visit_run_async (book, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visit = rcp_book_visit_run_finish (book, result, &error);
  g_assert_no_error (error);
  patients = rcp_visit_dup_patient_ids (visit);
  companions = rcp_visit_dup_companions (visit);
  g_assert_cmpuint (g_strv_length (patients), ==, 2);
  g_assert_cmpstr (patients[1], ==, rcp_patient_get_id (desk_fixture_get_patient (self->desk, 1)));
  g_assert_cmpuint (g_strv_length (companions), ==, 1);
  g_assert_cmpstr (companions[0], ==, "Alex Patient001");
  g_assert_cmpuint (desk_fixture_count_status (self->desk, "CommunicationRequest", "active"), ==, 4);
  refused = desk_fixture_book (self->desk, NULL, 1, beside, &error);
  g_assert_null (refused);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "patient has another visit"));
  g_clear_error (&error);
  cancelled = desk_fixture_cancel (self->desk, NULL, visit, "pat", &error);
  g_assert_no_error (error);
  assert_record (self, 0);
}

static RcpWish *
new_wish (guint duration)
{
  RcpWish *wish = rcp_wish_new ();

  wish->duration = duration;
  g_date_set_dmy (&wish->from, 24, G_DATE_NOVEMBER, 2026);
  return wish;
}

static RcpOffers *
find (Wire *self, GPtrArray *wishes, RcpChainRule rule)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpOffers *offers;

  rcp_find_chains_async (self->desk->client, self->desk->roster, wishes, &rule, 3, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  offers = rcp_find_chains_finish (result, &error);
  g_assert_no_error (error);
  return offers;
}

/* Chains found in the record can be booked as they are. */
static void
test_find (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) wishes = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_wish_free);
  g_autoptr (RcpOffer) quarter = desk_fixture_make_offer (self->desk, 0, 1, NINE + 15, 2);
  g_autoptr (GPtrArray) books = new_list ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) other = desk_fixture_book (self->desk, NULL, 3, quarter, &error);
  g_autoptr (RcpOffers) offers = NULL;
  guint patient = 0;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (wishes, new_wish (30));
  ((RcpWish *)wishes->pdata[0])->schedule_id = g_strdup (rcp_provider_get_schedule_id (desk_fixture_get_provider (self->desk, 0)));
  offers = find (self, wishes, (RcpChainRule){ TRUE, 0 });
  g_assert_cmpuint (rcp_offers_get_n_meeting (offers), ==, 3);
  {
    g_autoptr (RcpOffer) first = g_list_model_get_item (G_LIST_MODEL (offers), 0);

    g_assert_cmpint (rcp_time_get_minute (rcp_offer_get_range (first).start, rcp_provider_get_zone (rcp_offer_get_provider (first))),
                     ==, NINE + 45);
    for (RcpOffer *offer = first; offer != NULL; offer = rcp_offer_get_next (offer))
      {
        g_assert_true (rcp_offer_get_provider (offer) == rcp_offer_get_provider (first));
        g_ptr_array_add (books, rcp_book_visit_new (self->client, self->desk->clock,
                                                    desk_fixture_get_patient (self->desk, patient++), offer, NULL,
                                                    RCP_URGENCY_ROUTINE, NULL));
      }
  }
  g_assert_cmpuint (books->len, ==, 3);
  g_assert_true (run (books, &error));
  g_assert_no_error (error);
  assert_record (self, 4);
}

/* A laboratory in the morning, and two hours of a doctor that nobody has: why not is said. */
static void
test_find_nothing (Wire *self, gconstpointer data)
{
  g_autoptr (GPtrArray) wishes = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_wish_free);
  g_autoptr (RcpOffers) offers = NULL;

  g_ptr_array_add (wishes, new_wish (30));
  g_ptr_array_add (wishes, new_wish (5 * 60));
  offers = find (self, wishes, (RcpChainRule){ FALSE, G_TIME_SPAN_HOUR });
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (offers)), ==, 0);
  g_assert_nonnull (strstr (rcp_offers_get_explanation (offers), "follow one another"));
}

static void
add (const char *path, gconstpointer data, void (*test) (Wire *, gconstpointer))
{
  g_autofree char *full = g_strconcat ("/scheduling/together/", path, NULL);

  g_test_add (full, Wire, data, wire_up, test, wire_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("family", NULL, test_family);
  add ("one-taken", NULL, test_one_taken);
  add ("one-elsewhere", NULL, test_one_elsewhere);
  add ("rival-first", GUINT_TO_POINTER (0), test_rival);
  add ("rival-last", GUINT_TO_POINTER (75), test_rival);
  add ("lost-request", GUINT_TO_POINTER (FAULT_LOSE_REQUEST), test_fault);
  add ("lost-reply", GUINT_TO_POINTER (FAULT_LOSE_REPLY), test_fault);
  add ("cut-reply", GUINT_TO_POINTER (FAULT_CUT_REPLY), test_fault);
  add ("false-failure", GUINT_TO_POINTER (FAULT_FALSE_FAILURE), test_fault);
  add ("try-again", GUINT_TO_POINTER (FAULT_TRY_AGAIN), test_fault);
  add ("no-fhir", GUINT_TO_POINTER (FAULT_NO_FHIR), test_fault);
  add ("not-atomic", NULL, test_not_atomic);
  add ("false-yes", NULL, test_false_yes);
  add ("move", NULL, test_move);
  add ("move-lost-reply", GUINT_TO_POINTER (FAULT_LOSE_REPLY), test_move);
  add ("move-lost-request", GUINT_TO_POINTER (FAULT_LOSE_REQUEST), test_move);
  add ("move-one-person", NULL, test_move_one_person);
  add ("changed", NULL, test_changed);
  add ("cancel", NULL, test_cancel);
  add ("group-visit", NULL, test_group_visit);
  add ("find", NULL, test_find);
  add ("find-nothing", NULL, test_find_nothing);
  return g_test_run ();
}
