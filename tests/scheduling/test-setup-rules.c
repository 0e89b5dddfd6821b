/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-setup-check.c, rcp-setup-json.c, rcp-refit-plan.c, rcp-draft.c and rcp-periods.c: what is wrong with a form,
 * and what follows of changed hours; no record. */
#include "clinic-parts.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-roster-private.h"
#include "scheduling/rcp-periods.h"
#include "scheduling/rcp-refit-private.h"
#include "scheduling/rcp-setup-private.h"

static void
add (GHashTable *resources, const char *json)
{
  FhirResource *resource = parts_resource (json);

  g_hash_table_insert (resources, g_strdup (fhir_resource_get_reference (resource)), resource);
}

/* Two sites, a provider at the first, a room, a visit type. */
static RcpRoster *
make_roster (void)
{
  g_autoptr (GHashTable) resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  add (resources, "{\"resourceType\":\"Organization\",\"id\":\"o\",\"name\":\"Clinic\"}");
  add (resources, "{\"resourceType\":\"Location\",\"id\":\"a\",\"name\":\"North\",\"extension\":[{\"url\":"
                  "\"http://hl7.org/fhir/StructureDefinition/timezone\",\"valueCode\":\"UTC\"}],\"managingOrganization\":"
                  "{\"reference\":\"Organization/o\"}}");
  add (resources, "{\"resourceType\":\"Location\",\"id\":\"b\",\"name\":\"South\",\"managingOrganization\":"
                  "{\"reference\":\"Organization/o\"}}");
  add (resources, "{\"resourceType\":\"Location\",\"id\":\"far\",\"name\":\"Another clinic\"}");
  add (resources, "{\"resourceType\":\"Practitioner\",\"id\":\"p\",\"name\":[{\"family\":\"Ruiz\"}]}");
  add (resources, "{\"resourceType\":\"PractitionerRole\",\"id\":\"r\",\"practitioner\":{\"reference\":\"Practitioner/p\"},"
                  "\"location\":[{\"reference\":\"Location/a\"}],\"availableTime\":[{\"daysOfWeek\":[\"mon\",\"tue\"],"
                  "\"availableStartTime\":\"09:00:00\",\"availableEndTime\":\"12:00:00\"}]}");
  add (resources, "{\"resourceType\":\"Schedule\",\"id\":\"s\",\"actor\":[{\"reference\":\"PractitionerRole/r\"}]}");
  add (resources, "{\"resourceType\":\"HealthcareService\",\"id\":\"h\",\"name\":\"Check\"}");
  return rcp_roster_new (resources);
}

static void
check_fault (RcpRoster *roster, RcpSetupKind kind, const char *reference, const char *key, const char *text, const char *fault)
{
  g_autoptr (RcpDraft) draft = rcp_setup_read (roster, kind, reference);
  g_autoptr (GHashTable) faults = NULL;

  rcp_draft_set (draft, key, text);
  faults = rcp_setup_check (roster, kind, reference, draft);
  g_assert_cmpstr (g_hash_table_lookup (faults, key), ==, fault);
  if (reference != NULL)
    g_assert_cmpuint (g_hash_table_size (faults), ==, fault != NULL ? 1 : 0);
}

