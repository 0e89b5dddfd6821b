/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-setup-provider"

#include "rcp-setup-private.h"

#include "base/rcp-hours-text.h"
#include "clinic/rcp-available-time.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "clinic/rcp-specialty.h"
#include "rcp-periods.h"

#include <math.h>

#define MINUTES_PER_DAY (24 * 60)
#define ACCEPTS_NEW "newpt"
#define KNOWN_ONLY "existptonly"

/* Reading. */

static void
read_person (JsonObject *json, RcpDraft *draft)
{
  JsonObject *name = rcp_elements_get_object (fhir_json_get_array (json, "name"), 0);
  JsonArray *given = fhir_json_get_array (name, "given");
  JsonArray *languages = fhir_json_get_array (json, "communication");
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < rcp_elements_get_length (given); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", json_array_get_string_element (given, i));
  for (guint i = 0; i < rcp_elements_get_length (languages); i++)
    {
      const char *code = rcp_elements_get_code (rcp_elements_get_object (languages, i), NULL);

      if (code != NULL)
        g_string_append_printf (codes, "%s%s", codes->len > 0 ? ", " : "", code);
    }
  rcp_draft_set (draft, RCP_KEY_PREFIX, fhir_json_get_string (name, "prefix.0"));
  rcp_draft_set (draft, RCP_KEY_GIVEN, names->str);
  rcp_draft_set (draft, RCP_KEY_FAMILY, fhir_json_get_string (name, "family"));
  rcp_draft_set (draft, RCP_KEY_LANGUAGES, codes->str);
  rcp_draft_set_flag (draft, RCP_KEY_ACTIVE, fhir_json_get_boolean (json, "active", TRUE));
}

static void
read_leave (JsonObject *role, RcpDraft *draft)
{
  JsonArray *leave = fhir_json_get_array (role, "notAvailable");
  g_autoptr (GPtrArray) periods = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_period_free);
  g_autofree char *text = NULL;

  for (guint i = 0; i < rcp_elements_get_length (leave); i++)
    {
      JsonObject *one = rcp_elements_get_object (leave, i);
      RcpPeriod *period
          = rcp_period_from_json (fhir_json_get_object (one, "during"), fhir_json_get_string (one, "description"));

      if (period != NULL)
        g_ptr_array_add (periods, period);
    }
  text = rcp_periods_format (periods);
  rcp_draft_set (draft, RCP_KEY_LEAVE, text);
}

/* In whole numbers, as it is entered here. */
static void
read_rating (JsonObject *role, RcpDraft *draft)
{
  JsonObject *extension = fhir_json_get_extension (role, RCP_EXTENSION_RATING);
  double rating = extension != NULL ? json_object_get_double_member_with_default (extension, "valueDecimal", -1) : -1;

  if (rating >= 0.5 && rating <= RCP_MOST_RATING)
    rcp_draft_set_number (draft, RCP_KEY_RATING, lround (rating));
}

/* What holds for the person, wherever he or she works: of the first role. */
static void
read_role (JsonObject *role, RcpDraft *draft)
{
  JsonObject *patients
      = fhir_json_get_extension (fhir_json_get_extension (role, RCP_EXTENSION_NEW_PATIENTS), "acceptingPatients");
  JsonObject *ages = fhir_json_get_object (fhir_json_get_extension (role, RCP_EXTENSION_AGES), "valueRange");
  const char *code = rcp_elements_get_code (fhir_json_get_object (patients, "valueCodeableConcept"), RCP_SYSTEM_NEW_PATIENTS);
  gint64 from = fhir_json_get_int (ages, "low.value", -1);
  gint64 to = fhir_json_get_int (ages, "high.value", -1);

  rcp_draft_set (draft, RCP_KEY_SPECIALTY, rcp_elements_find_code (role, "specialty", RCP_SYSTEM_SPECIALTY));
  rcp_draft_set_flag (draft, RCP_KEY_NEW_PATIENTS, code == NULL || g_str_equal (code, ACCEPTS_NEW));
  if (from >= 0)
    rcp_draft_set_number (draft, RCP_KEY_AGE_FROM, from);
  if (to >= 0)
    rcp_draft_set_number (draft, RCP_KEY_AGE_TO, to);
  read_rating (role, draft);
  read_leave (role, draft);
}

