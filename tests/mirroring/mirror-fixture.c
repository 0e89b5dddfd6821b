/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mirror-fixture.h"

#include <string.h>

#include "caldav-login.h"
#include "calendars/rcp-mirror-event.h"
#include "calendars/rcp-mirror-uid.h"
#include "scheduling/rcp-mirror-realm.h"

#define ZONE "America/New_York"
#define PATIENCE 3000
#define PAUSE 200
#define REFRESH_MS 700
#define WAIT keep_result_get_patience ()

/* As the dialog of a desk would answer: trusts the certificate, then gives the password. */
static void
on_credentials_required_cb (ESourceRegistry *registry, ESource *source, ESourceCredentialsReason reason, const char *certificate,
                            GTlsCertificateFlags flags, const GError *error, MirrorTown *town)
{
  if (caldav_login_answer (source, reason, certificate, town->password))
    town->n_asked++;
}

RcpCalendar *
mirror_town_add_calendar (MirrorTown *town)
{
  return caldav_login_add_calendar (town->calendars, town->server);
}

static void
find_realm (MirrorTown *town)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  rcp_mirror_realm_find_async (town->desk->client, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  town->realm = rcp_mirror_realm_find_finish (result, NULL);
  g_assert_nonnull (town->realm);
}

gboolean
mirror_town_open (MirrorTown *town, gboolean with_server, guint n_days)
{
  *town = (MirrorTown){ .password = CALDAV_PASSWORD };
  if (with_server && (town->server = caldav_server_new ()) == NULL)
    {
      g_test_skip ("Radicale is not here");
      return FALSE;
    }
  town->desk = desk_fixture_new_for_days (2, 4, n_days);
  find_realm (town);
  town->calendars = eds_open ();
  g_signal_connect (rcp_calendars_get_registry (town->calendars), "credentials-required",
                    G_CALLBACK (on_credentials_required_cb), town);
  if (with_server)
    {
      caldav_server_start (town->server);
      town->calendar = mirror_town_add_calendar (town);
    }
  else
    {
      town->calendar = g_object_ref (eds_add_local (town->calendars, "Diary"));
      town->other = eds_connect (town->calendar);
    }
  return TRUE;
}

void
mirror_town_close (MirrorTown *town)
{
  g_signal_handlers_disconnect_by_data (rcp_calendars_get_registry (town->calendars), town);
  g_clear_object (&town->other);
  g_object_unref (town->calendar);
  g_object_unref (town->calendars);
  g_clear_pointer (&town->server, caldav_server_free);
  desk_fixture_free (town->desk);
  g_free (town->realm);
}

const char *
mirror_town_get_practitioner (MirrorTown *town)
{
  return rcp_provider_get_practitioner_id (desk_fixture_get_provider (town->desk, 0));
}

RcpMirror *
mirror_town_start (MirrorTown *town, FhirClient *client, RcpCalendar *calendar)
{
  RcpMirror *mirror = rcp_mirror_new (client != NULL ? client : town->desk->client, town->desk->clock,
                                      mirror_town_get_practitioner (town), calendar != NULL ? calendar : town->calendar, ZONE);

  rcp_mirror_set_pace (mirror, PATIENCE, PAUSE);
  rcp_mirror_start (mirror);
  return mirror;
}

void
mirror_town_end (RcpMirror *mirror)
{
  rcp_mirror_stop (mirror);
  KEEP_RESULT_UNTIL (G_OBJECT (mirror)->ref_count == 1);
  g_assert_finalize_object (mirror);
}

static char *
make_uid (MirrorTown *town, const char *visit_id)
{
  return rcp_mirror_uid_new (town->realm, visit_id);
}

char *
mirror_town_read_event (MirrorTown *town, const char *visit_id)
{
  g_autofree char *uid = make_uid (town, visit_id);
  ICalComponent *found = NULL;
  char *text;

  if (town->server != NULL)
    return caldav_server_read (town->server, uid);
  if (!e_cal_client_get_object_sync (town->other, uid, NULL, &found, NULL, NULL))
    return NULL;
  text = i_cal_component_as_ical_string (found);
  g_object_unref (found);
  return text;
}

static void
lock (MirrorTown *town)
{
  if (town->server != NULL)
    caldav_server_lock (town->server);
}

static void
unlock (MirrorTown *town)
{
  if (town->server != NULL)
    caldav_server_unlock (town->server);
}

static void
write_event (MirrorTown *town, const char *visit_id, const char *text)
{
  g_autofree char *uid = make_uid (town, visit_id);
  g_autoptr (GObject) event = NULL;
  g_autoptr (GError) error = NULL;

  if (town->server != NULL)
    {
      caldav_server_write (town->server, uid, text);
      return;
    }
  event = G_OBJECT (i_cal_component_new_from_string (text));
  e_cal_client_modify_object_sync (town->other, I_CAL_COMPONENT (event), E_CAL_OBJ_MOD_ALL, 0, NULL, &error);
  g_assert_no_error (error);
}

