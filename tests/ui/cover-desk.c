/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cover-desk.h"

#include "quoted-resource.h"

static const char *const keys[] = { "payer-way", "payer-url", "payer-sender", "payer-receiver", "payer-provider-name", "payer-npi" };

void
cover_desk_say_how_to_ask (GSettings *settings, ScriptedHouse *house)
{
  g_settings_set_string (settings, "payer-url", scripted_house_get_url (house));
  g_settings_set_string (settings, "payer-sender", "CITYCLINIC");
  g_settings_set_string (settings, "payer-receiver", "CLEARING");
  g_settings_set_string (settings, "payer-provider-name", "City Clinic");
  g_settings_set_string (settings, "payer-npi", "1234567893");
  g_settings_set_enum (settings, "payer-way", RCP_PAYER_X12);
}

void
cover_desk_say_how_to_ask_by_fhir (GSettings *settings, ScriptedHouse *house)
{
  g_settings_set_string (settings, "payer-url", scripted_house_get_fhir_url (house));
  g_settings_set_enum (settings, "payer-way", RCP_PAYER_FHIR);
}

void
cover_desk_reset (GSettings *settings)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
}

static FhirResource *
insure (FhirClient *client, RcpPatient *patient, const char *member, int order, const char *payer)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'Coverage','status':'active','order':%d,'subscriberId':'%s','relationship':"
                                           "{'coding':[{'code':'self'}]},'beneficiary':{'reference':'Patient/%s'},'payor':[{'display':'%s',"
                                           "'identifier':{'system':'urn:reception:payer','value':'12345'}}]}",
                                           order, member, rcp_patient_get_id (patient), payer);
  g_autoptr (FhirResource) coverage = quoted_resource (text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  FhirResource *stored;

  fhir_client_create_async (client, fhir_resource_get_json (coverage), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_create_finish (client, result, &error);
  g_assert_no_error (error);
  return stored;
}

FhirResource *
cover_desk_insure (FhirClient *client, RcpPatient *patient, const char *member)
{
  return insure (client, patient, member, 1, "Acme Health");
}

FhirResource *
cover_desk_insure_second (FhirClient *client, RcpPatient *patient, const char *member)
{
  return insure (client, patient, member, 2, "Beta Mutual");
}

static gboolean
is_known (GPtrArray *visits, RcpVisit *visit)
{
  for (guint i = 0; i < visits->len; i++)
    if (g_strcmp0 (rcp_visit_get_patient_id (visits->pdata[i]), rcp_visit_get_patient_id (visit)) == 0)
      return TRUE;
  return FALSE;
}

GPtrArray *
cover_desk_list_visits (FhirClient *client, const GDate *day)
{
  GPtrArray *visits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;

  fhir_search_add_printf (search, "date", "%04d-%02d-%02d", g_date_get_year (day), g_date_get_month (day), g_date_get_day (day));
  fhir_search_add (search, "status", "booked");
  fhir_search_add (search, "_sort", "date");
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (client, search, 0, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_all_finish (client, result, NULL);
  g_assert_nonnull (bundle);
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (fhir_bundle_get_matches (bundle)->pdata[i], bundle);

      if (rcp_visit_get_patient (visit) && rcp_visit_get_n_people (visit) == 1 && !is_known (visits, visit))
        g_ptr_array_add (visits, g_steal_pointer (&visit));
    }
  return visits;
}
