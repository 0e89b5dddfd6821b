/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-find-openings"

#include "rcp-find-openings.h"

#include "rcp-offers.h"
#include "rcp-openings.h"
#include "rcp-slot-pool.h"

#include "clinic/rcp-clinic-rules.h"

#define PER_PROVIDER_DAY 4
#define N_ALTERNATIVES 6
/* A long step is read in parts, so that several are under way together. */
#define PART_DAYS 7
/* Where providers are compared: who has no time in so many days is not waited for, when there is choice. */
#define COMPARED_DAYS 14

/**
 * One pass over the growing windows with one wish. The first pass is for the wish itself; when it brings nothing, a
 * second one, for whatever comes near it, is made.
 */
typedef struct
{
  RcpRoster *roster;
  RcpWish *wish;
  guint limit;
  RcpOffers *offers;
  gboolean relaxed;
  RcpWish *sought;
  RcpTimeRange window;
  gboolean has_kept; /* free time that would meet it, but that a provider's calendar keeps */
  RcpTimeRange lost; /* the first time that would meet the wish, were the patient not elsewhere; or empty */
  RcpSearchSteps steps;
  GPtrArray *providers;
  const char *needs; /* beside the provider, or NULL; the roster's */
  GPtrArray *rooms;  /* of RcpRoom: all that fit the need at one of the places */
  RcpSlotPool *pool;
  GPtrArray *own;    /* of RcpOwnVisits: that of the wish */
  GHashTable *days;  /* zone's name to GArray of RcpOpeningDay: those of the window */
} Find;

static void start_pass (GTask *task);
static void read_step (GTask *task);

static void
find_free (Find *self)
{
  g_clear_object (&self->roster);
  g_clear_object (&self->offers);
  g_clear_pointer (&self->wish, rcp_wish_free);
  g_clear_pointer (&self->sought, rcp_wish_free);
  g_clear_pointer (&self->providers, g_ptr_array_unref);
  g_clear_pointer (&self->rooms, g_ptr_array_unref);
  g_clear_pointer (&self->pool, rcp_slot_pool_free);
  g_clear_pointer (&self->own, g_ptr_array_unref);
  g_clear_pointer (&self->days, g_hash_table_unref);
  g_free (self);
}

static void
pick_providers (Find *self)
{
  GListModel *all = rcp_roster_get_providers (self->roster);
  RcpVisitType *visit_type
      = self->sought->visit_type != NULL ? rcp_roster_find_visit_type (self->roster, self->sought->visit_type) : NULL;

  g_clear_pointer (&self->providers, g_ptr_array_unref);
  self->providers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (all, i);

      if (rcp_openings_suits (provider, self->sought, visit_type))
        g_ptr_array_add (self->providers, g_steal_pointer (&provider));
    }
}

/* The rooms and devices where the providers work, each once. */
static void
pick_rooms (Find *self)
{
  g_clear_pointer (&self->rooms, g_ptr_array_unref);
  self->rooms = g_ptr_array_new_with_free_func (g_object_unref);
  self->needs = rcp_rooms_get_needs (self->roster, self->sought->visit_type);
  for (guint i = 0; self->needs != NULL && i < self->providers->len; i++)
    {
      g_autoptr (GPtrArray) fitting = rcp_rooms_list_fitting (self->roster, self->needs, self->providers->pdata[i]);

      for (guint j = 0; j < fitting->len; j++)
        if (!g_ptr_array_find (self->rooms, fitting->pdata[j], NULL))
          g_ptr_array_add (self->rooms, g_object_ref (fitting->pdata[j]));
    }
}

/* When what a visit with @provider needs is free: (transfer full), or NULL when it needs nothing. */
static RcpFreeRooms *
list_free_rooms (Find *self, RcpProvider *provider)
{
  RcpFreeRooms *rooms = self->needs != NULL ? rcp_free_rooms_new (self->needs) : NULL;
  g_autoptr (GPtrArray) fitting = rcp_rooms_list_fitting (self->roster, self->needs, provider);

  for (guint i = 0; i < fitting->len; i++)
    {
      const char *schedule_id = rcp_room_get_schedule_id (fitting->pdata[i]);

      if (self->sought->room_id == NULL || g_strcmp0 (self->sought->room_id, schedule_id) == 0)
        rcp_free_rooms_add (rooms, fitting->pdata[i], rcp_slot_pool_get (self->pool, schedule_id), NULL);
    }
  return rooms;
}

static RcpTimeRange
get_window (Find *self, const RcpWish *wish)
{
  return rcp_openings_get_window (wish, rcp_clinic_rules_get_urgent_days (self->roster), RCP_SEARCH_DAYS,
                                  rcp_roster_get_zone (self->roster));
}

/* The same wish without what stood in its way: any time of day, any place, any provider of the specialty, any day. But what is an
 * emergency today is none tomorrow: that no time is left today has to be seen at once. */
