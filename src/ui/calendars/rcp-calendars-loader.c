/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-calendars-loader"

#include "config.h"

#include "rcp-calendars-loader.h"

static char *
dup_module (void)
{
  const char *named = g_getenv ("RECEPTION_CALENDARS");

  return named ? g_strdup (named) : g_build_filename (MODULEDIR, "reception-calendars." G_MODULE_SUFFIX, NULL);
}

/* Fifty libraries are found and bound: the board goes on meanwhile. */
static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *file = dup_module ();
  GModule *module = g_module_open (file, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

  if (!module)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s", g_module_error ());
      return;
    }
  /* It has types, which stay for as long as the program runs. */
  g_module_make_resident (module);
  g_task_return_pointer (task, module, NULL);
}

static void
on_bus_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  static const char *const names[] = { "org.gnome.evolution.dataserver.Sources5", "org.gnome.evolution.dataserver.Calendar8" };
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  for (guint i = 0; bus && i < G_N_ELEMENTS (names); i++)
    g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "StartServiceByName",
                            g_variant_new ("(su)", names[i], 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

/* Where nothing runs yet, its parts would start one after the other, each when it is needed first. Another Evolution Data Server than
 * today's has other names: then it is so. */
static void
wake_server (GCancellable *cancellable)
{
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, on_bus_found_cb, NULL);
}

/**
 * rcp_calendars_loader_load_async:
 * @source: (type GObject.Object): for whom
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 */
void
rcp_calendars_loader_load_async (gpointer source, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  wake_server (cancellable);
  g_task_set_source_tag (task, rcp_calendars_loader_load_async);
  g_task_run_in_thread (task, load_in_thread);
}

GModule *
rcp_calendars_loader_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
