/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-take-room"

#include "rcp-visit-change.h"

#include <glib/gi18n.h>

#include "base/rcp-iso8601.h"
#include "base/rcp-when-text.h"

/* A slot that begins before the visit may reach into it; none is longer than this. */
#define LONGEST_SLOT G_TIME_SPAN_HOUR

/* Which room or device a visit takes along: the first of those that fit whose slots are free for all of its time; and
 * beside it those that it keeps. */

static gboolean
read_slot (FhirResource *resource, RcpTimeRange *range)
{
  JsonObject *json = fhir_resource_get_json (resource);
  const char *start = fhir_json_get_string (json, "start");
  const char *end = fhir_json_get_string (json, "end");

  return start != NULL && end != NULL && rcp_iso8601_parse_instant (start, &range->start)
         && rcp_iso8601_parse_instant (end, &range->end);
}

static gboolean
is_of_room (FhirResource *slot, RcpRoom *room)
{
  const char *reference = fhir_json_get_string (fhir_resource_get_json (slot), "schedule.reference");
  g_autofree char *id = reference != NULL ? fhir_reference_dup_id (reference, "Schedule") : NULL;

  return g_strcmp0 (id, rcp_room_get_schedule_id (room)) == 0;
}

/* The slots of @room that the visit would take: (transfer container) (element-type FhirResource). */
static GPtrArray *
list_slots (RcpVisitChange *self, RcpRoom *room, GPtrArray *slots)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < slots->len; i++)
    {
      RcpTimeRange range;

      if (is_of_room (slots->pdata[i], room) && read_slot (slots->pdata[i], &range)
          && rcp_time_range_overlaps (range, self->range))
        g_ptr_array_add (list, slots->pdata[i]);
    }
  return list;
}

/* Whether @list covers all of the visit, and, where @only_free, may be had. */
static gboolean
covers (RcpVisitChange *self, GPtrArray *list, gboolean only_free)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  guint index;

  for (guint i = 0; i < list->len; i++)
    {
      RcpTimeRange range;

      if (only_free && !rcp_visit_change_may_take (self, list->pdata[i]))
        continue;
      if (read_slot (list->pdata[i], &range))
        g_array_append_val (ranges, range);
    }
  rcp_time_ranges_normalize (ranges);
  index = rcp_time_ranges_find (ranges, self->range.start);
  return index < ranges->len && rcp_time_range_contains (g_array_index (ranges, RcpTimeRange, index), self->range);
}

/* The slots of a room join those of the provider. */
static void
take_slots (RcpVisitChange *self, GPtrArray *list)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; self->take != NULL && self->take[i] != NULL; i++)
    g_strv_builder_add (ids, self->take[i]);
  for (guint i = 0; i < list->len; i++)
    {
      g_strv_builder_add (ids, fhir_resource_get_id (list->pdata[i]));
      g_ptr_array_add (self->slots, g_object_ref (list->pdata[i]));
    }
  g_strfreev (self->take);
  self->take = g_strv_builder_end (ids);
}

static void
take_room (RcpVisitChange *self, RcpRoom *room, GPtrArray *list)
{
  g_set_object (&self->room, room);
  take_slots (self, list);
  rcp_visit_json_add_room (self->asked, room);
}

/* A room that no visit type needs has no hours of its own: there it is enough that nobody else has it, which is looked at with
 * the visits of everybody (rcp-elsewhere.c). */
static gboolean
keep (RcpVisitChange *self, RcpRoom *room, GPtrArray *slots)
{
  g_autoptr (GPtrArray) list = list_slots (self, room, slots);

  for (guint i = 0; self->overbook == NULL && i < list->len; i++)
    if (!rcp_visit_change_may_take (self, list->pdata[i]))
      return FALSE;
  take_slots (self, list);
  return TRUE;
}

static gboolean
keep_all (RcpVisitChange *self, GPtrArray *slots, GPtrArray **missing)
{
  for (guint i = 0; self->kept != NULL && i < self->kept->len; i++)
    if (!keep (self, self->kept->pdata[i], slots))
      {
        *missing = self->kept;
        return FALSE;
      }
  return TRUE;
}

/* Who puts a visit beside others knows that the room may be in use: then any room does, a free one before the others. */
static gboolean
choose (RcpVisitChange *self, GPtrArray *slots, GPtrArray **missing)
{
  g_autoptr (GPtrArray) any = NULL;

  if (self->rooms == NULL)
    return TRUE;
  for (guint i = 0; i < self->rooms->len; i++)
    {
      g_autoptr (GPtrArray) list = list_slots (self, self->rooms->pdata[i], slots);

      if (!covers (self, list, TRUE))
        continue;
      take_room (self, self->rooms->pdata[i], list);
      return TRUE;
    }
  if (self->overbook == NULL || self->rooms->len == 0)
    {
      *missing = self->rooms;
      return FALSE;
    }
  any = list_slots (self, self->rooms->pdata[0], slots);
  take_room (self, self->rooms->pdata[0], any);
  return TRUE;
}

/* Naming what is in the way. */

typedef struct
{
  RcpVisitChange *change; /* borrowed */
  GPtrArray *slots;
  GPtrArray *missing; /* of RcpRoom, of @change: those of which none can be had */
} Take;

static void
take_free (Take *self)
{
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  g_free (self);
}

