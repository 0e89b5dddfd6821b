/* SPDX-License-Identifier: GPL-3.0-or-later */

/* rcp-time-text.c, rcp-number-text.c, rcp-error-text.c and rcp-source.c: what is written on the screen and what is remembered. */

#define G_LOG_DOMAIN "test-texts"

#include "board-fixture.h"

#include <locale.h>

#include "fhir/fhir-error.h"
#include "ui/rcp-error-text.h"
#include "ui/rcp-number-text.h"
#include "ui/rcp-source.h"
#include "base/rcp-when-text.h"
#include "ui/rcp-time-text.h"

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_times (void)
{
  g_autoptr (GTimeZone) utc = board_fixture_zone ();
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  gint64 now = board_fixture_instant ("09:05");
  RcpTimeRange range = { now, board_fixture_instant ("09:45") };

  g_assert_false (rcp_when_text_is_twelve_hour ());
  assert_text (rcp_time_text_clock (now, utc), "9:05");
  assert_text (rcp_time_text_clock (now, berlin), "10:05");
  assert_text (rcp_time_text_clock (board_fixture_instant ("00:00"), utc), "0:00");
  assert_text (rcp_time_text_hour (board_fixture_instant ("14:00"), utc), "14:00");
  assert_text (rcp_time_text_range (range, utc), "9:05 – 9:45");
  assert_text (rcp_time_text_spoken (range, utc), "9:05 to 9:45");
  assert_text (rcp_time_text_day (now, utc), "Monday, 23 November 2026");
  assert_text (rcp_time_text_short_day (now, utc), "Mon, 23 Nov");
}

/* The locale @name, made of the description that Debian's package "locales" has; whether it could be made. */
static gboolean
use_locale (const char *folder, const char *name)
{
  g_autofree char *full = g_strconcat (name, ".UTF-8", NULL);
  g_autofree char *path = g_build_filename (folder, full, NULL);
  const char *const command[] = { "localedef", "--no-archive", "-i", name, "-f", "UTF-8", path, NULL };

  /* It warns, and then its result is not that of a success. */
  return g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                       NULL, NULL, NULL, NULL)
         && setlocale (LC_TELEPHONE, full) != NULL;
}

static void
remove_folder (const char *folder)
{
  const char *const command[] = { "rm", "-r", folder, NULL };

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

/* A message writes a time as the board does, with AM and PM where people do. */
static void
test_twelve_hours (void)
{
  const gint64 afternoon = G_GINT64_CONSTANT (1795444200) * G_USEC_PER_SEC; /* 2026-11-23T14:30:00Z */
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *folder = g_dir_make_tmp ("rcp-locales-XXXXXX", NULL);
  gboolean made;

  g_setenv ("LOCPATH", folder, TRUE);
  made = use_locale (folder, "en_US") && setlocale (LC_TIME, "en_US.UTF-8");
  if (made)
    {
      g_assert_true (rcp_when_text_is_twelve_hour ());
      assert_text (rcp_time_text_clock (afternoon, utc), "2:30 PM");
      assert_text (rcp_when_text_day_and_clock (afternoon, utc), "Mon 23 Nov, 2:30 PM");
    }
  setlocale (LC_TIME, "C.UTF-8");
  setlocale (LC_TELEPHONE, "C.UTF-8");
  g_unsetenv ("LOCPATH");
  remove_folder (folder);
  if (!made)
    g_test_skip ("no descriptions of locales here");
}

/* A number is written as people write it here, and one from elsewhere with its country code. */
static void
test_numbers (void)
{
  g_autofree char *folder = g_dir_make_tmp ("rcp-locales-XXXXXX", NULL);
  gboolean made;

  g_setenv ("LOCPATH", folder, TRUE);
  made = use_locale (folder, "en_US");
  if (made)
    {
      assert_text (rcp_number_text_dup ("+12565550199"), "(256)\u00a0555-0199");
      assert_text (rcp_number_text_dup ("+525512345678"), "+52\u00a055\u00a01234\u00a05678");
      made = use_locale (folder, "es_MX");
    }
  if (made)
    {
      assert_text (rcp_number_text_dup ("+12565550199"), "+1\u00a0256-555-0199");
      assert_text (rcp_number_text_dup ("+525512345678"), "55\u00a01234\u00a05678");
      assert_text (rcp_number_text_dup ("ask the neighbour"), "ask the neighbour");
      g_assert_null (rcp_number_text_dup (NULL));
    }
  setlocale (LC_TELEPHONE, "C.UTF-8");
  g_unsetenv ("LOCPATH");
  remove_folder (folder);
  if (!made)
    g_test_skip ("no descriptions of locales here");
}

static void
test_dates (void)
{
  GDate date;

  g_date_clear (&date, 1);
  assert_text (rcp_time_text_date (&date), "");
  assert_text (rcp_time_text_date (NULL), "");
  g_date_set_dmy (&date, 3, 12, 1978);
  assert_text (rcp_time_text_birth_date (&date), "3 Dec 1978");
  assert_text (rcp_time_text_date (&date), "Sunday, 3 December 1978");
  g_date_set_dmy (&date, 29, 2, 1904);
  assert_text (rcp_time_text_birth_date (&date), "29 Feb 1904");
}

/* Every error has words of its own, none of them technical. */
static void
test_errors_have_words (void)
{
  g_autoptr (GHashTable) advice = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = FHIR_ERROR_NETWORK; code <= FHIR_ERROR_UNSUPPORTED; code++)
    {
      g_autoptr (GError) error = g_error_new (FHIR_ERROR, code, "GET /metadata: SQLSTATE 08001");

      g_assert_null (strstr (rcp_error_text_get_title (error), "SQLSTATE"));
      g_assert_null (strstr (rcp_error_text_get_advice (error), "SQLSTATE"));
      if (code != FHIR_ERROR_CONFLICT && code != FHIR_ERROR_TRY_AGAIN)
        g_assert_true (g_hash_table_add (advice, (gpointer) rcp_error_text_get_advice (error)));
      assert_text (rcp_error_text_dup_detail (error), "GET /metadata: SQLSTATE 08001");
    }
  g_assert_nonnull (rcp_error_text_get_title (NULL));
  assert_text (rcp_error_text_dup_detail (NULL), "");
}

