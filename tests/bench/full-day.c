/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "full-day.h"

#include "base/rcp-iso8601.h"
#include "clinic-parts.h"

static void
add_visit (DeskFixture *desk, FhirTransaction *transaction, RcpProvider *provider, RcpPatient *patient, gint64 start_time)
{
  g_autofree char *start = rcp_iso8601_format_utc (start_time);
  g_autofree char *end = rcp_iso8601_format_utc (start_time + 15 * G_TIME_SPAN_MINUTE);
  g_autofree char *json = g_strdup_printf (
      "{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"start\":\"%s\",\"end\":\"%s\",\"description\":\"a "
      "cough\","
      "\"participant\":[{\"actor\":{\"reference\":\"Patient/%s\"},\"status\":\"accepted\"},{\"actor\":{\"reference\":"
      "\"Practitioner/%s\"},\"status\":\"accepted\"},{\"actor\":{\"reference\":\"Location/"
      "%s\"},\"status\":\"accepted\"}]}",
      start, end, rcp_patient_get_id (patient),
      rcp_provider_get_practitioner_id (provider), rcp_place_get_id (rcp_provider_get_place (provider)));
  g_autoptr (FhirResource) visit = parts_resource (json);

  fhir_transaction_create (transaction, fhir_resource_get_json (visit), NULL);
}

void
full_day_add (DeskFixture *desk, guint day)
{
  full_day_add_some (desk, day, FULL_DAY_PROVIDERS, FULL_DAY_VISITS);
}

void
full_day_add_some (DeskFixture *desk, guint day, guint n_providers, guint n_visits)
{
  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
      GAsyncResult *kept = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (FhirBundle) reply = NULL;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < n_visits; j++)
        /* Nobody is with two providers at one time: the record would refuse it. */
        add_visit (desk, transaction, desk_fixture_get_provider (desk, i), desk_fixture_get_patient (desk, i + j * n_providers),
                   DESK_NOW + day * G_TIME_SPAN_DAY + j * 15 * G_TIME_SPAN_MINUTE);
      fhir_client_transact_async (desk->client, transaction, NULL, desk_keep_result_cb, &kept);
      result = desk_wait (&kept);
      reply = fhir_client_transact_finish (desk->client, result, &error);
      g_assert_no_error (error);
    }
}
