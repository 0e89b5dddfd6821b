/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-extract"

#include "practice/practice-spec.h"

#include <string.h>

/* Collects the values of one parameter as text. */
typedef struct
{
  const char *code;
  GString *found;
} Collector;

static void
append_text (GString *found, const char *text)
{
  g_string_append (found, text != NULL ? text : "-");
}

static void
append_range (GString *found, gint64 start, gint64 end)
{
  if (start == G_MININT64)
    g_string_append (found, "..");
  else
    g_string_append_printf (found, "%" G_GINT64_FORMAT "..", start / G_USEC_PER_SEC);
  if (end != G_MAXINT64)
    g_string_append_printf (found, "%" G_GINT64_FORMAT, end / G_USEC_PER_SEC);
}

static void
append_reference (GString *found, const PracticeIndexEntry *entry)
{
  if (entry->value.reference.type != NULL)
    g_string_append_printf (found, "%s/%s", entry->value.reference.type, entry->value.reference.id);
  else
    append_text (found, entry->value.reference.url);
  if (entry->value.reference.identifier_value != NULL)
    g_string_append_printf (found, "(%s|%s)", entry->value.reference.identifier_system,
                            entry->value.reference.identifier_value);
}

static void
collect_cb (const PracticeIndexEntry *entry, gpointer user_data)
{
  Collector *collector = user_data;
  GString *found = collector->found;

  g_assert_true (entry->param->indexed);
  if (strcmp (entry->param->code, collector->code) != 0)
    return;

  if (found->len > 0)
    g_string_append_c (found, ' ');
  switch (entry->param->type)
    {
    case PRACTICE_SEARCH_STRING:
      append_text (found, entry->value.string.text);
      break;
    case PRACTICE_SEARCH_TOKEN:
      append_text (found, entry->value.token.system);
      g_string_append_c (found, '|');
      append_text (found, entry->value.token.code);
      if (entry->value.token.text != NULL)
        g_string_append_printf (found, "'%s'", entry->value.token.text);
      break;
    case PRACTICE_SEARCH_REFERENCE:
      append_reference (found, entry);
      break;
    case PRACTICE_SEARCH_DATE:
      append_range (found, entry->value.date.start, entry->value.date.end);
      break;
    case PRACTICE_SEARCH_URI:
      append_text (found, entry->value.uri.text);
      break;
    default:
      g_string_append_printf (found, "%g[%g,%g)%s|%s", entry->value.quantity.value, entry->value.quantity.low,
                              entry->value.quantity.high, entry->value.quantity.system, entry->value.quantity.code);
      break;
    }
}

/* @text: JSON with single quotes. */
static void
assert_extracted (const char *text, const char *code, const char *expected)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (PracticeJson) json = practice_json_parse (quoted, strlen (quoted), outcome);
  Collector collector = { code, g_string_new (NULL) };
  g_autofree char *found = NULL;

  g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, NULL);
  practice_spec_extract (json, collect_cb, &collector);
  found = g_string_free (collector.found, FALSE);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_strings (void)
{
  const char *patient = "{'resourceType':'Patient','name':[{'text':'Ann Bo','family':'Bo','given':['Ann','M.'],"
                        "'prefix':['Dr']},{'family':'Old','_given':[{'extension':[]}]}],"
                        "'address':[{'line':['1 Main St','Unit 2'],'city':'Ghent','postalCode':'9000','use':'home'}]}";

  assert_extracted (patient, "name", "Ann Bo Bo Ann M. Dr Old");
  assert_extracted (patient, "family", "Bo Old");
  assert_extracted (patient, "given", "Ann M.");
  assert_extracted (patient, "address", "1 Main St Unit 2 Ghent 9000");
  assert_extracted (patient, "address-city", "Ghent");
  assert_extracted (patient, "address-use", "http://hl7.org/fhir/address-use|home");
}

static void
test_tokens (void)
{
  const char *patient = "{'resourceType':'Patient','active':true,'gender':'female','identifier':[{'system':'urn:mrn',"
                        "'value':'12','type':{'text':'MRN'}},{'value':'x'}],'communication':[{'language':{'coding':"
                        "[{'system':'urn:ietf:bcp:47','code':'nl','display':'Dutch'},{'code':'fr'}],'text':'Vlaams'}}],"
                        "'meta':{'tag':[{'system':'s','code':'sample'}]}}";

  assert_extracted (patient, "active", "http://terminology.hl7.org/CodeSystem/special-values|true");
  assert_extracted (patient, "gender", "http://hl7.org/fhir/administrative-gender|female");
  assert_extracted (patient, "identifier", "urn:mrn|12'MRN' -|x");
  assert_extracted (patient, "language", "urn:ietf:bcp:47|nl'Dutch' -|fr -|-'Vlaams'");
  assert_extracted (patient, "_tag", "s|sample");
  assert_extracted ("{'resourceType':'Slot','status':'free'}", "status", "http://hl7.org/fhir/slotstatus|free");
  assert_extracted ("{'resourceType':'Encounter','class':{'code':'AMB'}}", "class", "-|AMB");
}

