/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-together-model"

/* rcp-together-model.c and rcp-together-part.c on the sample clinic: a family, several visits of one person, several people
 * in one visit; booked as one and taken back as one. */
#include "config.h"

#include "base/rcp-iso8601.h"
#include "keep-result.h"
#include "practice-fixture.h"
#include "scheduling/rcp-series.h"
#include "ui/booking/rcp-together-model.h"
#include "ui/move/rcp-undo-model.h"

#include <string.h>

#define NOW "2026-11-23T14:26:00Z"

#define WAIT_FOR(condition) KEEP_RESULT_UNTIL (condition)

#define N_PATIENTS 3

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  RcpClock *clock;
  RcpDesk *desk;
  RcpPatient *patients[N_PATIENTS];
  RcpTogetherModel *model;
} Fixture;

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static FhirBundle *
search (Fixture *fixture, const char *type, const char *parameter, const char *value)
{
  g_autoptr (FhirSearch) query = fhir_search_new (type);
  g_autoptr (GAsyncResult) result = NULL;
  FhirBundle *bundle;

  fhir_search_add (query, parameter, value);
  fhir_client_search_async (fixture->client, query, NULL, on_result_cb, &result);
  WAIT_FOR (result != NULL);
  bundle = fhir_client_search_finish (fixture->client, result, NULL);
  g_assert_nonnull (bundle);
  return bundle;
}

static RcpVisitType *
get_visit_type (Fixture *fixture, guint index)
{
  g_autoptr (RcpVisitType) type
      = g_list_model_get_item (rcp_roster_get_visit_types (rcp_desk_get_roster (fixture->desk)), index);

  return type;
}

