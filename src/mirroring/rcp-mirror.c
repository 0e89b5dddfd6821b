/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror"

#include "rcp-mirror.h"

#include "rcp-mirror-pass.h"
#include "scheduling/rcp-mirror-realm.h"
#include "scheduling/rcp-mirror-request.h"

#define DAYS_BACK 1
#define DAYS_AHEAD 90
#define SOON 200               /* milliseconds: several changes come at once */
#define SETTLE 2200            /* until a missing event may be taken for deleted */
#define PAUSE 1000             /* after the first failure */
#define LONGEST_PAUSE 30000
#define MANY 30                /* passes with something to do, before it slows down */
#define INTERVAL (10 * 60000)  /* when nobody tells of anything */
#define NEWS_PAUSE 300         /* seconds from one question to the calendar's server to the next: Evolution Data Server asks once an hour */

struct _RcpMirror
{
  GObject parent_instance;

  RcpMirrorPass *pass;
  RcpMirrorCalendar *calendar;
  FhirClient *client;
  RcpClock *clock;
  char *realm; /* NULL until the record has told it */
  GCancellable *cancellable; /* NULL while it does not run */
  guint news_pause;
  guint news_id;
  guint timer_id;
  gint64 due; /* of the timer */
  gboolean is_passing;
  gboolean has_news; /* since the pass began */
  guint pause;
  guint n_failed; /* one after the other */
  guint n_busy;   /* passes with something to do, one after the other */
  guint n_passes;
  gint64 as_of; /* when it was current last */
  RcpMirrorStanding standing;
  GError *error;
  GPtrArray *requests;
};

G_DEFINE_FINAL_TYPE (RcpMirror, rcp_mirror, G_TYPE_OBJECT)

enum
{
  PROP_STANDING = 1,
  N_PROPS
};

enum
{
  SIGNAL_REQUESTS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
rcp_mirror_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STANDING)
    g_value_set_uint (value, RCP_MIRROR (object)->standing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rcp_mirror_dispose (GObject *object)
{
  rcp_mirror_stop (RCP_MIRROR (object));
  G_OBJECT_CLASS (rcp_mirror_parent_class)->dispose (object);
}

static void
rcp_mirror_finalize (GObject *object)
{
  RcpMirror *self = RCP_MIRROR (object);

  g_clear_pointer (&self->pass, rcp_mirror_pass_free);
  g_clear_object (&self->calendar);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_free (self->realm);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->requests);
  G_OBJECT_CLASS (rcp_mirror_parent_class)->finalize (object);
}

static void
rcp_mirror_class_init (RcpMirrorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_mirror_get_property;
  object_class->dispose = rcp_mirror_dispose;
  object_class->finalize = rcp_mirror_finalize;
  properties[PROP_STANDING] = g_param_spec_uint ("standing", NULL, NULL, RCP_MIRROR_STOPPED, RCP_MIRROR_BEHIND,
                                                 RCP_MIRROR_STOPPED, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_REQUESTS_CHANGED] = g_signal_new ("requests-changed", RCP_TYPE_MIRROR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                   NULL, G_TYPE_NONE, 0);
}

static void
rcp_mirror_init (RcpMirror *self)
{
  self->pause = PAUSE;
  self->news_pause = NEWS_PAUSE;
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
set_standing (RcpMirror *self, RcpMirrorStanding standing)
{
  if (self->standing == standing)
    return;
  self->standing = standing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STANDING]);
}

static void begin (RcpMirror *self);

