/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-caldav-accounts"

#include "rcp-caldav-accounts.h"

#include <libedataserver/libedataserver.h>

#include "calendars/rcp-caldav-discovery.h"

/* By its uid an account is known as one that Reception added: those of the desktop and of other programs are not ours to remove. */
#define PREFIX "reception-caldav-"

struct _RcpCaldavAccounts
{
  GObject parent_instance;

  ESourceRegistry *registry;
  GPtrArray *accounts; /* of RcpCaldavAccount */
};

static void rcp_caldav_accounts_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpCaldavAccounts, rcp_caldav_accounts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rcp_caldav_accounts_list_model_init))

static GType
rcp_caldav_accounts_get_item_type (GListModel *model)
{
  return RCP_TYPE_CALDAV_ACCOUNT;
}

static guint
rcp_caldav_accounts_get_n_items (GListModel *model)
{
  return RCP_CALDAV_ACCOUNTS (model)->accounts->len;
}

static gpointer
rcp_caldav_accounts_get_item (GListModel *model, guint position)
{
  GPtrArray *accounts = RCP_CALDAV_ACCOUNTS (model)->accounts;

  return position < accounts->len ? g_object_ref (g_ptr_array_index (accounts, position)) : NULL;
}

static void
rcp_caldav_accounts_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rcp_caldav_accounts_get_item_type;
  iface->get_n_items = rcp_caldav_accounts_get_n_items;
  iface->get_item = rcp_caldav_accounts_get_item;
}

static void
rcp_caldav_accounts_finalize (GObject *object)
{
  RcpCaldavAccounts *self = RCP_CALDAV_ACCOUNTS (object);

  g_clear_object (&self->registry);
  g_ptr_array_unref (self->accounts);
  G_OBJECT_CLASS (rcp_caldav_accounts_parent_class)->finalize (object);
}

static void
rcp_caldav_accounts_class_init (RcpCaldavAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_caldav_accounts_finalize;
}

