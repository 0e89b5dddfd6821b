/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-cover-list"

/* How the visits of tomorrow are covered, on the sample clinic with a clearinghouse that answers, without a window: rcp-cover-list.c,
 * rcp-cover-entry.c and rcp-coverage-text.c; and that rcp-auth-settler.c tries again. */
#include "config.h"

#include <string.h>

#include "cover-desk.h"
#include "ui/insurance/rcp-auth-settler.h"
#include "ui/insurance/rcp-cover-list.h"

#define WAIT_FOR(condition) KEEP_RESULT_UNTIL (condition)
#define N_INSURED 8
#define BY_X12 "x12"
#define BY_FHIR "fhir"

typedef struct
{
  SampleDesk sample;
  GSettings *settings;
  ScriptedHouse *house;
  RcpPayer *payer;
  GPtrArray *visits; /* of tomorrow */
  RcpCoverList *list;
} Fixture;

/* The first eight of tomorrow are insured, as members M1 to M8. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GDate) tomorrow = g_date_new_dmy (24, 11, 2026);

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
  g_assert_cmpuint (self->visits->len, >, N_INSURED);
  for (guint i = 0; i < N_INSURED; i++)
    {
      g_autofree char *member = g_strdup_printf ("M%u", i + 1);
      g_autoptr (FhirResource) coverage = cover_desk_insure (self->sample.client, rcp_visit_get_patient (self->visits->pdata[i]), member);
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->list);
  scripted_house_release (self->house, 'c');
  scripted_house_free (self->house);
  g_ptr_array_unref (self->visits);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sample_desk_tear_down (&self->sample);
  g_object_unref (self->payer);
  cover_desk_reset (self->settings);
  g_object_unref (self->settings);
}

static void
open_list (Fixture *self)
{
  self->list = rcp_cover_list_new (self->sample.desk);
  WAIT_FOR (rcp_cover_list_is_read (self->list));
}

static RcpCoverEntry *
find_of (Fixture *self, guint member)
{
  RcpVisit *visit = self->visits->pdata[member - 1];
  GListModel *entries = rcp_cover_list_get_entries (self->list);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (entries, i);

      if (rcp_cover_entry_is_for (entry, visit))
        return entry;
    }
  g_assert_not_reached ();
}

static guint
count (Fixture *self, RcpCoverState state)
{
  GListModel *entries = rcp_cover_list_get_entries (self->list);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (entries, i);

      n += rcp_cover_entry_get_state (entry) == state;
    }
  return n;
}

/* By state, then by time. All that wants something done is seen before the many who have no insurance. */
static void
assert_in_order (Fixture *self)
{
  GListModel *entries = rcp_cover_list_get_entries (self->list);

  for (guint i = 0; i < rcp_cover_list_count_trouble (self->list); i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (entries, i);

      g_assert_cmpint (rcp_cover_entry_get_state (entry), !=, RCP_COVER_NO_INSURANCE);
    }

  for (guint i = 1; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (RcpCoverEntry) one = g_list_model_get_item (entries, i - 1), other = g_list_model_get_item (entries, i);
      gint64 start = rcp_visit_get_range (rcp_cover_entry_get_visit (one)).start;

      g_assert_cmpint (rcp_cover_entry_get_state (one), <=, rcp_cover_entry_get_state (other));
      if (rcp_cover_entry_get_state (one) == rcp_cover_entry_get_state (other))
        g_assert_cmpint (start, <=, rcp_visit_get_range (rcp_cover_entry_get_visit (other)).start);
    }
}

static char *
dup_order (Fixture *self)
{
  GListModel *entries = rcp_cover_list_get_entries (self->list);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (entries, i);

      g_string_append_printf (text, "%s ", rcp_visit_get_id (rcp_cover_entry_get_visit (entry)));
    }
  return g_string_free (text, FALSE);
}

