/* SPDX-License-Identifier: GPL-3.0-or-later */

/* rcp-offer-ranking.c on the sample clinic, by way of the booking's view-model: the best offers first, each with a reason, and the
 * numbers that add up to its place. */

#include "matching/rcp-match-record.h"
#include "ui/booking/rcp-booking-model.h"

#include "quoted-resource.h"
#include "sample-desk.h"

#include <string.h>

#define IN_A_ROW 3

typedef struct
{
  SampleDesk sample;
  RcpPatient *patient;
  RcpBookingModel *model;
  RcpOfferRanking *ranking;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  sample_desk_set_up (&fixture->sample);
  fixture->patient = sample_desk_read_patient (&fixture->sample);
  fixture->model = rcp_booking_model_new (fixture->sample.desk);
  fixture->ranking = rcp_booking_model_get_ranking (fixture->model);
}

/* What it still reads keeps it until then. */
static void
end_model (Fixture *fixture)
{
  KEEP_RESULT_UNTIL (G_OBJECT (fixture->model)->ref_count == 1);
  g_assert_finalize_object (fixture->model);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end_model (fixture);
  g_object_unref (fixture->patient);
  sample_desk_tear_down (&fixture->sample);
}

static GListModel *
wait_for_offers (Fixture *fixture)
{
  KEEP_RESULT_UNTIL (rcp_booking_model_get_state (fixture->model) == RCP_BOOKING_OFFERS
                     && rcp_offer_ranking_is_complete (fixture->ranking));
  return rcp_booking_model_get_offers (fixture->model);
}

static double
get_score (Fixture *fixture, RcpOffer *offer)
{
  g_autoptr (GArray) reasons = rcp_offer_ranking_explain (fixture->ranking, offer);
  double score = 0;

  g_assert_nonnull (reasons);
  for (guint i = 0; i < reasons->len; i++)
    score += g_array_index (reasons, RcpMatchReason, i).part;
  return score;
}

static void
test_best_first (Fixture *fixture, gconstpointer data)
{
  GListModel *offers;
  g_autoptr (GHashTable) providers = g_hash_table_new (NULL, NULL);
  double best = 2;

  rcp_booking_model_set_patient (fixture->model, fixture->patient);
  rcp_booking_model_set_order (fixture->model, RCP_OFFER_ORDER_BEST);
  offers = wait_for_offers (fixture);
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);
      RcpProvider *provider = rcp_offer_get_provider (offer);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (providers, provider));

      g_hash_table_insert (providers, provider, GUINT_TO_POINTER (n + 1));
      if (n >= IN_A_ROW)
        break; /* the second round */
      g_assert_cmpfloat (get_score (fixture, offer), <=, best);
      best = get_score (fixture, offer);
    }
  /* Each who has time can be compared, although the earliest forty are those of a few. */
  g_assert_cmpuint (g_hash_table_size (providers), >=, 5);
}

/* The patient's own provider is among them, and it is said. */
static void
test_says_why (Fixture *fixture, gconstpointer data)
{
  GListModel *offers;
  guint n_own = 0;

  rcp_booking_model_set_patient (fixture->model, fixture->patient);
  rcp_booking_model_set_order (fixture->model, RCP_OFFER_ORDER_BEST);
  offers = wait_for_offers (fixture);
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);
      g_autofree char *why = rcp_offer_ranking_describe (fixture->ranking, offer);

      g_assert_nonnull (why);
      n_own += strstr (why, "own provider") != NULL;
    }
  g_assert_cmpuint (n_own, >, 0);
  g_assert_cmpuint (n_own, <, g_list_model_get_n_items (offers));
}

/* What speaks for each of them alike is in the points, and not in the sentence. */
static void
test_says_no_more_than_tells (Fixture *fixture, gconstpointer data)
{
  GListModel *offers;
  guint n, shared;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  rcp_booking_model_set_patient (fixture->model, fixture->patient);
  rcp_booking_model_set_order (fixture->model, RCP_OFFER_ORDER_BEST);
  offers = wait_for_offers (fixture);
  n = g_list_model_get_n_items (offers);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      g_ptr_array_add (all, rcp_offer_ranking_explain (fixture->ranking, offer));
    }
  shared = rcp_match_explain_shared (all);
  g_assert_cmpuint (shared, !=, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);
      g_autofree char *why = rcp_offer_ranking_describe (fixture->ranking, offer), *whole = rcp_match_explain_beside_time (all->pdata[i], 0);

      g_assert_cmpuint (strlen (why), <, strlen (whole));
    }
}

