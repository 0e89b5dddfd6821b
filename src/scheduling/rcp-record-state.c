/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-record-state"

#include "rcp-commit.h"

struct _RcpRecordState
{
  GHashTable *by_reference;
};

RcpRecordState *
rcp_record_state_new (void)
{
  RcpRecordState *self = g_new0 (RcpRecordState, 1);

  self->by_reference = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  return self;
}

void
rcp_record_state_free (RcpRecordState *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_reference);
  g_free (self);
}

static void
add_all (RcpRecordState *self, GPtrArray *resources)
{
  for (guint i = 0; i < resources->len; i++)
    {
      FhirResource *resource = resources->pdata[i];
      const char *reference = fhir_resource_get_reference (resource);

      if (reference != NULL)
        g_hash_table_replace (self->by_reference, (char *)reference, g_object_ref (resource));
    }
}

/* A later Bundle is the newer truth. */
void
rcp_record_state_add (RcpRecordState *self, FhirBundle *bundle)
{
  add_all (self, fhir_bundle_get_matches (bundle));
  add_all (self, fhir_bundle_get_includes (bundle));
}

FhirResource *
rcp_record_state_lookup (RcpRecordState *self, const char *reference)
{
  return g_hash_table_lookup (self->by_reference, reference);
}

FhirResource *
rcp_record_state_find (RcpRecordState *self, const char *type, const char *system, const char *value)
{
  GHashTableIter iter;
  gpointer resource;

  g_hash_table_iter_init (&iter, self->by_reference);
  while (g_hash_table_iter_next (&iter, NULL, &resource))
    if (g_strcmp0 (fhir_resource_get_resource_type (resource), type) == 0
        && g_strcmp0 (fhir_json_get_identifier (fhir_resource_get_json (resource), system), value) == 0)
      return resource;
  return NULL;
}

/* Visits come last: whoever takes from the end deals with them first. */
GPtrArray *
rcp_record_state_dup_all (RcpRecordState *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer resource;

  g_hash_table_iter_init (&iter, self->by_reference);
  while (g_hash_table_iter_next (&iter, NULL, &resource))
    {
      gboolean is_visit = g_strcmp0 (fhir_resource_get_resource_type (resource), "Appointment") == 0;

      g_ptr_array_insert (all, is_visit ? -1 : 0, g_object_ref (resource));
    }
  return all;
}