/* Each says its own result, and none keeps another from it; what is bad comes first once the list is read again. */
static void
test_all (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL, *words = NULL;
  guint n;

  open_list (self);
  g_assert_true (rcp_cover_list_is_tomorrow (self->list));
  n = g_list_model_get_n_items (rcp_cover_list_get_entries (self->list));
  g_assert_cmpuint (count (self, RCP_COVER_NOT_CHECKED), >=, N_INSURED);
  g_assert_cmpuint (count (self, RCP_COVER_NOT_CHECKED) + count (self, RCP_COVER_NO_INSURANCE), ==, n);
  assert_in_order (self);
  before = dup_order (self);
  scripted_house_say_of (self->house, "*MI*M2~", 'n');
  scripted_house_say_of (self->house, "*MI*M3~", 'f');
  scripted_house_say_of (self->house, "*MI*M4~", 'e');
  scripted_house_say_of (self->house, "*MI*M5~", 'a');
  g_assert_cmpuint (rcp_cover_list_ask_all (self->list), >=, N_INSURED);
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
  g_assert_cmpint (rcp_cover_entry_get_state (find_of (self, 1)), ==, RCP_COVER_FINE);
  g_assert_cmpint (rcp_cover_entry_get_state (find_of (self, 2)), ==, RCP_COVER_NOT_ELIGIBLE);
  g_assert_cmpint (rcp_cover_entry_get_state (find_of (self, 3)), ==, RCP_COVER_CANNOT_TELL);
  g_assert_cmpint (rcp_cover_entry_get_state (find_of (self, 4)), ==, RCP_COVER_AUTHORIZATION);
  g_assert_cmpint (rcp_cover_entry_get_state (find_of (self, 5)), ==, RCP_COVER_CANNOT_TELL);
  words = rcp_cover_entry_describe (find_of (self, 3));
  g_assert_nonnull (strstr (words, "does not find the insured person (75)"));
  g_assert_cmpuint (rcp_cover_list_count_without (self->list), ==, count (self, RCP_COVER_NO_INSURANCE));
  g_assert_cmpuint (rcp_cover_list_count_without (self->list), >, 0);
  g_assert_cmpuint (rcp_cover_list_count_trouble (self->list), ==, n - count (self, RCP_COVER_FINE) - count (self, RCP_COVER_NO_INSURANCE));
  /* Nothing has jumped. */
  after = dup_order (self);
  g_assert_cmpstr (after, ==, before);
  rcp_cover_list_reload (self->list);
  WAIT_FOR (rcp_cover_list_is_read (self->list));
  assert_in_order (self);
  g_assert_cmpint (rcp_cover_entry_get_state (find_of (self, 2)), ==, RCP_COVER_NOT_ELIGIBLE);
}

/* A few at a time; one of whom nothing is heard holds up nobody. */
static void
test_bounded (Fixture *self, gconstpointer data)
{
  guint n;

  open_list (self);
  scripted_house_say (self->house, 'w');
  n = rcp_cover_list_ask_all (self->list);
  WAIT_FOR (scripted_house_get_n_asked (self->house) == RCP_COVER_LIST_MAX_ASKED);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (scripted_house_get_n_asked (self->house), ==, RCP_COVER_LIST_MAX_ASKED);
  /* Each waits for its own payer, none for a line that another holds: that would end in a second attempt. */
  for (guint i = 1; i <= N_INSURED; i++)
    {
      g_autofree char *member = g_strdup_printf ("*MI*M%u~", i);

      g_assert_cmpuint (scripted_house_count (self->house, member), <=, 1);
    }
  g_assert_cmpuint (rcp_cover_list_count_busy (self->list), ==, n);
  g_assert_cmpuint (rcp_cover_list_ask_all (self->list), ==, 0);
  scripted_house_say (self->house, 'c');
  scripted_house_say_of (self->house, "*MI*M8~", 'w');
  scripted_house_release (self->house, 'c');
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 1);
  g_assert_true (rcp_cover_entry_is_busy (find_of (self, 8)));
  g_assert_cmpint (rcp_cover_entry_get_state (find_of (self, 1)), ==, RCP_COVER_FINE);
  scripted_house_release (self->house, 'n');
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
  g_assert_cmpint (rcp_cover_entry_get_state (find_of (self, 8)), ==, RCP_COVER_NOT_ELIGIBLE);
}

/* What was said today is asked again by the desk alone, and of one row. */
static void
test_once (Fixture *self, gconstpointer data)
{
  open_list (self);
  g_assert_true (rcp_cover_list_ask (self->list, find_of (self, 1)));
  g_assert_false (rcp_cover_list_ask (self->list, find_of (self, 1)));
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*M1~"), ==, 1);
  g_assert_cmpuint (scripted_house_get_n_asked (self->house), ==, 1);
  rcp_cover_list_ask_all (self->list);
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*M1~"), ==, 1);
  g_assert_cmpuint (rcp_cover_list_ask_all (self->list), ==, 0);
  g_assert_true (rcp_cover_list_ask (self->list, find_of (self, 1)));
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*M1~"), ==, 2);
}

static guint
count_of (Fixture *self, const char *member)
{
  g_autofree char *part = g_strdup_printf ("*MI*%s~", member);

  return scripted_house_count (self->house, part);
}