static gboolean
on_due_cb (gpointer data)
{
  RcpMirror *self = data;

  self->timer_id = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

/* What is due sooner stays so. */
static void
schedule (RcpMirror *self, guint milliseconds)
{
  gint64 due = g_get_monotonic_time () + (gint64)milliseconds * G_TIME_SPAN_MILLISECOND;

  if (self->cancellable == NULL || (self->timer_id != 0 && self->due <= due))
    return;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add (milliseconds, on_due_cb, self);
  self->due = due;
}

static guint
get_pause (RcpMirror *self, guint n)
{
  return MIN (self->pause << MIN (n, 10), LONGEST_PAUSE);
}

static void
fail (RcpMirror *self, GError *error)
{
  /* That it is so, not why: what a server says may name a patient. */
  g_debug ("A pass of the mirror has failed: %s %d", g_quark_to_string (error->domain), error->code);
  g_clear_error (&self->error);
  self->error = error;
  schedule (self, get_pause (self, self->n_failed++));
  set_standing (self, RCP_MIRROR_BEHIND);
}

static gboolean
is_same_list (GPtrArray *a, GPtrArray *b)
{
  gboolean is_same = a->len == b->len;

  for (guint i = 0; is_same && i < a->len; i++)
    is_same = g_strcmp0 (rcp_mirror_request_get_id (a->pdata[i]), rcp_mirror_request_get_id (b->pdata[i])) == 0;
  return is_same;
}

static void
take_requests (RcpMirror *self, GPtrArray *requests)
{
  gboolean is_same = is_same_list (self->requests, requests);

  g_ptr_array_unref (self->requests);
  self->requests = g_ptr_array_ref (requests);
  if (!is_same)
    g_signal_emit (self, signals[SIGNAL_REQUESTS_CHANGED], 0);
}

static void
on_refreshed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RcpMirror) self = data;

  /* Where it fails, so does the next pass. */
  rcp_mirror_calendar_refresh_finish (RCP_MIRROR_CALENDAR (source), result, NULL);
}

/**
 * rcp_mirror_refresh:
 * @self: a mirror that runs
 */
void
rcp_mirror_refresh (RcpMirror *self)
{
  g_return_if_fail (RCP_IS_MIRROR (self));

  if (self->cancellable != NULL && self->realm != NULL)
    rcp_mirror_calendar_refresh_async (self->calendar, self->cancellable, on_refreshed_cb, g_object_ref (self));
}

/* A pass that has done something is followed by one that sees it done. */
static void
go_on (RcpMirror *self, RcpMirrorResult *result)
{
  gboolean is_quiet = result->n_steps == 0 && result->n_suspects == 0 && !result->has_written && !result->is_behind;

  self->n_failed = 0;
  self->n_passes++;
  g_clear_error (&self->error);
  take_requests (self, result->requests);
  if (is_quiet)
    {
      self->n_busy = 0;
      self->pass->is_just_on = FALSE;
      self->as_of = rcp_clock_get_now (self->clock);
      schedule (self, self->has_news ? SOON : INTERVAL);
      set_standing (self, self->has_news ? RCP_MIRROR_WORKING : RCP_MIRROR_CURRENT);
      return;
    }
  /* Also after a step: Evolution Data Server compares the calendar's tag with that of its last refresh, and where the tag is a hash of what
   * the calendar holds, an event that was put there and deleted since makes no difference. */
  if (result->is_behind || result->n_suspects > 0 || result->n_steps > 0)
    rcp_mirror_refresh (self);
  self->n_busy++;
  /* Something that two sides undo again and again must not keep both at work. */
  if (self->n_busy > MANY)
    schedule (self, get_pause (self, self->n_busy - MANY));
  else
    schedule (self, result->n_suspects > 0 ? SETTLE : SOON);
  set_standing (self, RCP_MIRROR_WORKING);
}

static void
on_passed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RcpMirror) self = data;
  GError *error = NULL;
  g_autoptr (RcpMirrorResult) outcome = rcp_mirror_pass_run_finish (result, &error);

  self->is_passing = FALSE;
  if (self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      /* It was started again meanwhile. */
      schedule (self, 0);
      return;
    }
  if (outcome == NULL)
    fail (self, error);
  else
    go_on (self, outcome);
}

