/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-visit-private.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

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

RcpVisitFlow
rcp_visit_flow_read (JsonObject *appointment, JsonObject *encounter)
{
  RcpVisitFlow flow = { .arrived = read_instant (encounter, "period.start") };

  read_room (&flow, encounter);
  flow.status = refine (appointment, encounter, flow.room_id != NULL);
  if (flow.status == RCP_VISIT_FULFILLED || flow.status == RCP_VISIT_LEFT)
    flow.since = read_instant (encounter, "period.end");
  else if (rcp_visit_status_is_present (flow.status))
    flow.since = read_status_start (encounter);
  /* Without an Encounter, the last change of the visit is the best that can be known of one who waits. */
  if (flow.since == 0 && rcp_visit_status_is_present (flow.status))
    flow.since = read_instant (appointment, "meta.lastUpdated");
  if (flow.arrived == 0 && flow.status == RCP_VISIT_ARRIVED)
    flow.arrived = flow.since;
  return flow;
}

/* Of several Encounters of one visit, the one that began last counts. */
static gboolean
is_later (FhirResource *a, FhirResource *b)
{
  return read_instant (fhir_resource_get_json (a), "period.start") >
         read_instant (fhir_resource_get_json (b), "period.start");
}

static void
index_encounter (GHashTable *by_visit, FhirResource *encounter)
{
  JsonArray *appointments;

  if (g_strcmp0 (fhir_resource_get_resource_type (encounter), "Encounter") != 0 ||
      has_status (fhir_resource_get_json (encounter), "entered-in-error"))
    return;

  appointments = fhir_json_get_array (fhir_resource_get_json (encounter), "appointment");
  for (guint i = 0; i < rcp_elements_get_length (appointments); i++)
    {
      JsonObject *appointment = rcp_elements_get_object (appointments, i);
      const char *reference = appointment != NULL ? fhir_json_get_string (appointment, "reference") : NULL;
      char *id = reference != NULL ? fhir_reference_dup_id (reference, "Appointment") : NULL;
      FhirResource *known = id != NULL ? g_hash_table_lookup (by_visit, id) : NULL;

      if (id != NULL && (known == NULL || is_later (encounter, known)))
        g_hash_table_replace (by_visit, id, g_object_ref (encounter));
      else
        g_free (id);
    }
}

static GHashTable *
new_index (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static void
index_all (GHashTable *by_visit, GPtrArray *resources)
{
  for (guint i = 0; i < resources->len; i++)
    index_encounter (by_visit, g_ptr_array_index (resources, i));
}

/**
 * rcp_encounters_by_visit:
 * @bundle: a reply
 *
 * Returns: (transfer full) (element-type utf8 FhirResource): the Encounters in it, by the id of their Appointment; what
 *   was entered in error is not among them
 */
GHashTable *
rcp_encounters_by_visit (FhirBundle *bundle)
{
  GHashTable *by_visit = new_index ();

  g_return_val_if_fail (FHIR_IS_BUNDLE (bundle), by_visit);

  index_all (by_visit, fhir_bundle_get_matches (bundle));
  index_all (by_visit, fhir_bundle_get_includes (bundle));
  return by_visit;
}

/**
 * rcp_encounters_pick:
 * @resources: (element-type FhirResource): anything
 * @visit_id: of an Appointment
 *
 * Returns: (transfer none) (nullable): the Encounter of that visit
 */
FhirResource *
rcp_encounters_pick (GPtrArray *resources, const char *visit_id)
{
  g_autoptr(GHashTable) by_visit = new_index ();

  g_return_val_if_fail (resources != NULL && visit_id != NULL, NULL);

  index_all (by_visit, resources);
  return g_hash_table_lookup (by_visit, visit_id);
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

/**
 * rcp_visit_get_overbook_reason:
 * @self: a visit
 *
 * Returns: (nullable): why it was put where others are already; %NULL for a visit with a time of its own
 */
const char *
rcp_visit_get_overbook_reason (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_json_get_string (fhir_json_get_extension (fhir_resource_get_json (rcp_visit_get_resource (self)),
                                                        RCP_EXTENSION_OVERBOOKED),
                               "valueString");
}

const char *
rcp_visit_get_series_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_json_get_identifier (fhir_resource_get_json (rcp_visit_get_resource (self)), RCP_SYSTEM_SERIES);
}

const char *
rcp_visit_get_together_id (RcpVisit *self)
{
  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  return fhir_json_get_identifier (fhir_resource_get_json (rcp_visit_get_resource (self)), RCP_SYSTEM_TOGETHER);
}

/* All who come, and did not decline. */
static void
list_patients (RcpVisit *self, GStrvBuilder *ids, GStrvBuilder *names)
{
  JsonArray *participants = fhir_json_get_array (fhir_resource_get_json (rcp_visit_get_resource (self)), "participant");

  for (guint i = 0; i < rcp_elements_get_length (participants); i++)
    {
      JsonObject *participant = rcp_elements_get_object (participants, i);
      const char *reference = fhir_json_get_string (participant, "actor.reference");
      const char *name = fhir_json_get_string (participant, "actor.display");
      g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Patient") : NULL;

      if (id == NULL || g_strcmp0 (fhir_json_get_string (participant, "status"), "declined") == 0)
        continue;
      g_strv_builder_add (ids, id);
      g_strv_builder_add (names, name != NULL ? name : "");
    }
}

GStrv
rcp_visit_dup_patient_ids (RcpVisit *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  list_patients (self, ids, names);
  return g_strv_builder_end (ids);
}

GStrv
rcp_visit_dup_companions (RcpVisit *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_return_val_if_fail (RCP_IS_VISIT (self), NULL);

  list_patients (self, ids, names);
  all = g_strv_builder_end (names);
  return g_strdupv (all[0] != NULL ? all + 1 : all);
}
