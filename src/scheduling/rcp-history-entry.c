/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-history"

#include "rcp-history-private.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

struct _RcpHistoryEntry
{
  GObject parent_instance;

  gint64 when;
  gint64 updated;
  char *who;
  char *code;
  char *reason;
  char *reference;
  FhirResource *resource;
  gboolean is_first;
  gboolean is_deletion;
  gboolean is_known;
  GPtrArray *changes;
};

G_DEFINE_FINAL_TYPE (RcpHistoryEntry, rcp_history_entry, G_TYPE_OBJECT)

static void
rcp_history_entry_finalize (GObject *object)
{
  RcpHistoryEntry *self = RCP_HISTORY_ENTRY (object);

  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_object (&self->resource);
  g_free (self->who);
  g_free (self->code);
  g_free (self->reason);
  g_free (self->reference);
  G_OBJECT_CLASS (rcp_history_entry_parent_class)->finalize (object);
}

static void
rcp_history_entry_class_init (RcpHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_history_entry_finalize;
}

static void
rcp_history_entry_init (RcpHistoryEntry *self)
{
}

static void
append_name (GString *names, const char *name)
{
  if (name != NULL && *name != '\0')
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
}

/* A desk of ours is one agent with a name; other programs name people, with or without words. */
static char *
list_agents (JsonObject *trace, RcpRoster *roster)
{
  JsonArray *agents = fhir_json_get_array (trace, "agent");
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < rcp_elements_get_length (agents); i++)
    {
      JsonObject *who = fhir_json_get_object (rcp_elements_get_object (agents, i), "who");
      const char *display = fhir_json_get_string (who, "display");
      const char *reference = fhir_json_get_string (who, "reference");
      g_autofree char *name = reference != NULL ? rcp_history_dup_name (roster, reference) : NULL;

      append_name (names, display != NULL ? display : name);
    }
  if (names->len > 0)
    return g_string_free (names, FALSE);
  g_string_free (names, TRUE);
  return NULL;
}

static const char *
find_reason (JsonObject *trace)
{
  JsonArray *reasons = fhir_json_get_array (trace, "reason");

  return rcp_elements_get_length (reasons) > 0 ? rcp_elements_get_concept_text (rcp_elements_get_object (reasons, 0)) : NULL;
}

RcpHistoryEntry *
rcp_history_entry_new (const RcpHistoryFacts *facts, RcpRoster *roster)
{
  RcpHistoryEntry *self = g_object_new (RCP_TYPE_HISTORY_ENTRY, NULL);
  JsonObject *trace = facts->trace != NULL ? fhir_resource_get_json (facts->trace) : NULL;

  self->when = facts->when;
  self->updated = facts->updated;
  self->reference = g_strdup (facts->reference);
  g_set_object (&self->resource, facts->resource);
  self->is_first = facts->is_first;
  self->is_deletion = facts->is_deletion;
  self->is_known = facts->is_known;
  self->changes = facts->changes;
  if (trace == NULL)
    return self;
  self->who = list_agents (trace, roster);
  self->code = g_strdup (rcp_elements_get_code (fhir_json_get_object (trace, "activity"), RCP_SYSTEM_DEED));
  self->reason = g_strdup (find_reason (trace));
  return self;
}

gint64
rcp_history_entry_get_when (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), 0);
  return self->when;
}

gint64
rcp_history_entry_get_updated (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), 0);
  return self->updated;
}

const char *
rcp_history_entry_get_who (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), NULL);
  return self->who;
}

const char *
rcp_history_entry_get_code (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), NULL);
  return self->code;
}

const char *
rcp_history_entry_get_reason (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), NULL);
  return self->reason;
}

const char *
rcp_history_entry_get_reference (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), NULL);
  return self->reference;
}

gboolean
rcp_history_entry_is_first (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), FALSE);
  return self->is_first;
}

gboolean
rcp_history_entry_is_deletion (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), FALSE);
  return self->is_deletion;
}

gboolean
rcp_history_entry_is_known (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), FALSE);
  return self->is_known;
}

FhirResource *
rcp_history_entry_get_resource (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), NULL);
  return self->resource;
}

GPtrArray *
rcp_history_entry_get_changes (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), NULL);
  return self->changes;
}

const RcpHistoryChange *
rcp_history_entry_find_change (RcpHistoryEntry *self, RcpHistoryField field)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), NULL);

  for (guint i = 0; i < self->changes->len; i++)
    {
      RcpHistoryChange *change = self->changes->pdata[i];

      if (change->field == field)
        return change;
    }
  return NULL;
}
