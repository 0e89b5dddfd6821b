/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-visit-price.h"

#include <math.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "clinic/rcp-service-type.h"

static double
get_unit (const char *currency)
{
  return pow (10, rcp_money_get_places (currency));
}

/**
 * rcp_money_read_json:
 * @money: (nullable): FHIR Money
 * @self: (out): the amount
 *
 * Returns: %FALSE, with @self as it was, for what is no amount of a currency; none is taken for another
 */
gboolean
rcp_money_read_json (JsonObject *money, RcpMoney *self)
{
  JsonNode *node = money ? json_object_get_member (money, "value") : NULL;
  const char *currency = fhir_json_get_string (money, "currency");
  double value;

  if (!node || !JSON_NODE_HOLDS_VALUE (node) || !rcp_money_is_currency (currency) ||
      (json_node_get_value_type (node) != G_TYPE_DOUBLE && json_node_get_value_type (node) != G_TYPE_INT64))
    return FALSE;
  value = json_node_get_double (node) * get_unit (currency);
  if (!(value >= 0 && value <= RCP_MONEY_LARGEST))
    return FALSE;
  self->amount = llround (value);
  g_strlcpy (self->currency, currency, sizeof self->currency);
  return TRUE;
}

/* Returns: (transfer full): FHIR Money */
JsonObject *
rcp_money_to_json (const RcpMoney *self)
{
  JsonObject *money = json_object_new ();
  gint64 unit = llround (get_unit (self->currency));

  if (self->amount % unit == 0)
    json_object_set_int_member (money, "value", self->amount / unit);
  else
    json_object_set_double_member (money, "value", (double) self->amount / (double) unit);
  json_object_set_string_member (money, "currency", self->currency);
  return money;
}

static gboolean
read_extension (RcpVisitType *self, const char *url, RcpMoney *money)
{
  JsonObject *extension = fhir_json_get_extension (fhir_resource_get_json (rcp_visit_type_get_resource (self)), url);

  return rcp_money_read_json (fhir_json_get_object (extension, "valueMoney"), money);
}

/**
 * rcp_visit_type_get_price:
 * @self: a visit type
 * @price: (out): the clinic's list price: what is billed where no contract says otherwise
 */
gboolean
rcp_visit_type_get_price (RcpVisitType *self, RcpMoney *price)
{
  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), FALSE);

  return read_extension (self, RCP_EXTENSION_PRICE, price);
}

/**
 * rcp_visit_type_get_allowed:
 * @self: a visit type
 * @allowed: (out): what payers allow for it by their contracts with the clinic
 */
gboolean
rcp_visit_type_get_allowed (RcpVisitType *self, RcpMoney *allowed)
{
  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), FALSE);

  return read_extension (self, RCP_EXTENSION_ALLOWED, allowed);
}

/**
 * rcp_visit_type_get_service_type:
 * @self: a visit type
 *
 * Returns: the X12 service type code that payers are asked about; that of a visit in an office where the record says none
 */
const char *
rcp_visit_type_get_service_type (RcpVisitType *self)
{
  JsonObject *json;
  const char *code;

  g_return_val_if_fail (RCP_IS_VISIT_TYPE (self), RCP_SERVICE_TYPE_VISIT);

  json = fhir_resource_get_json (rcp_visit_type_get_resource (self));
  code = fhir_json_get_string (fhir_json_get_extension (json, RCP_EXTENSION_SERVICE_TYPE), "valueCode");
  if (code == NULL)
    code = rcp_elements_find_code (json, "type", RCP_SYSTEM_SERVICE_TYPE);
  return rcp_service_type_is_code (code) ? code : RCP_SERVICE_TYPE_VISIT;
}
