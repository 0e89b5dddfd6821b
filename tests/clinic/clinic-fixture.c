/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-clinic"

#include "clinic-fixture.h"

#include "base/rcp-clock.h"

PracticeFixture *
clinic_fixture_new (void)
{
  static const char *const arguments[] = { "--sample", "--date", "2026-11-23T14:00:00Z", "--time-zone",
                                           "America/New_York", NULL };

  return practice_fixture_new (arguments);
}

GDate
clinic_fixture_today (void)
{
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, G_DATE_NOVEMBER, 2026);
  return today;
}

void
clinic_wait_until (gboolean (*condition) (gpointer), gpointer user_data)
{
  KEEP_RESULT_UNTIL (condition (user_data));
}

RcpRoster *
clinic_load_roster (FhirClient *client)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  RcpRoster *roster;

  rcp_roster_load_async (client, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  roster = rcp_roster_load_finish (done, &error);
  g_assert_no_error (error);
  return roster;
}

void
clinic_load_day (RcpDay *day)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  rcp_day_load_async (day, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  rcp_day_load_finish (day, done, &error);
  g_assert_no_error (error);
}

GListModel *
clinic_find (FhirClient *client, const char *text, guint limit)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (CLINIC_NOW);
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  GListModel *found;

  rcp_patient_finder_find_async (client, clock, text, limit, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  found = rcp_patient_finder_find_finish (done, &error);
  g_assert_no_error (error);
  return found;
}

FhirResource *
clinic_change_string (FhirClient *client, const char *reference, const char *member, const char *value)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (FhirResource) before = NULL;
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  FhirResource *after;

  fhir_client_read_async (client, reference, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  before = fhir_client_read_finish (client, done, &error);
  g_assert_no_error (error);
  json = fhir_resource_dup_json (before);
  json_object_set_string_member (json, member, value);

  g_clear_object (&done);
  fhir_client_update_async (client, json, NULL, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  after = fhir_client_update_finish (client, done, &error);
  g_assert_no_error (error);
  return after;
}
