/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the Shell's search finds (rcp-search-provider, rcp-shell-search): asked over a real bus by another connection, with
 * a real record behind. */

#define G_LOG_DOMAIN "test-shell"

#include "config.h"

#include <string.h>

#include "base/rcp-iso8601.h"
#include "clinic/rcp-values.h"
#include "practice-fixture.h"
#include "ui/shell/rcp-search-provider.h"

#define NOW "2026-11-23T14:26:00Z"
#define PATH "/org/frontdesk/Reception/SearchProvider"

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  RcpDesk *desk;
  GSettings *settings;
  GDBusConnection *own;
  GDBusConnection *shell;
  RcpSearchProvider *provider;
  RcpVisit *visit; /* one to come */
  guint n_wanted;
  char *activated;
  char *launched;
} Fixture;

static void
on_desk_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  rcp_desk_open_finish (RCP_DESK (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
on_wanted_cb (Fixture *fixture)
{
  fixture->n_wanted++;
}

static void
on_link_activated_cb (Fixture *fixture, RcpLink *link)
{
  g_free (fixture->activated);
  fixture->activated = rcp_link_format (link);
}

static void
on_search_activated_cb (Fixture *fixture, const char *text)
{
  g_free (fixture->launched);
  fixture->launched = g_strdup (text);
}

static GDBusConnection *
connect_to_bus (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
open_desk (Fixture *fixture)
{
  gboolean opened = FALSE;

  rcp_desk_open_async (fixture->desk, fixture->client, NULL, on_desk_opened_cb, &opened);
  while (!opened)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 1);
  fixture->visit = rcp_visit_new_in_bundle (g_ptr_array_index (fhir_bundle_get_matches (bundle), 0), bundle);
}

/* The last visit in the record: so its patient has it as the only one to come, or others before it. */
static void
read_visit (Fixture *fixture)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");

  fhir_search_add (search, "status", "booked");
  fhir_search_add (search, "date", "ge2026-11-24");
  fhir_search_add (search, "_sort", "date");
  fhir_search_add (search, "_count", "1");
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_async (fixture->client, search, NULL, on_visits_read_cb, fixture);
  while (!fixture->visit)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const arguments[] = { "--sample", "--date", NOW, NULL };
  g_autoptr (RcpClock) clock = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now;

  g_assert_true (rcp_iso8601_parse_instant (NOW, &now));
  clock = rcp_clock_new_fixed (now);
  fixture->practice = practice_fixture_new (arguments);
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->desk = rcp_desk_new (clock);
  fixture->settings = g_settings_new (APP_ID);
  g_settings_reset (fixture->settings, "shell-search");
  fixture->own = connect_to_bus ();
  fixture->shell = connect_to_bus ();
  fixture->provider = rcp_search_provider_new (fixture->settings);
  g_signal_connect_swapped (fixture->provider, "record-wanted", G_CALLBACK (on_wanted_cb), fixture);
  g_signal_connect_swapped (fixture->provider, "link-activated", G_CALLBACK (on_link_activated_cb), fixture);
  g_signal_connect_swapped (fixture->provider, "search-activated", G_CALLBACK (on_search_activated_cb), fixture);
  rcp_search_provider_set_desk (fixture->provider, fixture->desk);
  g_assert_true (rcp_search_provider_export (fixture->provider, fixture->own, PATH, &error));
  g_assert_no_error (error);
  read_visit (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->provider);
  g_object_unref (fixture->shell);
  g_object_unref (fixture->own);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->desk);
  g_object_unref (fixture->visit);
  g_object_unref (fixture->client);
  practice_fixture_free (fixture->practice);
  g_free (fixture->activated);
  g_free (fixture->launched);
}

static void
on_called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(GVariant **) user_data = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_assert_no_error (error);
}

static GVariant *
call (Fixture *fixture, const char *method, GVariant *parameters)
{
  GVariant *reply = NULL;

  g_dbus_connection_call (fixture->shell, g_dbus_connection_get_unique_name (fixture->own), PATH, "org.gnome.Shell.SearchProvider2",
                          method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE, 30000, NULL, on_called_cb, &reply);
  while (!reply)
    g_main_context_iteration (NULL, TRUE);
  return reply;
}

static GStrv
search (Fixture *fixture, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GVariant) reply = call (fixture, "GetInitialResultSet", g_variant_new ("(^as)", words));
  GStrv ids;

  g_variant_get (reply, "(^as)", &ids);
  return ids;
}

/* Off is what it is at first: nobody's name leaves the program. */
static void
test_says_nothing_until_switched_on (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) ids = NULL;

  open_desk (fixture);
  ids = search (fixture, rcp_patient_get_name (rcp_visit_get_patient (fixture->visit)));
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
  g_assert_cmpuint (fixture->n_wanted, ==, 0);
}

