/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-offer-ranking"

#include "config.h"

#include "rcp-offer-ranking-private.h"

#include <math.h>

#include "clinic/rcp-coverage.h"
#include "clinic/rcp-patient-finder.h"
#include "insurance/rcp-provider-network.h"
#include "matching/rcp-match-clinic.h"
#include "matching/rcp-postal-centre.h"
#include "scheduling/rcp-waiting.h"

G_DEFINE_FINAL_TYPE (RcpOfferRanking, rcp_offer_ranking, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
ranked_free (gpointer data)
{
  RcpRankedOffer *ranked = data;

  g_object_unref (ranked->offer);
  g_free (ranked);
}

/* One of the questions has its answer, or none. */
static void
end_question (RcpOfferRanking *self)
{
  self->n_asked--;
  if (self->n_asked == 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
count_visits (RcpOfferRanking *self, GListModel *visits)
{
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (visits, i);
      const char *person = rcp_visit_get_practitioner_id (visit);
      guint n;

      if (person == NULL || rcp_visit_get_status (visit) != RCP_VISIT_FULFILLED)
        continue;
      n = GPOINTER_TO_UINT (g_hash_table_lookup (self->visits, person));
      g_hash_table_insert (self->visits, g_strdup (person), GUINT_TO_POINTER (n + 1));
    }
}

static void
on_visits_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpOfferRanking) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) visits = rcp_patient_visits_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (visits != NULL)
    count_visits (self, visits);
  end_question (self);
}

/* Once for each provider, however many times are offered. */
static void
set_network (RcpOfferRanking *self, RcpMatchProvider *known)
{
  RcpNetwork network = self->coverage != NULL ? rcp_provider_network_find (known->provider, self->coverage) : RCP_NETWORK_UNKNOWN;

  known->facts.eligible_network = network == RCP_NETWORK_IN ? 1 : network == RCP_NETWORK_OUT ? 0 : -1;
}

static void
take_coverage (RcpOfferRanking *self, RcpCoverage *coverage)
{
  GHashTableIter iter;
  gpointer known;

  g_set_object (&self->coverage, coverage);
  self->networks[0] = fhir_json_get_string (fhir_resource_get_json (rcp_coverage_get_resource (coverage)), "network");
  g_hash_table_iter_init (&iter, self->providers);
  while (g_hash_table_iter_next (&iter, NULL, &known))
    set_network (self, known);
}

/* The first is that which pays first. */
static void
on_coverages_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpOfferRanking) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) coverages = rcp_coverages_load_finish (result, &error);
  g_autoptr (RcpCoverage) coverage = NULL;
  GDate today;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  coverage = coverages != NULL ? g_list_model_get_item (coverages, 0) : NULL;
  rcp_desk_get_today (self->desk, &today);
  if (coverage != NULL && rcp_coverage_is_in_force (coverage, &today))
    take_coverage (self, coverage);
  end_question (self);
}

/* Too few who live there are known: then how far it is stays unknown. */
static void
on_centre_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpOfferRanking) self = user_data;
  g_autoptr (GError) error = NULL;
  RcpPosition centre;

  if (rcp_postal_centre_load_finish (result, &centre, &error))
    {
      self->patient->needs.position = centre;
      self->patient->needs.has_position = TRUE;
      self->patient->needs.is_postal_centre = TRUE;
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  end_question (self);
}

static void
forget (RcpOfferRanking *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->patient, rcp_match_patient_free);
  g_clear_object (&self->coverage);
  self->networks[0] = NULL;
  self->musts = 0;
  self->n_asked = 0;
  g_hash_table_remove_all (self->visits);
  g_hash_table_remove_all (self->ranked);
  g_hash_table_remove_all (self->providers);
}

