/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Visits of a real record in a file that is kept fresh: rcp-visit-file.c. It is read by libical, and by Evolution Data
 * Server as a calendar of its own. */

#define G_LOG_DOMAIN "test-visit-file"

#include <glib/gstdio.h>
#include <string.h>

#include "base/rcp-iso8601.h"
#include "calendars/rcp-busy-calendar.h"
#include "calendars/rcp-mirror-event.h"
#include "calendars/rcp-mirror-uid.h"
#include "desk-fixture.h"
#include "eds-fixture.h"
#include "mirroring/rcp-visit-file.h"
#include "mirroring/rcp-visit-folder.h"
#include "scheduling/rcp-mirror-realm.h"

#define ZONE "America/New_York"
#define SOON 100
#define PAUSE 300

/* What goes by way of the exporter: what a test may wait for, and hold up. */
static struct
{
  guint n_begun;
  guint n_on_the_way;
  gint64 begun; /* when the last was */
  gboolean is_held_up;
  GAsyncReadyCallback callback; /* of what is held up; NULL: nothing is */
  gpointer user_data;
  GAsyncResult *result;
} traffic;

typedef struct
{
  GAsyncReadyCallback callback;
  gpointer user_data;
} Call;

static void
let_go (void)
{
  g_autoptr (GAsyncResult) result = g_steal_pointer (&traffic.result);

  traffic.n_on_the_way--;
  traffic.callback (NULL, result, traffic.user_data);
}

static void
on_exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Call *call = data;

  g_assert_null (traffic.result);
  traffic.callback = call->callback;
  traffic.user_data = call->user_data;
  traffic.result = g_object_ref (result);
  if (!traffic.is_held_up)
    let_go ();
}

static void
begin (FhirClient *client, RcpClock *clock, const RcpVisitExport *what, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data)
{
  Call *call = g_new (Call, 1);

  *call = (Call){ callback, user_data };
  traffic.n_begun++;
  traffic.n_on_the_way++;
  traffic.begun = g_get_monotonic_time ();
  rcp_visit_export_async (client, clock, what, cancellable, on_exported_cb, call);
}

static const RcpVisitExporter exporter = { begin, rcp_visit_export_finish };

typedef struct
{
  DeskFixture *desk;
  char *root;
  char *folder;
  char *path;
  char *realm;
  RcpVisitFile *file;
} Fixture;

static const char *
get_person (Fixture *fixture, guint provider)
{
  return rcp_provider_get_practitioner_id (desk_fixture_get_provider (fixture->desk, provider));
}

static char *
find_realm (Fixture *fixture)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *realm;

  rcp_mirror_realm_find_async (fixture->desk->client, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  realm = rcp_mirror_realm_find_finish (result, &error);
  g_assert_no_error (error);
  return realm;
}

