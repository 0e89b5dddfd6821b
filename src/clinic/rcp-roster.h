/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-busy-times.h"
#include "clinic/rcp-values.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpRoster:
 *
 * Who works where and what can be booked: providers with Schedule and place, places, visit types. One immutable
 * snapshot, but for the busy times, which are followed; load another to see changes.
 */
#define RCP_TYPE_ROSTER (rcp_roster_get_type ())
G_DECLARE_FINAL_TYPE (RcpRoster, rcp_roster, RCP, ROSTER, GObject)

void rcp_roster_load_async (FhirClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpRoster *rcp_roster_load_finish (GAsyncResult *result, GError **error);

const char *rcp_roster_get_clinic_name (RcpRoster *self);     /* never NULL */
GListModel *rcp_roster_get_providers (RcpRoster *self);       /* of RcpProvider, by place, then specialty, then name */
GListModel *rcp_roster_get_places (RcpRoster *self);
GListModel *rcp_roster_get_visit_types (RcpRoster *self);
GListModel *rcp_roster_get_rooms (RcpRoster *self);           /* of RcpRoom: rooms and devices in use, by name */
RcpProvider *rcp_roster_find_provider (RcpRoster *self, const char *schedule_id);          /* borrowed */
/* The column of a visit: by practitioner and, where he or she has several, by place. */
RcpProvider *rcp_roster_find_provider_of_visit (RcpRoster *self, RcpVisit *visit);
RcpVisitType *rcp_roster_find_visit_type (RcpRoster *self, const char *code);
RcpPlace *rcp_roster_find_place (RcpRoster *self, const char *id);
RcpRoom *rcp_roster_find_room (RcpRoster *self, const char *reference);
GTimeZone *rcp_roster_get_zone (RcpRoster *self);              /* of the first place, never NULL */
guint rcp_roster_get_grain (RcpRoster *self);                  /* minutes of a slot */
/* Whether a visit type in use needs the room: only then it has Slots. */
gboolean rcp_roster_is_room_needed (RcpRoster *self, RcpRoom *room);

/* When its people are busy by their own calendars: set by whoever knows, and asked by every search. NULL until then. */
void rcp_roster_set_busy_times (RcpRoster *self, RcpBusyTimes *times);
RcpBusyTimes *rcp_roster_get_busy_times (RcpRoster *self);

/* What it was made of, also what is not in use any more: for those who change it. */
FhirResource *rcp_roster_lookup_resource (RcpRoster *self, const char *reference); /* borrowed, or NULL */
/* (transfer container) (element-type FhirResource), by id */
GPtrArray *rcp_roster_list_resources (RcpRoster *self, const char *type);

G_END_DECLS
