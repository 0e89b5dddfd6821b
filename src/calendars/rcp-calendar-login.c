/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendar-login"

#include "rcp-calendar-login.h"

#include <string.h>

G_DEFINE_QUARK (rcp-calendar-error-quark, rcp_calendar_error)

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* "calendar.example.org" is meant as https. */
static char *
complete (const char *typed)
{
  g_autofree char *address = g_strstrip (g_strdup (typed));

  return strstr (address, "://") != NULL ? g_steal_pointer (&address) : g_strconcat ("https://", address, NULL);
}

static char *
read_address (const char *typed, GError **error)
{
  g_autofree char *address = complete (typed);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *given = g_ascii_strdown (uri != NULL ? g_uri_get_scheme (uri) : "", -1);
  const char *scheme = given, *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  /* CalDAV links are written as caldavs: as well (RFC 6764, 3). */
  if (g_str_equal (scheme, "caldavs"))
    scheme = "https";
  else if (g_str_equal (scheme, "caldav"))
    scheme = "http";
  if (host == NULL || host[0] == '\0' || strchr (host, ' ') != NULL || g_uri_get_userinfo (uri) != NULL ||
      (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http")))
    {
      g_set_error_literal (error, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_ADDRESS, "Not an address of a server");
      return NULL;
    }
  if (g_str_equal (scheme, "http") && !is_loopback (host))
    {
      g_set_error_literal (error, RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_NOT_SECRET, "Not over HTTPS");
      return NULL;
    }
  return g_uri_join (G_URI_FLAGS_ENCODED, scheme, NULL, host, g_uri_get_port (uri),
                     g_uri_get_path (uri)[0] != '\0' ? g_uri_get_path (uri) : "/", NULL, NULL);
}

/**
 * rcp_calendar_login_new:
 * @address: an address, or the name of a server, with a port where it needs one
 * @user: name of the user
 * @password: of the user
 * @certificate: (nullable): PEM of the one that is trusted
 * @error: %RCP_CALENDAR_ERROR_ADDRESS, or %RCP_CALENDAR_ERROR_NOT_SECRET for an address without TLS on another computer
 *
 * Returns: (transfer full) (nullable): with what to come to that server
 */
RcpCalendarLogin *
rcp_calendar_login_new (const char *address, const char *user, const char *password, const char *certificate, GError **error)
{
  RcpCalendarLogin *self;
  char *url;

  g_return_val_if_fail (address != NULL && user != NULL && password != NULL, NULL);

  url = read_address (address, error);
  if (url == NULL)
    return NULL;
  self = g_new0 (RcpCalendarLogin, 1);
  self->url = url;
  self->user = g_strstrip (g_strdup (user));
  self->password = g_strdup (password);
  self->certificate = g_strdup (certificate);
  return self;
}

/**
 * rcp_calendar_login_copy:
 * @self: a login
 *
 * Returns: (transfer full): the same again
 */
RcpCalendarLogin *
rcp_calendar_login_copy (const RcpCalendarLogin *self)
{
  RcpCalendarLogin *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (RcpCalendarLogin, 1);
  copy->url = g_strdup (self->url);
  copy->user = g_strdup (self->user);
  copy->password = g_strdup (self->password);
  copy->certificate = g_strdup (self->certificate);
  return copy;
}

/**
 * rcp_calendar_login_free:
 * @self: (transfer full): a login; its password is overwritten
 */
void
rcp_calendar_login_free (RcpCalendarLogin *self)
{
  if (self == NULL)
    return;
  explicit_bzero (self->password, strlen (self->password));
  g_free (self->url);
  g_free (self->user);
  g_free (self->password);
  g_free (self->certificate);
  g_free (self);
}

static gint64
read_date (GDateTime *date)
{
  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : 0;
}

/* As people compare it with what the server's owner tells them. */
static char *
make_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *hex = NULL;
  GString *text = g_string_new (NULL);

  g_object_get (certificate, "certificate", &bytes, NULL);
  hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
  for (gsize i = 0; hex[i] != '\0'; i += 2)
    g_string_append_printf (text, "%s%c%c", i > 0 ? ":" : "", g_ascii_toupper (hex[i]), g_ascii_toupper (hex[i + 1]));
  return g_string_free (text, FALSE);
}

/**
 * rcp_server_certificate_new:
 * @pem: as the server showed it
 * @faults: what is wrong with it
 *
 * Returns: (transfer full) (nullable): what a person can read of it
 */
RcpServerCertificate *
rcp_server_certificate_new (const char *pem, GTlsCertificateFlags faults)
{
  g_autoptr (GTlsCertificate) certificate = pem != NULL ? g_tls_certificate_new_from_pem (pem, -1, NULL) : NULL;
  g_autoptr (GDateTime) from = NULL, until = NULL;
  RcpServerCertificate *self;

  if (certificate == NULL)
    return NULL;
  from = g_tls_certificate_get_not_valid_before (certificate);
  until = g_tls_certificate_get_not_valid_after (certificate);
  self = g_new0 (RcpServerCertificate, 1);
  self->pem = g_strdup (pem);
  self->subject = g_tls_certificate_get_subject_name (certificate);
  self->issuer = g_tls_certificate_get_issuer_name (certificate);
  self->fingerprint = make_fingerprint (certificate);
  self->valid_from = read_date (from);
  self->valid_until = read_date (until);
  self->faults = faults;
  return self;
}

void
rcp_server_certificate_free (RcpServerCertificate *self)
{
  if (self == NULL)
    return;
  g_free (self->pem);
  g_free (self->subject);
  g_free (self->issuer);
  g_free (self->fingerprint);
  g_free (self);
}

/**
 * rcp_found_calendar_new:
 * @name: what its owner calls it
 * @colour: (nullable): "#rrggbb"
 * @is_writable: whether this user may write it
 *
 * Returns: (transfer full): a calendar that was found
 */
RcpFoundCalendar *
rcp_found_calendar_new (const char *name, const char *colour, gboolean is_writable)
{
  RcpFoundCalendar *self = g_new0 (RcpFoundCalendar, 1);

  self->name = g_strdup (name);
  self->colour = g_strdup (colour);
  self->is_writable = is_writable;
  return self;
}

void
rcp_found_calendar_free (RcpFoundCalendar *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->colour);
  g_free (self);
}
