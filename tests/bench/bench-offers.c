/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a booking with "Best First" does once the slots are read: the openings of 200 providers over 30 days of 36 slots, 70 %
 * booked, the first few of each, with network, language and distance, ranked. */
#include "bench.h"

#include "insurance/rcp-provider-network.h"
#include "matching/rcp-match-record.h"
#include "scheduling/rcp-offers.h"
#include "scheduling/rcp-openings.h"

#define N_PROVIDERS 200
#define N_DAYS 30
#define SLOTS_PER_DAY 36
#define PER_DAY 4
#define PER_PROVIDER 6
#define N_RUNS 30
#define NETWORK "{\"url\":\"http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/network-reference\",\"valueReference\":{\"display\":\"%s\"}}"

typedef struct
{
  RcpProvider *provider;
  RcpMatchProvider *known;
  GArray *slots;
} Column;

static FhirResource *
parse (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  return fhir_resource_new (json_node_get_object (json_parser_get_root (parser)));
}

static GArray *
make_slots (const GDate *from, const char *schedule_id, GTimeZone *zone)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (RcpSlot));
  GDate day = *from;

  g_array_set_clear_func (slots, (GDestroyNotify) rcp_slot_clear);
  for (guint i = 0; i < N_DAYS; i++, g_date_add_days (&day, 1))
    for (guint j = 0; j < SLOTS_PER_DAY; j++)
      {
        gint64 start = rcp_time_at_minute (&day, 9 * 60 + 15 * j, zone);
        RcpSlot slot = { .range = { start, start + 15 * G_TIME_SPAN_MINUTE } };

        if (g_random_int_range (0, 10) < 7)
          continue; /* only what is free is read */
        slot.id = g_ref_string_new ("slot");
        slot.schedule_id = g_ref_string_new (schedule_id);
        g_array_append_val (slots, slot);
      }
  return slots;
}

static Column
make_column (guint index, const GDate *from, GTimeZone *zone)
{
  g_autofree char *network = g_strdup_printf (NETWORK, index % 3 == 0 ? "Acme Standard" : "Another");
  g_autofree char *id = g_strdup_printf ("s%u", index);
  g_autofree char *schedule_text = g_strdup_printf ("{\"resourceType\":\"Schedule\",\"id\":\"%s\",\"actor\":[{\"reference\":\"Practitioner/p%u\"}]}", id, index);
  g_autofree char *role_text = g_strdup_printf ("{\"resourceType\":\"PractitionerRole\",\"id\":\"r%u\",\"extension\":[%s]}", index, network);
  g_autofree char *person_text = g_strdup_printf ("{\"resourceType\":\"Practitioner\",\"id\":\"p%u\",\"communication\":[{\"coding\":[{\"code\":\"%s\"}]}]}",
                                                  index, index % 2 ? "es" : "en");
  g_autoptr (FhirResource) schedule = parse (schedule_text), role = parse (role_text), person = parse (person_text);
  Column column = { rcp_provider_new (schedule, role, person, NULL), NULL, make_slots (from, id, zone) };

  column.known = rcp_match_provider_new (column.provider, NULL, from);
  column.known->facts.has_position = TRUE;
  column.known->facts.position = (RcpPosition){ 40 + index * 0.002, -75 };
  return column;
}

static GPtrArray *
collect (const Column *columns, const RcpWish *wish, RcpTimeRange window, GTimeZone *zone)
{
  GPtrArray *offers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) days = rcp_openings_get_days (window, wish->time_of_day, zone);
  RcpTimeRange lost = { 0, 0 };

  for (guint i = 0; i < N_PROVIDERS; i++)
    rcp_offers_collect (columns[i].provider, (const RcpSlot *) (void *) columns[i].slots->data, columns[i].slots->len, wish, window, days, PER_DAY,
                        NULL, &lost, offers);
  return offers;
}

static GArray *
rank (const Column *columns, GPtrArray *offers, const RcpMatchNeeds *needs, RcpCoverage *coverage)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  g_autofree RcpMatchCandidate *candidates = g_new0 (RcpMatchCandidate, offers->len);
  guint column = 0;

  for (guint i = 0; i < N_PROVIDERS; i++)
    columns[i].known->facts.eligible_network = rcp_provider_network_find (columns[i].provider, coverage) == RCP_NETWORK_IN;
  for (guint i = 0; i < offers->len; i++)
    {
      RcpMatchFacts facts;

      while (columns[column].provider != rcp_offer_get_provider (offers->pdata[i]))
        column++;
      facts = columns[column].known->facts;
      facts.first_slot = rcp_offer_get_range (offers->pdata[i]).start;
      candidates[i] = rcp_match_measure (needs, &facts);
    }
  return rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, candidates, offers->len, offers->len);
}

int
main (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autofree Column *columns = g_new0 (Column, N_PROVIDERS);
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (FhirResource) insurance = parse ("{\"resourceType\":\"Coverage\",\"id\":\"c\",\"network\":\"Acme Standard\"}");
  g_autoptr (RcpCoverage) coverage = rcp_coverage_new (insurance, NULL);
  RcpMatchNeeds needs = { .age = 40, .languages = (const char *const[]) { "es", NULL }, .has_position = TRUE, .position = { 40, -75 } };
  RcpTimeRange window;
  Bench bench;

  g_random_set_seed (1);
  g_date_set_dmy (&wish->from, 23, G_DATE_NOVEMBER, 2026);
  wish->duration = 30;
  wish->per_provider = PER_PROVIDER;
  for (guint i = 0; i < N_PROVIDERS; i++)
    columns[i] = make_column (i, &wish->from, zone);
  needs.now = rcp_time_range_of_day (&wish->from, zone).start;
  window = (RcpTimeRange){ needs.now, needs.now + N_DAYS * G_TIME_SPAN_DAY };
  bench_init (&bench);
  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr (GPtrArray) offers = NULL;
      g_autoptr (GArray) ranked = NULL;

      bench_start (&bench);
      offers = collect (columns, wish, window, zone);
      ranked = rank (columns, offers, &needs, coverage);
      bench_stop (&bench);
      g_assert_cmpuint (ranked->len, >=, N_PROVIDERS);
    }
  bench_report ("offers-ranked-200x30", bench_get (&bench, 0.5), "ms");
  bench_clear (&bench);
  for (guint i = 0; i < N_PROVIDERS; i++)
    {
      g_object_unref (columns[i].provider);
      rcp_match_provider_free (columns[i].known);
      g_array_unref (columns[i].slots);
    }
  return 0;
}
