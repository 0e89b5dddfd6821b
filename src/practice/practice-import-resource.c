/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-import"

#include "practice-import-private.h"

#include <string.h>

gboolean
practice_import_is_id (const char *id)
{
  gsize length = strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

  return length > 0 && length <= 64 && id[length] == '\0';
}

/* In the form of a UUID of version 5 (RFC 4122, 4.3), though the name space is a text of ours. */
char *
practice_import_make_id (PracticeJson *resource)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  gsize length;
  g_autofree char *text = practice_json_print (resource, &length);
  guint8 digest[20];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) "urn:reception:import", -1);
  g_checksum_update (checksum, (const guchar *) text, length);
  g_checksum_get_digest (checksum, digest, &size);
  digest[6] = 0x50 | (digest[6] & 0x0f);
  digest[8] = 0x80 | (digest[8] & 0x3f);

  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          digest[0], digest[1], digest[2], digest[3], digest[4], digest[5], digest[6], digest[7],
                          digest[8], digest[9], digest[10], digest[11], digest[12], digest[13], digest[14],
                          digest[15]);
}

/* Takes out what the record sets itself, so that two versions can be compared as text. */
void
practice_import_strip_meta (PracticeJson *resource)
{
  PracticeJson *meta = practice_json_get_object (resource, "meta");

  if (meta == NULL)
    return;

  json_object_object_del (meta, "versionId");
  json_object_object_del (meta, "lastUpdated");
  if (json_object_object_length (meta) == 0)
    json_object_object_del (resource, "meta");
}

static gboolean
report_failure (PracticeImport *import, const char *reason)
{
  practice_import_report_add (import->report, TRUE, import->file, import->line, import->entry, "%s", reason);
  return TRUE;
}

gboolean
practice_import_resource (PracticeImport *import, PracticeJson *resource)
{
  g_autoptr(PracticeJson) owned = resource;
  const char *type = practice_json_get_string (resource, "resourceType");
  const char *id = practice_json_get_string (resource, "id");
  g_autoptr(PracticeOutcome) outcome = NULL;

  if (type == NULL || !practice_spec_is_resource_type (type))
    return report_failure (import, type == NULL ? "no FHIR resource: it has no resourceType" : "unknown resourceType");

  practice_import_strip_meta (resource);
  if (id == NULL && json_object_object_get (resource, "id") == NULL)
    {
      g_autofree char *made = practice_import_make_id (resource);

      json_object_object_add (resource, "id", json_object_new_string (made));
      id = practice_json_get_string (resource, "id");
    }
  if (id == NULL || !practice_import_is_id (id))
    return report_failure (import, "its id is no FHIR id");

  outcome = practice_outcome_new ();
  practice_spec_validate (resource, type, outcome);
  if (practice_outcome_has_error (outcome))
    return report_failure (import, practice_outcome_get_first_text (outcome));

  return practice_import_writer_push (import->writer, g_steal_pointer (&owned));
}
