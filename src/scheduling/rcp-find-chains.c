/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-find-chains"

#include "rcp-chains.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"
#include "clinic/rcp-clinic-rules.h"

#include "rcp-offers.h"
#include "rcp-openings.h"
#include "rcp-slot-pool.h"

#define PER_DAY 4

typedef struct
{
  RcpRoster *roster;
  GPtrArray *wishes; /* of RcpWish */
  RcpChainRule rule;
  guint limit;
  RcpTimeRange window;
  RcpSearchSteps steps;
  GPtrArray *columns;    /* of GPtrArray of RcpProvider: who suits each wish */
  char *schedules;       /* all of them, and those of their rooms: "Schedule/a,Schedule/b" */
  RcpSlotPool *pool;
  GPtrArray *own;        /* of RcpOwnVisits: of the wishes, each once */
  gboolean ignores_own;  /* only to say whether that is why there are none */
} Find;

static void read_step (GTask *task);

static void
find_free (Find *self)
{
  g_object_unref (self->roster);
  g_ptr_array_unref (self->wishes);
  g_ptr_array_unref (self->columns);
  rcp_slot_pool_free (self->pool);
  g_ptr_array_unref (self->own);
  g_free (self->schedules);
  g_free (self);
}

static GPtrArray *
list_suitable (Find *self, const RcpWish *wish)
{
  GPtrArray *suitable = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = rcp_roster_get_providers (self->roster);
  RcpVisitType *visit_type
      = wish->visit_type != NULL ? rcp_roster_find_visit_type (self->roster, wish->visit_type) : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (all, i);

      if (rcp_openings_suits (provider, wish, visit_type))
        g_ptr_array_add (suitable, g_steal_pointer (&provider));
    }
  return suitable;
}

/* Several parts may be of one patient. */
static void
add_own (Find *self, RcpOwnVisits *own)
{
  if (own != NULL && !g_ptr_array_find (self->own, own, NULL))
    g_ptr_array_add (self->own, g_object_ref (own));
}

static gboolean
suits_all (Find *self, RcpProvider *provider)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (!g_ptr_array_find (self->columns->pdata[i], provider, NULL))
      return FALSE;
  return TRUE;
}

/* Where nobody sees all of a family, several do, at one place. */
static void
settle_rule (Find *self)
{
  GPtrArray *first = self->columns->pdata[0];

  for (guint i = 0; self->rule.same_provider && i < first->len; i++)
    if (suits_all (self, first->pdata[i]))
      return;
  self->rule.same_provider = FALSE;
}

static void
add_schedule (GHashTable *seen, GString *list, const char *id)
{
  if (g_hash_table_add (seen, (gpointer)id))
    g_string_append_printf (list, "%sSchedule/%s", list->len > 0 ? "," : "", id);
}

static GPtrArray *
list_rooms (Find *self, guint part, RcpProvider *provider)
{
  const RcpWish *wish = self->wishes->pdata[part];

  return rcp_rooms_list_fitting (self->roster, rcp_rooms_get_needs (self->roster, wish->visit_type), provider);
}

static char *
list_schedules (Find *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      GPtrArray *suitable = self->columns->pdata[i];

      for (guint j = 0; j < suitable->len; j++)
        {
          g_autoptr (GPtrArray) rooms = list_rooms (self, i, suitable->pdata[j]);

          add_schedule (seen, list, rcp_provider_get_schedule_id (suitable->pdata[j]));
          for (guint k = 0; k < rooms->len; k++)
            add_schedule (seen, list, rcp_room_get_schedule_id (rooms->pdata[k]));
        }
    }
  return g_string_free (list, FALSE);
}

static RcpFreeRooms *
list_free_rooms (Find *self, guint part, RcpProvider *provider)
{
  const RcpWish *wish = self->wishes->pdata[part];
  const char *needs = rcp_rooms_get_needs (self->roster, wish->visit_type);
  RcpFreeRooms *free = needs != NULL ? rcp_free_rooms_new (needs) : NULL;
  g_autoptr (GPtrArray) rooms = list_rooms (self, part, provider);

  for (guint i = 0; i < rooms->len; i++)
    rcp_free_rooms_add (free, rooms->pdata[i],
                        rcp_slot_pool_get (self->pool, rcp_room_get_schedule_id (rooms->pdata[i])), NULL);
  return free;
}

/* A patient is in one place only. */
static void
drop_elsewhere (Find *self, const RcpWish *wish, GArray *openings)
{
  RcpTimeRange unused = { 0, 0 };

  if (wish->own != NULL && !self->ignores_own)
    rcp_openings_drop_taken (openings, rcp_own_visits_get_ranges (wish->own), &unused);
}

/* Where a part can be; only the first has a time of day. */
static GPtrArray *
make_columns (Find *self, guint part)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_chain_column_free);
  const RcpWish *wish = self->wishes->pdata[part];
  GPtrArray *suitable = self->columns->pdata[part];

  for (guint i = 0; i < suitable->len; i++)
    {
      RcpProvider *provider = suitable->pdata[i];
      GArray *slots = rcp_slot_pool_get (self->pool, rcp_provider_get_schedule_id (provider));
      g_autoptr (GArray) days = rcp_openings_get_days (self->window, part == 0 ? wish->time_of_day : RCP_TIME_OF_DAY_ANY,
                                                       rcp_provider_get_zone (provider));
      RcpChainColumn *column;

      if (slots == NULL)
        continue;
      column = g_new0 (RcpChainColumn, 1);
      column->provider = g_object_ref (provider);
      column->openings = g_array_new (FALSE, FALSE, sizeof (RcpOpening));
      column->rooms = list_free_rooms (self, part, provider);
      rcp_openings_collect ((const RcpSlot *)(void *)slots->data, slots->len, wish->duration, self->window, days,
                            column->openings);
      drop_elsewhere (self, wish, column->openings);
      g_ptr_array_add (columns, column);
    }
  return columns;
}

