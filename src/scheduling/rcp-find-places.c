/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-find-places"

#include "rcp-find-places.h"

#include "rcp-openings.h"
#include "rcp-rooms.h"
#include "rcp-slot-pool.h"

/* What is read is read in parts, so that several are under way together. */
#define PART_DAYS 7

typedef struct
{
  RcpRoster *roster;
  GPtrArray *visits; /* of RcpVisit */
  GPtrArray *wishes; /* of RcpWish, one for each */
  guint days;
  guint limit;
  RcpSlotPool *pool;
} Find;

static void
find_free (Find *self)
{
  g_object_unref (self->roster);
  g_ptr_array_unref (self->visits);
  g_ptr_array_unref (self->wishes);
  rcp_slot_pool_free (self->pool);
  g_free (self);
}

static gboolean
suits (Find *self, RcpProvider *provider, const RcpWish *wish)
{
  return rcp_openings_suits (provider, wish,
                             wish->visit_type != NULL ? rcp_roster_find_visit_type (self->roster, wish->visit_type) : NULL);
}

static RcpTimeRange
get_window (Find *self, const RcpWish *wish)
{
  RcpWish routine = *wish;

  routine.urgency = RCP_URGENCY_ROUTINE;
  return rcp_openings_get_window (&routine, self->days, self->days, rcp_roster_get_zone (self->roster));
}

/* From the first wish to the end of the last. */
static RcpTimeRange
get_whole_window (Find *self)
{
  RcpTimeRange whole = { G_MAXINT64, G_MININT64 };

  for (guint i = 0; i < self->wishes->len; i++)
    {
      RcpTimeRange window = get_window (self, self->wishes->pdata[i]);

      whole.start = MIN (whole.start, window.start);
      whole.end = MAX (whole.end, window.end);
    }
  return whole;
}

/* When what a visit with @provider needs is free: (transfer full), or NULL when it needs nothing. */
static RcpFreeRooms *
list_free_rooms (Find *self, RcpProvider *provider, const RcpWish *wish, RcpVisit *visit)
{
  const char *needs = rcp_rooms_get_needs (self->roster, wish->visit_type);
  RcpFreeRooms *rooms = needs != NULL ? rcp_free_rooms_new (needs) : NULL;
  g_autoptr (GPtrArray) fitting = rcp_rooms_list_fitting (self->roster, needs, provider);

  for (guint i = 0; rooms != NULL && i < fitting->len; i++)
    {
      rcp_free_rooms_add (rooms, fitting->pdata[i], rcp_slot_pool_get (self->pool, rcp_room_get_schedule_id (fitting->pdata[i])),
                          NULL);
      if (rcp_room_is_used_by (fitting->pdata[i], visit))
        rcp_free_rooms_add_own_time (rooms, fitting->pdata[i], rcp_visit_get_range (visit));
    }
  return rooms;
}

/* Side by side, from the first on: those that overlap exclude each other, and only make it longer to choose. Before it is looked at
 * from when on the visit may be, and where the patient is else, so that they lie alike for all who wish for as much time. */
static void
lay_side_by_side (GArray *openings)
{
  gint64 end = G_MININT64;
  guint n_kept = 0;

  for (guint i = 0; i < openings->len; i++)
    {
      RcpOpening opening = g_array_index (openings, RcpOpening, i);
      RcpTimeRange range = rcp_opening_get_range (&opening);

      if (range.start < end)
        continue;
      end = range.end;
      g_array_index (openings, RcpOpening, n_kept++) = opening;
    }
  g_array_set_size (openings, n_kept);
}

static void
collect_with (Find *self, RcpProvider *provider, const RcpWish *wish, RcpVisit *visit, GPtrArray *offers)
{
  GArray *slots = rcp_slot_pool_get (self->pool, rcp_provider_get_schedule_id (provider));
  g_autoptr (GArray) openings = g_array_new (FALSE, FALSE, sizeof (RcpOpening));
  g_autoptr (GArray) days = NULL;
  g_autoptr (RcpFreeRooms) rooms = NULL;
  g_autoptr (GPtrArray) kept = rcp_rooms_list_kept (self->roster, visit, provider);
  RcpTimeRange window = get_window (self, wish), whole = { get_whole_window (self).start, window.end }, lost = { 0, 0 };

  if (slots == NULL || !suits (self, provider, wish))
    return;
  rooms = list_free_rooms (self, provider, wish, visit);
  days = rcp_openings_get_days (whole, wish->time_of_day, rcp_provider_get_zone (provider));
  rcp_openings_collect ((const RcpSlot *)(void *)slots->data, slots->len, wish->duration, whole, days, openings);
  lay_side_by_side (openings);
  if (wish->own != NULL)
    rcp_openings_drop_taken (openings, rcp_own_visits_get_ranges (wish->own), &lost);
  for (guint i = 0; i < openings->len; i++)
    {
      RcpOpening *opening = &g_array_index (openings, RcpOpening, i);
      RcpTimeRange range = rcp_opening_get_range (opening);
      RcpOffer *offer;

      if (range.start < window.start || (rooms != NULL && !rcp_free_rooms_has (rooms, range)))
        continue;
      offer = rcp_offer_new (provider, opening->first, opening->n_slots);
      if (rooms != NULL)
        rcp_free_rooms_give_free (rooms, offer);
      rcp_offer_set_kept (offer, kept);
      g_ptr_array_add (offers, offer);
    }
}