static void
test_finds_the_next_visit (Fixture *fixture, gconstpointer data)
{
  RcpPatient *patient = rcp_visit_get_patient (fixture->visit);
  g_auto (GStrv) ids = NULL;
  g_autoptr (GVariant) metas = NULL;
  g_autoptr (GVariant) meta = NULL;
  g_autoptr (GVariant) none = NULL;
  const char *name = NULL, *description = NULL, *unknown[] = { "reception:visit/none", NULL };

  g_settings_set_boolean (fixture->settings, "shell-search", TRUE);
  open_desk (fixture);
  ids = search (fixture, rcp_patient_get_name (patient));
  g_assert_cmpuint (g_strv_length (ids), >=, 1);
  g_assert_true (g_str_has_prefix (ids[0], "reception:visit/"));

  metas = call (fixture, "GetResultMetas", g_variant_new ("(^as)", ids));
  meta = g_variant_get_child_value (metas, 0);
  g_assert_cmpuint (g_variant_n_children (meta), ==, g_strv_length (ids));
  g_clear_pointer (&meta, g_variant_unref);
  g_variant_get (metas, "(@aa{sv})", &meta);
  {
    g_autoptr (GVariant) first = g_variant_get_child_value (meta, 0);

    g_assert_true (g_variant_lookup (first, "name", "&s", &name));
    g_assert_true (g_variant_lookup (first, "description", "&s", &description));
    g_assert_cmpstr (name, ==, rcp_patient_get_name (patient));
    g_assert_nonnull (strstr (description, "Nov"));
    g_assert_nonnull (strstr (description, "Dr. "));
  }
  none = call (fixture, "GetResultMetas", g_variant_new ("(^as)", unknown));
  g_clear_pointer (&meta, g_variant_unref);
  g_variant_get (none, "(@aa{sv})", &meta);
  g_assert_cmpuint (g_variant_n_children (meta), ==, 0);
}

static void
test_narrows_and_activates (Fixture *fixture, gconstpointer data)
{
  const char *words[] = { rcp_patient_get_name (rcp_visit_get_patient (fixture->visit)), NULL }, *none[] = { NULL };
  g_autoptr (GVariant) narrowed = NULL;
  g_autoptr (GVariant) activated = NULL;
  g_autoptr (GVariant) launched = NULL;
  g_autoptr (GVariant) foreign = NULL;
  g_auto (GStrv) ids = NULL;

  g_settings_set_boolean (fixture->settings, "shell-search", TRUE);
  open_desk (fixture);
  narrowed = call (fixture, "GetSubsearchResultSet", g_variant_new ("(^as^as)", none, words));
  g_variant_get (narrowed, "(^as)", &ids);
  g_assert_cmpuint (g_strv_length (ids), >=, 1);
  activated = call (fixture, "ActivateResult", g_variant_new ("(s^asu)", ids[0], words, 0));
  g_assert_cmpstr (fixture->activated, ==, ids[0]);
  foreign = call (fixture, "ActivateResult", g_variant_new ("(s^asu)", "file:///etc/passwd", words, 0));
  g_assert_cmpstr (fixture->activated, ==, ids[0]);
  launched = call (fixture, "LaunchSearch", g_variant_new ("(^asu)", words, 0));
  g_assert_cmpstr (fixture->launched, ==, words[0]);
}

/* The desk opens while the Shell waits. */
static gboolean
on_open_later_cb (gpointer user_data)
{
  open_desk (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_waits_for_the_record (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) ids = NULL;

  g_settings_set_boolean (fixture->settings, "shell-search", TRUE);
  g_timeout_add (50, on_open_later_cb, fixture);
  ids = search (fixture, rcp_patient_get_name (rcp_visit_get_patient (fixture->visit)));
  g_assert_cmpuint (fixture->n_wanted, ==, 1);
  g_assert_cmpuint (g_strv_length (ids), >=, 1);
}

static void
test_a_lost_record_is_no_answer (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) ids = NULL;

  g_settings_set_boolean (fixture->settings, "shell-search", TRUE);
  open_desk (fixture);
  practice_fixture_kill (fixture->practice);
  ids = search (fixture, "garcia");
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
  practice_fixture_start (fixture->practice);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ui/shell/off", test_says_nothing_until_switched_on);
  ADD ("/ui/shell/finds", test_finds_the_next_visit);
  ADD ("/ui/shell/activates", test_narrows_and_activates);
  ADD ("/ui/shell/waits", test_waits_for_the_record);
  ADD ("/ui/shell/lost", test_a_lost_record_is_no_answer);
  return g_test_run ();
}
