/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

/* Callers as a desk knows them, and whom an experienced person there would name first, second and third: rcp-match-rules.c, rcp-match-facts.c and
 * rcp-match-rank.c together. The answers were written down by hand, with the reason, before the program was asked. Where it disagreed, either the
 * rules were wrong and were mended (what is urgent, an emergency), or the order that the clinic begins with settled it: who is third, late but in
 * the network, or soon and out of it. */

#include "matching/rcp-match-facts.h"

#include <string.h>

#define DAYS(n) ((gint64) ((n) * 24) * G_TIME_SPAN_HOUR)
#define NOW DAYS (20780) /* 23 November 2026 */
#define HOME { 40.0, -75.0 }
/* Kilometres to the east of it. */
#define EAST(km) { 40.0, -75.0 + (km) * 0.01174 }
#define LIST(...) ((const char *const[]) { __VA_ARGS__, NULL })
#define HERE .eligible_network = -1, .youngest = -1, .is_active = TRUE, .has_position = TRUE
#define GROWN .oldest = -1, .rating = -1

/* The providers of a small town. N1 and N2 are networks; FM family medicine, PED paediatrics, CARD cardiology. */
static const RcpMatchFacts people[] = {
  { .key = "ana", HERE, GROWN, .specialties = LIST ("FM"), .places = LIST ("north"), .languages = LIST ("en", "es"), .networks = LIST ("N1"),
    .position = EAST (2), .gender = RCP_GENDER_FEMALE, .experience = 10, .first_slot = NOW + DAYS (1), .n_slots = 10, .n_wished_slots = 5 },
  { .key = "ben", HERE, GROWN, .specialties = LIST ("FM"), .places = LIST ("north"), .languages = LIST ("en"), .networks = LIST ("N1"),
    .position = EAST (4), .gender = RCP_GENDER_MALE, .experience = 10, .first_slot = NOW + DAYS (3), .n_slots = 10, .n_wished_slots = 10 },
  { .key = "cho", HERE, GROWN, .specialties = LIST ("FM"), .places = LIST ("south"), .languages = LIST ("en", "ko"), .networks = LIST ("N2"),
    .position = EAST (1), .gender = RCP_GENDER_FEMALE, .experience = 10, .first_slot = NOW + DAYS (0.2), .n_slots = 10, .n_wished_slots = 0 },
  { .key = "dee", HERE, GROWN, .specialties = LIST ("FM"), .places = LIST ("south"), .languages = LIST ("en"), .networks = LIST ("N1", "N2"),
    .position = EAST (12), .gender = RCP_GENDER_MALE, .experience = 10, .first_slot = NOW + DAYS (20), .n_slots = 4, .n_wished_slots = 2 },
  { .key = "eve", HERE, GROWN, .specialties = LIST ("FM"), .places = LIST ("west"), .languages = LIST ("en", "ar"), .networks = LIST ("N1"),
    .position = EAST (35), .gender = RCP_GENDER_FEMALE, .experience = 10, .first_slot = NOW + DAYS (0.5), .n_slots = 10, .n_wished_slots = 5,
    .accepts = RCP_ACCEPTS_EXISTING_ONLY },
  { .key = "pia", HERE, .rating = -1, .specialties = LIST ("PED"), .places = LIST ("north"), .languages = LIST ("en", "es"), .networks = LIST ("N1"),
    .position = EAST (5), .oldest = 17, .gender = RCP_GENDER_FEMALE, .experience = 10, .first_slot = NOW + DAYS (2), .n_slots = 8, .n_wished_slots = 4 },
  { .key = "quy", HERE, .rating = -1, .specialties = LIST ("PED"), .places = LIST ("south"), .languages = LIST ("en", "vi"), .networks = LIST ("N2"),
    .position = EAST (3), .oldest = 17, .gender = RCP_GENDER_MALE, .experience = 10, .first_slot = NOW + DAYS (1), .n_slots = 8, .n_wished_slots = 4 },
  { .key = "kim", HERE, .oldest = -1, .specialties = LIST ("CARD"), .places = LIST ("north"), .languages = LIST ("en", "ko"), .networks = LIST ("N1"),
    .position = EAST (8), .gender = RCP_GENDER_FEMALE, .experience = 20, .rating = 4.5, .first_slot = NOW + DAYS (10), .n_slots = 6, .n_wished_slots = 3 },
  { .key = "lou", HERE, .oldest = -1, .specialties = LIST ("CARD"), .places = LIST ("south"), .languages = LIST ("en", "fr"), .networks = LIST ("N2"),
    .position = EAST (6), .gender = RCP_GENDER_MALE, .experience = 20, .rating = 4.5, .first_slot = NOW + DAYS (5), .n_slots = 6, .n_wished_slots = 3 },
  { .key = "max", HERE, GROWN, .specialties = LIST ("CARD"), .places = LIST ("west"), .languages = LIST ("en"), .position = EAST (20),
    .gender = RCP_GENDER_MALE, .experience = -1, .first_slot = NOW + DAYS (2), .n_slots = 6, .n_wished_slots = 6 },
  { .key = "old", .eligible_network = -1, .youngest = -1, .oldest = -1, .has_position = TRUE, .specialties = LIST ("FM"), .places = LIST ("north"), .languages = LIST ("en", "es"),
    .networks = LIST ("N1", "N2"), .position = EAST (0), .gender = RCP_GENDER_FEMALE, .experience = 40, .rating = 5, .first_slot = NOW, .n_slots = 20,
    .n_wished_slots = 20 },
};