char *
mirror_town_read_lines (MirrorTown *town, const char *visit_id)
{
  g_autofree char *text = mirror_town_read_event (town, visit_id);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, "\r\n ", -1) : NULL;

  return parts != NULL ? g_strjoinv (NULL, parts) : NULL;
}

static gboolean
edit (MirrorTown *town, const char *visit_id, const char *old, const char *new)
{
  g_autofree char *text = mirror_town_read_lines (town, visit_id);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, old, 2) : NULL;
  g_autofree char *edited = NULL;

  if (parts == NULL || parts[1] == NULL)
    return FALSE;
  edited = g_strjoinv (new, parts);
  write_event (town, visit_id, edited);
  return TRUE;
}

gboolean
mirror_town_edit_event (MirrorTown *town, const char *visit_id, const char *old, const char *new)
{
  gboolean is_done;

  lock (town);
  is_done = edit (town, visit_id, old, new);
  unlock (town);
  return is_done;
}

static void
set_line (GString *text, const char *name, gint64 instant)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autofree char *value = g_date_time_format (time, "%Y%m%dT%H%M%SZ");
  g_autofree char *line = g_strdup_printf ("%s:%s", name, value);
  char *vevent = strstr (text->str, "BEGIN:VEVENT");
  char *at = strstr (vevent, name);
  gsize length;

  g_assert_nonnull (at);
  length = strcspn (at, "\r\n");
  /* A line that is folded goes on with a blank. */
  while (strncmp (at + length, "\r\n ", 3) == 0)
    length += 3 + strcspn (at + length + 3, "\r\n");
  g_string_erase (text, at - text->str, (gssize)length);
  g_string_insert (text, at - text->str, line);
}

static gboolean
move (MirrorTown *town, const char *visit_id, RcpTimeRange range)
{
  g_autofree char *before = mirror_town_read_event (town, visit_id);
  GString *text;

  if (before == NULL)
    return FALSE;
  text = g_string_new (before);
  set_line (text, "DTSTART", range.start);
  set_line (text, "DTEND", range.end);
  write_event (town, visit_id, text->str);
  g_string_free (text, TRUE);
  return TRUE;
}

gboolean
mirror_town_move_event (MirrorTown *town, const char *visit_id, RcpTimeRange range)
{
  gboolean is_done;

  lock (town);
  is_done = move (town, visit_id, range);
  unlock (town);
  return is_done;
}

/* Something else changes as well: the tag of Radicale's calendars is a hash of what they hold, and Evolution Data Server would take one that
 * holds again what it held at the last refresh for unchanged. */
static void
touch (MirrorTown *town)
{
  g_autofree char *line = g_strdup_printf ("DTSTART:20260101T000000Z\r\nCOMMENT:%u\r\n", town->n_touched++);

  caldav_server_put (town->server, "other", line);
}

static gboolean
delete (MirrorTown *town, const char *visit_id)
{
  g_autofree char *uid = make_uid (town, visit_id);
  g_autofree char *text = mirror_town_read_event (town, visit_id);

  if (text == NULL)
    return FALSE;
  if (town->server != NULL)
    {
      caldav_server_delete (town->server, uid);
      touch (town);
    }
  else
    eds_remove (town->other, uid, NULL);
  return TRUE;
}

gboolean
mirror_town_delete_event (MirrorTown *town, const char *visit_id)
{
  gboolean is_done;

  lock (town);
  is_done = delete (town, visit_id);
  unlock (town);
  return is_done;
}

static void
add_line (GPtrArray *lines, const char *id, RcpTimeRange range)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (range.start / G_USEC_PER_SEC);
  g_autofree char *from = g_date_time_format (start, "%m%dT%H%M");

  g_ptr_array_add (lines, g_strdup_printf ("%s@%s+%d", id, from, (int)((range.end - range.start) / G_TIME_SPAN_MINUTE)));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

static char *
join (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

char *
mirror_town_print_record (MirrorTown *town)
{
  g_autofree char *actor = g_strconcat ("Practitioner/", mirror_town_get_practitioner (town), NULL);
  g_autoptr (FhirBundle) bundle = desk_fixture_search (town->desk, "Appointment", "actor", actor, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new (fhir_bundle_get_matches (bundle)->pdata[i], NULL);

      if (rcp_visit_status_takes_time (rcp_visit_get_status (visit)) || rcp_visit_get_status (visit) == RCP_VISIT_FULFILLED)
        add_line (lines, rcp_visit_get_id (visit), rcp_visit_get_range (visit));
    }
  return join (lines);
}

static void
add_mirrored (MirrorTown *town, GPtrArray *lines, icalcomponent *event)
{
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier (ZONE);
  g_autoptr (RcpZones) zones = rcp_zones_new (place);
  g_autoptr (RcpMirrorHeld) held = rcp_mirror_event_read (event, town->realm, zones, FALSE);

  if (held == NULL)
    g_ptr_array_add (lines, g_strdup ("unreadable"));
  else if (held->state != RCP_MIRROR_CANCELLED)
    add_line (lines, held->id, held->range);
}

/* Every event with the mark counts, whatever its UID: one that was doubled would be seen. */
static void
add_event (MirrorTown *town, GPtrArray *lines, icalcomponent *event)
{
  const char *text = icalcomponent_as_ical_string (event);

  if (strstr (text, "X-RECEPTION-APPOINTMENT") != NULL)
    add_mirrored (town, lines, event);
}

static void
add_text (MirrorTown *town, GPtrArray *lines, const char *text)
{
  icalcomponent *calendar = icalcomponent_new_from_string (text);
  icalcomponent *event = calendar != NULL ? icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT) : NULL;

  if (event == NULL && calendar != NULL && icalcomponent_isa (calendar) == ICAL_VEVENT_COMPONENT)
    event = calendar;
  if (event != NULL)
    add_event (town, lines, event);
  if (calendar != NULL)
    icalcomponent_free (calendar);
}