static gboolean
is_man (Fixture *fixture, RcpOffer *offer)
{
  g_autofree char *reference = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (rcp_offer_get_provider (offer)), NULL);
  FhirResource *person = rcp_roster_lookup_resource (rcp_desk_get_roster (fixture->sample.desk), reference);

  return g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (person), "gender"), "male") == 0;
}

/* Who asks for a man means it: men come first, nobody is left out, and it is said of each who is and who is not. */
static void
test_asks_for_a_man (Fixture *fixture, gconstpointer data)
{
  GListModel *offers;
  guint n_men = 0, n_others = 0;

  rcp_booking_model_set_patient (fixture->model, fixture->patient);
  rcp_booking_model_set_order (fixture->model, RCP_OFFER_ORDER_BEST);
  rcp_booking_model_set_gender (fixture->model, RCP_GENDER_MALE);
  offers = wait_for_offers (fixture);
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);
      g_autofree char *why = rcp_offer_ranking_describe (fixture->ranking, offer);
      g_autofree char *said = g_utf8_casefold (why, -1);

      g_assert_true (is_man (fixture, offer) == (strstr (said, "not of the gender asked for") == NULL));
      g_assert_nonnull (strstr (said, "of the gender asked for"));
      n_men += is_man (fixture, offer);
      n_others += !is_man (fixture, offer);
      if (i < IN_A_ROW)
        g_assert_true (is_man (fixture, offer));
    }
  g_assert_cmpuint (n_men, >, 0);
  g_assert_cmpuint (n_others, >, 0);
}

/* Where a time of day counts more than who, they come by the clock; but of each day men first, as it is they who are asked for. */
static void
test_asks_for_a_man_early (Fixture *fixture, gconstpointer data)
{
  GListModel *offers;
  gint64 start = 0;
  guint n_men = 0, n_turns = 0;
  GDate last;

  g_date_clear (&last, 1);
  rcp_booking_model_set_patient (fixture->model, fixture->patient);
  rcp_booking_model_set_gender (fixture->model, RCP_GENDER_MALE);
  offers = wait_for_offers (fixture);
  g_assert_cmpint (rcp_offer_ranking_get_order (fixture->ranking), ==, RCP_OFFER_ORDER_EARLIEST);
  for (guint i = 0, was_man = TRUE; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);
      GDate day;

      rcp_time_get_day (rcp_offer_get_range (offer).start, rcp_provider_get_zone (rcp_offer_get_provider (offer)), &day);
      if (!g_date_valid (&last) || g_date_compare (&day, &last) != 0)
        {
          g_assert_true (!g_date_valid (&last) || g_date_compare (&day, &last) > 0);
          start = 0;
          was_man = TRUE;
        }
      if (was_man && !is_man (fixture, offer))
        {
          start = 0;
          n_turns++;
        }
      g_assert_true (was_man || !is_man (fixture, offer));
      g_assert_cmpint (rcp_offer_get_range (offer).start, >=, start);
      start = rcp_offer_get_range (offer).start;
      was_man = is_man (fixture, offer);
      n_men += was_man;
      last = day;
    }
  g_assert_cmpuint (n_men, >, 0);
  g_assert_cmpuint (n_turns, >, 0);
}

static void
test_points_add_up (Fixture *fixture, gconstpointer data)
{
  GListModel *offers;

  rcp_booking_model_set_patient (fixture->model, fixture->patient);
  offers = wait_for_offers (fixture);
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);
      g_autoptr (GArray) reasons = rcp_offer_ranking_explain (fixture->ranking, offer);
      g_autofree guint *points = g_new0 (guint, reasons->len);
      guint total = rcp_match_explain_points (reasons, points), sum = 0;

      for (guint j = 0; j < reasons->len; j++)
        sum += points[j];
      g_assert_cmpuint (sum, ==, total);
      g_assert_cmpfloat_with_epsilon (total, 100 * get_score (fixture, offer), 0.51);
    }
}

static void
test_earliest_first (Fixture *fixture, gconstpointer data)
{
  GListModel *offers;
  gint64 start = 0;

  rcp_booking_model_set_patient (fixture->model, fixture->patient);
  offers = wait_for_offers (fixture);
  g_assert_cmpint (rcp_offer_ranking_get_order (fixture->ranking), ==, RCP_OFFER_ORDER_EARLIEST);
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      g_assert_cmpint (rcp_offer_get_range (offer).start, >=, start);
      start = rcp_offer_get_range (offer).start;
    }
}

