/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-match-facts.h"

#include <math.h>

#include "clinic/rcp-language.h"

#define DAY (G_TIME_SPAN_DAY)
#define MANY_VISITS 3          /* from so many on, a provider knows the patient nearly as the own one does */
#define OTHER_LANGUAGE 0.7     /* shares one of the patient's languages, not the one that is liked best */

static gboolean
speaks (const RcpMatchFacts *facts, const char *language)
{
  for (guint i = 0; facts->languages[i] != NULL; i++)
    if (rcp_language_is_same (facts->languages[i], language))
      return TRUE;
  return FALSE;
}

static gboolean
have_common (const char *const *a, const char *const *b)
{
  for (guint i = 0; a[i] != NULL; i++)
    if (g_strv_contains (b, a[i]))
      return TRUE;
  return FALSE;
}

static float
measure_language (const RcpMatchNeeds *needs, const RcpMatchFacts *facts)
{
  if (needs->languages == NULL || needs->languages[0] == NULL || facts->languages == NULL)
    return NAN;
  if (speaks (facts, needs->languages[0]))
    return 1;
  for (guint i = 1; needs->languages[i] != NULL; i++)
    if (speaks (facts, needs->languages[i]))
      return OTHER_LANGUAGE;
  return 0;
}

static float
measure_network (const RcpMatchNeeds *needs, const RcpMatchFacts *facts)
{
  if (facts->eligible_network >= 0)
    return facts->eligible_network;
  if (needs->networks == NULL || needs->networks[0] == NULL || facts->networks == NULL)
    return NAN;
  return have_common (needs->networks, facts->networks);
}

/* A record may have a place that is none on the Earth: then it is not known where it is. */
static float
measure_distance (const RcpMatchNeeds *needs, const RcpMatchFacts *facts)
{
  if (!needs->has_position || !facts->has_position || !rcp_position_is_valid (needs->position) || !rcp_position_is_valid (facts->position))
    return NAN;
  return rcp_position_distance (needs->position, facts->position);
}

static float
measure_continuity (const RcpMatchFacts *facts)
{
  if (facts->is_own)
    return 1;
  return MIN (facts->n_visits, MANY_VISITS) * 0.8 / MANY_VISITS;
}

static float
measure_gender (const RcpMatchNeeds *needs, const RcpMatchFacts *facts)
{
  if (needs->gender == RCP_GENDER_ANY || facts->gender == RCP_GENDER_ANY)
    return NAN;
  return needs->gender == facts->gender;
}

static gboolean
is_of_age (const RcpMatchNeeds *needs, const RcpMatchFacts *facts)
{
  if (needs->age < 0)
    return TRUE;
  return (facts->youngest < 0 || needs->age >= facts->youngest) && (facts->oldest < 0 || needs->age <= facts->oldest);
}

static gboolean
is_accepted (const RcpMatchNeeds *needs, const RcpMatchFacts *facts)
{
  if (facts->accepts == RCP_ACCEPTS_NOBODY)
    return FALSE;
  return facts->accepts != RCP_ACCEPTS_EXISTING_ONLY || needs->is_known_patient || facts->is_own || facts->n_visits > 0;
}

/**
 * rcp_match_barriers:
 *
 * A fact that the record does not have bars nobody, but for the language of a patient who cannot do without it. In an emergency the
 * window is a day.
 *
 * Returns: an or of RcpBarrier: all that stand in the way
 */
guint
rcp_match_barriers (const RcpMatchNeeds *needs, const RcpMatchFacts *facts)
{
  guint barriers = RCP_BARRIER_NONE;

  if (!facts->is_active)
    barriers |= RCP_BARRIER_INACTIVE;
  if (needs->specialties && needs->specialties[0] && (facts->specialties == NULL || !have_common (needs->specialties, facts->specialties)))
    barriers |= RCP_BARRIER_SPECIALTY;
  if (!is_accepted (needs, facts))
    barriers |= RCP_BARRIER_NEW_PATIENTS;
  if (!is_of_age (needs, facts))
    barriers |= RCP_BARRIER_AGE;
  if (needs->place && (facts->places == NULL || !g_strv_contains (facts->places, needs->place)))
    barriers |= RCP_BARRIER_PLACE;
  if (needs->must_share_language && needs->languages && needs->languages[0] && !(measure_language (needs, facts) > 0))
    barriers |= RCP_BARRIER_LANGUAGE;
  if (facts->first_slot == 0 || (needs->urgency == RCP_MATCH_EMERGENCY && facts->first_slot - needs->now >= DAY))
    barriers |= RCP_BARRIER_NO_SLOT;
  if (needs->must_be_in_network && measure_network (needs, facts) == 0)
    barriers |= RCP_BARRIER_NETWORK;
  return barriers;
}

/**
 * rcp_match_measure:
 *
 * Returns: the values of the criteria in their units; the key is borrowed from @facts
 */
RcpMatchCandidate
rcp_match_measure (const RcpMatchNeeds *needs, const RcpMatchFacts *facts)
{
  RcpMatchCandidate candidate = { .first_slot = facts->first_slot, .key = facts->key };
  float *values = candidate.values;

  candidate.is_barred = rcp_match_barriers (needs, facts) != RCP_BARRIER_NONE;
  values[RCP_CRITERION_NETWORK] = measure_network (needs, facts);
  values[RCP_CRITERION_DISTANCE] = measure_distance (needs, facts);
  values[RCP_CRITERION_WAIT] = facts->first_slot == 0 ? NAN : (double) MAX (facts->first_slot - needs->now, 0) / DAY;
  values[RCP_CRITERION_CONTINUITY] = measure_continuity (facts);
  values[RCP_CRITERION_LANGUAGE] = measure_language (needs, facts);
  values[RCP_CRITERION_EXPERIENCE] = facts->experience < 0 ? NAN : facts->experience;
  values[RCP_CRITERION_RATING] = facts->rating < 0 ? NAN : facts->rating;
  values[RCP_CRITERION_TIME_OF_DAY] =
    needs->has_time_of_day && facts->n_slots > 0 ? (double) facts->n_wished_slots / facts->n_slots : NAN;
  values[RCP_CRITERION_GENDER] = measure_gender (needs, facts);
  return candidate;
}