static RcpWish *
relax (Find *self)
{
  RcpWish *relaxed = rcp_wish_copy (self->wish);
  RcpProvider *provider
      = relaxed->schedule_id != NULL ? rcp_roster_find_provider (self->roster, relaxed->schedule_id) : NULL;

  if (relaxed->specialty == NULL && provider != NULL)
    relaxed->specialty = g_strdup (rcp_provider_get_specialty (provider));
  g_clear_pointer (&relaxed->schedule_id, g_free);
  g_clear_pointer (&relaxed->place_id, g_free);
  g_clear_pointer (&relaxed->room_id, g_free);
  relaxed->time_of_day = RCP_TIME_OF_DAY_ANY;
  if (relaxed->urgency != RCP_URGENCY_EMERGENCY)
    relaxed->urgency = RCP_URGENCY_ROUTINE;
  return relaxed;
}

/* The days of the window where @provider works. */
static GArray *
get_days (Find *self, RcpProvider *provider)
{
  GTimeZone *zone = rcp_provider_get_zone (provider);
  const char *name = g_time_zone_get_identifier (zone);
  GArray *days = g_hash_table_lookup (self->days, name);

  if (days == NULL)
    {
      days = rcp_openings_get_days (self->window, self->sought->time_of_day, zone);
      g_hash_table_insert (self->days, g_strdup (name), days);
    }
  return days;
}

/* Of each provider the first few are enough to compare them. */
static void
keep_first (Find *self, GPtrArray *offers, guint first)
{
  guint n = offers->len - first;

  if (self->sought->per_provider > 0 && n > self->sought->per_provider)
    g_ptr_array_remove_range (offers, first + self->sought->per_provider, n - self->sought->per_provider);
}

/* @n_without: (out): how many of the providers have no time. */
static GPtrArray *
collect (Find *self, guint *n_without)
{
  RcpTimeRange unused = { 0, 0 };
  GPtrArray *offers = g_ptr_array_new_with_free_func (g_object_unref);

  *n_without = 0;
  for (guint i = 0; i < self->providers->len; i++)
    {
      RcpProvider *provider = self->providers->pdata[i];
      guint first = offers->len;
      GArray *slots = rcp_slot_pool_get (self->pool, rcp_provider_get_schedule_id (provider));
      g_autoptr (RcpFreeRooms) rooms = slots != NULL ? list_free_rooms (self, provider) : NULL;

      if (slots != NULL)
        rcp_offers_collect (provider, (const RcpSlot *)(void *)slots->data, slots->len, self->sought, self->window,
                            get_days (self, provider), PER_PROVIDER_DAY, rooms, self->relaxed ? &unused : &self->lost, offers);
      keep_first (self, offers, first);
      *n_without += offers->len == first;
    }
  return offers;
}

/* The end of a pass: either the answer, or the second pass. */
static void
end_pass (GTask *task, GPtrArray *found)
{
  Find *self = g_task_get_task_data (task);

  if (self->relaxed)
    {
      RcpTimeRange wanted = get_window (self, self->wish);

      rcp_offers_add (self->offers, found, MIN (self->limit, N_ALTERNATIVES), FALSE);
      rcp_offers_take_explanation (self->offers, rcp_offers_explain (self->roster, self->wish, wanted.end, RCP_SEARCH_DAYS,
                                                                     self->lost, self->has_kept,
                                                                     G_LIST_MODEL (self->offers)));
    }
  else if (found->len > 0)
    {
      rcp_offers_add (self->offers, found, self->sought->per_provider > 0 ? found->len : self->limit, TRUE);
    }
  else
    {
      self->relaxed = TRUE;
      self->has_kept = rcp_slot_pool_has_kept (self->pool);
      start_pass (task);
      return;
    }
  g_task_return_pointer (task, g_object_ref (self->offers), g_object_unref);
}

/* Whether @found is as much as is asked for. */
static gboolean
is_enough (Find *self, GPtrArray *found, guint n_without)
{
  if (self->relaxed)
    return found->len >= MIN (self->limit, N_ALTERNATIVES);
  if (self->sought->per_provider == 0)
    return found->len >= self->limit;
  if (n_without == 0)
    return TRUE;
  return found->len > 0 && self->steps.read_until - self->window.start >= COMPARED_DAYS * G_TIME_SPAN_DAY;
}

static void
end_step (GTask *task)
{
  Find *self = g_task_get_task_data (task);
  guint n_without;
  g_autoptr (GPtrArray) found = collect (self, &n_without);

  if (is_enough (self, found, n_without) || rcp_search_steps_are_over (&self->steps))
    end_pass (task, found);
  else
    read_step (task);
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rcp_slot_pool_read_finish (result, &error))
    end_step (task);
  else
    g_task_return_error (task, error);
}