void
rcp_offer_ranking_set_patient (RcpOfferRanking *self, RcpPatient *patient)
{
  FhirClient *client;
  GDate today;

  g_return_if_fail (RCP_IS_OFFER_RANKING (self));

  forget (self);
  if (patient == NULL)
    return;
  rcp_desk_get_today (self->desk, &today);
  self->patient = rcp_match_patient_new (patient, &today);
  if (rcp_patient_get_id (patient) == NULL)
    return;
  client = rcp_desk_get_client (self->desk);
  self->asking = g_cancellable_new ();
  self->n_asked = 2;
  rcp_patient_visits_load_async (client, rcp_patient_get_id (patient), self->asking, on_visits_loaded_cb, g_object_ref (self));
  rcp_coverages_load_async (client, rcp_patient_get_id (patient), &today, self->asking, on_coverages_loaded_cb, g_object_ref (self));
  if (!rcp_postal_centre_is_missed (patient))
    return;
  self->n_asked++;
  rcp_postal_centre_load_async (client, rcp_desk_get_roster (self->desk), patient, self->asking, on_centre_loaded_cb, g_object_ref (self));
}

void
rcp_offer_ranking_set_gender (RcpOfferRanking *self, RcpGender gender)
{
  g_return_if_fail (RCP_IS_OFFER_RANKING (self));

  self->gender = gender;
}

RcpGender
rcp_offer_ranking_get_gender (RcpOfferRanking *self)
{
  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), RCP_GENDER_ANY);

  return self->gender;
}

void
rcp_offer_ranking_set_order (RcpOfferRanking *self, RcpOfferOrder order)
{
  g_return_if_fail (RCP_IS_OFFER_RANKING (self));

  self->order = order;
}

RcpOfferOrder
rcp_offer_ranking_get_order (RcpOfferRanking *self)
{
  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), RCP_OFFER_ORDER_EARLIEST);

  return self->order;
}

gboolean
rcp_offer_ranking_is_complete (RcpOfferRanking *self)
{
  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), FALSE);

  return self->n_asked == 0;
}

static RcpMatchUrgency
get_urgency (const RcpWish *wish)
{
  switch (wish->urgency)
    {
    case RCP_URGENCY_EMERGENCY:
      return RCP_MATCH_EMERGENCY;
    case RCP_URGENCY_URGENT:
      return RCP_MATCH_URGENT;
    case RCP_URGENCY_ROUTINE:
    default:
      return RCP_MATCH_ROUTINE;
    }
}

/* Specialty and place were asked of the search: what it found has them. */
static void
set_needs (RcpOfferRanking *self, const RcpWish *wish)
{
  RcpMatchRules clinic = rcp_match_clinic_read (rcp_desk_get_roster (self->desk), &self->method);

  self->needs = self->patient->needs;
  self->needs.networks = self->networks;
  self->needs.is_known_patient = g_hash_table_size (self->visits) > 0;
  self->needs.now = rcp_clock_get_now (rcp_desk_get_clock (self->desk));
  self->needs.has_time_of_day = wish->time_of_day != RCP_TIME_OF_DAY_ANY;
  self->needs.urgency = get_urgency (wish);
  self->needs.gender = self->gender;
  self->needs.must_share_language = (self->musts & RCP_BARRIER_LANGUAGE) != 0;
  self->needs.must_be_in_network = (self->musts & RCP_BARRIER_NETWORK) != 0;
  self->rules = rcp_match_rules_for (&clinic, &self->needs);
}

RcpMatchProvider *
rcp_offer_ranking_get_provider (RcpOfferRanking *self, RcpProvider *provider)
{
  const char *schedule_id = rcp_provider_get_schedule_id (provider);
  RcpMatchProvider *known = g_hash_table_lookup (self->providers, schedule_id);
  GDate today;

  if (known != NULL)
    return known;
  rcp_desk_get_today (self->desk, &today);
  known = rcp_match_provider_new (provider, rcp_desk_get_roster (self->desk), &today);
  known->facts.is_own = rcp_match_patient_is_own (self->patient, provider);
  set_network (self, known);
  g_hash_table_insert (self->providers, g_strdup (schedule_id), known);
  return known;
}

