/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-setup-save.c, rcp-setup-compose.c, rcp-setup-provider.c and rcp-setup-read.c on a real record: what is set
 * up in Preferences is in the record, once, and nothing of another desk's work is lost. */
#include "setup-fixture.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-visit-price.h"
#include "scheduling/rcp-setup-private.h"

static RcpDraft *
new_provider (DeskFixture *desk, const char *family)
{
  RcpDraft *draft = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, NULL);
  g_autofree char *works = rcp_setup_key (RCP_KEY_WORKS, setup_get_place (desk, 0));
  g_autofree char *overbook = rcp_setup_key (RCP_KEY_OVERBOOK, setup_get_place (desk, 0));

  rcp_draft_set (draft, RCP_KEY_PREFIX, "Dr.");
  rcp_draft_set (draft, RCP_KEY_GIVEN, "Ana María");
  rcp_draft_set (draft, RCP_KEY_FAMILY, family);
  rcp_draft_set (draft, RCP_KEY_SPECIALTY, "207RC0000X");
  rcp_draft_set (draft, RCP_KEY_LANGUAGES, "en, es");
  rcp_draft_set (draft, RCP_KEY_AGE_FROM, "18");
  rcp_draft_set (draft, RCP_KEY_RATING, "4");
  rcp_draft_set (draft, RCP_KEY_LEAVE, "2026-11-25/2026-11-26 Congress");
  rcp_draft_set (draft, overbook, "2");
  rcp_draft_set_flag (draft, works, TRUE);
  setup_set_hours (draft, setup_get_place (desk, 0), "9-12, 13-15");
  return draft;
}

static RcpProvider *
find_provider (DeskFixture *desk, const char *name)
{
  GListModel *providers = rcp_roster_get_providers (desk->roster);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      if (g_str_equal (rcp_provider_get_name (provider), name))
        return provider;
    }
  return NULL;
}

static void
test_new_provider (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpDraft) draft = new_provider (desk, "Ruiz");
  g_autoptr (RcpDraft) again = NULL;
  g_autoptr (RcpRoster) before = g_object_ref (desk->roster);
  g_autoptr (FhirBundle) people = NULL;
  g_autofree char *reference = NULL;
  RcpProvider *provider;

  setup_change (desk, RCP_SETUP_PROVIDER, NULL, draft, "form-1");
  provider = find_provider (desk, "Dr. Ana María Ruiz");
  g_assert_nonnull (provider);
  /* 20 slots on Monday, Tuesday and Friday; the leave is two days. */
  g_assert_cmpuint (setup_count_slots (desk, rcp_provider_get_schedule_id (provider), "free"), ==, 3 * 20);
  g_assert_cmpuint (setup_count_outside (desk, provider, RCP_SLOT_FREE), ==, 0);

  reference = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (provider), NULL);
  again = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, reference);
  setup_set_hours (draft, setup_get_place (desk, 0), "9:00 – 12:00, 13:00 – 15:00");
  g_assert_true (rcp_draft_equal (draft, again));

  /* The reply got lost and the person saves once more. */
  g_assert_true (setup_save (desk, before, RCP_SETUP_PROVIDER, NULL, draft, "form-1", NULL));
  people = desk_fixture_search (desk, "Practitioner", "family", "Ruiz", NULL);
  g_assert_cmpuint (fhir_bundle_get_matches (people)->len, ==, 1);
}

static double
get_rating (DeskFixture *desk)
{
  RcpProvider *provider = find_provider (desk, "Dr. Ana María Ruiz");
  JsonObject *extension = fhir_json_get_extension (fhir_resource_get_json (rcp_provider_get_role (provider)), "urn:reception:rating");

  return extension != NULL ? json_object_get_double_member (extension, "valueDecimal") : 0;
}

/* Entered by the clinic, and taken back. */
static void
test_rating (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpDraft) draft = new_provider (desk, "Ruiz");
  g_autoptr (RcpDraft) other = NULL;
  g_autofree char *person = NULL;

  setup_change (desk, RCP_SETUP_PROVIDER, NULL, draft, "form-1");
  g_assert_cmpfloat (get_rating (desk), ==, 4);
  person = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (find_provider (desk, "Dr. Ana María Ruiz")), NULL);
  other = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);
  g_assert_cmpstr (rcp_draft_get (other, RCP_KEY_RATING), ==, "4");
  rcp_draft_set (other, RCP_KEY_RATING, "");
  setup_change (desk, RCP_SETUP_PROVIDER, person, other, "form-2");
  g_assert_cmpfloat (get_rating (desk), ==, 0);
}