static void
test_provider_faults (void)
{
  g_autoptr (RcpRoster) roster = make_roster ();
  const char *p = "Practitioner/p";

  check_fault (roster, RCP_SETUP_PROVIDER, p, RCP_KEY_FAMILY, " ", "Write the family name");
  check_fault (roster, RCP_SETUP_PROVIDER, p, RCP_KEY_LANGUAGES, "en, pt-BR, deu", NULL);
  check_fault (roster, RCP_SETUP_PROVIDER, p, RCP_KEY_LANGUAGES, "en, Spanish", "“Spanish” is no code of a language such as en or es");
  check_fault (roster, RCP_SETUP_PROVIDER, p, RCP_KEY_AGE_FROM, "x", "Write a whole number from 0 to 130");
  check_fault (roster, RCP_SETUP_PROVIDER, p, RCP_KEY_RATING, "0", "Write a whole number from 1 to 5");
  check_fault (roster, RCP_SETUP_PROVIDER, p, RCP_KEY_RATING, "6", "Write a whole number from 1 to 5");
  check_fault (roster, RCP_SETUP_PROVIDER, p, RCP_KEY_RATING, "", NULL);
  check_fault (roster, RCP_SETUP_PROVIDER, p, RCP_KEY_AGE_FROM, "-1", "Write a whole number from 0 to 130");
  check_fault (roster, RCP_SETUP_PROVIDER, p, "overbook:a", "21", "Write a whole number from 0 to 20");
  check_fault (roster, RCP_SETUP_PROVIDER, p, "hours:a:1", "9-12, 13-17", NULL);
  check_fault (roster, RCP_SETUP_PROVIDER, p, "hours:a:1", "17-9", "“17-9” ends before it starts");
  check_fault (roster, RCP_SETUP_PROVIDER, p, "hours:a:7", "9-12, 11-13", "“11-13” overlaps with another part of the day");
  check_fault (roster, RCP_SETUP_PROVIDER, p, "hours:a:1", "9:10-12", "“9:10-12” does not start and end on a step of 15 minutes");
  check_fault (roster, RCP_SETUP_PROVIDER, p, "hours:a:1", "all day", "“all day” is no time such as 9:00 – 12:00");
  /* Where nobody works it does not matter what stands there. */
  check_fault (roster, RCP_SETUP_PROVIDER, p, "hours:b:1", "all day", NULL);
  check_fault (roster, RCP_SETUP_PROVIDER, p, RCP_KEY_LEAVE, "2026-12-26/2026-12-24 Away", "The last day is before the first");
}

static void
test_two_fields (void)
{
  g_autoptr (RcpRoster) roster = make_roster ();
  g_autoptr (RcpDraft) draft = rcp_setup_read (roster, RCP_SETUP_PROVIDER, "Practitioner/p");
  g_autoptr (GHashTable) faults = NULL;

  g_assert_true (rcp_draft_is_set (draft, "works:a"));
  g_assert_false (rcp_draft_is_set (draft, "works:b"));
  g_assert_cmpstr (rcp_draft_get (draft, "hours:a:2"), ==, "9:00 – 12:00");
  rcp_draft_set_flag (draft, "works:b", TRUE);
  rcp_draft_set (draft, "hours:b:1", "11-13");
  rcp_draft_set (draft, "hours:b:3", "11-13");
  rcp_draft_set (draft, RCP_KEY_AGE_FROM, "18");
  rcp_draft_set (draft, RCP_KEY_AGE_TO, "12");
  faults = rcp_setup_check (roster, RCP_SETUP_PROVIDER, "Practitioner/p", draft);
  g_assert_cmpuint (g_hash_table_size (faults), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (faults, "hours:b:1"), ==, "At the same time as at North");
  g_assert_cmpstr (g_hash_table_lookup (faults, RCP_KEY_AGE_TO), ==, "Below the youngest age");
}

static void
test_other_faults (void)
{
  g_autoptr (RcpRoster) roster = make_roster ();

  check_fault (roster, RCP_SETUP_PLACE, NULL, RCP_KEY_NAME, "North", "Another one has this name");
  check_fault (roster, RCP_SETUP_PLACE, "Location/a", RCP_KEY_PHONE, "call me", "A phone number has digits, spaces and + - ( ) only");
  check_fault (roster, RCP_SETUP_PLACE, NULL, RCP_KEY_PHONE, "12", "This is too short for a phone number");
  check_fault (roster, RCP_SETUP_PLACE, NULL, RCP_KEY_ZONE, "Mars/Base", "Write a time zone such as America/New_York");
  check_fault (roster, RCP_SETUP_PLACE, NULL, RCP_KEY_ZONE, "../etc/passwd", "Write a time zone such as America/New_York");
  check_fault (roster, RCP_SETUP_PLACE, NULL, RCP_KEY_ZONE, "Europe/Berlin", NULL);
  check_fault (roster, RCP_SETUP_PLACE, "Location/a", RCP_KEY_ACTIVE, "", "1 provider still works here");
  check_fault (roster, RCP_SETUP_ROOM, NULL, RCP_KEY_NAME, "", "Write a name");
  check_fault (roster, RCP_SETUP_ROOM, NULL, RCP_KEY_PLACE, "nowhere", "Choose a place");
  check_fault (roster, RCP_SETUP_ROOM, NULL, RCP_KEY_DEVICE, "", NULL);
  check_fault (roster, RCP_SETUP_VISIT_TYPE, "HealthcareService/h", RCP_KEY_MINUTES, "", "Write how many minutes it takes");
  check_fault (roster, RCP_SETUP_VISIT_TYPE, "HealthcareService/h", RCP_KEY_MINUTES, "20", "Write a multiple of 15 minutes");
  check_fault (roster, RCP_SETUP_VISIT_TYPE, "HealthcareService/h", RCP_KEY_MINUTES, "1e2", "Write a whole number from 15 to 480");
  check_fault (roster, RCP_SETUP_VISIT_TYPE, NULL, RCP_KEY_NAME, "Check", "Another one has this name");
  check_fault (roster, RCP_SETUP_VISIT_TYPE, "HealthcareService/h", RCP_KEY_PRICE, "140.50", NULL);
  check_fault (roster, RCP_SETUP_VISIT_TYPE, "HealthcareService/h", RCP_KEY_PRICE, "1,000", "Write an amount, such as 140.00");
  check_fault (roster, RCP_SETUP_VISIT_TYPE, "HealthcareService/h", RCP_KEY_ALLOWED, "-1", "Write an amount, such as 140.00");
}