/* (transfer full): of the first provider */
static RcpVisitFile *
make_file (Fixture *fixture)
{
  RcpVisitExport what
    = { .person = get_person (fixture, 0), .privacy = RCP_MIRROR_BUSY_ONLY, .zone = ZONE, .place = "Downtown", .title = "Dr. One" };

  return rcp_visit_file_new (fixture->desk->client, fixture->desk->clock, &exporter, fixture->path, &what);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{

  traffic = (typeof (traffic)){ 0 };
  fixture->desk = desk_fixture_new (2, 3);
  fixture->root = g_dir_make_tmp ("reception-files-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->root, "a", "b", NULL);
  fixture->path = rcp_visit_folder_dup_path (fixture->folder, "record", get_person (fixture, 0));
  fixture->realm = find_realm (fixture);
  fixture->file = make_file (fixture);
  rcp_visit_file_set_pace (fixture->file, SOON, PAUSE);
}

/* The last word of the record has come, and what was asked of the folder's thread until now is done: it does one thing after the other. */
static void
let_all_end (Fixture *fixture)
{
  g_autofree char *last = g_build_filename (fixture->root, "last", NULL);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  KEEP_RESULT_UNTIL (traffic.n_on_the_way == 0);
  rcp_visit_folder_write_async (last, g_strdup (""), NULL, keep_result_cb, &kept);
  KEEP_RESULT_UNTIL (kept);
  result = kept;
  g_assert_true (rcp_visit_folder_write_finish (result, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *const none[] = { NULL };

  rcp_visit_file_stop (fixture->file);
  let_all_end (fixture);
  g_assert_finalize_object (fixture->file);
  rcp_visit_folder_keep_only (fixture->folder, none);
  KEEP_RESULT_UNTIL (g_rmdir (fixture->folder) == 0 || !g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
  practice_fixture_remove_folder (fixture->root);
  g_free (fixture->realm);
  g_free (fixture->path);
  g_free (fixture->folder);
  g_free (fixture->root);
  desk_fixture_free (fixture->desk);
}

static RcpVisit *
book (Fixture *fixture, guint provider, guint patient, guint day, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (fixture->desk, provider, day, minute, 2);
  g_autoptr (GError) error = NULL;
  RcpVisit *visit = desk_fixture_book (fixture->desk, NULL, patient, offer, &error);

  g_assert_no_error (error);
  return visit;
}

static RcpVisit *
move (Fixture *fixture, RcpVisit *visit, guint provider, guint day, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (fixture->desk, provider, day, minute, 2);
  g_autoptr (GError) error = NULL;
  RcpVisit *moved = desk_fixture_move (fixture->desk, NULL, visit, offer, &error);

  g_assert_no_error (error);
  return moved;
}

/* As a desk does that hears of a change. */
static void
tell (Fixture *fixture, RcpVisit *visit)
{
  rcp_visit_file_look (fixture->file, rcp_visit_get_practitioner_id (visit), rcp_visit_get_id (visit));
}

static char *
read_file (Fixture *fixture)
{
  char *text = NULL;

  g_file_get_contents (fixture->path, &text, NULL, NULL);
  return text;
}

static gboolean
is_one_of (const RcpMirrorHeld *held, RcpVisit *const *visits, guint n_visits)
{
  gboolean is_there = FALSE;

  for (guint i = 0; i < n_visits; i++)
    is_there |= g_str_equal (rcp_visit_get_id (visits[i]), held->id) && rcp_visit_get_range (visits[i]).start == held->range.start
                && rcp_visit_get_range (visits[i]).end == held->range.end;
  return is_there;
}

/* Whether the file is a calendar of exactly @visits, each where it is in the record. */
static gboolean
holds (Fixture *fixture, RcpVisit *const *visits, guint n_visits)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (RcpZones) zones = rcp_zones_new (utc);
  g_autofree char *text = read_file (fixture);
  icalcomponent *calendar = text ? icalparser_parse_string (text) : NULL;
  guint n_found = 0;
  gboolean is_right = calendar != NULL;

  if (!calendar)
    return FALSE;
  g_assert_cmpint (icalcomponent_isa (calendar), ==, ICAL_VCALENDAR_COMPONENT);
  g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
  for (icalcomponent *event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT); event;
       event = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT))
    {
      RcpMirrorHeld *held = rcp_mirror_event_read (event, fixture->realm, zones, FALSE);

      g_assert_nonnull (held);
      is_right &= is_one_of (held, visits, n_visits);
      n_found++;
      rcp_mirror_held_free (held);
    }
  icalcomponent_free (calendar);
  return is_right && n_found == n_visits;
}

static guint
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 0777;
}

/* Booked, moved, cancelled, given to somebody else and taken over. */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) first = book (fixture, 0, 0, 0, 9 * 60), second = NULL, moved = NULL, gone = NULL, given = NULL, other = NULL;
  g_autofree char *text = NULL;

  rcp_visit_file_start (fixture->file);
  KEEP_RESULT_UNTIL (holds (fixture, &first, 1) && rcp_visit_file_get_as_of (fixture->file) == DESK_NOW);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  g_assert_cmpint (get_mode (fixture->folder), ==, 0700);
  text = read_file (fixture);
  g_assert_nonnull (strstr (text, "X-WR-CALNAME:Dr. One"));
  g_assert_nonnull (strstr (text, "X-WR-CALDESC:Visits as of "));
  g_assert_null (strstr (text, "ATTENDEE"));
  g_assert_null (strstr (text, "ORGANIZER"));

  second = book (fixture, 0, 1, 1, 10 * 60);
  tell (fixture, second);
  KEEP_RESULT_UNTIL (holds (fixture, (RcpVisit *[]){ first, second }, 2));
  moved = move (fixture, first, 0, 2, 11 * 60);
  tell (fixture, moved);
  KEEP_RESULT_UNTIL (holds (fixture, (RcpVisit *[]){ moved, second }, 2));
  given = move (fixture, moved, 1, 2, 11 * 60);
  g_assert_cmpstr (rcp_visit_get_practitioner_id (given), ==, get_person (fixture, 1));
  tell (fixture, given);
  KEEP_RESULT_UNTIL (holds (fixture, &second, 1));
  gone = desk_fixture_cancel (fixture->desk, NULL, second, "patient", NULL);
  tell (fixture, gone);
  KEEP_RESULT_UNTIL (holds (fixture, NULL, 0));
  /* What one who has never been in it does is not read for. */
  other = book (fixture, 1, 2, 3, 9 * 60);
  g_clear_pointer (&text, g_free);
  text = read_file (fixture);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  tell (fixture, other);
  for (gint64 end = g_get_monotonic_time () + 5 * SOON * 1000; g_get_monotonic_time () < end; g_usleep (1000))
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* A visit that is given to somebody else while it is being read: what is written then is not the last word. */
static void
test_given_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = NULL, given = NULL;

  rcp_visit_file_start (fixture->file);
  KEEP_RESULT_UNTIL (holds (fixture, NULL, 0));
  visit = book (fixture, 0, 0, 0, 9 * 60);
  traffic.is_held_up = TRUE;
  tell (fixture, visit);
  KEEP_RESULT_UNTIL (traffic.result);
  given = move (fixture, visit, 1, 2, 11 * 60);
  tell (fixture, given);
  traffic.is_held_up = FALSE;
  let_go ();
  KEEP_RESULT_UNTIL (traffic.n_begun == 3);
  KEEP_RESULT_UNTIL (holds (fixture, NULL, 0));
}

