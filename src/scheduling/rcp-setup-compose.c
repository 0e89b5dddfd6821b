/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-setup-compose"

#include "rcp-setup-private.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "clinic/rcp-specialty.h"
#include "clinic/rcp-visit-price.h"
#include "rcp-periods.h"

#define SYSTEM_DEVICE_NAME "user-friendly-name"

gboolean
rcp_setup_is_changed (RcpSetupChange *change, const char *key)
{
  return !g_str_equal (rcp_draft_get (change->base, key), rcp_draft_get (change->draft, key));
}

JsonObject *
rcp_setup_begin (RcpSetupChange *change, FhirResource *resource, const char *type, const char *name)
{
  g_autofree char *value = NULL;
  JsonObject *json;

  if (resource != NULL)
    return fhir_resource_dup_json (resource);
  value = g_strconcat (change->key, "-", name, NULL);
  json = json_object_new ();
  json_object_set_string_member (json, "resourceType", type);
  json_object_set_array_member (json, "identifier", rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_SETUP, value)));
  return json;
}

const char *
rcp_setup_end (RcpSetupChange *change, FhirResource *resource, JsonObject *json, const char *name)
{
  g_autoptr (JsonObject) taken = json;
  g_autofree char *if_match = NULL;
  g_autofree char *condition = NULL;
  g_autoptr (JsonObject) provenance = NULL;
  RcpTrace trace = { .operation = resource != NULL ? "UPDATE" : "CREATE", .code = "set-up", .desk = change->desk, .now = change->now };
  const char *reference;

  if (resource != NULL && rcp_json_equal_but_meta (fhir_resource_get_json (resource), json))
    return fhir_resource_get_reference (resource);
  if (resource != NULL)
    {
      if_match = fhir_resource_dup_if_match (resource);
      fhir_transaction_update (change->transaction, json, if_match);
      reference = fhir_resource_get_reference (resource);
    }
  else
    {
      condition = g_strdup_printf ("identifier=%s|%s-%s", RCP_SYSTEM_SETUP, change->key, name);
      reference = fhir_transaction_create (change->transaction, json, condition);
    }
  g_hash_table_add (change->touched, g_strdup (reference));
  trace.target = reference;
  provenance = rcp_provenance_json_new (&trace);
  fhir_transaction_create (change->transaction, provenance, NULL);
  return reference;
}

/* A mark is other than the one before, whatever the clocks say: who makes the slots follow that one must not take this one off. */
void
rcp_setup_mark_refit (RcpSetupChange *change, JsonObject *schedule)
{
  const char *text = fhir_json_get_string (fhir_json_get_extension (schedule, RCP_EXTENSION_REFIT), "valueInstant");
  gint64 before, now = change->now;

  if (text != NULL && rcp_iso8601_parse_instant (text, &before))
    now = MAX (now, before + G_TIME_SPAN_MILLISECOND);
  rcp_setup_drop_extensions (schedule, RCP_EXTENSION_REFIT);
  rcp_json_set_instant (rcp_setup_add_extension (schedule, RCP_EXTENSION_REFIT), "valueInstant", now);
}

static gboolean
is_of_room (RcpRoster *roster, FhirResource *schedule)
{
  g_autofree char *location = rcp_setup_dup_actor (schedule, "Location");
  g_autofree char *device = rcp_setup_dup_actor (schedule, "Device");
  FhirResource *resource = rcp_roster_lookup_resource (roster, device != NULL ? device : location);

  return resource != NULL && rcp_room_is_one (resource);
}

void
rcp_setup_mark_all (RcpSetupChange *change, const char *place_id)
{
  g_autoptr (GPtrArray) schedules = rcp_roster_list_resources (change->roster, "Schedule");

  for (guint i = 0; i < schedules->len; i++)
    {
      FhirResource *schedule = schedules->pdata[i];
      g_autofree char *site = rcp_setup_dup_site_of (change->roster, schedule);
      JsonObject *json;

      if (g_hash_table_contains (change->touched, fhir_resource_get_reference (schedule))
          || !(place_id != NULL ? g_strcmp0 (site, place_id) == 0 : is_of_room (change->roster, schedule)))
        continue;
      json = rcp_setup_begin (change, schedule, NULL, NULL);
      rcp_setup_mark_refit (change, json);
      rcp_setup_end (change, schedule, json, NULL);
    }
}

