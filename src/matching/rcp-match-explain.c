/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-match-explain.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <math.h>

#include "base/rcp-when-text.h"
#include "clinic/rcp-language.h"

#define KILOMETRES_OF_A_MILE 1.609344
#define US_MEASUREMENT 2 /* of LC_MEASUREMENT */

void
rcp_match_reason_clear (RcpMatchReason *self)
{
  g_clear_pointer (&self->text, g_free);
}

static gboolean
counts_in_miles (void)
{
  return *nl_langinfo (_NL_MEASUREMENT_MEASUREMENT) == US_MEASUREMENT;
}

static char *
describe_distance (double kilometres, gboolean is_postal_centre)
{
  gboolean in_miles = counts_in_miles ();
  double distance = in_miles ? kilometres / KILOMETRES_OF_A_MILE : kilometres;
  /* From the middle of an area tenths would say more than is known. */
  int places = distance < 9.95 && !is_postal_centre ? 1 : 0;
  /* Translators: a distance in a straight line */
  g_autofree char *text = in_miles ? g_strdup_printf (_ ("%.*f mi"), places, distance)
                                   : g_strdup_printf (_ ("%.*f km"), places, distance);

  /* Translators: %s is a distance; where in the postal code the patient lives is not known */
  return is_postal_centre ? g_strdup_printf (_ ("%s from the middle of the postal code"), text) : g_steal_pointer (&text);
}

static char *
describe_language (const RcpMatchNeeds *needs, double value)
{
  const char *first = needs->languages ? needs->languages[0] : NULL;
  const char *name = first ? rcp_language_get_name (first) : NULL;

  if (name == NULL)
    return NULL;
  if (value == 0)
    /* Translators: %s is a language */
    return g_strdup_printf (_ ("does not speak %s"), name);
  if (value == 1)
    return g_strdup_printf (_ ("speaks %s"), name);
  return g_strdup (_ ("shares a language"));
}

static char *
describe_continuity (const RcpMatchFacts *facts)
{
  if (facts->is_own)
    return g_strdup (_ ("the patient’s own provider"));
  if (facts->n_visits > 0)
    return g_strdup_printf (ngettext ("seen %u time before", "seen %u times before", facts->n_visits), facts->n_visits);
  return NULL;
}

