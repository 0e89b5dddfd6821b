/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-auth"

#include "practice/practice-auth.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static void
test_token (void)
{
  g_autofree char *one = practice_auth_make_token ();
  g_autofree char *two = practice_auth_make_token ();

  g_assert_cmpuint (strlen (one), ==, 43);
  g_assert_cmpuint (strspn (one, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_"), ==, 43);
  g_assert_cmpstr (one, !=, two);
}

static void
test_check (void)
{
  static const struct { const char *header; gboolean good; } cases[] = {
    { "Bearer secret-token-1234", TRUE },  { "bearer secret-token-1234", TRUE },  { "Bearer secret-token-1235", FALSE },
    { "Bearer secret-token-123", FALSE },  { "Bearer secret-token-12345", FALSE }, { "Bearer ", FALSE },
    { "Basic secret-token-1234", FALSE },  { "secret-token-1234", FALSE },         { "", FALSE },
    { NULL, FALSE },                       { "Bearer secret-token-1234secret-token-1234", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (practice_auth_check (cases[i].header, "secret-token-1234"), ==, cases[i].good);
}

static void
test_hosts (void)
{
  static const struct { const char *host; gboolean loopback, plain; } cases[] = {
    { "127.0.0.1", TRUE, TRUE },      { "127.0.0.1:8080", TRUE, TRUE },      { "localhost:1", TRUE, TRUE },
    { "LOCALHOST", TRUE, TRUE },      { "[::1]:9", TRUE, TRUE },             { "localhost.evil.org", FALSE, TRUE },
    { "127.0.0.1.evil.org", FALSE, TRUE }, { "evil.org", FALSE, TRUE },      { "127.0.0.1:80@evil.org", FALSE, FALSE },
    { "a\"b", FALSE, FALSE },         { "", FALSE, FALSE },                  { NULL, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (practice_auth_host_is_loopback (cases[i].host), ==, cases[i].loopback);
      g_assert_cmpint (practice_auth_host_is_plain (cases[i].host), ==, cases[i].plain);
    }
}

static void
test_token_file (void)
{
  static const struct { const char *text; const char *token; } cases[] = {
    { "0123456789abcdef\n", "0123456789abcdef" }, { "  0123456789abcdef  ", "0123456789abcdef" },
    { "short", NULL }, { "", NULL }, { "0123456789 abcdefgh", NULL },
  };
  g_autofree char *path = NULL;
  g_autoptr (GError) missing = NULL;
  int fd = g_file_open_tmp ("token-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *token = NULL;

      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      token = practice_auth_read_token (path, &error);
      g_assert_cmpstr (token, ==, cases[i].token);
      if (cases[i].token == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }

  g_unlink (path);
  g_assert_null (practice_auth_read_token (path, &missing));
  g_assert_error (missing, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/auth/token", test_token);
  g_test_add_func ("/practice/auth/check", test_check);
  g_test_add_func ("/practice/auth/hosts", test_hosts);
  g_test_add_func ("/practice/auth/token-file", test_token_file);
  return g_test_run ();
}