static void
read_hours (JsonObject *role, const char *place_id, RcpDraft *draft)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (RcpWeeklyHours) hours = rcp_available_time_read (role, utc);

  for (GDateWeekday weekday = G_DATE_MONDAY; weekday <= G_DATE_SUNDAY; weekday++)
    {
      g_autoptr (GArray) list = rcp_weekly_hours_list (hours, weekday);
      g_autofree char *key = rcp_setup_hours_key (place_id, weekday);
      g_autofree char *text = rcp_hours_text_format (list);

      rcp_draft_set (draft, key, text);
    }
}

static gboolean
is_in_use (FhirResource *resource)
{
  return resource == NULL || fhir_json_get_boolean (fhir_resource_get_json (resource), "active", TRUE);
}

static void
read_post (RcpRoster *roster, const char *reference, const char *place_id, RcpDraft *draft, gboolean *any_role)
{
  RcpPost post = rcp_setup_find_post (roster, reference, place_id);
  JsonObject *overbook;
  g_autofree char *works = rcp_setup_key (RCP_KEY_WORKS, place_id);
  g_autofree char *overbook_key = rcp_setup_key (RCP_KEY_OVERBOOK, place_id);

  if (post.schedule == NULL)
    return;
  rcp_draft_set_flag (draft, works, is_in_use (post.schedule) && is_in_use (post.role));
  overbook = fhir_json_get_extension (fhir_resource_get_json (post.schedule), RCP_EXTENSION_OVERBOOK);
  if (fhir_json_get_int (overbook, "valueInteger", 0) > 0)
    rcp_draft_set_number (draft, overbook_key, fhir_json_get_int (overbook, "valueInteger", 0));
  if (post.role == NULL)
    return;
  read_hours (fhir_resource_get_json (post.role), place_id, draft);
  if (!*any_role)
    read_role (fhir_resource_get_json (post.role), draft);
  *any_role = TRUE;
}

void
rcp_setup_read_provider (RcpRoster *roster, const char *reference, RcpDraft *draft)
{
  g_autoptr (GPtrArray) sites = rcp_setup_list_sites (roster);
  gboolean any_role = FALSE;

  read_person (fhir_resource_get_json (rcp_roster_lookup_resource (roster, reference)), draft);
  for (guint i = 0; i < sites->len; i++)
    read_post (roster, reference, fhir_resource_get_id (sites->pdata[i]), draft, &any_role);
}

/* Writing. */

static void
set_words (JsonObject *object, const char *member, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      json_array_add_string_element (array, words[i]);
  if (json_array_get_length (array) > 0)
    json_object_set_array_member (object, member, array);
  else
    {
      json_object_remove_member (object, member);
      json_array_unref (array);
    }
}

static void
set_prefix (JsonObject *name, const char *text)
{
  JsonArray *prefix = json_array_new ();

  if (*text == '\0')
    {
      json_object_remove_member (name, "prefix");
      json_array_unref (prefix);
      return;
    }
  json_array_add_string_element (prefix, text);
  json_object_set_array_member (name, "prefix", prefix);
}

static void
set_languages (JsonObject *person, const char *text)
{
  g_auto (GStrv) codes = rcp_setup_split_codes (text);
  JsonArray *languages = json_array_new ();

  for (guint i = 0; codes[i] != NULL; i++)
    json_array_add_object_element (languages, rcp_json_concept ("urn:ietf:bcp:47", codes[i], NULL));
  json_object_remove_member (person, "communication");
  if (json_array_get_length (languages) > 0)
    json_object_set_array_member (person, "communication", languages);
  else
    json_array_unref (languages);
}

