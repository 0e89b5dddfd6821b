/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-benefit-json.h"

#include <math.h>
#include <string.h>

#include "base/rcp-money.h"
#include "clinic/rcp-codes.h"
#include "fhir/fhir-resource.h"
#include "insurance/rcp-benefit-json-private.h"
#include "insurance/rcp-x12-benefit.h"

const char *const rcp_benefit_periods[] = {
  "unstated", "day", "visit", "year", "year-to-date", "remaining", "lifetime", "lifetime-remaining", "other", NULL,
};
const char *const rcp_benefit_levels[] = { "unstated", "individual", "family", "other", NULL };
const char *const rcp_benefit_networks[] = { "unstated", "unknown", "in", "out", "either", NULL };
const char *const rcp_benefit_authorizations[] = { "unstated", "unknown", "needed", "not-needed", NULL };

static int
find_word (const char *const *words, const char *word, int unknown)
{
  for (int i = 0; word && words[i]; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  return unknown;
}

static JsonObject *
get_item (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
is_own_currency (JsonObject *money)
{
  const char *currency = fhir_json_get_string (money, "currency");

  return currency == NULL || g_ascii_strcasecmp (currency, RCP_ANSWER_CURRENCY) == 0;
}

/* A decimal in JSON, as cents. Nothing that is no amount is taken for one, and none of another currency: @foreign, nullable, gets it
 * in words. */
static gboolean
read_money (JsonObject *object, const char *member, gint64 *cents, char **foreign)
{
  JsonObject *money = fhir_json_get_object (object, member);
  JsonNode *node = money ? json_object_get_member (money, "value") : NULL;
  double value;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || !g_value_type_transformable (json_node_get_value_type (node), G_TYPE_DOUBLE))
    return FALSE;
  value = json_node_get_double (node);
  if (!(value >= 0 && value <= RCP_MONEY_LARGEST / 100.0))
    return FALSE;
  if (!is_own_currency (money))
    {
      if (foreign && *foreign == NULL)
        {
          char number[G_ASCII_DTOSTR_BUF_SIZE];

          *foreign = g_strconcat (g_ascii_formatd (number, sizeof number, "%.2f", value), " ", fhir_json_get_string (money, "currency"), NULL);
        }
      return FALSE;
    }
  *cents = llround (value * 100);
  return TRUE;
}

/* "20%", or "20" */
static gboolean
read_percent (const char *text, guint *share)
{
  g_autofree char *number = g_strdup (text ? text : "");
  char *end;
  double value;

  g_strstrip (number);
  value = g_ascii_strtod (number, &end);
  if (end == number || (*end != '\0' && strcmp (end, "%") != 0) || !(value >= 0 && value <= 100))
    return FALSE;
  *share = (guint) lround (value * 10000);
  return TRUE;
}

/* The code of the first coding. */
static const char *
get_code (JsonObject *object, const char *member)
{
  g_autofree char *path = g_strconcat (member, ".coding.0.code", NULL);

  return fhir_json_get_string (object, path);
}

static void
replace (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static void
read_entity (RcpBenefit *self, JsonObject *extension)
{
  JsonObject *role = fhir_json_get_extension (extension, "role");
  const char *text = role ? fhir_json_get_string (role, "valueString") : NULL;
  RcpEntity *entity = rcp_entity_new (text && strcmp (text, "-") != 0 ? text : "");
  char **fields[] = { &entity->name, &entity->identifier, &entity->phone };
  const char *const urls[] = { "name", "identifier", "phone" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      JsonObject *part = fhir_json_get_extension (extension, urls[i]);

      if (part)
        replace (fields[i], fhir_json_get_string (part, "valueString"));
    }
  g_ptr_array_add (self->entities, entity);
}

/* The lists of the extension. */
static void
read_lists (RcpBenefit *self, JsonObject *extension)
{
  JsonArray *parts = fhir_json_get_array (extension, "extension");

  for (guint i = 0; parts && i < json_array_get_length (parts); i++)
    {
      JsonObject *part = get_item (parts, i);
      const char *url = part ? fhir_json_get_string (part, "url") : NULL;

      if (g_strcmp0 (url, "message") == 0 && fhir_json_get_string (part, "valueString"))
        g_ptr_array_add (self->messages, g_strdup (fhir_json_get_string (part, "valueString")));
      else if (g_strcmp0 (url, "entity") == 0)
        read_entity (self, part);
    }
}

static const char *
get_part (JsonObject *extension, const char *url, const char *member)
{
  JsonObject *part = fhir_json_get_extension (extension, url);

  return part ? fhir_json_get_string (part, member) : NULL;
}

/* What both have: an item of ours and one of another payer. */
static RcpBenefit *
read_frame (JsonObject *item)
{
  RcpBenefit *self = rcp_benefit_new ();
  const char *term = get_code (item, "term"), *category = get_code (item, "category"), *side = get_code (item, "network");

  if (category)
    {
      g_strfreev (self->service_types);
      self->service_types = g_strsplit (category, "\n", 1);
    }
  replace (&self->plan_name, fhir_json_get_string (item, "name"));
  replace (&self->procedure, fhir_json_get_string (item, "productOrService.text"));
  if (self->procedure == NULL)
    replace (&self->procedure, get_code (item, "productOrService"));
  self->level = find_word (rcp_benefit_levels, get_code (item, "unit"), RCP_BENEFIT_LEVEL_UNSTATED);
  self->network = side ? find_word (rcp_benefit_networks, side, RCP_NETWORK_UNKNOWN) : RCP_NETWORK_UNSTATED;
  if (term)
    self->period = strcmp (term, "annual") == 0 ? RCP_BENEFIT_PERIOD_YEAR : find_word (rcp_benefit_periods, term, RCP_BENEFIT_PERIOD_OTHER);
  if (json_object_has_member (item, "authorizationRequired"))
    self->authorization = fhir_json_get_boolean (item, "authorizationRequired", FALSE) ? RCP_AUTHORIZATION_NEEDED : RCP_AUTHORIZATION_NOT_NEEDED;
  return self;
}

static void
set_kind (RcpBenefit *self, const char *code)
{
  g_strlcpy (self->code, code, sizeof self->code);
  self->kind = rcp_x12_benefit_kind (code);
}

/* Takes the amounts of @benefit: FALSE when it is of a type that says nothing to the program. */
static gboolean
read_amounts (RcpBenefit *self, JsonObject *benefit)
{
  static const struct { const char *type; const char *code; } types[] = {
    { RCP_BENEFIT_TYPE_COPAY, "B" },      { RCP_BENEFIT_TYPE_SHARE, "A" },         { "coinsurance", "A" },
    { RCP_BENEFIT_TYPE_DEDUCTIBLE, "C" }, { RCP_BENEFIT_TYPE_OUT_OF_POCKET, "G" }, { "maxoutofpocket", "G" },
  };
  const char *type = get_code (benefit, "type");

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].type, type) == 0)
      {
        set_kind (self, types[i].code);
        self->has_amount = read_money (benefit, "allowedMoney", &self->amount, &self->foreign);
        if (self->kind == RCP_BENEFIT_COINSURANCE)
          {
            g_autofree char *whole = NULL;

            if (json_object_has_member (benefit, "allowedUnsignedInt"))
              whole = g_strdup_printf ("%" G_GINT64_FORMAT, fhir_json_get_int (benefit, "allowedUnsignedInt", -1));
            self->has_share = read_percent (whole ? whole : fhir_json_get_string (benefit, "allowedString"), &self->share);
          }
        return TRUE;
      }
  return FALSE;
}

