/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "caldav-server.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <unistd.h>

#define CONFIG                                                                                                         \
  "[server]\nhosts = 127.0.0.1:%u\nssl = True\ncertificate = %s/cert.pem\nkey = %s/key.pem\n"                          \
  "[auth]\ntype = htpasswd\nhtpasswd_filename = %s/users\nhtpasswd_encryption = plain\ndelay = 0\n"                    \
  "[rights]\ntype = from_file\nfile = %s/rights\n[storage]\nfilesystem_folder = %s/collections\n[web]\ntype = none\n"

/* As owner_only, but for the calendar "plan", which its own user may only read. */
#define RIGHTS                                                                                                         \
  "[root]\nuser: .+\ncollection:\npermissions: R\n[principal]\nuser: .+\ncollection: {user}\npermissions: RW\n"       \
  "[plan]\nuser: .+\ncollection: {user}/plan\npermissions: r\n"                                                       \
  "[calendars]\nuser: .+\ncollection: {user}/[^/]+\npermissions: rw\n"

#define PROPS "{\"tag\":\"VCALENDAR\",\"C:supported-calendar-component-set\":\"VEVENT\"%s%s}"

struct _CaldavServer
{
  char *folder;
  char *calendar;
  guint16 port;
  GSubprocess *process;
  GSocket *hung;
  int lock; /* while it is held */
};

static void
run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

static void
make_certificate (const char *folder)
{
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *certificate = g_build_filename (folder, "cert.pem", NULL);
  const char *const command[] = { "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", NULL };

  run (command);
}

void
caldav_server_add_calendar (CaldavServer *self, const char *name, const char *props)
{
  g_autofree char *folder = g_build_filename (self->folder, "collections", "collection-root", CALDAV_USER, name, NULL);
  g_autofree char *text = g_strdup_printf (PROPS, props[0] != '\0' ? "," : "", props);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  write_file (folder, ".Radicale.props", text);
}

void
caldav_server_set_password (CaldavServer *self, const char *password)
{
  g_autofree char *line = g_strconcat (CALDAV_USER ":", password, "\n", NULL);

  write_file (self->folder, "users", line);
}

void
caldav_server_renew_certificate (CaldavServer *self)
{
  make_certificate (self->folder);
}

CaldavServer *
caldav_server_new (void)
{
  g_autofree char *radicale = g_find_program_in_path ("radicale");
  g_autofree char *config = NULL;
  CaldavServer *self;

  if (radicale == NULL)
    return NULL;

  self = g_new0 (CaldavServer, 1);
  self->folder = g_dir_make_tmp ("caldav.XXXXXX", NULL);
  self->calendar = g_build_filename (self->folder, "collections", "collection-root", "ana", "diary", NULL);
  self->port = find_port ();
  caldav_server_add_calendar (self, "diary", "");
  caldav_server_set_password (self, CALDAV_PASSWORD);
  write_file (self->folder, "rights", RIGHTS);
  config = g_strdup_printf (CONFIG, self->port, self->folder, self->folder, self->folder, self->folder, self->folder);
  write_file (self->folder, "config", config);
  make_certificate (self->folder);
  return self;
}

void
caldav_server_free (CaldavServer *self)
{
  const char *const command[] = { "rm", "-rf", self->folder, NULL };

  caldav_server_stop (self);
  run (command);
  g_free (self->folder);
  g_free (self->calendar);
  g_free (self);
}

static gboolean
answers (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

  return connection != NULL;
}

/* A test that is killed must not leave its server behind. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () != GPOINTER_TO_INT (user_data)) /* it ended just before */
    _exit (1);
}

void
caldav_server_start (CaldavServer *self)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *config = g_build_filename (self->folder, "config", NULL);
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  g_assert_null (self->process);
  g_clear_object (&self->hung);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, GINT_TO_POINTER (getpid ()), NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, "radicale", "--config", config, NULL);
  g_assert_no_error (error);
  while (!answers (self->port))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (50000);
    }
}

void
caldav_server_stop (CaldavServer *self)
{
  g_clear_object (&self->hung);
  if (self->process == NULL)
    return;
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

guint16
caldav_server_get_port (CaldavServer *self)
{
  return self->port;
}

void
caldav_server_put (CaldavServer *self, const char *uid, const char *lines)
{
  g_autofree char *name = g_strconcat (uid, ".ics", NULL);
  g_autofree char *text = g_strdup_printf ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nBEGIN:VEVENT\r\nUID:%s\r\n"
                                           "DTSTAMP:20260101T000000Z\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n", uid, lines);

  write_file (self->calendar, name, text);
}

void
caldav_server_delete (CaldavServer *self, const char *uid)
{
  g_autofree char *name = g_strconcat (uid, ".ics", NULL);
  g_autofree char *path = g_build_filename (self->calendar, name, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

char *
caldav_server_read (CaldavServer *self, const char *uid)
{
  g_autofree char *name = g_strconcat (uid, ".ics", NULL);
  g_autofree char *path = g_build_filename (self->calendar, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

void
caldav_server_write (CaldavServer *self, const char *uid, const char *text)
{
  g_autofree char *name = g_strconcat (uid, ".ics", NULL);

  write_file (self->calendar, name, text);
}

GStrv
caldav_server_list (CaldavServer *self)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autoptr (GDir) dir = g_dir_open (self->calendar, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->calendar, name, NULL);
      g_autofree char *text = NULL;

      /* What is written now has another name until it is whole. */
      if (g_str_has_suffix (name, ".ics") && name[0] != '.' && g_file_get_contents (path, &text, NULL, NULL))
        g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

void
caldav_server_hang (CaldavServer *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, self->port);
  g_autoptr (GError) error = NULL;

  caldav_server_stop (self);
  self->hung = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->hung, address, TRUE, &error);
  g_assert_no_error (error);
  /* The kernel accepts; nobody reads. */
  g_socket_set_listen_backlog (self->hung, 100);
  g_socket_listen (self->hung, &error);
  g_assert_no_error (error);
}

/* Radicale's own lock of its storage. */
void
caldav_server_lock (CaldavServer *self)
{
  g_autofree char *path = g_build_filename (self->folder, "collections", ".Radicale.lock", NULL);

  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (self->lock, >=, 0);
  g_assert_cmpint (flock (self->lock, LOCK_EX), ==, 0);
}

void
caldav_server_unlock (CaldavServer *self)
{
  close (self->lock);
}
