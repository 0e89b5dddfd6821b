/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What networks and servers do to a booking, against a real record behind a proxy: the desk is never told "booked" for
 * what is not, and nothing is booked twice. Drives rcp-commit.c and rcp-visit-compose.c. */
#include "desk-fixture.h"

#include "fault-proxy.h"

#include <string.h>

typedef struct
{
  DeskFixture *desk;
  FaultProxy *proxy;
  FhirClient *client;
  RcpOffer *offer;
} Wire;

static void
wire_up (Wire *self, gconstpointer data)
{
  self->desk = desk_fixture_new (1, 3);
  self->proxy = fault_proxy_new (practice_fixture_get_folder (self->desk->practice),
                                 practice_fixture_get_socket (self->desk->practice));
  self->client = fhir_client_new_for_socket (fault_proxy_get_socket (self->proxy));
  self->offer = desk_fixture_make_offer (self->desk, 0, 2, 9 * 60, 2);
}

static void
wire_down (Wire *self, gconstpointer data)
{
  g_clear_object (&self->offer);
  g_clear_object (&self->client);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fault_proxy_free (self->proxy);
  desk_fixture_free (self->desk);
}

/* Whatever was told, the record holds it: once. */
static void
assert_booked (Wire *self, guint n_visits)
{
  g_assert_cmpuint (desk_fixture_check_record (self->desk), ==, n_visits);
  g_assert_cmpuint (desk_fixture_count_status (self->desk, "CommunicationRequest", "active"), ==, 2 * n_visits);
}

static void
assert_not_booked (Wire *self, const GError *error, RcpSchedulingError code)
{
  g_assert_error (error, RCP_SCHEDULING_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, "not booked"));
  assert_booked (self, 0);
}

static void
expect_booked (Wire *self, guint n_transactions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (self->desk, self->client, 0, self->offer, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_status (visit), ==, RCP_VISIT_BOOKED);
  assert_booked (self, 1);
  g_assert_cmpuint (fault_proxy_get_n_transactions (self->proxy), ==, n_transactions);
}

static void
test_lost_request (Wire *self, gconstpointer data)
{
  fault_proxy_push (self->proxy, FAULT_LOSE_REQUEST, 0);
  expect_booked (self, 2);
}

static void
test_lost_reply (Wire *self, gconstpointer data)
{
  fault_proxy_push (self->proxy, FAULT_LOSE_REPLY, 0);
  expect_booked (self, 1);
}

/* A visit so long that it goes without the condition on its identifier: then the versions of its slots keep it single. */
static void
test_long (Wire *self, gconstpointer data)
{
  g_object_unref (self->offer);
  self->offer = desk_fixture_make_offer (self->desk, 0, 2, 9 * 60, 8);
  fault_proxy_push (self->proxy, GPOINTER_TO_UINT (data), 0);
  expect_booked (self, GPOINTER_TO_UINT (data) == FAULT_LOSE_REQUEST ? 2 : 1);
}

static void
test_lost_reply_and_reads (Wire *self, gconstpointer data)
{
  fault_proxy_push (self->proxy, FAULT_LOSE_REPLY, 0);
  fault_proxy_break_reads (self->proxy, 5);
  expect_booked (self, 1);
}

static void
test_cut (Wire *self, gconstpointer data)
{
  fault_proxy_push (self->proxy, FAULT_CUT_REPLY, GPOINTER_TO_UINT (data));
  expect_booked (self, 1);
}

static void
test_false_failure (Wire *self, gconstpointer data)
{
  fault_proxy_push (self->proxy, FAULT_FALSE_FAILURE, 0);
  expect_booked (self, 1);
}

static void
test_no_fhir (Wire *self, gconstpointer data)
{
  fault_proxy_push (self->proxy, FAULT_NO_FHIR, 0);
  expect_booked (self, 1);
}

static void
test_throttled (Wire *self, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  fault_proxy_push (self->proxy, FAULT_THROTTLED, 1);
  expect_booked (self, 2);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_USEC_PER_SEC);
}

static void
test_try_again (Wire *self, gconstpointer data)
{
  fault_proxy_push (self->proxy, FAULT_TRY_AGAIN, 0);
  fault_proxy_push (self->proxy, FAULT_TRY_AGAIN, 0);
  expect_booked (self, 3);
}