static const char *
compose_person (RcpSetupChange *change)
{
  FhirResource *resource = rcp_roster_lookup_resource (change->roster, change->reference);
  JsonObject *person = rcp_setup_begin (change, resource, "Practitioner", "person");
  JsonObject *name = rcp_setup_ensure_first (person, "name");
  gboolean name_changed = FALSE;

  if (rcp_setup_is_changed (change, RCP_KEY_PREFIX) && (name_changed = TRUE))
    set_prefix (name, rcp_draft_get (change->draft, RCP_KEY_PREFIX));
  if (rcp_setup_is_changed (change, RCP_KEY_GIVEN) && (name_changed = TRUE))
    set_words (name, "given", rcp_draft_get (change->draft, RCP_KEY_GIVEN));
  if (rcp_setup_is_changed (change, RCP_KEY_FAMILY) && (name_changed = TRUE))
    rcp_setup_set_text (name, "family", rcp_draft_get (change->draft, RCP_KEY_FAMILY));
  /* The whole name as text would say the old one. */
  if (name_changed)
    json_object_remove_member (name, "text");
  if (rcp_setup_is_changed (change, RCP_KEY_LANGUAGES))
    set_languages (person, rcp_draft_get (change->draft, RCP_KEY_LANGUAGES));
  rcp_setup_set_active (person, rcp_draft_is_set (change->draft, RCP_KEY_ACTIVE));
  return rcp_setup_end (change, resource, person, "person");
}

static void
set_time (JsonObject *time, const char *member, guint minutes)
{
  g_autofree char *text = g_strdup_printf ("%02u:%02u:00", minutes % MINUTES_PER_DAY / 60, minutes % 60);

  json_object_set_string_member (time, member, text);
}

/* The entry of these hours that is there already for another day of the week. */
static JsonObject *
find_time (JsonArray *times, JsonObject *like)
{
  for (guint i = 0; i < json_array_get_length (times); i++)
    {
      JsonObject *time = json_array_get_object_element (times, i);

      if (g_strcmp0 (fhir_json_get_string (time, "availableStartTime"), fhir_json_get_string (like, "availableStartTime")) == 0
          && g_strcmp0 (fhir_json_get_string (time, "availableEndTime"), fhir_json_get_string (like, "availableEndTime")) == 0
          && fhir_json_get_boolean (time, "allDay", FALSE) == fhir_json_get_boolean (like, "allDay", FALSE))
        return time;
    }
  return NULL;
}

static void
add_time (JsonArray *times, const char *day, RcpDayHours hours)
{
  g_autoptr (JsonObject) time = json_object_new ();
  JsonObject *same;

  if (hours.start == 0 && hours.end == MINUTES_PER_DAY)
    json_object_set_boolean_member (time, "allDay", TRUE);
  else
    {
      set_time (time, "availableStartTime", hours.start);
      set_time (time, "availableEndTime", hours.end);
    }
  same = find_time (times, time);
  if (same == NULL)
    {
      json_object_set_array_member (time, "daysOfWeek", json_array_new ());
      json_array_add_object_element (times, json_object_ref (time));
      same = time;
    }
  json_array_add_string_element (fhir_json_get_array (same, "daysOfWeek"), day);
}

