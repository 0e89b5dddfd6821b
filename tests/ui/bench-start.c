/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time from the start of the process to the first painted frame that shows what was asked for:
 *   bench-start empty              an AdwApplicationWindow with nothing in it
 *   bench-start board DATABASE     Reception's window, once a visit of the day is on its board
 * Prints microseconds. bench-start.py runs both in turn and prints the ratio. */
#include <adwaita.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ui/rcp-application.h"

/* The boot-time clock in microseconds at which the kernel started this process (proc(5), field 22 of stat). */
static gint64
get_process_start (void)
{
  g_autofree char *stat = NULL;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL))
    g_error ("no /proc/self/stat");
  fields = g_strsplit (strrchr (stat, ')') + 2, " ", -1);
  return g_ascii_strtoll (fields[19], NULL, 10) * (G_USEC_PER_SEC / sysconf (_SC_CLK_TCK));
}

static gint64
get_boot_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
has_visit (GtkWidget *widget)
{
  if (g_strcmp0 (gtk_widget_get_css_name (widget), "visit") == 0 && gtk_widget_get_mapped (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_visit (child))
      return TRUE;

  return FALSE;
}

static void
on_after_paint_cb (GdkFrameClock *clock, GtkWidget *window)
{
  gboolean empty = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (window), "empty"));

  if (!empty && !has_visit (window))
    return;
  g_print ("%" G_GINT64_FORMAT "\n", get_boot_time () - get_process_start ());
  _exit (0);
}

static void
on_realized_cb (GtkWidget *window, gpointer data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint_cb), window);
}

static void
on_empty_activated_cb (GApplication *application, gpointer data)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  g_object_set_data (G_OBJECT (window), "empty", GINT_TO_POINTER (TRUE));
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 760);
  g_signal_connect (window, "realize", G_CALLBACK (on_realized_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_window_added_cb (GtkApplication *application, GtkWindow *window, gpointer data)
{
  g_signal_connect (window, "realize", G_CALLBACK (on_realized_cb), NULL);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = NULL;

  if (argc == 2 && g_str_equal (argv[1], "empty"))
    {
      application = GTK_APPLICATION (adw_application_new ("org.frontdesk.Empty", G_APPLICATION_NON_UNIQUE));
      g_signal_connect (application, "activate", G_CALLBACK (on_empty_activated_cb), NULL);
      return g_application_run (G_APPLICATION (application), 1, argv);
    }

  if (argc >= 3 && g_str_equal (argv[1], "board"))
    {
      char *arguments[] = { argv[0], (char *) "--practice", argv[2], (char *) "--now", argc > 3 ? argv[3] : NULL, NULL };

      application = GTK_APPLICATION (rcp_application_new ());
      g_signal_connect (application, "window-added", G_CALLBACK (on_window_added_cb), NULL);
      return g_application_run (G_APPLICATION (application), argc > 3 ? 5 : 3, arguments);
    }

  g_printerr ("usage: bench-start empty | board DATABASE [NOW]\n");
  return 2;
}