static void
set_phone (JsonObject *place, const char *text)
{
  JsonArray *telecom = fhir_json_get_array (place, "telecom");
  JsonObject *phone = NULL;

  for (guint i = rcp_elements_get_length (telecom); i > 0; i--)
    if (g_strcmp0 (fhir_json_get_string (rcp_elements_get_object (telecom, i - 1), "system"), "phone") == 0)
      json_array_remove_element (telecom, i - 1);
  if (telecom != NULL && json_array_get_length (telecom) == 0)
    json_object_remove_member (place, "telecom");
  if (*text == '\0')
    return;
  phone = json_object_new ();
  json_object_set_string_member (phone, "system", "phone");
  json_object_set_string_member (phone, "value", text);
  json_object_set_string_member (phone, "use", "work");
  if (fhir_json_get_array (place, "telecom") == NULL)
    json_object_set_array_member (place, "telecom", json_array_new ());
  json_array_add_object_element (fhir_json_get_array (place, "telecom"), phone);
}

static void
set_address (RcpSetupChange *change, JsonObject *place)
{
  static const char *const keys[] = { RCP_KEY_STREET, RCP_KEY_CITY, RCP_KEY_STATE, RCP_KEY_POSTAL_CODE };
  static const char *const members[] = { "line", "city", "state", "postalCode" };
  JsonObject *address = rcp_setup_ensure_object (place, "address");

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *text = rcp_draft_get (change->draft, keys[i]);

      if (!rcp_setup_is_changed (change, keys[i]))
        continue;
      json_object_remove_member (address, "text");
      json_object_remove_member (address, members[i]);
      if (i == 0 && *text != '\0')
        {
          JsonArray *line = json_array_new ();

          json_array_add_string_element (line, text);
          json_object_set_array_member (address, "line", line);
        }
      else if (*text != '\0')
        json_object_set_string_member (address, members[i], text);
    }
  if (json_object_get_size (address) == 0)
    json_object_remove_member (place, "address");
}

static void
set_closed (JsonObject *place, const char *text)
{
  g_autoptr (GPtrArray) periods = rcp_periods_parse (text);

  rcp_setup_drop_extensions (place, RCP_EXTENSION_CLOSED);
  for (guint i = 0; i < periods->len; i++)
    {
      const RcpPeriod *period = periods->pdata[i];
      JsonObject *closed = rcp_setup_add_extension (place, RCP_EXTENSION_CLOSED);

      json_object_set_object_member (rcp_setup_add_extension (closed, "period"), "valuePeriod", rcp_period_to_json (period));
      if (*period->words != '\0')
        json_object_set_string_member (rcp_setup_add_extension (closed, "label"), "valueString", period->words);
    }
}

static void
set_clinic (RcpSetupChange *change, JsonObject *place)
{
  const char *clinic = rcp_setup_get_clinic (change->roster);

  if (clinic != NULL)
    json_object_set_object_member (place, "managingOrganization", rcp_json_reference (clinic, NULL));
}

static const char *
get_status (RcpSetupChange *change)
{
  return rcp_draft_is_set (change->draft, RCP_KEY_ACTIVE) ? "active" : "inactive";
}