/* Two seconds after the last of several changes, not sooner; and in the end, as it is in the record. */
static void
test_pace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisitFile) file = make_file (fixture);
  g_autoptr (RcpVisit) visit = NULL;
  gint64 last = 0;

  rcp_visit_file_start (file);
  KEEP_RESULT_UNTIL (holds (fixture, NULL, 0));
  g_assert_cmpuint (traffic.n_begun, ==, 1);
  visit = book (fixture, 0, 0, 0, 9 * 60);
  for (guint i = 0; i < 4; i++)
    {
      last = g_get_monotonic_time ();
      rcp_visit_file_look (file, get_person (fixture, 0), rcp_visit_get_id (visit));
      for (gint64 end = last + 700 * 1000; g_get_monotonic_time () < end; g_usleep (1000))
        g_main_context_iteration (NULL, FALSE);
      /* A machine that slept as long may have written in between. */
      if (traffic.n_begun > 1)
        break;
    }
  KEEP_RESULT_UNTIL (traffic.n_begun > 1);
  g_assert_cmpint (traffic.begun - last, >=, 2 * G_USEC_PER_SEC - 5000);
  KEEP_RESULT_UNTIL (holds (fixture, &visit, 1));
  rcp_visit_file_stop (file);
  let_all_end (fixture);
}

/* A visit that the record has, wherever there is no slot for it: (transfer full), its id. */
static char *
put_visit (Fixture *fixture, gint64 start)
{
  g_autofree char *from = rcp_iso8601_format_utc (start), *to = rcp_iso8601_format_utc (start + 15 * G_TIME_SPAN_MINUTE);
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"start\":\"%s\",\"end\":\"%s\","
                                           "\"participant\":[{\"actor\":{\"reference\":\"Practitioner/%s\"},\"status\":\"accepted\"}]}",
                                           from, to, get_person (fixture, 0));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) stored = NULL;
  g_autoptr (GError) error = NULL;

  fhir_client_create_async (fixture->desk->client, json_node_get_object (node), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_create_finish (fixture->desk->client, result, &error);
  g_assert_no_error (error);
  return g_strdup (fhir_resource_get_id (stored));
}

/* Whether the file has those of the four visits that the letters say. */
static gboolean
has_these (Fixture *fixture, char *const *ids, const char *letters)
{
  g_autofree char *text = read_file (fixture);
  gboolean is_right = text != NULL;

  for (guint i = 0; is_right && i < 4; i++)
    {
      g_autofree char *uid = rcp_mirror_uid_new (fixture->realm, ids[i]);

      is_right = (strstr (text, uid) != NULL) == (letters[i] == 'x');
    }
  return is_right;
}

