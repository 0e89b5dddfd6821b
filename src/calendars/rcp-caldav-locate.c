/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-caldav-locate"

#include "rcp-caldav-locate.h"

#include <string.h>

#define SERVICE "caldavs" /* over TLS: without, a password would be open to all on the way */
#define PATH "path="
#define TLS_PORT 443

/* The domain of an address that says nothing more: (transfer full) (nullable). */
static char *
read_domain (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 || g_uri_get_port (uri) > 0 ||
      strlen (g_uri_get_path (uri)) > 1 || strchr (host, '.') == NULL || g_hostname_is_ip_address (host))
    return NULL;
  return g_ascii_strdown (host, -1);
}

/* (transfer full) (nullable): the host where it is @domain's own. */
static char *
read_host (GSrvTarget *target, const char *domain)
{
  g_autofree char *host = g_ascii_strdown (g_srv_target_get_hostname (target), -1);
  g_autofree char *end = g_strconcat (".", domain, NULL);

  if (g_str_has_suffix (host, "."))
    host[strlen (host) - 1] = '\0';
  return g_str_equal (host, domain) || g_str_has_suffix (host, end) ? g_steal_pointer (&host) : NULL;
}

/* What a TXT record says of the path: (transfer full). */
static char *
find_path (const char *domain, GCancellable *cancellable)
{
  g_autofree char *name = g_strconcat ("_" SERVICE "._tcp.", domain, NULL);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GList *records = g_resolver_lookup_records (resolver, name, G_RESOLVER_RECORD_TXT, cancellable, NULL);
  char *path = NULL;

  for (GList *at = records; at != NULL && path == NULL; at = at->next)
    {
      g_autofree const char **texts = NULL;

      g_variant_get (at->data, "(^a&s)", &texts);
      for (guint i = 0; texts[i] != NULL && path == NULL; i++)
        if (g_ascii_strncasecmp (texts[i], PATH, strlen (PATH)) == 0 && texts[i][strlen (PATH)] == '/')
          path = g_strdup (texts[i] + strlen (PATH));
    }
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
  return path != NULL ? path : g_strdup ("/");
}

/**
 * rcp_caldav_locate:
 * @url: an address, as of rcp_calendar_login_new()
 * @cancellable: (nullable): to give it up
 *
 * Returns: (transfer full) (nullable): where the domain says that its calendars are: on a server of its own, over TLS
 */
char *
rcp_caldav_locate (const char *url, GCancellable *cancellable)
{
  g_autofree char *domain = read_domain (url);
  g_autofree char *host = NULL, *path = NULL;
  g_autoptr (GResolver) resolver = NULL;
  GList *targets;
  int port = -1;

  if (domain == NULL)
    return NULL;
  resolver = g_resolver_get_default ();
  targets = g_resolver_lookup_service (resolver, SERVICE, "tcp", domain, cancellable, NULL);
  /* Sorted: the first is the one to try. */
  if (targets != NULL)
    {
      host = read_host (targets->data, domain);
      port = g_srv_target_get_port (targets->data);
    }
  g_resolver_free_targets (targets);
  if (host == NULL)
    return NULL;
  path = find_path (domain, cancellable);
  return g_uri_join (G_URI_FLAGS_ENCODED, "https", NULL, host, port != TLS_PORT ? port : -1, path, NULL, NULL);
}
