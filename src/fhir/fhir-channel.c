/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-channel.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

#define DEFAULT_TIMEOUT_SECONDS 20
#define DEFAULT_RETRIES 3
#define DEFAULT_BACKOFF_MS 250
#define MAX_REPLY_BYTES ((gsize) 256 * 1024 * 1024)
#define MAX_CONNECTIONS 8

#define URI_FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE)

static SoupSession *
make_session (const char *socket_path)
{
  g_autoptr (GSocketAddress) address = NULL;
  SoupSession *session;

  if (socket_path != NULL)
    address = g_unix_socket_address_new (socket_path);

  session = soup_session_new_with_options ("remote-connectable", address,
                                           "max-conns", MAX_CONNECTIONS,
                                           "max-conns-per-host", MAX_CONNECTIONS,
                                           "user-agent", "Reception",
                                           NULL);
  /* A 401 goes to the caller: the program asks its people to sign in, not libsoup. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

/* Whether @uri is one that can be asked. */
static gboolean
is_http (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "https")) && host != NULL && *host != '\0';
}

/**
 * fhir_channel_new:
 * @base_url: such as "https://host/fhir"
 * @socket_path: (nullable): Unix socket to connect to instead of the host
 *
 * Returns: (transfer full) (nullable): a channel; %NULL when the URL is not one of http or https
 */
FhirChannel *
fhir_channel_new (const char *base_url, const char *socket_path)
{
  g_autofree char *trimmed = g_strdup (base_url);
  g_autoptr (GUri) base = NULL;
  FhirChannel *self;

  while (g_str_has_suffix (trimmed, "/"))
    trimmed[strlen (trimmed) - 1] = '\0';
  base = g_uri_parse (trimmed, URI_FLAGS, NULL);
  if (base == NULL || !is_http (base))
    return NULL;

  self = g_atomic_rc_box_new0 (FhirChannel);
  self->session = make_session (socket_path);
  self->base_url = g_steal_pointer (&trimmed);
  self->base = g_steal_pointer (&base);
  self->timeout = DEFAULT_TIMEOUT_SECONDS;
  self->max_retries = DEFAULT_RETRIES;
  self->backoff_unit_ms = DEFAULT_BACKOFF_MS;
  self->max_reply_bytes = MAX_REPLY_BYTES;
  return self;
}

FhirChannel *
fhir_channel_ref (FhirChannel *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
channel_clear (gpointer data)
{
  FhirChannel *self = data;

  fhir_channel_set_token (self, NULL);
  g_object_unref (self->session);
  g_uri_unref (self->base);
  g_free (self->base_url);
}

void
fhir_channel_unref (FhirChannel *self)
{
  g_atomic_rc_box_release_full (self, channel_clear);
}

/**
 * fhir_channel_set_token:
 * @self: a channel
 * @token: (nullable): bearer token
 *
 * Replaces the token and wipes the old one from memory.
 */
void
fhir_channel_set_token (FhirChannel *self, const char *token)
{
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  self->token = g_strdup (token);
}

/**
 * fhir_channel_resolve:
 * @self: a channel
 * @path: (nullable): path and query below the base URL, such as "Slot?status=free"; %NULL means the base itself
 *
 * Returns: (transfer full) (nullable): where to send it
 */
GUri *
fhir_channel_resolve (FhirChannel *self, const char *path)
{
  g_autofree char *url = NULL;

  url = path != NULL ? g_strconcat (self->base_url, "/", path, NULL) : g_strdup (self->base_url);
  return g_uri_parse (url, URI_FLAGS, NULL);
}

static int
effective_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port != -1)
    return port;

  return g_strcmp0 (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
}

static gboolean
is_same_origin (GUri *a, GUri *b)
{
  return g_strcmp0 (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && effective_port (a) == effective_port (b);
}

/* Whether @path is the base path or below it. */
static gboolean
is_below_base (FhirChannel *self, const char *path)
{
  const char *base = g_uri_get_path (self->base);
  gsize length = strlen (base);

  return strncmp (path, base, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

/**
 * fhir_channel_resolve_link:
 * @self: a channel
 * @url: a link that the server gave: of a next page, or of a redirect
 *
 * A link of our own origin is taken verbatim. A server behind a proxy advertises the address that it knows itself by:
 * where such a link lies below the same base path it is asked of our own origin. Any other is refused, so that
 * neither the token nor a search ever reaches another host.
 *
 * Returns: (transfer full) (nullable): where to go; %NULL when it is refused
 */
GUri *
fhir_channel_resolve_link (FhirChannel *self, const char *url)
{
  g_autofree char *root = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) against = NULL;

  /* With a slash at its end, so that a relative link counts from the base itself. */
  root = g_strconcat (self->base_url, "/", NULL);
  against = g_uri_parse (root, URI_FLAGS, NULL);
  uri = g_uri_parse_relative (against, url, URI_FLAGS, NULL);
  if (uri == NULL || !is_http (uri))
    return NULL;

  if (is_same_origin (uri, self->base))
    return g_steal_pointer (&uri);

  if (!is_below_base (self, g_uri_get_path (uri)))
    return NULL;

  return g_uri_build (URI_FLAGS, g_uri_get_scheme (self->base), NULL, g_uri_get_host (self->base),
                      g_uri_get_port (self->base), g_uri_get_path (uri), g_uri_get_query (uri), NULL);
}
