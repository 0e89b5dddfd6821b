/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpMirrorMark:
 * @name: of the mark itself
 * @key: of the calendar, see rcp_mirror_calendar_dup_key()
 * @practitioner_id: whose visits were mirrored there
 * @visits: ids of those whose events are to be taken out
 *
 * What says in the record that a calendar is being cleared of a provider's visits: the desk that does it may end on the way, and nothing
 * else tells then which events are left behind.
 */
typedef struct
{
  char *name;
  char *key;
  char *practitioner_id;
  GStrv visits;
} RcpMirrorMark;

void rcp_mirror_mark_free (RcpMirrorMark *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpMirrorMark, rcp_mirror_mark_free)

/* Adds a mark to @transaction; its name: (transfer full). */
char *rcp_mirror_mark_add_to (FhirTransaction *transaction, const char *key, const char *practitioner_id, const char *const *visits);
/* All that there are: (transfer full), of RcpMirrorMark. */
void rcp_mirror_marks_read_async (FhirClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rcp_mirror_marks_read_finish (GAsyncResult *result, GError **error);
/* The calendar is cleared. One that is gone already is no error. */
void rcp_mirror_mark_drop_async (FhirClient *client, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean rcp_mirror_mark_drop_finish (GAsyncResult *result, GError **error);

G_END_DECLS
