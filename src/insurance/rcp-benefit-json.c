/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-benefit-json.h"

#include <string.h>

#include "clinic/rcp-codes.h"
#include "fhir/fhir-resource.h"
#include "insurance/rcp-benefit-json-private.h"

static JsonObject *
make_concept (const char *system, const char *code)
{
  JsonObject *concept = json_object_new (), *coding = json_object_new ();
  JsonArray *codings = json_array_new ();

  json_object_set_string_member (coding, "system", system);
  json_object_set_string_member (coding, "code", code);
  json_array_add_object_element (codings, coding);
  json_object_set_array_member (concept, "coding", codings);
  return concept;
}

static JsonObject *
make_money (gint64 cents)
{
  JsonObject *money = json_object_new ();

  if (cents % 100 == 0)
    json_object_set_int_member (money, "value", cents / 100);
  else
    json_object_set_double_member (money, "value", cents / 100.0);
  json_object_set_string_member (money, "currency", RCP_ANSWER_CURRENCY);
  return money;
}

static JsonObject *
add_extension (JsonArray *extensions, const char *url)
{
  JsonObject *extension = json_object_new ();

  json_object_set_string_member (extension, "url", url);
  json_array_add_object_element (extensions, extension);
  return extension;
}

static void
add_text (JsonArray *extensions, const char *url, const char *value)
{
  if (value && *value != '\0')
    json_object_set_string_member (add_extension (extensions, url), "valueString", value);
}

static void
add_code (JsonArray *extensions, const char *url, const char *value)
{
  json_object_set_string_member (add_extension (extensions, url), "valueCode", value);
}

static gboolean
is_what_remains (const RcpBenefit *self)
{
  return self->period == RCP_BENEFIT_PERIOD_REMAINING || self->period == RCP_BENEFIT_PERIOD_LIFETIME_REMAINING ||
         self->period == RCP_BENEFIT_PERIOD_YEAR_TO_DATE;
}

/* The type of the benefit in FHIR when the line has one there; else %NULL, and its amount goes into the extension. */
static const char *
get_type (const RcpBenefit *self)
{
  if (self->kind == RCP_BENEFIT_COINSURANCE)
    return self->has_share ? RCP_BENEFIT_TYPE_SHARE : NULL;
  if (!self->has_amount || is_what_remains (self))
    return NULL;
  if (self->kind == RCP_BENEFIT_COPAY)
    return RCP_BENEFIT_TYPE_COPAY;
  if (self->kind == RCP_BENEFIT_DEDUCTIBLE)
    return RCP_BENEFIT_TYPE_DEDUCTIBLE;
  return self->kind == RCP_BENEFIT_OUT_OF_POCKET ? RCP_BENEFIT_TYPE_OUT_OF_POCKET : NULL;
}

/* What was used of a year's amount: told when another line says what remains of the same. */
static void
add_used (JsonObject *benefit, GPtrArray *benefits, const RcpBenefit *self, const char *service_type)
{
  for (guint i = 0; i < benefits->len; i++)
    {
      const RcpBenefit *other = g_ptr_array_index (benefits, i);

      if (other->kind == self->kind && other->period == RCP_BENEFIT_PERIOD_REMAINING && other->has_amount &&
          self->period == RCP_BENEFIT_PERIOD_YEAR && other->level == self->level && other->network == self->network &&
          rcp_benefit_is_for (other, service_type) && g_strcmp0 (other->procedure, self->procedure) == 0 &&
          other->amount <= self->amount)
        {
          json_object_set_object_member (benefit, "usedMoney", make_money (self->amount - other->amount));
          return;
        }
    }
}

static void
write_amounts (JsonObject *item, GPtrArray *benefits, const RcpBenefit *self, const char *service_type, const char *type)
{
  JsonArray *list = json_array_new ();
  JsonObject *benefit = json_object_new ();
  gboolean is_own = strcmp (type, RCP_BENEFIT_TYPE_OUT_OF_POCKET) == 0;

  json_object_set_object_member (benefit, "type", make_concept (is_own ? RCP_SYSTEM_BENEFIT : RCP_SYSTEM_BENEFIT_TYPE, type));
  if (self->kind == RCP_BENEFIT_COINSURANCE)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *percent = g_strconcat (g_ascii_formatd (number, sizeof number, "%.10g", self->share / 10000.0), "%", NULL);

      json_object_set_string_member (benefit, "allowedString", percent);
    }
  else
    {
      json_object_set_object_member (benefit, "allowedMoney", make_money (self->amount));
      add_used (benefit, benefits, self, service_type);
    }
  json_array_add_object_element (list, benefit);
  json_object_set_array_member (item, "benefit", list);
}

static void
write_entities (JsonArray *extensions, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    {
      const RcpEntity *entity = g_ptr_array_index (entities, i);
      JsonArray *parts = json_array_new ();

      json_object_set_array_member (add_extension (extensions, "entity"), "extension", parts);
      add_text (parts, "role", *entity->role != '\0' ? entity->role : "-");
      add_text (parts, "name", entity->name);
      add_text (parts, "identifier", entity->identifier);
      add_text (parts, "phone", entity->phone);
    }
}

