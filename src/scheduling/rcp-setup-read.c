/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-setup-read"

#include "rcp-setup-private.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "clinic/rcp-specialty.h"
#include "clinic/rcp-visit-price.h"
#include "rcp-periods.h"

#include <glib/gi18n.h>

#define USUAL_MINUTES 15

void
rcp_setup_item_free (RcpSetupItem *item)
{
  g_free (item->reference);
  g_free (item->title);
  g_free (item->subtitle);
  g_free (item);
}

static gboolean
is_active (JsonObject *json)
{
  const char *status = fhir_json_get_string (json, "status");

  return fhir_json_get_boolean (json, "active", TRUE) && (status == NULL || g_str_equal (status, "active"));
}

/* Whether something that has a Schedule is at @site, or it was made for this clinic. */
static gboolean
is_site (RcpRoster *roster, FhirResource *location, GHashTable *worked_at)
{
  JsonObject *json = fhir_resource_get_json (location);
  const char *manager = fhir_json_get_string (json, "managingOrganization.reference");

  if (rcp_room_is_one (location))
    return FALSE;
  return g_hash_table_contains (worked_at, fhir_resource_get_id (location))
         || fhir_json_get_identifier (json, RCP_SYSTEM_SETUP) != NULL
         || fhir_json_get_identifier (json, "urn:reception:found") != NULL
         || (manager != NULL && g_strcmp0 (manager, rcp_setup_get_clinic (roster)) == 0);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *left = fhir_json_get_string (fhir_resource_get_json (*(FhirResource **)a), "name");
  const char *right = fhir_json_get_string (fhir_resource_get_json (*(FhirResource **)b), "name");

  return g_utf8_collate (left != NULL ? left : "", right != NULL ? right : "");
}

GPtrArray *
rcp_setup_list_sites (RcpRoster *roster)
{
  g_autoptr (GPtrArray) schedules = rcp_roster_list_resources (roster, "Schedule");
  g_autoptr (GPtrArray) locations = rcp_roster_list_resources (roster, "Location");
  g_autoptr (GHashTable) worked_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *sites = g_ptr_array_new ();

  for (guint i = 0; i < schedules->len; i++)
    {
      char *site = rcp_setup_dup_site_of (roster, schedules->pdata[i]);

      if (site != NULL)
        g_hash_table_add (worked_at, site);
    }
  for (guint i = 0; i < locations->len; i++)
    if (is_site (roster, locations->pdata[i], worked_at))
      g_ptr_array_add (sites, locations->pdata[i]);
  g_ptr_array_sort (sites, compare_names);
  return sites;
}

GHashTable *
rcp_setup_list_device_types (RcpRoster *roster)
{
  g_autoptr (GPtrArray) devices = rcp_roster_list_resources (roster, "Device");
  GHashTable *types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < devices->len; i++)
    {
      JsonObject *type = fhir_json_get_object (fhir_resource_get_json (devices->pdata[i]), "type");
      const char *code = rcp_elements_get_code (type, RCP_SYSTEM_DEVICE_TYPE);

      if (code != NULL && is_active (fhir_resource_get_json (devices->pdata[i])))
        g_hash_table_replace (types, g_strdup (code), g_strdup (rcp_elements_get_concept_text (type)));
    }
  return types;
}

