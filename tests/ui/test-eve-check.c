/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-eve-check"

/* Two desks on one record in the afternoon, and a clearinghouse that counts: rcp-eve-check.c and rcp-check-claim.c. */
#include "config.h"

#include "clinic/rcp-codes.h"
#include "cover-desk.h"
#include "insurance/rcp-check-claim.h"
#include "ui/insurance/rcp-cover-list.h"
#include "ui/insurance/rcp-eve-check.h"

#define WAIT_FOR(condition) KEEP_RESULT_UNTIL (condition)
#define N_INSURED 6
#define BY_FHIR "fhir"

typedef struct
{
  SampleDesk sample;
  GSettings *settings;
  ScriptedHouse *house;
  RcpPayer *payer;
  GPtrArray *visits; /* of tomorrow */
  FhirResource *coverages[N_INSURED];
  FhirClient *other_client;
  RcpDesk *other;
  RcpEveCheck *check, *other_check;
} Fixture;

static void
go_on (Fixture *self, gint64 time)
{
  rcp_clock_set_now (self->sample.clock, rcp_clock_get_now (self->sample.clock) + time);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GDate) tomorrow = g_date_new_dmy (24, 11, 2026);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  sample_desk_set_up (&self->sample);
  self->settings = g_settings_new (APP_ID);
  self->house = scripted_house_new ('c');
  if (g_strcmp0 (data, BY_FHIR) == 0)
    cover_desk_say_how_to_ask_by_fhir (self->settings, self->house);
  else
    cover_desk_say_how_to_ask (self->settings, self->house);
  self->payer = rcp_payer_new (self->settings, self->sample.clock);
  rcp_desk_set_payer (self->sample.desk, self->payer);
  self->visits = cover_desk_list_visits (self->sample.client, tomorrow);
  for (guint i = 0; i < N_INSURED; i++)
    {
      g_autofree char *member = g_strdup_printf ("M%u", i + 1);

      self->coverages[i] = cover_desk_insure (self->sample.client, rcp_visit_get_patient (self->visits->pdata[i]), member);
    }
  self->other_client = practice_fixture_create_client (self->sample.practice);
  self->other = rcp_desk_new (self->sample.clock);
  rcp_desk_open_async (self->other, self->other_client, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_true (rcp_desk_open_finish (self->other, result, NULL));
  rcp_desk_set_payer (self->other, self->payer);
  /* 12:26: too early. */
  go_on (self, -2 * G_TIME_SPAN_HOUR);
  self->check = rcp_eve_check_new (self->sample.desk);
  self->other_check = rcp_eve_check_new (self->other);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  rcp_eve_check_end (self->check);
  rcp_eve_check_end (self->other_check);
  for (guint i = 0; i < N_INSURED; i++)
    g_object_unref (self->coverages[i]);
  scripted_house_release (self->house, 'c');
  scripted_house_free (self->house);
  g_ptr_array_unref (self->visits);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->other);
  g_object_unref (self->other_client);
  sample_desk_tear_down (&self->sample);
  g_object_unref (self->payer);
  cover_desk_reset (self->settings);
  g_object_unref (self->settings);
}

static gboolean
is_over (Fixture *self)
{
  return !rcp_eve_check_is_running (self->check) && !rcp_eve_check_is_running (self->other_check);
}

static void
assert_each_asked (Fixture *self, guint n)
{
  for (guint i = 1; i <= N_INSURED; i++)
    {
      g_autofree char *member = g_strdup_printf ("*MI*M%u~", i);

      g_assert_cmpuint (scripted_house_count (self->house, member), ==, n);
    }
}

/* At the same time: each insurance is asked about once, and not again at the next look, nor by a desk that is started later. */
static void
test_once (Fixture *self, gconstpointer data)
{
  RcpEveCheck *late;

  g_assert_false (rcp_eve_check_run (self->check));
  go_on (self, 4 * G_TIME_SPAN_HOUR);
  /* The payer says nothing that would be believed tomorrow: only the claim keeps the others from asking. */
  scripted_house_say (self->house, 'f');
  g_assert_true (rcp_eve_check_run (self->check));
  g_assert_true (rcp_eve_check_run (self->other_check));
  WAIT_FOR (is_over (self));
  /* What the faster one was at, the other one leaves, and looks once more. */
  rcp_eve_check_run (self->check);
  rcp_eve_check_run (self->other_check);
  WAIT_FOR (is_over (self));
  assert_each_asked (self, 1);
  g_assert_false (rcp_eve_check_run (self->check));
  g_assert_false (rcp_eve_check_run (self->other_check));
  late = rcp_eve_check_new (self->other);
  go_on (self, G_TIME_SPAN_HOUR);
  rcp_eve_check_run (late);
  WAIT_FOR (!rcp_eve_check_is_running (late));
  rcp_eve_check_end (late);
  assert_each_asked (self, 1);
}