static void
write_extension (JsonObject *item, const RcpBenefit *self, const char *type)
{
  JsonArray *extensions = json_array_new (), *parts = json_array_new ();

  json_object_set_array_member (add_extension (extensions, RCP_EXTENSION_BENEFIT), "extension", parts);
  add_text (parts, "code", *self->code != '\0' ? self->code : "-");
  add_code (parts, "period", rcp_benefit_periods[self->period]);
  add_code (parts, "level", rcp_benefit_levels[self->level]);
  add_code (parts, "network", rcp_benefit_networks[self->network]);
  add_code (parts, "authorization", rcp_benefit_authorizations[self->authorization]);
  if (self->has_amount && (type == NULL || self->kind == RCP_BENEFIT_COINSURANCE))
    json_object_set_object_member (add_extension (parts, "amount"), "valueMoney", make_money (self->amount));
  if (self->has_share && self->kind != RCP_BENEFIT_COINSURANCE)
    json_object_set_int_member (add_extension (parts, "share"), "valueInteger", self->share);
  add_text (parts, "foreign", self->foreign);
  add_text (parts, "insurance-type", self->insurance_type);
  add_text (parts, "quantity-unit", self->quantity_unit);
  add_text (parts, "quantity", self->quantity);
  if (*self->service_types != NULL)
    add_text (parts, "procedure", self->procedure);
  for (guint i = 0; i < self->messages->len; i++)
    add_text (parts, "message", g_ptr_array_index (self->messages, i));
  write_entities (parts, self->entities);
  json_object_set_array_member (item, "extension", extensions);
}

static void
write_sides (JsonObject *item, const RcpBenefit *self)
{
  static const char *const terms[] = {
    [RCP_BENEFIT_PERIOD_DAY] = "day",           [RCP_BENEFIT_PERIOD_YEAR] = "annual",
    [RCP_BENEFIT_PERIOD_REMAINING] = "annual",  [RCP_BENEFIT_PERIOD_YEAR_TO_DATE] = "annual",
    [RCP_BENEFIT_PERIOD_LIFETIME] = "lifetime", [RCP_BENEFIT_PERIOD_LIFETIME_REMAINING] = "lifetime",
    [RCP_BENEFIT_PERIOD_OTHER] = NULL,
  };

  if (self->network == RCP_NETWORK_IN || self->network == RCP_NETWORK_OUT)
    json_object_set_object_member (item, "network", make_concept (RCP_SYSTEM_BENEFIT_NETWORK, rcp_benefit_networks[self->network]));
  if (self->level == RCP_BENEFIT_LEVEL_INDIVIDUAL || self->level == RCP_BENEFIT_LEVEL_FAMILY)
    json_object_set_object_member (item, "unit", make_concept (RCP_SYSTEM_BENEFIT_UNIT, rcp_benefit_levels[self->level]));
  if (terms[self->period])
    json_object_set_object_member (item, "term", make_concept (RCP_SYSTEM_BENEFIT_TERM, terms[self->period]));
  if (self->authorization == RCP_AUTHORIZATION_NEEDED || self->authorization == RCP_AUTHORIZATION_NOT_NEEDED)
    json_object_set_boolean_member (item, "authorizationRequired", self->authorization == RCP_AUTHORIZATION_NEEDED);
}

/* One line for one service: FHIR has one category per item, or else a procedure, never both and never none (ces-1). */
static JsonObject *
write_item (GPtrArray *benefits, const RcpBenefit *self, const char *service_type)
{
  JsonObject *item = json_object_new ();
  const char *type = get_type (self);

  write_extension (item, self, type);
  if (service_type)
    json_object_set_object_member (item, "category", make_concept (RCP_SYSTEM_SERVICE_TYPE, service_type));
  else
    {
      JsonObject *procedure = json_object_new ();

      json_object_set_string_member (procedure, "text", self->procedure);
      json_object_set_object_member (item, "productOrService", procedure);
    }
  if (self->kind == RCP_BENEFIT_EXCLUDED)
    json_object_set_boolean_member (item, "excluded", TRUE);
  if (self->plan_name)
    json_object_set_string_member (item, "name", self->plan_name);
  if (self->messages->len > 0)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < self->messages->len; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (char *) g_ptr_array_index (self->messages, i));
      json_object_set_string_member (item, "description", text->str);
    }
  write_sides (item, self);
  if (type)
    write_amounts (item, benefits, self, service_type, type);
  return item;
}

/**
 * rcp_benefits_write_json:
 * @benefits: (element-type RcpBenefit)
 * @items: of CoverageEligibilityResponse.insurance: they are added to it. A line for several services becomes several items. Places
 *   of service and dates of a single line are in the raw answer only.
 */
void
rcp_benefits_write_json (GPtrArray *benefits, JsonArray *items)
{
  for (guint i = 0; i < benefits->len; i++)
    {
      const RcpBenefit *benefit = g_ptr_array_index (benefits, i);

      /* What names no service is about the plan. */
      if (*benefit->service_types == NULL)
        json_array_add_object_element (items, write_item (benefits, benefit, benefit->procedure ? NULL : RCP_SERVICE_TYPE_PLAN));
      for (char **type = benefit->service_types; *type; type++)
        json_array_add_object_element (items, write_item (benefits, benefit, *type));
    }
}