static char *
describe_known (RcpCriterion criterion, const RcpMatchNeeds *needs, const RcpMatchFacts *facts, double value, GTimeZone *zone)
{
  switch (criterion)
    {
    case RCP_CRITERION_NETWORK:
      return g_strdup (value > 0 ? _ ("in network") : _ ("out of network"));
    case RCP_CRITERION_DISTANCE:
      return describe_distance (value, needs->is_postal_centre);
    case RCP_CRITERION_WAIT:
      return rcp_when_text_day_and_clock (facts->first_slot, zone);
    case RCP_CRITERION_CONTINUITY:
      return describe_continuity (facts);
    case RCP_CRITERION_LANGUAGE:
      return describe_language (needs, value);
    case RCP_CRITERION_EXPERIENCE:
      return g_strdup_printf (ngettext ("%.0f year of experience", "%.0f years of experience", lround (value)), value);
    case RCP_CRITERION_RATING:
      return g_strdup_printf (_ ("rated %.1f by the clinic"), value);
    case RCP_CRITERION_TIME_OF_DAY:
      /* Translators: free times of a provider that lie in the time of day that the patient wishes */
      return g_strdup_printf (ngettext ("%u free time as wished", "%u free times as wished", facts->n_wished_slots), facts->n_wished_slots);
    case RCP_CRITERION_GENDER:
      return g_strdup (value > 0 ? _ ("of the gender asked for") : _ ("not of the gender asked for"));
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Only what the patient has a stake in is missed: nobody asks for a gender or a time of day unless they do. */
static char *
describe_unknown (RcpCriterion criterion, const RcpMatchNeeds *needs)
{
  if (criterion == RCP_CRITERION_NETWORK && needs->networks && needs->networks[0])
    return g_strdup (_ ("network unknown"));
  if (criterion == RCP_CRITERION_DISTANCE && needs->has_position)
    return g_strdup (_ ("distance unknown"));
  if (criterion == RCP_CRITERION_LANGUAGE && needs->languages && needs->languages[0])
    return g_strdup (_ ("languages unknown"));
  if (criterion == RCP_CRITERION_GENDER && needs->gender != RCP_GENDER_ANY)
    return g_strdup (_ ("gender unknown"));
  return NULL;
}

static int
compare_reasons (gconstpointer a, gconstpointer b)
{
  const RcpMatchReason *one = a, *other = b;

  if (one->is_unknown != other->is_unknown)
    return one->is_unknown ? 1 : -1;
  if (one->part != other->part)
    return one->part > other->part ? -1 : 1;
  return (int) one->criterion - (int) other->criterion;
}

/**
 * rcp_match_explain:
 * @match: what rcp_match_rank() said of @facts
 * @zone: of the place, for the first slot
 *
 * Returns: (transfer full) (element-type RcpMatchReason): one for each criterion that counts, what gives most first, what is not known
 *   last; their parts add up to the score
 */
GArray *
rcp_match_explain (const RcpMatchRules *rules, const RcpMatchNeeds *needs, const RcpMatchFacts *facts, const RcpMatch *match,
                   GTimeZone *zone)
{
  GArray *reasons = g_array_new (FALSE, FALSE, sizeof (RcpMatchReason));
  RcpMatchCandidate candidate = rcp_match_measure (needs, facts);
  double weights = 0;

  g_array_set_clear_func (reasons, (GDestroyNotify) rcp_match_reason_clear);
  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    weights += rules->weights[i];
  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    {
      double value = candidate.values[i];
      RcpMatchReason reason = { i, NULL, match->parts[i], weights > 0 ? rules->weights[i] / weights : 1.0 / RCP_N_CRITERIA, isnan (value) };

      if (reason.most == 0)
        continue;
      /* Closeness to the ideal may be more than the sum. */
      reason.most = MAX (reason.most, reason.part);
      reason.text = reason.is_unknown ? describe_unknown (i, needs) : describe_known (i, needs, facts, value, zone);
      g_array_append_val (reasons, reason);
    }
  g_array_sort (reasons, compare_reasons);
  return reasons;
}

/* Whether @criterion is told by the free time itself, which stands beside the sentence. */
static gboolean
is_about_time (RcpCriterion criterion)
{
  return criterion == RCP_CRITERION_WAIT || criterion == RCP_CRITERION_TIME_OF_DAY;
}

static char *
join_reasons (GArray *reasons, gboolean with_time, guint shared)
{
  GString *sentence = g_string_new (NULL);
  gunichar first;
  char capital[7] = "";

  for (guint i = 0; i < reasons->len; i++)
    {
      const RcpMatchReason *reason = &g_array_index (reasons, RcpMatchReason, i);

      if (reason->text == NULL || (!with_time && is_about_time (reason->criterion)) || (shared & 1u << reason->criterion))
        continue;
      if (sentence->len > 0)
        /* Translators: between reasons: "in network; speaks Spanish" */
        g_string_append (sentence, C_ ("between reasons", "; "));
      g_string_append (sentence, reason->text);
    }
  if (sentence->len == 0)
    return g_string_free (sentence, FALSE);
  first = g_utf8_get_char (sentence->str);
  g_unichar_to_utf8 (g_unichar_toupper (first), capital);
  g_string_erase (sentence, 0, g_unichar_to_utf8 (first, NULL));
  g_string_prepend (sentence, capital);
  return g_string_free (sentence, FALSE);
}

/**
 * rcp_match_explain_sentence:
 * @reasons: (element-type RcpMatchReason)
 *
 * Returns: (transfer full): "In network; speaks Spanish; 4.2 km; Tue 3 Dec, 9:15"
 */
char *
rcp_match_explain_sentence (GArray *reasons)
{
  return join_reasons (reasons, TRUE, 0);
}

static const RcpMatchReason *
find_reason (GArray *reasons, RcpCriterion criterion)
{
  for (guint i = 0; i < reasons->len; i++)
    if (g_array_index (reasons, RcpMatchReason, i).criterion == criterion)
      return &g_array_index (reasons, RcpMatchReason, i);
  return NULL;
}

static gboolean
is_shared (GPtrArray *all, RcpCriterion criterion)
{
  const RcpMatchReason *first = find_reason (all->pdata[0], criterion);

  if (first == NULL || first->text == NULL || first->part == 0)
    return FALSE;
  for (guint i = 1; i < all->len; i++)
    {
      const RcpMatchReason *other = find_reason (all->pdata[i], criterion);

      if (other == NULL || g_strcmp0 (other->text, first->text) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * rcp_match_explain_shared:
 * @all: (element-type GArray of RcpMatchReason): those of each on a list
 *
 * What speaks for all of them alike tells nobody which to choose. What speaks against all of them is told nevertheless: that
 * nobody speaks the patient's language has to be known.
 *
 * Returns: a bit for each such criterion; none where there is no choice
 */
guint
rcp_match_explain_shared (GPtrArray *all)
{
  guint shared = 0;

  for (guint i = 0; all->len > 1 && i < RCP_N_CRITERIA; i++)
    if (is_shared (all, i))
      shared |= 1u << i;
  return shared;
}

/**
 * rcp_match_explain_beside_time:
 * @reasons: (element-type RcpMatchReason)
 * @shared: what is not told, as it is the same for all: rcp_match_explain_shared()
 *
 * Returns: (transfer full): the same beside a time that is shown: without what is told by it; perhaps ""
 */
char *
rcp_match_explain_beside_time (GArray *reasons, guint shared)
{
  return join_reasons (reasons, FALSE, shared);
}

/**
 * rcp_match_explain_points:
 * @reasons: (element-type RcpMatchReason)
 * @points: (out) (array): one for each of them: of a hundred, whole
 *
 * The parts as they are shown. Each is rounded, those that lose most by it up, so that what stands there adds up.
 *
 * Returns: their sum: the rounded score
 */
guint
rcp_match_explain_points (GArray *reasons, guint *points)
{
  g_autofree double *lost = g_new (double, reasons->len + 1);
  double score = 0;
  guint sum = 0, total;

  for (guint i = 0; i < reasons->len; i++)
    {
      double part = g_array_index (reasons, RcpMatchReason, i).part * 100;

      score += part;
      points[i] = (guint) floor (part + 1e-9);
      lost[i] = part - points[i];
      sum += points[i];
    }
  total = (guint) lround (score);
  for (; sum < total; sum++)
    {
      guint most = 0;

      for (guint i = 1; i < reasons->len; i++)
        if (lost[i] > lost[most])
          most = i;
      points[most]++;
      lost[most] -= 1;
    }
  return total;
}

/**
 * rcp_criterion_get_name:
 *
 * Returns: what a criterion is called: translated
 */
const char *
rcp_criterion_get_name (RcpCriterion criterion)
{
  const char *const names[RCP_N_CRITERIA] = {
    [RCP_CRITERION_NETWORK] = _ ("Network of the plan"),
    [RCP_CRITERION_DISTANCE] = _ ("Distance"),
    [RCP_CRITERION_WAIT] = _ ("Wait"),
    [RCP_CRITERION_CONTINUITY] = _ ("Knows the patient"),
    [RCP_CRITERION_LANGUAGE] = _ ("Language"),
    [RCP_CRITERION_EXPERIENCE] = _ ("Experience"),
    [RCP_CRITERION_RATING] = _ ("The clinic’s rating"),
    [RCP_CRITERION_TIME_OF_DAY] = _ ("Time of day"),
    [RCP_CRITERION_GENDER] = _ ("Gender asked for"),
  };

  g_return_val_if_fail (criterion < RCP_N_CRITERIA, NULL);

  return names[criterion];
}

/**
 * rcp_match_explain_barriers:
 * @barriers: an or of RcpBarrier, not none
 *
 * Returns: (transfer full): why somebody is not on the list at all
 */
char *
rcp_match_explain_barriers (guint barriers)
{
  const struct
  {
    RcpBarrier barrier;
    const char *text;
  } texts[] = {
    { RCP_BARRIER_INACTIVE, _ ("does not work here now") },
    { RCP_BARRIER_SPECIALTY, _ ("has another specialty") },
    { RCP_BARRIER_NEW_PATIENTS, _ ("takes no new patients") },
    { RCP_BARRIER_AGE, _ ("does not see patients of this age") },
    { RCP_BARRIER_PLACE, _ ("does not work at this place") },
    { RCP_BARRIER_LANGUAGE, _ ("does not speak a language of the patient") },
    { RCP_BARRIER_NO_SLOT, _ ("has no free time") },
    { RCP_BARRIER_NETWORK, _ ("is out of network") },
  };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (barriers & texts[i].barrier)
      g_strv_builder_add (builder, texts[i].text);
  parts = g_strv_builder_end (builder);
  return g_strjoinv (C_ ("between reasons", "; "), parts);
}