/* What is fresh is not asked about, and without a payer nobody is. */
static void
test_nothing (Fixture *self, gconstpointer data)
{
  go_on (self, 4 * G_TIME_SPAN_HOUR);
  g_settings_reset (self->settings, "payer-way");
  g_assert_false (rcp_eve_check_run (self->check));
  cover_desk_say_how_to_ask (self->settings, self->house);
  rcp_eve_check_run (self->check);
  WAIT_FOR (is_over (self));
  assert_each_asked (self, 1);
  rcp_eve_check_run (self->other_check);
  WAIT_FOR (is_over (self));
  assert_each_asked (self, 1);
}

/* What pays second is asked about as well, by one desk, and what pays first of everybody before. */
static void
test_second (Fixture *self, gconstpointer data)
{
  g_autoptr (FhirResource) second = cover_desk_insure_second (self->sample.client, rcp_visit_get_patient (self->visits->pdata[0]), "S1");
  g_autoptr (FhirResource) told = cover_desk_insure_second (self->sample.client, rcp_visit_get_patient (self->visits->pdata[1]), "S2");

  scripted_house_say_of (self->house, "*MI*M1~", 'f');
  scripted_house_say_of (self->house, "*MI*S2~", 'f');
  go_on (self, 4 * G_TIME_SPAN_HOUR);
  g_assert_true (rcp_eve_check_run (self->check));
  WAIT_FOR (scripted_house_count (self->house, "*MI*S1~") == 1);
  assert_each_asked (self, 1);
  WAIT_FOR (is_over (self));
  /* What was not told is not asked again by either desk: its payer wants something corrected. */
  rcp_eve_check_run (self->other_check);
  WAIT_FOR (is_over (self));
  assert_each_asked (self, 1);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*S1~"), ==, 1);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*S2~"), ==, 1);
}

/* Somebody has asked, and the payer wants something corrected first: nobody but a person asks again. */
static void
test_told_not_to (Fixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverList) list = rcp_cover_list_new (self->sample.desk);

  scripted_house_say_of (self->house, "*MI*M3~", 'f');
  WAIT_FOR (rcp_cover_list_is_read (list));
  rcp_cover_list_ask_all (list);
  WAIT_FOR (rcp_cover_list_count_busy (list) == 0);
  assert_each_asked (self, 1);
  go_on (self, 4 * G_TIME_SPAN_HOUR);
  rcp_eve_check_run (self->check);
  WAIT_FOR (is_over (self));
  assert_each_asked (self, 1);
}

static gboolean
take (Fixture *self, RcpCheckClaim *claim)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  gboolean is_mine;

  rcp_check_claim_take_async (claim, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  is_mine = rcp_check_claim_take_finish (claim, result, &error);
  g_assert_no_error (error);
  return is_mine;
}

/* A desk dies while it asks about the first: the others are asked about, and after a while the first is too. */
static void
test_taken_over (Fixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) coverage = rcp_coverage_new (self->coverages[0], NULL);
  g_autoptr (GDate) tomorrow = g_date_new_dmy (24, 11, 2026);
  RcpCheckClaim *dead = rcp_check_claim_new (self->other_client, self->sample.clock, coverage, tomorrow, RCP_SERVICE_TYPE_VISIT, "Desk 2");
  RcpCheckClaim *live = rcp_check_claim_new (self->sample.client, self->sample.clock, coverage, tomorrow, RCP_SERVICE_TYPE_VISIT, NULL);

  go_on (self, 4 * G_TIME_SPAN_HOUR);
  g_assert_true (take (self, dead));
  g_assert_true (take (self, dead));
  g_assert_false (take (self, live));
  g_assert_false (rcp_check_claim_is_done (live));
  rcp_eve_check_run (self->check);
  WAIT_FOR (is_over (self));
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*M1~"), ==, 0);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*M2~"), ==, 1);
  go_on (self, RCP_CHECK_CLAIM_LONGEST + G_TIME_SPAN_SECOND);
  g_assert_true (rcp_eve_check_run (self->check));
  WAIT_FOR (is_over (self));
  assert_each_asked (self, 1);
  g_assert_false (take (self, dead));
  g_assert_true (rcp_check_claim_is_done (dead));
  g_assert_finalize_object (dead);
  g_assert_finalize_object (live);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/ui/eve-check/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("once", test_once);
  ADD ("second", test_second);
  g_test_add ("/ui/eve-check/second-by-fhir", Fixture, BY_FHIR, set_up, test_second, tear_down);
  ADD ("nothing", test_nothing);
  ADD ("told-not-to", test_told_not_to);
  ADD ("taken-over", test_taken_over);
  return g_test_run ();
}