/* What the caller says; @own: whose patient it is; @seen: who saw the patient three times; @paid: whom the payer named in network, @unpaid: whom out of it. */
typedef struct
{
  const char *name;
  const char *why;
  const char *expected;
  RcpMatchNeeds needs;
  const char *own, *seen, *paid, *unpaid;
} Case;

#define AT_HOME .has_position = TRUE, .position = HOME, .now = NOW
#define ADULT .age = 40, AT_HOME, .specialties = LIST ("FM")
#define CHILD .age = 6, AT_HOME, .specialties = LIST ("PED")
#define HEART .age = 60, AT_HOME, .specialties = LIST ("CARD")
#define N1 .networks = LIST ("N1")
#define N2 .networks = LIST ("N2")

static const Case cases[] = {
  { "new, N1", "in network first, the near before the far; out of it last, however soon", "ana ben dee", { ADULT, N1 } },
  { "new, N2", "cho is in network, near and today; dee in network but late; ana out of it", "cho dee ana", { ADULT, N2 } },
  { "new, no plan", "nothing known of networks: soonest and nearest", "cho ana ben", { ADULT } },
  { "known here, N1", "eve takes known patients, but is too far to be third", "ana ben dee", { ADULT, N1, .is_known_patient = TRUE } },
  { "own doctor is ben", "the own doctor beats a day or two", "ben ana dee", { ADULT, N1, .is_known_patient = TRUE }, .own = "ben" },
  { "own doctor is cho, out of network", "continuity makes up for the network, as much as it weighs", "cho ana ben", { ADULT, N1, .is_known_patient = TRUE }, .own = "cho" },
  { "own doctor is dee", "twenty days are a third of what a wait can cost; the own doctor stays first", "dee ana ben", { ADULT, N1, .is_known_patient = TRUE }, .own = "dee" },
  { "own doctor is eve", "who only takes known patients takes her own, from far", "eve ana ben", { ADULT, N1, .is_known_patient = TRUE }, .own = "eve" },
  { "three visits with ben", "nearly the own doctor", "ben ana dee", { ADULT, N1, .is_known_patient = TRUE }, .seen = "ben" },
  { "must be in network N2", "only two are", "cho dee", { ADULT, N2, .must_be_in_network = TRUE } },
  { "must be in network N1", "cho is not", "ana ben dee", { ADULT, N1, .must_be_in_network = TRUE } },
  { "payer says ben is out", "the payer's word beats the directory: ben is not among the first", "ana dee cho", { ADULT, N1 }, .unpaid = "ben" },
  { "payer says cho is in", "and so it does for good", "cho ana ben", { ADULT, N1 }, .paid = "cho" },
  { "Spanish liked", "ana speaks it", "ana ben dee", { ADULT, N1, .languages = LIST ("es", "en") } },
  { "Spanish needed, no interpreter", "nobody else understands the patient", "ana", { ADULT, N1, .languages = LIST ("es"), .must_share_language = TRUE } },
  { "Korean liked, N2", "cho in every way", "cho dee ana", { ADULT, N2, .languages = LIST ("ko") } },
  { "Korean needed, N1", "out of network, but the only one", "cho", { ADULT, N1, .languages = LIST ("ko"), .must_share_language = TRUE } },
  { "Spanish of Mexico", "is Spanish", "ana", { ADULT, N1, .languages = LIST ("es-MX"), .must_share_language = TRUE } },
  { "only the south", "two work there", "cho dee", { ADULT, N2, .place = "south" } },
  { "only the north, N1", "two work there", "ana ben", { ADULT, N1, .place = "north" } },
  { "asks for a man", "means it: ben, then the other man, before women who are nearer", "ben dee ana", { ADULT, N1, .gender = RCP_GENDER_MALE } },
  { "asks for a woman, N1", "ana; cho out of network but a woman and today", "ana cho ben", { ADULT, N1, .gender = RCP_GENDER_FEMALE } },
  { "wishes mornings", "ben has nothing but mornings, cho none", "ben ana dee", { ADULT, N1, .has_time_of_day = TRUE } },
  { "child, N1", "pia in network; nobody for adults only", "pia quy", { CHILD, N1 } },
  { "child, N2", "quy in network, nearer and sooner", "quy pia", { CHILD, N2 } },
  { "adult who asks for paediatrics", "is too old for both", "", { .age = 30, AT_HOME, .specialties = LIST ("PED"), N1 } },
  { "heart, N1", "kim in network and rated, though ten days; max unknown, soon; lou out", "kim max lou", { HEART, N1 } },
  { "heart, N2", "lou in network and sooner than kim", "lou max kim", { HEART, N2 } },
  { "heart, urgent, N1", "ten days are too late: max sees in two", "max lou kim", { HEART, N1, .urgency = RCP_MATCH_URGENT } },
  { "urgent adult, N1", "tomorrow in network before today out of it", "ana cho ben", { ADULT, N1, .urgency = RCP_MATCH_URGENT } },
  { "emergency, N1", "today, whatever the plan says: only cho has time, and eve does not take the new", "cho", { ADULT, N1, .urgency = RCP_MATCH_EMERGENCY } },
  { "heart emergency", "nobody has time today: that is said, and nobody is offered for later", "", { HEART, .urgency = RCP_MATCH_EMERGENCY } },
};

