/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"

#include <time.h>

#include "fhir/fhir-parse.h"

static void
assert_bad (const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (fhir_parse (bytes, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
}

static void
test_bad (void)
{
  static const char nul[] = "{\"resourceType\":\"Slot\0\"}";
  static const char *const texts[] = {
    "", " ", "{", "}", "[]", "3", "null", "\"x\"", "{}", "{\"resourceType\":3}", "{\"resourceType\":\"Slot\"",
    "{\"resourceType\":\"Slot\",\"x\":\"\xff\xfe\"}", "<html/>", "{\"resourceType\":\"Slot\"} trailing",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *shown = g_utf8_make_valid (texts[i], -1);

      g_test_message ("%s", shown);
      assert_bad (texts[i], strlen (texts[i]));
    }
  assert_bad (nul, sizeof nul - 1);
}

static char *
nested (guint depth)
{
  GString *text = g_string_new ("{\"resourceType\":\"Slot\",\"x\":");

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  return g_string_free (g_string_append_c (text, '}'), FALSE);
}

/* The parser recurses: a small reply must not be able to use up the stack. */
static void
test_depth (void)
{
  g_autofree char *sane = nested (FHIR_PARSE_MAX_DEPTH - 1);
  g_autofree char *deep = nested (FHIR_PARSE_MAX_DEPTH);
  g_autofree char *abyss = nested (1000000);
  static const char quoted[] = "{\"resourceType\":\"Slot\",\"x\":\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
                               "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"}";
  g_autoptr (GBytes) sane_bytes = g_bytes_new_static (sane, strlen (sane));
  g_autoptr (GBytes) quoted_bytes = g_bytes_new_static (quoted, sizeof quoted - 1);
  g_autoptr (JsonObject) object = fhir_parse (sane_bytes, NULL);
  g_autoptr (JsonObject) text = fhir_parse (quoted_bytes, NULL);

  g_assert_nonnull (object);
  g_assert_true (json_object_is_immutable (object));
  g_assert_nonnull (text);
  assert_bad (deep, strlen (deep));
  assert_bad (abyss, strlen (abyss));
}

static GBytes *
make_day (guint n_visits)
{
  GString *text = g_string_new ("{\"resourceType\":\"Bundle\",\"entry\":[");

  for (guint i = 0; i < n_visits; i++)
    g_string_append_printf (text,
                            "%s{\"resource\":{\"resourceType\":\"Appointment\",\"id\":\"%u\",\"status\":\"booked\","
                            "\"participant\":[{\"actor\":{\"reference\":\"Patient/%u\"},\"status\":\"accepted\"}]}}",
                            i > 0 ? "," : "", i, i);
  return g_string_free_to_bytes (g_string_append (text, "]}"));
}

/* A large reply is parsed elsewhere: the main loop keeps turning in the meantime. */
static void
test_large (void)
{
  g_autoptr (GBytes) bytes = make_day (30000);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  guint turns = 0;

  fhir_parse_async (bytes, NULL, await_cb, &result);
  for (; result == NULL; turns++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (100);
    }
  object = fhir_parse_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_json_get_length (object, "entry"), ==, 30000);
  g_assert_cmpuint (turns, >, 10);
}

static void
test_small_and_cancelled (void)
{
  g_autoptr (GBytes) bytes = make_day (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;

  fhir_parse_async (bytes, NULL, await_cb, &result);
  await_result (&result);
  object = fhir_parse_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_json_get_length (object, "entry"), ==, 1);

  fhir_parse_async (bytes, cancellable, await_cb, &cancelled);
  g_cancellable_cancel (cancellable);
  await_result (&cancelled);
  g_assert_null (fhir_parse_finish (cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static FhirBundle *
parse_bundle (GBytes *bytes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_parse_bundle_async (bytes, NULL, await_cb, &result);
  await_result (&result);
  return fhir_parse_bundle_finish (result, error);
}

/* The reply to a search is made into resources where it is parsed. */
static void
test_bundle (void)
{
  g_autoptr (GBytes) large = make_day (3000);
  g_autoptr (GBytes) small = make_day (2);
  g_autoptr (GBytes) slot = g_bytes_new_static ("{\"resourceType\":\"Slot\"}", 23);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) few = parse_bundle (small, &error);
  g_autoptr (FhirBundle) many = parse_bundle (large, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (few)->len, ==, 2);
  g_assert_cmpuint (fhir_bundle_get_matches (many)->len, ==, 3000);
  g_assert_cmpstr (fhir_resource_get_reference (fhir_bundle_get_matches (many)->pdata[2999]), ==, "Appointment/2999");
  g_assert_null (parse_bundle (slot, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
}

static gint64
get_work (clockid_t clock)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (clock, &time), ==, 0);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* The thread of the main loop has next to nothing of the work. */
static void
test_large_bundle (void)
{
  g_autoptr (GBytes) bytes = make_day (30000);
  g_autoptr (FhirBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  gint64 own = get_work (CLOCK_THREAD_CPUTIME_ID), all = get_work (CLOCK_PROCESS_CPUTIME_ID);

  bundle = parse_bundle (bytes, &error);
  own = get_work (CLOCK_THREAD_CPUTIME_ID) - own;
  all = get_work (CLOCK_PROCESS_CPUTIME_ID) - all;
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 30000);
  g_assert_cmpint (own, <, all / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/parse/bad", test_bad);
  g_test_add_func ("/fhir/parse/depth", test_depth);
  g_test_add_func ("/fhir/parse/large", test_large);
  g_test_add_func ("/fhir/parse/bundle", test_bundle);
  g_test_add_func ("/fhir/parse/large-bundle", test_large_bundle);
  g_test_add_func ("/fhir/parse/small-and-cancelled", test_small_and_cancelled);

  return g_test_run ();
}
