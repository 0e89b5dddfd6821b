/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: how an entry of a history comes about. */

#include "scheduling/rcp-history.h"

G_BEGIN_DECLS

/* @trace: the Provenance, or NULL; takes @changes (element-type RcpHistoryChange). */
RcpHistoryEntry *rcp_history_entry_new (gint64 when, FhirResource *trace, const char *reference, gboolean is_first, GPtrArray *changes);

GPtrArray *rcp_history_changes_new (void);
/* Nothing when both are the same. */
void rcp_history_changes_add (GPtrArray *changes, const char *field, const char *old_value, const char *new_value);
/* The fields that differ between two versions of a visit or patient; @before: nullable, for the first. */
void rcp_history_compare (JsonObject *before, JsonObject *after, GTimeZone *zone, GPtrArray *changes);

G_END_DECLS
