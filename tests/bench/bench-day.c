/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day of 40 columns with 30 visits each, read cold; and what memory it takes. */
#include "bench.h"
#include "desk-fixture.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-day.h"
#include "clinic-parts.h"

#include <sys/resource.h>

#define N_PROVIDERS 40
#define VISITS_PER_PROVIDER 30
#define N_RUNS 10

static void
add_visit (DeskFixture *desk, FhirTransaction *transaction, RcpProvider *provider, guint index)
{
  g_autofree char *start = rcp_iso8601_format_utc (DESK_NOW + G_TIME_SPAN_DAY + index * 15 * G_TIME_SPAN_MINUTE);
  g_autofree char *end = rcp_iso8601_format_utc (DESK_NOW + G_TIME_SPAN_DAY + (index + 1) * 15 * G_TIME_SPAN_MINUTE);
  g_autofree char *json = g_strdup_printf (
      "{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"start\":\"%s\",\"end\":\"%s\",\"description\":\"a "
      "cough\","
      "\"participant\":[{\"actor\":{\"reference\":\"Patient/%s\"},\"status\":\"accepted\"},{\"actor\":{\"reference\":"
      "\"Practitioner/%s\"},\"status\":\"accepted\"},{\"actor\":{\"reference\":\"Location/"
      "%s\"},\"status\":\"accepted\"}]}",
      start, end, rcp_patient_get_id (desk_fixture_get_patient (desk, g_random_int ())),
      rcp_provider_get_practitioner_id (provider), rcp_place_get_id (rcp_provider_get_place (provider)));
  g_autoptr (FhirResource) visit = parts_resource (json);

  fhir_transaction_create (transaction, fhir_resource_get_json (visit), NULL);
}

static void
add_visits (DeskFixture *desk)
{
  for (guint i = 0; i < N_PROVIDERS; i++)
    {
      g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
      GAsyncResult *kept = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (FhirBundle) reply = NULL;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < VISITS_PER_PROVIDER; j++)
        add_visit (desk, transaction, desk_fixture_get_provider (desk, i), j);
      fhir_client_transact_async (desk->client, transaction, NULL, desk_keep_result_cb, &kept);
      result = desk_wait (&kept);
      reply = fhir_client_transact_finish (desk->client, result, &error);
      g_assert_no_error (error);
    }
}

static void
load_day (DeskFixture *desk, const GDate *date, Bench *bench)
{
  g_autoptr (RcpDay) day = rcp_day_new (desk->client, desk->roster, date);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  bench_start (bench);
  rcp_day_load_async (day, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  rcp_day_load_finish (day, result, &error);
  bench_stop (bench);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (day)), ==, N_PROVIDERS * VISITS_PER_PROVIDER);
}

static double
get_peak_megabytes (int who)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (who, &usage), ==, 0);
  return (double)usage.ru_maxrss / 1000;
}

int
main (void)
{
  DeskFixture *desk = desk_fixture_new (N_PROVIDERS, 500);
  Bench bench;
  GDate date;

  bench_init (&bench);
  add_visits (desk);
  rcp_time_get_day (DESK_NOW + G_TIME_SPAN_DAY, rcp_roster_get_zone (desk->roster), &date);
  for (guint i = 0; i < N_RUNS; i++)
    load_day (desk, &date, &bench);
  bench_report ("day-cold-1200-visits", bench_get (&bench, 0.5), "ms");
  bench_report ("peak-memory-client", get_peak_megabytes (RUSAGE_SELF), "MB");
  desk_fixture_free (desk);
  bench_report ("peak-memory-record", get_peak_megabytes (RUSAGE_CHILDREN), "MB");
  bench_clear (&bench);
  return 0;
}