void
rcp_setup_compose_place (RcpSetupChange *change)
{
  FhirResource *resource = rcp_roster_lookup_resource (change->roster, change->reference);
  JsonObject *place = rcp_setup_begin (change, resource, "Location", "place");
  gboolean is_moved = rcp_setup_is_changed (change, RCP_KEY_ZONE) || rcp_setup_is_changed (change, RCP_KEY_CLOSED);

  rcp_setup_set_text (place, "name", rcp_draft_get (change->draft, RCP_KEY_NAME));
  if (resource == NULL || rcp_setup_is_changed (change, RCP_KEY_ACTIVE))
    json_object_set_string_member (place, "status", get_status (change));
  set_address (change, place);
  if (rcp_setup_is_changed (change, RCP_KEY_PHONE))
    set_phone (place, rcp_draft_get (change->draft, RCP_KEY_PHONE));
  if (resource == NULL)
    set_clinic (change, place);
  if (resource == NULL || rcp_setup_is_changed (change, RCP_KEY_ZONE))
    {
      rcp_setup_drop_extensions (place, RCP_EXTENSION_TIMEZONE);
      json_object_set_string_member (rcp_setup_add_extension (place, RCP_EXTENSION_TIMEZONE), "valueCode",
                                     rcp_draft_get (change->draft, RCP_KEY_ZONE));
    }
  if (rcp_setup_is_changed (change, RCP_KEY_CLOSED))
    set_closed (place, rcp_draft_get (change->draft, RCP_KEY_CLOSED));
  rcp_setup_end (change, resource, place, "place");
  if (resource != NULL && is_moved)
    rcp_setup_mark_all (change, fhir_resource_get_id (resource));
}

/* "Ultrasound scanner" is "ultrasound-scanner": the same words are the same type. */
static char *
make_code (const char *words)
{
  g_autofree char *lower = g_utf8_strdown (words, -1);
  g_auto (GStrv) parts = g_strsplit_set (g_strstrip (lower), " \t/,;|$", -1);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (kept, parts[i]);
  list = g_strv_builder_end (kept);
  return g_strjoinv ("-", list);
}

static void
set_device (RcpSetupChange *change, JsonObject *device)
{
  const char *words = rcp_draft_get (change->draft, RCP_KEY_DEVICE);
  g_autofree char *code = make_code (words);
  JsonObject *name = rcp_setup_ensure_first (device, "deviceName");

  json_object_set_string_member (name, "name", rcp_draft_get (change->draft, RCP_KEY_NAME));
  if (fhir_json_get_string (name, "type") == NULL)
    json_object_set_string_member (name, "type", SYSTEM_DEVICE_NAME);
  if (rcp_setup_is_changed (change, RCP_KEY_DEVICE))
    json_object_set_object_member (device, "type", rcp_json_concept (RCP_SYSTEM_DEVICE_TYPE, code, words));
}

void
rcp_setup_compose_room (RcpSetupChange *change)
{
  FhirResource *resource = rcp_roster_lookup_resource (change->roster, change->reference);
  gboolean is_device = g_str_equal (rcp_draft_get (change->draft, RCP_KEY_KIND), "device");
  g_autofree char *site = g_strconcat ("Location/", rcp_draft_get (change->draft, RCP_KEY_PLACE), NULL);
  JsonObject *room = rcp_setup_begin (change, resource, is_device ? "Device" : "Location", "room");
  FhirResource *old_schedule
      = change->reference != NULL ? rcp_setup_find_room_schedule (change->roster, change->reference) : NULL;
  JsonObject *schedule;
  const char *reference;

  if (resource == NULL || rcp_setup_is_changed (change, RCP_KEY_ACTIVE))
    json_object_set_string_member (room, "status", get_status (change));
  if (resource == NULL || rcp_setup_is_changed (change, RCP_KEY_PLACE))
    json_object_set_object_member (room, is_device ? "location" : "partOf", rcp_json_reference (site, NULL));
  if (is_device)
    set_device (change, room);
  else
    {
      json_object_set_string_member (room, "name", rcp_draft_get (change->draft, RCP_KEY_NAME));
      json_object_set_object_member (room, "physicalType", rcp_json_concept (RCP_SYSTEM_PHYSICAL_TYPE, "ro", "Room"));
      if (resource == NULL)
        set_clinic (change, room);
    }
  reference = rcp_setup_end (change, resource, room, "room");
  schedule = rcp_setup_begin (change, old_schedule, "Schedule", "schedule");
  rcp_setup_set_active (schedule, rcp_draft_is_set (change->draft, RCP_KEY_ACTIVE));
  if (old_schedule == NULL)
    json_object_set_array_member (schedule, "actor", rcp_json_array_of (rcp_json_reference (reference, NULL)));
  if (resource == NULL || rcp_setup_is_changed (change, RCP_KEY_PLACE) || rcp_setup_is_changed (change, RCP_KEY_ACTIVE)
      || rcp_setup_is_changed (change, RCP_KEY_DEVICE))
    rcp_setup_mark_refit (change, schedule);
  rcp_setup_end (change, old_schedule, schedule, "schedule");
}