/* What the record holds of answers about @coverage. */
static guint
count_stored (Fixture *self, FhirResource *coverage)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("CoverageEligibilityResponse");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;
  guint n = 0;

  fhir_client_search_async (self->sample.client, search, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_finish (self->sample.client, result, NULL);
  g_assert_nonnull (bundle);
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      JsonObject *json = fhir_resource_get_json (fhir_bundle_get_matches (bundle)->pdata[i]);

      n += g_strcmp0 (fhir_json_get_string (json, "insurance.0.coverage.reference"), fhir_resource_get_reference (coverage)) == 0;
    }
  return n;
}

static void
assert_says (char *text, const char *words)
{
  g_autofree char *owned = text;

  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, words));
}

static void
ask_all (Fixture *self)
{
  rcp_cover_list_ask_all (self->list);
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
}

/* The payer of what pays second is asked as well, after the first; each answer is kept with its own insurance; what fails, or is silent,
 * hides no other; and what is known is not asked again. */
static void
test_second (Fixture *self, gconstpointer data)
{
  RcpPatient *first = rcp_visit_get_patient (self->visits->pdata[0]), *second = rcp_visit_get_patient (self->visits->pdata[1]);
  g_autoptr (FhirResource) s1 = cover_desk_insure_second (self->sample.client, first, "S1");
  g_autoptr (FhirResource) s2 = cover_desk_insure_second (self->sample.client, second, "S2");
  RcpCoverEntry *entry;

  scripted_house_say_of (self->house, "*MI*S1~", 'w');
  scripted_house_say_of (self->house, "*MI*M2~", 'f');
  scripted_house_say_of (self->house, "*MI*S2~", 'n');
  open_list (self);
  entry = find_of (self, 1);
  g_assert_true (rcp_cover_entry_get_nth (entry, 1) && !rcp_cover_entry_get_nth (entry, 2));
  rcp_cover_list_ask_all (self->list);
  /* All but the silent one are over, of the others nobody waits for it; the first answer is there. */
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 1 && count_of (self, "S1") == 1);
  g_assert_true (rcp_cover_entry_is_asking (entry));
  g_assert_cmpint (rcp_cover_entry_get_state (entry), ==, RCP_COVER_FINE);
  assert_says (rcp_cover_entry_describe (entry), "Eligible");
  assert_says (rcp_cover_entry_describe_further (entry), "Secondary · Beta Mutual: the payer is being asked");
  assert_says (rcp_cover_entry_describe (find_of (self, 2)), "(75)");
  assert_says (rcp_cover_entry_describe_further (find_of (self, 2)), "Secondary · Beta Mutual: Not eligible");
  scripted_house_say_of (self->house, "*MI*S1~", 'c');
  scripted_house_release (self->house, 'c');
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
  assert_says (rcp_cover_entry_describe_further (entry), "Secondary · Beta Mutual: Eligible");
  g_assert_cmpuint (count_stored (self, s1), ==, 1);
  g_assert_cmpuint (count_stored (self, s2), ==, 1);
  /* Of the second patient the first alone could not be told: it alone is asked about again. */
  ask_all (self);
  g_assert_cmpuint (count_of (self, "M2"), ==, 2);
  g_assert_cmpuint (count_of (self, "S2") + count_of (self, "S1") + count_of (self, "M1"), ==, 3);
  /* A person who asks again asks what is not known to be good; where all is, all. */
  g_assert_true (rcp_cover_list_ask (self->list, find_of (self, 2)));
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
  g_assert_cmpuint (count_of (self, "S2"), ==, 2);
  g_assert_true (rcp_cover_list_ask (self->list, entry));
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
  g_assert_cmpuint (count_of (self, "M1"), ==, 2);
  g_assert_cmpuint (count_of (self, "S1"), ==, 2);
  g_assert_cmpuint (count_stored (self, s1), ==, 2);
}

/* What is left to pay is told by the first, and that the second may pay of it, unless its payer says that it does not hold. */
static void
test_shared (Fixture *self, gconstpointer data)
{
  static const char words[] = "copay $25.00; another insurance may pay a part of it";
  g_autoptr (FhirResource) s1 = cover_desk_insure_second (self->sample.client, rcp_visit_get_patient (self->visits->pdata[0]), "S1");
  g_autofree char *alone = NULL, *further = NULL, *after = NULL;

  open_list (self);
  ask_all (self);
  assert_says (rcp_cover_entry_describe (find_of (self, 1)), words);
  alone = rcp_cover_entry_describe (find_of (self, 2));
  g_assert_null (strstr (alone, "another insurance"));
  further = rcp_cover_entry_describe_further (find_of (self, 1));
  g_assert_null (strchr (further, '$'));
  scripted_house_say_of (self->house, "*MI*S1~", 'n');
  g_assert_true (rcp_cover_list_ask (self->list, find_of (self, 1)));
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
  after = rcp_cover_entry_describe (find_of (self, 1));
  g_assert_null (strstr (after, "another insurance"));
}

