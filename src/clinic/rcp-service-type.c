/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-service-type.h"

#include <glib/gi18n.h>
#include <string.h>

/* EB03 and EQ01 of X12 270/271 005010X279A1: the usual one first, then by what a desk would look for. */
static const RcpServiceType types[] = {
  { "98", N_ ("Visit in an office") },
  { "BY", N_ ("Office visit, sick") },
  { "BZ", N_ ("Office visit, well") },
  { "81", N_ ("Routine physical") },
  { "68", N_ ("Well baby") },
  { "80", N_ ("Immunizations") },
  { "1", N_ ("Medical care") },
  { "3", N_ ("Consultation") },
  { "2", N_ ("Surgery") },
  { "UC", N_ ("Urgent care") },
  { "BH", N_ ("Pediatrics") },
  { "BT", N_ ("Gynecology") },
  { "BU", N_ ("Obstetrics") },
  { "MH", N_ ("Mental health") },
  { "A6", N_ ("Psychotherapy") },
  { "AI", N_ ("Substance abuse") },
  { "PT", N_ ("Physical therapy") },
  { "AD", N_ ("Occupational therapy") },
  { "AF", N_ ("Speech therapy") },
  { "BG", N_ ("Cardiac rehabilitation") },
  { "33", N_ ("Chiropractic") },
  { "93", N_ ("Podiatry") },
  { "AL", N_ ("Vision") },
  { "35", N_ ("Dental care") },
  { "4", N_ ("X-ray") },
  { "62", N_ ("MRI or CT scan") },
  { "5", N_ ("Laboratory") },
  { "73", N_ ("Other diagnostics") },
  { "A0", N_ ("Outpatient visit") },
  { "A3", N_ ("Home visit") },
};

/**
 * rcp_service_type_list:
 * @n_types: (out): how many
 *
 * Returns: (array length=n_types): the first is the usual one
 */
const RcpServiceType *
rcp_service_type_list (guint *n_types)
{
  g_return_val_if_fail (n_types != NULL, NULL);

  *n_types = G_N_ELEMENTS (types);
  return types;
}

/**
 * rcp_service_type_get_name:
 * @code: (nullable): an X12 service type code
 *
 * Returns: (nullable): its name for people, translated, when it is one of those listed
 */
const char *
rcp_service_type_get_name (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].code, code) == 0)
      return _ (types[i].name);

  return NULL;
}

/* Whether it has the form of one: X12 writes one or two capital letters or digits, and no escapes. */
gboolean
rcp_service_type_is_code (const char *code)
{
  gsize length = code ? strlen (code) : 0;

  return length >= 1 && length <= 2 && strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length;
}
