/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/* What names a record in the calendars that it is mirrored to: one name per record, the same at each of its desks, by whatever address
 * they reach it. See docs/decisions/082. */

/* Reads the name, and gives the record one where it has none yet. */
void rcp_mirror_realm_find_async (FhirClient *client,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *rcp_mirror_realm_find_finish (GAsyncResult *result, GError **error); /* (transfer full) */

G_END_DECLS
