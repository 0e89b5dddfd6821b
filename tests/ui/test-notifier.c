/* SPDX-License-Identifier: GPL-3.0-or-later */

/* rcp-notifier.c: what comes over the bus to the desktop's notifications, in the words of org.gtk.Notifications, and what a click
 * there does; on a real record, with another desk. Driven without a window: rcp-window-notify.c joins the two. */

#define G_LOG_DOMAIN "test-notifier"

#include "config.h"

#include "base/rcp-iso8601.h"
#include "keep-result.h"
#include "practice-fixture.h"
#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-find-openings.h"
#include "ui/shell/rcp-notifier.h"

#define NOW "2026-11-23T14:26:00Z"
#define ID "org.frontdesk.Reception.TestNotifier"

#define WAIT_FOR(condition) KEEP_RESULT_UNTIL (condition)

static const char introspection[] = "<node><interface name='org.gtk.Notifications'>"
                                    "<method name='AddNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
                                    "<arg type='a{sv}' direction='in'/></method>"
                                    "<method name='RemoveNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
                                    "</method></interface></node>";

typedef struct
{
  GDBusConnection *shell; /* of the one who shows notifications */
  guint name_id;
  gboolean has_name;
  GHashTable *shown; /* name of a notification to GVariant */
  guint n_added;
  GString *all;      /* every word that ever came */

  PracticeFixture *practice;
  FhirClient *client, *other;
  RcpClock *clock;
  RcpDesk *desk;
  GSettings *settings;
  GApplication *application;
  RcpNotifier *notifier;
  char *place;
  gboolean is_looking;
} Fixture;

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
on_call_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *method,
            GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *name;
  g_autofree char *words = g_variant_print (parameters, FALSE);

  g_variant_get_child (parameters, 1, "&s", &name);
  g_string_append (fixture->all, words);
  if (g_str_equal (method, "AddNotification"))
    {
      g_hash_table_replace (fixture->shown, g_strdup (name), g_variant_get_child_value (parameters, 2));
      fixture->n_added++;
    }
  else
    {
      g_hash_table_remove (fixture->shown, name);
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
on_name_acquired_cb (GDBusConnection *connection, const char *name, gpointer has_name)
{
  *(gboolean *) has_name = TRUE;
}

static void
start_shell (Fixture *fixture)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call_cb };
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GError) error = NULL;

  fixture->all = g_string_new (NULL);
  fixture->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  fixture->shell = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (fixture->shell, "/org/gtk/Notifications", node->interfaces[0], &vtable, fixture, NULL, &error);
  g_assert_no_error (error);
  fixture->name_id = g_bus_own_name_on_connection (fixture->shell, "org.gtk.Notifications", G_BUS_NAME_OWNER_FLAGS_NONE,
                                                   on_name_acquired_cb, NULL, &fixture->has_name, NULL);
  WAIT_FOR (fixture->has_name);
}

static gboolean
is_looking (gpointer data)
{
  return ((Fixture *) data)->is_looking;
}

