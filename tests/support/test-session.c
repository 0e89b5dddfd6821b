/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Proves the private world of with-session.sh: a screen that paints, a bus that answers, folders that are not ours. */

#define G_LOG_DOMAIN "test-session"

#include <gtk/gtk.h>

static void
test_window (void)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), gtk_button_new_with_label ("Book"));
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  g_assert_cmpint (gtk_widget_get_width (window), >, 0);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (gdk_display_get_default ()), ==, "GdkX11Display");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) names = NULL;
  g_autofree const char **list = NULL;

  g_assert_no_error (error);
  names = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "ListActivatableNames", NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE,
                                       5000, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (names, "(^a&s)", &list);
  g_assert_true (g_strv_contains (list, "org.a11y.Bus"));
  g_assert_false (g_strv_contains (list, "org.freedesktop.portal.Desktop"));
}

static void
test_folders (void)
{
  g_assert_true (g_str_has_prefix (g_get_home_dir (), "/tmp/rcp."));
  g_assert_true (g_str_has_prefix (g_get_user_data_dir (), "/tmp/rcp."));
  g_assert_true (g_str_has_prefix (g_get_user_runtime_dir (), "/tmp/rcp."));
  g_assert_cmpstr (g_getenv ("G_DEBUG"), ==, "fatal-warnings");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/support/session/window", test_window);
  g_test_add_func ("/support/session/bus", test_bus);
  g_test_add_func ("/support/session/folders", test_folders);
  return g_test_run ();
}
