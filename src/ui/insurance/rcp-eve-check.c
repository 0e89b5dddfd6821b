/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-eve-check"

#include "config.h"

#include "rcp-eve-check.h"

#include "clinic/rcp-working-day.h"
#include "insurance/rcp-check-claim.h"
#include "ui/insurance/rcp-cover-list.h"

#define LOOK_SECONDS (15 * 60)

/* One insurance of one visit. */
typedef struct
{
  RcpCoverEntry *entry;
  RcpCoverage *coverage;
} Todo;

struct _RcpEveCheck
{
  GObject parent_instance;

  RcpDesk *desk;
  guint look_id;
  FhirClient *client;     /* of the record that it runs on */
  RcpCoverList *list;     /* while it runs */
  GQueue *todo;           /* of Todo; NULL until the list is read */
  RcpCoverEntry *current; /* that is being asked about */
  RcpCoverage *coverage;  /* of it */
  RcpCheckClaim *claim;   /* for it */
  GCancellable *running;
  gboolean is_complete;   /* nothing was left to another time */
  GDate done;             /* the day whose visits were all seen to */
};

G_DEFINE_FINAL_TYPE (RcpEveCheck, rcp_eve_check, G_TYPE_OBJECT)

static void next (RcpEveCheck *self);

static void
todo_free (gpointer data)
{
  Todo *self = data;

  g_object_unref (self->entry);
  g_object_unref (self->coverage);
  g_free (self);
}

static void
free_todo (GQueue *todo)
{
  g_queue_free_full (todo, todo_free);
}

static void
forget_current (RcpEveCheck *self)
{
  g_clear_object (&self->claim);
  g_clear_object (&self->coverage);
  g_clear_object (&self->current);
}

static void
stop (RcpEveCheck *self)
{
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->current)
    g_signal_handlers_disconnect_by_data (self->current, self);
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  forget_current (self);
  g_clear_pointer (&self->todo, free_todo);
  g_clear_object (&self->list);
  g_clear_object (&self->client);
}

static void
rcp_eve_check_dispose (GObject *object)
{
  RcpEveCheck *self = RCP_EVE_CHECK (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  stop (self);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_eve_check_parent_class)->dispose (object);
}

static void
rcp_eve_check_class_init (RcpEveCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_eve_check_dispose;
}

static void
rcp_eve_check_init (RcpEveCheck *self)
{
  g_date_clear (&self->done, 1);
}

static gboolean
on_look_cb (gpointer data)
{
  rcp_eve_check_run (data);
  return G_SOURCE_CONTINUE;
}

/**
 * rcp_eve_check_new:
 * @desk: a desk, open or not
 *
 * Returns: (transfer full): looks every quarter of an hour whether it is time
 */
RcpEveCheck *
rcp_eve_check_new (RcpDesk *desk)
{
  RcpEveCheck *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_EVE_CHECK, NULL);
  self->desk = g_object_ref (desk);
  self->look_id = g_timeout_add_seconds (LOOK_SECONDS, on_look_cb, self);
  return self;
}

/* Whatever is under way ends without it. */
void
rcp_eve_check_end (RcpEveCheck *self)
{
  g_return_if_fail (RCP_IS_EVE_CHECK (self));

  g_clear_handle_id (&self->look_id, g_source_remove);
  stop (self);
  g_object_unref (self);
}

/* What is left over is seen to at another time: by this desk, or by one that is faster. */
static void
finish (RcpEveCheck *self)
{
  if (self->is_complete)
    self->done = *rcp_cover_list_get_day (self->list);
  stop (self);
}

static void
on_completed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpEveCheck) self = user_data;

  /* Without it another desk asks once more, after a while, and finds the answer in the record. */
  rcp_check_claim_complete_finish (RCP_CHECK_CLAIM (source), result, NULL);
  if (self->claim == RCP_CHECK_CLAIM (source))
    next (self);
}

static void
on_entry_changed_cb (RcpEveCheck *self)
{
  if (rcp_cover_entry_is_asking (self->current))
    return;
  g_signal_handlers_disconnect_by_data (self->current, self);
  rcp_check_claim_complete_async (self->claim, on_completed_cb, g_object_ref (self));
}

static void
on_claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpEveCheck) self = user_data;
  gboolean is_mine = rcp_check_claim_take_finish (RCP_CHECK_CLAIM (source), result, NULL);

  if (self->claim != RCP_CHECK_CLAIM (source))
    return;
  if (!is_mine)
    {
      self->is_complete = self->is_complete && rcp_check_claim_is_done (self->claim);
      next (self);
      return;
    }
  if (!rcp_cover_entry_ask_about (self->current, self->coverage))
    {
      self->is_complete = FALSE;
      next (self);
      return;
    }
  g_signal_connect_object (self->current, "changed", G_CALLBACK (on_entry_changed_cb), self, G_CONNECT_SWAPPED);
}