static void
test_addresses (void)
{
  assert_text (rcp_source_clean_url (" https://record.example/fhir// "), "https://record.example/fhir");
  assert_text (rcp_source_clean_url ("http://127.0.0.1:8080/fhir"), "http://127.0.0.1:8080/fhir");
  assert_text (rcp_source_clean_url ("record.example/fhir"), NULL);
  assert_text (rcp_source_clean_url ("ftp://record.example"), NULL);
  assert_text (rcp_source_clean_url ("https://"), NULL);
  assert_text (rcp_source_clean_url (""), NULL);
  /* It would be kept where everybody can read it. */
  assert_text (rcp_source_clean_url ("https://anna:secret@record.example/fhir"), NULL);
}

static void
test_sources_are_remembered (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.frontdesk.Reception");
  g_autoptr (RcpSource) none = rcp_source_load (settings);
  g_autoptr (RcpSource) given = rcp_source_new (RCP_SOURCE_SERVER);
  g_autoptr (RcpSource) copy = NULL;
  g_autoptr (RcpSource) loaded = NULL;
  g_auto (GStrv) keys = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  g_assert_cmpint (none->kind, ==, RCP_SOURCE_NONE);
  given->url = g_strdup ("https://record.example/fhir");
  given->token = g_strdup ("open-sesame");
  copy = rcp_source_copy (given);
  g_assert_cmpstr (copy->token, ==, "open-sesame");
  rcp_source_save (given, settings);
  loaded = rcp_source_load (settings);
  g_assert_cmpint (loaded->kind, ==, RCP_SOURCE_SERVER);
  g_assert_cmpstr (loaded->url, ==, "https://record.example/fhir");
  g_assert_null (loaded->token);
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i]; i++)
    {
      g_autoptr (GVariant) value = g_settings_get_value (settings, keys[i]);
      g_autofree char *text = g_variant_print (value, FALSE);

      g_assert_null (strstr (text, "open-sesame"));
    }
  g_settings_set_string (settings, "server-url", "");
  g_clear_pointer (&loaded, rcp_source_free);
  loaded = rcp_source_load (settings);
  g_assert_cmpint (loaded->kind, ==, RCP_SOURCE_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/texts/times", test_times);
  g_test_add_func ("/ui/texts/numbers", test_numbers);
  g_test_add_func ("/ui/texts/twelve-hours", test_twelve_hours);
  g_test_add_func ("/ui/texts/dates", test_dates);
  g_test_add_func ("/ui/texts/errors-have-words", test_errors_have_words);
  g_test_add_func ("/ui/texts/addresses", test_addresses);
  g_test_add_func ("/ui/texts/sources-are-remembered", test_sources_are_remembered);
  return g_test_run ();
}
