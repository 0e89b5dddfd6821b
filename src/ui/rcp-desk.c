/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-desk"

#include "config.h"

#include "rcp-desk-private.h"

#include "scheduling/rcp-undo.h"

G_DEFINE_FINAL_TYPE (RcpDesk, rcp_desk, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (RcpDeskState, rcp_desk_state,
                    G_DEFINE_ENUM_VALUE (RCP_DESK_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (RCP_DESK_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (RCP_DESK_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (RCP_DESK_FAILED, "failed"))

enum
{
  PROP_0,
  PROP_CLOCK,
  PROP_STATE,
  PROP_NAME,
  PROP_UNDO_GRACE,
  N_PROPS
};

enum
{
  ROSTER_CHANGED,
  DONE,
  ALL_DONE,
  HOURS_LATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

void
rcp_desk_set_state (RcpDesk *self, RcpDeskState state, const GError *error)
{
  g_clear_error (&self->error);
  self->error = error ? g_error_copy (error) : NULL;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
take_roster (RcpDesk *self, RcpRoster *roster)
{
  g_set_object (&self->roster, roster);
  rcp_roster_set_busy_times (roster, self->busy_times);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (rcp_roster_get_zone (roster));
  g_clear_object (&self->day_book);
  self->day_book = rcp_day_book_new (self->client, roster);
  rcp_day_book_set_watching (self->day_book, TRUE);
  rcp_desk_follow_day_book (self);
  if (!self->marks)
    self->marks = rcp_booking_marks_new (self->client, self->clock);
  rcp_booking_marks_follow (self->marks, self->day_book);
}

typedef struct
{
  gpointer desk; /* weak */
  guint number;  /* of this reading */
  GTask *task;   /* (nullable): of who waits for it */
} Reload;

static void
on_roster_reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Reload *reload = user_data;
  g_autoptr (RcpDesk) self = rcp_desk_get_from_weak (reload->desk);
  g_autoptr (GTask) task = reload->task;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpRoster) roster = rcp_roster_load_finish (result, &error);

  if (!roster && self && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("Could not read the providers again: code %d", error->code);
  /* One that was asked for later may have come first: this one is older than what is shown. */
  if (roster && self && reload->number > self->roster_taken)
    {
      self->roster_taken = reload->number;
      take_roster (self, roster);
      g_signal_emit (self, signals[ROSTER_CHANGED], 0);
    }
  if (task && roster)
    g_task_return_boolean (task, TRUE);
  else if (task)
    g_task_return_error (task, g_steal_pointer (&error));
}

void
rcp_desk_read_roster (RcpDesk *self, GCancellable *cancellable, GTask *task)
{
  Reload *reload = g_new0 (Reload, 1);

  reload->desk = rcp_desk_make_weak (self);
  reload->number = ++self->roster_asked;
  reload->task = task;
  rcp_roster_load_async (self->client, cancellable, on_roster_reloaded_cb, reload);
}

/* @day: (nullable): the day that it is, read already with @roster */
void
rcp_desk_take_record (RcpDesk *self, FhirClient *client, RcpRoster *roster, RcpDay *day)
{
  if (g_set_object (&self->client, client))
    g_clear_object (&self->marks);
  self->roster_taken = ++self->roster_asked;
  take_roster (self, roster);
  if (day)
    {
      rcp_day_book_adopt (self->day_book, day);
      self->early = rcp_day_get_range (day);
    }
  rcp_desk_set_state (self, RCP_DESK_READY, NULL);
  g_signal_emit (self, signals[ROSTER_CHANGED], 0);
  rcp_desk_publish_hours (self);
}

RcpHeadStart *
rcp_desk_steal_head_start (RcpDesk *self)
{
  return g_steal_pointer (&self->head_start);
}

static void
on_host_died_cb (RcpDesk *self, const GError *error)
{
  rcp_desk_set_state (self, RCP_DESK_FAILED, error);
}

static void
drop_head_start (RcpDesk *self)
{
  if (self->head_start)
    rcp_head_start_cancel (self->head_start);
  g_clear_object (&self->head_start);
}

static void
drop_host (RcpDesk *self)
{
  drop_head_start (self);
  if (!self->host)
    return;
  g_signal_handlers_disconnect_by_func (self->host, on_host_died_cb, self);
  rcp_practice_host_stop (self->host);
  g_clear_object (&self->host);
}

static void
rcp_desk_dispose (GObject *object)
{
  RcpDesk *self = RCP_DESK (object);

  g_cancellable_cancel (self->background);
  g_clear_object (&self->background);
  g_clear_handle_id (&self->publish_id, g_source_remove);
  if (self->day_book)
    rcp_day_book_set_watching (self->day_book, FALSE);
  g_clear_object (&self->marks);
  g_clear_object (&self->day_book);
  g_clear_object (&self->roster);
  g_clear_object (&self->client);
  drop_host (self);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rcp_desk_parent_class)->dispose (object);
}

static void
rcp_desk_finalize (GObject *object)
{
  RcpDesk *self = RCP_DESK (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->busy_times);
  g_clear_object (&self->payer);
  g_clear_error (&self->error);
  g_free (self->name);
  G_OBJECT_CLASS (rcp_desk_parent_class)->finalize (object);
}

static void
rcp_desk_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RcpDesk *self = RCP_DESK (object);

  switch (prop_id)
    {
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_UNDO_GRACE:
      g_value_set_int (value, self->undo_grace);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rcp_desk_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RcpDesk *self = RCP_DESK (object);

  switch (prop_id)
    {
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_NAME:
      g_free (self->name);
      self->name = g_value_dup_string (value);
      break;
    case PROP_UNDO_GRACE:
      self->undo_grace = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rcp_desk_class_init (RcpDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_desk_dispose;
  object_class->finalize = rcp_desk_finalize;
  object_class->get_property = rcp_desk_get_property;
  object_class->set_property = rcp_desk_set_property;
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, RCP_TYPE_CLOCK,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, RCP_TYPE_DESK_STATE, RCP_DESK_CLOSED,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME]
      = g_param_spec_string ("name", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNDO_GRACE] = g_param_spec_int ("undo-grace", NULL, NULL, 0, G_MAXINT, RCP_UNDO_GRACE / G_TIME_SPAN_MINUTE,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * RcpDesk::roster-changed:
   *
   * Providers, places or published hours were read anew; roster and day book are other objects now.
   */
  signals[ROSTER_CHANGED] = g_signal_new ("roster-changed", RCP_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", RCP_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
  signals[ALL_DONE]
      = g_signal_new ("all-done", RCP_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[HOURS_LATE]
      = g_signal_new ("hours-late", RCP_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
rcp_desk_init (RcpDesk *self)
{
  self->zone = g_time_zone_new_local ();
  self->busy_times = rcp_busy_times_new ();
  self->background = g_cancellable_new ();
}

/**
 * rcp_desk_new:
 * @clock: the time of this desk
 *
 * Returns: (transfer full): a desk with no record open
 */
RcpDesk *
rcp_desk_new (RcpClock *clock)
{
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);

  return g_object_new (RCP_TYPE_DESK, "clock", clock, NULL);
}

RcpDeskState
rcp_desk_get_state (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), RCP_DESK_CLOSED);

  return self->state;
}

const GError *
rcp_desk_get_error (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), NULL);

  return self->error;
}

FhirClient *
rcp_desk_get_client (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), NULL);

  return self->client;
}

RcpRoster *
rcp_desk_get_roster (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), NULL);

  return self->roster;
}

RcpDayBook *
rcp_desk_get_day_book (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), NULL);

  return self->day_book;
}

