/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-shift"

#include "rcp-shift.h"

#include "rcp-openings.h"
#include "rcp-rooms.h"
#include "rcp-scheduling-error-private.h"

#define MINUTES_PER_DAY (24 * 60)

/* One visit after the other: the slots around where it would be are read, whatever their status. */
typedef struct
{
  FhirClient *client;
  RcpRoster *roster;
  GPtrArray *visits;
  RcpVisit *moved;
  RcpOffer *offer;
  gint64 reach;
  GStrv own;        /* ids of the slots that the visits hold now */
  GPtrArray *parts; /* of RcpShiftPart: those that are found */
} Shift;

static void find_next (GTask *task);

static void
shift_free (Shift *self)
{
  g_object_unref (self->client);
  g_object_unref (self->roster);
  g_object_unref (self->moved);
  g_object_unref (self->offer);
  g_ptr_array_unref (self->visits);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_strfreev (self->own);
  g_free (self);
}

void
rcp_shift_part_free (RcpShiftPart *part)
{
  if (part == NULL)
    return;
  g_clear_object (&part->visit);
  g_clear_object (&part->offer);
  g_free (part);
}

/**
 * rcp_shift_get_start:
 * @start: of a visit
 * @from: where the one that is moved was
 * @to: where it goes
 * @zone: of the place
 *
 * Returns: where the visit goes: at the same time of the wall clock whatever the clocks do between the days
 */
gint64
rcp_shift_get_start (gint64 start, gint64 from, gint64 to, GTimeZone *zone)
{
  GDate day, from_day, to_day;
  int minute;

  rcp_time_get_day (start, zone, &day);
  rcp_time_get_day (from, zone, &from_day);
  rcp_time_get_day (to, zone, &to_day);
  minute = (int)rcp_time_get_minute (start, zone) + (int)rcp_time_get_minute (to, zone)
           - (int)rcp_time_get_minute (from, zone);
  g_date_set_julian (&day, (guint)((int)g_date_get_julian (&day) + g_date_days_between (&from_day, &to_day)
                                   + (minute < 0 ? -1 : minute / MINUTES_PER_DAY)));
  return rcp_time_at_minute (&day, (guint)((minute + MINUTES_PER_DAY) % MINUTES_PER_DAY), zone);
}

static GStrv
list_own (GPtrArray *visits)
{
  g_autoptr (GStrvBuilder) own = g_strv_builder_new ();

  for (guint i = 0; i < visits->len; i++)
    g_strv_builder_addv (own, (const char **)rcp_visit_get_slot_ids (visits->pdata[i]));
  return g_strv_builder_end (own);
}

static RcpProvider *
find_provider (Shift *self, RcpVisit *visit)
{
  RcpProvider *provider = rcp_roster_find_provider_of_visit (self->roster, visit);

  if (provider == NULL || provider == rcp_roster_find_provider_of_visit (self->roster, self->moved))
    return rcp_offer_get_provider (self->offer);
  return provider;
}

/* Whether the provider's own calendar leaves it free, and no other of the visits goes there. */
static gboolean
is_clear (Shift *self, RcpProvider *provider, RcpTimeRange range)
{
  if (rcp_busy_times_find_taken (rcp_roster_get_busy_times (self->roster), rcp_provider_get_practitioner_id (provider), range, NULL))
    return FALSE;
  if (rcp_offer_get_provider (self->offer) == provider && rcp_time_range_overlaps (rcp_offer_get_range (self->offer), range))
    return FALSE;
  for (guint i = 0; i < self->parts->len; i++)
    {
      const RcpShiftPart *part = self->parts->pdata[i];

      if (part->offer != NULL && rcp_offer_get_provider (part->offer) == provider
          && rcp_time_range_overlaps (rcp_offer_get_range (part->offer), range))
        return FALSE;
    }
  return TRUE;
}

/* The opening nearest to @part->wanted, the later one of two as near. */
static gboolean
find_nearest (Shift *self, const RcpShiftPart *part, RcpProvider *provider, GArray *slots, RcpOpening *nearest)
{
  RcpTimeRange range = rcp_visit_get_range (part->visit);
  guint duration = (range.end - range.start) / G_TIME_SPAN_MINUTE;
  gint64 distance = self->reach + 1;

  for (guint i = 0; i < slots->len; i++)
    {
      gint64 start = g_array_index (slots, RcpSlot, i).range.start;
      gint64 away = ABS (start - part->wanted);
      RcpOpening opening;

      if (away > self->reach || away > distance || (away == distance && start < part->wanted)
          || !rcp_openings_find_at ((const RcpSlot *)(void *)slots->data, slots->len, start, duration,
                                    (const char *const *)self->own, &opening)
          || !is_clear (self, provider, rcp_opening_get_range (&opening)))
        continue;
      distance = away;
      *nearest = opening;
    }
  return distance <= self->reach;
}

