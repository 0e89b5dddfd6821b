/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-busy-calendar.h"

#include "calendars/rcp-busy-view.h"

#define FIRST_PAUSE 1    /* seconds until it is tried again */
#define LONGEST_PAUSE 60
#define QUIET 180        /* seconds without a complaint after which a server is there again: a call to one that hangs takes as long */
#define MOST_CHECKS 5
#define NEWS_PAUSE 300   /* seconds from one question to the next: Evolution Data Server itself asks once an hour */
#define SETTLE 3         /* seconds: the state of a server flickers while it connects, and a complaint comes after the end of a refresh */

struct _RcpBusyCalendar
{
  GObject parent_instance;

  RcpCalendar *calendar;
  GTimeZone *place;
  RcpClock *clock;
  RcpTimeRange window;

  gboolean is_started;
  RcpBusyView *view;   /* that is read from, or NULL */
  RcpBusyView *next;   /* that is not complete yet, or NULL */
  guint pause;
  guint again_id;
  guint settle_id;
  guint probe_id;      /* until its server is asked again, while it is not known to be reached */
  guint quiet_id;      /* until the server counts as reached, when it was asked */
  guint news_pause;
  guint check_id;      /* until its server is asked for news, or it is seen whether it was */
  guint n_checks;      /* how often it was asked since there was an answer */

  GArray *busy;
  guint n_unread;
  RcpBusyState state;
  gint64 as_of;
  GError *error;
};

