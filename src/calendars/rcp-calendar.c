/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-calendar.h"

#include <libedataserver/libedataserver.h>

#include "rcp-source-wait.h"

struct _RcpCalendar
{
  GObject parent_instance;

  ESource *source;
  char *name;
  char *account;
  char *colour;
  gboolean is_enabled;
  RcpCalendarState state;
};

G_DEFINE_FINAL_TYPE (RcpCalendar, rcp_calendar, G_TYPE_OBJECT)

enum
{
  PROP_UID = 1,
  PROP_NAME,
  PROP_ACCOUNT,
  PROP_ACCOUNT_UID,
  PROP_COLOUR,
  PROP_ENABLED,
  PROP_STATE,
  PROP_CAN_BE_WRITTEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
rcp_calendar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RcpCalendar *self = RCP_CALENDAR (object);

  switch (id)
    {
    case PROP_UID:
      g_value_set_string (value, rcp_calendar_get_uid (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ACCOUNT:
      g_value_set_string (value, self->account);
      break;
    case PROP_ACCOUNT_UID:
      g_value_set_string (value, e_source_get_parent (self->source));
      break;
    case PROP_COLOUR:
      g_value_set_string (value, self->colour);
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, self->is_enabled);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_CAN_BE_WRITTEN:
      g_value_set_boolean (value, rcp_calendar_can_be_written (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rcp_calendar_finalize (GObject *object)
{
  RcpCalendar *self = RCP_CALENDAR (object);

  g_clear_object (&self->source);
  g_free (self->name);
  g_free (self->account);
  g_free (self->colour);
  G_OBJECT_CLASS (rcp_calendar_parent_class)->finalize (object);
}

static void
rcp_calendar_class_init (RcpCalendarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rcp_calendar_get_property;
  object_class->finalize = rcp_calendar_finalize;

  properties[PROP_UID] = g_param_spec_string ("uid", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_ACCOUNT] = g_param_spec_string ("account", NULL, NULL, NULL, flags);
  properties[PROP_ACCOUNT_UID] = g_param_spec_string ("account-uid", NULL, NULL, NULL, flags);
  properties[PROP_COLOUR] = g_param_spec_string ("colour", NULL, NULL, NULL, flags);
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, FALSE, flags);
  properties[PROP_STATE] =
      g_param_spec_uint ("state", NULL, NULL, RCP_CALENDAR_UNKNOWN, RCP_CALENDAR_NOT_TRUSTED, RCP_CALENDAR_UNKNOWN, flags);
  properties[PROP_CAN_BE_WRITTEN] = g_param_spec_boolean ("can-be-written", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rcp_calendar_init (RcpCalendar *self)
{
}

static void
set_state (RcpCalendar *self, RcpCalendarState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
on_asked_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RcpCalendar) self = data;
  ESource *source = E_SOURCE (object);
  gboolean is_wanted = rcp_source_wait_ask_finish (source, result);

  /* What it is while it does not wait any more has been told. */
  if (e_source_get_connection_status (source) == E_SOURCE_CONNECTION_STATUS_AWAITING_CREDENTIALS)
    set_state (self, is_wanted ? RCP_CALENDAR_NEEDS_PASSWORD : RCP_CALENDAR_UNKNOWN);
}

static void
on_status_changed_cb (ESource *source, GParamSpec *pspec, RcpCalendar *self)
{
  switch (e_source_get_connection_status (source))
    {
    case E_SOURCE_CONNECTION_STATUS_CONNECTED:
      set_state (self, RCP_CALENDAR_CONNECTED);
      break;
    case E_SOURCE_CONNECTION_STATUS_CONNECTING:
      set_state (self, RCP_CALENDAR_CONNECTING);
      break;
    case E_SOURCE_CONNECTION_STATUS_AWAITING_CREDENTIALS:
      rcp_source_wait_ask_async (source, on_asked_cb, g_object_ref (self));
      break;
    case E_SOURCE_CONNECTION_STATUS_SSL_FAILED:
      set_state (self, RCP_CALENDAR_NOT_TRUSTED);
      break;
    default:
      set_state (self, RCP_CALENDAR_UNKNOWN);
      break;
    }
}

/* It says that a source waits before it says why: the question in between got no answer. */
static void
on_credentials_required_cb (ESource *source, ESourceCredentialsReason reason, const char *pem, GTlsCertificateFlags faults, const GError *what,
                            RcpCalendar *self)
{
  on_status_changed_cb (source, NULL, self);
}

/**
 * rcp_calendar_new:
 * @source: of a calendar
 * @account: (nullable): the source that it belongs to
 *
 * Returns: (transfer full): the calendar
 */
RcpCalendar *
rcp_calendar_new (ESource *source, ESource *account)
{
  RcpCalendar *self;

  g_return_val_if_fail (E_IS_SOURCE (source), NULL);

  self = g_object_new (RCP_TYPE_CALENDAR, NULL);
  self->source = g_object_ref (source);
  rcp_calendar_update (self, account);
  g_signal_connect_object (source, "notify::connection-status", G_CALLBACK (on_status_changed_cb), self, 0);
  g_signal_connect_object (source, "credentials-required", G_CALLBACK (on_credentials_required_cb), self, 0);
  on_status_changed_cb (source, NULL, self);
  return self;
}

static void
take_text (RcpCalendar *self, char **kept, char *text, guint property)
{
  g_autofree char *old = *kept;

  *kept = text;
  if (g_strcmp0 (old, text) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static ESourceSelectable *
get_selectable (RcpCalendar *self)
{
  return e_source_has_extension (self->source, E_SOURCE_EXTENSION_CALENDAR)
             ? e_source_get_extension (self->source, E_SOURCE_EXTENSION_CALENDAR)
             : NULL;
}

/* The stubs, as "On This Computer", group calendars and are no account of anyone. */
static char *
dup_account_name (ESource *account)
{
  return account != NULL && e_source_has_extension (account, E_SOURCE_EXTENSION_COLLECTION)
             ? e_source_dup_display_name (account)
             : NULL;
}

/**
 * rcp_calendar_update:
 * @self: a calendar
 * @account: (nullable): the source that it belongs to now
 *
 * Takes what its source says now, and notifies of what is different.
 */
void
rcp_calendar_update (RcpCalendar *self, ESource *account)
{
  ESourceSelectable *selectable;
  gboolean is_enabled;

  g_return_if_fail (RCP_IS_CALENDAR (self));

  selectable = get_selectable (self);
  is_enabled = e_source_get_enabled (self->source) && (account == NULL || e_source_get_enabled (account));
  take_text (self, &self->name, e_source_dup_display_name (self->source), PROP_NAME);
  take_text (self, &self->account, dup_account_name (account), PROP_ACCOUNT);
  take_text (self, &self->colour, selectable != NULL ? e_source_selectable_dup_color (selectable) : NULL, PROP_COLOUR);
  if (self->is_enabled != is_enabled)
    {
      self->is_enabled = is_enabled;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
    }
}

/**
 * rcp_calendar_get_source:
 * @self: a calendar
 *
 * Returns: (transfer none): its source
 */
ESource *
rcp_calendar_get_source (RcpCalendar *self)
{
  g_return_val_if_fail (RCP_IS_CALENDAR (self), NULL);

  return self->source;
}

/**
 * rcp_calendar_get_uid:
 * @self: a calendar
 *
 * Returns: (transfer none): by which it is known for good
 */
const char *
rcp_calendar_get_uid (RcpCalendar *self)
{
  g_return_val_if_fail (RCP_IS_CALENDAR (self), NULL);

  return e_source_get_uid (self->source);
}

/**
 * rcp_calendar_get_name:
 * @self: a calendar
 *
 * Returns: (transfer none): what people call it
 */
const char *
rcp_calendar_get_name (RcpCalendar *self)
{
  g_return_val_if_fail (RCP_IS_CALENDAR (self), NULL);

  return self->name;
}

/**
 * rcp_calendar_get_account:
 * @self: a calendar
 *
 * Returns: (transfer none) (nullable): the name of the account that it belongs to; %NULL for one that stands alone
 */
const char *
rcp_calendar_get_account (RcpCalendar *self)
{
  g_return_val_if_fail (RCP_IS_CALENDAR (self), NULL);

  return self->account;
}

/**
 * rcp_calendar_get_colour:
 * @self: a calendar
 *
 * Returns: (transfer none) (nullable): the colour that the user gave it, as CSS has it
 */
const char *
rcp_calendar_get_colour (RcpCalendar *self)
{
  g_return_val_if_fail (RCP_IS_CALENDAR (self), NULL);

  return self->colour;
}

/**
 * rcp_calendar_is_enabled:
 * @self: a calendar
 *
 * Returns: whether it and its account are switched on
 */
gboolean
rcp_calendar_is_enabled (RcpCalendar *self)
{
  g_return_val_if_fail (RCP_IS_CALENDAR (self), FALSE);

  return self->is_enabled;
}

/**
 * rcp_calendar_can_be_written:
 * @self: a calendar
 *
 * Returns: whether it is of a kind that can be written at all
 */
gboolean
rcp_calendar_can_be_written (RcpCalendar *self)
{
  static const char *const read_only[] = { "contacts", "weather", "webcal", "http", NULL };
  ESourceSelectable *selectable;
  g_autofree char *backend = NULL;

  g_return_val_if_fail (RCP_IS_CALENDAR (self), FALSE);

  selectable = get_selectable (self);
  backend = selectable != NULL ? e_source_backend_dup_backend_name (E_SOURCE_BACKEND (selectable)) : NULL;
  return backend != NULL && !g_strv_contains (read_only, backend);
}

/**
 * rcp_calendar_get_state:
 * @self: a calendar
 *
 * Returns: what Evolution Data Server says of the way to its server; it flickers for half a second while it connects
 */
RcpCalendarState
rcp_calendar_get_state (RcpCalendar *self)
{
  g_return_val_if_fail (RCP_IS_CALENDAR (self), RCP_CALENDAR_UNKNOWN);

  return self->state;
}
