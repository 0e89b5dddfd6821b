/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-wait-rank"

/* rcp-waiting.c, rcp-wait-json.c and rcp-wait-rank.c: who waits for what, and who gets a time that has become free. */
#include "scheduling/rcp-wait-list.h"

#include "base/rcp-iso8601.h"
#include "clinic-parts.h"

#define NOW (G_GINT64_CONSTANT (1795438800) * G_USEC_PER_SEC)  /* 2026-11-23 08:00 in New York */
#define NINE (NOW + G_TIME_SPAN_HOUR)                          /* the same day */
#define TWO (NOW + 6 * G_TIME_SPAN_HOUR)

static GDateTime *
to_date_time (gint64 instant)
{
  return g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
}

static RcpVisit *
make_booked (const char *id, gint64 start)
{
  g_autoptr (GDateTime) from = to_date_time (start);
  g_autoptr (GDateTime) to = to_date_time (start + 15 * G_TIME_SPAN_MINUTE);
  g_autofree char *start_text = g_date_time_format (from, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *end_text = g_date_time_format (to, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *json = g_strdup_printf ("{\"resourceType\": \"Appointment\", \"id\": \"%s\", \"status\": \"booked\","
                                           " \"start\": \"%s\", \"end\": \"%s\"}",
                                           id, start_text, end_text);
  g_autoptr (FhirResource) resource = parts_resource (json);

  return rcp_visit_new (resource, NULL);
}

typedef struct
{
  const char *id;
  RcpUrgency urgency;
  guint times;
  guint duration;
  gint64 since;
  RcpProvider *wished;
  RcpVisit *booked;
  RcpTimeRange period;
  const char *languages[3];
  RcpGender gender;
  const char *network;
} Wait;

/* The entry as it would be written, and read again. */
static RcpWaiting *
make_waiting (const Wait *wait)
{
  g_autoptr (RcpPatient) patient = parts_patient (wait->id, wait->id);
  g_autoptr (GPtrArray) providers = g_ptr_array_new ();
  RcpWaitWish wish = {
    .patient = patient,
    .providers = providers,
    .languages = wait->languages,
    .gender = wait->gender,
    .network = wait->network,
    .urgency = wait->urgency,
    .times = wait->times,
    .duration = wait->duration != 0 ? wait->duration : 15,
    .period = wait->period.end != 0 ? wait->period : (RcpTimeRange){ NOW, NOW + 30 * G_TIME_SPAN_DAY },
    .booked = wait->booked,
  };
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (FhirResource) resource = NULL;
  g_autoptr (RcpVisit) visit = NULL;

  if (wait->wished != NULL)
    g_ptr_array_add (providers, wait->wished);
  json = rcp_wait_json_new (&wish, "b", "AAA-BBB", wait->since != 0 ? wait->since : NOW - G_TIME_SPAN_DAY);
  json_object_set_string_member (json, "id", wait->id);
  resource = fhir_resource_new (json);
  visit = rcp_visit_new (resource, patient != NULL ? rcp_patient_get_resource (patient) : NULL);
  return rcp_waiting_new (visit, wait->booked);
}

static GListModel *
make_list (const Wait *waits, guint n_waits)
{
  GListStore *list = g_list_store_new (RCP_TYPE_WAITING);

  for (guint i = 0; i < n_waits; i++)
    {
      g_autoptr (RcpWaiting) waiting = make_waiting (&waits[i]);

      g_list_store_insert_sorted (list, waiting, rcp_waiting_compare, NULL);
    }
  return G_LIST_MODEL (list);
}

/* The ids of the candidates, best first. */
static char *
rank_in (GListModel *list, RcpProvider *provider, RcpTimeRange free, RcpNetworkFunc find_network)
{
  g_autoptr (GPtrArray) candidates = rcp_waiting_rank (list, NULL, provider, free, find_network, NOW);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < candidates->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            rcp_visit_get_id (rcp_waiting_get_visit (
                                rcp_candidate_get_waiting (candidates->pdata[i]))));
  return g_string_free (ids, FALSE);
}

static char *
rank (GListModel *list, RcpProvider *provider, RcpTimeRange free)
{
  return rank_in (list, provider, free, NULL);
}

static void
test_round_trip (void)
{
  g_autoptr (RcpProvider) provider = parts_provider ("sched1", NULL);
  g_autoptr (RcpVisit) booked = make_booked ("kept", TWO);
  g_autoptr (RcpWaiting) waiting = make_waiting (&(Wait){
      .id = "a",
      .urgency = RCP_URGENCY_URGENT,
      .times = RCP_WISHED (RCP_TIME_OF_DAY_MORNING) | RCP_WISHED (RCP_TIME_OF_DAY_EVENING),
      .duration = 45,
      .since = NOW - 3 * G_TIME_SPAN_DAY,
      .wished = provider,
      .booked = booked,
      .period = { NOW, NOW + G_TIME_SPAN_DAY },
      .languages = { "es", "pt-BR" },
      .gender = RCP_GENDER_FEMALE,
      .network = "Harbour Gold",
  });
  g_autoptr (RcpWaiting) plain = make_waiting (&(Wait){ .id = "b" });
  RcpVisit *visit = rcp_waiting_get_visit (waiting);

  g_assert_cmpint (rcp_visit_get_status (visit), ==, RCP_VISIT_WAITLIST);
  g_assert_cmpint (rcp_visit_get_urgency (visit), ==, RCP_URGENCY_URGENT);
  g_assert_cmpint (rcp_visit_get_range (visit).start, ==, 0);
  g_assert_cmpuint (g_strv_length ((char **)rcp_visit_get_slot_ids (visit)), ==, 0);
  g_assert_cmpuint (rcp_waiting_get_times (waiting), ==,
                    RCP_WISHED (RCP_TIME_OF_DAY_MORNING) | RCP_WISHED (RCP_TIME_OF_DAY_EVENING));
  g_assert_cmpuint (rcp_waiting_get_duration (waiting), ==, 45);
  g_assert_cmpint (rcp_waiting_get_since (waiting), ==, NOW - 3 * G_TIME_SPAN_DAY);
  g_assert_cmpint (rcp_waiting_get_period (waiting).start, ==, NOW);
  g_assert_cmpint (rcp_waiting_get_period (waiting).end, ==, NOW + G_TIME_SPAN_DAY);
  g_assert_cmpstr (rcp_waiting_get_booked_id (waiting), ==, "kept");
  g_assert_cmpstr (rcp_waiting_get_practitioner_ids (waiting)[0], ==, rcp_provider_get_practitioner_id (provider));
  g_assert_cmpstr (rcp_waiting_get_practitioner_names (waiting)[0], ==, rcp_provider_get_name (provider));
  g_assert_null (rcp_waiting_get_practitioner_ids (waiting)[1]);
  g_assert_cmpstr (rcp_waiting_get_languages (waiting)[0], ==, "es");
  g_assert_cmpstr (rcp_waiting_get_languages (waiting)[1], ==, "pt-BR");
  g_assert_null (rcp_waiting_get_languages (waiting)[2]);
  g_assert_cmpint (rcp_waiting_get_gender (waiting), ==, RCP_GENDER_FEMALE);
  g_assert_cmpstr (rcp_waiting_get_network (waiting), ==, "Harbour Gold");
  g_assert_finalize_object (g_steal_pointer (&waiting));
  g_assert_null (rcp_waiting_get_languages (plain)[0]);
  g_assert_cmpint (rcp_waiting_get_gender (plain), ==, RCP_GENDER_ANY);
  g_assert_null (rcp_waiting_get_network (plain));
}

static void
test_times_of_day (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");

  for (RcpTimeOfDay i = RCP_TIME_OF_DAY_ANY; i <= RCP_TIME_OF_DAY_EVENING; i++)
    {
      g_assert_cmpint (rcp_time_of_day_from_code (rcp_time_of_day_to_code (i)), ==, i);
      g_assert_nonnull (rcp_time_of_day_to_label (i));
    }
  g_assert_cmpint (rcp_time_of_day_from_code ("noon"), ==, RCP_TIME_OF_DAY_ANY);
  g_assert_cmpint (rcp_time_of_day_of (NINE, zone), ==, RCP_TIME_OF_DAY_MORNING);
  g_assert_cmpint (rcp_time_of_day_of (NOW + 4 * G_TIME_SPAN_HOUR, zone), ==, RCP_TIME_OF_DAY_AFTERNOON);
  g_assert_cmpint (rcp_time_of_day_of (NOW + 9 * G_TIME_SPAN_HOUR, zone), ==, RCP_TIME_OF_DAY_EVENING);
}

static void
test_order (void)
{
  const Wait waits[] = {
    { .id = "late", .since = NOW - G_TIME_SPAN_HOUR },
    { .id = "early", .since = NOW - 9 * G_TIME_SPAN_DAY },
    { .id = "urgent", .urgency = RCP_URGENCY_URGENT },
    { .id = "afternoon", .urgency = RCP_URGENCY_EMERGENCY, .times = RCP_WISHED (RCP_TIME_OF_DAY_AFTERNOON) },
  };
  g_autoptr (RcpProvider) provider = parts_provider ("sched1", NULL);
  g_autoptr (GListModel) list = make_list (waits, G_N_ELEMENTS (waits));
  RcpTimeRange morning = { NINE, NINE + G_TIME_SPAN_HOUR };
  RcpTimeRange afternoon = { TWO, TWO + G_TIME_SPAN_HOUR };
  g_autofree char *of_morning = rank (list, provider, morning);
  g_autofree char *of_afternoon = rank (list, provider, afternoon);
  g_autoptr (RcpWaiting) first = g_list_model_get_item (list, 0);

  g_assert_cmpstr (rcp_visit_get_id (rcp_waiting_get_visit (first)), ==, "afternoon");
  g_assert_cmpstr (of_morning, ==, "urgent early late afternoon");
  g_assert_cmpstr (of_afternoon, ==, "afternoon urgent early late");
}

static void
test_who_cannot (void)
{
  g_autoptr (RcpProvider) provider = parts_provider ("sched1", NULL);
  g_autoptr (FhirResource) other_person
      = parts_resource ("{\"resourceType\": \"Practitioner\", \"id\": \"other\", \"name\": [{\"family\": \"Other\"}]}");
  g_autoptr (FhirResource) schedule
      = parts_resource ("{\"resourceType\": \"Schedule\", \"id\": \"sched2\","
                        " \"actor\": [{\"reference\": \"Practitioner/other\"}]}");
  g_autoptr (RcpProvider) other = rcp_provider_new (schedule, NULL, other_person, NULL);
  g_autoptr (RcpVisit) earlier = make_booked ("earlier", NINE - 15 * G_TIME_SPAN_MINUTE);
  g_autoptr (RcpVisit) later = make_booked ("later", TWO);
  const Wait waits[] = {
    { .id = "long", .duration = 90 },
    { .id = "over", .period = { NOW - G_TIME_SPAN_DAY, NOW } },
    { .id = "has-earlier", .booked = earlier },
    { .id = "has-later", .booked = later },
    { .id = "for-other", .wished = other },
    { .id = "for-this", .wished = provider },
  };
  g_autoptr (GListModel) list = make_list (waits, G_N_ELEMENTS (waits));
  g_autofree char *ids = rank (list, provider, (RcpTimeRange){ NINE, NINE + G_TIME_SPAN_HOUR });
  g_autofree char *past = rank (list, provider, (RcpTimeRange){ NOW - G_TIME_SPAN_HOUR, NOW });

  g_assert_cmpstr (ids, ==, "for-this has-later");
  g_assert_cmpstr (past, ==, "");
}

static void
test_reason (void)
{
  g_autoptr (RcpProvider) provider = parts_provider ("sched1", NULL);
  g_autoptr (RcpVisit) later = make_booked ("later", TWO);
  const Wait waits[] = {
    { .id = "a",
      .urgency = RCP_URGENCY_URGENT,
      .since = NOW - 3 * G_TIME_SPAN_DAY,
      .wished = provider,
      .booked = later,
      .times = RCP_WISHED (RCP_TIME_OF_DAY_MORNING) },
    { .id = "b", .since = NOW - G_TIME_SPAN_DAY, .times = RCP_WISHED (RCP_TIME_OF_DAY_EVENING), .duration = 30 },
  };
  g_autoptr (GListModel) list = make_list (waits, G_N_ELEMENTS (waits));
  g_autoptr (GPtrArray) candidates
      = rcp_waiting_rank (list, NULL, provider, (RcpTimeRange){ NINE, NINE + G_TIME_SPAN_HOUR }, NULL, NOW);
  g_autofree char *first
      = g_strdup_printf ("Urgent · waits 3 days · asked for %s · wished time of day · has a later visit",
                         rcp_provider_get_name (provider));

  g_assert_cmpuint (candidates->len, ==, 2);
  g_assert_cmpstr (rcp_candidate_get_reason (candidates->pdata[0]), ==, first);
  g_assert_true (rcp_candidate_is_wished_time (candidates->pdata[0]));
  g_assert_cmpstr (rcp_candidate_get_reason (candidates->pdata[1]), ==, "waits 1 day · asked for another time of day");
  g_assert_false (rcp_candidate_is_wished_time (candidates->pdata[1]));
  g_assert_cmpint (rcp_candidate_get_range (candidates->pdata[1]).end, ==, NINE + 30 * G_TIME_SPAN_MINUTE);
}

/* @person: what the Practitioner says. */
static RcpProvider *
make_provider (const char *person)
{
  g_autofree char *json = g_strdup_printf ("{\"resourceType\": \"Practitioner\", \"id\": \"doc\", \"name\": [{\"family\": \"Ruiz\"}]%s}", person);
  g_autoptr (FhirResource) practitioner = parts_resource (json);
  g_autoptr (FhirResource) schedule = parts_resource ("{\"resourceType\": \"Schedule\", \"id\": \"sched1\","
                                                      " \"actor\": [{\"reference\": \"Practitioner/doc\"}]}");

  return rcp_provider_new (schedule, NULL, practitioner, NULL);
}

static int
find_network (RcpProvider *provider, const char *network)
{
  return g_str_equal (network, "Gold") ? 1 : g_str_equal (network, "Silver") ? 0 : -1;
}

/* What the patient cannot do without: the language has to be known, and nothing may speak against the others. */
static void
test_musts (void)
{
  g_autoptr (RcpProvider) woman
      = make_provider (", \"gender\": \"female\", \"communication\": [{\"coding\": [{\"code\": \"en\"}]}, {\"coding\": [{\"code\": \"es-MX\"}]}]");
  g_autoptr (RcpProvider) nobody_knows = make_provider ("");
  const Wait waits[] = {
    { .id = "chinese", .languages = { "zh" } },
    { .id = "gold", .network = "Gold" },
    { .id = "man", .gender = RCP_GENDER_MALE },
    { .id = "other-plan", .network = "Bronze" },
    { .id = "silver", .network = "Silver" },
    { .id = "spanish", .languages = { "qu", "es" } },
    { .id = "woman", .gender = RCP_GENDER_FEMALE },
  };
  RcpTimeRange nine = { NINE, NINE + G_TIME_SPAN_HOUR };
  g_autoptr (GListModel) list = make_list (waits, G_N_ELEMENTS (waits));
  g_autofree char *of_woman = rank_in (list, woman, nine, find_network), *unknown = rank_in (list, nobody_knows, nine, NULL);

  g_assert_cmpstr (of_woman, ==, "gold other-plan spanish woman");
  g_assert_cmpstr (unknown, ==, "gold man other-plan silver woman");
}

/* What was asked for is told with what is known of it. */
static void
test_reason_of_musts (void)
{
  g_autoptr (RcpProvider) woman = make_provider (", \"gender\": \"female\", \"communication\": [{\"coding\": [{\"code\": \"es-MX\"}]}]");
  g_autoptr (RcpProvider) nobody_knows = make_provider ("");
  const Wait all[] = { { .id = "a", .languages = { "qu", "es" }, .gender = RCP_GENDER_FEMALE, .network = "Gold" } };
  const Wait unsure[] = { { .id = "b", .gender = RCP_GENDER_MALE, .network = "Bronze" } };
  RcpTimeRange nine = { NINE, NINE + G_TIME_SPAN_HOUR };
  g_autoptr (GListModel) one = make_list (all, 1), other = make_list (unsure, 1);
  g_autoptr (GPtrArray) sure = rcp_waiting_rank (one, NULL, woman, nine, find_network, NOW);
  g_autoptr (GPtrArray) not_sure = rcp_waiting_rank (other, NULL, nobody_knows, nine, find_network, NOW);

  g_assert_cmpuint (sure->len, ==, 1);
  g_assert_cmpstr (rcp_candidate_get_reason (sure->pdata[0]), ==, "waits 1 day · speaks Spanish · of the gender asked for · in network");
  g_assert_cmpuint (not_sure->len, ==, 1);
  g_assert_cmpstr (rcp_candidate_get_reason (not_sure->pdata[0]), ==, "waits 1 day · gender unknown · network unknown");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/wait-rank/round-trip", test_round_trip);
  g_test_add_func ("/scheduling/wait-rank/times-of-day", test_times_of_day);
  g_test_add_func ("/scheduling/wait-rank/order", test_order);
  g_test_add_func ("/scheduling/wait-rank/who-cannot", test_who_cannot);
  g_test_add_func ("/scheduling/wait-rank/reason", test_reason);
  g_test_add_func ("/scheduling/wait-rank/musts", test_musts);
  g_test_add_func ("/scheduling/wait-rank/reason-of-musts", test_reason_of_musts);
  return g_test_run ();
}
