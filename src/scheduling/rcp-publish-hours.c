/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-publish-hours"

#include "rcp-clinic-setup.h"

#include "base/rcp-iso8601.h"
#include "rcp-clinic-json.h"
#include "rcp-refit-private.h"

/* Large enough that the server's commit does not dominate, small enough that a desk that books meanwhile hardly waits.
 * A server that does not take so many at once (Medplum: 8, when they are made on a condition) is asked with fewer. */
#define SLOTS_PER_TRANSACTION 500
#define FEWEST_SLOTS 4

/**
 * One provider after the other, then one room or device after the other that visits need: read how far the hours are published and how many slots there are until then, then add
 * what is behind that, in the order of time. So the published part has no hole of our making, even when this is killed
 * half way. When there are fewer slots than hours, because somebody made one far ahead by hand, the slots are read and
 * what is missing between them is added as well.
 */
typedef struct
{
  FhirClient *client;
  RcpRoster *roster;
  RcpClock *clock;
  guint grain_minutes;
  guint horizon_days;
  guint next_provider;
  guint next_room;
  char *schedule_id;    /* whose slots these are */
  gint64 horizon_start; /* of today there */
  gint64 horizon_end;
  GArray *hours; /* of RcpTimeRange, all from today to the horizon */
  GArray *slots; /* of RcpTimeRange, those of them still to be made */
  guint next_slot;
  guint n_sent;      /* of @slots, in the transaction under way */
  guint at_once;     /* as many as the server takes */
  guint n_published;
} Publish;

static void publish_next_schedule (GTask *task);
static void publish_next_slots (GTask *task);

static void
publish_free (Publish *self)
{
  g_clear_object (&self->client);
  g_clear_object (&self->roster);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->hours, g_array_unref);
  g_clear_pointer (&self->slots, g_array_unref);
  g_free (self->schedule_id);
  g_free (self);
}

static void
count_created (Publish *self, FhirBundle *reply)
{
  for (guint i = 0; i < fhir_bundle_get_n_responses (reply); i++)
    if (fhir_bundle_get_response_status (reply, i) == 201)
      self->n_published++;
}

static void
on_slots_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Publish *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (self->client, result, &error);

  if (reply == NULL && g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED) && self->n_sent > FEWEST_SLOTS)
    {
      self->at_once = self->n_sent / 2;
      publish_next_slots (task);
      return;
    }
  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  count_created (self, reply);
  self->next_slot += self->n_sent;
  publish_next_slots (task);
}

static void
publish_next_slots (GTask *task)
{
  Publish *self = g_task_get_task_data (task);
  g_autoptr (FhirTransaction) transaction = NULL;

  self->n_sent = MIN (self->at_once, self->slots->len - self->next_slot);
  if (self->n_sent == 0)
    {
      publish_next_schedule (task);
      return;
    }
  transaction = fhir_transaction_new ();
  for (guint i = self->next_slot; i < self->next_slot + self->n_sent; i++)
    {
      g_autoptr (JsonObject) slot = rcp_hours_slot_json_new (self->schedule_id,
                                                             g_array_index (self->slots, RcpTimeRange, i));
      g_autofree char *condition = rcp_hours_slot_condition (slot);

      fhir_transaction_create (transaction, slot, condition);
    }
  fhir_client_transact_async (self->client, transaction, g_task_get_cancellable (task), on_slots_made_cb,
                              g_object_ref (task));
}

/* Where the published hours of a schedule end; what is over is over. */
static gint64
get_frontier (FhirBundle *last)
{
  GPtrArray *matches = fhir_bundle_get_matches (last);
  gint64 end;

  if (matches->len == 0)
    return G_MININT64;
  if (!rcp_iso8601_parse_instant (fhir_json_get_string (fhir_resource_get_json (matches->pdata[0]), "end"), &end))
    return G_MAXINT64;
  return end;
}

static guint
count_until (GArray *hours, gint64 frontier)
{
  guint n = 0;

  while (n < hours->len && g_array_index (hours, RcpTimeRange, n).start < frontier)
    n++;
  return n;
}

/* Makes what begins at @from or later. */
static void
publish_from (GTask *task, guint from)
{
  Publish *self = g_task_get_task_data (task);

  g_clear_pointer (&self->slots, g_array_unref);
  self->slots = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  if (from < self->hours->len)
    g_array_append_vals (self->slots, &g_array_index (self->hours, RcpTimeRange, from), self->hours->len - from);
  self->next_slot = 0;
  publish_next_slots (task);
}

/* (transfer full): the times of the slots that there are, normalized. */
static GArray *
list_taken (FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  for (guint i = 0; i < matches->len; i++)
    {
      JsonObject *slot = fhir_resource_get_json (matches->pdata[i]);
      RcpTimeRange range;

      if (rcp_iso8601_parse_instant (fhir_json_get_string (slot, "start"), &range.start)
          && rcp_iso8601_parse_instant (fhir_json_get_string (slot, "end"), &range.end))
        g_array_append_val (taken, range);
    }
  rcp_time_ranges_normalize (taken);
  return taken;
}

static void
on_all_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Publish *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) all = fhir_client_search_all_finish (self->client, result, &error);
  g_autoptr (GArray) taken = NULL;

  if (all == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  taken = list_taken (all);
  for (guint i = self->hours->len; i-- > 0;)
    {
      RcpTimeRange range = g_array_index (self->hours, RcpTimeRange, i);
      guint first = rcp_time_ranges_find (taken, range.start);

      if (first < taken->len && rcp_time_range_overlaps (g_array_index (taken, RcpTimeRange, first), range))
        g_array_remove_index (self->hours, i);
    }
  publish_from (task, 0);
}