static void
set_needs (RcpSetupChange *change, JsonObject *service)
{
  const char *needs = rcp_draft_get (change->draft, RCP_KEY_NEEDS);
  g_autoptr (GHashTable) types = rcp_setup_list_device_types (change->roster);

  rcp_setup_drop_extensions (service, RCP_EXTENSION_NEEDS);
  if (g_str_equal (needs, RCP_NEEDS_ROOM))
    json_object_set_string_member (rcp_setup_add_extension (service, RCP_EXTENSION_NEEDS), "valueCode", needs);
  else if (*needs != '\0')
    json_object_set_object_member (rcp_setup_add_extension (service, RCP_EXTENSION_NEEDS), "valueCoding",
                                   rcp_json_coding (RCP_SYSTEM_DEVICE_TYPE, needs, g_hash_table_lookup (types, needs)));
}

static void
set_specialties (JsonObject *service, const char *text)
{
  g_auto (GStrv) codes = rcp_setup_split_codes (text);
  JsonArray *specialties = json_array_new ();

  for (guint i = 0; codes[i] != NULL; i++)
    json_array_add_object_element (specialties,
                                   rcp_json_concept (RCP_SYSTEM_SPECIALTY, codes[i], rcp_specialty_get_name (codes[i])));
  json_object_remove_member (service, "specialty");
  if (json_array_get_length (specialties) > 0)
    json_object_set_array_member (service, "specialty", specialties);
  else
    json_array_unref (specialties);
}

/* Who may book it; what the record says of others stays. */
static void
set_new_only (JsonObject *service, gboolean only)
{
  JsonArray *eligibility = fhir_json_get_array (service, "eligibility");
  JsonObject *one;

  for (guint i = rcp_elements_get_length (eligibility); i > 0; i--)
    {
      JsonObject *code = fhir_json_get_object (rcp_elements_get_object (eligibility, i - 1), "code");

      if (rcp_elements_get_code (code, RCP_SYSTEM_ELIGIBILITY) != NULL)
        json_array_remove_element (eligibility, i - 1);
    }
  if (eligibility != NULL && json_array_get_length (eligibility) == 0)
    json_object_remove_member (service, "eligibility");
  if (!only)
    return;
  one = json_object_new ();
  json_object_set_object_member (one, "code", rcp_json_concept (RCP_SYSTEM_ELIGIBILITY, "new-patients", NULL));
  if (fhir_json_get_array (service, "eligibility") == NULL)
    json_object_set_array_member (service, "eligibility", json_array_new ());
  json_array_add_object_element (fhir_json_get_array (service, "eligibility"), one);
}

/* @url: the extension that @key is; an empty text takes it away. */
static void
set_money (RcpSetupChange *change, JsonObject *service, const char *key, const char *url)
{
  g_autofree char *currency = rcp_setup_dup_currency (change->roster, change->reference);
  RcpMoney money = { 0 };

  if (!rcp_setup_is_changed (change, key))
    return;
  rcp_setup_drop_extensions (service, url);
  g_strlcpy (money.currency, currency, sizeof money.currency);
  if (rcp_money_parse_typed (rcp_draft_get (change->draft, key), currency, &money.amount))
    json_object_set_object_member (rcp_setup_add_extension (service, url), "valueMoney", rcp_money_to_json (&money));
}

static void
set_service_type (RcpSetupChange *change, JsonObject *service)
{
  const char *code = rcp_draft_get (change->draft, RCP_KEY_SERVICE_TYPE);

  if (!rcp_setup_is_changed (change, RCP_KEY_SERVICE_TYPE))
    return;
  rcp_setup_drop_extensions (service, RCP_EXTENSION_SERVICE_TYPE);
  if (*code != '\0')
    json_object_set_string_member (rcp_setup_add_extension (service, RCP_EXTENSION_SERVICE_TYPE), "valueCode", code);
}