RcpBusyTimes *
rcp_desk_get_busy_times (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), NULL);

  return self->busy_times;
}

RcpPayer *
rcp_desk_get_payer (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), NULL);

  return self->payer;
}

void
rcp_desk_set_payer (RcpDesk *self, RcpPayer *payer)
{
  g_return_if_fail (RCP_IS_DESK (self));

  g_set_object (&self->payer, payer);
}

RcpClock *
rcp_desk_get_clock (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), NULL);

  return self->clock;
}

GTimeZone *
rcp_desk_get_zone (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), NULL);

  return self->zone;
}

/**
 * rcp_desk_get_name:
 * @self: a desk
 *
 * Returns: what this desk is called in the history of what was done; "" when it has no name
 */
const char *
rcp_desk_get_name (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), "");

  return self->name != NULL ? self->name : "";
}

/**
 * rcp_desk_equip:
 * @self: a desk
 * @operation: a change of a visit that was not run yet
 *
 * Whatever a desk changes carries its name, and takes no time that a provider's calendar keeps.
 */
void
rcp_desk_equip (RcpDesk *self, RcpVisitOperation *operation)
{
  g_return_if_fail (RCP_IS_DESK (self));
  g_return_if_fail (RCP_IS_VISIT_OPERATION (operation));

  rcp_visit_operation_set_desk (operation, rcp_desk_get_name (self));
  rcp_visit_operation_set_busy_times (operation, self->busy_times);
}

/**
 * rcp_desk_get_today:
 * @self: a desk
 * @today: (out caller-allocates): the day that it is at the clinic
 */