/* Where in @step slots of a visit may lie that starts in the wanted part of a day. */
static void
add_parts (Find *self, RcpTimeRange step, GArray *parts)
{
  gint64 need = MAX (self->sought->duration, 1) * G_TIME_SPAN_MINUTE;
  gint64 lead = self->needs != NULL ? RCP_LONGEST_ROOM_SLOT : 0;
  GHashTableIter iter;
  gpointer days;

  g_hash_table_iter_init (&iter, self->days);
  while (g_hash_table_iter_next (&iter, NULL, &days))
    for (guint i = 0; i < ((GArray *)days)->len; i++)
      {
        RcpTimeRange starts = g_array_index ((GArray *)days, RcpOpeningDay, i).starts;
        RcpTimeRange part = { MAX (starts.start - lead, step.start), MIN (starts.end + need, step.end) };

        if (part.start < part.end)
          g_array_append_val (parts, part);
      }
}

/* What is read of @step: all of it, in parts; of mornings, afternoons or evenings only those. */
static GArray *
divide_step (Find *self, RcpTimeRange step)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  if (self->sought->time_of_day != RCP_TIME_OF_DAY_ANY)
    {
      for (guint i = 0; i < self->providers->len; i++)
        get_days (self, self->providers->pdata[i]);
      add_parts (self, step, parts);
      rcp_time_ranges_normalize (parts);
      return parts;
    }
  for (gint64 start = step.start; start < step.end; start += PART_DAYS * G_TIME_SPAN_DAY)
    {
      RcpTimeRange part = { start, MIN (start + PART_DAYS * G_TIME_SPAN_DAY, step.end) };

      g_array_append_val (parts, part);
    }
  return parts;
}

/* An opening may lie across the end of a step, so what is read is kept and searched again as a whole. */
static void
read_step (GTask *task)
{
  Find *self = g_task_get_task_data (task);
  g_autoptr (GString) schedules = g_string_new (NULL);
  g_autoptr (GArray) parts = divide_step (self, rcp_search_steps_next (&self->steps));

  for (guint i = 0; i < self->providers->len; i++)
    g_string_append_printf (schedules, "%sSchedule/%s", i > 0 ? "," : "",
                            rcp_provider_get_schedule_id (self->providers->pdata[i]));
  for (guint i = 0; i < self->rooms->len; i++)
    g_string_append_printf (schedules, ",Schedule/%s", rcp_room_get_schedule_id (self->rooms->pdata[i]));
  rcp_slot_pool_read_async (self->pool, schedules->str, parts, self->own, self->window, g_task_get_cancellable (task),
                            on_slots_read_cb, g_object_ref (task));
}

static void
start_pass (GTask *task)
{
  Find *self = g_task_get_task_data (task);

  g_clear_pointer (&self->sought, rcp_wish_free);
  self->sought = self->relaxed ? relax (self) : rcp_wish_copy (self->wish);
  self->window = get_window (self, self->sought);
  rcp_slot_pool_clear (self->pool);
  g_hash_table_remove_all (self->days);
  pick_providers (self);
  pick_rooms (self);
  rcp_search_steps_start (&self->steps, self->window, self->needs != NULL ? RCP_LONGEST_ROOM_SLOT : 0);
  if (self->providers->len == 0 || self->window.start >= self->window.end)
    {
      g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

      end_pass (task, nothing);
      return;
    }
  read_step (task);
}

/**
 * rcp_find_openings_async:
 * @client: the record
 * @roster: who works where
 * @wish: what the patient asks for; copied
 * @limit: how many offers to show
 * @cancellable: (nullable): to stop
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Asks for the free slots of all suitable schedules in growing windows until @limit offers are found; of a part of the
 * day only those in which such a visit may lie. With RcpWish.per_provider until each provider has some, or two weeks have been
 * searched: then there may be more than @limit. What overlaps another visit of the patients of @wish is left out. When none
 * meets the wish, asks once more for what comes near it: another provider of the specialty, place, time of day or day.
 */
void
rcp_find_openings_async (FhirClient *client,
                         RcpRoster *roster,
                         const RcpWish *wish,
                         guint limit,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Find *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (wish != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_find_openings_async);
  self = g_new0 (Find, 1);
  self->roster = g_object_ref (roster);
  self->wish = rcp_wish_copy (wish);
  self->limit = MAX (limit, 1);
  self->offers = rcp_offers_new ();
  self->pool = rcp_slot_pool_new (client, roster);
  self->own = g_ptr_array_new_with_free_func (g_object_unref);
  if (wish->own != NULL)
    g_ptr_array_add (self->own, g_object_ref (wish->own));
  self->days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  g_task_set_task_data (task, self, (GDestroyNotify)find_free);
  start_pass (task);
}

/**
 * rcp_find_openings_finish:
 * @result: what the callback got
 * @error: a FhirError
 *
 * Returns: (transfer full): the offers
 */
RcpOffers *
rcp_find_openings_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_find_openings_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
