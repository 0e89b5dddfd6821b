/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-account-model"

#include "config.h"

#include "rcp-account-model.h"

#include <glib/gi18n.h>

struct _RcpAccountModel
{
  GObject parent_instance;

  RcpCalendarService *service;
  GObject *account; /* NULL: a new one */
  RcpAccountStep step;
  char *problem;
  RcpCalendarLogin *login;
  RcpServerCertificate *certificate;
  GPtrArray *found;
  GCancellable *cancellable; /* of what goes on */
};

G_DEFINE_FINAL_TYPE (RcpAccountModel, rcp_account_model, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rcp_account_model_dispose (GObject *object)
{
  RcpAccountModel *self = RCP_ACCOUNT_MODEL (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  g_clear_object (&self->account);
  G_OBJECT_CLASS (rcp_account_model_parent_class)->dispose (object);
}

static void
rcp_account_model_finalize (GObject *object)
{
  RcpAccountModel *self = RCP_ACCOUNT_MODEL (object);

  g_free (self->problem);
  g_clear_pointer (&self->login, rcp_calendar_login_free);
  g_clear_pointer (&self->certificate, rcp_server_certificate_free);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_account_model_parent_class)->finalize (object);
}

static void
rcp_account_model_class_init (RcpAccountModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_account_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_account_model_finalize;
  signals[CHANGED] = g_signal_new ("changed", RCP_TYPE_ACCOUNT_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_account_model_init (RcpAccountModel *self)
{
}

static const char *
describe (const GError *error)
{
  switch (error->domain == RCP_CALENDAR_ERROR ? error->code : RCP_CALENDAR_ERROR_FAILED)
    {
    case RCP_CALENDAR_ERROR_ADDRESS:
      return _("That is not an address of a server. It looks like “calendar.example.org” or “https://example.org/dav/”.");
    case RCP_CALENDAR_ERROR_NOT_SECRET:
      return _("Over that address others could read the password. Use one that begins with “https://”.");
    case RCP_CALENDAR_ERROR_OFFLINE:
      return _("The server cannot be reached. Check the address, and whether this computer is online.");
    case RCP_CALENDAR_ERROR_TIMED_OUT:
      return _("The server does not answer. Try again later, or check the address.");
    case RCP_CALENDAR_ERROR_PASSWORD:
      return _("The server does not accept this user name and password.");
    case RCP_CALENDAR_ERROR_NOT_TRUSTED:
      return _("The certificate of the server is not trusted.");
    case RCP_CALENDAR_ERROR_NO_SERVER:
      return _("There is a server, but it is not a calendar server. Ask its owner for the CalDAV address.");
    case RCP_CALENDAR_ERROR_NO_CALENDARS:
      return _("The server has no calendars of this user.");
    case RCP_CALENDAR_ERROR_KEYRING:
      return _("The keyring of this computer, which keeps passwords, is locked or missing. The account was not kept.");
    default:
      return _("The server could not be asked. Try again later.");
    }
}

/* Takes what comes with the step; the rest is over. */
static void
go (RcpAccountModel *self, RcpAccountStep step, const char *problem)
{
  g_autofree char *old = self->problem;

  self->problem = g_strdup (problem);
  self->step = step;
  if (step != RCP_ACCOUNT_STEP_JUDGE)
    g_clear_pointer (&self->certificate, rcp_server_certificate_free);
  if (step == RCP_ACCOUNT_STEP_ASK)
    g_clear_pointer (&self->found, g_ptr_array_unref);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GCancellable *
begin (RcpAccountModel *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

static char *
dup_uid (RcpAccountModel *self)
{
  char *uid = NULL;

  if (self->account)
    g_object_get (self->account, "uid", &uid, NULL);
  return uid;
}

static void
on_kept_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpAccountModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (rcp_calendar_service_sign_in_finish (RCP_CALENDAR_SERVICE (object), result, &error))
    go (self, RCP_ACCOUNT_STEP_DONE, NULL);
  else
    go (self, RCP_ACCOUNT_STEP_ASK, describe (error));
}

static void
keep (RcpAccountModel *self)
{
  g_autofree char *uid = dup_uid (self);

  go (self, RCP_ACCOUNT_STEP_KEEP, NULL);
  rcp_calendar_service_sign_in_async (self->service, uid, self->login, NULL, on_kept_cb, g_object_ref (self));
}

static void
on_looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpAccountModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpServerCertificate) certificate = NULL;
  g_autoptr (GPtrArray) found
    = rcp_calendar_service_look_up_finish (RCP_CALENDAR_SERVICE (object), result, &certificate, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (certificate)
    {
      g_clear_pointer (&self->certificate, rcp_server_certificate_free);
      self->certificate = g_steal_pointer (&certificate);
      go (self, RCP_ACCOUNT_STEP_JUDGE, NULL);
    }
  else if (!found)
    go (self, RCP_ACCOUNT_STEP_ASK, describe (error));
  else if (self->account)
    keep (self);
  else
    {
      g_clear_pointer (&self->found, g_ptr_array_unref);
      self->found = g_steal_pointer (&found);
      go (self, RCP_ACCOUNT_STEP_FOUND, NULL);
    }
}

static void
look (RcpAccountModel *self)
{
  GCancellable *cancellable = begin (self);

  go (self, RCP_ACCOUNT_STEP_LOOK, NULL);
  rcp_calendar_service_look_up_async (self->service, self->login, cancellable, on_looked_cb, g_object_ref (self));
}

/**
 * rcp_account_model_new:
 * @service: open
 * @account: (nullable): of rcp_calendar_service_get_accounts(), that shall be let in again; %NULL: a new one
 *
 * Returns: (transfer full): a model that waits
 */
RcpAccountModel *
rcp_account_model_new (RcpCalendarService *service, GObject *account)
{
  RcpAccountModel *self;

  g_return_val_if_fail (RCP_IS_CALENDAR_SERVICE (service), NULL);

  self = g_object_new (RCP_TYPE_ACCOUNT_MODEL, NULL);
  self->service = g_object_ref (service);
  self->account = account ? g_object_ref (account) : NULL;
  return self;
}

gboolean
rcp_account_model_is_new (RcpAccountModel *self)
{
  g_return_val_if_fail (RCP_IS_ACCOUNT_MODEL (self), FALSE);

  return !self->account;
}

char *
rcp_account_model_dup_address (RcpAccountModel *self)
{
  char *address = NULL;

  g_return_val_if_fail (RCP_IS_ACCOUNT_MODEL (self), NULL);

  if (self->account)
    g_object_get (self->account, "address", &address, NULL);
  return address ? address : g_strdup ("");
}

char *
rcp_account_model_dup_user (RcpAccountModel *self)
{
  char *user = NULL;

  g_return_val_if_fail (RCP_IS_ACCOUNT_MODEL (self), NULL);

  if (self->account)
    g_object_get (self->account, "user", &user, NULL);
  return user ? user : g_strdup ("");
}

RcpAccountStep
rcp_account_model_get_step (RcpAccountModel *self)
{
  g_return_val_if_fail (RCP_IS_ACCOUNT_MODEL (self), RCP_ACCOUNT_STEP_ASK);

  return self->step;
}

const char *
rcp_account_model_get_problem (RcpAccountModel *self)
{
  g_return_val_if_fail (RCP_IS_ACCOUNT_MODEL (self), NULL);

  return self->problem;
}

const RcpServerCertificate *
rcp_account_model_get_certificate (RcpAccountModel *self)
{
  g_return_val_if_fail (RCP_IS_ACCOUNT_MODEL (self), NULL);

  return self->certificate;
}

GPtrArray *
rcp_account_model_get_found (RcpAccountModel *self)
{
  g_return_val_if_fail (RCP_IS_ACCOUNT_MODEL (self), NULL);

  return self->found;
}

/**
 * rcp_account_model_look:
 * @self: a model that asks
 * @address: as it was typed
 * @user: as it was typed
 * @password: as it was typed
 *
 * Asks the server. A certificate that was trusted for it stays trusted, until this model goes.
 */
void
rcp_account_model_look (RcpAccountModel *self, const char *address, const char *user, const char *password)
{
  g_autoptr (GError) error = NULL;
  RcpCalendarLogin *login;

  g_return_if_fail (RCP_IS_ACCOUNT_MODEL (self));

  if (self->step != RCP_ACCOUNT_STEP_ASK)
    return;
  login = rcp_calendar_login_new (address, user, password, NULL, &error);
  if (!login)
    {
      go (self, RCP_ACCOUNT_STEP_ASK, describe (error));
      return;
    }
  if (self->login && g_str_equal (self->login->url, login->url))
    login->certificate = g_strdup (self->login->certificate);
  g_clear_pointer (&self->login, rcp_calendar_login_free);
  self->login = login;
  look (self);
}

/**
 * rcp_account_model_trust:
 * @self: a model that shows a certificate
 *
 * Trusts this one for this server, and asks again.
 */
void
rcp_account_model_trust (RcpAccountModel *self)
{
  g_return_if_fail (RCP_IS_ACCOUNT_MODEL (self));

  if (self->step != RCP_ACCOUNT_STEP_JUDGE)
    return;
  g_free (self->login->certificate);
  self->login->certificate = g_strdup (self->certificate->pem);
  look (self);
}

/**
 * rcp_account_model_keep:
 * @self: a model that shows what was found
 *
 * Makes the account.
 */
void
rcp_account_model_keep (RcpAccountModel *self)
{
  g_return_if_fail (RCP_IS_ACCOUNT_MODEL (self));

  if (self->step == RCP_ACCOUNT_STEP_FOUND)
    keep (self);
}

/**
 * rcp_account_model_go_back:
 * @self: a model
 *
 * To what was typed. What is being kept cannot be given up any more.
 */
void
rcp_account_model_go_back (RcpAccountModel *self)
{
  g_return_if_fail (RCP_IS_ACCOUNT_MODEL (self));

  if (self->step == RCP_ACCOUNT_STEP_KEEP || self->step == RCP_ACCOUNT_STEP_DONE)
    return;
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  go (self, RCP_ACCOUNT_STEP_ASK, NULL);
}
