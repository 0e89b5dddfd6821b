/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-history"

#include "rcp-history-private.h"

#include <glib/gi18n.h>

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

struct _RcpHistoryEntry
{
  GObject parent_instance;

  gint64 when;
  char *who;
  char *code;
  char *reason;
  char *reference;
  gboolean is_first;
  GPtrArray *changes;
};

G_DEFINE_FINAL_TYPE (RcpHistoryEntry, rcp_history_entry, G_TYPE_OBJECT)

static const struct
{
  const char *code;
  const char *label;
} deeds[] = {
  { "book", N_ ("Booked") },
  { "move", N_ ("Moved") },
  { "cancel", N_ ("Cancelled") },
  { "status", N_ ("Status changed") },
  { "correct", N_ ("Status corrected") },
  { "undo", N_ ("Undone") },
  { "block", N_ ("Time blocked") },
  { "unblock", N_ ("Time freed") },
};

static void
rcp_history_entry_finalize (GObject *object)
{
  RcpHistoryEntry *self = RCP_HISTORY_ENTRY (object);

  g_clear_pointer (&self->changes, g_ptr_array_unref);
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

RcpHistoryEntry *
rcp_history_entry_new (gint64 when, FhirResource *trace, const char *reference, gboolean is_first, GPtrArray *changes)
{
  RcpHistoryEntry *self = g_object_new (RCP_TYPE_HISTORY_ENTRY, NULL);
  JsonObject *json = trace != NULL ? fhir_resource_get_json (trace) : NULL;

  self->when = when;
  self->reference = g_strdup (reference);
  self->is_first = is_first;
  self->changes = changes;
  if (json == NULL)
    return self;
  self->who = g_strdup (fhir_json_get_string (json, "agent.0.who.display"));
  self->code = g_strdup (rcp_elements_get_code (fhir_json_get_object (json, "activity"), RCP_SYSTEM_DEED));
  self->reason = g_strdup (fhir_json_get_string (json, "reason.0.text"));
  return self;
}

gint64
rcp_history_entry_get_when (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), 0);
  return self->when;
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

/**
 * rcp_history_entry_get_deed:
 * @self: an entry
 *
 * Returns: what was done, translated; when the record does not tell, whether it was made or changed
 */
const char *
rcp_history_entry_get_deed (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), NULL);

  for (guint i = 0; self->code != NULL && i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (deeds[i].code, self->code))
      return _ (deeds[i].label);
  /* Translators: of a visit or a patient in a history: it was entered, or it got other values */
  return self->is_first ? _ ("Created") : _ ("Changed");
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

GPtrArray *
rcp_history_entry_get_changes (RcpHistoryEntry *self)
{
  g_return_val_if_fail (RCP_IS_HISTORY_ENTRY (self), NULL);
  return self->changes;
}
