/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-visit-private.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

#define MAX_MINUTES (7 * 24 * 60)

/* An Appointment knows that a patient has come; where the patient is, and since when, is told by the Encounter. */

static gint64
read_instant (JsonObject *json, const char *path)
{
  gint64 instant;

  return json != NULL && rcp_iso8601_parse_instant (fhir_json_get_string (json, path), &instant) ? instant : 0;
}

static gboolean
has_status (JsonObject *json, const char *status)
{
  return json != NULL && g_strcmp0 (fhir_json_get_string (json, "status"), status) == 0;
}

/* Encounter.statusHistory holds what is over: the present status began where the last of it ended. */
static gint64
read_status_start (JsonObject *encounter)
{
  gint64 since = read_instant (encounter, "period.start");
  JsonArray *history = encounter != NULL ? fhir_json_get_array (encounter, "statusHistory") : NULL;

  for (guint i = 0; i < rcp_elements_get_length (history); i++)
    {
      JsonObject *past = rcp_elements_get_object (history, i);

      if (past != NULL)
        since = MAX (since, read_instant (past, "period.end"));
    }
  return since;
}

/* The last place that was noted: where the patient is, or was. */
static void
read_room (RcpVisitFlow *flow, JsonObject *encounter)
{
  JsonArray *locations = encounter != NULL ? fhir_json_get_array (encounter, "location") : NULL;

  for (guint i = rcp_elements_get_length (locations); i > 0 && flow->room_id == NULL; i--)
    {
      JsonObject *location = rcp_elements_get_object (locations, i - 1);
      const char *reference = location != NULL ? fhir_json_get_string (location, "location.reference") : NULL;

      flow->room_id = reference != NULL ? fhir_reference_dup_id (reference, "Location") : NULL;
      flow->room_name = flow->room_id != NULL ? fhir_json_get_string (location, "location.display") : NULL;
    }
}

static gboolean
patient_has_accepted (JsonObject *appointment)
{
  JsonArray *participants = fhir_json_get_array (appointment, "participant");

  for (guint i = 0; i < rcp_elements_get_length (participants); i++)
    {
      JsonObject *participant = rcp_elements_get_object (participants, i);
      const char *reference = participant != NULL ? fhir_json_get_string (participant, "actor.reference") : NULL;
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Patient") : NULL;

      if (id != NULL)
        return has_status (participant, "accepted");
    }
  return FALSE;
}

static RcpVisitStatus
refine (JsonObject *appointment, JsonObject *encounter, gboolean has_room)
{
  RcpVisitStatus status = rcp_visit_status_from_code (fhir_json_get_string (appointment, "status"));

  switch (status)
    {
    case RCP_VISIT_BOOKED:
      return patient_has_accepted (appointment) ? RCP_VISIT_CONFIRMED : RCP_VISIT_BOOKED;
    case RCP_VISIT_ARRIVED:
      return has_status (encounter, "in-progress") ? RCP_VISIT_WITH_PROVIDER : RCP_VISIT_ARRIVED;
    case RCP_VISIT_CHECKED_IN:
      if (has_status (encounter, "in-progress") || has_status (encounter, "onleave"))
        return RCP_VISIT_WITH_PROVIDER;
      if (has_status (encounter, "triaged") || (has_status (encounter, "arrived") && has_room))
        return RCP_VISIT_ROOMED;
      return RCP_VISIT_CHECKED_IN;
    case RCP_VISIT_NOSHOW:
      return has_status (encounter, "cancelled") ? RCP_VISIT_LEFT : RCP_VISIT_NOSHOW;
    default:
      return status;
    }
}

static void
read_times (RcpVisitFlow *flow, JsonObject *appointment, JsonObject *encounter)
{
  if (flow->status == RCP_VISIT_FULFILLED || flow->status == RCP_VISIT_LEFT)
    flow->since = read_instant (encounter, "period.end");
  else if (rcp_visit_status_is_present (flow->status))
    flow->since = read_status_start (encounter);
  /* Without an Encounter, the last change of the visit is the best that can be known of one who waits. */
  if (flow->since == 0 && rcp_visit_status_is_present (flow->status))
    flow->since = read_instant (appointment, "meta.lastUpdated");
  if (flow->arrived == 0 && flow->status == RCP_VISIT_ARRIVED)
    flow->arrived = flow->since;
}

RcpVisitFlow
rcp_visit_flow_read (JsonObject *appointment, JsonObject *encounter)
{
  RcpVisitFlow flow = { .arrived = read_instant (encounter, "period.start") };

  read_room (&flow, encounter);
  flow.status = refine (appointment, encounter, flow.room_id != NULL);
  read_times (&flow, appointment, encounter);
  return flow;
}