static RcpVisitType *
find_visit_type (Fixture *fixture, const char *code)
{
  RcpVisitType *type = rcp_roster_find_visit_type (rcp_desk_get_roster (fixture->desk), code);

  return type != NULL ? type : get_visit_type (fixture, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const arguments[] = { "--sample", "--date", NOW, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  gint64 now;

  g_assert_true (rcp_iso8601_parse_instant (NOW, &now));
  fixture->practice = practice_fixture_new (arguments);
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->clock = rcp_clock_new_fixed (now);
  fixture->desk = rcp_desk_new (fixture->clock);
  rcp_desk_open_async (fixture->desk, fixture->client, NULL, on_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_true (rcp_desk_open_finish (fixture->desk, result, NULL));
  bundle = search (fixture, "Patient", "_count", "3");
  for (guint i = 0; i < N_PATIENTS; i++)
    fixture->patients[i] = rcp_patient_new (fhir_bundle_get_matches (bundle)->pdata[i]);
  rcp_desk_get_today (fixture->desk, &wish->from);
  g_date_add_days (&wish->from, 7);
  fixture->model
      = rcp_together_model_new (fixture->desk, fixture->patients[0], find_visit_type (fixture, "follow-up"), wish, "a cough");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->model);
  for (guint i = 0; i < N_PATIENTS; i++)
    g_object_unref (fixture->patients[i]);
  g_object_unref (fixture->desk);
  g_object_unref (fixture->clock);
  g_object_unref (fixture->client);
  practice_fixture_free (fixture->practice);
}

static void
wait_ready (Fixture *fixture)
{
  WAIT_FOR (rcp_together_model_get_state (fixture->model) == RCP_TOGETHER_READY);
}

static RcpOffer *
get_offer (Fixture *fixture)
{
  g_autoptr (RcpOffer) offer = g_list_model_get_item (rcp_together_model_get_offers (fixture->model), 0);

  g_assert_nonnull (offer);
  return offer;
}

static guint
count_parts (RcpOffer *offer)
{
  guint n = 0;

  for (; offer != NULL; offer = rcp_offer_get_next (offer))
    n++;
  return n;
}

static GPtrArray *
book (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *visits;

  rcp_together_model_book_async (fixture->model, get_offer (fixture), on_result_cb, &result);
  WAIT_FOR (result != NULL);
  visits = rcp_together_model_book_finish (fixture->model, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rcp_together_model_get_state (fixture->model), ==, RCP_TOGETHER_DONE);
  return visits;
}

static GPtrArray *
read_together (Fixture *fixture, const char *together_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *visits;

  rcp_together_read_async (fixture->client, together_id, NULL, on_result_cb, &result);
  WAIT_FOR (result != NULL);
  visits = rcp_together_read_finish (result, NULL);
  g_assert_nonnull (visits);
  return visits;
}

/* Three people one after the other with one provider; taken back with one undo. */
static void
test_family (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.frontdesk.Reception");
  g_autoptr (RcpUndoModel) undo = rcp_undo_model_new (fixture->desk, settings);
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *time = NULL;
  g_autofree char *id = NULL;
  RcpOffer *offer;

  g_assert_false (rcp_together_model_may_be_in_one (fixture->model));
  g_assert_true (rcp_together_model_add_person (fixture->model, fixture->patients[1]));
  g_assert_true (rcp_together_model_add_person (fixture->model, fixture->patients[2]));
  g_assert_true (rcp_together_model_may_be_in_one (fixture->model));
  wait_ready (fixture);
  offer = get_offer (fixture);
  g_assert_cmpuint (count_parts (offer), ==, 3);
  g_assert_true (rcp_offer_get_provider (offer) == rcp_offer_get_provider (rcp_offer_get_next (offer)));
  g_assert_true (rcp_offer_get_range (offer).end == rcp_offer_get_range (rcp_offer_get_next (offer)).start);
  lines = rcp_together_model_describe (fixture->model, offer);
  time = rcp_together_model_describe_time (fixture->model, offer);
  for (guint i = 0; i < N_PATIENTS; i++)
    g_assert_nonnull (strstr (lines, rcp_patient_get_name (fixture->patients[i])));
  g_assert_nonnull (strchr (time, ':'));

  visits = book (fixture);
  g_assert_cmpuint (visits->len, ==, 3);
  id = g_strdup (rcp_visit_get_together_id (visits->pdata[0]));
  g_assert_nonnull (id);
  g_assert_cmpstr (rcp_visit_get_together_id (visits->pdata[2]), ==, id);
  g_assert_cmpstr (rcp_visit_get_complaint (visits->pdata[0]), ==, "a cough");
  read = read_together (fixture, id);
  g_assert_cmpuint (read->len, ==, 3);
  g_assert_false (rcp_together_model_add_visit (fixture->model));

  g_assert_nonnull (rcp_undo_model_get_text (undo, 0));
  rcp_undo_model_undo_async (undo, 0, on_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_true (rcp_undo_model_undo_finish (undo, result, NULL));
  none = read_together (fixture, id);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Who called cannot do without one provider; who comes along can do with any, each in turn for something else. */
static void
test_left_out (Fixture *fixture, gconstpointer data)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk));
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  const char *only = NULL;
  RcpOffer *offer;

  wish->left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (only == NULL && g_strcmp0 (rcp_provider_get_specialty_name (provider), "Cardiology") == 0)
        only = rcp_provider_get_schedule_id (provider);
      else
        g_hash_table_add (wish->left_out, g_strdup (rcp_provider_get_schedule_id (provider)));
    }
  g_assert_nonnull (only);
  rcp_desk_get_today (fixture->desk, &wish->from);
  g_date_add_days (&wish->from, 7);
  g_object_unref (fixture->model);
  fixture->model = rcp_together_model_new (fixture->desk, fixture->patients[0], find_visit_type (fixture, "consultation"), wish, NULL);
  g_assert_true (rcp_together_model_add_person (fixture->model, fixture->patients[1]));
  rcp_together_model_set_visit_type (fixture->model, 1, find_visit_type (fixture, "skin-check"));
  wait_ready (fixture);
  offer = get_offer (fixture);
  g_assert_cmpuint (count_parts (offer), ==, 2);
  g_assert_cmpstr (rcp_provider_get_schedule_id (rcp_offer_get_provider (offer)), ==, only);
  g_assert_cmpstr (rcp_provider_get_schedule_id (rcp_offer_get_provider (rcp_offer_get_next (offer))), !=, only);
}

