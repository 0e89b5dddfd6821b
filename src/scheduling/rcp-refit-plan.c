/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-refit-plan"

#include "rcp-refit-private.h"

#include "clinic/rcp-available-time.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "rcp-setup-private.h"

#include <glib/gi18n.h>

void
rcp_refit_target_free (RcpRefitTarget *target)
{
  g_clear_object (&target->schedule);
  g_clear_object (&target->provider);
  g_clear_pointer (&target->zone, g_time_zone_unref);
  g_clear_pointer (&target->hours, g_ptr_array_unref);
  g_free (target->actor);
  g_free (target->site);
  g_free (target);
}

static gboolean
is_marked (FhirResource *schedule)
{
  return fhir_json_get_extension (fhir_resource_get_json (schedule), RCP_EXTENSION_REFIT) != NULL;
}

gboolean
rcp_refit_is_needed (RcpRoster *roster)
{
  g_autoptr (GPtrArray) schedules = rcp_roster_list_resources (roster, "Schedule");

  for (guint i = 0; i < schedules->len; i++)
    if (is_marked (schedules->pdata[i]))
      return TRUE;
  return FALSE;
}

static char *
dup_actor (RcpRoster *roster, FhirResource *schedule)
{
  g_autofree char *role = rcp_setup_dup_actor (schedule, "PractitionerRole");
  FhirResource *resource = rcp_roster_lookup_resource (roster, role);
  char *actor = rcp_setup_dup_actor (schedule, "Practitioner");

  if (actor == NULL && resource != NULL)
    actor = fhir_reference_dup_relative (
        fhir_json_get_string (fhir_resource_get_json (resource), "practitioner.reference"));
  if (actor == NULL)
    actor = rcp_setup_dup_actor (schedule, "Device");
  return actor != NULL ? actor : rcp_setup_dup_actor (schedule, "Location");
}

static RcpRoom *
find_room (RcpRoster *roster, FhirResource *schedule, const char *actor)
{
  RcpRoom *room = rcp_roster_find_room (roster, actor);

  return room != NULL && g_strcmp0 (rcp_room_get_schedule_id (room), fhir_resource_get_id (schedule)) == 0 ? room : NULL;
}

/* A room is open whenever a provider works at its site. */
static void
add_hours_of_site (RcpRefitTarget *target, RcpRoster *roster)
{
  GListModel *providers = rcp_roster_get_providers (roster);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      RcpPlace *place = rcp_provider_get_place (provider);

      if (place != NULL && g_strcmp0 (rcp_place_get_id (place), target->site) == 0)
        g_ptr_array_add (target->hours, (gpointer)rcp_provider_get_hours (provider));
    }
}

RcpRefitTarget *
rcp_refit_target_new (RcpRoster *roster, FhirResource *schedule)
{
  g_autoptr (RcpRefitTarget) target = g_new0 (RcpRefitTarget, 1);
  RcpPlace *place;
  RcpRoom *room;

  target->schedule = g_object_ref (schedule);
  target->hours = g_ptr_array_new ();
  target->actor = dup_actor (roster, schedule);
  target->site = rcp_setup_dup_site_of (roster, schedule);
  if (target->actor == NULL)
    return NULL;
  place = rcp_roster_find_place (roster, target->site);
  target->zone = g_time_zone_ref (place != NULL ? rcp_place_get_zone (place) : rcp_roster_get_zone (roster));
  g_set_object (&target->provider, rcp_roster_find_provider (roster, fhir_resource_get_id (schedule)));
  room = find_room (roster, schedule, target->actor);
  if (target->provider != NULL)
    g_ptr_array_add (target->hours, (gpointer)rcp_provider_get_hours (target->provider));
  else if (room != NULL && rcp_roster_is_room_needed (roster, room))
    add_hours_of_site (target, roster);
  else
    target->fits_all = room != NULL;
  return g_steal_pointer (&target);
}

GPtrArray *
rcp_refit_list_targets (RcpRoster *roster)
{
  g_autoptr (GPtrArray) schedules = rcp_roster_list_resources (roster, "Schedule");
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_refit_target_free);

  for (guint i = 0; i < schedules->len; i++)
    {
      RcpRefitTarget *target = is_marked (schedules->pdata[i]) ? rcp_refit_target_new (roster, schedules->pdata[i]) : NULL;

      if (target != NULL)
        g_ptr_array_add (targets, target);
    }
  return targets;
}

static GArray *
list_open_day (RcpRefitTarget *target, const GDate *day)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  for (guint i = 0; i < target->hours->len; i++)
    {
      g_autoptr (GArray) ranges = rcp_weekly_hours_expand (target->hours->pdata[i], day, target->zone);

      g_array_append_vals (open, ranges->data, ranges->len);
    }
  rcp_time_ranges_normalize (open);
  return open;
}