/* The facts come when the list is shown already: the same offers in another order, and a notice. */
static void
test_late_facts (Fixture *fixture, gconstpointer data)
{
  GListModel *offers;
  g_autoptr (RcpOffer) before = NULL;
  guint n, position;

  rcp_booking_model_set_order (fixture->model, RCP_OFFER_ORDER_BEST);
  offers = wait_for_offers (fixture);
  n = g_list_model_get_n_items (offers);
  before = g_list_model_get_item (offers, 0);
  g_assert_null (rcp_offer_ranking_describe (fixture->ranking, before));
  g_assert_null (rcp_booking_model_get_notice (fixture->model));
  rcp_offer_ranking_set_patient (fixture->ranking, fixture->patient);
  KEEP_RESULT_UNTIL (rcp_offer_ranking_is_complete (fixture->ranking));
  g_assert_cmpuint (g_list_model_get_n_items (offers), ==, n);
  g_assert_true (g_list_store_find (G_LIST_STORE (offers), before, &position));
  g_assert_nonnull (rcp_booking_model_get_notice (fixture->model));
}

/* One that left the list is no longer the best. */
static void
test_lists_the_best (Fixture *fixture, gconstpointer data)
{
  GListModel *offers;
  g_autoptr (GPtrArray) best = NULL, others = NULL;
  guint position;

  rcp_booking_model_set_patient (fixture->model, fixture->patient);
  offers = wait_for_offers (fixture);
  best = rcp_offer_ranking_list_best (fixture->ranking, offers, 3);
  g_assert_cmpuint (best->len, ==, 3);
  g_assert_cmpfloat (get_score (fixture, best->pdata[0]), >=, get_score (fixture, best->pdata[1]));
  g_assert_true (rcp_offer_get_provider (best->pdata[0]) != rcp_offer_get_provider (best->pdata[1]));
  g_assert_true (g_list_store_find (G_LIST_STORE (offers), best->pdata[0], &position));
  g_list_store_remove (G_LIST_STORE (offers), position);
  others = rcp_offer_ranking_list_best (fixture->ranking, offers, 3);
  g_assert_true (others->pdata[0] != best->pdata[0]);
}

#define NETWORK "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/network-reference"

/* Says in the record of which network the provider is. */
static void
join_network (Fixture *fixture, RcpProvider *provider, const char *network)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'Basic','extension':[{'url':'" NETWORK "','valueReference':{'display':'%s'}}]}", network);
  g_autoptr (FhirResource) holder = quoted_resource (text), stored = NULL;
  JsonObject *role = fhir_resource_get_json (rcp_provider_get_role (provider));
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT), copy = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  json_node_set_object (node, role);
  whole = json_to_string (node, FALSE);
  copy = json_from_string (whole, NULL);
  json_object_set_array_member (json_node_get_object (copy), "extension",
                                json_array_ref (fhir_json_get_array (fhir_resource_get_json (holder), "extension")));
  fhir_client_update_async (fixture->sample.client, json_node_get_object (copy), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_update_finish (fixture->sample.client, result, &error);
  g_assert_no_error (error);
}

/* By turns: those of the plan's network, those of another one, those of whom nobody says. */
static void
join_networks (Fixture *fixture)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->sample.desk));
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (i % 3 < 2)
        join_network (fixture, provider, i % 3 == 0 ? "Acme Gold" : "Acme Blue");
    }
  rcp_desk_reload_roster_async (fixture->sample.desk, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_true (rcp_desk_reload_roster_finish (fixture->sample.desk, result, NULL));
}

static void
insure (Fixture *fixture)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'Coverage','status':'active','subscriberId':'M1','network':'acme gold','beneficiary':"
                                           "{'reference':'Patient/%s'},'payor':[{'display':'Acme Health'}]}",
                                           rcp_patient_get_id (fixture->patient));
  g_autoptr (FhirResource) coverage = quoted_resource (text), stored = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_create_async (fixture->sample.client, fhir_resource_get_json (coverage), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_create_finish (fixture->sample.client, result, NULL);
  g_assert_nonnull (stored);
}

static const char *
find_network_words (GArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    if (g_array_index (reasons, RcpMatchReason, i).criterion == RCP_CRITERION_NETWORK)
      return g_array_index (reasons, RcpMatchReason, i).text;
  return NULL;
}