G_DEFINE_FINAL_TYPE (RcpBusyCalendar, rcp_busy_calendar, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void connect_again (RcpBusyCalendar *self);
static gboolean on_settled_cb (gpointer data);
static gboolean on_quiet_cb (gpointer data);

static void
rcp_busy_calendar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_uint (value, RCP_BUSY_CALENDAR (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rcp_busy_calendar_dispose (GObject *object)
{
  rcp_busy_calendar_stop (RCP_BUSY_CALENDAR (object));
  G_OBJECT_CLASS (rcp_busy_calendar_parent_class)->dispose (object);
}

static void
rcp_busy_calendar_finalize (GObject *object)
{
  RcpBusyCalendar *self = RCP_BUSY_CALENDAR (object);

  g_clear_object (&self->calendar);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->place, g_time_zone_unref);
  g_array_unref (self->busy);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (rcp_busy_calendar_parent_class)->finalize (object);
}

static void
rcp_busy_calendar_class_init (RcpBusyCalendarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_busy_calendar_get_property;
  object_class->dispose = rcp_busy_calendar_dispose;
  object_class->finalize = rcp_busy_calendar_finalize;

  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, RCP_BUSY_STATE_LOADING, RCP_BUSY_STATE_OLD,
                                              RCP_BUSY_STATE_LOADING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RCP_TYPE_BUSY_CALENDAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
rcp_busy_calendar_init (RcpBusyCalendar *self)
{
  self->busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  self->pause = FIRST_PAUSE;
  self->news_pause = NEWS_PAUSE;
}

static void
set_state (RcpBusyCalendar *self, RcpBusyState state)
{
  /* What was live until now is known of now. */
  if (self->state == RCP_BUSY_STATE_LIVE || state == RCP_BUSY_STATE_LIVE)
    self->as_of = rcp_clock_get_now (self->clock);
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Whether Evolution Data Server itself hears from the server; a calendar of this computer is always connected. */
static gboolean
is_connected (RcpBusyCalendar *self)
{
  return rcp_calendar_get_state (self->calendar) == RCP_CALENDAR_CONNECTED;
}

static void
forget_check (RcpBusyCalendar *self)
{
  g_clear_handle_id (&self->check_id, g_source_remove);
  self->n_checks = 0;
}

static void
on_server_state_changed_cb (RcpBusyCalendar *self)
{
  if (!self->is_started)
    return;
  if (!is_connected (self))
    forget_check (self);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add_seconds (SETTLE, on_settled_cb, self);
}

/**
 * rcp_busy_calendar_new:
 * @calendar: of the provider
 * @place: the zone of the place that the provider works at
 * @clock: the time
 *
 * Returns: (transfer full): knows nothing until it is started
 */
RcpBusyCalendar *
rcp_busy_calendar_new (RcpCalendar *calendar, GTimeZone *place, RcpClock *clock)
{
  RcpBusyCalendar *self;

  g_return_val_if_fail (RCP_IS_CALENDAR (calendar), NULL);
  g_return_val_if_fail (place != NULL, NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);

  self = g_object_new (RCP_TYPE_BUSY_CALENDAR, NULL);
  self->calendar = g_object_ref (calendar);
  self->place = g_time_zone_ref (place);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (calendar, "notify::state", G_CALLBACK (on_server_state_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

static gboolean
is_same (GArray *a, GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const RcpBusy *left = &g_array_index (a, RcpBusy, i);
      const RcpBusy *right = &g_array_index (b, RcpBusy, i);

      if (left->range.start != right->range.start || left->range.end != right->range.end || left->kind != right->kind)
        return FALSE;
    }
  return TRUE;
}

static void
drop_view (RcpBusyView **view)
{
  if (*view != NULL)
    rcp_busy_view_stop (*view);
  g_clear_object (view);
}

static void
end_trouble (RcpBusyCalendar *self)
{
  g_clear_handle_id (&self->probe_id, g_source_remove);
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  g_clear_error (&self->error);
  self->pause = FIRST_PAUSE;
}

static gboolean
on_probe_cb (gpointer data)
{
  RcpBusyCalendar *self = data;

  self->probe_id = 0;
  if (self->view == NULL)
    return G_SOURCE_REMOVE;
  self->quiet_id = g_timeout_add_seconds (QUIET, on_quiet_cb, self);
  rcp_busy_view_refresh (self->view);
  return G_SOURCE_REMOVE;
}

static gboolean
waits_for_a_person (RcpBusyCalendar *self)
{
  RcpCalendarState state = rcp_calendar_get_state (self->calendar);

  return state == RCP_CALENDAR_NEEDS_PASSWORD || state == RCP_CALENDAR_NOT_TRUSTED;
}

static void
probe_later (RcpBusyCalendar *self)
{
  if (self->probe_id != 0 || self->quiet_id != 0)
    return;
  self->probe_id = g_timeout_add_seconds (self->pause, on_probe_cb, self);
  self->pause = MIN (self->pause * 2, LONGEST_PAUSE);
}

static gboolean
on_check_cb (gpointer data)
{
  RcpBusyCalendar *self = data;
  guint pause;

  self->check_id = 0;
  if (self->view == NULL || !rcp_busy_view_can_refresh (self->view))
    return G_SOURCE_REMOVE;
  if (self->n_checks == MOST_CHECKS || (self->n_checks > 0 && rcp_busy_view_is_fresh (self->view)))
    {
      self->n_checks = 0;
      pause = self->news_pause;
    }
  else
    {
      rcp_busy_view_refresh (self->view);
      pause = SETTLE << self->n_checks++;
    }
  self->check_id = g_timeout_add_seconds (pause, on_check_cb, self);
  return G_SOURCE_REMOVE;
}

/* Evolution Data Server loses the refresh after a password that comes while it still opens the calendar: what is connected would be
 * empty, or of yesterday. So each connection is asked for news until there was an answer, and again after a while. */
static void
check_soon (RcpBusyCalendar *self)
{
  if (self->check_id == 0)
    self->check_id = g_timeout_add_seconds (MIN (SETTLE, self->news_pause), on_check_cb, self);
}

/* Evolution Data Server tells of a server that it does not reach, but not always of one that it reaches again, and of two states that
 * follow each other fast the first may come last. So what is not live is asked for again, until somebody has to give a password. */
static void
judge (RcpBusyCalendar *self)
{
  if (self->error == NULL && is_connected (self))
    {
      end_trouble (self);
      check_soon (self);
      set_state (self, RCP_BUSY_STATE_LIVE);
      return;
    }
  if (!waits_for_a_person (self))
    probe_later (self);
  set_state (self, RCP_BUSY_STATE_OLD);
}

static gboolean
on_settled_cb (gpointer data)
{
  RcpBusyCalendar *self = data;

  self->settle_id = 0;
  /* Connected is also what was not asked yet: where an answer is awaited, that tells. */
  if (self->view != NULL && self->state != RCP_BUSY_STATE_LOADING && self->quiet_id == 0)
    judge (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_quiet_cb (gpointer data)
{
  RcpBusyCalendar *self = data;

  self->quiet_id = 0;
  g_clear_error (&self->error);
  if (self->view != NULL)
    judge (self);
  return G_SOURCE_REMOVE;
}

/* Whether the server was reached follows: nothing where it was, a complaint where it was not. */
static void
on_refreshed_cb (RcpBusyView *view, RcpBusyCalendar *self)
{
  if (view != self->view || self->state != RCP_BUSY_STATE_OLD)
    return;
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  self->quiet_id = g_timeout_add_seconds (SETTLE, on_quiet_cb, self);
}

static void
on_troubled_cb (RcpBusyView *view, const GError *error, RcpBusyCalendar *self)
{
  if (view != self->view)
    return;
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  judge (self);
}

/* Takes @busy. */
static void
set_busy (RcpBusyCalendar *self, GArray *busy)
{
  g_autoptr (GArray) old = busy;

  if (is_same (busy, self->busy))
    return;
  old = g_steal_pointer (&self->busy);
  self->busy = busy;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Some of it, long before all of it. */
static void
on_near_read_cb (RcpBusyView *view, GArray *busy, RcpBusyCalendar *self)
{
  if (self->as_of == 0)
    set_busy (self, g_array_ref (busy));
}

static void
on_read_cb (RcpBusyView *view, RcpBusyCalendar *self)
{
  GArray *busy = rcp_event_store_collect (rcp_busy_view_get_store (view));

  if (view == self->next)
    {
      drop_view (&self->view);
      self->view = g_steal_pointer (&self->next);
    }
  end_trouble (self);
  self->n_unread = rcp_event_store_get_n_unread (rcp_busy_view_get_store (view));
  judge (self);
  set_busy (self, busy);
}

static gboolean
on_pause_over_cb (gpointer data)
{
  RcpBusyCalendar *self = data;

  self->again_id = 0;
  connect_again (self);
  return G_SOURCE_REMOVE;
}

/* What is known stays, and it is tried again: soon at first, then each minute. */
static void
on_lost_cb (RcpBusyView *view, const GError *error, RcpBusyCalendar *self)
{
  g_debug ("A calendar was lost: %s", error->message);
  if (view == self->view)
    drop_view (&self->view);
  drop_view (&self->next);
  forget_check (self);
  g_clear_handle_id (&self->probe_id, g_source_remove);
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  if (self->again_id == 0)
    {
      self->again_id = g_timeout_add_seconds (self->pause, on_pause_over_cb, self);
      self->pause = MIN (self->pause * 2, LONGEST_PAUSE);
    }
  if (self->view == NULL)
    set_state (self, RCP_BUSY_STATE_OLD);
}

/* What a desk shows first: the week of today, whichever day it begins with. */
static RcpTimeRange
find_near (RcpBusyCalendar *self)
{
  GDate first, last;

  rcp_time_get_day (rcp_clock_get_now (self->clock), self->place, &first);
  last = first;
  g_date_subtract_days (&first, g_date_get_weekday (&first));
  g_date_add_days (&last, G_DATE_SUNDAY - g_date_get_weekday (&last));
  return (RcpTimeRange){ rcp_time_range_of_day (&first, self->place).start, rcp_time_range_of_day (&last, self->place).end };
}

static void
connect_again (RcpBusyCalendar *self)
{
  drop_view (&self->next);
  g_clear_handle_id (&self->again_id, g_source_remove);
  self->next = rcp_busy_view_new (rcp_calendar_get_source (self->calendar), self->place, self->window);
  g_signal_connect_object (self->next, "near-read", G_CALLBACK (on_near_read_cb), self, 0);
  g_signal_connect_object (self->next, "read", G_CALLBACK (on_read_cb), self, 0);
  g_signal_connect_object (self->next, "lost", G_CALLBACK (on_lost_cb), self, 0);
  g_signal_connect_object (self->next, "refreshed", G_CALLBACK (on_refreshed_cb), self, 0);
  g_signal_connect_object (self->next, "troubled", G_CALLBACK (on_troubled_cb), self, 0);
  if (self->as_of == 0)
    rcp_busy_view_set_near (self->next, find_near (self));
  rcp_busy_view_start (self->next);
}

/**
 * rcp_busy_calendar_set_window:
 * @self: a busy calendar
 * @window: what is of interest
 *
 * What is known of the old window stays until the calendar has told what is in the new one.
 */
void
rcp_busy_calendar_set_window (RcpBusyCalendar *self, RcpTimeRange window)
{
  g_return_if_fail (RCP_IS_BUSY_CALENDAR (self));

  if (self->window.start == window.start && self->window.end == window.end)
    return;
  self->window = window;
  if (self->is_started)
    connect_again (self);
}

void
rcp_busy_calendar_set_pace (RcpBusyCalendar *self, guint news_pause)
{
  g_return_if_fail (RCP_IS_BUSY_CALENDAR (self));

  self->news_pause = news_pause;
}

/**
 * rcp_busy_calendar_start:
 * @self: a busy calendar
 *
 * Connects, and goes on trying for as long as it is not stopped.
 */
void
rcp_busy_calendar_start (RcpBusyCalendar *self)
{
  g_return_if_fail (RCP_IS_BUSY_CALENDAR (self));

  if (self->is_started)
    return;
  self->is_started = TRUE;
  connect_again (self);
}

/**
 * rcp_busy_calendar_stop:
 * @self: a busy calendar
 *
 * Hears no more. What is known stays.
 */
void
rcp_busy_calendar_stop (RcpBusyCalendar *self)
{
  g_return_if_fail (RCP_IS_BUSY_CALENDAR (self));

  self->is_started = FALSE;
  forget_check (self);
  g_clear_handle_id (&self->again_id, g_source_remove);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->probe_id, g_source_remove);
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  drop_view (&self->view);
  drop_view (&self->next);
  if (self->state == RCP_BUSY_STATE_LIVE)
    set_state (self, RCP_BUSY_STATE_OLD);
}

/**
 * rcp_busy_calendar_get_busy:
 * @self: a busy calendar
 *
 * Returns: (transfer none) (element-type RcpBusy): what is known, sorted, no two overlap: before all was read once, what is near today
 */
GArray *
rcp_busy_calendar_get_busy (RcpBusyCalendar *self)
{
  g_return_val_if_fail (RCP_IS_BUSY_CALENDAR (self), NULL);

  return self->busy;
}

/**
 * rcp_busy_calendar_get_state:
 * @self: a busy calendar
 *
 * Returns: how good what is known is
 */
RcpBusyState
rcp_busy_calendar_get_state (RcpBusyCalendar *self)
{
  g_return_val_if_fail (RCP_IS_BUSY_CALENDAR (self), RCP_BUSY_STATE_LOADING);

  return self->state;
}

/**
 * rcp_busy_calendar_get_as_of:
 * @self: a busy calendar
 *
 * Returns: of when it is what is known, microseconds since 1970 UTC: of now while it is live; 0 when nothing ever was
 */
gint64
rcp_busy_calendar_get_as_of (RcpBusyCalendar *self)
{
  g_return_val_if_fail (RCP_IS_BUSY_CALENDAR (self), 0);

  return self->state == RCP_BUSY_STATE_LIVE ? rcp_clock_get_now (self->clock) : self->as_of;
}

/**
 * rcp_busy_calendar_get_n_unread:
 * @self: a busy calendar
 *
 * Returns: how many of its events could not be read wholly: they may take time that nobody knows of
 */
guint
rcp_busy_calendar_get_n_unread (RcpBusyCalendar *self)
{
  g_return_val_if_fail (RCP_IS_BUSY_CALENDAR (self), 0);

  return self->n_unread;
}

/**
 * rcp_busy_calendar_get_error:
 * @self: a busy calendar
 *
 * Returns: (transfer none) (nullable): why it was lost last, while it is
 */
const GError *
rcp_busy_calendar_get_error (RcpBusyCalendar *self)
{
  g_return_val_if_fail (RCP_IS_BUSY_CALENDAR (self), NULL);

  return self->error;
}

/**
 * rcp_busy_calendar_get_calendar:
 * @self: a busy calendar
 *
 * Returns: (transfer none): whose busy time it is
 */
RcpCalendar *
rcp_busy_calendar_get_calendar (RcpBusyCalendar *self)
{
  g_return_val_if_fail (RCP_IS_BUSY_CALENDAR (self), NULL);

  return self->calendar;
}