GArray *
rcp_refit_list_open (RcpRefitTarget *target, const GDate *first, guint n_days)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  GDate day = *first;

  for (guint i = 0; i < n_days; i++, g_date_add_days (&day, 1))
    {
      g_autoptr (GArray) ranges = list_open_day (target, &day);

      g_array_append_vals (open, ranges->data, ranges->len);
    }
  rcp_time_ranges_normalize (open);
  return open;
}

/* Counted from the start of each part of a day, as they are published. */
GArray *
rcp_refit_list_slots (RcpRefitTarget *target, const GDate *first, guint n_days, gint64 from, guint grain)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  GDate day = *first;

  for (guint i = 0; i < n_days; i++, g_date_add_days (&day, 1))
    {
      g_autoptr (GArray) open = list_open_day (target, &day);
      g_autoptr (GArray) cut = rcp_weekly_hours_cut (open, grain);

      for (guint j = 0; j < cut->len; j++)
        if (g_array_index (cut, RcpTimeRange, j).start >= from)
          g_array_append_val (slots, g_array_index (cut, RcpTimeRange, j));
    }
  return slots;
}

static gboolean
is_wanted (GArray *wanted, RcpTimeRange range)
{
  guint low = 0, high = wanted->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      RcpTimeRange one = g_array_index (wanted, RcpTimeRange, middle);

      if (one.start == range.start)
        return one.end == range.end;
      if (one.start < range.start)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

/* What is left once the free ones outside are gone covers time that nothing new is put on. */
void
rcp_refit_plan (GArray *slots, GArray *wanted, GArray **removed, GArray **added)
{
  g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  *removed = g_array_new (FALSE, FALSE, sizeof (guint));
  *added = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  for (guint i = 0; i < slots->len; i++)
    {
      const RcpSlot *slot = &g_array_index (slots, RcpSlot, i);

      if (slot->status == RCP_SLOT_FREE && !is_wanted (wanted, slot->range))
        g_array_append_val (*removed, i);
      else
        g_array_append_val (covered, slot->range);
    }
  rcp_time_ranges_normalize (covered);
  for (guint i = 0; i < wanted->len; i++)
    {
      RcpTimeRange range = g_array_index (wanted, RcpTimeRange, i);
      guint at = rcp_time_ranges_find (covered, range.start);

      if (at == covered->len || !rcp_time_range_overlaps (g_array_index (covered, RcpTimeRange, at), range))
        g_array_append_val (*added, range);
    }
}

static gboolean
is_on_leave (RcpRefitTarget *target, FhirResource *role, RcpTimeRange range)
{
  JsonArray *leave = role != NULL ? fhir_json_get_array (fhir_resource_get_json (role), "notAvailable") : NULL;

  for (guint i = 0; i < rcp_elements_get_length (leave); i++)
    {
      RcpTimeRange one;

      if (rcp_available_time_read_period (fhir_json_get_object (rcp_elements_get_object (leave, i), "during"), target->zone,
                                          &one)
          && rcp_time_range_overlaps (one, range))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_closed (RcpRefitTarget *target, RcpTimeRange range)
{
  RcpPlace *place = target->provider != NULL ? rcp_provider_get_place (target->provider) : NULL;
  GArray *closed = place != NULL ? rcp_place_get_closed (place) : NULL;

  for (guint i = 0; closed != NULL && i < closed->len; i++)
    if (rcp_time_range_overlaps (g_array_index (closed, RcpTimeRange, i), range))
      return TRUE;
  return FALSE;
}

const char *
rcp_refit_find_fault (RcpRefitTarget *target, GArray *open, RcpVisit *visit)
{
  RcpTimeRange range = rcp_visit_get_range (visit);
  guint at = rcp_time_ranges_find (open, range.start);

  if (target->fits_all || (at < open->len && rcp_time_range_contains (g_array_index (open, RcpTimeRange, at), range)))
    return NULL;
  if (target->hours->len == 0)
    return "left";
  if (is_closed (target, range))
    return "closed";
  return target->provider != NULL && is_on_leave (target, rcp_provider_get_role (target->provider), range) ? "leave" : "hours";
}

const char *
rcp_refit_describe_fault (const char *fault)
{
  if (g_strcmp0 (fault, "leave") == 0)
    return _ ("The provider is away");
  if (g_strcmp0 (fault, "closed") == 0)
    return _ ("The place is closed");
  if (g_strcmp0 (fault, "left") == 0)
    return _ ("Nobody works there any more");
  if (g_strcmp0 (fault, RCP_REFIT_BLOCKED) == 0)
    return _ ("The time is blocked");
  return _ ("Outside of the working hours");
}
