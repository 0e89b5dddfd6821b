/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-mirror-uid.h"

#include <string.h>

#define MARK "@visit.reception"
#define REALM_LETTERS 16
/* FHIR R4, id. */
#define ID_LETTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-."
#define ID_LENGTH 64

/* Enough of a hash to tell clinics apart; it keeps the address of a server out of calendars of others. */
static char *
shorten_realm (const char *realm)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, realm, -1);

  return g_strndup (hash, REALM_LETTERS);
}

/**
 * rcp_mirror_uid_new:
 * @realm: what all desks of this record call it
 * @appointment_id: of an Appointment: letters, digits, hyphens and points (FHIR R4, id)
 *
 * Returns: (transfer full): the UID of its event
 */
char *
rcp_mirror_uid_new (const char *realm, const char *appointment_id)
{
  g_autofree char *hash = NULL;

  g_return_val_if_fail (realm != NULL, NULL);
  g_return_val_if_fail (appointment_id != NULL, NULL);

  hash = shorten_realm (realm);
  return g_strconcat (appointment_id, ".", hash, MARK, NULL);
}

/**
 * rcp_mirror_uid_is_ours:
 * @uid: (nullable): of an event
 *
 * Returns: whether Reception has put it into the calendar, at whatever clinic
 */
gboolean
rcp_mirror_uid_is_ours (const char *uid)
{
  return uid != NULL && g_str_has_suffix (uid, MARK);
}

/**
 * rcp_mirror_uid_dup_appointment_id:
 * @uid: of an event
 * @realm: what all desks of this record call it
 *
 * What others have made of a UID goes no further: the id is part of what the record is asked for.
 *
 * Returns: (transfer full) (nullable): the id of its Appointment; %NULL for events of others, and where no such id can be
 */
char *
rcp_mirror_uid_dup_appointment_id (const char *uid, const char *realm)
{
  g_autofree char *hash = NULL;
  g_autofree char *end = NULL;
  gsize length;

  g_return_val_if_fail (uid != NULL, NULL);
  g_return_val_if_fail (realm != NULL, NULL);

  hash = shorten_realm (realm);
  end = g_strconcat (".", hash, MARK, NULL);
  if (!g_str_has_suffix (uid, end))
    return NULL;
  length = strlen (uid) - strlen (end);
  return length > 0 && length <= ID_LENGTH && strspn (uid, ID_LETTERS) >= length ? g_strndup (uid, length) : NULL;
}