/* The slots of the schedule within the horizon. */
static FhirSearch *
make_search (Publish *self)
{
  FhirSearch *search = fhir_search_new ("Slot");

  fhir_search_add_printf (search, "schedule", "Schedule/%s", self->schedule_id);
  fhir_search_add_instant (search, "start", "ge", self->horizon_start);
  fhir_search_add_instant (search, "start", "lt", self->horizon_end);
  return search;
}

static void
fill_holes (GTask *task)
{
  Publish *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = make_search (self);

  fhir_search_add (search, "_elements", "start,end");
  fhir_search_add (search, "_count", "1000");
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_all_read_cb,
                                g_object_ref (task));
}

static void
on_last_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Publish *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) last = fhir_client_search_finish (self->client, result, &error);
  guint n_expected;

  if (last == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  n_expected = count_until (self->hours, get_frontier (last));
  if (fhir_bundle_get_total (last) >= 0 && fhir_bundle_get_total (last) < n_expected)
    fill_holes (task);
  else
    publish_from (task, n_expected);
}

static void
begin_schedule (Publish *self, const char *schedule_id, GTimeZone *zone, GDate *today)
{
  GDate end;

  g_free (self->schedule_id);
  self->schedule_id = g_strdup (schedule_id);
  rcp_time_get_day (rcp_clock_get_now (self->clock), zone, today);
  end = *today;
  g_date_add_days (&end, self->horizon_days);
  self->horizon_start = rcp_time_range_of_day (today, zone).start;
  self->horizon_end = rcp_time_range_of_day (&end, zone).start;
  g_clear_pointer (&self->hours, g_array_unref);
}

static gboolean
take_next_provider (Publish *self)
{
  GListModel *providers = rcp_roster_get_providers (self->roster);

  for (;;)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, self->next_provider);
      GDate today;

      if (provider == NULL)
        return FALSE;
      self->next_provider++;
      if (rcp_weekly_hours_is_empty (rcp_provider_get_hours (provider)))
        continue;
      begin_schedule (self, rcp_provider_get_schedule_id (provider), rcp_provider_get_zone (provider), &today);
      self->hours = rcp_hours_list_slots (provider, &today, self->horizon_days, G_MININT64, self->grain_minutes);
      return TRUE;
    }
}

/* Open when somebody works at its site, if a visit type needs it. */
static gboolean
take_next_room (Publish *self)
{
  GListModel *rooms = rcp_roster_get_rooms (self->roster);

  for (;;)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, self->next_room);
      g_autofree char *reference = NULL;
      g_autoptr (RcpRefitTarget) target = NULL;
      FhirResource *schedule;
      GDate today;

      if (room == NULL)
        return FALSE;
      self->next_room++;
      reference = g_strconcat ("Schedule/", rcp_room_get_schedule_id (room), NULL);
      schedule = rcp_roster_lookup_resource (self->roster, reference);
      target = schedule != NULL && rcp_roster_is_room_needed (self->roster, room)
                   ? rcp_refit_target_new (self->roster, schedule) : NULL;
      if (target == NULL || target->hours->len == 0)
        continue;
      begin_schedule (self, rcp_room_get_schedule_id (room), target->zone, &today);
      self->hours = rcp_refit_list_slots (target, &today, self->horizon_days, G_MININT64, self->grain_minutes);
      return TRUE;
    }
}

static void
publish_next_schedule (GTask *task)
{
  Publish *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = NULL;

  if (!take_next_provider (self) && !take_next_room (self))
    {
      g_task_return_int (task, self->n_published);
      return;
    }
  search = make_search (self);
  fhir_search_add (search, "_sort", "-start");
  fhir_search_add (search, "_count", "1");
  fhir_search_add (search, "_total", "accurate");
  fhir_client_search_async (self->client, search, g_task_get_cancellable (task), on_last_read_cb, g_object_ref (task));
}

/**
 * rcp_publish_hours_async:
 * @client: the record
 * @roster: whose hours
 * @clock: the time
 * @grain_minutes: length of a slot
 * @horizon_days: how far ahead, today included
 * @cancellable: (nullable): to stop; what is published stays
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Publishes the working hours of every provider as free Slots, from where they were published so far to the horizon; and
 * likewise when the rooms and devices that visits need are open: while anybody works at their site.
 */
void
rcp_publish_hours_async (FhirClient *client,
                         RcpRoster *roster,
                         RcpClock *clock,
                         guint grain_minutes,
                         guint horizon_days,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Publish *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (RCP_IS_CLOCK (clock));
  g_return_if_fail (grain_minutes > 0);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_publish_hours_async);
  self = g_new0 (Publish, 1);
  self->client = g_object_ref (client);
  self->roster = g_object_ref (roster);
  self->clock = g_object_ref (clock);
  self->grain_minutes = grain_minutes;
  self->horizon_days = horizon_days;
  self->at_once = SLOTS_PER_TRANSACTION;
  g_task_set_task_data (task, self, (GDestroyNotify)publish_free);
  publish_next_schedule (task);
}

/**
 * rcp_publish_hours_finish:
 * @result: what the callback got
 * @n_published: (out) (optional): how many slots were made
 * @error: a FhirError; what was published until then stays
 */
gboolean
rcp_publish_hours_finish (GAsyncResult *result, guint *n_published, GError **error)
{
  gssize n;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_publish_hours_async), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n_published != NULL)
    *n_published = MAX (n, 0);
  return n >= 0;
}
