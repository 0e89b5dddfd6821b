/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-application"

#include "config.h"

#include "rcp-application-private.h"

#include <glib/gi18n.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-practice-host.h"
#include "rcp-about.h"
#include "rcp-keys.h"

G_DEFINE_FINAL_TYPE (RcpApplication, rcp_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample clinic"), NULL },
  { "practice", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Open a practice on this computer"), N_ ("FILE") },
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Open a FHIR R4 server (https://… or unix:PATH)"), N_ ("URL") },
  { "token-file", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Read the token for --server from a file"), N_ ("FILE") },
  { "now", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Stop the clock at a moment, to try things out"), N_ ("TIME") },
  { NULL },
};

static void
on_quit_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  /* Closing is what remembers the size. */
  while (window)
    {
      gtk_window_destroy (window);
      window = gtk_application_get_active_window (GTK_APPLICATION (user_data));
    }
}

static void
on_about_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  rcp_about_present (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
on_help_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_show_uri (gtk_application_get_active_window (GTK_APPLICATION (user_data)), "help:" GETTEXT_PACKAGE, GDK_CURRENT_TIME);
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = on_quit_activated_cb },
  { .name = "about", .activate = on_about_activated_cb },
  { .name = "help", .activate = on_help_activated_cb },
};

/**
 * rcp_application_ensure_window:
 * @clock: for a desk that is not there yet
 *
 * Returns: (transfer none): the window; a new one shows nothing yet
 */
RcpWindow *
rcp_application_ensure_window (RcpApplication *self, RcpClock *clock)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window)
    return RCP_WINDOW (window);
  if (!self->desk)
    self->desk = rcp_desk_new (clock);
  if (self->search_provider)
    rcp_search_provider_set_desk (self->search_provider, self->desk);
  return rcp_window_new (GTK_APPLICATION (self), self->desk, self->settings);
}

static char *
read_token (const char *file, GError **error)
{
  char *contents = NULL;

  if (!g_file_get_contents (file, &contents, NULL, error))
    return NULL;
  return g_strstrip (contents);
}

static RcpSource *
take_server (GVariantDict *given, const char *url, GError **error)
{
  g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_SERVER);
  const char *file = NULL;

  source->url = g_str_has_prefix (url, "unix:") ? g_strdup (url) : rcp_source_clean_url (url);
  if (!source->url)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is no address of a server"), url);
      return NULL;
    }
  if (g_variant_dict_lookup (given, "token-file", "^&ay", &file) && !(source->token = read_token (file, error)))
    return NULL;
  return g_steal_pointer (&source);
}

static void
ensure_settings (RcpApplication *self)
{
  if (!self->settings)
    self->settings = g_settings_new (APP_ID);
}

/* What the options name; else what was opened last. */
static RcpSource *
choose_source (RcpApplication *self, GVariantDict *given, GError **error)
{
  const char *text = NULL;
  RcpSource *source;

  if (g_variant_dict_lookup (given, "server", "&s", &text))
    return take_server (given, text, error);
  if (g_variant_dict_lookup (given, "practice", "^&ay", &text))
    {
      source = rcp_source_new (RCP_SOURCE_PRACTICE);
      source->file = g_canonicalize_filename (text, NULL);
      return source;
    }
  if (g_variant_dict_contains (given, "sample"))
    return rcp_source_new (RCP_SOURCE_SAMPLE);
  return rcp_source_load (self->settings);
}

static RcpClock *
choose_clock (GVariantDict *given, GError **error)
{
  const char *text = NULL;
  gint64 now;

  if (!g_variant_dict_lookup (given, "now", "&s", &text))
    return rcp_clock_new_system ();
  if (rcp_iso8601_parse_instant (text, &now))
    return rcp_clock_new_fixed (now);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is no moment such as 2026-11-23T09:26:00Z"), text);
  return NULL;
}

static int
rcp_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  RcpApplication *self = RCP_APPLICATION (application);
  GVariantDict *given = g_application_command_line_get_options_dict (command_line);
  gboolean is_first = gtk_application_get_active_window (GTK_APPLICATION (self)) == NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpClock) clock = choose_clock (given, &error);
  g_autoptr (RcpSource) source = clock && rcp_application_check_verbs (given, &error) ? choose_source (self, given, &error) : NULL;
  RcpWindow *window;

  if (!source)
    {
      g_application_command_line_printerr (command_line, "%s\n", error->message);
      return 2;
    }
  window = rcp_application_ensure_window (self, clock);
  /* A second start without options only brings the window forward. */
  if (is_first || g_variant_dict_contains (given, "server") || g_variant_dict_contains (given, "practice")
      || g_variant_dict_contains (given, "sample"))
    rcp_window_open (window, source);
  rcp_application_run_verbs (window, given);
  gtk_window_present (GTK_WINDOW (window));
  return 0;
}

static int
rcp_application_handle_local_options (GApplication *application, GVariantDict *given)
{
  RcpApplication *self = RCP_APPLICATION (application);

  self->given = g_variant_dict_ref (given);
  return -1;
}