static void
test_filters (void)
{
  const char *patient = "{'resourceType':'Patient','telecom':[{'system':'phone','value':'555'},{'system':'email',"
                        "'value':'a@b'},{'value':'plain'},{'system':'phone','value':'556'}]}";

  assert_extracted (patient, "phone", "-|555 -|556");
  assert_extracted (patient, "email", "-|a@b");
  assert_extracted (patient, "telecom", "-|555 -|a@b -|plain -|556");
}

static void
test_deceased (void)
{
#define VALUES "http://terminology.hl7.org/CodeSystem/special-values"
  assert_extracted ("{'resourceType':'Patient'}", "deceased", VALUES "|false");
  assert_extracted ("{'resourceType':'Patient','deceasedBoolean':false}", "deceased", VALUES "|false");
  assert_extracted ("{'resourceType':'Patient','deceasedBoolean':true}", "deceased", VALUES "|true");
  assert_extracted ("{'resourceType':'Patient','deceasedDateTime':'2001'}", "deceased", VALUES "|true");
  assert_extracted ("{'resourceType':'Patient','deceasedDateTime':'1970-01-02'}", "death-date", "86400..172800");
#undef VALUES
}

static void
test_references (void)
{
  const char *visit = "{'resourceType':'Appointment','participant':["
                      "{'actor':{'reference':'Patient/12'}},"
                      "{'actor':{'reference':'Practitioner/p-1/_history/3'}},"
                      "{'actor':{'reference':'https://ehr.example/fhir/Location/7'}},"
                      "{'actor':{'reference':'https://ehr.example/fhir/Patient/7/_history/1'}},"
                      "{'actor':{'reference':'#inside','type':'Patient'}},"
                      "{'actor':{'type':'Patient','identifier':{'system':'urn:mrn','value':'9'}}},"
                      "{'actor':{'reference':'urn:uuid:1','type':'Practitioner'}},"
                      "{'actor':{'display':'nobody'}}]}";

  assert_extracted (visit, "actor", "Patient/12 Practitioner/p-1 https://ehr.example/fhir/Location/7 "
                                    "https://ehr.example/fhir/Patient/7/_history/1 -(urn:mrn|9) urn:uuid:1");
  assert_extracted (visit, "patient", "Patient/12 https://ehr.example/fhir/Patient/7/_history/1 -(urn:mrn|9)");
  assert_extracted (visit, "practitioner", "Practitioner/p-1 urn:uuid:1");
  assert_extracted (visit, "location", "https://ehr.example/fhir/Location/7");
}

static void
test_odd_references (void)
{
  static const char *const odd[] = { "", "/", "Patient", "Patient/", "Nothing/1", "Patient/1/2", "/Patient/1" };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("{'resourceType':'Slot','schedule':{'reference':'%s'}}", odd[i]);

      assert_extracted (text, "schedule", odd[i]);
    }
  assert_extracted ("{'resourceType':'CarePlan','instantiatesCanonical':['http://a/PlanDefinition/1|2']}",
                    "instantiates-canonical", "http://a/PlanDefinition/1|2 http://a/PlanDefinition/1");
}

static void
test_dates (void)
{
  assert_extracted ("{'resourceType':'Slot','start':'1970-01-01T01:00:00+01:00'}", "start", "0..1");
  assert_extracted ("{'resourceType':'Patient','birthDate':'1970'}", "birthdate", "0..31536000");
  assert_extracted ("{'resourceType':'Patient','birthDate':'soon'}", "birthdate", "");
  assert_extracted ("{'resourceType':'Encounter','period':{'start':'1970-01-01T00:00:10Z'}}", "date", "10..");
  assert_extracted ("{'resourceType':'Encounter','period':{'end':'1970-01-01'}}", "date", "..86400");
  assert_extracted ("{'resourceType':'Encounter','period':{}}", "date", "");
  assert_extracted ("{'resourceType':'Encounter','period':{'start':'1971','end':'1970'}}", "date", "");
  assert_extracted ("{'resourceType':'Schedule','planningHorizon':{'start':'1970-01-01','end':'1970-01-02'}}", "date",
                    "0..172800");
}