/* Four weeks back and thirteen ahead, from now on, as the days go. */
static void
test_range (Fixture *fixture, gconstpointer data)
{
  gint64 first = DESK_NOW - 28 * G_TIME_SPAN_DAY, end = DESK_NOW + 91 * G_TIME_SPAN_DAY;
  g_autofree char *a = put_visit (fixture, first - G_TIME_SPAN_MINUTE), *b = put_visit (fixture, first);
  g_autofree char *c = put_visit (fixture, end - G_TIME_SPAN_MINUTE), *d = put_visit (fixture, end);
  char *const ids[] = { a, b, c, d };

  rcp_visit_file_start (fixture->file);
  KEEP_RESULT_UNTIL (has_these (fixture, ids, "-xx-"));
  rcp_clock_set_now (fixture->desk->clock, DESK_NOW + G_TIME_SPAN_MINUTE);
  rcp_visit_file_look (fixture->file, NULL, NULL);
  KEEP_RESULT_UNTIL (has_these (fixture, ids, "--xx"));
}

static gboolean
says (Fixture *fixture, const char *name)
{
  g_autofree char *text = read_file (fixture);

  return text && strstr (text, name);
}

/* Less is said at once, also while the record cannot be reached. */
static void
test_privacy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = book (fixture, 0, 0, 0, 9 * 60);
  g_auto (GStrv) names = g_strsplit_set (rcp_visit_get_patient_name (visit), ", ", -1);

  g_assert_cmpuint (strlen (names[0]), >, 2);
  rcp_visit_file_start (fixture->file);
  KEEP_RESULT_UNTIL (holds (fixture, &visit, 1));
  g_assert_false (says (fixture, names[0]));
  g_assert_false (says (fixture, "Downtown"));
  rcp_visit_file_set_privacy (fixture->file, RCP_MIRROR_FULL);
  KEEP_RESULT_UNTIL (says (fixture, names[0]) && says (fixture, "Downtown"));
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  practice_fixture_kill (fixture->desk->practice);
  rcp_visit_file_set_privacy (fixture->file, RCP_MIRROR_BUSY_ONLY);
  KEEP_RESULT_UNTIL (!g_file_test (fixture->path, G_FILE_TEST_EXISTS) && rcp_visit_file_get_error (fixture->file));
  g_assert_true (rcp_visit_file_get_error (fixture->file)->domain == FHIR_ERROR);
  practice_fixture_start (fixture->desk->practice);
  KEEP_RESULT_UNTIL (holds (fixture, &visit, 1));
  g_assert_false (says (fixture, names[0]));
}

/* Something else has the name of the file, or of the folder: that is said, nothing is lost of it, and it is tried again. */
static void
test_place_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = book (fixture, 0, 0, 0, 9 * 60);
  g_autofree char *parent = g_path_get_dirname (fixture->folder), *inside = g_build_filename (fixture->path, "mine", NULL);
  g_autofree char *mine = NULL;

  g_assert_cmpint (g_mkdir (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->folder, "mine", -1, NULL));
  rcp_visit_file_start (fixture->file);
  KEEP_RESULT_UNTIL (rcp_visit_file_get_error (fixture->file));
  g_assert_true (rcp_visit_file_get_error (fixture->file)->domain == G_FILE_ERROR);
  g_assert_cmpstr (rcp_visit_file_get_error (fixture->file)->message, !=, "");
  g_assert_true (g_file_get_contents (fixture->folder, &mine, NULL, NULL));
  g_assert_cmpstr (mine, ==, "mine");

  g_assert_cmpint (g_unlink (fixture->folder), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (fixture->path, 0755), ==, 0);
  g_assert_true (g_file_set_contents (inside, "mine", -1, NULL));
  rcp_visit_file_stop (fixture->file);
  rcp_visit_file_start (fixture->file);
  KEEP_RESULT_UNTIL (rcp_visit_file_get_error (fixture->file) && get_mode (fixture->folder) == 0700);
  g_assert_true (g_file_test (inside, G_FILE_TEST_EXISTS));
  g_assert_cmpint (rcp_visit_file_get_as_of (fixture->file), ==, 0);

  g_assert_cmpint (g_unlink (inside), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
  KEEP_RESULT_UNTIL (!rcp_visit_file_get_error (fixture->file));
  g_assert_true (holds (fixture, &visit, 1));
}

