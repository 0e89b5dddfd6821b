/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpOwnVisits:
 *
 * When the patients who are to get a visit are elsewhere: the visits that they have already. Read from the record once for a
 * dialog, and kept: the record itself refuses what another desk booked for them meanwhile.
 */
#define RCP_TYPE_OWN_VISITS (rcp_own_visits_get_type ())
G_DECLARE_FINAL_TYPE (RcpOwnVisits, rcp_own_visits, RCP, OWN_VISITS, GObject)

/* @patient_ids: at least one. @except_id: the visit that is moved, which is in nobody's way, or NULL. */
RcpOwnVisits *rcp_own_visits_new (FhirClient *client, const char *const *patient_ids, const char *except_id);
/* What comes along wherever they go: its visits are in the way as theirs are. Before anything is read. */
void rcp_own_visits_add_room (RcpOwnVisits *self, const char *reference);
/* Reads those that touch @range, unless they are known already. */
void rcp_own_visits_read_async (RcpOwnVisits *self,
                                RcpTimeRange range,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean rcp_own_visits_read_finish (RcpOwnVisits *self, GAsyncResult *result, GError **error);

/* When they are, of what was read: borrowed until the next reading, normalized (element-type RcpTimeRange). */
GArray *rcp_own_visits_get_ranges (RcpOwnVisits *self);
/* The first that overlaps @range: borrowed, or NULL. */
RcpVisit *rcp_own_visits_find (RcpOwnVisits *self, RcpTimeRange range);
/* Of several patients: whether this one is elsewhere in @range; the visit @except_id (nullable) does not count. */
gboolean
rcp_own_visits_has (RcpOwnVisits *self, const char *patient_id, const char *except_id, RcpTimeRange range);
/* "Garcia, Maria already has a visit with Dr. X at that time (Tue 3 Dec, 9:00)": (transfer full), translated, without a full stop.
 * @provider: of @visit, or NULL. @zone: of whom it is told to. */
char *rcp_own_visits_describe (RcpVisit *visit, RcpProvider *provider, GTimeZone *zone);

/* Private to scheduling: the Appointments of @actors ("Patient/1,Practitioner/2") that may touch @range: (transfer full). */
FhirSearch *rcp_own_visits_make_search (const char *actors, RcpTimeRange range);

G_END_DECLS
