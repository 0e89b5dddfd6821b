/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-day-private.h"

/* Whether a change is news for a day: one of our own, which was read already, is not. */

static gboolean
is_same_version (const RcpChange *change, const char *version)
{
  return change->version != NULL && g_strcmp0 (change->version, version) == 0;
}

static gboolean
begins_within (RcpTimeRange day, RcpTimeRange range)
{
  return range.start >= day.start && range.start < day.end;
}

static gboolean
is_visit_news (RcpDay *day, const RcpChange *change)
{
  RcpVisit *known = rcp_day_find_visit (day, change->id);
  g_autoptr (RcpVisit) visit = NULL;

  if (known != NULL)
    return change->is_deleted
           || !is_same_version (change, fhir_resource_get_version_id (rcp_visit_get_resource (known)));
  if (change->resource == NULL)
    return FALSE;

  visit = rcp_visit_new (change->resource, NULL);
  return begins_within (rcp_day_get_range (day), rcp_visit_get_range (visit))
         && (rcp_visit_status_takes_time (rcp_visit_get_status (visit))
             || rcp_visit_get_status (visit) == RCP_VISIT_NOSHOW);
}

static const RcpSlot *
find_slot (RcpDay *day, const RcpSlot *wanted)
{
  GArray *slots = rcp_day_get_slots (day, wanted->schedule_id);

  for (guint i = 0; slots != NULL && i < slots->len; i++)
    if (g_str_equal (g_array_index (slots, RcpSlot, i).id, wanted->id))
      return &g_array_index (slots, RcpSlot, i);

  return NULL;
}

/* What a slot was before it was deleted, marked as wrong or moved to another day, it does not say. */
static gboolean
is_slot_news (RcpDay *day, const RcpChange *change)
{
  RcpSlot slot;
  const RcpSlot *known;
  gboolean is_news;

  if (change->resource == NULL || !rcp_slot_init_from_json (&slot, change->resource))
    return TRUE;

  known = find_slot (day, &slot);
  is_news = known != NULL ? !is_same_version (change, known->version_id)
                          : begins_within (rcp_day_get_range (day), slot.range);
  rcp_slot_clear (&slot);
  return is_news;
}

static gboolean
knows_encounter (RcpVisit *visit, const RcpChange *change)
{
  for (guint i = 0; i < rcp_visit_get_n_people (visit); i++)
    {
      FhirResource *known = rcp_visit_get_person_encounter (visit, i);

      if (known != NULL && g_strcmp0 (fhir_resource_get_id (known), change->id) == 0)
        return is_same_version (change, fhir_resource_get_version_id (known));
    }
  return FALSE;
}

/* An Encounter is about the visits that it names. */
static gboolean
is_encounter_news (RcpDay *day, const RcpChange *change)
{
  JsonObject *json = change->resource != NULL ? fhir_resource_get_json (change->resource) : NULL;

  for (guint i = 0; i < fhir_json_get_length (json, "appointment"); i++)
    {
      g_autofree char *path = g_strdup_printf ("appointment.%u.reference", i);
      g_autofree char *id = fhir_reference_dup_id (fhir_json_get_string (json, path), "Appointment");

      RcpVisit *visit = id != NULL ? rcp_day_find_visit (day, id) : NULL;

      if (visit != NULL && !knows_encounter (visit, change))
        return TRUE;
    }

  return json == NULL;
}

static gboolean
is_flag_news (RcpDay *day, const RcpChange *change)
{
  JsonObject *json = change->resource != NULL ? fhir_resource_get_json (change->resource) : NULL;
  g_autofree char *patient_id = fhir_reference_dup_id (fhir_json_get_string (json, "subject.reference"), "Patient");

  for (guint i = 0; patient_id != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (day)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);

      for (guint k = 0; k < rcp_visit_get_n_people (visit); k++)
        if (g_strcmp0 (rcp_visit_get_person_id (visit, k), patient_id) == 0)
          return TRUE;
    }

  return json == NULL;
}

gboolean
rcp_day_is_news (RcpDay *self, const RcpChange *change)
{
  if (change->id == NULL)
    return rcp_time_range_overlaps (rcp_day_get_range (self), change->range);
  if (g_str_equal (change->type, "Appointment"))
    return is_visit_news (self, change);
  if (g_str_equal (change->type, "Slot"))
    return is_slot_news (self, change);
  if (g_str_equal (change->type, "Encounter"))
    return is_encounter_news (self, change);

  return g_str_equal (change->type, "Flag") && is_flag_news (self, change);
}
