/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-source"

#include "config.h"

#include "rcp-source.h"

#include <string.h>

#include "base/rcp-secrets.h"

G_DEFINE_BOXED_TYPE (RcpSource, rcp_source, rcp_source_copy, rcp_source_free)

RcpSource *
rcp_source_new (RcpSourceKind kind)
{
  RcpSource *self = g_new0 (RcpSource, 1);

  self->kind = kind;
  return self;
}

RcpSource *
rcp_source_copy (const RcpSource *self)
{
  RcpSource *copy = rcp_source_new (self->kind);

  copy->file = g_strdup (self->file);
  copy->name = g_strdup (self->name);
  copy->import = g_strdup (self->import);
  copy->url = g_strdup (self->url);
  copy->token = g_strdup (self->token);
  return copy;
}

void
rcp_source_free (RcpSource *self)
{
  if (!self)
    return;
  g_free (self->file);
  g_free (self->name);
  g_free (self->import);
  g_free (self->url);
  rcp_secrets_free (self->token);
  g_free (self);
}

/**
 * rcp_source_load:
 * @settings: of org.frontdesk.Reception
 *
 * Returns: (transfer full): what was opened last
 */
RcpSource *
rcp_source_load (GSettings *settings)
{
  RcpSource *self = rcp_source_new ((RcpSourceKind) g_settings_get_enum (settings, "last-source"));

  if (self->kind == RCP_SOURCE_PRACTICE)
    self->file = g_settings_get_string (settings, "practice-file");
  self->url = g_settings_get_string (settings, "server-url");
  if (self->kind == RCP_SOURCE_PRACTICE && !self->file[0])
    self->kind = RCP_SOURCE_NONE;
  if (self->kind == RCP_SOURCE_SERVER && !self->url[0])
    self->kind = RCP_SOURCE_NONE;
  return self;
}

void
rcp_source_save (const RcpSource *self, GSettings *settings)
{
  g_settings_set_enum (settings, "last-source", (int) self->kind);
  if (self->kind == RCP_SOURCE_PRACTICE)
    g_settings_set_string (settings, "practice-file", self->file);
  if (self->kind == RCP_SOURCE_SERVER)
    g_settings_set_string (settings, "server-url", self->url);
}

/**
 * rcp_source_clean_url:
 * @text: what was typed
 *
 * Returns: (transfer full) (nullable): a base URL, or %NULL when @text is none. User names and passwords in an address are refused: they
 * would be kept where everybody can read them.
 */
char *
rcp_source_clean_url (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr (GUri) uri = NULL;
  gsize length = strlen (trimmed);

  while (length > 0 && trimmed[length - 1] == '/')
    trimmed[--length] = '\0';
  uri = g_uri_parse (trimmed, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (!uri || !g_uri_get_host (uri) || !g_uri_get_host (uri)[0] || g_uri_get_userinfo (uri))
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http"))
    return NULL;
  return g_steal_pointer (&trimmed);
}

char *
rcp_source_dup_default_file (RcpSourceKind kind)
{
  return g_build_filename (g_get_user_data_dir (), "reception", kind == RCP_SOURCE_SAMPLE ? "sample.db" : "practice.db", NULL);
}

/**
 * rcp_source_dup_key:
 * @self: a source
 *
 * Returns: (transfer full): by which settings know it
 */
char *
rcp_source_dup_key (const RcpSource *self)
{
  g_autofree char *file = NULL, *name = NULL, *key = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  file = self->file && self->file[0] ? g_strdup (self->file) : rcp_source_dup_default_file (self->kind);
  name = g_strdup_printf ("%d %s", self->kind, self->kind == RCP_SOURCE_SERVER ? self->url : file);
  key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  return g_strndup (key, 16);
}