static void
on_activated_cb (Fixture *fixture, const char *place)
{
  g_free (fixture->place);
  fixture->place = g_strdup (place);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const arguments[] = { "--sample", "--date", NOW, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now;

  start_shell (fixture);
  g_assert_true (rcp_iso8601_parse_instant (NOW, &now));
  fixture->practice = practice_fixture_new (arguments);
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->other = practice_fixture_create_client (fixture->practice);
  fixture->clock = rcp_clock_new_fixed (now);
  fixture->desk = rcp_desk_new (fixture->clock);
  fixture->settings = g_settings_new (APP_ID);
  fixture->application = g_application_new (ID, G_APPLICATION_DEFAULT_FLAGS);
  g_assert_true (g_application_register (fixture->application, NULL, &error));
  g_assert_no_error (error);
  rcp_desk_open_async (fixture->desk, fixture->client, NULL, on_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_true (rcp_desk_open_finish (fixture->desk, result, NULL));
  fixture->notifier = rcp_notifier_new (fixture->application, fixture->desk, fixture->settings);
  rcp_notifier_set_looking_func (fixture->notifier, is_looking, fixture);
  rcp_notifier_set_patience (fixture->notifier, 300 * G_TIME_SPAN_MILLISECOND);
  g_signal_connect_swapped (fixture->notifier, "activated", G_CALLBACK (on_activated_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_settings_reset (fixture->settings, "notify-work");
  g_settings_reset (fixture->settings, "notify-visits");
  g_settings_reset (fixture->settings, "notify-connection");
  g_object_unref (fixture->notifier);
  g_object_unref (fixture->desk);
  g_object_unref (fixture->application);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->clock);
  g_object_unref (fixture->client);
  g_object_unref (fixture->other);
  practice_fixture_free (fixture->practice);
  g_bus_unown_name (fixture->name_id);
  g_object_unref (fixture->shell);
  g_hash_table_unref (fixture->shown);
  g_string_free (fixture->all, TRUE);
  g_free (fixture->place);
}

static char *
get_text (Fixture *fixture, const char *name, const char *key)
{
  GVariant *notification = g_hash_table_lookup (fixture->shown, name);
  char *text = NULL;

  if (notification)
    g_variant_lookup (notification, key, "s", &text);
  return text;
}

static gboolean
has_text (Fixture *fixture, const char *name, const char *key, const char *wanted)
{
  g_autofree char *text = get_text (fixture, name, key);

  return g_strcmp0 (text, wanted) == 0;
}

/* As the desktop does when somebody clicks it. */
static void
click (Fixture *fixture, const char *name)
{
  GVariant *notification = g_hash_table_lookup (fixture->shown, name);
  g_autoptr (GVariant) target = g_variant_lookup_value (notification, "default-action-target", NULL);
  g_autofree char *action = get_text (fixture, name, "default-action");
  GVariantBuilder parameters;

  g_assert_cmpstr (action, ==, "app.show-place");
  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  g_variant_builder_add (&parameters, "v", target);
  g_dbus_connection_call (fixture->shell, ID, "/org/frontdesk/Reception/TestNotifier", "org.freedesktop.Application", "ActivateAction",
                          g_variant_new ("(sava{sv})", action + strlen ("app."), &parameters, NULL), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, NULL, NULL);
  WAIT_FOR (fixture->place != NULL);
}

static FhirBundle *
search (Fixture *fixture, FhirSearch *what)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_search_async (fixture->other, what, NULL, on_result_cb, &result);
  WAIT_FOR (result != NULL);
  return fhir_client_search_finish (fixture->other, result, NULL);
}

/* The visit that comes @index-th from tomorrow on. */
static RcpVisit *
find_visit (Fixture *fixture, guint index)
{
  g_autoptr (FhirSearch) what = fhir_search_new ("Appointment");
  g_autoptr (FhirBundle) bundle = NULL;

  fhir_search_add (what, "status", "booked");
  fhir_search_add_instant (what, "date", "gt", rcp_clock_get_now (fixture->clock) + G_TIME_SPAN_DAY);
  fhir_search_add (what, "_sort", "date");
  fhir_search_add (what, "_include", "Appointment:patient");
  bundle = search (fixture, what);
  return rcp_visit_new_in_bundle (fhir_bundle_get_matches (bundle)->pdata[index], bundle);
}

/* The work that a change of hours leaves behind, as another desk writes it. */
static void
add_work (Fixture *fixture, RcpVisit *visit)
{
  g_autofree char *start = rcp_iso8601_format_utc (rcp_visit_get_range (visit).start);
  g_autofree char *text = g_strdup_printf (
    "{\"resourceType\":\"Task\",\"status\":\"requested\",\"intent\":\"order\",\"identifier\":[{\"system\":\"urn:reception:refit\","
    "\"value\":\"%s/%s\"}],\"code\":{\"coding\":[{\"system\":\"urn:reception:refit\",\"code\":\"refit\"}]},"
    "\"reasonCode\":{\"coding\":[{\"system\":\"urn:reception:refit\",\"code\":\"hours\"}]},\"focus\":{\"reference\":\"Appointment/%s\"},"
    "\"for\":{\"reference\":\"Patient/%s\"}}",
    rcp_visit_get_id (visit), start, rcp_visit_get_id (visit), rcp_visit_get_patient_id (visit));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) task = NULL;
  g_autoptr (GError) error = NULL;

  fhir_client_create_async (fixture->other, json_node_get_object (node), NULL, NULL, on_result_cb, &result);
  WAIT_FOR (result != NULL);
  task = fhir_client_create_finish (fixture->other, result, &error);
  g_assert_no_error (error);
}

static void
assert_names_nobody (Fixture *fixture, RcpVisit *visit)
{
  const char *name = rcp_visit_get_patient_name (visit);
  g_autofree char *family = g_strndup (name, strcspn (name, ","));

  g_assert_cmpuint (fixture->all->len, >, 0);
  g_assert_null (strstr (fixture->all->str, family));
}

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 3 * G_TIME_SPAN_SECOND;

  WAIT_FOR (g_get_monotonic_time () > end);
}

static void
test_work (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) first = find_visit (fixture, 0);
  g_autoptr (RcpVisit) second = find_visit (fixture, 1);
  g_autoptr (RcpVisit) third = find_visit (fixture, 2);

  /* What was there before is no news. */
  settle ();
  g_assert_cmpuint (fixture->n_added, ==, 0);
  add_work (fixture, first);
  WAIT_FOR (has_text (fixture, "work", "title", "1 visit no longer fits the hours"));
  add_work (fixture, second);
  WAIT_FOR (has_text (fixture, "work", "title", "2 visits no longer fit the hours"));
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 1);
  assert_names_nobody (fixture, first);
  click (fixture, "work");
  g_assert_cmpstr (fixture->place, ==, "refits");
  /* Switched off, nothing comes. */
  g_settings_set_boolean (fixture->settings, "notify-work", FALSE);
  add_work (fixture, third);
  settle ();
  g_assert_cmpuint (fixture->n_added, ==, 2);
}

