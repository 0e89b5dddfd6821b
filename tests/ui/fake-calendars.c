/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-calendars.h"

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const FakeProperty *table = g_type_get_qdata (pspec->owner_type, g_quark_from_static_string ("fake-properties"));
  gconstpointer member = (const char *) object + table[id - 1].offset;

  if (pspec->value_type == G_TYPE_STRING)
    g_value_set_string (value, *(char *const *) member);
  else if (pspec->value_type == G_TYPE_UINT)
    g_value_set_uint (value, *(const guint *) member);
  else
    g_value_set_boolean (value, *(const gboolean *) member);
}

static GParamSpec *
make_spec (const FakeProperty *property)
{
  if (property->type == G_TYPE_STRING)
    return g_param_spec_string (property->name, NULL, NULL, NULL, G_PARAM_READABLE);
  if (property->type == G_TYPE_UINT)
    return g_param_spec_uint (property->name, NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE);
  g_assert_true (property->type == G_TYPE_BOOLEAN);
  return g_param_spec_boolean (property->name, NULL, NULL, FALSE, G_PARAM_READABLE);
}

void
fake_properties_install (GObjectClass *klass, const FakeProperty *table, guint n_properties)
{
  klass->get_property = get_property;
  g_type_set_qdata (G_TYPE_FROM_CLASS (klass), g_quark_from_static_string ("fake-properties"), (gpointer) table);
  for (guint i = 0; i < n_properties; i++)
    g_object_class_install_property (klass, i + 1, make_spec (&table[i]));
}

/* An object with the properties of an account. */
#define FAKE_TYPE_ACCOUNT (fake_account_get_type ())
G_DECLARE_FINAL_TYPE (FakeAccount, fake_account, FAKE, ACCOUNT, GObject)

struct _FakeAccount
{
  GObject parent_instance;
  char *uid;
  char *name;
  const char *address;
  const char *user;
  guint trouble;
};

G_DEFINE_FINAL_TYPE (FakeAccount, fake_account, G_TYPE_OBJECT)

static void
fake_account_finalize (GObject *object)
{
  g_free (FAKE_ACCOUNT (object)->uid);
  g_free (FAKE_ACCOUNT (object)->name);
  G_OBJECT_CLASS (fake_account_parent_class)->finalize (object);
}

static void
fake_account_class_init (FakeAccountClass *klass)
{
  static const FakeProperty properties[] = {
    { "uid", G_TYPE_STRING, G_STRUCT_OFFSET (FakeAccount, uid) },
    { "name", G_TYPE_STRING, G_STRUCT_OFFSET (FakeAccount, name) },
    { "address", G_TYPE_STRING, G_STRUCT_OFFSET (FakeAccount, address) },
    { "user", G_TYPE_STRING, G_STRUCT_OFFSET (FakeAccount, user) },
    { "trouble", G_TYPE_UINT, G_STRUCT_OFFSET (FakeAccount, trouble) },
  };

  fake_properties_install (G_OBJECT_CLASS (klass), properties, G_N_ELEMENTS (properties));
  G_OBJECT_CLASS (klass)->finalize = fake_account_finalize;
}

static void
fake_account_init (FakeAccount *self)
{
  self->address = "https://calendar.example.org/";
  self->user = "ana";
}

struct _FakeCalendars
{
  GObject parent_instance;

  GListStore *calendars;
  GListStore *accounts;
  GTask *task; /* that is waited for */
  char *asked;
};

static void fake_calendars_interface_init (RcpCalendarServiceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeCalendars, fake_calendars, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RCP_TYPE_CALENDAR_SERVICE, fake_calendars_interface_init))

static void
fake_calendars_finalize (GObject *object)
{
  FakeCalendars *self = FAKE_CALENDARS (object);

  g_assert_null (self->task);
  g_clear_object (&self->calendars);
  g_clear_object (&self->accounts);
  g_free (self->asked);
  G_OBJECT_CLASS (fake_calendars_parent_class)->finalize (object);
}

static void
fake_calendars_class_init (FakeCalendarsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_calendars_finalize;
}

static void
fake_calendars_init (FakeCalendars *self)
{
  self->calendars = g_list_store_new (G_TYPE_OBJECT);
  self->accounts = g_list_store_new (G_TYPE_OBJECT);
}

static void
wait_for_answer (RcpCalendarService *service, char *asked, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  FakeCalendars *self = FAKE_CALENDARS (service);

  g_assert_null (self->task);
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, wait_for_answer);
  g_free (self->asked);
  self->asked = asked;
}

static char *
describe (const char *what, const RcpCalendarLogin *login)
{
  return g_strdup_printf ("%s %s %s %s %s", what, login->url, login->user, login->password, login->certificate ? login->certificate : "-");
}

