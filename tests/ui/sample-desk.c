/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-desk.h"

#include "base/rcp-iso8601.h"

void
sample_desk_make (SampleDesk *self)
{
  static const char *const arguments[] = { "--sample", "--date", SAMPLE_NOW, NULL };
  gint64 now;

  g_assert_true (rcp_iso8601_parse_instant (SAMPLE_NOW, &now));
  self->practice = practice_fixture_new (arguments);
  self->client = practice_fixture_create_client (self->practice);
  self->clock = rcp_clock_new_fixed (now);
  self->desk = rcp_desk_new (self->clock);
}

void
sample_desk_open (SampleDesk *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_desk_open_async (self->desk, self->client, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_true (rcp_desk_open_finish (self->desk, result, &error));
  g_assert_no_error (error);
}

void
sample_desk_set_up (SampleDesk *self)
{
  sample_desk_make (self);
  sample_desk_open (self);
}

void
sample_desk_tear_down (SampleDesk *self)
{
  g_object_unref (self->desk);
  g_object_unref (self->clock);
  g_object_unref (self->client);
  practice_fixture_free (self->practice);
}

RcpPatient *
sample_desk_read_patient (SampleDesk *self)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Patient");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;

  fhir_search_add (search, "_count", "1");
  fhir_client_search_async (self->client, search, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_finish (self->client, result, NULL);
  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 1);
  return rcp_patient_new (fhir_bundle_get_matches (bundle)->pdata[0]);
}