static GPtrArray *
collect (Find *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GArray) days
      = rcp_openings_get_days (self->window, RCP_TIME_OF_DAY_ANY, rcp_roster_get_zone (self->roster));
  GPtrArray *chains;

  for (guint i = 0; i < self->wishes->len; i++)
    g_ptr_array_add (parts, make_columns (self, i));
  chains = rcp_chains_collect (parts, &self->rule);
  rcp_chains_thin (chains, &self->rule, days, PER_DAY);
  return chains;
}

/* Of the first chain that there would be, were nobody elsewhere: who is; (transfer full), or NULL. */
static char *
explain_elsewhere (Find *self)
{
  g_autoptr (GPtrArray) chains = NULL;
  RcpOffer *part;
  char *sentence = NULL;

  if (self->own->len == 0)
    return NULL;
  self->ignores_own = TRUE;
  chains = collect (self);
  part = chains->len > 0 ? chains->pdata[0] : NULL;
  for (guint i = 0; sentence == NULL && part != NULL; i++, part = rcp_offer_get_next (part))
    sentence = rcp_offers_explain_elsewhere (self->roster, ((RcpWish *)self->wishes->pdata[i])->own,
                                             rcp_offer_get_range (part));
  return sentence;
}

/* That there is none, and whether visits that the patients have already are why. */
static char *
explain (Find *self)
{
  /* Translators: a day, see strftime */
  g_autofree char *day = rcp_when_text_format (self->window.end, rcp_roster_get_zone (self->roster), _ ("%A %-e %B"));
  g_autofree char *elsewhere = explain_elsewhere (self);
  /* Translators: a day */
  g_autofree char *lack = g_strdup_printf (_ ("No openings follow one another like this before %s."), day);

  return elsewhere != NULL ? g_strconcat (lack, " ", elsewhere, NULL) : g_steal_pointer (&lack);
}

static void
finish (GTask *task, GPtrArray *found)
{
  Find *self = g_task_get_task_data (task);
  g_autoptr (RcpOffers) offers = rcp_offers_new ();

  rcp_offers_add (offers, found, self->limit, TRUE);
  if (found->len == 0)
    rcp_offers_take_explanation (offers, explain (self));
  g_task_return_pointer (task, g_steal_pointer (&offers), g_object_unref);
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (!rcp_slot_pool_read_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  found = collect (self);
  if (found->len >= self->limit || rcp_search_steps_are_over (&self->steps))
    finish (task, found);
  else
    read_step (task);
}

/* A chain may lie across the end of a step, so what is read is kept and searched again as a whole. */
static void
read_step (GTask *task)
{
  Find *self = g_task_get_task_data (task);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  RcpTimeRange range = rcp_search_steps_next (&self->steps);

  g_array_append_val (ranges, range);
  rcp_slot_pool_read_async (self->pool, self->schedules, ranges, self->own, self->window, g_task_get_cancellable (task),
                            on_slots_read_cb, g_object_ref (task));
}

/**
 * rcp_find_chains_async:
 * @client: the record
 * @roster: who works where
 * @wishes: (element-type RcpWish): the parts, in order; copied; at least one
 * @rule: how they follow one another; where nobody suits all parts, one place is enough
 * @limit: how many chains to show
 * @cancellable: (nullable): to stop
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Finds openings that follow one another, to be booked as one; none at which a patient has another visit.
 */
void
rcp_find_chains_async (FhirClient *client,
                       RcpRoster *roster,
                       GPtrArray *wishes,
                       const RcpChainRule *rule,
                       guint limit,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Find *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (wishes != NULL && wishes->len > 0);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_find_chains_async);
  self = g_new0 (Find, 1);
  self->roster = g_object_ref (roster);
  self->wishes = g_ptr_array_copy (wishes, (GCopyFunc)(void *)rcp_wish_copy, NULL);
  g_ptr_array_set_free_func (self->wishes, (GDestroyNotify)rcp_wish_free);
  self->rule = *rule;
  self->limit = MAX (limit, 1);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  self->pool = rcp_slot_pool_new (client, roster);
  self->own = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < wishes->len; i++)
    {
      add_own (self, ((RcpWish *)wishes->pdata[i])->own);
      g_ptr_array_add (self->columns, list_suitable (self, wishes->pdata[i]));
    }
  settle_rule (self);
  self->schedules = list_schedules (self);
  self->window = rcp_openings_get_window (wishes->pdata[0], rcp_clinic_rules_get_urgent_days (roster), RCP_SEARCH_DAYS,
                                          rcp_roster_get_zone (roster));
  rcp_search_steps_start (&self->steps, self->window, RCP_LONGEST_ROOM_SLOT);
  g_task_set_task_data (task, self, (GDestroyNotify)find_free);
  if (*self->schedules == '\0' || self->window.start >= self->window.end)
    {
      g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

      finish (task, nothing);
      return;
    }
  read_step (task);
}

/**
 * rcp_find_chains_finish:
 * @result: what the callback got
 * @error: a FhirError
 *
 * Returns: (transfer full): the first parts
 */
RcpOffers *
rcp_find_chains_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_find_chains_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
