/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "clinic/rcp-roster.h"

G_BEGIN_DECLS

/* Publishes hours: Schedule per provider role and Slots at the clinic's grain from today to the horizon, where there
 * are none yet; existing slots are never touched. Safe to repeat (slot identifiers are conditional creates or the
 * existing ones are read first). Run at each start, so that the horizon extends as days pass. Tells how many slots were
 * made. */
void rcp_publish_hours_async (FhirClient *client,
                              RcpRoster *roster,
                              RcpClock *clock,
                              guint grain_minutes,
                              guint horizon_days,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean rcp_publish_hours_finish (GAsyncResult *result, guint *n_published, GError **error);

/* Makes a running clinic of a record that holds Practitioners and Organizations but no PractitionerRole with a Schedule
 * (imported Synthea patients; or nothing but a clinic name: then one place and no provider): organizations with
 * practitioners' roles become Locations, up to
 * @max_providers practitioners get a role, usual hours (Mo-Fr 9-12, 13-17), a specialty, a Schedule; the usual visit
 * types become HealthcareServices. */
void rcp_found_clinic_async (FhirClient *client,
                             RcpClock *clock,
                             const char *clinic_name,
                             const char *zone,
                             guint max_providers,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean rcp_found_clinic_finish (GAsyncResult *result, guint *n_providers, GError **error);

G_END_DECLS