/* Each provider stands on a side of his own of the patient's network. */
static void
test_network (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[] = { "in network", "out of network", "network unknown" };
  guint n_of[G_N_ELEMENTS (expected)] = { 0 };
  GListModel *offers, *providers;

  join_networks (fixture);
  insure (fixture);
  /* A booking that is opened now. */
  end_model (fixture);
  fixture->model = rcp_booking_model_new (fixture->sample.desk);
  fixture->ranking = rcp_booking_model_get_ranking (fixture->model);
  providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->sample.desk));
  rcp_booking_model_set_patient (fixture->model, fixture->patient);
  rcp_booking_model_set_order (fixture->model, RCP_OFFER_ORDER_BEST);
  offers = wait_for_offers (fixture);
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);
      g_autoptr (GArray) reasons = rcp_offer_ranking_explain (fixture->ranking, offer);
      const char *schedule = rcp_provider_get_schedule_id (rcp_offer_get_provider (offer));

      for (guint j = 0; j < g_list_model_get_n_items (providers); j++)
        {
          g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, j);

          if (!g_str_equal (rcp_provider_get_schedule_id (provider), schedule))
            continue;
          g_assert_cmpstr (find_network_words (reasons), ==, expected[j % 3]);
          n_of[j % 3]++;
        }
    }
  g_assert_cmpuint (n_of[0], >, 0);
  g_assert_cmpuint (n_of[2], >, 0);
}

/* It is asked for before the plan is read: then the openings are looked for once more. */
static void
test_must_be_in_network (Fixture *fixture, gconstpointer data)
{
  GListModel *offers, *providers;
  guint n_of[3] = { 0 };

  join_networks (fixture);
  insure (fixture);
  end_model (fixture);
  fixture->model = rcp_booking_model_new (fixture->sample.desk);
  fixture->ranking = rcp_booking_model_get_ranking (fixture->model);
  providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->sample.desk));
  rcp_booking_model_search (fixture->model);
  wait_for_offers (fixture);
  rcp_offer_ranking_set_patient (fixture->ranking, fixture->patient);
  rcp_offer_ranking_set_musts (fixture->ranking, RCP_BARRIER_NETWORK);
  offers = wait_for_offers (fixture);
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      for (guint j = 0; j < g_list_model_get_n_items (providers); j++)
        {
          g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, j);

          n_of[j % 3] += g_str_equal (rcp_provider_get_schedule_id (provider), rcp_provider_get_schedule_id (rcp_offer_get_provider (offer)));
        }
    }
  g_assert_cmpuint (n_of[0], >, 0);
  g_assert_cmpuint (n_of[1], ==, 0);
  g_assert_cmpuint (n_of[2], >, 0);
  g_assert_nonnull (strstr (rcp_booking_model_get_notice (fixture->model), "left out who are out of network"));
  /* Another patient has conditions of his own. */
  rcp_booking_model_set_patient (fixture->model, fixture->patient);
  rcp_booking_model_set_patient (fixture->model, NULL);
  g_assert_cmpuint (rcp_offer_ranking_get_musts (fixture->ranking), ==, 0);
}

#define GEOLOCATION "http://hl7.org/fhir/StructureDefinition/geolocation"
#define LATITUDE 40.7
#define LONGITUDE -74.0

/* Somebody with nothing but an address. */
static FhirResource *
write_patient (Fixture *fixture, const char *address)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'Patient','name':[{'family':'Neighbour'}],'birthDate':'1960-01-01','address':[{%s}]}", address);
  g_autoptr (FhirResource) patient = quoted_resource (text);
  FhirResource *stored;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_create_async (fixture->sample.client, fhir_resource_get_json (patient), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_create_finish (fixture->sample.client, result, &error);
  g_assert_no_error (error);
  return stored;
}

static void
write_neighbour (Fixture *fixture, const char *code_and_more, double latitude, double longitude)
{
  g_autofree char *address = g_strdup_printf ("%s,'extension':[{'url':'" GEOLOCATION "','extension':[{'url':'latitude','valueDecimal':%.4f},"
                                              "{'url':'longitude','valueDecimal':%.4f}]}]",
                                              code_and_more, latitude, longitude);
  g_autoptr (FhirResource) neighbour = write_patient (fixture, address);
}