static RcpMatchFacts
gather (RcpOfferRanking *self, RcpOffer *offer, const RcpWish *wish)
{
  RcpProvider *provider = rcp_offer_get_provider (offer);
  const char *person = rcp_provider_get_practitioner_id (provider);
  RcpMatchFacts facts = rcp_offer_ranking_get_provider (self, provider)->facts;

  facts.n_visits = person != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->visits, person)) : 0;
  facts.first_slot = rcp_offer_get_range (offer).start;
  facts.n_slots = 1;
  facts.n_wished_slots = rcp_time_of_day_of (facts.first_slot, rcp_provider_get_zone (provider)) == wish->time_of_day;
  return facts;
}

/* Ranks @offers (element-type RcpOffer), and keeps what became of them. */
static void
rank (RcpOfferRanking *self, GPtrArray *offers, const RcpWish *wish)
{
  g_autofree RcpMatchCandidate *candidates = g_new0 (RcpMatchCandidate, offers->len + 1);
  g_autoptr (GArray) matches = NULL;

  g_hash_table_remove_all (self->ranked);
  self->has_shared = FALSE;
  if (self->patient == NULL)
    return;
  set_needs (self, wish);
  for (guint i = 0; i < offers->len; i++)
    {
      RcpRankedOffer *ranked = g_new0 (RcpRankedOffer, 1);

      ranked->offer = g_object_ref (offers->pdata[i]);
      ranked->facts = gather (self, ranked->offer, wish);
      ranked->barriers = rcp_match_barriers (&self->needs, &ranked->facts);
      ranked->place = G_MAXUINT;
      candidates[i] = rcp_match_measure (&self->needs, &ranked->facts);
      g_hash_table_insert (self->ranked, ranked->offer, ranked);
    }
  matches = rcp_match_rank (&self->rules, self->method, candidates, offers->len, offers->len);
  for (guint i = 0; i < matches->len; i++)
    {
      RcpMatch match = g_array_index (matches, RcpMatch, i);
      RcpRankedOffer *ranked = g_hash_table_lookup (self->ranked, offers->pdata[match.index]);

      ranked->match = match;
      ranked->place = i;
    }
}

static GPtrArray *
list_items (GListModel *model)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (items, g_list_model_get_item (model, i));
  return items;
}

static void
arrange (RcpOfferRanking *self, GPtrArray *offers, const RcpWish *wish)
{
  rank (self, offers, wish);
  if (self->patient == NULL)
    return;
  if (self->order == RCP_OFFER_ORDER_BEST)
    rcp_offer_order_best_first (self, offers);
  else if (self->gender != RCP_GENDER_ANY)
    rcp_offer_order_asked_first (self, offers);
}

void
rcp_offer_ranking_show (RcpOfferRanking *self, GListStore *shown, GListModel *offers, const RcpWish *wish, guint limit)
{
  g_autoptr (GPtrArray) items = NULL;

  g_return_if_fail (RCP_IS_OFFER_RANKING (self));

  items = list_items (offers);
  arrange (self, items, wish);
  g_list_store_splice (shown, 0, g_list_model_get_n_items (G_LIST_MODEL (shown)), items->pdata, MIN (items->len, limit));
}

gboolean
rcp_offer_ranking_rearrange (RcpOfferRanking *self, GListStore *shown, const RcpWish *wish)
{
  g_autoptr (GPtrArray) items = NULL;
  gboolean is_other = FALSE;

  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), FALSE);

  items = list_items (G_LIST_MODEL (shown));
  arrange (self, items, wish);
  for (guint i = 0; !is_other && i < items->len; i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (G_LIST_MODEL (shown), i);

      is_other = offer != items->pdata[i];
    }
  if (is_other)
    g_list_store_splice (shown, 0, items->len, items->pdata, items->len);
  return is_other;
}