/* One person, two visits of different types in a row, at one place; the part before ends before the next begins. */
static void
test_one_person (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) visits = NULL;
  RcpVisitType *second = get_visit_type (fixture, 1);
  RcpOffer *offer;

  g_assert_true (rcp_together_model_add_visit (fixture->model));
  rcp_together_model_set_visit_type (fixture->model, 1, second);
  g_assert_false (rcp_together_model_may_be_in_one (fixture->model));
  wait_ready (fixture);
  offer = get_offer (fixture);
  g_assert_cmpuint (count_parts (offer), ==, 2);
  g_assert_true (rcp_offer_get_range (rcp_offer_get_next (offer)).start >= rcp_offer_get_range (offer).end);
  g_assert_true (rcp_provider_get_place (rcp_offer_get_provider (offer))
                 == rcp_provider_get_place (rcp_offer_get_provider (rcp_offer_get_next (offer))));
  visits = book (fixture);
  g_assert_cmpuint (visits->len, ==, 2);
  g_assert_cmpstr (rcp_visit_get_type_code (visits->pdata[1]), ==, rcp_visit_type_get_code (second));
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (rcp_visit_get_patient_id (visits->pdata[i]), ==, rcp_patient_get_id (fixture->patients[0]));
}

/* Everybody in one visit; no more once somebody comes twice. */
static void
test_in_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) visits = NULL;
  g_auto (GStrv) companions = NULL;

  rcp_together_model_add_person (fixture->model, fixture->patients[1]);
  rcp_together_model_set_in_one (fixture->model, TRUE);
  g_assert_true (rcp_together_model_is_in_one (fixture->model));
  rcp_together_model_add_visit (fixture->model);
  g_assert_false (rcp_together_model_is_in_one (fixture->model));
  rcp_together_model_remove (fixture->model, 2);
  rcp_together_model_set_in_one (fixture->model, TRUE);
  wait_ready (fixture);
  g_assert_cmpuint (count_parts (get_offer (fixture)), ==, 1);
  visits = book (fixture);
  g_assert_cmpuint (visits->len, ==, 1);
  g_assert_null (rcp_visit_get_together_id (visits->pdata[0]));
  companions = rcp_visit_dup_companions (visits->pdata[0]);
  g_assert_cmpuint (g_strv_length (companions), ==, 1);
  g_assert_cmpstr (companions[0], ==, rcp_patient_get_name (fixture->patients[1]));
}

/* Another desk was faster: nothing is booked, it is said, and there are fresh openings. */
static void
test_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (RcpTogetherModel) rival = NULL;
  g_autoptr (GPtrArray) theirs = NULL;
  g_autoptr (GPtrArray) ours = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (GAsyncResult) won = NULL;
  g_autoptr (GAsyncResult) lost = NULL;
  g_autoptr (GError) error = NULL;

  rcp_desk_get_today (fixture->desk, &wish->from);
  g_date_add_days (&wish->from, 7);
  rival = rcp_together_model_new (fixture->desk, fixture->patients[2], find_visit_type (fixture, "follow-up"), wish, NULL);
  rcp_together_model_add_person (fixture->model, fixture->patients[1]);
  wait_ready (fixture);
  WAIT_FOR (rcp_together_model_get_state (rival) == RCP_TOGETHER_READY);
  offer = g_object_ref (get_offer (fixture));
  {
    g_autoptr (RcpOffer) same = rcp_offer_new (rcp_offer_get_provider (offer), rcp_offer_get_slots (offer, NULL), 1);

    rcp_together_model_book_async (rival, same, on_result_cb, &won);
  }
  WAIT_FOR (won != NULL);
  theirs = rcp_together_model_book_finish (rival, won, &error);
  g_assert_no_error (error);
  rcp_together_model_book_async (fixture->model, offer, on_result_cb, &lost);
  WAIT_FOR (lost != NULL);
  ours = rcp_together_model_book_finish (fixture->model, lost, &error);
  g_assert_null (ours);
  g_assert_error (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN);
  wait_ready (fixture);
  g_assert_nonnull (rcp_together_model_get_notice (fixture->model));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/together-model/family", Fixture, NULL, set_up, test_family, tear_down);
  g_test_add ("/ui/together-model/left-out", Fixture, NULL, set_up, test_left_out, tear_down);
  g_test_add ("/ui/together-model/one-person", Fixture, NULL, set_up, test_one_person, tear_down);
  g_test_add ("/ui/together-model/in-one", Fixture, NULL, set_up, test_in_one, tear_down);
  g_test_add ("/ui/together-model/taken", Fixture, NULL, set_up, test_taken, tear_down);
  return g_test_run ();
}