/* As it must be said of a patient in the middle of those who are written below. */
static char *
format_distance (Fixture *fixture, RcpOffer *offer)
{
  RcpPlace *place = rcp_provider_get_place (rcp_offer_get_provider (offer));
  g_autofree char *reference = g_strconcat ("Location/", rcp_place_get_id (place), NULL);
  FhirResource *location = rcp_roster_lookup_resource (rcp_desk_get_roster (fixture->sample.desk), reference);
  RcpPosition there, centre = { LATITUDE + 0.02, LONGITUDE };

  g_assert_true (rcp_match_read_position (fhir_resource_get_json (location), &there));
  return g_strdup_printf ("%.0f km from the middle of the postal code", rcp_position_distance (centre, there));
}

/* What is said of the distance to the first offer, after all is read of who lives in 99501: (transfer full), NULL when nothing is. */
static char *
describe_distance (Fixture *fixture)
{
  g_autoptr (FhirResource) stored = write_patient (fixture, "'city':'Anchorage','postalCode':'99501','country':'US'");
  g_autoptr (RcpPatient) patient = rcp_patient_new (stored);
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (GArray) reasons = NULL;
  g_autofree char *expected = NULL;
  char *text = NULL;

  rcp_booking_model_set_patient (fixture->model, patient);
  offer = g_list_model_get_item (wait_for_offers (fixture), 0);
  reasons = rcp_offer_ranking_explain (fixture->ranking, offer);
  for (guint i = 0; i < reasons->len; i++)
    if (g_array_index (reasons, RcpMatchReason, i).criterion == RCP_CRITERION_DISTANCE)
      {
        const RcpMatchReason *reason = &g_array_index (reasons, RcpMatchReason, i);

        g_assert_true (reason->is_unknown == (reason->text == NULL));
        if (reason->is_unknown)
          g_assert_cmpfloat_with_epsilon (reason->part, reason->most / 2, 1e-9);
        else
          expected = format_distance (fixture, offer);
        text = g_strdup (reason->text);
      }
  g_assert_cmpstr (text, ==, expected);
  rcp_booking_model_set_patient (fixture->model, NULL);
  return text;
}

/* Where the patient lives is not in the record; where the middle of the postal code is, follows from the others who live there: not from
 * a few, not from one house, not from those of another code, another country or another time. */
static void
test_postal_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nothing = NULL, *few = NULL, *enough = NULL;

  nothing = describe_distance (fixture);
  g_assert_null (nothing);
  for (guint i = 0; i < 4; i++)
    write_neighbour (fixture, "'postalCode':'99501-0123','country':'US'", LATITUDE + i * 0.01, LONGITUDE);
  for (guint i = 0; i < 6; i++)
    {
      write_neighbour (fixture, "'postalCode':'99501'", LATITUDE, LONGITUDE + 0.0001 * i);
      write_neighbour (fixture, "'postalCode':'99501','country':'DE'", LATITUDE + 1 + i * 0.01, LONGITUDE);
      write_neighbour (fixture, "'postalCode':'995011'", LATITUDE + 1 + i * 0.01, LONGITUDE);
      write_neighbour (fixture, "'use':'old','postalCode':'99501','country':'US'", LATITUDE + 1 + i * 0.01, LONGITUDE);
    }
  few = describe_distance (fixture);
  g_assert_null (few);
  write_neighbour (fixture, "'postalCode':'99501','country':'US'", LATITUDE + 0.04, LONGITUDE);
  enough = describe_distance (fixture);
  g_assert_nonnull (enough);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/ui/offer-ranking/best-first", test_best_first);
  add ("/ui/offer-ranking/says-why", test_says_why);
  add ("/ui/offer-ranking/says-no-more-than-tells", test_says_no_more_than_tells);
  add ("/ui/offer-ranking/asks-for-a-man", test_asks_for_a_man);
  add ("/ui/offer-ranking/asks-for-a-man-early", test_asks_for_a_man_early);
  add ("/ui/offer-ranking/network", test_network);
  add ("/ui/offer-ranking/must-be-in-network", test_must_be_in_network);
  add ("/ui/offer-ranking/postal-code", test_postal_code);
  add ("/ui/offer-ranking/points-add-up", test_points_add_up);
  add ("/ui/offer-ranking/earliest-first", test_earliest_first);
  add ("/ui/offer-ranking/late-facts", test_late_facts);
  add ("/ui/offer-ranking/lists-the-best", test_lists_the_best);
  return g_test_run ();
}
