/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-conflicts"

#include "rcp-conflicts.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"

/* From here on a day is gone: the shortest has 23 hours. */
#define WHOLE_DAY (23 * G_TIME_SPAN_HOUR)

/* What of a day is in the way in one column, and how to say it. */

static gboolean
has_actor (RcpVisit *visit, const char *reference)
{
  JsonArray *participants = fhir_json_get_array (fhir_resource_get_json (rcp_visit_get_resource (visit)), "participant");

  for (guint i = 0; participants != NULL && i < json_array_get_length (participants); i++)
    {
      JsonNode *node = json_array_get_element (participants, i);
      const char *actor = JSON_NODE_HOLDS_OBJECT (node)
                              ? fhir_json_get_string (json_node_get_object (node), "actor.reference")
                              : NULL;
      g_autofree char *relative = actor != NULL ? fhir_reference_dup_relative (actor) : NULL;

      if (g_strcmp0 (relative, reference) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A provider who works at two places is one person; a visit that names only a column is that column's. */
static gboolean
is_of_provider (RcpVisit *visit, RcpProvider *provider)
{
  const char *practitioner_id = rcp_visit_get_practitioner_id (visit);

  if (practitioner_id != NULL)
    return g_strcmp0 (practitioner_id, rcp_provider_get_practitioner_id (provider)) == 0;
  return rcp_visit_get_role_id (visit) != NULL
         && g_strcmp0 (rcp_visit_get_role_id (visit), rcp_provider_get_role_id (provider)) == 0;
}

static void
add_visits (RcpConflicts *self, RcpDay *day, RcpProvider *provider, const char *own_id, const char *patient_id,
            const char *room)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (day));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);

      if (!rcp_visit_status_takes_time (rcp_visit_get_status (visit))
          || (own_id != NULL && g_strcmp0 (rcp_visit_get_id (visit), own_id) == 0))
        continue;
      if (is_of_provider (visit, provider))
        rcp_conflicts_add_visit (self, RCP_CONFLICT_PROVIDER, visit);
      if (patient_id != NULL && g_strcmp0 (rcp_visit_get_patient_id (visit), patient_id) == 0)
        rcp_conflicts_add_visit (self, RCP_CONFLICT_PATIENT, visit);
      if (room != NULL && has_actor (visit, room))
        rcp_conflicts_add_visit (self, RCP_CONFLICT_ROOM, visit);
    }
}

typedef void (*AddOfRoom) (RcpConflicts *self, RcpRoom *room, RcpTimeRange range, RcpVisit *visit);

static void
add_room (RcpConflicts *self, RcpDay *day, RcpRoom *room, RcpVisit *moved, AddOfRoom add)
{
  GArray *blocks = rcp_day_get_blocks (day, rcp_room_get_schedule_id (room));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (day));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);

      if (rcp_visit_status_takes_time (rcp_visit_get_status (visit)) && rcp_room_is_used_by (room, visit)
          && (moved == NULL || g_strcmp0 (rcp_visit_get_id (visit), rcp_visit_get_id (moved)) != 0))
        add (self, room, rcp_visit_get_range (visit), visit);
    }
  for (guint i = 0; i < blocks->len; i++)
    add (self, room, g_array_index (blocks, RcpBlock, i).range, NULL);
}

/**
 * rcp_conflicts_add_rooms:
 * @self: conflicts
 * @day: a loaded day
 * @rooms: (element-type RcpRoom): of which the visit takes one
 * @moved: (nullable): the visit that is moved, in nobody's way
 *
 * Where each of them is taken or blocked the visit may not be.
 */
void
rcp_conflicts_add_rooms (RcpConflicts *self, RcpDay *day, GPtrArray *rooms, RcpVisit *moved)
{
  g_return_if_fail (self != NULL && rooms != NULL);
  g_return_if_fail (RCP_IS_DAY (day));

  rcp_conflicts_set_n_rooms (self, rooms->len);
  for (guint i = 0; i < rooms->len; i++)
    add_room (self, day, rooms->pdata[i], moved, rcp_conflicts_add_room_visit);
}

/**
 * rcp_conflicts_add_kept_rooms:
 * @self: conflicts
 * @day: a loaded day
 * @rooms: (element-type RcpRoom): those that @moved brings along
 * @moved: the visit that is moved, in nobody's way
 *
 * Where one of them is taken or blocked the visit may not be.
 */
void
rcp_conflicts_add_kept_rooms (RcpConflicts *self, RcpDay *day, GPtrArray *rooms, RcpVisit *moved)
{
  g_return_if_fail (self != NULL && rooms != NULL);
  g_return_if_fail (RCP_IS_DAY (day));

  for (guint i = 0; i < rooms->len; i++)
    add_room (self, day, rooms->pdata[i], moved, rcp_conflicts_add_kept_room_visit);
}

/* Blocked time is working time that is kept for something else: it is told once, as what it is. */
static void
add_hours (RcpConflicts *self, RcpDay *day, const char *schedule_id)
{
  g_autoptr (GArray) hours = g_array_copy (rcp_day_get_open_ranges (day, schedule_id));
  GArray *blocks = rcp_day_get_blocks (day, schedule_id);

  for (guint i = 0; i < blocks->len; i++)
    {
      const RcpBlock *block = &g_array_index (blocks, RcpBlock, i);

      g_array_append_val (hours, block->range);
      rcp_conflicts_add_block (self, block);
    }
  rcp_conflicts_set_hours (self, hours);
}