/* One after the other: nobody waits for it, and the payers serve others too. */
static void
next (RcpEveCheck *self)
{
  Todo *todo;

  forget_current (self);
  /* Another record was opened: its insurances are others. */
  if (rcp_desk_get_client (self->desk) != self->client)
    {
      stop (self);
      return;
    }
  todo = self->todo ? g_queue_pop_head (self->todo) : NULL;
  if (!todo)
    {
      finish (self);
      return;
    }
  self->current = g_object_ref (todo->entry);
  self->coverage = g_object_ref (todo->coverage);
  todo_free (todo);
  self->claim = rcp_check_claim_new (self->client, rcp_desk_get_clock (self->desk),
                                     self->coverage, rcp_cover_list_get_day (self->list),
                                     rcp_cover_entry_get_service_type (self->current), rcp_desk_get_name (self->desk));
  rcp_check_claim_take_async (self->claim, self->running, on_claimed_cb, g_object_ref (self));
}

/* The insurances that pay as number @nth, from 0. Returns: whether there are any */
static gboolean
queue_nth (RcpEveCheck *self, guint nth)
{
  GListModel *entries = rcp_cover_list_get_entries (self->list);
  gboolean has_any = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (entries, i);
      RcpCoverage *coverage = rcp_cover_entry_get_nth (entry, nth);
      Todo *todo;

      has_any = has_any || coverage;
      if (!coverage || !rcp_cover_entry_is_due (entry, nth))
        continue;
      todo = g_new0 (Todo, 1);
      todo->entry = g_steal_pointer (&entry);
      todo->coverage = g_object_ref (coverage);
      g_queue_push_tail (self->todo, todo);
    }
  return has_any;
}

/* Those that pay first come before all others: whoever is stopped meanwhile knows those of everybody. */
static void
on_list_changed_cb (RcpEveCheck *self)
{
  GListModel *entries = rcp_cover_list_get_entries (self->list);
  guint nth = 0;

  if (rcp_cover_list_has_failed (self->list))
    {
      stop (self);
      return;
    }
  if (self->todo || !rcp_cover_list_is_read (self->list))
    return;
  self->todo = g_queue_new ();
  self->is_complete = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (RcpCoverEntry) entry = g_list_model_get_item (entries, i);

      self->is_complete = self->is_complete && rcp_cover_entry_get_state (entry) != RCP_COVER_NOT_READ;
    }
  while (queue_nth (self, nth))
    nth++;
  next (self);
}

static gboolean
is_time (RcpEveCheck *self)
{
  RcpPayer *payer = rcp_desk_get_payer (self->desk);
  g_autofree char *problem = payer ? rcp_payer_dup_problem (payer) : NULL;

  return payer && !problem && rcp_desk_get_state (self->desk) == RCP_DESK_READY &&
         rcp_time_get_minute (rcp_clock_get_now (rcp_desk_get_clock (self->desk)), rcp_desk_get_zone (self->desk)) >= RCP_EVE_CHECK_HOUR * 60;
}

/**
 * rcp_eve_check_run:
 *
 * Begins, unless it is too early, nobody can be asked, it runs, or it was done for that day.
 *
 * Returns: whether it runs
 */
gboolean
rcp_eve_check_run (RcpEveCheck *self)
{
  GDate today, day;

  g_return_val_if_fail (RCP_IS_EVE_CHECK (self), FALSE);

  if (self->list || !is_time (self))
    return self->list != NULL;
  rcp_desk_get_today (self->desk, &today);
  rcp_working_day_find_next (rcp_desk_get_roster (self->desk), &today, &day);
  if (g_date_valid (&self->done) && g_date_compare (&self->done, &day) == 0)
    return FALSE;
  self->client = g_object_ref (rcp_desk_get_client (self->desk));
  self->running = g_cancellable_new ();
  self->list = rcp_cover_list_new (self->desk);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (on_list_changed_cb), self, G_CONNECT_SWAPPED);
  on_list_changed_cb (self);
  return self->list != NULL;
}

gboolean
rcp_eve_check_is_running (RcpEveCheck *self)
{
  g_return_val_if_fail (RCP_IS_EVE_CHECK (self), FALSE);

  return self->list != NULL;
}
