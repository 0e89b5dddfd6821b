/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "eds-fixture.h"

#include <signal.h>

#include "keep-result.h"

#ifdef __SANITIZE_ADDRESS__

const char *__asan_default_options (void);

/* Debian's libraries have no frame pointers: without this, a suppression sees no further than g_malloc(). */
const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0:malloc_context_size=14";
}

#endif

RcpCalendars *
eds_open (void)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RcpCalendars *calendars;

  rcp_calendars_open_async (NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  calendars = rcp_calendars_open_finish (result, &error);
  g_assert_no_error (error);
  return calendars;
}

void
eds_commit (RcpCalendars *calendars, ESource *source)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  e_source_registry_commit_source (rcp_calendars_get_registry (calendars), source, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  e_source_registry_commit_source_finish (rcp_calendars_get_registry (calendars), result, &error);
  g_assert_no_error (error);
}

RcpCalendar *
eds_add_local (RcpCalendars *calendars, const char *name)
{
  g_autoptr (GError) error = NULL;
  ESource *source = e_source_new (NULL, NULL, &error);
  g_autofree char *uid = e_source_dup_uid (source);

  g_assert_no_error (error);
  e_source_set_parent (source, "local-stub");
  e_source_set_display_name (source, name);
  e_source_backend_set_backend_name (e_source_get_extension (source, E_SOURCE_EXTENSION_CALENDAR), "local");
  eds_commit (calendars, source);
  g_object_unref (source);
  KEEP_RESULT_UNTIL (rcp_calendars_find (calendars, uid) != NULL);
  return rcp_calendars_find (calendars, uid);
}

static EClient *
connect_once (RcpCalendar *calendar, GError **error)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  e_cal_client_connect (rcp_calendar_get_source (calendar), E_CAL_CLIENT_SOURCE_TYPE_EVENTS, 10, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return e_cal_client_connect_finish (result, error);
}

/* The factory hears of a new source on its own, perhaps later than we do. */
ECalClient *
eds_connect (RcpCalendar *calendar)
{
  gint64 end = g_get_monotonic_time () + keep_result_get_patience ();
  g_autoptr (GError) error = NULL;
  EClient *client = connect_once (calendar, &error);

  while (client == NULL && g_get_monotonic_time () < end)
    {
      g_clear_error (&error);
      g_usleep (100000);
      client = connect_once (calendar, &error);
    }
  g_assert_no_error (error);
  return E_CAL_CLIENT (client);
}

static ICalComponent *
make_event (const char *lines)
{
  g_autofree char *text = g_strconcat ("BEGIN:VEVENT\r\n", lines, "END:VEVENT\r\n", NULL);
  ICalComponent *event = i_cal_component_new_from_string (text);

  g_assert_nonnull (event);
  return event;
}

void
eds_put (ECalClient *client, const char *lines)
{
  g_autoptr (GObject) event = G_OBJECT (make_event (lines));
  g_autoptr (GError) error = NULL;

  e_cal_client_create_object_sync (client, I_CAL_COMPONENT (event), 0, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
eds_change (ECalClient *client, const char *lines, ECalObjModType mod)
{
  g_autoptr (GObject) event = G_OBJECT (make_event (lines));
  g_autoptr (GError) error = NULL;

  e_cal_client_modify_object_sync (client, I_CAL_COMPONENT (event), mod, 0, NULL, &error);
  g_assert_no_error (error);
}

void
eds_remove (ECalClient *client, const char *uid, const char *recurrence_id)
{
  g_autoptr (GError) error = NULL;

  e_cal_client_remove_object_sync (client, uid, recurrence_id,
                                   recurrence_id != NULL ? E_CAL_OBJ_MOD_THIS : E_CAL_OBJ_MOD_ALL, 0, NULL, &error);
  g_assert_no_error (error);
}

static guint32
get_pid (GDBusConnection *bus, const char *name)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
      g_variant_new ("(s)", name), G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, 5000, NULL, NULL);
  guint32 pid = 0;

  if (reply != NULL)
    g_variant_get (reply, "(u)", &pid);
  return pid;
}

void
eds_kill (const char *what)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames",
                                   NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, 5000, NULL, NULL);
  g_autofree const char **names = NULL;

  g_variant_get (reply, "(^a&s)", &names);
  for (guint i = 0; names[i] != NULL; i++)
    if (strstr (names[i], what) != NULL)
      {
        guint32 pid = get_pid (bus, names[i]);

        g_test_message ("ends %s", names[i]);
        if (pid > 0)
          kill ((pid_t) pid, SIGKILL);
      }
}