/* A record that is there and needs no filling. */
static gboolean
is_at_hand (RcpSource *source)
{
  if (source->kind != RCP_SOURCE_PRACTICE && source->kind != RCP_SOURCE_SAMPLE)
    return FALSE;
  if (!source->file || !source->file[0])
    {
      g_free (source->file);
      source->file = rcp_source_dup_default_file (source->kind);
    }
  return !source->import && g_file_test (source->file, G_FILE_TEST_EXISTS);
}

/* The record's server starts while GTK finds its screen and reads its theme: neither waits for the other. What is wrong
 * with the options is told later. */
static void
prepare_record (RcpApplication *self)
{
  g_autoptr (RcpClock) clock = choose_clock (self->given, NULL);
  g_autoptr (RcpSource) source = clock ? choose_source (self, self->given, NULL) : NULL;
  g_autoptr (RcpPracticeHost) host = NULL;
  g_autoptr (RcpHeadStart) head_start = NULL;

  if (!source || !is_at_hand (source))
    return;
  host = rcp_practice_host_new (source->file,
                                source->kind == RCP_SOURCE_SAMPLE ? RCP_PRACTICE_HOST_FLAGS_SAMPLE : RCP_PRACTICE_HOST_FLAGS_NONE,
                                NULL);
  if (rcp_clock_is_fixed (clock))
    rcp_practice_host_set_now (host, rcp_clock_get_now (clock));
  rcp_practice_host_prepare (host);
  self->desk = rcp_desk_new (clock);
  rcp_desk_set_host (self->desk, host);
  if (!rcp_practice_host_get_process_id (host))
    return;
  head_start = rcp_head_start_new (rcp_practice_host_get_socket_path (host), rcp_clock_get_now (clock));
  rcp_desk_set_head_start (self->desk, head_start);
}

static void
read_icon_theme_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, gtk_icon_theme_has_icon (data, APP_ID));
}

/* libadwaita adds its icons to a theme that GTK has just read, so that the first icon of the window reads all of it again. A
 * thread does that meanwhile: to look icons up is safe in threads, as GTK's own do it. */
static void
read_icon_theme (void)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, read_icon_theme);
  g_task_set_task_data (task, g_object_ref (gtk_icon_theme_get_for_display (gdk_display_get_default ())), g_object_unref);
  g_task_run_in_thread (task, read_icon_theme_in_thread);
}

static void
rcp_application_startup (GApplication *application)
{
  RcpApplication *self = RCP_APPLICATION (application);

  ensure_settings (self);
  if (self->given)
    prepare_record (self);
  G_APPLICATION_CLASS (rcp_application_parent_class)->startup (application);
  read_icon_theme ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  rcp_keys_set_accels (GTK_APPLICATION (self));
  gtk_window_set_default_icon_name (APP_ID);
}

/* From the bus: a start that was not by command line. */
static void
rcp_application_activate (GApplication *application)
{
  RcpApplication *self = RCP_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autoptr (RcpSource) source = NULL;
  g_autoptr (RcpClock) clock = NULL;

  if (!window)
    {
      source = rcp_source_load (self->settings);
      clock = rcp_clock_new_system ();
      window = GTK_WINDOW (rcp_application_ensure_window (self, clock));
      rcp_window_open (RCP_WINDOW (window), source);
    }
  gtk_window_present (window);
}

static gboolean
rcp_application_dbus_register (GApplication *application, GDBusConnection *connection, const char *path, GError **error)
{
  /* Comes before the startup. */
  ensure_settings (RCP_APPLICATION (application));
  return G_APPLICATION_CLASS (rcp_application_parent_class)->dbus_register (application, connection, path, error)
         && rcp_application_export_search (RCP_APPLICATION (application), connection, path, error);
}

static void
rcp_application_dbus_unregister (GApplication *application, GDBusConnection *connection, const char *path)
{
  g_clear_object (&RCP_APPLICATION (application)->search_provider);
  G_APPLICATION_CLASS (rcp_application_parent_class)->dbus_unregister (application, connection, path);
}

static void
rcp_application_dispose (GObject *object)
{
  RcpApplication *self = RCP_APPLICATION (object);

  g_clear_object (&self->search_provider);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->given, g_variant_dict_unref);
  G_OBJECT_CLASS (rcp_application_parent_class)->dispose (object);
}

static void
rcp_application_class_init (RcpApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_application_dispose;
  application_class->handle_local_options = rcp_application_handle_local_options;
  application_class->startup = rcp_application_startup;
  application_class->activate = rcp_application_activate;
  application_class->command_line = rcp_application_command_line;
  application_class->dbus_register = rcp_application_dbus_register;
  application_class->dbus_unregister = rcp_application_dbus_unregister;
}

static void
rcp_application_init (RcpApplication *self)
{
  g_application_set_option_context_summary (G_APPLICATION (self), _("The front desk of a clinic: book, move and cancel visits."));
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  rcp_application_add_verbs (self);
}

/**
 * rcp_application_new:
 *
 * Returns: (transfer full): the program, not yet running
 */
RcpApplication *
rcp_application_new (void)
{
  return g_object_new (RCP_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/org/frontdesk/Reception",
                       NULL);
}