/* What a form does not know stays, and what did not change is not written. */
static void
test_unknown_parts_stay (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autofree char *person = setup_dup_person (desk, 0);
  g_autoptr (FhirResource) practitioner = desk_fixture_read (desk, person);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (practitioner);
  g_autoptr (RcpDraft) draft = NULL;
  g_autoptr (FhirResource) after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;
  guint64 n_requests;

  json_object_set_string_member (json, "gender", "female");
  fhir_client_update_async (desk->client, json, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_object_unref (fhir_client_update_finish (desk->client, result, NULL));
  setup_reload (desk);
  draft = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);
  n_requests = fhir_client_get_n_requests (desk->client);
  g_assert_true (setup_save (desk, NULL, RCP_SETUP_PROVIDER, person, draft, "form-2", NULL));
  g_assert_cmpuint (fhir_client_get_n_requests (desk->client) - n_requests, ==, 0);
  rcp_draft_set (draft, RCP_KEY_PREFIX, "Prof.");
  setup_change (desk, RCP_SETUP_PROVIDER, person, draft, "form-3");
  after = desk_fixture_read (desk, person);
  g_assert_cmpstr (fhir_json_get_string (fhir_resource_get_json (after), "gender"), ==, "female");
  g_assert_cmpstr (fhir_json_get_string (fhir_resource_get_json (after), "name.0.prefix.0"), ==, "Prof.");
}

/* Another desk saved first: nothing is written over, and what was typed fits on top of theirs. */
static void
test_conflict (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autofree char *person = setup_dup_person (desk, 0);
  g_autoptr (RcpRoster) mine_known = g_object_ref (desk->roster);
  g_autoptr (RcpDraft) base = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);
  g_autoptr (RcpDraft) mine = rcp_draft_copy (base);
  g_autoptr (RcpDraft) other = rcp_draft_copy (base);
  g_autoptr (RcpDraft) theirs = NULL;
  g_autoptr (RcpDraft) merged = NULL;
  g_autoptr (RcpDraft) end = NULL;
  g_autoptr (GError) error = NULL;

  rcp_draft_set (other, RCP_KEY_FAMILY, "Married");
  setup_change (desk, RCP_SETUP_PROVIDER, person, other, "form-other");
  rcp_draft_set (mine, RCP_KEY_PREFIX, "Dr.");
  setup_set_hours (mine, setup_get_place (desk, 0), "9-12");
  g_assert_false (setup_save (desk, mine_known, RCP_SETUP_PROVIDER, person, mine, "form-mine", &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  setup_reload (desk);
  theirs = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);
  g_assert_true (rcp_draft_equal (theirs, other));

  merged = rcp_draft_merge (base, mine, theirs);
  setup_change (desk, RCP_SETUP_PROVIDER, person, merged, "form-mine");
  end = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);
  g_assert_cmpstr (rcp_draft_get (end, RCP_KEY_FAMILY), ==, "Married");
  g_assert_cmpstr (rcp_draft_get (end, RCP_KEY_PREFIX), ==, "Dr.");
  g_assert_cmpuint (setup_count_slots (desk, rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 0)), "free"), ==,
                    5 * 12);
}

static char *
dup_mark (DeskFixture *desk)
{
  g_autofree char *schedule = g_strconcat ("Schedule/", rcp_provider_get_schedule_id (desk_fixture_get_provider (desk, 0)), NULL);
  FhirResource *resource = rcp_roster_lookup_resource (desk->roster, schedule);

  return g_strdup (fhir_json_get_string (fhir_json_get_extension (fhir_resource_get_json (resource), RCP_EXTENSION_REFIT), "valueInstant"));
}

/* Whose slots are being made to follow and is changed once more at the same time by the clock is not taken for done. */
static void
test_marks_differ (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autofree char *person = setup_dup_person (desk, 0);
  g_autofree char *first = NULL, *second = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_PROVIDER, person);

      setup_set_hours (draft, setup_get_place (desk, 0), i == 0 ? "9-12" : "9-11");
      g_assert_true (setup_save (desk, NULL, RCP_SETUP_PROVIDER, person, draft, "form-hours", NULL));
      setup_reload (desk);
      *(i == 0 ? &first : &second) = dup_mark (desk);
    }
  g_assert_nonnull (first);
  g_assert_cmpstr (second, >, first);
  setup_refit (desk);
}

