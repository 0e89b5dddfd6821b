/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-desk"

#include "config.h"

#include "rcp-desk.h"

#include "scheduling/rcp-clinic-setup.h"

/* The clinic's usual grain and how far ahead hours are published. */
#define GRAIN_MINUTES 15
#define HORIZON_DAYS 90
/* Hours far ahead are looked at when the first board is on the screen. */
#define PUBLISH_DELAY_MS 1000

struct _RcpDesk
{
  GObject parent_instance;

  RcpClock *clock;
  RcpPracticeHost *host;
  FhirClient *client;
  RcpRoster *roster;
  RcpDayBook *day_book;
  GTimeZone *zone;
  RcpDeskState state;
  GError *error;
  GCancellable *background; /* of what goes on behind an open record */
  guint publish_id;
};

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
  N_PROPS
};

enum
{
  ROSTER_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_state (RcpDesk *self, RcpDeskState state, const GError *error)
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
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (rcp_roster_get_zone (roster));
  g_clear_object (&self->day_book);
  self->day_book = rcp_day_book_new (self->client, roster);
  rcp_day_book_set_watching (self->day_book, TRUE);
}

static void
on_roster_reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpRoster) roster = rcp_roster_load_finish (result, &error);

  if (!roster)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("Could not read the providers again: code %d", error->code);
      return;
    }
  take_roster (self, roster);
  g_signal_emit (self, signals[ROSTER_CHANGED], 0);
}

static void
on_hours_published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_published = 0;

  if (!rcp_publish_hours_finish (result, &n_published, &error))
    {
      /* The board stays right without: there is only less to book far ahead. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("Could not publish hours: code %d", error->code);
      return;
    }
  if (n_published > 0)
    rcp_desk_reload_roster (self);
}

static gboolean
on_publish_time_cb (gpointer user_data)
{
  RcpDesk *self = user_data;

  self->publish_id = 0;
  rcp_publish_hours_async (self->client, self->roster, self->clock, GRAIN_MINUTES, HORIZON_DAYS,
                           self->background, on_hours_published_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
publish_hours (RcpDesk *self)
{
  g_cancellable_cancel (self->background);
  g_clear_object (&self->background);
  self->background = g_cancellable_new ();
  g_clear_handle_id (&self->publish_id, g_source_remove);
  self->publish_id = g_timeout_add (PUBLISH_DELAY_MS, on_publish_time_cb, self);
}

/* Opening a record: what it can do, and who works there, asked at the same time. */
typedef struct
{
  FhirClient *client;
  RcpRoster *roster;
  GError *error; /* of the capabilities before that of the roster: it says more of a server that is none */
  guint n_pending;
} Open;

static void
open_free (Open *open)
{
  g_clear_object (&open->client);
  g_clear_object (&open->roster);
  g_clear_error (&open->error);
  g_free (open);
}

/* Takes @error, in the place of one that was there. */
static void
open_keep_error (Open *open, GError *error)
{
  g_clear_error (&open->error);
  open->error = error;
}

/* One of both answered. */
static void
open_answered (GTask *task)
{
  RcpDesk *self = g_task_get_source_object (task);
  Open *open = g_task_get_task_data (task);

  if (--open->n_pending > 0)
    return;
  if (open->error)
    {
      set_state (self, RCP_DESK_FAILED, open->error);
      g_task_return_error (task, g_steal_pointer (&open->error));
      return;
    }
  g_set_object (&self->client, open->client);
  take_roster (self, open->roster);
  set_state (self, RCP_DESK_READY, NULL);
  g_signal_emit (self, signals[ROSTER_CHANGED], 0);
  publish_hours (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_roster_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Open *open = g_task_get_task_data (task);

  open->roster = rcp_roster_load_finish (result, open->error ? NULL : &open->error);
  open_answered (task);
}

/* A server that does not keep its promise is opened all the same, to look at it: the client remembers that, and refuses
 * to book there with a text that says why. */
static void
on_transactions_verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Open *open = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!fhir_client_verify_transactions_finish (FHIR_CLIENT (source), result, &error) && !error)
    g_message ("The transactions of this server are not all or nothing");
  /* Who may not try it out is no worse off than before: each booking is read back, and what is half done is taken back. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    open_keep_error (open, g_steal_pointer (&error));
  else if (error)
    g_message ("Could not try the transactions of this server: code %d", error->code);
  open_answered (task);
}

/* Only servers of others promise what they do not keep. It takes a scratch resource that they must let us store. */
static gboolean
must_verify_transactions (RcpDesk *self, FhirCapabilities *capabilities)
{
  return !self->host && fhir_capabilities_has_transactions (capabilities)
         && fhir_capabilities_has_interaction (capabilities, "Basic", "create")
         && fhir_capabilities_has_interaction (capabilities, "Basic", "update")
         && fhir_capabilities_has_interaction (capabilities, "Basic", "delete");
}

static void
on_capabilities_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FhirClient *client = FHIR_CLIENT (source);
  Open *open = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirCapabilities) capabilities = fhir_client_load_capabilities_finish (client, result, &error);

  if (error)
    open_keep_error (open, error);
  if (capabilities && must_verify_transactions (g_task_get_source_object (task), capabilities))
    fhir_client_verify_transactions_async (client, g_task_get_cancellable (task), on_transactions_verified_cb, g_object_ref (task));
  else
    open_answered (task);
}

static void
on_host_died_cb (RcpDesk *self, const GError *error)
{
  set_state (self, RCP_DESK_FAILED, error);
}

static void
drop_host (RcpDesk *self)
{
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
  g_clear_error (&self->error);
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
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * RcpDesk::roster-changed:
   *
   * Providers, places or published hours were read anew; roster and day book are other objects now.
   */
  signals[ROSTER_CHANGED] = g_signal_new ("roster-changed", RCP_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_desk_init (RcpDesk *self)
{
  self->zone = g_time_zone_new_local ();
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
 * rcp_desk_open_async:
 * @self: a desk
 * @client: the record to open
 * @cancellable: (nullable): to give up
 * @callback: called when the record is open or could not be opened
 * @user_data: for @callback
 *
 * Opens a record. "state" follows: connecting, then ready or failed.
 */
void
rcp_desk_open_async (RcpDesk *self, FhirClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Open *open;

  g_return_if_fail (RCP_IS_DESK (self));
  g_return_if_fail (FHIR_IS_CLIENT (client));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_desk_open_async);
  open = g_new0 (Open, 1);
  open->client = g_object_ref (client);
  open->n_pending = 2;
  g_task_set_task_data (task, open, (GDestroyNotify) open_free);
  set_state (self, RCP_DESK_CONNECTING, NULL);
  rcp_roster_load_async (client, cancellable, on_roster_loaded_cb, g_object_ref (task));
  fhir_client_load_capabilities_async (client, cancellable, on_capabilities_loaded_cb, g_object_ref (task));
}

gboolean
rcp_desk_open_finish (RcpDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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
    rcp_roster_load_async (self->client, self->background, on_roster_reloaded_cb, g_object_ref (self));
}
