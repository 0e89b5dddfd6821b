/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: how an entry of a history comes about. */

#include "scheduling/rcp-history.h"

G_BEGIN_DECLS

/**
 * RcpHistorySource: what a server tells of one resource.
 * @versions: (element-type FhirVersion): in any order
 * @is_whole: whether those are all; else the oldest of them only tells what it was before the next
 * @current: as it is now, where that was read along, or NULL
 */
typedef struct
{
  char *reference;
  GPtrArray *versions;
  gboolean is_whole;
  FhirResource *current;
} RcpHistorySource;

RcpHistorySource *rcp_history_source_new (const char *reference, FhirResource *current);
void rcp_history_source_free (RcpHistorySource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpHistorySource, rcp_history_source_free)

/**
 * RcpHistoryPiece: what was read at a time.
 * @sources: (element-type RcpHistorySource)
 * @traces: (element-type FhirResource): the Provenance of them
 * @page: the visits, of which there may be a next page; NULL where none were searched
 * @is_unsorted: whether the server gave them in an order of its own
 */
typedef struct
{
  GPtrArray *sources;
  GPtrArray *traces;
  FhirBundle *page;
  RcpHistoryGaps gaps;
  gboolean is_unsorted;
} RcpHistoryPiece;

void rcp_history_piece_free (RcpHistoryPiece *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpHistoryPiece, rcp_history_piece_free)

/* Reads the first piece of the history of @reference, or the one behind the visits of @after. */
void rcp_history_read_piece_async (FhirClient *client, const char *reference, FhirBundle *after, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
RcpHistoryPiece *rcp_history_read_piece_finish (GAsyncResult *result, GError **error); /* (transfer full) */

/* What is known of one entry, borrowed but for @changes. */
typedef struct
{
  gint64 when;
  gint64 updated; /* by the clock of the server */
  FhirResource *trace;
  FhirResource *resource;
  const char *reference;
  gboolean is_first;
  gboolean is_deletion;
  gboolean is_known;
  GPtrArray *changes; /* taken */
} RcpHistoryFacts;

RcpHistoryEntry *rcp_history_entry_new (const RcpHistoryFacts *facts, RcpRoster *roster);
gint64 rcp_history_entry_get_updated (RcpHistoryEntry *self);

GPtrArray *rcp_history_changes_new (void);
/* Nothing when both are the same. */
void rcp_history_changes_add (GPtrArray *changes, RcpHistoryField field, const char *old_value, const char *new_value);
/* What differs between two versions; @before: nullable, for the first. @roster: nullable. */
void rcp_history_compare (JsonObject *before, JsonObject *after, RcpRoster *roster, GPtrArray *changes);
/* The name of what a reference points to, as the roster has it: (transfer full) (nullable). @roster: nullable. */
char *rcp_history_dup_name (RcpRoster *roster, const char *reference);

/* rcp-history-match.c */
gint64 rcp_history_get_instant (FhirResource *resource, const char *path); /* 0 when there is none; @resource: nullable */
const char *rcp_history_trace_get_status (FhirResource *trace, const char *url); /* @trace: nullable */
/* (transfer full) (element-type FhirResource): those whose target is @reference, the oldest first. */
GPtrArray *rcp_history_pick_traces (GPtrArray *traces, const char *reference);
GPtrArray *rcp_history_match_traces (const RcpHistorySource *source, GPtrArray *versions, GPtrArray *open);

/* Appends the RcpHistoryEntry of @source to @entries. @traces (element-type FhirResource): Provenance, of others as well.
 * @roster: nullable. Pure. */
void rcp_history_compose (const RcpHistorySource *source, GPtrArray *traces, RcpRoster *roster, GPtrArray *entries);

G_END_DECLS