static void
begin_service (RcpSetupChange *change, JsonObject *service, const char *name)
{
  const char *clinic = rcp_setup_get_clinic (change->roster);

  json_object_set_array_member (service, "type",
                                rcp_json_array_of (rcp_json_concept (RCP_SYSTEM_VISIT_TYPE, change->key, name)));
  if (clinic != NULL)
    json_object_set_object_member (service, "providedBy", rcp_json_reference (clinic, NULL));
}

void
rcp_setup_compose_visit_type (RcpSetupChange *change)
{
  FhirResource *resource = rcp_roster_lookup_resource (change->roster, change->reference);
  JsonObject *service = rcp_setup_begin (change, resource, "HealthcareService", "service");
  const char *name = rcp_draft_get (change->draft, RCP_KEY_NAME);
  const char *preparation = rcp_draft_get (change->draft, RCP_KEY_PREPARATION);

  if (resource == NULL)
    begin_service (change, service, name);
  json_object_set_string_member (service, "name", name);
  rcp_setup_set_active (service, rcp_draft_is_set (change->draft, RCP_KEY_ACTIVE));
  if (resource == NULL || rcp_setup_is_changed (change, RCP_KEY_MINUTES))
    {
      rcp_setup_drop_extensions (service, RCP_EXTENSION_DURATION);
      json_object_set_int_member (rcp_setup_add_extension (service, RCP_EXTENSION_DURATION), "valueInteger",
                                  g_ascii_strtoll (rcp_draft_get (change->draft, RCP_KEY_MINUTES), NULL, 10));
    }
  if (rcp_setup_is_changed (change, RCP_KEY_PREPARATION))
    {
      rcp_setup_drop_extensions (service, RCP_EXTENSION_PREPARATION);
      if (*preparation != '\0')
        json_object_set_string_member (rcp_setup_add_extension (service, RCP_EXTENSION_PREPARATION), "valueString",
                                       preparation);
    }
  if (rcp_setup_is_changed (change, RCP_KEY_NEEDS))
    set_needs (change, service);
  if (rcp_setup_is_changed (change, RCP_KEY_SPECIALTIES))
    set_specialties (service, rcp_draft_get (change->draft, RCP_KEY_SPECIALTIES));
  if (rcp_setup_is_changed (change, RCP_KEY_NEW_ONLY))
    set_new_only (service, rcp_draft_is_set (change->draft, RCP_KEY_NEW_ONLY));
  set_money (change, service, RCP_KEY_PRICE, RCP_EXTENSION_PRICE);
  set_money (change, service, RCP_KEY_ALLOWED, RCP_EXTENSION_ALLOWED);
  set_service_type (change, service);
  rcp_setup_end (change, resource, service, "service");
  if (rcp_setup_is_changed (change, RCP_KEY_NEEDS) || rcp_setup_is_changed (change, RCP_KEY_ACTIVE))
    rcp_setup_mark_all (change, NULL);
}

FhirTransaction *
rcp_setup_compose (RcpRoster *roster, RcpSetupKind kind, const char *reference, RcpDraft *draft, const char *key, const char *desk,
                   gint64 now)
{
  static void (*const composers[]) (RcpSetupChange *) = {
    [RCP_SETUP_PROVIDER] = rcp_setup_compose_provider,
    [RCP_SETUP_PLACE] = rcp_setup_compose_place,
    [RCP_SETUP_ROOM] = rcp_setup_compose_room,
    [RCP_SETUP_VISIT_TYPE] = rcp_setup_compose_visit_type,
  };
  g_autoptr (RcpDraft) empty = rcp_draft_new ();
  g_autoptr (RcpDraft) before = rcp_setup_read (roster, kind, reference);
  g_autoptr (GHashTable) touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RcpSetupChange change = { roster, reference, draft, reference != NULL ? before : empty, key, desk, now,
                            fhir_transaction_new (), touched };

  composers[kind] (&change);
  return change.transaction;
}