static void
rcp_caldav_accounts_init (RcpCaldavAccounts *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * rcp_caldav_accounts_find:
 * @self: accounts
 * @uid: (nullable): of one
 *
 * Returns: (transfer none) (nullable): that account
 */
RcpCaldavAccount *
rcp_caldav_accounts_find (RcpCaldavAccounts *self, const char *uid)
{
  g_return_val_if_fail (RCP_IS_CALDAV_ACCOUNTS (self), NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    if (g_strcmp0 (rcp_caldav_account_get_uid (self->accounts->pdata[i]), uid) == 0)
      return self->accounts->pdata[i];
  return NULL;
}

static gboolean
is_ours (ESource *source)
{
  return g_str_has_prefix (e_source_get_uid (source), PREFIX) && e_source_has_extension (source, E_SOURCE_EXTENSION_COLLECTION);
}

static void
on_source_added_cb (RcpCaldavAccounts *self, ESource *source)
{
  RcpCaldavAccount *account;

  if (!is_ours (source))
    {
      account = rcp_caldav_accounts_find (self, e_source_get_parent (source));
      if (account != NULL)
        rcp_caldav_account_watch (account, source);
      return;
    }
  if (rcp_caldav_accounts_find (self, e_source_get_uid (source)) != NULL)
    return;
  g_ptr_array_add (self->accounts, rcp_caldav_account_new (source));
  g_list_model_items_changed (G_LIST_MODEL (self), self->accounts->len - 1, 0, 1);
}

static void
on_source_removed_cb (RcpCaldavAccounts *self, ESource *source)
{
  RcpCaldavAccount *account = rcp_caldav_accounts_find (self, e_source_get_parent (source));
  guint position;

  if (account != NULL)
    rcp_caldav_account_forget (account, source);
  account = rcp_caldav_accounts_find (self, e_source_get_uid (source));
  if (account == NULL || !g_ptr_array_find (self->accounts, account, &position))
    return;
  g_ptr_array_remove_index (self->accounts, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/**
 * rcp_caldav_accounts_new:
 * @registry: of Evolution Data Server
 *
 * Returns: (transfer full): the accounts that Reception added there, live
 */
RcpCaldavAccounts *
rcp_caldav_accounts_new (ESourceRegistry *registry)
{
  RcpCaldavAccounts *self;
  GList *sources;

  g_return_val_if_fail (E_IS_SOURCE_REGISTRY (registry), NULL);

  self = g_object_new (RCP_TYPE_CALDAV_ACCOUNTS, NULL);
  self->registry = g_object_ref (registry);
  g_signal_connect_object (registry, "source-added", G_CALLBACK (on_source_added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (registry, "source-removed", G_CALLBACK (on_source_removed_cb), self, G_CONNECT_SWAPPED);
  sources = e_source_registry_list_sources (registry, E_SOURCE_EXTENSION_COLLECTION);
  for (GList *at = sources; at != NULL; at = at->next)
    on_source_added_cb (self, at->data);
  g_list_free_full (sources, g_object_unref);
  sources = e_source_registry_list_sources (registry, E_SOURCE_EXTENSION_CALENDAR);
  for (GList *at = sources; at != NULL; at = at->next)
    on_source_added_cb (self, at->data);
  g_list_free_full (sources, g_object_unref);
  return self;
}

typedef struct
{
  ESource *source;
  RcpCalendarLogin *login;
} Account;

static void
account_free (gpointer data)
{
  Account *account = data;

  g_object_unref (account->source);
  rcp_calendar_login_free (account->login);
  g_free (account);
}

static GTask *
make_task (RcpCaldavAccounts *self, gpointer tag, ESource *source, const RcpCalendarLogin *login, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Account *account = g_new0 (Account, 1);

  account->source = g_object_ref (source);
  account->login = login != NULL ? rcp_calendar_login_copy (login) : NULL;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, account, account_free);
  return task;
}

static gboolean
keep_password_finish (ESource *source, GAsyncResult *result, GTask *task)
{
  g_autoptr (GError) error = NULL;

  if (e_source_store_password_finish (source, result, &error))
    return TRUE;
  g_task_return_new_error (task, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_KEYRING, "%s", error->message);
  return FALSE;
}

static void
on_committed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Account *account = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (e_source_registry_commit_source_finish (E_SOURCE_REGISTRY (object), result, &error))
    {
      g_task_return_pointer (task, e_source_dup_uid (account->source), g_free);
      return;
    }
  /* Nobody would ever look for it. */
  e_source_delete_password (account->source, NULL, NULL, NULL);
  g_task_return_new_error (task, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_FAILED, "%s", error->message);
}

static void
on_password_kept_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  RcpCaldavAccounts *self = g_task_get_source_object (task);
  Account *account = g_task_get_task_data (task);

  if (keep_password_finish (E_SOURCE (object), result, task))
    e_source_registry_commit_source (self->registry, account->source, g_task_get_cancellable (task), on_committed_cb, task);
  else
    g_object_unref (task);
}

/**
 * rcp_caldav_accounts_add_async:
 * @self: accounts
 * @login: that the server took
 * @cancellable: (nullable): to give it up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * The password comes first: Evolution Data Server looks for it as soon as it hears of the account.
 */
void
rcp_caldav_accounts_add_async (RcpCaldavAccounts *self, const RcpCalendarLogin *login, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *uid = g_strconcat (PREFIX, random, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ESource) source = NULL;
  GTask *task;

  g_return_if_fail (RCP_IS_CALDAV_ACCOUNTS (self));
  g_return_if_fail (login != NULL);

  source = rcp_caldav_make_source (uid, login, &error);
  if (source == NULL)
    {
      g_task_report_error (self, callback, user_data, rcp_caldav_accounts_add_async, g_steal_pointer (&error));
      return;
    }
  task = make_task (self, rcp_caldav_accounts_add_async, source, NULL, cancellable, callback, user_data);
  e_source_store_password (source, login->password, TRUE, cancellable, on_password_kept_cb, task);
}

/**
 * rcp_caldav_accounts_add_finish:
 * @self: accounts
 * @result: what the callback got
 * @error: %RCP_CALENDAR_ERROR_KEYRING where the password cannot be kept: then there is no account either
 *
 * Returns: (transfer full) (nullable): the uid of the account
 */
char *
rcp_caldav_accounts_add_finish (RcpCaldavAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!e_source_write_finish (E_SOURCE (object), result, &error))
    g_message ("A certificate could not be trusted for good: code %d", error->code);
}

/* A calendar of the account has its own idea of what is trusted, and waits for its own word. */
static void
connect_source (ESource *source, const RcpCalendarLogin *login)
{
  ENamedParameters *credentials = e_named_parameters_new ();

  if (login->certificate != NULL)
    {
      rcp_caldav_trust (source, login);
      e_source_write (source, NULL, on_written_cb, NULL);
    }
  e_named_parameters_set (credentials, E_SOURCE_CREDENTIAL_USERNAME, login->user);
  e_named_parameters_set (credentials, E_SOURCE_CREDENTIAL_PASSWORD, login->password);
  e_source_invoke_authenticate (source, credentials, NULL, NULL, NULL);
  e_named_parameters_free (credentials);
}

static void
on_another_password_kept_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RcpCaldavAccounts *self = g_task_get_source_object (task);
  Account *account = g_task_get_task_data (task);
  GList *sources;

  if (!keep_password_finish (E_SOURCE (object), result, task))
    return;
  connect_source (account->source, account->login);
  sources = e_source_registry_list_sources (self->registry, E_SOURCE_EXTENSION_CALENDAR);
  for (GList *at = sources; at != NULL; at = at->next)
    if (g_strcmp0 (e_source_get_parent (at->data), e_source_get_uid (account->source)) == 0)
      connect_source (at->data, account->login);
  g_list_free_full (sources, g_object_unref);
  g_task_return_boolean (task, TRUE);
}

/**
 * rcp_caldav_accounts_sign_in_async:
 * @self: accounts
 * @uid: of one
 * @login: that its server took
 * @cancellable: (nullable): to give it up
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
rcp_caldav_accounts_sign_in_async (RcpCaldavAccounts *self, const char *uid, const RcpCalendarLogin *login,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  RcpCaldavAccount *account;
  GTask *task;

  g_return_if_fail (RCP_IS_CALDAV_ACCOUNTS (self));
  g_return_if_fail (login != NULL);

  account = rcp_caldav_accounts_find (self, uid);
  if (account == NULL)
    {
      g_task_report_new_error (self, callback, user_data, rcp_caldav_accounts_sign_in_async, RCP_CALENDAR_ERROR,
                               RCP_CALENDAR_ERROR_FAILED, "The account is gone");
      return;
    }
  task = make_task (self, rcp_caldav_accounts_sign_in_async, rcp_caldav_account_get_source (account), login, cancellable, callback,
                    user_data);
  e_source_store_password (rcp_caldav_account_get_source (account), login->password, TRUE, cancellable, on_another_password_kept_cb,
                           task);
}

gboolean
rcp_caldav_accounts_sign_in_finish (RcpCaldavAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_removed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (e_source_remove_finish (E_SOURCE (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_FAILED, "%s", error->message);
}

static void
on_password_forgotten_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autoptr (GError) error = NULL;

  if (e_source_delete_password_finish (E_SOURCE (object), result, &error))
    {
      e_source_remove (E_SOURCE (object), g_task_get_cancellable (task), on_removed_cb, task);
      return;
    }
  g_task_return_new_error (task, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_KEYRING, "%s", error->message);
  g_object_unref (task);
}

/**
 * rcp_caldav_accounts_remove_async:
 * @self: accounts
 * @uid: of one
 * @cancellable: (nullable): to give it up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * The password goes first: an account that stays can be removed again, a password without its account nobody finds.
 */
void
rcp_caldav_accounts_remove_async (RcpCaldavAccounts *self, const char *uid, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  RcpCaldavAccount *account;
  ESource *source;

  g_return_if_fail (RCP_IS_CALDAV_ACCOUNTS (self));

  account = rcp_caldav_accounts_find (self, uid);
  if (account == NULL)
    {
      g_task_report_new_error (self, callback, user_data, rcp_caldav_accounts_remove_async, RCP_CALENDAR_ERROR,
                               RCP_CALENDAR_ERROR_FAILED, "The account is gone");
      return;
    }
  source = rcp_caldav_account_get_source (account);
  e_source_delete_password (source, cancellable, on_password_forgotten_cb,
                            make_task (self, rcp_caldav_accounts_remove_async, source, NULL, cancellable, callback, user_data));
}

gboolean
rcp_caldav_accounts_remove_finish (RcpCaldavAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