static void
adapt (RcpMatchFacts *facts, const Case *one)
{
  facts->is_own = g_strcmp0 (facts->key, one->own) == 0;
  facts->n_visits = g_strcmp0 (facts->key, one->seen) == 0 ? 3 : 0;
  if (g_strcmp0 (facts->key, one->paid) == 0)
    facts->eligible_network = 1;
  if (g_strcmp0 (facts->key, one->unpaid) == 0)
    facts->eligible_network = 0;
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  RcpMatchRules clinic = rcp_match_rules_default (), rules = rcp_match_rules_for (&clinic, &one->needs);
  RcpMatchCandidate candidates[G_N_ELEMENTS (people)];
  g_autoptr (GArray) ranked = NULL;
  g_autoptr (GString) first = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      RcpMatchFacts facts = people[i];

      adapt (&facts, one);
      candidates[i] = rcp_match_measure (&one->needs, &facts);
    }
  ranked = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, candidates, G_N_ELEMENTS (people), 3);
  for (guint i = 0; i < ranked->len; i++)
    {
      const RcpMatch *match = &g_array_index (ranked, RcpMatch, i);

      g_string_append_printf (first, "%s%s", i > 0 ? " " : "", candidates[match->index].key);
      g_test_message ("%s %.4f", candidates[match->index].key, match->score);
    }
  g_test_message ("%s: %s", one->name, one->why);
  g_assert_cmpstr (first->str, ==, one->expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  G_STATIC_ASSERT (G_N_ELEMENTS (cases) >= 30);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/matching/cases/%02u", i + 1);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