/* Whatever is on its way when it is switched off: nothing comes after it. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  guint n_begun;

  for (guint i = 0; i < 50; i++)
    {
      rcp_visit_file_start (fixture->file);
      for (guint n = 0; n < i; n++)
        g_main_context_iteration (NULL, FALSE);
      if (i % 10 == 9)
        KEEP_RESULT_UNTIL (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
      rcp_visit_file_stop (fixture->file);
      rcp_visit_folder_remove (fixture->path);
      let_all_end (fixture);
      g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
    }
  /* The same when the record has answered just before. */
  traffic.is_held_up = TRUE;
  rcp_visit_file_start (fixture->file);
  KEEP_RESULT_UNTIL (traffic.result);
  rcp_visit_file_stop (fixture->file);
  rcp_visit_folder_remove (fixture->path);
  traffic.is_held_up = FALSE;
  n_begun = traffic.n_begun;
  let_go ();
  let_all_end (fixture);
  for (gint64 end = g_get_monotonic_time () + 2 * PAUSE * 1000; g_get_monotonic_time () < end; g_usleep (1000))
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (traffic.n_begun, ==, n_begun);
}

/* A calendar of the computer that is this file. */
static RcpCalendar *
subscribe (Fixture *fixture, RcpCalendars *calendars)
{
  g_autoptr (ESource) source = e_source_new (NULL, NULL, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  ESourceLocal *local = e_source_get_extension (source, E_SOURCE_EXTENSION_LOCAL_BACKEND);

  e_source_set_parent (source, "local-stub");
  e_source_set_display_name (source, "Subscribed");
  e_source_backend_set_backend_name (e_source_get_extension (source, E_SOURCE_EXTENSION_CALENDAR), "local");
  e_source_local_set_custom_file (local, file);
  e_source_local_set_writable (local, FALSE);
  eds_commit (calendars, source);
  KEEP_RESULT_UNTIL (rcp_calendars_find (calendars, e_source_get_uid (source)));
  return rcp_calendars_find (calendars, e_source_get_uid (source));
}

static guint
count_events (ECalClient *client)
{
  g_autoptr (GError) error = NULL;
  GSList *list = NULL;
  guint n;

  e_cal_client_get_object_list_sync (client, "#t", &list, NULL, &error);
  g_assert_no_error (error);
  n = g_slist_length (list);
  g_slist_free_full (list, g_object_unref);
  return n;
}

/* Evolution Data Server opens it, and where it is a calendar that keeps somebody's time it keeps none. */
static void
test_subscribed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) first = book (fixture, 0, 0, 0, 9 * 60), second = book (fixture, 0, 1, 1, 10 * 60);
  g_autoptr (RcpCalendars) calendars = eds_open ();
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier (ZONE);
  ECalClient *client;
  g_autoptr (RcpBusyCalendar) busy = NULL;
  RcpCalendar *calendar;

  rcp_visit_file_start (fixture->file);
  KEEP_RESULT_UNTIL (holds (fixture, (RcpVisit *[]){ first, second }, 2));
  calendar = subscribe (fixture, calendars);
  client = eds_connect (calendar);
  g_assert_cmpuint (count_events (client), ==, 2);
  g_object_unref (client);
  busy = rcp_busy_calendar_new (calendar, place, fixture->desk->clock);
  rcp_busy_calendar_set_window (busy, (RcpTimeRange){ DESK_NOW - G_TIME_SPAN_DAY, DESK_NOW + DESK_DAYS * G_TIME_SPAN_DAY });
  rcp_busy_calendar_start (busy);
  KEEP_RESULT_UNTIL (rcp_busy_calendar_get_state (busy) == RCP_BUSY_STATE_LIVE);
  g_assert_cmpuint (rcp_busy_calendar_get_busy (busy)->len, ==, 0);
  rcp_busy_calendar_stop (busy);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/mirroring/visit-file/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("follows", test_follows);
  ADD ("given-meanwhile", test_given_meanwhile);
  ADD ("pace", test_pace);
  ADD ("range", test_range);
  ADD ("privacy", test_privacy);
  ADD ("place-taken", test_place_taken);
  ADD ("removed", test_removed);
  ADD ("subscribed", test_subscribed);
#undef ADD

  return g_test_run ();
}