static RcpBenefit *
read_own (JsonObject *item, JsonObject *extension)
{
  RcpBenefit *self = read_frame (item);
  const char *code = get_part (extension, "code", "valueString");
  JsonObject *amount = fhir_json_get_extension (extension, "amount"), *share = fhir_json_get_extension (extension, "share");
  JsonArray *benefits = fhir_json_get_array (item, "benefit");

  if (benefits && json_array_get_length (benefits) > 0 && get_item (benefits, 0))
    read_amounts (self, get_item (benefits, 0));
  set_kind (self, code && strcmp (code, "-") != 0 ? code : "");
  self->period = find_word (rcp_benefit_periods, get_part (extension, "period", "valueCode"), self->period);
  self->level = find_word (rcp_benefit_levels, get_part (extension, "level", "valueCode"), self->level);
  self->network = find_word (rcp_benefit_networks, get_part (extension, "network", "valueCode"), self->network);
  self->authorization = find_word (rcp_benefit_authorizations, get_part (extension, "authorization", "valueCode"), self->authorization);
  if (amount)
    self->has_amount = read_money (amount, "valueMoney", &self->amount, &self->foreign);
  if (share)
    {
      gint64 value = fhir_json_get_int (share, "valueInteger", -1);

      self->has_share = value >= 0 && value <= RCP_SHARE_WHOLE;
      self->share = self->has_share ? (guint) value : 0;
    }
  if (get_part (extension, "foreign", "valueString"))
    replace (&self->foreign, get_part (extension, "foreign", "valueString"));
  replace (&self->insurance_type, get_part (extension, "insurance-type", "valueString"));
  replace (&self->quantity_unit, get_part (extension, "quantity-unit", "valueString"));
  replace (&self->quantity, get_part (extension, "quantity", "valueString"));
  if (self->procedure == NULL)
    replace (&self->procedure, get_part (extension, "procedure", "valueString"));
  read_lists (self, extension);
  return self;
}

