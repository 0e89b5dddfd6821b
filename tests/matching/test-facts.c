/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

#include "matching/rcp-match-facts.h"

#include <math.h>

#define LIST(...) ((const char *const[]) { __VA_ARGS__, NULL })

static RcpMatchNeeds
make_needs (void)
{
  return (RcpMatchNeeds) { .age = 40, .now = 1000 * G_TIME_SPAN_DAY };
}

static RcpMatchFacts
make_facts (void)
{
  return (RcpMatchFacts) {
    .key = "a", .is_active = TRUE, .eligible_network = -1, .youngest = -1, .oldest = -1, .experience = -1, .rating = -1,
    .first_slot = 1002 * G_TIME_SPAN_DAY, .n_slots = 4,
  };
}

static void
test_barriers (void)
{
  RcpMatchNeeds needs = make_needs ();
  RcpMatchFacts facts = make_facts ();

  g_assert_cmpuint (rcp_match_barriers (&needs, &facts), ==, RCP_BARRIER_NONE);
  facts.is_active = FALSE;
  facts.first_slot = 0;
  facts.youngest = 65;
  facts.accepts = RCP_ACCEPTS_EXISTING_ONLY;
  needs.specialties = LIST ("394579002");
  needs.place = "downtown";
  needs.languages = LIST ("es");
  needs.must_share_language = TRUE;
  needs.networks = LIST ("gold");
  needs.must_be_in_network = TRUE;
  facts.networks = LIST ("silver");
  /* All of them are named at once. */
  g_assert_cmpuint (rcp_match_barriers (&needs, &facts), ==, 0xff);
  g_assert_true (rcp_match_measure (&needs, &facts).is_barred);
  facts.is_active = TRUE;
  facts.first_slot = 1;
  facts.youngest = 40;
  facts.oldest = 40;
  needs.is_known_patient = TRUE;
  facts.specialties = LIST ("394579003", "394579002");
  facts.places = LIST ("downtown");
  facts.languages = LIST ("en", "es-MX");
  facts.networks = LIST ("silver", "gold");
  g_assert_cmpuint (rcp_match_barriers (&needs, &facts), ==, RCP_BARRIER_NONE);
  facts.accepts = RCP_ACCEPTS_NOBODY;
  g_assert_cmpuint (rcp_match_barriers (&needs, &facts), ==, RCP_BARRIER_NEW_PATIENTS);
}

/* What the record does not say bars nobody, but for the language that the patient cannot do without. */
static void
test_unknown (void)
{
  RcpMatchNeeds needs = make_needs ();
  RcpMatchFacts facts = make_facts ();
  RcpMatchCandidate candidate;

  needs.age = -1;
  facts.youngest = 65;
  needs.networks = LIST ("gold");
  needs.must_be_in_network = TRUE;
  g_assert_cmpuint (rcp_match_barriers (&needs, &facts), ==, RCP_BARRIER_NONE);
  needs.languages = LIST ("es");
  needs.must_share_language = TRUE;
  g_assert_cmpuint (rcp_match_barriers (&needs, &facts), ==, RCP_BARRIER_LANGUAGE);
  candidate = rcp_match_measure (&needs, &facts);
  g_assert_true (isnan (candidate.values[RCP_CRITERION_NETWORK]));
  g_assert_true (isnan (candidate.values[RCP_CRITERION_DISTANCE]));
  g_assert_true (isnan (candidate.values[RCP_CRITERION_LANGUAGE]));
  g_assert_true (isnan (candidate.values[RCP_CRITERION_EXPERIENCE]));
  g_assert_true (isnan (candidate.values[RCP_CRITERION_RATING]));
  g_assert_true (isnan (candidate.values[RCP_CRITERION_TIME_OF_DAY]));
  g_assert_true (isnan (candidate.values[RCP_CRITERION_GENDER]));
}

static float
measure (const RcpMatchNeeds *needs, const RcpMatchFacts *facts, RcpCriterion criterion)
{
  return rcp_match_measure (needs, facts).values[criterion];
}

static void
test_values (void)
{
  RcpMatchNeeds needs = make_needs ();
  RcpMatchFacts facts = make_facts ();

  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_WAIT), ==, 2);
  facts.first_slot = 1;
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_WAIT), ==, 0);
  needs.has_position = facts.has_position = TRUE;
  needs.position = (RcpPosition) { 40.7128, -74.0060 };
  facts.position = (RcpPosition) { 42.3601, -71.0589 };
  g_assert_cmpfloat_with_epsilon (measure (&needs, &facts, RCP_CRITERION_DISTANCE), 306.109, 0.01);
  facts.position.latitude = 423.601;
  g_assert_true (isnan (measure (&needs, &facts, RCP_CRITERION_DISTANCE)));
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_CONTINUITY), ==, 0);
  facts.n_visits = 1;
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_CONTINUITY), >, 0);
  facts.n_visits = 30;
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_CONTINUITY), <, 1);
  facts.is_own = TRUE;
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_CONTINUITY), ==, 1);
  needs.has_time_of_day = TRUE;
  facts.n_wished_slots = 1;
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_TIME_OF_DAY), ==, 0.25);
  needs.gender = RCP_GENDER_FEMALE;
  facts.gender = RCP_GENDER_MALE;
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_GENDER), ==, 0);
  facts.gender = RCP_GENDER_FEMALE;
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_GENDER), ==, 1);
}

static void
test_language (void)
{
  RcpMatchNeeds needs = make_needs ();
  RcpMatchFacts facts = make_facts ();

  needs.languages = LIST ("es-MX", "en");
  facts.languages = LIST ("es");
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_LANGUAGE), ==, 1);
  facts.languages = LIST ("en-GB");
  g_assert_cmpfloat_with_epsilon (measure (&needs, &facts, RCP_CRITERION_LANGUAGE), 0.7, 0.001);
  /* Estonian is not Spanish. */
  facts.languages = LIST ("est", "e");
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_LANGUAGE), ==, 0);
}

/* What the payer says of the provider beats a directory, which may be old. */
static void
test_network (void)
{
  RcpMatchNeeds needs = make_needs ();
  RcpMatchFacts facts = make_facts ();

  needs.networks = LIST ("gold");
  facts.networks = LIST ("gold");
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_NETWORK), ==, 1);
  facts.eligible_network = 0;
  g_assert_cmpfloat (measure (&needs, &facts, RCP_CRITERION_NETWORK), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/facts/barriers", test_barriers);
  g_test_add_func ("/matching/facts/unknown", test_unknown);
  g_test_add_func ("/matching/facts/values", test_values);
  g_test_add_func ("/matching/facts/language", test_language);
  g_test_add_func ("/matching/facts/network", test_network);
  return g_test_run ();
}