static void
test_allowed (void)
{
  g_autoptr (RcpRoster) roster = make_roster ();
  g_autoptr (RcpDraft) draft = rcp_setup_read (roster, RCP_SETUP_VISIT_TYPE, "HealthcareService/h");
  g_autoptr (GHashTable) more = NULL, same = NULL;
  g_autofree char *currency = rcp_setup_dup_currency (roster, "HealthcareService/h");

  g_assert_cmpstr (currency, ==, "USD");
  rcp_draft_set (draft, RCP_KEY_PRICE, "140");
  rcp_draft_set (draft, RCP_KEY_ALLOWED, "140.01");
  more = rcp_setup_check (roster, RCP_SETUP_VISIT_TYPE, "HealthcareService/h", draft);
  g_assert_cmpstr (g_hash_table_lookup (more, RCP_KEY_ALLOWED), ==, "Payers allow no more than the price");
  rcp_draft_set (draft, RCP_KEY_ALLOWED, "140.00");
  same = rcp_setup_check (roster, RCP_SETUP_VISIT_TYPE, "HealthcareService/h", draft);
  g_assert_cmpuint (g_hash_table_size (same), ==, 0);
}

static void
test_lists (void)
{
  g_autoptr (RcpRoster) roster = make_roster ();
  g_autoptr (GPtrArray) places = rcp_setup_list (roster, RCP_SETUP_PLACE);
  g_autoptr (GPtrArray) providers = rcp_setup_list (roster, RCP_SETUP_PROVIDER);

  g_assert_cmpuint (places->len, ==, 2);
  g_assert_cmpuint (providers->len, ==, 1);
  g_assert_cmpstr (((RcpSetupItem *)providers->pdata[0])->title, ==, "Ruiz");
  g_assert_cmpstr (((RcpSetupItem *)providers->pdata[0])->subtitle, ==, "North");
}

static void
test_merge (void)
{
  g_autoptr (RcpDraft) base = rcp_draft_new ();
  g_autoptr (RcpDraft) mine = NULL;
  g_autoptr (RcpDraft) theirs = NULL;
  g_autoptr (RcpDraft) merged = NULL;

  rcp_draft_set (base, "untouched", "1");
  rcp_draft_set (base, "mine", "1");
  rcp_draft_set (base, "theirs", "1");
  rcp_draft_set (base, "both", "1");
  rcp_draft_set (base, "taken-away", "1");
  mine = rcp_draft_copy (base);
  theirs = rcp_draft_copy (base);
  rcp_draft_set (mine, "mine", "2");
  rcp_draft_set (mine, "both", "2");
  rcp_draft_set (theirs, "theirs", "3");
  rcp_draft_set (theirs, "both", "3");
  rcp_draft_set (theirs, "taken-away", "");
  rcp_draft_set (theirs, "new", "3");
  merged = rcp_draft_merge (base, mine, theirs);
  g_assert_cmpstr (rcp_draft_get (merged, "untouched"), ==, "1");
  g_assert_cmpstr (rcp_draft_get (merged, "mine"), ==, "2");
  g_assert_cmpstr (rcp_draft_get (merged, "both"), ==, "2");
  g_assert_cmpstr (rcp_draft_get (merged, "theirs"), ==, "3");
  g_assert_cmpstr (rcp_draft_get (merged, "new"), ==, "3");
  g_assert_cmpstr (rcp_draft_get (merged, "taken-away"), ==, "");
}

