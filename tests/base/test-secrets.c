/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Against a real keyring, that of the test's own session. */

#define G_LOG_DOMAIN "test-secrets"

#include "base/rcp-secrets.h"

/* libsecret 0.20 does not let go of the D-Bus answer of a look-up (a program of ten lines without us shows the same).
 * The sanitizers ask these two; such a leak can only be told from one of ours by whole call stacks. */
const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:g_dbus_message_new_from_blob";
}

#define SERVER "https://record.example/fhir"

static void
take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static char *
look_up (const char *server)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *token;

  rcp_secrets_lookup_token_async (server, NULL, take_result, &result);
  token = rcp_secrets_lookup_token_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  return token;
}

static void
store (const char *server, const char *token)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_secrets_store_token_async (server, token, NULL, take_result, &result);
  g_assert_true (rcp_secrets_store_token_finish (wait_for (&result), &error));
  g_assert_no_error (error);
}

static void
clear (const char *server)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_secrets_clear_token_async (server, NULL, take_result, &result);
  g_assert_true (rcp_secrets_clear_token_finish (wait_for (&result), &error));
  g_assert_no_error (error);
}

static void
test_keeps_replaces_and_forgets (void)
{
  char *token;

  g_assert_null (look_up (SERVER));
  store (SERVER, "first");
  store (SERVER, "second");
  store (SERVER "/other", "third");
  token = look_up (SERVER);
  g_assert_cmpstr (token, ==, "second");
  rcp_secrets_free (token);
  clear (SERVER);
  g_assert_null (look_up (SERVER));
  token = look_up (SERVER "/other");
  g_assert_cmpstr (token, ==, "third");
  rcp_secrets_free (token);
  clear (SERVER);
}

static char *
look_up_password (const char *user)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *password;

  rcp_secrets_lookup_password_async (SERVER, user, NULL, take_result, &result);
  password = rcp_secrets_lookup_password_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  return password;
}

static void
store_password (const char *user, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_secrets_store_password_async (SERVER, user, password, NULL, take_result, &result);
  g_assert_true (rcp_secrets_store_password_finish (wait_for (&result), &error));
  g_assert_no_error (error);
}

static void
clear_password (const char *user)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_secrets_clear_password_async (SERVER, user, NULL, take_result, &result);
  g_assert_true (rcp_secrets_clear_password_finish (wait_for (&result), &error));
  g_assert_no_error (error);
}

/* The password of one user is neither that of another nor the token of the same address. */
static void
test_passwords (void)
{
  char *password;

  store (SERVER, "token");
  g_assert_null (look_up_password ("clinic"));
  store_password ("clinic", "first");
  store_password ("clinic", "second");
  store_password ("", "of nobody");
  password = look_up_password ("clinic");
  g_assert_cmpstr (password, ==, "second");
  rcp_secrets_free (password);
  clear_password ("clinic");
  g_assert_null (look_up_password ("clinic"));
  password = look_up_password ("");
  g_assert_cmpstr (password, ==, "of nobody");
  rcp_secrets_free (password);
  password = look_up (SERVER);
  g_assert_cmpstr (password, ==, "token");
  rcp_secrets_free (password);
  clear_password ("");
  clear (SERVER);
}

static void
test_free_takes_null (void)
{
  rcp_secrets_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/secrets/keeps-replaces-and-forgets", test_keeps_replaces_and_forgets);
  g_test_add_func ("/base/secrets/passwords", test_passwords);
  g_test_add_func ("/base/secrets/free-takes-null", test_free_takes_null);
  return g_test_run ();
}
