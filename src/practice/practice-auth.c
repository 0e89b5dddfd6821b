/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-http"

#include "practice-auth.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/random.h>

#define TOKEN_BYTES 32
#define MIN_TOKEN 16

char *
practice_auth_make_token (void)
{
  guint8 bytes[TOKEN_BYTES];
  char *token;

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("The system gives no random numbers");

  token = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (token, "+", '-');
  g_strdelimit (token, "/", '_');
  g_strdelimit (token, "=", '\0');
  explicit_bzero (bytes, sizeof bytes);
  return token;
}

char *
practice_auth_read_token (const char *path, GError **error)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;

  g_strstrip (text);
  if (strlen (text) < MIN_TOKEN || strpbrk (text, " \t\r\n") != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: a token is one word of at least %d characters",
                   path, MIN_TOKEN);
      return NULL;
    }

  return g_steal_pointer (&text);
}

gboolean
practice_auth_check (const char *authorization, const char *token)
{
  gsize expected = strlen (token);
  gsize given;
  guint difference;

  if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer ", 7) != 0)
    return FALSE;

  authorization += 7;
  given = strlen (authorization);
  difference = given != expected;
  for (gsize i = 0; i < expected; i++)
    difference |= (guint8) token[i] ^ (guint8) (given > 0 ? authorization[i % given] : 0);
  return difference == 0;
}

gboolean
practice_auth_host_is_plain (const char *host)
{
  return host != NULL && *host != '\0'
         && strspn (host, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-.:[]") == strlen (host);
}

gboolean
practice_auth_host_is_loopback (const char *host)
{
  static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };

  for (guint i = 0; host != NULL && i < G_N_ELEMENTS (names); i++)
    {
      gsize length = strlen (names[i]);

      if (g_ascii_strncasecmp (host, names[i], length) == 0
          && (host[length] == '\0'
              || (host[length] == ':' && strspn (host + length + 1, G_CSET_DIGITS) == strlen (host + length + 1))))
        return TRUE;
    }

  return FALSE;
}
