/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

#include "matching/rcp-match-explain.h"

#include <math.h>

#define LIST(...) ((const char *const[]) { __VA_ARGS__, NULL })

static RcpMatchFacts
make_facts (void)
{
  return (RcpMatchFacts) {
    .key = "a", .is_active = TRUE, .eligible_network = -1, .youngest = -1, .oldest = -1, .experience = -1, .rating = -1,
    .first_slot = 1795424400 * G_TIME_SPAN_SECOND, .n_slots = 4,
  };
}

static GArray *
explain (const RcpMatchRules *rules, const RcpMatchNeeds *needs, const RcpMatchFacts *facts, double *score)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  RcpMatchCandidate candidate = rcp_match_measure (needs, facts);
  g_autoptr (GArray) ranked = rcp_match_rank (rules, RCP_MATCH_METHOD_SUM, &candidate, 1, 1);

  g_assert_cmpuint (ranked->len, ==, 1);
  *score = g_array_index (ranked, RcpMatch, 0).score;
  return rcp_match_explain (rules, needs, facts, &g_array_index (ranked, RcpMatch, 0), zone);
}

static void
check_adds_up (GArray *reasons, double score)
{
  double sum = 0;

  for (guint i = 0; i < reasons->len; i++)
    {
      const RcpMatchReason *reason = &g_array_index (reasons, RcpMatchReason, i);

      g_assert_cmpfloat (reason->part, <=, reason->most + 1e-12);
      sum += reason->part;
    }
  g_assert_cmpfloat_with_epsilon (sum, score, 1e-12);
}

static void
test_sentence (void)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  RcpMatchNeeds needs = { .age = 40, .now = 1795337000 * G_TIME_SPAN_SECOND, .languages = LIST ("es"), .networks = LIST ("gold"),
                          .has_position = TRUE, .position = { 40.7128, -74.0060 } };
  RcpMatchFacts facts = make_facts ();
  g_autoptr (GArray) reasons = NULL;
  g_autofree char *sentence = NULL;
  double score;

  facts.networks = LIST ("gold");
  facts.languages = LIST ("es", "en");
  facts.has_position = TRUE;
  facts.position = (RcpPosition) { 40.7500, -74.0060 };
  facts.n_visits = 2;
  reasons = explain (&rules, &needs, &facts, &score);
  sentence = rcp_match_explain_sentence (reasons);
  g_assert_cmpstr (sentence, ==, "In network; Mon 23 Nov, 9:00; 4.1 km; seen 2 times before; speaks Spanish");
  check_adds_up (reasons, score);
}

/* What is not known stands last, and is said only where the patient has a stake in it. */
static void
test_unknown (void)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  RcpMatchNeeds needs = { .age = 40, .now = 1795337000 * G_TIME_SPAN_SECOND };
  RcpMatchFacts facts = make_facts ();
  g_autoptr (GArray) reasons = NULL, asked = NULL;
  g_autofree char *sentence = NULL, *asked_sentence = NULL;
  double score;

  reasons = explain (&rules, &needs, &facts, &score);
  sentence = rcp_match_explain_sentence (reasons);
  g_assert_cmpstr (sentence, ==, "Mon 23 Nov, 9:00");
  check_adds_up (reasons, score);
  needs.languages = LIST ("vi");
  needs.networks = LIST ("gold");
  needs.has_position = TRUE;
  needs.gender = RCP_GENDER_FEMALE;
  rules.weights[RCP_CRITERION_GENDER] = 10;
  asked = explain (&rules, &needs, &facts, &score);
  asked_sentence = rcp_match_explain_sentence (asked);
  g_assert_cmpstr (asked_sentence, ==, "Mon 23 Nov, 9:00; network unknown; distance unknown; languages unknown; gender unknown");
  check_adds_up (asked, score);
}

static void
test_every_word (void)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  RcpMatchNeeds needs = { .age = 40, .now = 1795337000 * G_TIME_SPAN_SECOND, .languages = LIST ("vi", "en"), .gender = RCP_GENDER_MALE,
                          .has_time_of_day = TRUE };
  RcpMatchFacts facts = make_facts ();
  g_autoptr (GArray) reasons = NULL;
  g_autofree char *sentence = NULL;
  double score;

  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    rules.weights[i] = RCP_N_CRITERIA - i;
  facts.eligible_network = 0;
  facts.is_own = TRUE;
  facts.languages = LIST ("en");
  facts.gender = RCP_GENDER_MALE;
  facts.experience = 20;
  facts.rating = 4.5;
  facts.n_wished_slots = 1;
  reasons = explain (&rules, &needs, &facts, &score);
  sentence = rcp_match_explain_sentence (reasons);
  g_assert_cmpstr (sentence, ==,
                   "Mon 23 Nov, 9:00; the patient’s own provider; 20 years of experience; shares a language; rated 4.5 by the clinic; "
                   "of the gender asked for; 1 free time as wished; out of network");
  check_adds_up (reasons, score);
}

static void
test_barriers (void)
{
  g_autofree char *two = rcp_match_explain_barriers (RCP_BARRIER_AGE | RCP_BARRIER_NO_SLOT);

  g_assert_cmpstr (two, ==, "does not see patients of this age; has no free time");
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *text = rcp_match_explain_barriers (1u << i);

      g_assert_cmpstr (text, !=, "");
    }
}

static char *
say (RcpMatchFacts *facts, guint shared, GPtrArray *all)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  RcpMatchNeeds needs = { .age = 40, .now = 1795337000 * G_TIME_SPAN_SECOND, .languages = LIST ("es"), .networks = LIST ("gold") };
  double score;

  g_ptr_array_add (all, explain (&rules, &needs, facts, &score));
  return rcp_match_explain_beside_time (all->pdata[all->len - 1], shared);
}

/* What all have tells nobody whom to choose; what none has is told nevertheless. */
static void
test_shared (void)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) again = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  RcpMatchFacts facts = make_facts ();
  g_autofree char *first = NULL, *second = NULL, *less = NULL;
  guint shared;

  facts.languages = LIST ("es");
  facts.networks = LIST ("silver");
  first = say (&facts, 0, all);
  g_assert_cmpstr (first, ==, "Speaks Spanish; out of network");
  g_assert_cmpuint (rcp_match_explain_shared (all), ==, 0); /* no choice */
  facts.n_visits = 2;
  second = say (&facts, 0, all);
  shared = rcp_match_explain_shared (all);
  g_assert_cmpuint (shared & ~(1u << RCP_CRITERION_WAIT), ==, 1u << RCP_CRITERION_LANGUAGE);
  less = say (&facts, shared, again);
  g_assert_cmpstr (less, ==, "Seen 2 times before; out of network");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/explain/shared", test_shared);
  g_test_add_func ("/matching/explain/sentence", test_sentence);
  g_test_add_func ("/matching/explain/unknown", test_unknown);
  g_test_add_func ("/matching/explain/every-word", test_every_word);
  g_test_add_func ("/matching/explain/barriers", test_barriers);
  return g_test_run ();
}