static void
set_hours (RcpSetupChange *change, JsonObject *role, const char *place_id)
{
  static const char *const codes[] = { NULL, "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  JsonArray *times = json_array_new ();

  for (GDateWeekday weekday = G_DATE_MONDAY; weekday <= G_DATE_SUNDAY; weekday++)
    {
      g_autofree char *key = rcp_setup_hours_key (place_id, weekday);
      g_autoptr (GArray) hours = NULL;

      if (rcp_hours_text_parse (rcp_draft_get (change->draft, key), 0, &hours, NULL) != RCP_HOURS_FINE)
        continue;
      for (guint i = 0; i < hours->len; i++)
        add_time (times, codes[weekday], g_array_index (hours, RcpDayHours, i));
    }
  json_object_remove_member (role, "availableTime");
  if (json_array_get_length (times) > 0)
    json_object_set_array_member (role, "availableTime", times);
  else
    json_array_unref (times);
}

/* Leave of whole days is the form's; what else the record says of it stays. */
static void
set_leave (JsonObject *role, const char *text)
{
  g_autoptr (GPtrArray) periods = rcp_periods_parse (text);
  JsonArray *before = fhir_json_get_array (role, "notAvailable");
  JsonArray *leave = json_array_new ();

  for (guint i = 0; i < rcp_elements_get_length (before); i++)
    {
      JsonObject *one = rcp_elements_get_object (before, i);
      RcpPeriod *period = rcp_period_from_json (fhir_json_get_object (one, "during"), NULL);

      if (period == NULL && one != NULL)
        json_array_add_object_element (leave, json_object_ref (one));
      g_clear_pointer (&period, rcp_period_free);
    }
  for (guint i = 0; i < periods->len; i++)
    {
      const RcpPeriod *period = periods->pdata[i];
      JsonObject *one = json_object_new ();

      /* The words are required. */
      json_object_set_string_member (one, "description", *period->words != '\0' ? period->words : "–");
      json_object_set_object_member (one, "during", rcp_period_to_json (period));
      json_array_add_object_element (leave, one);
    }
  json_object_remove_member (role, "notAvailable");
  if (json_array_get_length (leave) > 0)
    json_object_set_array_member (role, "notAvailable", leave);
  else
    json_array_unref (leave);
}

static void
set_age (JsonObject *range, const char *member, const char *text)
{
  JsonObject *quantity;

  if (*text == '\0')
    return;
  quantity = json_object_new ();
  json_object_set_int_member (quantity, "value", g_ascii_strtoll (text, NULL, 10));
  json_object_set_string_member (quantity, "unit", "a");
  json_object_set_string_member (quantity, "system", "http://unitsofmeasure.org");
  json_object_set_string_member (quantity, "code", "a");
  json_object_set_object_member (range, member, quantity);
}

/* Untouched it stays as it is written, also with a fraction. */
static void
set_rating (RcpSetupChange *change, JsonObject *role)
{
  const char *rating = rcp_draft_get (change->draft, RCP_KEY_RATING);

  if (change->reference != NULL && !rcp_setup_is_changed (change, RCP_KEY_RATING))
    return;
  rcp_setup_drop_extensions (role, RCP_EXTENSION_RATING);
  if (*rating != '\0')
    json_object_set_int_member (rcp_setup_add_extension (role, RCP_EXTENSION_RATING), "valueDecimal",
                                g_ascii_strtoll (rating, NULL, 10));
}

static void
set_limits (RcpSetupChange *change, JsonObject *role)
{
  const char *from = rcp_draft_get (change->draft, RCP_KEY_AGE_FROM);
  const char *to = rcp_draft_get (change->draft, RCP_KEY_AGE_TO);
  gboolean accepts = rcp_draft_is_set (change->draft, RCP_KEY_NEW_PATIENTS);
  JsonObject *patients;

  if (change->reference == NULL || rcp_setup_is_changed (change, RCP_KEY_NEW_PATIENTS))
    {
      rcp_setup_drop_extensions (role, RCP_EXTENSION_NEW_PATIENTS);
      patients = rcp_setup_add_extension (rcp_setup_add_extension (role, RCP_EXTENSION_NEW_PATIENTS), "acceptingPatients");
      json_object_set_object_member (patients, "valueCodeableConcept",
                                     rcp_json_concept (RCP_SYSTEM_NEW_PATIENTS, accepts ? ACCEPTS_NEW : KNOWN_ONLY, NULL));
    }
  rcp_setup_drop_extensions (role, RCP_EXTENSION_AGES);
  if (*from != '\0' || *to != '\0')
    {
      JsonObject *range = json_object_new ();

      set_age (range, "low", from);
      set_age (range, "high", to);
      json_object_set_object_member (rcp_setup_add_extension (role, RCP_EXTENSION_AGES), "valueRange", range);
    }
}

static void
set_specialty (RcpSetupChange *change, JsonObject *resource)
{
  const char *code = rcp_draft_get (change->draft, RCP_KEY_SPECIALTY);

  if (*code == '\0')
    json_object_remove_member (resource, "specialty");
  else if (g_strcmp0 (rcp_elements_find_code (resource, "specialty", RCP_SYSTEM_SPECIALTY), code) != 0)
    json_object_set_array_member (
        resource, "specialty",
        rcp_json_array_of (rcp_json_concept (RCP_SYSTEM_SPECIALTY, code, rcp_specialty_get_name (code))));
}

static void
set_overbook (JsonObject *schedule, const char *text)
{
  rcp_setup_drop_extensions (schedule, RCP_EXTENSION_OVERBOOK);
  if (*text != '\0' && !g_str_equal (text, "0"))
    json_object_set_int_member (rcp_setup_add_extension (schedule, RCP_EXTENSION_OVERBOOK), "valueInteger",
                                g_ascii_strtoll (text, NULL, 10));
}

/* Whether the times at a place are other than before. */
static gboolean
are_hours_changed (RcpSetupChange *change, const char *place_id)
{
  g_autofree char *works = rcp_setup_key (RCP_KEY_WORKS, place_id);

  for (GDateWeekday weekday = G_DATE_MONDAY; weekday <= G_DATE_SUNDAY; weekday++)
    {
      g_autofree char *key = rcp_setup_hours_key (place_id, weekday);

      if (rcp_setup_is_changed (change, key))
        return TRUE;
    }
  return rcp_setup_is_changed (change, works) || rcp_setup_is_changed (change, RCP_KEY_LEAVE)
         || rcp_setup_is_changed (change, RCP_KEY_ACTIVE);
}

static const char *
compose_role (RcpSetupChange *change, const char *person, const char *place_id, RcpPost post, gboolean works)
{
  g_autofree char *name = g_strconcat ("role-", place_id, NULL);
  g_autofree char *place = g_strconcat ("Location/", place_id, NULL);
  JsonObject *role = rcp_setup_begin (change, post.role, "PractitionerRole", name);

  rcp_setup_set_active (role, works);
  if (post.role == NULL)
    {
      json_object_set_object_member (role, "practitioner", rcp_json_reference (person, NULL));
      if (rcp_setup_get_clinic (change->roster) != NULL)
        json_object_set_object_member (role, "organization",
                                       rcp_json_reference (rcp_setup_get_clinic (change->roster), NULL));
      json_object_set_array_member (role, "location", rcp_json_array_of (rcp_json_reference (place, NULL)));
    }
  set_specialty (change, role);
  set_limits (change, role);
  set_rating (change, role);
  if (post.role == NULL || are_hours_changed (change, place_id))
    {
      set_hours (change, role, place_id);
      set_leave (role, rcp_draft_get (change->draft, RCP_KEY_LEAVE));
    }
  return rcp_setup_end (change, post.role, role, name);
}

static void
compose_post (RcpSetupChange *change, const char *person, const char *place_id)
{
  RcpPost post = rcp_setup_find_post (change->roster, change->reference, place_id);
  g_autofree char *works_key = rcp_setup_key (RCP_KEY_WORKS, place_id);
  g_autofree char *overbook_key = rcp_setup_key (RCP_KEY_OVERBOOK, place_id);
  g_autofree char *name = g_strconcat ("schedule-", place_id, NULL);
  g_autofree char *place = g_strconcat ("Location/", place_id, NULL);
  gboolean works = rcp_draft_is_set (change->draft, works_key) && rcp_draft_is_set (change->draft, RCP_KEY_ACTIVE);
  const char *role;
  JsonObject *schedule;

  if (!works && post.schedule == NULL)
    return;
  role = compose_role (change, person, place_id, post, works);
  schedule = rcp_setup_begin (change, post.schedule, "Schedule", name);
  rcp_setup_set_active (schedule, works);
  set_specialty (change, schedule);
  set_overbook (schedule, rcp_draft_get (change->draft, overbook_key));
  if (post.schedule == NULL)
    {
      JsonArray *actors = rcp_json_array_of (rcp_json_reference (person, NULL));

      json_array_add_object_element (actors, rcp_json_reference (role, NULL));
      json_array_add_object_element (actors, rcp_json_reference (place, NULL));
      json_object_set_array_member (schedule, "actor", actors);
    }
  if (post.schedule == NULL || are_hours_changed (change, place_id))
    rcp_setup_mark_refit (change, schedule);
  rcp_setup_end (change, post.schedule, schedule, name);
}

void
rcp_setup_compose_provider (RcpSetupChange *change)
{
  g_autoptr (GPtrArray) sites = rcp_setup_list_sites (change->roster);
  const char *person = compose_person (change);

  gboolean is_changed = FALSE;

  for (guint i = 0; i < sites->len; i++)
    {
      const char *place_id = fhir_resource_get_id (sites->pdata[i]);

      compose_post (change, person, place_id);
      is_changed = is_changed || are_hours_changed (change, place_id);
    }
  /* A room is open while anybody works at its site. */
  if (is_changed)
    rcp_setup_mark_all (change, NULL);
}
