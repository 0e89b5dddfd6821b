/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-mirror-values.h"
#include "fhir/fhir-bundle.h"
#include "fhir/fhir-search.h"
#include "fhir/fhir-transaction.h"

G_BEGIN_DECLS

/**
 * RcpMirrorLedger:
 *
 * What the server of a provider's calendar was seen to have, as the record keeps it: some Basic resources for each provider and calendar.
 * It tells an event that was deleted there from one that never was there, at any desk and after any crash.
 */
typedef struct _RcpMirrorLedger RcpMirrorLedger;

/* @key: of the calendar, see rcp_mirror_calendar_dup_key(). */
RcpMirrorLedger *rcp_mirror_ledger_new (const char *practitioner_id, const char *key);
void rcp_mirror_ledger_free (RcpMirrorLedger *self);
FhirSearch *rcp_mirror_ledger_make_search (RcpMirrorLedger *self); /* (transfer full) */
/* Takes what the search has found for what the record holds now. */
void rcp_mirror_ledger_load (RcpMirrorLedger *self, FhirBundle *bundle);
GHashTable *rcp_mirror_ledger_dup_bases (RcpMirrorLedger *self); /* of RcpMirrorBase by id: (transfer full) */
gboolean rcp_mirror_ledger_has (RcpMirrorLedger *self, const char *id);
/* Adds to @transaction what makes the record hold @seen (of RcpMirrorBase) as well, and nothing of @forgotten (of ids). */
void rcp_mirror_ledger_write (RcpMirrorLedger *self, GPtrArray *seen, GPtrArray *forgotten, FhirTransaction *transaction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorLedger, rcp_mirror_ledger_free)

G_END_DECLS
