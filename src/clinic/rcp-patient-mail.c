/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-patient-mail.h"

#include <string.h>

#include "rcp-codes.h"
#include "rcp-patient-json.h"

#define MAX_LETTERS 254 /* RFC 5321, 4.5.3.1.3 */

/* Those that need no quoting in an address, in a "mailto:" and in a line of a calendar. Rare ones are left out: a character that ends a
 * line or a value would begin another one. */
static gboolean
is_plain (const char *letters, gsize length, const char *others)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (letters[i]) && (letters[i] == '\0' || !strchr (others, letters[i])))
      return FALSE;
  return length > 0;
}

static gboolean
is_address (const char *text)
{
  const char *at = text != NULL ? strchr (text, '@') : NULL;

  return at != NULL && strlen (text) <= MAX_LETTERS && is_plain (text, (gsize) (at - text), ".-_+'=~")
         && is_plain (at + 1, strlen (at + 1), ".-") && at[1] != '.';
}

static gboolean
may_be_written_to (RcpPatient *patient)
{
  JsonObject *json = fhir_resource_get_json (rcp_patient_get_resource (patient));
  JsonObject *forbidden = fhir_json_get_extension (json, RCP_EXTENSION_DO_NOT_CONTACT);

  return !fhir_json_get_boolean (forbidden, "valueBoolean", FALSE) && fhir_json_get_boolean (json, "active", TRUE)
         && !rcp_patient_is_deceased (patient)
         /* Not one that has ended: it may be somebody else's now. */
         && rcp_patient_json_find_telecom (json, "email", "") != NULL;
}

/**
 * rcp_patient_dup_mail_address:
 * @patient: a patient
 *
 * Returns: (transfer full) (nullable): where a program may send e-mail to: in small letters. %NULL where there is no such address, where the
 *   patient is not to be contacted, and where the record is of nobody who lives or comes here
 */
char *
rcp_patient_dup_mail_address (RcpPatient *patient)
{
  const char *address;
  g_autofree char *text = NULL;

  g_return_val_if_fail (RCP_IS_PATIENT (patient), NULL);

  address = may_be_written_to (patient) ? rcp_patient_get_email (patient) : NULL;
  text = address != NULL ? g_strstrip (g_strdup (address)) : NULL;
  return is_address (text) ? g_ascii_strdown (text, -1) : NULL;
}
