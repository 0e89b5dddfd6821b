/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-caldav-account"

#include "rcp-caldav-account.h"

#include <libedataserver/libedataserver.h>

#include "rcp-source-wait.h"

struct _RcpCaldavAccount
{
  GObject parent_instance;

  ESource *source;
  GHashTable *troubles; /* by uid of the source, where there is any */
};

G_DEFINE_FINAL_TYPE (RcpCaldavAccount, rcp_caldav_account, G_TYPE_OBJECT)

enum
{
  PROP_UID = 1,
  PROP_NAME,
  PROP_ADDRESS,
  PROP_USER,
  PROP_TROUBLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
dup_user (RcpCaldavAccount *self)
{
  return e_source_authentication_dup_user (e_source_get_extension (self->source, E_SOURCE_EXTENSION_AUTHENTICATION));
}

static char *
dup_address (RcpCaldavAccount *self)
{
  return e_source_collection_dup_calendar_url (e_source_get_extension (self->source, E_SOURCE_EXTENSION_COLLECTION));
}

static void
rcp_caldav_account_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RcpCaldavAccount *self = RCP_CALDAV_ACCOUNT (object);

  switch (id)
    {
    case PROP_UID:
      g_value_set_string (value, rcp_caldav_account_get_uid (self));
      break;
    case PROP_NAME:
      g_value_take_string (value, e_source_dup_display_name (self->source));
      break;
    case PROP_ADDRESS:
      g_value_take_string (value, dup_address (self));
      break;
    case PROP_USER:
      g_value_take_string (value, dup_user (self));
      break;
    case PROP_TROUBLE:
      g_value_set_uint (value, rcp_caldav_account_get_trouble (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rcp_caldav_account_finalize (GObject *object)
{
  RcpCaldavAccount *self = RCP_CALDAV_ACCOUNT (object);

  g_clear_object (&self->source);
  g_hash_table_unref (self->troubles);
  G_OBJECT_CLASS (rcp_caldav_account_parent_class)->finalize (object);
}

static void
rcp_caldav_account_class_init (RcpCaldavAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rcp_caldav_account_get_property;
  object_class->finalize = rcp_caldav_account_finalize;
  properties[PROP_UID] = g_param_spec_string ("uid", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_USER] = g_param_spec_string ("user", NULL, NULL, NULL, flags);
  properties[PROP_TROUBLE]
      = g_param_spec_uint ("trouble", NULL, NULL, RCP_ACCOUNT_WELL, RCP_ACCOUNT_NOT_TRUSTED, RCP_ACCOUNT_WELL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rcp_caldav_account_init (RcpCaldavAccount *self)
{
  self->troubles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
set_trouble (RcpCaldavAccount *self, ESource *source, RcpAccountTrouble trouble)
{
  RcpAccountTrouble before = rcp_caldav_account_get_trouble (self);

  if (trouble == RCP_ACCOUNT_WELL)
    g_hash_table_remove (self->troubles, e_source_get_uid (source));
  else
    g_hash_table_insert (self->troubles, e_source_dup_uid (source), GUINT_TO_POINTER (trouble));
  if (before != rcp_caldav_account_get_trouble (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TROUBLE]);
}

static void
on_asked_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RcpCaldavAccount) self = data;
  ESource *source = E_SOURCE (object);

  if (rcp_source_wait_ask_finish (source, result))
    set_trouble (self, source, RCP_ACCOUNT_NEEDS_PASSWORD);
}

static void
on_status_changed_cb (ESource *source, GParamSpec *pspec, RcpCaldavAccount *self)
{
  switch (e_source_get_connection_status (source))
    {
    case E_SOURCE_CONNECTION_STATUS_AWAITING_CREDENTIALS:
      rcp_source_wait_ask_async (source, on_asked_cb, g_object_ref (self));
      break;
    case E_SOURCE_CONNECTION_STATUS_SSL_FAILED:
      set_trouble (self, source, RCP_ACCOUNT_NOT_TRUSTED);
      break;
    case E_SOURCE_CONNECTION_STATUS_CONNECTED:
      set_trouble (self, source, RCP_ACCOUNT_WELL);
      break;
    default: /* on the way, or nobody has tried: what was wrong before may be so still */
      break;
    }
}

/* It says that a source waits before it says why: the question in between got no answer. */
static void
on_credentials_required_cb (ESource *source, ESourceCredentialsReason reason, const char *pem, GTlsCertificateFlags faults, const GError *what,
                            RcpCaldavAccount *self)
{
  on_status_changed_cb (source, NULL, self);
}

static void
stop_watching (RcpCaldavAccount *self, ESource *source)
{
  g_signal_handlers_disconnect_by_func (source, on_status_changed_cb, self);
  g_signal_handlers_disconnect_by_func (source, on_credentials_required_cb, self);
}

/**
 * rcp_caldav_account_watch:
 * @self: an account
 * @source: its own, or one of its calendars
 */
void
rcp_caldav_account_watch (RcpCaldavAccount *self, ESource *source)
{
  g_return_if_fail (RCP_IS_CALDAV_ACCOUNT (self));
  g_return_if_fail (E_IS_SOURCE (source));

  stop_watching (self, source);
  g_signal_connect_object (source, "notify::connection-status", G_CALLBACK (on_status_changed_cb), self, 0);
  g_signal_connect_object (source, "credentials-required", G_CALLBACK (on_credentials_required_cb), self, 0);
  on_status_changed_cb (source, NULL, self);
}

/**
 * rcp_caldav_account_forget:
 * @self: an account
 * @source: one of its calendars that is gone
 */
void
rcp_caldav_account_forget (RcpCaldavAccount *self, ESource *source)
{
  g_return_if_fail (RCP_IS_CALDAV_ACCOUNT (self));
  g_return_if_fail (E_IS_SOURCE (source));

  stop_watching (self, source);
  set_trouble (self, source, RCP_ACCOUNT_WELL);
}

/**
 * rcp_caldav_account_new:
 * @source: of a collection
 *
 * Returns: (transfer full): that account, which watches its source
 */
RcpCaldavAccount *
rcp_caldav_account_new (ESource *source)
{
  RcpCaldavAccount *self;

  g_return_val_if_fail (E_IS_SOURCE (source), NULL);

  self = g_object_new (RCP_TYPE_CALDAV_ACCOUNT, NULL);
  self->source = g_object_ref (source);
  rcp_caldav_account_watch (self, source);
  return self;
}

/**
 * rcp_caldav_account_get_uid:
 * @self: an account
 *
 * Returns: (transfer none): by which it is known for good
 */
const char *
rcp_caldav_account_get_uid (RcpCaldavAccount *self)
{
  g_return_val_if_fail (RCP_IS_CALDAV_ACCOUNT (self), NULL);

  return e_source_get_uid (self->source);
}

/**
 * rcp_caldav_account_get_source:
 * @self: an account
 *
 * Returns: (transfer none): its source
 */
ESource *
rcp_caldav_account_get_source (RcpCaldavAccount *self)
{
  g_return_val_if_fail (RCP_IS_CALDAV_ACCOUNT (self), NULL);

  return self->source;
}

/**
 * rcp_caldav_account_get_trouble:
 * @self: an account
 *
 * Returns: what keeps it, or one of its calendars, from its server
 */
RcpAccountTrouble
rcp_caldav_account_get_trouble (RcpCaldavAccount *self)
{
  RcpAccountTrouble worst = RCP_ACCOUNT_WELL;
  GHashTableIter iter;
  gpointer trouble;

  g_return_val_if_fail (RCP_IS_CALDAV_ACCOUNT (self), RCP_ACCOUNT_WELL);

  g_hash_table_iter_init (&iter, self->troubles);
  while (g_hash_table_iter_next (&iter, NULL, &trouble))
    worst = MAX (worst, (RcpAccountTrouble) GPOINTER_TO_UINT (trouble));
  return worst;
}

/**
 * rcp_caldav_account_make_login:
 * @self: an account
 * @password: that may be right now
 * @certificate: (nullable): PEM of the one that is trusted now
 * @error: why there is none
 *
 * Returns: (transfer full) (nullable): with what to come to its server
 */
RcpCalendarLogin *
rcp_caldav_account_make_login (RcpCaldavAccount *self, const char *password, const char *certificate, GError **error)
{
  g_autofree char *user = NULL, *address = NULL;

  g_return_val_if_fail (RCP_IS_CALDAV_ACCOUNT (self), NULL);

  user = dup_user (self);
  address = dup_address (self);
  return rcp_calendar_login_new (address != NULL ? address : "", user != NULL ? user : "", password, certificate, error);
}
