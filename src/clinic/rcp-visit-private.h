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

/* When it is: empty at 1970 when it has no time. */
RcpTimeRange rcp_visit_range_read (JsonObject *appointment);
/* How far a visit has come, by an Appointment and its Encounter (nullable). */
RcpVisitFlow rcp_visit_flow_read (JsonObject *appointment, JsonObject *encounter);
const RcpVisitFlow *rcp_visit_get_flow (RcpVisit *self);

/**
 * RcpVisitPerson: one of several who come to a visit.
 * @display: (nullable): what the Appointment calls him or her; borrowed of it
 * @patient: (nullable): the Patient, when it came along
 * @encounter: (nullable): of this one
 * @flow: how far he or she is
 */
typedef struct
{
  char *id;
  const char *display;
  gboolean has_accepted;
  FhirResource *patient;
  FhirResource *encounter;
  RcpVisitFlow flow;
} RcpVisitPerson;

GArray *rcp_visit_people_read (JsonObject *appointment, const char *visit_id, RcpEncounters *encounters, RcpResourceFind find,
                               gpointer source);
RcpVisitFlow rcp_visit_people_get_flow (GArray *people, FhirResource **encounter);
/* The same for one of several. @has_encounters: whether any of them has one, so that who has none did not come yet. */
RcpVisitFlow rcp_visit_flow_read_person (JsonObject *appointment, const RcpVisitPerson *person, gboolean has_encounters);
GArray *rcp_visit_get_people (RcpVisit *self); /* (nullable) (element-type RcpVisitPerson): NULL when it is one */
/* Whether both know the same of those who come. */
gboolean rcp_visit_has_same_people (RcpVisit *a, RcpVisit *b, gboolean (*is_same) (FhirResource *, FhirResource *));

G_END_DECLS