static RcpVisit *
book (Fixture *fixture)
{
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (RcpVisit) some = find_visit (fixture, 0);
  g_autoptr (GAsyncResult) found = NULL, booked = NULL;
  g_autoptr (RcpOffers) offers = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpBookVisit) book = NULL;
  RcpVisit *visit;
  g_autoptr (GError) error = NULL;

  rcp_desk_get_today (fixture->desk, &wish->from);
  g_date_add_days (&wish->from, 7);
  wish->duration = 15;
  rcp_find_openings_async (fixture->client, rcp_desk_get_roster (fixture->desk), wish, 5, NULL, on_result_cb, &found);
  WAIT_FOR (found != NULL);
  offers = rcp_find_openings_finish (found, NULL);
  offer = g_list_model_get_item (G_LIST_MODEL (offers), 0);
  book = rcp_book_visit_new (fixture->client, fixture->clock, rcp_visit_get_patient (some), offer, NULL, RCP_URGENCY_ROUTINE, NULL);
  rcp_book_visit_run_async (book, NULL, on_result_cb, &booked);
  WAIT_FOR (booked != NULL);
  visit = rcp_book_visit_run_finish (book, booked, &error);
  g_assert_no_error (error);
  rcp_desk_tell_done (fixture->desk, G_OBJECT (book));
  return visit;
}

static void
cancel (Fixture *fixture, RcpVisit *visit)
{
  g_autoptr (RcpCancelVisit) operation = rcp_cancel_visit_new (fixture->other, fixture->clock, visit, "pat", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;

  rcp_cancel_visit_run_async (operation, NULL, on_result_cb, &result);
  WAIT_FOR (result != NULL);
  cancelled = rcp_cancel_visit_run_finish (operation, result, NULL);
  g_assert_nonnull (cancelled);
}

static void
test_own_visit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) foreign = find_visit (fixture, 1);
  g_autoptr (RcpVisit) own = book (fixture);
  g_autoptr (RcpVisit) unseen = NULL;
  g_autofree char *expected = g_strdup_printf ("reception:visit/%s", rcp_visit_get_id (own));

  /* Neither the booking itself nor what becomes of the visits of others is told. */
  cancel (fixture, foreign);
  settle ();
  g_assert_cmpuint (fixture->n_added, ==, 0);
  cancel (fixture, own);
  WAIT_FOR (has_text (fixture, "visit", "title", "Another desk changed a visit that you booked"));
  g_assert_true (has_text (fixture, "visit", "body", "It is cancelled."));
  assert_names_nobody (fixture, own);
  click (fixture, "visit");
  g_assert_cmpstr (fixture->place, ==, expected);
  /* Who looks at the window sees it there. */
  fixture->is_looking = TRUE;
  unseen = book (fixture);
  cancel (fixture, unseen);
  settle ();
  g_assert_cmpuint (fixture->n_added, ==, 1);
}

/* So many changes at once that they are not named: what this desk booked is looked at, and told once. */
static void
test_much_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) own = book (fixture);
  g_autoptr (RcpVisit) other = book (fixture);
  RcpDayBook *book;

  settle ();
  book = rcp_desk_get_day_book (fixture->desk);
  rcp_day_book_set_watching (book, FALSE);
  cancel (fixture, own);
  settle ();
  g_assert_cmpuint (fixture->n_added, ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_signal_emit_by_name (book, "changed", NULL);
      settle ();
      g_assert_true (has_text (fixture, "visit", "body", "It is cancelled."));
      g_assert_cmpuint (fixture->n_added, ==, 1);
    }
  assert_names_nobody (fixture, own);
  g_assert_nonnull (other);
}

/* What becomes of a visit after its time is told to nobody, and nothing is remembered of it. */
static void
test_over (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) over = book (fixture);
  g_autoptr (RcpVisit) next = book (fixture);

  g_assert_cmpint (rcp_visit_get_range (over).end, <=, rcp_visit_get_range (next).start);
  /* Until the hours are published that are with the first board: so many changes at once are not told one by one. */
  settle ();
  rcp_clock_set_now (fixture->clock, rcp_visit_get_range (over).end);
  cancel (fixture, over);
  settle ();
  g_assert_cmpuint (fixture->n_added, ==, 0);
  cancel (fixture, next);
  WAIT_FOR (has_text (fixture, "visit", "body", "It is cancelled."));
  g_assert_cmpuint (fixture->n_added, ==, 1);
}

static void
test_connection (Fixture *fixture, gconstpointer data)
{
  practice_fixture_kill (fixture->practice);
  WAIT_FOR (has_text (fixture, "connection", "title", "The record cannot be reached"));
  click (fixture, "connection");
  g_assert_cmpstr (fixture->place, ==, "board");
  practice_fixture_start (fixture->practice);
  WAIT_FOR (!g_hash_table_contains (fixture->shown, "connection"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/ui/notifier/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("work", test_work);
  ADD ("own-visit", test_own_visit);
  ADD ("much-at-once", test_much_at_once);
  ADD ("over", test_over);
  ADD ("connection", test_connection);
#undef ADD
  return g_test_run ();
}