static void
test_periods (void)
{
  const char *text = "2026-01-01/2026-01-01 New Year\n2026-12-24/2026-12-26";
  g_autoptr (GPtrArray) periods
      = rcp_periods_parse ("2026-12-24/2026-12-26\nrubbish\n2026-13-01/2026-13-02\n2026-01-01/2026-01-01 New Year\n2026-1-1/x");
  g_autofree char *formatted = rcp_periods_format (periods);
  g_autoptr (JsonObject) json = NULL;
  RcpPeriod *again;

  g_assert_cmpuint (periods->len, ==, 2);
  g_assert_cmpstr (formatted, ==, text);
  json = rcp_period_to_json (periods->pdata[0]);
  again = rcp_period_from_json (json, "New\nYear");
  g_assert_cmpstr (again->words, ==, "New Year");
  rcp_period_free (again);
  json_object_set_string_member (json, "end", "2026-01-01T12:00:00Z");
  g_assert_null (rcp_period_from_json (json, NULL));
}

static void
add_slot (GArray *slots, gint64 hour, gint64 minutes, RcpSlotStatus status)
{
  RcpSlot slot = { .range = { hour * G_TIME_SPAN_HOUR, hour * G_TIME_SPAN_HOUR + minutes * G_TIME_SPAN_MINUTE },
                   .status = status };

  g_array_append_val (slots, slot);
}

/* Against the plain meaning: free ones outside go, the rest stays, and nothing overlaps. */
static void
test_plan (void)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (RcpSlot));
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  g_autoptr (GArray) removed = NULL;
  g_autoptr (GArray) added = NULL;

  add_slot (slots, 1, 60, RCP_SLOT_FREE);        /* stays */
  add_slot (slots, 2, 60, RCP_SLOT_BUSY);        /* stays, outside */
  add_slot (slots, 3, 60, RCP_SLOT_UNAVAILABLE); /* stays, outside */
  add_slot (slots, 4, 60, RCP_SLOT_FREE);        /* goes */
  add_slot (slots, 5, 30, RCP_SLOT_FREE);        /* goes: of another length */
  add_slot (slots, 6, 90, RCP_SLOT_BUSY);        /* nothing new may overlap with it */
  for (gint64 hour = 1; hour < 9; hour++)
    {
      RcpTimeRange range = { hour * G_TIME_SPAN_HOUR, (hour + 1) * G_TIME_SPAN_HOUR };

      if (hour == 1 || hour >= 5)
        g_array_append_val (wanted, range);
    }
  rcp_refit_plan (slots, wanted, &removed, &added);
  g_assert_cmpuint (removed->len, ==, 2);
  g_assert_cmpuint (g_array_index (removed, guint, 0), ==, 3);
  g_assert_cmpuint (g_array_index (removed, guint, 1), ==, 4);
  g_assert_cmpuint (added->len, ==, 2);
  g_assert_cmpint (g_array_index (added, RcpTimeRange, 0).start, ==, 5 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (g_array_index (added, RcpTimeRange, 1).start, ==, 8 * G_TIME_SPAN_HOUR);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/setup-rules/provider-faults", test_provider_faults);
  g_test_add_func ("/scheduling/setup-rules/two-fields", test_two_fields);
  g_test_add_func ("/scheduling/setup-rules/other-faults", test_other_faults);
  g_test_add_func ("/scheduling/setup-rules/lists", test_lists);
  g_test_add_func ("/scheduling/setup-rules/allowed", test_allowed);
  g_test_add_func ("/scheduling/setup-rules/merge", test_merge);
  g_test_add_func ("/scheduling/setup-rules/periods", test_periods);
  g_test_add_func ("/scheduling/setup-rules/plan", test_plan);
  return g_test_run ();
}