/* The other 409 is the answer: it is not tried again. */
static void
test_taken (Wire *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fault_proxy_push (self->proxy, FAULT_TAKEN, 0);
  g_assert_null (desk_fixture_book (self->desk, self->client, 0, self->offer, &error));
  assert_not_booked (self, error, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_cmpuint (fault_proxy_get_n_transactions (self->proxy), ==, 1);
}

static void
test_false_yes (Wire *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fault_proxy_push (self->proxy, FAULT_FALSE_YES, 0);
  g_assert_null (desk_fixture_book (self->desk, self->client, 0, self->offer, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_NOT_KEPT);
  assert_booked (self, 0);
}

/* The request is under way for longer than anybody waits, and is done while the second one is. */
static void
test_late (Wire *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = NULL;

  fhir_client_set_timeout (self->client, 1);
  fault_proxy_push (self->proxy, FAULT_LATE, GPOINTER_TO_UINT (data));
  visit = desk_fixture_book (self->desk, self->client, 0, self->offer, &error);
  g_assert_no_error (error);
  assert_booked (self, 1);
  fault_proxy_settle (self->proxy);
  assert_booked (self, 1);
}

static void
take_second_slot (gpointer user_data)
{
  Wire *self = user_data;
  g_autoptr (RcpOffer) second = desk_fixture_make_offer (self->desk, 0, 2, 9 * 60 + 15, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = desk_fixture_book (self->desk, NULL, 1, second, &error);

  g_assert_no_error (error);
}

/* Between the look and the leap another desk takes one of the two slots: nothing of ours remains. */
static void
test_taken_meanwhile (Wire *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fault_proxy_set_hook (self->proxy, take_second_slot, self);
  g_assert_null (desk_fixture_book (self->desk, self->client, 0, self->offer, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "Patient001"));
  assert_booked (self, 1);
}

/* The same at a server that says "transaction" and does entry after entry: what it kept is taken back. */
static void
test_not_atomic (Wire *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fault_proxy_push (self->proxy, FAULT_NOT_ATOMIC, 0);
  fault_proxy_set_hook (self->proxy, take_second_slot, self);
  g_assert_null (desk_fixture_book (self->desk, self->client, 0, self->offer, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_NOT_ATOMIC);
  g_assert_nonnull (strstr (error->message, "not booked"));
  assert_booked (self, 1);
}

static void
change_visit (gpointer user_data)
{
  Wire *self = user_data;
  g_autoptr (FhirBundle) visits = desk_fixture_search (self->desk, "Appointment", NULL);
  g_autoptr (RcpVisit) visit = rcp_visit_new (fhir_bundle_get_matches (visits)->pdata[0], NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) arrived = desk_fixture_set_status (self->desk, NULL, visit, RCP_VISIT_ARRIVED, &error);

  g_assert_no_error (error);
}

static void
test_move_not_atomic (Wire *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpOffer) later = desk_fixture_make_offer (self->desk, 0, 3, 10 * 60, 2);
  g_autoptr (RcpVisit) visit = desk_fixture_book (self->desk, NULL, 0, self->offer, &error);

  g_assert_no_error (error);
  fault_proxy_push (self->proxy, FAULT_NOT_ATOMIC, 0);
  fault_proxy_set_hook (self->proxy, change_visit, self);
  g_assert_null (desk_fixture_move (self->desk, self->client, visit, later, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_NOT_ATOMIC);
  g_assert_nonnull (strstr (error->message, "not moved"));
  assert_booked (self, 1);
}

static void
test_move_lost_reply (Wire *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpOffer) later = desk_fixture_make_offer (self->desk, 0, 3, 10 * 60, 2);
  g_autoptr (RcpVisit) visit = desk_fixture_book (self->desk, NULL, 0, self->offer, &error);
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;

  fault_proxy_push (self->proxy, FAULT_LOSE_REPLY, 0);
  moved = desk_fixture_move (self->desk, self->client, visit, later, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_visit_get_range (moved).start, ==, rcp_offer_get_range (later).start);
  assert_booked (self, 1);

  fault_proxy_push (self->proxy, FAULT_LOSE_REPLY, 0);
  cancelled = desk_fixture_cancel (self->desk, self->client, moved, "pat", &error);
  g_assert_no_error (error);
  assert_booked (self, 0);
}

static void
test_move_meanwhile (Wire *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpOffer) later = desk_fixture_make_offer (self->desk, 0, 3, 10 * 60, 2);
  g_autoptr (RcpVisit) visit = desk_fixture_book (self->desk, NULL, 0, self->offer, &error);

  fault_proxy_set_hook (self->proxy, change_visit, self);
  g_assert_null (desk_fixture_move (self->desk, self->client, visit, later, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_CHANGED);
  assert_booked (self, 1);
}

/* The record is gone for good: after a while it is said that nobody knows. */
static void
kill_record (gpointer user_data)
{
  Wire *self = user_data;

  practice_fixture_kill (self->desk->practice);
}

static void
test_gone (Wire *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fault_proxy_push (self->proxy, FAULT_LOSE_REQUEST, 0);
  fault_proxy_break_reads (self->proxy, G_MAXUINT);
  fhir_client_set_max_retries (self->client, 0);
  fault_proxy_set_hook (self->proxy, kill_record, self);
  g_assert_null (desk_fixture_book (self->desk, self->client, 0, self->offer, &error));
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "not certain"));
  practice_fixture_start (self->desk->practice);
  assert_booked (self, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function, data) g_test_add ("/scheduling/faults/" name, Wire, data, wire_up, function, wire_down)
  ADD ("lost-request", test_lost_request, NULL);
  ADD ("lost-reply", test_lost_reply, NULL);
  ADD ("long-lost-request", test_long, GUINT_TO_POINTER (FAULT_LOSE_REQUEST));
  ADD ("long-lost-reply", test_long, GUINT_TO_POINTER (FAULT_LOSE_REPLY));
  ADD ("lost-reply-and-reads", test_lost_reply_and_reads, NULL);
  ADD ("cut-in-headers", test_cut, GUINT_TO_POINTER (20));
  ADD ("cut-in-body", test_cut, GUINT_TO_POINTER (300));
  ADD ("cut-at-last-byte", test_cut, GUINT_TO_POINTER (1000000));
  ADD ("false-failure", test_false_failure, NULL);
  ADD ("no-fhir", test_no_fhir, NULL);
  ADD ("throttled", test_throttled, NULL);
  ADD ("try-again", test_try_again, NULL);
  ADD ("taken", test_taken, NULL);
  ADD ("false-yes", test_false_yes, NULL);
  ADD ("late-while-looking", test_late, GUINT_TO_POINTER (1100));
  ADD ("late-while-repeating", test_late, GUINT_TO_POINTER (1400));
  ADD ("taken-meanwhile", test_taken_meanwhile, NULL);
  ADD ("not-atomic", test_not_atomic, NULL);
  ADD ("move-not-atomic", test_move_not_atomic, NULL);
  ADD ("move-lost-reply", test_move_lost_reply, NULL);
  ADD ("move-meanwhile", test_move_meanwhile, NULL);
  ADD ("gone", test_gone, NULL);
  return g_test_run ();
}