static void
add_part (Shift *self, RcpShiftPart *part)
{
  g_ptr_array_add (self->parts, part);
}

static RcpShiftPart *
begin_part (Shift *self)
{
  RcpShiftPart *part = g_new0 (RcpShiftPart, 1);
  RcpVisit *visit = self->visits->pdata[self->parts->len];

  part->visit = g_object_ref (visit);
  part->fit = RCP_SERIES_NOTHING;
  part->wanted = rcp_shift_get_start (rcp_visit_get_range (visit).start, rcp_visit_get_range (self->moved).start,
                                      rcp_offer_get_range (self->offer).start,
                                      rcp_provider_get_zone (rcp_offer_get_provider (self->offer)));
  return part;
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Shift *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);
  g_autoptr (GArray) slots = NULL;
  RcpProvider *provider;
  RcpShiftPart *part;
  RcpOpening opening = { NULL, 0 };

  if (bundle == NULL)
    {
      g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, RCP_DEED_MOVE));
      return;
    }
  part = begin_part (self);
  provider = find_provider (self, part->visit);
  slots = rcp_slots_from_bundle (bundle);
  if (find_nearest (self, part, provider, slots, &opening))
    {
      part->offer = rcp_offer_new (provider, opening.first, opening.n_slots);
      part->fit = opening.first->range.start == part->wanted ? RCP_SERIES_FITS : RCP_SERIES_SHIFTED;
      rcp_rooms_bring (part->offer, self->roster, part->visit);
    }
  add_part (self, part);
  find_next (task);
}

static void
read_slots (GTask *task, RcpShiftPart *part)
{
  Shift *self = g_task_get_task_data (task);
  RcpTimeRange range = rcp_visit_get_range (part->visit);
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");

  fhir_search_add_printf (search, "schedule", "Schedule/%s",
                          rcp_provider_get_schedule_id (find_provider (self, part->visit)));
  fhir_search_add_instant (search, "start", "ge", part->wanted - self->reach);
  fhir_search_add_instant (search, "start", "lt", part->wanted + self->reach + (range.end - range.start));
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_slots_read_cb,
                                g_object_ref (task));
}

static void
find_next (GTask *task)
{
  Shift *self = g_task_get_task_data (task);
  RcpShiftPart *part;

  if (self->parts->len == self->visits->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&self->parts), (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  part = begin_part (self);
  if (g_strcmp0 (rcp_visit_get_id (part->visit), rcp_visit_get_id (self->moved)) == 0)
    {
      part->fit = RCP_SERIES_FITS;
      part->offer = g_object_ref (self->offer);
      add_part (self, part);
      find_next (task);
      return;
    }
  read_slots (task, part);
  rcp_shift_part_free (part);
}

/**
 * rcp_shift_find_async:
 * @client: the record
 * @roster: who works where
 * @visits: (element-type RcpVisit): those that go together, @moved among them
 * @moved: the one for which a time was chosen
 * @offer: that time
 * @reach: how far from what is wanted another may be, microseconds; 0: exactly there or not at all
 * @cancellable: (nullable): to stop
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Finds where each of several visits goes when one of them is moved.
 */
void
rcp_shift_find_async (FhirClient *client,
                      RcpRoster *roster,
                      GPtrArray *visits,
                      RcpVisit *moved,
                      RcpOffer *offer,
                      gint64 reach,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Shift *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (visits != NULL && visits->len > 0);
  g_return_if_fail (RCP_IS_VISIT (moved));
  g_return_if_fail (RCP_IS_OFFER (offer));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_shift_find_async);
  self = g_new0 (Shift, 1);
  self->client = g_object_ref (client);
  self->roster = g_object_ref (roster);
  self->visits = g_ptr_array_copy (visits, (GCopyFunc)(void *)g_object_ref, NULL);
  g_ptr_array_set_free_func (self->visits, g_object_unref);
  self->moved = g_object_ref (moved);
  self->offer = g_object_ref (offer);
  self->reach = reach;
  self->own = list_own (visits);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_shift_part_free);
  g_task_set_task_data (task, self, (GDestroyNotify)shift_free);
  find_next (task);
}

GPtrArray *
rcp_shift_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_shift_find_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
