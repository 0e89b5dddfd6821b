/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/* The Patient that came along, or NULL; unlike rcp_visit_get_patient() it makes nothing of it. */
FhirResource *rcp_visit_get_patient_resource (RcpVisit *self);

/**
 * RcpVisitFlow:
 * @since: when @status began, 0 when unknown
 * @arrived: when the patient came, 0 when unknown
 * @room_id: (transfer full): or NULL
 * @room_name: borrowed of the Encounter, or NULL
 */
typedef struct
{
  RcpVisitStatus status;
  gint64 since;
  gint64 arrived;
  char *room_id;
  const char *room_name;
} RcpVisitFlow;

/* How far a visit has come, by an Appointment and its Encounter (nullable). */
RcpVisitFlow rcp_visit_flow_read (JsonObject *appointment, JsonObject *encounter);
const RcpVisitFlow *rcp_visit_get_flow (RcpVisit *self);

G_END_DECLS