static void
pass (RcpMirror *self)
{
  gint64 now = rcp_clock_get_now (self->clock);

  self->pass->window = (RcpTimeRange){ now - DAYS_BACK * G_TIME_SPAN_DAY, now + DAYS_AHEAD * G_TIME_SPAN_DAY };
  rcp_mirror_pass_run_async (self->pass, self->cancellable, on_passed_cb, g_object_ref (self));
}

static void
on_realm_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RcpMirror) self = data;
  GError *error = NULL;
  char *realm = rcp_mirror_realm_find_finish (result, &error);

  if (realm != NULL && self->realm == NULL)
    {
      self->realm = realm;
      rcp_mirror_calendar_set_realm (self->calendar, realm);
    }
  else
    g_free (realm);
  if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      self->is_passing = FALSE;
      schedule (self, 0);
    }
  else if (error != NULL)
    {
      self->is_passing = FALSE;
      fail (self, error);
    }
  else
    pass (self);
}

static void
begin (RcpMirror *self)
{
  if (self->is_passing)
    return;
  self->is_passing = TRUE;
  self->has_news = FALSE;
  if (self->realm != NULL)
    pass (self);
  else
    rcp_mirror_realm_find_async (self->client, self->cancellable, on_realm_found_cb, g_object_ref (self));
}

/**
 * rcp_mirror_look:
 * @self: a mirror
 *
 * While it is behind it tries again at its own time: news do not make a server come back.
 */
void
rcp_mirror_look (RcpMirror *self)
{
  g_return_if_fail (RCP_IS_MIRROR (self));

  self->has_news = TRUE;
  if (self->is_passing || self->error != NULL)
    return;
  schedule (self, SOON);
  if (self->standing == RCP_MIRROR_CURRENT)
    set_standing (self, RCP_MIRROR_WORKING);
}

/**
 * rcp_mirror_look_again:
 * @self: a mirror
 *
 * As rcp_mirror_look(), and reads all visits: of one that was deleted for good no change tells.
 */
void
rcp_mirror_look_again (RcpMirror *self)
{
  g_return_if_fail (RCP_IS_MIRROR (self));

  rcp_mirror_seen_forget (self->pass->seen);
  rcp_mirror_look (self);
}

static void
on_state_changed_cb (RcpCalendar *calendar, GParamSpec *pspec, RcpMirror *self)
{
  if (rcp_calendar_get_state (calendar) != RCP_CALENDAR_CONNECTED)
    return;
  self->n_failed = 0;
  self->has_news = TRUE;
  if (!self->is_passing)
    schedule (self, SOON);
}

/**
 * rcp_mirror_new:
 * @client: the record
 * @clock: the time
 * @practitioner_id: of whose calendar
 * @calendar: which one
 * @zone: IANA name of the zone of the place
 *
 * Returns: (transfer full): a mirror that does not run
 */