void
rcp_desk_get_today (RcpDesk *self, GDate *today)
{
  g_return_if_fail (RCP_IS_DESK (self));

  rcp_time_get_day (rcp_clock_get_now (self->clock), self->zone, today);
}

/**
 * rcp_desk_invalidate:
 * @self: a desk
 * @range: the time that was changed
 *
 * Has the days of @range read again, after a change of our own.
 */
void
rcp_desk_invalidate (RcpDesk *self, RcpTimeRange range)
{
  g_return_if_fail (RCP_IS_DESK (self));

  if (self->day_book)
    rcp_day_book_invalidate (self->day_book, range);
}

/**
 * rcp_desk_tell_done:
 * @self: a desk
 * @operation: what has changed the record
 *
 * Lets whoever watches offer to undo it.
 */
void
rcp_desk_tell_done (RcpDesk *self, GObject *operation)
{
  g_return_if_fail (RCP_IS_DESK (self));

  g_signal_emit (self, signals[DONE], 0, operation);
}

/**
 * rcp_desk_tell_all_done:
 * @self: a desk
 * @operations: (element-type RcpVisitOperation): what was done as one, such as the visits of a series
 *
 * Lets whoever watches offer to undo all of it at once. None, or one that has not succeeded, is nothing to tell.
 */
void
rcp_desk_tell_all_done (RcpDesk *self, GPtrArray *operations)
{
  g_return_if_fail (RCP_IS_DESK (self));

  if (operations->len == 1)
    rcp_desk_tell_done (self, operations->pdata[0]);
  else if (operations->len > 1)
    g_signal_emit (self, signals[ALL_DONE], 0, operations);
}

/**
 * rcp_desk_get_undo_grace:
 * @self: a desk
 *
 * Returns: for how long after it was done something can be undone at this desk, microseconds
 */
gint64
rcp_desk_get_undo_grace (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), 0);

  return self->undo_grace * G_TIME_SPAN_MINUTE;
}

RcpBookingMarks *
rcp_desk_get_marks (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), NULL);

  return self->marks;
}

/**
 * rcp_desk_set_host:
 * @self: a desk
 * @host: (nullable): the server of the record, running
 *
 * Keeps the server of the record running as long as it is open. The one of before is stopped.
 */
void
rcp_desk_set_host (RcpDesk *self, RcpPracticeHost *host)
{
  g_return_if_fail (RCP_IS_DESK (self));

  if (host == self->host)
    return;
  drop_host (self);
  if (!host)
    return;
  self->host = g_object_ref (host);
  g_signal_connect_object (host, "died", G_CALLBACK (on_host_died_cb), self, G_CONNECT_SWAPPED);
}

RcpPracticeHost *
rcp_desk_get_host (RcpDesk *self)
{
  g_return_val_if_fail (RCP_IS_DESK (self), NULL);

  return self->host;
}

/**
 * rcp_desk_set_head_start:
 * @self: a desk with a host
 * @head_start: what is being read from that host
 *
 * Gives the next rcp_desk_open_async() its roster and its first day.
 */
void
rcp_desk_set_head_start (RcpDesk *self, RcpHeadStart *head_start)
{
  g_return_if_fail (RCP_IS_DESK (self));
  g_return_if_fail (RCP_IS_HEAD_START (head_start));
  g_return_if_fail (self->host != NULL);

  drop_head_start (self);
  self->head_start = g_object_ref (head_start);
}

/**
 * rcp_desk_reload_roster:
 * @self: a desk
 *
 * Reads providers, places and visit types again; "roster-changed" tells when they are there.
 */
void
rcp_desk_reload_roster (RcpDesk *self)
{
  g_return_if_fail (RCP_IS_DESK (self));

  if (self->client)
    rcp_desk_read_roster (self, self->background, NULL);
}

/**
 * rcp_desk_reload_roster_async:
 * @self: an open desk
 * @cancellable: (nullable): to give up
 * @callback: called when the roster is there, or could not be read
 * @user_data: for @callback
 *
 * Does the same, for those who go on when they know that the roster is no older than this call.
 */
void
rcp_desk_reload_roster_async (RcpDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RCP_IS_DESK (self));
  g_return_if_fail (self->client != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_desk_reload_roster_async);
  rcp_desk_read_roster (self, cancellable, task);
}

/**
 * rcp_desk_reload_roster_finish:
 * @self: a desk
 * @result: what the callback got
 * @error: a FhirError
 *
 * Returns: whether rcp_desk_get_roster() gives what the record holds
 */
gboolean
rcp_desk_reload_roster_finish (RcpDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