char *
mirror_town_print_calendar (MirrorTown *town)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GSList *objects = NULL;

  if (town->server != NULL)
    {
      g_auto (GStrv) texts = caldav_server_list (town->server);

      for (guint i = 0; texts[i] != NULL; i++)
        add_text (town, lines, texts[i]);
      return join (lines);
    }
  g_assert_true (e_cal_client_get_object_list_sync (town->other, "#t", &objects, NULL, NULL));
  for (GSList *at = objects; at != NULL; at = at->next)
    add_event (town, lines, i_cal_object_get_native (I_CAL_OBJECT (at->data)));
  e_util_free_nullable_object_slist (objects);
  return join (lines);
}

static void
let_look (RcpMirror *const *mirrors)
{
  static gint64 refreshed;
  gint64 now = g_get_monotonic_time ();
  gboolean refreshes = now - refreshed > REFRESH_MS * G_TIME_SPAN_MILLISECOND;

  for (; *mirrors != NULL; mirrors++)
    {
      rcp_mirror_look (*mirrors);
      if (refreshes)
        rcp_mirror_refresh (*mirrors);
    }
  if (refreshes)
    refreshed = now;
  for (gint64 end = now + 100 * G_TIME_SPAN_MILLISECOND; g_get_monotonic_time () < end;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

void
mirror_town_wait_equal (MirrorTown *town, RcpMirror *const *mirrors)
{
  gint64 began = g_get_monotonic_time ();

  for (;;)
    {
      g_autofree char *record = mirror_town_print_record (town);
      g_autofree char *calendar = mirror_town_print_calendar (town);

      if (g_strcmp0 (record, calendar) == 0)
        break;
      if (g_get_monotonic_time () - began > WAIT)
        {
          const GError *error = mirrors[0] != NULL ? rcp_mirror_get_error (mirrors[0]) : NULL;

          g_test_message ("the first mirror: %s", error != NULL ? error->message : "no error");
          g_assert_cmpstr (calendar, ==, record);
        }
      let_look (mirrors);
    }
  g_test_message ("%d ms until equal", (int)((g_get_monotonic_time () - began) / 1000));
}

GPtrArray *
mirror_town_read_requests (MirrorTown *town)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *requests;

  rcp_mirror_requests_read_async (town->desk->client, mirror_town_get_practitioner (town), NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  requests = rcp_mirror_requests_read_finish (result, &error);
  g_assert_no_error (error);
  return requests;
}

GPtrArray *
mirror_town_wait_requests (MirrorTown *town, RcpMirror *const *mirrors, guint n)
{
  gint64 end = g_get_monotonic_time () + WAIT;

  for (;;)
    {
      g_autoptr (GPtrArray) requests = mirror_town_read_requests (town);

      if (requests->len == n)
        return g_steal_pointer (&requests);
      if (g_get_monotonic_time () > end)
        {
          g_autofree char *calendar = mirror_town_print_calendar (town);

          g_test_message ("the calendar: %s", calendar);
          g_assert_cmpuint (requests->len, ==, n);
        }
      let_look (mirrors);
    }
}

void
mirror_town_refuse (MirrorTown *town, RcpMirrorRequest *request)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_mirror_request_refuse_async (request, town->desk->client, town->desk->clock, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  rcp_mirror_request_refuse_finish (request, result, &error);
  /* A mirror may have ended it just now. */
  if (!g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    g_assert_no_error (error);
}

RcpVisit *
mirror_town_book (MirrorTown *town, guint day, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (town->desk, 0, day, minute, 1);
  g_autoptr (GError) error = NULL;
  RcpVisit *visit = desk_fixture_book (town->desk, NULL, minute / 15, offer, &error);

  g_assert_no_error (error);
  return visit;
}

RcpVisit *
mirror_town_read_visit (MirrorTown *town, const char *id)
{
  g_autofree char *reference = g_strconcat ("Appointment/", id, NULL);
  g_autoptr (FhirResource) resource = desk_fixture_read (town->desk, reference);

  return rcp_visit_new (resource, NULL);
}