/* The same visit once more, an hour later. */
static void
book_again (Fixture *self, RcpVisit *visit)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT), copy = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) stored = NULL;
  g_autofree char *text = NULL;
  GAsyncResult *kept = NULL;
  JsonObject *json;

  json_node_set_object (node, fhir_resource_get_json (rcp_visit_get_resource (visit)));
  text = json_to_string (node, FALSE);
  copy = json_from_string (text, NULL);
  json = json_node_get_object (copy);
  json_object_remove_member (json, "id");
  json_object_remove_member (json, "meta");
  json_object_remove_member (json, "identifier");
  fhir_client_create_async (self->sample.client, json, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_create_finish (self->sample.client, result, NULL);
  g_assert_nonnull (stored);
}

/* One insurance is asked about once for both visits. */
static void
test_twice_a_day (Fixture *self, gconstpointer data)
{
  guint n;

  open_list (self);
  n = g_list_model_get_n_items (rcp_cover_list_get_entries (self->list));
  book_again (self, self->visits->pdata[0]);
  rcp_day_book_set_watching (rcp_desk_get_day_book (self->sample.desk), TRUE);
  rcp_desk_invalidate (self->sample.desk, rcp_visit_get_range (self->visits->pdata[0]));
  WAIT_FOR (g_list_model_get_n_items (rcp_cover_list_get_entries (self->list)) == n + 1);
  assert_in_order (self);
  rcp_cover_list_ask_all (self->list);
  WAIT_FOR (rcp_cover_list_count_busy (self->list) == 0);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*M1~"), ==, 1);
  g_assert_cmpuint (count (self, RCP_COVER_NOT_CHECKED), ==, 0);
}

/* Nobody is told that there is nothing to do. */
static void
test_failed (Fixture *self, gconstpointer data)
{
  fhir_client_set_max_retries (self->sample.client, 0);
  practice_fixture_kill (self->sample.practice);
  self->list = rcp_cover_list_new (self->sample.desk);
  WAIT_FOR (rcp_cover_list_has_failed (self->list));
  g_assert_cmpuint (count (self, RCP_COVER_NO_INSURANCE), ==, 0);
  practice_fixture_start (self->sample.practice);
  rcp_cover_list_reload (self->list);
  WAIT_FOR (rcp_cover_list_is_read (self->list));
  g_assert_false (rcp_cover_list_has_failed (self->list));
}

/* Another day than the next on which the clinic works. */
static void
test_other_day (Fixture *self, gconstpointer data)
{
  g_autoptr (GDate) far = g_date_new_dmy (1, 6, 2027), tomorrow = g_date_new_dmy (24, 11, 2026);

  open_list (self);
  g_assert_cmpint (g_date_compare (rcp_cover_list_get_day (self->list), tomorrow), ==, 0);
  rcp_cover_list_set_day (self->list, far);
  g_assert_false (rcp_cover_list_is_tomorrow (self->list));
  WAIT_FOR (rcp_cover_list_is_read (self->list));
  g_assert_cmpuint (g_list_model_get_n_items (rcp_cover_list_get_entries (self->list)), ==, 0);
  rcp_cover_list_set_day (self->list, tomorrow);
  WAIT_FOR (rcp_cover_list_is_read (self->list));
  g_assert_cmpuint (count (self, RCP_COVER_NOT_CHECKED), >=, N_INSURED);
}

/* How many authorizations the clinic has to get. */
static guint
count_tasks (Fixture *self)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Task");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;

  fhir_search_add (search, "code", "urn:reception:prior-auth|authorize");
  fhir_search_add (search, "status", "requested");
  fhir_client_search_async (self->sample.client, search, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_finish (self->sample.client, result, NULL);
  g_assert_nonnull (bundle);
  return fhir_bundle_get_matches (bundle)->len;
}

