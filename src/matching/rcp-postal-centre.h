/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-geo.h"
#include "clinic/rcp-roster.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/* Where the middle of a postal code is, for a patient of whom nobody knows where the house is: from the addresses of that postal code in
 * the record that have a position. Nothing is guessed: too few of them, or too far apart, and it is not known. */

#define RCP_POSTAL_CENTRE_LEAST 5 /* addresses; fewer would tell where somebody else lives */

gboolean rcp_postal_centre_find (const RcpPosition *positions, guint n_positions, RcpPosition *centre);
gboolean rcp_postal_centre_is_missed (RcpPatient *patient);
void rcp_postal_centre_load_async (FhirClient *client, RcpRoster *roster, RcpPatient *patient, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_postal_centre_load_finish (GAsyncResult *result, RcpPosition *centre, GError **error);

G_END_DECLS
