/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-mirror-values.h"
#include "fhir/fhir-bundle.h"
#include "fhir/fhir-search.h"

G_BEGIN_DECLS

/**
 * RcpMirrorSeen:
 *
 * The visits of a provider as the record had them when a mirror looked last. The record is asked for all of them at first, each ten minutes
 * and when somebody says so; in between for what has changed since. Private to the mirror.
 */
typedef struct _RcpMirrorSeen RcpMirrorSeen;

/* How they are put into words: as for rcp_mirror_words_for(). */
typedef struct
{
  const char *practitioner_id;
  RcpMirrorPrivacy privacy;
  const char *zone;
  const char *place;
} RcpMirrorTongue;

RcpMirrorSeen *rcp_mirror_seen_new (void); /* (transfer full): has seen nothing */
void rcp_mirror_seen_free (RcpMirrorSeen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorSeen, rcp_mirror_seen_free)

/* What to ask the record for: (transfer full). @can_ask_since: whether it searches by "_lastUpdated". @time: of a clock that only goes on. */
FhirSearch *rcp_mirror_seen_make_search (RcpMirrorSeen *self, const char *practitioner_id, RcpTimeRange window, gboolean can_ask_since,
                                         gint64 time);
/* What the search has found. */
void rcp_mirror_seen_take (RcpMirrorSeen *self, FhirBundle *bundle, const RcpMirrorTongue *tongue);
/* Copies of those of the window go to @wanted, of RcpMirrorVisit by id, and the ids of their patients to @patients, by that of the visit. */
void rcp_mirror_seen_tell (RcpMirrorSeen *self, GHashTable *wanted, GHashTable *patients);
/* All are asked for the next time: also those that are gone, of which no change tells. */
void rcp_mirror_seen_forget (RcpMirrorSeen *self);

G_END_DECLS