static void
fake_look_up_async (RcpCalendarService *service, const RcpCalendarLogin *login, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  wait_for_answer (service, describe ("look", login), cancellable, callback, user_data);
}

static GPtrArray *
fake_look_up_finish (RcpCalendarService *service, GAsyncResult *result, RcpServerCertificate **certificate, GError **error)
{
  *certificate = g_object_steal_data (G_OBJECT (result), "certificate");
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_sign_in_async (RcpCalendarService *service, const char *uid, const RcpCalendarLogin *login, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *what = g_strconcat ("sign-in ", uid ? uid : "new", NULL);

  wait_for_answer (service, describe (what, login), cancellable, callback, user_data);
}

static void
fake_remove_async (RcpCalendarService *service, const char *uid, GCancellable *cancellable, GAsyncReadyCallback callback,
                   gpointer user_data)
{
  wait_for_answer (service, g_strconcat ("remove ", uid, NULL), cancellable, callback, user_data);
}

static gboolean
fake_finish (RcpCalendarService *service, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) done = g_task_propagate_pointer (G_TASK (result), error);

  return done != NULL;
}

static GListModel *
fake_get_calendars (RcpCalendarService *service)
{
  return G_LIST_MODEL (FAKE_CALENDARS (service)->calendars);
}

static GListModel *
fake_get_accounts (RcpCalendarService *service)
{
  return G_LIST_MODEL (FAKE_CALENDARS (service)->accounts);
}

static void
fake_open_async (RcpCalendarService *service, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (service, cancellable, callback, user_data);

  g_task_set_source_tag (task, fake_open_async);
  g_task_return_boolean (task, TRUE);
}

static gboolean
fake_open_finish (RcpCalendarService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fake_keep (RcpCalendarService *service, GVariant *chosen, RcpBusyTimes *times, GTimeZone *place, RcpClock *clock)
{
}

static gboolean
fake_get_reading (RcpCalendarService *service, const char *uid, RcpCalendarReading *reading)
{
  RcpCalendarReading *known = g_object_get_data (G_OBJECT (service), uid);

  if (known)
    *reading = *known;
  return known != NULL;
}

static void
fake_calendars_interface_init (RcpCalendarServiceInterface *iface)
{
  iface->open_async = fake_open_async;
  iface->open_finish = fake_open_finish;
  iface->keep = fake_keep;
  iface->get_reading = fake_get_reading;
  iface->get_calendars = fake_get_calendars;
  iface->get_accounts = fake_get_accounts;
  iface->look_up_async = fake_look_up_async;
  iface->look_up_finish = fake_look_up_finish;
  iface->sign_in_async = fake_sign_in_async;
  iface->sign_in_finish = fake_finish;
  iface->remove_async = fake_remove_async;
  iface->remove_finish = fake_finish;
}

FakeCalendars *
fake_calendars_new (void)
{
  return g_object_new (FAKE_TYPE_CALENDARS, NULL);
}

GObject *
fake_calendars_add_account (FakeCalendars *self, const char *uid, const char *name, RcpAccountTrouble trouble)
{
  g_autoptr (FakeAccount) account = g_object_new (FAKE_TYPE_ACCOUNT, NULL);

  account->uid = g_strdup (uid);
  account->name = g_strdup (name);
  account->trouble = trouble;
  g_list_store_append (self->accounts, account);
  return G_OBJECT (account);
}

void
fake_calendars_add_calendar (FakeCalendars *self, GObject *calendar, const RcpCalendarReading *reading)
{
  g_autofree char *uid = NULL;

  g_object_get (calendar, "uid", &uid, NULL);
  if (reading)
    g_object_set_data_full (G_OBJECT (self), uid, g_memdup2 (reading, sizeof *reading), g_free);
  g_list_store_append (self->calendars, calendar);
}

const char *
fake_calendars_get_asked (FakeCalendars *self)
{
  return self->task ? self->asked : NULL;
}

gboolean
fake_calendars_is_given_up (FakeCalendars *self)
{
  return self->task && g_cancellable_is_cancelled (g_task_get_cancellable (self->task));
}

void
fake_calendars_answer (FakeCalendars *self, GPtrArray *found, RcpServerCertificate *certificate, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_assert_nonnull (task);
  if (certificate)
    g_object_set_data_full (G_OBJECT (task), "certificate", certificate, (GDestroyNotify) rcp_server_certificate_free);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
fake_calendars_answer_error (FakeCalendars *self, RcpCalendarError code)
{
  fake_calendars_answer (self, NULL, NULL, g_error_new_literal (RCP_CALENDAR_ERROR, (int) code, "technical"));
}