static int
compare_offers (gconstpointer a, gconstpointer b)
{
  gint64 left = rcp_offer_get_range (*(RcpOffer *const *)a).start, right = rcp_offer_get_range (*(RcpOffer *const *)b).start;

  if (left != right)
    return left < right ? -1 : 1;
  return g_strcmp0 (rcp_provider_get_schedule_id (rcp_offer_get_provider (*(RcpOffer *const *)a)),
                    rcp_provider_get_schedule_id (rcp_offer_get_provider (*(RcpOffer *const *)b)));
}

/* Enough to choose from, and whole days. */
static void
cut (Find *self, GPtrArray *offers)
{
  GTimeZone *zone = rcp_roster_get_zone (self->roster);
  GDate last, day;

  if (offers->len <= self->limit)
    return;
  rcp_time_get_day (rcp_offer_get_range (offers->pdata[self->limit - 1]).start, zone, &last);
  for (guint i = self->limit; i < offers->len; i++)
    {
      rcp_time_get_day (rcp_offer_get_range (offers->pdata[i]).start, zone, &day);
      if (g_date_compare (&day, &last) == 0)
        continue;
      g_ptr_array_set_size (offers, i);
      return;
    }
}

static GPtrArray *
collect (Find *self, const RcpWish *wish, RcpVisit *visit)
{
  GListModel *providers = rcp_roster_get_providers (self->roster);
  GPtrArray *offers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      collect_with (self, provider, wish, visit, offers);
    }
  g_ptr_array_sort (offers, compare_offers);
  cut (self, offers);
  return offers;
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  GError *error = NULL;

  if (!rcp_slot_pool_read_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < self->wishes->len; i++)
    g_ptr_array_add (found, collect (self, self->wishes->pdata[i], self->visits->pdata[i]));
  g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify)g_ptr_array_unref);
}

static void
add_schedule (GHashTable *known, GString *schedules, const char *id)
{
  if (g_hash_table_add (known, (char *)id))
    g_string_append_printf (schedules, "%sSchedule/%s", schedules->len > 0 ? "," : "", id);
}

/* Those of whoever suits one of the wishes, and of the rooms and devices that it needs; each once. */
static char *
list_schedules (Find *self)
{
  GListModel *providers = rcp_roster_get_providers (self->roster);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GString *schedules = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      for (guint j = 0; j < self->wishes->len; j++)
        {
          const RcpWish *wish = self->wishes->pdata[j];
          g_autoptr (GPtrArray) rooms = NULL;

          if (!suits (self, provider, wish))
            continue;
          add_schedule (known, schedules, rcp_provider_get_schedule_id (provider));
          rooms = rcp_rooms_list_fitting (self->roster, rcp_rooms_get_needs (self->roster, wish->visit_type), provider);
          for (guint k = 0; k < rooms->len; k++)
            add_schedule (known, schedules, rcp_room_get_schedule_id (rooms->pdata[k]));
        }
    }
  return g_string_free (schedules, FALSE);
}

static void
start (GTask *task)
{
  Find *self = g_task_get_task_data (task);
  RcpTimeRange window = get_whole_window (self);
  g_autofree char *schedules = list_schedules (self);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  g_autoptr (GPtrArray) own = g_ptr_array_new ();

  for (guint i = 0; i < self->wishes->len; i++)
    if (((RcpWish *)self->wishes->pdata[i])->own != NULL)
      g_ptr_array_add (own, ((RcpWish *)self->wishes->pdata[i])->own);
  for (gint64 from = window.start - RCP_LONGEST_ROOM_SLOT; from < window.end; from += PART_DAYS * G_TIME_SPAN_DAY)
    {
      RcpTimeRange part = { from, MIN (from + PART_DAYS * G_TIME_SPAN_DAY, window.end) };

      g_array_append_val (parts, part);
    }
  rcp_slot_pool_read_async (self->pool, schedules, parts, own, window, g_task_get_cancellable (task), on_read_cb,
                            g_object_ref (task));
}

static gpointer
copy_visit (gconstpointer visit, gpointer user_data)
{
  return g_object_ref ((gpointer) visit);
}

static gpointer
copy_wish (gconstpointer wish, gpointer user_data)
{
  return rcp_wish_copy (wish);
}

void
rcp_find_places_async (FhirClient *client,
                       RcpRoster *roster,
                       GPtrArray *visits,
                       GPtrArray *wishes,
                       guint days,
                       guint limit,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *schedules = NULL;
  Find *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (visits != NULL && wishes != NULL && visits->len == wishes->len);
  g_return_if_fail (days > 0 && limit > 0);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_find_places_async);
  self = g_new0 (Find, 1);
  self->roster = g_object_ref (roster);
  self->visits = g_ptr_array_copy (visits, copy_visit, NULL);
  g_ptr_array_set_free_func (self->visits, g_object_unref);
  self->wishes = g_ptr_array_copy (wishes, copy_wish, NULL);
  g_ptr_array_set_free_func (self->wishes, (GDestroyNotify)rcp_wish_free);
  self->days = days;
  self->limit = limit;
  self->pool = rcp_slot_pool_new (client, roster);
  g_task_set_task_data (task, self, (GDestroyNotify)find_free);
  schedules = list_schedules (self);
  /* Nobody works here who could see any of them. */
  if (*schedules == '\0')
    {
      GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

      for (guint i = 0; i < wishes->len; i++)
        g_ptr_array_add (found, g_ptr_array_new_with_free_func (g_object_unref));
      g_task_return_pointer (task, found, (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  start (task);
}

GPtrArray *
rcp_find_places_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_find_places_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