/**
 * rcp_conflicts_new_for_column:
 * @day: a loaded day
 * @provider: whose column
 * @moved: (nullable): the visit that is moved
 * @patient_id: (nullable): whose visit it is; %NULL for that of @moved
 * @room: (nullable): "Location/3" or "Device/4" that the visit takes
 * @duration: microseconds
 * @now: the time
 *
 * Returns: (transfer full): what is in the way there
 */
RcpConflicts *
rcp_conflicts_new_for_column (RcpDay *day,
                              RcpProvider *provider,
                              RcpVisit *moved,
                              const char *patient_id,
                              const char *room,
                              gint64 duration,
                              gint64 now)
{
  RcpConflicts *self;
  RcpPlace *place;
  GArray *busy;

  g_return_val_if_fail (RCP_IS_DAY (day), NULL);
  g_return_val_if_fail (RCP_IS_PROVIDER (provider), NULL);

  self = rcp_conflicts_new (rcp_day_get_range (day), duration, now);
  add_hours (self, day, rcp_provider_get_schedule_id (provider));
  if (patient_id == NULL && moved != NULL)
    patient_id = rcp_visit_get_patient_id (moved);
  add_visits (self, day, provider, moved != NULL ? rcp_visit_get_id (moved) : NULL, patient_id, room);
  busy = rcp_busy_times_get (rcp_roster_get_busy_times (rcp_day_get_roster (day)), rcp_provider_get_practitioner_id (provider));
  if (busy != NULL)
    rcp_conflicts_add_busy (self, busy);
  place = rcp_provider_get_place (provider);
  if (place != NULL)
    {
      GArray *closed = rcp_place_get_closed (place);

      for (guint i = 0; closed != NULL && i < closed->len; i++)
        rcp_conflicts_add_closed (self, g_array_index (closed, RcpTimeRange, i));
    }
  return self;
}

/* "9:00 to 9:30" on the clock of the place. */
static char *
format_range (RcpTimeRange range, RcpProvider *provider)
{
  g_autoptr (GTimeZone) zone
      = provider != NULL ? g_time_zone_ref (rcp_provider_get_zone (provider)) : g_time_zone_new_local ();
  g_autofree char *from = rcp_when_text_clock (range.start, zone);
  g_autofree char *to = rcp_when_text_clock (range.end, zone);

  /* Translators: from one time of day to another */
  return g_strdup_printf (_ ("%s to %s"), from, to);
}

/**
 * rcp_conflict_describe:
 * @conflict: what is in the way
 * @provider: (nullable): in whose column
 * @room_name: (nullable): of the room that the visit takes
 *
 * Returns: (transfer full): one sentence for people, translated
 */
char *
rcp_conflict_describe (const RcpConflict *conflict, RcpProvider *provider, const char *room_name)
{
  g_autofree char *when = format_range (conflict->range, provider);
  const char *name = provider != NULL ? rcp_provider_get_name (provider) : _ ("The provider");

  switch (conflict->kind)
    {
    case RCP_CONFLICT_PAST:
      return g_strdup (_ ("This time is over."));
    case RCP_CONFLICT_CLOSED:
      return g_strdup (_ ("The place is closed."));
    case RCP_CONFLICT_HOURS:
      /* Translators: the name of a provider */
      return g_strdup_printf (_ ("%s does not work then."), name);
    case RCP_CONFLICT_BLOCKED:
      if (conflict->words != NULL)
        /* Translators: the name of a provider; "Meeting"; what somebody wrote about it; "12:00 to 13:00" */
        return g_strdup_printf (_ ("%s is not free: %s, %s (%s)."), name, rcp_block_kind_to_label (conflict->block),
                                conflict->words, when);
      /* Translators: the name of a provider; "Lunch"; "12:00 to 13:00" */
      return g_strdup_printf (_ ("%s is not free: %s (%s)."), name, rcp_block_kind_to_label (conflict->block), when);
    case RCP_CONFLICT_BUSY:
      if (conflict->range.end - conflict->range.start >= WHOLE_DAY)
        /* Translators: the name of a provider */
        return g_strdup_printf (_ ("%s is away all day, by the own calendar."), name);
      if (conflict->busy == RCP_BUSY_AWAY)
        /* Translators: the name of a provider; "09:00 to 09:30" */
        return g_strdup_printf (_ ("%s is away, by the own calendar (%s)."), name, when);
      /* Translators: the name of a provider; "09:00 to 09:30" */
      return g_strdup_printf (_ ("%s is busy, by the own calendar (%s)."), name, when);
    case RCP_CONFLICT_PROVIDER:
      /* Translators: the name of a provider; the name of a patient; "09:00 to 09:30" */
      return g_strdup_printf (_ ("%s has a visit of %s (%s)."), name, rcp_visit_get_patient_name (conflict->visit),
                              when);
    case RCP_CONFLICT_PATIENT:
      /* Translators: the name of a patient; "09:00 to 09:30" */
      return g_strdup_printf (_ ("%s has another visit (%s)."), rcp_visit_get_patient_name (conflict->visit), when);
    case RCP_CONFLICT_ROOM:
    default:
      if (conflict->room != NULL)
        room_name = rcp_room_get_name (conflict->room);
      if (conflict->visit == NULL)
        /* Translators: the name of a room; "09:00 to 09:30" */
        return g_strdup_printf (_ ("%s is not free (%s)."), room_name, when);
      /* Translators: the name of a room; the name of a patient; "09:00 to 09:30" */
      return g_strdup_printf (_ ("%s is taken by a visit of %s (%s)."),
                              room_name != NULL ? room_name : _ ("The room"),
                              rcp_visit_get_patient_name (conflict->visit), when);
    }
}