RcpMirror *
rcp_mirror_new (FhirClient *client, RcpClock *clock, const char *practitioner_id, RcpCalendar *calendar, const char *zone)
{
  RcpMirror *self;
  g_autoptr (GTimeZone) place = NULL;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (practitioner_id != NULL, NULL);
  g_return_val_if_fail (RCP_IS_CALENDAR (calendar), NULL);

  self = g_object_new (RCP_TYPE_MIRROR, NULL);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  place = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  if (place == NULL)
    place = g_time_zone_new_utc ();
  self->calendar = rcp_mirror_calendar_new (calendar, place);
  self->pass = rcp_mirror_pass_new (client, clock, self->calendar, practitioner_id);
  self->pass->zone = g_strdup (zone);
  g_signal_connect_object (self->calendar, "changed", G_CALLBACK (rcp_mirror_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (calendar, "notify::state", G_CALLBACK (on_state_changed_cb), self, 0);
  return self;
}

/**
 * rcp_mirror_set_privacy:
 * @self: a mirror
 * @privacy: how much it may say
 * @place: (nullable): the name of the place, which is said with %RCP_MIRROR_FULL
 *
 * Where less may be said than before, it is taken back from all events; more is said of a visit when it next changes.
 */
void
rcp_mirror_set_privacy (RcpMirror *self, RcpMirrorPrivacy privacy, const char *place)
{
  g_return_if_fail (RCP_IS_MIRROR (self));

  self->pass->privacy = privacy;
  g_free (self->pass->place);
  self->pass->place = g_strdup (place);
  rcp_mirror_seen_forget (self->pass->seen);
}

/**
 * rcp_mirror_set_invites:
 * @self: a mirror
 * @invites: whether the patients of visits to come are invited
 *
 * Where it is another than before while it runs, the events are written anew.
 */
void
rcp_mirror_set_invites (RcpMirror *self, gboolean invites)
{
  g_return_if_fail (RCP_IS_MIRROR (self));

  self->pass->is_just_on = invites && !self->pass->invites && self->cancellable != NULL;
  self->pass->invites = invites;
}

RcpMirrorInviting
rcp_mirror_get_inviting (RcpMirror *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR (self), RCP_MIRROR_INVITING_UNKNOWN);

  if (!rcp_mirror_calendar_knows_address (self->calendar))
    return RCP_MIRROR_INVITING_UNKNOWN;
  return rcp_mirror_calendar_get_address (self->calendar) != NULL ? RCP_MIRROR_INVITING_POSSIBLE : RCP_MIRROR_INVITING_NO_ADDRESS;
}

void
rcp_mirror_set_pace (RcpMirror *self, guint patience, guint pause)
{
  g_return_if_fail (RCP_IS_MIRROR (self));

  rcp_mirror_calendar_set_patience (self->calendar, patience);
  self->pause = pause;
}

void
rcp_mirror_set_news_pause (RcpMirror *self, guint seconds)
{
  g_return_if_fail (RCP_IS_MIRROR (self));

  self->news_pause = seconds;
}

static gboolean
on_time_for_news_cb (gpointer data)
{
  RcpMirror *self = data;

  /* What does not reach its server tries that more often. */
  if (self->error == NULL)
    rcp_mirror_refresh (self);
  return G_SOURCE_CONTINUE;
}

/**
 * rcp_mirror_start:
 * @self: a mirror
 */
void
rcp_mirror_start (RcpMirror *self)
{
  g_return_if_fail (RCP_IS_MIRROR (self));

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->news_id = g_timeout_add_seconds (self->news_pause, on_time_for_news_cb, self);
  set_standing (self, RCP_MIRROR_WORKING);
  schedule (self, 0);
}

/**
 * rcp_mirror_stop:
 * @self: a mirror
 *
 * At once, whatever is on the way; what was begun is found by the next that starts.
 */
void
rcp_mirror_stop (RcpMirror *self)
{
  g_return_if_fail (RCP_IS_MIRROR (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->news_id, g_source_remove);
  set_standing (self, RCP_MIRROR_STOPPED);
}

RcpMirrorStanding
rcp_mirror_get_standing (RcpMirror *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR (self), RCP_MIRROR_STOPPED);

  return self->standing;
}

const GError *
rcp_mirror_get_error (RcpMirror *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR (self), NULL);

  return self->error;
}

gboolean
rcp_mirror_has_shown (RcpMirror *self, const char *visit_id)
{
  g_return_val_if_fail (RCP_IS_MIRROR (self), FALSE);
  g_return_val_if_fail (visit_id != NULL, FALSE);

  return rcp_mirror_ledger_has (self->pass->ledger, visit_id);
}

gint64
rcp_mirror_get_as_of (RcpMirror *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR (self), 0);

  return self->as_of;
}

guint
rcp_mirror_get_n_waiting (RcpMirror *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR (self), 0);

  return self->error != NULL ? self->pass->n_waiting : 0;
}

guint
rcp_mirror_get_n_passes (RcpMirror *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR (self), 0);

  return self->n_passes;
}

GPtrArray *
rcp_mirror_get_requests (RcpMirror *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR (self), NULL);

  return self->requests;
}