static void
test_choices (void)
{
  assert_extracted ("{'resourceType':'ServiceRequest','occurrenceDateTime':'1970-01-01T00:00:00Z'}", "occurrence",
                    "0..1");
  assert_extracted ("{'resourceType':'ServiceRequest','occurrencePeriod':{'start':'1970-01-01T00:00:00Z'}}",
                    "occurrence", "0..");
  assert_extracted ("{'resourceType':'ServiceRequest','occurrenceTiming':{'event':['1970-01-03','1970-01-02'],"
                    "'repeat':{'boundsPeriod':{'start':'1970-01-01','end':'1970-01-02'}}}}",
                    "occurrence", "0..259200");
  assert_extracted ("{'resourceType':'Condition','onsetAge':{'value':50,'system':'u','code':'a'}}", "onset-age",
                    "50[49.5,50.5)u|a");
}

static void
test_quantities (void)
{
  const char *observation = "{'resourceType':'Observation','valueQuantity':{'value':%s,%s'system':'u','code':'mm'}}";
  static const char *const cases[][3] = {
    { "5.40", "", "5.4[5.395,5.405)u|mm" },
    { "5", "'comparator':'<',", "5[-inf,5.5)u|mm" },
    { "5", "'comparator':'>=',", "5[4.5,inf)u|mm" },
    { "1e400", "", "" },
    { "'5'", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (observation, cases[i][0], cases[i][1]);

      assert_extracted (text, "value-quantity", cases[i][2]);
    }
  assert_extracted ("{'resourceType':'Invoice','totalNet':{'value':10.0,'currency':'EUR'}}", "totalnet",
                    "10[9.95,10.05)urn:iso:std:iso:4217|EUR");
  assert_extracted ("{'resourceType':'Condition','onsetRange':{'low':{'value':5,'code':'a'},'high':{'value':7}}}",
                    "onset-age", "5[4.5,7.5)(null)|a");
}

static void
test_parse_number (void)
{
  double value, low, high;

  g_assert_true (practice_spec_parse_number ("100", &value, &low, &high));
  g_assert_cmpfloat (value, ==, 100);
  g_assert_cmpfloat (low, ==, 99.5);
  g_assert_cmpfloat (high, ==, 100.5);
  g_assert_true (practice_spec_parse_number ("100.00", &value, &low, &high));
  g_assert_cmpfloat_with_epsilon (low, 99.995, 1e-9);
  g_assert_true (practice_spec_parse_number ("-1.5e2", &value, &low, &high));
  g_assert_cmpfloat (low, ==, -155);
  g_assert_false (practice_spec_parse_number ("", &value, &low, &high));
  g_assert_false (practice_spec_parse_number ("1x", &value, &low, &high));
  g_assert_false (practice_spec_parse_number ("nan", &value, &low, &high));
  g_assert_false (practice_spec_parse_number ("0x10", &value, &low, &high));
  g_assert_false (practice_spec_parse_number ("1e999", &value, &low, &high));
}

/* The extractor may meet resources that were never judged. */
static void
test_wrong_shapes (void)
{
  assert_extracted ("{'resourceType':'Patient','name':'Bo','identifier':{'value':7},'active':'yes','telecom':[null,1]}",
                    "name", "");
  assert_extracted ("{'resourceType':'Patient','name':{'family':'Bo'}}", "family", "Bo");
  assert_extracted ("{'resourceType':'Appointment','participant':[[{'actor':{'reference':7}}]]}", "actor", "");
  assert_extracted ("{'resourceType':'Unknown'}", "_tag", "");
  assert_extracted ("[]", "_tag", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/extract/strings", test_strings);
  g_test_add_func ("/practice/extract/tokens", test_tokens);
  g_test_add_func ("/practice/extract/filters", test_filters);
  g_test_add_func ("/practice/extract/deceased", test_deceased);
  g_test_add_func ("/practice/extract/references", test_references);
  g_test_add_func ("/practice/extract/odd-references", test_odd_references);
  g_test_add_func ("/practice/extract/dates", test_dates);
  g_test_add_func ("/practice/extract/choices", test_choices);
  g_test_add_func ("/practice/extract/quantities", test_quantities);
  g_test_add_func ("/practice/extract/parse-number", test_parse_number);
  g_test_add_func ("/practice/extract/wrong-shapes", test_wrong_shapes);
  return g_test_run ();
}
