/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where changes are asked for, and what was told already. Private to the clinic. */

#include "clinic/rcp-change.h"
#include "fhir/fhir-search.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_CHANGE_SOURCE_SYSTEM_HISTORY,
  RCP_CHANGE_SOURCE_TYPE_HISTORY,
  RCP_CHANGE_SOURCE_TYPE_SEARCH,
  RCP_CHANGE_SOURCE_COUNT,
} RcpChangeSourceKind;

/* Where changes are asked for. */
typedef struct
{
  RcpChangeSourceKind kind;
  const char *type;
  const char *elements;
  gint64 latest;    /* lastUpdated of the latest change seen; G_MININT64 before the first reply */
  gint64 advanced;  /* monotonic time at which that was seen */
  GHashTable *seen; /* keys of the last reply */
  gint64 total;     /* of RCP_CHANGE_SOURCE_COUNT; -1 before the first reply */
  RcpTimeRange range;
  gboolean is_settled; /* nothing older than the latest can come any more */
  gboolean cannot_sort;
  gboolean is_dropped; /* the server does not offer it after all */
} RcpChangeSource;

/* @type, @elements: static; NULL where the kind needs none. */
RcpChangeSource *rcp_change_source_new (RcpChangeSourceKind kind, const char *type, const char *elements);
void rcp_change_source_free (RcpChangeSource *self);
/* The next question, relative to the base: (transfer full). @range: where a count counts. */
char *rcp_change_source_dup_path (RcpChangeSource *self, RcpTimeRange range);
/* Adds to @changes (element-type RcpChange) what was not told before. TRUE when there is more that was not read. */
gboolean rcp_change_source_take (RcpChangeSource *self, JsonObject *bundle, GPtrArray *changes);

G_END_DECLS
