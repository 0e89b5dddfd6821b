/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpHistoryChange: one field that got another value.
 * @field: translated
 * @old_value: for people, or NULL when there was none
 * @new_value: for people, or NULL when there is none any more
 */
typedef struct
{
  const char *field;
  char *old_value;
  char *new_value;
} RcpHistoryChange;

/**
 * RcpHistoryEntry: what was done to a visit or a patient at one time; immutable.
 */
#define RCP_TYPE_HISTORY_ENTRY (rcp_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (RcpHistoryEntry, rcp_history_entry, RCP, HISTORY_ENTRY, GObject)

gint64 rcp_history_entry_get_when (RcpHistoryEntry *self);
const char *rcp_history_entry_get_who (RcpHistoryEntry *self);       /* the desk; NULL when another program did it */
const char *rcp_history_entry_get_code (RcpHistoryEntry *self);      /* of RCP_SYSTEM_DEED, or NULL */
const char *rcp_history_entry_get_deed (RcpHistoryEntry *self);      /* "Moved": translated, never NULL */
const char *rcp_history_entry_get_reason (RcpHistoryEntry *self);    /* in the words of the desk, or NULL */
const char *rcp_history_entry_get_reference (RcpHistoryEntry *self); /* of what was changed: "Appointment/1" */
GPtrArray *rcp_history_entry_get_changes (RcpHistoryEntry *self);    /* of RcpHistoryChange */

/* What happened to @reference, a visit ("Appointment/1") or a patient ("Patient/2", with all of the visits). */
void rcp_history_read_async (FhirClient *client,
                             const char *reference,
                             GTimeZone *zone,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* (transfer full): of RcpHistoryEntry, the latest first; NULL with a FhirError. */
GListModel *rcp_history_read_finish (GAsyncResult *result, GError **error);

/* Pure: @versions (element-type FhirResource): of one resource, in any order; @traces (element-type FhirResource): the
 * Provenance of it. Appends RcpHistoryEntry to @entries. */
void rcp_history_compose (GPtrArray *versions, GPtrArray *traces, GTimeZone *zone, GPtrArray *entries);

G_END_DECLS