/* An Encounter that was called off before it began tells that this one did not come. */
static RcpVisitStatus
get_of_called_off (JsonObject *encounter)
{
  return fhir_json_get_string (encounter, "period.start") != NULL || fhir_json_get_string (encounter, "period.end") != NULL
             ? RCP_VISIT_LEFT
             : RCP_VISIT_NOSHOW;
}

/* Of one among several, whose Encounter it is. What an Appointment says that is open or done, it says of the group. */
static RcpVisitStatus
refine_person (RcpVisitStatus status, JsonObject *encounter, gboolean has_room)
{
  gboolean is_here = status == RCP_VISIT_ARRIVED || status == RCP_VISIT_CHECKED_IN;
  gboolean is_done = status == RCP_VISIT_FULFILLED;

  if (has_status (encounter, "cancelled"))
    return get_of_called_off (encounter);
  if (has_status (encounter, "finished") || (is_done && !has_status (encounter, "planned")))
    return RCP_VISIT_FULFILLED;
  if (is_here && (has_status (encounter, "in-progress") || has_status (encounter, "onleave")))
    return RCP_VISIT_WITH_PROVIDER;
  if (is_here && (has_status (encounter, "triaged") || (has_status (encounter, "arrived") && has_room)))
    return RCP_VISIT_ROOMED;
  return is_here && has_status (encounter, "arrived") ? RCP_VISIT_ARRIVED : RCP_VISIT_BOOKED;
}

static RcpVisitStatus
read_person_status (JsonObject *appointment, const RcpVisitPerson *person, gboolean has_room)
{
  RcpVisitStatus status = rcp_visit_status_from_code (fhir_json_get_string (appointment, "status"));
  JsonObject *encounter = person->encounter != NULL ? fhir_resource_get_json (person->encounter) : NULL;
  RcpVisitStatus expected = person->has_accepted ? RCP_VISIT_CONFIRMED : RCP_VISIT_BOOKED;
  RcpVisitStatus refined;

  switch (status)
    {
    case RCP_VISIT_PENDING:
    case RCP_VISIT_BOOKED:
    case RCP_VISIT_ARRIVED:
    case RCP_VISIT_CHECKED_IN:
    case RCP_VISIT_FULFILLED:
      refined = encounter != NULL ? refine_person (status, encounter, has_room) : RCP_VISIT_BOOKED;
      if (refined != RCP_VISIT_BOOKED)
        return refined;
      return status == RCP_VISIT_PENDING ? RCP_VISIT_PENDING : expected;
    case RCP_VISIT_NOSHOW:
      return has_status (encounter, "cancelled") ? get_of_called_off (encounter) : RCP_VISIT_NOSHOW;
    default:
      return status;
    }
}

RcpVisitFlow
rcp_visit_flow_read_person (JsonObject *appointment, const RcpVisitPerson *person, gboolean has_encounters)
{
  JsonObject *encounter = person->encounter != NULL ? fhir_resource_get_json (person->encounter) : NULL;
  RcpVisitFlow flow = { .arrived = read_instant (encounter, "period.start") };

  read_room (&flow, encounter);
  flow.status = has_encounters ? read_person_status (appointment, person, flow.room_id != NULL) : refine (appointment, NULL, FALSE);
  /* By the Appointment alone all are as far as it is, but each has answered for himself. */
  if (flow.status == RCP_VISIT_BOOKED || flow.status == RCP_VISIT_CONFIRMED)
    flow.status = person->has_accepted ? RCP_VISIT_CONFIRMED : RCP_VISIT_BOOKED;
  read_times (&flow, appointment, encounter);
  return flow;
}

RcpTimeRange
rcp_visit_range_read (JsonObject *json)
{
  RcpTimeRange range = { 0, 0 };
  gint64 minutes = fhir_json_get_int (json, "minutesDuration", 0);

  if (!rcp_iso8601_parse_instant (fhir_json_get_string (json, "start"), &range.start))
    return range;
  if (!rcp_iso8601_parse_instant (fhir_json_get_string (json, "end"), &range.end) || range.end < range.start)
    range.end = range.start + CLAMP (minutes, 0, MAX_MINUTES) * G_TIME_SPAN_MINUTE;

  return range;
}

/**
 * rcp_visit_get_since:
 * @self: a visit
 *
 * Returns: when its status began; 0 when the record does not tell
 */
gint64
rcp_visit_get_since (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), 0);

  return rcp_visit_get_flow (self)->since;
}

/**
 * rcp_visit_get_arrived_at:
 * @self: a visit
 *
 * Returns: when the patient came; 0 when the record does not tell
 */
gint64
rcp_visit_get_arrived_at (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), 0);

  return rcp_visit_get_flow (self)->arrived;
}

const char *
rcp_visit_get_room_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return rcp_visit_get_flow (self)->room_id;
}

const char *
rcp_visit_get_room_name (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return rcp_visit_get_flow (self)->room_name;
}