GPtrArray *
rcp_offer_ranking_list_best (RcpOfferRanking *self, GListModel *shown, guint limit)
{
  g_autoptr (GPtrArray) all = list_items (shown);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *best = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), best);

  if (self->patient == NULL)
    return best;
  rcp_offer_order_by_rank (self, all);
  for (guint i = 0; i < all->len && best->len < limit; i++)
    {
      RcpRankedOffer *ranked = g_hash_table_lookup (self->ranked, all->pdata[i]);

      if (ranked->barriers == RCP_BARRIER_NONE && g_hash_table_add (seen, (char *) ranked->facts.key))
        g_ptr_array_add (best, g_object_ref (ranked->offer));
    }
  return best;
}

double
rcp_offer_ranking_get_score (RcpOfferRanking *self, RcpOffer *offer, gboolean *is_barred)
{
  RcpRankedOffer *ranked;

  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), NAN);

  ranked = g_hash_table_lookup (self->ranked, offer);
  *is_barred = ranked != NULL && ranked->barriers != RCP_BARRIER_NONE;
  return ranked != NULL && !*is_barred ? ranked->match.score : NAN;
}

GArray *
rcp_offer_ranking_explain (RcpOfferRanking *self, RcpOffer *offer)
{
  RcpRankedOffer *ranked;

  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), NULL);

  ranked = g_hash_table_lookup (self->ranked, offer);
  if (ranked == NULL || ranked->barriers != RCP_BARRIER_NONE)
    return NULL;
  return rcp_match_explain (&self->rules, &self->needs, &ranked->facts, &ranked->match,
                            rcp_provider_get_zone (rcp_offer_get_provider (offer)));
}

/* Once for a list, when the first of its rows is shown. */
static guint
get_shared (RcpOfferRanking *self)
{
  g_autoptr (GPtrArray) all = NULL;
  GHashTableIter iter;
  gpointer offer;

  if (self->has_shared)
    return self->shared;
  all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_hash_table_iter_init (&iter, self->ranked);
  while (g_hash_table_iter_next (&iter, &offer, NULL))
    {
      GArray *reasons = rcp_offer_ranking_explain (self, offer);

      if (reasons != NULL)
        g_ptr_array_add (all, reasons);
    }
  self->shared = rcp_match_explain_shared (all);
  self->has_shared = TRUE;
  return self->shared;
}

char *
rcp_offer_ranking_describe (RcpOfferRanking *self, RcpOffer *offer)
{
  RcpRankedOffer *ranked;
  g_autoptr (GArray) reasons = NULL;

  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), NULL);

  ranked = g_hash_table_lookup (self->ranked, offer);
  if (ranked == NULL)
    return NULL;
  if (ranked->barriers != RCP_BARRIER_NONE)
    return rcp_match_explain_barriers (ranked->barriers);
  reasons = rcp_offer_ranking_explain (self, offer);
  return rcp_match_explain_beside_time (reasons, get_shared (self));
}

static void
rcp_offer_ranking_dispose (GObject *object)
{
  RcpOfferRanking *self = RCP_OFFER_RANKING (object);

  forget (self);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_offer_ranking_parent_class)->dispose (object);
}

static void
rcp_offer_ranking_finalize (GObject *object)
{
  RcpOfferRanking *self = RCP_OFFER_RANKING (object);

  g_hash_table_unref (self->providers);
  g_hash_table_unref (self->visits);
  g_hash_table_unref (self->ranked);
  G_OBJECT_CLASS (rcp_offer_ranking_parent_class)->finalize (object);
}

static void
rcp_offer_ranking_class_init (RcpOfferRankingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_offer_ranking_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_offer_ranking_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RCP_TYPE_OFFER_RANKING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_offer_ranking_init (RcpOfferRanking *self)
{
  self->providers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rcp_match_provider_free);
  self->visits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ranked = g_hash_table_new_full (NULL, NULL, NULL, ranked_free);
}

/**
 * rcp_offer_ranking_new:
 * @desk: an open desk
 *
 * Returns: (transfer full): a ranking that knows no patient yet
 */
RcpOfferRanking *
rcp_offer_ranking_new (RcpDesk *desk)
{
  RcpOfferRanking *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_OFFER_RANKING, NULL);
  self->desk = g_object_ref (desk);
  return self;
}
