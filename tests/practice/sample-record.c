/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-record.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/rcp-iso8601.h"
#include "practice/practice-sample.h"

PracticeStore *
sample_record_open (const char *folder, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  PracticeStore *store = practice_store_open (path, PRACTICE_STORE_WRITER, &error);

  g_assert_no_error (error);
  return store;
}

GPtrArray *
sample_record_read_all (PracticeStore *store)
{
  GPtrArray *resources = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_json_unref);
  gint64 next = 0;

  do
    {
      g_autoptr(GPtrArray) versions = practice_store_history (store, NULL, NULL, 0, next, 5000, &next);

      for (guint i = 0; i < versions->len; i++)
        {
          const PracticeVersion *version = g_ptr_array_index (versions, i);
          g_autoptr(PracticeOutcome) outcome = practice_outcome_new ();
          PracticeJson *resource = practice_json_parse (version->content, version->length, outcome);

          g_assert_nonnull (resource);
          g_ptr_array_add (resources, resource);
        }
    }
  while (next != 0);

  return resources;
}

PracticeStore *
sample_record_fill (const char *folder, const char *name, gint64 now)
{
  g_autoptr(GError) error = NULL;
  PracticeStore *store = sample_record_open (folder, name);

  g_assert_true (practice_sample_fill (store, now, SAMPLE_ZONE, &error));
  g_assert_no_error (error);
  return store;
}

void
sample_record_remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_unlink (file), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

gboolean
sample_is_type (PracticeJson *resource, const char *type)
{
  return g_str_equal (practice_json_get_string (resource, "resourceType"), type);
}

/* The value of the identifier of @system. */
const char *
sample_find_identifier (PracticeJson *resource, const char *system)
{
  PracticeJson *identifiers = practice_json_get_array (resource, "identifier");

  for (gsize i = 0; identifiers != NULL && i < json_object_array_length (identifiers); i++)
    {
      PracticeJson *identifier = json_object_array_get_idx (identifiers, i);

      if (g_strcmp0 (practice_json_get_string (identifier, "system"), system) == 0)
        return practice_json_get_string (identifier, "value");
    }

  return NULL;
}

/* The reference of the first participant of @type. */
const char *
sample_find_participant (PracticeJson *visit, const char *type)
{
  PracticeJson *participants = practice_json_get_array (visit, "participant");

  for (gsize i = 0; i < json_object_array_length (participants); i++)
    {
      PracticeJson *actor = practice_json_get_object (json_object_array_get_idx (participants, i), "actor");
      const char *reference = practice_json_get_string (actor, "reference");

      if (g_str_has_prefix (reference, type) && reference[strlen (type)] == '/')
        return reference;
    }

  return NULL;
}

gint64
sample_get_instant (PracticeJson *resource, const char *member)
{
  gint64 instant;

  g_assert_true (rcp_iso8601_parse_instant (practice_json_get_string (resource, member), &instant));
  return instant;
}

/* As the desk sees it: rcp_visit_status_takes_time() of the clinic floor. */
gboolean
sample_takes_time (PracticeJson *visit)
{
  const char *status = practice_json_get_string (visit, "status");

  return !g_str_equal (status, "cancelled") && !g_str_equal (status, "noshow");
}

/* "haddad" or "ecg-1": whose slot it is. */
const char *
sample_get_owner (PracticeJson *slot)
{
  return practice_json_get_string (practice_json_get_object (slot, "schedule"), "reference") + strlen ("Schedule/sample-c-");
}

PracticeJson *
sample_find_resource (const SampleRecord *record, const char *reference)
{
  for (guint i = 0; i < record->resources->len; i++)
    {
      PracticeJson *resource = g_ptr_array_index (record->resources, i);

      if (g_str_has_suffix (reference, practice_json_get_string (resource, "id")) && g_str_has_prefix (reference, practice_json_get_string (resource, "resourceType")))
        return resource;
    }
  return NULL;
}