static RcpDraft *
new_room (DeskFixture *desk, const char *name, const char *device)
{
  RcpDraft *draft = rcp_setup_read (desk->roster, RCP_SETUP_ROOM, NULL);

  rcp_draft_set (draft, RCP_KEY_NAME, name);
  rcp_draft_set (draft, RCP_KEY_PLACE, setup_get_place (desk, 0));
  if (device != NULL)
    {
      rcp_draft_set (draft, RCP_KEY_KIND, "device");
      rcp_draft_set (draft, RCP_KEY_DEVICE, device);
    }
  return draft;
}

static void
set_needs (DeskFixture *desk, const char *code, const char *needs)
{
  RcpVisitType *type = rcp_roster_find_visit_type (desk->roster, code);
  g_autofree char *reference = g_strconcat ("HealthcareService/", rcp_visit_type_get_id (type), NULL);
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_VISIT_TYPE, reference);

  rcp_draft_set (draft, RCP_KEY_NEEDS, needs);
  rcp_draft_set_flag (draft, RCP_KEY_NEW_ONLY, *needs != '\0');
  setup_change (desk, RCP_SETUP_VISIT_TYPE, reference, draft, "form-needs");
}

/* A room has slots as long as a visit type needs one, whenever somebody works at its site. */
static void
test_rooms (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 1);
  g_autoptr (RcpDraft) room_draft = new_room (desk, "Room 1", NULL);
  g_autoptr (RcpDraft) device_draft = new_room (desk, "ECG 1", "ECG recorder");
  g_autoptr (RcpDraft) read = NULL;
  g_autoptr (GPtrArray) items = NULL;
  RcpRoom *device;

  setup_change (desk, RCP_SETUP_ROOM, NULL, room_draft, "form-room");
  setup_change (desk, RCP_SETUP_ROOM, NULL, device_draft, "form-device");
  items = rcp_setup_list (desk->roster, RCP_SETUP_ROOM);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpstr (((RcpSetupItem *)items->pdata[0])->title, ==, "ECG 1");
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_places (desk->roster)), ==, 1);
  device = rcp_roster_find_room (desk->roster, ((RcpSetupItem *)items->pdata[0])->reference);
  g_assert_cmpstr (rcp_room_get_kind (device), ==, "ecg-recorder");
  g_assert_cmpuint (setup_count_slots (desk, rcp_room_get_schedule_id (device), NULL), ==, 0);

  set_needs (desk, "ecg", "ecg-recorder");
  device = rcp_roster_find_room (desk->roster, ((RcpSetupItem *)items->pdata[0])->reference);
  g_assert_true (rcp_visit_type_is_for_new_patients (rcp_roster_find_visit_type (desk->roster, "ecg")));
  g_assert_cmpuint (setup_count_slots (desk, rcp_room_get_schedule_id (device), "free"), ==, 5 * 28);
  g_assert_cmpuint (setup_count_slots (desk, rcp_room_get_schedule_id (rcp_roster_find_room (desk->roster, ((RcpSetupItem *)items->pdata[1])->reference)), NULL), ==, 0);
  set_needs (desk, "ecg", "");
  device = rcp_roster_find_room (desk->roster, ((RcpSetupItem *)items->pdata[0])->reference);
  g_assert_cmpuint (setup_count_slots (desk, rcp_room_get_schedule_id (device), NULL), ==, 0);

  read = rcp_setup_read (desk->roster, RCP_SETUP_ROOM, ((RcpSetupItem *)items->pdata[0])->reference);
  g_assert_true (rcp_draft_equal (read, device_draft));
}

static void
test_place (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_PLACE, NULL);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (RcpDraft) read = NULL;
  const char *reference = NULL;

  rcp_draft_set (draft, RCP_KEY_NAME, "Harbour Street");
  rcp_draft_set (draft, RCP_KEY_STREET, "1 Harbour St");
  rcp_draft_set (draft, RCP_KEY_CITY, "Springfield");
  rcp_draft_set (draft, RCP_KEY_PHONE, "+1 555 123 45");
  rcp_draft_set (draft, RCP_KEY_ZONE, "America/Chicago");
  rcp_draft_set (draft, RCP_KEY_CLOSED, "2026-11-26/2026-11-27 Thanksgiving");
  setup_change (desk, RCP_SETUP_PLACE, NULL, draft, "form-place");
  items = rcp_setup_list (desk->roster, RCP_SETUP_PLACE);
  g_assert_cmpuint (items->len, ==, 2);
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((RcpSetupItem *)items->pdata[i])->title, "Harbour Street"))
      reference = ((RcpSetupItem *)items->pdata[i])->reference;
  read = rcp_setup_read (desk->roster, RCP_SETUP_PLACE, reference);
  g_assert_true (rcp_draft_equal (read, draft));
  /* Without anybody who works there it may go. */
  rcp_draft_set_flag (read, RCP_KEY_ACTIVE, FALSE);
  rcp_draft_set (read, RCP_KEY_CLOSED, NULL);
  setup_change (desk, RCP_SETUP_PLACE, reference, read, "form-place");
}