static RcpVisit *
find_visit (Take *self, RcpRoom *room, FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], bundle);

      if (rcp_visit_status_takes_time (rcp_visit_get_status (visit)) && rcp_room_is_used_by (room, visit)
          && rcp_time_range_overlaps (rcp_visit_get_range (visit), self->change->range)
          && g_strcmp0 (rcp_visit_get_id (visit), rcp_visit_change_get_visit_id (self->change)) != 0)
        return g_steal_pointer (&visit);
    }
  return NULL;
}

static char *
describe (Take *self, RcpRoom *room, FhirBundle *bundle)
{
  g_autoptr (GPtrArray) list = list_slots (self->change, room, self->slots);
  g_autoptr (RcpVisit) visit = find_visit (self, room, bundle);
  g_autofree char *start = NULL;

  if (visit != NULL)
    {
      start = rcp_when_text_clock (rcp_visit_get_range (visit).start, self->change->zone);
      /* Translators: the name of a room or device; the name of a patient; a time of day */
      return g_strdup_printf (_ ("%s is taken by a visit of %s (%s)."), rcp_room_get_name (room),
                              rcp_visit_get_patient_name (visit), start);
    }
  /* Translators: the name of a room or device */
  return g_strdup_printf (covers (self->change, list, FALSE) ? _ ("%s is taken at that time.")
                                                             : _ ("%s is not open at that time."),
                          rcp_room_get_name (room));
}

/* Of those that are kept each has to be free: the one that is not is told alone. */
static gboolean
is_missing (Take *self, RcpRoom *room)
{
  g_autoptr (GPtrArray) list = list_slots (self->change, room, self->slots);

  for (guint i = 0; self->missing == self->change->kept && i < list->len; i++)
    if (!rcp_visit_change_may_take (self->change, list->pdata[i]))
      return TRUE;
  return self->missing != self->change->kept;
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Take *self = g_task_get_task_data (task);
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, NULL);
  g_autoptr (GString) what = g_string_new (NULL);

  for (guint i = 0; bundle != NULL && i < self->missing->len; i++)
    {
      g_autofree char *line = is_missing (self, self->missing->pdata[i]) ? describe (self, self->missing->pdata[i], bundle) : NULL;

      if (line != NULL)
        g_string_append_printf (what, "%s%s", what->len > 0 ? " " : "", line);
    }
  if (what->len == 0)
    g_string_append (what, _ ("No room or device that the visit needs is free at that time."));
  g_task_return_error (task, rcp_scheduling_error_new_because (RCP_SCHEDULING_ERROR_TAKEN, self->change->deed, what->str,
                                                               "no free room"));
}

static void
explain (GTask *task)
{
  Take *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = NULL;
  g_autoptr (GString) rooms = g_string_new (NULL);

  if (self->missing->len == 0)
    {
      g_task_return_error (
          task, rcp_scheduling_error_new_because (RCP_SCHEDULING_ERROR_TAKEN, self->change->deed,
                                                  _ ("The place has no room or device of the kind that the visit needs."),
                                                  "no such room"));
      return;
    }
  for (guint i = 0; i < self->missing->len; i++)
    g_string_append_printf (rooms, "%s%s", i > 0 ? "," : "", rcp_room_get_reference (self->missing->pdata[i]));
  search = fhir_search_new ("Appointment");
  fhir_search_add (search, "actor", rooms->str);
  fhir_search_add_instant (search, "date", "gt", self->change->range.start - G_TIME_SPAN_DAY / 2);
  fhir_search_add_instant (search, "date", "lt", self->change->range.end);
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (self->change->client, search, 0, g_task_get_cancellable (task), on_visits_read_cb,
                                g_object_ref (task));
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Take *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  if (bundle == NULL)
    {
      g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->change->deed));
      return;
    }
  self->slots = g_ptr_array_ref (fhir_bundle_get_matches (bundle));
  if (keep_all (self->change, self->slots, &self->missing) && choose (self->change, self->slots, &self->missing))
    g_task_return_boolean (task, TRUE);
  else
    explain (task);
}

static void
list_schedules (GString *list, GPtrArray *rooms)
{
  for (guint i = 0; rooms != NULL && i < rooms->len; i++)
    g_string_append_printf (list, "%sSchedule/%s", list->len > 0 ? "," : "", rcp_room_get_schedule_id (rooms->pdata[i]));
}

void
rcp_take_room_async (RcpVisitChange *change, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (change->client, cancellable, callback, user_data);
  g_autoptr (FhirSearch) search = NULL;
  g_autoptr (GString) schedules = g_string_new (NULL);
  Take *self = g_new0 (Take, 1);

  g_task_set_source_tag (task, rcp_take_room_async);
  g_task_set_task_data (task, self, (GDestroyNotify)take_free);
  self->change = change;
  if (change->rooms != NULL && change->rooms->len == 0)
    {
      self->missing = change->rooms;
      explain (task);
      return;
    }
  list_schedules (schedules, change->rooms);
  list_schedules (schedules, change->kept);
  search = fhir_search_new ("Slot");
  fhir_search_add (search, "schedule", schedules->str);
  fhir_search_add_instant (search, "start", "gt", change->range.start - LONGEST_SLOT);
  fhir_search_add_instant (search, "start", "lt", change->range.end);
  fhir_client_search_all_async (change->client, search, 0, cancellable, on_slots_read_cb, g_object_ref (task));
}

gboolean
rcp_take_room_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_take_room_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