static void
add_remaining (JsonObject *item, JsonObject *benefit, const RcpBenefit *whole, GPtrArray *benefits)
{
  RcpBenefit *rest;
  gint64 used;

  if (!whole->has_amount || !read_money (benefit, "usedMoney", &used, NULL) || used > whole->amount)
    return;
  rest = read_frame (item);
  set_kind (rest, whole->code);
  rest->period = RCP_BENEFIT_PERIOD_REMAINING;
  rest->has_amount = TRUE;
  rest->amount = whole->amount - used;
  g_ptr_array_add (benefits, rest);
}

/* An item of another payer: each of its benefits is a line; that it is excluded, or its authorization, may stand alone. */
static void
read_foreign (JsonObject *item, GPtrArray *benefits)
{
  JsonArray *list = fhir_json_get_array (item, "benefit");
  const char *description = fhir_json_get_string (item, "description");
  RcpBenefit *line;

  for (guint i = 0; list && i < json_array_get_length (list); i++)
    {
      JsonObject *benefit = get_item (list, i);

      line = read_frame (item);
      if (benefit && read_amounts (line, benefit))
        {
          g_ptr_array_add (benefits, line);
          add_remaining (item, benefit, line, benefits);
        }
      else
        rcp_benefit_free (line);
    }
  line = read_frame (item);
  set_kind (line, fhir_json_get_boolean (item, "excluded", FALSE) ? "I" : "D");
  if (description)
    g_ptr_array_add (line->messages, g_strdup (description));
  if (line->kind == RCP_BENEFIT_EXCLUDED || line->authorization != RCP_AUTHORIZATION_UNSTATED || description)
    g_ptr_array_add (benefits, line);
  else
    rcp_benefit_free (line);
}

/**
 * rcp_benefits_read_json:
 * @items: (nullable): of CoverageEligibilityResponse.insurance
 * @benefits: (element-type RcpBenefit): what they are added to
 */
void
rcp_benefits_read_json (JsonArray *items, GPtrArray *benefits)
{
  for (guint i = 0; items && i < json_array_get_length (items); i++)
    {
      JsonObject *item = get_item (items, i);
      JsonObject *extension = item ? fhir_json_get_extension (item, RCP_EXTENSION_BENEFIT) : NULL;

      if (extension)
        g_ptr_array_add (benefits, read_own (item, extension));
      else if (item)
        read_foreign (item, benefits);
    }
}