static void
test_new_visit_type (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_VISIT_TYPE, NULL);
  RcpVisitType *type;

  rcp_draft_set (draft, RCP_KEY_NAME, "Blood test");
  rcp_draft_set (draft, RCP_KEY_MINUTES, "30");
  rcp_draft_set (draft, RCP_KEY_PREPARATION, "Please come fasting.");
  rcp_draft_set (draft, RCP_KEY_NEEDS, "room");
  rcp_draft_set (draft, RCP_KEY_SPECIALTIES, "207Q00000X, 207RC0000X");
  setup_change (desk, RCP_SETUP_VISIT_TYPE, NULL, draft, "form-blood");
  type = rcp_roster_find_visit_type (desk->roster, "form-blood");
  g_assert_nonnull (type);
  g_assert_cmpuint (rcp_visit_type_get_duration (type), ==, 30);
  g_assert_cmpstr (rcp_visit_type_get_preparation (type), ==, "Please come fasting.");
  g_assert_cmpstr (rcp_visit_type_get_needs (type), ==, RCP_NEEDS_ROOM);
  g_assert_cmpuint (g_strv_length ((GStrv)rcp_visit_type_get_specialties (type)), ==, 2);
}

/* Prices go to the record and come back as they were typed; one that is taken away is not nothing to pay. */
static void
test_payment (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  RcpVisitType *type = rcp_roster_find_visit_type (desk->roster, "ecg");
  g_autofree char *reference = g_strconcat ("HealthcareService/", rcp_visit_type_get_id (type), NULL);
  g_autoptr (RcpDraft) draft = rcp_setup_read (desk->roster, RCP_SETUP_VISIT_TYPE, reference), again = NULL;
  RcpMoney money;

  g_assert_cmpstr (rcp_draft_get (draft, RCP_KEY_PRICE), ==, "");
  g_assert_cmpstr (rcp_draft_get (draft, RCP_KEY_SERVICE_TYPE), ==, "98");
  rcp_draft_set (draft, RCP_KEY_PRICE, "140.5");
  rcp_draft_set (draft, RCP_KEY_ALLOWED, "100");
  rcp_draft_set (draft, RCP_KEY_SERVICE_TYPE, "73");
  setup_change (desk, RCP_SETUP_VISIT_TYPE, reference, draft, "form-payment");
  type = rcp_roster_find_visit_type (desk->roster, "ecg");
  g_assert_true (rcp_visit_type_get_price (type, &money));
  g_assert_cmpint (money.amount, ==, 14050);
  g_assert_cmpstr (money.currency, ==, "USD");
  g_assert_true (rcp_visit_type_get_allowed (type, &money));
  g_assert_cmpint (money.amount, ==, 10000);
  g_assert_cmpstr (rcp_visit_type_get_service_type (type), ==, "73");
  again = rcp_setup_read (desk->roster, RCP_SETUP_VISIT_TYPE, reference);
  g_assert_cmpstr (rcp_draft_get (again, RCP_KEY_PRICE), ==, "140.50");
  rcp_draft_set (again, RCP_KEY_PRICE, "");
  rcp_draft_set (again, RCP_KEY_SERVICE_TYPE, "98");
  setup_change (desk, RCP_SETUP_VISIT_TYPE, reference, again, "form-payment-2");
  type = rcp_roster_find_visit_type (desk->roster, "ecg");
  g_assert_false (rcp_visit_type_get_price (type, &money));
  g_assert_true (rcp_visit_type_get_allowed (type, &money));
  g_assert_cmpstr (rcp_visit_type_get_service_type (type), ==, "98");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/setup/new-provider", test_new_provider);
  g_test_add_func ("/scheduling/setup/rating", test_rating);
  g_test_add_func ("/scheduling/setup/unknown-parts-stay", test_unknown_parts_stay);
  g_test_add_func ("/scheduling/setup/conflict", test_conflict);
  g_test_add_func ("/scheduling/setup/marks-differ", test_marks_differ);
  g_test_add_func ("/scheduling/setup/rooms", test_rooms);
  g_test_add_func ("/scheduling/setup/place", test_place);
  g_test_add_func ("/scheduling/setup/new-visit-type", test_new_visit_type);
  g_test_add_func ("/scheduling/setup/payment", test_payment);
  return g_test_run ();
}