/* The payer thinks for longer than anybody looks: what its answer asks for is there all the same. */
static void
test_closed (Fixture *self, gconstpointer data)
{
  open_list (self);
  scripted_house_say (self->house, 'w');
  g_assert_true (rcp_cover_list_ask (self->list, find_of (self, 1)));
  WAIT_FOR (scripted_house_get_n_asked (self->house) == 1);
  g_clear_object (&self->list);
  scripted_house_release (self->house, 'e');
  WAIT_FOR (count_tasks (self) == 1);
}

/* The record is away just then. */
static void
test_settled_later (Fixture *self, gconstpointer data)
{
  RcpVisit *visit = self->visits->pdata[0];
  RcpRoster *roster = rcp_desk_get_roster (self->sample.desk);
  g_autoptr (RcpInsuranceModel) model = rcp_insurance_model_new (self->sample.desk);
  g_autoptr (RcpAuthSettler) settler = NULL;
  g_autoptr (GDate) tomorrow = g_date_new_dmy (24, 11, 2026);

  scripted_house_say (self->house, 'e');
  rcp_insurance_model_set_day (model, tomorrow);
  rcp_insurance_model_set_visit (model, rcp_roster_find_visit_type (roster, rcp_visit_get_type_code (visit)),
                                 rcp_roster_find_provider_of_visit (roster, visit));
  rcp_insurance_model_set_patient (model, rcp_visit_get_patient (visit));
  WAIT_FOR (rcp_insurance_model_get_state (model) == RCP_INSURANCE_READY);
  rcp_insurance_model_check (model, 0, TRUE);
  WAIT_FOR (!rcp_insurance_model_is_busy (model));
  g_assert_cmpuint (count_tasks (self), ==, 0);
  fhir_client_set_max_retries (self->sample.client, 0);
  practice_fixture_kill (self->sample.practice);
  settler = rcp_auth_settler_new (self->sample.desk, model);
  rcp_auth_settler_set_visit (settler, visit, FALSE);
  WAIT_FOR (!rcp_auth_settler_is_busy (settler));
  g_assert_true (rcp_auth_settler_is_pending (settler));
  practice_fixture_start (self->sample.practice);
  WAIT_FOR (!rcp_auth_settler_is_pending (settler));
  g_assert_cmpuint (count_tasks (self), ==, 1);
}

/* What the first payer wants is work of the record before the second has answered, though both are asked at once. */
static void
test_settled_at_once (Fixture *self, gconstpointer data)
{
  RcpVisit *visit = self->visits->pdata[0];
  g_autoptr (FhirResource) second = cover_desk_insure_second (self->sample.client, rcp_visit_get_patient (visit), "S1");
  g_autoptr (RcpInsuranceModel) model = rcp_insurance_model_new (self->sample.desk);
  g_autoptr (RcpAuthSettler) settler = rcp_auth_settler_new (self->sample.desk, model);
  g_autoptr (GDate) tomorrow = g_date_new_dmy (24, 11, 2026);

  scripted_house_say (self->house, 'e');
  scripted_house_say_of (self->house, "*MI*S1~", 'w');
  rcp_insurance_model_set_day (model, tomorrow);
  rcp_insurance_model_set_patient (model, rcp_visit_get_patient (visit));
  rcp_auth_settler_set_visit (settler, visit, FALSE);
  WAIT_FOR (rcp_insurance_model_get_state (model) == RCP_INSURANCE_READY);
  rcp_insurance_model_check (model, 1, TRUE);
  rcp_insurance_model_check (model, 0, TRUE);
  WAIT_FOR (count_tasks (self) == 1);
  g_assert_true (rcp_insurance_model_is_checking (model, 1));
  scripted_house_release (self->house, 'e');
  WAIT_FOR (!rcp_insurance_model_is_busy (model) && count_tasks (self) == 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/ui/cover-list/" name, Fixture, BY_X12, set_up, test, tear_down)
#define ADD_BOTH(name, test)                                                                                                              \
  ADD (name, test);                                                                                                                       \
  g_test_add ("/ui/cover-list/" name "-by-fhir", Fixture, BY_FHIR, set_up, test, tear_down)
  ADD_BOTH ("all", test_all);
  ADD_BOTH ("second", test_second);
  ADD_BOTH ("shared", test_shared);
  ADD ("bounded", test_bounded);
  ADD ("once", test_once);
  ADD ("twice-a-day", test_twice_a_day);
  ADD ("failed", test_failed);
  ADD ("other-day", test_other_day);
  ADD ("closed", test_closed);
  ADD ("settled-at-once", test_settled_at_once);
  ADD ("settled-later", test_settled_later);
  return g_test_run ();
}