static char *
describe_provider (RcpRoster *roster, FhirResource *practitioner)
{
  g_autoptr (GPtrArray) sites = rcp_setup_list_sites (roster);
  g_autoptr (RcpDraft) draft = rcp_setup_read (roster, RCP_SETUP_PROVIDER, fhir_resource_get_reference (practitioner));
  const char *specialty = rcp_specialty_get_name (rcp_draft_get (draft, RCP_KEY_SPECIALTY));
  GString *text = g_string_new (specialty);

  for (guint i = 0; i < sites->len; i++)
    {
      g_autofree char *key = rcp_setup_key (RCP_KEY_WORKS, fhir_resource_get_id (sites->pdata[i]));
      const char *name = fhir_json_get_string (fhir_resource_get_json (sites->pdata[i]), "name");

      if (rcp_draft_is_set (draft, key) && name != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", name);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_room (RcpRoster *roster, JsonObject *json, gboolean is_device)
{
  FhirResource *site
      = rcp_roster_lookup_resource (roster, fhir_json_get_string (json, is_device ? "location.reference" : "partOf.reference"));
  const char *name = site != NULL ? fhir_json_get_string (fhir_resource_get_json (site), "name") : NULL;
  const char *type = is_device ? rcp_elements_get_concept_text (fhir_json_get_object (json, "type")) : _ ("Room");

  if (type == NULL)
    type = _ ("Device");
  return name != NULL ? g_strdup_printf ("%s · %s", type, name) : g_strdup (type);
}

static char *
describe_visit_type (JsonObject *json)
{
  int minutes = (int)fhir_json_get_int (fhir_json_get_extension (json, RCP_EXTENSION_DURATION), "valueInteger", USUAL_MINUTES);
  const char *preparation = fhir_json_get_string (fhir_json_get_extension (json, RCP_EXTENSION_PREPARATION), "valueString");
  g_autofree char *length = g_strdup_printf (ngettext ("%d minute", "%d minutes", minutes), minutes);

  return preparation != NULL ? g_strdup_printf ("%s · %s", length, preparation) : g_steal_pointer (&length);
}

static void
add_item (GPtrArray *items, RcpRoster *roster, RcpSetupKind kind, FhirResource *resource)
{
  JsonObject *json = fhir_resource_get_json (resource);
  RcpSetupItem *item = g_new0 (RcpSetupItem, 1);

  item->reference = g_strdup (fhir_resource_get_reference (resource));
  item->active = is_active (json);
  item->title = g_strdup (fhir_json_get_string (json, "name"));
  switch (kind)
    {
    case RCP_SETUP_PROVIDER:
      item->title = rcp_elements_format_name (rcp_elements_choose_name (json), TRUE);
      item->subtitle = describe_provider (roster, resource);
      break;
    case RCP_SETUP_PLACE:
      item->subtitle = rcp_elements_format_address (json);
      break;
    case RCP_SETUP_ROOM:
      if (item->title == NULL)
        item->title = g_strdup (fhir_json_get_string (json, "deviceName.0.name"));
      item->subtitle = describe_room (roster, json, g_str_has_prefix (item->reference, "Device"));
      break;
    case RCP_SETUP_VISIT_TYPE:
    default:
      item->subtitle = describe_visit_type (json);
      break;
    }
  if (item->title == NULL)
    item->title = g_strdup (_ ("Without a name"));
  g_ptr_array_add (items, item);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const RcpSetupItem *left = *(RcpSetupItem *const *)a;
  const RcpSetupItem *right = *(RcpSetupItem *const *)b;
  int order;

  if (left->active != right->active)
    return left->active ? -1 : 1;
  order = g_utf8_collate (left->title, right->title);
  return order != 0 ? order : g_strcmp0 (left->reference, right->reference);
}

/* A practitioner of the record is a provider of the clinic once he or she has a Schedule here. */
static gboolean
is_listed (RcpRoster *roster, RcpSetupKind kind, FhirResource *resource)
{
  if (kind == RCP_SETUP_ROOM)
    return rcp_room_is_one (resource)
           && rcp_setup_find_room_schedule (roster, fhir_resource_get_reference (resource)) != NULL;
  return TRUE;
}

GPtrArray *
rcp_setup_list (RcpRoster *roster, RcpSetupKind kind)
{
  static const char *const types[][3] = {
    [RCP_SETUP_PROVIDER] = { "Practitioner" },
    [RCP_SETUP_ROOM] = { "Location", "Device" },
    [RCP_SETUP_VISIT_TYPE] = { "HealthcareService" },
  };
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_setup_item_free);

  if (kind == RCP_SETUP_PLACE)
    {
      g_autoptr (GPtrArray) sites = rcp_setup_list_sites (roster);

      for (guint i = 0; i < sites->len; i++)
        add_item (items, roster, kind, sites->pdata[i]);
    }
  for (guint t = 0; kind != RCP_SETUP_PLACE && types[kind][t] != NULL; t++)
    {
      g_autoptr (GPtrArray) resources = rcp_roster_list_resources (roster, types[kind][t]);

      for (guint i = 0; i < resources->len; i++)
        if (is_listed (roster, kind, resources->pdata[i]))
          add_item (items, roster, kind, resources->pdata[i]);
    }
  g_ptr_array_sort (items, compare_items);
  return items;
}

static void
read_closed (JsonObject *json, RcpDraft *draft)
{
  JsonArray *extensions = fhir_json_get_array (json, "extension");
  g_autoptr (GPtrArray) periods = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_period_free);
  g_autofree char *text = NULL;

  for (guint i = 0; i < rcp_elements_get_length (extensions); i++)
    {
      JsonObject *extension = rcp_elements_get_object (extensions, i);
      const char *label = fhir_json_get_string (fhir_json_get_extension (extension, "label"), "valueString");
      JsonObject *period = fhir_json_get_object (fhir_json_get_extension (extension, "period"), "valuePeriod");
      RcpPeriod *closed = NULL;

      if (g_strcmp0 (fhir_json_get_string (extension, "url"), RCP_EXTENSION_CLOSED) == 0)
        closed = rcp_period_from_json (period, label);
      if (closed != NULL)
        g_ptr_array_add (periods, closed);
    }
  text = rcp_periods_format (periods);
  rcp_draft_set (draft, RCP_KEY_CLOSED, text);
}

static void
read_place (JsonObject *json, RcpDraft *draft)
{
  JsonObject *address = fhir_json_get_object (json, "address");

  rcp_draft_set (draft, RCP_KEY_NAME, fhir_json_get_string (json, "name"));
  rcp_draft_set (draft, RCP_KEY_STREET, fhir_json_get_string (address, "line.0"));
  rcp_draft_set (draft, RCP_KEY_CITY, fhir_json_get_string (address, "city"));
  rcp_draft_set (draft, RCP_KEY_STATE, fhir_json_get_string (address, "state"));
  rcp_draft_set (draft, RCP_KEY_POSTAL_CODE, fhir_json_get_string (address, "postalCode"));
  rcp_draft_set (draft, RCP_KEY_PHONE, rcp_elements_choose_telecom (json, "phone"));
  rcp_draft_set (draft, RCP_KEY_ZONE,
                 fhir_json_get_string (fhir_json_get_extension (json, RCP_EXTENSION_TIMEZONE), "valueCode"));
  rcp_draft_set_flag (draft, RCP_KEY_ACTIVE, is_active (json));
  read_closed (json, draft);
}

static void
read_room (FhirResource *resource, RcpDraft *draft)
{
  JsonObject *json = fhir_resource_get_json (resource);
  gboolean is_device = g_strcmp0 (fhir_resource_get_resource_type (resource), "Device") == 0;
  const char *site = fhir_json_get_string (json, is_device ? "location.reference" : "partOf.reference");
  g_autofree char *place = site != NULL ? fhir_reference_dup_id (site, "Location") : NULL;

  rcp_draft_set (draft, RCP_KEY_KIND, is_device ? "device" : "room");
  rcp_draft_set (draft, RCP_KEY_NAME, fhir_json_get_string (json, is_device ? "deviceName.0.name" : "name"));
  if (is_device)
    rcp_draft_set (draft, RCP_KEY_DEVICE, rcp_elements_get_concept_text (fhir_json_get_object (json, "type")));
  rcp_draft_set (draft, RCP_KEY_PLACE, place);
  rcp_draft_set_flag (draft, RCP_KEY_ACTIVE, is_active (json));
}

static char *
find_currency (FhirResource *service)
{
  g_autoptr (RcpVisitType) visit_type = service != NULL ? rcp_visit_type_new (service) : NULL;
  RcpMoney money;

  if (visit_type != NULL && (rcp_visit_type_get_price (visit_type, &money) || rcp_visit_type_get_allowed (visit_type, &money)))
    return g_strdup (money.currency);
  return NULL;
}

char *
rcp_setup_dup_currency (RcpRoster *roster, const char *reference)
{
  g_autoptr (GPtrArray) services = rcp_roster_list_resources (roster, "HealthcareService");
  char *currency = find_currency (rcp_roster_lookup_resource (roster, reference));

  for (guint i = 0; currency == NULL && i < services->len; i++)
    currency = find_currency (services->pdata[i]);
  return currency != NULL ? currency : rcp_money_dup_own_currency ();
}

static void
set_money (RcpDraft *draft, const char *key, gboolean is_known, const RcpMoney *money)
{
  g_autofree char *text = is_known ? rcp_money_format_typed (money->amount, money->currency) : NULL;

  rcp_draft_set (draft, key, text);
}

static void
read_payment (RcpVisitType *visit_type, RcpDraft *draft)
{
  RcpMoney price = { 0 }, allowed = { 0 };
  gboolean has_price = rcp_visit_type_get_price (visit_type, &price);
  gboolean has_allowed = rcp_visit_type_get_allowed (visit_type, &allowed);

  set_money (draft, RCP_KEY_PRICE, has_price, &price);
  set_money (draft, RCP_KEY_ALLOWED, has_allowed, &allowed);
  rcp_draft_set (draft, RCP_KEY_SERVICE_TYPE, rcp_visit_type_get_service_type (visit_type));
}

static void
read_visit_type (FhirResource *resource, RcpDraft *draft)
{
  g_autoptr (RcpVisitType) visit_type = rcp_visit_type_new (resource);
  g_autofree char *specialties = g_strjoinv (", ", (GStrv)rcp_visit_type_get_specialties (visit_type));

  rcp_draft_set (draft, RCP_KEY_NAME, rcp_visit_type_get_name (visit_type));
  rcp_draft_set_number (draft, RCP_KEY_MINUTES, rcp_visit_type_get_duration (visit_type));
  rcp_draft_set (draft, RCP_KEY_PREPARATION, rcp_visit_type_get_preparation (visit_type));
  rcp_draft_set (draft, RCP_KEY_NEEDS, rcp_visit_type_get_needs (visit_type));
  rcp_draft_set (draft, RCP_KEY_SPECIALTIES, specialties);
  rcp_draft_set_flag (draft, RCP_KEY_NEW_ONLY, rcp_visit_type_is_for_new_patients (visit_type));
  read_payment (visit_type, draft);
  rcp_draft_set_flag (draft, RCP_KEY_ACTIVE, is_active (fhir_resource_get_json (resource)));
}

/* How a new one begins. */
static void
begin_new (RcpRoster *roster, RcpSetupKind kind, RcpDraft *draft)
{
  g_autoptr (GPtrArray) sites = rcp_setup_list_sites (roster);

  rcp_draft_set_flag (draft, RCP_KEY_ACTIVE, TRUE);
  if (kind == RCP_SETUP_PROVIDER)
    rcp_draft_set_flag (draft, RCP_KEY_NEW_PATIENTS, TRUE);
  if (kind == RCP_SETUP_PLACE)
    rcp_draft_set (draft, RCP_KEY_ZONE, g_time_zone_get_identifier (rcp_roster_get_zone (roster)));
  if (kind == RCP_SETUP_ROOM)
    rcp_draft_set (draft, RCP_KEY_KIND, "room");
  if (kind == RCP_SETUP_ROOM && sites->len > 0)
    rcp_draft_set (draft, RCP_KEY_PLACE, fhir_resource_get_id (sites->pdata[0]));
  if (kind == RCP_SETUP_VISIT_TYPE)
    {
      rcp_draft_set_number (draft, RCP_KEY_MINUTES, rcp_roster_get_grain (roster));
      rcp_draft_set (draft, RCP_KEY_SERVICE_TYPE, RCP_SERVICE_TYPE_VISIT);
    }
}

/**
 * rcp_setup_read:
 * @roster: the clinic
 * @kind: what kind of thing
 * @reference: (nullable): which of them; a new one for %NULL
 *
 * Returns: (transfer full): what the form of it holds to begin with
 */
RcpDraft *
rcp_setup_read (RcpRoster *roster, RcpSetupKind kind, const char *reference)
{
  RcpDraft *draft = rcp_draft_new ();
  FhirResource *resource = rcp_roster_lookup_resource (roster, reference);

  if (resource == NULL)
    {
      begin_new (roster, kind, draft);
      return draft;
    }
  switch (kind)
    {
    case RCP_SETUP_PROVIDER:
      rcp_setup_read_provider (roster, reference, draft);
      break;
    case RCP_SETUP_PLACE:
      read_place (fhir_resource_get_json (resource), draft);
      break;
    case RCP_SETUP_ROOM:
      read_room (resource, draft);
      break;
    case RCP_SETUP_VISIT_TYPE:
    default:
      read_visit_type (resource, draft);
      break;
    }
  return draft;
}
